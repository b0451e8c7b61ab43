#include <algorithm>

#include "base/utf8.hpp"
#include "layout/line_builder.hpp"
#include "locale/letter_case.hpp"
#include "locale/line_breaking.hpp"

/// The part of LineBuilder for the labels of lists (ODF 1.3 part 3 §§17.19, 17.20).
namespace paraphe::layout {
namespace {

bool has_letters(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto [c, length] = utf8::decode(text, at);
        if (locale::is_letter(c)) return true;
        at += length;
    }
    return false;
}

/// Where a label stands that is `width` wide, by the place that it is aligned to.
Length aligned(Align align, Length at, Length width) {
    if (align == Align::end) return at - width;
    return align == Align::center ? at - width / 2 : at;
}

}  // namespace

void LineBuilder::shape_label() {
    const Label& label = *p_.label;
    const odf::Provenance* const where = p_.provenance.get();
    if (label.complex == nullptr) {
        label_runs_ = shaper_.shape(label.text, *label.style, where);
        return;
    }
    // Measured: from right to left, what has no letter from left to right has the complex font.
    for (const locale::TextRun& run : locale::text_runs(label.text, true)) {
        const std::string_view part =
            std::string_view(label.text).substr(run.begin, run.end - run.begin);
        const bool western = (run.level & 1) == 0 && has_letters(part);
        for (SetRun& set :
             shaper_.shape(part, western ? *label.style : *label.complex, where, true)) {
            set.begin += run.begin;
            set.end += run.begin;
            for (SetGlyph& glyph : set.glyphs)
                glyph.cluster += run.begin;
            label_runs_.push_back(std::move(set));
        }
    }
}

void LineBuilder::place_label(Height& height) {
    label_end_ = left_ + indent_;
    if (!p_.label) return;
    const Label& label = *p_.label;
    const ListLevel& level = *p_.level;
    label_runs_.clear();
    shape_label();
    for (const SetRun& run : label_runs_)
        height.add(shaper_.metrics(*run.style));
    const Length width = width_of(label_runs_);
    // Measured: Writer has labels on the other side of the mirror.
    Align align = level.label_align;
    if (style_.right_to_left && align != Align::center)
        align = align == Align::end ? Align::start : Align::end;
    if (!level.label_alignment) {
        const Length begin = left_ + indent_, room = level.min_label_width;
        // Measured: a label at the end stops before its distance.
        const Length to = align == Align::end      ? begin + room - level.min_label_distance
                          : align == Align::center ? begin + room / 2
                                                   : begin;
        label_x_ = std::max(begin, aligned(align, to, width));
        label_end_ = std::max(begin + room, label_x_ + width + level.min_label_distance);
        return;
    }
    const Length blank =
        level.follow == ListLevel::Follow::space
            ? width_of(shaper_.shape(" ", label.complex != nullptr ? *label.complex : *label.style,
                                     nullptr))
            : Length();
    label_x_ = aligned(align, left_ + indent_, width + blank);
    const Length pen = label_x_ + width + blank;
    label_end_ = pen;
    if (level.follow != ListLevel::Follow::tab) return;
    std::optional<Length> stop;
    const auto offer = [&](Length candidate) {
        if (candidate > pen && (!stop || candidate < *stop)) stop = candidate;
    };
    // Measured: a border and its padding do not move these two.
    if (level.tab_stop) offer(*level.tab_stop);
    offer(left_ - begin_inset_);
    for (const TabStop& one : style_.tabs)
        offer(tab_origin_ + one.position);
    label_end_ = stop ? *stop : next_stop(pen).position;
}

void LineBuilder::add_label(Line& line, Length shift, Length baseline) {
    if (!p_.label || p_.label->text.empty()) return;
    const Label& label = *p_.label;
    const Length x = label_x_ + shift;
    const Length end = x + width_of(label_runs_);
    add_plain(line, label_runs_, label.text, placed(x, end - x), baseline, label.mark,
              p_.provenance);
    const Length gap = label_end_ - label_x_ - (end - x);
    auto* last =
        line.content.items.empty() ? nullptr : std::get_if<GlyphRun>(&line.content.items.back());
    if (last == nullptr || last->text.ends_with(' ')) return;
    const text::GlyphId space = last->face->glyph(' ');
    if (space == 0) return;
    if (!style_.right_to_left) {
        last->glyphs.push_back({space, static_cast<std::uint32_t>(last->text.size()), gap, {}, {}});
        last->text += ' ';
        return;
    }
    GlyphRun blank = *last;
    blank.origin.x = placed(end, gap);
    blank.glyphs = {{space, 0, gap, {}, {}}};
    blank.text = " ";
    line.content.items.emplace_back(std::move(blank));
}

}  // namespace paraphe::layout
