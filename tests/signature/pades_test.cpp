#include "signature/pades.hpp"

#include <doctest/doctest.h>

#include "crypto/hash.hpp"
#include "fixtures.hpp"

using namespace paraphe;
using namespace paraphe::fixtures;
using signature::Verdict;

TEST_CASE("three signatories sign one PDF, each in a revision of its own") {
    const Bytes base = contract_pdf();
    const Bytes& file = signed_contract();
    CHECK(file.starts_with(base));
    const auto report = judge(file);
    CHECK(codes(report) == "");
    CHECK(report.verdict() == Verdict::valid);
    REQUIRE(report.signatures.size() == 3);
    CHECK(report.empty_fields.empty());
    const auto& first = report.signatures[0];
    CHECK(first.place == "beneficiaire");
    CHECK(first.signer == "Awa Sarr");
    CHECK(first.format == "PAdES");
    CHECK(first.level == "B-B");
    CHECK(first.name == "Awa Sarr");
    CHECK(first.reason == "Accord sur le contrat");
    CHECK(first.location == "Montclair");
    CHECK(first.claimed_at == now());
    CHECK(first.covers == "la révision 2 sur 4");
    CHECK(first.added_after == std::vector<std::string>{"révision 3 : signature « association »",
                                                        "révision 4 : signature « departement »"});
    CHECK(report.signatures[2].covers == "tout le fichier");
    CHECK(report.signatures[2].signer == "Département de l'Essai");
}

TEST_CASE("a PDF with a classic cross-reference table is signed alike") {
    Bytes file = contract_pdf(false);
    file = sign_pdf(file, request("beneficiaire", "Awa Sarr"), keys().p256);
    file = sign_pdf(file, request("departement"), keys().rsa);
    const auto report = judge(file);
    CHECK(codes(report) == "");
    CHECK(report.verdict() == Verdict::valid);
    CHECK(report.empty_fields == std::vector<std::string>{"association"});
    CHECK(report.signatures[1].name == "Département de l'Essai");
}

TEST_CASE("without a trust anchor a signature is indeterminate, and the report says why") {
    const auto report =
        signature::verify(signed_contract(), "contrat.pdf", crypto::TrustStore(), now());
    CHECK(report.verdict() == Verdict::indeterminate);
    CHECK(codes(report) == "no_trust_anchor no_trust_anchor no_trust_anchor");
    CHECK(report.signatures[0].findings[0].text ==
          "Le certificat ne remonte à aucune autorité de confiance connue.");
    CHECK(signature::to_text(report).starts_with(
        "Signature indéterminée — PAdES B-B, « beneficiaire »\n  Signataire : Awa Sarr\n"));
}

TEST_CASE("a certificate expired at the time of verification gives no certainty") {
    const auto report =
        signature::verify(signed_contract(), "contrat.pdf", keys().trust, instant("2100-01-01"));
    CHECK(report.verdict() == Verdict::indeterminate);
    CHECK(codes(report) == "certificate_expired certificate_expired certificate_expired");
}

TEST_CASE("nobody signs with a certificate out of its time") {
    const auto old = keys().issue("Paul Ancien", crypto::KeyType::p256, "2024-01-01", "2025-01-01");
    const auto early = keys().issue("Ines Future", crypto::KeyType::p256, "2027-01-01");
    const auto expired = [&] { sign_pdf(contract_pdf(), request("beneficiaire"), old); };
    CHECK(error_of(expired) ==
          "the certificate of 'Paul Ancien' expired on 2025-01-01T00:00:00Z; sign with a renewed "
          "certificate");
    CHECK(code_of(expired) == "certificate_expired");
    CHECK(
        error_of([&] { sign_pdf(contract_pdf(), request("beneficiaire"), early); }) ==
        "the certificate of 'Ines Future' is valid only from 2027-01-01T00:00:00Z; wait, or check "
        "the clock");
}

TEST_CASE("an unknown or filled field is refused") {
    CHECK(code_of([] { sign_pdf(contract_pdf(), request("asociation"), keys().p256); }) ==
          "no_such_field");
    CHECK(code_of([] { sign_pdf(signed_contract(), request("association"), keys().p256); }) ==
          "already_signed");
}

TEST_CASE("a key elsewhere signs what was prepared, and a stale base is a conflict") {
    const Bytes base = contract_pdf();
    const pdf::File file = pdf::File::read(base);
    const auto& signer = keys().p256;
    pdf::FontCache fonts;
    const auto what = request("association", "Léa Vasseur", "directrice");
    const auto prepared =
        signature::pades::prepare(file, what, signer.certificate(), signer.chain(), fonts);
    CHECK(prepared.base == crypto::sha256(base));
    const Bytes value = signer.sign(prepared.to_sign);

    // The service may forget the preparation and make it again.
    const auto again =
        signature::pades::prepare(file, what, signer.certificate(), signer.chain(), fonts);
    CHECK(again.to_sign == prepared.to_sign);
    const Bytes done = signature::pades::embed(again, crypto::sha256(base), value);
    CHECK(judge(done).verdict() == Verdict::valid);

    const auto stale = [&] { signature::pades::embed(prepared, crypto::sha256(done), value); };
    CHECK(error_of(stale) ==
          "the document has changed since it was prepared for this signature; prepare the newest "
          "version and sign that");
    CHECK(code_of(stale) == "stale_base");
    CHECK(code_of([&] {
              signature::pades::embed(prepared, prepared.base, keys().p256.sign("autre"));
          }) == "wrong_signature");
    CHECK(code_of([&] {
              signature::pades::embed(prepared, prepared.base, keys().rsa.sign(prepared.to_sign));
          }) == "wrong_signature");
}

TEST_CASE("RSA signatures of one preparation are the same file twice") {
    CHECK(sign_pdf(contract_pdf(), request("departement", "Jean Moreau"), keys().rsa) ==
          sign_pdf(contract_pdf(), request("departement", "Jean Moreau"), keys().rsa));
}

TEST_CASE("a drawn signature becomes part of the appearance") {
    auto what = request("beneficiaire", "Awa Sarr", "bénéficiaire");
    what.visible.strokes = {{{0, 0}, {20, 10}, {40, 0}}, {{0, 20}, {40, 20}}};
    const Bytes drawn = sign_pdf(contract_pdf(), what, keys().p256);
    CHECK(judge(drawn).verdict() == Verdict::valid);
    what.visible = {};
    const Bytes plain = sign_pdf(contract_pdf(), what, keys().p256);
    CHECK(judge(plain).verdict() == Verdict::valid);
    CHECK(plain.size() < drawn.size());
}

TEST_CASE("a seal made while the file is written needs no second revision") {
    pdf::FontCache fonts;
    const auto what = request("departement", "Jean Moreau", "par délégation");
    for (const bool streams : {true, false}) {
        const Bytes sealed =
            signature::pades::seal(contract_pages(), what, keys().rsa, fonts, {streams, {}});
        const auto report = judge(sealed);
        CHECK(codes(report) == "");
        CHECK(report.verdict() == Verdict::valid);
        REQUIRE(report.signatures.size() == 1);
        CHECK(report.signatures[0].covers == "tout le fichier");
        CHECK(report.signatures[0].name == "Jean Moreau");
        CHECK(report.empty_fields == std::vector<std::string>{"beneficiaire", "association"});
        CHECK(pdf::File::read(sealed).revisions().size() == 1);
        CHECK(sealed.size() < sign_pdf(contract_pdf(streams), what, keys().rsa).size());
    }
}

TEST_CASE("who signs after the seal adds a revision, and both are valid") {
    pdf::FontCache fonts;
    const Bytes sealed = signature::pades::seal(
        contract_pages(), request("association", "Léa Vasseur"), keys().p384, fonts);
    const Bytes both = sign_pdf(sealed, request("beneficiaire", "Awa Sarr"), keys().p256);
    CHECK(both.starts_with(sealed));
    const auto report = judge(both);
    CHECK(codes(report) == "");
    CHECK(report.verdict() == Verdict::valid);
    REQUIRE(report.signatures.size() == 2);
    CHECK(code_of([&] { sign_pdf(both, request("association"), keys().rsa); }) == "already_signed");
}

TEST_CASE("a seal is made again without its key when pages and request are the same") {
    pdf::FontCache fonts;
    auto what = request("association", "Léa Vasseur");
    const Bytes sealed = signature::pades::seal(contract_pages(), what, keys().p256, fonts);
    const pdf::File file = pdf::File::read(sealed);
    const pdf::Signature& value = *file.signature_field("association")->signature;
    const auto again = [&](const layout::Pages& pages) {
        return signature::pades::sealed_again(pages, what, value, fonts);
    };
    CHECK(again(contract_pages()) == sealed);
    auto other = contract_pages();
    other.metadata.title = "Autre contrat";
    CHECK(again(other) != sealed);
    what.name = "Awa Sarr";
    CHECK(again(contract_pages()) != sealed);
}

TEST_CASE("a seal asks for a field of the document and for a certificate in its time") {
    pdf::FontCache fonts;
    const auto old = keys().issue("Paul Ancien", crypto::KeyType::p256, "2024-01-01", "2025-01-01");
    CHECK(code_of([&] {
              signature::pades::seal(contract_pages(), request("association"), old, fonts);
          }) == "certificate_expired");
    CHECK(error_of([&] {
              signature::pades::seal(contract_pages(), request("asociation"), keys().p256, fonts);
          }) == "PDF: no signature field \"asociation\"; did you mean \"association\"?");
}
