#pragma once

#include <string>
#include <vector>

#include "redline/paragraph.hpp"

/// A document as streams of paragraphs and tables, each knowing its article. Private to redline/.
namespace paraphe::redline {

/// Where a paragraph stands, in words.
struct Spot {
    std::string article;  ///< "Article 4 — Remboursement", "En-tête", "Début du document"
    std::string words;    ///< "2e alinéa", "tableau « Plan », ligne 2"
};

struct Block;

/// Text that flows: the body, a header, a note, a cell.
struct Stream {
    std::vector<Block> blocks;
    odf::ElementPtr element;  ///< that holds it
    bool furniture = false;   ///< its automatic styles are those of styles.xml
};

struct Cell {
    odf::ElementPtr element;
    Stream stream;
};

struct Row {
    odf::ElementPtr element;
    std::vector<Cell> cells;  ///< covered ones too
    Candidate candidate;
};

/// Some paragraph of it says something.
bool has_text(const Row&);
/// Some cell of it holds a table.
bool holds_table(const Row&);

struct Block {
    odf::ElementPtr element;  ///< text:p, text:h or table:table
    bool table = false;
    Spot spot;
    Candidate candidate;
    // a paragraph
    Paragraph paragraph;
    std::vector<Stream> inner;              ///< of its objects with a text of their own, in order
    std::vector<odf::ElementPtr> lists;     ///< text:list around it, outermost first
    const odf::Element* section = nullptr;  ///< innermost section, index or frame around it
    int level = 0;                          ///< outline level of a heading
    std::string number;                     ///< of a numbered article: "Article 4"
    // a table
    std::vector<Row> rows;
    bool spans_rows = false;
};

struct Story {
    Stream body;
    /// Headers and footers with the name that a reader gives them: "En-tête".
    std::vector<std::pair<std::string, Stream>> furniture;
};

/// Throws nothing: what is no text is left out. Tracked deletions are no text, tracked insertions
/// are.
Story read_story(const odf::Document&, Numbering&);

/// Which blocks, rows and cells answer each other.
struct Pair {
    const Block* before = nullptr;
    const Block* after = nullptr;
};
/// All blocks of both, in an order that keeps both; what is removed stands before what is added.
std::vector<Pair> pair_blocks(const Stream& before, const Stream& after);
struct RowPair {
    const Row* before = nullptr;
    const Row* after = nullptr;
};
std::vector<RowPair> pair_rows(const Block& before, const Block& after);

}  // namespace paraphe::redline
