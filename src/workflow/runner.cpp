#include "workflow/runner.hpp"

#include <algorithm>

#include "json/json.hpp"
#include "workflow/simulation.hpp"
#include "workflow/value_json.hpp"

namespace paraphe::workflow {

namespace {

constexpr std::size_t most_lines = 100'000;

[[noreturn]] void refuse(const std::string& problem, const std::string& source, int line,
                         const std::string& remedy = {}) {
    throw Error(ErrorKind::malformed_input, problem, {source, line, 0, {}}, remedy);
}

ScriptLine read_line(const json::Value& value, const std::string& source, int number) {
    ScriptLine out;
    out.line = number;
    if (!value.is_object()) refuse("a line of the script is a JSON object", source, number);
    if (const json::Value* dossier = value.find("dossier")) out.dossier = value_from_json(*dossier);
    out.advance = value.string_or("advance", "");
    if (const json::Value* name = value.find("event")) {
        ScriptedEvent event;
        event.event = name->as_string();
        event.line = number;
        event.by = value.string_or("by", "");
        if (const json::Value* data = value.find("data")) event.data = value_from_json(*data);
        if (const json::Value* at = value.find("at")) {
            event.at = parse_instant(at->as_string());
            if (!event.at)
                refuse("'" + at->as_string() + "' is not an instant", source, number,
                       "write 2026-11-25 or 2026-11-25T08:00:00Z");
        }
        out.event = std::move(event);
    }
    for (const json::Member& member : value.as_object())
        if (member.key != "event" && member.key != "data" && member.key != "at" &&
            member.key != "by" && member.key != "advance" && member.key != "dossier")
            refuse("unknown member '" + member.key + "'", source, number,
                   "known: event, data, at, by, advance, dossier");
    if (!out.event && out.advance.empty() && !out.dossier)
        refuse("a line needs 'event', 'advance' or 'dossier'", source, number);
    return out;
}

}  // namespace

std::vector<ScriptLine> read_script(ByteView text, const std::string& source) {
    std::vector<ScriptLine> out;
    int number = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const ByteView line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        ++number;
        if (line.find_first_not_of(" \t\r") == ByteView::npos) continue;
        if (out.size() >= most_lines) refuse("the script is too long", source, number);
        json::Value value;
        try {
            value = json::parse(line, source);
        } catch (const Error& error) {
            refuse(error.problem(), source, number, error.remedy());
        }
        try {
            out.push_back(read_line(value, source, number));
        } catch (const Error& error) {
            if (!error.where().source.empty()) throw;
            refuse(error.problem(), source, number, error.remedy());
        }
    }
    return out;
}

RunResult run(const Definition& definition, const std::vector<ScriptLine>& script,
              const RunOptions& options) {
    Simulation simulation(definition, options);
    for (const ScriptLine& line : script) {
        if (line.dossier) simulation.set_dossier(*line.dossier, {});
        if (!line.advance.empty()) simulation.advance(line.advance);
        if (line.event) simulation.send(*line.event);
    }
    return simulation.take_result();
}

Date add_duration(Date date, std::string_view duration) {
    const std::string written(duration);
    const auto bad = [&]() -> Error {
        return Error(ErrorKind::malformed_input, "'" + written + "' is not a duration", {},
                     "write P18M, P10D, P2W or P1Y6M");
    };
    if (duration.size() < 3 || duration.front() != 'P') throw bad();
    duration.remove_prefix(1);
    int months = 0;
    int days = 0;
    while (!duration.empty()) {
        int number = 0;
        std::size_t digits = 0;
        while (digits < duration.size() && digits < 6 && duration[digits] >= '0' &&
               duration[digits] <= '9')
            number = number * 10 + (duration[digits++] - '0');
        if (digits == 0 || digits > 5 || digits == duration.size()) throw bad();
        switch (duration[digits]) {
            case 'Y':
                months += 12 * number;
                break;
            case 'M':
                months += number;
                break;
            case 'W':
                days += 7 * number;
                break;
            case 'D':
                days += number;
                break;
            default:
                throw bad();
        }
        duration.remove_prefix(digits + 1);
    }
    return date.plus_months(months).plus_days(days);
}

}  // namespace paraphe::workflow
