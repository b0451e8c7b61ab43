#include <algorithm>

#include "layout/measure.hpp"
#include "layout/names.hpp"
#include "layout/property_values.hpp"
#include "layout/style_sheet.hpp"

namespace paraphe::layout {

namespace n = names;

namespace {

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

/// An element without attributes takes back what the parent style asks for.
DropCap parse_drop_cap(const odf::Element& element) {
    DropCap out;
    const auto length = element.attribute_or_empty(n::style_length);
    out.lines = std::clamp(parse_integer(element.attribute_or_empty(n::style_lines), 1), 1, 255);
    out.length = length == "word" ? 0 : std::clamp(parse_integer(length, 1), 1, 255);
    out.distance = parse_length(element.attribute_or_empty(n::style_distance)).value_or(Length());
    out.style_name = element.attribute_or_empty(n::style_style_name);
    return out;
}

/// Measured: Writer's own headings, in points.
struct BuiltInHeading {
    int size, above, below;
    bool italic;
};
constexpr BuiltInHeading built_in_headings[10] = {
    {18, 12, 6, false}, {16, 10, 6, false}, {14, 7, 6, false}, {13, 6, 6, true}, {12, 6, 3, false},
    {12, 3, 3, true},   {10, 3, 3, false},  {10, 3, 3, true},  {9, 3, 3, false}, {9, 3, 3, false}};

}  // namespace

void StyleSheet::apply_paragraph(ParagraphStyle& style, const odf::Element& properties) {
    const auto margin = [](Length& into, std::string_view value) {
        if (const auto length = parse_length(value))
            into = *length;
        else if (const auto percent = parse_percent(value))
            // Of the parent, whose margin may be a percentage as well.
            into =
                std::clamp(into.scaled(static_cast<std::int64_t>(*percent * 100), 10000),
                           Length::from_millimetres(-100'000), Length::from_millimetres(100'000));
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
        else if (name == n::style_auto_text_indent)
            style.auto_indent = flag(value);
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
    if (const auto* cap = child_of(properties, n::style_drop_cap))
        style.drop_cap = parse_drop_cap(*cap);
}

const ParagraphStyle* StyleSheet::paragraph(std::string_view name) {
    auto& cache = paragraphs_[scope()];
    if (const auto found = cache.find(name); found != cache.end()) return found->second.get();
    auto style = std::make_unique<ParagraphStyle>();
    TextStyle text = initial_;
    const auto& own = furniture_ ? furniture_automatic_ : automatic_;
    AreaProperties area;
    const odf::Element* last = nullptr;
    for (const odf::Element* element : chain("paragraph", name)) {
        // A colour takes the place of what the parents have.
        if (const auto* properties = child_of(*element, n::style_paragraph_properties);
            properties != nullptr && properties->attribute(n::fo_background_color) != nullptr)
            area = {};
        for (const odf::Name graphic : {n::loext_graphic_properties, n::style_graphic_properties})
            if (const auto* properties = child_of(*element, graphic)) {
                last = properties;
                for (const auto& [key, value] : properties->attributes)
                    area.apply(key, value);
            }
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
    fill_and_warn(style->box, area, last);
    if (style->name.empty()) style->name = "Standard";
    resolve_font(text);
    style->text = keep(std::move(text));
    if (!style->drop_cap.style_name.empty())
        style->drop_cap.text = this->text(style->text, style->drop_cap.style_name);
    return cache.emplace(std::string(name), std::move(style)).first->second.get();
}

const ParagraphStyle* StyleSheet::heading(int level) {
    // Measured: the style that the document gives to the level. Where it has a heading style of the
    // level without saying so, the level has none.
    const std::string name = "Heading_20_" + std::to_string(level);
    for (const auto& [key, style] : common_)
        if (key.family == "paragraph" &&
            parse_integer(style->attribute_or_empty(n::style_default_outline_level), 0) == level)
            return paragraph(key.name);
    if (find("paragraph", name) != nullptr) return paragraph({});
    return cached<ParagraphStyle>(headings_, name, [&](ParagraphStyle& style) {
        const BuiltInHeading& own = built_in_headings[static_cast<std::size_t>(level - 1)];
        style = *paragraph({});
        style.name = style.identity = "Heading " + std::to_string(level);
        style.margin_left = style.margin_right = style.text_indent = Length();
        style.margin_top = Length::from_points(own.above);
        style.margin_bottom = Length::from_points(own.below);
        style.keep_with_next = true;
        TextStyle text = *style.text;
        text.family = "Liberation Sans";
        text.generic = "swiss";
        text.family_from = nullptr;
        text.size = Length::from_points(own.size);
        text.weight = 700;
        text.italic = own.italic;
        resolve_font(text);
        style.text = keep(std::move(text));
    });
}

}  // namespace paraphe::layout
