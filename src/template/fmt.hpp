#pragma once

#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"

/// Mends the tags that Writer damaged, and nothing else.
/// In: the octets of a template (.odt, .ott, .fodt). Out: the same octets, but each damaged tag is
/// one text in one span with plain quotes, dashes, operators and spaces. What stands outside tags,
/// string literals and undamaged tags keep their octets; of a package, untouched parts keep theirs,
/// and when nothing is damaged the whole file does. Formatting twice changes nothing more.
namespace paraphe::tmpl {

struct Retouch {
    Location where;       ///< of the tag before
    std::string context;  ///< the heading above: "« Remboursement »"; empty before the first
    std::string before, after;
};

struct Formatted {
    Bytes bytes;
    std::vector<Retouch> changes;
};

/// Tags in comments, user fields, lists of choices and paragraphs with recorded changes are left
/// alone, and so are tags that cannot be read: check() tells what is wrong there.
/// Throws as odf::read; Error{malformed_input, "unusual_prefixes"} for a file whose prefixes are
/// not LibreOffice's; Error{conflict, "signed_odf"} for a signed package that would change.
Formatted format(ByteView, const std::string& source);

/// The plain form of one tag as lexed, delimiters included; itself when it is plain already or
/// cannot be read. `odd[i]`: octet i came from a no-break space, tab, line break or the like.
std::string plain_tag(std::string_view tag, const std::vector<bool>& odd);

}  // namespace paraphe::tmpl
