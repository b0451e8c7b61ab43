#include "kind/scenario.hpp"

#include <algorithm>

#include "expression/data.hpp"
#include "json/json.hpp"
#include "workflow/simulation.hpp"

namespace paraphe::kind {

namespace {

using workflow::Simulation;

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words)
        out += (out.empty() ? "" : ", ") + word;
    return out.empty() ? "rien" : out;
}

std::vector<std::string> strings(const json::Value& array) {
    std::vector<std::string> out;
    for (const json::Value& one : array.as_array())
        out.push_back(one.as_string());
    return out;
}

std::vector<std::string> member(const workflow::TraceLine& line, const char* name) {
    const json::Value* found = line.json.find(name);
    return found ? strings(*found) : std::vector<std::string>();
}

class Player {
public:
    Player(const Kind& kind, const std::string& name)
        : kind_(kind), source_(kind.name + "/scenarios/" + name + ".json") {}

    Played play(const json::Value& scenario) {
        const json::Value& given = scenario.at("given");
        workflow::RunOptions options;
        options.now = instant(given.at("on").as_string());
        data_ = data_of(given);
        options.dossier = kind_.typed(data_);
        Simulation simulation(kind_.workflow, options, faults(data_));
        simulation.set_parameters(kind_.parameter_values(simulation.today()));
        int number = 0;
        for (const json::Value& step : scenario.at("steps").as_array())
            take(simulation, step, ++number);
        close(simulation, number);
        out_.passed = out_.problems.empty();
        return std::move(out_);
    }

private:
    [[noreturn]] void refuse(const std::string& problem) const {
        throw Error(ErrorKind::malformed_input, problem, {source_, 0, 0, {}});
    }

    Instant instant(const std::string& text) const {
        const auto out = parse_instant(text);
        if (!out) refuse("'" + text + "' is not an instant");
        return *out;
    }

    json::Value data_of(const json::Value& given) const {
        json::Value out = json::Object();
        if (const json::Value* sample = given.find("sample")) {
            const auto found = kind_.samples.find(sample->as_string());
            if (found == kind_.samples.end())
                throw Error(ErrorKind::not_found, "no sample '" + sample->as_string() + "'",
                            {source_, 0, 0, {}});
            out = found->second;
        }
        if (const json::Value* data = given.find("data")) merge(out, *data);
        return out;
    }

    /// Members of `changes` replace those of `base`, objects member by member.
    static void merge(json::Value& base, const json::Value& changes) {
        for (const json::Member& change : changes.as_object()) {
            json::Value* own = base.as_object().find(change.key);
            if (own && own->is_object() && change.value.is_object())
                merge(*own, change.value);
            else
                base.as_object().set(change.key, change.value);
        }
    }

    std::vector<std::string> faults(const json::Value& data) const {
        std::vector<std::string> out;
        for (const json::Violation& violation : kind_.validate(data))
            out.push_back(violation.pointer);
        return out;
    }

    void take(Simulation& simulation, const json::Value& step, int number) {
        if (const json::Value* advance = step.find("advance"))
            simulation.advance(advance->as_string());
        if (const json::Value* until = step.find("until"))
            simulation.move_clock(instant(until->as_string()));
        if (const json::Value* revision = step.find("dossier")) {
            merge(data_, *revision);
            simulation.set_dossier(kind_.typed(data_), faults(data_));
        }
        if (const json::Value* when = step.find("when")) {
            workflow::ScriptedEvent event;
            event.event = when->as_string();
            event.by = step.string_or("by", "");
            if (const json::Value* form = step.find("data"))
                event.data = expression::from_json(*form);
            simulation.send(event);
        }
        if (const json::Value* then = step.find("then")) compare(simulation, *then, number);
    }

    void collect(Simulation& simulation) {
        for (workflow::TraceLine& line : simulation.take_recent()) {
            recent_.push_back(line);
            out_.trace.push_back(std::move(line));
        }
    }

    void fail(int number, const std::string& what, const std::string& expected,
              const std::string& found) {
        out_.problems.push_back("étape " + std::to_string(number) + " : " + what + " attendu " +
                                expected + ", obtenu " + found);
    }

    void compare(Simulation& simulation, const json::Value& then, int number) {
        collect(simulation);
        if (const json::Value* active = then.find("active")) {
            const auto found = active_atomic_states(kind_.workflow, simulation.snapshot());
            if (found != strings(*active))
                fail(number, "état", joined(strings(*active)), joined(found));
        }
        if (const json::Value* effects = then.find("effects")) compare_effects(*effects, number);
        compare_refusal(then.string_or("refused", ""), number);
        if (const json::Value* permitted = then.find("permitted"))
            for (const json::Member& who : permitted->as_object())
                compare_permitted(simulation, who, number);
        if (const json::Value* deadlines = then.find("deadlines"))
            for (const json::Member& deadline : deadlines->as_object())
                compare_deadline(simulation, deadline, number);
        recent_.clear();
    }

    void compare_effects(const json::Value& expected, int number) {
        std::vector<std::string> found;
        for (const workflow::TraceLine& line : recent_)
            for (std::string& effect : member(line, "effects"))
                found.push_back(std::move(effect));
        for (const std::string& effect : strings(expected))
            if (std::find(found.begin(), found.end(), effect) == found.end())
                fail(number, "effet", effect, joined(found));
    }

    void compare_refusal(const std::string& expected, int number) {
        std::string found;
        for (const workflow::TraceLine& line : recent_) {
            if (const json::Value* refused = line.json.find("refused"))
                found = refused->as_string();
            for (const std::string& incident : member(line, "incidents"))
                out_.problems.push_back("étape " + std::to_string(number) + " : " + incident);
        }
        // A scenario quotes a part of the sentence; the words around it may change.
        const bool as_expected =
            expected.empty() ? found.empty() : found.find(expected) != std::string::npos;
        if (!as_expected)
            fail(number, "refus", expected.empty() ? "aucun" : expected,
                 found.empty() ? "aucun" : found);
    }

    void compare_permitted(const Simulation& simulation, const json::Member& who, int number) {
        std::vector<std::string> found;
        for (const workflow::PermittedAction& action : simulation.permitted(who.key))
            if (action.allowed) found.push_back(action.event);
        if (found != strings(who.value))
            fail(number, "actes de " + who.key, joined(strings(who.value)), joined(found));
    }

    void compare_deadline(const Simulation& simulation, const json::Member& expected, int number) {
        std::string found = "aucune";
        for (const workflow::Deadline& deadline : simulation.snapshot().deadlines)
            if (deadline.event == expected.key &&
                deadline.state == workflow::Deadline::State::armed)
                found = deadline.at.to_string();
        const std::string wanted = expected.value.is_null() ? "aucune" : expected.value.as_string();
        if (found != wanted) fail(number, "échéance " + expected.key, wanted, found);
    }

    /// What no `then` looked at must have gone well.
    void close(Simulation& simulation, int number) {
        collect(simulation);
        compare_refusal("", number);
        recent_.clear();
    }

    const Kind& kind_;
    std::string source_;
    json::Value data_;  ///< the revision in force
    Played out_;
    std::vector<workflow::TraceLine> recent_;
};

}  // namespace

Played play(const Kind& kind, const std::string& scenario) {
    const auto found = kind.scenarios.find(scenario);
    if (found == kind.scenarios.end())
        throw Error(ErrorKind::not_found, "no scenario '" + scenario + "'", {kind.name, 0, 0, {}});
    return Player(kind, scenario).play(found->second);
}

}  // namespace paraphe::kind
