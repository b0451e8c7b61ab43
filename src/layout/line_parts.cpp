#include <algorithm>

#include "layout/line_builder.hpp"
#include "layout/measure.hpp"

/// The last part of LineBuilder: line after line, each in what frames leave of it.
namespace paraphe::layout {
namespace {

/// How often a line is tried further down before it stands where it is: more frames than this
/// beside each other are none that a reader could follow.
constexpr int most_attempts = 64;

}  // namespace

std::vector<Line> LineBuilder::build(std::uint32_t from, int line, const Free& free) {
    if (const std::uint32_t end = line < style_.drop_cap.lines ? cap_end() : 0; end > 0) {
        // Beside a frame that begins below the first line, the cap is as it is without it.
        auto out = lines_with_cap(end, line == 0 ? free : Free());
        if (line == 0 && !out.empty()) return out;
    }
    return set_lines(from, line, free);
}

std::vector<Line> LineBuilder::set_lines(std::uint32_t from, int number, const Free& free) {
    measure();
    std::vector<Line> out;
    const auto size = static_cast<std::uint32_t>(p_.text.size());
    std::uint32_t begin = number == 0 && cap_ ? cap_->end : from;
    Length y;
    while (true) {
        out.push_back(next_line(begin, number, y, free));
        Line& line = out.back();
        y += line.skip + line.height;
        if (cap_) line.held = cap_->lines;
        if (cap_ && number == 0) line.begin = 0;
        ++number;
        const bool broken = line.end > begin && p_.text[line.end - 1] == '\n';
        begin = line.end;
        // A line break at the very end leaves one more line, an empty one.
        if (begin < size || broken) continue;
        return out;
    }
}

Line LineBuilder::next_line(std::uint32_t begin, int number, Length y, const Free& free) {
    const bool first = number == 0;
    const auto size = static_cast<std::uint32_t>(p_.text.size());
    Line line;
    Height height;
    const bool beside_cap = cap_ && number < cap_->lines;
    const Length edge = first ? left_ + indent_ : beside_cap ? label_end_ : left_;
    Length start = edge;
    if (first) {
        place_label(height);
        start = label_end_;
    }
    if (beside_cap) start += cap_->width;
    least_start_ = beside_cap && !first ? cap_->right : Length();
    line.begin = begin;
    if (!free) {
        line.end = begin == size ? size : line_end(begin, start);
        add_text_height(height, begin, line.end);
        set_line(line, begin, line.end, start, height, first, line.end == size);
        return line;
    }
    const Length natural = start;
    Height probe = height;
    probe.add(shaper_.metrics(*style_.text));
    Length ascent, total;
    finish_height(probe, ascent, total);
    std::vector<Part> found;
    for (int attempt = 0; attempt < most_attempts; ++attempt) {
        std::optional<Length> next;
        const auto stretches = free({std::min(left_, edge), right_}, y + line.skip, total, next);
        found = parts(begin, edge, natural, stretches, next.has_value());
        if (found.empty() && next) {
            line.skip = *next - y;
            continue;
        }
        if (found.empty()) break;
        // A line higher than thought may reach a frame further down.
        Height real = height;
        add_text_height(real, begin, found.back().end);
        Length needed;
        finish_height(real, ascent, needed);
        if (needed <= total) break;
        total = needed;
    }
    if (found.empty()) found = parts(begin, edge, natural, {{Length(), right_}}, false);
    line.end = found.back().end;
    add_text_height(height, begin, line.end);
    label_x_ += found.front().start - natural;
    const Length whole = right_;
    for (std::size_t i = 0; i < found.size(); ++i) {
        const Part& part = found[i];
        right_ = part.right;
        hyphenated_ = part.hyphenated;
        if (i == 0) {
            set_line(line, part.begin, part.end, part.start, height, first, part.end == size);
            continue;
        }
        Line other;
        set_line(other, part.begin, part.end, part.start, height, false, part.end == size);
        line.content.append(std::move(other.content), {});
    }
    right_ = whole;
    return line;
}

std::vector<LineBuilder::Part> LineBuilder::parts(std::uint32_t begin, Length edge, Length start,
                                                  const std::vector<Stretch>& stretches,
                                                  bool beside) {
    std::vector<Part> out;
    const auto size = static_cast<std::uint32_t>(p_.text.size());
    const Length whole = right_;
    std::uint32_t at = begin;
    for (std::size_t i = 0; i < stretches.size(); ++i) {
        Part part;
        part.begin = at;
        // Measured: beside a frame that covers their start, indents count from the frame.
        part.start = i > 0                      ? stretches[i].left
                     : stretches[i].left > edge ? stretches[i].left + start
                                                : start;
        part.start = std::max(part.start, least_start_);
        part.right = std::min(whole, stretches[i].right);
        if (beside && part.right <= part.start) continue;
        right_ = part.right;
        whole_words_ = beside;
        // Measured: what may stand beside a frame counts from its edge, though the text is set
        // two twips clear of it.
        const Length room =
            part.start - (stretches[i].left > edge ? from_twips(2) + rounding : Length());
        part.end = at == size ? size : line_end(at, room);
        whole_words_ = false;
        part.hyphenated = hyphenated_;
        if (part.end == at && at < size) continue;
        out.push_back(part);
        at = part.end;
        if (at == size || p_.text[at - 1] == '\n') break;
    }
    right_ = whole;
    return out;
}

}  // namespace paraphe::layout
