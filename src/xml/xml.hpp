#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"

/// XML 1.0 with namespaces.
/// In: the bytes of one entity in UTF-8. Out: an immutable tree (`parse`) or events (`read`).
/// Nothing outside those bytes is ever opened; a document type declaration is refused, so that the
/// only entities are the five of XML and character references. Whatever is wrong with the bytes,
/// only Error{malformed_input} escapes, with line and column (code points, from 1).
/// Writing: xml/writer.hpp. Canonical XML: xml/canonical.hpp.
namespace paraphe::xml {

inline constexpr std::string_view xml_namespace = "http://www.w3.org/XML/1998/namespace";

/// What a document may weigh. A node is an element, a text, a comment or a processing instruction.
struct Caps {
    std::size_t bytes = 64u << 20;
    std::size_t depth = 256;
    std::size_t nodes = 5'000'000;
    std::size_t attributes = 256;  ///< of one element; namespaces in scope likewise
};

// --- Events -------------------------------------------------------------------------------------

/// `uri` is empty outside any namespace, `prefix` is empty when none is written. While one document
/// is being read, equal names of elements and attributes come at equal addresses (uri.data(),
/// local.data()), so that a reader may remember them by address.
struct NameView {
    std::string_view uri;
    std::string_view local;
    std::string_view prefix;
};

struct AttributeView {
    NameView name;
    std::string_view value;  ///< normalized (XML 1.0 §3.3.3), references replaced
};

/// xmlns:prefix="uri"; an empty prefix is the default namespace, an empty uri takes it back.
struct NamespaceView {
    std::string_view prefix;
    std::string_view uri;
};

struct StartTag {
    NameView name;
    const std::vector<AttributeView>& attributes;  ///< as written, without xmlns
    const std::vector<NamespaceView>& namespaces;  ///< declared on this element
    int line;                                      ///< of its "<"
    int column;
};

/// Receives a document in order. Views live for the call only. May throw: reading stops and the
/// exception goes on to the caller of `read`.
class Handler {
public:
    virtual ~Handler() = default;
    virtual void start_element(const StartTag&) = 0;
    virtual void end_element(const NameView&) = 0;
    /// All text between two events at once; CDATA sections are text. Never empty.
    virtual void text(std::string_view, int line) = 0;
    /// Asked once, before reading. When false, comments and processing instructions are dropped and
    /// the texts on both sides come as one.
    virtual bool wants_comments() const { return false; }
    virtual void comment(std::string_view) {}
    virtual void processing_instruction(std::string_view /*target*/, std::string_view /*data*/) {}
};

/// `source` names the bytes in messages ("bail.odt"), `part` the member of an archive
/// ("content.xml"); both go into every Error's Location.
struct Origin {
    std::string source;
    std::string part = {};
};

void read(ByteView, const Origin&, Handler&, const Caps& = {});

/// The same octets with blanks for a `<!DOCTYPE svg PUBLIC …>`, which drawing programs and the
/// manifests of OpenOffice.org 2 have; one with declarations of its own stays, and is refused.
Bytes without_doctype(ByteView);

// --- Tree ---------------------------------------------------------------------------------------

class Element;

struct Attribute {
    NameView name;
    std::string value;
};

struct Text {
    std::string text;
    int line;
};

struct Comment {
    std::string text;
};

struct ProcessingInstruction {
    std::string target;
    std::string data;
};

using Node = std::variant<Text, std::unique_ptr<Element>, Comment, ProcessingInstruction>;

/// Lives as long as its Document, which also holds the strings of its names.
class Element {
public:
    NameView name;
    std::vector<NamespaceView> namespaces;  ///< declared here
    std::vector<Attribute> attributes;
    std::vector<Node> children;
    const Element* parent = nullptr;  ///< nullptr for the root
    int line = 0;
    int column = 0;

    bool is(std::string_view uri, std::string_view local) const {
        return name.local == local && name.uri == uri;
    }
    /// nullptr when absent. Without `uri`: the attribute without a namespace.
    const std::string* attribute(std::string_view local) const { return attribute({}, local); }
    const std::string* attribute(std::string_view uri, std::string_view local) const;
    /// Empty when absent.
    std::string_view attribute_or_empty(std::string_view local) const;
    /// First child element of that name; nullptr when there is none.
    const Element* child(std::string_view uri, std::string_view local) const;
    /// Child elements, in document order.
    std::vector<const Element*> elements() const;
    std::vector<const Element*> elements(std::string_view uri, std::string_view local) const;
    /// All character data of the subtree, in document order.
    std::string text() const;
    /// The namespace bound to a prefix here ("" for the default one); nullopt when none is.
    std::optional<std::string_view> namespace_of(std::string_view prefix) const;
};

enum class Keep { elements_and_text, everything };

/// Owns everything. Movable; elements keep their addresses.
class Document {
public:
    Document();
    ~Document();
    Document(Document&&) noexcept;
    Document& operator=(Document&&) noexcept;

    const Origin& origin() const;
    const Element& root() const;
    /// Comments and processing instructions outside the root; only with Keep::everything.
    const std::vector<Node>& before() const;
    const std::vector<Node>& after() const;
    /// Where an element of this document stands, for an Error or a Diagnostic.
    Location location(const Element&) const;

private:
    friend class TreeBuilder;
    struct Data;
    std::unique_ptr<Data> data_;
};

Document parse(ByteView, const Origin&, const Caps& = {}, Keep = Keep::elements_and_text);

/// First element of the subtree, itself included, that has attribute `local` (no namespace) with
/// that value: what a same-document reference "#id" names. nullptr when there is none.
const Element* find_by_attribute(const Element&, std::string_view local, std::string_view value);

}  // namespace paraphe::xml
