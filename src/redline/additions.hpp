#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "redline/marks.hpp"

namespace paraphe::redline {

/// What comes into a tree, by the element where it comes. Private to redline/.
struct Additions {
    std::unordered_map<const odf::Element*, std::vector<Mark>> marks;  ///< of paragraphs
    /// Beside an element, or at the end of what it holds.
    std::unordered_map<const odf::Element*, std::vector<odf::Node>> before, after, inside;
    std::unordered_map<const odf::Element*, std::string> row_styles;

    /// The tree with them; itself where nothing comes.
    odf::ElementPtr rebuild(const odf::ElementPtr&) const;
};

}  // namespace paraphe::redline
