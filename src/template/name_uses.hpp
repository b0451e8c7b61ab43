#pragma once

#include <string>
#include <string_view>

#include "odf/document.hpp"

/// Which attributes of ODF name something or refer to a name. Private to template/.
namespace paraphe::tmpl {

/// Names of one space must differ among themselves.
enum class Space { id, table, shape, section, bookmark, reference, sequence, annotation };

struct Use {
    /// start and end: of a range, which bear one name together. href and formula: the attribute
    /// refers to something, among other words. control: it refers to what stands once for all
    /// copies.
    enum class Role { definition, start, end, reference, control, href, formula } role;
    Space space = Space::id;
};

/// What the attribute means on this element; nullptr: neither a name nor a reference to one.
const Use* use_of(const odf::Element&, odf::Name attribute);

/// "#Tableau1|table" names a table, "#b" a bookmark. Gives the name, percent-decoded, and its
/// space; empty for links to elsewhere. `end`: where the name ends in `href`.
std::string linked_name(std::string_view href, Space& space, std::size_t& end);

}  // namespace paraphe::tmpl
