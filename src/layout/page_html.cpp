#include <algorithm>

#include "base/markup.hpp"
#include "layout/page_text.hpp"
#include "layout/passage.hpp"

namespace paraphe::layout {

namespace {

class Html {
public:
    explicit Html(int deeper) : deeper_(deeper) {}

    void block(const Passage& passage) {
        switch (passage.role()) {
            case Role::toc:
            case Role::list:
                wrapped("ul", passage);
                return;
            case Role::toc_item:
            case Role::list_item:
                cell("li", passage, {});
                return;
            case Role::table:
                wrapped("table", passage);
                return;
            case Role::table_head:
                wrapped("thead", passage);
                return;
            case Role::table_body:
                wrapped("tbody", passage);
                return;
            case Role::table_row:
                wrapped("tr", passage);
                return;
            case Role::table_header:
                cell("th", passage, spans(passage) + scope(passage));
                return;
            case Role::table_data:
                cell("td", passage, spans(passage));
                return;
            case Role::note:
                wrapped("aside", passage);
                return;
            case Role::quote:
                wrapped("blockquote", passage);
                return;
            case Role::p:
                paragraph("p", passage);
                return;
            default:
                if (passage.is_heading())
                    paragraph("h" + std::to_string(std::min(passage.level() + deeper_, 6)),
                              passage);
                else
                    parts(passage);
        }
    }

    std::string text;

private:
    static std::string attributes(const Passage& passage) {
        std::string out;
        if (!passage.language.empty()) out += " lang=\"" + escaped_markup(passage.language) + '"';
        // By the first strong letter (UAX #9, P2), as the layout does not keep it.
        if (passage.right_to_left) out += " dir=\"auto\"";
        return out;
    }

    static std::string spans(const Passage& passage) {
        std::string out;
        const StructureNode& node = *passage.node;
        if (node.row_span > 1) out += " rowspan=\"" + std::to_string(node.row_span) + '"';
        if (node.column_span > 1) out += " colspan=\"" + std::to_string(node.column_span) + '"';
        return out;
    }

    static std::string scope(const Passage& passage) {
        switch (passage.node->scope) {
            case TableScope::column:
                return " scope=\"col\"";
            case TableScope::row:
                return " scope=\"row\"";
            case TableScope::none:
            case TableScope::both:
                break;
        }
        return {};
    }

    void wrapped(const std::string& tag, const Passage& passage) {
        std::string lang;
        if (!passage.language.empty()) lang = " lang=\"" + escaped_markup(passage.language) + '"';
        text += "<" + tag + lang + ">";
        parts(passage);
        text += "</" + tag + ">";
    }

    /// Of a list item or a table: one paragraph needs no element of its own.
    void cell(const std::string& tag, const Passage& passage, const std::string& more) {
        text += "<" + tag + more + attributes(passage) + ">";
        bool begun = false;
        single(passage, begun);
        text += "</" + tag + ">";
    }

    /// The first paragraph stands bare, after the label; what follows is blocks.
    void single(const Passage& passage, bool& begun) {
        for (const Passage& part : passage.parts) {
            if (part.role() == Role::label) {
                text += tidy(words(part)) + " ";
            } else if (part.role() == Role::list_body) {
                single(part, begun);
            } else if (part.role() == Role::p && !begun) {
                text += tidy(words(part));
                below(part);
                begun = true;
            } else {
                one(part);
                begun = true;
            }
        }
    }

    void parts(const Passage& passage) {
        for (const Passage& part : passage.parts)
            one(part);
    }

    void one(const Passage& part) {
        if (part.is_block()) {
            block(part);
        } else if (const std::string inside = tidy(words(part)); !inside.empty()) {
            text += "<p>" + inside + "</p>";
        }
    }

    void paragraph(const std::string& tag, const Passage& passage) {
        std::string inside;
        for (const Passage& part : passage.parts)
            if (!part.is_block()) inside += words(part);
        inside = tidy(inside);
        if (!inside.empty())
            text += "<" + tag + attributes(passage) + ">" + inside + "</" + tag + ">";
        below(passage);
    }

    void below(const Passage& passage) {
        each_anchored(passage, [this](const Passage& part) { block(part); });
    }

    static std::string words(const Passage& passage) {
        std::string out;
        if (passage.node == nullptr) {
            out = escaped_markup(passage.text);
        } else if (const std::string what = told(passage); !what.empty()) {
            return "<em>" + escaped_markup(what) + "</em>";
        } else {
            for (const Passage& part : passage.parts)
                if (!part.is_block()) out += words(part);
        }
        // A paragraph says its own direction and language on its element.
        const bool apart = !passage.language.empty() && passage.role() == Role::span;
        return apart ? "<span" + attributes(passage) + ">" + out + "</span>" : out;
    }

    const int deeper_;
};

}  // namespace

std::string page_html(const Pages& pages, std::size_t page, int deeper) {
    Html out(deeper);
    out.block(passage(pages, page));
    return out.text;
}

}  // namespace paraphe::layout
