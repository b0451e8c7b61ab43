#include "pdf/font.hpp"

#include <cstdio>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "pdf/syntax.hpp"

namespace paraphe::pdf {

namespace {

void append_hex16(std::string& out, unsigned value) {
    constexpr char digits[] = "0123456789ABCDEF";
    for (int shift = 12; shift >= 0; shift -= 4)
        out += digits[value >> shift & 15];
}

/// Code points that no glyph may extract to (ISO 14289-1 §7.21.7).
char32_t extractable(char32_t code_point) {
    return code_point == 0 || code_point == 0xFEFF || code_point == 0xFFFE ? 0xFFFD : code_point;
}

}  // namespace

UsedFont::UsedFont(text::FacePtr face) : face_(std::move(face)), slots_(face_->glyph_count()) {
    // Glyphs that stand for several characters extract to the common one, whichever comes first:
    // every French amount has no-break spaces, which share the glyph of the space.
    for (const char32_t common : {U' ', U'-'}) {
        const text::GlyphId glyph = face_->glyph(common);
        if (glyph != 0 && glyph < slots_.size()) slots_[glyph].text = common;
    }
}

void UsedFont::refuse(text::GlyphId id) const {
    throw Error(ErrorKind::internal,
                id == 0 ? "glyph 0 (missing character) of " + face_->postscript_name()
                        : "no glyph " + std::to_string(id) + " in " + face_->postscript_name());
}

void UsedFont::first_use(Slot& slot, text::GlyphId id) {
    slot.used = true;
    const std::int64_t upem = face_->metrics().units_per_em;
    slot.width =
        static_cast<std::int32_t>((std::int64_t{face_->advance(id)} * 1'000'000 + upem / 2) / upem);
}

std::vector<text::GlyphId> UsedFont::glyphs() const {
    std::vector<text::GlyphId> out;
    for (std::size_t id = 0; id < slots_.size(); ++id) {
        if (slots_[id].used) out.push_back(static_cast<text::GlyphId>(id));
    }
    return out;
}

bool UsedFont::extracts_to(text::GlyphId id, std::u32string_view wanted) {
    char32_t& text = slots_[id].text;
    if (text == 0) {
        text = ligature + static_cast<char32_t>(ligatures_.size());
        ligatures_.emplace_back(wanted);
        return true;
    }
    return text >= ligature && ligatures_[text - ligature] == wanted;
}

std::u32string UsedFont::text(text::GlyphId id) const {
    const char32_t text = slots_[id].text;
    return text >= ligature ? ligatures_[text - ligature] : std::u32string(1, text);
}

std::string UsedFont::key() const {
    std::string out(face_->fingerprint().bytes());
    for (const text::GlyphId id : glyphs()) {
        const std::u32string said = text(id);
        for (const unsigned part :
             {unsigned{id} >> 8, unsigned{id} & 255, static_cast<unsigned>(said.size() & 255)}) {
            out += static_cast<char>(part);
        }
        out += utf8::from_utf32(said);
    }
    return out;
}

std::string UsedFont::widths() const {
    std::string out = "[";
    int previous = -2;
    for (const int id : glyphs()) {
        if (id != previous + 1) {
            if (previous >= 0) out += ']';
            out += std::to_string(id);
            out += '[';
        } else {
            out += ' ';
        }
        append_number(out, slots_[static_cast<std::size_t>(id)].width / 1000.0);
        previous = id;
    }
    if (previous >= 0) out += ']';
    out += ']';
    return out;
}

std::string UsedFont::to_unicode() const {
    std::string out =
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";
    const auto used = glyphs();
    constexpr std::size_t block = 100;  // most entries that a CMap section may have
    for (std::size_t at = 0; at < used.size(); at += block) {
        const std::size_t end = std::min(at + block, used.size());
        out += std::to_string(end - at) + " beginbfchar\n";
        for (std::size_t i = at; i < end; ++i) {
            out += '<';
            append_hex16(out, used[i]);
            out += "> <";
            for (char32_t c : text(used[i])) {
                c = extractable(c);
                if (c >= 0x10000) {
                    append_hex16(out, 0xD800 + ((c - 0x10000) >> 10));
                    append_hex16(out, 0xDC00 + ((c - 0x10000) & 0x3FF));
                } else {
                    append_hex16(out, c);
                }
            }
            out += ">\n";
        }
        out += "endbfchar\n";
    }
    out += "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
    return out;
}

void write_font(Objects& objects, int number, const EmbeddedFont& font) {
    const int program = objects.add_raw_stream(
        font.is_cff ? "/Subtype/CIDFontType0C/Filter/FlateDecode"
                    : "/Length1 " + std::to_string(font.program_size) + "/Filter/FlateDecode",
        font.program);
    const int descriptor =
        objects.add("<</Type/FontDescriptor/FontName" + font.base_font + font.descriptor +
                    (font.is_cff ? "/FontFile3 " : "/FontFile2 ") + reference(program) + ">>");
    const int descendant =
        objects.add(std::string("<</Type/Font/Subtype/") +
                    (font.is_cff ? "CIDFontType0" : "CIDFontType2/CIDToGIDMap/Identity") +
                    "/BaseFont" + font.base_font +
                    "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 0/W" +
                    font.widths + "/FontDescriptor " + reference(descriptor) + ">>");
    const int to_unicode = objects.add_raw_stream("/Filter/FlateDecode", font.to_unicode);
    objects.put(number, "<</Type/Font/Subtype/Type0/BaseFont" + font.base_font +
                            "/Encoding/Identity-H/DescendantFonts[" + reference(descendant) +
                            "]/ToUnicode " + reference(to_unicode) + ">>");
}

}  // namespace paraphe::pdf
