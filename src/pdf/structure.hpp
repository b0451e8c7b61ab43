#pragma once

#include <string>
#include <vector>

#include "layout/pages.hpp"
#include "pdf/objects.hpp"

/// The structure tree (ISO 32000-1 §14.7, §14.8) from the nodes of the pages and the marks in their
/// content.
namespace paraphe::pdf {

class Structure {
public:
    /// Throws Error{internal} when the nodes are no tree with nodes[0] as its root.
    explicit Structure(const layout::Pages&);

    /// Operands of BDC for content with this mark, "/P<</MCID 3>>" or "/Artifact<<…>>". A mark of a
    /// node counts: one call, one sequence of marked content on that page.
    std::string open(std::size_t page, const layout::Mark&);

    /// An annotation that belongs to the element of `node`. Gives its /StructParent.
    int annotate(std::size_t page, int node, int annotation);

    /// Content of a figure, for its BBox.
    void extend(std::size_t page, const layout::Item&);

    /// Writes tree, elements, ParentTree, IDTree; gives the number of the StructTreeRoot.
    int write(Objects&, const std::vector<int>& page_objects);

private:
    struct Kid {
        std::size_t order = 0;  ///< in drawing order of the whole document
        std::size_t page = 0;
        int mcid = -1;
        int annotation = 0;  ///< object number instead of an mcid
    };
    struct Element {
        int object = 0;
        std::vector<Kid> kids;
        std::size_t first = ~std::size_t{0};  ///< order of the first content in its subtree
        std::size_t box_page = 0;
        bool has_box = false;
        Length left, top, right, bottom;  ///< of a figure
    };
    void find_first();
    bool is_written(int node) const;
    std::string kids(int node, const std::vector<int>& page_objects) const;
    std::string attributes(int node) const;
    std::string element(int node, int root, const std::vector<int>& page_objects) const;

    const layout::Pages& pages_;
    std::vector<Element> elements_;
    std::vector<std::vector<int>> parents_;  ///< by page and MCID: the node
    std::vector<int> annotation_nodes_;
    std::size_t order_ = 0;
};

}  // namespace paraphe::pdf
