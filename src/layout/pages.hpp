#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/length.hpp"
#include "base/rare.hpp"
#include "odf/document.hpp"
#include "text/face.hpp"

/// The placed document: everything has its position, nothing is drawn yet. Two small back ends read
/// it (the PDF writer and the previews); neither decides anything.
namespace paraphe::layout {

/// Standard structure types of ISO 32000-1 §14.8.4 that documents of paraphe use.
enum class Role {
    document,
    part,
    section,
    div,
    toc,
    toc_item,
    p,
    h1,
    h2,
    h3,
    h4,
    h5,
    h6,
    list,
    list_item,
    label,
    list_body,
    table,
    table_head,
    table_body,
    table_row,
    table_header,
    table_data,
    figure,
    caption,
    note,
    reference,
    link,
    form,
    span,
    quote
};

enum class TableScope { none, column, row, both };

/// What few nodes say of themselves.
struct StructureWords {
    std::string language;        ///< BCP 47, empty: as the parent
    std::string alternative;     ///< Alt of a figure
    std::string id;              ///< of a note
    std::string list_numbering;  ///< "Disc", "Decimal", … (ISO 32000-1 table 347), empty: None
};

/// A node of the structure tree. Nodes stand in document order; `children` are indexes into
/// Pages::nodes. Content points to its node by Mark.
struct StructureNode {
    Role role = Role::p;
    int parent = -1;  ///< -1: the root
    std::vector<int> children;
    Rare<StructureWords> words;
    TableScope scope = TableScope::none;
    int row_span = 1, column_span = 1;
    odf::ProvenancePtr provenance;
};

/// What a piece of content belongs to: a structure node, or an artifact (page furniture).
enum class Artifact { none, header, footer, layout, background, repeated_header };
struct Mark {
    int node = -1;  ///< index into Pages::nodes; -1 when an artifact
    Artifact artifact = Artifact::none;
    int copy_of = -1;  ///< of a repeated header: the node that says the same; else -1
    bool operator==(const Mark&) const = default;
};

struct Glyph {
    text::GlyphId id = 0;       ///< never 0
    std::uint32_t cluster = 0;  ///< first octet of its source text in GlyphRun::text
    Length advance;             ///< to the next glyph, justification and letter spacing included
    Length dx, dy;              ///< displacement of this glyph alone, y downwards
};

/// Glyphs in visual order on one baseline, from left to right; the runs of a line stand in the
/// order of its text. The space that ends a line stays in its run. The source text is what
/// extraction must give back.
struct GlyphRun {
    text::FacePtr face;
    Length size;
    Point origin;  ///< of the first glyph, on the baseline
    std::vector<Glyph> glyphs;
    std::string text;
    bool right_to_left = false;
    Color color;
    double slant = 0;      ///< horizontal shear of a synthetic italic (tan of the angle), usually 0
    double turn = 0;       ///< radians, clockwise, about the origin; usually 0
    double embolden = 0;   ///< stroke width of a synthetic bold in em, usually 0
    double stretch = 1;    ///< width of the glyphs by their own; advances have it already
    std::string language;  ///< BCP 47, empty: as the node
    odf::ProvenancePtr provenance;
    Mark mark;
};

/// A path in page coordinates. `verbs` says how many points each step takes: move 1, line 1,
/// curve 3, close 0.
enum class Cap : std::uint8_t { butt, round, square };
enum class Join : std::uint8_t { miter, round, bevel };
enum class Verb : std::uint8_t { move, line, curve, close };
struct Filling;
struct Path {
    std::vector<Verb> verbs;
    std::vector<Point> points;
    std::optional<Color> fill;
    std::optional<Color> stroke;
    Length stroke_width;
    std::vector<Length> dashes;  ///< on, off, …; empty: solid
    Mark mark;
    bool even_odd = false;  ///< the rule of the fill; else nonzero winding
    Cap cap = Cap::butt;
    Join join = Join::miter;
    std::optional<Rect> clip;  ///< only what lies inside is painted
    Rare<Filling> filling;     ///< lies within the outline, over its fill and under its stroke
};

struct Drawing;

/// PNG or JPEG as in the file, or an SVG file or a metafile as paths and texts. Images are never of
/// the last kind: they come as items of their own.
struct Picture {
    std::shared_ptr<const Bytes> bytes;
    std::string media_type;     ///< "image/png", "image/jpeg"; of a drawing what it was read from
    int width = 0, height = 0;  ///< pixels; 0 of a drawing
    std::shared_ptr<const Drawing> drawing = nullptr;
};

struct Image {
    std::shared_ptr<const Picture> picture;
    Rect box;
    Mark mark;
    std::uint8_t alpha = 255;
};

/// What fills a path beyond one colour; the paths lie over the pictures and have no fillings of
/// their own.
struct Filling {
    std::vector<Image> pictures;
    std::vector<Path> paths;
};

using Item = std::variant<GlyphRun, Path, Image>;

struct Page {
    Size size;
    std::vector<Item> items;  ///< in drawing order
    std::string label;        ///< the page number as printed
};

/// An empty signature field to be. One page and box; `node` is its Form element.
struct SignatureField {
    std::string slot;     ///< field name: "beneficiaire"
    std::string tooltip;  ///< French, for assistive technology
    int page = 0;         ///< from 0
    Rect box;
    int node = -1;
};

struct Link {
    int page = 0;
    Rect box;
    std::string uri;  ///< empty: inside the document
    int target_page = -1;
    Point target;
    std::string description;  ///< /Contents, for assistive technology
    int node = -1;            ///< its Link element
};

struct OutlineItem {
    std::string title;
    int level = 1;
    int page = 0;
    Point target;
};

/// Of the document; dates come from the clock that was passed in.
struct Metadata {
    std::string title, author, subject, language = "fr-FR", producer,
                                        created;  ///< created: RFC 3339
    std::vector<std::string> keywords;
    /// What the document was merged from, as its properties say: "paraphe:modele contrat.fodt
    /// sha256:…", "paraphe:clause:recours sha256:…".
    std::vector<std::string> sources;
};

/// A paragraph's and a line's box, for the text dump and for click-to-field; nothing draws them.
struct LineBox {
    int page = 0;
    int paragraph = 0;  ///< counts from 0 in document order; -1: text of a drawing
    std::string style;  ///< display name of the paragraph's style
    Rect box;
    Length baseline;
    std::string text;
    bool furniture = false;  ///< header, footer or repeated table header
};

/// The lines that a table of contents has on the pages.
struct MadeContents {
    const odf::Element* index;  ///< text:table-of-content; borrowed from the document that was set
    std::vector<odf::ElementPtr> entries;  ///< text:p, with links to headings as Writer names them
};

struct Pages {
    std::vector<Page> pages;
    std::vector<StructureNode> nodes;  ///< nodes[0] is the Document element
    std::vector<SignatureField> fields;
    std::vector<Link> links;
    std::vector<OutlineItem> outline;
    std::vector<LineBox> lines;
    Metadata metadata;
    std::vector<MadeContents> contents;
    Diagnostics warnings;  ///< constructs that were approximated, by name and place
};

/// `page` counts from 0. Throws Error{not_found, "no_page"}, which counts from 1.
const Page& page_at(const Pages&, std::size_t page);

}  // namespace paraphe::layout
