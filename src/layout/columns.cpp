#include "layout/columns.hpp"

#include <algorithm>

#include "layout/measure.hpp"
#include "layout/names.hpp"
#include "layout/property_values.hpp"

namespace paraphe::layout {

namespace n = names;

namespace {

constexpr int most_columns = 20;
/// In less, no word could stand.
const Length narrowest = Length::from_points(10);

}  // namespace

Columns read_columns(const odf::Element& properties) {
    Columns out;
    const odf::Element* columns = child_of(properties, n::style_columns);
    if (columns == nullptr) return out;
    out.count = std::clamp(parse_integer(columns->attribute_or_empty(n::fo_column_count), 1), 1,
                           most_columns);
    out.gap = parse_length(columns->attribute_or_empty(n::fo_column_gap)).value_or(Length());
    for (const auto& node : columns->children) {
        const auto* child = std::get_if<odf::ElementPtr>(&node);
        if (child == nullptr) continue;
        const odf::Element& element = **child;
        if (element.name == n::style_column) {
            Columns::One one;
            std::string_view share = element.attribute_or_empty(n::style_rel_width);
            if (!share.empty() && share.back() == '*') share.remove_suffix(1);
            one.share = std::max(parse_integer(share, 1), 1);
            one.before =
                parse_length(element.attribute_or_empty(n::fo_start_indent)).value_or(Length());
            one.after =
                parse_length(element.attribute_or_empty(n::fo_end_indent)).value_or(Length());
            out.own.push_back(one);
        } else if (element.name == n::style_column_sep) {
            out.rule = parse_length(element.attribute_or_empty(n::style_width)).value_or(Length());
            out.rule_color =
                parse_color(element.attribute_or_empty(n::style_color)).value_or(Color{});
            out.rule_percent = std::clamp(
                static_cast<int>(
                    parse_percent(element.attribute_or_empty(n::style_height)).value_or(100)),
                0, 100);
        }
    }
    // Measured: with a gap that they share, Writer takes columns for equally wide.
    if (columns->attribute(n::fo_column_gap) != nullptr ||
        static_cast<int>(out.own.size()) != out.count)
        out.own.clear();
    return out;
}

std::vector<ColumnPlace> column_places(const Columns& columns, Length width) {
    std::vector<ColumnPlace> out;
    if (columns.own.empty()) {
        const Length one = (width - columns.gap * (columns.count - 1)) / columns.count;
        for (int i = 0; i < columns.count; ++i)
            out.push_back({(one + columns.gap) * i, std::max(one, narrowest)});
        return out;
    }
    std::int64_t total = 0, sum = 0;
    for (const Columns::One& one : columns.own)
        total += one.share;
    for (const Columns::One& one : columns.own) {
        const Length left = width.scaled(sum, total);
        sum += one.share;
        out.push_back(
            {left + one.before,
             std::max(width.scaled(sum, total) - left - one.before - one.after, narrowest)});
    }
    return out;
}

}  // namespace paraphe::layout
