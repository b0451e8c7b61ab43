#include "signature/pades.hpp"

#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "signature/pades_parts.hpp"
#include "signature/validity.hpp"

namespace paraphe::signature::pades {

Preparation prepare(const pdf::File& file, const Request& request,
                    const crypto::Certificate& certificate,
                    const std::vector<crypto::Certificate>& chain, pdf::FontCache& fonts) {
    require_valid(certificate, request.at);
    Preparation out;
    out.algorithm = certificate.algorithm();
    out.base = crypto::sha256(file.bytes());

    out.file = pdf::prepare_signature(
        file, request.field, dictionary_of(request, certificate, chain),
        appearance(file.signature_fields(), &pdf::SignatureField::name, request), fonts);
    out.cades = crypto::prepare_cades(digest_of_parts(out.algorithm, out.file.signed_octets()),
                                      certificate, chain);
    out.to_sign = out.cades.signed_attributes;
    return out;
}

Bytes embed(const Preparation& preparation, const Sha256& current, ByteView signature_value) {
    if (current != preparation.base)
        throw Error(ErrorKind::conflict,
                    "the document has changed since it was prepared for this signature", {},
                    "prepare the newest version and sign that", "stale_base");
    return pdf::embed(preparation.file, crypto::finish_cades(preparation.cades, signature_value));
}

Bytes sign(const pdf::File& file, const Request& request, const crypto::Signer& signer,
           pdf::FontCache& fonts) {
    const Preparation prepared =
        prepare(file, request, signer.certificate(), signer.chain(), fonts);
    return embed(prepared, prepared.base, signer.sign(prepared.to_sign));
}

}  // namespace paraphe::signature::pades
