#include "pdf/file.hpp"

#include <doctest/doctest.h>

#include <thread>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/random.hpp"
#include "pdf/container.hpp"
#include "pdf/writer.hpp"
#include "test_pages.hpp"

using namespace paraphe;

namespace {

Bytes contract(bool object_streams = true) {
    pdf::FontCache fonts;
    return pdf::write(test::contract(), fonts, {object_streams, {}});
}

/// "code: message" of the refusal, or "read".
std::string outcome(Bytes bytes, const pdf::Limits& limits = {}) {
    try {
        pdf::File::read(std::move(bytes), "contrat.pdf", limits);
    } catch (const Error& error) {
        return error.code() + ": " + error.what();
    }
    return "read";
}

}  // namespace

TEST_CASE("a written file is read: facts, fields and their places") {
    for (const bool streams : {true, false}) {
        const pdf::File file = pdf::File::read(contract(streams));
        CHECK(file.facts().version == "1.7");
        CHECK(file.facts().pages == 2);
        CHECK(file.facts().language == "fr-FR");
        CHECK(file.facts().title == "Contrat d’accompagnement");
        CHECK(file.facts().tagged);
        CHECK(file.facts().pdfa == "3A");
        CHECK(file.facts().doc_mdp == 0);
        CHECK_FALSE(file.facts().has_dss);
        CHECK_FALSE(file.facts().has_xfa);
        CHECK_FALSE(file.facts().has_script);
        CHECK(file.uses_xref_stream() == streams);
        REQUIRE(file.revisions().size() == 1);
        CHECK(file.revisions()[0].end == file.bytes().size());
        REQUIRE(file.signature_fields().size() == 3);
        const auto* field = file.signature_field("association");
        REQUIRE(field);
        CHECK(field->tooltip == "Signature : association");
        CHECK(field->page == 1);
        CHECK(field->box.x.points() == doctest::Approx(70).epsilon(0.001));
        CHECK(field->box.y.points() == doctest::Approx(200).epsilon(0.001));
        CHECK(field->box.width.points() == doctest::Approx(200).epsilon(0.001));
        CHECK(field->is_visible());
        CHECK_FALSE(field->is_signed());
        CHECK(file.signature_field("personne") == nullptr);
    }
}

TEST_CASE("what is no PDF file, or is cut, is refused with one clear message") {
    CHECK(outcome("") == "not_pdf: contrat.pdf: not a PDF file; give a PDF file");
    CHECK(outcome("PK\x03\x04") == "not_pdf: contrat.pdf: not a PDF file; give a PDF file");
    const Bytes good = contract();
    CHECK(outcome(good) == "read");
    CHECK(outcome(good.substr(0, good.size() / 2)) ==
          "damaged_pdf: contrat.pdf: the PDF file is damaged: its end is missing; get the file "
          "again from its author");
    CHECK(outcome(good + "%\ngarbage") ==
          "damaged_pdf: contrat.pdf: the PDF file is damaged: something follows its end; get the "
          "file again from its author");
    pdf::Limits small;
    small.octets = 1000;
    CHECK(outcome(good, small) == "too_large: contrat.pdf: the PDF file has " +
                                      std::to_string(good.size()) +
                                      " octets, more than the 1000 that are read; reduce it");
    small = {};
    small.pages = 1;
    CHECK(outcome(good, small).starts_with("damaged_pdf: "));
    small = {};
    small.objects = 10;
    CHECK(outcome(good, small) ==
          "too_large: contrat.pdf: the PDF file has more than 10 objects; reduce it");
}

TEST_CASE("encrypted and hybrid files are refused by name") {
    if (!test::has_tool("qpdf")) return;
    const auto plain = test::scratch("plain.pdf", contract());
    const auto locked = test::scratch("locked.pdf", "");
    for (const char* password : {"\"\"", "geheim"}) {
        const auto made = test::shell("qpdf --encrypt " + std::string(password) +
                                      " maitre 256 -- " + plain + " " + locked);
        REQUIRE_MESSAGE(made.status == 0, made.output);
        CHECK(outcome(read_file(locked)) ==
              "encrypted_pdf: contrat.pdf: the PDF file is encrypted; save it without a password");
    }
    Bytes hybrid = contract(false);
    hybrid.insert(hybrid.rfind("/Root"), "/XRefStm 15 ");
    CHECK(outcome(hybrid) ==
          "hybrid_pdf: contrat.pdf: the PDF file has hybrid cross-references, which readers "
          "understand differently; save it again as PDF 1.5 or later");
}

TEST_CASE("cross-references that go in a circle end") {
    Bytes bytes = contract(false);
    const std::size_t start = bytes.rfind("startxref");
    const std::string at = std::to_string(std::stoul(bytes.substr(start + 10)));
    bytes.insert(bytes.rfind("/Root"), "/Prev " + at + " ");
    CHECK(outcome(bytes) ==
          "damaged_pdf: contrat.pdf: the PDF file is damaged: its cross-references go in a circle; "
          "get the file again from its author");
}

TEST_CASE("files of other programs are read") {
    const std::string sample =
        std::string(PARAPHE_SOURCE_DIR) + "/../shared/samples/contrat-4-pages.libreoffice-7.4.pdf";
    if (test::shell("test -r " + sample).status != 0) {
        MESSAGE("not tested: the sample of LibreOffice is absent");
        return;
    }
    const pdf::File file = pdf::File::read(read_file(sample));
    CHECK(file.facts().pages == 4);
    CHECK(file.signature_fields().empty());
    const auto linear = test::scratch("linear.pdf", "");
    if (test::shell("qpdf --linearize " + sample + " " + linear).status == 0) {
        CHECK(pdf::File::read(read_file(linear)).revisions().size() == 1);
    }
}

TEST_CASE("only Error escapes from damaged files") {
    SequenceRandom random(20260301);
    int read = 0;
    for (const bool streams : {true, false}) {
        const Bytes good = contract(streams);
        for (int round = 0; round < 150; ++round) {
            Bytes bad = good;
            const Bytes dice = random.bytes(64);
            const auto number = [&dice](std::size_t at) {
                std::size_t out = 0;
                for (std::size_t i = 0; i < 4; ++i) {
                    out = out << 8 | static_cast<unsigned char>(dice[at + i]);
                }
                return out;
            };
            const int flips = 1 + round % 8;
            for (int flip = 0; flip < flips; ++flip) {
                const auto at = static_cast<std::size_t>(flip) * 5;
                // Half of the damage near the end, where the structure is.
                const std::size_t reach = flip % 2 == 0 ? bad.size() : 2000;
                bad[bad.size() - 1 - number(at) % reach] = dice[at + 4];
            }
            if (round % 10 == 0) bad.resize(number(50) % bad.size());
            if (outcome(bad) == "read") ++read;
        }
    }
    CHECK(read > 0);    // damage inside a picture or font is not this reader's business
    CHECK(read < 300);  // but some damage is seen
}

TEST_CASE("a file may be read by several threads") {
    const pdf::File file = pdf::File::read(contract());
    std::vector<std::thread> threads;
    std::vector<std::size_t> sizes(4);
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        threads.emplace_back([&file, &sizes, i] {
            for (int round = 0; round < 50; ++round) {
                sizes[i] = file.dictionary(file.page(round % 2)).size();
            }
        });
    }
    for (auto& thread : threads)
        thread.join();
    for (const std::size_t size : sizes)
        CHECK(size == sizes[0]);
}

TEST_CASE("an object stream that inflates without end is refused before it is inflated") {
    pdf::Objects objects;
    const int catalog = objects.add("<</Type/Catalog/Pages 2 0 R>>");
    objects.add("<</Type/Pages/Kids[3 0 R]/Count 1>>");
    objects.add("<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>");
    objects.add("(" + std::string(70u << 20, 'x') + ")");
    const Bytes bomb =
        pdf::serialize(objects, catalog, catalog, pdf::Container::object_streams).bytes;
    CHECK(bomb.size() < 1'000'000);
    CHECK(outcome(bomb) ==
          "too_large: contrat.pdf: the PDF file inflates beyond all measure; get the file again "
          "from its author");
}
