#include <harfbuzz/hb-ot.h>
#include <harfbuzz/hb.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <map>

#include "base/file.hpp"
#include "pdf/hash.hpp"
#include "test_pages.hpp"

namespace paraphe::test {

using layout::Role;

namespace {

/// A font file read by HarfBuzz alone.
class FileFace final : public text::Face {
public:
    explicit FileFace(const std::string& path) : path_(path), data_(read_file(path)) {
        const Bytes hash = pdf::content_hash(data_);
        std::memcpy(fingerprint_.octets.data(), hash.data(), hash.size());
        hb_blob_t* blob = hb_blob_create(data_.data(), unsigned(data_.size()),
                                         HB_MEMORY_MODE_READONLY, nullptr, nullptr);
        face_ = hb_face_create(blob, 0);
        hb_blob_destroy(blob);
        font_ = hb_font_create(face_);
        char name[200];
        unsigned length = sizeof name;
        hb_ot_name_get_utf8(face_, HB_OT_NAME_ID_POSTSCRIPT_NAME, hb_language_from_string("en", -1),
                            &length, name);
        postscript_name_ = name;
        metrics_.units_per_em = int(hb_face_get_upem(face_));
        hb_font_extents_t extents{};
        hb_font_get_h_extents(font_, &extents);
        metrics_.ascent = extents.ascender;
        metrics_.descent = -extents.descender;
        metrics_.cap_height = metrics_.ascent * 7 / 10;
        metrics_.bbox[1] = extents.descender;
        metrics_.bbox[2] = metrics_.units_per_em;
        metrics_.bbox[3] = extents.ascender;
        hb_blob_t* cff = hb_face_reference_table(face_, HB_TAG('C', 'F', 'F', ' '));
        is_cff_ = hb_blob_get_length(cff) > 0;
        hb_blob_destroy(cff);
    }
    ~FileFace() override {
        hb_font_destroy(font_);
        hb_face_destroy(face_);
    }
    FileFace(const FileFace&) = delete;
    FileFace& operator=(const FileFace&) = delete;

    const std::string& family() const override { return postscript_name_; }
    const std::string& postscript_name() const override { return postscript_name_; }
    const text::FaceMetrics& metrics() const override { return metrics_; }
    ByteView data() const override { return data_; }
    const Sha256& fingerprint() const override { return fingerprint_; }
    bool is_cff() const override { return is_cff_; }
    unsigned glyph_count() const override { return hb_face_get_glyph_count(face_); }
    int advance(text::GlyphId id) const override { return hb_font_get_glyph_h_advance(font_, id); }
    text::GlyphInk ink(text::GlyphId) const override { return {}; }
    text::GlyphId glyph(char32_t c) const override {
        hb_codepoint_t out = 0;
        return hb_font_get_nominal_glyph(font_, c, &out) ? text::GlyphId(out) : text::GlyphId(0);
    }
    void* freetype_face() const override { return nullptr; }
    hb_font_t* font() const { return font_; }

private:
    std::string path_, postscript_name_;
    Bytes data_;
    Sha256 fingerprint_;
    text::FaceMetrics metrics_;
    hb_face_t* face_ = nullptr;
    hb_font_t* font_ = nullptr;
    bool is_cff_ = false;
};

}  // namespace

text::FacePtr face(const std::string& path) {
    static std::map<std::string, text::FacePtr> faces;
    auto& slot = faces[path];
    if (!slot) slot = std::make_shared<FileFace>(path);
    return slot;
}

layout::GlyphRun run(const text::FacePtr& face, std::string_view text, double x, double y,
                     double size, int node, bool right_to_left) {
    layout::GlyphRun out;
    out.face = face;
    out.text = std::string(text);
    out.size = Length::from_points(size);
    out.origin = {Length::from_points(x), Length::from_points(y)};
    out.right_to_left = right_to_left;
    out.mark.node = node;
    hb_buffer_t* buffer = hb_buffer_create();
    hb_buffer_add_utf8(buffer, text.data(), int(text.size()), 0, int(text.size()));
    hb_buffer_set_cluster_level(buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_GRAPHEMES);
    hb_buffer_guess_segment_properties(buffer);
    hb_shape(dynamic_cast<const FileFace&>(*face).font(), buffer, nullptr, 0);
    unsigned count = 0;
    const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t* positions = hb_buffer_get_glyph_positions(buffer, &count);
    const auto scaled = [&](int units) {
        return out.size.scaled(units, face->metrics().units_per_em);
    };
    for (unsigned i = 0; i < count; ++i) {
        out.glyphs.push_back({text::GlyphId(infos[i].codepoint), infos[i].cluster,
                              scaled(positions[i].x_advance), scaled(positions[i].x_offset),
                              -scaled(positions[i].y_offset)});
    }
    hb_buffer_destroy(buffer);
    return out;
}

Rect rect(double x, double y, double width, double height) {
    return {Length::from_points(x), Length::from_points(y), Length::from_points(width),
            Length::from_points(height)};
}

Builder::Builder() {
    pages.nodes.push_back({});
    pages.nodes[0].role = Role::document;
    pages.metadata.title = "Contrat d’accompagnement";
    pages.metadata.author = "Département de la Fictive";
    pages.metadata.subject = "Mesure d’accompagnement social personnalisé";
    pages.metadata.keywords = {"MASP", "contrat"};
    pages.metadata.producer = "paraphe 0.1";
    pages.metadata.created = "2026-03-01T09:30:00Z";
    new_page();
}

int Builder::node(Role role, int parent) {
    const int index = int(pages.nodes.size());
    layout::StructureNode out;
    out.role = role;
    out.parent = parent;
    pages.nodes.push_back(out);
    pages.nodes[std::size_t(parent)].children.push_back(index);
    return index;
}

layout::Page& Builder::page() {
    return pages.pages.back();
}

void Builder::new_page() {
    layout::Page page;
    page.size = {Length::from_millimetres(210), Length::from_millimetres(297)};
    page.label = std::to_string(pages.pages.size() + 1);
    pages.pages.push_back(page);
}

int Builder::text(Role role, const std::string& text, double x, double y, double size, int parent) {
    const int index = node(role, parent);
    const bool heading = role >= Role::h1 && role <= Role::h6;
    page().items.push_back(run(face(heading ? sans_bold : serif), text, x, y, size, index));
    return index;
}

void Builder::artifact(const std::string& text, double x, double y, layout::Artifact kind) {
    auto out = run(face(serif), text, x, y, 8, -1);
    out.mark = {-1, kind};
    page().items.push_back(out);
}

void Builder::rectangle(Rect box, std::optional<Color> fill, std::optional<Color> stroke,
                        layout::Mark mark) {
    using layout::Verb;
    layout::Path path;
    path.verbs = {Verb::move, Verb::line, Verb::line, Verb::line, Verb::close};
    const Length right = box.x + box.width, bottom = box.y + box.height;
    path.points = {{box.x, box.y}, {right, box.y}, {right, bottom}, {box.x, bottom}};
    path.fill = fill;
    path.stroke = stroke;
    path.stroke_width = Length::from_points(0.5);
    path.mark = mark;
    page().items.push_back(path);
}

void Builder::field(const std::string& slot, Rect box) {
    layout::SignatureField field;
    field.slot = slot;
    field.tooltip = "Signature : " + slot;
    field.page = int(pages.pages.size()) - 1;
    field.box = box;
    field.node = node(Role::form);
    pages.fields.push_back(field);
    rectangle(box, std::nullopt, Color{120, 120, 120}, {-1, layout::Artifact::layout});
}

std::shared_ptr<const layout::Picture> png_picture() {
    auto out = std::make_shared<layout::Picture>();
    out->bytes = std::make_shared<const Bytes>(from_base64(
        "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAYAAABytg0kAAAAE0lEQVR4nGP4z8DwHwyBNIhoAABAUgZ77ASTAA"
        "AAAElFTkSuQmCC"));
    out->media_type = "image/png";
    out->width = out->height = 2;
    return out;
}

namespace {

void add_table(Builder& builder) {
    const int table = builder.node(Role::table);
    const int head = builder.node(Role::table_head, table);
    const int head_row = builder.node(Role::table_row, head);
    const layout::Mark grid{-1, layout::Artifact::layout};
    double x = 70;
    for (const char* title : {"Objectif", "Échéance", "Montant"}) {
        const int cell = builder.node(Role::table_header, head_row);
        builder.pages.nodes[std::size_t(cell)].scope = layout::TableScope::column;
        builder.rectangle(rect(x, 300, 150, 18), Color{230, 236, 245}, Color{0, 0, 0}, grid);
        builder.text(Role::p, title, x + 4, 313, 10, cell);
        x += 150;
    }
    const int body = builder.node(Role::table_body, table);
    const int row = builder.node(Role::table_row, body);
    const int wide = builder.node(Role::table_data, row);
    builder.pages.nodes[std::size_t(wide)].column_span = 2;
    builder.text(Role::p, "Régler la dette d’électricité", 74, 331, 10, wide);
    const int amount = builder.node(Role::table_data, row);
    builder.text(Role::p, "1\u202F250,00\u00A0€", 374, 331, 10, amount);
}

void add_list(Builder& builder) {
    const int list = builder.node(Role::list);
    builder.pages.nodes[std::size_t(list)].words.make().list_numbering = "Disc";
    double y = 360;
    for (const char* item : {"Ouvrir un compte ", "Demander l’allocation"}) {
        const int entry = builder.node(Role::list_item, list);
        builder.text(Role::label, "•", 75, y, 11, entry);
        builder.text(Role::list_body, item, 90, y, 11, entry);
        y += 15;
    }
}

void add_link(Builder& builder) {
    const int paragraph = builder.text(Role::p, "Recours : voir ", 70, 420);
    const int link = builder.text(Role::link, "le site", 140, 420, 11, paragraph);
    builder.page().items.push_back(run(face(serif), " du tribunal.", 172, 420, 11, paragraph));
    builder.pages.links.push_back(
        {0, rect(140, 410, 32, 13), "https://exemple.test/é", -1, {}, "Site du tribunal", link});
    const int inner = builder.text(Role::link, "Signatures", 70, 440);
    builder.pages.links.push_back({0,
                                   rect(70, 430, 60, 13),
                                   "",
                                   1,
                                   {Length::from_points(70), Length::from_points(80)},
                                   "Aller aux signatures",
                                   inner});
}

}  // namespace

layout::Pages contract() {
    Builder builder;
    builder.artifact("Département de la Fictive", 70, 40, layout::Artifact::header);
    builder.text(Role::h1, "Contrat d’accompagnement social", 70, 90, 18);
    builder.text(Role::h2, "Article 1 — Objet", 70, 130, 13);
    builder.text(Role::p, "L’œuvre d’utilité publique affecte fièrement les ", 70, 150);
    builder.page().items.push_back(run(face(serif), "bénéficiaires (code C\\42).", 70, 165, 11, 3));
    add_table(builder);
    add_list(builder);
    add_link(builder);
    const int note = builder.node(Role::note);
    builder.text(Role::p, "Note : article L. 271-1 du CASF.", 70, 700, 8, note);
    const int figure = builder.node(Role::figure);
    builder.pages.nodes[std::size_t(figure)].words.make().alternative = "Logo du Département";
    builder.page().items.push_back(layout::Image{png_picture(), rect(480, 60, 40, 40), {figure}});
    builder.artifact("Page 1 sur 2", 280, 820, layout::Artifact::footer);

    builder.new_page();
    builder.artifact("Département de la Fictive", 70, 40, layout::Artifact::header);
    builder.page().items.push_back(run(face(serif), "Suite du même alinéa.", 70, 60, 11, 3));
    builder.text(Role::h2, "Signatures", 70, 90, 13);
    double y = 120;
    for (const char* slot : {"beneficiaire", "association", "departement"}) {
        builder.field(slot, rect(70, y, 200, 60));
        y += 80;
    }
    builder.artifact("Page 2 sur 2", 280, 820, layout::Artifact::footer);
    builder.pages.outline = {
        {"Contrat d’accompagnement social", 1, 0, {Length{}, Length::from_points(70)}},
        {"Article 1 — Objet", 2, 0, {Length{}, Length::from_points(110)}},
        {"Signatures", 2, 1, {Length{}, Length::from_points(70)}},
    };
    return builder.pages;
}

Ran shell(const std::string& command) {
    Ran out;
    FILE* pipe = popen(("{ " + command + "; } 2>&1").c_str(), "r");
    if (!pipe) return {127, "popen failed"};
    std::array<char, 4096> buffer;
    while (const std::size_t count = fread(buffer.data(), 1, buffer.size(), pipe)) {
        out.output.append(buffer.data(), count);
    }
    const int status = pclose(pipe);
    out.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
    return out;
}

bool has_tool(const std::string& name) {
    return shell("command -v " + name).status == 0;
}

std::string scratch(const std::string& name, ByteView bytes) {
    const std::filesystem::path folder = std::filesystem::path(PARAPHE_BINARY_DIR) / "pdf-scratch";
    std::filesystem::create_directories(folder);
    const auto path = folder / name;
    write_file(path, bytes);
    return path.string();
}

}  // namespace paraphe::test
