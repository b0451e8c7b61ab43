#include <hb-ot.h>
#include <hb-subset.h>
#include <hb.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>

#include "base/error.hpp"
#include "base/recent_cache.hpp"
#include "pdf/deflate.hpp"
#include "pdf/font.hpp"
#include "pdf/font_cache.hpp"
#include "pdf/hash.hpp"
#include "pdf/syntax.hpp"

namespace paraphe::pdf {

namespace {

struct BlobDeleter {
    void operator()(hb_blob_t* blob) const { hb_blob_destroy(blob); }
};
struct FaceDeleter {
    void operator()(hb_face_t* face) const { hb_face_destroy(face); }
};
struct InputDeleter {
    void operator()(hb_subset_input_t* input) const { hb_subset_input_destroy(input); }
};
using Blob = std::unique_ptr<hb_blob_t, BlobDeleter>;
using HbFace = std::unique_ptr<hb_face_t, FaceDeleter>;
using Input = std::unique_ptr<hb_subset_input_t, InputDeleter>;

ByteView view(hb_blob_t* blob) {
    unsigned length = 0;
    const char* data = hb_blob_get_data(blob, &length);
    return {data, length};
}

Bytes table(hb_face_t* face, hb_tag_t tag) {
    const Blob blob(hb_face_reference_table(face, tag));
    return Bytes(view(blob.get()));
}

[[noreturn]] void refuse(const text::Face& face, const std::string& problem) {
    throw Error(ErrorKind::malformed_input, "font " + face.postscript_name() + " " + problem, {},
                "choose another font in fonts/", "font_not_embeddable");
}

/// What subsets of a face are made from; may be used by several threads.
struct Source {
    text::FacePtr owner;  ///< of the octets
    HbFace face;
};
using SourcePtr = std::shared_ptr<const Source>;

/// Preparing a face takes as long as some twenty subsets and halves the time of each further one
/// (measured: 2 ms, 0.2 and 0.1 ms). The octets are the same.
constexpr int preparation_pays = 20;

SourcePtr prepared(const Source& source) {
    auto out = std::make_shared<Source>();
    out->owner = source.owner;
    out->face.reset(hb_subset_preprocess(source.face.get()));
    return out;
}

SourcePtr load(const text::FacePtr& face) {
    const ByteView data = face->data();
    const Blob blob(hb_blob_create(data.data(), static_cast<unsigned>(data.size()),
                                   HB_MEMORY_MODE_READONLY, nullptr, nullptr));
    HbFace loaded(hb_face_create(blob.get(), 0));
    for (const hb_tag_t tag :
         {HB_TAG('f', 'v', 'a', 'r'), HB_TAG('C', 'O', 'L', 'R'), HB_TAG('C', 'B', 'D', 'T'),
          HB_TAG('s', 'b', 'i', 'x'), HB_TAG('S', 'V', 'G', ' ')}) {
        if (!table(loaded.get(), tag).empty()) refuse(*face, "is a variable or colour font");
    }
    const Bytes os2 = table(loaded.get(), HB_TAG('O', 'S', '/', '2'));
    // fsType, bits 0 to 3: the value 2 alone means that embedding needs a licence.
    if (os2.size() >= 10 && (os2[9] & 0x0F) == 0x02) refuse(*face, "forbids embedding");
    hb_face_make_immutable(loaded.get());
    auto out = std::make_shared<Source>();
    out->owner = face;
    out->face = std::move(loaded);
    return out;
}

Input subset_input(const std::vector<text::GlyphId>& glyphs) {
    Input input(hb_subset_input_create_or_fail());
    if (!input) throw std::bad_alloc();
    // Retained ids make the content independent of the subset; hinting is a third of the octets.
    hb_subset_input_set_flags(input.get(),
                              HB_SUBSET_FLAGS_RETAIN_GIDS | HB_SUBSET_FLAGS_NO_HINTING);
    hb_set_t* ids = hb_subset_input_glyph_set(input.get());
    for (const text::GlyphId id : glyphs)
        hb_set_add(ids, id);
    hb_set_t* dropped = hb_subset_input_set(input.get(), HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (const char* tag :
         {"GSUB", "GPOS", "GDEF", "kern", "name", "post", "OS/2", "cmap", "DSIG", "BASE",
          "JSTF", "MATH", "STAT", "gasp", "hdmx", "VDMX", "LTSH", "PCLT", "meta", "FFTM",
          "vhea", "vmtx", "VORG", "TSI0", "TSI1", "TSI2", "TSI3", "TSI5", "EBDT", "EBLC",
          "EBSC", "morx", "mort", "feat", "prop", "Silf", "Glat", "Gloc", "Feat", "Sill"}) {
        hb_set_add(dropped, hb_tag_from_string(tag, 4));
    }
    return input;
}

std::string descriptor(const text::Face& face) {
    const text::FaceMetrics& m = face.metrics();
    const auto scaled = [&m](int units) {
        return number(static_cast<double>(units) * 1000 / m.units_per_em, 0);
    };
    int flags = 4;  // symbolic: glyphs are reached by id
    if (m.fixed_pitch) flags |= 1;
    if (m.italic_angle != 0) flags |= 64;
    // No table gives the stem; this is the usual estimate from the weight.
    const double stem = 50 + std::pow(m.weight / 65.0, 2);
    return "/Flags " + std::to_string(flags) + "/FontBBox[" + scaled(m.bbox[0]) + " " +
           scaled(m.bbox[1]) + " " + scaled(m.bbox[2]) + " " + scaled(m.bbox[3]) +
           "]/ItalicAngle " + number(m.italic_angle) + "/Ascent " + scaled(m.ascent) + "/Descent " +
           scaled(-std::abs(m.descent)) + "/CapHeight " +
           scaled(m.cap_height > 0 ? m.cap_height : m.ascent) + "/StemV " + number(stem, 0);
}

/// PostScript names are ASCII without delimiters; a foreign file may think otherwise.
std::string base_font(const text::Face& face, const std::string& key) {
    std::string out;
    for (const char octet : content_hash(key).substr(0, 6)) {
        out += static_cast<char>('A' + static_cast<unsigned char>(octet) % 26);
    }
    return name(out + "+" + face.postscript_name());
}

std::shared_ptr<const EmbeddedFont> make(const Source& source, const UsedFont& used,
                                         const std::string& key) {
    const text::Face& face = used.face();
    const Input input = subset_input(used.glyphs());
    const HbFace subset(hb_subset_or_fail(source.face.get(), input.get()));
    if (!subset) refuse(face, "cannot be reduced to the glyphs in use");
    const Blob file(face.is_cff()
                        ? hb_face_reference_table(subset.get(), HB_TAG('C', 'F', 'F', ' '))
                        : hb_face_reference_blob(subset.get()));
    const ByteView program = view(file.get());
    if (program.empty()) refuse(face, "has no outlines");
    auto out = std::make_shared<EmbeddedFont>();
    out->program = deflate(program);
    out->program_size = program.size();
    out->is_cff = face.is_cff();
    out->base_font = base_font(face, key);
    out->descriptor = descriptor(face);
    out->widths = used.widths();
    out->to_unicode = deflate(used.to_unicode());
    return out;
}

}  // namespace

struct FontCache::State {
    explicit State(std::size_t capacity) : fonts(capacity) {}

    /// What the next subset of the face is made from.
    SourcePtr source_of(const UsedFont& used) {
        const std::lock_guard lock(mutex);
        auto& face = faces[used.face().fingerprint()];
        if (!face.source)
            face.source = load(used.face_pointer());
        else if (++face.subsets == preparation_pays)
            face.source = prepared(*face.source);
        return face.source;
    }

    RecentCache<EmbeddedFont> fonts;

private:
    struct FaceInUse {
        SourcePtr source;
        int subsets = 0;
    };
    std::mutex mutex;
    std::map<Sha256, FaceInUse> faces;
};

FontCache::FontCache(std::size_t capacity) : state_(std::make_unique<State>(capacity)) {}
FontCache::~FontCache() = default;

std::size_t FontCache::hits() const {
    return state_->fonts.hits();
}

std::size_t FontCache::misses() const {
    return state_->fonts.misses();
}

std::shared_ptr<const EmbeddedFont> embed(FontCache::State& cache, const UsedFont& used) {
    const std::string key = used.key();
    return cache.fonts.get(
        key, [&] { return make(*cache.source_of(used), used, key); },
        [](const EmbeddedFont& font) { return font.octets(); });
}

}  // namespace paraphe::pdf
