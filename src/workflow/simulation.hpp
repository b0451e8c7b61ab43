#pragma once

#include <string>
#include <vector>

#include "workflow/runner.hpp"

namespace paraphe::workflow {

/// A case on a virtual clock, driven act by act: what `workflow run` and the scenarios of a kind
/// stand on. Acts that end with an unhandled error are rolled back, as `contract/` does.
class Simulation {
public:
    /// Starts the chart at options.now. `definition` is borrowed for the life of the simulation.
    /// `violations`: see Environment.
    Simulation(const Definition& definition, RunOptions options,
               std::vector<std::string> violations = {});

    void set_dossier(expression::Value, std::vector<std::string> violations);
    void set_parameters(expression::Value);
    /// Moves the clock by an ISO 8601 duration, each deadline that falls on the way first.
    void advance(std::string_view duration);
    /// The same up to an instant; throws Error{malformed_input} for one in the past.
    void move_clock(Instant until);
    void send(const ScriptedEvent&);

    Date today() const { return environment_.today; }
    const Snapshot& snapshot() const { return result_.snapshot; }
    /// What the person behind `by` ("role" or "role:person") may do now.
    std::vector<PermittedAction> permitted(const std::string& by) const;
    /// Of everything since the last call.
    std::vector<TraceLine> take_recent();
    RunResult take_result();

private:
    Date date_of(Instant) const;
    void set_clock(Instant);
    void send_system(const std::string& name, const expression::Value& data = {});
    void take(StepResult, const std::string& event, const std::string& by);
    void record(const StepResult&, const std::string& event, const std::string& by);

    const Definition& definition_;
    RunOptions options_;
    Environment environment_;
    RunResult result_;
    std::size_t reported_ = 0;  ///< trace lines that take_recent has given
};

}  // namespace paraphe::workflow
