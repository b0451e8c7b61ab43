#pragma once

#include <array>
#include <string>
#include <vector>

#include "signature/pades.hpp"

/// What a signature in a new file and one in an update have in common. Private to the layer.
namespace paraphe::signature::pades {

/// What the field shows in a box of that size; nothing without a face or a box.
pdf::Appearance appearance(const Rect& box, const Request&);

/// Of the field of that name among `fields`; the writer refuses one that is not there.
template <typename Fields, typename Name>
pdf::Appearance appearance(const Fields& fields, Name name, const Request& request) {
    for (const auto& field : fields)
        if (field.*name == request.field) return appearance(field.box, request);
    return {};
}

pdf::SignatureDictionary dictionary_of(const Request&, const std::string& name,
                                       std::size_t contents_reserve);
/// The same with the certificate's name where the request has none, and room for its CMS.
pdf::SignatureDictionary dictionary_of(const Request&, const crypto::Certificate&,
                                       const std::vector<crypto::Certificate>& chain);

/// Of both parts, one after the other.
Bytes digest_of_parts(crypto::SignatureAlgorithm, const std::array<ByteView, 2>& parts);

}  // namespace paraphe::signature::pades
