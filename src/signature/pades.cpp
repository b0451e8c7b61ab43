#include "signature/pades.hpp"

#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "signature/validity.hpp"

namespace paraphe::signature::pades {

namespace {

/// Room for a CMS: its certificates, and what attributes and the value take beside them
/// (measured: under 1,200 octets with RSA-4096).
std::size_t reserve(const crypto::Certificate& certificate,
                    const std::vector<crypto::Certificate>& chain) {
    std::size_t octets = 2048;
    for (const crypto::Certificate& each :
         crypto::prepare_cades({}, certificate, chain).certificates)
        octets += each.der().size();
    return octets;
}

/// "25/11/2026 à 07:10 UTC"
std::string day_and_time(Instant at) {
    const std::string iso = to_string(at);  // 2026-11-25T07:10:56Z
    return iso.substr(8, 2) + "/" + iso.substr(5, 2) + "/" + iso.substr(0, 4) + " à " +
           iso.substr(11, 5) + " UTC";
}

pdf::Appearance appearance(const Rect& box, const Request& request) {
    const Visible& visible = request.visible;
    if (!visible.face || box.width <= Length{} || box.height <= Length{}) return {};
    std::vector<std::string> lines;
    const auto add = [&](const std::string& line) {
        if (!line.empty()) lines.push_back(line);
    };
    add(visible.name);
    add(visible.capacity);
    add("Signé le " + (visible.date.empty() ? day_and_time(request.at) : visible.date));
    add(visible.reason);
    return pdf::text_appearance({box.width, box.height}, visible.face, lines, visible.strokes);
}

/// Of the field of that name among `fields`; the writer refuses one that is not there.
template <typename Fields, typename Name>
pdf::Appearance appearance(const Fields& fields, Name name, const Request& request) {
    for (const auto& field : fields)
        if (field.*name == request.field) return appearance(field.box, request);
    return {};
}

pdf::SignatureDictionary dictionary_of(const Request& request, const std::string& name,
                                       std::size_t contents_reserve) {
    pdf::SignatureDictionary out;
    out.name = name;
    out.reason = request.reason;
    out.location = request.location;
    out.signed_at = request.at;
    out.contents_reserve = contents_reserve;
    return out;
}

pdf::SignatureDictionary dictionary_of(const Request& request,
                                       const crypto::Certificate& certificate,
                                       const std::vector<crypto::Certificate>& chain) {
    return dictionary_of(request, request.name.empty() ? certificate.common_name() : request.name,
                         reserve(certificate, chain));
}

Bytes digest_of_parts(crypto::SignatureAlgorithm algorithm, const std::array<ByteView, 2>& parts) {
    if (crypto::digest_of(algorithm) == crypto::Digest::sha256)
        return Bytes(crypto::Sha256Stream().update(parts[0]).update(parts[1]).finish().bytes());
    Bytes whole(parts[0]);
    whole += parts[1];
    return crypto::digest(crypto::digest_of(algorithm), whole);
}

}  // namespace

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
