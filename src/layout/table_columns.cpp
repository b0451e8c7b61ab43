#include "layout/table_columns.hpp"

#include <algorithm>
#include <numeric>

#include "layout/measure.hpp"

namespace paraphe::layout {
namespace {

/// No column of Writer's is narrower, in twips.
constexpr std::int64_t least_width = 23;

using Twips = std::vector<std::int64_t>;

/// Widths or shares as the document gives them; columns without one share what the others leave.
Twips given_widths(const Table& table, std::int64_t width, bool relative) {
    Twips out;
    for (const ColumnStyle* column : table.columns)
        out.push_back(relative
                          ? std::max<std::int64_t>(column->relative_width, least_width)
                          : std::max<std::int64_t>(to_twips(column->width.value_or(Length())), 0));
    const auto unset = std::count(out.begin(), out.end(), 0);
    if (unset == 0) return out;
    const std::int64_t sum = std::accumulate(out.begin(), out.end(), std::int64_t{0});
    const std::int64_t rest = std::max<std::int64_t>(width - sum, unset * 20);
    for (std::int64_t& one : out)
        if (one == 0) one = rest / unset;
    return out;
}

/// Edges in a table whose width is not its own. Measured: the columns become whole shares of
/// 65,535, and the edges whole twips of their sums.
Twips shared_edges(const Twips& given, std::int64_t width) {
    constexpr std::int64_t whole = 65535;
    const std::int64_t sum = std::accumulate(given.begin(), given.end(), std::int64_t{0});
    Twips out{0};
    std::int64_t shares = 0;
    for (const std::int64_t one : given) {
        shares += one * whole / sum;
        out.push_back(width * shares / whole);
    }
    return out;
}

/// Edges in a table with a width of its own. Measured: shares are taken from what the columns
/// before have left; widths that fall short of the table's grow with it, and what is too much is
/// taken from what exceeds the least width.
Twips own_edges(const Twips& given, std::int64_t width, bool relative) {
    const std::int64_t sum = std::accumulate(given.begin(), given.end(), std::int64_t{0});
    const auto count = static_cast<std::int64_t>(given.size());
    Twips out{0};
    for (const std::int64_t one : given) {
        std::int64_t set = one;
        if (relative)
            set = one * (width - out.back()) / sum;
        else if (sum < width)
            set = one * width / sum;
        else if (sum > width)
            set = least_width + one * std::max<std::int64_t>(width - count * least_width, 0) / sum;
        out.push_back(std::min(out.back() + set, width));
    }
    return out;
}

}  // namespace

Extent extent(const Table& table, Length available) {
    const TableStyle& style = *table.style;
    const Length room = std::max(available - style.margin_left - style.margin_right,
                                 from_twips(20 * static_cast<int>(table.columns.size())));
    Extent out{style.margin_left, room, true};
    if (style.align == TableAlign::margins) return out;
    if (style.relative_width) {
        out.width = available.scaled(static_cast<std::int64_t>(*style.relative_width * 100), 10000);
    } else if (style.width) {
        out.width = *style.width;
        out.full = false;
    } else {
        return out;
    }
    if (style.align == TableAlign::center) out.x = (available - out.width) / 2;
    if (style.align == TableAlign::right) out.x = available - out.width;
    return out;
}

std::vector<Length> column_edges(const Table& table, const Extent& place) {
    const bool relative =
        std::all_of(table.columns.begin(), table.columns.end(),
                    [](const ColumnStyle* column) { return column->relative_width > 0; });
    const std::int64_t width = to_twips(place.width);
    const Twips given = given_widths(table, width, relative);
    const Twips edges = place.full ? shared_edges(given, width) : own_edges(given, width, relative);
    std::vector<Length> out;
    for (const std::int64_t edge : edges)
        out.push_back(from_twips(edge));
    // The last column takes what roundings leave.
    out.back() = place.width;
    return out;
}

}  // namespace paraphe::layout
