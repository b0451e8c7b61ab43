#include <doctest/doctest.h>

#include <map>

#include "base/error.hpp"
#include "expression/type.hpp"
#include "template/document.hpp"

using namespace paraphe;
using namespace paraphe::test;

namespace {

std::string p(const std::string& text) {
    return "<text:p>" + text + "</text:p>";
}

std::string include(const std::string& name) {
    return "{% include \"clauses/" + name + "\" %}";
}

tmpl::Loader files(std::map<std::string, std::string> all) {
    return [all = std::move(all)](const std::string& name) -> std::optional<tmpl::Clause> {
        const std::string own = name.substr(name.rfind('/') + 1);
        const auto found = all.find(own);
        if (found == all.end()) return std::nullopt;
        return tmpl::Clause{found->second, own + ".fodt"};
    };
}

std::string with_champs(std::string text, const std::string& fields) {
    const std::string end = "</office:meta>";
    return text.insert(text.find(end), "<meta:user-defined meta:name=\"champs\">" + fields +
                                           "</meta:user-defined>");
}

/// Code, message and remedy of each finding against a schema with `nom` and a list `membres`.
std::vector<std::string> checked(const std::string& body, const tmpl::Loader& loader) {
    using expression::Field;
    using expression::Kind;
    using expression::Type;
    const Type data = Type::map_of(
        {Field{"reference", Type(Kind::text), {}}, Field{"nom", Type(Kind::text), {}},
         Field{"membres", Type::list_of(Type::map_of({Field{"nom", Type(Kind::text), {}}})), {}}});
    std::vector<std::string> out;
    for (const Diagnostic& each :
         tmpl::check(odf::read(flat(body), "essai.fodt"), loader, data, registry()))
        out.push_back(each.code + " " + each.message);
    return out;
}

odf::Document merged_document(const std::string& body, const tmpl::Loader& loader) {
    return tmpl::merge(tmpl::compile_or_throw(odf::read(flat(body), "essai.fodt"), loader),
                       sample(), registry());
}

using Found = std::vector<std::string>;

}  // namespace

TEST_CASE("a clause that needs an unknown field is one error at its include") {
    const auto loader = files({{"c", flat(p("a {{ beneficiaire.nom }} b {{ beneficiaire.nom }}"))},
                               {"m", flat(p("{% for m in membres %}{{ m.nom }} {{ m.age }}"
                                            "{% endfor %}"))},
                               {"g", flat(p("{% if x is defined %}{{ x }}{% endif %}{{ nom }}"))}});
    const Found one = checked(p(include("c")), loader);
    REQUIRE(one.size() == 1);
    CHECK(
        one[0].starts_with("P0210 la clause « clauses/c » a besoin de « beneficiaire.nom », que "
                           "ce modèle n’a pas (c.fodt:1:"));
    CHECK(one[0].ends_with(", « {{ beneficiaire.nom }} »)"));
    const Found inside = checked(p(include("m")), loader);
    REQUIRE(inside.size() == 1);
    CHECK(inside[0].starts_with("P0210 la clause « clauses/m » a besoin de « membres[].age »"));
    CHECK(
        checked(p("{% if membres %}{% include \"clauses/c\" with {\"beneficiaire\": membres[0]} %}"
                  "{% endif %}"),
                loader)
            .empty());
    CHECK(tmpl::compile_or_throw(odf::read(flat(p(include("g"))), "e"), loader).needs().size() ==
          2);  // reference of the title, and nom
}

TEST_CASE("a clause declares its fields in a property, and what it leaves out is told") {
    const auto loader = files({{"c", with_champs(flat(p("{{ nom }}")), "nom, date_debut")},
                               {"d", with_champs(flat(p("{{ nom }}{{ reference }}")), "nom")},
                               {"e", with_champs(flat(p("{{ nom }}")), "le nom; nom")}});
    CHECK(checked(p(include("c")), loader) ==
          Found{"P0210 la clause « clauses/c » a besoin de « date_debut », que ce modèle n’a pas "
                "(c.fodt:1, propriété « champs »)"});
    CHECK(
        checked(p(include("d")), loader) ==
        Found{"P0212 la clause emploie « reference », que sa propriété « champs » n’annonce pas"});
    CHECK(checked(p(include("e")), loader) ==
          Found{"P0211 « le nom » n’est pas le nom d’un champ"});
}

TEST_CASE("a clause stands in a list item, a cell, a note and a frame, and in another clause") {
    const auto loader = files({{"c", flat("<text:sequence-decls><text:sequence-decl "
                                          "text:name=\"Figure\"/></text:sequence-decls>" +
                                          p("C {{ nom }}"))},
                               {"d", flat(p("D") + p(include("c")))}});
    const std::string decls =
        "<text:sequence-decls><text:sequence-decl text:name=\"Figure\"/></text:sequence-decls>";
    CHECK(merged("<text:list><text:list-item>" + p(include("c")) + "</text:list-item></text:list>",
                 loader) ==
          decls + "<text:list><text:list-item>" + p("C Lefèvre") + "</text:list-item></text:list>");
    CHECK(merged("<table:table><table:table-row><table:table-cell>" + p(include("d")) +
                     "</table:table-cell></table:table-row></table:table>",
                 loader) == decls + "<table:table><table:table-row><table:table-cell>" + p("D") +
                                p("C Lefèvre") +
                                "</table:table-cell></table:table-row></table:table>");
    CHECK(merged(
              p("a<text:note><text:note-body>" + p(include("c")) + "</text:note-body></text:note>"),
              loader) == decls + p("a<text:note><text:note-body>" + p("C Lefèvre") +
                                   "</text:note-body></text:note>"));
    CHECK(
        merged(p("<draw:frame><draw:text-box>" + p(include("c")) + "</draw:text-box></draw:frame>"),
               loader) == decls + p("<draw:frame><draw:text-box>" + p("C Lefèvre") +
                                    "</draw:text-box></draw:frame>"));
    CHECK(merged(p("{% for l in lignes %}") + p(include("c")) + p("{% endfor %}"), loader) ==
          decls + p("C Lefèvre") + p("C Lefèvre"));
}

TEST_CASE("a clause is refused where its content cannot stand") {
    const auto loader =
        files({{"t", flat("<table:table><table:table-row><table:table-cell/></table:table-row>"
                          "</table:table>")},
               {"n", flat(p("x<text:note><text:note-body><text:p>n</text:p></text:note-body>"
                            "</text:note>"))}});
    const auto message = [&](const std::string& body) {
        const Diagnostics all = faults(body, loader);
        return all.size() == 1 ? all[0].code + " " + all[0].message
                               : std::to_string(all.size()) + " diagnostics";
    };
    CHECK(
        message("<text:list><text:list-item>" + p(include("t")) +
                "</text:list-item></text:list>") ==
        "P0213 la clause « clauses/t » contient autre chose que des paragraphes et des listes, et "
        "se trouve dans un élément de liste");
    CHECK(message(p("a<text:note><text:note-body>" + p(include("n")) +
                    "</text:note-body></text:note>")) ==
          "P0213 la clause « clauses/n » contient une note, et se trouve elle-même dans une note");
}

TEST_CASE("names of a clause that comes twice are told apart") {
    const auto loader = files({{"c", flat(p("<text:bookmark text:name=\"b\"/><text:bookmark-ref "
                                            "text:ref-name=\"b\"/>"))}});
    CHECK(merged(p(include("c")) + p(include("c")), loader) ==
          p("<text:bookmark text:name=\"b\"/><text:bookmark-ref text:ref-name=\"b\"/>") +
              p("<text:bookmark text:name=\"b_2\"/><text:bookmark-ref text:ref-name=\"b_2\"/>"));
}

TEST_CASE("the form fields of a clause come along under names that do not clash") {
    const auto form = [](const std::string& name, const std::string& id) {
        return "<form:form form:name=\"" + name + "\"><form:text form:name=\"nom\" xml:id=\"" + id +
               "\" form:id=\"" + id + "\"/></form:form>";
    };
    const auto shape = [](const std::string& name, const std::string& id) {
        return p("<draw:control draw:name=\"" + name + "\" draw:control=\"" + id + "\"/>");
    };
    const auto forms = [](const std::string& content) {
        return "<office:forms>" + content + "</office:forms>";
    };
    const std::string own = forms(form("Form", "control1")) + shape("Shape1", "control1");
    const auto loader = files({{"a", flat(own)}, {"b", flat(own + p("{{ nom }}"))}});
    CHECK(merged(own + p(include("a")) + p(include("b")), loader) ==
          forms(form("Form", "control1") + form("Form_2", "control1_2") +
                form("Form_3", "control1_3")) +
              shape("Shape1", "control1") + shape("Shape1_2", "control1_2") +
              shape("Shape1_3", "control1_3") + p("Lefèvre"));
    // A clause that comes twice needs a second control.
    CHECK(merged(p(include("a")) + p(include("a")), loader) ==
          forms("<form:form form:name=\"Form\"><form:text form:name=\"nom\" xml:id=\"control1\" "
                "form:id=\"control1\"/><form:text form:name=\"nom_2\" xml:id=\"control1_2\" "
                "form:id=\"control1_2\"/></form:form>") +
              shape("Shape1", "control1") + shape("Shape1_2", "control1_2"));
}

TEST_CASE("pictures of a clause come along under names that do not clash") {
    const auto with_picture = [](const std::string& text, const std::string& octets) {
        odf::Document made =
            odf::read(flat(p(text + "<draw:frame><draw:image xlink:href=\"Pictures/logo.png\"/>"
                                    "</draw:frame>")),
                      "x.fodt");
        made.parts.push_back(
            {"Pictures/logo.png", "image/png", std::make_shared<const Bytes>(octets)});
        return odf::write_package(made);
    };
    const auto paths = [&](const std::string& other) {
        const auto loader = files({{"c", with_picture("c", other)}});
        const auto document = tmpl::merge(
            tmpl::compile_or_throw(odf::read(with_picture(include("c"), "one"), "m.odt"), loader),
            sample(), registry());
        std::string out;
        for (const auto& part : document.parts)
            out += part.path + " ";
        return out + "/ " + odf::markup(*document.body);
    };
    const std::string renamed = paths("two");
    CHECK(renamed.starts_with("Pictures/logo.png Pictures/logo_c.png / "));
    CHECK(renamed.find("xlink:href=\"Pictures/logo_c.png\"") != std::string::npos);
    CHECK(paths("one").starts_with("Pictures/logo.png / "));
}

TEST_CASE("a clause brings the page style that its paragraph asks for, under a free name") {
    const auto paged = [](const std::string& body, const std::string& width,
                          const std::string& style) {
        std::string text =
            flat(body,
                 "<office:automatic-styles><style:page-layout style:name=\"pm\">"
                 "<style:page-layout-properties fo:page-width=\"" +
                     width + "\"/></style:page-layout>" + style +
                     "</office:automatic-styles><office:master-styles><style:master-page "
                     "style:name=\"Annexe\" style:page-layout-name=\"pm\"/>"
                     "</office:master-styles>");
        return text;
    };
    const std::string style =
        "<style:style style:name=\"P7\" style:family=\"paragraph\" "
        "style:master-page-name=\"Annexe\"/>";
    const auto loader =
        files({{"c", paged("<text:p text:style-name=\"P7\">c</text:p>", "29.7cm", style)}});
    const auto document = tmpl::merge(
        tmpl::compile_or_throw(odf::read(paged(p(include("c")), "21cm", ""), "m.fodt"), loader),
        sample(), registry());
    CHECK(odf::markup(*document.master_styles) ==
          "<office:master-styles><style:master-page style:name=\"Annexe\" "
          "style:page-layout-name=\"pm\"/><style:master-page style:name=\"Annexe_c\" "
          "style:page-layout-name=\"pm_c\"/></office:master-styles>");
    CHECK(odf::markup(*document.automatic_styles).find("style:master-page-name=\"Annexe_c\"") !=
          std::string::npos);
}

TEST_CASE("a document records the content hash of its template and of each clause") {
    const std::string clause = flat(p("c"));
    const auto loader = files({{"c", clause}});
    const std::string body = p(include("c")) + p(include("c"));
    const auto compiled = tmpl::compile_or_throw(odf::read(flat(body), "dossier/m.fodt"), loader);
    REQUIRE(compiled.sources().size() == 2);
    CHECK(compiled.sources()[0].name == "m.fodt");
    CHECK(compiled.sources()[1].name == "clauses/c");
    CHECK(compiled.sources()[0].sha256 == *odf::read(flat(body), "x").sha256);
    CHECK(compiled.sources()[1].sha256 == *odf::read(clause, "x").sha256);
    const auto document = merged_document(body, loader);
    CHECK(odf::markup(*document.meta) ==
          "<office:meta><dc:title>Contrat R-1</dc:title><meta:user-defined "
          "meta:name=\"paraphe:modele\" meta:value-type=\"string\">essai.fodt sha256:" +
              compiled.sources()[0].sha256.hex() +
              "</meta:user-defined><meta:user-defined meta:name=\"paraphe:clause:clauses/c\" "
              "meta:value-type=\"string\">sha256:" +
              compiled.sources()[1].sha256.hex() + "</meta:user-defined></office:meta>");
    // A document made from one that we made tells its own template only.
    const auto again =
        tmpl::merge(tmpl::compile_or_throw(odf::read(odf::write_flat(document), "n.fodt"), {}),
                    sample(), registry());
    CHECK(odf::markup(*again.meta).find("paraphe:clause") == std::string::npos);
}
