#include "expression/content.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "expression/check.hpp"
#include "expression/data.hpp"
#include "expression/expression.hpp"
#include "expression/registry.hpp"
#include "json/json.hpp"
#include "json/schema.hpp"
#include "locale/regex.hpp"

using namespace paraphe;
using namespace paraphe::expression;

namespace {

const std::string pixel =
    "data:image/png;base64,"
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg==";

json::Schema schema() {
    return json::Schema::compile(json::parse(R"({"type": "object", "required": ["nom", "logo"],
        "additionalProperties": false, "properties": {"nom": {"type": "string"},
        "logo": {"type": "string", "format": "image"}}})",
                                             "schema.json"),
                                 "schema.json", locale::pattern_compiler());
}

Value data(const std::string& logo = pixel) {
    const json::Schema known = schema();
    return from_json(json::parse("{\"nom\": \"Lefèvre\", \"logo\": \"" + logo + "\"}", "data.json"),
                     &known);
}

Value value(const std::string& text) {
    Scope scope(data(), Limits{});
    return evaluate(parse(text), scope, standard_registry());
}

std::string problem(const std::string& text) {
    try {
        value(text);
    } catch (const Error& error) {
        return error.code() + " " + error.problem() + " ; " + error.remedy();
    }
    return {};
}

/// *bold*, _italic_.
std::string marked(const Value& value) {
    std::string out;
    for (const auto& piece : value.content().pieces) {
        if (const auto* run = std::get_if<Content::Run>(&piece))
            out += std::string(run->bold ? "*" : "") + (run->italic ? "_" : "") + run->text +
                   (run->italic ? "_" : "") + (run->bold ? "*" : "");
        else
            out += "[" + std::get<Content::Image>(piece).description + "]";
    }
    return out;
}

std::string checked(const std::string& text) {
    std::string out;
    TypeEnvironment names(type_from_schema(schema()));
    for (const Finding& finding : check_output(parse(text), names, standard_registry()).findings)
        out += finding.diagnostic.code + " " + finding.diagnostic.message + " ; " +
               finding.diagnostic.remedy;
    return out;
}

}  // namespace

TEST_CASE("bold and italic nest, and stay when texts are put together") {
    CHECK(marked(value("nom | gras")) == "*Lefèvre*");
    CHECK(marked(value("nom | gras | italique")) == "*_Lefèvre_*");
    CHECK(marked(value("'M. ' ~ (nom | gras) ~ ', né ' ~ (1 | italique)")) ==
          "M. *Lefèvre*, né _1_");
    CHECK(marked(value("['a', nom | gras, 'c'] | join(', ')")) == "a, *Lefèvre*, c");
    CHECK(to_text(value("nom | gras")) == "Lefèvre");
}

TEST_CASE("a content is no text to the other filters, and says so") {
    CHECK(
        problem("nom | gras | upper") ==
        "P0103 le filtre « upper » attend un oui/non, un nombre, un montant, une date, une durée, "
        "un texte ou un objet, pas un contenu mis en forme ; ");
    CHECK(problem("[nom | gras] | enumeration") ==
          "P0265 une énumération perdrait la mise en forme de ses éléments ; mettez-la en forme "
          "entière : « | enumeration | gras »");
}

TEST_CASE("a picture needs its description") {
    CHECK(marked(value("logo | image(\"Logo de l’association\")")) == "[Logo de l’association]");
    CHECK(problem("logo | image") ==
          "P0104 il manque l'argument « description » du filtre « image » ; ");
    CHECK(problem("logo | image('  ')") ==
          "P0262 une image doit avoir un texte de remplacement ; dites ce qu’elle montre : « | "
          "image(\"Logo de l’association\") »");
    CHECK(checked("logo") ==
          "P0261 une image ne s’imprime pas seule ; dites ce qu’elle montre : « "
          "logo | image(\"Logo de l’association\") »");
    CHECK(checked("nom | image('x')") ==
          "P0103 le filtre « image » attend une image, pas un texte ; ");
    CHECK(checked("logo | image('x') ~ nom | gras").empty());
    CHECK(problem("logo ~ nom") ==
          "P0261 une image ne s’imprime pas seule ; dites ce qu’elle montre : "
          "« | image(\"Logo de l’association\") »");
}

TEST_CASE("the size of a picture is a length of a ruler") {
    const auto width = [](const std::string& text) {
        return std::get<Content::Image>(
                   value("logo | image('x', largeur='" + text + "')").content().pieces[0])
            .width;
    };
    CHECK(width("3cm") == "3cm");
    CHECK(width("2,5 cm") == "2.5cm");
    CHECK(problem("logo | image('x', hauteur='3')") ==
          "P0263 « hauteur » est une longueur comme \"3cm\" ou \"25mm\" ; écrivez un nombre et son "
          "unité : cm, mm, pt ou in");
    CHECK(problem("logo | image('x', '0cm')").starts_with("P0263"));
    CHECK(problem("logo | image('x', '-1cm')").starts_with("P0263"));
    CHECK(problem("logo | image('x', '3.cm')").starts_with("P0263"));
}

TEST_CASE("a field that is no picture is refused with its place") {
    const auto refused = [](const std::string& uri) {
        try {
            data(uri);
        } catch (const Error& error) {
            return error.code() + " " + error.where().part + " " + error.problem();
        }
        return std::string();
    };
    CHECK(refused("logo.png") == "P0260 /logo ce texte n’est pas une image");
    CHECK(refused("data:image/png,abc") == "P0260 /logo cette image n’est pas écrite en base64");
    CHECK(refused("data:image/gif;base64,R0lGODlh") ==
          "P0260 /logo une image de type « image/gif » ne peut pas servir");
    CHECK(refused("data:image/png;base64,é") == "P0260 /logo le base64 de cette image est abîmé");
    CHECK(refused("data:image/png;base64,") == "P0260 /logo cette image est vide");
    CHECK(refused("data:image/png;base64," + std::string(12u << 20, 'A')) ==
          "P0260 /logo cette image dépasse 8 Mo");
}

TEST_CASE("without a schema a picture is known by its beginning") {
    const Value untyped = from_json(json::parse("{\"logo\": \"" + pixel + "\"}", "data.json"));
    CHECK(untyped.map().find(std::string_view("logo"))->is(Kind::picture));
    CHECK(to_uri(untyped.map().find(std::string_view("logo"))->picture()) == pixel);
}

TEST_CASE("a picture counts as something, an empty content does not") {
    CHECK(truth(value("logo")));
    CHECK(truth(value("nom | gras")));
    CHECK_FALSE(truth(value("'' | gras")));
    CHECK(value("(nom | gras) == (nom | gras)").boolean());
    CHECK_FALSE(value("(nom | gras) == (nom | italique)").boolean());
    CHECK(value("logo == logo").boolean());
}
