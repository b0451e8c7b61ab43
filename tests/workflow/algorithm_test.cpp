#include <doctest/doctest.h>

#include "charts.hpp"

using namespace paraphe;
using namespace paraphe::workflow;
using namespace paraphe::workflow::testing;

namespace {

std::string log_of(const StepResult& result) {
    std::string out;
    for (const LogLine& line : result.log)
        out += line.text + " ";
    return out;
}

std::string logging(const std::string& id) {
    return "<onentry><log expr=\"'+" + id + "'\"/></onentry><onexit><log expr=\"'-" + id +
           "'\"/></onexit>";
}

}  // namespace

TEST_CASE("states are left from the inside and entered from the outside") {
    const Definition definition = chart(
        "<state id='a'>" + logging("a") + "<state id='a1'>" + logging("a1") +
        "<transition event='go' target='b2'><log expr=\"'go'\"/></transition></state></state>"
        "<state id='b'>" +
        logging("b") + "<state id='b1'/><state id='b2'>" + logging("b2") + "</state></state>");
    const StepResult begun = start(definition, act());
    CHECK(log_of(begun) == "+a +a1 ");
    CHECK(log_of(step(definition, begun.snapshot, by_system("go"), act())) == "-a1 -a go +b +b2 ");
}

TEST_CASE("an inner transition wins over one of its ancestor") {
    const Definition definition = chart(
        "<state id='a'><transition event='go' target='x'/><state id='a1'><transition "
        "event='go' target='y'/></state></state><state id='x'/><state id='y'/>");
    const Snapshot begun = start(definition, act()).snapshot;
    CHECK(active(definition, step(definition, begun, by_system("go"), act()).snapshot) == "y");
}

TEST_CASE("regions that would leave their parallel conflict: the first in the document wins") {
    const Definition definition = chart(
        "<parallel id='p'><state id='a'><transition event='go' target='x'/></state>"
        "<state id='b'><transition event='go' target='y'/></state></parallel><state id='x'/>"
        "<state id='y'/>");
    const Snapshot begun = start(definition, act()).snapshot;
    CHECK(active(definition, step(definition, begun, by_system("go"), act()).snapshot) == "x");
}

TEST_CASE("a parallel is done when all its regions are") {
    const Definition definition = chart(
        "<parallel id='p'><transition event='done.state.p' target='end'/>"
        "<state id='a'><state id='a1'><transition event='one' target='a2'/></state><final "
        "id='a2'/></state><state id='b'><state id='b1'><transition event='two' "
        "target='b2'/></state><final id='b2'/></state></parallel><final id='end'/>");
    Snapshot snapshot = start(definition, act()).snapshot;
    snapshot = step(definition, snapshot, by_system("one"), act()).snapshot;
    CHECK(active(definition, snapshot) == "a2 b1");
    const StepResult last = step(definition, snapshot, by_system("two"), act());
    CHECK(active(definition, last.snapshot) == "end");
    CHECK(last.finished);
}

TEST_CASE("the last to sign waits for the others by In()") {
    const Definition definition = chart(
        "<parallel id='p'><state id='a'><state id='a1'><transition event='one' "
        "target='a2'/></state><final id='a2'/></state><state id='b'><state id='later'>"
        "<transition cond=\"In('a2')\" target='now'/></state><state id='now'/></state>"
        "</parallel>");
    const Snapshot begun = start(definition, act()).snapshot;
    CHECK(active(definition, begun) == "a1 later");
    CHECK(active(definition, step(definition, begun, by_system("one"), act()).snapshot) ==
          "a2 now");
}

TEST_CASE("a deep history brings back the very states that were left") {
    const Definition definition = chart(
        "<state id='a'><history id='h' type='deep'><transition target='a1'/></history>"
        "<state id='a1'><state id='a11'><transition event='next' target='a12'/></state>"
        "<state id='a12'/></state><transition event='suspend' target='s'/></state>"
        "<state id='s'><transition event='resume' target='h'/></state>");
    Snapshot snapshot = start(definition, act()).snapshot;
    for (const char* event : {"next", "suspend"})
        snapshot = step(definition, snapshot, by_system(event), act()).snapshot;
    CHECK(active(definition, snapshot) == "s");
    CHECK(active(definition, step(definition, snapshot, by_system("resume"), act()).snapshot) ==
          "a12");
}

TEST_CASE("event descriptors match whole words from the left") {
    const Definition definition = chart(
        "<state id='a'><transition event='refused.beneficiaire' target='b'/>"
        "<transition event='refused.*' target='c'/></state><state id='b'/><state id='c'/>");
    const Snapshot begun = start(definition, act()).snapshot;
    const auto after = [&](const char* event) {
        return active(definition, step(definition, begun, by_system(event), act()).snapshot);
    };
    CHECK(after("refused.beneficiaire") == "b");
    CHECK(after("refused.departement") == "c");
    CHECK(after("refused.beneficiaires") == "c");
    CHECK(after("refusedx") == "a");
}

TEST_CASE("an internal transition does not leave its state") {
    const Definition definition =
        chart("<state id='a'>" + logging("a") +
              "<transition event='in' type='internal' target='a2'/><transition event='out' "
              "target='a2'/><state id='a1'/><state id='a2'/></state>");
    const Snapshot begun = start(definition, act()).snapshot;
    CHECK(log_of(step(definition, begun, by_system("in"), act())) == "");
    CHECK(log_of(step(definition, begun, by_system("out"), act())) == "-a +a ");
}

TEST_CASE("raised events are served before the step ends") {
    const Definition definition = chart(
        "<datamodel><data id='n' expr='0'/></datamodel><state id='a'><transition event='go' "
        "target='b'><raise event='tick'/><raise event='tick'/></transition></state>"
        "<state id='b'><transition event='tick'><assign location='n' expr='n + 1'/></transition>"
        "</state>");
    const StepResult result =
        step(definition, start(definition, act()).snapshot, by_system("go"), act());
    CHECK(result.snapshot.data.find("n")->second.integer() == 2);
    CHECK(result.snapshot.internal_queue.empty());
}

TEST_CASE("members of a variable can be assigned") {
    const Definition definition = chart(
        "<datamodel><data id='bilan' expr=\"{'note': none}\"/></datamodel><state id='a'>"
        "<transition event='go'><assign location='bilan.note' expr=\"'fait'\"/></transition>"
        "<transition event='bad'><assign location='bilan.x.y' expr='1'/></transition>"
        "</state>");
    const Snapshot begun = start(definition, act()).snapshot;
    const StepResult good = step(definition, begun, by_system("go"), act());
    CHECK(good.incidents.empty());
    CHECK(good.snapshot.data.find("bilan")->second.map().find(std::string_view("note"))->text() ==
          "fait");
    CHECK(step(definition, begun, by_system("bad"), act()).incidents.size() == 1);
}
