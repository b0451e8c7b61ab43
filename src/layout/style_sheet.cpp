#include "layout/style_sheet.hpp"

#include <algorithm>

#include "layout/measure.hpp"
#include "layout/names.hpp"

namespace paraphe::layout {

namespace n = names;

void Warnings::add(const std::string& code, const std::string& message,
                   const odf::Provenance* where, const std::string& remedy) {
    if (!seen_.insert(code + message).second) return;
    Diagnostic out;
    out.severity = Severity::warning;
    out.code = code;
    out.message = message;
    out.where.source = where != nullptr && where->source ? *where->source : source_;
    out.where.line = where != nullptr ? where->line : 0;
    out.remedy = remedy;
    list_.push_back(std::move(out));
}

Settings Settings::of(const odf::Document& document) {
    Settings out;
    if (!document.settings) return out;
    const odf::Element* set = nullptr;
    for (const auto& node : document.settings->children)
        if (const auto* child = std::get_if<odf::ElementPtr>(&node);
            child != nullptr && (*child)->name == n::config_config_item_set &&
            (*child)->attribute_or_empty(n::config_name) == "ooo:configuration-settings")
            set = child->get();
    if (set == nullptr) return out;
    std::map<std::string_view, std::string> values;
    for (const auto& node : set->children) {
        const auto* item = std::get_if<odf::ElementPtr>(&node);
        if (item == nullptr || (*item)->name != n::config_config_item) continue;
        std::string text;
        for (const auto& part : (*item)->children)
            if (const auto* piece = std::get_if<odf::Text>(&part)) text += piece->text;
        values[(*item)->attribute_or_empty(n::config_name)] = text;
    }
    // A set without the item: the item's old default (reference: measured in Writer 7.4).
    const auto value = [&](std::string_view name, bool old_default) {
        const auto found = values.find(name);
        return found == values.end() ? old_default : found->second == "true";
    };
    out.external_leading = value("AddExternalLeading", false);
    out.add_spacing = value("AddParaTableSpacing", false);
    out.spacing_at_start = value("AddParaTableSpacingAtStart", false);
    out.tabs_from_indent = value("TabsRelativeToIndent", true);
    out.shrink_first_line = value("PropLineSpacingShrinksFirstLine", false);
    out.ignore_first_indent = value("IgnoreFirstLineIndentInNumbering", false);
    out.spacing_in_cells = value("AddParaSpacingToTableCells", false);
    return out;
}

namespace {

Border parse_border(std::string_view text) {
    Border out;
    while (true) {
        const std::string_view word = next_word(text);
        if (word.empty()) break;
        if (word == "none" || word == "hidden") return {};
        if (const auto color = parse_color(word))
            out.color = *color;
        else if (const auto length = parse_length(word))
            out.width = *length;
        else if (word == "thin")
            out.width = from_twips(10);
        else if (word == "medium" || word == "thick")
            out.width = from_twips(word == "medium" ? 30 : 50);
        else if (word == "double" || word == "double-thin")
            out.stroke = Stroke::doubled;
        else if (word == "dashed" || word == "dash-dot" || word == "dash-dot-dot" ||
                 word == "fine-dashed")
            out.stroke = Stroke::dashed;
        else if (word == "dotted")
            out.stroke = Stroke::dotted;
        else
            out.stroke = Stroke::solid;
    }
    // A hairline is drawn, but takes less than a twip: Writer gives it one.
    if (out.stroke != Stroke::none && out.width == Length()) out.width = from_twips(1);
    return out;
}

bool flag(std::string_view value) {
    return value == "true" || value == "always";
}

Break parse_break(std::string_view value) {
    if (value == "page" || value == "even-page" || value == "odd-page") return Break::page;
    if (value == "column") return Break::column;
    return Break::none;
}

Decoration parse_decoration(std::string_view style) {
    if (style == "none" || style.empty()) return Decoration::none;
    if (style == "dotted") return Decoration::dotted;
    if (style == "wave") return Decoration::wave;
    if (style == "solid") return Decoration::single;
    return Decoration::dashed;
}

TabStop parse_tab(const odf::Element& element) {
    TabStop out;
    out.position = parse_length(element.attribute_or_empty(n::style_position)).value_or(Length());
    const auto type = element.attribute_or_empty(n::style_type);
    if (type == "right")
        out.type = TabType::right;
    else if (type == "center")
        out.type = TabType::center;
    else if (type == "char")
        out.type = TabType::character;
    if (const auto c = element.attribute_or_empty(n::style_char); !c.empty())
        out.character = static_cast<unsigned char>(c[0]);
    const auto style = element.attribute_or_empty(n::style_leader_style);
    if (!style.empty() && style != "none") {
        out.leader = style == "dotted" ? '.' : '_';
        if (const auto text = element.attribute_or_empty(n::style_leader_text);
            !text.empty() && static_cast<unsigned char>(text[0]) < 0x80)
            out.leader = static_cast<unsigned char>(text[0]);
    }
    if (out.leader == ' ') out.leader = 0;
    return out;
}

int parse_weight(std::string_view value, int otherwise) {
    if (value == "normal") return 400;
    if (value == "bold") return 700;
    return parse_integer(value, otherwise);
}

const odf::Element* child_of(const odf::Element& element, odf::Name name) {
    for (const auto& node : element.children)
        if (const auto* child = std::get_if<odf::ElementPtr>(&node);
            child != nullptr && (*child)->name == name)
            return child->get();
    return nullptr;
}

}  // namespace

void apply_box(BoxStyle& box, const odf::Element& properties) {
    for (const auto& [name, value] : properties.attributes) {
        if (name == n::fo_border)
            box.border.fill(parse_border(value));
        else if (name == n::fo_padding)
            box.padding.fill(parse_length(value).value_or(Length()));
    }
    for (const auto& [name, value] : properties.attributes) {
        if (name == n::fo_border_left)
            box.border[left] = parse_border(value);
        else if (name == n::fo_border_right)
            box.border[right] = parse_border(value);
        else if (name == n::fo_border_top)
            box.border[top] = parse_border(value);
        else if (name == n::fo_border_bottom)
            box.border[bottom] = parse_border(value);
        else if (name == n::fo_padding_left)
            box.padding[left] = parse_length(value).value_or(Length());
        else if (name == n::fo_padding_right)
            box.padding[right] = parse_length(value).value_or(Length());
        else if (name == n::fo_padding_top)
            box.padding[top] = parse_length(value).value_or(Length());
        else if (name == n::fo_padding_bottom)
            box.padding[bottom] = parse_length(value).value_or(Length());
        else if (name == n::fo_background_color)
            box.background = parse_color(value);
    }
}

StyleSheet::StyleSheet(const odf::Document& document, const text::FontMap& fonts,
                       Warnings& warnings)
    : fonts_(fonts), warnings_(warnings), settings_(Settings::of(document)) {
    for (const auto& decls : {document.styles_font_face_decls, document.font_face_decls}) {
        if (!decls) continue;
        for (const auto& node : decls->children)
            if (const auto* face = std::get_if<odf::ElementPtr>(&node))
                fonts_declared_[std::string((*face)->attribute_or_empty(n::style_name))] =
                    face->get();
    }
    index(document.styles, common_);
    index(document.automatic_styles, automatic_);
    index(document.styles_automatic_styles, furniture_automatic_);
    if (document.master_styles)
        for (const auto& node : document.master_styles->children)
            if (const auto* master = std::get_if<odf::ElementPtr>(&node);
                master != nullptr && (*master)->name == n::style_master_page) {
                masters_[std::string((*master)->attribute_or_empty(n::style_name))] = master->get();
                master_order_.push_back(master->get());
            }

    TextStyle base;
    if (const odf::Element* defaults = find("paragraph", {}))
        if (const auto* properties = child_of(*defaults, n::style_text_properties))
            apply_text(base, *properties, base.size);
    resolve_font(base);
    default_text_ = keep(std::move(base));
}

void StyleSheet::index(const odf::ElementPtr& container, std::map<Key, const odf::Element*>& into) {
    if (!container) return;
    for (const auto& node : container->children) {
        const auto* child = std::get_if<odf::ElementPtr>(&node);
        if (child == nullptr) continue;
        const odf::Element& element = **child;
        std::string name(element.attribute_or_empty(n::style_name));
        if (element.name == n::style_style)
            into[{std::string(element.attribute_or_empty(n::style_family)), name}] = &element;
        else if (element.name == n::style_default_style)
            into[{std::string(element.attribute_or_empty(n::style_family)), {}}] = &element;
        else if (element.name == n::text_list_style)
            lists_[name] = &element;
        else if (element.name == n::style_page_layout)
            page_layouts_[name] = &element;
        else if (element.name == n::text_outline_style)
            outline_ = *child;
    }
}

const odf::Element* StyleSheet::find(std::string_view family, std::string_view name) const {
    const Key key{std::string(family), std::string(name)};
    if (!name.empty()) {
        const auto& own = furniture_ ? furniture_automatic_ : automatic_;
        if (const auto found = own.find(key); found != own.end()) return found->second;
    }
    const auto found = common_.find(key);
    return found == common_.end() ? nullptr : found->second;
}

std::vector<const odf::Element*> StyleSheet::chain(std::string_view family,
                                                   std::string_view name) const {
    std::vector<const odf::Element*> out;
    const odf::Element* style = name.empty() ? nullptr : find(family, name);
    // A circle of parents ends here.
    while (style != nullptr && out.size() < 64) {
        out.push_back(style);
        const auto parent = style->attribute_or_empty(n::style_parent_style_name);
        if (parent.empty()) break;
        const auto found = common_.find({std::string(family), std::string(parent)});
        style = found == common_.end() ? nullptr : found->second;
    }
    if (const odf::Element* defaults = find(family, {})) out.push_back(defaults);
    std::reverse(out.begin(), out.end());
    return out;
}

const TextStyle* StyleSheet::keep(TextStyle style) {
    texts_.push_back(std::move(style));
    return &texts_.back();
}

void StyleSheet::resolve_font(TextStyle& style) {
    style.font = fonts_.find(style.family, style.weight, style.italic, style.generic);
    if (style.font.substituted)
        warnings_.add("P0401",
                      "la police « " + style.family + " » n’est pas connue ; " +
                          style.font.face->family() + " la remplace",
                      nullptr,
                      "choisissez une police de fonts/fonts.map, par exemple Liberation Serif");
}

void StyleSheet::apply_text(TextStyle& style, const odf::Element& properties, Length parent_size) {
    bool window_color = false, color_given = false;
    std::string_view underline_type, underline_width, strike_type, language, country;
    for (const auto& [name, value] : properties.attributes) {
        if (name == n::style_font_name) {
            const auto face = fonts_declared_.find(value);
            style.family = value;
            if (face != fonts_declared_.end()) {
                style.family = face->second->attribute_or_empty(n::svg_font_family);
                style.generic = face->second->attribute_or_empty(n::style_font_family_generic);
            }
        } else if (name == n::fo_font_family) {
            if (properties.attribute(n::style_font_name) == nullptr) {
                style.family = value;
                style.generic = properties.attribute_or_empty(n::style_font_family_generic);
            }
        } else if (name == n::fo_font_size) {
            if (const auto percent = parse_percent(value))
                style.size = Length::from_points(parent_size.points() * *percent / 100);
            else if (const auto length = parse_exact_length(value); length && *length > Length())
                style.size = *length;
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

void StyleSheet::apply_paragraph(ParagraphStyle& style, const odf::Element& properties) {
    const auto margin = [](Length& into, std::string_view value) {
        if (const auto length = parse_length(value))
            into = *length;
        else if (const auto percent = parse_percent(value))
            into = into.scaled(static_cast<std::int64_t>(*percent * 100), 10000);
    };
    if (const std::string* all = properties.attribute(n::fo_margin))
        for (Length* side :
             {&style.margin_left, &style.margin_right, &style.margin_top, &style.margin_bottom})
            margin(*side, *all);
    for (const auto& [name, value] : properties.attributes) {
        if (name == n::fo_margin_left)
            margin(style.margin_left, value);
        else if (name == n::fo_margin_right)
            margin(style.margin_right, value);
        else if (name == n::fo_margin_top)
            margin(style.margin_top, value);
        else if (name == n::fo_margin_bottom)
            margin(style.margin_bottom, value);
        else if (name == n::fo_text_indent)
            margin(style.text_indent, value);
        else if (name == n::fo_text_align)
            style.align = value == "center"                    ? Align::center
                          : value == "justify"                 ? Align::justify
                          : value == "end" || value == "right" ? Align::end
                                                               : Align::start;
        else if (name == n::fo_text_align_last)
            style.align_last = value == "center"                    ? Align::center
                               : value == "justify"                 ? Align::justify
                               : value == "end" || value == "right" ? Align::end
                                                                    : Align::start;
        else if (name == n::style_writing_mode)
            style.right_to_left = value == "rl-tb" || value == "rl";
        else if (name == n::fo_line_height) {
            if (const auto percent = parse_percent(value)) {
                style.line_height = LineHeight::proportional;
                style.line_percent = std::clamp(static_cast<int>(*percent), 1, 1000);
            } else if (const auto length = parse_length(value); length && *length > Length()) {
                style.line_height = LineHeight::fixed;
                style.line_value = *length;
            } else {
                style.line_height = LineHeight::normal;
            }
        } else if (name == n::style_line_height_at_least) {
            if (const auto length = parse_length(value)) {
                style.line_height = LineHeight::at_least;
                style.line_value = *length;
            }
        } else if (name == n::style_line_spacing)
            style.line_spacing = parse_length(value).value_or(Length());
        else if (name == n::style_tab_stop_distance)
            style.tab_distance = parse_length(value).value_or(style.tab_distance);
        else if (name == n::fo_orphans)
            style.orphans = std::clamp(parse_integer(value, 0), 0, 100);
        else if (name == n::fo_widows)
            style.widows = std::clamp(parse_integer(value, 0), 0, 100);
        else if (name == n::fo_keep_with_next)
            style.keep_with_next = flag(value);
        else if (name == n::fo_keep_together)
            style.keep_together = flag(value);
        else if (name == n::style_contextual_spacing)
            style.contextual_spacing = flag(value);
        else if (name == n::style_join_border)
            style.join_border = flag(value);
        else if (name == n::fo_break_before)
            style.break_before = parse_break(value);
        else if (name == n::fo_break_after)
            style.break_after = parse_break(value);
        else if (name == n::style_page_number) {
            if (value != "auto") style.page_number = parse_integer(value, 1);
        }
    }
    apply_box(style.box, properties);
    if (const auto* stops = child_of(properties, n::style_tab_stops)) {
        style.tabs.clear();
        for (const auto& node : stops->children)
            if (const auto* stop = std::get_if<odf::ElementPtr>(&node);
                stop != nullptr && (*stop)->name == n::style_tab_stop)
                style.tabs.push_back(parse_tab(**stop));
        std::stable_sort(
            style.tabs.begin(), style.tabs.end(),
            [](const TabStop& a, const TabStop& b) { return a.position < b.position; });
    }
    if (const auto* cap = child_of(properties, n::style_drop_cap);
        cap != nullptr && !cap->attributes.empty())
        warnings_.add("P0402", "les lettrines ne sont pas encore composées",
                      properties.provenance.get(), "retirez la lettrine du style");
}

const ParagraphStyle* StyleSheet::paragraph(std::string_view name) {
    auto& cache = paragraphs_[furniture_ ? 1 : 0];
    if (const auto found = cache.find(name); found != cache.end()) return found->second.get();
    auto style = std::make_unique<ParagraphStyle>();
    TextStyle text = TextStyle{};
    const auto& own = furniture_ ? furniture_automatic_ : automatic_;
    for (const odf::Element* element : chain("paragraph", name)) {
        const Length parent_size = text.size;
        if (const auto* properties = child_of(*element, n::style_text_properties))
            apply_text(text, *properties, parent_size);
        const std::string style_name(element->attribute_or_empty(n::style_name));
        const auto automatic = own.find({"paragraph", style_name});
        const bool is_automatic = automatic != own.end() && automatic->second == element;
        if (const auto* properties = child_of(*element, n::style_paragraph_properties)) {
            apply_paragraph(*style, *properties);
            if (is_automatic) {
                style->left_set = properties->attribute(n::fo_margin_left) != nullptr ||
                                  properties->attribute(n::fo_margin) != nullptr;
                style->indent_set = properties->attribute(n::fo_text_indent) != nullptr;
            }
        }
        if (const std::string* list = element->attribute(n::style_list_style_name)) {
            style->list_style = *list;
            style->list_cleared = list->empty();
        }
        if (const std::string* level = element->attribute(n::style_default_outline_level))
            style->outline_level = std::clamp(parse_integer(*level, 0), 0, 10);
        if (element->name == n::style_default_style) continue;
        if (const std::string* master = element->attribute(n::style_master_page_name))
            style->master_page = *master;
        if (!is_automatic) {
            style->identity = style_name;
            style->name = element->attribute_or_empty(n::style_display_name);
            if (style->name.empty()) style->name = style_name;
        }
    }
    if (style->name.empty()) style->name = "Standard";
    resolve_font(text);
    style->text = keep(std::move(text));
    return cache.emplace(std::string(name), std::move(style)).first->second.get();
}

const TextStyle* StyleSheet::text(const TextStyle* base, std::string_view name) {
    if (name.empty()) return base;
    auto& slot = derived_[furniture_ ? 1 : 0][{base, std::string(name)}];
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

namespace {

template <class T, class Cache, class Apply>
const T* cached(Cache& cache, std::string_view name, Apply apply) {
    if (const auto found = cache.find(name); found != cache.end()) return found->second.get();
    auto style = std::make_unique<T>();
    apply(*style);
    return cache.emplace(std::string(name), std::move(style)).first->second.get();
}

}  // namespace

const TableStyle* StyleSheet::table(std::string_view name) {
    return cached<TableStyle>(tables_, name, [&](TableStyle& style) {
        for (const odf::Element* element : chain("table", name)) {
            if (const std::string* master = element->attribute(n::style_master_page_name))
                style.master_page = *master;
            const auto* properties = child_of(*element, n::style_table_properties);
            if (properties == nullptr) continue;
            if (const std::string* all = properties->attribute(n::fo_margin))
                style.margin_left = style.margin_right = style.margin_top = style.margin_bottom =
                    parse_length(*all).value_or(Length());
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
                else if (key == n::fo_margin_left)
                    style.margin_left = parse_length(value).value_or(Length());
                else if (key == n::fo_margin_right)
                    style.margin_right = parse_length(value).value_or(Length());
                else if (key == n::fo_margin_top)
                    style.margin_top = parse_length(value).value_or(Length());
                else if (key == n::fo_margin_bottom)
                    style.margin_bottom = parse_length(value).value_or(Length());
                else if (key == n::style_may_break_between_rows)
                    style.may_break_between_rows = flag(value);
                else if (key == n::fo_keep_with_next)
                    style.keep_with_next = flag(value);
                else if (key == n::fo_break_before)
                    style.break_before = parse_break(value);
                else if (key == n::fo_break_after)
                    style.break_after = parse_break(value);
                else if (key == n::style_page_number && value != "auto")
                    style.page_number = parse_integer(value, 1);
                else if (key == n::fo_background_color)
                    style.background = parse_color(value);
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
            if (const std::string* align = properties->attribute(n::style_vertical_align))
                style.vertical_align = *align == "middle"   ? VerticalAlign::middle
                                       : *align == "bottom" ? VerticalAlign::bottom
                                                            : VerticalAlign::top;
        }
    });
}

const GraphicStyle* StyleSheet::graphic(std::string_view name) {
    return cached<GraphicStyle>(graphics_, name, [&](GraphicStyle& style) {
        for (const odf::Element* element : chain("graphic", name)) {
            const auto* properties = child_of(*element, n::style_graphic_properties);
            if (properties == nullptr) continue;
            apply_box(style.box, *properties);
            if (const std::string* all = properties->attribute(n::fo_margin))
                style.margin_left = style.margin_right = style.margin_top = style.margin_bottom =
                    parse_length(*all).value_or(Length());
            for (const auto& [key, value] : properties->attributes) {
                if (key == n::style_horizontal_pos)
                    style.horizontal_position = value;
                else if (key == n::style_vertical_pos)
                    style.vertical_position = value;
                else if (key == n::style_wrap)
                    style.wrap = value;
                else if (key == n::fo_margin_left)
                    style.margin_left = parse_length(value).value_or(Length());
                else if (key == n::fo_margin_right)
                    style.margin_right = parse_length(value).value_or(Length());
                else if (key == n::fo_margin_top)
                    style.margin_top = parse_length(value).value_or(Length());
                else if (key == n::fo_margin_bottom)
                    style.margin_bottom = parse_length(value).value_or(Length());
            }
        }
    });
}

const odf::Element* StyleSheet::list_style(std::string_view name) const {
    const auto found = lists_.find(name);
    return found == lists_.end() ? nullptr : found->second;
}

const odf::Element* StyleSheet::master_page(std::string_view name) const {
    const auto found = masters_.find(name);
    return found == masters_.end() ? nullptr : found->second;
}

const odf::Element* StyleSheet::first_master_page() const {
    if (const auto* standard = master_page("Standard")) return standard;
    return master_order_.empty() ? nullptr : master_order_.front();
}

const PageStyle* StyleSheet::page(const odf::Element& master) {
    auto& slot = pages_[&master];
    if (slot) return slot.get();
    auto style = std::make_unique<PageStyle>();
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
        if (const auto* columns = child_of(*p, n::style_columns))
            style->columns = parse_integer(columns->attribute_or_empty(n::fo_column_count), 1);
        if (style->columns > 1)
            warnings_.add("P0403", "les pages à plusieurs colonnes sont composées sur une seule",
                          layout->provenance.get(), "utilisez un tableau");
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
