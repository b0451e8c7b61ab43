#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "odf/document.hpp"

/// OpenDocument 1.3 text documents: bytes in, a Document out, and back.
namespace paraphe::odf {

/// Reads a package (.odt, .ott) or a flat file (.fodt), told apart by their first octets. Pictures
/// of a flat file become parts, as in a package. White space between elements outside paragraphs is
/// dropped. Throws Error{malformed_input}, code "not_odf" for something else, "encrypted_odf", or
/// those of zip and xml.
Document read(ByteView, const std::string& source);

/// A package: mimetype first and stored, parts in their order, manifest last; equal documents give
/// equal bytes. Part names become ASCII. Signatures and directories of the source are left out.
Bytes write_package(const Document&);

/// A flat file, pictures inside it.
Bytes write_flat(const Document&);

/// The element and its subtree as markup with canonical prefixes, without namespace declarations.
std::string markup(const Element&);

// --- Writing ahead -------------------------------------------------------------------------------

/// Appends the nodes as write_package() and write_flat() will write them, so that a long document
/// need not keep them. False, with nothing appended, when they refer to something (xlink:href):
/// what is a part of the package may be renamed or embedded there.
bool write_ahead(const std::vector<Node>&, std::string& markup);
/// Stands among the children of an element for what write_ahead() has written. Only
/// write_package(), write_flat() and markup() know it; to all others the document is not whole.
ElementPtr written(std::string markup);
bool is_written(const Node&);

// --- Building -----------------------------------------------------------------------------------

/// A copy of the element's own name and attributes with other children.
ElementPtr with_children(const Element&, std::vector<Node> children);
/// A copy of the subtree in which `change` has edited every element.
ElementPtr with_changes(const ElementPtr&, const std::function<void(Element&)>& change);
/// The element with `change` applied to each child element; itself when none came out different.
ElementPtr with_each_child(const ElementPtr&,
                           const std::function<ElementPtr(const ElementPtr&)>& change);
/// Gives every attribute for which `refers` holds the new name of what it names.
void rename_references(Element&, const std::map<std::string, std::string>& names,
                       bool (*refers)(Name));
ElementPtr make_element(Name, std::vector<Attribute>, std::vector<Node> children = {},
                        ProvenancePtr = {});
void set_attribute(Element&, Name, std::string value);

/// Whether the document comes from a flat file, not from a package.
bool is_flat(const Document&);

/// Whether a field keeps the text that the file has. A date or time without a value does not, even
/// if it is said to be fixed: Writer then takes the clock.
bool is_fixed(const Element& field);

/// text:p and text:h.
bool is_paragraph(Name);

/// All character data of the subtree in document order; text:s, text:tab and text:line-break as
/// spaces, tab and line feed.
std::string plain_text(const Element&);

/// Calls `visit` for the element and every element below it, in document order.
void walk(const Element&, const std::function<void(const Element&)>& visit);

}  // namespace paraphe::odf
