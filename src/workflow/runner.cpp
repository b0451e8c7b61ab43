#include "workflow/runner.hpp"

#include <algorithm>

#include "json/json.hpp"
#include "workflow/value_json.hpp"

namespace paraphe::workflow {

namespace {

constexpr std::size_t most_lines = 100'000;
constexpr std::size_t most_deadlines = 10'000;  ///< that one move of the clock may raise

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

Instant midnight(Date date) {
    return Instant(date.sys_days());
}

/// "signed.beneficiaire" → "beneficiaire".
std::string after(const std::string& prefix, const std::string& name) {
    return name.rfind(prefix, 0) == 0 ? name.substr(prefix.size()) : std::string();
}

class Runner {
public:
    Runner(const Definition& definition, const RunOptions& options)
        : definition_(definition), options_(options) {
        environment_.now = options.now;
        environment_.today = date_of(options.now);
        environment_.dossier = options.dossier;
        environment_.session = definition.name;
    }

    RunResult run(const std::vector<ScriptLine>& script) {
        take(workflow::start(definition_, environment_), "", "");
        for (const ScriptLine& line : script) {
            if (line.dossier) {
                environment_.dossier = *line.dossier;
                take(refresh(definition_, result_.snapshot, environment_), "dossier", "");
            }
            if (!line.advance.empty())
                move_clock(midnight(add_duration(environment_.today, line.advance)) +
                           (environment_.now - midnight(environment_.today)));
            if (line.event) send(*line.event);
        }
        result_.active = active_atomic_states(definition_, result_.snapshot);
        return std::move(result_);
    }

private:
    Date date_of(Instant instant) const {
        if (options_.date_of) return options_.date_of(instant);
        return Date(std::chrono::floor<std::chrono::days>(instant));
    }

    /// Days fall one after another, each deadline at the first instant after its day.
    void move_clock(Instant until) {
        if (until < environment_.now)
            throw Error(ErrorKind::malformed_input,
                        "the script goes back in time, to " + paraphe::to_string(until));
        for (std::size_t raised = 0; options_.virtual_clock; ++raised) {
            const std::vector<Deadline> fallen = due(result_.snapshot, date_of(until));
            if (fallen.empty()) break;
            if (raised >= most_deadlines)
                throw Error(ErrorKind::malformed_input,
                            "the deadline " + fallen.front().event + " falls again and again");
            set_clock(std::max(environment_.now, midnight(fallen.front().at.plus_days(1))));
            send_system(fallen.front().event);
        }
        set_clock(until);
    }

    void set_clock(Instant now) {
        environment_.now = now;
        environment_.today = date_of(now);
    }

    void send(const ScriptedEvent& scripted) {
        if (scripted.at) move_clock(std::max(*scripted.at, environment_.now));
        if (scripted.by.empty()) return send_system(scripted.event, scripted.data);
        const std::size_t colon = std::min(scripted.by.find(':'), scripted.by.size());
        environment_.roles = {scripted.by.substr(0, colon)};
        environment_.actor =
            colon < scripted.by.size() ? scripted.by.substr(colon + 1) : scripted.by;
        const Event event{scripted.event, scripted.data, Origin::human};
        StepResult result = step(definition_, result_.snapshot, event, environment_);
        if (result.handled) environment_.journal.last_actor[event.name] = environment_.actor;
        take(std::move(result), event.name, scripted.by);
        environment_.roles.clear();
        environment_.actor.clear();
    }

    void send_system(const std::string& name, const expression::Value& data = {}) {
        if (const std::string slot = after("signed.", name); !slot.empty())
            environment_.journal.signed_slots.insert(slot);
        if (const std::string document = after("rendered.", name); !document.empty())
            environment_.journal.rendered_documents.insert(document);
        take(step(definition_, result_.snapshot, {name, data, Origin::system}, environment_), name,
             "");
    }

    /// As `contract/` does: an act that ends with an unhandled error has not taken place.
    void take(StepResult step, const std::string& event, const std::string& by) {
        record(step, event, by);
        result_.clean = result_.clean && !step.refusal && step.incidents.empty();
        if (!step.incidents.empty() && !event.empty()) return;
        for (const Effect& effect : step.effects) {
            if (const auto* opened = std::get_if<SignRequestOpened>(&effect))
                environment_.journal.signed_slots.erase(opened->request.slot);
            if (const auto* render = std::get_if<Render>(&effect))
                environment_.journal.rendered_documents.erase(render->document);
        }
        result_.snapshot = std::move(step.snapshot);
    }

    void record(const StepResult& step, const std::string& event, const std::string& by) {
        json::Object out;
        std::string text = paraphe::to_string(environment_.now) + "  " +
                           (event.empty() ? "start" : event) +
                           (by.empty() ? std::string() : " by " + by);
        out.set("at", paraphe::to_string(environment_.now));
        out.set("event", event.empty() ? "start" : event);
        if (!by.empty()) out.set("by", by);
        if (!event.empty() && event != "dossier" && !step.handled && !step.refusal)
            text += "  (ignored)";
        out.set("handled", step.handled);
        const auto states = [&](const char* name, const std::vector<StateIndex>& indexes) {
            json::Array ids;
            for (const StateIndex index : indexes) {
                text += std::string("\n  ") + name + " " + definition_.states[index].id;
                ids.emplace_back(definition_.states[index].id);
            }
            return ids;
        };
        if (!step.refusal) {
            out.set("exited", states("exit", step.exited));
            out.set("entered", states("enter", step.entered));
        }
        json::Array effects;
        for (const Effect& effect : step.effects) {
            text += "\n  effect " + to_string(effect);
            effects.emplace_back(to_string(effect));
        }
        out.set("effects", std::move(effects));
        json::Array log;
        for (const LogLine& line : step.log) {
            text += "\n  log " + line.label + ": " + line.text;
            log.emplace_back(line.label + ": " + line.text);
        }
        out.set("log", std::move(log));
        if (step.refusal) {
            text += "\n  refused: " + step.refusal->reason;
            out.set("refused", step.refusal->reason);
        }
        json::Array incidents;
        for (const Incident& incident : step.incidents) {
            text += "\n  unhandled " + incident.event + ": " + incident.message;
            incidents.emplace_back(incident.event + ": " + incident.message);
        }
        out.set("incidents", std::move(incidents));
        json::Array active;
        for (const std::string& id : active_atomic_states(definition_, step.snapshot))
            active.emplace_back(id);
        out.set("active", std::move(active));
        result_.trace.push_back({std::move(text), std::move(out)});
    }

    const Definition& definition_;
    const RunOptions& options_;
    Environment environment_;
    RunResult result_;
};

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
    return Runner(definition, options).run(script);
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
