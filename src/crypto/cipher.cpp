#include "crypto/cipher.hpp"

#include "crypto/openssl.hpp"

namespace paraphe::crypto {

namespace {

constexpr std::size_t key_length = 32, nonce_length = 12, tag_length = 16;

void check_lengths(ByteView key, ByteView nonce) {
    if (key.size() != key_length || nonce.size() != nonce_length)
        throw Error(ErrorKind::internal, "AES-256-GCM needs 32 octets of key and 12 of nonce");
}

[[noreturn]] void refuse() {
    throw Error(ErrorKind::forbidden, "sealed data do not open: other key, or altered", {}, {},
                "authentication_failed");
}

}  // namespace

Bytes aes_256_gcm_seal(ByteView key, ByteView nonce, ByteView associated_data, ByteView plaintext) {
    check_lengths(key, nonce);
    CipherContext context(EVP_CIPHER_CTX_new());
    Bytes out(plaintext.size() + tag_length, '\0');
    int length = 0;
    require(EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, octets(key),
                               octets(nonce)) == 1 &&
                EVP_EncryptUpdate(context.get(), nullptr, &length, octets(associated_data),
                                  static_cast<int>(associated_data.size())) == 1 &&
                EVP_EncryptUpdate(context.get(), octets(out), &length, octets(plaintext),
                                  static_cast<int>(plaintext.size())) == 1 &&
                EVP_EncryptFinal_ex(context.get(), octets(out) + length, &length) == 1 &&
                EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, tag_length,
                                    octets(out) + plaintext.size()) == 1,
            "encryption");
    return out;
}

Bytes aes_256_gcm_open(ByteView key, ByteView nonce, ByteView associated_data, ByteView sealed) {
    check_lengths(key, nonce);
    if (sealed.size() < tag_length) refuse();
    const std::size_t size = sealed.size() - tag_length;
    CipherContext context(EVP_CIPHER_CTX_new());
    Bytes out(size + tag_length, '\0');
    Bytes tag(sealed.substr(size));
    int length = 0;
    require(
        EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, octets(key), octets(nonce)) ==
                1 &&
            EVP_DecryptUpdate(context.get(), nullptr, &length, octets(associated_data),
                              static_cast<int>(associated_data.size())) == 1 &&
            EVP_DecryptUpdate(context.get(), octets(out), &length, octets(sealed),
                              static_cast<int>(size)) == 1 &&
            EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, tag_length, tag.data()) == 1,
        "decryption");
    if (EVP_DecryptFinal_ex(context.get(), octets(out) + length, &length) != 1) {
        ERR_clear_error();
        refuse();
    }
    out.resize(size);
    return out;
}

Bytes seal(ByteView key, Random& random, ByteView associated_data, ByteView plaintext) {
    const Bytes nonce = random.bytes(nonce_length);
    return nonce + aes_256_gcm_seal(key, nonce, associated_data, plaintext);
}

Bytes open(ByteView key, ByteView associated_data, ByteView sealed) {
    if (sealed.size() < nonce_length + tag_length) refuse();
    return aes_256_gcm_open(key, sealed.substr(0, nonce_length), associated_data,
                            sealed.substr(nonce_length));
}

Bytes hkdf_sha256(ByteView secret, ByteView salt, ByteView info, std::size_t length) {
    if (length > 255 * 32) throw Error(ErrorKind::internal, "HKDF gives at most 8160 octets");
    const Sha256 key = hmac_sha256(salt, secret);
    Bytes out, block;
    for (char counter = 1; out.size() < length; ++counter) {
        block = Bytes(hmac_sha256(key.bytes(), block + Bytes(info) + counter).bytes());
        out += block;
    }
    out.resize(length);
    return out;
}

}  // namespace paraphe::crypto
