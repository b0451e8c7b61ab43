#include "base/error.hpp"
#include "layout/columns.hpp"
#include "layout/measure.hpp"
#include "layout/names.hpp"
#include "layout/property_values.hpp"
#include "layout/style_sheet.hpp"

namespace paraphe::layout {

namespace n = names;

const SectionStyle* StyleSheet::section(std::string_view name) {
    return cached<SectionStyle>(sections_, name, [&](SectionStyle& style) {
        for (const odf::Element* element : chain("section", name)) {
            const auto* properties = child_of(*element, n::style_section_properties);
            if (properties == nullptr) continue;
            if (child_of(*properties, n::style_columns) != nullptr)
                style.columns = read_columns(*properties);
            Length above, below;
            apply_margins({style.margin_left, style.margin_right, above, below}, *properties);
            if (const std::string* value = properties->attribute(n::text_dont_balance))
                style.balanced = *value != "true";
        }
    });
}

const PageStyle* StyleSheet::page(const odf::Element& master) {
    auto& slot = pages_[&master];
    if (slot) return slot.get();
    auto style = std::make_unique<PageStyle>();
    if (const auto* first = first_master_page(); &master == endnotes_.get() && first != nullptr)
        style->size = page(*first)->size;
    const auto found = page_layouts_.find(master.attribute_or_empty(n::style_page_layout_name));
    const odf::Element* layout = found == page_layouts_.end() ? nullptr : found->second;
    if (layout != nullptr) {
        const auto usage = layout->attribute_or_empty(n::style_page_usage);
        style->usage = usage == "left"       ? PageStyle::Usage::left
                       : usage == "right"    ? PageStyle::Usage::right
                       : usage == "mirrored" ? PageStyle::Usage::mirrored
                                             : PageStyle::Usage::all;
    }
    if (const auto* p = layout ? child_of(*layout, n::style_page_layout_properties) : nullptr) {
        if (const std::string* all = p->attribute(n::fo_margin))
            style->margin_left = style->margin_right = style->margin_top = style->margin_bottom =
                parse_length(*all).value_or(Length());
        for (const auto& [key, value] : p->attributes) {
            const auto length = parse_length(value);
            if (key == n::style_num_format) style->number_format = value;
            if (!length) continue;
            if (key == n::fo_page_width)
                style->size.width = *length;
            else if (key == n::fo_page_height)
                style->size.height = *length;
            else if (key == n::fo_margin_left)
                style->margin_left = *length;
            else if (key == n::fo_margin_right)
                style->margin_right = *length;
            else if (key == n::fo_margin_top)
                style->margin_top = *length;
            else if (key == n::fo_margin_bottom)
                style->margin_bottom = *length;
        }
        apply_box(style->box, *p);
        AreaProperties area;
        for (const auto& [key, value] : p->attributes)
            area.apply(key, value);
        fill_and_warn(style->box, area, p);
        style->columns = read_columns(*p);
        if (const auto* rule = child_of(*p, n::style_footnote_sep)) {
            style->footnote_before =
                parse_length(rule->attribute_or_empty(n::style_distance_before_sep))
                    .value_or(style->footnote_before);
            style->footnote_after =
                parse_length(rule->attribute_or_empty(n::style_distance_after_sep))
                    .value_or(style->footnote_after);
            style->footnote_rule = parse_length(rule->attribute_or_empty(n::style_width))
                                       .value_or(style->footnote_rule);
            style->footnote_rule_percent = static_cast<int>(
                parse_percent(rule->attribute_or_empty(n::style_rel_width)).value_or(25));
        }
    }
    // A page that leaves no room for text would never take a line.
    const Length least = Length::from_points(36);
    if (style->size.width - style->margin_left - style->margin_right < least ||
        style->size.height - style->margin_top - style->margin_bottom < least)
        throw Error(ErrorKind::malformed_input,
                    "les marges de la page ne laissent pas de place au texte",
                    {warnings_.source(), layout->provenance ? layout->provenance->line : 0, 0, {}},
                    "réduisez les marges du style de page");

    const auto furniture = [&](FurnitureStyle& out, odf::Name name, odf::Name margin) {
        const auto* element = layout ? child_of(*layout, name) : nullptr;
        const auto* p = element ? child_of(*element, n::style_header_footer_properties) : nullptr;
        if (p == nullptr) return;
        out.declared = true;
        apply_box(out.box, *p);
        AreaProperties area;
        for (const auto& [key, value] : p->attributes)
            area.apply(key, value);
        fill_and_warn(out.box, area, p);
        if (const std::string* fixed = p->attribute(n::svg_height)) {
            out.min_height = parse_length(*fixed).value_or(Length());
            out.fixed_height = true;
        }
        if (const std::string* least_height = p->attribute(n::fo_min_height))
            out.min_height = parse_length(*least_height).value_or(Length());
        out.spacing = parse_length(p->attribute_or_empty(margin)).value_or(Length());
        out.margin_left = parse_length(p->attribute_or_empty(n::fo_margin_left)).value_or(Length());
        out.margin_right =
            parse_length(p->attribute_or_empty(n::fo_margin_right)).value_or(Length());
        out.dynamic_spacing = p->attribute_or_empty(n::style_dynamic_spacing) == "true";
    };
    furniture(style->header, n::style_header_style, n::fo_margin_bottom);
    furniture(style->footer, n::style_footer_style, n::fo_margin_top);
    slot = std::move(style);
    return slot.get();
}

}  // namespace paraphe::layout
