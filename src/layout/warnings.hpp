#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/diagnostic.hpp"
#include "odf/document.hpp"

namespace paraphe::layout {

/// What had to be approximated, each construct once at each of its places.
class Warnings {
public:
    /// The document is borrowed: the places are told in its reader's words.
    explicit Warnings(const odf::Document& document) : document_(document) {}
    /// `message` is a French sentence. `at`: the element of the document that it is about; nullptr
    /// when unknown. The same code and message is kept once for one element.
    void add(const std::string& code, const std::string& message, const odf::Element* at,
             const std::string& remedy = {});
    /// The same of text that is on its pages already, by where it comes from.
    void add(const std::string& code, const std::string& message, const odf::Provenance& at,
             const std::string& remedy);
    /// The bookmark of that name; nullptr when the document has none. Slow.
    const odf::Element* bookmark(std::string_view name) const;
    const std::string& source() const { return document_.source; }
    /// All of them, without those that say the same of the same place.
    Diagnostics take();

private:
    /// Nothing when that was said of the same thing, or often enough.
    Diagnostic* begin(const std::string& code, const std::string& message, const void* at,
                      const odf::Provenance*, const std::string& remedy);

    const odf::Document& document_;
    std::set<std::pair<const void*, std::string>> seen_;
    Diagnostics list_;
};

}  // namespace paraphe::layout
