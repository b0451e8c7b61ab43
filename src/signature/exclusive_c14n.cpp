#include "signature/exclusive_c14n.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <vector>

#include "xml/canonical.hpp"

namespace paraphe::signature {

namespace {

/// What ancestors in the output have declared: prefix → URI.
using Rendered = std::map<std::string_view, std::string_view>;

void append_name(std::string& out, const xml::NameView& name) {
    if (!name.prefix.empty()) out.append(name.prefix).append(":");
    out.append(name.local);
}

void append_attribute(std::string& out, std::string_view value) {
    out += "=\"";
    xml::append_canonical(out, value, true);
    out += '"';
}

void append(std::string& out, const xml::Element& element, Rendered rendered) {
    std::map<std::string_view, std::string_view> used{{element.name.prefix, element.name.uri}};
    std::vector<const xml::Attribute*> attributes;
    for (const xml::Attribute& attribute : element.attributes) {
        attributes.push_back(&attribute);
        if (!attribute.name.prefix.empty()) used.emplace(attribute.name.prefix, attribute.name.uri);
    }
    std::sort(attributes.begin(), attributes.end(), [](const auto* left, const auto* right) {
        return std::tie(left->name.uri, left->name.local) <
               std::tie(right->name.uri, right->name.local);
    });
    out += '<';
    append_name(out, element.name);
    for (const auto& [prefix, uri] : used) {
        if (prefix == "xml") continue;
        const auto before = rendered.find(prefix);
        if ((before == rendered.end() ? std::string_view() : before->second) == uri) continue;
        out += prefix.empty() ? " xmlns" : " xmlns:" + std::string(prefix);
        append_attribute(out, uri);
        rendered[prefix] = uri;
    }
    for (const xml::Attribute* attribute : attributes) {
        out += ' ';
        append_name(out, attribute->name);
        append_attribute(out, attribute->value);
    }
    out += '>';
    for (const xml::Node& node : element.children) {
        if (const auto* child = std::get_if<std::unique_ptr<xml::Element>>(&node))
            append(out, **child, rendered);
        else if (const auto* text = std::get_if<xml::Text>(&node))
            xml::append_canonical(out, text->text, false);
        else if (const auto* instruction = std::get_if<xml::ProcessingInstruction>(&node))
            out += "<?" + instruction->target +
                   (instruction->data.empty() ? "" : " " + instruction->data) + "?>";
    }
    out += "</";
    append_name(out, element.name);
    out += '>';
}

}  // namespace

std::string exclusive_canonical(const xml::Element& element) {
    std::string out;
    append(out, element, {});
    return out;
}

}  // namespace paraphe::signature
