#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>

#include "base/file.hpp"
#include "crypto/fixtures.hpp"

using namespace paraphe;
using namespace paraphe::crypto;
using namespace paraphe::fixtures;

TEST_CASE("a certificate tells who, by whom and until when") {
    const Certificate& certificate = keys().p384.certificate();
    CHECK(certificate.common_name() == "Léa Vasseur");
    CHECK(certificate.subject() == "CN=Léa Vasseur,O=Association Escale Logement,C=FR");
    CHECK(certificate.issuer() == "CN=Autorité d'essai,O=Association Escale Logement,C=FR");
    CHECK(certificate.not_before() == instant("2026-01-01"));
    CHECK(certificate.not_after() == instant("2099-01-01"));
    CHECK(certificate.valid_at(now()));
    CHECK_FALSE(certificate.valid_at(instant("2099-01-01T00:00:01Z")));
    CHECK_FALSE(certificate.self_issued());
    CHECK(keys().authority.certificate().self_issued());
    CHECK(certificate.algorithm() == SignatureAlgorithm::ecdsa_sha384);
    CHECK(keys().rsa.certificate().algorithm() == SignatureAlgorithm::rsa_pkcs1_sha256);
    CHECK(Certificate::from_pem(certificate.pem()) == certificate);
    CHECK(Certificate::from_der(certificate.der()).fingerprint() == certificate.fingerprint());
    CHECK(certificate.serial().size() >= 38);
}

TEST_CASE("what is no certificate is refused with a reason") {
    CHECK(error_of([] { Certificate::from_der("rien"); }).starts_with("not a certificate: "));
    CHECK(error_of([] { Certificate::from_der(Bytes(70'000, '0')); }) ==
          "certificate of more than 64 KiB");
    CHECK(error_of([] { Certificate::from_der(keys().rsa.certificate().der() + "x"); }) ==
          "more bytes after the certificate");
    CHECK(error_of([] {
              Certificate::read_all("-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n");
          }) == "no certificate in the PEM text");
    const Bytes der = keys().p256.certificate().der();
    for (std::size_t length = 0; length < der.size(); length += 7)
        CHECK(code_of([&] { Certificate::from_der(der.substr(0, length)); }) == "malformed_input");
}

TEST_CASE("a key of each kind signs, and only its own signature fits") {
    for (const KeySigner* signer : {&keys().p256, &keys().p384, &keys().rsa}) {
        const Bytes signature = signer->sign("contrat");
        CHECK(verify(signer->certificate(), "contrat", signature));
        CHECK_FALSE(verify(signer->certificate(), "contrats", signature));
        CHECK_FALSE(verify(signer->certificate(), "contrat", "x"));
        CHECK_FALSE(verify(keys().authority.certificate(), "contrat", signature));
    }
    CHECK(error_of([] { KeySigner(keys().p256.key(), keys().rsa.certificate()); }) ==
          "the key does not belong to the certificate of 'Département de l'Essai'");
}

TEST_CASE("ECDSA values go from DER to r‖s and back") {
    for (int i = 0; i < 20; ++i) {
        const Bytes der = keys().p384.sign(std::to_string(i));
        const Bytes raw = raw_ecdsa(der, SignatureAlgorithm::ecdsa_sha384);
        CHECK(raw.size() == 96);
        CHECK(der_ecdsa(raw) == der);
    }
    CHECK(error_of([] { raw_ecdsa("rien", SignatureAlgorithm::ecdsa_sha256); }) ==
          "not an ECDSA signature value");
    CHECK(error_of([] { der_ecdsa("abc"); }) == "not an ECDSA signature value r‖s");
}

TEST_CASE("a PKCS#12 file keeps key, certificate and chain") {
    for (const KeySigner* signer : {&keys().p256, &keys().rsa}) {
        const Bytes file = write_pkcs12(*signer, "clé très secrète", "essai");
        const KeySigner read = read_pkcs12(file, "clé très secrète", "essai.p12");
        CHECK(read.certificate() == signer->certificate());
        REQUIRE(read.chain().size() == 1);
        CHECK(read.chain()[0] == keys().authority.certificate());
        CHECK(verify(signer->certificate(), "x", read.sign("x")));
    }
    const Bytes open = write_pkcs12(keys().p256, "", "sans mot de passe");
    CHECK(read_pkcs12(open, "").certificate() == keys().p256.certificate());
}

TEST_CASE("a wrong PKCS#12 password is told apart from a damaged file") {
    const Bytes file = write_pkcs12(keys().p256, "secret", "essai");
    const auto wrong = [&] { read_pkcs12(file, "faux", "cles/awa.p12"); };
    CHECK(error_of(wrong) ==
          "cles/awa.p12: the password does not open the key file (or it is damaged); check the "
          "password");
    CHECK(code_of(wrong) == "wrong_password");
    CHECK(error_of([&] {
              read_pkcs12("PK", "secret", "a.p12");
          }).starts_with("a.p12: not a PKCS#12 file: "));
    for (std::size_t i = 0; i < file.size(); i += 5) {
        Bytes damaged = file;
        damaged[i] = static_cast<char>(damaged[i] ^ 0x55);
        try {
            read_pkcs12(damaged, "secret");
        } catch (const Error&) {
        }
        CHECK(code_of([&] { read_pkcs12(file.substr(0, i), "secret"); }) != "");
    }
}

TEST_CASE("an old PKCS#12 file under RC2 and 3DES opens" *
          doctest::skip(run("openssl version -v | grep 'OpenSSL 3'") != 0)) {
    const std::string pem = scratch("old.pem"), p12 = scratch("old.p12");
    REQUIRE(run("openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj '/CN=Ancien' -keyout " +
                pem + " -out " + pem + ".crt && cat " + pem + ".crt >> " + pem) == 0);
    REQUIRE(run("openssl pkcs12 -export -legacy -in " + pem + " -passout pass:vieux -out " + p12) ==
            0);
    const Bytes file = read_file(p12);
    CHECK(code_of([&] { read_pkcs12(file, "neuf"); }) == "wrong_password");
    CHECK(read_pkcs12(file, "vieux").certificate().common_name() == "Ancien");
}

TEST_CASE("a PKCS#12 file that asks for hours of key derivation is refused at once") {
    const std::string pem = scratch("slow.pem"), p12 = scratch("slow.p12");
    REQUIRE(run("openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj '/CN=Lent' -keyout " +
                pem + " -out " + pem + ".crt && cat " + pem + ".crt >> " + pem) == 0);
    const Bytes usual("\x02\x03\x01\0\x01", 5), endless("\x02\x03\x7f\xff\xff", 5);
    const std::string refusal =
        "lent.p12: the PKCS#12 file asks for more than 5,000,000 rounds of key derivation; export "
        "the key again with a usual count";
    for (const std::string more : {"", "-nomac", "-nomac -certpbe PBE-SHA1-3DES",
                                   "-nomac -certpbe NONE", "-nomac -keypbe PBE-SHA1-3DES"}) {
        CAPTURE(more);
        REQUIRE(run("openssl pkcs12 -export -iter 65537 " + more + " -in " + pem +
                    " -passout pass:x -out " + p12) == 0);
        Bytes file = read_file(p12);
        if (more.empty()) {
            CHECK(read_pkcs12(file, "x").certificate().common_name() == "Lent");
        }
        std::size_t changed = 0;
        for (std::size_t at = 0; (at = file.find(usual, at)) != Bytes::npos; ++changed)
            file.replace(at, usual.size(), endless);
        CHECK(changed > 0);
        CHECK(error_of([&] { read_pkcs12(file, "x", "lent.p12"); }) == refusal);
    }
}

TEST_CASE("a file of ours opens with openssl") {
    const std::string p12 = scratch("ours.p12");
    write_file(p12, write_pkcs12(keys().p256, "secret", "essai"));
    CHECK(run("openssl pkcs12 -in " + p12 + " -passin pass:secret -nodes") == 0);
    CHECK(run("openssl pkcs12 -in " + p12 + " -passin pass:faux -nodes") != 0);
}

TEST_CASE("trust follows the chain, the time and the use") {
    auto& all = keys();
    const auto status = [&](const KeySigner& signer, const TrustStore& trust, Instant at) {
        return verify_chain(signer.certificate(), signer.chain(), trust, at).status;
    };
    CHECK(status(all.p256, all.trust, now()) == ChainStatus::trusted);
    CHECK(verify_chain(all.p256.certificate(), {}, all.trust, now()).chain.size() == 2);
    CHECK(status(all.p256, TrustStore(), now()) == ChainStatus::no_anchor);
    CHECK(status(all.p256, all.trust, instant("2099-06-01")) == ChainStatus::expired);
    CHECK(status(all.p256, all.trust, instant("2025-06-01")) == ChainStatus::not_yet_valid);
    CHECK(status(all.p256, TrustStore({all.p256.certificate()}), now()) == ChainStatus::trusted);
    CHECK(status(all.authority.signer(), all.trust, now()) == ChainStatus::forbidden_use);
    SequenceRandom random(1);
    const Authority other = Authority::create({"Autorité d'essai", "Association Escale Logement"},
                                              instant("2026-01-01"), instant("2036-01-01"), random);
    CHECK(status(all.p256, TrustStore({other.certificate()}), now()) != ChainStatus::trusted);
}

TEST_CASE("trusted certificates come from a file or a directory") {
    const std::string folder = scratch("trust");
    std::filesystem::create_directories(folder);
    CHECK(error_of([&] { TrustStore::load(scratch("none.pem")); }).find("none.pem") !=
          std::string::npos);
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    CHECK(error_of([&] { TrustStore::load(folder); }) ==
          folder +
              ": no certificate in the directory; put *.pem, *.crt, *.cer or *.der files there");
    write_file(folder + "/a.pem", keys().authority.certificate().pem());
    write_file(folder + "/b.der", keys().rsa.certificate().der());
    write_file(folder + "/notes.txt", "rien");
    CHECK(TrustStore::load(folder).anchors().size() == 2);
    CHECK(TrustStore::load(folder + "/a.pem").anchors()[0] == keys().authority.certificate());
}
