#include "locale/line_breaking.hpp"

#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/ubidi.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utext.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <memory>
#include <string>

#include "base/error.hpp"
#include "base/utf8.hpp"

namespace paraphe::locale {
namespace {

struct TextCloser {
    void operator()(UText* text) const { utext_close(text); }
};
struct BidiCloser {
    void operator()(UBiDi* bidi) const { ubidi_close(bidi); }
};

void check(UErrorCode status, const char* what) {
    if (U_FAILURE(status) != 0)
        throw Error(ErrorKind::internal, std::string(what) + ": " + u_errorName(status));
}

icu::Locale icu_locale(std::string_view language) {
    return icu::Locale::createFromName(std::string(language).c_str());
}

/// Iterators are costly to make and not to be shared by threads.
icu::BreakIterator& line_iterator(std::string_view language) {
    thread_local std::map<std::string, std::unique_ptr<icu::BreakIterator>, std::less<>> cache;
    auto found = cache.find(language);
    if (found == cache.end()) {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<icu::BreakIterator> made(
            icu::BreakIterator::createLineInstance(icu_locale(language), status));
        check(status, "line break data");
        // Languages come from documents: no cache without an end.
        if (cache.size() >= 16) cache.clear();
        found = cache.emplace(std::string(language), std::move(made)).first;
    }
    return *found->second;
}

icu::BreakIterator& word_iterator() {
    thread_local const auto instance = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<icu::BreakIterator> made(
            icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
        check(status, "word break data");
        return made;
    }();
    return *instance;
}

void give(icu::BreakIterator& iterator, std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    UText native = UTEXT_INITIALIZER;
    const std::unique_ptr<UText, TextCloser> closer(
        utext_openUTF8(&native, text.data(), static_cast<std::int64_t>(text.size()), &status));
    check(status, "text of the break iterator");
    iterator.setText(&native, status);  // clones shallowly
    check(status, "text of the break iterator");
}

/// Classes AL and NU of UAX #14 in ASCII, and the space.
bool plain(unsigned char c) {
    return c == ' ' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// Breaks of a text of Latin-1 letters, digits, spaces and , . ; : alone, without ICU, which takes
/// some twenty times as long. False when the text has anything else.
bool simple_breaks(std::string_view text, std::vector<std::uint32_t>& out) {
    for (std::size_t i = 0; i < text.size();) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (plain(c) || c == ',' || c == '.' || c == ';' || c == ':') {
            ++i;
            continue;
        }
        // U+00C0..U+00FF (letters but × and ÷) and U+0152, U+0153.
        if (c == 0xC3 && i + 1 < text.size()) {
            const auto d = static_cast<unsigned char>(text[i + 1]);
            if (d != 0x97 && d != 0xB7) {
                i += 2;
                continue;
            }
        }
        if (c == 0xC5 && i + 1 < text.size() && (text[i + 1] == '\x92' || text[i + 1] == '\x93')) {
            i += 2;
            continue;
        }
        return false;
    }
    // With these classes alone (SP, AL, NU, IS) a line breaks after spaces, and LB 13 forbids it
    // before , . ; : even then.
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i - 1] != ' ' || text[i] == ' ') continue;
        const char c = text[i];
        if (c == ',' || c == '.' || c == ';' || c == ':') continue;
        out.push_back(static_cast<std::uint32_t>(i));
    }
    out.push_back(static_cast<std::uint32_t>(text.size()));
    return true;
}

/// Measured: Writer keeps together what stands on both sides of a slash ("et/ou"), though a space
/// before it may end a line, and ends lines after a hyphen before a digit ("L271-1", "2025-2026")
/// or a letter that it begins, and after a backslash, not before.
void tailor(std::string_view text, std::vector<std::uint32_t>& breaks) {
    if (text.find_first_of("/-\\") == std::string_view::npos) return;
    std::erase_if(breaks, [&](std::uint32_t at) {
        if (at < 2 || at >= text.size()) return false;
        if (text[at] == '\\') return text[at - 1] != ' ';
        if (text[at - 1] != '/') return false;
        return text[at - 2] != ' ' || std::isalpha(static_cast<unsigned char>(text[at])) != 0;
    });
    const std::size_t before = breaks.size();
    for (std::uint32_t at = 1; at < text.size(); ++at) {
        const char last = text[at - 1];
        const auto next = static_cast<unsigned char>(text[at]);
        // The octets 0xC3 and 0xC5 begin the letters of French that ASCII lacks.
        const bool letter = next != ' ' && (plain(next) || next == 0xC3 || next == 0xC5);
        if ((last == '-' && letter) || (last == '\\' && next != ' ') ||
            (last == ' ' && next == '/'))
            breaks.push_back(at);
    }
    if (breaks.size() == before) return;
    std::sort(breaks.begin(), breaks.end());
    breaks.erase(std::unique(breaks.begin(), breaks.end()), breaks.end());
}

/// One right-to-left or complex character asks for the whole algorithm.
bool needs_bidi(char32_t c) {
    return (c >= 0x0590 && c <= 0x08FF) || (c >= 0x200E && c <= 0x200F) ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
           (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFF) ||
           (c >= 0x10800 && c <= 0x10FFF) || (c >= 0x1E800 && c <= 0x1EFFF);
}

std::uint32_t tag(UScriptCode script) {
    const char* name = uscript_getShortName(script);
    return static_cast<std::uint32_t>(static_cast<unsigned char>(name[0])) << 24 |
           static_cast<std::uint32_t>(static_cast<unsigned char>(name[1])) << 16 |
           static_cast<std::uint32_t>(static_cast<unsigned char>(name[2])) << 8 |
           static_cast<std::uint32_t>(static_cast<unsigned char>(name[3]));
}

/// USCRIPT_COMMON stands for "as the neighbours".
UScriptCode script_of(char32_t c) {
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? USCRIPT_LATIN : USCRIPT_COMMON;
    if (c >= 0xC0 && c <= 0x24F) return c == 0xD7 || c == 0xF7 ? USCRIPT_COMMON : USCRIPT_LATIN;
    if (c >= 0x2000 && c <= 0x206F) return USCRIPT_COMMON;
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(static_cast<UChar32>(c), &status);
    if (U_FAILURE(status) != 0 || script == USCRIPT_INHERITED || script == USCRIPT_UNKNOWN)
        return USCRIPT_COMMON;
    return script;
}

/// Embedding level of each octet; empty when all are 0.
std::vector<std::uint8_t> levels_of(std::string_view text, bool right_to_left) {
    std::u16string wide;
    std::vector<std::uint32_t> octet;  // of each UTF-16 unit
    for (std::size_t i = 0; i < text.size();) {
        const auto [c, length] = utf8::decode(text, i);
        const std::size_t units = c > 0xFFFF ? 2 : 1;
        if (units == 2) {
            wide += static_cast<char16_t>(0xD7C0 + (c >> 10));
            wide += static_cast<char16_t>(0xDC00 + (c & 0x3FF));
        } else {
            wide += static_cast<char16_t>(c);
        }
        octet.insert(octet.end(), units, static_cast<std::uint32_t>(i));
        i += length;
    }
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UBiDi, BidiCloser> bidi(ubidi_open());
    ubidi_setPara(bidi.get(), wide.data(), static_cast<std::int32_t>(wide.size()),
                  right_to_left ? 1 : 0, nullptr, &status);
    const UBiDiLevel* levels = ubidi_getLevels(bidi.get(), &status);
    check(status, "bidirectional algorithm");
    std::vector<std::uint8_t> out(text.size());
    for (std::size_t unit = 0; unit < wide.size(); ++unit) {
        const std::size_t end = unit + 1 < wide.size() ? octet[unit + 1] : text.size();
        for (std::size_t i = octet[unit]; i < end; ++i)
            out[i] = levels[unit];
    }
    return out;
}

}  // namespace

std::vector<std::uint32_t> line_breaks(std::string_view text, std::string_view language) {
    std::vector<std::uint32_t> out;
    if (text.empty() || simple_breaks(text, out)) return out;
    icu::BreakIterator& iterator = line_iterator(language);
    give(iterator, text);
    iterator.first();
    for (std::int32_t at = iterator.next(); at != icu::BreakIterator::DONE; at = iterator.next())
        out.push_back(static_cast<std::uint32_t>(at));
    tailor(text, out);
    return out;
}

std::vector<Word> words(std::string_view text) {
    std::vector<Word> out;
    if (text.empty()) return out;
    icu::BreakIterator& iterator = word_iterator();
    give(iterator, text);
    std::int32_t begin = iterator.first();
    for (std::int32_t end = iterator.next(); end != icu::BreakIterator::DONE;
         begin = end, end = iterator.next())
        if (iterator.getRuleStatus() >= UBRK_WORD_NUMBER)
            out.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
    return out;
}

std::vector<TextRun> text_runs(std::string_view text, bool right_to_left) {
    std::vector<TextRun> out;
    if (text.empty()) return out;
    std::vector<std::uint8_t> levels;
    bool bidi = right_to_left;
    for (std::size_t i = 0; !bidi && i < text.size();) {
        if (static_cast<unsigned char>(text[i]) < 0x80) {
            ++i;
            continue;
        }
        const auto [c, length] = utf8::decode(text, i);
        bidi = needs_bidi(c);
        i += length;
    }
    if (bidi) levels = levels_of(text, right_to_left);

    UScriptCode current = USCRIPT_COMMON;
    TextRun run{0, 0, 0, levels.empty() ? std::uint8_t{0} : levels[0]};
    const auto close = [&](std::uint32_t end) {
        if (end == run.begin) return;
        run.end = end;
        run.script = current == USCRIPT_COMMON ? latin_script : tag(current);
        out.push_back(run);
    };
    for (std::size_t i = 0; i < text.size();) {
        const auto [c, length] = utf8::decode(text, i);
        const UScriptCode script = script_of(c);
        const std::uint8_t level = levels.empty() ? std::uint8_t{0} : levels[i];
        const bool other_script =
            script != USCRIPT_COMMON && current != USCRIPT_COMMON && script != current;
        if (other_script || level != run.level) {
            close(static_cast<std::uint32_t>(i));
            run.begin = static_cast<std::uint32_t>(i);
            run.level = level;
            current = script;
        } else if (script != USCRIPT_COMMON) {
            current = script;
        }
        i += length;
    }
    close(static_cast<std::uint32_t>(text.size()));
    return out;
}

std::vector<int> visual_order(const std::vector<std::uint8_t>& levels) {
    std::vector<int> out(levels.size());
    static_assert(sizeof(int) == sizeof(std::int32_t));
    ubidi_reorderVisual(levels.data(), static_cast<std::int32_t>(levels.size()), out.data());
    return out;
}

}  // namespace paraphe::locale
