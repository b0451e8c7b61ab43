#include "template/document_check.hpp"

#include <doctest/doctest.h>

#include "odf/odf.hpp"
#include "template/document.hpp"
#include "template/document_check_findings.hpp"
#include "template/specimen.hpp"

using namespace paraphe;
using namespace paraphe::test;

namespace {

/// A sound document around `body`.
std::string whole(const std::string& body, const std::string& language = "fo:language=\"fr\"",
                  const std::string& title = "Contrat") {
    return "<office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
           "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" "
           "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" "
           "xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\" "
           "xmlns:svg=\"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0\" "
           "xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
           "xmlns:loext=\"urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0\" "
           "xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" "
           "xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" "
           "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" office:version=\"1.3\" "
           "office:mimetype=\"application/vnd.oasis.opendocument.text\">"
           "<office:meta><dc:title>" +
           title +
           "</dc:title></office:meta><office:styles><style:default-style "
           "style:family=\"paragraph\"><style:text-properties " +
           language +
           "/></style:default-style><style:style style:name=\"Heading_20_1\" "
           "style:display-name=\"Heading 1\" style:family=\"paragraph\" "
           "style:default-outline-level=\"1\"/></office:styles><office:automatic-styles>"
           "<style:style style:name=\"P1\" style:family=\"paragraph\" "
           "style:parent-style-name=\"Heading_20_1\"/></office:automatic-styles>"
           "<office:body><office:text>\n" +
           body + "</office:text></office:body></office:document>";
}

std::string told(const Diagnostics& found) {
    std::string out;
    for (const Diagnostic& each : found)
        out += (out.empty() ? "" : "\n") + to_string(each);
    return out;
}

std::string check(const std::string& file, const tmpl::Loader& loader = {}) {
    return told(
        tmpl::check_document(tmpl::compile_or_throw(odf::read(file, "essai.fodt"), loader)));
}

std::string h(int level, const std::string& text) {
    return "<text:h text:outline-level=\"" + std::to_string(level) + "\">" + text + "</text:h>\n";
}
std::string p(const std::string& text) {
    return "<text:p>" + text + "</text:p>\n";
}

}  // namespace

TEST_CASE("a correct document gives no finding") {
    CHECK(check(whole(
              h(1, "Objet") + p("Texte.") + h(2, "Détail") + p("{% if oui %}") + h(2, "Cas") +
              h(3, "Sous-cas") + p("{% endif %}") + p("a") + "<text:p/>" + p("b") +
              h(1, "{{ nom }}") +
              "<table:table table:name=\"T\"><table:table-column/><table:table-header-rows>"
              "<table:table-row><table:table-cell><text:p>Nom</text:p></table:table-cell>"
              "</table:table-row></table:table-header-rows><table:table-row><table:table-cell>"
              "<text:p>{% for l in lignes %}{{ l.nom }}{% endfor %}</text:p></table:table-cell>"
              "</table:table-row></table:table>" +
              p("voir <text:a xlink:href=\"#x\">l’annexe</text:a>") +
              p("{% if oui %}{{ signature(\"maire\") }}{% else %}{{ signature(\"maire\") }}"
                "{% endif %}"))) == "");
}

TEST_CASE("a heading that skips a level is told with both levels") {
    CHECK(check(whole(h(1, "Objet") + h(3, "Détail"))) ==
          "essai.fodt:3: P0230 (avertissement) « Détail », « Détail » : les titres passent du "
          "niveau 1 au niveau 3 "
          "; donnez à ce titre le style Titre 2");
}

TEST_CASE("a heading skips a level when the condition before it fails") {
    CHECK(check(whole(h(1, "Objet") + p("{% if oui %}") + h(2, "Cas") + p("{% endif %}") +
                      h(3, "Détail"))) ==
          "essai.fodt:6: P0230 (avertissement) « Détail », « Détail » : quand le passage qui "
          "précède n’est pas "
          "imprimé, les titres passent du niveau 1 au niveau 3 ; donnez à ce titre le style Titre "
          "2, ou mettez-le sous la même condition");
    // Two conditions may hang together: nothing is proved.
    CHECK(check(whole(h(1, "Objet") + p("{% if oui %}") + h(2, "Cas") + p("{% endif %}") +
                      p("{% if oui %}") + h(3, "Détail") + p("{% endif %}"))) == "");
}

TEST_CASE("the first heading is of the first level") {
    CHECK(check(whole(h(2, "Objet"))) ==
          "essai.fodt:2: P0231 (avertissement) « Objet », « Objet » : le premier titre est de "
          "niveau 2, non de "
          "niveau 1 ; donnez-lui le style Titre 1");
}

TEST_CASE("a heading that is empty, or may be, is told") {
    CHECK(check(whole(h(1, "Objet") + h(1, ""))) ==
          "essai.fodt:3: P0232 (avertissement) ce titre est vide ; écrivez-le, ou donnez au "
          "paragraphe un style de "
          "texte : il prend un numéro et une ligne dans la table des matières");
    CHECK(check(whole(h(1, "{{ nom | default(\"\") }}"))) ==
          "essai.fodt:2: P0232 (avertissement) « {{ nom | default(\"\") }} », « {{ nom | "
          "default(\"\") }} » : ce "
          "titre reste vide quand sa donnée ou sa condition manque ; mettez le titre entier sous "
          "la condition : {% if … %} seul dans le paragraphe d’avant, {% endif %} dans celui "
          "d’après");
}

TEST_CASE("a paragraph that only looks like a heading is told with its style") {
    CHECK(check(whole("<text:p text:style-name=\"P1\">Objet</text:p>")) ==
          "essai.fodt:2: P0233 (avertissement) 1er alinéa, « Objet » : ce paragraphe a le style « "
          "Heading 1 » sans "
          "être un titre : il n’est ni numéroté ni dans la table des matières ; dans Format, "
          "Paragraphe, Plan et liste, rendez-lui son niveau de plan");
}

TEST_CASE("articles numbered by hand are told once, and where the numbers do not follow") {
    CHECK(check(whole(p("Article 1 — Objet") + p("Article 2 — Durée") + p("Article 4 — Fin") +
                      p("Article 4 — Litiges"))) ==
          "essai.fodt:2: P0234 (avertissement) 1er alinéa, « Article 1 — Objet » : 4 numéros "
          "d’article sont tapés à "
          "la main, le premier ici ; laissez Writer numéroter (style Titre 1, Outils, Numérotation "
          "des chapitres) : un article ajouté ou retiré par une condition renumérote alors les "
          "suivants\n"
          "essai.fodt:4: P0235 (avertissement) 3e alinéa, « Article 4 — Fin » : l’article 4 suit "
          "l’article 2 ; "
          "corrigez le numéro, ou laissez Writer numéroter (style Titre 1)\n"
          "essai.fodt:5: P0235 (avertissement) 4e alinéa, « Article 4 — Litiges » : deux articles "
          "portent le numéro "
          "4 ; corrigez le numéro, ou laissez Writer numéroter (style Titre 1)");
    CHECK(tmpl::typed_article("ARTICLE IV. Durée") == 4);
    CHECK(tmpl::typed_article("Article premier") == 1);
    CHECK(tmpl::typed_article("Article 4 de la loi du 6 juillet 1989") == 0);
    CHECK(tmpl::typed_article("Article L. 271-1 du code") == 0);
    CHECK(tmpl::typed_article("Article 4-1 : Durée") == 0);
}

TEST_CASE("a picture without words is told, unless it decorates") {
    const auto picture = [](const std::string& mark, const std::string& words) {
        return p("<draw:frame draw:name=\"Image1\"" + mark + "><draw:image/>" + words +
                 "</draw:frame>");
    };
    CHECK(check(whole(picture("", ""))) ==
          "essai.fodt:2: P0416 (avertissement) 1er alinéa, « Image1 » : une image n’a pas de texte "
          "de remplacement "
          "; donnez-lui une description (clic droit, Description…)");
    CHECK(check(whole(picture(" loext:decorative=\"true\"", ""))) == "");
    CHECK(check(whole(picture("", "<svg:desc>Logo de {{ nom }}</svg:desc>"))) == "");
}

TEST_CASE("rows that a list fills stand under a row that names their columns") {
    CHECK(
        check(whole(
            "<table:table table:name=\"Dettes\"><table:table-column/><table:table-row>"
            "<table:table-cell><text:p>{% for l in lignes %}</text:p></table:table-cell>"
            "</table:table-row><table:table-row><table:table-cell><text:p>{{ l.nom }}</text:p>"
            "</table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>"
            "{% endfor %}</text:p></table:table-cell></table:table-row></table:table>")) ==
        "essai.fodt:2: P0237 (avertissement) tableau « Dettes », « Dettes » : les lignes de ce "
        "tableau se "
        "répètent sous aucune ligne d’en-tête ; dans Tableau, Propriétés, Enchaînements, cochez « "
        "Répéter le titre » : elle revient sur chaque page, et un lecteur d’écran nomme les "
        "colonnes");
}

TEST_CASE("a document says its language and its title") {
    CHECK(check(whole("<text:p>a</text:p>", "")) ==
          "essai.fodt:1: P0238 (avertissement) style par défaut : la langue du document n’est pas "
          "indiquée ; "
          "choisissez « Français (France) » dans Outils, Langue, Pour tout le texte : la césure et "
          "la voix des lecteurs d’écran en dépendent");
    CHECK(
        check(whole("<text:p>a</text:p>", "fo:language=\"en\" fo:country=\"US\"")) ==
        "essai.fodt:1: P0238 (avertissement) style par défaut : la langue du document est « en-US "
        "», non le "
        "français ; choisissez « Français (France) » dans Outils, Langue, Pour tout le texte : la "
        "césure et la voix des lecteurs d’écran en dépendent");
    CHECK(check(whole("<text:p>a</text:p>", "fo:language=\"fr\"", " ")) ==
          "essai.fodt:1: P0239 (avertissement) propriétés du document : le document n’a pas de "
          "titre ; donnez-lui "
          "un titre (Fichier, Propriétés, Description) : les lecteurs d’écran l’annoncent en "
          "premier");
}

TEST_CASE("a link says where it leads") {
    CHECK(check(whole(p("<text:a xlink:href=\"#x\">Cliquez ici</text:a>") +
                      p("a<text:a xlink:href=\"#y\"/>"))) ==
          "essai.fodt:2: P0240 (avertissement) 1er alinéa, « Cliquez ici » : le texte de ce lien "
          "ne dit pas où il "
          "mène ; nommez la page ou le document : sur papier, et à l’oreille, « Cliquez ici » ne "
          "dit rien\n"
          "essai.fodt:3: P0240 (avertissement) 2e alinéa, « #y » : un lien n’a pas de texte ; "
          "écrivez où il mène, "
          "ou supprimez-le (clic droit, Supprimer le lien)");
}

TEST_CASE("a date that moves is told; a fixed one is not") {
    CHECK(check(whole(p("<text:date>1/1/26</text:date><text:date text:fixed=\"true\"/>"))) ==
          "essai.fodt:2: P0245 (avertissement) 1er alinéa : cette date, ou cette heure, change à "
          "chaque ouverture du document : le PDF signé et l’ODT n’en diront pas la même ; écrivez "
          "une donnée du contrat ({{ contrat.debut | date_longue }}), ou cochez « Contenu fixe »");
}

TEST_CASE("empty paragraphs and blanks that make room are told once") {
    CHECK(check(whole(p("a") + "<text:p/><text:p/>\n" + p("b"))) ==
          "essai.fodt:3: P0241 (avertissement) 2e alinéa : 2 paragraphes vides servent "
          "d’espacement, le premier ici "
          "; supprimez-les et réglez l’espace avant ou après dans le style : un saut de page les "
          "laisserait en haut d’une page");
    CHECK(check(whole(p("a<text:tab/><text:tab/><text:tab/>b") + p("a<text:s text:c=\"9\"/>b"))) ==
          "essai.fodt:2: P0242 (avertissement) 1er alinéa : 2 paragraphes sont alignés par des "
          "espaces ou des "
          "tabulations répétées, le premier ici ; employez un taquet de tabulation ou un tableau : "
          "l’alignement ne tient qu’avec cette police");
}

TEST_CASE("a signature comes once in every way through the document") {
    const std::string found = check(whole(p("{{ signature(\"maire\") }}") +
                                          p("{% if oui %}{{ signature(\"maire\") }}{% endif %}")));
    CHECK(found.find("P0205 2e alinéa, « {{ signature(\"maire\") }} » : la signature de « maire » "
                     "est déjà placée, ligne 2 ; gardez un seul emplacement pour chaque "
                     "signataire") != std::string::npos);
}

TEST_CASE("a slot and what the workflow asks go together") {
    const auto made = tmpl::compile_or_throw(
        odf::read(whole(p("{% if oui %}{{ signature(\"maire\") }}{% endif %}") +
                        p("{{ signature(\"tuteur\") }}")),
                  "essai.fodt"),
        {});
    using tmpl::Asking;
    const auto messages = [&](Asking mayor, Asking guardian) {
        std::string out;
        for (const auto& each : tmpl::check_slots(made, {{"maire", mayor}, {"tuteur", guardian}}))
            out += each.code + " " + each.message + "\n";
        return out;
    };
    CHECK(messages(Asking::sometimes, Asking::always) == "");
    CHECK(messages(Asking::unknown, Asking::unknown) == "");
    CHECK(messages(Asking::always, Asking::sometimes) ==
          "P0243 cette case n’est pas toujours imprimée, mais la signature de « maire » est "
          "toujours demandée\n"
          "P0244 cette case est toujours imprimée, mais la signature de « tuteur » n’est demandée "
          "que sous condition : elle resterait vide\n");
}

TEST_CASE("the specimen shows every branch, each loop once, and clauses in their places") {
    const tmpl::Loader loader = [](const std::string&) -> std::optional<tmpl::Clause> {
        return tmpl::Clause{whole(h(3, "Rappel")), "rappel.fodt"};
    };
    const auto made = tmpl::compile_or_throw(
        odf::read(whole(h(1, "Objet") + p("{% if oui %}a{% else %}b{% endif %}") +
                        p("{% for l in lignes %}{{ l.nom }}{% endfor %}") +
                        p("{% include \"clauses/rappel\" %}")),
                  "essai.fodt"),
        loader);
    CHECK(odf::plain_text(*tmpl::specimen(made).body).find("ab") != std::string::npos);
    CHECK(odf::plain_text(*tmpl::specimen(made).body).find("{{ l.nom }}") != std::string::npos);
    // A heading of a clause is told in the clause's file.
    CHECK(told(tmpl::check_document(made)) ==
          "rappel.fodt:2: P0230 (avertissement) « Rappel », « Rappel » : les titres passent du "
          "niveau 1 au niveau "
          "3 ; donnez à ce titre le style Titre 2");
}

TEST_CASE("mistakes of blocks do not hide those of the document") {
    const auto found =
        tmpl::check_all(odf::read(whole(h(2, "Objet") + p("{% if oui %}")), "essai.fodt"), {},
                        expression::Type::any(), registry());
    std::string codes;
    for (const Diagnostic& each : found)
        codes += each.code + " ";
    CHECK(codes == "P0231 P0202 ");
}
