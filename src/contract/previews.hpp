#pragma once

#include <string>

#include "base/recent_cache.hpp"
#include "contract/workshop.hpp"

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
    ~Previews();

    /// Throws Error{malformed_input} for a file that is no document.
    PreviewPtr of(const Bytes& odt) const;

private:
    class Placed;

    const text::FontMap& fonts_;
    const std::string producer_;
    mutable RecentCache<Placed> placed_;  ///< by the hash of the ODT
};

}  // namespace paraphe::contract
