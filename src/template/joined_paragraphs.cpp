#include "template/joined_paragraphs.hpp"

#include <algorithm>
#include <iterator>

namespace paraphe::tmpl {

namespace {

using odf::Name;

/// A point in the text that shows nothing.
bool is_mark(Name name) {
    static const Name change("text:change"), start("text:change-start"), end("text:change-end"),
        bookmark("text:bookmark"), bookmark_start("text:bookmark-start"),
        bookmark_end("text:bookmark-end"), page_break("text:soft-page-break");
    return name == change || name == start || name == end || name == bookmark ||
           name == bookmark_start || name == bookmark_end || name == page_break;
}

/// Nothing of the paragraph stands before the deletion.
bool nothing_left(const Draft& node) {
    switch (node.kind) {
        case Draft::Kind::text:
            return node.text.text.empty();
        case Draft::Kind::constant:
            return is_mark(node.element->name);
        case Draft::Kind::element:
            return std::all_of(node.children.begin(), node.children.end(),
                               [](const DraftPtr& child) { return nothing_left(*child); });
        case Draft::Kind::tag:
            return false;
    }
    return false;
}

void move_children(Draft& from, Draft& to, std::vector<DraftPtr>::iterator before) {
    to.children.insert(before, std::make_move_iterator(from.children.begin()),
                       std::make_move_iterator(from.children.end()));
    from.children.clear();
    from.joined = true;
}

bool is_list_part(Name name) {
    static const Name list("text:list"), item("text:list-item"), header("text:list-header");
    return name == list || name == item || name == header;
}

}  // namespace

void JoinedParagraphs::add(Draft& paragraph, bool end_deleted) {
    Draft* const before = leave();
    Draft* whole = &paragraph;
    if (before != nullptr) {
        if (std::all_of(before->children.begin(), before->children.end(),
                        [](const DraftPtr& child) { return nothing_left(*child); })) {
            move_children(*before, paragraph, paragraph.children.begin());
        } else {
            move_children(paragraph, *before, before->children.end());
            whole = before;
        }
    }
    if (end_deleted) open_ = whole;
}

void JoinedParagraphs::remove(Draft& root) {
    std::erase_if(root.children, [](const DraftPtr& child) {
        if (child->joined) return true;
        const bool held = !child->children.empty();
        remove(*child);
        return held && child->children.empty() && child->kind == Draft::Kind::element &&
               is_list_part(child->element->name);
    });
}

}  // namespace paraphe::tmpl
