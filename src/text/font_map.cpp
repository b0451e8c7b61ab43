#include "text/font_map.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

#include "base/error.hpp"
#include "base/file.hpp"
#include "crypto/hash.hpp"
#include "text/opentype_face.hpp"

namespace paraphe::text {
namespace {

enum Style { regular, bold, italic, bold_italic };
constexpr std::array style_names{"regular", "bold", "italic", "bold-italic"};

/// Slant and stroke that stand in for a missing style; the values of FreeType's own synthesis.
constexpr double synthetic_slant = 0.2126;  // tan 12°
constexpr double synthetic_stroke = 1.0 / 24;

struct FontFile {
    std::filesystem::path path;
    Sha256 fingerprint;
    mutable std::once_flag once;
    mutable FacePtr face;
};

struct Family {
    std::array<std::unique_ptr<FontFile>, 4> styles;
};

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r'\"");
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r'\"") - first + 1);
}

std::string key(std::string_view name) {
    std::string out(trimmed(name));
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::vector<std::string_view> fields(std::string_view line) {
    std::vector<std::string_view> out;
    while (true) {
        const auto bar = line.find('|');
        out.push_back(trimmed(line.substr(0, bar)));
        if (bar == line.npos) return out;
        line.remove_prefix(bar + 1);
    }
}

FacePtr opened(const FontFile& file) {
    std::call_once(file.once, [&] {
        const std::string path = file.path.string();
        Bytes data;
        try {
            data = read_file(file.path);
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::not_found) throw;
            throw Error(ErrorKind::not_found, "the font file is not there", {path, 0, 0, {}},
                        "install the Debian package that fonts/fonts.map names above it",
                        "missing_font");
        }
        const Sha256 actual = crypto::sha256(data);
        if (actual != file.fingerprint)
            throw Error(
                ErrorKind::conflict,
                "the font file has the SHA-256 " + actual.hex() + ", not the one of the map",
                {path, 0, 0, {}},
                "install the version that the map was made from, or record the new hash in "
                "fonts/fonts.map",
                "font_changed");
        file.face = open_face(std::move(data), actual, file.path);
    });
    return file.face;
}

FontChoice choose(const Family& family, int weight, bool slanted) {
    const bool heavy = weight >= 600;
    const Style wanted = heavy ? (slanted ? bold_italic : bold) : (slanted ? italic : regular);
    // What to try, with what is then still missing.
    struct Attempt {
        Style style;
        bool slant, embolden;
    };
    const std::array<Attempt, 4> attempts{{{wanted, false, false},
                                           {heavy ? bold : regular, slanted, false},
                                           {slanted ? italic : regular, false, heavy},
                                           {regular, slanted, heavy}}};
    for (const Attempt& attempt : attempts) {
        const auto& file = family.styles[attempt.style];
        if (!file) continue;
        return {opened(*file), attempt.slant ? synthetic_slant : 0,
                attempt.embolden ? synthetic_stroke : 0, false};
    }
    return {};
}

}  // namespace

struct FontMap::State {
    std::map<std::string, Family, std::less<>> families;
    std::map<std::string, std::string, std::less<>> aliases;
    std::map<std::string, std::string, std::less<>> generics;
    std::vector<const Family*> fallbacks;

    const Family* family(std::string_view name) const {
        std::string wanted = key(name);
        if (const auto alias = aliases.find(wanted); alias != aliases.end()) wanted = alias->second;
        const auto found = families.find(wanted);
        return found == families.end() ? nullptr : &found->second;
    }
    /// First known family of a list "A, B".
    const Family* first_of(std::string_view list) const {
        while (!list.empty()) {
            const auto cut = list.find_first_of(",;");
            if (const Family* found = family(list.substr(0, cut))) return found;
            if (cut == list.npos) break;
            list.remove_prefix(cut + 1);
        }
        return nullptr;
    }
};

FontMap::FontMap(std::unique_ptr<State> state) : state_(std::move(state)) {}
FontMap::FontMap(FontMap&&) noexcept = default;
FontMap& FontMap::operator=(FontMap&&) noexcept = default;
FontMap::~FontMap() = default;

FontMap FontMap::load(const std::filesystem::path& map_file) {
    const Bytes content = read_file(map_file, 1u << 20);
    auto state = std::make_unique<State>();
    int number = 0;
    const auto fail = [&](const std::string& problem) {
        throw Error(ErrorKind::malformed_input, problem, {map_file.string(), number, 0, {}},
                    "see the format in src/text/font_map.hpp");
    };
    const auto known = [&](std::string_view name) -> std::string {
        std::string wanted = key(name);
        if (!state->families.contains(wanted))
            fail("unknown family '" + std::string(name) + "' (its face lines must stand above)");
        return wanted;
    };
    std::string_view rest = content;
    while (!rest.empty()) {
        ++number;
        const auto end = rest.find('\n');
        std::string_view line = rest.substr(0, end);
        rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
        line = line.substr(0, line.find('#'));
        if (trimmed(line).empty()) continue;
        const auto space = line.find(' ');
        const std::string_view verb = line.substr(0, space);
        const auto parts = fields(space == line.npos ? "" : line.substr(space + 1));
        if (verb == "face" && parts.size() == 4) {
            const auto style = std::find(style_names.begin(), style_names.end(), parts[1]);
            if (style == style_names.end()) fail("unknown style '" + std::string(parts[1]) + "'");
            auto& slot = state->families[key(parts[0])]
                             .styles[static_cast<std::size_t>(style - style_names.begin())];
            if (slot) fail("this face stands twice in the map");
            slot = std::make_unique<FontFile>();
            slot->path = std::filesystem::path(parts[2]);
            try {
                slot->fingerprint = Sha256::from_hex(parts[3]);
            } catch (const Error&) {
                fail("'" + std::string(parts[3]) + "' is not a SHA-256");
            }
        } else if (verb == "alias" && parts.size() == 2) {
            state->aliases[key(parts[0])] = known(parts[1]);
        } else if (verb == "generic" && parts.size() == 2) {
            state->generics[key(parts[0])] = known(parts[1]);
        } else if (verb == "fallback" && parts.size() == 1) {
            state->fallbacks.push_back(&state->families.find(known(parts[0]))->second);
        } else {
            fail("unknown line '" + std::string(trimmed(line)) + "'");
        }
    }
    if (!state->generics.contains("default")) fail("the line 'generic default | …' is missing");
    return FontMap(std::move(state));
}

FontChoice FontMap::find(std::string_view name, int weight, bool slanted,
                         std::string_view generic) const {
    if (const Family* family = state_->first_of(name)) return choose(*family, weight, slanted);
    auto stand_in = state_->generics.find(generic);
    if (stand_in == state_->generics.end()) stand_in = state_->generics.find("default");
    FontChoice choice = choose(*state_->family(stand_in->second), weight, slanted);
    choice.substituted = true;
    return choice;
}

FontChoice FontMap::fallback(char32_t code_point, int weight, bool slanted) const {
    for (const Family* family : state_->fallbacks) {
        const FontChoice choice = choose(*family, weight, slanted);
        if (choice.face && choice.face->glyph(code_point) != 0) return choice;
    }
    return {};
}

bool FontMap::knows(std::string_view family) const {
    return state_->first_of(family) != nullptr;
}

}  // namespace paraphe::text
