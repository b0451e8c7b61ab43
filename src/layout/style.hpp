#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/length.hpp"
#include "odf/document.hpp"
#include "text/font_map.hpp"

/// Computed styles: every property has its value, nothing is inherited any more. Private to
/// layout/.
namespace paraphe::layout {

struct Picture;

enum class Decoration { none, single, doubled, dotted, dashed, wave, thick };
enum class LetterCase { none, upper, lower, capitalize, small_caps };

/// The font of a kind of script that has one of its own.
struct ScriptFont {
    std::string family;  ///< empty: as in Western text
    std::string generic;
    const odf::Element* family_from = nullptr;
    Length size = Length::from_points(12);  ///< whatever that of Western text is
    int weight = 400;
    bool italic = false;
    std::string language;
};
struct ScriptFonts {
    ScriptFont asian, complex;
};

struct TextStyle {
    std::string family = "Liberation Serif";
    std::string generic = "roman";  ///< style:font-family-generic, as FontMap::find takes it
    const odf::Element* family_from = nullptr;  ///< properties that named it; nullptr: nobody did
    Length size = Length::from_points(12);
    int weight = 400;
    bool italic = false;
    Color color;
    std::optional<Color> background;
    Decoration underline = Decoration::none;
    std::optional<Color> underline_color;
    Decoration strike = Decoration::none;
    bool underline_words = false;
    int raise = 0;                 ///< percent of the font height, above 0: superscript
    bool raise_automatic = false;  ///< "super" or "sub": Writer chooses the shift
    int scale = 100;               ///< percent, of a sub- or superscript
    int width = 100;               ///< style:text-scale
    Length letter_spacing;
    bool kerning = true;
    LetterCase letter_case = LetterCase::none;
    bool hidden = false;
    bool hyphenate = false;
    int hyphenate_before = 2, hyphenate_after = 2;
    std::string language;                      ///< BCP 47
    std::shared_ptr<const ScriptFonts> other;  ///< nullptr: nobody named any
    text::FontChoice font;

    /// Size at which glyphs are set.
    Length set_size() const { return scale == 100 ? size : size.scaled(scale, 100); }
};

enum Side { left, top, right, bottom };

enum class Stroke { none, solid, doubled, dashed, dotted };
struct Border {
    Stroke stroke = Stroke::none;
    Length width;
    Color color;
    bool operator==(const Border&) const = default;
    bool visible() const { return stroke != Stroke::none && width > Length(); }
    Length space() const { return visible() ? width : Length(); }
};

/// A change of colour over an area (draw:gradient). Measured: it takes the box that the area has on
/// the page, so it does not turn with a shape.
struct Gradient {
    enum class Kind : std::uint8_t { linear, axial, radial, ellipsoid, square, rectangular };
    Kind kind = Kind::linear;
    Color start, end;   ///< outside and inside; of an axial one in the middle and at the edges
    double angle = 0;   ///< radians, against the clock
    double border = 0;  ///< share of the way that keeps the start's colour
    double x = 0.5, y = 0.5;  ///< of the centre, shares of the box
    int steps = 0;            ///< 0: as many as can be told apart
};

/// Lines over an area (draw:hatch): one direction, two at right angles, or a third between them.
struct Hatch {
    int directions = 1;
    Color color;
    double distance = 0;  ///< points
    double angle = 0;     ///< radians, against the clock
};

/// A picture over an area (draw:fill-image).
struct ImageFill {
    enum class Repeat : std::uint8_t { no, tiles, stretched };
    std::shared_ptr<const Picture> picture;  ///< no drawing
    Repeat repeat = Repeat::tiles;
    std::uint8_t alpha = 255;
    /// A length in points, a share of the area's where `relative`; 0: as the picture itself.
    struct Measure {
        double length = 0;
        bool relative = false;
    };
    Measure width, height;
    double x = 0.5, y = 0.5;            ///< reference point: 0 left or top, 1 right or bottom
    double offset_x = 0, offset_y = 0;  ///< of the first tile, shares of a tile
    double row_offset = 0, column_offset = 0;  ///< of every second one, shares of a tile
};

/// What fills an area beyond one colour: one of them.
struct AreaFill {
    std::optional<Gradient> gradient;
    std::optional<Hatch> hatch;
    std::optional<ImageFill> image;
};

/// style:shadow, which takes its room from the box that casts it.
struct BoxShadow {
    Color color;
    Length x, y;  ///< to the right, downwards
    bool operator==(const BoxShadow&) const = default;
    Length space(Side side) const {
        const Length way = side == left || side == right ? x : y;
        return std::max(side == left || side == top ? -way : way, Length());
    }
};

struct BoxStyle {
    std::array<Border, 4> border;
    std::array<Length, 4> padding;
    std::optional<Color> background;
    std::shared_ptr<const AreaFill> area;  ///< over the background; nullptr: nothing
    std::optional<BoxShadow> shadow;
    bool operator==(const BoxStyle&) const = default;
    Length shadow_space(Side side) const { return shadow ? shadow->space(side) : Length(); }
    /// Shadow, border and padding of one side.
    Length inset(Side side) const {
        return shadow_space(side) + border[side].space() + padding[side];
    }
    bool bordered() const {
        for (const Border& one : border)
            if (one.visible()) return true;
        return false;
    }
    bool drawn() const { return bordered() || background || area || shadow; }
};

enum class Align { start, end, center, justify };
enum class TabType { left, right, center, character };
struct TabStop {
    Length position;
    TabType type = TabType::left;
    char32_t character = ',';
    char32_t leader = 0;  ///< 0: none
};

enum class LineHeight { normal, proportional, fixed, at_least };
enum class Break { none, page, column };

/// Large letters at the start of a paragraph, in a corner that its first lines leave free.
struct DropCap {
    int lines = 1;   ///< 1: none
    int length = 1;  ///< characters; 0: the first word
    Length distance;
    std::string style_name;
    const TextStyle* text = nullptr;  ///< of style_name; nullptr: that of the text
};

struct ParagraphStyle {
    std::string name;  ///< display name of the named style
    const TextStyle* text = nullptr;
    Length margin_left, margin_right, margin_top, margin_bottom, text_indent;
    bool left_set = false;  ///< an automatic style of the paragraph itself sets the indents
    bool indent_set = false;
    bool auto_indent = false;  ///< style:auto-text-indent: text_indent comes of the size of text
    Align align = Align::start;
    Align align_last = Align::start;
    bool right_to_left = false;
    LineHeight line_height = LineHeight::normal;
    int line_percent = 100;
    Length line_value;
    Length line_spacing;
    std::vector<TabStop> tabs;
    Length tab_distance = Length::from_points(35.45);
    int orphans = 0, widows = 0;
    bool keep_with_next = false, keep_together = false, contextual_spacing = false;
    bool join_border = true;
    Break break_before = Break::none, break_after = Break::none;
    std::string master_page;
    std::optional<int> page_number;
    BoxStyle box;
    DropCap drop_cap;
    std::string list_style;
    bool list_cleared = false;  ///< style:list-style-name is there and empty
    int outline_level = 0;      ///< 0: none
    std::string identity;       ///< name of the common style, for contextual spacing
};

enum class TableAlign { left, center, right, margins };
struct TableStyle {
    std::optional<Length> width;
    std::optional<double> relative_width;  ///< percent
    TableAlign align = TableAlign::margins;
    Length margin_left, margin_right, margin_top, margin_bottom;
    bool may_break_between_rows = true, keep_with_next = false;
    Break break_before = Break::none, break_after = Break::none;
    std::string master_page;
    std::optional<int> page_number;
    std::optional<Color> background;
};

struct ColumnStyle {
    std::optional<Length> width;
    int relative_width = 0;
};

struct RowStyle {
    Length min_height;
    std::optional<Length> height;
    bool keep_together = false;
    std::optional<Color> background;
};

enum class VerticalAlign { top, middle, bottom };
struct CellStyle {
    BoxStyle box;
    VerticalAlign vertical_align = VerticalAlign::top;
};

/// Header or footer of a page layout.
struct FurnitureStyle {
    bool declared = false;
    Length min_height = from_default_height();
    Length spacing;  ///< to the body
    Length margin_left, margin_right;
    bool dynamic_spacing = false;
    bool fixed_height = false;
    BoxStyle box;

private:
    /// Measured: a header without any size takes half a centimetre.
    static constexpr Length from_default_height() { return Length::from_points(14.15); }
};

/// Columns of text; without places of their own they share the width.
struct Columns {
    struct One {
        int share = 1;
        Length before, after;
    };
    int count = 1;
    Length gap;
    std::vector<One> own;
    Length rule;  ///< of the line between two columns; 0: none
    Color rule_color;
    int rule_percent = 100;  ///< its height
};

struct SectionStyle {
    Columns columns;
    Length margin_left, margin_right;
    bool balanced = true;  ///< its columns end at about the same height
    bool plain() const {
        return columns.count == 1 && margin_left == Length() && margin_right == Length();
    }
};

struct PageStyle {
    Size size{Length::from_millimetres(210), Length::from_millimetres(297)};
    Length margin_left = Length::from_millimetres(20), margin_right = Length::from_millimetres(20),
           margin_top = Length::from_millimetres(20), margin_bottom = Length::from_millimetres(20);
    BoxStyle box;
    FurnitureStyle header, footer;
    std::string number_format = "1";
    Columns columns;
    enum class Usage { all, left, right, mirrored } usage = Usage::all;
    Length footnote_before = Length::from_millimetres(1),
           footnote_after = Length::from_millimetres(1);
    Length footnote_rule = Length::from_points(0.5);
    int footnote_rule_percent = 25;
};

/// Who stands beside a frame: nobody (none), text on one side or on both, text under it (through).
enum class WrapMode { none, left, right, parallel, dynamic, through };

struct GraphicStyle {
    std::string horizontal_position = "from-left", horizontal_relation = "paragraph";
    std::string vertical_position = "from-top", vertical_relation = "paragraph";
    std::string anchor;  ///< of what does not say it itself
    WrapMode wrap = WrapMode::parallel;
    bool wraps_anchor_only = false;  ///< other paragraphs than the anchor's stand below
    bool flows_with_text = false;    ///< the cell or frame around it holds it
    bool background = false;         ///< drawn under the text
    Length margin_left, margin_right, margin_top, margin_bottom;
    BoxStyle box;
    std::vector<std::string> missing;  ///< what of the box is not drawn, in French
};

/// What stands at an end of a line (draw:marker-start, draw:marker-end).
struct LineEnd {
    const odf::Element* marker = nullptr;  ///< its draw:marker; nullptr: none
    Length width = Length::from_points(10);
    bool centered = false;  ///< its middle, not its tip, is on the line's end
};

/// Where the text of a drawing stands in its area.
enum class TextAcross { left, center, right, justify };

/// The same outlines once more, in one colour and under the drawing.
struct ShapeShadow {
    double x = 72 / 2.54 * 0.3, y = 72 / 2.54 * 0.3;  ///< points; measured: where nothing is said
    Color color;
};

/// How a small text stands at what it annotates (ODF 1.3 part 3 §20.359, §20.360).
struct RubyStyle {
    enum class Spread : std::uint8_t { left, center, right, letters, spaces };
    Spread spread = Spread::left;
    bool below = false;
};

/// How the line of a caption leaves its box (ODF 1.3 part 3 §20.88–§20.94).
struct CaptionStyle {
    enum class Line : std::uint8_t { straight, angled, connector };
    enum class Escape : std::uint8_t { horizontal, vertical, nearest };
    Line line = Line::connector;
    Escape escape = Escape::horizontal;
    double share = 0.5;                 ///< where along the side; of its length
    std::optional<double> place;        ///< the same in points
    double gap = 0;                     ///< points
    std::optional<double> line_length;  ///< of a connector's first piece, points; not said: half
};

/// How a measure (draw:measure) looks; points. The defaults are those of Writer, which takes its
/// hundredths of a millimetre for twips.
struct MeasureStyle {
    double distance = 800 / 20.0, overhang = 200 / 20.0, guide_distance = 100 / 20.0;
    double start_guide = 0, end_guide = 0;  ///< how much longer the guides are
    bool below = false;                     ///< the line lies below what is measured
    bool text_below = false;                ///< and the text below the line
    std::string unit = "mm";
    bool show_unit = false;
    int decimals = 2;
};

/// How a drawing looks. The defaults are those of Writer.
struct ShapeStyle {
    std::optional<Color> fill = Color{0x72, 0x9F, 0xCF, 255};
    std::shared_ptr<const AreaFill> area;  ///< over the colour; nullptr: nothing
    bool filled() const { return fill.has_value() || area != nullptr; }
    std::optional<Color> stroke = Color{0x34, 0x65, 0xA4, 255};
    Length stroke_width;                 ///< 0: a hairline
    const odf::Element* dash = nullptr;  ///< its draw:stroke-dash; nullptr: solid
    bool round_caps = false, square_caps = false;
    bool miter_joins = false, bevel_joins = false;  ///< else round
    LineEnd start, end;
    std::optional<ShapeShadow> shadow;
    std::array<Length, 4> padding;  ///< around the text, by Side
    TextAcross across = TextAcross::justify;
    VerticalAlign down = VerticalAlign::top;
    std::optional<bool> wrap;         ///< of its text; not said: by the kind of drawing
    std::optional<bool> grow_height;  ///< with its text; not said: yes
    CaptionStyle caption;
    MeasureStyle measure;
    std::vector<std::string> missing;  ///< what is not drawn, in French: "une ombre"
};

}  // namespace paraphe::layout
