#include "signature/pades.hpp"
#include "signature/pades_parts.hpp"
#include "signature/validity.hpp"

namespace paraphe::signature::pades {

Bytes seal(const layout::Pages& pages, const Request& request, const crypto::Signer& signer,
           pdf::FontCache& fonts, const pdf::WriteOptions& options) {
    const crypto::Certificate& certificate = signer.certificate();
    require_valid(certificate, request.at);
    auto prepared = pdf::prepare_signature(
        pages, request.field, dictionary_of(request, certificate, signer.chain()),
        appearance(pages.fields, &layout::SignatureField::slot, request), fonts, options);
    const auto cades =
        crypto::prepare_cades(digest_of_parts(certificate.algorithm(), prepared.signed_octets()),
                              certificate, signer.chain());
    return pdf::embed(std::move(prepared),
                      crypto::finish_cades(cades, signer.sign(cades.signed_attributes)));
}

Bytes sealed_again(const layout::Pages& pages, const Request& request, const pdf::Signature& seal,
                   pdf::FontCache& fonts, const pdf::WriteOptions& options) {
    return pdf::embed(
        pdf::prepare_signature(
            pages, request.field, dictionary_of(request, request.name, seal.contents.size()),
            appearance(pages.fields, &layout::SignatureField::slot, request), fonts, options),
        seal.contents);
}

}  // namespace paraphe::signature::pades
