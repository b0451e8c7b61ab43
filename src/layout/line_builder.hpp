#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "layout/fragment.hpp"
#include "layout/shaping.hpp"
#include "locale/hyphenation.hpp"

/// One paragraph to lines: greedy, as Writer breaks them. Private to layout/.
namespace paraphe::layout {

struct Line {
    Fragment content;  ///< x from the left edge of the column, y from the top of the line
    Length height;
    Length spare;                      ///< below the text, by proportional spacing
    Length skip;                       ///< how far below the line before, to stand clear of frames
    std::uint32_t begin = 0, end = 0;  ///< octets of the paragraph's text
    int held = 0;  ///< so many lines of the paragraph stay together, for their drop cap
};

/// What frames leave free of a line, in the column.
struct Stretch {
    Length left, right;
};
/// The stretches of a line `height` high whose top is `y` below that of the first line asked for,
/// from left to right, of text that could stand in `text`. `next` is where the next line can be
/// tried when these do not do; nullopt when nothing stands beside this one.
using Free = std::function<std::vector<Stretch>(Stretch text, Length y, Length height,
                                                std::optional<Length>& next)>;

class LineBuilder {
public:
    using Hyphenators = std::function<const locale::Hyphenator*(const std::string& language)>;
    using Objects = std::function<Fragment(const Object&, Length column, Size&)>;

    LineBuilder(const Paragraph&, const Settings&, Shaper&, Length width, Hyphenators, Objects);
    /// The lines from octet `from` on, where line `line` of the paragraph begins, beside what
    /// `free` leaves.
    std::vector<Line> build(std::uint32_t from, int line, const Free& free);

private:
    /// Sums of rounded lengths differ by some units; a dot of the device has 8.5.
    static constexpr Length rounding = Length::from_units(4);

    /// Where the pen stands: since the last tab, and what that tab does to the text after it.
    struct Pen {
        Length start;                 ///< of the text after the tab, if the tab took no room
        std::uint32_t from = 0;       ///< octet after the tab
        TabStop stop;                 ///< position is absolute
        bool pending = false;         ///< the text after the tab moves it (not a left tab)
        std::uint32_t character = 0;  ///< octet at which a character tab aligns
    };
    struct PlacedObject {
        Fragment fragment;
        Size size;
        Length width, height;  ///< margins included
        Length ascent;         ///< of the height, what is above the baseline of its line
        Length left_margin;
    };
    struct Height {
        Length ascent, descent;  ///< of the text
        Length object_ascent, object_descent;
        void add(LineMetrics);
    };
    struct Piece {  ///< of a line, in logical order
        std::uint32_t begin = 0, end = 0;
        const SetRun* run = nullptr;  ///< null: a gap (tab) or an object
        int object = -1;
        Length x, width;
        bool tab = false;
        bool fixed = false;  ///< tabs and what follows them keep their places in bidi reordering
        TabStop stop;
    };

    struct Part {  ///< of a line beside frames
        std::uint32_t begin = 0, end = 0;
        Length start, right;
        bool hyphenated = false;
    };

    struct Cap {
        struct Part {  ///< in one style
            const Span* span = nullptr;
            std::string_view text;
            std::unique_ptr<TextStyle> style;
            std::vector<SetRun> runs;
        };
        std::uint32_t end = 0;  ///< octet after it
        int lines = 0;
        Length height;    ///< of its lines, down to the last baseline
        Length baseline;  ///< its own, below the top of the first line
        Length width;     ///< the distance to the text included
        Length right;     ///< where the text of the first line begins
        std::vector<Part> parts;
    };

    /// Octet after the letters that the style enlarges; 0: none.
    std::uint32_t cap_end() const;
    /// Sets the cap and the lines beside it; none when the text has no second line.
    std::vector<Line> lines_with_cap(std::uint32_t end, const Free& free);
    bool size_cap(std::uint32_t end, int lines, Length height);
    /// Puts the cap down before the text that begins at `start`; gives its letters.
    std::string add_cap(Line& first, Length start);
    /// Text that is not where lines begin: the first line begins no later than those beside the
    /// cap.
    void align_cap(std::vector<Line>&) const;

    void measure();
    std::vector<Line> set_lines(std::uint32_t from, int line, const Free& free);
    Line next_line(std::uint32_t begin, int number, Length y, const Free& free);
    /// `edge` is where the line begins without frames, label and all; `start` its text.
    std::vector<Part> parts(std::uint32_t begin, Length edge, Length start,
                            const std::vector<Stretch>&, bool beside);
    void add_text_height(Height&, std::uint32_t begin, std::uint32_t end);
    void measure_objects();
    /// Places the objects of a line beside what else stands there, and adds them to its height.
    void add_object_height(Height&, std::uint32_t begin, std::uint32_t end);
    /// How far an object `height` high reaches above the baseline; `room` is that of the text or
    /// the line that it is placed by, if not by the baseline.
    static Length ascent_of(const Object&, Length height, LineMetrics room, bool on_baseline);
    void shape_label();
    void place_label(Height&);
    /// Puts the label down, and a blank between it and the text for those who read the text.
    void add_label(Line&, Length shift, Length baseline);
    /// Left edge in the column of what is `width` wide and begins at `x`.
    Length placed(Length x, Length width) const {
        return style_.right_to_left ? width_ - x - width : x;
    }
    Length position(const Pen&, std::uint32_t at) const;
    Pen after_tab(const Pen&, std::uint32_t tab, std::uint32_t line_end) const;
    /// Where a line begins: in a cell with a decimal stop as its only one, as after a tab.
    Pen pen_at(std::uint32_t begin, Length start, std::uint32_t line_end) const;
    /// The octet that stands at a character stop.
    std::uint32_t aligned_at(std::uint32_t begin, std::uint32_t line_end, char32_t) const;
    TabStop next_stop(Length from) const;
    const Span& span_at(std::uint32_t at) const;
    /// End of the line that starts at `begin`; sets hyphenated_.
    std::uint32_t line_end(std::uint32_t begin, Length start);
    std::uint32_t emergency_end(const Pen&, std::uint32_t begin, std::uint32_t limit) const;
    std::optional<std::uint32_t> hyphenated_end(const Pen&, std::uint32_t begin,
                                                std::uint32_t end) const;
    std::uint32_t visible_end(std::uint32_t begin, std::uint32_t end) const;
    Length hyphen_width(std::uint32_t at) const;
    /// Measured: italics that end a line leave a twelfth of their height free.
    Length slant_room(std::uint32_t end) const;
    void set_line(Line&, std::uint32_t begin, std::uint32_t end, Length start, const Height&,
                  bool first, bool last);
    std::vector<Piece> pieces(std::uint32_t begin, std::uint32_t end, Length start) const;
    void add_text(Line&, const Piece&, Length baseline, std::uint32_t stretch_begin,
                  std::uint32_t stretch_end, Length extra, std::int64_t spaces,
                  std::int64_t& spaces_done, Length& x);
    void add_gap(Line&, const Piece&, Length baseline);
    void add_plain(Line&, const std::vector<SetRun>&, std::string_view text, Length x,
                   Length baseline, Mark, const odf::ProvenancePtr&);
    void decorate(Line&, const TextStyle&, Length x, Length width, Length baseline);
    void finish_height(const Height&, Length& ascent, Length& height) const;

    const Paragraph& p_;
    const ParagraphStyle& style_;
    const Settings& settings_;
    Shaper& shaper_;
    Length width_;
    Hyphenators hyphenators_;
    Objects objects_;

    // Measured: Writer sets a paragraph from right to left as if in a mirror. All places are
    // counted from the edge of the column where its lines begin, until set_line() puts the pieces
    // down.
    Length left_, right_, indent_;  ///< of the text, in the column
    Length begin_inset_;            ///< of the box, where lines begin
    bool italics_ = false;
    Length limit_;  ///< how far the text of the current line may reach
    Length tab_origin_;
    std::vector<SetRun> runs_;
    std::vector<Length> x_;  ///< natural position of each octet, as if on one endless line
    std::vector<std::uint32_t> breaks_;
    std::vector<PlacedObject> placed_;
    bool hyphenated_ = false;
    bool whole_words_ = false;  ///< a word wider than the room is for another place
    std::optional<Cap> cap_;
    Length least_start_;  ///< of the current line's text: where the cap ends
    std::vector<SetRun> label_runs_;
    Length label_x_;    ///< of the label
    Length label_end_;  ///< where the first line's text starts
};

}  // namespace paraphe::layout
