#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "text/face.hpp"

/// Which font file serves a family name. In: `fonts/fonts.map`. fontconfig is never asked, so that
/// a document looks the same everywhere.
namespace paraphe::text {

/// A face, and what must be done to it where the family has no such style.
struct FontChoice {
    FacePtr face;
    double slant = 0;          ///< horizontal shear of a synthetic italic (tan of the angle)
    double embolden = 0;       ///< stroke width of a synthetic bold, in em
    bool substituted = false;  ///< the map does not know the family: a default stands in
};

/// Immutable after load(); faces are opened on first use and then shared. Safe for several threads.
class FontMap {
public:
    /// Lines of the map, fields parted by " | " ('#' starts a comment):
    ///   face FAMILY | regular, bold, italic or bold-italic | FILE | SHA-256
    ///   alias NAME | FAMILY
    ///   generic roman, swiss, modern or default | FAMILY
    ///   fallback FAMILY          (asked in this order for a character that a font lacks)
    /// Throws Error{malformed_input} with file and line, Error{not_found} without the map.
    static FontMap load(const std::filesystem::path& map_file);

    FontMap(FontMap&&) noexcept;
    FontMap& operator=(FontMap&&) noexcept;
    ~FontMap();

    /// `family` as a document names it: quotes and a list ("A, B") are understood, case is not
    /// regarded. An unknown family gives the one of `generic` ("roman", "swiss", "modern").
    /// Throws Error{not_found, "missing_font"} when the file is absent, naming the Debian way to
    /// get it, and Error{conflict, "font_changed"} when it is not the file of the map.
    FontChoice find(std::string_view family, int weight, bool italic,
                    std::string_view generic = {}) const;

    /// The first fallback family with a glyph for the character; a null face when none has one.
    FontChoice fallback(char32_t, int weight, bool italic) const;

    bool knows(std::string_view family) const;

private:
    struct State;
    explicit FontMap(std::unique_ptr<State>);
    std::unique_ptr<State> state_;
};

}  // namespace paraphe::text
