#include <doctest/doctest.h>

#include <cstdlib>

#include "base/file.hpp"
#include "fixtures.hpp"

/// Programs that we did not write must agree. The files also go to PARAPHE_EXPORT_DIR, from where
/// `./run conformance signatures` shows them to LibreOffice.
using namespace paraphe;
using namespace paraphe::fixtures;

namespace {

bool installed(const std::string& program) {
    return run("command -v " + program) == 0;
}

/// A folder with everything that an outside verifier needs, written once.
const std::string& exported() {
    static const std::string folder = [] {
        const char* wanted = std::getenv("PARAPHE_EXPORT_DIR");
        const std::string out = wanted ? wanted : scratch("outside");
        REQUIRE(run("rm -rf '" + out + "'/* && mkdir -p '" + out + "'") == 0);
        const auto put = [&](const char* name, const Bytes& bytes) {
            write_file(out + "/" + name, bytes);
        };
        put("ca.pem", keys().authority.certificate().pem());
        put("beneficiaire.p12", crypto::write_pkcs12(keys().p256, "essai", "Awa Sarr"));
        put("association.p12", crypto::write_pkcs12(keys().p384, "essai", "Léa Vasseur"));
        put("departement.p12", crypto::write_pkcs12(keys().rsa, "essai", "Jean Moreau"));
        put("password", "essai");
        put("empty.pdf", contract_pdf());
        put("signed.pdf", signed_contract());
        Bytes classic = contract_pdf(false);
        classic = sign_pdf(classic, request("beneficiaire", "Awa Sarr"), keys().p256);
        classic = sign_pdf(classic, request("association", "Léa Vasseur"), keys().p384);
        put("classic.pdf", sign_pdf(classic, request("departement", "Jean Moreau"), keys().rsa));
        Bytes tampered = signed_contract();
        const auto at = tampered.find("Montclair");
        if (at != Bytes::npos) tampered[at] = 'm';
        put("tampered.pdf", tampered);

        const auto put_signature = [&](const std::string& name, const pdf::File& file,
                                       const pdf::Signature& signature) {
            const auto parts = file.signed_octets(signature);
            Bytes content(parts[0]);
            content += parts[1];
            put((name + ".content").c_str(), content);
            const Bytes& contents = signature.contents;
            put((name + ".der").c_str(), contents.substr(0, crypto::der_length(contents)));
        };
        const pdf::File file = pdf::File::read(signed_contract());
        for (const pdf::SignatureField& field : file.signature_fields())
            put_signature(field.name, file, *field.signature);
        pdf::FontCache fonts;
        const pdf::File sealed = pdf::File::read(signature::pades::seal(
            contract_pages(), request("association", "Léa Vasseur"), keys().p384, fonts));
        put("sealed.pdf", sealed.bytes());
        put_signature("sealed", sealed, *sealed.signature_field("association")->signature);
        Bytes package = odt();
        put("unsigned.odt", package);
        for (const crypto::KeySigner* signer : {&keys().p256, &keys().p384, &keys().rsa})
            package = signature::odf_sign(package, "contrat.odt", now(), *signer);
        put("signed.odt", package);
        const Bytes other = zip::Archive::open(odt("Autre texte."), "autre").read("content.xml");
        put("tampered.odt", with_entry(package, "content.xml", other));
        put("container.asice",
            signature::sign_asice({{"contrat.pdf", signed_contract(), "application/pdf"}}, now(),
                                  keys().p384));
        return out;
    }();
    return folder;
}

std::string in_folder(const std::string& command) {
    return "cd '" + exported() + "' && " + command;
}

constexpr const char* at_signing = " -purpose any -attime 1795000000 ";

}  // namespace

TEST_CASE("openssl cms -verify -cades accepts the CMS of each signatory") {
    for (const char* field : {"beneficiaire", "association", "departement", "sealed"}) {
        CAPTURE(field);
        CHECK(run(in_folder(std::string("openssl cms -verify -cades -binary -inform DER -in ") +
                            field + ".der -content " + field + ".content -CAfile ca.pem" +
                            at_signing + "-out verified")) == 0);
    }
    CHECK(
        run(in_folder(std::string("openssl cms -verify -cades -binary -inform DER -in "
                                  "association.der -content beneficiaire.content -CAfile ca.pem") +
                      at_signing)) != 0);
}

TEST_CASE("pdfsig calls all three signatures valid and trusted" *
          doctest::skip(!installed("pdfsig") || !installed("certutil"))) {
    REQUIRE(run(in_folder("rm -rf nss && mkdir nss && certutil -N -d sql:nss --empty-password && "
                          "certutil -A -d sql:nss -n essai -t CT,C,C -i ca.pem")) == 0);
    for (const char* file : {"signed.pdf", "classic.pdf"}) {
        CAPTURE(file);
        CHECK(run(in_folder(std::string("pdfsig -nssdir sql:nss ") + file + " > pdfsig.txt; " +
                            "test $(grep -c 'Signature is Valid' pdfsig.txt) = 3")) == 0);
        CHECK(run(in_folder("test $(grep -c 'Certificate is Trusted' pdfsig.txt) = 3")) == 0);
        CHECK(run(in_folder("test $(grep -c 'ETSI.CAdES.detached' pdfsig.txt) = 3")) == 0);
    }
    CHECK(run(in_folder(
              "pdfsig -nssdir sql:nss sealed.pdf > pdfsig.txt; grep -q 'Signature is Valid' "
              "pdfsig.txt && grep -q 'Total document signed' pdfsig.txt && grep -q "
              "'Certificate is Trusted' pdfsig.txt")) == 0);
    CHECK(run(in_folder("pdfsig -nssdir sql:nss tampered.pdf | grep -q 'Digest Mismatch'")) == 0);
}

TEST_CASE("mutool sign -v finds every digest right" * doctest::skip(!installed("mutool"))) {
    for (const char* file : {"signed.pdf", "classic.pdf"}) {
        CAPTURE(file);
        CHECK(run(in_folder(
                  std::string("mutool sign -v ") + file +
                  " > mutool.txt; test $(grep -c 'The signature is valid' mutool.txt) = 2 && grep "
                  "-q 'The document is unchanged since signing' mutool.txt")) == 0);
    }
    CHECK(run(in_folder("test $(mutool sign -v tampered.pdf | grep -c 'Digest error') = 3")) == 0);
}

TEST_CASE("qpdf finds the signed file in order" * doctest::skip(!installed("qpdf"))) {
    CHECK(run(in_folder("qpdf --check signed.pdf")) == 0);
    CHECK(run(in_folder("qpdf --check classic.pdf")) == 0);
}

TEST_CASE("xmlsec1 verifies each signature of the ODT" *
          doctest::skip(!installed("xmlsec1") || !installed("unzip"))) {
    // Its --node-id picks one of several signatures.
    const auto verify = [](const std::string& package, int which) {
        return run(in_folder(
            "rm -rf odf && mkdir odf && cd odf && unzip -q ../" + package +
            " && xmlsec1 --verify --verification-time '2026-11-25 08:00:00' --trusted-pem "
            "../ca.pem --id-attr:Id SignatureProperty --id-attr:Id SignedProperties "
            "--id-attr:Id Signature --node-id paraphe-" +
            std::to_string(which) + " META-INF/documentsignatures.xml"));
    };
    for (int which = 1; which <= 3; ++which) {
        CAPTURE(which);
        CHECK(verify("signed.odt", which) == 0);
        CHECK(verify("tampered.odt", which) != 0);
    }
}

TEST_CASE("openssl accepts the signature of an ASiC-E container" *
          doctest::skip(!installed("unzip"))) {
    CHECK(run(in_folder(std::string("rm -rf asic && mkdir asic && cd asic && unzip -q "
                                    "../container.asice && openssl cms -verify -cades -binary "
                                    "-inform DER -in META-INF/signature001.p7s -content "
                                    "META-INF/ASiCManifest001.xml -CAfile ../ca.pem") +
                        at_signing + "-out verified")) == 0);
}
