#include "pdf/writer.hpp"

#include <doctest/doctest.h>

#include <cstdlib>

#include "base/error.hpp"
#include "base/file.hpp"
#include "test_pages.hpp"

using namespace paraphe;
using layout::Role;
using test::Builder;

namespace {

Bytes write(const layout::Pages& pages, const pdf::WriteOptions& options = {}) {
    static pdf::FontCache fonts;
    return pdf::write(pages, fonts, options);
}

std::string error_of(const layout::Pages& pages) {
    try {
        write(pages);
    } catch (const Error& error) {
        return error.what();
    }
    return "no error";
}

std::string text_of(const std::string& path, const std::string& options = "-layout") {
    return test::shell("pdftotext " + options + " " + path + " -").output;
}

}  // namespace

TEST_CASE("a written document is sound for qpdf, with and without object streams") {
    const layout::Pages pages = test::contract();
    const Bytes packed = write(pages);
    const Bytes classic = write(pages, {false, {}});
    CHECK(packed.size() < classic.size());
    for (const auto& path :
         {test::scratch("packed.pdf", packed), test::scratch("classic.pdf", classic)}) {
        const auto check = test::shell("qpdf --check " + path);
        CHECK_MESSAGE(check.status == 0, check.output);
    }
}

TEST_CASE("text comes back as it was written: accents, ligatures, words at line ends") {
    const auto path = test::scratch("text.pdf", write(test::contract()));
    const std::string text = text_of(path, "-raw");
    for (const char* wanted :
         {"L’œuvre d’utilité publique affecte fièrement les\nbénéficiaires (code C\\42).",
          "Contrat d’accompagnement social", "1 250,00 €", "Régler la dette d’électricité",
          "Recours : voir le site du tribunal."}) {
        CAPTURE(text);
        CHECK(text.find(wanted) != std::string::npos);
    }
    const std::string fonts = test::shell("pdffonts " + path).output;
    CAPTURE(fonts);
    CHECK(fonts.find("CID TrueType      Identity-H       yes yes yes") != std::string::npos);
    CHECK(fonts.find("no ") == std::string::npos);
}

TEST_CASE("a reader of the structure finds every element in its order") {
    const auto path = test::scratch("structure.pdf", write(test::contract()));
    const std::string tree = test::shell("pdfinfo -struct-text " + path).output;
    CAPTURE(tree);
    std::size_t at = 0;
    for (const char* wanted :
         {"Document",
          "H1 (block)",
          "\"Contrat d’accompagnement social\"",
          "H2 (block)",
          "P (block)",
          "\"L’œuvre d’utilité publique affecte fièrement les bénéficiaires (code C\\42).\"",
          "\"Suite du même alinéa.\"",
          "Table",
          "THead",
          "TH:",
          "\"Objectif\"",
          "TBody",
          "TD:",
          "L (block)",
          "LI (block)",
          "Lbl (block)",
          "\"•\"",
          "LBody (block)",
          "\"Recours : voir \"",
          "Link (inline)",
          "\"le site\"",
          "\" du tribunal.\"",
          "Note",
          "Figure:",
          "Form"}) {
        CAPTURE(wanted);
        const std::size_t found = tree.find(wanted, at);
        REQUIRE(found != std::string::npos);
        at = found;
    }
    const std::string info = test::shell("pdfinfo " + path).output;
    CHECK(info.find("Tagged:          yes") != std::string::npos);
    CHECK(info.find("Title:           Contrat d’accompagnement") != std::string::npos);
}

TEST_CASE("equal pages give equal bytes, whatever the cache did before") {
    const layout::Pages pages = test::contract();
    pdf::FontCache fresh, tiny(1);
    const Bytes first = write(pages);
    CHECK(pdf::write(pages, fresh) == first);
    CHECK(pdf::write(pages, tiny) == first);
    Builder other;
    other.text(Role::p, "Autre texte, autres glyphes : zéro", 70, 90);
    pdf::write(other.pages, fresh);
    pdf::write(other.pages, tiny);
    const std::size_t hits = fresh.hits();
    CHECK(pdf::write(pages, fresh) == first);
    CHECK(pdf::write(pages, tiny) == first);
    CHECK(fresh.hits() == hits + 2);
}

TEST_CASE("a face gives the same subset the first time and the twentieth") {
    Builder other;  // of other glyphs, so that every subset is made anew
    other.text(Role::p, "Autre texte, autres glyphes : zéro", 70, 90);
    std::vector<layout::Pages> documents{test::contract(), other.pages};
    if (test::shell(std::string("test -r ") + test::gyre).status == 0) {
        Builder cff;
        const int node = cff.node(Role::p);
        cff.page().items.push_back(test::run(test::face(test::gyre), "Texte", 70, 90, 11, node));
        documents.push_back(cff.pages);
    }
    std::vector<Bytes> first;
    pdf::FontCache tiny(1);
    for (const auto& pages : documents)
        first.push_back(pdf::write(pages, tiny));
    for (int round = 0; round < 22; ++round)
        for (std::size_t i = 0; i < documents.size(); ++i)
            REQUIRE(pdf::write(documents[i], tiny) == first[i]);
    CHECK(tiny.misses() > 44);
}

TEST_CASE("glyph 0 is refused: a missing character never reaches paper") {
    Builder builder;
    const int node = builder.node(Role::p);
    auto run = test::run(test::face(test::serif), "a", 70, 90, 11, node);
    run.glyphs[0].id = 0;
    builder.page().items.push_back(run);
    CHECK(error_of(builder.pages) == "glyph 0 (missing character) of LiberationSerif");
    std::get<layout::GlyphRun>(builder.page().items[0]).glyphs[0].id = 65000;
    CHECK(error_of(builder.pages) == "no glyph 65000 in LiberationSerif");
}

TEST_CASE("text that belongs nowhere is refused") {
    Builder builder;
    builder.page().items.push_back(test::run(test::face(test::serif), "perdu", 70, 90, 11, -1));
    CHECK(error_of(builder.pages) == "text outside the structure: \"perdu\"");
}

TEST_CASE("a form element is written only with its widget") {
    Builder builder;
    builder.text(Role::p, "Texte", 70, 90);
    builder.node(Role::form);
    const Bytes bytes = write(builder.pages, {false, {}});
    CHECK(bytes.find("/S/Form") == Bytes::npos);
    builder.field("beneficiaire", test::rect(70, 120, 100, 40));
    CHECK(write(builder.pages, {false, {}}).find("/S/Form") != Bytes::npos);
}

TEST_CASE("signature fields must have names of their own") {
    Builder builder;
    builder.field("partie", test::rect(70, 120, 100, 40));
    builder.field("partie", test::rect(70, 220, 100, 40));
    CHECK(error_of(builder.pages) ==
          "two signature fields are named \"partie\"; give each signatory a slot of its own");
    builder.pages.fields[1].slot = "a.b";
    CHECK(error_of(builder.pages) ==
          "\"a.b\" is no name for a signature field; use letters and digits");
}

TEST_CASE("a glyph that stands for several texts carries ActualText") {
    Builder builder;
    const auto dejavu = test::face(test::dejavu);
    const int node = builder.node(Role::p);
    // One glyph serves U+03A9 and U+2126 in many fonts, and é serves e + U+0301.
    const std::string text = "\u00E9 e\u0301 affiche fin \u03A9";
    builder.page().items.push_back(test::run(dejavu, text, 70, 90, 11, node));
    const auto path = test::scratch("actual.pdf", write(builder.pages));
    const std::string back = text_of(path, "-raw");
    CHECK(back.find("affiche fin \u03A9") != std::string::npos);
    CHECK(back.find("\u00E9") != std::string::npos);
    const std::string qdf =
        test::shell("qpdf --qdf --object-streams=disable " + path + " - | strings").output;
    CHECK(qdf.find("/Span<</ActualText <feff00650301>>>BDC") != std::string::npos);
}

TEST_CASE("every glyph maps to text, no-break spaces share the space") {
    Builder builder;
    builder.text(Role::p, "\u00A01\u202F000 €", 70, 90);
    const auto path = test::scratch("spaces.pdf", write(builder.pages, {false, {}}));
    const std::string qdf =
        test::shell("qpdf --qdf --object-streams=disable " + path + " -").output;
    CHECK(qdf.find("ActualText") == std::string::npos);
    CHECK(qdf.find("<0003> <0020>") != std::string::npos);
}

TEST_CASE("glyphs stand where layout put them, without drift over a line") {
    Builder builder;
    const int node = builder.node(Role::p);
    auto run = test::run(test::face(test::serif), "Les mots justifiés restent à leur place ici", 70,
                         90, 11, node);
    Length at = run.origin.x;
    std::vector<double> starts = {at.points()};
    for (auto& glyph : run.glyphs) {
        const bool space = run.text[glyph.cluster] == ' ';
        if (space) glyph.advance += Length::from_units(2345);
        at += glyph.advance;
        if (space) starts.push_back(at.points());
    }
    builder.page().items.push_back(run);
    const auto path = test::scratch("justified.pdf", write(builder.pages));
    const std::string boxes = test::shell("pdftotext -bbox " + path + " -").output;
    std::size_t found = 0;
    for (const double wanted : starts) {
        found = boxes.find("xMin=\"", found);
        REQUIRE(found != std::string::npos);
        found += 6;
        CHECK(std::abs(std::stod(boxes.substr(found)) - wanted) < 0.01);
    }
}

TEST_CASE("right-to-left text extracts in reading order") {
    Builder builder;
    const int node = builder.node(Role::p);
    const std::string hebrew = "\u05E9\u05DC\u05D5\u05DD \u05E8\u05D1";
    builder.page().items.push_back(
        test::run(test::face(test::dejavu), hebrew, 70, 90, 14, node, true));
    const auto path = test::scratch("hebrew.pdf", write(builder.pages));
    CHECK(text_of(path).find(hebrew) != std::string::npos);
    CHECK(test::shell("mutool draw -F txt " + path + " 2>/dev/null").output.find(hebrew) == 0);
    // Its own order in the file as well, whatever a reader makes of places.
    const std::string letters = text_of(path, "-raw");
    CHECK(letters.find("\u05E9") < letters.find("\u05DC"));
    CHECK(letters.find("\u05DD") < letters.find("\u05E8"));
}

TEST_CASE("pictures: PNG with alpha and JPEG as it is; CMYK and damage are refused by name") {
    Builder builder;
    auto jpeg = std::make_shared<layout::Picture>();
    jpeg->media_type = "image/jpeg";
    jpeg->bytes = std::make_shared<const Bytes>(from_base64(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZG"
        "NywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09P"
        "T09PT09PT09PT09PT09PT09PT09PT09PT0//wAARCAAIAAgDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAA"
        "AAX/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFAEBAAAAAAAAAAAAAAAAAAAABv/EABQRAQAAAAAAAAAAAAAAAAAA"
        "AAD/2gAMAwEAAhEDEQA/ALgAOQv/2Q=="));
    const int figure = builder.node(Role::figure);
    builder.pages.nodes[1].words.make().alternative = "Deux images";
    builder.page().items.push_back(layout::Image{jpeg, test::rect(70, 70, 50, 50), {figure}});
    builder.page().items.push_back(
        layout::Image{test::png_picture(), test::rect(140, 70, 50, 50), {figure}});
    const auto path = test::scratch("pictures.pdf", write(builder.pages));
    CHECK(test::shell("qpdf --check " + path).status == 0);
    const std::string list = test::shell("pdfimages -list " + path).output;
    CAPTURE(list);
    CHECK(list.find("image       8     8  rgb     3   8  jpeg") != std::string::npos);
    CHECK(list.find("smask") != std::string::npos);

    auto broken = std::make_shared<layout::Picture>(*jpeg);
    Bytes cmyk = *jpeg->bytes;
    const std::size_t frame = cmyk.find("\xFF\xC0");
    cmyk[frame + 9] = 4;
    broken->bytes = std::make_shared<const Bytes>(cmyk);
    builder.page().items.push_back(layout::Image{broken, test::rect(70, 170, 50, 50), {figure}});
    CHECK(error_of(builder.pages) ==
          "image JPEG aux couleurs d’imprimerie (CMJN); insérez l’image de nouveau, en PNG ou en "
          "JPEG aux couleurs RVB");
    broken->bytes = std::make_shared<const Bytes>(jpeg->bytes->substr(0, 40));
    CHECK(
        error_of(builder.pages) ==
        "image JPEG abîmée : elle s’arrête trop tôt; insérez l’image de nouveau, en PNG ou en JPEG "
        "aux couleurs RVB");
    broken->media_type = "image/png";
    CHECK(error_of(builder.pages) ==
          "image PNG abîmée : Not a PNG file; insérez l’image de nouveau, en PNG ou en JPEG aux "
          "couleurs RVB");
}

TEST_CASE("a small PNG file that unpacks to hundreds of megabytes is refused before it does") {
    auto bomb = std::make_shared<layout::Picture>(*test::png_picture());
    Bytes file = *bomb->bytes;
    // IHDR: 7000 x 7000 pixels, with its CRC.
    file.replace(16, 8, Bytes("\0\0\x1B\x58\0\0\x1B\x58", 8));
    file.replace(29, 4, Bytes("\x99\x9B\xBB\x8F", 4));
    bomb->bytes = std::make_shared<const Bytes>(file);
    Builder builder;
    const int figure = builder.node(Role::figure);
    builder.page().items.push_back(layout::Image{bomb, test::rect(70, 70, 50, 50), {figure}});
    CHECK(
        error_of(builder.pages) ==
        "image de 7000 × 7000 pixels : elle est trop grande; insérez l’image de nouveau, en PNG ou "
        "en JPEG aux couleurs RVB");
    // With the place that the template gives it.
    odf::Provenance place;
    place.source = std::make_shared<const std::string>("contrat.fodt");
    place.line = 7;
    builder.pages.nodes[static_cast<std::size_t>(figure)].provenance =
        std::make_shared<const odf::Provenance>(place);
    CHECK(error_of(builder.pages).starts_with("contrat.fodt:7: image de 7000 × 7000 pixels"));
}

TEST_CASE("carriage returns among glyph codes survive literal strings") {
    // Liberation Serif has glyphs whose ids hold the octets 0D, 28, 29 and 5C.
    Builder builder;
    const int node = builder.node(Role::p);
    const auto serif = test::face(test::serif);
    layout::GlyphRun run = test::run(serif, "abcd", 70, 90, 11, node);
    const text::GlyphId ids[] = {0x000D, 0x0028, 0x0029, 0x005C};
    for (std::size_t i = 0; i < 4; ++i) {
        run.glyphs[i].id = ids[i];
        run.glyphs[i].advance =
            run.size.scaled(serif->advance(ids[i]), serif->metrics().units_per_em);
    }
    builder.page().items.push_back(run);
    const auto path = test::scratch("escapes.pdf", write(builder.pages));
    CHECK(text_of(path, "-raw").find("abcd") == 0);
}

TEST_CASE("attachments are associated files of the document") {
    pdf::WriteOptions options;
    options.attachments.push_back({"contrat.json", "application/json", "Données du contrat",
                                   pdf::Relationship::data, "{\"nom\": \"é\"}",
                                   *parse_instant("2026-03-01T09:30:00Z")});
    const auto path = test::scratch("attached.pdf", write(test::contract(), options));
    CHECK(test::shell("qpdf --check " + path).status == 0);
    CHECK(test::shell("qpdf --show-attachment=contrat.json " + path).output == "{\"nom\": \"é\"}");
}

TEST_CASE("outline and page labels lead through the document") {
    layout::Pages pages = test::contract();
    pages.pages[0].label = "i";
    pages.pages[1].label = "1";
    const auto path = test::scratch("outline.pdf", write(pages));
    const auto outline = test::shell("qpdf --json=latest --json-key=outlines " + path).output;
    CHECK(outline.find("Article 1 — Objet") != std::string::npos);
    const auto labels = test::shell("qpdf --json=latest --json-key=pagelabels " + path).output;
    CHECK(labels.find("\"/P\": \"u:i\"") != std::string::npos);
    CHECK(labels.find("\"/S\": \"/D\"") != std::string::npos);
}

TEST_CASE("a structure that is no tree is refused") {
    Builder builder;
    builder.text(Role::p, "Texte", 70, 90);
    builder.pages.nodes[1].children.push_back(0);
    CHECK(error_of(builder.pages) == "structure node 1 has a child that is not its own");
    builder.pages.nodes[1].children.clear();
    builder.pages.nodes[0].children.clear();
    CHECK(error_of(builder.pages) == "structure node 1 is not in the tree");
    builder.pages.nodes.clear();
    CHECK(error_of(builder.pages) == "the structure has no Document element");
}

TEST_CASE("a CFF font is embedded as CIDFontType0C") {
    if (test::shell(std::string("test -r ") + test::gyre).status != 0) {
        MESSAGE("not tested: package fonts-texgyre is absent");
        return;
    }
    Builder builder;
    const int node = builder.node(Role::p);
    builder.page().items.push_back(
        test::run(test::face(test::gyre), "Été fini, efficace", 70, 90, 14, node));
    const auto path = test::scratch("cff.pdf", write(builder.pages));
    CHECK(test::shell("qpdf --check " + path).status == 0);
    CHECK(test::shell("pdffonts " + path).output.find("CID Type 0C") != std::string::npos);
    CHECK(text_of(path, "-raw").find("Été fini, efficace") == 0);
}

TEST_CASE("synthetic styles, rise, transparency and dashes are drawn and stay sound") {
    Builder builder;
    const int node = builder.node(Role::p);
    auto run = test::run(test::face(test::serif), "Gras penché", 70, 90, 14, node);
    run.slant = 0.2;
    run.embolden = 0.03;
    run.color = {200, 0, 0, 128};
    run.glyphs[2].dy = -Length::from_points(4);
    builder.page().items.push_back(run);
    layout::Path dashed;
    dashed.verbs = {layout::Verb::move, layout::Verb::curve};
    dashed.points = {{},
                     {},
                     {Length::from_points(100), Length::from_points(50)},
                     {Length::from_points(200), Length::from_points(200)}};
    dashed.stroke = Color{0, 0, 255, 200};
    dashed.stroke_width = Length::from_points(2);
    dashed.dashes = {Length::from_points(4), Length::from_points(2)};
    builder.page().items.push_back(dashed);
    builder.text(Role::p, "Droit", 70, 120);
    const auto path = test::scratch("styles.pdf", write(builder.pages));
    CHECK(test::shell("qpdf --check " + path).status == 0);
    const std::string text = text_of(path, "-raw");
    CHECK(text.find("Droit") != std::string::npos);
    dashed.points.pop_back();
    builder.page().items.push_back(dashed);
    CHECK(error_of(builder.pages) == "a path has too few points");
}

TEST_CASE("a clipped path leaves the state as it was, and rule, caps and joins are written") {
    Builder builder;
    const int node = builder.node(Role::figure);
    builder.pages.nodes[static_cast<std::size_t>(node)].words.make().alternative = "Logo";
    layout::Path ring;
    ring.verbs = {layout::Verb::move, layout::Verb::line, layout::Verb::line, layout::Verb::close};
    const auto at = [](double x, double y) {
        return Point{Length::from_points(x), Length::from_points(y)};
    };
    ring.points = {at(100, 100), at(300, 100), at(100, 300)};
    ring.fill = Color{255, 0, 0, 255};
    ring.stroke = Color{0, 0, 255, 255};
    ring.stroke_width = Length::from_points(3);
    ring.even_odd = true;
    ring.cap = layout::Cap::round;
    ring.join = layout::Join::bevel;
    ring.clip = Rect{Length::from_points(100), Length::from_points(100), Length::from_points(50),
                     Length::from_points(50)};
    ring.mark = {node, layout::Artifact::none};
    builder.page().items.push_back(ring);
    ring.clip.reset();
    ring.even_odd = false;
    builder.page().items.push_back(ring);
    const auto path = test::scratch("clip.pdf", write(builder.pages));
    CHECK(test::shell("qpdf --check " + path).status == 0);
    const std::string qdf =
        test::shell("qpdf --qdf --object-streams=disable " + path + " -").output;
    const auto clipped = qdf.find(" 50 50 re W n\n");
    REQUIRE(clipped != std::string::npos);
    const auto drawn = qdf.find("B*\nQ\n", clipped);
    REQUIRE(drawn != std::string::npos);
    CHECK(qdf.find("1 J\n2 j\n", clipped) < drawn);
    // Set again after the state came back.
    CHECK(qdf.find("1 0 0 rg\n", drawn) != std::string::npos);
    CHECK(qdf.find("1 J\n2 j\n", drawn) != std::string::npos);
}

TEST_CASE("a filling is clipped to its outline, over the fill and under the stroke") {
    Builder builder;
    builder.rectangle(test::rect(100, 100, 50, 50), Color{255, 0, 0, 255}, Color{0, 0, 255, 255},
                      {-1, layout::Artifact::layout});
    auto& path = std::get<layout::Path>(builder.page().items[0]);
    layout::Path inside = path;
    inside.fill = Color{0, 255, 0, 255};
    inside.stroke.reset();
    auto& filling = path.filling.make();
    filling.paths.push_back(inside);
    filling.pictures.push_back({test::png_picture(), test::rect(90, 90, 20, 20), path.mark, 128});
    const auto file = test::scratch("filling.pdf", write(builder.pages));
    CHECK(test::shell("qpdf --check " + file).status == 0);
    const std::string qdf =
        test::shell("qpdf --qdf --object-streams=disable " + file + " -").output;
    std::size_t at = 0;
    for (const char* next : {"1 0 0 rg\n", "f\n", "q ", "W n\n", " gs\n", " Do Q\n", "0 1 0 rg\n",
                             "f\nQ\n", "0 0 1 RG\n", "S\n"}) {
        at = qdf.find(next, at);
        REQUIRE_MESSAGE(at != std::string::npos, next);
    }
    CHECK(qdf.find("/ca 0.50") != std::string::npos);
}

TEST_CASE("words in another language are marked as such") {
    Builder builder;
    const int node = builder.text(Role::p, "Le contrat de ", 70, 90);
    auto foreign = test::run(test::face(test::serif), "tiny house", 140, 90, 11, node);
    foreign.language = "en-GB";
    builder.page().items.push_back(foreign);
    auto same = test::run(test::face(test::serif), " est signé.", 190, 90, 11, node);
    same.language = "fr-FR";
    builder.page().items.push_back(same);
    const auto path = test::scratch("language.pdf", write(builder.pages));
    const std::string qdf =
        test::shell("qpdf --qdf --object-streams=disable " + path + " -").output;
    CHECK(qdf.find("/Span<</Lang(en-GB)>> BDC") != std::string::npos);
    CHECK(qdf.find("/Span<</Lang(fr-FR)") == std::string::npos);
    CHECK(text_of(path, "-raw").find("Le contrat de tiny house est signé.") != std::string::npos);
}

TEST_CASE("other processes, time zones and locales write the same bytes") {
    const Bytes here = write(test::contract());
    test::scratch("process.pdf", here);
    if (std::getenv("PARAPHE_TEST_CHILD")) return;  // this is one of the others
    for (const char* environment :
         {"TZ=Pacific/Auckland LC_ALL=C", "TZ=America/Cayenne LC_ALL=C.UTF-8 LANG=fr_FR.UTF-8"}) {
        const auto path = test::scratch("process.pdf", "");
        const auto ran =
            test::shell(std::string(environment) +
                        " PARAPHE_TEST_CHILD=1 /proc/$PPID/exe --test-case='other processes*'");
        CAPTURE(ran.output);
        CHECK(ran.status == 0);
        CHECK(read_file(path) == here);
    }
}

TEST_CASE("a link in a header is plain words: no link may stand outside the structure") {
    layout::Pages pages = test::contract();
    pages.links.push_back({1, test::rect(70, 30, 90, 12), "https://exemple.test/", -1, {}, "", -1});
    const auto path = test::scratch("header-link.pdf", write(pages));
    CHECK(test::shell("qpdf --check " + path).status == 0);
    CHECK(write(pages) == write(test::contract()));
    pages.fields[0].node = -1;
    CHECK(error_of(pages) == "a field or link has no structure node");
}
