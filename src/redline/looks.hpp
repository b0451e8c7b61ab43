#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "odf/document.hpp"
#include "redline/redline.hpp"

/// How styles look, as a reader would say it. Private to redline/.
namespace paraphe::redline {

/// A value with its lengths apart, since Writer rounds them: equal within 0.05 mm.
struct LookValue {
    std::string text;             ///< French; "" is never a value
    std::vector<double> lengths;  ///< millimetres, or percent
    bool operator==(const LookValue& other) const;
};
/// By the French name of the property. What is at its default may be absent.
using Look = std::map<std::string, LookValue>;

class Looks {
public:
    explicit Looks(const odf::Document&);

    /// All properties of a paragraph style, inherited ones too.
    const Look& paragraph(const std::string& name, bool furniture);
    /// What spans of these text styles add, outermost first.
    Look words(const std::vector<std::string>& styles, bool furniture);
    /// The named style that an automatic one is made from; itself when it is named.
    std::string named(std::string_view family, const std::string& name, bool furniture) const;
    std::string display_name(std::string_view family, const std::string& name) const;
    /// The parent of a named style; empty at the root.
    std::string parent(const std::string& name) const;
    /// Page formats of the master pages.
    const std::map<std::string, Look>& pages() const { return pages_; }
    bool has(std::string_view family, const std::string& name) const;

private:
    using Index = std::map<std::pair<std::string, std::string>, const odf::Element*>;
    const odf::Element* find(std::string_view family, const std::string& name,
                             bool furniture) const;
    std::vector<const odf::Element*> chain(std::string_view family, const std::string& name,
                                           bool furniture) const;
    void apply_text(Look&, const odf::Element& properties) const;
    void apply_paragraph(Look&, const odf::Element& properties) const;
    void read_pages(const odf::Document&);

    Index common_, automatic_, furniture_;
    std::map<std::string, std::string> fonts_;
    std::map<std::pair<std::string, bool>, Look> paragraphs_;
    std::map<std::string, Look> pages_;
};

/// In the order of the properties' names. An absent value is the property's default; a font that
/// only one version names is not compared.
std::vector<PropertyChange> differences(const Look& before, const Look& after);

}  // namespace paraphe::redline
