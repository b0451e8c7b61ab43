#include "pack/pack.hpp"

#include <doctest/doctest.h>

#include "../crypto/fixtures.hpp"
#include "base/file.hpp"
#include "crypto/cms.hpp"
#include "json/json.hpp"
#include "zip/zip.hpp"

using namespace paraphe;
using namespace paraphe::fixtures;
using signature::Verdict;

namespace {

pack::Content content() {
    pack::Content out;
    out.metadata.pack_id = "lot-000012";
    out.metadata.sequence = 12;
    out.metadata.sender = {"Association Escale Logement", "12345678200010",
                           "contact@escale.example"};
    out.metadata.recipient = {"Département de l'Essai", "", ""};
    out.metadata.legal_basis = "CASF, art. L271-1";
    out.metadata.generated_at = now();
    out.metadata.software = "paraphe 0.1.0";
    pack::Contract contract;
    contract.reference = "MASP-2026-0042";
    contract.type = "MASP 1";
    contract.status = "nouveau";
    contract.start = "2026-12-01";
    contract.end = "2027-05-31";
    contract.parties = {"Awa Sarr", "Association Escale Logement"};
    contract.signatures = {{"Bénéficiaire", "2026-11-25", "B-B"}, {"Département", "", ""}};
    contract.files = {{"contrat.pdf", "%PDF-1.7\n", "application/pdf", "Contrat signé (PDF)"},
                      {"contrat.odt", "PK", "application/vnd.oasis.opendocument.text", ""},
                      {"donnees.json", "{}\n", "application/json", "Données"},
                      {"journal.json", "[]\n", "application/json", "Extrait du journal"}};
    out.contracts.push_back(contract);
    out.evidence.push_back({"politique.txt", "Politique\n", "text/plain", "Politique"});
    return out;
}

Bytes entry(const Bytes& archive, const std::string& name) {
    return zip::Archive::open(archive, "lot").read(name);
}

pack::Report judge(Bytes bytes) {
    return pack::verify(std::move(bytes), "lot.asice", keys().trust, now());
}

Bytes with_entry(const Bytes& archive, const std::string& name, const Bytes& bytes) {
    const zip::Archive read = zip::Archive::open(archive, "lot");
    std::vector<zip::Item> items;
    bool replaced = false;
    for (const zip::Entry& one : read.entries()) {
        replaced = replaced || one.name == name;
        items.push_back({one.name, one.name == name ? bytes : read.read(one.name), one.method});
    }
    if (!replaced) items.push_back({name, bytes});
    return zip::write(items);
}

std::string codes(const pack::Report& report) {
    std::string out;
    for (const auto& one : report.findings)
        out += (out.empty() ? "" : " ") + one.code;
    return out;
}

}  // namespace

TEST_CASE("a pack is sealed, is a bag, and is found valid") {
    const Bytes bytes = pack::build(content(), keys().p256);
    const pack::Report report = judge(bytes);
    CHECK(codes(report) == "");
    CHECK(report.verdict() == Verdict::valid);
    CHECK(report.pack_id == "lot-000012");
    CHECK(report.seal.signatures.at(0).signer == "Awa Sarr");
    CHECK(report.payload ==
          std::vector<std::string>{"data/LISEZMOI.html", "data/contrats/MASP-2026-0042/contrat.odt",
                                   "data/contrats/MASP-2026-0042/contrat.pdf",
                                   "data/contrats/MASP-2026-0042/donnees.json",
                                   "data/contrats/MASP-2026-0042/journal.json", "data/index.csv",
                                   "data/pack.json", "data/preuves/politique.txt"});
    CHECK(entry(bytes, "bagit.txt") == "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
    CHECK(entry(bytes, "bag-info.txt")
              .starts_with(
                  "Source-Organization: Association Escale Logement\nContact-Name: "
                  "contact@escale.example\n"
                  "External-Identifier: lot-000012\nBagging-Date: 2026-11-25\nPayload-Oxum: "));
    CHECK(signature::french(report.verdict()) == "valide");
}

TEST_CASE("equal content gives an equal manifest, and the stored seal an equal pack") {
    const pack::Prepared prepared = pack::prepare(content());
    const Bytes cms = crypto::sign_cades(prepared.to_seal, keys().p256);
    const Bytes first = pack::seal(prepared, cms);
    CHECK(pack::seal(pack::prepare(content()), cms) == first);
    CHECK(judge(first).verdict() == Verdict::valid);
    CHECK(code_of([&] { pack::seal(prepared, crypto::sign_cades("autre", keys().p256)); }) ==
          "wrong_signature");
    CHECK(pack::build(content(), keys().rsa) == pack::build(content(), keys().rsa));
}

TEST_CASE("the index opens in a spreadsheet and never runs a formula") {
    pack::Content what = content();
    what.contracts[0].parties = {"=HYPERLINK(\"x\")"};
    const Bytes csv = entry(pack::build(what, keys().p256), "data/index.csv");
    CHECK(csv.starts_with("\xEF\xBB\xBF\"Référence\";\"Version\";"));
    CHECK(csv.find("\r\n\"MASP-2026-0042\";\"1\";\"MASP 1\";\"nouveau\";\"01/12/2026\";"
                   "\"31/05/2027\";\"'=HYPERLINK(\"\"x\"\")\";\"Bénéficiaire (25/11/2026), "
                   "Département (non signé)\";\"contrats/MASP-2026-0042/contrat.pdf\";"
                   "\"Contrat signé (PDF)\";\"9\";\"") != Bytes::npos);
    CHECK(std::count(csv.begin(), csv.end(), '\n') == 5);
}

TEST_CASE("the page for readers has links, no script, and escapes what it shows") {
    pack::Content what = content();
    what.metadata.recipient.name = "<script>alert(1)</script>";
    const Bytes html = entry(pack::build(what, keys().p256), "data/LISEZMOI.html");
    CHECK(html.find("<script") == Bytes::npos);
    CHECK(html.find("à &lt;script&gt;") != Bytes::npos);
    CHECK(html.find("<a href=\"contrats/MASP-2026-0042/contrat.pdf\">Contrat signé (PDF)</a>") !=
          Bytes::npos);
    CHECK(html.find("<html lang=\"fr\">") != Bytes::npos);
}

TEST_CASE("the machine's manifest names every file with its digest") {
    const json::Value manifest =
        json::parse(entry(pack::build(content(), keys().p256), "data/pack.json"), "pack.json");
    CHECK(manifest.at("pack_id").as_string() == "lot-000012");
    CHECK(manifest.at("previous_pack_sha256").is_null());
    const auto& contract = manifest.at("contrats").as_array().at(0);
    CHECK(contract.at("fichiers").as_array().size() == 4);
    CHECK(contract.at("fichiers").as_array().at(0).at("sha256").as_string().size() == 64);
}

TEST_CASE("a pack that was touched is found, and what was touched is named") {
    const Bytes bytes = pack::build(content(), keys().p256);
    const std::string pdf = "data/contrats/MASP-2026-0042/contrat.pdf";
    const pack::Report altered = judge(with_entry(bytes, pdf, "%PDF-1.6\n"));
    CHECK(altered.verdict() == Verdict::invalid);
    CHECK(codes(altered) == "altered_file");
    CHECK(altered.findings[0].text == "Le fichier « " + pdf + " » a été modifié.");
    CHECK(altered.seal.verdict() == Verdict::invalid);
    CHECK(codes(judge(with_entry(bytes, "data/ajout.txt", "x"))) == "unlisted_file wrong_size");
    CHECK(codes(judge(with_entry(bytes, "manifest-sha256.txt", "rien\n")))
              .find("bad_manifest_line") != std::string::npos);
    CHECK(pack::verify(bytes, "lot.asice", crypto::TrustStore(), now()).verdict() ==
          Verdict::indeterminate);
}

TEST_CASE("a pack of a thousand contracts is built and checked") {
    pack::Content what = content();
    const pack::Contract one = what.contracts[0];
    what.contracts.clear();
    for (int i = 1; i <= 1000; ++i) {
        what.contracts.push_back(one);
        what.contracts.back().reference = "MASP-2026-" + std::to_string(i);
    }
    const pack::Report report = judge(pack::build(what, keys().p256));
    CHECK(report.verdict() == Verdict::valid);
    CHECK(report.payload.size() == 4004);
}

TEST_CASE("names that would not travel are refused") {
    const auto error = [](auto change) {
        pack::Content what = content();
        change(what);
        return error_of([&] { pack::prepare(what); });
    };
    CHECK(error([](auto& what) { what.contracts[0].reference = "../../etc"; }) ==
          "contract reference '../../etc' is not a plain name; use ASCII letters, digits, '-', '_' "
          "and '.'");
    CHECK(error([](auto& what) { what.contracts[0].files[0].name = "contrat signé.pdf"; }) ==
          "file name 'contrat signé.pdf' is not a plain name; use ASCII letters, digits, '-', '_' "
          "and '.'");
    CHECK(error([](auto& what) { what.contracts.clear(); }) ==
          "a pack without any contract; choose at least one");
    CHECK(
        error([](auto& what) { what.contracts.push_back(what.contracts[0]); }) ==
        "two files 'data/contrats/MASP-2026-0042/contrat.pdf' in one pack; give each its own name "
        "or contract reference");
}

TEST_CASE("a pack's file name is plain and sorts by number") {
    CHECK(pack::file_name(content().metadata) ==
          "lot_12345678200010_departement-de-l-essai_2026-11_000012.asice");
}

TEST_CASE("unzip, sha256sum and openssl accept a pack" *
          doctest::skip(run("command -v unzip && command -v openssl") != 0)) {
    const char* wanted = std::getenv("PARAPHE_EXPORT_DIR");
    const std::string folder = wanted ? std::string(wanted) + "/pack" : scratch("pack");
    REQUIRE(run("rm -rf " + folder + " && mkdir -p " + folder) == 0);
    write_file(folder + "/lot.asice", pack::build(content(), keys().p256));
    write_file(folder + "/ca.pem", keys().authority.certificate().pem());
    CHECK(run("cd " + folder + " && unzip -q lot.asice") == 0);
    CHECK(run("cd " + folder +
              " && sha256sum --strict -c manifest-sha256.txt && sha256sum "
              "--strict -c tagmanifest-sha256.txt") == 0);
    CHECK(run("cd " + folder +
              " && openssl cms -verify -cades -binary -inform DER -in "
              "META-INF/signature001.p7s -content META-INF/ASiCManifest001.xml -CAfile ca.pem "
              "-purpose any -attime 1795000000 -out verified") == 0);
}
