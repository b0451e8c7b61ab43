#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

#include "layout/setting.hpp"
#include "layout/svm_bytes.hpp"

/// Charts, formulas and embedded documents, shown by the pictures that stand for them.
using namespace paraphe;
using namespace paraphe::layout;
using namespace paraphe::layout::testing;

namespace {

std::string chart() {
    return svm({font("Arial", 100), record(136, 1, u16(1)), record(103, 1, i32s({0, 0, 1000, 500})),
                words({100, 250}, u"Loyers", {50, 100, 150, 200, 250, 300})});
}

std::string frame(const std::string& content, const std::string& anchor = "as-char") {
    return R"(<text:p>Avant <draw:frame text:anchor-type=")" + anchor +
           R"(" svg:width="2cm" svg:height="1cm">)" + content +
           "<svg:title>Loyers de 2025</svg:title></draw:frame> après</text:p>";
}

std::string embedded(const std::string& bytes) {
    return "<draw:image><office:binary-data>" + to_base64(bytes) +
           "</office:binary-data></draw:image>";
}

std::string warnings(const Pages& pages) {
    std::string out;
    for (const Diagnostic& one : pages.warnings)
        out += one.code + " " + one.message + "\n";
    return out;
}

}  // namespace

TEST_CASE("the picture of an object shows its shapes and its text") {
    const Pages pages = set({.body = frame("<draw:object/>" + embedded(chart()))});
    CHECK(warnings(pages).empty());
    const auto& items = pages.pages.at(0).items;
    const GlyphRun* run_of_text = nullptr;
    const Path* box = nullptr;
    for (const Item& item : items) {
        if (const auto* run = std::get_if<GlyphRun>(&item); run && run->text == "Loyers")
            run_of_text = run;
        if (const auto* path = std::get_if<Path>(&item)) box = path;
    }
    REQUIRE(run_of_text);
    REQUIRE(box);
    CHECK(std::abs((box->points.at(2).x - box->points.at(0).x).millimetres() - 20) < 0.01);
    // 100 of 1000 units are 2 mm; six letters of 50 units each take 6 mm.
    CHECK(std::abs((run_of_text->origin.x - box->points[0].x).millimetres() - 2) < 0.01);
    Length width;
    for (const Glyph& glyph : run_of_text->glyphs)
        width += glyph.advance;
    CHECK(std::abs(width.millimetres() - 6) < 0.01);
    CHECK(std::abs(run_of_text->size.millimetres() - 2) < 0.01);
    // One figure with the words of the frame holds all of it.
    CHECK(run_of_text->mark == box->mark);
    const StructureNode& figure = pages.nodes.at(static_cast<std::size_t>(run_of_text->mark.node));
    CHECK(figure.role == Role::figure);
    CHECK(figure.words->alternative == "Loyers de 2025");
}

TEST_CASE("text of a drawing is a line of its own, on the line's baseline a part of it") {
    const Pages beside = set({.body = frame(embedded(chart()))});
    CHECK(texts(beside) == std::vector<std::string>{"Loyers", "Avant  après"});
    CHECK(beside.lines.at(0).paragraph == -1);
    CHECK(dump(beside).find("  drawn text  ") != std::string::npos);
    const std::string formula =
        svm({font("Times New Roman", 400), words({0, 500}, u"x²", {250, 500})});
    CHECK(texts(set({.body = frame(embedded(formula))})) ==
          std::vector<std::string>{"Avant x² après"});
}

TEST_CASE("an object of a package is shown by its replacement") {
    odf::Document document = testing::document(
        {.body = frame(R"(<draw:object xlink:href="./Object 1"/>)", "paragraph")});
    CHECK(warnings(layout::layout(document, fonts(), {})) ==
          "P0415 un objet incorporé (diagramme, formule, tableur…) n’a pas d’image que nous "
          "sachions lire : sa place reste vide\n");
    odf::Part part;
    part.path = "ObjectReplacements/Object 1";
    part.bytes = std::make_shared<const Bytes>(chart());
    document.parts.push_back(part);
    const Pages pages = layout::layout(document, fonts(), {});
    CHECK(warnings(pages).empty());
    CHECK(dump(pages).find("\"Loyers\"") != std::string::npos);
}

TEST_CASE("what a metafile holds and we do not draw is told, signs without a font too") {
    const std::string hatched = svm({record(126, 1), record(103, 1, i32s({0, 0, 9, 9})),
                                     font("Arial", 100), words({0, 0}, u"\xEFFF", {50})});
    CHECK(warnings(set({.body = frame("<draw:object/>" + embedded(hatched))})) ==
          "P0424 l’image d’un objet incorporé est dessinée sans des hachures\n"
          "P0424 l’image d’un objet incorporé est dessinée sans le signe U+EFFF, qu’aucune police "
          "ne possède\n");
    CHECK(warnings(set({.body = frame(embedded(hatched))}))
              .starts_with("P0424 une image (métafichier) est dessinée sans des hachures\n"));
}

TEST_CASE("turned text of a drawing keeps its direction on the page") {
    const std::string turned = svm({font("Arial", 100, 5, 900), record(136, 1, u16(1)),
                                    words({500, 400}, u"haut", {50, 100, 150, 200})});
    const Pages pages = set({.body = frame(embedded(turned))});
    for (const Item& item : pages.pages.at(0).items)
        if (const auto* run = std::get_if<GlyphRun>(&item); run && run->text == "haut") {
            CHECK(std::abs(run->turn + std::numbers::pi / 2) < 1e-9);
            const LineBox& line = pages.lines.at(0);
            CHECK(line.text == "haut");
            CHECK(std::abs(line.box.height.millimetres() - 4) < 0.01);
        }
}
