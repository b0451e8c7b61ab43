#pragma once

#include <string>

#include "workflow/workflow.hpp"

/// Small charts and environments for the tests of workflow/.
namespace paraphe::workflow::testing {

inline Definition chart(const std::string& body, const std::string& attributes = "") {
    return read(
        "<scxml xmlns=\"http://www.w3.org/2005/07/scxml\" xmlns:p=\"urn:paraphe:workflow:1\" "
        "version=\"1.0\" datamodel=\"paraphe\" name=\"essai\" " +
            attributes + ">" + body + "</scxml>",
        "essai.scxml");
}

/// The act of `role` on 25 November 2026; an empty role is the system.
inline Environment act(const std::string& role = "", Date today = Date(2026, 11, 25)) {
    Environment out;
    out.now = Instant(today.sys_days()) + std::chrono::hours(9);
    out.today = today;
    out.session = "D-2026-001";
    out.dossier = expression::Value(expression::Map());
    if (!role.empty()) {
        out.actor = role + "-1";
        out.roles = {role};
    }
    return out;
}

inline Event by_human(const std::string& name, expression::Value data = {}) {
    return {name, std::move(data), Origin::human};
}

inline Event by_system(const std::string& name) {
    return {name, {}, Origin::system};
}

inline std::string active(const Definition& definition, const Snapshot& snapshot) {
    std::string out;
    for (const std::string& id : active_atomic_states(definition, snapshot))
        out += (out.empty() ? "" : " ") + id;
    return out;
}

inline std::string effects(const StepResult& result) {
    std::string out;
    for (const Effect& effect : result.effects)
        out += (out.empty() ? "" : "\n") + to_string(effect);
    return out;
}

}  // namespace paraphe::workflow::testing
