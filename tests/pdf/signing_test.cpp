#include "pdf/signing.hpp"

#include <doctest/doctest.h>

#include <functional>

#include "base/error.hpp"
#include "base/file.hpp"
#include "pdf/conformance.hpp"
#include "pdf/writer.hpp"
#include "test_pages.hpp"

using namespace paraphe;

namespace {

pdf::FontCache& fonts() {
    static pdf::FontCache cache;
    return cache;
}

pdf::File contract(bool object_streams = true) {
    return pdf::File::read(pdf::write(test::contract(), fonts(), {object_streams, {}}),
                           "contrat.pdf");
}

pdf::SignatureDictionary facts(const std::string& name) {
    pdf::SignatureDictionary out;
    out.name = name;
    out.reason = "Accord sur le contrat";
    out.location = "Fictive-sur-Loire";
    out.signed_at = *parse_instant("2026-03-02T14:05:06Z");
    return out;
}

pdf::Appearance drawn(const pdf::File& file, const std::string& field, const std::string& name) {
    const Rect box = file.signature_field(field)->box;
    return pdf::text_appearance({box.width, box.height}, test::face(test::serif),
                                {"Signé par " + name, "le 2 mars 2026 à 15 h 05"},
                                {{{0, 10}, {5, 0}, {10, 10}, {15, 3}}, {{20, 5}}});
}

pdf::PreparedSignature prepare(const pdf::File& file, const std::string& field,
                               const std::string& name) {
    return pdf::prepare_signature(file, field, facts(name), drawn(file, field, name), fonts());
}

/// A CMS value by the command line of OpenSSL, with a key made for the tests.
Bytes cms_of(const pdf::PreparedSignature& prepared) {
    Bytes octets;
    for (const ByteView part : prepared.signed_octets())
        octets += part;
    const auto data = test::scratch("to-sign.bin", octets);
    const auto key = test::scratch("key.pem", ""), certificate = test::scratch("cert.pem", "");
    const auto out = test::scratch("cms.der", "");
    const auto made = test::shell(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj "
        "'/CN=Camille Exemple' -keyout " +
        key + " -out " + certificate +
        " && openssl cms -sign -binary "
        "-outform DER -cades -md sha256 -in " +
        data + " -signer " + certificate + " -inkey " + key + " -out " + out);
    REQUIRE_MESSAGE(made.status == 0, made.output);
    return read_file(out);
}

std::string error_of(const std::function<void()>& action) {
    try {
        action();
    } catch (const Error& error) {
        return error.code() + ": " + error.what();
    }
    return "no error";
}

}  // namespace

TEST_CASE("a revision with a signature leaves every earlier octet as it was") {
    for (const bool streams : {true, false}) {
        const pdf::File base = contract(streams);
        const auto prepared = prepare(base, "beneficiaire", "Camille Exemple");
        CHECK(prepared.bytes.starts_with(base.bytes()));
        const auto& range = prepared.byte_range;
        CHECK(range[0] == 0);
        CHECK(range[2] - range[1] == 2 * prepared.reserve + 2);
        CHECK(range[2] + range[3] == prepared.bytes.size());
        CHECK(prepared.bytes[range[1]] == '<');
        CHECK(prepared.bytes[range[2] - 1] == '>');

        const Bytes value = "\x30\x03\x02\x01\x05";
        const pdf::File file = pdf::File::read(pdf::embed(prepared, value));
        REQUIRE(file.revisions().size() == 2);
        CHECK(file.revisions()[0].end == base.bytes().size());
        CHECK(file.uses_xref_stream() == streams);
        const auto* field = file.signature_field("beneficiaire");
        REQUIRE(field);
        REQUIRE(field->is_signed());
        const pdf::Signature& signature = *field->signature;
        CHECK(signature.range_fault == "");
        CHECK(signature.revision == 1);
        CHECK(signature.name == "Camille Exemple");
        CHECK(signature.reason == "Accord sur le contrat");
        CHECK(signature.location == "Fictive-sur-Loire");
        CHECK(signature.sub_filter == "ETSI.CAdES.detached");
        CHECK(signature.type == "Sig");
        CHECK(signature.written_date == "D:20260302140506Z");
        CHECK(signature.signed_at == facts("").signed_at);
        CHECK(signature.contents.starts_with(value));
        CHECK(signature.contents.size() == prepared.reserve);
        CHECK_FALSE(file.signature_field("association")->is_signed());
        const auto path = test::scratch("prepared.pdf", file.bytes());
        const auto check = test::shell("qpdf --check " + path);
        CHECK_MESSAGE(check.status == 0, check.output);
    }
}

TEST_CASE("three parties sign one after the other, and pdfsig finds all three valid") {
    for (const bool streams : {true, false}) {
        pdf::File file = contract(streams);
        for (const char* field : {"beneficiaire", "association", "departement"}) {
            const auto prepared = prepare(file, field, std::string("Partie ") + field);
            file = pdf::File::read(pdf::embed(prepared, cms_of(prepared)));
        }
        CHECK(file.revisions().size() == 4);
        int revision = 1;
        for (const auto& field : file.signature_fields()) {
            REQUIRE(field.is_signed());
            CHECK(field.signature->range_fault == "");
            CHECK(field.signature->revision == revision++);
        }
        const auto path =
            test::scratch(streams ? "signed.pdf" : "signed-classic.pdf", file.bytes());
        const auto check = test::shell("qpdf --check " + path);
        CHECK_MESSAGE(check.status == 0, check.output);
        if (!test::has_tool("pdfsig")) continue;
        const std::string verdict = test::shell("pdfsig -nocert " + path).output;
        CAPTURE(verdict);
        int valid = 0;
        for (std::size_t at = 0;
             (at = verdict.find("Signature is Valid.", at)) != std::string::npos; ++at) {
            ++valid;
        }
        CHECK(valid == 3);
        CHECK(verdict.find("Partie departement") ==
              std::string::npos);  // names come from certificates
        const std::string text = test::shell("pdftotext -raw -f 2 " + path + " -").output;
        CAPTURE(text);
        CHECK(text.find("Suite du même alinéa.") != std::string::npos);
    }
}

TEST_CASE("what hides in the gap of a ByteRange is found") {
    const pdf::File base = contract(false);
    const Bytes good = pdf::embed(prepare(base, "beneficiaire", "Camille Exemple"), "\x30\x01\x05");
    const auto fault = [](Bytes bytes) {
        const pdf::File file = pdf::File::read(std::move(bytes));
        return file.signature_field("beneficiaire")->signature->range_fault;
    };
    CHECK(fault(good) == "");
    const std::size_t at = good.find("/ByteRange[") + 11;
    const std::string range = good.substr(at, good.find(']', at) - at);
    const auto with = [&](const std::string& other) {
        Bytes out = good;
        out.replace(at, range.size(), other + std::string(range.size() - other.size(), ' '));
        return out;
    };
    std::array<std::uint64_t, 4> n{};
    std::sscanf(range.c_str(), "%lu %lu %lu %lu", &n[0], &n[1], &n[2], &n[3]);
    const auto numbers = [](std::uint64_t a, std::uint64_t b, std::uint64_t c, std::uint64_t d) {
        return std::to_string(a) + " " + std::to_string(b) + " " + std::to_string(c) + " " +
               std::to_string(d);
    };
    CHECK(fault(with(numbers(1, n[1] - 1, n[2], n[3]))) ==
          "ByteRange does not begin at the start of the file");
    CHECK(fault(with(numbers(0, n[1] - 30, n[2], n[3]))) ==
          "ByteRange does not leave out exactly the Contents string");
    CHECK(fault(with(numbers(0, n[1], n[2] + 40, n[3] - 40))) ==
          "ByteRange does not leave out exactly the Contents string");
    CHECK(fault(with(numbers(0, n[1], n[2], n[3] - 100))) ==
          "ByteRange does not end with a revision of the file");
    CHECK(fault(with(numbers(0, n[1], n[2], n[3] + 1))) == "ByteRange lies outside the file");
    CHECK(fault(with("0 1 2")) == "ByteRange must have four numbers, it has 3");
    CHECK(fault(with("0 -5 9 9")) == "ByteRange lies outside the file");
}

TEST_CASE("a seal is written with the file, and pdfsig finds the whole document signed") {
    for (const bool streams : {true, false}) {
        const pdf::File empty = contract(streams);
        const auto appearance = drawn(empty, "association", "Partie association");
        const auto prepared =
            pdf::prepare_signature(test::contract(), "association", facts("Partie association"),
                                   appearance, fonts(), {streams, {}});
        const pdf::File file = pdf::File::read(pdf::embed(prepared, cms_of(prepared)));
        CHECK(file.revisions().size() == 1);
        CHECK(file.uses_xref_stream() == streams);
        for (const auto& field : file.signature_fields())
            CHECK(field.is_signed() == (field.name == "association"));
        CHECK(file.signature_field("association")->signature->range_fault == "");
        CHECK(file.signature_field("association")->signature->revision == 0);
        for (const Diagnostic& found : pdf::check_conformance(file.bytes(), "sealed.pdf"))
            CHECK_MESSAGE(pdf::is_of_author(found.code), to_string(found));

        // What the field shows uses the fonts of the pages, not subsets of its own.
        const auto updated = pdf::prepare_signature(
            empty, "association", facts("Partie association"), appearance, fonts());
        CHECK(prepared.bytes.size() + 3000 < updated.bytes.size());

        const auto path =
            test::scratch(streams ? "sealed.pdf" : "sealed-classic.pdf", file.bytes());
        const auto check = test::shell("qpdf --check " + path);
        CHECK_MESSAGE(check.status == 0, check.output);
        const std::string text = test::shell("pdftotext -raw " + path + " -").output;
        CHECK(text.find("Signé par Partie association") != std::string::npos);
        if (!test::has_tool("pdfsig")) continue;
        const std::string verdict = test::shell("pdfsig -nocert " + path).output;
        CAPTURE(verdict);
        CHECK(verdict.find("Signature is Valid.") != std::string::npos);
        CHECK(verdict.find("Total document signed") != std::string::npos);
    }
}

TEST_CASE("a field that is not there, or is signed, is refused with help") {
    const pdf::File base = contract();
    CHECK(error_of([&] { pdf::prepare_signature(base, "benificiaire", facts(""), {}, fonts()); }) ==
          "no_such_field: contrat.pdf: no signature field \"benificiaire\"; did you mean "
          "\"beneficiaire\"?");
    CHECK(error_of([&] { pdf::prepare_signature(base, "x", facts(""), {}, fonts()); }) ==
          "no_such_field: contrat.pdf: no signature field \"x\"; the fields are beneficiaire, "
          "association, departement");
    const pdf::File once = pdf::File::read(
        pdf::embed(prepare(base, "beneficiaire", "Camille Exemple"), "\x30\x00"), "contrat.pdf");
    CHECK(error_of([&] { pdf::prepare_signature(once, "beneficiaire", facts(""), {}, fonts()); }) ==
          "already_signed: contrat.pdf: the field \"beneficiaire\" is already signed; sign another "
          "field");
    auto prepared = prepare(base, "beneficiaire", "Camille Exemple");
    CHECK(error_of([&] { pdf::embed(prepared, Bytes(20'000, 'x')); }) ==
          "reserve_too_small: the signature of \"beneficiaire\" has 20000 octets, room was made "
          "for 16384; prepare it again with more room");
}

TEST_CASE("equal inputs give equal prepared bytes") {
    const pdf::File base = contract();
    pdf::FontCache fresh;
    const auto appearance = drawn(base, "association", "Dominique Exemple");
    CHECK(pdf::prepare_signature(base, "association", facts("D"), appearance, fresh).bytes ==
          pdf::prepare_signature(base, "association", facts("D"), appearance, fonts()).bytes);
}

TEST_CASE("an invisible field is added and signed in one revision, with other objects beside it") {
    for (const bool streams : {true, false}) {
        const pdf::File base = contract(streams);
        pdf::Update update(base);
        pdf::add_signature_field(update, "horodatage");
        const auto certificate = update.add_stream({{"Type", "/Cert"}}, "DER");
        pdf::Dictionary catalog = update.dictionary(base.catalog());
        catalog["DSS"] = "<</Certs[" + pdf::reference(certificate) + "]>>";
        update.set(base.catalog(), catalog);
        pdf::SignatureDictionary stamp;
        stamp.type = "DocTimeStamp";
        stamp.sub_filter = "ETSI.RFC3161";
        const auto prepared = pdf::prepare_signature(update, "horodatage", stamp, {}, fonts());
        const pdf::File file = pdf::File::read(pdf::embed(prepared, "\x30\x00"));
        CHECK(file.facts().has_dss);
        REQUIRE(file.signature_fields().size() == 4);
        const auto* field = file.signature_field("horodatage");
        REQUIRE(field);
        CHECK(field->page == 0);
        CHECK_FALSE(field->is_visible());
        REQUIRE(field->is_signed());
        CHECK(field->signature->type == "DocTimeStamp");
        CHECK(field->signature->range_fault == "");
        CHECK(field->signature->written_date == "");
        CHECK(test::shell("qpdf --check " + test::scratch("stamped.pdf", file.bytes())).status ==
              0);
        CHECK(error_of([&] {
                  pdf::Update again(file);
                  pdf::add_signature_field(again, "horodatage");
              }) ==
              "field_exists: PDF: the field \"horodatage\" exists already; choose another name");
    }
}

TEST_CASE("an update starts on a line of its own where the base lacks its last end of line") {
    Bytes bytes = pdf::write(test::contract(), fonts(), {});
    while (bytes.back() == '\n')
        bytes.pop_back();
    const pdf::File base = pdf::File::read(bytes);
    const auto prepared = prepare(base, "beneficiaire", "Camille Exemple");
    CHECK(prepared.bytes[bytes.size()] == '\n');
    const pdf::File file = pdf::File::read(pdf::embed(prepared, "\x30\x00"));
    CHECK(file.revisions().size() == 2);
    CHECK(file.signature_field("beneficiaire")->signature->range_fault == "");
}

TEST_CASE("an appearance fits its box and names a character that its font lacks") {
    const Size box{Length::from_points(120), Length::from_points(40)};
    const auto appearance =
        pdf::text_appearance(box, test::face(test::serif), {std::string(200, 'm'), "b"});
    REQUIRE(appearance.items.size() == 2);
    const auto& run = std::get<layout::GlyphRun>(appearance.items[0]);
    Length width;
    for (const auto& glyph : run.glyphs)
        width += glyph.advance;
    CHECK(width.points() < 115);
    CHECK(error_of([&] { pdf::text_appearance(box, test::face(test::serif), {"\u4E2D"}); }) ==
          "missing_glyph: the font LiberationSerif has no character U+4E2D of \"\u4E2D\"; choose "
          "another font for the signature");
    CHECK(error_of([&] {
              pdf::text_appearance(box, test::face(test::serif), {}, {{{1e300, 0}}});
          }) == "bad_strokes: the drawn signature cannot be used; draw it again, smaller");
}

TEST_CASE("a certified file that permits no change is not signed") {
    const pdf::File base = contract();
    pdf::Update update(base);
    const auto certification = update.add({{"Type", "/Sig"},
                                           {"Reference",
                                            "[<</Type/SigRef/TransformMethod/DocMDP/"
                                            "TransformParams<</Type/TransformParams/P 1>>>>]"}});
    pdf::Dictionary catalog = update.dictionary(base.catalog());
    catalog["Perms"] = "<</DocMDP " + pdf::reference(certification) + ">>";
    update.set(base.catalog(), catalog);
    const pdf::File certified = pdf::File::read(update.finish().bytes, "contrat.pdf");
    CHECK(certified.facts().doc_mdp == 1);
    CHECK(error_of(
              [&] { pdf::prepare_signature(certified, "beneficiaire", facts(""), {}, fonts()); }) ==
          "certified: contrat.pdf: its certification forbids further signatures; sign a copy "
          "without certification");
}

TEST_CASE("an update changes dictionaries and arrays, never a stream") {
    const pdf::File base = contract(false);
    pdf::Update update(base);
    update.append(base.page(0), "Annots", "null");
    update.append(base.page(0), "Annots", "null");
    const pdf::File file = pdf::File::read(update.finish().bytes);
    const auto annotations = file.elements(file.dictionary(file.page(0)), "Annots").values;
    CHECK(annotations.size() == 4);
    const auto metadata =
        base.elements({{"all", "[" + base.dictionary(base.catalog()).at("Metadata") + "]"}}, "all");
    int number = 0;
    REQUIRE(std::sscanf(metadata.values.at(0).c_str(), "%d", &number) == 1);
    CHECK(error_of([&] {
              update.set({number, 0}, pdf::Dictionary{});
          }) == "internal: object " + std::to_string(number) + " is a stream and cannot be set");
}
