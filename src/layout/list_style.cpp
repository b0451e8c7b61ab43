#include "layout/list_style.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "layout/measure.hpp"
#include "layout/names.hpp"

namespace paraphe::layout {

namespace n = names;

namespace {

std::string letters(int number, bool sync) {
    if (number <= 0) return std::to_string(number);
    if (sync)
        return std::string(static_cast<std::size_t>((number - 1) / 26 + 1),
                           static_cast<char>('a' + (number - 1) % 26));
    std::string out;
    while (number > 0) {
        out.insert(out.begin(), static_cast<char>('a' + (number - 1) % 26));
        number = (number - 1) / 26;
    }
    return out;
}

std::string roman(int number) {
    if (number <= 0 || number >= 4000) return std::to_string(number);
    constexpr std::array<std::pair<int, const char*>, 13> table{{{1000, "m"},
                                                                 {900, "cm"},
                                                                 {500, "d"},
                                                                 {400, "cd"},
                                                                 {100, "c"},
                                                                 {90, "xc"},
                                                                 {50, "l"},
                                                                 {40, "xl"},
                                                                 {10, "x"},
                                                                 {9, "ix"},
                                                                 {5, "v"},
                                                                 {4, "iv"},
                                                                 {1, "i"}}};
    std::string out;
    for (const auto& [value, sign] : table)
        for (; number >= value; number -= value)
            out += sign;
    return out;
}

std::string raised(std::string text) {
    for (char& c : text)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return text;
}

/// Bullets of the symbol fonts of old documents, whose code points mean nothing elsewhere.
std::string bullet(std::string_view text) {
    if (text.empty()) return {};
    const char32_t c = utf8::decode(text, 0).code_point;
    return (c >= 0xF020 && c <= 0xF0FF) || c == 0xE00C || c == 0xE00A ? symbol(c)
                                                                      : std::string(text);
}

/// Writer begins no list later (measured: more gives this in a style, and 1 in an item).
constexpr int most_start = 32767;

ListLevel read_level(const odf::Element& element) {
    ListLevel out;
    out.bullet = element.name == n::text_list_level_style_bullet;
    out.bullet_text = bullet(element.attribute_or_empty(n::text_bullet_char));
    // A picture as bullet is set as an ordinary one.
    if (element.name == n::text_list_level_style_image) {
        out.bullet = true;
        out.bullet_text = "•";
    }
    out.format = element.attribute_or_empty(n::style_num_format);
    out.letter_sync = element.attribute_or_empty(n::style_num_letter_sync) == "true";
    out.prefix = element.attribute_or_empty(n::style_num_prefix);
    out.suffix = element.attribute_or_empty(n::style_num_suffix);
    out.display_levels =
        std::clamp(parse_integer(element.attribute_or_empty(n::text_display_levels), 1), 1, 10);
    out.start =
        std::min(parse_integer(element.attribute_or_empty(n::text_start_value), 1), most_start);
    if (out.start < 0) out.start = 1;
    out.text_style = element.attribute_or_empty(n::text_style_name);
    if (const auto text = element.child(n::style_text_properties)) {
        out.text_properties = text.get();
        out.font_family = text->attribute_or_empty(n::style_font_name);
        if (out.font_family.empty()) out.font_family = text->attribute_or_empty(n::fo_font_family);
    }
    const auto properties = element.child(n::style_list_level_properties);
    if (!properties) return out;
    const auto length = [](const odf::Element& from, odf::Name name) {
        return parse_length(from.attribute_or_empty(name)).value_or(Length());
    };
    const auto align = properties->attribute_or_empty(n::fo_text_align);
    out.label_align = align == "center"                    ? Align::center
                      : align == "end" || align == "right" ? Align::end
                                                           : Align::start;
    out.space_before = length(*properties, n::text_space_before);
    out.min_label_width = length(*properties, n::text_min_label_width);
    out.min_label_distance = length(*properties, n::text_min_label_distance);
    out.label_alignment = properties->attribute_or_empty(
                              n::text_list_level_position_and_space_mode) == "label-alignment";
    if (const auto alignment = properties->child(n::style_list_level_label_alignment)) {
        const auto follow = alignment->attribute_or_empty(n::text_label_followed_by);
        out.follow = follow == "space"     ? ListLevel::Follow::space
                     : follow == "nothing" ? ListLevel::Follow::nothing
                                           : ListLevel::Follow::tab;
        out.tab_stop = parse_length(alignment->attribute_or_empty(n::text_list_tab_stop_position));
        out.margin_left = length(*alignment, n::fo_margin_left);
        out.text_indent = length(*alignment, n::fo_text_indent);
    }
    return out;
}

}  // namespace

int item_start(std::string_view value) {
    const int start = parse_integer(value, 1);
    return start < 0 || start > most_start ? 1 : start;
}

std::string symbol(char32_t c) {
    switch (c) {
        case 0xF0A7:
        case 0xE00A:
            return "▪";
        case 0xF0D8:
            return "➢";
        case 0xF0FC:
            return "✔";
        case 0xF0A8:
            return "◻";
        case 0xF076:
            return "❖";
        case 0xF0E0:
            return "→";
        default:
            return "•";
    }
}

/// Measured: what Writer takes for a level that a list style leaves out.
ListLevel unset_level(std::int64_t level) {
    const Length step = Length::from_points(18);
    ListLevel out;
    out.format = "1";
    out.suffix = ".";
    out.label_alignment = true;
    out.text_indent = -step;
    out.margin_left = step * (level + 2);
    out.tab_stop = out.margin_left;
    return out;
}

ListStyle read_list_style(const odf::Element& element) {
    ListStyle out;
    if (element.name == n::text_list_style)
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] = unset_level(static_cast<std::int64_t>(i));
    for (const auto& node : element.children) {
        const auto* child = std::get_if<odf::ElementPtr>(&node);
        if (child == nullptr) continue;
        const int level = parse_integer((*child)->attribute_or_empty(n::text_level), 0);
        if (level >= 1 && level <= 10)
            out[static_cast<std::size_t>(level - 1)] = read_level(**child);
    }
    if (element.attribute_or_empty(n::text_consecutive_numbering) == "true")
        for (ListLevel& level : out)
            level.consecutive = true;
    return out;
}

int ListCounters::next(const ListStyle& style, int level, std::optional<int> restart) {
    const auto at = static_cast<std::size_t>(level);
    if (restart)
        value[at] = *restart;
    else if (!started[at])
        value[at] = style[at].start;
    else
        ++value[at];
    if (!last) consecutive.fill(style[at].consecutive);
    if (consecutive[at] && !restart && last) value[at] = *last + 1;
    if (at + 1 < consecutive.size()) consecutive[at + 1] = style[at].consecutive;
    last = value[at];
    started[at] = true;
    for (std::size_t deeper = at + 1; deeper < 10; ++deeper)
        started[deeper] = false;
    // A level that was skipped counts as its first item.
    for (std::size_t above = 0; above < at; ++above)
        if (!started[above]) {
            started[above] = true;
            value[above] = style[above].start;
        }
    return value[at];
}

std::string plain_number(const ListStyle& style, const ListCounters& counters, int level) {
    const ListLevel& own = style[static_cast<std::size_t>(level)];
    std::string out;
    if (own.bullet || own.format.empty()) return out;
    for (int shown = std::max(0, level + 1 - own.display_levels); shown <= level; ++shown) {
        const auto at = static_cast<std::size_t>(shown);
        if (style[at].bullet || style[at].format.empty()) continue;
        if (!out.empty()) out += '.';
        out += format_number(counters.value[at], style[at].format, style[at].letter_sync);
    }
    return out;
}

std::string label_text(const ListStyle& style, const ListCounters& counters, int level) {
    const ListLevel& own = style[static_cast<std::size_t>(level)];
    if (own.bullet) return own.bullet_text;  // Writer shows neither prefix nor suffix
    return own.prefix + plain_number(style, counters, level) + own.suffix;
}

std::string format_number(int number, std::string_view format, bool letter_sync) {
    if (format == "a") return letters(number, letter_sync);
    if (format == "A") return raised(letters(number, letter_sync));
    if (format == "i") return roman(number);
    if (format == "I") return raised(roman(number));
    if (format.empty()) return {};
    return std::to_string(number);
}

}  // namespace paraphe::layout
