#include "crypto/cms.hpp"

#include <doctest/doctest.h>

#include "base/file.hpp"
#include "crypto/fixtures.hpp"

using namespace paraphe;
using namespace paraphe::crypto;
using namespace paraphe::fixtures;

namespace {

const Bytes content = "Contrat d'accompagnement social personnalisé";

bool good(const CmsVerdict& verdict) {
    return verdict.readable && verdict.digest_fits && verdict.signature_fits &&
           verdict.certificate_bound && !verdict.has_signing_time && !verdict.weak_digest;
}

}  // namespace

TEST_CASE("a CAdES signature of each kind of key is found good") {
    for (const KeySigner* signer : {&keys().p256, &keys().p384, &keys().rsa}) {
        const Bytes cms = sign_cades(content, *signer);
        const CmsVerdict verdict = verify_cms(cms, {content});
        CHECK(good(verdict));
        CHECK(verdict.signer == signer->certificate());
        CHECK(verdict.certificates.size() == 2);
        CHECK(der_length(cms) == cms.size());
        CHECK(der_length(cms + Bytes(100, '\0')) == cms.size());
        CHECK(good(verify_cms(cms, {ByteView(content).substr(0, 9), ByteView(content).substr(9)})));
        CHECK_FALSE(verify_cms(cms, {"Contrat"}).digest_fits);
    }
}

TEST_CASE("RSA signatures of one content are the same octets") {
    CHECK(sign_cades(content, keys().rsa) == sign_cades(content, keys().rsa));
}

TEST_CASE("a signing time is written where it is wanted, in both of its forms") {
    for (const char* text : {"2026-11-25T07:10:56Z", "2050-01-01T00:00:00Z"}) {
        const CmsVerdict verdict =
            verify_cms(sign_cades(content, keys().p256, instant(text)), {content});
        CHECK(verdict.readable);
        CHECK(verdict.digest_fits);
        CHECK(verdict.signature_fits);
        CHECK(verdict.has_signing_time);
        CHECK(verdict.signing_time == instant(text));
    }
    CHECK_FALSE(verify_cms(sign_cades(content, keys().p256), {content}).has_signing_time);
}

TEST_CASE("openssl cms -verify -cades accepts our CMS") {
    const std::string base = scratch("");
    write_file(base + "content", content);
    write_file(base + "ca.pem", keys().authority.certificate().pem());
    for (const KeySigner* signer : {&keys().p256, &keys().p384, &keys().rsa}) {
        write_file(base + "cms", sign_cades(content, *signer));
        const std::string command = "openssl cms -verify -cades -binary -inform DER -in " + base +
                                    "cms -content " + base + "content -CAfile " + base +
                                    "ca.pem -purpose any -attime 1795000000 -out /dev/null";
        CHECK(run(command) == 0);
    }
}

TEST_CASE("a signature made elsewhere is put in place, a wrong one is refused") {
    const Bytes hash = digest(Digest::sha256, content);
    const CadesRequest request =
        prepare_cades(hash, keys().p256.certificate(), keys().p256.chain());
    const Bytes cms = finish_cades(request, keys().p256.sign(request.signed_attributes));
    CHECK(good(verify_cms(cms, {content})));
    const auto wrong = [&] { finish_cades(request, keys().p256.sign("autre chose")); };
    CHECK(error_of(wrong) ==
          "the signature value was not made over what was prepared with the key of 'Awa Sarr'; "
          "sign the prepared octets anew");
    CHECK(code_of(wrong) == "wrong_signature");
}

TEST_CASE("every flipped octet of what is signed or signs is noticed") {
    const Bytes cms = sign_cades(content, keys().p256);
    const Bytes issuer = keys().authority.certificate().der();
    const std::size_t issuer_at = cms.find(issuer);
    REQUIRE(issuer_at != Bytes::npos);
    std::vector<std::size_t> unnoticed;
    for (std::size_t i = 0; i < cms.size(); ++i) {
        // What travels of the issuers is checked against the trust anchor, not by the CMS.
        if (i >= issuer_at && i < issuer_at + issuer.size()) continue;
        Bytes altered = cms;
        altered[i] = static_cast<char>(altered[i] ^ 1);
        if (good(verify_cms(altered, {content}))) unnoticed.push_back(i);
    }
    // SignedData's version, the list of digests for one-pass readers, and SignerInfo's version:
    // outside the signature by RFC 5652.
    CHECK(unnoticed.size() <= 11);
    for (std::size_t length = 0; length < cms.size(); length += 3)
        CHECK_FALSE(verify_cms(cms.substr(0, length), {content}).readable);
}

TEST_CASE("what is no detached CMS of one signer is unreadable, with the reason") {
    CHECK(verify_cms("", {content}).problem.starts_with("not a CMS: "));
    CHECK(verify_cms(sign_cades(content, keys().rsa) + Bytes(1, '\0'), {content}).problem ==
          "more bytes after the CMS");
    CHECK(verify_cms(Bytes(5 << 20, '0'), {content}).problem == "CMS of more than 4 MiB");
}

TEST_CASE("a CMS with signing-time, as openssl makes it, is told") {
    const std::string base = scratch("");
    write_file(base + "content", content);
    REQUIRE(run("cd " + base +
                " && openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=Autre -keyout "
                "k.pem -out c.pem && openssl cms -sign -cades -binary -in content -signer c.pem "
                "-inkey k.pem -outform DER -out theirs") == 0);
    const CmsVerdict verdict = verify_cms(read_file(base + "theirs"), {content});
    CHECK(verdict.readable);
    CHECK(verdict.digest_fits);
    CHECK(verdict.signature_fits);
    CHECK(verdict.certificate_bound);
    CHECK(verdict.has_signing_time);
}
