#include "text/shaping.hpp"

#include <hb.h>

#include <algorithm>
#include <cstdio>
#include <memory>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "text/opentype_face.hpp"

namespace paraphe::text {
namespace {

struct BufferDeleter {
    void operator()(hb_buffer_t* buffer) const { hb_buffer_destroy(buffer); }
};

/// One buffer a thread: HarfBuzz keeps its memory between runs.
hb_buffer_t* buffer() {
    thread_local const std::unique_ptr<hb_buffer_t, BufferDeleter> instance(hb_buffer_create());
    hb_buffer_clear_contents(instance.get());
    return instance.get();
}

std::vector<ShapedGlyph> shape_range(const Face& face, std::string_view text, std::uint32_t begin,
                                     std::uint32_t end, const ShapingOptions& options) {
    hb_buffer_t* run = buffer();
    hb_buffer_add_utf8(run, text.data(), static_cast<int>(text.size()), begin,
                       static_cast<int>(end - begin));
    if (options.script != 0) hb_buffer_set_script(run, hb_script_from_iso15924_tag(options.script));
    hb_buffer_set_direction(run, options.right_to_left ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    if (!options.language.empty())
        hb_buffer_set_language(run,
                               hb_language_from_string(options.language.data(),
                                                       static_cast<int>(options.language.size())));
    hb_buffer_guess_segment_properties(run);
    hb_buffer_set_cluster_level(run, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_GRAPHEMES);

    hb_feature_t off[2];
    unsigned count = 0;
    if (!options.kerning)
        off[count++] = {HB_TAG('k', 'e', 'r', 'n'), 0, HB_FEATURE_GLOBAL_START,
                        HB_FEATURE_GLOBAL_END};
    if (!options.ligatures)
        off[count++] = {HB_TAG('l', 'i', 'g', 'a'), 0, HB_FEATURE_GLOBAL_START,
                        HB_FEATURE_GLOBAL_END};
    hb_shape(harfbuzz_font(face), run, off, count);

    unsigned length = 0;
    const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(run, &length);
    const hb_glyph_position_t* positions = hb_buffer_get_glyph_positions(run, nullptr);
    std::vector<ShapedGlyph> out(length);
    for (unsigned i = 0; i < length; ++i)
        out[i] = {static_cast<GlyphId>(infos[i].codepoint), infos[i].cluster,
                  positions[i].x_advance, positions[i].x_offset, positions[i].y_offset};
    return out;
}

/// Octet ranges of the clusters that came out without a glyph, in logical order, joined.
struct Gap {
    std::uint32_t begin, end;
};
std::vector<Gap> gaps(const std::vector<ShapedGlyph>& glyphs, std::uint32_t end,
                      bool right_to_left) {
    std::vector<Gap> out;
    const std::size_t count = glyphs.size();
    for (std::size_t n = 0; n < count; ++n) {
        const std::size_t i = right_to_left ? count - 1 - n : n;
        if (glyphs[i].id != 0) continue;
        std::uint32_t next = end;
        for (std::size_t m = n + 1; m < count; ++m) {
            const std::size_t j = right_to_left ? count - 1 - m : m;
            if (glyphs[j].cluster > glyphs[i].cluster) {
                next = glyphs[j].cluster;
                break;
            }
        }
        if (!out.empty() && glyphs[i].cluster <= out.back().end)
            out.back().end = std::max(out.back().end, next);
        else
            out.push_back({glyphs[i].cluster, next});
    }
    return out;
}

[[noreturn]] void refuse(char32_t code_point) {
    char code[16];
    std::snprintf(code, sizeof code, "U+%04X", static_cast<unsigned>(code_point));
    throw Error(
        ErrorKind::malformed_input,
        "no font has the character " + std::string(code) + " '" + utf8::encode(code_point) + "'",
        {}, "replace the character, or add a font that has it to fonts/fonts.map", "missing_glyph");
}

/// Fills one gap with fallback faces, a face at a time from its first character on. A no-break
/// hyphen is a hyphen of the same font, as in Writer.
void fill(const FontMap& fonts, const FontChoice& font, std::string_view text, Gap gap,
          const ShapingOptions& options, std::vector<ShapedPiece>& out) {
    constexpr char32_t no_break_hyphen = 0x2011;
    while (gap.begin < gap.end) {
        const auto [first, length] = utf8::decode(text, gap.begin);
        if (first == no_break_hyphen && font.face->glyph('-') != 0) {
            const std::uint32_t end = gap.begin + static_cast<std::uint32_t>(length);
            auto hyphen = shape_range(*font.face, "-", 0, 1, options);
            for (ShapedGlyph& glyph : hyphen)
                glyph.cluster = gap.begin;
            out.push_back({font, gap.begin, end, std::move(hyphen)});
            gap.begin = end;
            continue;
        }
        const FontChoice choice = fonts.fallback(first, options.weight, options.italic);
        if (!choice.face) refuse(first);
        auto glyphs = shape_range(*choice.face, text, gap.begin, gap.end, options);
        const auto missing = gaps(glyphs, gap.end, options.right_to_left);
        std::uint32_t covered = missing.empty() ? gap.end : missing.front().begin;
        if (covered == gap.begin) refuse(first);
        if (covered != gap.end)
            glyphs = shape_range(*choice.face, text, gap.begin, covered, options);
        out.push_back({choice, gap.begin, covered, std::move(glyphs)});
        gap.begin = covered;
    }
}

/// The time that HarfBuzz takes grows with the square of a letter's marks. No language needs more
/// than 30 (UAX #15, Stream-Safe Text Format).
void check_marks(std::string_view text) {
    constexpr int most = 30;
    int marks = 0;
    for (std::size_t at = 0; at < text.size();) {
        const utf8::Decoded one = utf8::decode(text, at);
        at += one.length;
        const auto category =
            one.code_point < 0x300
                ? HB_UNICODE_GENERAL_CATEGORY_OTHER_LETTER
                : hb_unicode_general_category(hb_unicode_funcs_get_default(), one.code_point);
        const bool mark = category == HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK ||
                          category == HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK;
        marks = mark ? marks + 1 : 0;
        if (marks > most)
            throw Error(ErrorKind::malformed_input,
                        "a letter carries more than " + std::to_string(most) + " marks", {},
                        "remove the marks", "too_many_marks");
    }
}

}  // namespace

std::vector<ShapedPiece> shape(const FontMap& fonts, const FontChoice& font, std::string_view text,
                               const ShapingOptions& options) {
    std::vector<ShapedPiece> out;
    if (text.empty()) return out;
    check_marks(text);
    const auto size = static_cast<std::uint32_t>(text.size());
    auto glyphs = shape_range(*font.face, text, 0, size, options);
    const auto missing = gaps(glyphs, size, options.right_to_left);
    if (missing.empty()) {
        out.push_back({font, 0, size, std::move(glyphs)});
        return out;
    }
    std::uint32_t at = 0;
    for (const Gap& gap : missing) {
        if (at < gap.begin)
            out.push_back(
                {font, at, gap.begin, shape_range(*font.face, text, at, gap.begin, options)});
        fill(fonts, font, text, gap, options, out);
        at = gap.end;
    }
    if (at < size)
        out.push_back({font, at, size, shape_range(*font.face, text, at, size, options)});
    return out;
}

}  // namespace paraphe::text
