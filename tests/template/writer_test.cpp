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

TEST_CASE("a conditional text carries tags when its condition is the same in every document") {
    const auto field = [](const std::string& condition, const std::string& shown) {
        return "<text:p><text:conditional-text text:condition=\"" + condition +
               "\" text:string-value-if-true=\"{{ nom }}\" text:string-value-if-false=\"non\">" +
               shown + "</text:conditional-text></text:p>";
    };
    for (const char* always : {"ooow:TRUE", "ooow:1", "ooow:1 == 1", "ooow:1 eq 1",
                               "ooow:&quot;a&quot; != &quot;b&quot;"})
        CHECK_MESSAGE(merged(field(always, "{{ nom }}")) == "<text:p>Lefèvre</text:p>", always);
    for (const char* open : {"ooow:page == 1", "ooow:x", "ooow:1 == n", "ooow:1 == 2"})
        CHECK_MESSAGE(faults(field(open, "{{ nom }}")).at(0).code == "P0207", open);
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
    // What Writer keeps apart stands in no paragraph.
    const std::string apart = "<text:change text:change-id=\"d\"/>";
    CHECK(merged(changes + "<text:p>a" + apart + "b</text:p>") ==
          changes + "<text:p>a" + apart + "b</text:p>");
}

// As LibreOffice 7.4 leaves the same documents when it accepts the change (./run conformance
// writer).
TEST_CASE("paragraphs between which the break is deleted are one, as when Writer accepts it") {
    const std::string changes =
        "<text:tracked-changes><text:changed-region text:id=\"d\"><text:deletion/>"
        "</text:changed-region></text:tracked-changes>";
    const std::string start = "<text:change-start text:change-id=\"d\"/>",
                      end = "<text:change-end text:change-id=\"d\"/>";
    const auto p = [](const std::string& style, const std::string& text) {
        return "<text:p text:style-name=\"" + style + "\">" + text + "</text:p>";
    };
    const auto item = [](const std::string& text) {
        return "<text:list-item>" + text + "</text:list-item>";
    };
    const auto list = [](const std::string& items) {
        return "<text:list>" + items + "</text:list>";
    };
    const auto cell = [](const std::string& text) {
        return "<table:table><table:table-row><table:table-cell>" + text +
               "</table:table-cell></table:table-row></table:table>";
    };
    const auto becomes = [&](const std::string& before, const std::string& after) {
        CHECK(merged(changes + before) == changes + after);
    };
    // The first goes on, whatever lies between.
    becomes(p("A", "Un" + start + " deux") + p("B", "<text:span>trois</text:span><text:tab/>") +
                p("C", "quatre" + end + " cinq {{ nom }}"),
            p("A", "Un" + start + end + " cinq Lefèvre"));
    becomes(p("A", "{{ nom }}" + start) + p("C", end + "quatre"),
            p("A", "Lefèvre" + start + end + "quatre"));
    becomes(p("A", "Un" + start + " deux") + p("C", "quatre" + end) + p("B", "reste"),
            p("A", "Un" + start + end) + p("B", "reste"));
    becomes("<text:h text:outline-level=\"1\">Un" + start + "</text:h>" + p("B", end + "deux"),
            "<text:h text:outline-level=\"1\">Un" + start + end + "deux</text:h>");
    // Of which nothing is left, it goes, and the last keeps its look and place.
    becomes(p("B", "avant") + p("A", start + "Un {{ nmo }}") + p("C", "deux" + end + " trois"),
            p("B", "avant") + p("C", start + end + " trois"));
    becomes(p("B", "avant") + start + p("A", "Un") + end + p("C", "deux"),
            p("B", "avant") + start + end + p("C", "deux"));
    becomes(list(item(p("A", start + "Un")) + item(p("B", end + "deux"))),
            list(item(p("B", start + end + "deux"))));
    // List items and tables inside go along.
    becomes(list(item(p("A", "Un" + start + " deux")) + item(p("B", "tr" + end + "ois")) +
                 item(p("C", "fin"))),
            list(item(p("A", "Un" + start + end + "ois")) + item(p("C", "fin"))));
    becomes(p("A", "Un" + start) + list(item(p("B", end + "deux"))) + p("C", "fin"),
            p("A", "Un" + start + end + "deux") + p("C", "fin"));
    becomes(p("A", "Un" + start + " deux") + cell(p("B", "trois")) + p("C", "tr" + end + "ois"),
            p("A", "Un" + start + end + "ois"));
    // A section, a cell and a frame are texts of their own.
    becomes(p("A", "Un" + start + " deux") + "<text:section text:name=\"S\">" +
                p("B", "dans" + end + " elle") + "</text:section>",
            p("A", "Un" + start) + "<text:section text:name=\"S\">" + p("B", end + " elle") +
                "</text:section>");
    becomes(p("A", "Un" + start + " deux") +
                p("B", "<draw:frame><draw:text-box>" + p("C", "cadre") +
                           "</draw:text-box></draw:frame>" + end + "trois"),
            p("A", "Un" + start +
                       "<draw:frame><draw:text-box><text:p text:style-name=\"C\"/>"
                       "</draw:text-box></draw:frame>" +
                       end + "trois"));
}

TEST_CASE("places are exact after references and characters beyond the basic plane") {
    const auto found =
        faults("\n<text:p>A &amp; B 📕 {{ nom }} &lt;&#xE9;&gt; {{ nmo | }}</text:p>");
    REQUIRE(found.size() == 1);
    CHECK(found[0].where.line == 2);
    CHECK(found[0].where.column == 46);
}
