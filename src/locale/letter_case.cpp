#include "locale/letter_case.hpp"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "base/error.hpp"

namespace paraphe::locale {

namespace {

bool is_ascii(std::string_view text) {
    for (const char c : text)
        if (static_cast<unsigned char>(c) >= 0x80) return false;
    return true;
}

icu::UnicodeString from_utf8(std::string_view text) {
    return icu::UnicodeString::fromUTF8(
        icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

std::string to_utf8(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

UChar32 code(char32_t c) {
    return static_cast<UChar32>(c);
}

}  // namespace

std::string to_upper(std::string_view text) {
    if (is_ascii(text)) {
        std::string out(text);
        for (char& c : out)
            if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        return out;
    }
    return to_utf8(from_utf8(text).toUpper(icu::Locale::getRoot()));
}

std::string to_lower(std::string_view text) {
    if (is_ascii(text)) {
        std::string out(text);
        for (char& c : out)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        return out;
    }
    return to_utf8(from_utf8(text).toLower(icu::Locale::getRoot()));
}

std::string compose(std::string_view text) {
    if (is_ascii(text)) return std::string(text);
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status))
        throw Error(ErrorKind::internal, "no normalization data", {}, "reinstall ICU");
    const icu::UnicodeString out = nfc->normalize(from_utf8(text), status);
    if (U_FAILURE(status)) throw Error(ErrorKind::internal, "normalization failed");
    return to_utf8(out);
}

bool is_letter(char32_t c) {
    return u_isalpha(code(c));
}
bool is_alphanumeric(char32_t c) {
    return u_isalnum(code(c));
}
bool is_cased(char32_t c) {
    return u_hasBinaryProperty(code(c), UCHAR_CASED);
}
bool is_upper(char32_t c) {
    return u_hasBinaryProperty(code(c), UCHAR_UPPERCASE);
}
bool is_lower(char32_t c) {
    return u_hasBinaryProperty(code(c), UCHAR_LOWERCASE);
}
bool is_space(char32_t c) {
    return u_isUWhiteSpace(code(c));
}

}  // namespace paraphe::locale
