#include "base/file.hpp"
#include "expression/check.hpp"
#include "expression/data.hpp"
#include "expression/expression.hpp"
#include "expression/registry.hpp"
#include "expression/type.hpp"
#include "fuzz/fuzz.hpp"
#include "fuzz/seeds.hpp"
#include "json/json.hpp"
#include "json/schema.hpp"
#include "locale/regex.hpp"
#include "odf/odf.hpp"
#include "template/template.hpp"
#include "xml/xml.hpp"
#include "zip/zip.hpp"

namespace paraphe::fuzz {

namespace {

const std::string tree = PARAPHE_SOURCE_DIR;

void read_xml(std::string_view octets) {
    xml::parse(octets, {"fuzz.xml"});
}

void read_zip(std::string_view octets) {
    const auto archive = zip::Archive::open(Bytes(octets), "fuzz.zip");
    for (const auto& entry : archive.entries())
        archive.read(entry.name);
}

void read_json(std::string_view octets) {
    json::write(json::parse(octets, "fuzz.json"));
}

/// A schema, and after a line of its own with "---" the instance that it judges.
void read_schema(std::string_view octets) {
    constexpr std::string_view line = "\n---\n";
    const auto cut = octets.find(line);
    const auto schema = json::Schema::compile(json::parse(octets.substr(0, cut), "fuzz.json"),
                                              "fuzz.json", locale::pattern_compiler());
    expression::type_from_schema(schema);
    const std::string_view instance = cut == std::string_view::npos
                                          ? R"({"a":[1,"x",null],"reference":"A"})"
                                          : octets.substr(cut + line.size());
    schema.validate(json::parse(instance, "instance"));
}

std::vector<std::string> schemas() {
    std::vector<std::string> out{read_file(tree + "/workflows/masp/schema.json") + "\n---\n" +
                                 read_file(tree + "/tests/golden/convention/data.json")};
    out.emplace_back(
        R"({"$ref":"#/definitions/a","definitions":{"a":{"type":["object","null"],"properties":)"
        R"({"n":{"$ref":"#/definitions/a"},"d":{"format":"date"},"i":{"format":"iban"},)"
        R"("m":{"multipleOf":0.01,"minimum":0,"exclusiveMaximum":1e6}},"patternProperties":)"
        R"({"^x":{"pattern":"^[a-z]+$","maxLength":3}},"dependencies":{"n":["d"]},)"
        R"("additionalProperties":{"items":[{"const":1},{"enum":[1,"a",null]}],)"
        R"("additionalItems":false,"uniqueItems":true,"contains":{"type":"integer"}}}}})"
        "\n---\n"
        R"({"n":{"n":null,"d":"2026-02-30"},"d":"2026-01-01","m":1.005,"xa":"abc","o":[1,"a"]})");
    out.emplace_back(R"({"if":{"required":["a"]},"then":{"not":{"anyOf":[{"type":"string"}]}},)"
                     R"("else":{"oneOf":[{"minProperties":1},{"propertyNames":{"maxLength":2}}]},)"
                     R"("allOf":[true,{"$ref":"#"}]})"
                     "\n---\n{\"a\":1}");
    return out;
}

const expression::Value& data() {
    static const auto value = expression::from_json(
        json::parse(read_file(tree + "/tests/conformance/expressions/data.json"), "data.json"));
    return value;
}

expression::Limits small() {
    expression::Limits limits;
    limits.steps = 100'000;
    limits.text = 1u << 20;
    limits.list = 100'000;
    return limits;
}

const expression::Registry& registry() {
    static const auto all = [] {
        expression::Registry made = expression::standard_registry();
        tmpl::add_functions(made);
        return made;
    }();
    return all;
}

void read_expression(std::string_view octets) {
    const auto parsed = expression::parse(octets);
    expression::TypeEnvironment names;
    expression::check_output(parsed, names, registry());
    expression::Scope scope(data(), small());
    expression::print(parsed, scope, registry());
}

void read_text_template(std::string_view octets) {
    const auto mode = tmpl::TextMode::html;
    tmpl::check_text(octets, "fuzz.txt", mode, {}, expression::Type::any(), registry());
    const auto compiled = tmpl::compile_text_or_throw(octets, "fuzz.txt", mode);
    tmpl::render_text(compiled, data(), registry(), small());
}

std::vector<std::string> expressions() {
    return cases(true);
}

std::vector<std::string> text_templates() {
    return cases(false);
}

void read_odf(std::string_view octets) {
    const auto document = odf::read(octets, "fuzz.odt");
    odf::write_flat(document);
    odf::write_package(document);
}

void read_package_part(std::string_view octets) {
    static const Bytes package = packages().front();
    for (const char* name : {"content.xml", "styles.xml", "META-INF/manifest.xml"})
        try {
            odf::write_package(odf::read(package_with(package, name, octets), "fuzz.odt"));
        } catch (const Error&) {
            // Any of the three may refuse what is meant for another.
        }
}

std::vector<std::string> package_parts() {
    return parts(packages().back());
}

std::optional<tmpl::Clause> clause(const std::string& name) {
    const std::string file = "/templates/" + name + ".fodt";
    if (name != "clauses/recours") return std::nullopt;
    return tmpl::Clause{read_file(tree + file), "recours.fodt"};
}

/// Compiled, checked, and merged with data that fit the templates of the tree.
void read_template(std::string_view octets) {
    static const auto convention = expression::from_json(
        json::parse(read_file(tree + "/tests/golden/convention/data.json"), "data.json"));
    const auto document = odf::read(octets, "fuzz.fodt");
    tmpl::check(document, clause, expression::Type::any(), registry());
    const auto compiled = tmpl::compile(document, clause);
    if (compiled.result)
        odf::write_flat(tmpl::merge(*compiled.result, convention, registry(), small()));
}

constexpr std::string_view page_start =
    R"(<?xml version="1.0" encoding="UTF-8"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>)";
constexpr std::string_view page_end = "</office:text></office:body></office:document>";

/// What stands between <office:text> and </office:text>: without the frame, mutations hit tags.
void read_page(std::string_view octets) {
    const auto document =
        odf::read(std::string(page_start) + std::string(octets) + std::string(page_end), "f.fodt");
    tmpl::check(document, clause, expression::Type::any(), registry());
    const auto compiled = tmpl::compile(document, clause);
    if (compiled.result)
        odf::write_flat(tmpl::merge(*compiled.result, data(), registry(), small()));
}

std::vector<std::string> page_contents() {
    std::vector<std::string> out;
    for (const auto& one : cases(false)) {
        std::string escaped;
        for (const char c : one)
            escaped += c == '<' ? "&lt;" : c == '&' ? "&amp;" : std::string(1, c);
        out.push_back("<text:p>" + escaped + "</text:p>");
    }
    for (const char* one :
         {"<text:p>{% for m in menage %}</text:p><text:p>{{ m.nom }}</text:p>"
          "<text:p>{% endfor %}</text:p>",
          "<text:p>{% i<text:span>f vrai</text:span> %}a{% elif faux %}b{% else %}c{% endif %}"
          "</text:p>",
          "<table:table table:name='t'><table:table-column table:number-columns-repeated='2'/>"
          "<table:table-row><table:table-cell><text:p>{% for m in menage %}{{ m.nom }}</text:p>"
          "</table:table-cell><table:table-cell><text:p>{{ m.age }}{% endfor %}</text:p>"
          "</table:table-cell></table:table-row></table:table>",
          "<text:list><text:list-item><text:p>{% for n in nombres %}{{ n }}</text:p>"
          "</text:list-item><text:list-item><text:p>x{% endfor %}</text:p></text:list-item>"
          "</text:list>",
          "<text:section text:name='s'><text:p>{% if vrai %}</text:p><text:p>a</text:p>"
          "<text:p>{% endif %}</text:p></text:section>",
          "<text:p>{% include 'clauses/recours' with nom = nom %}</text:p>",
          "<text:p>{{ signature('beneficiaire') }}{# note #}{% set x = 1 %}{{ x }}</text:p>",
          "<text:p>{{<text:s/>nom<text:tab/>}}<text:bookmark text:name='b'/>{%<text:soft-page-break"
          "/> with a = 1 %}{{ a }}{% endwith %}</text:p>",
          "<text:p><draw:frame draw:name='f'><draw:text-box><text:p>{{ nom }}</text:p>"
          "</draw:text-box></draw:frame><text:placeholder text:placeholder-type='text'>"
          "&lt;{{ nom }}&gt;</text:placeholder><text:note text:id='n' text:note-class='footnote'>"
          "<text:note-citation>1</text:note-citation><text:note-body><text:p>{{ age }}</text:p>"
          "</text:note-body></text:note></text:p>"})
        out.emplace_back(one);
    return out;
}

}  // namespace

const std::vector<Target>& document_targets() {
    static const std::vector<Target> all{
        {"xml", read_xml, {".fodt", ".scxml"}},
        {"zip", read_zip, {".odt"}, packages},
        {"json", read_json, {".json"}},
        {"schema", read_schema, {"schema.json"}, schemas},
        {"expression", read_expression, {}, expressions},
        {"text", read_text_template, {}, text_templates},
        {"odf", read_odf, {".fodt", ".odt"}, packages},
        {"part", read_package_part, {}, package_parts, 20'000},
        {"template", read_template, {".fodt", ".odt"}},
        {"page", read_page, {}, page_contents, 20'000},
    };
    return all;
}

}  // namespace paraphe::fuzz
