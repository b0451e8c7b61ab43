#include <algorithm>

#include "pdf/conformance_parts.hpp"
#include "pdf/content_reader.hpp"

/// Fonts that the content uses (ISO 19005-3 §6.2.11, ISO 14289-1 §7.21).
namespace paraphe::pdf::conformance {

namespace {

constexpr Rule embedding{"P0616", "ISO 19005-3 §6.2.11.4, ISO 14289-1 §7.21.4",
                         "produisez de nouveau le fichier en incorporant toutes les polices"};
constexpr Rule unicode{"P0617", "ISO 19005-3 §6.2.11.7, ISO 14289-1 §7.21.7",
                       "produisez de nouveau le fichier en PDF/A niveau A : chaque signe doit dire "
                       "quel caractère il est"};
constexpr Rule missing_glyph{"P0618", "ISO 19005-3 §6.2.11.8, ISO 14289-1 §7.21.8",
                             "choisissez une police qui possède ce caractère, puis produisez de "
                             "nouveau le fichier"};
constexpr Rule composite{
    "P0619", "ISO 19005-3 §6.2.11.3, ISO 14289-1 §7.21.3",
    "produisez de nouveau le fichier avec un autre outil : la police y est mal "
    "décrite"};

/// The codes that a ToUnicode CMap gives a text (ISO 32000-1 §9.10.3).
class UnicodeMap {
public:
    UnicodeMap(ByteView cmap, bool wide) : covered_(wide ? 65'536 : 256) {
        ContentReader reader(cmap);
        std::string name;
        std::vector<Operand> operands;
        std::size_t steps = 0;
        while (steps < 2'000'000 && reader.next(name, operands)) {
            if (name == "endbfchar") {
                for (std::size_t i = 0; i + 1 < operands.size(); i += 2)
                    cover(code_of(operands[i]), operands[i + 1].text);
            } else if (name == "endbfrange") {
                for (std::size_t i = 0; i + 2 < operands.size(); i += 3)
                    steps += cover_range(operands[i], operands[i + 1], operands[i + 2]);
            }
            ++steps;
        }
    }
    bool covers(std::size_t code) const { return code < covered_.size() && covered_[code]; }

private:
    static std::size_t code_of(const Operand& operand) {
        std::size_t out = 0;
        for (const char c : operand.text.substr(0, 4))
            out = out << 8 | static_cast<unsigned char>(c);
        return out;
    }

    /// §7.21.7: neither U+0000 nor U+FEFF nor U+FFFE.
    void cover(std::size_t code, const std::string& text) {
        if (code >= covered_.size() || text.size() < 2) return;
        for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
            const unsigned unit = static_cast<unsigned>(static_cast<unsigned char>(text[i])) << 8 |
                                  static_cast<unsigned char>(text[i + 1]);
            if (unit == 0 || unit == 0xFEFF || unit == 0xFFFE) return;
        }
        covered_[code] = true;
    }

    std::size_t cover_range(const Operand& first, const Operand& last, const Operand& to) {
        const std::size_t begin = code_of(first);
        const std::size_t end = std::min(code_of(last) + 1, covered_.size());
        if (end <= begin) return 0;
        for (std::size_t code = begin; code < end; ++code) {
            if (to.kind != Operand::Kind::array)
                cover(code, to.text);
            else if (code - begin < to.items.size())
                cover(code, to.items[code - begin].text);
        }
        return end - begin;
    }

    std::vector<bool> covered_;
};

std::string name_for_people(Handle font) {
    std::string name = name_of(at(font, "/BaseFont"));
    if (name.size() > 7 && name[6] == '+') name.erase(0, 7);
    return name.empty() ? "sans nom" : name;
}

class FontCheck {
public:
    FontCheck(Run& run, const FontUse& use)
        : run_(run), use_(use), name_("« " + name_for_people(use.font) + " »") {}

    void check() {
        const std::string kind = name_of(at(use_.font, "/Subtype"));
        if (use_.wide) {
            auto descendants = elements_of(at(use_.font, "/DescendantFonts"));
            if (descendants.size() != 1 || !descendants[0].isDictionary()) {
                tell(composite, "la police " + name_ + " n’a pas de police descendante");
                return;
            }
            check_embedded(at(descendants[0], "/FontDescriptor"));
            check_composite(descendants[0]);
        } else if (kind == "Type1" || kind == "MMType1" || kind == "TrueType") {
            check_embedded(at(use_.font, "/FontDescriptor"));
            check_differences();
        } else if (kind != "Type3") {
            tell(composite, "la police " + name_ + " est d’un genre inconnu");
        }
        check_unicode();
    }

private:
    void tell(const Rule& rule, const std::string& problem) {
        run_.findings.add(rule, place_of(use_.font, use_.page), problem);
    }

    void check_embedded(Handle descriptor) {
        if (!use_.visible) return;
        for (const char* key : {"/FontFile", "/FontFile2", "/FontFile3"})
            if (at(descriptor, key).isStream()) return;
        tell(embedding, "la police " + name_ + " n’est pas dans le fichier");
    }

    void check_composite(Handle descendant) {
        Handle encoding = at(use_.font, "/Encoding");
        const bool identity = is_name(encoding, "/Identity-H") || is_name(encoding, "/Identity-V");
        if (!identity && !encoding.isStream())
            tell(composite,
                 "la police " + name_ + " emploie un codage qui n’est pas dans le fichier");
        const bool truetype = is_name(at(descendant, "/Subtype"), "/CIDFontType2");
        Handle map = at(descendant, "/CIDToGIDMap");
        if (truetype && !map.isStream() && !is_name(map, "/Identity")) {
            tell(composite, "la police " + name_ + " ne dit pas quel glyphe va avec quel code");
            return;
        }
        if (identity) check_glyphs(truetype && map.isStream() ? map : Handle::newNull());
    }

    void check_glyphs(Handle map) {
        std::optional<Bytes> table;
        if (map.isStream()) table = run_.decoded(map, place_of(map, use_.page));
        for (std::size_t code = 0; code < use_.codes.size(); ++code) {
            if (!use_.codes[code]) continue;
            const bool mapped =
                !table || (code * 2 + 1 < table->size() &&
                           ((*table)[code * 2] != 0 || (*table)[code * 2 + 1] != 0));
            if ((!table && code == 0) || !mapped) {
                tell(missing_glyph, "un caractère manque à la police " + name_ +
                                        " : un carré vide est imprimé à sa place");
                return;
            }
        }
    }

    void check_differences() {
        Handle encoding = at(use_.font, "/Encoding");
        long long code = 0;
        for (Handle one : elements_of(at(encoding, "/Differences"))) {
            if (one.isInteger()) {
                code = *integer_of(one);
                continue;
            }
            const bool used = code >= 0 && static_cast<std::size_t>(code) < use_.codes.size() &&
                              use_.codes[static_cast<std::size_t>(code)];
            if (used && is_name(one, "/.notdef")) {
                tell(missing_glyph, "un caractère manque à la police " + name_ +
                                        " : un carré vide est imprimé à sa place");
                return;
            }
            ++code;
        }
    }

    /// Whether characters are known without a ToUnicode CMap.
    bool has_known_encoding() const {
        if (use_.wide) return false;
        Handle encoding = at(use_.font, "/Encoding");
        Handle base = encoding.isDictionary() ? at(encoding, "/BaseEncoding") : encoding;
        for (const char* known : {"/WinAnsiEncoding", "/MacRomanEncoding", "/MacExpertEncoding"})
            if (is_name(base, known)) return at(encoding, "/Differences").isNull();
        return false;
    }

    void check_unicode() {
        Handle cmap = at(use_.font, "/ToUnicode");
        if (!cmap.isStream()) {
            if (!has_known_encoding() && !use_.codes.empty())
                tell(unicode, "la police " + name_ + " ne dit pas quels caractères elle montre");
            return;
        }
        const auto octets = run_.decoded(cmap, place_of(cmap, use_.page));
        if (!octets) return;
        const UnicodeMap map(*octets, use_.wide);
        std::size_t unknown = 0;
        // Code 0 of a composite font is told as a missing character.
        for (std::size_t code = use_.wide ? 1 : 0; code < use_.codes.size(); ++code)
            unknown += use_.codes[code] && !map.covers(code) ? 1 : 0;
        if (unknown > 0)
            tell(unicode, "la police " + name_ + " montre " + std::to_string(unknown) +
                              (unknown == 1 ? " signe" : " signes") +
                              " sans dire de quel caractère");
    }

    Run& run_;
    const FontUse& use_;
    std::string name_;
};

}  // namespace

void check_fonts(Run& run) {
    for (const auto& [id, use] : run.fonts)
        FontCheck(run, use).check();
}

}  // namespace paraphe::pdf::conformance
