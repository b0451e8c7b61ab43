#include <algorithm>

#include "layout/measure.hpp"
#include "layout/names.hpp"
#include "layout/property_values.hpp"
#include "layout/style_sheet.hpp"

namespace paraphe::layout {

namespace n = names;

namespace {

/// Sizes in percent multiply from parent to parent.
constexpr double largest_points = 10'000;

Decoration parse_decoration(std::string_view style) {
    if (style == "none" || style.empty()) return Decoration::none;
    if (style == "dotted") return Decoration::dotted;
    if (style == "wave") return Decoration::wave;
    if (style == "solid") return Decoration::single;
    return Decoration::dashed;
}

int parse_weight(std::string_view value, int otherwise) {
    if (value == "normal") return 400;
    if (value == "bold") return 700;
    return parse_integer(value, otherwise);
}

/// "style:font-size-complex" gives "font-size" and true; nullopt for other properties.
std::optional<std::pair<std::string_view, bool>> other_script(std::string_view name) {
    if (!name.starts_with("style:")) return std::nullopt;
    name.remove_prefix(6);
    for (const std::string_view kind : {"-asian", "-complex"})
        if (name.ends_with(kind))
            return std::pair(name.substr(0, name.size() - kind.size()), kind == "-complex");
    return std::nullopt;
}

Length parse_size(std::string_view value, Length parent, Length otherwise) {
    if (const auto percent = parse_percent(value))
        return Length::from_points(
            std::clamp(parent.points() * *percent / 100, 0.1, largest_points));
    if (const auto length = parse_exact_length(value); length && *length > Length())
        return std::min(*length, Length::from_points(largest_points));
    return otherwise;
}

}  // namespace

const TextStyle* StyleSheet::keep(TextStyle style) {
    texts_.push_back(std::move(style));
    return &texts_.back();
}

void StyleSheet::resolve_font(TextStyle& style) {
    style.font = fonts_.find(style.family, style.weight, style.italic, style.generic);
    if (style.font.substituted && unknown_families_.insert(style.family).second)
        warnings_.add("P0401",
                      "la police « " + style.family + " » n’est pas connue ; " +
                          style.font.face->family() + " la remplace",
                      style.family_from,
                      "choisissez une police de fonts/fonts.map, par exemple Liberation Serif");
}

void StyleSheet::apply_text(TextStyle& style, const odf::Element& properties, Length parent_size) {
    bool window_color = false, color_given = false;
    std::string_view underline_type, underline_width, strike_type, language, country;
    for (const auto& [name, value] : properties.attributes) {
        if (name == n::style_font_name) {
            const auto face = fonts_declared_.find(value);
            style.family = value;
            style.family_from = &properties;
            if (face != fonts_declared_.end()) {
                style.family = face->second->attribute_or_empty(n::svg_font_family);
                style.generic = face->second->attribute_or_empty(n::style_font_family_generic);
            }
        } else if (name == n::fo_font_family) {
            if (properties.attribute(n::style_font_name) == nullptr) {
                style.family = value;
                style.family_from = &properties;
                style.generic = properties.attribute_or_empty(n::style_font_family_generic);
            }
        } else if (name == n::fo_font_size) {
            style.size = parse_size(value, parent_size, style.size);
        } else if (name == n::fo_font_weight) {
            style.weight = parse_weight(value, style.weight);
        } else if (name == n::fo_font_style) {
            style.italic = value == "italic" || value == "oblique";
        } else if (name == n::fo_color) {
            if (const auto color = parse_color(value)) {
                style.color = *color;
                color_given = true;
            }
        } else if (name == n::style_use_window_font_color) {
            window_color = value == "true";
        } else if (name == n::fo_background_color) {
            style.background = parse_color(value);
        } else if (name == n::style_text_underline_style) {
            style.underline = parse_decoration(value);
        } else if (name == n::style_text_underline_type) {
            underline_type = value;
        } else if (name == n::style_text_underline_width) {
            underline_width = value;
        } else if (name == n::style_text_underline_color) {
            style.underline_color = parse_color(value);
        } else if (name == n::style_text_underline_mode) {
            style.underline_words = value == "skip-white-space";
        } else if (name == n::style_text_line_through_style) {
            style.strike = parse_decoration(value);
        } else if (name == n::style_text_line_through_type) {
            strike_type = value;
        } else if (name == n::style_text_position) {
            std::string_view rest = value;
            const auto first = next_word(rest);
            const auto second = next_word(rest);
            style.scale = 58;
            style.raise_automatic = first == "super" || first == "sub";
            if (style.raise_automatic)
                style.raise = first == "super" ? 33 : -33;
            else
                style.raise = static_cast<int>(parse_percent(first).value_or(0));
            if (style.raise == 0) style.scale = 100;
            if (const auto scale = parse_percent(second)) style.scale = static_cast<int>(*scale);
            style.scale = std::clamp(style.scale, 1, 100);
            style.raise = std::clamp(style.raise, -100, 100);
        } else if (name == n::style_text_scale) {
            style.width = std::clamp(static_cast<int>(parse_percent(value).value_or(100)), 1, 900);
        } else if (name == n::fo_letter_spacing) {
            style.letter_spacing = parse_length(value).value_or(Length());
        } else if (name == n::style_letter_kerning) {
            style.kerning = value == "true";
        } else if (name == n::fo_text_transform) {
            style.letter_case = value == "uppercase"    ? LetterCase::upper
                                : value == "lowercase"  ? LetterCase::lower
                                : value == "capitalize" ? LetterCase::capitalize
                                                        : LetterCase::none;
        } else if (name == n::fo_font_variant) {
            if (value == "small-caps")
                style.letter_case = LetterCase::small_caps;
            else if (style.letter_case == LetterCase::small_caps)
                style.letter_case = LetterCase::none;
        } else if (name == n::text_display) {
            style.hidden = value == "none";
        } else if (name == n::fo_language) {
            language = value;
        } else if (name == n::fo_country) {
            country = value;
        } else if (name == n::fo_hyphenate) {
            style.hyphenate = value == "true";
        } else if (name == n::fo_hyphenation_remain_char_count) {
            style.hyphenate_before = std::clamp(parse_integer(value, 2), 1, 50);
        } else if (name == n::fo_hyphenation_push_char_count) {
            style.hyphenate_after = std::clamp(parse_integer(value, 2), 1, 50);
        } else if (const auto other = other_script(name.str())) {
            ScriptFonts fonts = style.other ? *style.other : ScriptFonts();
            apply_other_script(other->second ? fonts.complex : fonts.asian, other->first, value,
                               properties, parent_size);
            style.other = std::make_shared<const ScriptFonts>(std::move(fonts));
        }
    }
    if (window_color && !color_given) style.color = Color{};
    if (style.underline != Decoration::none) {
        if (underline_type == "double") style.underline = Decoration::doubled;
        if (underline_type == "none") style.underline = Decoration::none;
        if (underline_width == "bold" || underline_width == "thick")
            style.underline = Decoration::thick;
    }
    if (style.strike != Decoration::none && strike_type == "double")
        style.strike = Decoration::doubled;
    if (strike_type == "none") style.strike = Decoration::none;
    if (language == "zxx" || language == "none")
        style.language.clear();
    else if (!language.empty())
        style.language = std::string(language) + (country.empty() || country == "none"
                                                      ? std::string()
                                                      : std::string("-").append(country));
}

void StyleSheet::apply_other_script(ScriptFont& font, std::string_view property,
                                    std::string_view value, const odf::Element& properties,
                                    Length parent_size) {
    if (property == "font-name") {
        const auto face = fonts_declared_.find(value);
        font.family = value;
        font.family_from = &properties;
        if (face != fonts_declared_.end()) {
            font.family = face->second->attribute_or_empty(n::svg_font_family);
            font.generic = face->second->attribute_or_empty(n::style_font_family_generic);
        }
    } else if (property == "font-family") {
        font.family = value;
        font.family_from = &properties;
    } else if (property == "font-size") {
        font.size = parse_size(value, parent_size, font.size);
    } else if (property == "font-weight") {
        font.weight = parse_weight(value, font.weight);
    } else if (property == "font-style") {
        font.italic = value == "italic" || value == "oblique";
    } else if (property == "language") {
        font.language = value == "zxx" || value == "none" ? std::string() : std::string(value);
    }
}

const TextStyle* StyleSheet::in_script(const TextStyle* base, locale::ScriptKind kind) {
    if (kind != locale::ScriptKind::asian && kind != locale::ScriptKind::complex) return base;
    const TextStyle*& slot = scripts_[{base, kind}];
    if (slot != nullptr) return slot;
    static const ScriptFonts none;
    const ScriptFonts& fonts = base->other ? *base->other : none;
    const ScriptFont& own = kind == locale::ScriptKind::asian ? fonts.asian : fonts.complex;
    TextStyle style = *base;
    if (!own.family.empty()) {
        style.family = own.family;
        style.generic = own.generic;
        style.family_from = own.family_from;
    }
    style.size = own.size;
    style.weight = own.weight;
    style.italic = own.italic;
    if (!own.language.empty()) style.language = own.language;
    resolve_font(style);
    return slot = keep(std::move(style));
}

const TextStyle* StyleSheet::text(const TextStyle* base, std::string_view name) {
    if (name.empty()) return base;
    auto& slot = derived_[scope()][{base, std::string(name)}];
    if (slot != nullptr) return slot;
    TextStyle style = *base;
    for (const odf::Element* element : chain("text", name)) {
        if (element->name == n::style_default_style) continue;
        if (const auto* properties = child_of(*element, n::style_text_properties))
            apply_text(style, *properties, base->size);
    }
    resolve_font(style);
    return slot = keep(std::move(style));
}

TextStyle StyleSheet::label(TextStyle style, const odf::Element* properties) {
    if (properties != nullptr) apply_text(style, *properties, style.size);
    resolve_font(style);
    return style;
}

const TextStyle* StyleSheet::small_capitals(const TextStyle* base, const TextStyle& made) {
    const TextStyle*& slot = small_capitals_[base];
    if (slot == nullptr) slot = keep(made);
    return slot;
}

}  // namespace paraphe::layout
