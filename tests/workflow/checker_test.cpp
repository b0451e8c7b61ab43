#include <doctest/doctest.h>

#include "charts.hpp"

using namespace paraphe;
using namespace paraphe::workflow;
using paraphe::workflow::testing::chart;

namespace {

std::string findings(const std::string& body, const CheckContext& context = {}) {
    std::string out;
    for (const Diagnostic& diagnostic : check(chart(body), context))
        out += (out.empty() ? "" : "\n") + diagnostic.code + " " + diagnostic.message;
    return out;
}

const std::string end = "<final id='fin'/>";

}  // namespace

TEST_CASE("a sound chart has no findings") {
    CHECK(findings("<state id='a'><transition event='go' p:by='referent' p:label='Aller' "
                   "target='fin'/></state>" +
                   end) == "");
}

TEST_CASE("a situation that nothing leads to is found") {
    CHECK(findings("<state id='a'><transition event='go' p:by='r' p:label='Aller' target='fin'/>"
                   "</state><state id='b' p:label='Perdu'/>" +
                   end) == "W0001 rien ne mène à la situation « Perdu »");
}

TEST_CASE("a workflow without end is found") {
    CHECK(findings("<state id='a'/>") ==
          "W0013 aucune fin n'est atteignable : le dossier ne se clôt jamais");
}

TEST_CASE("what people do has a label, and profile attributes mean something") {
    CHECK(findings("<state id='a'><transition event='go' p:by='r' target='fin'/></state>" + end) ==
          "W0003 l'action « go » n'a pas de libellé");
    CHECK(findings("<state id='a'><transition event='go' p:form='motif' target='fin'/></state>" +
                   end) ==
          "W0005 p:form sur une transition sans p:by : personne ne peut la déclencher");
    CHECK(findings("<state id='a'><transition event='signed.x' p:by='r' p:label='Signer' "
                   "target='fin'/></state>" +
                   end) == "W0006 « signed.x » vient du système : personne ne peut le déclencher");
    CHECK(findings("<state id='a'><transition event='submit' p:by='r' p:label='Soumettre' "
                   "target='b'/></state><state id='b'><transition event='approve' p:by='s' "
                   "p:not-by='submitt' p:label='Approuver' target='fin'/></state>" +
                   end) == "W0004 p:not-by nomme « submitt », que personne ne déclenche");
}

TEST_CASE("a transition that an earlier one hides is found") {
    CHECK(findings("<state id='a'><transition event='refused.*' target='fin'/><transition "
                   "event='refused.beneficiaire' target='fin'/></state>" +
                   end) ==
          "W0008 cette transition n'est jamais prise : celle de la ligne 1 la cache");
    CHECK(findings("<state id='a'><transition event='refused.beneficiaire' target='fin'/>"
                   "<transition event='refused.*' target='fin'/></state>" +
                   end) == "");
}

TEST_CASE("a deadline that may fall where nothing handles it is found") {
    // The first draft of the sample: mid-term was handled in the first half alone.
    const std::string body =
        "<state id='running' p:label='En cours'><onentry><p:deadline event='deadline.midterm' "
        "at='entree() + mois(3)'/></onentry><transition event='done.state.running' target='fin'/>"
        "<state id='first'><transition event='deadline.midterm' target='late'/><transition "
        "event='leave' target='late'/></state><state id='late' p:label='Derniers mois'>"
        "<transition event='x' target='f2'/></state><final id='f2'/></state>";
    CHECK(findings(body + end) ==
          "W0009 l'échéance « deadline.midterm » peut tomber dans la situation « Derniers mois », "
          "où rien ne la traite");
}

TEST_CASE("a transition that restarts a whole parallel unawares is found") {
    const auto with = [](const std::string& type) {
        return findings(
            "<parallel id='p' p:label='En vigueur'><transition event='stop' "
            "target='fin'/><state id='term' p:label='Terme'><transition event='x' " +
            type +
            " target='b'/><state id='a'/><state id='b'/></state><state id='c'/>"
            "</parallel>" +
            end);
    };
    CHECK(with("type='internal'") == "");
    CHECK(with("") ==
          "W0014 cette transition fait quitter puis reprendre depuis le début toute la situation « "
          "En vigueur » : échéances et demandes de signature y repartent à zéro");
}

TEST_CASE("a request for a signature needs an answer for both outcomes") {
    CHECK(findings("<state id='a'><onentry><p:sign document='c' slot='beneficiaire'/></onentry>"
                   "<transition event='signed.beneficiaire' target='fin'/></state>" +
                   end) ==
          "W0010 rien ne traite « refused.beneficiaire », la réponse à cette demande de signature");
}

TEST_CASE("a guard on done.state needs a fallback") {
    CHECK(findings("<state id='a'><transition event='done.state.a' cond='dossier.ok' "
                   "target='fin'/><final id='b'/></state>" +
                   end) ==
          "W0011 « done.state.a » n'arrive qu'une fois : si la condition est fausse alors, le "
          "dossier reste bloqué");
}

TEST_CASE("unknown names in expressions are found before any case exists") {
    CHECK(findings("<state id='a'><transition cond=\"In('fn')\" target='fin'/></state>" + end) ==
          "W0007 aucun état ne s'appelle « fn »");
    CHECK(
        findings("<state id='a'><transition event='x' target='fin'><assign location='dossier.mois' "
                 "expr='1'/></transition></state>" +
                 end) == "W0012 la variable « dossier » n'est pas déclarée");
    CheckContext context;
    context.dossier = expression::Type::map_of({{"mois", expression::Kind::integer, "Durée"}});
    const Diagnostics found = check(
        chart("<state id='a'><transition cond='dossier.moi > 6' target='fin'/></state>" + end),
        context);
    REQUIRE(found.size() == 1);
    CHECK(found[0].code == "P0101");
    CHECK(found[0].where.line == 1);
    CHECK_FALSE(check(chart("<state id='a'><transition cond='dosier.mois > 6' target='fin'/>"
                            "</state>" +
                            end),
                      context)
                    .empty());
}

TEST_CASE("the date of a deadline is a date") {
    CheckContext context;
    context.dossier = expression::Type::map_of({{"mois", expression::Kind::integer, "Durée"}});
    CHECK(findings("<state id='a'><onentry><p:deadline event='deadline.x' at='dossier.mois'/>"
                   "</onentry><transition event='deadline.x' target='fin'/></state>" +
                       end,
                   context) == "W0002 « at » doit donner une date, pas un nombre entier");
}
