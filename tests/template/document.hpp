#pragma once

#include <string>

#include "expression/value.hpp"
#include "odf/odf.hpp"
#include "template/template.hpp"

/// Small flat documents for the tests of templates.
namespace paraphe::test {

inline std::string flat(const std::string& body, const std::string& masters = "") {
    return "<office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
           "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" "
           "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" "
           "xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" "
           "xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" "
           "xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\" "
           "xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\" "
           "xmlns:form=\"urn:oasis:names:tc:opendocument:xmlns:form:1.0\" "
           "xmlns:number=\"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0\" "
           "xmlns:svg=\"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0\" "
           "xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
           "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" office:version=\"1.3\" "
           "office:mimetype=\"application/vnd.oasis.opendocument.text\">"
           "<office:meta><dc:title>Contrat {{ reference }}</dc:title></office:meta>"
           "<office:styles><text:outline-style style:name=\"Outline\"><text:outline-level-style "
           "text:level=\"1\" style:num-prefix=\"Article \" style:num-suffix=\" — \" "
           "style:num-format=\"1\"/></text:outline-style></office:styles>" +
           masters + "<office:body><office:text>" + body +
           "</office:text></office:body></office:document>";
}

inline expression::Value object(
    std::initializer_list<std::pair<const char*, expression::Value>> all) {
    expression::Map map;
    for (const auto& [key, value] : all)
        map.set(expression::Value(key), value);
    return expression::Value(std::move(map));
}

inline expression::Value sample() {
    using expression::Value;
    const auto line = [](const char* name, int cents) {
        return object({{"nom", name}, {"montant", Money::from_centimes(cents)}});
    };
    return object({{"reference", "R-1"},
                   {"nom", "Lefèvre"},
                   {"oui", true},
                   {"non", false},
                   {"vide", std::vector<Value>()},
                   {"adresse", "3 rue A\n91000  Évry"},
                   {"lignes", std::vector<Value>{line("loyer", 48620), line("charges", 7430)}}});
}

inline expression::Registry registry() {
    expression::Registry out = expression::standard_registry();
    tmpl::add_functions(out);
    return out;
}

/// The markup of office:text's children after a merge with the sample.
inline std::string merged(const std::string& body, const tmpl::Loader& loader = {}) {
    const auto compiled = tmpl::compile_or_throw(odf::read(flat(body), "essai.fodt"), loader);
    const auto document = tmpl::merge(compiled, sample(), registry());
    std::string out;
    for (const auto& node : document.body->child(odf::Name("office:text"))->children)
        out += odf::markup(*std::get<odf::ElementPtr>(node));
    return out;
}

inline Diagnostics faults(const std::string& body, const tmpl::Loader& loader = {}) {
    return tmpl::compile(odf::read(flat(body), "essai.fodt"), loader).diagnostics;
}

}  // namespace paraphe::test
