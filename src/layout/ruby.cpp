#include <algorithm>

#include "layout/collect.hpp"
#include "layout/lines.hpp"
#include "layout/measure.hpp"
#include "layout/names.hpp"
#include "layout/property_values.hpp"

/// Rubies: a small text at what it annotates, which no line end divides (ODF 1.3 part 3 §6.4).
namespace paraphe::layout {

namespace n = names;

RubyStyle StyleSheet::ruby(std::string_view name) const {
    RubyStyle out;
    for (const odf::Element* element : chain("ruby", name)) {
        const auto* properties = child_of(*element, n::style_ruby_properties);
        if (properties == nullptr) continue;
        if (const std::string* align = properties->attribute(n::style_ruby_align))
            out.spread = *align == "center"              ? RubyStyle::Spread::center
                         : *align == "right"             ? RubyStyle::Spread::right
                         : *align == "distribute-letter" ? RubyStyle::Spread::letters
                         : *align == "distribute-space"  ? RubyStyle::Spread::spaces
                                                         : RubyStyle::Spread::left;
        if (const std::string* position = properties->attribute(n::style_ruby_position))
            out.below = *position == "below";
    }
    return out;
}

const TextStyle* StyleSheet::ruby_text(const TextStyle* base, std::string_view name) {
    // Measured: automatic styles do not count; Writer's own style has 6 points whatever the size
    // of the text around.
    const auto common = [&](std::string_view wanted) {
        return common_.contains({"text", std::string(wanted)});
    };
    if (!common(name)) name = "Rubies";
    TextStyle small = *base;
    small.size = Length::from_points(6);
    const TextStyle* own = keep(std::move(small));
    return common(name) ? text(own, name) : own;
}

void Collector::ruby(const odf::Element& element, Paragraph& p, const InlineState& state) {
    const auto base = element.child(n::text_ruby_base), small = element.child(n::text_ruby_text);
    if (!base) return;
    if (!small || text_content(*small).empty()) return inlines(*base, p, state);
    const DepthGuard guard(depth_, element, document_.source);
    Object object;
    object.kind = Object::Kind::ruby;
    object.at = static_cast<std::uint32_t>(p.text.size());
    object.ruby_style = styles_.ruby(element.attribute_or_empty(n::text_style_name));
    object.mark = mark(state.node);
    const auto line = [&](const odf::Element& source, const TextStyle* text) {
        ParagraphStyle& style = ruby_styles_[text];
        style.text = text;
        auto out = std::make_unique<Paragraph>();
        out->style = &style;
        out->element = p.element;
        out->number = p.number;
        out->mark = p.mark;
        out->provenance = element.provenance;
        InlineState inner = state;
        inner.style = text;
        inlines(source, *out, inner);
        return out;
    };
    object.blocks.emplace_back(line(*base, state.style));
    const bool collapsible = collapsible_;
    object.ruby.emplace_back(line(
        *small, styles_.ruby_text(p.style->text, small->attribute_or_empty(n::text_style_name))));
    collapsible_ = collapsible;
    p.objects.push_back(std::move(object));
    add_piece(p, object_character, state.style, state, element.provenance);
}

namespace {

/// Spreads a line over `room`.
void spread(Fragment& text, Length room, RubyStyle::Spread how) {
    const Length free = room - longest_line(text);
    if (free <= Length()) return;
    std::int64_t letters = 0;
    for (const Item& item : text.items)
        if (const auto* run = std::get_if<GlyphRun>(&item))
            letters += static_cast<std::int64_t>(run->glyphs.size());
    if (letters == 0) return;
    const bool whole = how == RubyStyle::Spread::letters && letters > 1;
    const bool apart = whole || how == RubyStyle::Spread::spaces;
    const Length gap = apart ? free / (whole ? letters - 1 : letters) : Length();
    Length shift = whole                             ? Length()
                   : apart                           ? gap / 2
                   : how == RubyStyle::Spread::left  ? Length()
                   : how == RubyStyle::Spread::right ? free
                                                     : free / 2;
    for (LineBox& line : text.lines) {
        line.box.x += shift;
        if (apart) line.box.width += free - shift * 2;
    }
    for (Item& item : text.items) {
        translate(item, {shift, Length()});
        if (auto* run = std::get_if<GlyphRun>(&item))
            for (Glyph& glyph : run->glyphs) {
                glyph.advance += gap;
                shift += gap;
            }
    }
}

}  // namespace

Fragment Typesetter::ruby(const Object& object, Size& size) {
    Length base_height, small_height;
    Fragment base = box_layout_(object.blocks, endless_width, base_height);
    Fragment small = box_layout_(object.ruby, endless_width, small_height);
    size.width = std::max(longest_line(base), longest_line(small));
    size.height = base_height + small_height;
    spread(base, size.width, object.ruby_style.spread);
    spread(small, size.width, object.ruby_style.spread);
    const bool below = object.ruby_style.below;
    Fragment out;
    out.append(std::move(base), {Length(), below ? Length() : small_height});
    out.append(std::move(small), {Length(), below ? base_height : Length()});
    for (LineBox& line : out.lines)
        line.paragraph = -1;
    return out;
}

}  // namespace paraphe::layout
