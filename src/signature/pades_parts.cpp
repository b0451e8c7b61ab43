#include "signature/pades_parts.hpp"

#include "crypto/hash.hpp"

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

}  // namespace

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

}  // namespace paraphe::signature::pades
