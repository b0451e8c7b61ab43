#include <doctest/doctest.h>

#include "charts.hpp"

using namespace paraphe;
using namespace paraphe::workflow;
using paraphe::workflow::testing::chart;

namespace {

std::string refusal(const std::string& body, const std::string& attributes = "") {
    try {
        chart(body, attributes);
    } catch (const Error& error) {
        CHECK(error.kind() == ErrorKind::malformed_input);
        return error.problem() + (error.remedy().empty() ? "" : "; " + error.remedy());
    }
    return "accepted";
}

}  // namespace

TEST_CASE("a chart keeps its states in document order, each before its descendants") {
    const Definition read = chart(
        "<state id='a'><state id='b'/><final id='c'/></state><parallel id='d'><state id='e'/>"
        "<state id='f'/></parallel>");
    std::string ids;
    for (const State& state : read.states)
        ids += state.id + " ";
    CHECK(ids == "#0 a b c d e f ");
    CHECK(read.states[1].kind == StateKind::compound);
    CHECK(read.states[4].kind == StateKind::parallel);
    CHECK(read.is_descendant(3, 1));
    CHECK_FALSE(read.is_descendant(4, 1));
}

TEST_CASE("what the engine cannot execute is refused with its line") {
    const std::string text =
        "<scxml xmlns=\"http://www.w3.org/2005/07/scxml\" version=\"1.0\">\n<state id=\"a\">\n"
        "<invoke type=\"scxml\" src=\"b.scxml\"/>\n</state></scxml>";
    CHECK_THROWS_WITH_AS(read(text, "a.scxml"), "a.scxml:3:1: <invoke> is not supported yet",
                         Error);
    CHECK(refusal("<state id='a'><onentry><send event='x'/></onentry></state>") ==
          "<send> is not supported yet");
    CHECK(refusal("<state id='a'><onentry><script>x</script></onentry></state>") ==
          "<script> is not part of the profile: a chart orders, it does not compute");
    CHECK(refusal("<state id='a'><stat id='b'/></state>") == "SCXML has no element 'stat'");
}

TEST_CASE("a misspelt name of the profile is refused with what was meant") {
    CHECK(refusal("<state id='a'><onentry><p:deadlin event='deadline.x' at='entree()'/></onentry>"
                  "</state>") == "unknown element 'p:deadlin'; did you mean 'p:deadline'?");
    CHECK(refusal("<state id='a'><transition event='x' p:bye='r' target='a'/></state>") ==
          "unknown attribute 'p:bye' of <transition>; did you mean 'p:by'?");
    CHECK(refusal("<state id='a'><transition evnt='x' target='a'/></state>") ==
          "unknown attribute 'evnt' of <transition>; did you mean 'event'?");
    CHECK(refusal("<state id='a' xmlns:q='urn:other' q:x='1'/>") ==
          "attribute 'x' of the namespace 'urn:other' is unknown; remove it");
}

TEST_CASE("a wrong target is refused with what was meant") {
    CHECK(refusal("<state id='draft'><transition event='x' target='reviw'/></state>"
                  "<state id='review'/>") == "no state has the id 'reviw'; did you mean 'review'?");
    CHECK(refusal("<state id='a'><transition event='x' target='b c'/></state><state id='b'/>"
                  "<state id='c'/>") == "'b' and 'c' cannot be active together");
    CHECK(refusal("<state id='a' initial='b'><state id='c'/></state><state id='b'/>") ==
          "the initial state 'b' is not inside 'a'");
    CHECK(refusal("<state id='a'/><state id='a'/>") ==
          "the id 'a' stands twice; the first is on line 1");
}

TEST_CASE("profile elements stand where they mean something") {
    CHECK(refusal("<state id='a'><onentry><p:deadline event='deadline.x' at='aujourdhui()'/>"
                  "</onentry></state>") ==
          "aujourdhui() in a deadline: it would move every day; count from entree(), the day on "
          "which the state was entered");
    CHECK(refusal("<state id='a'><onentry><if cond='true'><p:deadline event='deadline.x' "
                  "at='entree()'/></if></onentry></state>") ==
          "<p:deadline> must stand directly in <onentry>; for a date under a condition, let 'at' "
          "give none");
    CHECK(refusal("<state id='a'><transition event='x'><p:sign document='c' slot='s'/></transition>"
                  "</state>") ==
          "<p:sign> must stand in <onentry>; the request lives as long as its state");
    CHECK(refusal("<state id='a'><onentry><p:sign document='c' slot='s' assurance='avanced'/>"
                  "</onentry></state>") == "unknown assurance 'avanced'; did you mean 'advanced'?");
    CHECK(
        refusal("<state id='a'><onentry><p:deadline event='x' at='entree()'/></onentry></state>") ==
        "the event of a deadline is named deadline.…, not 'x'; write 'deadline.x'");
    CHECK(refusal("<state id='a'><transition p:by='r' cond='true' target='a'/></state>") ==
          "p:by on a transition without event; name the event that people trigger");
    CHECK(refusal("<state id='a'><onentry><p:notify template='x'/></onentry></state>") ==
          "<p:notify> names nobody; add 'role' or 'slot'");
}

TEST_CASE("the frame of a document is checked") {
    CHECK(refusal("") == "the workflow has no state");
    CHECK(refusal("<state id='a'>bonjour</state>") ==
          "text inside <state>; remove it, or make it a comment");
    CHECK(refusal("<state id='a'><transition/></state>") ==
          "a transition without event, cond and target would never end");
    CHECK(refusal("<datamodel><data id='dossier' expr='1'/></datamodel><state id='a'/>") ==
          "'dossier' cannot name a <data>; letters, digits and _; not dossier, parametres or _…");
    CHECK(refusal("<datamodel><data id='x' src='file:x'/></datamodel><state id='a'/>") ==
          "<data src> is not allowed here; write the value in 'expr'");
    CHECK_THROWS_AS(read("<html/>", "a"), Error);
    CHECK_THROWS_AS(read("<!DOCTYPE scxml><scxml/>", "a"), Error);
    CHECK_THROWS_AS(read("", "a"), Error);
}

TEST_CASE("an expression that does not parse is refused with the line of its element") {
    const std::string text =
        "<scxml xmlns=\"http://www.w3.org/2005/07/scxml\" version=\"1.0\">\n<state id=\"a\">\n"
        "<transition cond=\"1 +\" target=\"a\"/></state></scxml>";
    try {
        read(text, "a.scxml");
        FAIL("accepted");
    } catch (const Error& error) {
        CHECK(error.kind() == ErrorKind::malformed_input);
        CHECK(error.where().source == "a.scxml");
        CHECK(error.where().line == 3);
    }
}

TEST_CASE("states nested too deep are refused") {
    std::string open;
    std::string close;
    for (int i = 0; i < 70; ++i) {
        open += "<state>";
        close += "</state>";
    }
    CHECK(refusal(open + close) == "states are nested more than 64 deep");
}

TEST_CASE("what a document names is listed for those who check it against a kind") {
    const Definition read = chart(
        "<state id='a'><onentry><p:render document='contrat' template='masp/contrat.fodt'/>"
        "<if cond='true'><p:sign document='contrat' slot='beneficiaire'/></if>"
        "<p:notify role='referent' template='masp/x'/></onentry>"
        "<transition event='go' p:by='responsable' p:label='Aller' p:form='motif' target='a'/>"
        "</state>");
    const Mentions named = mentions(read);
    REQUIRE(named.slots.size() == 1);
    CHECK(named.slots[0].name == "beneficiaire");
    CHECK(named.templates.size() == 2);
    CHECK(named.roles.size() == 2);
    CHECK(named.forms[0].name == "motif");
}
