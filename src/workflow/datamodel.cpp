#include "workflow/datamodel.hpp"

#include <algorithm>

#include "base/suggestion.hpp"

namespace paraphe::workflow {

namespace {

using expression::Arguments;
using expression::Map;
using expression::Value;

Map system_variables(const Definition& definition, const Environment& environment) {
    Map processor;
    processor.set("location", "#_scxml_" + environment.session);
    Map processors;
    processors.set("http://www.w3.org/TR/scxml/#SCXMLEventProcessor", Value(std::move(processor)));
    Map out;
    out.set("_name", definition.name);
    out.set("_sessionid", environment.session);
    out.set("_ioprocessors", Value(std::move(processors)));
    if (!definition.null_datamodel) {
        out.set("dossier", environment.dossier);
        out.set("parametres", environment.parameters);
    }
    return out;
}

std::string type_of(Origin origin) {
    switch (origin) {
        case Origin::internal:
            return "internal";
        case Origin::platform:
            return "platform";
        case Origin::human:
        case Origin::system:
            return "external";
    }
    return "external";
}

/// The map `whole` with `value` at `path[at…]`. Only the last key may be new.
Value with_member(const Value& whole, const std::vector<std::string>& path, std::size_t at,
                  const Value& value, const std::string& location) {
    if (!whole.is_map())
        throw Error(ErrorKind::malformed_input,
                    "« " + location + " » : il n'y a rien qui ait un membre « " + path[at] + " »");
    Map changed = whole.map();
    if (at + 1 == path.size()) {
        changed.set(path[at], value);
    } else {
        const Value* member = changed.find(std::string_view(path[at]));
        changed.set(path[at],
                    with_member(member ? *member : Value(), path, at + 1, value, location));
    }
    return Value(std::move(changed));
}

}  // namespace

Datamodel::Datamodel(const Definition& definition, const Environment& environment,
                     Snapshot& snapshot)
    : definition_(definition),
      environment_(environment),
      snapshot_(snapshot),
      scope_(Value(system_variables(definition, environment))) {
    for (const auto& [name, value] : snapshot_.data)
        scope_.set(name, value);
    provide_functions();
}

void Datamodel::provide_functions() {
    scope_.provide("In", [this](const Arguments& arguments) {
        const std::string& id = arguments[0].text();
        if (definition_.find(id)) return Value(is_active(definition_, snapshot_, id));
        std::vector<std::string> known;
        for (const State& state : definition_.states)
            known.push_back(state.id);
        const auto near = nearest(id, known);
        throw Error(ErrorKind::malformed_input, "aucun état ne s'appelle « " + id + " »", {},
                    near ? "vouliez-vous dire « " + *near + " » ?" : std::string());
    });
    scope_.provide("entree", [this](const Arguments&) {
        const auto found = snapshot_.entered.find(context_);
        return Value(found == snapshot_.entered.end() ? environment_.today : found->second);
    });
    scope_.provide("aujourdhui", [this](const Arguments&) { return Value(environment_.today); });
    scope_.provide("ont_signe", [this](const Arguments& arguments) {
        return Value(environment_.journal.signed_slots.count(arguments[0].text()) != 0);
    });
    scope_.provide("est_rendu", [this](const Arguments& arguments) {
        return Value(environment_.journal.rendered_documents.count(arguments[0].text()) != 0);
    });
    scope_.provide("complet",
                   [this](const Arguments& arguments) { return Value(is_complete(arguments[0])); });
}

bool Datamodel::is_complete(const Value& value) const {
    if (value.is_undefined() || value.is_none()) return false;
    const std::string place = value.pointer();
    const auto within = [](const std::string& inner, const std::string& outer) {
        return inner == outer ||
               (inner.size() > outer.size() && inner.compare(0, outer.size(), outer) == 0 &&
                inner[outer.size()] == '/');
    };
    return std::none_of(environment_.violations.begin(), environment_.violations.end(),
                        [&](const std::string& fault) { return within(fault, place); });
}

Value Datamodel::evaluate(const Formula& formula, StateIndex context) {
    context_ = context;
    Value value = expression::evaluate(expression_of(formula), scope_, registry());
    if (value.is_undefined())
        throw Error(ErrorKind::malformed_input,
                    value.explanation() ? value.explanation()->message
                                        : "« " + formula.text + " » n'a pas de valeur",
                    formula.where,
                    value.explanation() ? value.explanation()->remedy : std::string());
    return value;
}

bool Datamodel::holds(const Formula& formula, StateIndex context) {
    context_ = context;
    return expression::holds(expression_of(formula), scope_, registry());
}

void Datamodel::assign(const Assign& assign, StateIndex context) {
    const Value value = evaluate(assign.value, context);
    if (assign.variable.front() == '_')
        throw Error(ErrorKind::malformed_input,
                    "la variable « " + assign.variable + " » appartient au système");
    const auto found = snapshot_.data.find(assign.variable);
    const bool declared =
        found != snapshot_.data.end() ||
        std::any_of(definition_.data.begin(), definition_.data.end(),
                    [&](const Datum& datum) { return datum.id == assign.variable; });
    if (!declared)
        throw Error(ErrorKind::malformed_input,
                    "la variable « " + assign.variable + " » n'est pas déclarée", {},
                    "l'ajouter à <datamodel>");
    if (assign.path.empty()) return set(assign.variable, value);
    set(assign.variable, with_member(found == snapshot_.data.end() ? Value() : found->second,
                                     assign.path, 0, value, assign.location));
}

void Datamodel::set(const std::string& variable, Value value) {
    scope_.set(variable, value);
    snapshot_.data[variable] = std::move(value);
}

void Datamodel::set_event(const Event& event) {
    Map out;
    out.set("name", event.name);
    out.set("type", type_of(event.origin));
    for (const char* field : {"sendid", "origin", "origintype", "invokeid"})
        out.set(field, Value::none());
    out.set("data", event.data.is_undefined() ? Value::none() : event.data);
    scope_.set("_event", Value(std::move(out)));
}

void Datamodel::bind(const Datum& datum) {
    set(datum.id, Value::none());
    if (datum.value) set(datum.id, evaluate(*datum.value, datum.scope));
}

}  // namespace paraphe::workflow
