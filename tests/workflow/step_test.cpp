#include <doctest/doctest.h>

#include "charts.hpp"

using namespace paraphe;
using namespace paraphe::workflow;
using namespace paraphe::workflow::testing;

namespace {

const char* const review =
    "<state id='draft' p:label='Brouillon'>"
    "<transition event='edit' p:by='referent' p:label='Modifier'/>"
    "<transition event='submit' p:by='referent' p:label='Soumettre' target='review' "
    "cond='dossier.mois ≥ 6' p:else='Le contrat dure au moins six mois.' p:law='CASF L271-2'/>"
    "</state>"
    "<state id='review' p:label='Relecture'>"
    "<onentry><p:render document='contrat' template='masp/contrat.fodt'/>"
    "<p:deadline event='deadline.review' at='entree() + jours(15)' p:label='Relecture'/></onentry>"
    "<transition event='approve' p:by='responsable referent' p:not-by='submit' p:label='Approuver' "
    "target='done' cond=\"est_rendu('contrat')\"/>"
    "<transition event='deadline.review' target='draft'/>"
    "<transition event='error.render.contrat' target='draft'/>"
    "</state>"
    "<final id='done' p:label='Approuvé'/>";

Environment with_months(int months, const std::string& role, Date today = Date(2026, 11, 25)) {
    Environment out = act(role, today);
    expression::Map dossier;
    dossier.set("mois", months);
    out.dossier = expression::Value(std::move(dossier));
    return out;
}

}  // namespace

TEST_CASE("an event that its role may trigger moves the case and orders effects") {
    const Definition definition = chart(review);
    const StepResult begun = start(definition, act());
    CHECK(active(definition, begun.snapshot) == "draft");
    const StepResult result =
        step(definition, begun.snapshot, by_human("submit"), with_months(12, "referent"));
    CHECK_FALSE(result.refusal);
    CHECK(result.handled);
    CHECK(active(definition, result.snapshot) == "review");
    CHECK(effects(result) ==
          "render contrat with masp/contrat.fodt\narm deadline.review at 2026-12-10");
}

TEST_CASE("an act without target is accepted and changes nothing") {
    const Definition definition = chart(review);
    const StepResult begun = start(definition, act());
    const StepResult result = step(definition, begun.snapshot, by_human("edit"), act("referent"));
    CHECK(result.handled);
    CHECK(to_json(definition, result.snapshot) == to_json(definition, begun.snapshot));
}

TEST_CASE("a refused act says why and changes nothing") {
    const Definition definition = chart(review);
    const Snapshot draft = start(definition, act()).snapshot;
    const auto refused = [&](const Snapshot& from, const Event& event, const Environment& by) {
        const StepResult result = step(definition, from, event, by);
        REQUIRE(result.refusal);
        CHECK_FALSE(result.handled);
        CHECK(result.effects.empty());
        CHECK(to_json(definition, result.snapshot) == to_json(definition, from));
        return *result.refusal;
    };
    const Refusal guard = refused(draft, by_human("submit"), with_months(3, "referent"));
    CHECK(guard.code == Refusal::Code::condition);
    CHECK(guard.reason == "Le contrat dure au moins six mois.");
    CHECK(guard.law == "CASF L271-2");
    const Refusal role = refused(draft, by_human("submit"), with_months(12, "responsable"));
    CHECK(role.code == Refusal::Code::role);
    CHECK(role.reason == "Cette action est réservée à : referent.");
    const Refusal unknown = refused(draft, by_human("approve"), with_months(12, "responsable"));
    CHECK(unknown.code == Refusal::Code::unknown_event);
    CHECK(unknown.reason ==
          "L'action « approve » n'est pas possible dans la situation « Brouillon ».");

    const Snapshot waiting =
        step(definition, draft, by_human("submit"), with_months(12, "referent")).snapshot;
    Environment same_person = with_months(12, "referent");
    same_person.journal.last_actor["submit"] = "referent-1";
    same_person.journal.rendered_documents.insert("contrat");
    const Refusal four_eyes = refused(waiting, by_human("approve"), same_person);
    CHECK(four_eyes.code == Refusal::Code::four_eyes);
    CHECK(four_eyes.reason ==
          "« Approuver » revient à une autre personne que celle qui a fait « Soumettre ».");
    const Refusal not_rendered =
        refused(waiting, by_human("approve"), with_months(12, "responsable"));
    CHECK(not_rendered.reason == "La règle « est_rendu('contrat') » n'est pas remplie.");

    Environment responsible = with_months(12, "responsable");
    responsible.journal.rendered_documents.insert("contrat");
    const StepResult end = step(definition, waiting, by_human("approve"), responsible);
    CHECK(end.finished);
    CHECK(active(definition, end.snapshot) == "done");
    CHECK(effects(end) == "cancel deadline.review at 2026-12-10");
    const Refusal closed = refused(end.snapshot, by_human("edit"), responsible);
    CHECK(closed.code == Refusal::Code::ended);
    CHECK(closed.reason ==
          "Le dossier est clos (« Approuvé ») : plus aucune action n'est possible.");
}

TEST_CASE("nobody may raise what has no p:by, whatever their roles") {
    const Definition definition = chart(review);
    Environment all = with_months(12, "referent");
    all.roles = {"referent", "responsable", "systeme"};
    const Snapshot waiting =
        step(definition, start(definition, act()).snapshot, by_human("submit"), all).snapshot;
    const StepResult result = step(definition, waiting, by_human("deadline.review"), all);
    REQUIRE(result.refusal);
    CHECK(result.refusal->code == Refusal::Code::unknown_event);
}

TEST_CASE("a system event that nothing handles is ignored, not refused") {
    const Definition definition = chart(review);
    const StepResult result =
        step(definition, start(definition, act()).snapshot, by_system("signed.x"), act());
    CHECK_FALSE(result.handled);
    CHECK_FALSE(result.refusal);
    CHECK(result.incidents.empty());
}

TEST_CASE("an error event that nothing handles is an incident") {
    const Definition definition = chart(
        "<datamodel><data id='x' expr='1'/></datamodel><state id='a'><transition event='go' "
        "p:by='r' p:label='Aller' target='b'><assign location='x' expr='dossier.absent + 1'/>"
        "</transition></state><state id='b'/>");
    const StepResult result =
        step(definition, start(definition, act()).snapshot, by_human("go"), act("r"));
    REQUIRE(result.incidents.size() == 1);
    CHECK(result.incidents[0].event == "error.execution");
    CHECK_FALSE(result.incidents[0].message.empty());
}

TEST_CASE("a guard that fails counts as false, and the fault is reported beside the refusal") {
    const Definition definition = chart(
        "<state id='a'><transition event='go' p:by='r' p:label='Aller' cond='_event.data.mois ≥ 6' "
        "p:else='Six mois.' target='b'/></state><state id='b'/>");
    const StepResult result =
        step(definition, start(definition, act()).snapshot, by_human("go"), act("r"));
    REQUIRE(result.refusal);
    CHECK(result.refusal->reason == "Six mois.");
    CHECK(result.incidents.size() == 1);
}

TEST_CASE("the same step gives the same result") {
    const Definition definition = chart(review);
    const Snapshot draft = start(definition, act()).snapshot;
    const StepResult one = step(definition, draft, by_human("submit"), with_months(12, "referent"));
    const StepResult two = step(definition, draft, by_human("submit"), with_months(12, "referent"));
    CHECK(one.effects == two.effects);
    CHECK(to_json(definition, one.snapshot) == to_json(definition, two.snapshot));
}

TEST_CASE("a circle of transitions without event is stopped") {
    const Definition definition = chart(
        "<state id='a'><transition target='b'/></state><state id='b'><transition "
        "target='a'/></state>");
    CHECK_THROWS_WITH_AS(start(definition, act()),
                         "essai.scxml:1:143: the workflow does not come to rest within 1000 "
                         "microsteps; break the circle of transitions without event",
                         Error);
}

TEST_CASE("what people may do is listed with the reason for what they may not") {
    const Definition definition = chart(review);
    const Snapshot draft = start(definition, act()).snapshot;
    const auto actions = permitted(definition, draft, with_months(3, "referent"));
    REQUIRE(actions.size() == 2);
    CHECK(actions[0].event == "edit");
    CHECK(actions[0].label == "Modifier");
    CHECK(actions[0].allowed);
    CHECK_FALSE(actions[1].allowed);
    CHECK(actions[1].reason == "Le contrat dure au moins six mois.");
    CHECK(actions[1].law == "CASF L271-2");
    const auto others = permitted(definition, draft, with_months(12, "responsable"));
    CHECK(others[0].reason == "Cette action est réservée à : referent.");
}

TEST_CASE("a guard on the form's data is judged when the form is sent") {
    const Definition definition = chart(
        "<state id='a'><transition event='renew' p:by='r' p:label='Renouveler' p:form='f' "
        "cond='6 ≤ _event.data.mois ≤ 24' p:else='De 6 à 24 mois.' target='b'/></state>"
        "<state id='b'/>");
    const Snapshot snapshot = start(definition, act()).snapshot;
    const auto actions = permitted(definition, snapshot, act("r"));
    REQUIRE(actions.size() == 1);
    CHECK(actions[0].allowed);
    CHECK(actions[0].depends_on_form);
    expression::Map form;
    form.set("mois", 36);
    const StepResult refused =
        step(definition, snapshot, by_human("renew", expression::Value(form)), act("r"));
    REQUIRE(refused.refusal);
    CHECK(refused.refusal->reason == "De 6 à 24 mois.");
    form.set("mois", 12);
    CHECK(step(definition, snapshot, by_human("renew", expression::Value(form)), act("r")).handled);
}

TEST_CASE("a snapshot survives its writing, with dates, amounts and history") {
    const Definition definition = chart(
        "<datamodel><data id='jour' expr='entree()'/><data id='somme' expr='montant(1250)'/>"
        "<data id='tiers' expr='1 / 3'/><data id='rien'/><data id='carte' expr=\"{'$x': [1, "
        "'a']}\"/></datamodel>"
        "<state id='a'><history id='h'><transition target='b'/></history><state id='b'>"
        "<transition event='next' target='c'/></state><state id='c'/>"
        "<transition event='leave' target='z'/></state><state id='z'>"
        "<transition event='back' target='h'/></state>");
    Snapshot snapshot = start(definition, act()).snapshot;
    for (const char* event : {"next", "leave"})
        snapshot = step(definition, snapshot, by_system(event), act()).snapshot;
    const json::Value saved = to_json(definition, snapshot);
    const Snapshot restored = snapshot_from_json(definition, saved);
    CHECK(to_json(definition, restored) == saved);
    CHECK(expression::equal(restored.data.find("somme")->second, Money::from_centimes(125000)));
    CHECK(restored.data.find("jour")->second.date() == Date(2026, 11, 25));
    CHECK(active(definition, step(definition, restored, by_system("back"), act()).snapshot) == "c");
}

TEST_CASE("a snapshot of another version of the chart is refused by the state it misses") {
    const Definition old = chart("<state id='a'/>");
    const Definition fresh = chart("<state id='b'/>");
    CHECK_THROWS_WITH_AS(
        snapshot_from_json(fresh, to_json(old, start(old, act()).snapshot)),
        "essai.scxml: snapshot: the workflow has no state 'a' (any more); open the "
        "case with the version of the workflow that it was made with",
        Error);
}

TEST_CASE("only a complete part of the dossier is complete") {
    const Definition definition = chart(
        "<state id='a'><transition event='go' p:by='r' p:label='Aller' cond='dossier.contrat "
        "is complet' target='b'/></state><state id='b'/>");
    const Snapshot snapshot = start(definition, act()).snapshot;
    Environment environment = act("r");
    expression::Map dossier;
    const auto root = std::make_shared<const expression::Origin>();
    expression::Origin place;
    place.parent = root;
    place.key = "contrat";
    dossier.set("contrat", expression::Value(expression::Map())
                               .with_origin(std::make_shared<const expression::Origin>(place)));
    environment.dossier = expression::Value(dossier).with_origin(root);
    environment.violations = {"/contrat/debut"};
    CHECK(step(definition, snapshot, by_human("go"), environment).refusal);
    environment.violations = {"/contrats"};
    CHECK(step(definition, snapshot, by_human("go"), environment).handled);
}
