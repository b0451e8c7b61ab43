#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/diagnostic.hpp"
#include "template/program.hpp"

/// Tags in the address of a link (text:a, xlink:href), as {{ dossier.reference }} in
/// "https://exemple.fr/{{ dossier.reference }}". Writer saves their braces and spaces as they are
/// or percent-encoded. Private to template/.
namespace paraphe::tmpl {

/// True when a tag seems to begin in this attribute.
bool has_tag(std::string_view attribute);

/// The author's pieces (Constant texts) and values (Output) of an address with tags. Only {{ … }}
/// can be filled there: for anything else adds a Diagnostic ("P0207", or the expression's own) and
/// gives nullptr. `place`: of the link.
std::shared_ptr<const Instructions> read_address(const std::string& href, const Place& place,
                                                 Diagnostics&);

/// Puts the address of one copy together.
class Address {
public:
    void author(std::string_view piece) { text_ += piece; }
    /// At the beginning of the address the value is an address itself; after it, a word: what would
    /// end a path or a parameter (? # & = % and the like) is percent-encoded.
    void value(std::string_view);
    /// Throws Error{malformed_input} (French, "P0268") unless it is http, https, mailto or "#…".
    const std::string& checked() const;

private:
    std::string text_;
};

}  // namespace paraphe::tmpl
