#include "workflow/runner.hpp"

#include <doctest/doctest.h>

#include "base/file.hpp"
#include "charts.hpp"

using namespace paraphe;
using namespace paraphe::workflow;
using paraphe::workflow::testing::chart;

namespace {

RunResult run_script(const Definition& definition, const std::string& script) {
    RunOptions options;
    options.now = *parse_instant("2026-01-05T09:00:00Z");
    return run(definition, read_script(script, "events.jsonl"), options);
}

std::string text(const RunResult& result) {
    std::string out;
    for (const TraceLine& line : result.trace)
        out += line.text + "\n";
    return out;
}

std::string active(const RunResult& result) {
    std::string out;
    for (const std::string& id : result.active)
        out += (out.empty() ? "" : " ") + id;
    return out;
}

const char* const body =
    "<state id='draft'><transition event='submit' p:by='referent' p:label='Soumettre' "
    "target='review'/></state>"
    "<state id='review'><onentry><p:deadline event='deadline.review' at='entree() + jours(15)'/>"
    "</onentry><transition event='approve' p:by='responsable' p:not-by='submit' "
    "p:label='Approuver' target='end'/><transition event='deadline.review' target='late'/></state>"
    "<state id='late'/><final id='end'/>";

}  // namespace

TEST_CASE("a script of events runs a chart to its end") {
    const RunResult result =
        run_script(chart(body),
                   "{\"event\":\"submit\",\"by\":\"referent\",\"at\":\"2026-01-06T10:00:00Z\"}\n\n"
                   "{\"event\":\"approve\",\"by\":\"responsable:camille\"}\n");
    CHECK(result.clean);
    CHECK(active(result) == "end");
    CHECK(text(result) ==
          "2026-01-05T09:00:00Z  start\n  enter draft\n"
          "2026-01-06T10:00:00Z  submit by referent\n  exit draft\n  enter review\n"
          "  effect arm deadline.review at 2026-01-21\n"
          "2026-01-06T10:00:00Z  approve by responsable:camille\n  exit review\n  enter end\n"
          "  effect cancel deadline.review at 2026-01-21\n");
}

TEST_CASE("moving the clock lets deadlines fall at the first instant after their day") {
    const RunResult result = run_script(
        chart(body), "{\"event\":\"submit\",\"by\":\"referent\"}\n{\"advance\":\"P1M\"}\n");
    CHECK(active(result) == "late");
    CHECK(text(result).find("2026-01-21T00:00:00Z  deadline.review\n") != std::string::npos);
}

TEST_CASE("a refused event is told and the run goes on") {
    const RunResult result = run_script(chart(body),
                                        "{\"event\":\"submit\",\"by\":\"responsable\"}\n"
                                        "{\"event\":\"submit\",\"by\":\"referent\"}\n");
    CHECK_FALSE(result.clean);
    CHECK(active(result) == "review");
    CHECK(text(result).find("refused: Cette action est réservée à : referent.") !=
          std::string::npos);
}

TEST_CASE("the same person may not approve what they submitted") {
    const RunResult result =
        run_script(chart("<state id='draft'><transition event='submit' p:by='referent' "
                         "p:label='Soumettre' target='review'/></state><state id='review'>"
                         "<transition event='approve' p:by='referent' p:not-by='submit' "
                         "p:label='Approuver' target='end'/></state><final id='end'/>"),
                   "{\"event\":\"submit\",\"by\":\"referent:lou\"}\n"
                   "{\"event\":\"approve\",\"by\":\"referent:lou\"}\n"
                   "{\"event\":\"approve\",\"by\":\"referent:sacha\"}\n");
    CHECK_FALSE(result.clean);
    CHECK(active(result) == "end");
}

TEST_CASE("an act that ends in an unhandled error has not taken place") {
    const RunResult result = run_script(
        chart("<state id='a'><transition event='go' target='b'/></state><state id='b'><onentry>"
              "<log expr='dossier.absent'/></onentry></state>"),
        "{\"event\":\"go\"}\n");
    CHECK_FALSE(result.clean);
    CHECK(active(result) == "a");
}

TEST_CASE("a bad script is refused with its line") {
    const auto refusal = [](const std::string& script) {
        try {
            read_script(script, "e.jsonl");
        } catch (const Error& error) {
            return std::string(error.what());
        }
        return std::string("accepted");
    };
    CHECK(refusal("{\"event\":\"a\"}\n{\"evnt\":\"b\"}") ==
          "e.jsonl:2: unknown member 'evnt'; known: event, data, at, by, advance, dossier");
    CHECK(refusal("{\"event\":\"a\",\"at\":\"demain\"}") ==
          "e.jsonl:1: 'demain' is not an instant; write 2026-11-25 or 2026-11-25T08:00:00Z");
    CHECK(refusal("[]") == "e.jsonl:1: a line of the script is a JSON object");
    CHECK(refusal("{}") == "e.jsonl:1: a line needs 'event', 'advance' or 'dossier'");
}

TEST_CASE("durations count years and months first, then weeks and days") {
    CHECK(add_duration(Date(2026, 1, 31), "P1M") == Date(2026, 2, 28));
    CHECK(add_duration(Date(2026, 1, 31), "P18M") == Date(2027, 7, 31));
    CHECK(add_duration(Date(2026, 1, 31), "P1Y1M1D") == Date(2027, 3, 1));
    CHECK(add_duration(Date(2026, 1, 1), "P2W") == Date(2026, 1, 15));
    for (const char* bad : {"P", "18M", "PT1H", "P1", "PM", "P999999D"})
        CHECK_THROWS_AS(add_duration(Date(2026, 1, 1), bad), Error);
}
