#include <doctest/doctest.h>

#include "cli/command.hpp"
#include "crypto/fixtures.hpp"
#include "pdf/file.hpp"

// A document that is sealed while it is written: `render --key`.

using namespace paraphe;
using namespace paraphe::test;

namespace {

const std::string tree = PARAPHE_SOURCE_DIR;
const std::string day = "2026-11-25T12:00:00Z";

struct Certificate {
    Folder folder;
    std::string key =
        folder.write("k.p12", crypto::write_pkcs12(fixtures::keys().p256, "essai", "k"));
    std::string password = folder.write("password", "essai\n");
    std::string trust = folder.write("ca.pem", fixtures::keys().authority.certificate().pem());
    std::string model = write_model("attestation.fodt", "{{ signature(\"association\") }}");
    std::string data = folder.write("d.json", R"({"nom": "Sarr"})");

    std::string write_model(const std::string& name, const std::string& body) const {
        return folder.write(name, flat("<text:h text:outline-level=\"1\">Attestation</text:h>"
                                       "<text:p>{{ nom }}</text:p><text:p>" +
                                       body + "</text:p>"));
    }
    Ran render(const std::string& from, std::vector<std::string> more) const {
        std::vector<std::string> words{"render", from, "--home",          tree,    "--now", day,
                                       "--key",  key,  "--password-file", password};
        words.insert(words.end(), more.begin(), more.end());
        return run(words);
    }
};

}  // namespace

TEST_CASE("render --key seals the PDF in its only field, verify and rebuild agree") {
    const Certificate given;
    const std::string out = given.folder / "a.pdf";
    const Ran done =
        given.render(given.model, {"--data", given.data, "--reason", "Fait pour valoir", "-o", out,
                                   "-o", given.folder / "a.odt"});
    REQUIRE_MESSAGE(done.status == 0, done.err);
    const Ran valid = run({"verify", out, "--trust", given.trust, "--json"});
    CHECK(valid.status == 0);
    CHECK(valid.out.find("\"verdict\":\"valid\"") != std::string::npos);
    CHECK(pdf::File::read(read_file(out)).signature_field("association")->signature->reason ==
          "Fait pour valoir");
    CHECK(run({"check", out}).status == 0);

    const auto rebuild = [&](const std::string& data) {
        return run({"rebuild", out, "--template", given.model, "--data", data, "--home", tree});
    };
    CHECK(rebuild(given.data).status == 0);
    const Ran other = rebuild(given.folder.write("e.json", R"({"nom": "Diop"})"));
    CHECK(other.status == 1);
    CHECK(other.out.find("le contenu de la page 1") != std::string::npos);
}

TEST_CASE("each record of a batch is sealed") {
    const Certificate given;
    const std::string lines =
        given.folder.write("d.jsonl", "{\"nom\":\"Sarr\"}\n{\"nom\":\"Diop\"}\n");
    const Ran done = given.render(
        given.model, {"--data-lines", lines, "--jobs", "2", "-o", given.folder / "{{ nom }}.pdf"});
    REQUIRE_MESSAGE(done.status == 0, done.err);
    for (const char* name : {"Sarr.pdf", "Diop.pdf"})
        CHECK(run({"verify", given.folder / name, "--trust", given.trust}).status == 0);
}

TEST_CASE("a seal needs a PDF to write and one field to fill") {
    const Certificate given;
    const Ran nothing =
        given.render(given.model, {"--data", given.data, "-o", given.folder / "a.odt"});
    CHECK(nothing.status == 3);
    CHECK(
        nothing.err ==
        "paraphe: --key seals PDF files, and none is written; name an output that ends in .pdf\n");
    const auto error_of = [&](const std::string& body, std::vector<std::string> more) {
        more.insert(more.end(), {"--data", given.data, "-o", given.folder / "b.pdf"});
        const Ran ran = given.render(given.write_model("b.fodt", body), std::move(more));
        CHECK(ran.status == 3);
        return ran.err;
    };
    CHECK(error_of("", {}) ==
          "paraphe: " + (given.folder / "b.pdf") + ": the file has no empty signature field\n");
    const std::string two =
        "{{ signature(\"association\") }}</text:p><text:p>{{ signature(\"departement\") }}";
    CHECK(error_of(two, {}) == "paraphe: " + (given.folder / "b.pdf") +
                                   ": the file has several empty signature fields: association, "
                                   "departement; choose one with --field\n");
    CHECK(error_of(two, {"--field", "notaire"}).find("no signature field \"notaire\"") !=
          std::string::npos);
    CHECK(run({"render", given.model, "--data", given.data, "-o", given.folder / "c.pdf",
               "--reason", "x", "--home", tree})
              .status == 2);
}
