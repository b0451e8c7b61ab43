#include "crypto/hash.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "crypto/cipher.hpp"

using namespace paraphe;
using namespace paraphe::crypto;

TEST_CASE("SHA-256 gives the values of FIPS 180-4, whole and in pieces") {
    CHECK(sha256("abc").hex() ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256("").hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    Sha256Stream stream;
    stream.update("a").update("").update("bc");
    CHECK(stream.finish() == sha256("abc"));
    CHECK(stream.finish() == sha256(""));
}

TEST_CASE("HMAC-SHA-256 gives the values of RFC 4231") {
    CHECK(hmac_sha256(Bytes(20, '\x0b'), "Hi There").hex() ==
          "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    CHECK(hmac_sha256("Jefe", "what do ya want for nothing?").hex() ==
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    CHECK(hmac_sha256("", "").hex() ==
          "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST_CASE("HKDF gives the first value of RFC 5869") {
    CHECK(to_hex(hkdf_sha256(Bytes(22, '\x0b'), from_hex("000102030405060708090a0b0c"),
                             from_hex("f0f1f2f3f4f5f6f7f8f9"), 42)) ==
          "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
          "34007208d5b887185865");
}

TEST_CASE("digests are compared whole") {
    CHECK(equal_constant_time("abc", "abc"));
    CHECK_FALSE(equal_constant_time("abc", "abd"));
    CHECK_FALSE(equal_constant_time("abc", "ab"));
    CHECK(to_hex(digest(Digest::sha384, "abc")).substr(0, 16) == "cb00753f45a35e8b");
}

TEST_CASE("AES-256-GCM gives the value of NIST's test case 16") {
    const Bytes key = from_hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
    const Bytes nonce = from_hex("cafebabefacedbaddecaf888");
    const Bytes associated = from_hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    const Bytes plain = from_hex(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
    const Bytes sealed = aes_256_gcm_seal(key, nonce, associated, plain);
    CHECK(to_hex(sealed) ==
          "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
          "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
          "76fc6ece0f4e1768cddf8853bb2d551b");
    CHECK(aes_256_gcm_open(key, nonce, associated, sealed) == plain);
}

TEST_CASE("what was sealed opens with its key and associated data alone") {
    SequenceRandom random(7);
    const Bytes key = random.bytes(32);
    const Bytes sealed = seal(key, random, "dossier 12", "revenus : 1 204,00 €");
    CHECK(open(key, "dossier 12", sealed) == "revenus : 1 204,00 €");
    CHECK(open(key, "", seal(key, random, "", "")).empty());
    const auto refused = [](auto call) {
        try {
            call();
        } catch (const Error& error) {
            return error.kind() == ErrorKind::forbidden &&
                   error.code() == "authentication_failed" &&
                   std::string(error.what()) == "sealed data do not open: other key, or altered";
        }
        return false;
    };
    CHECK(refused([&] { open(key, "dossier 13", sealed); }));
    CHECK(refused([&] { open(random.bytes(32), "dossier 12", sealed); }));
    CHECK(refused([&] { open(key, "dossier 12", "short"); }));
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        Bytes altered = sealed;
        altered[i] = static_cast<char>(altered[i] ^ 1);
        CHECK(refused([&] { open(key, "dossier 12", altered); }));
    }
}
