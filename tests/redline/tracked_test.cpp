#include <doctest/doctest.h>

#include <algorithm>

#include "document.hpp"
#include "redline/redline.hpp"

using namespace paraphe;
using test::h;
using test::p;

namespace {

const Instant now = *parse_instant("2026-11-25T08:00:00Z");

/// The text of a document whose tracked changes are all accepted, or all refused, as ODF 1.3 part 3
/// §5.5 tells it: paragraphs in lines, cells between bars. An oracle of its own: it reads the
/// output as a program that knows tracked changes would, without our comparison.
class Settled {
public:
    enum class Answer { accept, refuse };

    static std::string text(const odf::Element& root, Answer answer) {
        Settled settled(answer);
        odf::walk(root, [&](const odf::Element& each) {
            if (each.name != odf::Name("text:changed-region")) return;
            const std::string id(each.attribute_or_empty(odf::Name("text:id")));
            if (const auto deletion = each.child(odf::Name("text:deletion")))
                settled.deletions_[id] = deletion;
        });
        settled.read(root);
        // Empty lines are what the notes tell: an empty row or paragraph that stays.
        std::string out, line;
        for (const char c : settled.out_ + "\n") {
            if (c != '\n') {
                line += c;
            } else {
                if (!line.empty()) out += line + "\n";
                line.clear();
            }
        }
        return out;
    }

private:
    explicit Settled(Answer answer) : answer_(answer) {}

    void read(const odf::Element& element) {
        const std::string& name = element.name.str();
        if (name == "text:tracked-changes") return;
        const bool paragraph = name == "text:p" || name == "text:h";
        if (name == "text:s" || name == "text:tab" || name == "text:line-break") {
            put(odf::plain_text(element));
            blank_ = false;
            return;
        }
        if (name == "text:change-start") ++inserted_;
        if (name == "text:change-end") --inserted_;
        if (name == "text:change" && answer_ == Answer::refuse) deletion(element);
        if (paragraph) blank_ = true;
        for (const odf::Node& node : element.children) {
            if (const auto* text = std::get_if<odf::Text>(&node))
                for (const char c : text->text) {
                    const bool blank = c == ' ' || c == '\n';
                    if (blank && blank_) continue;
                    blank_ = blank;
                    put(std::string(1, blank ? ' ' : c));
                }
            else
                read(*std::get<odf::ElementPtr>(node));
        }
        if (paragraph) put("\n");
    }

    /// The paragraphs of a deletion, the last of which joins what follows.
    void deletion(const odf::Element& mark) {
        const auto found =
            deletions_.find(std::string(mark.attribute_or_empty(odf::Name("text:change-id"))));
        REQUIRE(found != deletions_.end());
        const bool outer = std::exchange(blank_, true);
        for (const odf::Node& node : found->second->children)
            if (const auto* child = std::get_if<odf::ElementPtr>(&node);
                child != nullptr && (*child)->name != odf::Name("office:change-info"))
                read(**child);
        if (!out_.empty() && out_.back() == '\n') out_.pop_back();
        blank_ = outer;
    }

    void put(const std::string& text) {
        if (inserted_ == 0 || answer_ == Answer::accept) out_ += text;
    }

    Answer answer_;
    std::string out_;
    std::map<std::string, odf::ElementPtr> deletions_;
    int inserted_ = 0;
    bool blank_ = true;
};

std::string plain(const odf::Document& document) {
    return Settled::text(*document.body, Settled::Answer::accept);
}

/// Accepting gives the newer text, refusing the older one.
redline::Tracked check_both_ways(const std::string& before, const std::string& after) {
    const odf::Document a = test::document(before, "a"), b = test::document(after, "b");
    redline::Tracked made = redline::tracked(a, b, "paraphe", now);
    const odf::Document again = odf::read(odf::write_flat(made.document), "out");
    CHECK(Settled::text(*again.body, Settled::Answer::accept) == plain(b));
    CHECK(Settled::text(*again.body, Settled::Answer::refuse) == plain(a));
    return made;
}

redline::Tracked check_bodies(const std::string& before, const std::string& after) {
    return check_both_ways(test::flat(before), test::flat(after));
}

std::string row(const std::string& a, const std::string& b) {
    return "<table:table-row><table:table-cell>" + p(a) + "</table:table-cell><table:table-cell>" +
           p(b) + "</table:table-cell></table:table-row>";
}

std::string table(const std::string& rows) {
    return "<table:table table:name=\"Plan\"><table:table-column "
           "table:number-columns-repeated=\"2\"/>" +
           rows + "</table:table>";
}

}  // namespace

TEST_CASE("changed words become one deletion and one insertion") {
    const auto made = check_bodies(p("Le contrat dure six mois."), p("Le contrat dure dix mois."));
    CHECK(odf::markup(*made.document.body) ==
          "<office:body><office:text><text:tracked-changes text:track-changes=\"false\">"
          "<text:changed-region xml:id=\"ct1\" text:id=\"ct1\"><text:deletion><office:change-info>"
          "<dc:creator>paraphe</dc:creator><dc:date>2026-11-25T08:00:00Z</dc:date>"
          "</office:change-info><text:p>six</text:p></text:deletion></text:changed-region>"
          "<text:changed-region xml:id=\"ct2\" text:id=\"ct2\"><text:insertion><office:change-info>"
          "<dc:creator>paraphe</dc:creator><dc:date>2026-11-25T08:00:00Z</dc:date>"
          "</office:change-info></text:insertion></text:changed-region></text:tracked-changes>"
          "<text:p>Le contrat dure <text:change text:change-id=\"ct1\"/><text:change-start "
          "text:change-id=\"ct2\"/>dix<text:change-end text:change-id=\"ct2\"/> mois.</text:p>"
          "</office:text></office:body>");
    CHECK(made.notes.empty());
}

TEST_CASE("accepting gives the newer text and refusing the older one") {
    check_bodies(p("Un.") + p("À retirer tout de suite."), p("Un."));
    check_bodies(p("À retirer tout de suite.") + p("Un."), p("Un."));
    check_bodies(p("Un."), p("Un.") + p("Nouveau texte."));
    check_bodies(p("Un."), p("Nouveau texte.") + h("Titre nouveau") + p("Un."));
    check_bodies(p("a b  <text:s/>c <text:span>d e</text:span> f"),
                 p("a x <text:span>e</text:span>"));
    check_bodies(p("Alpha bravo.") + p("Charlie delta.") + p("Fin."), h("Rien à voir") + p("Fin."));
    check_bodies(p("mot"), p(" mot ajouté "));
    check_bodies(p("L'aide : 12"), p("L’aide\u00A0: 12"));
    check_bodies(p(""), p("plein"));
    check_bodies(p("plein"), p(""));
}

TEST_CASE("list items come and go") {
    const auto list = [](const std::string& items) {
        return "<text:list text:style-name=\"L1\">" + items + "</text:list>";
    };
    const auto item = [](const std::string& text) {
        return "<text:list-item>" + p(text) + "</text:list-item>";
    };
    check_bodies(
        p("Le bénéficiaire :") + list(item("paie le loyer ;") + item("vient aux rendez-vous.")),
        p("Le bénéficiaire :") + list(item("vient aux rendez-vous.") + item("signale tout.")));
    check_bodies(p("Avant.") + list(item("un") + item("deux")) + p("Après."),
                 p("Avant.") + p("Après."));
}

TEST_CASE("rows come and go with their text, as LibreOffice marks them") {
    const std::string note =
        "Une ligne de tableau ajoutée ou supprimée vient et s’en va avec son texte dans "
        "LibreOffice (à partir de 7.4) ; un autre logiciel peut la laisser, vide.";
    const auto made = check_bodies(
        p("Plan.") + table(row("Axe", "Qui") + row("Budget du foyer", "le référent")) + p("Fin."),
        p("Plan.") +
            table(row("Axe", "Qui") + row("Logement actuel", "le bailleur") +
                  row("Budget du foyer", "la référente")) +
            p("Fin."));
    CHECK(made.notes == std::vector<std::string>{note});
    CHECK(odf::markup(*made.document.automatic_styles)
              .find("<style:style style:family=\"table-row\" style:name=\"ligne_suivie\">"
                    "<style:table-row-properties loext:text-changes-only=\"false\"/>"
                    "</style:style>") != std::string::npos);
    const auto rows = [](const odf::Document& document) {
        std::string out;
        odf::walk(*document.body, [&](const odf::Element& each) {
            if (each.name == odf::Name("table:table-row"))
                out +=
                    "[" + std::string(each.attribute_or_empty(odf::Name("table:style-name"))) + "]";
        });
        return out;
    };
    CHECK(rows(made.document) == "[][ligne_suivie][]");
    const auto back = check_bodies(
        table(row("Axe", "Qui") + row("Logement actuel", "le bailleur") + row("Budget", "elle")) +
            p("Fin."),
        table(row("Axe", "Qui") + row("Budget", "elle")) + p("Fin."));
    CHECK(back.notes == std::vector<std::string>{note});
    CHECK(rows(back.document) == "[][ligne_suivie][]");
}

TEST_CASE("what a removed row held comes back whole, and an empty row is told") {
    const std::string three = row("Aides", "") + row("", "") +
                              "<table:table-row><table:table-cell>" + p("Un.") + p("") +
                              p("Deux.") + "</table:table-cell><table:table-cell>" + p("Trois.") +
                              "</table:table-cell></table:table-row>";
    const auto made = check_bodies(table(row("Axe", "Qui") + three) + p("Fin."),
                                   table(row("Axe", "Qui")) + p("Fin."));
    CHECK(made.notes.size() == 2);
    CHECK(made.notes[1] ==
          "Une ligne de tableau vide ou qui contient un tableau, ajoutée ou supprimée, n’est pas "
          "suivie : elle reste, vide.");
    // The paragraphs of a cell are one deletion: an empty one stays, and the row can go.
    CHECK(odf::markup(*made.document.body)
              .find("<text:p>Un.</text:p><text:p/><text:p>Deux.</text:p></text:deletion>") !=
          std::string::npos);
    check_bodies(table(row("Axe", "Qui")) + p("Fin."),
                 table(row("Axe", "Qui") + three) + p("Fin."));
    const std::string nested = "<table:table-row><table:table-cell>" +
                               test::replaced(table(row("a", "b")), "Plan", "Sommes") +
                               p("Suite.") + "</table:table-cell><table:table-cell>" + p("x") +
                               "</table:table-cell></table:table-row>";
    const auto holding = check_bodies(table(row("Axe", "Qui") + nested) + p("Fin."),
                                      table(row("Axe", "Qui")) + p("Fin."));
    CHECK(std::count(holding.notes.begin(), holding.notes.end(), made.notes[1]) == 1);
}

TEST_CASE("a row that goes keeps the height of its style") {
    const auto with_style = [](const std::string& rows) {
        return test::replaced(
            test::flat(table(rows) + p("Fin.")), "</office:automatic-styles>",
            "<style:style style:name=\"Haute\" style:family=\"table-row\">"
            "<style:table-row-properties style:min-row-height=\"2cm\"/></style:style>"
            "</office:automatic-styles>");
    };
    const std::string tall = test::replaced(row("Logement", "le bailleur"), "<table:table-row>",
                                            "<table:table-row table:style-name=\"Haute\">");
    const auto made =
        check_both_ways(with_style(row("Axe", "Qui") + tall + tall), with_style(row("Axe", "Qui")));
    const std::string styles = odf::markup(*made.document.automatic_styles);
    CHECK(styles.find("<style:style style:name=\"ancien_Haute_suivie\" style:family="
                      "\"table-row\"><style:table-row-properties style:min-row-height=\"2cm\" "
                      "loext:text-changes-only=\"false\"/></style:style>") != std::string::npos);
    CHECK(styles.find("suivie_2") == std::string::npos);
}

TEST_CASE("whole tables, and texts between two tables") {
    const std::string one = table(row("Axe", "Qui")),
                      other = test::replaced(table(row("Montant", "Date")), "Plan", "Sommes");
    check_bodies(p("a") + one + p("b"), p("a") + p("b"));
    check_bodies(p("a") + p("b"), p("a") + one + p("b"));
    check_bodies(one + p("Entre les deux.") + other + p("b"), one + other + p("b"));
    check_bodies(one + other + p("b"), one + p("Entre les deux.") + other + p("b"));
}

TEST_CASE("notes of the older text come back with it") {
    const std::string note =
        "<text:note text:id=\"ftn1\" text:note-class=\"footnote\"><text:note-citation>1"
        "</text:note-citation><text:note-body>" +
        p("Article L271-1.") + "</text:note-body></text:note>";
    check_bodies(p("Texte" + note + " suivi."), p("Texte suivi."));
    check_bodies(p("Texte" + note + " suivi."),
                 p("Texte" + test::replaced(note, "L271-1", "L271-2") + " suivi."));
}

TEST_CASE("styles of removed text come along under names of their own") {
    const auto style = [](const std::string& name, const std::string& weight) {
        return "<style:style style:name=\"" + name +
               "\" style:family=\"paragraph\" style:parent-style-name=\"Standard\">"
               "<style:text-properties fo:font-weight=\"" +
               weight + "\"/></style:style>";
    };
    const odf::Document a = test::document(
                            test::flat(
                                "<text:p text:style-name=\"P1\">Retiré.</text:p>" + p("Fin."), "",
                                style("P1", "bold")),
                            "a"),
                        b = test::document(test::flat(p("Fin."), "", style("P1", "normal")), "b");
    const auto made = redline::tracked(a, b, "paraphe", now);
    const std::string automatic = odf::markup(*made.document.automatic_styles);
    CHECK(automatic.find("style:name=\"ancien_P1\"") != std::string::npos);
    CHECK(odf::markup(*made.document.body).find("<text:p text:style-name=\"ancien_P1\">Retiré.") !=
          std::string::npos);
    CHECK(made.document.styles_automatic_styles == made.document.automatic_styles);
}

TEST_CASE("changes that the newer document tracked itself are accepted") {
    const std::string tracked =
        "<text:tracked-changes><text:changed-region text:id=\"ct9\"><text:deletion>"
        "<office:change-info><dc:creator>x</dc:creator><dc:date>2026-01-01T00:00:00</dc:date>"
        "</office:change-info>" +
        p("parti") + "</text:deletion></text:changed-region></text:tracked-changes>";
    const auto made = redline::tracked(
        test::document(test::flat(p("Un texte")), "a"),
        test::document(
            test::flat(tracked + p("Un texte<text:change text:change-id=\"ct9\"/> neuf")), "b"),
        "paraphe", now);
    const std::string body = odf::markup(*made.document.body);
    CHECK(body.find("parti") == std::string::npos);
    CHECK(body.find("ct9") == std::string::npos);
    CHECK(Settled::text(*made.document.body, Settled::Answer::accept) == "Un texte neuf\n");
}

TEST_CASE("a real contract goes both ways") {
    const std::string contract = test::file("templates/masp/contrat.fodt");
    std::string changed =
        test::replaced(contract, "Une évaluation finale est faite", "Un bilan final est fait");
    changed = test::replaced(changed, "{% if niveau == 2 %}", "{% if niveau >= 2 %}");
    changed = test::replaced(changed,
                             "<text:list-item><text:p text:style-name=\"Liste\">mener les actions "
                             "du plan d’action qui le concernent ;</text:p></text:list-item>",
                             "");
    changed = test::replaced(
        changed, ">Objet du contrat</text:h>",
        ">Objet</text:h><text:p text:style-name=\"Text_20_body\">Nouveau préambule.</text:p>");
    check_both_ways(contract, changed);
    check_both_ways(changed, contract);
    check_both_ways(contract, test::file("templates/masp/releve-de-refus.fodt"));
    check_both_ways(test::file("templates/masp/releve-de-refus.fodt"), contract);
}

TEST_CASE("the same two documents give the same bytes") {
    const odf::Document a = test::document(test::file("templates/masp/contrat.fodt"), "a"),
                        b = test::document(test::file("templates/masp/releve-de-refus.fodt"), "b");
    CHECK(odf::write_flat(redline::tracked(a, b, "paraphe", now).document) ==
          odf::write_flat(redline::tracked(a, b, "paraphe", now).document));
}
