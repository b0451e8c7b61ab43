#include "workflow/formula.hpp"

#include "rules/functions.hpp"

namespace paraphe::workflow {

namespace {

using expression::Arguments;
using expression::Entry;
using expression::Kind;
using expression::Registry;
using expression::Role;
using expression::Type;
using expression::Value;

/// A function whose answer depends on the act: the step provides it, here it is only declared.
Entry declared(std::string name, std::vector<expression::Parameter> parameters, Type result,
               std::string documentation) {
    Entry entry;
    entry.role = Role::function;
    entry.name = std::move(name);
    entry.parameters = std::move(parameters);
    entry.result = std::move(result);
    entry.documentation = std::move(documentation);
    return entry;
}

Value is_complete(const Arguments& arguments) {
    if (const expression::Function* provided = arguments.scope().provided("complet"))
        return (*provided)(arguments);
    throw Error(ErrorKind::malformed_input, "« complet » n'a de sens que dans un workflow");
}

Registry make_registry() {
    Registry out = rules::registry();
    const Type text(Kind::text);
    out.add(declared("In", {{"etat", text, false, {}}}, Kind::boolean,
                     "Vrai si l'état de cet identifiant est actif."));
    out.add(declared("entree", {}, Kind::date,
                     "Jour où l'on est entré dans la situation qui contient l'expression."));
    out.add(declared("aujourdhui", {}, Kind::date,
                     "Jour de l'acte ; refusé dans une échéance, qui reculerait chaque jour."));
    out.add(declared("ont_signe", {{"case_signature", text, false, {}}}, Kind::boolean,
                     "Vrai si tous ceux que cette case attend ont signé."));
    out.add(declared("est_rendu", {{"document", text, false, {}}}, Kind::boolean,
                     "Vrai si le document est produit."));
    Entry complete;
    complete.role = Role::test;
    complete.name = "complet";
    complete.parameters = {{"valeur", Type::any(), false, {}}};
    complete.result = Kind::boolean;
    complete.documentation =
        "Vrai si rien ne manque ni ne contrevient au schéma dans cette partie.";
    complete.implementation = is_complete;
    complete.accepts_undefined = true;
    out.add(std::move(complete));
    out.alias(Role::test, "complet", "complete");
    return out;
}

}  // namespace

Formula compile(const std::string& text, const Location& where) {
    Formula out{text, where, nullptr};
    auto compiled = std::make_shared<Compiled>();
    // An attribute's value has no line of its own once it is normalized: its element's line stands.
    compiled->expression = expression::parse(text, [where](std::size_t) { return where; });
    compiled->reads_event = text.find("_event") != std::string::npos;
    out.compiled = std::move(compiled);
    return out;
}

const expression::Registry& registry() {
    static const Registry made = make_registry();
    return made;
}

bool is_variable_name(std::string_view name) {
    if (name.empty()) return false;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        if (!letter && (i == 0 || c < '0' || c > '9')) return false;
    }
    return true;
}

}  // namespace paraphe::workflow
