#include "text/opentype_face.hpp"

#include <ft2build.h>
#include <hb-ot.h>

#include <mutex>
#include <vector>
#include FT_FREETYPE_H
#include FT_TRUETYPE_TABLES_H

#include "base/error.hpp"

namespace paraphe::text {
namespace {

struct FontDeleter {
    void operator()(hb_font_t* font) const { hb_font_destroy(font); }
};
struct LibraryDeleter {
    void operator()(FT_Library library) const { FT_Done_FreeType(library); }
};

/// FreeType's library object is not safe for several threads: opening and closing faces is guarded.
struct FreeType {
    std::mutex mutex;
    std::unique_ptr<FT_LibraryRec_, LibraryDeleter> library;

    FreeType() {
        FT_Library raw = nullptr;
        if (FT_Init_FreeType(&raw) != 0)
            throw Error(ErrorKind::internal, "FreeType does not start");
        library.reset(raw);
    }
};

/// Every face holds the library: faces in static objects may outlive this one.
std::shared_ptr<FreeType> freetype() {
    static const auto instance = std::make_shared<FreeType>();
    return instance;
}

class OpenTypeFace final : public Face {
public:
    OpenTypeFace(Bytes data, const Sha256& fingerprint, const std::filesystem::path& source)
        : data_(std::move(data)), fingerprint_(fingerprint) {
        const std::lock_guard lock(library_->mutex);
        if (FT_New_Memory_Face(library_->library.get(),
                               reinterpret_cast<const FT_Byte*>(data_.data()),
                               static_cast<FT_Long>(data_.size()), 0, &ft_) != 0)
            throw Error(ErrorKind::malformed_input, "not a font file", {source.string(), 0, 0, {}});
        if (!FT_IS_SCALABLE(ft_) || !FT_IS_SFNT(ft_)) {
            FT_Done_Face(ft_);
            throw Error(ErrorKind::malformed_input, "not an OpenType font with outlines",
                        {source.string(), 0, 0, {}});
        }
        family_ = ft_->family_name == nullptr ? "" : ft_->family_name;
        const char* name = FT_Get_Postscript_Name(ft_);
        postscript_name_ = name == nullptr ? family_ : name;
        read_metrics();

        hb_blob_t* blob = hb_blob_create(data_.data(), static_cast<unsigned>(data_.size()),
                                         HB_MEMORY_MODE_READONLY, nullptr, nullptr);
        hb_face_t* face = hb_face_create(blob, 0);
        hb_blob_destroy(blob);
        glyph_count_ = hb_face_get_glyph_count(face);
        hb_blob_t* cff = hb_face_reference_table(face, HB_TAG('C', 'F', 'F', ' '));
        is_cff_ = hb_blob_get_length(cff) > 0;
        hb_blob_destroy(cff);
        font_.reset(hb_font_create(face));
        hb_face_destroy(face);
        hb_ot_font_set_funcs(font_.get());
        hb_font_set_scale(font_.get(), metrics_.units_per_em, metrics_.units_per_em);
        hb_font_make_immutable(font_.get());

        advances_.resize(glyph_count_);
        for (unsigned id = 0; id < glyph_count_; ++id)
            advances_[id] = hb_font_get_glyph_h_advance(font_.get(), id);
    }
    OpenTypeFace(const OpenTypeFace&) = delete;
    OpenTypeFace& operator=(const OpenTypeFace&) = delete;
    ~OpenTypeFace() override {
        const std::lock_guard lock(library_->mutex);
        FT_Done_Face(ft_);
    }

    const std::string& family() const override { return family_; }
    const std::string& postscript_name() const override { return postscript_name_; }
    const FaceMetrics& metrics() const override { return metrics_; }
    ByteView data() const override { return data_; }
    const Sha256& fingerprint() const override { return fingerprint_; }
    bool is_cff() const override { return is_cff_; }
    unsigned glyph_count() const override { return glyph_count_; }
    int advance(GlyphId id) const override { return id < glyph_count_ ? advances_[id] : 0; }
    GlyphInk ink(GlyphId id) const override {
        hb_glyph_extents_t extents;
        if (!hb_font_get_glyph_extents(font_.get(), id, &extents)) return {};
        return {extents.y_bearing + extents.height, extents.y_bearing};
    }
    GlyphId glyph(char32_t code_point) const override {
        hb_codepoint_t id = 0;
        if (!hb_font_get_nominal_glyph(font_.get(), code_point, &id)) return 0;
        return static_cast<GlyphId>(id);
    }
    void* freetype_face() const override { return ft_; }
    hb_font_t* harfbuzz() const { return font_.get(); }

private:
    void read_metrics() {
        FaceMetrics& m = metrics_;
        m.units_per_em = ft_->units_per_EM;
        m.ascent = ft_->ascender;
        m.descent = ft_->descender;
        m.line_gap = ft_->height - (ft_->ascender - ft_->descender);
        m.bbox[0] = static_cast<int>(ft_->bbox.xMin);
        m.bbox[1] = static_cast<int>(ft_->bbox.yMin);
        m.bbox[2] = static_cast<int>(ft_->bbox.xMax);
        m.bbox[3] = static_cast<int>(ft_->bbox.yMax);
        m.underline_position = ft_->underline_position;
        m.underline_thickness = ft_->underline_thickness;
        m.fixed_pitch = FT_IS_FIXED_WIDTH(ft_);
        if (const auto* hhea =
                static_cast<const TT_HoriHeader*>(FT_Get_Sfnt_Table(ft_, FT_SFNT_HHEA));
            hhea != nullptr && (hhea->Ascender != 0 || hhea->Descender != 0)) {
            m.ascent = hhea->Ascender;
            m.descent = hhea->Descender;
            m.line_gap = hhea->Line_Gap;
        }
        if (const auto* os2 = static_cast<const TT_OS2*>(FT_Get_Sfnt_Table(ft_, FT_SFNT_OS2));
            os2 != nullptr && os2->version != 0xFFFF) {
            m.weight = os2->usWeightClass;
            m.strikeout_position = os2->yStrikeoutPosition;
            m.strikeout_thickness = os2->yStrikeoutSize;
            if (os2->version >= 2) {
                m.cap_height = os2->sCapHeight;
                m.x_height = os2->sxHeight;
            }
        }
        if (const auto* post =
                static_cast<const TT_Postscript*>(FT_Get_Sfnt_Table(ft_, FT_SFNT_POST));
            post != nullptr)
            m.italic_angle = static_cast<double>(post->italicAngle) / 65536;
        // Old fonts lack these; the proportions are those of Liberation Sans.
        if (m.cap_height == 0) m.cap_height = m.units_per_em * 7 / 10;
        if (m.x_height == 0) m.x_height = m.units_per_em / 2;
        if (m.underline_thickness == 0) m.underline_thickness = m.units_per_em / 20;
        if (m.underline_position == 0) m.underline_position = -m.units_per_em / 10;
        if (m.strikeout_thickness == 0) m.strikeout_thickness = m.underline_thickness;
        if (m.strikeout_position == 0) m.strikeout_position = m.x_height / 2;
    }

    std::shared_ptr<FreeType> library_ = freetype();
    Bytes data_;
    Sha256 fingerprint_;
    std::string family_, postscript_name_;
    FaceMetrics metrics_;
    bool is_cff_ = false;
    unsigned glyph_count_ = 0;
    std::vector<int> advances_;
    FT_Face ft_ = nullptr;
    std::unique_ptr<hb_font_t, FontDeleter> font_;
};

}  // namespace

hb_font_t* harfbuzz_font(const Face& face) {
    return static_cast<const OpenTypeFace&>(face).harfbuzz();
}

FacePtr open_face(Bytes data, const Sha256& fingerprint, const std::filesystem::path& source) {
    return std::make_shared<const OpenTypeFace>(std::move(data), fingerprint, source);
}

}  // namespace paraphe::text
