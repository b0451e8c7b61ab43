#include "template/survey.hpp"

#include "template/unique_names.hpp"

namespace paraphe::tmpl {

void survey(const odf::Element& element, Survey& out) {
    static const odf::Name list("text:list");
    ++out.extent.nodes;
    for (const auto& attribute : element.attributes)
        out.extent.octets += attribute.value.size() + 16;
    out.extent.octets += 32;
    if (needs_settling(element)) (element.name == list ? out.numbering : out.names) = true;
    if (element.name == list && element.attribute(odf::Name("xml:id")) != nullptr) out.names = true;
    out.edges = out.edges || is_range_edge(element);
    for (const odf::Node& node : element.children) {
        if (const auto* child = std::get_if<odf::ElementPtr>(&node)) {
            survey(**child, out);
        } else {
            ++out.extent.nodes;
            out.extent.octets += std::get<odf::Text>(node).text.size();
        }
    }
}

}  // namespace paraphe::tmpl
