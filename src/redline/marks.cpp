#include "redline/marks.hpp"

#include <algorithm>

#include "odf/odf.hpp"
#include "redline/paragraph.hpp"

namespace paraphe::redline {

namespace {

using odf::Element;
using odf::ElementPtr;
using odf::Name;
using odf::Node;

/// Walks the paragraph as its reader did.
class Marker {
public:
    Marker(std::vector<Mark> marks, const std::function<ElementPtr(const ElementPtr&)>& rebuild)
        : marks_(std::move(marks)), rebuild_(rebuild) {
        std::stable_sort(marks_.begin(), marks_.end(),
                         [](const Mark& a, const Mark& b) { return a.at < b.at; });
    }

    ElementPtr run(const Element& paragraph) {
        std::vector<Node> out = children(paragraph);
        for (; next_ < marks_.size(); ++next_)
            out.push_back(marks_[next_].node);
        return odf::with_children(paragraph, std::move(out));
    }

private:
    void due(std::vector<Node>& out) {
        for (; next_ < marks_.size() && marks_[next_].at <= at_; ++next_)
            out.push_back(marks_[next_].node);
    }

    std::vector<Node> children(const Element& parent) {
        static const Name space("text:s"), tab("text:tab"), line_break("text:line-break"),
            span("text:span"), link("text:a"), meta("text:meta");
        std::vector<Node> out;
        for (const Node& node : parent.children) {
            if (const auto* text = std::get_if<odf::Text>(&node)) {
                characters(*text, out);
                continue;
            }
            const ElementPtr& child = std::get<ElementPtr>(node);
            const Name name = child->name;
            if (name == space || name == tab || name == line_break) {
                due(out);
                out.push_back(node);
                at_ += odf::plain_text(*child).size();
                after_space_ = false;
            } else if (is_silent(name)) {
                out.push_back(node);
            } else if (is_transparent(name)) {
                due(out);
                const std::size_t marked = next_;
                std::vector<Node> inner = children(*child);
                // Fields that carry text hold no marks (ODF 1.3 part 3 §7): they become the text.
                if (name == span || name == link || name == meta || marked == next_)
                    out.emplace_back(odf::with_children(*child, std::move(inner)));
                else
                    std::move(inner.begin(), inner.end(), std::back_inserter(out));
            } else {
                due(out);
                out.emplace_back(rebuild_(child));
                at_ += object_mark.size();
                after_space_ = false;
            }
        }
        return out;
    }

    void characters(const odf::Text& text, std::vector<Node>& out) {
        std::string piece;
        for (const char c : text.text) {
            const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
            if (!(blank && after_space_)) {
                after_space_ = blank;
                if (next_ < marks_.size() && marks_[next_].at <= at_) {
                    if (!piece.empty()) out.emplace_back(odf::Text{piece, text.provenance});
                    piece.clear();
                    due(out);
                }
                ++at_;
            }
            piece += c;
        }
        if (!piece.empty()) out.emplace_back(odf::Text{piece, text.provenance});
    }

    std::vector<Mark> marks_;
    const std::function<ElementPtr(const ElementPtr&)>& rebuild_;
    std::size_t next_ = 0, at_ = 0;
    bool after_space_ = true;
};

}  // namespace

ElementPtr with_marks(const Element& paragraph, std::vector<Mark> marks,
                      const std::function<ElementPtr(const ElementPtr&)>& rebuild) {
    return Marker(std::move(marks), rebuild).run(paragraph);
}

ElementPtr accepted(const ElementPtr& element) {
    static const Name tracked("text:tracked-changes"), change("text:change"),
        start("text:change-start"), end("text:change-end");
    if (!element) return element;
    bool found = false;
    odf::walk(*element, [&](const Element& each) { found = found || each.name == tracked; });
    if (!found) return element;
    return odf::with_changes(element, [](Element& each) {
        std::erase_if(each.children, [](const Node& node) {
            const auto* child = std::get_if<ElementPtr>(&node);
            return child != nullptr && ((*child)->name == tracked || (*child)->name == change ||
                                        (*child)->name == start || (*child)->name == end);
        });
    });
}

}  // namespace paraphe::redline
