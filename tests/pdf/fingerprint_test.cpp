#include "pdf/fingerprint.hpp"

#include <doctest/doctest.h>

#include "pdf/attachments.hpp"
#include "pdf/difference.hpp"
#include "pdf/update.hpp"
#include "pdf/writer.hpp"
#include "test_pages.hpp"

using namespace paraphe;

namespace {

pdf::File written(const layout::Pages& pages, const pdf::WriteOptions& options = {}) {
    static pdf::FontCache fonts;
    return pdf::File::read(pdf::write(pages, fonts, options), "essai.pdf");
}

}  // namespace

TEST_CASE("a file says by which libraries, from which fonts and which template it was made") {
    layout::Pages pages = test::contract();
    pages.metadata.sources = {"paraphe:modele contrat.fodt sha256:00ff",
                              "paraphe:clause:recours x"};
    const auto print = pdf::read_fingerprint(written(pages));
    CHECK(print == pdf::fingerprint(pages));
    CHECK(print.engine == "paraphe 0.1");
    CHECK(print.created == "2026-03-01T09:30:00Z");
    CHECK(print.sources == pages.metadata.sources);
    REQUIRE(print.fonts.size() == 2);
    CHECK(print.fonts[0].starts_with("LiberationSans-Bold sha256:"));
    CHECK(print.fonts[1].starts_with("LiberationSerif sha256:"));
    for (const char* library : {"FreeType ", "HarfBuzz ", "ICU ", "libdeflate "})
        CHECK(print.libraries.find(library) != std::string::npos);
}

TEST_CASE("the first difference of two files is told by octet, object and page") {
    const layout::Pages pages = test::contract();
    const pdf::File file = written(pages);
    CHECK(!pdf::first_difference(file, written(pages)));

    layout::Pages other = pages;
    for (auto& item : other.pages[1].items)
        if (auto* run = std::get_if<layout::GlyphRun>(&item))
            run->origin.x += Length::from_points(1);
    auto found = pdf::first_difference(file, written(other));
    REQUIRE(found);
    CHECK(found->page == 2);
    CHECK(found->what == "le contenu de la page 2");
    CHECK(found->object > 0);
    CHECK(found->offset > 0);
    CHECK(file.bytes().substr(0, found->offset) == written(other).bytes().substr(0, found->offset));

    other = pages;
    other.metadata.author = "Autre";
    found = pdf::first_difference(file, written(other));
    REQUIRE(found);
    CHECK(found->page == 0);
    CHECK((found->what == "les métadonnées" || found->what == "les propriétés du document"));

    other = pages;
    other.pages.emplace_back().size = pages.pages[0].size;
    CHECK(pdf::first_difference(file, written(other))->what == "le nombre de pages, 2 et 3");
}

TEST_CASE("what was added to a file leaves its first revision as it was") {
    const pdf::File file = written(test::contract());
    pdf::Update update(file);
    update.add({{"Note", "(plus tard)"}});
    const pdf::File later = pdf::File::read(update.finish().bytes, "essai.pdf");
    CHECK(later.revisions().size() == 2);
    CHECK(!pdf::first_difference(pdf::first_revision(later), file));
}

TEST_CASE("files inside a document come out as they went in") {
    pdf::WriteOptions options;
    options.attachments.push_back({"donnees.json", "application/json", "Données du contrat",
                                   pdf::Relationship::data, "{\"a\":1}",
                                   *parse_instant("2026-03-01T09:30:00Z")});
    options.attachments.push_back({"contrat.odt", "application/vnd.oasis.opendocument.text", "",
                                   pdf::Relationship::source, Bytes(1000, 'x'),
                                   *parse_instant("2026-03-02T09:30:00Z")});
    const auto out = pdf::attachments(written(test::contract(), options));
    REQUIRE(out.size() == 2);
    for (std::size_t i = 0; i < 2; ++i) {
        CHECK(out[i].name == options.attachments[i].name);
        CHECK(out[i].media_type == options.attachments[i].media_type);
        CHECK(out[i].description == options.attachments[i].description);
        CHECK(out[i].relationship == options.attachments[i].relationship);
        CHECK(out[i].bytes == options.attachments[i].bytes);
        CHECK(out[i].modified == options.attachments[i].modified);
    }
}
