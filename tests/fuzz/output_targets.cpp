#include "base/file.hpp"
#include "fuzz/fuzz.hpp"
#include "fuzz/seeds.hpp"
#include "layout/fragment.hpp"
#include "layout/layout.hpp"
#include "layout/metafile.hpp"
#include "layout/shaping.hpp"
#include "layout/wmf_bytes.hpp"
#include "odf/odf.hpp"
#include "pdf/fingerprint.hpp"
#include "pdf/pdf.hpp"
#include "pdf/picture.hpp"

namespace paraphe::fuzz {

namespace {

const text::FontMap& fonts() {
    // Never destroyed: FreeType's library ends before static objects do.
    static const auto& map =
        *new text::FontMap(text::FontMap::load(PARAPHE_SOURCE_DIR "/fonts/fonts.map"));
    return map;
}

layout::Pages set(std::string_view octets) {
    layout::Options options;
    options.created = "2026-11-25T12:00:00Z";
    return layout::layout(odf::read(octets, "fuzz.fodt"), fonts(), options);
}

}  // namespace

Bytes small_pdf(bool object_streams) {
    const layout::Pages pages = set(rich_document());
    pdf::FontCache cache;
    return pdf::write(pages, cache, {.object_streams = object_streams, .attachments = {}});
}

namespace {

void read_layout(std::string_view octets) {
    set(octets);
}

/// What layout lets through, the writer must be able to write and the reader to read.
void read_rendered(std::string_view octets) {
    const layout::Pages pages = set(octets);
    if (pages.pages.size() > 20) return;
    pdf::FontCache cache;
    pdf::File::read(pdf::write(pages, cache), "fuzz.pdf");
    layout::dump(pages);
    pdf::svg(pages, 0);
}

void read_pdf(std::string_view octets) {
    pdf::Limits limits;
    limits.objects = 20'000;
    pdf::check_conformance(pdf::File::read(Bytes(octets), "fuzz.pdf", limits));
}

/// As content of a page, as metadata and as character map of a font in a sound file: what mutations
/// of a whole file seldom reach.
void check_pdf_part(std::string_view octets) {
    static const auto& base = *new pdf::File(pdf::File::read(small_pdf(false), "seed.pdf"));
    pdf::Update update(base);
    auto page = update.dictionary(base.page(0));
    page["Contents"] = pdf::reference(update.add_stream({}, octets));
    if (const auto resources = base.entry(base.page(0), "Resources")) {
        auto own = resources->dictionary;
        own["Font"] = "<</F1<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/ToUnicode " +
                      pdf::reference(update.add_stream({}, octets)) + ">>>>";
        page["Resources"] = pdf::to_syntax(own);
    }
    update.set(base.page(0), page);
    auto catalog = update.dictionary(base.catalog());
    catalog["Metadata"] =
        pdf::reference(update.add_stream({{"Type", "/Metadata"}, {"Subtype", "/XML"}}, octets));
    update.set(base.catalog(), catalog);
    const auto file = pdf::File::read(update.finish().bytes, "fuzz.pdf");
    pdf::check_conformance(file);
    pdf::read_fingerprint(file);
}

std::vector<std::string> pdf_parts() {
    const Bytes file = small_pdf(false);
    const std::size_t begin = file.find("<?xpacket begin");
    return {
        file.substr(begin, file.find("<?xpacket end") - begin),
        "q /P <</MCID 0>> BDC BT /F1 9 Tf 3 Tr [(a\\(\\051) -9 <00410042>] TJ T* (x) ' ET EMC "
        "/Artifact <</Type/Layout>> BDC 0 0 9 9 re f* EMC Q",
        "/Span /MC0 BDC BI /W 1 /H 1 /CS /RGB ID abc EI EMC /Fm0 Do /GS0 gs /Cs1 cs 1 0 0 rg",
        "/CIDInit /ProcSet findresource begin begincmap 2 beginbfchar <0001> <0041> <0002> "
        "<D83DDE00> endbfchar 2 beginbfrange <0003> <0009> <0043> <0010> <0011> [<0061> <0062>] "
        "endbfrange endcmap"};
}

void read_picture(std::string_view octets) {
    layout::Picture picture;
    picture.bytes = std::make_shared<const Bytes>(octets);
    picture.media_type = octets.starts_with("\xff") ? "image/jpeg" : "image/png";
    pdf::decode(picture);
}

std::vector<std::string> pictures() {
    return {
        pdf::png(set(rich_document()), 0, 10),
        from_base64("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
                    "awAAAABJRU5ErkJggg=="),
        std::string("\xff\xd8\xff\xc0\0\x0b\x08\0\x10\0\x10\1\1\x11\0\xff\xd9", 17)};
}

/// A metafile, placed on a page.
void read_metafile(std::string_view octets) {
    const auto drawing = layout::read_metafile(octets);
    if (!drawing) return;
    layout::ShapingCache shapes(fonts());
    layout::Shaper shaper(shapes, nullptr, layout::Settings());
    layout::Fragment out;
    layout::place(*drawing, {{}, {}, Length::from_points(100), Length::from_points(50)}, {}, shaper,
                  out);
    layout::unprintable(*drawing, fonts());
}

std::vector<std::string> metafiles() {
    using namespace layout::testing;
    return {svm({font("Arial", 100, 8, 900, 50), record(137, 1, map_mode(13, {1, 2, 3, 4, 5, 6})),
                 words({1, 2}, u"a\x301\x5D0b", {10, 20, 30, 40}), record(139, 1, u16(0xFFFF)),
                 record(111, 2,
                        u16(1) + points({0, 0, 9, 0, 9, 9, 0, 9}) + u16(1) + u16(0) +
                            versioned(1, points({0, 0, 9, 0, 9, 9, 0, 9}) + u8(1) + u8(0) + u8(2) +
                                             u8(2) + u8(0))),
                 record(140, 1), record(104, 1, i32s({0, 0, 90, 90, 9, 9})),
                 record(107, 1, i32s({0, 0, 90, 90, 1, 1, 50, 0})),
                 record(130, 1,
                        versioned(2, u16(2) + u16(3) + u16(0) + i32s({5, 15}) + u16(1) +
                                         i32s({20, 30}) + u16(2) + u8(0))),
                 record(147, 1, svm({record(103, 1, i32s({0, 0, 9, 9}))}))}),
            wmf({u16s(0x02FA, {1, 4, 0, 0xFF, 0}), u16s(0x02FC, {2, 0xFF, 0xFF, 0}),
                 u16s(0x012D, {0}), u16s(0x001E, {}), u16s(0x012D, {1}),
                 u16s(0x0538, {2, 3, 3, 0, 0, 9, 0, 9, 9, 1, 1, 2, 1, 2, 2}), u16s(0x0127, {-1}),
                 u16s(0x02FB, {-12, 0, 900, 900, 700, 1, 0, 0, 0x2200}) + "Arial\0",
                 u16s(0x012E, {30}), u16s(0x0A32, {50, 20, 2, 0}) + "ab" + u16(6) + u16(7),
                 u16s(0x0F43, {0x20, 0xCC, 0, 1, 1, 0, 0, 9, 9, 0, 0}) + i32s({40, 1, 1}) + u16(1) +
                     u16(24) + i32s({0, 0, 0, 0, 0, 0, 0})}),
            i32s({1, 88, 0, 0, 199, 99, 0, 0, 2000, 1000}) + " EMF" +
                i32s({0x10000, 0, 0, 1, 0, 0, 0, 1000, 1000, 100, 100}) + i32s({59, 8}) +
                i32s({27, 16, 1, 2}) + i32s({54, 16, 9, 9}) + i32s({60, 8}) +
                i32s({63, 24, 0, 0, 9, 9}) + i32s({37, 12, 0x80000005}) +
                i32s({43, 24, 0, 0, 9, 9}) + i32s({14, 20, 0, 0, 20})};
}

std::vector<std::string> pdfs() {
    return {small_pdf(true), small_pdf(false)};
}

}  // namespace

const std::vector<Target>& output_targets() {
    static const std::vector<Target> all{
        {"layout", read_layout, {".fodt"}, rich_documents, 20'000},
        {"rendered", read_rendered, {}, rich_documents, 20'000},
        {"pdf", read_pdf, {}, pdfs},
        {"pdf-part", check_pdf_part, {}, pdf_parts},
        {"picture", read_picture, {}, pictures},
        {"metafile", read_metafile, {}, metafiles},
    };
    return all;
}

}  // namespace paraphe::fuzz
