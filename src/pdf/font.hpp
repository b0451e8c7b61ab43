#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pdf/font_cache.hpp"
#include "pdf/objects.hpp"
#include "text/face.hpp"

namespace paraphe::pdf {

/// The glyphs of one face that one document uses, each with the text that it stands for. Glyph ids
/// are the character codes (Identity-H), so content is written before the subset is made.
class UsedFont {
public:
    explicit UsedFont(text::FacePtr);

    const text::Face& face() const { return *face_; }
    const text::FacePtr& face_pointer() const { return face_; }

    /// Marks the glyph as used and gives its width as /W will have it, in millionths of an em.
    /// Throws Error{internal} for glyph 0 and for a glyph that the face lacks.
    std::int32_t use(text::GlyphId id) {
        if (id == 0 || id >= slots_.size()) refuse(id);
        Slot& slot = slots_[id];
        if (!slot.used) first_use(slot, id);
        return slot.width;
    }
    /// Whether the glyph extracts to this one character, which it does from its first use on. The
    /// first text wins: where the answer is no, the caller writes ActualText. Precondition: used.
    bool extracts_to(text::GlyphId id, char32_t wanted) {
        char32_t& text = slots_[id].text;
        if (text == 0) text = wanted;
        return text == wanted;
    }
    /// The same for a ligature.
    bool extracts_to(text::GlyphId, std::u32string_view wanted);
    /// What it extracts to. Precondition: extracts_to() was asked.
    std::u32string text(text::GlyphId) const;

    /// The set itself, octet by octet: face, glyphs, texts.
    std::string key() const;
    std::vector<text::GlyphId> glyphs() const;  ///< ascending
    std::string widths() const;                 ///< the array /W
    std::string to_unicode() const;             ///< the CMap

private:
    struct Slot {
        char32_t text = 0;  ///< from `ligature` on: an index into ligatures_
        std::int32_t width = 0;
        bool used = false;
    };
    [[noreturn]] void refuse(text::GlyphId) const;
    void first_use(Slot&, text::GlyphId);

    text::FacePtr face_;
    static constexpr char32_t ligature = 0x80000000;
    std::vector<Slot> slots_;  ///< by glyph id
    std::vector<std::u32string> ligatures_;
};

/// A subset, ready to be written into any number of files.
struct EmbeddedFont {
    Bytes program;  ///< compressed
    std::size_t program_size = 0;
    bool is_cff = false;
    std::string base_font;   ///< "/ABCDEF+LiberationSerif"
    std::string descriptor;  ///< entries without the font file
    std::string widths;
    Bytes to_unicode;  ///< compressed

    std::size_t octets() const { return program.size() + widths.size() + to_unicode.size() + 512; }
};

/// From the cache, or made now. Throws Error{malformed_input} for a font that may not be embedded
/// (OS/2 fsType), for a variable or colour font, and when the subset cannot be made.
std::shared_ptr<const EmbeddedFont> embed(FontCache::State&, const UsedFont&);

/// Writes the Type 0 font under `number` with its descendants (ISO 32000-1 §9.7).
void write_font(Objects&, int number, const EmbeddedFont&);

}  // namespace paraphe::pdf
