#include "workflow/snapshot.hpp"

#include <algorithm>
#include <limits>

namespace paraphe::workflow {

std::vector<std::string> active_atomic_states(const Definition& definition,
                                              const Snapshot& snapshot) {
    std::vector<std::string> out;
    for (const StateIndex state : snapshot.configuration)
        if (definition.is_atomic(state)) out.push_back(definition.states[state].id);
    return out;
}

bool is_active(const Definition& definition, const Snapshot& snapshot, std::string_view id) {
    return std::any_of(snapshot.configuration.begin(), snapshot.configuration.end(),
                       [&](StateIndex state) { return definition.states[state].id == id; });
}

std::vector<Deadline> due(const Snapshot& snapshot, Date today) {
    std::vector<Deadline> out;
    for (const Deadline& deadline : snapshot.deadlines)
        if (deadline.state == Deadline::State::armed && deadline.at < today)
            out.push_back(deadline);
    std::stable_sort(out.begin(), out.end(), [](const Deadline& left, const Deadline& right) {
        return left.at < right.at;
    });
    return out;
}

std::optional<Date> next_deadline(const Snapshot& snapshot) {
    std::optional<Date> out;
    for (const Deadline& deadline : snapshot.deadlines)
        if (deadline.state == Deadline::State::armed && (!out || deadline.at < *out))
            out = deadline.at;
    return out;
}

}  // namespace paraphe::workflow
