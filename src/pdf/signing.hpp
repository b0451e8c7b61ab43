#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/date.hpp"
#include "layout/pages.hpp"
#include "pdf/file.hpp"
#include "pdf/font_cache.hpp"
#include "pdf/update.hpp"
#include "pdf/writer.hpp"

/// Signing in two steps, so that the key may live anywhere: prepare a revision with room for the
/// value, sign its octets elsewhere, embed. ISO 32000-2 §12.8, ETSI EN 319 142-1.
namespace paraphe::pdf {

struct SignatureDictionary {
    std::string type = "Sig";                        ///< or "DocTimeStamp"
    std::string sub_filter = "ETSI.CAdES.detached";  ///< or "ETSI.RFC3161"
    std::string name, reason, location;              ///< UTF-8; empty: left out
    Instant signed_at;                               ///< /M; left out for a DocTimeStamp
    std::size_t contents_reserve = 16'384;           ///< octets of DER
};

/// What the field shows, in its own coordinates: (0, 0) is the upper left corner of its box, y
/// downwards; marks are ignored. Empty: the field's appearance stays as it is.
struct Appearance {
    std::vector<layout::Item> items;
};

/// A drawn signature: points in any unit, one list a stroke.
using Strokes = std::vector<std::vector<std::array<double, 2>>>;

/// Lines of text, as large as the box allows (at most 9 pt), under the drawn strokes if there are
/// any. Simple text only, a glyph a character; throws Error{malformed_input} naming a character
/// that `face` lacks.
Appearance text_appearance(Size box, const text::FacePtr& face,
                           const std::vector<std::string>& lines, const Strokes& = {});

/// The base and the new revision, complete but for the value.
struct PreparedSignature {
    Bytes bytes;
    std::array<std::uint64_t, 4> byte_range{};  ///< as in the file: offset, length, offset, length
    std::size_t reserve = 0;                    ///< octets of DER that fit
    std::string field;

    /// The octets to sign, in order.
    std::array<ByteView, 2> signed_octets() const;
};

/// Fills the empty signature field of that name. Throws Error{not_found} (with the nearest name),
/// Error{conflict} "already_signed" when it has a value, "certified" when DocMDP forbids changes.
PreparedSignature prepare_signature(const File&, const std::string& field,
                                    const SignatureDictionary&, const Appearance&, FontCache&);
/// The same in a revision that holds more (DSS, a new field).
PreparedSignature prepare_signature(Update, const std::string& field, const SignatureDictionary&,
                                    const Appearance&, FontCache&);

/// Writes the pages with the field's signature prepared in the same pass: one revision, nothing is
/// read again; other fields stay empty. Throws what write() throws, and Error{not_found}.
PreparedSignature prepare_signature(const layout::Pages&, const std::string& field,
                                    const SignatureDictionary&, const Appearance&, FontCache&,
                                    const WriteOptions& = {});

/// Adds an invisible signature field on the first page, for a time-stamp or a foreign file.
/// Throws Error{conflict} when the name is taken.
void add_signature_field(Update&, const std::string& name);

/// The signed file. Throws Error{internal} "reserve_too_small" when the value does not fit.
Bytes embed(PreparedSignature, ByteView cms_der);

}  // namespace paraphe::pdf
