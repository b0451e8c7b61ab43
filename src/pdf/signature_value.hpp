#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "pdf/drawing.hpp"
#include "pdf/signing.hpp"

/// What a signature is written as, in a new file and in an update alike. Private to the layer.
namespace paraphe::pdf {

/// The signature dictionary (ISO 32000-1 §12.8.1) with blanks for the ByteRange and zeros for the
/// value. Its object must stay outside of object streams.
std::string signature_syntax(const SignatureDictionary&);

/// Fills the ByteRange of the finished file whose signature dictionary begins at `offset`.
PreparedSignature prepared(Bytes, std::size_t offset, const std::string& field,
                           std::size_t reserve);

/// Writes the form XObject of what a field shows (ISO 32000-1 §12.5.5). `resources` is what the
/// content names, as syntax.
int write_form(Objects&, Size box, Content&, const std::string& resources);

/// Error{not_found} "no_such_field" with the nearest of `names`, or all of them.
[[noreturn]] void refuse_field(const std::string& field, const std::vector<std::string>& names,
                               const std::string& source);

}  // namespace paraphe::pdf
