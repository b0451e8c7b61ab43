#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "layout/list_style.hpp"
#include "layout/matrix.hpp"
#include "layout/pages.hpp"
#include "layout/style.hpp"

/// What the body of a document says, before any width is known. Private to layout/.
namespace paraphe::layout {

struct Paragraph;
struct Table;

using Block = std::variant<std::unique_ptr<Paragraph>, std::unique_ptr<Table>>;
using Blocks = std::vector<Block>;

/// A piece of a paragraph's text in one style.
struct Span {
    std::uint32_t begin = 0, end = 0;  ///< octets of Paragraph::text
    const TextStyle* style = nullptr;
    int node = -1;  ///< its structure node
    int link = -1;  ///< index into Content::links
    odf::ProvenancePtr provenance;
};

/// One shape of a drawing (ODF 1.3 part 3 §10.3, §10.6), its size in points.
struct Shape {
    const odf::Element* element = nullptr;
    const ShapeStyle* style = nullptr;
    double width = 0, height = 0;  ///< before it is turned
    Matrix matrix;                 ///< from its own upper left corner to the object's
    Mark mark;                     ///< of its outline
    Blocks blocks;                 ///< its text
    std::shared_ptr<const Picture> picture;
};

/// An object in or beside the text.
struct Object {
    enum class Kind { picture, text_box, drawing, signature, ruby } kind = Kind::picture;
    std::uint32_t at = 0;  ///< octet of its U+FFFC; of an anchored one: of the anchor
    Length width, height;
    std::optional<double> relative_width;  ///< percent of the width of the column
    bool grows = false;                    ///< a text box as high as its text,
    bool widens = false;                   ///< and as wide, `width` at least
    std::shared_ptr<const Picture> picture;
    Blocks blocks;  ///< of a text box; what a ruby stands at
    Blocks ruby;    ///< the small text of a ruby
    RubyStyle ruby_style;
    std::vector<Shape> shapes;    ///< of a drawing, the later ones on top
    std::array<Length, 4> bleed;  ///< how far lines and shadows reach out of its box, by Side
    std::string slot;             ///< of a signature
    const GraphicStyle* style = nullptr;
    std::optional<Length> x, y;
    int z = 0;     ///< later ones lie on top
    int page = 0;  ///< of one anchored to a page, from 1; 0: to its paragraph
    Mark mark;
    bool described = false;  ///< a drawing whose parts need no words of their own
};

struct Note {
    std::uint32_t at = 0;  ///< octet of its citation
    Blocks blocks;
};

struct Anchor {
    std::uint32_t at = 0;
    std::string name;  ///< of a bookmark
};

struct Label {
    std::string text;
    const TextStyle* style = nullptr;
    const TextStyle* complex = nullptr;  ///< of what has no letters, from right to left; else none
    Mark mark;
};

/// A run of blocks in columns or between margins of its own.
struct Section {
    const SectionStyle* style = nullptr;
};

struct Paragraph {
    const ParagraphStyle* style = nullptr;
    const Section* section = nullptr;  ///< of the body; nullptr: none that changes places
    std::string text;                  ///< tab: U+0009, line break: U+000A, object: U+FFFC
    std::vector<Span> spans;           ///< cover the text without gaps, in order
    std::vector<Object> objects;
    std::vector<Object> anchored;
    std::vector<Note> notes;
    std::vector<Anchor> anchors;
    std::vector<const odf::Element*> page_fields;  ///< text:page-number and the like
    std::optional<Label> label;                    ///< only with a level
    const ListLevel* level = nullptr;  ///< in a list, with or without label; else nullptr
    int number = 0;                    ///< counts from 0 in document order
    int heading = 0;                   ///< outline level
    bool first_endnote = false;        ///< starts pages of the style "Endnote"
    bool in_cell = false;              ///< of a table: a lone decimal tab stop needs no tab there
    Mark mark;
    bool constant = false;  ///< says the same in every document of the template
    odf::ProvenancePtr provenance;
    const odf::Element* element = nullptr;
};

/// The page style that it asks for; empty: none.
inline const std::string& master_page_of(const Paragraph& p) {
    static const std::string endnote = "Endnote";
    return p.first_endnote ? endnote : p.style->master_page;
}

struct Cell {
    const CellStyle* style = nullptr;
    Blocks blocks;
    int column = 0, column_span = 1, row_span = 1;
    Mark mark;
};

struct Row {
    const RowStyle* style = nullptr;
    std::vector<Cell> cells;  ///< covered cells are left out
    bool header = false;
};

struct Table {
    const TableStyle* style = nullptr;
    const Section* section = nullptr;
    std::vector<const ColumnStyle*> columns;
    std::vector<Row> rows;
    std::string name;
    bool nested = false;
};

struct LinkTarget {
    std::string uri;
    std::string description;
    int node = -1;
    const odf::Element* element = nullptr;  ///< its text:a
};

}  // namespace paraphe::layout
