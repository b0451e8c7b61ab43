#include <algorithm>
#include <array>
#include <limits>

#include "base/suggestion.hpp"
#include "workflow/snapshot.hpp"
#include "workflow/value_json.hpp"

namespace paraphe::workflow {

namespace {

constexpr std::array<const char*, 4> origins = {"human", "system", "internal", "platform"};
constexpr std::array<const char*, 3> deadline_states = {"armed", "fired", "dormant"};
constexpr int version = 1;

template <std::size_t size>
std::size_t place_in(const std::array<const char*, size>& names, const std::string& name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end())
        throw Error(ErrorKind::malformed_input, "snapshot: unknown word '" + name + "'");
    return static_cast<std::size_t>(found - names.begin());
}

class Writer {
public:
    explicit Writer(const Definition& definition) : definition_(definition) {}

    json::Value write(const Snapshot& snapshot) const {
        json::Object out;
        out.set("version", version);
        out.set("workflow", definition_.name);
        out.set("running", snapshot.running);
        out.set("configuration", states(snapshot.configuration));
        json::Object history;
        for (const auto& [state, remembered] : snapshot.history)
            history.set(id(state), states(remembered));
        out.set("history", std::move(history));
        json::Object entered;
        for (const auto& [state, date] : snapshot.entered)
            entered.set(state == 0 ? "" : id(state), date.to_string());
        out.set("entered", std::move(entered));
        json::Object data;
        for (const auto& [name, value] : snapshot.data)
            data.set(name, to_json(value));
        out.set("data", std::move(data));
        json::Array bound;
        for (StateIndex state = 0; state < snapshot.bound.size(); ++state)
            if (snapshot.bound[state]) bound.emplace_back(id(state));
        out.set("bound", std::move(bound));
        out.set("internalQueue", queue(snapshot.internal_queue));
        out.set("externalQueue", queue(snapshot.external_queue));
        out.set("deadlines", deadlines(snapshot));
        out.set("requests", requests(snapshot));
        return out;
    }

private:
    const std::string& id(StateIndex state) const { return definition_.states[state].id; }

    json::Array states(const std::vector<StateIndex>& indexes) const {
        json::Array out;
        for (const StateIndex state : indexes)
            out.emplace_back(id(state));
        return out;
    }

    static json::Array queue(const std::deque<Event>& events) {
        json::Array out;
        for (const Event& event : events) {
            json::Object one;
            one.set("name", event.name);
            one.set("data", to_json(event.data));
            one.set("origin", origins[static_cast<std::size_t>(event.origin)]);
            out.emplace_back(std::move(one));
        }
        return out;
    }

    json::Array deadlines(const Snapshot& snapshot) const {
        json::Array out;
        for (const Deadline& deadline : snapshot.deadlines) {
            json::Object one;
            one.set("scope", id(deadline.scope));
            one.set("ordinal", static_cast<std::int64_t>(deadline.ordinal));
            one.set("event", deadline.event);
            one.set("label", deadline.label);
            one.set("at", deadline.at.to_string());
            one.set("state", deadline_states[static_cast<std::size_t>(deadline.state)]);
            one.set("failed", deadline.failed);
            out.emplace_back(std::move(one));
        }
        return out;
    }

    json::Array requests(const Snapshot& snapshot) const {
        json::Array out;
        for (const SignRequest& request : snapshot.requests) {
            json::Object one;
            one.set("scope", id(request.scope));
            one.set("document", request.document);
            one.set("slot", request.slot);
            one.set("assurance", request.assurance);
            one.set("remind", request.remind);
            one.set("since", request.since.to_string());
            out.emplace_back(std::move(one));
        }
        return out;
    }

    const Definition& definition_;
};

class SnapshotReader {
public:
    explicit SnapshotReader(const Definition& definition) : definition_(definition) {
        for (StateIndex state = 1; state < definition.states.size(); ++state)
            ids_.emplace(definition.states[state].id, state);
    }

    Snapshot read(const json::Value& value) const {
        if (value.at("version").as_int64() != version)
            throw Error(ErrorKind::malformed_input, "snapshot: unknown version");
        Snapshot out;
        out.running = value.at("running").as_boolean();
        out.configuration = states(value.at("configuration"));
        for (const json::Member& member : value.at("history").as_object())
            out.history[state(member.key)] = states(member.value);
        for (const json::Member& member : value.at("entered").as_object())
            out.entered[member.key.empty() ? 0 : state(member.key)] = date(member.value);
        for (const json::Member& member : value.at("data").as_object())
            out.data[member.key] = value_from_json(member.value);
        out.bound.assign(definition_.late_binding ? definition_.states.size() : 0, false);
        for (const json::Value& one : value.at("bound").as_array())
            if (!out.bound.empty()) out.bound[state(one.as_string())] = true;
        out.internal_queue = queue(value.at("internalQueue"));
        out.external_queue = queue(value.at("externalQueue"));
        for (const json::Value& one : value.at("deadlines").as_array())
            out.deadlines.push_back(deadline(one));
        for (const json::Value& one : value.at("requests").as_array())
            out.requests.push_back({state(one.at("scope").as_string()),
                                    one.at("document").as_string(), one.at("slot").as_string(),
                                    one.at("assurance").as_string(), one.at("remind").as_string(),
                                    date(one.at("since"))});
        return out;
    }

private:
    StateIndex state(const std::string& id) const {
        const auto found = ids_.find(id);
        if (found != ids_.end()) return found->second;
        throw Error(ErrorKind::malformed_input,
                    "snapshot: the workflow has no state '" + id + "' (any more)",
                    {definition_.source, 0, 0, {}},
                    "open the case with the version of the workflow that it was made with",
                    "unknown_state");
    }

    std::vector<StateIndex> states(const json::Value& ids) const {
        std::vector<StateIndex> out;
        for (const json::Value& id : ids.as_array())
            out.push_back(state(id.as_string()));
        std::sort(out.begin(), out.end());
        return out;
    }

    static Date date(const json::Value& value) {
        const auto out = Date::parse(value.as_string());
        if (!out)
            throw Error(ErrorKind::malformed_input,
                        "snapshot: '" + value.as_string() + "' is not a date");
        return *out;
    }

    static std::deque<Event> queue(const json::Value& events) {
        std::deque<Event> out;
        for (const json::Value& one : events.as_array())
            out.push_back({one.at("name").as_string(), value_from_json(one.at("data")),
                           static_cast<Origin>(place_in(origins, one.at("origin").as_string()))});
        return out;
    }

    Deadline deadline(const json::Value& value) const {
        Deadline out;
        out.scope = state(value.at("scope").as_string());
        const std::int64_t ordinal = value.at("ordinal").as_int64();
        const auto& known = definition_.states[out.scope].deadlines;
        if (ordinal < 0 || ordinal >= static_cast<std::int64_t>(known.size()))
            throw Error(ErrorKind::malformed_input, "snapshot: the state '" +
                                                        definition_.states[out.scope].id +
                                                        "' no longer has this deadline");
        out.ordinal = static_cast<std::uint32_t>(ordinal);
        out.event = value.at("event").as_string();
        out.label = value.at("label").as_string();
        out.at = date(value.at("at"));
        out.state =
            static_cast<Deadline::State>(place_in(deadline_states, value.at("state").as_string()));
        out.failed = value.at("failed").as_boolean();
        return out;
    }

    const Definition& definition_;
    std::map<std::string, StateIndex, std::less<>> ids_;
};

}  // namespace

json::Value to_json(const Definition& definition, const Snapshot& snapshot) {
    return Writer(definition).write(snapshot);
}

Snapshot snapshot_from_json(const Definition& definition, const json::Value& value) {
    return SnapshotReader(definition).read(value);
}

}  // namespace paraphe::workflow
