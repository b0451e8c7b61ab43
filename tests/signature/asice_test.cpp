#include "signature/asice.hpp"

#include <doctest/doctest.h>

#include "crypto/cms.hpp"
#include "fixtures.hpp"

using namespace paraphe;
using namespace paraphe::fixtures;
using signature::Verdict;

namespace {

std::vector<signature::ContainerFile> files() {
    return {{"data/contrat.pdf", "%PDF-1.7", "application/pdf"},
            {"data/note 1.txt", "Une note", ""}};
}

const Bytes& container() {
    static const Bytes bytes = signature::sign_asice(files(), now(), keys().p256);
    return bytes;
}

}  // namespace

TEST_CASE("an ASiC-E container is found valid and covers every file") {
    for (const crypto::KeySigner* signer : {&keys().p256, &keys().p384, &keys().rsa}) {
        const auto report = judge(signature::sign_asice(files(), now(), *signer));
        CHECK(codes(report) == "");
        CHECK(report.verdict() == Verdict::valid);
        CHECK(report.format == "ASiC-E");
        REQUIRE(report.signatures.size() == 1);
        CHECK(report.signatures[0].format == "CAdES");
        CHECK(report.signatures[0].level == "B-B");
        CHECK(report.signatures[0].claimed_at == instant("2026-11-25T07:10:56Z"));
        CHECK(report.signatures[0].place == "META-INF/signature001.p7s");
        CHECK(report.signatures[0].covered ==
              std::vector<std::string>{"data/contrat.pdf", "data/note 1.txt"});
    }
}

TEST_CASE("the mimetype stands first, stored and plain, at octet 38") {
    CHECK(container().substr(30, 8) == "mimetype");
    CHECK(container().substr(38, 31) == "application/vnd.etsi.asic-e+zip");
}

TEST_CASE("equal files give an equal manifest, and a stored seal an equal container") {
    const Bytes manifest = signature::asice_manifest(files());
    CHECK(manifest == signature::asice_manifest(files()));
    const Bytes cms = crypto::sign_cades(manifest, keys().p256);
    CHECK(signature::asice(files(), manifest, cms) == signature::asice(files(), manifest, cms));
    CHECK(manifest.find("URI=\"data/note%201.txt\"") != Bytes::npos);
}

TEST_CASE("a changed, added or missing file of a container is found and named") {
    const auto changed = [](const std::string& name, const Bytes& bytes) {
        const auto report = judge(with_entry(container(), name, bytes));
        CHECK(report.verdict() == Verdict::invalid);
        return codes(report);
    };
    CHECK(changed("data/contrat.pdf", "%PDF-1.6") == "hash_mismatch");
    CHECK(changed("data/ajout.txt", "x") == "not_covered unsigned_entry");
    CHECK(changed("META-INF/ajout.bin", "x") == "unsigned_entry");
    CHECK(changed("META-INF/signature001.p7s", "x") == "unreadable_signature");
    Bytes manifest = signature::asice_manifest(files());
    manifest.replace(manifest.find("note%201"), 8, "note%202");
    CHECK(changed("META-INF/ASiCManifest001.xml", manifest).starts_with("missing_reference"));
}

TEST_CASE("every 97th octet flipped in a container is found") {
    int unnoticed = 0;
    for (std::size_t i = 0; i < container().size(); i += 97) {
        Bytes altered = container();
        altered[i] = static_cast<char>(altered[i] ^ 0x01);
        try {
            const auto report = judge(altered);
            const bool same = report.verdict() == Verdict::valid;
            if (!same) continue;
            // A flipped bit of a date or of a flag in the zip's own headers: the content stands.
            const zip::Archive read = zip::Archive::open(altered, "essai");
            for (const auto& file : files())
                if (read.read(file.name) != file.bytes) ++unnoticed;
        } catch (const Error& error) {
            CHECK(error.kind() == ErrorKind::malformed_input);
        }
    }
    CHECK(unnoticed == 0);
}

TEST_CASE("a container without a signature, or of another type, is told") {
    const Bytes plain = zip::write(
        {{"mimetype", signature::asice_media_type, zip::Method::stored}, {"data/a.txt", "a"}});
    CHECK(codes(judge(plain)) == "no_signature");
    CHECK(judge(with_entry(container(), "mimetype", "application/zip")).verdict() ==
          Verdict::indeterminate);
}
