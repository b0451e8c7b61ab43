#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/date.hpp"
#include "json/value.hpp"
#include "workflow/step.hpp"

/// `paraphe workflow run`: a chart alone, fed with events from a file.
namespace paraphe::workflow {

/// One line of the events file: {"event", "data", "at", "by"}.
struct ScriptedEvent {
    std::string event;
    expression::Value data;
    std::optional<Instant> at;  ///< moves the clock; never backwards
    std::string by;             ///< role, or "role:person"; empty: the system
    int line = 0;
};

/// JSON Lines; empty lines are skipped. Besides "event" lines, {"advance": "P18M"} moves the clock
/// and
/// {"dossier": {…}} gives the data. Throws Error{malformed_input} with the line.
struct ScriptLine {
    std::optional<ScriptedEvent> event;
    std::string advance;
    std::optional<expression::Value> dossier;
    int line = 0;
};
std::vector<ScriptLine> read_script(ByteView, const std::string& source);

/// One thing that happened, as a line of text and as JSON.
struct TraceLine {
    std::string text;
    json::Value json;
};

struct RunOptions {
    Instant now;  ///< at which the chart starts
    /// Civil date of an instant; UTC when empty. (The zone belongs to locale/, which the caller
    /// has.)
    std::function<Date(Instant)> date_of;
    expression::Value dossier;
    /// Every deadline that has fallen by the time of an event is raised before it, and what is
    /// still armed at the end is not waited for. Without it deadlines are only shown.
    bool virtual_clock = true;
};

struct RunResult {
    std::vector<TraceLine> trace;     ///< entries, exits, effects, log lines, refusals, incidents
    std::vector<std::string> active;  ///< active atomic states in document order
    Snapshot snapshot;
    bool clean = true;  ///< no event refused, no incident
};

/// Signed slots and rendered documents are believed as "signed.SLOT" and "rendered.DOC" events say.
RunResult run(const Definition&, const std::vector<ScriptLine>&, const RunOptions&);

/// ISO 8601 P…Y…M…W…D added to a date: years and months first, then weeks and days.
/// Throws Error{malformed_input}.
Date add_duration(Date, std::string_view duration);

}  // namespace paraphe::workflow
