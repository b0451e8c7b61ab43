#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/recent_cache.hpp"
#include "contract/workshop.hpp"
#include "layout/pages.hpp"

namespace paraphe::text {
class FontMap;
}

namespace paraphe::contract {

/// Documents as pages to look at. What was placed a moment ago is kept, so that the pictures of a
/// document are not each laid out anew. Thread-safe; fonts are borrowed.
///
/// A draft is shown from data in the same way: its pages have names before they are drawn
/// (pdf::page_name), what its words came from stands in GlyphRun::provenance, and where they stand
/// in the runs' places.
class Previews {
public:
    Previews(const text::FontMap& fonts, std::string producer);

    /// Throws Error{malformed_input} for a file that is no document.
    std::vector<PageView> pages(const Bytes& odt) const;
    /// `page` from 1; Error{not_found, "no_page"} past the last.
    Bytes svg(const Bytes& odt, int page) const;

private:
    struct Placed {
        layout::Pages pages;
        std::vector<PageView> views;
    };
    std::shared_ptr<const Placed> placed(const Bytes& odt) const;

    const text::FontMap& fonts_;
    const std::string producer_;
    mutable RecentCache<Placed> placed_;  ///< by the hash of the ODT
};

}  // namespace paraphe::contract
