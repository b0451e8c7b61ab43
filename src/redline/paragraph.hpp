#pragma once

#include <string>
#include <vector>

#include "odf/document.hpp"
#include "redline/alignment.hpp"

/// A paragraph as its reader sees it, cut into words. Private to redline/.
namespace paraphe::redline {

/// Stands in the text for what is no character: a note, a frame, a field.
inline constexpr std::string_view object_mark = "\uFFFC";

/// Characters that share their look.
struct Run {
    std::size_t begin = 0;
    std::vector<std::string> styles;  ///< of the spans around it, outermost first
    odf::ProvenancePtr provenance;
};

struct Object {
    std::size_t at = 0;  ///< octet offset of its mark
    odf::ElementPtr element;
    std::string key;    ///< equal for what holds the same place: "note", "champ text:page-number"
    std::string words;  ///< for the reader: "⟨note⟩"
    bool own_text = false;  ///< holds paragraphs: notes, frames
};

struct Token {
    enum class Kind { word, space, punctuation, tag, object } kind = Kind::word;
    std::size_t begin = 0, end = 0;  ///< octets of Paragraph::text
    std::uint32_t number = 0;        ///< equal: the same word to a reader
    std::string canonical;           ///< of a tag: as it would be typed plainly
};

struct Paragraph {
    odf::ElementPtr element;
    std::string text;  ///< white space collapsed (ODF 1.3 part 3 §6.1.2)
    std::vector<Run> runs;
    std::vector<Object> objects;
    std::vector<Token> tokens;

    /// The characters of tokens [first, last), objects in words.
    std::string words(std::size_t first, std::size_t last) const;
    std::string words() const { return words(0, tokens.size()); }
    const Object* object_at(std::size_t offset) const;
    const Run& run_at(std::size_t offset) const;
};

/// Spaces that may not break, typographic apostrophes and soft hyphens make no other word; a tag
/// ({{ … }}, {% … %}) is one word, however it is spaced and quoted.
Paragraph read_paragraph(const odf::ElementPtr&, Numbering&);

/// True when the element stands for something that this comparison does not read: marks of Writer.
bool is_silent(odf::Name);

/// Where the children of an inline element are the paragraph's own text.
bool is_transparent(odf::Name);

struct Edit {
    enum class Kind { same, removed, added } kind = Kind::same;
    std::size_t before = 0, before_end = 0, after = 0, after_end = 0;  ///< tokens
};
/// Alternating stretches; what is removed comes before what is added in its place. `exact`: words
/// that differ in typography alone are replaced too.
enum class Precision { words, characters };
std::vector<Edit> edits(const Paragraph& before, const Paragraph& after, Precision);

}  // namespace paraphe::redline
