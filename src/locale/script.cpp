#include "locale/script.hpp"

#include <unicode/uscript.h>

namespace paraphe::locale {

ScriptKind script_kind(char32_t c) {
    if ((c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFFEF)) return ScriptKind::asian;
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(static_cast<UChar32>(c), &status)) {
        case USCRIPT_COMMON:
        case USCRIPT_INHERITED:
        case USCRIPT_UNKNOWN:
        case USCRIPT_INVALID_CODE:
            return ScriptKind::weak;
        case USCRIPT_HAN:
        case USCRIPT_HIRAGANA:
        case USCRIPT_KATAKANA:
        case USCRIPT_HANGUL:
        case USCRIPT_BOPOMOFO:
        case USCRIPT_YI:
            return ScriptKind::asian;
        case USCRIPT_ARABIC:
        case USCRIPT_HEBREW:
        case USCRIPT_SYRIAC:
        case USCRIPT_THAANA:
        case USCRIPT_NKO:
        case USCRIPT_DEVANAGARI:
        case USCRIPT_BENGALI:
        case USCRIPT_GURMUKHI:
        case USCRIPT_GUJARATI:
        case USCRIPT_ORIYA:
        case USCRIPT_TAMIL:
        case USCRIPT_TELUGU:
        case USCRIPT_KANNADA:
        case USCRIPT_MALAYALAM:
        case USCRIPT_SINHALA:
        case USCRIPT_THAI:
        case USCRIPT_LAO:
        case USCRIPT_TIBETAN:
        case USCRIPT_MYANMAR:
        case USCRIPT_KHMER:
        case USCRIPT_MONGOLIAN:
            return ScriptKind::complex;
        default:
            return ScriptKind::western;
    }
}

}  // namespace paraphe::locale
