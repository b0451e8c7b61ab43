#include "layout/measure.hpp"
#include "layout/names.hpp"
#include "layout/property_values.hpp"
#include "layout/style_sheet.hpp"

namespace paraphe::layout {

namespace n = names;

const TableStyle* StyleSheet::table(std::string_view name) {
    return cached<TableStyle>(tables_, name, [&](TableStyle& style) {
        for (const odf::Element* element : chain("table", name)) {
            if (const std::string* master = element->attribute(n::style_master_page_name))
                style.master_page = *master;
            const auto* properties = child_of(*element, n::style_table_properties);
            if (properties == nullptr) continue;
            apply_margins(
                {style.margin_left, style.margin_right, style.margin_top, style.margin_bottom},
                *properties);
            for (const auto& [key, value] : properties->attributes) {
                if (key == n::style_width)
                    style.width = parse_length(value);
                else if (key == n::style_rel_width)
                    style.relative_width = parse_percent(value);
                else if (key == n::table_align)
                    style.align = value == "left"     ? TableAlign::left
                                  : value == "center" ? TableAlign::center
                                  : value == "right"  ? TableAlign::right
                                                      : TableAlign::margins;
                else if (key == n::style_may_break_between_rows)
                    style.may_break_between_rows = flag(value);
                else if (key == n::fo_keep_with_next)
                    style.keep_with_next = flag(value);
                else if (key == n::fo_break_before)
                    style.break_before = parse_break(value);
                else if (key == n::fo_break_after)
                    style.break_after = parse_break(value);
                else if (key == n::style_page_number && value != "auto" && value != "0")
                    style.page_number = parse_integer(value, 1);  // measured: pages count on at 0
                else if (key == n::fo_background_color)
                    style.background = parse_color(value);
                else if (key == n::style_shadow && value != "none")
                    warnings_.add("P0425", "un tableau est composé sans son ombre", properties,
                                  "retirez l’ombre (Propriétés du tableau, Bordures)");
            }
        }
    });
}

const ColumnStyle* StyleSheet::column(std::string_view name) {
    return cached<ColumnStyle>(columns_, name, [&](ColumnStyle& style) {
        for (const odf::Element* element : chain("table-column", name)) {
            const auto* properties = child_of(*element, n::style_table_column_properties);
            if (properties == nullptr) continue;
            if (const std::string* width = properties->attribute(n::style_column_width))
                style.width = parse_length(*width);
            if (const std::string* relative = properties->attribute(n::style_rel_column_width);
                relative != nullptr && !relative->empty() && relative->back() == '*')
                style.relative_width =
                    parse_integer(std::string_view(*relative).substr(0, relative->size() - 1), 0);
        }
    });
}

const RowStyle* StyleSheet::row(std::string_view name) {
    return cached<RowStyle>(rows_, name, [&](RowStyle& style) {
        for (const odf::Element* element : chain("table-row", name)) {
            const auto* properties = child_of(*element, n::style_table_row_properties);
            if (properties == nullptr) continue;
            for (const auto& [key, value] : properties->attributes) {
                if (key == n::style_min_row_height)
                    style.min_height = parse_length(value).value_or(Length());
                else if (key == n::style_row_height)
                    style.height = parse_length(value);
                else if (key == n::fo_keep_together)
                    style.keep_together = flag(value);
                else if (key == n::fo_background_color)
                    style.background = parse_color(value);
            }
        }
    });
}

const CellStyle* StyleSheet::cell(std::string_view name) {
    return cached<CellStyle>(cells_, name, [&](CellStyle& style) {
        for (const odf::Element* element : chain("table-cell", name)) {
            const auto* properties = child_of(*element, n::style_table_cell_properties);
            if (properties == nullptr) continue;
            apply_box(style.box, *properties);
            style.box.shadow.reset();  // measured: Writer draws none
            if (const std::string* align = properties->attribute(n::style_vertical_align))
                style.vertical_align = *align == "middle"   ? VerticalAlign::middle
                                       : *align == "bottom" ? VerticalAlign::bottom
                                                            : VerticalAlign::top;
        }
    });
}

}  // namespace paraphe::layout
