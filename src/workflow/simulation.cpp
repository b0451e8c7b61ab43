#include "workflow/simulation.hpp"

#include <algorithm>

namespace paraphe::workflow {

namespace {

constexpr std::size_t most_deadlines = 10'000;  ///< that one move of the clock may raise

Instant midnight(Date date) {
    return Instant(date.sys_days());
}

/// "signed.beneficiaire" → "beneficiaire".
std::string after(const std::string& prefix, const std::string& name) {
    return name.rfind(prefix, 0) == 0 ? name.substr(prefix.size()) : std::string();
}

void set_actor(Environment& environment, const std::string& by) {
    const std::size_t colon = std::min(by.find(':'), by.size());
    environment.roles = {by.substr(0, colon)};
    environment.actor = colon < by.size() ? by.substr(colon + 1) : by;
}

}  // namespace

Simulation::Simulation(const Definition& definition, RunOptions options,
                       std::vector<std::string> violations)
    : definition_(definition), options_(std::move(options)) {
    set_clock(options_.now);
    environment_.dossier = options_.dossier;
    environment_.violations = std::move(violations);
    environment_.session = definition.name;
    take(start(definition_, environment_), "", "");
}

void Simulation::set_dossier(expression::Value dossier, std::vector<std::string> violations) {
    environment_.dossier = std::move(dossier);
    environment_.violations = std::move(violations);
    take(refresh(definition_, result_.snapshot, environment_), "dossier", "");
}

void Simulation::set_parameters(expression::Value parameters) {
    environment_.parameters = std::move(parameters);
}

void Simulation::advance(std::string_view duration) {
    move_clock(midnight(add_duration(environment_.today, duration)) +
               (environment_.now - midnight(environment_.today)));
}

std::vector<PermittedAction> Simulation::permitted(const std::string& by) const {
    Environment around = environment_;
    set_actor(around, by);
    return workflow::permitted(definition_, result_.snapshot, around);
}

std::vector<TraceLine> Simulation::take_recent() {
    std::vector<TraceLine> out(result_.trace.begin() + static_cast<std::ptrdiff_t>(reported_),
                               result_.trace.end());
    reported_ = result_.trace.size();
    return out;
}

RunResult Simulation::take_result() {
    result_.active = active_atomic_states(definition_, result_.snapshot);
    return std::move(result_);
}

Date Simulation::date_of(Instant instant) const {
    if (options_.date_of) return options_.date_of(instant);
    return Date(std::chrono::floor<std::chrono::days>(instant));
}

/// Days fall one after another, each deadline at the first instant after its day.
void Simulation::move_clock(Instant until) {
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

void Simulation::set_clock(Instant now) {
    environment_.now = now;
    environment_.today = date_of(now);
}

void Simulation::send(const ScriptedEvent& scripted) {
    if (scripted.at) move_clock(std::max(*scripted.at, environment_.now));
    if (scripted.by.empty()) return send_system(scripted.event, scripted.data);
    set_actor(environment_, scripted.by);
    const Event event{scripted.event, scripted.data, Origin::human};
    StepResult result = step(definition_, result_.snapshot, event, environment_);
    if (result.handled) environment_.journal.last_actor[event.name] = environment_.actor;
    take(std::move(result), event.name, scripted.by);
    environment_.roles.clear();
    environment_.actor.clear();
}

void Simulation::send_system(const std::string& name, const expression::Value& data) {
    if (const std::string slot = after("signed.", name); !slot.empty())
        environment_.journal.signed_slots.insert(slot);
    if (const std::string document = after("rendered.", name); !document.empty())
        environment_.journal.rendered_documents.insert(document);
    take(step(definition_, result_.snapshot, {name, data, Origin::system}, environment_), name, "");
}

/// As `contract/` does: an act that ends with an unhandled error has not taken place.
void Simulation::take(StepResult done, const std::string& event, const std::string& by) {
    record(done, event, by);
    result_.clean = result_.clean && !done.refusal && done.incidents.empty();
    if (!done.incidents.empty() && !event.empty()) return;
    for (const Effect& effect : done.effects) {
        if (const auto* opened = std::get_if<SignRequestOpened>(&effect))
            environment_.journal.signed_slots.erase(opened->request.slot);
        if (const auto* render = std::get_if<Render>(&effect))
            environment_.journal.rendered_documents.erase(render->document);
    }
    result_.snapshot = std::move(done.snapshot);
}

void Simulation::record(const StepResult& step, const std::string& event, const std::string& by) {
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

}  // namespace paraphe::workflow
