#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/bytes.hpp"

/// The OpenDocument model (OASIS OpenDocument 1.3).
/// In: a package (.odt, .ott) or a flat file (.fodt). Out: a Document, an immutable value whose
/// elements are shared between documents: a merge builds new parents over the same constant
/// children.
namespace paraphe::odf {

/// An interned qualified name with the canonical prefix of ODF 1.3 ("text:p"), whatever prefix the
/// file used. A name of a foreign namespace is "{uri}local". Compared by address.
class Name {
public:
    Name() = default;
    explicit Name(std::string_view qualified);
    const std::string& str() const { return *text_; }
    bool operator==(const Name& other) const { return text_ == other.text_; }
    bool empty() const { return text_ == nullptr || text_->empty(); }

private:
    const std::string* text_ = nullptr;
};

/// A character of a text that the file writes longer: "&amp;" takes four columns more.
struct Reference {
    std::size_t offset;  ///< octets of the text before it
    int more;
};

/// Where a piece of a document comes from.
struct Provenance {
    std::shared_ptr<const std::string> source;  ///< file name of the template or clause
    std::shared_ptr<const std::string> part;    ///< "content.xml" of a package; null: flat file
    int line = 0;                               ///< line of that file (or of its content.xml)
    /// Of the first character of a text with a brace, or of an element that has one in an
    /// attribute; 0: unknown.
    int column = 0;
    std::vector<Reference> references;  ///< of a text with a brace, in order
    std::string data;      ///< JSON pointer of the datum printed here; empty for the author's text
    bool constant = true;  ///< the same in every document made from this template
};
using ProvenancePtr = std::shared_ptr<const Provenance>;

struct Attribute {
    Name name;
    std::string value;
    bool operator==(const Attribute&) const = default;
};

class Element;
using ElementPtr = std::shared_ptr<const Element>;

/// Character data, UTF-8, white space as in the file.
struct Text {
    std::string text;
    ProvenancePtr provenance;
};

using Node = std::variant<Text, ElementPtr>;

/// An element with its attributes and children in document order. Built once, then only shared;
/// its address names it (caches of shaped text use it).
class Element {
public:
    Name name;
    std::vector<Attribute> attributes;
    std::vector<Node> children;
    ProvenancePtr provenance;
    bool constant = true;  ///< the whole subtree is the same in every merge of this template

    /// nullptr when the attribute is absent.
    const std::string* attribute(Name) const;
    /// Empty when absent.
    std::string_view attribute_or_empty(Name) const;
    /// First child element of that name; nullptr when there is none.
    ElementPtr child(Name) const;
};

/// A part of a package that we carry but do not interpret: a picture, a thumbnail, an object.
struct Part {
    std::string path;  ///< inside the package, ASCII when we write it
    std::string media_type;
    std::shared_ptr<const Bytes> bytes;
};

/// Pointers are null where the file has no such element. A flat file has one
/// office:automatic-styles and one office:font-face-decls; both members then point to it.
struct Document {
    std::string source;  ///< file name, for messages
    /// Of the octets that read() was given: the name of this version. Empty for what was built.
    std::optional<Sha256> sha256;
    std::string version;  ///< office:version as declared
    std::string mimetype = "application/vnd.oasis.opendocument.text";
    ElementPtr meta;                     ///< office:meta
    ElementPtr settings;                 ///< office:settings
    ElementPtr scripts;                  ///< office:scripts
    ElementPtr font_face_decls;          ///< of content.xml
    ElementPtr styles_font_face_decls;   ///< of styles.xml
    ElementPtr styles;                   ///< office:styles
    ElementPtr automatic_styles;         ///< of content.xml
    ElementPtr styles_automatic_styles;  ///< of styles.xml: page layouts, header and footer styles
    ElementPtr master_styles;            ///< office:master-styles
    ElementPtr body;                     ///< office:body
    std::vector<Part> parts;             ///< in the order of the package
    /// Folders that the manifest gives a media type: embedded objects ("Object 1/"); bytes are
    /// null.
    std::vector<Part> folders;
};

}  // namespace paraphe::odf
