#pragma once

#include <map>
#include <string>
#include <vector>

#include "pdf/conformance_parts.hpp"

/// The structure tree as read (ISO 32000-1 §14.7).
namespace paraphe::pdf::conformance {

struct Element {
    Handle dictionary = Handle::newNull();
    int object = 0;
    int page = 0;  ///< from 1: of its first content; 0: unknown
    int parent = -1;
    std::vector<int> children;  ///< elements, in order
    std::string type;           ///< standard type without slash; empty when it has none
    std::string written;        ///< as written
};

struct Tree {
    Handle root = Handle::newNull();
    std::vector<Element> elements;  ///< in document order
    /// By page or form XObject, then MCID: the elements that hold that content.
    std::map<ObjectId, std::map<long long, std::vector<int>>> content;
    /// By annotation (or XObject): the elements that refer to it.
    std::map<ObjectId, std::vector<int>> objects;

    const Element& operator[](int index) const { return elements[static_cast<std::size_t>(index)]; }
    /// The value at "/Scope" of an attribute object of the owner "/Table", also by class; null when
    /// absent.
    Handle attribute(const Element&, const char* owner, const char* key) const;
};

/// Reads the tree; finds what makes it no tree.
Tree read_tree(Run&);

/// Types, nesting, tables, lists, headings, alternatives, notes.
void check_types(Run&, const Tree&);
/// Each piece of content has exactly one element, and the parent tree says the same.
void check_owners(Run&, const Tree&);
/// Annotations and fields, and their elements.
void check_annotations(Run&, const Tree&);

}  // namespace paraphe::pdf::conformance
