#include "contract/house.hpp"

#include <doctest/doctest.h>

#include "crypto/authority.hpp"
#include "json/json.hpp"
#include "kind/kind.hpp"
#include "pack/pack.hpp"
#include "pdf/attachments.hpp"
#include "signature/signature.hpp"
#include "text/font_map.hpp"
#include "zip/zip.hpp"

using namespace paraphe;
using namespace paraphe::contract;

namespace {

const Instant now = *parse_instant("2026-01-20T10:00:00Z");

/// Keys of fictional holders under one root.
struct Keys {
    SystemRandom random;
    crypto::Authority root =
        crypto::Authority::create({"Racine d’essai", "Essais", "FR"}, *parse_instant("2025-01-01"),
                                  *parse_instant("2035-01-01"), random);
    crypto::KeySigner issue(const char* name) {
        return root.issue({name, "Essais", "FR"}, *parse_instant("2025-06-01"),
                          *parse_instant("2030-01-01"), random);
    }
};

}  // namespace

TEST_CASE("the MASP contract is rendered, signed by its parties, sealed and packed") {
    const std::string source = PARAPHE_SOURCE_DIR;
    const auto kind = std::make_shared<const kind::Kind>(
        kind::load(std::filesystem::path(source) / "workflows" / "masp"));
    const text::FontMap fonts = text::FontMap::load(source + "/fonts/fonts.map");
    Keys keys;
    const crypto::KeySigner seal = keys.issue("Sceau de l’association");
    House house(fonts, seal, {"paraphe 0.1.0", {"Association Logis-Passerelle", "", ""}, {}, ""});

    Workshop::Context context;
    context.kind = kind;
    context.data = kind->samples.at("case-1");
    context.reference = context.data.at("reference").as_string();
    context.at = now;
    context.today = *Date::parse("2026-01-20");
    const Workshop::Rendered made = house.render(context, "contrat", "masp/contrat.fodt");
    CHECK(made.pdf.substr(0, 5) == "%PDF-");
    CHECK(made.odt.substr(0, 2) == "PK");
    REQUIRE(made.slots.size() == 3);
    const Workshop::Rendered again = house.render(context, "contrat", "masp/contrat.fodt");
    CHECK(again.pdf == made.pdf);
    CHECK(again.odt == made.odt);

    const auto inside = pdf::attachments(pdf::File::read(made.pdf, "contrat.pdf"));
    REQUIRE(inside.size() == 2);
    CHECK(inside[0].name == "donnees.json");
    CHECK(json::parse(inside[0].bytes, "donnees.json") == context.data);
    CHECK(inside[1].name == "contrat.odt");
    CHECK(inside[1].bytes == made.odt);

    crypto::TrustStore trust;
    trust.add(keys.root.certificate());
    Bytes pdf = made.pdf;
    for (const std::string& slot : made.slots) {
        const crypto::KeySigner key = keys.issue(("Signataire " + slot).c_str());
        const Workshop::SignatureJob job{pdf, slot, now, "Signataire", {}, key.certificate(), {}};
        const Workshop::Prepared prepared = house.prepare_signature(job);
        CHECK_THROWS_AS(house.embed_signature(job, "no signature"), Error);
        pdf = house.embed_signature(job, key.sign(prepared.to_sign));
    }
    CHECK(pdf.compare(0, made.pdf.size(), made.pdf) == 0);
    const auto report = signature::verify(pdf, "contrat.pdf", trust, now);
    CHECK(report.signatures.size() == 3);
    CHECK(report.verdict() == signature::Verdict::valid);

    Workshop::PackJob job;
    job.context = context;
    job.id = "essai:9:1";
    job.document = "contrat";
    job.audience = "departement";
    job.version = 5;
    job.pdf = pdf;
    job.odt = house.seal_odt(made.odt, now);
    job.data = context.data;
    job.journal = "{}\n";
    // Signed half an hour after midnight in Paris: the index goes by that day.
    job.slots.push_back({"contrat", "departement", "advanced", Slot::State::signed_,
                         *parse_instant("2026-01-31T23:30:00Z"), "Signataire"});
    const Workshop::Pack pack = house.pack(job);
    const Bytes index = zip::Archive::open(pack.bytes, "pack", {}).read("data/index.csv");
    CHECK(index.find("01/02/2026") != Bytes::npos);
    const pack::Report checked = pack::verify(pack.bytes, pack.file_name, trust, now);
    CHECK(checked.verdict() == signature::Verdict::valid);
    CHECK(house.message(context, "masp/a-relire").text.find(context.reference) !=
          std::string::npos);
    const PreviewPtr preview = house.preview(made.odt);
    CHECK(preview->svg(0).find("<svg") != Bytes::npos);
    CHECK_THROWS_AS(preview->svg(99), Error);
    const auto& pages = preview->pages();
    REQUIRE(pages.size() > 1);
    CHECK(pages[0].label == "1");
    CHECK(pages[0].name != pages[1].name);
    CHECK(pages[0].text.find("Article 1 — Objet du contrat\n") != std::string::npos);
    CHECK(pages[0].html.find(">Article 1 — Objet du contrat</h3>") != std::string::npos);
    CHECK(pages[2].text.find("[Signature : beneficiaire]") != std::string::npos);
    CHECK(house.preview(house.seal_odt(made.odt, now))->pages()[0].name == pages[0].name);
    CHECK_THROWS_WITH_AS(
        house.render(context, "contrat", "masp/contrats.fodt"),
        "the kind 'masp' has no template 'masp/contrats.fodt'; check the workflow's p:render and "
        "p:notify",
        Error);
}
