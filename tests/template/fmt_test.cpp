#include "template/fmt.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "template/writer/case.hpp"
#include "zip/zip.hpp"

using namespace paraphe;
using namespace paraphe::test;

namespace {

/// The paragraph after formatting, without the file around it.
std::string mended(const std::string& paragraph) {
    const std::string before = flat("<text:p>" + paragraph + "</text:p>");
    const std::string after = tmpl::format(before, "essai.fodt").bytes;
    const auto begin = before.find("<text:p>") + 8;
    REQUIRE(after.substr(0, begin) == before.substr(0, begin));
    return after.substr(begin, after.rfind("</text:p>") - begin);
}

std::string without_tags(const odf::Document& document) {
    std::string text = text_lines(document);
    for (const auto& [from, to] : {std::pair("{\u00A0%", "{%"), std::pair("%\u00A0}", "%}")})
        for (auto at = text.find(from); at != std::string::npos; at = text.find(from))
            text.replace(at, std::string_view(from).size(), to);
    std::string out;
    std::size_t at = 0;
    while (const auto tag = expression::next_tag(text, at)) {
        out += text.substr(at, tag->begin - at) + "{}";
        at = tag->end;
    }
    return out + text.substr(at);
}

}  // namespace

TEST_CASE("a tag that editing has split is one text in the span of its first word") {
    CHECK(mended("a {{ no<text:span text:style-name=\"T1\">m</text:span> }} b") == "a {{ nom }} b");
    CHECK(mended("{{ <text:span text:style-name=\"T1\">nom</text:span> | euros }}") ==
          "<text:span text:style-name=\"T1\">{{ nom | euros }}</text:span>");
    CHECK(mended("{<text:span text:style-name=\"T1\">% if</text:span> oui %}x") == "{% if oui %}x");
    CHECK(mended("{{ no<text:soft-page-break/>m }}") == "{{ nom }}<text:soft-page-break/>");
    CHECK(mended("{{<text:tab/>nom<text:line-break/>}}") == "{{ nom }}");
}

TEST_CASE("what autocorrection put into a tag becomes plain, the rest keeps its octets") {
    CHECK(mended("« {{ a ≥ “x” }} – l’été »") == "« {{ a &gt;= &quot;x&quot; }} – l’été »");
    CHECK(mended("{ % if a ≠ « oui » % }") == "{% if a != &quot;oui&quot; %}");
    CHECK(mended("{{ a – 2 }}{{ b }}") == "{{ a - 2 }}{{ b }}");
    CHECK(mended("{{ ét­é }}") == "{{ été }}");
}

TEST_CASE("the content of a text between quotes stays as it is") {
    CHECK(mended("{{ “l’été – « vrai »” }}") == "{{ &quot;l’été – « vrai »&quot; }}");
    CHECK(mended("{{ \"l’été ≥ …\" }}") == "{{ \"l’été ≥ …\" }}");
    CHECK(mended("{{ “dit \"oui\"” }}") == "{{ &apos;dit &quot;oui&quot;&apos; }}");
    CHECK(mended("{{ “a <text:s text:c=\"2\"/>b” }}") ==
          "{{ &quot;a <text:s text:c=\"2\"/>b&quot; }}");
}

TEST_CASE("what cannot be read, comments, user fields and recorded changes are left alone") {
    for (const std::string text :
         {"{{ nom § “a” }}", "{{ nom", "{# “un” mot #}", "{% raw %}{{ “a” }}{% endraw %}",
          "x<office:annotation><text:p>{{ “a” }}</text:p></office:annotation>",
          "<text:user-field-get text:name=\"n\">{{ “a” }}</text:user-field-get>",
          "{{ “a” }}<text:change text:change-id=\"c\"/>"})
        CHECK(mended(text) == text);
}

TEST_CASE("each change is told with its place") {
    const auto made = tmpl::format(
        flat("<text:h text:outline-level=\"1\">Objet</text:h>\n<text:p>é &amp; {{ “a” }}</text:p>"),
        "essai.fodt");
    REQUIRE(made.changes.size() == 1);
    CHECK(to_string(made.changes[0].where) == "essai.fodt:2:17");
    CHECK(made.changes[0].context == "« Objet »");
    CHECK(made.changes[0].before == "{{ “a” }}");
    CHECK(made.changes[0].after == "{{ \"a\" }}");
}

TEST_CASE("what Writer saved is mended so that text, merge and all else are the same") {
    for (const std::string name : {"retouches", "autocorrection", "porteurs", "lieux", "suivi"})
        for (const std::string suffix : {".odt", ".fodt"}) {
            CAPTURE(name + suffix);
            const Bytes before = read_file(writer_folder + name + suffix);
            const auto made = tmpl::format(before, name + suffix);
            const bool damaged = name == "retouches" || name == "autocorrection";
            CHECK(made.changes.empty() == !damaged);
            CHECK((made.bytes == before) == !damaged);
            const auto again = tmpl::format(made.bytes, name + suffix);
            CHECK(again.changes.empty());
            CHECK(again.bytes == made.bytes);
            const auto was = odf::read(before, name), is = odf::read(made.bytes, name);
            CHECK(without_tags(was) == without_tags(is));
            const auto merged_was = writer_merge(was), merged_is = writer_merge(is);
            CHECK(odf::markup(*merged_was.body) == odf::markup(*merged_is.body));
            CHECK(odf::markup(*merged_was.master_styles) == odf::markup(*merged_is.master_styles));
            if (suffix != ".odt") continue;
            const auto old_parts = zip::Archive::open(before, name);
            const auto new_parts = zip::Archive::open(made.bytes, name);
            REQUIRE(old_parts.entries().size() == new_parts.entries().size());
            for (std::size_t i = 0; i < old_parts.entries().size(); ++i) {
                const auto& entry = old_parts.entries()[i];
                CHECK(entry.name == new_parts.entries()[i].name);
                if (entry.name != "content.xml" && !entry.is_directory())
                    CHECK(old_parts.read(entry.name) == new_parts.read(entry.name));
            }
        }
}

TEST_CASE("a template without damage keeps its octets") {
    for (const std::string file :
         {"templates/masp/contrat.fodt", "templates/masp/releve-de-refus.fodt",
          "templates/clauses/donnees-personnelles.fodt"}) {
        const Bytes before = read_file(PARAPHE_SOURCE_DIR "/" + file);
        CHECK(tmpl::format(before, file).bytes == before);
    }
}
