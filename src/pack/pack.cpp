#include "pack/pack.hpp"

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "crypto/cms.hpp"
#include "pack/bag.hpp"
#include "pack/pages.hpp"
#include "signature/signature.hpp"
#include "zip/zip.hpp"

namespace paraphe::pack {

namespace {

/// Names travel through zips, file systems and spreadsheets of others.
void require_plain(const std::string& name, const char* what) {
    const auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_' || c == '.';
    };
    if (name.empty() || name.size() > 100 || name.front() == '.' ||
        !std::all_of(name.begin(), name.end(), plain))
        throw Error(ErrorKind::malformed_input,
                    std::string(what) + " '" + name + "' is not a plain name", {},
                    "use ASCII letters, digits, '-', '_' and '.'");
}

std::vector<signature::ContainerFile> container_files(const Prepared& prepared) {
    std::vector<signature::ContainerFile> out;
    for (const Prepared::Entry& entry : prepared.entries)
        out.push_back({entry.name, entry.bytes, entry.media_type});
    return out;
}

/// ASCII for file names: letters of French lose their accents, the rest becomes "-".
std::string slug(const std::string& text) {
    // U+00C0 to U+00FF, without what has no plain letter.
    constexpr std::string_view plain =
        "aaaaaa-ceeeeiiii-nooooo-ouuuuy--aaaaaa-ceeeeiiii-nooooo-ouuuuy-y";
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto octet = static_cast<unsigned char>(text[i]);
        char letter = '-';
        if (octet == 0xC3 && i + 1 < text.size())
            letter = plain[static_cast<unsigned char>(text[++i]) & 0x3f];
        else if ((octet >= 'a' && octet <= 'z') || (octet >= '0' && octet <= '9'))
            letter = static_cast<char>(octet);
        else if (octet >= 'A' && octet <= 'Z')
            letter = static_cast<char>(octet - 'A' + 'a');
        if (letter != '-' || (!out.empty() && out.back() != '-')) out += letter;
    }
    while (!out.empty() && out.back() == '-')
        out.pop_back();
    return out.empty() ? "inconnu" : out;
}

}  // namespace

Prepared prepare(const Content& content) {
    require_plain(content.metadata.pack_id, "pack id");
    if (content.contracts.empty())
        throw Error(ErrorKind::malformed_input, "a pack without any contract", {},
                    "choose at least one");
    std::vector<Prepared::Entry> payload;
    payload.push_back({"data/LISEZMOI.html", readme_html(content), "text/html"});
    payload.push_back({"data/index.csv", index_csv(content), "text/csv"});
    payload.push_back({"data/pack.json", manifest_json(content), "application/json"});
    for (const Contract& contract : content.contracts) {
        require_plain(contract.reference, "contract reference");
        for (const File& file : contract.files) {
            require_plain(file.name, "file name");
            payload.push_back({payload_name(contract, file), file.bytes, file.media_type});
        }
    }
    for (const File& file : content.evidence) {
        require_plain(file.name, "file name");
        payload.push_back({"data/preuves/" + file.name, file.bytes, file.media_type});
    }
    std::set<std::string> names;
    for (const Prepared::Entry& entry : payload)
        if (!names.insert(entry.name).second)
            throw Error(ErrorKind::malformed_input, "two files '" + entry.name + "' in one pack",
                        {}, "give each its own name or contract reference");

    Prepared out;
    out.entries = bag_files(content.metadata, payload);
    std::move(payload.begin(), payload.end(), std::back_inserter(out.entries));
    out.to_seal = signature::asice_manifest(container_files(out));
    return out;
}

Bytes seal(const Prepared& prepared, ByteView cms) {
    const crypto::CmsVerdict verdict = crypto::verify_cms(cms, {prepared.to_seal});
    if (!verdict.readable || !verdict.digest_fits || !verdict.signature_fits)
        throw Error(ErrorKind::forbidden, "the seal was not made over this pack", {},
                    "seal the prepared manifest anew", "wrong_signature");
    return signature::asice(container_files(prepared), prepared.to_seal, cms);
}

Bytes build(const Content& content, const crypto::Signer& signer) {
    return signature::sign_asice(container_files(prepare(content)), content.metadata.generated_at,
                                 signer);
}

signature::Verdict Report::verdict() const {
    signature::Verdict worst = seal.verdict();
    for (const signature::Finding& one : findings)
        worst = std::max(worst, one.effect);
    return worst;
}

Report verify(Bytes bytes, const std::string& source, const crypto::TrustStore& trust, Instant at) {
    Report out;
    out.seal = signature::verify(bytes, source, trust, at);
    Entries entries;
    const zip::Archive archive =
        zip::Archive::open(std::move(bytes), source, signature::container_caps);
    for (const zip::Entry& entry : archive.entries())
        if (!entry.is_directory()) entries.emplace(entry.name, archive.read(entry.name));
    out.findings = check_bag(entries);
    out.pack_id = bag_info(entries, "External-Identifier");
    for (const auto& [name, content] : entries)
        if (name.starts_with("data/")) out.payload.push_back(name);
    return out;
}

std::string file_name(const Metadata& metadata) {
    std::string number = std::to_string(metadata.sequence);
    if (number.size() < 6) number.insert(0, 6 - number.size(), '0');
    const std::string& sender =
        metadata.sender.siret.empty() ? metadata.sender.name : metadata.sender.siret;
    return "lot_" + slug(sender) + "_" + slug(metadata.recipient.name) + "_" +
           to_string(metadata.generated_at).substr(0, 7) + "_" + number + ".asice";
}

}  // namespace paraphe::pack
