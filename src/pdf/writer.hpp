#pragma once

#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/date.hpp"
#include "layout/pages.hpp"
#include "pdf/font_cache.hpp"

namespace paraphe::pdf {

/// ISO 19005-3 annex E; ISO 32000-2 table 43.
enum class Relationship { source, data, alternative, supplement, unspecified };

/// A file inside the document. PDF/A-3 allows any type, but wants to know how it belongs.
struct Attachment {
    std::string name;         ///< "contrat.odt"
    std::string media_type;   ///< "application/json"
    std::string description;  ///< French
    Relationship relationship = Relationship::unspecified;
    Bytes bytes;
    Instant modified;
};

struct WriteOptions {
    /// Pack dictionaries into object streams: a third less to store.
    bool object_streams = true;
    std::vector<Attachment> attachments;
};

/// The finished file: tagged, PDF/A-3a and PDF/UA-1 by construction, signature fields empty.
/// Equal pages give equal bytes. Builds with sanitizers check the result (conformance.hpp). Dates,
/// title and language come from `Pages::metadata`.
///
/// Throws Error{malformed_input} for a picture that cannot be written (CMYK JPEG, damaged PNG) and
/// for a font that may not be embedded; Error{internal} when the pages break their contract: glyph
/// 0, text outside the structure, a field without its node. A link without a node stands in page
/// furniture and is written as plain words.
Bytes write(const layout::Pages&, FontCache&, const WriteOptions& = {});

}  // namespace paraphe::pdf
