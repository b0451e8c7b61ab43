#include <doctest/doctest.h>

#include "base/error.hpp"
#include "template/document.hpp"

using namespace paraphe;
using namespace paraphe::test;

namespace {

std::string p(const std::string& text) {
    return "<text:p>" + text + "</text:p>";
}

/// The body between a loop over two lines, tags alone in their paragraphs.
std::string twice(const std::string& body) {
    return p("{% for l in lignes %}") + body + p("{% endfor %}");
}

std::string row(std::initializer_list<std::string> cells) {
    std::string out = "<table:table-row>";
    for (const std::string& cell : cells)
        out += "<table:table-cell>" + p(cell) + "</table:table-cell>";
    return out + "</table:table-row>";
}

std::string table(const std::string& rows) {
    return "<table:table table:name=\"T\"><table:table-column "
           "table:number-columns-repeated=\"2\"/>" +
           rows + "</table:table>";
}

/// Of the only diagnostic: code, message and remedy.
std::string fault(const std::string& body) {
    const Diagnostics all = faults(body);
    if (all.size() != 1) return std::to_string(all.size()) + " diagnostics";
    return all[0].code + " " + all[0].message + " ; " + all[0].remedy;
}

const std::string no_columns =
    "les colonnes d’un tableau ne se répètent pas : écrivez chaque colonne, ou faites une ligne "
    "par élément, la première balise au début de la première cellule de la ligne et la dernière à "
    "la fin de sa dernière cellule";

}  // namespace

// --- names and references ------------------------------------------------------------------------

TEST_CASE("a reference in a repeated block means its own copy, one outside the first") {
    CHECK(merged(twice(p("voir <text:bookmark-ref text:ref-name=\"b\">1</text:bookmark-ref>") +
                       p("<text:bookmark text:name=\"b\"/>ici")) +
                 p("<text:bookmark-ref text:ref-name=\"b\">1</text:bookmark-ref>")) ==
          p("voir <text:bookmark-ref text:ref-name=\"b\">1</text:bookmark-ref>") +
              p("<text:bookmark text:name=\"b\"/>ici") +
              p("voir <text:bookmark-ref text:ref-name=\"b_2\">1</text:bookmark-ref>") +
              p("<text:bookmark text:name=\"b_2\"/>ici") +
              p("<text:bookmark-ref text:ref-name=\"b\">1</text:bookmark-ref>"));
}

TEST_CASE("a form field in a repeated block is another field in each copy") {
    const auto forms = [](const std::string& controls) {
        return "<office:forms><form:form form:name=\"Form\">" + controls +
               "</form:form></office:forms>";
    };
    const auto field = [](const std::string& kind, const std::string& id, const std::string& name,
                          const std::string& more = "/>") {
        return "<form:" + kind + " form:name=\"" + name + "\" xml:id=\"" + id + "\" form:id=\"" +
               id + "\"" + more;
    };
    const auto shape = [](const std::string& name, const std::string& id) {
        return "<draw:control draw:name=\"" + name + "\" draw:control=\"" + id + "\"/>";
    };
    const std::string inside = "><form:properties/></form:text>";
    CHECK(merged(forms(field("fixed-text", "c1", "étiquette", " form:for=\"c2\"/>") +
                       field("text", "c2", "nom", inside) + field("checkbox", "c3", "hors")) +
                 twice(p(shape("A", "c1") + shape("B", "c2"))) + p(shape("C", "c3"))) ==
          forms(field("fixed-text", "c1", "étiquette", " form:for=\"c2\"/>") +
                field("fixed-text", "c1_2", "étiquette_2", " form:for=\"c2_2\"/>") +
                field("text", "c2", "nom", inside) + field("text", "c2_2", "nom_2", inside) +
                field("checkbox", "c3", "hors")) +
              p(shape("A", "c1") + shape("B", "c2")) +
              p(shape("A_2", "c1_2") + shape("B_2", "c2_2")) + p(shape("C", "c3")));
    // The buttons of a group stay together, a name that the author took is not given again.
    CHECK(merged(forms(field("radio", "c1", "choix") + field("radio", "c2", "choix") +
                       field("text", "c1_2", "choix_2")) +
                 twice(p(shape("A", "c1") + shape("B", "c2")))) ==
          forms(field("radio", "c1", "choix") + field("radio", "c1_3", "choix_3") +
                field("radio", "c2", "choix") + field("radio", "c2_2", "choix_3") +
                field("text", "c1_2", "choix_2")) +
              p(shape("A", "c1") + shape("B", "c2")) +
              p(shape("A_2", "c1_3") + shape("B_2", "c2_2")));
}

TEST_CASE("start and end of a bookmark keep one name in each copy") {
    CHECK(merged(twice(p("<text:bookmark-start text:name=\"b\"/>x<text:bookmark-end "
                         "text:name=\"b\"/>"))) ==
          p("<text:bookmark-start text:name=\"b\"/>x<text:bookmark-end text:name=\"b\"/>") +
              p("<text:bookmark-start text:name=\"b_2\"/>x<text:bookmark-end "
                "text:name=\"b_2\"/>"));
}

TEST_CASE("a bookmark that a block cuts stays valid: a start without end is a point") {
    CHECK(merged(p("{% for l in lignes %}") + p("<text:bookmark-start text:name=\"b\"/>x") +
                 p("{% endfor %}") + p("y<text:bookmark-end text:name=\"b\"/>")) ==
          p("<text:bookmark-start text:name=\"b\"/>x") + p("<text:bookmark text:name=\"b_2\"/>x") +
              p("y<text:bookmark-end text:name=\"b\"/>"));
    CHECK(merged(p("<text:bookmark-start text:name=\"b\"/>x{% if non %}y<text:bookmark-end "
                   "text:name=\"b\"/>{% endif %}")) == p("<text:bookmark text:name=\"b\"/>x"));
    CHECK(merged(p("<text:bookmark-start text:name=\"b\"/>x") +
                 twice(p("y<text:bookmark-end text:name=\"b\"/>"))) ==
          p("<text:bookmark-start text:name=\"b\"/>x") +
              p("y<text:bookmark-end text:name=\"b\"/>") + p("y"));
}

TEST_CASE("notes, sequences, links, sections, tables and frames are told apart in copies") {
    CHECK(merged(twice(p("<text:note text:id=\"ftn1\" text:note-class=\"footnote\"><text:note-body>"
                         "<text:p>n</text:p></text:note-body></text:note><text:note-ref "
                         "text:ref-name=\"ftn1\">1</text:note-ref>"))) ==
          p("<text:note text:id=\"ftn1\" text:note-class=\"footnote\"><text:note-body>"
            "<text:p>n</text:p></text:note-body></text:note><text:note-ref "
            "text:ref-name=\"ftn1\">1</text:note-ref>") +
              p("<text:note text:id=\"ftn1_2\" text:note-class=\"footnote\"><text:note-body>"
                "<text:p>n</text:p></text:note-body></text:note><text:note-ref "
                "text:ref-name=\"ftn1_2\">1</text:note-ref>"));
    CHECK(merged(twice(p("<text:sequence text:ref-name=\"s\" text:name=\"Figure\">1</text:sequence>"
                         "<text:sequence-ref text:ref-name=\"s\"/>"))) ==
          p("<text:sequence text:ref-name=\"s\" text:name=\"Figure\">1</text:sequence>"
            "<text:sequence-ref text:ref-name=\"s\"/>") +
              p("<text:sequence text:ref-name=\"s_2\" text:name=\"Figure\">1</text:sequence>"
                "<text:sequence-ref text:ref-name=\"s_2\"/>"));
    CHECK(merged(twice("<text:section text:name=\"S 1\">" +
                       p("<text:a xlink:href=\"#S%201|region\">x</text:a><draw:frame "
                         "draw:name=\"F\" draw:id=\"i\" xml:id=\"i\"/>") +
                       "</text:section>")) ==
          "<text:section text:name=\"S 1\">" +
              p("<text:a xlink:href=\"#S%201|region\">x</text:a><draw:frame draw:name=\"F\" "
                "draw:id=\"i\" xml:id=\"i\"/>") +
              "</text:section><text:section text:name=\"S 1_2\">" +
              p("<text:a xlink:href=\"#S%201_2|region\">x</text:a><draw:frame draw:name=\"F_2\" "
                "draw:id=\"i_2\" xml:id=\"i_2\"/>") +
              "</text:section>");
    const auto formula = [](const std::string& name) {
        return "<table:table table:name=\"" + name +
               "\"><table:table-column/><table:table-row><table:table-cell "
               "table:formula=\"ooow:&lt;" +
               name + ".A1&gt;\"/></table:table-row></table:table>";
    };
    CHECK(merged(twice(formula("T"))) == formula("T") + formula("T_2"));
}

TEST_CASE("a generated name never meets one of the author's") {
    CHECK(merged(twice(p("<text:bookmark text:name=\"b\"/>")) +
                 p("<text:bookmark text:name=\"b_2\"/>")) ==
          p("<text:bookmark text:name=\"b\"/>") + p("<text:bookmark text:name=\"b_3\"/>") +
              p("<text:bookmark text:name=\"b_2\"/>"));
}

TEST_CASE("references in nested loops mean the innermost copy that has the name") {
    const std::string inner =
        "{% for m in lignes %}<text:bookmark text:name=\"b\"/><text:bookmark-ref "
        "text:ref-name=\"b\"/>{% endfor %}";
    const auto pair = [](const std::string& name) {
        return "<text:bookmark text:name=\"" + name + "\"/><text:bookmark-ref text:ref-name=\"" +
               name + "\"/>";
    };
    CHECK(merged(twice(p(inner) + p("<text:bookmark-ref text:ref-name=\"b\"/>"))) ==
          p(pair("b") + pair("b_2")) + p("<text:bookmark-ref text:ref-name=\"b\"/>") +
              p(pair("b_3") + pair("b_4")) + p("<text:bookmark-ref text:ref-name=\"b_3\"/>"));
}

// --- lists ---------------------------------------------------------------------------------------

TEST_CASE("a list that continues one outside the loop goes on from copy to copy") {
    const auto list = [](const std::string& id, const std::string& continued) {
        return "<text:list xml:id=\"" + id + "\"" +
               (continued.empty() ? "" : " text:continue-list=\"" + continued + "\"") +
               "><text:list-item><text:p>x</text:p></text:list-item></text:list>";
    };
    CHECK(merged(list("l1", "") + twice(p("a") + list("l2", "l1")) + list("l3", "l1")) ==
          list("l1", "") + p("a") + list("l2", "l1") + p("a") + list("l2_2", "l2") +
              list("l3", "l2_2"));
    // A list of the block itself begins anew in each copy, and what continues it stays there.
    CHECK(merged(twice(p("a") + list("l1", "") + p("b") + list("l2", "l1"))) ==
          p("a") + list("l1", "") + p("b") + list("l2", "l1") + p("a") + list("l1_2", "") + p("b") +
              list("l2_2", "l1_2"));
}

TEST_CASE("a block that is one list and nothing else counts on") {
    const std::string item = "<text:list-item><text:p>x</text:p></text:list-item>";
    CHECK(merged(twice("<text:list text:style-name=\"L\">" + item + "</text:list>")) ==
          "<text:list text:style-name=\"L\">" + item +
              "</text:list><text:list text:style-name=\"L\" text:continue-numbering=\"true\">" +
              item + "</text:list>");
    CHECK(merged(twice(p("a") + "<text:list>" + item + "</text:list>")) ==
          p("a") + "<text:list>" + item + "</text:list>" + p("a") + "<text:list>" + item +
              "</text:list>");
}

TEST_CASE("what restarts numbering at the level of the copies restarts it once") {
    CHECK(merged("<text:list><text:list-item><text:p>{% for l in lignes %}</text:p>"
                 "</text:list-item><text:list-item text:start-value=\"5\"><text:p>{{ l.nom }}"
                 "</text:p></text:list-item><text:list-item><text:p>{% endfor %}</text:p>"
                 "</text:list-item></text:list>") ==
          "<text:list><text:list-item text:start-value=\"5\"><text:p>loyer</text:p>"
          "</text:list-item><text:list-item><text:p>charges</text:p></text:list-item></text:list>");
    // Inside a list of each copy it restarts each time.
    const std::string list =
        "<text:list><text:list-item text:start-value=\"5\"><text:p>x</text:p></text:list-item>"
        "</text:list>";
    CHECK(merged(twice(p("a") + list)) == p("a") + list + p("a") + list);
}

// --- tables --------------------------------------------------------------------------------------

TEST_CASE("a loop over columns is refused with the remedy") {
    CHECK(fault(table("<table:table-header-rows>" +
                      row({"{% for l in lignes %}{{ l.nom }}", "{% endfor %}"}) +
                      "</table:table-header-rows>" + row({"a", "b"}))) ==
          "P0203 une ligne d’en-tête ne se répète pas : « {% for l in lignes %} » (ligne 1) et "
          "« {% endfor %} » (ligne 1) ; " +
              no_columns);
    CHECK(fault(table(row({"Poste", "{% for l in lignes %}{{ l.nom }}", "{% endfor %}"}))) ==
          "P0203 le bloc ne couvre qu’une partie des cellules de sa ligne : « {% for l in lignes "
          "%} » (ligne 1) et « {% endfor %} » (ligne 1) ; " +
              no_columns);
    CHECK(fault(table(row({"Poste", "{% for l in lignes %}{{ l.nom }}"}) +
                      row({"Montant", "{{ 1 }}{% endfor %}"}))) ==
          "P0203 le bloc commence et finit au milieu de lignes différentes : « {% for l in lignes "
          "%} » (ligne 1) et « {% endfor %} » (ligne 1) ; " +
              no_columns);
    CHECK(fault(table(row({"a {% if oui %}b", "c{% endif %}"}))) ==
          "P0203 le bloc ne couvre qu’une partie des cellules de sa ligne : « {% if oui %} » "
          "(ligne 1) et « {% endif %} » (ligne 1) ; mettez la première balise au début de la "
          "première cellule et la dernière à la fin de la dernière cellule, ou un bloc dans chaque "
          "cellule");
}

// Measured in LibreOffice 7.4 (./run conformance writer).
TEST_CASE("cells given as repeated keep their number, rows stand once, as Writer shows both") {
    const std::string cells = "<table:table-cell table:number-columns-repeated=\"2\"><text:p>";
    for (const char* text : {"{{ nom }}", "Lefèvre"})
        CHECK(merged(table("<table:table-row table:number-rows-repeated=\"3\">" + cells + text +
                           "</text:p></table:table-cell></table:table-row>")) ==
              table("<table:table-row>" + cells +
                    "Lefèvre</text:p></table:table-cell></table:table-row>"));
    // The same in each: what a cell repeats is made once.
    CHECK(merged(table("<table:table-row>" + cells +
                       "{% for l in lignes %}{{ l.nom }} {% endfor %}</text:p></table:table-cell>"
                       "</table:table-row>")) ==
          table("<table:table-row>" + cells +
                "loyer charges </text:p></table:table-cell></table:table-row>"));
    const std::string repeated =
        "<table:table-row><table:table-cell table:number-columns-repeated=\"2\"><text:p>x</text:p>"
        "</table:table-cell></table:table-row>";
    CHECK(merged(table(row({"{% for l in lignes %}", ""}) + repeated +
                       row({"{% endfor %}", ""}))) == table(repeated + repeated));
    CHECK(fault(table("<table:table-row>" + cells +
                      "{{ signature('a') }}</text:p></table:table-cell></table:table-row>")) ==
          "P0205 une signature ne se répète pas ; sortez cette balise de la boucle {% for %}");
}

TEST_CASE("spans inside the repeated rows survive") {
    const auto rows = [](const std::string& name) {
        return "<table:table-row><table:table-cell table:number-rows-spanned=\"2\"><text:p>" +
               name +
               "</text:p></table:table-cell><table:table-cell><text:p>a</text:p>"
               "</table:table-cell></table:table-row><table:table-row><table:covered-table-cell/>"
               "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row>";
    };
    CHECK(merged(table(row({"{% for l in lignes %}", ""}) + rows("{{ l.nom }}") +
                       row({"{% endfor %}", ""}))) == table(rows("loyer") + rows("charges")));
}

TEST_CASE("a block that cuts a cell over several rows is refused, both places named") {
    const std::string spanned =
        "<table:table-row>\n<table:table-cell table:number-rows-spanned=\"2\"><text:p>{% for l in "
        "lignes %}Loyer</text:p></table:table-cell><table:table-cell><text:p>{% endfor %}</text:p>"
        "</table:table-cell></table:table-row>";
    const std::string covered =
        "<table:table-row><table:covered-table-cell/><table:table-cell><text:p>b</text:p>"
        "</table:table-cell></table:table-row>";
    CHECK(
        fault(table(spanned + covered)) ==
        "P0216 le bloc coupe une cellule fusionnée sur plusieurs lignes du tableau « T » : balise "
        "« {% endfor %} » (ligne 2) et cellule « {% for l in lignes %}Loyer » (ligne 2) ; mettez "
        "toutes les lignes de cette cellule dans le bloc, ou défaites la fusion");
    // A row that held only tags lies within the cell.
    CHECK(fault(table("<table:table-row><table:table-cell table:number-rows-spanned=\"3\"><text:p>A"
                      "</text:p></table:table-cell><table:table-cell><text:p>a</text:p>"
                      "</table:table-cell></table:table-row><table:table-row>"
                      "<table:covered-table-cell/><table:table-cell><text:p>{% set n = 1 %}"
                      "</text:p></table:table-cell></table:table-row>" +
                      covered))
              .substr(0, 5) == "P0216");
}

TEST_CASE("Writer's own formulas are refused where rows repeat") {
    CHECK(
        fault(table(row({"{% for l in lignes %}{{ l.nom }}", "{{ l.montant }}{% endfor %}"}) +
                    "<table:table-row><table:table-cell table:formula=\"ooow:sum&lt;B1:B2&gt;\">"
                    "<text:p>0</text:p></table:table-cell></table:table-row>")) ==
        "P0217 Writer calcule dans ce tableau (« ooow:sum<B1:B2> », ligne 1), mais ses lignes se "
        "répètent ou disparaissent : les adresses des cellules ne désigneraient plus les mêmes ; "
        "remplacez la formule par une balise : {{ lignes | sum(attribute=\"montant\") | euros }}");
}

TEST_CASE("header rows take conditions, but no block crosses their border") {
    CHECK(merged(table("<table:table-header-rows>" + row({"{% if oui %}", ""}) + row({"a", "b"}) +
                       row({"{% endif %}", ""}) + "</table:table-header-rows>" +
                       row({"c", "d"}))) == table("<table:table-header-rows>" + row({"a", "b"}) +
                                                  "</table:table-header-rows>" + row({"c", "d"})));
    CHECK(merged(table("<table:table-header-rows>" + row({"{% if non %}", ""}) + row({"a", "b"}) +
                       row({"{% endif %}", ""}) + "</table:table-header-rows>" +
                       row({"c", "d"}))) == table(row({"c", "d"})));
    CHECK(
        fault(table("<table:table-header-rows>" + row({"{% if oui %}a", "b"}) +
                    "</table:table-header-rows>" + row({"c", "d{% endif %}"}))) ==
        "P0203 le bloc mêle lignes d’en-tête et lignes ordinaires : « {% if oui %} » (ligne 1) et "
        "« {% endif %} » (ligne 1) ; mettez chaque balise seule dans son paragraphe, ou les deux "
        "dans la même ligne");
}

// --- what is left empty --------------------------------------------------------------------------

TEST_CASE("what is left without content is still a document") {
    const std::string nothing = p("{% if non %}") + p("x") + p("{% endif %}");
    CHECK(merged(nothing) == "<text:p/>");
    CHECK(merged(p("a") + "<text:section text:name=\"S\">" + nothing + "</text:section>") ==
          p("a"));
    CHECK(merged(p("a") + "<text:list><text:list-item>" + nothing +
                 "</text:list-item></text:list>") == p("a"));
    CHECK(merged(table("<table:table-row><table:table-cell>" + nothing +
                       "</table:table-cell></table:table-row>")) ==
          table("<table:table-row><table:table-cell><text:p/></table:table-cell>"
                "</table:table-row>"));
    CHECK(merged(p("a<text:note text:id=\"n\" text:note-class=\"footnote\"><text:note-citation>1"
                   "</text:note-citation><text:note-body>" +
                   nothing + "</text:note-body></text:note>")) == p("a"));
    CHECK(merged(p("<draw:frame><draw:text-box>" + nothing + "</draw:text-box></draw:frame>")) ==
          p("<draw:frame><draw:text-box><text:p/></draw:text-box></draw:frame>"));
    CHECK(merged(p("a") + table(row({"{% for l in vide %}{{ l.nom }}", "{% endfor %}"}))) ==
          p("a"));
    const std::string masters =
        "<office:master-styles><style:master-page style:name=\"Standard\"><style:header>" +
        nothing + "</style:header></style:master-page></office:master-styles>";
    const auto document =
        tmpl::merge(tmpl::compile_or_throw(odf::read(flat(p("x"), masters), "e.fodt"), {}),
                    sample(), registry());
    CHECK(odf::markup(*document.master_styles) ==
          "<office:master-styles><style:master-page style:name=\"Standard\"><style:header><text:p/>"
          "</style:header></style:master-page></office:master-styles>");
}

// --- page breaks ---------------------------------------------------------------------------------

namespace {

/// The body merged with a style "P9" that begins a page, and the automatic styles made.
std::pair<std::string, std::string> broken(const std::string& body) {
    std::string text = flat(body);
    text.insert(text.find("<office:body>"),
                "<office:automatic-styles><style:style style:name=\"P9\" "
                "style:family=\"paragraph\"><style:paragraph-properties "
                "fo:break-before=\"page\"/></style:style><style:style style:name=\"P1\" "
                "style:family=\"paragraph\"><style:text-properties fo:color=\"#000000\"/>"
                "</style:style></office:automatic-styles>");
    const auto document =
        tmpl::merge(tmpl::compile_or_throw(odf::read(text, "e.fodt"), {}), sample(), registry());
    std::pair<std::string, std::string> out;
    for (const auto& node : document.body->child(odf::Name("office:text"))->children)
        out.first += odf::markup(*std::get<odf::ElementPtr>(node));
    const auto& styles = document.automatic_styles->children;
    for (std::size_t i = 2; i < styles.size(); ++i)
        out.second += odf::markup(*std::get<odf::ElementPtr>(styles[i]));
    return out;
}

std::string styled(const std::string& style, const std::string& text) {
    return "<text:p text:style-name=\"" + style + "\">" + text + "</text:p>";
}

}  // namespace

TEST_CASE("the page break of a tag's paragraph goes to the first copy") {
    const auto [text, styles] = broken(p("a") + styled("P9", "{% for l in lignes %}") +
                                       styled("P1", "{{ l.nom }}") + p("{% endfor %}") + p("z"));
    CHECK(text == p("a") + styled("P1_saut", "loyer") + styled("P1", "charges") + p("z"));
    CHECK(styles ==
          "<style:style style:name=\"P1_saut\" style:family=\"paragraph\">"
          "<style:paragraph-properties fo:break-before=\"page\"/><style:text-properties "
          "fo:color=\"#000000\"/></style:style>");
}

TEST_CASE("a block that prints nothing takes its page break along") {
    CHECK(
        broken(p("a") + styled("P9", "{% if non %}") + p("x") + p("{% endif %}") + p("z")).first ==
        p("a") + p("z"));
    CHECK(broken(p("a") + styled("P9", "{% if non %}") + p("x") + p("{% else %}") + p("y") +
                 p("{% endif %}") + p("z"))
              .first == p("a") + styled("P_saut", "y") + p("z"));
    // The page break of the closing tag belongs to what follows.
    CHECK(broken(p("{% if non %}") + p("x") + styled("P9", "{% endif %}") + p("z")).first ==
          styled("P_saut", "z"));
}

TEST_CASE("a repeated paragraph with a page break begins a page in each copy") {
    const auto [text, styles] = broken(p("{% for l in lignes %}") + styled("P9", "{{ l.nom }}") +
                                       p("suite") + p("{% endfor %}"));
    CHECK(text == styled("P9", "loyer") + p("suite") + styled("P9", "charges") + p("suite"));
    CHECK(styles.empty());
}

TEST_CASE("a page break before a table, a list or a section finds its place") {
    const std::string list =
        "<text:list><text:list-item><text:p>x</text:p></text:list-item>"
        "</text:list>";
    CHECK(broken(styled("P9", "{% if oui %}") + table(row({"a", "b"})) + p("{% endif %}")).first ==
          "<table:table table:name=\"T\" table:style-name=\"P_saut\"><table:table-column "
          "table:number-columns-repeated=\"2\"/>" +
              row({"a", "b"}) + "</table:table>");
    CHECK(broken(styled("P9", "{% if oui %}") + "<text:section text:name=\"S\">" + list +
                 "</text:section>" + p("{% endif %}"))
              .first == "<text:section text:name=\"S\"><text:list><text:list-item>" +
                            styled("P_saut", "x") + "</text:list-item></text:list></text:section>");
}
