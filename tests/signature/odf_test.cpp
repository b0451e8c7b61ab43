#include <doctest/doctest.h>

#include "crypto/hash.hpp"
#include "fixtures.hpp"

using namespace paraphe;
using namespace paraphe::fixtures;
using signature::Verdict;

namespace {

constexpr const char* signatures_name = "META-INF/documentsignatures.xml";

Bytes sign_odt(Bytes package, const crypto::Signer& signer) {
    return signature::odf_sign(std::move(package), "contrat.odt", now(), signer);
}

const Bytes& signed_odt() {
    static const Bytes package = sign_odt(odt(), keys().p256);
    return package;
}

Bytes entry(const Bytes& package, const std::string& name) {
    return zip::Archive::open(package, "essai").read(name);
}

Bytes replaced(Bytes text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    REQUIRE(at != Bytes::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("an ODT is signed by several, each with a key of another kind") {
    Bytes package = odt();
    for (const crypto::KeySigner* signer : {&keys().p256, &keys().p384, &keys().rsa})
        package = sign_odt(package, *signer);
    const auto report = judge(package);
    CHECK(codes(report) == "");
    CHECK(report.verdict() == Verdict::valid);
    CHECK(report.format == "ODF");
    REQUIRE(report.signatures.size() == 3);
    CHECK(report.signatures[0].place == "paraphe-1");
    CHECK(report.signatures[1].place == "paraphe-2");
    CHECK(report.signatures[2].signer == "Département de l'Essai");
    CHECK(report.signatures[0].format == "XAdES");
    CHECK(report.signatures[0].level == "B-B");
    CHECK(report.signatures[0].claimed_at == now());
    CHECK(report.signatures[0].covers == "tous les fichiers du conteneur");
    CHECK(report.signatures[0].covered ==
          std::vector<std::string>{"mimetype", "content.xml", "styles.xml", "Pictures/logo 1.png",
                                   "META-INF/manifest.xml"});
}

TEST_CASE("a later signature leaves the octets of the earlier ones as they are") {
    const Bytes first = entry(signed_odt(), signatures_name);
    const Bytes both = entry(sign_odt(signed_odt(), keys().rsa), signatures_name);
    CHECK(both.starts_with(first.substr(0, first.rfind("</document-signatures>"))));
    CHECK(first.find("xmlns:dsig=\"urn:oasis:names:tc:opendocument:xmlns:digitalsignature:1.0\" "
                     "dsig:version=\"1.3\"") != Bytes::npos);
}

TEST_CASE("a changed, added or removed part of a signed ODT is found and named") {
    const auto text_of = [](const Bytes& package) {
        const auto report = judge(package);
        CHECK(report.verdict() == Verdict::invalid);
        return report.signatures.at(0).findings.at(0).text;
    };
    CHECK(
        text_of(with_entry(signed_odt(), "content.xml",
                           replaced(entry(signed_odt(), "content.xml"), "six mois", "six ans"))) ==
        "Le contenu signé a été modifié après la signature. (content.xml)");
    CHECK(text_of(with_entry(signed_odt(), "Pictures/logo 1.png", "autre")) ==
          "Le contenu signé a été modifié après la signature. (Pictures/logo 1.png)");
    CHECK(
        text_of(with_entry(signed_odt(), "content.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"))
            .find("content.xml") != std::string::npos);
    const auto report = judge(with_entry(signed_odt(), "Pictures/ajout.png", "x"));
    CHECK(report.verdict() == Verdict::invalid);
    CHECK(codes(report) == "not_covered unsigned_entry");
    CHECK(report.findings[0].text ==
          "Le fichier « Pictures/ajout.png » n'est couvert par aucune signature.");
    CHECK(codes(judge(with_entry(signed_odt(), "META-INF/ajout.xml", "<a/>"))) == "unsigned_entry");

    std::vector<zip::Item> items;
    const zip::Archive archive = zip::Archive::open(signed_odt(), "essai");
    for (const zip::Entry& one : archive.entries())
        if (one.name != "styles.xml")
            items.push_back({one.name, archive.read(one.name), one.method});
    CHECK(text_of(zip::write(items)) == "Un élément signé est absent : « styles.xml ».");
}

TEST_CASE("XML that differs only in writing keeps its signature") {
    const Bytes content = entry(signed_odt(), "content.xml");
    CHECK(judge(with_entry(signed_odt(), "content.xml",
                           replaced(content, "office:version=\"1.3\"", "office:version='1.3'")))
              .verdict() == Verdict::valid);
}

TEST_CASE("every 97th octet flipped in any part of a signed ODT is found") {
    const zip::Archive archive = zip::Archive::open(signed_odt(), "essai");
    for (const zip::Entry& one : archive.entries()) {
        const Bytes bytes = archive.read(one.name);
        for (std::size_t i = 5; i < bytes.size(); i += 97) {
            Bytes altered = bytes;
            altered[i] = static_cast<char>(altered[i] ^ 0x01);
            CAPTURE(one.name);
            CAPTURE(i);
            try {
                const auto report = judge(with_entry(signed_odt(), one.name, altered));
                // In the signature file some octets mean nothing (KeyInfo's issuer name, ids).
                const bool harmless = one.name == signatures_name &&
                                      report.signatures.size() == 1 &&
                                      report.signatures[0].certificate == keys().p256.certificate();
                CHECK((report.verdict() != Verdict::valid || harmless));
            } catch (const Error& error) {
                CHECK(error.kind() == ErrorKind::malformed_input);
            }
        }
    }
}

TEST_CASE("a changed signing time, certificate or value is found") {
    const Bytes signatures = entry(signed_odt(), signatures_name);
    const auto changed = [&](std::string_view from, std::string_view to) {
        return codes(
            judge(with_entry(signed_odt(), signatures_name, replaced(signatures, from, to))));
    };
    CHECK(changed("SigningTime>2026", "SigningTime>2025").starts_with("hash_mismatch"));
    CHECK(changed("date\" Target", "dat2\" Target").starts_with("missing_reference"));
    CHECK(changed("#ecdsa-sha256", "#rsa-sha256").find("bad_signature_value") != std::string::npos);
    CHECK(changed(to_base64(keys().p256.certificate().der()),
                  to_base64(keys().rsa.certificate().der()))
              .find("bad_signature_value") != std::string::npos);
    CHECK(changed("Algorithm=\"http://www.w3.org/TR/2001/REC-xml-c14n-20010315\"></Transform>",
                  "Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\"></Transform>")
              .find("unsupported_format") != std::string::npos);
}

TEST_CASE("a wrapped signature is found: the signed element must lie in its own signature") {
    Bytes signatures = entry(signed_odt(), signatures_name);
    // The signed properties move to the root, a forged copy takes their place.
    const auto from = signatures.find("<xd:SignedProperties");
    const auto end = signatures.find("</xd:SignedProperties>") + 22;
    const Bytes original = signatures.substr(from, end - from);
    Bytes forged = replaced(original, "SigningTime>2026", "SigningTime>2020");
    Bytes twice = signatures;
    twice.replace(from, original.size(), forged);
    twice.insert(twice.rfind("</document-signatures>"),
                 "<x xmlns:xd=\"http://uri.etsi.org/01903/v1.3.2#\" "
                 "xmlns=\"http://www.w3.org/2000/09/xmldsig#\">" +
                     original + "</x>");
    CHECK(judge(with_entry(signed_odt(), signatures_name, twice)).verdict() == Verdict::invalid);
    Bytes moved = replaced(twice, forged, replaced(forged, "-properties\"", "-autre\""));
    const auto report = judge(with_entry(signed_odt(), signatures_name, moved));
    CHECK(report.verdict() == Verdict::invalid);
    CHECK(
        report.signatures[0].findings[0].text ==
        "Le contenu signé a été modifié après la signature. (#paraphe-1-properties est hors de la "
        "signature)");
}

TEST_CASE("an ODT is prepared, signed elsewhere and completed") {
    const auto& signer = keys().p384;
    const auto prepared =
        signature::prepare_odf(odt(), "contrat.odt", now(), signer.certificate(), signer.chain());
    const Bytes done =
        signature::embed_odf(prepared, crypto::sha256(odt()), signer.sign(prepared.to_sign));
    CHECK(judge(done).verdict() == Verdict::valid);
    CHECK(code_of([&] {
              signature::embed_odf(prepared, crypto::sha256(done), signer.sign(prepared.to_sign));
          }) == "stale_base");
    CHECK(code_of([&] {
              signature::embed_odf(prepared, prepared.base, signer.sign("autre chose"));
          }) == "wrong_signature");
}

TEST_CASE("a package that cannot be signed well is refused") {
    CHECK(error_of([] {
              sign_odt(zip::write({{"a.txt", "x"}}), keys().p256);
          }) == "contrat.odt: not an OpenDocument package; give an .odt file");
    CHECK(error_of([] { sign_odt(with_entry(odt(), "Pictures/été.png", "x"), keys().p256); }) ==
          "contrat.odt:Pictures/été.png: the entry's name is not ASCII, and LibreOffice cannot "
          "verify such a signature; rename the picture");
    CHECK(code_of([] {
              sign_odt(with_entry(odt(), "content.xml", "<!DOCTYPE a><a/>"), keys().p256);
          }) != "");
    CHECK(code_of([] { sign_odt("rien", keys().p256); }) == "not_a_zip");
}

TEST_CASE("an unsigned ODT is indeterminate") {
    CHECK(judge(odt()).verdict() == Verdict::indeterminate);
    CHECK(codes(judge(odt())) == "no_signature");
}
