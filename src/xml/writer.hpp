#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "xml/xml.hpp"

namespace paraphe::xml {

/// Character data: & < > and carriage return escaped. Characters that XML 1.0 cannot hold (§2.2:
/// control characters, U+FFFE, U+FFFF) and malformed UTF-8 become U+FFFD.
std::string escape_text(std::string_view);
void append_escaped_text(std::string& out, std::string_view);

/// An attribute's value between double quotes: as text, and also " tab and line feed.
std::string escape_attribute(std::string_view);
void append_escaped_attribute(std::string& out, std::string_view);

/// Writes a document from start to end; names are written as given ("text:p"), and it is the
/// caller who declares their namespaces.
class Writer {
public:
    enum class Declaration { none, utf8 };
    explicit Writer(Declaration = Declaration::utf8);

    Writer& start(std::string_view qualified_name);
    /// Only right after start() or another attribute().
    Writer& attribute(std::string_view qualified_name, std::string_view value);
    Writer& text(std::string_view);
    /// Well-formed markup, copied as it is.
    Writer& raw(std::string_view);
    /// Closes the innermost open element; "<a/>" when it is empty.
    Writer& end();
    /// start, text, end.
    Writer& element(std::string_view qualified_name, std::string_view text);

    /// The document. Throws Error{internal} while an element is open.
    std::string take();

private:
    void close_start_tag();

    std::string out_;
    std::vector<std::string> open_;
    bool in_start_tag_ = false;
};

/// An element with all that it holds, prefixes as they were read. The namespaces in scope at the
/// element are declared on it, so that the result stands alone.
std::string write(const Element&);

}  // namespace paraphe::xml
