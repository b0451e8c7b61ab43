#pragma once

#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/error.hpp"
#include "json/value.hpp"
#include "odf/document.hpp"

/// What changed between two versions of a document, in words, by article.
/// In: two odf::Documents, with or without tags. Out: Changes for a lawyer's eyes, as text or JSON;
/// or the newer document with tracked changes (ODF 1.3 part 3 §5.5) that Writer shows.
///
/// What a reader sees is compared, never names: automatic styles, rsids, soft page breaks,
/// bookmarks and lengths rounded by Writer make no change; nor do spaces that may not break,
/// typographic apostrophes, and the spacing and quotes inside a tag. Tracked changes inside the
/// inputs count as accepted. Pure: the same two documents give the same changes. Time grows with
/// the length and, up to a bound, with the number of changes (alignment.hpp).
namespace paraphe::redline {

/// Where a change stands: for what was removed, in the older document; else in the newer one.
struct Place {
    std::string article;  ///< "Article 4 — Remboursement", "En-tête", "Début du document"
    std::string words;    ///< "2e alinéa", "tableau « Plan », ligne 2"
    Location where;       ///< file and line
    bool operator==(const Place&) const = default;
};

enum class Change { added, removed, changed, moved };

struct Segment {
    enum class Kind { same, removed, added } kind = Kind::same;
    std::string text;
    bool operator==(const Segment&) const = default;
};

/// One paragraph, table row or table.
struct TextChange {
    enum class What { paragraph, heading, row, table } what = What::paragraph;
    Change change = Change::changed;
    Place place;
    std::string from;               ///< of a moved one: the article where it stood
    std::vector<Segment> segments;  ///< the whole text, in order
    /// The elements in both documents (null where absent); their provenance tells the cause.
    odf::ElementPtr before, after;
};

/// An `if`, `elif`, `else` or `for`.
struct ConditionChange {
    Change change = Change::changed;
    std::string before, after;  ///< plainly typed: "{% if niveau == 2 %}"; empty where absent
    Place place;
};

/// Data, a signature slot or a clause that only one version uses.
struct UsageChange {
    enum class What { field, slot, clause } what = What::field;
    Change change = Change::added;
    std::string name;           ///< "contrat.mois", "objectifs[].action"
    std::vector<Place> places;  ///< each paragraph once
};

/// One property of a look, in French: {"taille", "10,5 pt", "11 pt"}.
struct PropertyChange {
    std::string property, before, after;
    bool operator==(const PropertyChange&) const = default;
    auto operator<=>(const PropertyChange&) const = default;
};

/// Told once for all paragraphs that it touches.
struct StyleChange {
    enum class What {
        style,       ///< a named style looks different
        assignment,  ///< paragraphs have another named style: `name` → `other`
        paragraph,   ///< formatted by hand, as a whole
        words,       ///< words formatted by hand
        page         ///< the page format `name`
    } what = What::style;
    std::string name, other;
    std::vector<PropertyChange> properties;
    std::vector<Place> places;        ///< of assignment, paragraph, words
    std::vector<std::string> quotes;  ///< the words, in the order of `places`
};

/// "Article 4 — Recours" is now "Article 5 — Recours".
struct Renumbering {
    std::string before, after;
};

struct PropertyOfDocument {
    std::string property, before, after;  ///< {"titre", …}
};

struct Changes {
    std::string before, after;  ///< file names
    std::vector<PropertyOfDocument> metadata;
    std::vector<Renumbering> renumbered;
    std::vector<TextChange> texts;  ///< headers and footers first, then in reading order
    std::vector<ConditionChange> conditions;
    std::vector<UsageChange> usage;
    std::vector<StyleChange> styles;
    /// Words equal but for spaces that may not break, apostrophes or soft hyphens; no change.
    std::size_t typography = 0;
    std::vector<std::string> notes;  ///< French: what this comparison could not or did not tell

    bool empty() const;
};

Changes compare(const odf::Document& before, const odf::Document& after);

/// French text: article headings, the paragraph's old and new form with the changed words marked
/// [-…-] and {+…+}, or in red and green (ANSI) when `colours`.
enum class Marks { brackets, colours };
std::string text(const Changes&, Marks = Marks::brackets);

/// {"before","after","identical",
///  "metadata":[{"property","before","after"}], "renumbered":[{"before","after"}],
///  "texts":[{"change":"added|removed|changed|moved","what":"paragraph|heading|row|table",
///            "article","place","file","line","from"?,"segments":[{"kind":"same|removed|added",
///            "text"}]}],
///  "conditions":[{"change","before"?,"after"?,"article","place","file","line"}],
///  "fields"|"signatures"|"clauses":[{"change","name","places":[{"article","place","file","line"}]}],
///  "styles":[{"what":"style|assignment|paragraph|words|page","name","other"?,
///             "properties":[{"property","before","after"}],"places":[…],"quotes":[…]}],
///  "typography":N, "notes":[…]}
json::Value to_json(const Changes&);

struct Tracked {
    odf::Document document;
    std::vector<std::string> notes;  ///< French: what Writer cannot track
};

/// `after` with the words that `before` had as tracked deletions and its own new ones as tracked
/// insertions, by `author` at `now`. Accepting all gives the text of `after`, rejecting all that of
/// `before`, but for what `notes` say. Rows and tables that were added or removed come and go with
/// their text by an attribute of LibreOffice's own, loext:text-changes-only, which
/// makes the document an extended one (OpenDocument Extended Document); ODF itself tracks text
/// alone. Formatting is not tracked. Changes that `after` tracked itself are accepted. A cell or
/// row that the file repeats (table:number-…-repeated) is settled in its first copy alone.
Tracked tracked(const odf::Document& before, const odf::Document& after, const std::string& author,
                Instant now);

}  // namespace paraphe::redline
