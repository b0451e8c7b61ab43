#pragma once

#include <set>
#include <string>

#include "base/file.hpp"
#include "expression/data.hpp"
#include "template/document.hpp"

/// The documents of this folder, as LibreOffice saved them, with their data and schema.
namespace paraphe::test {

inline const std::string writer_folder = PARAPHE_SOURCE_DIR "/tests/template/writer/";

inline odf::Document writer_document(const std::string& file) {
    return odf::read(read_file(writer_folder + file), file);
}

inline const json::Schema& writer_schema() {
    static const json::Schema schema = json::Schema::compile(
        json::parse(read_file(writer_folder + "schema.json"), "schema.json"), "schema.json",
        [](const std::string&) { return [](std::string_view) { return true; }; });
    return schema;
}

inline Diagnostics writer_check(const odf::Document& document) {
    return tmpl::check(document, {}, expression::type_from_schema(writer_schema()), registry());
}

inline odf::Document writer_merge(const odf::Document& document) {
    const auto data = expression::from_json(
        json::parse(read_file(writer_folder + "data.json"), "data.json"), &writer_schema());
    return tmpl::merge(tmpl::compile_or_throw(document, {}), data, registry());
}

/// The paragraph's own text as it is shown, without notes, frames, shapes and comments.
inline void own_text(const odf::Element& element, std::string& out) {
    for (const auto& node : element.children) {
        if (const auto* text = std::get_if<odf::Text>(&node)) {
            for (const char c : text->text)
                if (c != '\n' && (c != ' ' || !out.ends_with(' '))) out += c;
            continue;
        }
        const odf::Element& inner = *std::get<odf::ElementPtr>(node);
        const std::string& name = inner.name.str();
        if (name == "text:s") out += ' ';
        if (name == "text:tab") out += '\t';
        if (name != "text:note" && name != "office:annotation" && !name.starts_with("draw:"))
            own_text(inner, out);
    }
}

/// Every text that a reader may see, one a line: properties, page styles, body.
inline void text_lines(const odf::Element& element, std::string& out) {
    static const std::set<std::string> texts = {
        "text:p",     "text:h",         "dc:title",
        "dc:subject", "dc:description", "meta:keyword",
        "svg:title",  "svg:desc",       "text:index-title-template"};
    const std::string& name = element.name.str();
    if (name == "text:tracked-changes") return;
    if (texts.contains(name) || (name == "meta:user-defined" &&
                                 element.attribute_or_empty(odf::Name("meta:name")) == "dossier")) {
        std::string line;
        own_text(element, line);
        out += line + "\n";
    }
    for (const auto& node : element.children)
        if (const auto* inner = std::get_if<odf::ElementPtr>(&node)) text_lines(**inner, out);
}

inline std::string text_lines(const odf::Document& document) {
    std::string out;
    for (const auto& part : {document.meta, document.master_styles, document.body})
        if (part) text_lines(*part, out);
    return out;
}

}  // namespace paraphe::test
