#include "layout/svg_style.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "odf/picture.hpp"

namespace paraphe::layout {

namespace {

constexpr std::size_t most_rules = 2000;

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t\r\n\f");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r\n\f") + 1 - begin);
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    return out;
}

struct Named {
    std::string_view name;
    std::uint32_t rgb;
};
/// The names that drawing programs write (SVG 1.1 §4.4 has 147).
constexpr std::array named{
    Named{"aqua", 0x00FFFF},       Named{"black", 0x000000},        Named{"blue", 0x0000FF},
    Named{"brown", 0xA52A2A},      Named{"crimson", 0xDC143C},      Named{"cyan", 0x00FFFF},
    Named{"darkblue", 0x00008B},   Named{"darkgray", 0xA9A9A9},     Named{"darkgreen", 0x006400},
    Named{"darkgrey", 0xA9A9A9},   Named{"darkorange", 0xFF8C00},   Named{"darkred", 0x8B0000},
    Named{"dimgray", 0x696969},    Named{"dimgrey", 0x696969},      Named{"dodgerblue", 0x1E90FF},
    Named{"fuchsia", 0xFF00FF},    Named{"gold", 0xFFD700},         Named{"gray", 0x808080},
    Named{"green", 0x008000},      Named{"grey", 0x808080},         Named{"indigo", 0x4B0082},
    Named{"lightblue", 0xADD8E6},  Named{"lightgray", 0xD3D3D3},    Named{"lightgreen", 0x90EE90},
    Named{"lightgrey", 0xD3D3D3},  Named{"lime", 0x00FF00},         Named{"magenta", 0xFF00FF},
    Named{"maroon", 0x800000},     Named{"midnightblue", 0x191970}, Named{"navy", 0x000080},
    Named{"olive", 0x808000},      Named{"orange", 0xFFA500},       Named{"orangered", 0xFF4500},
    Named{"pink", 0xFFC0CB},       Named{"purple", 0x800080},       Named{"red", 0xFF0000},
    Named{"royalblue", 0x4169E1},  Named{"silver", 0xC0C0C0},       Named{"slategray", 0x708090},
    Named{"steelblue", 0x4682B4},  Named{"teal", 0x008080},         Named{"tomato", 0xFF6347},
    Named{"turquoise", 0x40E0D0},  Named{"violet", 0xEE82EE},       Named{"white", 0xFFFFFF},
    Named{"whitesmoke", 0xF5F5F5}, Named{"yellow", 0xFFFF00}};

Color from_rgb(std::uint32_t rgb) {
    return {static_cast<std::uint8_t>(rgb >> 16), static_cast<std::uint8_t>(rgb >> 8),
            static_cast<std::uint8_t>(rgb), 255};
}

std::optional<Color> hexadecimal(std::string_view digits) {
    if (digits.size() != 3 && digits.size() != 4 && digits.size() != 6 && digits.size() != 8)
        return std::nullopt;
    const bool brief = digits.size() < 6;
    std::uint8_t parts[4] = {0, 0, 0, 255};
    const std::size_t count = brief ? digits.size() : digits.size() / 2;
    const auto digit = [](char c) {
        return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    };
    for (std::size_t i = 0; i < count; ++i) {
        const int high = digit(digits[brief ? i : 2 * i]);
        const int low = digit(digits[brief ? i : 2 * i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        parts[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return Color{parts[0], parts[1], parts[2], parts[3]};
}

/// nullopt when unknown.
std::optional<Color> color(std::string_view value) {
    const std::string text = lower(trimmed(value));
    if (text.starts_with('#')) return hexadecimal(std::string_view(text).substr(1));
    if (text.starts_with("rgb(") && text.ends_with(')')) {
        std::string_view rest = std::string_view(text).substr(4, text.size() - 5);
        std::uint8_t parts[3];
        for (std::uint8_t& part : parts) {
            auto number = next_number(rest);
            if (!number) return std::nullopt;
            if (rest.starts_with('%')) {
                rest.remove_prefix(1);
                *number = *number * 255 / 100;
            }
            part = static_cast<std::uint8_t>(std::lround(std::clamp(*number, 0.0, 255.0)));
        }
        if (!trimmed(rest).empty()) return std::nullopt;
        return Color{parts[0], parts[1], parts[2], 255};
    }
    for (const Named& each : named)
        if (each.name == text) return from_rgb(each.rgb);
    return std::nullopt;
}

void set_paint(std::optional<Color>& paint, std::string_view value, const SvgStyle& style,
               std::set<std::string>& missing) {
    value = trimmed(value);
    if (value == "inherit") return;
    if (value == "none" || value == "transparent") {
        paint.reset();
    } else if (lower(value) == "currentcolor") {
        paint = style.current;
    } else if (const auto known = color(value)) {
        paint = known;
    } else if (value.starts_with("url(")) {
        paint.reset();
        missing.insert("un dégradé ou un motif");
    } else {
        missing.insert("la couleur « " + std::string(value.substr(0, 40)) + " »");
    }
}

void set_opacity(double& opacity, std::string_view value) {
    if (auto number = next_number(value)) {
        if (value.starts_with('%')) *number /= 100;
        opacity = std::clamp(*number, 0.0, 1.0);
    }
}

/// User units; 96 an inch.
std::optional<double> user_length(std::string_view value) {
    const auto length = odf::parse_absolute_length(trimmed(value));
    if (!length) return std::nullopt;
    return length->points() * 96 / 72;
}

void declare(SvgStyle& style, std::string_view property, std::string_view value,
             std::set<std::string>& missing) {
    value = trimmed(value);
    if (const auto important = value.find("!important"); important != std::string_view::npos)
        value = trimmed(value.substr(0, important));
    if (value == "inherit") return;
    if (property == "fill") {
        set_paint(style.fill, value, style, missing);
    } else if (property == "stroke") {
        set_paint(style.stroke, value, style, missing);
    } else if (property == "color") {
        if (const auto known = color(value)) style.current = *known;
    } else if (property == "fill-opacity") {
        set_opacity(style.fill_opacity, value);
    } else if (property == "stroke-opacity") {
        set_opacity(style.stroke_opacity, value);
    } else if (property == "opacity") {
        set_opacity(style.own_opacity, value);
    } else if (property == "stroke-width") {
        if (const auto width = user_length(value)) style.stroke_width = std::max(*width, 0.0);
    } else if (property == "fill-rule") {
        style.even_odd = value == "evenodd";
    } else if (property == "stroke-linecap") {
        style.cap = value == "round" ? Cap::round : value == "square" ? Cap::square : Cap::butt;
    } else if (property == "stroke-linejoin") {
        style.join = value == "round" ? Join::round : value == "bevel" ? Join::bevel : Join::miter;
    } else if (property == "stroke-dasharray") {
        style.dashes.clear();
        double sum = 0;
        while (const auto each = next_number(value)) {
            if (style.dashes.size() == 32 || *each < 0) break;
            if (value.starts_with("px")) value.remove_prefix(2);
            style.dashes.push_back(*each);
            sum += *each;
        }
        if (sum <= 0) style.dashes.clear();
    } else if (property == "display") {
        style.displayed = style.displayed && value != "none";
    } else if (property == "visibility") {
        style.visible = value == "visible";
    } else if (property == "clip-path" || property == "mask" || property == "filter") {
        if (value != "none")
            missing.insert(property == "clip-path" ? "une découpe (clip-path)"
                           : property == "mask"    ? "un masque"
                                                   : "un filtre (ombre, flou)");
    } else if (property == "mix-blend-mode" || property.starts_with("marker")) {
        if (value != "none" && value != "normal")
            missing.insert("« " + std::string(property) + " »");
    } else if (property == "vector-effect") {
        if (value != "none") missing.insert("« vector-effect »");
    }
}

void declare_all(SvgStyle& style, std::string_view declarations, std::set<std::string>& missing) {
    while (!declarations.empty()) {
        const auto end = std::min(declarations.find(';'), declarations.size());
        const std::string_view one = declarations.substr(0, end);
        const auto colon = one.find(':');
        if (colon != std::string_view::npos)
            declare(style, lower(trimmed(one.substr(0, colon))), one.substr(colon + 1), missing);
        declarations.remove_prefix(std::min(end + 1, declarations.size()));
    }
}

bool is_simple(std::string_view selector) {
    if (selector.starts_with('.') || selector.starts_with('#')) selector.remove_prefix(1);
    return !selector.empty() && std::all_of(selector.begin(), selector.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_' || static_cast<unsigned char>(c) >= 0x80;
    });
}

bool has_class(std::string_view classes, std::string_view wanted) {
    while (!(classes = trimmed(classes)).empty()) {
        const auto end = std::min(classes.find_first_of(" \t\r\n"), classes.size());
        if (classes.substr(0, end) == wanted) return true;
        classes.remove_prefix(end);
    }
    return false;
}

}  // namespace

void SvgSheet::add(std::string_view css, std::set<std::string>& missing) {
    std::string text(css);
    for (auto open = text.find("/*"); open != std::string::npos; open = text.find("/*", open)) {
        const auto close = text.find("*/", open + 2);
        text.erase(open, close == std::string::npos ? close : close + 2 - open);
    }
    std::string_view rest = trimmed(text);
    while (!(rest = trimmed(rest)).empty()) {
        const auto open = rest.find('{');
        const auto close = rest.find('}', std::min(open, rest.size()));
        if (close == std::string_view::npos || rest.starts_with('@') ||
            rules_.size() >= most_rules) {
            missing.insert("une partie de la feuille de style");
            return;
        }
        std::string_view selectors = rest.substr(0, open);
        const std::string declarations(rest.substr(open + 1, close - open - 1));
        while (!selectors.empty() && rules_.size() < most_rules) {
            const auto comma = std::min(selectors.find(','), selectors.size());
            const std::string_view one = trimmed(selectors.substr(0, comma));
            if (is_simple(one))
                rules_.push_back({std::string(one), declarations});
            else
                missing.insert("une partie de la feuille de style");
            selectors.remove_prefix(std::min(comma + 1, selectors.size()));
        }
        rest.remove_prefix(close + 1);
    }
}

SvgStyle SvgSheet::apply(const xml::Element& element, SvgStyle style,
                         std::set<std::string>& missing) const {
    style.own_opacity = 1;
    // `color` first: currentColor may stand before it.
    for (const bool colors : {true, false})
        for (const xml::Attribute& attribute : element.attributes)
            if (attribute.name.uri.empty() && (attribute.name.local == "color") == colors)
                declare(style, attribute.name.local, attribute.value, missing);
    const std::string_view classes = element.attribute_or_empty("class");
    const std::string_view id = element.attribute_or_empty("id");
    // By weight: element, class, id; within each in the order of writing (CSS 2.1 §6.4.1).
    for (const char weight : {'e', '.', '#'})
        for (const Rule& rule : rules_) {
            const std::string_view selector = rule.selector;
            const bool fits = weight == 'e'                ? selector == element.name.local
                              : selector.front() != weight ? false
                              : weight == '.'              ? has_class(classes, selector.substr(1))
                                                           : id == selector.substr(1);
            if (fits) declare_all(style, rule.declarations, missing);
        }
    declare_all(style, element.attribute_or_empty("style"), missing);
    style.opacity *= style.own_opacity;
    return style;
}

}  // namespace paraphe::layout
