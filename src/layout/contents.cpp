#include "layout/contents.hpp"

#include <algorithm>
#include <map>

#include "layout/index.hpp"
#include "layout/names.hpp"
#include "odf/odf.hpp"

namespace paraphe::layout {

namespace {

namespace n = names;

using ByIndex = std::map<const odf::Element*, const MadeContents*>;

odf::ElementPtr with_entries(const odf::Element& index, const MadeContents& made) {
    odf::Element out = index;
    for (odf::Node& node : out.children) {
        const auto* child = std::get_if<odf::ElementPtr>(&node);
        if (child == nullptr || (*child)->name != n::text_index_body) continue;
        odf::Element body = **child;
        const odf::ElementPtr title = body.child(n::text_index_title);
        body.children.clear();
        if (title) body.children.emplace_back(title);
        body.children.insert(body.children.end(), made.entries.begin(), made.entries.end());
        node = std::make_shared<const odf::Element>(std::move(body));
        break;
    }
    return std::make_shared<const odf::Element>(std::move(out));
}

/// The same element when nothing under it is listed.
odf::ElementPtr replaced(const odf::ElementPtr& element, const ByIndex& made) {
    if (const auto found = made.find(element.get()); found != made.end())
        return with_entries(*element, *found->second);
    std::shared_ptr<odf::Element> out;
    for (std::size_t i = 0; i < element->children.size(); ++i) {
        const auto* child = std::get_if<odf::ElementPtr>(&element->children[i]);
        if (child == nullptr) continue;
        odf::ElementPtr now = replaced(*child, made);
        if (now == *child) continue;
        if (!out) out = std::make_shared<odf::Element>(*element);
        out->children[i] = std::move(now);
    }
    return out ? odf::ElementPtr(std::move(out)) : element;
}

bool holds_contents(const odf::Element& element) {
    if (element.name == n::text_table_of_content) return lists_headings(element);
    return std::any_of(element.children.begin(), element.children.end(), [](const odf::Node& node) {
        const auto* child = std::get_if<odf::ElementPtr>(&node);
        return child != nullptr && holds_contents(**child);
    });
}

}  // namespace

bool has_contents(const odf::Document& document) {
    return document.body && holds_contents(*document.body);
}

odf::Document with_contents(odf::Document document, const Pages& pages) {
    ByIndex made;
    for (const MadeContents& one : pages.contents)
        made[one.index] = &one;
    if (made.empty() || !document.body) return document;
    document.body = replaced(document.body, made);
    document.sha256.reset();
    return document;
}

}  // namespace paraphe::layout
