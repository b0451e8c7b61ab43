#include "redline/regions.hpp"

#include <utility>

#include "odf/odf.hpp"

namespace paraphe::redline {

using odf::ElementPtr;
using odf::Name;
using odf::Node;

Regions::Regions(std::set<std::string> ids, std::string author, Instant now)
    : ids_(std::move(ids)), author_(std::move(author)), date_(to_string(now).substr(0, 19) + "Z") {}

std::string Regions::add(const char* kind, std::vector<Node> content) {
    std::string id;
    do
        id = "ct" + std::to_string(++count_);
    while (ids_.contains(id));
    content.insert(
        content.begin(),
        odf::make_element(Name("office:change-info"), {},
                          {odf::make_element(Name("dc:creator"), {}, {odf::Text{author_, {}}}),
                           odf::make_element(Name("dc:date"), {}, {odf::Text{date_, {}}})}));
    regions_.emplace_back(odf::make_element(
        Name("text:changed-region"), {{Name("xml:id"), id}, {Name("text:id"), id}},
        {odf::make_element(Name(kind), {}, std::move(content))}));
    return id;
}

/// ODF wants them before the text and after the forms.
ElementPtr Regions::into(const ElementPtr& element) {
    if (regions_.empty()) return element;
    std::vector<Node> children = element->children;
    auto at = children.begin();
    if (at != children.end())
        if (const auto* first = std::get_if<ElementPtr>(&*at);
            first != nullptr && (*first)->name == Name("office:forms"))
            ++at;
    children.insert(
        at, odf::make_element(Name("text:tracked-changes"), {{Name("text:track-changes"), "false"}},
                              std::exchange(regions_, {})));
    return odf::with_children(*element, std::move(children));
}

Node change_mark(const char* name, const std::string& id) {
    return odf::make_element(Name(name), {{Name("text:change-id"), id}});
}

}  // namespace paraphe::redline
