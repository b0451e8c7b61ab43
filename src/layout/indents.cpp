#include "layout/indents.hpp"

#include <algorithm>

namespace paraphe::layout {
namespace {

/// Measured: twice the size of the paragraph's text; the spacing of lines changes it where the
/// settings do not say that it is disregarded.
Length automatic_indent(const ParagraphStyle& style, const Settings& settings) {
    const Length indent = style.text->size * 2;
    if (settings.indent_by_text) return indent;
    switch (style.line_height) {
        case LineHeight::proportional:
            return indent.scaled(style.line_percent, 100);
        case LineHeight::fixed:
            return style.line_value;
        case LineHeight::at_least:
            return std::max(indent, style.line_value);
        case LineHeight::normal:
            break;
    }
    return indent + style.line_spacing;
}

Indents indents_of_style(const Paragraph& p, const Settings& settings) {
    const ParagraphStyle& style = *p.style;
    Indents out{style.margin_left, style.margin_right, style.text_indent};
    if (style.auto_indent) out.first = automatic_indent(style, settings);
    if (!p.level) return out;
    const ListLevel& level = *p.level;
    if (!level.label_alignment) {
        out.before += level.space_before + level.min_label_width;
        out.first = p.label ? out.first - level.min_label_width : Length();
        return out;
    }
    // The indents of an automatic style win over those of the list; a heading's own, too.
    const bool own = style.left_set || (p.heading > 0 && out.before != Length());
    if (!own) {
        out.before = level.margin_left;
        if (!style.indent_set) out.first = level.text_indent;
    }
    // Without its label a paragraph begins at the margin; measured: where the level has none to
    // give, the first line keeps its indent.
    if (!p.label && level.labelled() && !style.indent_set) out.first = Length();
    return out;
}

}  // namespace

Indents indents_of(const Paragraph& p, const Settings& settings) {
    Indents out = indents_of_style(p, settings);
    if (settings.boxes_outside) {
        // The text stands where it would without a box.
        const bool reversed = p.style->right_to_left;
        out.before -= p.style->box.inset(reversed ? right : left);
        out.after -= p.style->box.inset(reversed ? left : right);
    }
    return out;
}

Extent extent_of(const Paragraph& p, const Indents& indents, Length column) {
    const Length before = indents.before + std::min(indents.first, Length());
    if (p.style->right_to_left) return {indents.after, column - before};
    return {before, column - indents.after};
}

}  // namespace paraphe::layout
