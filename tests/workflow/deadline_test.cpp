#include <doctest/doctest.h>

#include "charts.hpp"

using namespace paraphe;
using namespace paraphe::workflow;
using namespace paraphe::workflow::testing;

namespace {

Environment ending(Date end, Date today) {
    Environment out = act("", today);
    expression::Map dossier;
    dossier.set("fin", end);
    out.dossier = expression::Value(std::move(dossier));
    return out;
}

const char* const term =
    "<state id='running'><onentry>"
    "<p:deadline event='deadline.last90' at='dossier.fin - jours(90)' p:label='90 jours'/>"
    "<p:deadline event='deadline.end' at='dossier.fin' p:label='Terme'/></onentry>"
    "<transition event='deadline.last90' type='internal' target='last'/>"
    "<transition event='note'/>"
    "<transition event='deadline.end' target='expired'/>"
    "<state id='first'/><state id='last'/></state><final id='expired'/>";

}  // namespace

TEST_CASE("a deadline follows its data") {
    const Definition definition = chart(
        "<state id='a'><onentry><p:deadline event='deadline.end' at='dossier.fin'/></onentry>"
        "<transition event='note'/><transition event='deadline.end' target='b'/></state>"
        "<final id='b'/>");
    const Date today(2026, 1, 10);
    const StepResult begun = start(definition, ending(Date(2026, 6, 30), today));
    CHECK(effects(begun) == "arm deadline.end at 2026-06-30");
    const StepResult moved = refresh(definition, begun.snapshot, ending(Date(2026, 9, 30), today));
    CHECK(effects(moved) == "move deadline.end from 2026-06-30 to 2026-09-30");
    const StepResult noted =
        step(definition, begun.snapshot, by_system("note"), ending(Date(2026, 7, 31), today));
    CHECK(effects(noted) == "move deadline.end from 2026-06-30 to 2026-07-31");
}

TEST_CASE("a deadline falls when its day is over, and once") {
    const Definition definition = chart(term);
    const Snapshot begun = start(definition, ending(Date(2026, 6, 30), Date(2026, 1, 10))).snapshot;
    CHECK(next_deadline(begun) == Date(2026, 4, 1));
    CHECK(due(begun, Date(2026, 4, 1)).empty());
    REQUIRE(due(begun, Date(2026, 4, 2)).size() == 1);
    CHECK(due(begun, Date(2026, 4, 2))[0].event == "deadline.last90");
    const StepResult fallen = step(definition, begun, by_system("deadline.last90"),
                                   ending(Date(2026, 6, 30), Date(2026, 4, 2)));
    CHECK(active(definition, fallen.snapshot) == "last");
    CHECK(due(fallen.snapshot, Date(2026, 4, 3)).empty());
}

TEST_CASE("deadlines that fell together come by date, then in document order") {
    const Definition definition = chart(
        "<state id='a'><onentry><p:deadline event='deadline.b' at='entree() + jours(2)'/>"
        "<p:deadline event='deadline.c' at='entree() + jours(1)'/>"
        "<p:deadline event='deadline.d' at='entree() + jours(1)'/></onentry></state>");
    const Snapshot snapshot = start(definition, act()).snapshot;
    std::string events;
    for (const Deadline& deadline : due(snapshot, Date(2026, 12, 31)))
        events += deadline.event + " ";
    CHECK(events == "deadline.c deadline.d deadline.b ");
}

TEST_CASE("a deadline that has fallen falls again only when its data carry it further") {
    const Definition definition = chart(
        "<state id='a'><onentry><p:deadline event='deadline.x' at='dossier.fin'/></onentry>"
        "<transition event='deadline.x'/></state>");
    const Snapshot begun = start(definition, ending(Date(2026, 3, 1), Date(2026, 1, 1))).snapshot;
    const StepResult fallen = step(definition, begun, by_system("deadline.x"),
                                   ending(Date(2026, 3, 1), Date(2026, 3, 2)));
    CHECK(effects(fallen).empty());
    const StepResult extended =
        refresh(definition, fallen.snapshot, ending(Date(2026, 9, 1), Date(2026, 3, 5)));
    CHECK(effects(extended) == "arm deadline.x at 2026-09-01");
    const StepResult shortened =
        refresh(definition, fallen.snapshot, ending(Date(2026, 2, 1), Date(2026, 3, 5)));
    CHECK(effects(shortened).empty());
}

TEST_CASE("a date may be absent for a while") {
    const Definition definition = chart(
        "<state id='a'><onentry><p:deadline event='deadline.x' at='dossier.fin'/></onentry>"
        "<transition event='deadline.x'/></state>");
    Environment without = act();
    expression::Map dossier;
    dossier.set("fin", expression::Value::none());
    without.dossier = expression::Value(dossier);
    const StepResult begun = start(definition, without);
    CHECK(effects(begun).empty());
    CHECK(
        effects(refresh(definition, begun.snapshot, ending(Date(2027, 1, 1), Date(2026, 12, 1)))) ==
        "arm deadline.x at 2027-01-01");
}

TEST_CASE("a date that cannot be computed is an incident, once") {
    const Definition definition = chart(
        "<state id='a'><onentry><p:deadline event='deadline.x' at='dossier.absent'/></onentry>"
        "<transition event='note'/><transition event='error.execution' cond='dossier.tolerant'/>"
        "</state>");
    CHECK(start(definition, ending(Date(2026, 1, 1), Date(2026, 1, 1))).incidents.size() >= 1);
    Environment tolerant = act();
    expression::Map dossier;
    dossier.set("tolerant", true);
    tolerant.dossier = expression::Value(dossier);
    const StepResult begun = start(definition, tolerant);
    CHECK(begun.incidents.empty());
    CHECK(step(definition, begun.snapshot, by_system("note"), tolerant).incidents.empty());
}

TEST_CASE("entree() is the day on which the state was entered and does not move") {
    const Definition definition = chart(
        "<state id='a'><onentry><p:deadline event='deadline.x' at='entree() + mois(1)'/></onentry>"
        "<transition event='note'/></state>");
    const Snapshot begun = start(definition, act("", Date(2026, 1, 31))).snapshot;
    CHECK(next_deadline(begun) == Date(2026, 2, 28));
    CHECK(effects(step(definition, begun, by_system("note"), act("", Date(2026, 2, 10)))).empty());
}

TEST_CASE("leaving a state withdraws its requests unless they were fulfilled") {
    const Definition definition = chart(
        "<parallel id='signing'><transition event='withdraw' target='draft'/>"
        "<state id='household'><state id='waiting'><onentry><p:sign document='contrat' "
        "slot='beneficiaire' remind='P10D'/></onentry><transition event='signed.beneficiaire' "
        "cond=\"ont_signe('beneficiaire')\" target='signed'/></state><final id='signed'/></state>"
        "<state id='association'><onentry><p:sign document='contrat' slot='association' "
        "assurance='advanced'/></onentry></state></parallel><state id='draft'/>");
    const StepResult begun = start(definition, act());
    CHECK(effects(begun) ==
          "ask beneficiaire to sign contrat (simple)\nask association to sign contrat (advanced)");
    CHECK(begun.snapshot.requests.size() == 2);

    const StepResult early =
        step(definition, begun.snapshot, by_system("signed.beneficiaire"), act());
    CHECK(active(definition, early.snapshot) == "waiting association");

    Environment after = act();
    after.journal.signed_slots.insert("beneficiaire");
    const StepResult done =
        step(definition, begun.snapshot, by_system("signed.beneficiaire"), after);
    CHECK(active(definition, done.snapshot) == "signed association");
    CHECK(effects(done).empty());
    CHECK(done.snapshot.requests.size() == 1);

    const StepResult withdrawn = step(definition, done.snapshot, by_system("withdraw"), after);
    CHECK(effects(withdrawn) == "withdraw the request to association to sign contrat");
    CHECK(withdrawn.snapshot.requests.empty());
}
