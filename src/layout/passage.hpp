#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "layout/pages.hpp"

/// One page's part of the structure tree with its words. Private to page_text and page_html.
namespace paraphe::layout {

struct Passage {
    const StructureNode* node = nullptr;  ///< borrowed from Pages; nullptr: words
    std::string text;                     ///< of words; of a figure its alternative
    std::string language;                 ///< BCP 47, empty: as around it
    bool right_to_left = false;           ///< some of its words are
    std::vector<Passage> parts;           ///< in reading order

    Role role() const { return node ? node->role : Role::span; }
    /// Does it stand by itself, not within a line? A figure is told by its alternative, in the
    /// line.
    bool is_block() const;
    bool is_heading() const { return role() >= Role::h1 && role() <= Role::h6; }
    int level() const { return static_cast<int>(role()) - static_cast<int>(Role::h1) + 1; }
};

/// The Document element as far as the page shows it. Throws Error{not_found} without such a page.
Passage passage(const Pages&, std::size_t page);

/// The notes and boxes that are anchored in a paragraph, which come after its words.
template <class Visit>
void each_anchored(const Passage& paragraph, const Visit& visit) {
    for (const Passage& part : paragraph.parts) {
        if (part.is_block())
            visit(part);
        else
            each_anchored(part, visit);
    }
}

/// Runs of blanks as one, none at the ends.
std::string tidy(const std::string&);

/// "Image : …" of a figure, the tooltip of a signature field; empty for anything else.
std::string told(const Passage&);

}  // namespace paraphe::layout
