#include <doctest/doctest.h>

#include <cstdlib>

#include "base/error.hpp"
#include "base/file.hpp"
#include "template/document.hpp"
#include "template/writer/case.hpp"

using namespace paraphe;
using namespace paraphe::test;

// tests/conformance/writer/prepare.py made the documents of tests/template/writer/ in LibreOffice.
// PARAPHE_REWRITE_GOLDEN=1 build/dev/template_test writes the expectations anew.

namespace {

void compare(const std::string& got, const std::string& file) {
    if (std::getenv("PARAPHE_REWRITE_GOLDEN") != nullptr) write_file(writer_folder + file, got);
    CHECK(got == read_file(writer_folder + file));
}

}  // namespace

TEST_CASE("what Writer saved is merged alike from a package and from a flat file") {
    for (const std::string name : {"retouches", "autocorrection", "porteurs", "lieux", "suivi"})
        for (const std::string suffix : {".odt", ".fodt"}) {
            CAPTURE(name + suffix);
            const auto document = writer_document(name + suffix);
            for (const Diagnostic& each : writer_check(document))
                CHECK_MESSAGE(each.severity == Severity::warning, to_string(each));
            compare(text_lines(writer_merge(document)), name + ".txt");
        }
}

TEST_CASE("a tag half in bold is a warning, a letter typed in another session or language is not") {
    const auto found = writer_check(writer_document("retouches.fodt"));
    REQUIRE(found.size() == 1);
    CHECK(found[0].severity == Severity::warning);
    CHECK(found[0].code == "P0208");
    CHECK(found[0].quote == "{{ montant | euros }}");
}

TEST_CASE("what Writer saved and no reader could mean is refused with its place and remedy") {
    std::string found;
    for (Diagnostic each : writer_check(writer_document("refus.fodt"))) {
        found += to_string(each) + "\n";
    }
    compare(found, "refus.txt");
    // The same mistakes in a package, where lines say nothing.
    std::string words;
    for (const Diagnostic& each : writer_check(writer_document("refus.odt"))) {
        CHECK(each.where.part == "content.xml");
        words += each.code + " " + each.context + " " + each.quote + "\n";
    }
    compare(words, "refus-odt.txt");
}

TEST_CASE("the value of a user field stands wherever the field is used, whatever was shown there") {
    CHECK(merged("<text:user-field-decls><text:user-field-decl text:name=\"n\" "
                 "office:value-type=\"string\" office:string-value=\"{{ nom }}\"/>"
                 "</text:user-field-decls><text:p>a <text:user-field-get text:name=\"n\">ancien"
                 "</text:user-field-get></text:p>") ==
          "<text:user-field-decls/><text:p>a Lefèvre</text:p>");
}

TEST_CASE("the brackets of a placeholder and the choices of a list go with their tag") {
    CHECK(merged("<text:p><text:placeholder text:placeholder-type=\"text\">&lt;{{ nom }}&gt;"
                 "</text:placeholder> <text:drop-down><text:label text:value=\"{{ nom }}\"/>"
                 "{{ nom }}</text:drop-down></text:p>") == "<text:p>Lefèvre Lefèvre</text:p>");
}

TEST_CASE("a comment may speak of tags: it is neither filled nor judged") {
    const std::string comment =
        "<office:annotation><text:p>et {{ nom, } ?</text:p></office:annotation>";
    CHECK(merged("<text:p>{{ no" + comment + "m }}</text:p>") ==
          "<text:p>Lefèvre" + comment + "</text:p>");
}

TEST_CASE("a tag inserted as a whole is filled, one deleted as a whole is gone") {
    const std::string changes =
        "<text:tracked-changes><text:changed-region text:id=\"i\"><text:insertion/>"
        "</text:changed-region><text:changed-region text:id=\"d\"><text:deletion/>"
        "</text:changed-region></text:tracked-changes>";
    const auto between = [](const char* id, const std::string& text) {
        return std::string("<text:change-start text:change-id=\"") + id + "\"/>" + text +
               "<text:change-end text:change-id=\"" + id + "\"/>";
    };
    CHECK(merged(changes + "<text:p>" + between("i", "{{ nom }}") + between("d", "{{ nmo }}") +
                 "</text:p>") ==
          changes + "<text:p>" + between("i", "Lefèvre") + between("d", "") + "</text:p>");
    for (const char* id : {"i", "d"}) {
        const auto found = faults(changes + "<text:p>{{ no" + between(id, "m") + " }}</text:p>");
        REQUIRE(!found.empty());
        CHECK(found[0].code == "P0201");
    }
}

TEST_CASE("what a recorded change deletes is in no contract, with or without tags around") {
    const std::string changes =
        "<text:tracked-changes><text:changed-region text:id=\"d\"><text:deletion/>"
        "</text:changed-region></text:tracked-changes>";
    const std::string start = "<text:change-start text:change-id=\"d\"/>",
                      end = "<text:change-end text:change-id=\"d\"/>";
    CHECK(merged(changes + "<text:p>Douze " + start + "ou treize " + end + "mois.</text:p>") ==
          changes + "<text:p>Douze " + start + end + "mois.</text:p>");
    // Over paragraphs, spans and tabs.
    CHECK(merged(changes + "<text:p>Un" + start +
                 " deux</text:p><text:p><text:span>trois"
                 "</text:span><text:tab/></text:p><text:p>quatre" +
                 end + " cinq {{ nom }}</text:p>") == changes + "<text:p>Un" + start +
                                                          "</text:p><text:p/><text:p>" + end +
                                                          " cinq Lefèvre</text:p>");
    // What Writer keeps apart stands in no paragraph.
    const std::string apart = "<text:change text:change-id=\"d\"/>";
    CHECK(merged(changes + "<text:p>a" + apart + "b</text:p>") ==
          changes + "<text:p>a" + apart + "b</text:p>");
}

TEST_CASE("places are exact after references and characters beyond the basic plane") {
    const auto found =
        faults("\n<text:p>A &amp; B 📕 {{ nom }} &lt;&#xE9;&gt; {{ nmo | }}</text:p>");
    REQUIRE(found.size() == 1);
    CHECK(found[0].where.line == 2);
    CHECK(found[0].where.column == 46);
}
