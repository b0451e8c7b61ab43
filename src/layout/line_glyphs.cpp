#include <algorithm>

#include "base/utf8.hpp"
#include "layout/line_builder.hpp"
#include "layout/measure.hpp"
#include "locale/line_breaking.hpp"

/// A part of LineBuilder: glyph runs with what is drawn under, through and behind them.
namespace paraphe::layout {
namespace {

constexpr Mark furniture{-1, Artifact::layout};

/// Underlines and the like sit where the font says, a sub- or superscript's with its text.
Length font_units(int units, Length size, const text::Face& face) {
    return size.scaled(units, face.metrics().units_per_em);
}

Path rule(Length x, Length y, Length width, Length thickness, Color color, Decoration style) {
    Path out;
    out.verbs = {Verb::move, Verb::line};
    out.points = {{x, y}, {x + width, y}};
    out.stroke = color;
    out.stroke_width = thickness;
    if (style == Decoration::dotted) out.dashes = {thickness, thickness};
    if (style == Decoration::dashed || style == Decoration::wave)
        out.dashes = {thickness * 4, thickness * 2};
    out.mark = furniture;
    return out;
}

}  // namespace

void LineBuilder::add_text(Line& line, const Piece& piece, Length baseline,
                           std::uint32_t stretch_begin, std::uint32_t stretch_end, Length extra,
                           std::int64_t spaces, std::int64_t& spaces_done, Length& x) {
    const SetRun& run = *piece.run;
    const bool reversed = (run.level & 1) != 0;
    // Clusters are monotone, so the glyphs of an octet range stand together.
    const auto from = [&](std::uint32_t octet) {
        const auto found =
            std::partition_point(run.glyphs.begin(), run.glyphs.end(), [&](const SetGlyph& glyph) {
                return reversed ? glyph.cluster >= octet : glyph.cluster < octet;
            });
        return static_cast<std::size_t>(found - run.glyphs.begin());
    };
    const std::size_t first = from(reversed ? piece.end : piece.begin);
    const std::size_t last = from(reversed ? piece.begin : piece.end);
    const Length raise = shaper_.raise(*run.style);
    std::size_t at = first;
    while (at < last) {
        // One GlyphRun for what comes from one span.
        const Span& span = span_at(run.glyphs[at].cluster);
        std::size_t stop = at;
        while (stop < last && run.glyphs[stop].cluster >= span.begin &&
               run.glyphs[stop].cluster < span.end)
            ++stop;
        if (stop == at) stop = at + 1;
        std::uint32_t text_begin = reversed ? run.glyphs[stop - 1].cluster : run.glyphs[at].cluster;
        std::uint32_t text_end = piece.end;
        if (!reversed && stop < last) text_end = run.glyphs[stop].cluster;
        if (reversed && at > first) text_end = run.glyphs[at - 1].cluster;
        if (at == first && !reversed) text_begin = piece.begin;
        if (stop == last && reversed) text_begin = piece.begin;

        GlyphRun out;
        out.face = run.font.face;
        out.size = run.style->set_size();
        out.slant = run.font.slant;
        out.embolden = run.font.embolden;
        out.origin = {x, baseline - raise};
        out.text = p_.text.substr(text_begin, text_end - text_begin);
        out.right_to_left = reversed;
        out.color = run.style->color;
        if (run.style->language != style_.text->language) out.language = run.style->language;
        out.provenance = span.provenance;
        out.mark = span.node < 0 || p_.mark.node < 0 ? p_.mark : Mark{span.node, Artifact::none};
        out.glyphs.reserve(stop - at);
        const Length run_x = x;
        for (; at < stop; ++at) {
            const SetGlyph& glyph = run.glyphs[at];
            Glyph one;
            one.id = glyph.id;
            one.cluster = glyph.cluster - text_begin;
            one.advance = glyph.advance;
            one.dx = glyph.dx;
            one.dy = glyph.dy;
            if (spaces > 0 && glyph.cluster >= stretch_begin && glyph.cluster < stretch_end &&
                p_.text[glyph.cluster] == ' ') {
                const Length before = extra.scaled(spaces_done, spaces);
                ++spaces_done;
                one.advance += extra.scaled(spaces_done, spaces) - before;
            }
            x += one.advance;
            out.glyphs.push_back(one);
        }
        if (span.link >= 0)
            line.content.links.push_back({{run_x, Length(), x - run_x, line.height}, span.link});
        decorate(line, *run.style, run_x, x - run_x, baseline - raise);
        line.content.items.emplace_back(std::move(out));
    }
}

void LineBuilder::decorate(Line& line, const TextStyle& style, Length x, Length width,
                           Length baseline) {
    if (width <= Length()) return;
    const text::Face& face = *style.font.face;
    const Length size = style.set_size();
    if (style.background) {
        const LineMetrics metrics = shaper_.metrics(style);
        line.content.items.insert(
            line.content.items.begin(),
            fill_path({x, baseline - metrics.ascent, width, metrics.ascent + metrics.descent},
                      *style.background, {-1, Artifact::background}));
    }
    const auto lines = [&](Decoration kind, Length centre, Length thickness, Color color) {
        if (kind == Decoration::none) return;
        if (kind == Decoration::thick) thickness = thickness * 2;
        line.content.items.emplace_back(rule(x, centre, width, thickness, color, kind));
        if (kind == Decoration::doubled)
            line.content.items.emplace_back(
                rule(x, centre + thickness * 2, width, thickness, color, kind));
    };
    const auto& metrics = face.metrics();
    lines(style.underline, baseline - font_units(metrics.underline_position, size, face),
          font_units(metrics.underline_thickness, size, face),
          style.underline_color.value_or(style.color));
    lines(style.strike,
          baseline -
              font_units(metrics.strikeout_position - metrics.strikeout_thickness / 2, size, face),
          font_units(metrics.strikeout_thickness, size, face), style.color);
}

void LineBuilder::add_plain(Line& line, const std::vector<SetRun>& runs, std::string_view text,
                            Length x, Length baseline, Mark mark,
                            const odf::ProvenancePtr& provenance) {
    // Set in visual order, kept in that of the text.
    std::vector<std::uint8_t> levels;
    for (const SetRun& run : runs)
        levels.push_back(run.level);
    std::vector<Length> places(runs.size());
    for (const int at : locale::visual_order(levels)) {
        places[static_cast<std::size_t>(at)] = x;
        for (const SetGlyph& glyph : runs[static_cast<std::size_t>(at)].glyphs)
            x += glyph.advance;
    }
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const SetRun& run = runs[i];
        GlyphRun out;
        out.face = run.font.face;
        out.size = run.style->set_size();
        out.slant = run.font.slant;
        out.embolden = run.font.embolden;
        out.origin = {places[i], baseline - shaper_.raise(*run.style)};
        // A sign that stands for other text (a hyphen for U+00AD) is one run with that text.
        const bool whole = runs.size() == 1;
        out.text =
            whole ? std::string(text) : std::string(text.substr(run.begin, run.end - run.begin));
        out.right_to_left = (run.level & 1) != 0;
        out.color = run.style->color;
        out.provenance = provenance;
        out.mark = mark;
        for (const SetGlyph& glyph : run.glyphs)
            out.glyphs.push_back({glyph.id, whole ? glyph.cluster : glyph.cluster - run.begin,
                                  glyph.advance, glyph.dx, glyph.dy});
        line.content.items.emplace_back(std::move(out));
    }
}

void LineBuilder::add_gap(Line& line, const Piece& piece, Length baseline) {
    const Span& span = span_at(piece.begin);
    const TextStyle& style = *span.style;
    const Mark mark = span.node < 0 || p_.mark.node < 0 ? p_.mark : Mark{span.node, Artifact::none};
    // A blank as wide as the gap, so that readers of the text do not join the words beside it.
    if (const text::GlyphId space = style.font.face->glyph(' '); space != 0) {
        GlyphRun out;
        out.face = style.font.face;
        out.size = style.set_size();
        out.origin = {piece.x, baseline};
        out.glyphs.push_back({space, 0, piece.width, {}, {}});
        out.text = " ";
        out.color = style.color;
        out.provenance = span.provenance;
        out.mark = mark;
        line.content.items.emplace_back(std::move(out));
    }
    decorate(line, style, piece.x, piece.width, baseline);
    if (piece.stop.leader == 0) return;
    const std::string sign = utf8::encode(piece.stop.leader);
    const auto one = shaper_.shape(sign, style, span.provenance.get());
    const Length step = width_of(one);
    if (step <= Length() || one.empty()) return;
    const std::int64_t count = std::min<std::int64_t>(piece.width.units() / step.units(), 2000);
    if (count <= 0) return;
    GlyphRun leader;
    leader.face = one.front().font.face;
    leader.size = style.set_size();
    // The last one ends where the text begins.
    leader.origin = {piece.x + piece.width - step * count, baseline};
    leader.color = style.color;
    leader.mark = furniture;
    for (std::int64_t i = 0; i < count; ++i) {
        leader.glyphs.push_back({one.front().glyphs.front().id,
                                 static_cast<std::uint32_t>(leader.text.size()),
                                 step,
                                 {},
                                 {}});
        leader.text += sign;
    }
    line.content.items.emplace_back(std::move(leader));
}

}  // namespace paraphe::layout
