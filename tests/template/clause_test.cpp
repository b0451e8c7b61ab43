#include <doctest/doctest.h>

#include "base/error.hpp"
#include "template/document.hpp"

using namespace paraphe;
using namespace paraphe::test;

namespace {

std::string with_styles(const std::string& body, const std::string& styles,
                        const std::string& automatic) {
    std::string out = flat(body);
    const auto end = out.find("</office:styles>");
    out.insert(end, styles);
    const auto after = out.find("<office:body>");
    out.insert(after, "<office:automatic-styles>" + automatic + "</office:automatic-styles>");
    return out;
}

std::string style(const std::string& name, const std::string& parent, const std::string& size) {
    return "<style:style style:name=\"" + name + "\" style:family=\"paragraph\"" +
           (parent.empty() ? "" : " style:parent-style-name=\"" + parent + "\"") +
           "><style:text-properties fo:font-size=\"" + size + "\"/></style:style>";
}

/// The names of the automatic and common styles, and the text's markup.
struct Made {
    std::string styles, automatic, text;
};

Made made(const std::string& main, const std::string& clause) {
    const auto loader = [&](const std::string&) -> std::optional<tmpl::Clause> {
        return tmpl::Clause{clause, "c.fodt"};
    };
    const auto document = tmpl::merge(tmpl::compile_or_throw(odf::read(main, "essai.fodt"), loader),
                                      sample(), registry());
    const auto names = [](const odf::ElementPtr& list) {
        std::string out;
        for (const auto& node : list->children)
            out += std::string(std::get<odf::ElementPtr>(node)->attribute_or_empty(
                       odf::Name("style:name"))) +
                   " ";
        return out;
    };
    Made out{names(document.styles), names(document.automatic_styles), ""};
    for (const auto& node : document.body->child(odf::Name("office:text"))->children)
        out.text += odf::markup(*std::get<odf::ElementPtr>(node));
    return out;
}

const std::string twice =
    "<text:p>{% include \"clauses/c\" %}</text:p><text:p>{% include \"clauses/c\" %}</text:p>";
const std::string one = "<text:p text:style-name=\"P1\">a</text:p>";

}  // namespace

TEST_CASE("a clause's style of the same look is shared") {
    const Made all =
        made(with_styles(twice, style("Texte", "", "11pt"), style("P1", "Texte", "9pt")),
             with_styles(one, style("Texte", "", "11pt"), style("P1", "Texte", "9pt")));
    CHECK(all.styles == "Outline Texte ");
    CHECK(all.automatic == "P1 ");
    CHECK(all.text == one + one);
}

TEST_CASE("a clause's style of another look gets a name of its own, once") {
    const Made all =
        made(with_styles(twice, style("Texte", "", "11pt"), style("P1", "Texte", "9pt")),
             with_styles(one, style("Texte", "", "11pt"), style("P1", "Texte", "8pt")));
    CHECK(all.styles == "Outline Texte ");
    CHECK(all.automatic == "P1 P1_c ");
    CHECK(all.text ==
          "<text:p text:style-name=\"P1_c\">a</text:p>"
          "<text:p text:style-name=\"P1_c\">a</text:p>");
}

TEST_CASE("a style whose parent looks otherwise in the clause keeps the clause's look") {
    const Made all =
        made(with_styles(twice, style("Texte", "", "11pt"), style("P1", "Texte", "9pt")),
             with_styles(one, style("Texte", "", "12pt"), style("P1", "Texte", "9pt")));
    CHECK(all.styles == "Outline Texte Texte_c ");
    CHECK(all.automatic == "P1 P1_c ");
}
