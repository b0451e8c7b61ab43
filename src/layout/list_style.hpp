#pragma once

#include <array>
#include <map>
#include <memory>
#include <string>

#include "layout/style.hpp"
#include "odf/document.hpp"

/// Lists and outline numbering (ODF 1.3 part 3 §§16.29–16.37). Private to layout/.
namespace paraphe::layout {

struct ListLevel {
    bool bullet = false;
    std::string bullet_text;
    std::string format;  ///< "1", "a", "A", "i", "I"; empty: no number
    bool letter_sync = false;
    bool consecutive = false;  ///< of the whole list style: all levels count on from each other
    std::string prefix, suffix;
    int display_levels = 1;
    int start = 1;
    std::string text_style;
    std::string font_family;  ///< of a bullet, when its properties name one
    const odf::Element* text_properties = nullptr;
    bool label_alignment = false;
    enum class Follow { tab, space, nothing } follow = Follow::tab;
    std::optional<Length> tab_stop;
    Length margin_left, text_indent;
    Length space_before, min_label_width, min_label_distance;
    Align label_align = Align::start;

    bool labelled() const {
        return bullet ? !bullet_text.empty()
                      : !format.empty() || !prefix.empty() || !suffix.empty();
    }
};

using ListStyle = std::array<ListLevel, 10>;

ListStyle read_list_style(const odf::Element&);

/// text:start-value of an item or a heading.
int item_start(std::string_view);

/// Counters of one list.
struct ListCounters {
    std::array<int, 10> value{};
    std::array<bool, 10> started{};
    std::optional<int> last;  ///< of any level
    /// Does a level count on from the others? Measured: as the style of the item above it says, the
    /// first level as the style that the list began with.
    std::array<bool, 10> consecutive{};

    /// Counts one item of `level` (from 0) and returns its number; deeper levels start again.
    int next(const ListStyle&, int level, std::optional<int> restart);
};

/// The label of the item that was just counted: prefix, numbers of the displayed levels, suffix.
std::string label_text(const ListStyle&, const ListCounters&, int level);
/// The same without prefix and suffix; empty for a bullet.
std::string plain_number(const ListStyle&, const ListCounters&, int level);

/// A sign of a symbol font (U+F020 to U+F0FF) by its Unicode place; a bullet when unknown.
std::string symbol(char32_t);

/// `format` as style:num-format: 27 is "27", "aa" (or "aa" with letter_sync), "xxvii".
std::string format_number(int number, std::string_view format, bool letter_sync = false);

}  // namespace paraphe::layout
