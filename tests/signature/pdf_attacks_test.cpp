#include <doctest/doctest.h>

#include "fixtures.hpp"
#include "signature/revision_changes.hpp"

using namespace paraphe;
using namespace paraphe::fixtures;
using signature::Verdict;

namespace {

/// Signed once, so that one signature covers the whole file.
const Bytes& once() {
    static const Bytes file =
        sign_pdf(contract_pdf(false), request("beneficiaire", "Awa Sarr"), keys().p256);
    return file;
}

/// A revision that gives objects of the base another content.
template <typename Change>
Bytes revised(const Bytes& base, Change change) {
    pdf::Update update(pdf::File::read(base));
    change(update);
    return update.finish().bytes;
}

/// A revision written by hand, as an attacker would: one object of the base with another content.
Bytes overwritten(const Bytes& base, int object, const std::string& content) {
    const pdf::File file = pdf::File::read(base);
    Bytes out = base;
    char entry[32];
    std::snprintf(entry, sizeof entry, "%010zu 00000 n \n", out.size());
    out += std::to_string(object) + " 0 obj\n" + content + "\nendobj\n";
    pdf::Dictionary trailer = file.trailer();
    trailer["Prev"] = std::to_string(file.revisions().back().xref);
    const std::string at = std::to_string(out.size());
    out += "xref\n" + std::to_string(object) + " 1\n" + entry + "trailer\n" +
           pdf::to_syntax(trailer) + "\nstartxref\n" + at + "\n%%EOF\n";
    return out;
}

std::string verdict_codes(Bytes file) {
    const auto report = judge(std::move(file));
    CHECK(report.verdict() == Verdict::invalid);
    return codes(report);
}

}  // namespace

TEST_CASE("every 97th octet flipped in the signed range is found") {
    const Bytes& file = once();
    const pdf::File read = pdf::File::read(file);
    const auto range = read.signature_field("beneficiaire")->signature->byte_range;
    REQUIRE(range.size() == 4);
    int tried = 0;
    std::vector<std::size_t> unnoticed;
    for (std::size_t i = 0; i < file.size(); i += 97) {
        const bool in_range = i < range[1] || i >= range[2];
        if (!in_range) continue;
        Bytes altered = file;
        altered[i] = static_cast<char>(altered[i] ^ 0x01);
        ++tried;
        try {
            if (judge(std::move(altered)).verdict() == Verdict::valid) unnoticed.push_back(i);
        } catch (const Error&) {
            // A file that cannot be read any more is noticed too.
        }
    }
    CHECK(tried > 50);
    CHECK(unnoticed.empty());
}

TEST_CASE("a flipped octet of the first signature's part spoils all three") {
    Bytes file = signed_contract();
    const auto at = file.find("Contrat");
    const auto info = at == Bytes::npos ? file.find("Montclair") : at;
    REQUIRE(info != Bytes::npos);
    file[info] = static_cast<char>(file[info] ^ 0x02);
    const auto report = judge(file);
    CHECK(report.verdict() == Verdict::invalid);
    int spoiled = 0;
    for (const auto& one : report.signatures)
        if (one.verdict == Verdict::invalid) {
            ++spoiled;
            CHECK(one.findings[0].code == "hash_mismatch");
        }
    CHECK(spoiled == 3);
}

TEST_CASE("octets after the last end of file are found and counted") {
    CHECK(verdict_codes(once() + "% une remarque\n") == "trailing_bytes");
    const auto report = judge(once() + "% une remarque\n");
    CHECK(report.findings[0].text ==
          "15 octets ont été ajoutés après la fin du PDF, hors signature.");
}

TEST_CASE("a page changed by a later revision spoils the signature before it") {
    const Bytes file = revised(once(), [](pdf::Update& update) {
        const pdf::ObjectId page = update.base().page(0);
        pdf::Dictionary dictionary = update.dictionary(page);
        dictionary["Contents"] = pdf::reference(update.add_stream({}, "0 0 200 200 re f"));
        update.set(page, dictionary);
    });
    CHECK(verdict_codes(file) == "changed_after_signing unsigned_revision");
    CHECK(judge(file).signatures[0].findings[0].text ==
          "Le document a été modifié après cette signature : page 1.");
}

TEST_CASE("a replaced content stream, catalog entry or annotation is found") {
    const pdf::File base = pdf::File::read(once());
    const std::string contents = base.dictionary(base.page(0)).at("Contents");
    const int stream = std::stoi(contents);
    CHECK(verdict_codes(overwritten(once(), stream,
                                    "<</Length 17>>\nstream\n0 0 200 200 re f\n\nendstream")) ==
          "changed_after_signing unsigned_revision");
    // Even with the same dictionary, which is all that a comparison of dictionaries would see.
    const std::string same = pdf::to_syntax(base.dictionary({stream, 0}));
    const std::size_t length = std::stoul(base.dictionary({stream, 0}).at("Length"));
    const Bytes file =
        overwritten(once(), stream, same + "\nstream\n" + Bytes(length, ' ') + "\nendstream");
    CHECK(verdict_codes(file) == "changed_after_signing unsigned_revision");
    CHECK(judge(file).signatures[0].findings[0].text ==
          "Le document a été modifié après cette signature : objet " + std::to_string(stream) +
              ".");
    CHECK(verdict_codes(revised(once(), [](pdf::Update& update) {
              pdf::Dictionary catalog = update.dictionary(update.base().catalog());
              catalog["PageMode"] = "/UseNone";
              update.set(update.base().catalog(), catalog);
          })).starts_with("changed_after_signing"));
    CHECK(verdict_codes(revised(once(), [](pdf::Update& update) {
              const pdf::ObjectId note = update.add({{"Type", "/Annot"},
                                                     {"Subtype", "/FreeText"},
                                                     {"Rect", "[50 50 400 400]"},
                                                     {"Contents", "(tout autre texte)"}});
              update.append(update.base().page(0), "Annots", pdf::reference(note));
          })).starts_with("changed_after_signing"));
}

TEST_CASE("an object that nobody needs to touch, written again, is found") {
    for (const bool object_streams : {false, true}) {
        const Bytes signed_once =
            sign_pdf(contract_pdf(object_streams), request("beneficiaire"), keys().p256);
        const pdf::File read = pdf::File::read(signed_once);
        const auto id = read.entry(read.catalog(), "StructTreeRoot")->id;
        const Bytes file = revised(signed_once, [&](pdf::Update& update) {
            update.set(id, pdf::Dictionary{{"Type", "/StructTreeRoot"}});
        });
        CHECK(verdict_codes(file) == "changed_after_signing unsigned_revision");
        CHECK(judge(file).signatures[0].findings[0].text ==
              "Le document a été modifié après cette signature : objet " +
                  std::to_string(id.number) + ".");
    }
}

TEST_CASE("an invisible signature field added later changes nothing for those who signed") {
    const Bytes file =
        revised(once(), [](pdf::Update& update) { pdf::add_signature_field(update, "sceau"); });
    const auto report = judge(file);
    CHECK(codes(report) == "unsigned_revision");
    CHECK(report.verdict() == Verdict::valid);
    CHECK(report.signatures[0].added_after ==
          std::vector<std::string>{"révision 3 : sans signature"});
}

TEST_CASE("an odd ByteRange is named and makes the signature invalid") {
    const Bytes& file = once();
    const auto at = file.find("/ByteRange");
    REQUIRE(at != Bytes::npos);
    const auto open = file.find('[', at), close = file.find(']', at);
    const auto with_range = [&](std::string range) {
        Bytes out = file;
        range.resize(close - open - 1, ' ');
        return out.replace(open + 1, close - open - 1, range);
    };
    const auto range = pdf::File::read(file).signature_field("beneficiaire")->signature->byte_range;
    const auto n = [&](std::size_t i) { return std::to_string(range[i]); };
    for (const std::string& odd :
         {"0 " + n(1) + " " + n(2), "1 " + std::to_string(range[1] - 1) + " " + n(2) + " " + n(3),
          "0 " + std::to_string(range[1] - 10) + " " + n(2) + " " + n(3),
          "0 " + n(1) + " " + n(2) + " " + std::to_string(range[3] - 20),
          "0 " + n(1) + " " + n(1) + " " + n(3), "0 99999999 " + n(2) + " " + n(3),
          std::string("0 0 0 0"), std::string()}) {
        CAPTURE(odd);
        const auto report = judge(with_range(odd));
        CHECK(report.verdict() == Verdict::invalid);
        REQUIRE(report.signatures.size() == 1);
        CHECK(report.signatures[0].findings[0].code == "odd_byte_range");
    }
}

TEST_CASE("odd Contents are named and make the signature invalid") {
    const Bytes& file = once();
    const auto open = file.find("/Contents<") + 9;
    REQUIRE(file[open] == '<');
    Bytes padded = file;
    const auto close = file.find('>', open);
    padded[close - 1] = '1';
    CHECK(verdict_codes(padded) == "odd_contents");
    Bytes empty = file;
    for (auto i = open + 1; i < close; ++i)
        empty[i] = '0';
    CHECK(verdict_codes(empty) == "odd_contents");
    Bytes broken = file;
    broken[open + 201] = broken[open + 201] == '0' ? '1' : '0';
    CHECK(judge(broken).verdict() == Verdict::invalid);
}

TEST_CASE("a signature made over another document does not fit") {
    const Bytes other =
        sign_pdf(contract_pdf(false), request("beneficiaire", "Awa Sarr"), keys().rsa);
    const auto value = [](const Bytes& file) {
        const auto open = file.find("/Contents<") + 10;
        return std::pair(open, file.find('>', open) - open);
    };
    Bytes file = once();
    const auto [to, room] = value(file);
    const auto [from, length] = value(other);
    REQUIRE(to > 10);
    Bytes hex = other.substr(from, length);
    hex.resize(room, '0');
    file.replace(to, room, hex);
    CHECK(judge(file).verdict() == Verdict::invalid);
}

TEST_CASE("an unsigned PDF is indeterminate, and its empty slots are named") {
    const auto report = judge(contract_pdf());
    CHECK(report.verdict() == Verdict::indeterminate);
    CHECK(codes(report) == "no_signature");
    CHECK(report.empty_fields ==
          std::vector<std::string>{"beneficiaire", "association", "departement"});
}

TEST_CASE("what is none of the three formats is refused by name") {
    CHECK(error_of([] { judge("un texte"); }) ==
          "essai: neither a PDF nor an ODF or ASiC-E container; give a .pdf, .odt or .asice file");
    CHECK(code_of([] { judge("%PDF-1.7 rien"); }) != "");
    CHECK(code_of([] { judge("PK\x03\x04"); }) == "not_a_zip");
}
