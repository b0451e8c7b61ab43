#include "locale/collation.hpp"

#include <unicode/coll.h>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <memory>

#include "base/error.hpp"

namespace paraphe::locale {

namespace {

icu::UnicodeString to_icu(std::string_view text) {
    return icu::UnicodeString::fromUTF8(
        icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

void check(UErrorCode status) {
    if (U_FAILURE(status))
        throw Error(ErrorKind::internal, std::string("collation: ") + u_errorName(status));
}

/// Made once; const use is safe from several threads.
const icu::Collator& french() {
    static const std::unique_ptr<const icu::Collator> collator = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<const icu::Collator> made(
            icu::Collator::createInstance(icu::Locale::getFrance(), status));
        check(status);
        return made;
    }();
    return *collator;
}

/// Lower case, ligatures apart, without accents.
icu::UnicodeString folded(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* decompose = icu::Normalizer2::getNFKDInstance(status);
    check(status);
    icu::UnicodeString lower = to_icu(text);
    lower.foldCase();
    const icu::UnicodeString apart = decompose->normalize(lower, status);
    check(status);
    icu::UnicodeString out;
    for (std::int32_t at = 0; at < apart.length(); at = apart.moveIndex32(at, 1)) {
        const UChar32 c = apart.char32At(at);
        if (u_charType(c) == U_NON_SPACING_MARK) continue;
        if (c == 0x153)  // œ has no decomposition in Unicode.
            out.append(u"oe", 2);
        else if (c == 0xE6)
            out.append(u"ae", 2);
        else
            out.append(c);
    }
    return out;
}

}  // namespace

std::weak_ordering compare(std::string_view a, std::string_view b) {
    UErrorCode status = U_ZERO_ERROR;
    const UCollationResult result = french().compareUTF8(
        icu::StringPiece(a.data(), static_cast<std::int32_t>(a.size())),
        icu::StringPiece(b.data(), static_cast<std::int32_t>(b.size())), status);
    check(status);
    return static_cast<int>(result) <=> 0;
}

std::string sort_key(std::string_view text) {
    const icu::UnicodeString source = to_icu(text);
    const std::int32_t size = french().getSortKey(source, nullptr, 0);
    std::string key(static_cast<std::size_t>(size), '\0');
    french().getSortKey(source, reinterpret_cast<std::uint8_t*>(key.data()), size);
    if (!key.empty()) key.pop_back();  // The NUL that ends it.
    return key;
}

bool contains_loosely(std::string_view text, std::string_view needle) {
    return needle.empty() || folded(text).indexOf(folded(needle)) >= 0;
}

}  // namespace paraphe::locale
