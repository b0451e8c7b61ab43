#pragma once

#include <string>
#include <string_view>
#include <vector>

/// The markup of a part as it stands in its octets, for edits that leave all else as it is.
/// Private to fmt; the octets have been read as well-formed XML before.
namespace paraphe::tmpl {

struct Piece {
    enum class Kind { start, end, empty, text, other } kind = Kind::text;
    std::size_t begin = 0, end = 0;  ///< octets of the part
    std::string_view name;           ///< of an element, as written
};
std::vector<Piece> pieces_of(std::string_view xml);

/// One character of a text piece: "&amp;" is one.
struct Character {
    std::string octets;
    std::size_t begin = 0, end = 0;
};
std::vector<Character> characters_of(std::string_view xml, const Piece& text);

/// As LibreOffice writes text: quotes are references, a run of spaces is one and text:s.
std::string escaped(std::string_view text);

/// True when the prefixes office, text, draw, dc, meta, svg and table mean what they mean in every
/// file that LibreOffice writes.
bool has_usual_prefixes(std::string_view xml);

}  // namespace paraphe::tmpl
