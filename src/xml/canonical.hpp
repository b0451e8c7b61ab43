#pragma once

#include <string>
#include <string_view>

#include "xml/xml.hpp"

/// Canonical XML 1.0, inclusive (https://www.w3.org/TR/2001/REC-xml-c14n-20010315), of a tree that
/// was parsed with Keep::everything (without it, processing instructions are missing).
namespace paraphe::xml {

enum class Comments { drop, keep };

/// The whole document.
std::string canonical(const Document&, Comments = Comments::drop);

/// The document subset "this element and all below it": namespaces in scope and xml: attributes of
/// the ancestors stand on the element, as §2.4 wants. This is what an XML signature digests for a
/// same-document reference.
std::string canonical(const Element&, Comments = Comments::drop);

/// As above, with the `left_out` element of the subtree (nullptr: none) and all below it left out:
/// the enveloped-signature transform (XMLDSig §6.6.4).
std::string canonical_without(const Element&, const Element* left_out, Comments = Comments::drop);

/// Appends with the escapes of §2.3: in text & < > and CR, in attributes & < " TAB LF CR. (An
/// attribute keeps its ">", which is why the escapes of the writer do not serve here.)
void append_canonical(std::string& out, std::string_view text, bool in_attribute);

}  // namespace paraphe::xml
