#include <doctest/doctest.h>

#include "document.hpp"
#include "redline/redline.hpp"

using namespace paraphe;
using namespace paraphe::redline;
using test::h;
using test::p;

namespace {

Changes changes(const std::string& before, const std::string& after) {
    return compare(test::document(before, "avant.fodt"), test::document(after, "apres.fodt"));
}

std::string told(const std::string& before, const std::string& after) {
    return text(changes(before, after));
}

std::string told_bodies(const std::string& before, const std::string& after) {
    return told(test::flat(before), test::flat(after));
}

const std::string head = "De « avant.fodt » à « apres.fodt »\n";

}  // namespace

TEST_CASE("two equal documents have no difference") {
    const std::string same = test::file("templates/masp/contrat.fodt");
    const Changes none = changes(same, same);
    CHECK(none.empty());
    CHECK(none.typography == 0);
    CHECK(text(none) == "Aucune différence.\n");
}

TEST_CASE("changed words are told in their article, old and new form") {
    CHECK(told_bodies(h("Durée") + p("Le contrat dure six mois, du 1er au 30."),
                      h("Durée") + p("Le contrat dure douze mois, du 1er au 30.")) ==
          head +
              "\nArticle 1 — Durée\n"
              "  1er alinéa : paragraphe modifié\n"
              "  − Le contrat dure [-six-] mois, du 1er au 30.\n"
              "  + Le contrat dure {+douze+} mois, du 1er au 30.\n");
}

TEST_CASE("an apostrophe ends its word") {
    CHECK(told_bodies(p("la fin de l’article premier"), p("la fin de l’annexe première")) ==
          head +
              "\nDébut du document\n"
              "  1er alinéa : paragraphe modifié\n"
              "  − la fin de l’[-article premier-]\n"
              "  + la fin de l’{+annexe première+}\n");
}

TEST_CASE("a paragraph added and one removed are told as such") {
    CHECK(told_bodies(h("Objet") + p("Premier texte.") + p("Tout autre chose, à retirer."),
                      h("Objet") + p("Premier texte.") + h("Recours") + p("Vous pouvez saisir.")) ==
          head +
              "\nArticle 1 — Objet\n"
              "  2e alinéa : paragraphe supprimé\n"
              "  − [-Tout autre chose, à retirer.-]\n"
              "\nArticle 2 — Recours\n"
              "  titre : titre ajouté\n"
              "  + {+Recours+}\n"
              "  1er alinéa : paragraphe ajouté\n"
              "  + {+Vous pouvez saisir.+}\n");
}

TEST_CASE("an article that only changes its number is not told as changed text") {
    CHECK(told_bodies(
              h("Objet") + p("Un.") + h("Recours") + p("Deux."),
              h("Objet") + p("Un.") + h("Durée") + p("Six mois.") + h("Recours") + p("Deux.")) ==
          head +
              "\nNumérotation\n"
              "  « Article 2 — Recours » devient « Article 3 — Recours »\n"
              "\nArticle 2 — Durée\n"
              "  titre : titre ajouté\n"
              "  + {+Durée+}\n"
              "  1er alinéa : paragraphe ajouté\n"
              "  + {+Six mois.+}\n");
}

TEST_CASE("a paragraph that moves is told once, with where it stood") {
    const std::string moved = p("Le bénéficiaire peut demander la fin de la mesure.");
    CHECK(told_bodies(
              h("Objet") + moved + p("Autre texte ici.") + h("Fin") + p("La mesure finit."),
              h("Objet") + p("Autre texte ici.") + h("Fin") + p("La mesure finit.") + moved) ==
          head +
              "\nArticle 2 — Fin\n"
              "  2e alinéa : paragraphe déplacé depuis « Article 1 — Objet »\n"
              "    Le bénéficiaire peut demander la fin de la mesure.\n");
}

TEST_CASE("conditions are told with their old and new form") {
    const std::string before = p("{% if niveau == 1 %}") + p("Texte.") + p("{% endif %}"),
                      after = p("{% if niveau == 2 %}") + p("Texte.") + p("{% endif %}") +
                              p("{% for x in liste %}") + p("Texte.") + p("{% endfor %}");
    CHECK(told_bodies(before, after) == head +
                                            "\nDébut du document\n"
                                            "  5e alinéa : paragraphe ajouté\n"
                                            "  + {+Texte.+}\n"
                                            "  1er alinéa : condition modifiée\n"
                                            "  − {% if niveau == 1 %}\n"
                                            "  + {% if niveau == 2 %}\n"
                                            "  4e alinéa : condition ajoutée\n"
                                            "  + {% for x in liste %}\n"
                                            "\nDonnées utilisées\n"
                                            "  + liste, nouveau (Début du document, 4e alinéa)\n");
}

TEST_CASE("data, signatures and clauses that one version alone uses are told") {
    const std::string before = p("{{ contrat.mois }}") +
                               p("{% for o in objectifs %}{{ o.axe }}"
                                 "{% endfor %}") +
                               p("{{ signature(\"beneficiaire\") }}"),
                      after = p("{{ contrat.duree }}") +
                              p("{% for o in objectifs %}{{ o.axe }} "
                                "{{ o.echeance }}{% endfor %}") +
                              p("{{ signature(\"association\") }}") +
                              p("{% include \"clauses/recours\" %}");
    const Changes found = changes(test::flat(before), test::flat(after));
    std::string all;
    for (const UsageChange& each : found.usage)
        all += (each.change == Change::added ? "+" : "-") + each.name + " ";
    CHECK(all ==
          "-contrat.mois +contrat.duree +objectifs[].echeance -beneficiaire +association "
          "+clauses/recours ");
    CHECK(found.usage[3].what == UsageChange::What::slot);
    CHECK(found.usage[5].what == UsageChange::What::clause);
}

TEST_CASE("spaces, quotes and split spans inside a tag change nothing") {
    CHECK(told_bodies(p("Du {{ contrat.debut|date_longue }} {% if a == \"x\" %}oui{% endif %}"),
                      p("Du {{contrat.<text:span>debut</text:span> | date_longue }} "
                        "{%  if a == “x” %}oui{\u00A0% endif %}")) == "Aucune différence.\n");
}

TEST_CASE("typography alone is counted, not told as a change") {
    CHECK(told_bodies(p("L'aide : 12 mois"), p("L’aide\u00A0: 12\u202Fmois")) ==
          "Aucune différence.\n\n3 différences de typographie, qui ne changent aucun mot (espaces "
          "insécables, apostrophes).\n");
}

TEST_CASE("what Writer renames and adds when it saves changes nothing") {
    const auto automatic = [](const std::string& name, const std::string& rsid) {
        return "<style:style style:name=\"" + name +
               "\" style:family=\"paragraph\" style:parent-style-name=\"Standard\">"
               "<style:paragraph-properties fo:margin-left=\"" +
               (rsid.empty() ? "1cm" : "0.999cm") +
               "\"/><style:text-properties fo:font-weight=\"bold\"" +
               (rsid.empty() ? "" : " officeooo:rsid=\"" + rsid + "\"") + "/></style:style>";
    };
    const std::string
        before = test::flat(
            "<text:p text:style-name=\"Marge\">Un texte en gras.</text:p>"
            "<text:p>Page <text:page-count>4</text:page-count></text:p>",
            "", automatic("Marge", "")),
        after = test::flat(
            "<text:p text:style-name=\"P7\">Un <text:bookmark text:name=\"x\"/>texte "
            "<text:soft-page-break/><text:span text:style-name=\"T1\">en gras</text:span>.</text:p>"
            "<text:p>Page <text:page-count>5</text:page-count></text:p>",
            "",
            automatic("P7", "001a2b3c") +
                "<style:style style:name=\"T1\" style:family=\"text\"><style:text-properties "
                "officeooo:rsid=\"00aabbcc\"/></style:style>");
    CHECK(told(before, after) == "Aucune différence.\n");
}

TEST_CASE("a style that looks different is told once") {
    const auto with = [](const std::string& size) {
        return test::flat(
            "<text:p text:style-name=\"Corps\">Un.</text:p><text:p text:style-name=\"Corps\">Deux."
            "</text:p>",
            "<style:style style:name=\"Corps\" style:display-name=\"Corps de texte\" "
            "style:family=\"paragraph\" style:parent-style-name=\"Standard\">"
            "<style:paragraph-properties fo:margin-bottom=\"0.2cm\"/>"
            "<style:text-properties fo:font-size=\"" +
                size + "\"/></style:style>");
    };
    CHECK(told(with("10.5pt"), with("11pt")) == head +
                                                    "\nMise en forme\n"
                                                    "  style « Corps de texte »\n"
                                                    "    taille : 10,5 pt → 11 pt\n");
}

TEST_CASE("paragraphs of another style and words in bold are told by what they are") {
    const std::string styles =
        "<style:style style:name=\"Note\" style:family=\"paragraph\" "
        "style:parent-style-name=\"Standard\"/>"
        "<style:style style:name=\"Strong\" style:family=\"text\">"
        "<style:text-properties fo:font-weight=\"bold\"/></style:style>";
    CHECK(told(test::flat("<text:p text:style-name=\"Standard\">Un.</text:p>" +
                              p("payer d’abord le loyer"),
                          styles),
               test::flat("<text:p text:style-name=\"Note\">Un.</text:p>" +
                              p("payer <text:span text:style-name=\"Strong\">d’abord</text:span> "
                                "le loyer"),
                          styles)) ==
          head +
              "\nMise en forme\n"
              "  un paragraphe passe du style « Standard » au style « Note » (Début du document, "
              "1er alinéa)\n"
              "  « d’abord » (Début du document, 2e alinéa)\n"
              "    gras : non → oui\n");
}

TEST_CASE("tables are compared row by row and cell by cell") {
    const auto row = [](const std::string& a, const std::string& b) {
        return "<table:table-row><table:table-cell>" + p(a) +
               "</table:table-cell><table:table-cell>" + p(b) +
               "</table:table-cell></table:table-row>";
    };
    const auto table = [](const std::string& rows) {
        return "<table:table table:name=\"Plan\"><table:table-column "
               "table:number-columns-repeated=\"2\"/>" +
               rows + "</table:table>" + p("Fin.");
    };
    CHECK(told_bodies(table(row("Axe", "Qui") + row("Budget du foyer", "le référent")),
                      table(row("Axe", "Qui") + row("Logement", "l’association gestionnaire") +
                            row("Budget du foyer", "la référente"))) ==
          head +
              "\nDébut du document\n"
              "  tableau « Plan », ligne 2 : ligne de tableau ajoutée\n"
              "  + {+Logement | l’association gestionnaire+}\n"
              "  tableau « Plan », ligne 3 : paragraphe modifié\n"
              "  − [-le référent-]\n"
              "  + {+la référente+}\n");
}

TEST_CASE("notes, headers and the title are compared too") {
    const auto made = [](const std::string& note, const std::string& header,
                         const std::string& title) {
        return test::flat(p("Texte<text:note text:note-class=\"footnote\"><text:note-citation>1"
                            "</text:note-citation><text:note-body>" +
                            p(note) + "</text:note-body></text:note> suivi."),
                          "", "",
                          "<style:master-page style:name=\"Standard\"><style:header>" + p(header) +
                              "</style:header></style:master-page>",
                          title);
    };
    CHECK(told(made("Article L271-1.", "Contrat", "Contrat MASP"),
               made("Article L271-2.", "Avenant", "Avenant MASP")) ==
          head +
              "\nPropriétés du document\n"
              "  titre\n"
              "  − Contrat MASP\n"
              "  + Avenant MASP\n"
              "\nEn-tête\n"
              "  paragraphe modifié\n"
              "  − [-Contrat-]\n"
              "  + {+Avenant+}\n"
              "\nDébut du document\n"
              "  1er alinéa, note : paragraphe modifié\n"
              "  − Article L271-[-1-].\n"
              "  + Article L271-{+2+}.\n");
}

TEST_CASE("the page format is told in centimetres") {
    const auto page = [](const std::string& margin) {
        return test::flat(p("Un."), "",
                          "<style:page-layout style:name=\"pm1\"><style:page-layout-properties "
                          "fo:page-width=\"21cm\" fo:page-height=\"29.7cm\" fo:margin-left=\"" +
                              margin + "\"/></style:page-layout>",
                          "<style:master-page style:name=\"Standard\" "
                          "style:page-layout-name=\"pm1\"/>");
    };
    CHECK(told(page("2cm"), page("2.5cm")) == head +
                                                  "\nMise en forme\n"
                                                  "  page « Standard »\n"
                                                  "    marge de gauche : 2 cm → 2,5 cm\n");
    CHECK(told(page("2cm"), page("0.7874in")) == "Aucune différence.\n");
}

TEST_CASE("a comparison of 10,000 paragraphs keeps a regular time") {
    std::string before, after;
    for (int i = 0; i < 10'000; ++i) {
        before += p("Paragraphe " + std::to_string(i) + " du contrat, avec quelques mots.");
        after += p("Alinéa " + std::to_string(i % 3 == 0 ? i : -i) + " de l’avenant, sans un mot.");
    }
    const Changes found = changes(test::flat(before), test::flat(after));
    CHECK(found.texts.size() >= 10'000);
}

TEST_CASE("JSON tells the same, with file and line") {
    const auto made = to_json(changes(test::flat(p("six mois")), test::flat(p("dix mois"))));
    CHECK_FALSE(made.at("identical").as_boolean());
    const json::Value& change = made.at("texts").as_array().at(0);
    CHECK(change.at("change").as_string() == "changed");
    CHECK(change.at("article").as_string() == "Début du document");
    CHECK(change.at("file").as_string() == "apres.fodt");
    CHECK(change.at("line").as_int64() == 1);
    CHECK(change.at("segments").as_array().size() == 3);
    CHECK(change.at("segments").as_array()[1].at("text").as_string() == "dix");
}
