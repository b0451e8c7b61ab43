#include "workflow/step.hpp"

#include "workflow/interpreter.hpp"

namespace paraphe::workflow {

StepResult start(const Definition& definition, const Environment& environment,
                 const Limits& limits) {
    Interpreter interpreter(definition, {}, environment, limits);
    interpreter.interpret();
    return interpreter.take_result();
}

StepResult step(const Definition& definition, const Snapshot& snapshot, const Event& event,
                const Environment& environment, const Limits& limits) {
    StepResult refused;
    if (snapshot.running) {
        Interpreter interpreter(definition, snapshot, environment, limits);
        interpreter.process_external(event);
        StepResult result = interpreter.take_result();
        if (result.handled || event.origin != Origin::human) return result;
        refused.incidents = std::move(result.incidents);
    }
    refused.snapshot = snapshot;
    if (event.origin == Origin::human)
        refused.refusal = explain_refusal(definition, snapshot, event, environment);
    return refused;
}

StepResult refresh(const Definition& definition, const Snapshot& snapshot,
                   const Environment& environment, const Limits& limits) {
    Interpreter interpreter(definition, snapshot, environment, limits);
    if (snapshot.running) interpreter.settle();
    return interpreter.take_result();
}

std::string to_string(const Effect& effect) {
    const auto joined = [](const std::vector<std::string>& words) {
        std::string out;
        for (const std::string& word : words)
            out += (out.empty() ? "" : " ") + word;
        return out;
    };
    struct Visitor {
        decltype(joined)& join;
        std::string operator()(const Render& one) const {
            return "render " + one.document + " with " + one.template_name;
        }
        std::string operator()(const Notify& one) const {
            std::string whom = join(one.roles);
            if (!one.slots.empty()) whom += (whom.empty() ? "" : " ") + join(one.slots);
            return "notify " + whom + " with " + one.template_name;
        }
        std::string operator()(const Pack& one) const {
            return "pack " + one.document + " for " + one.audience +
                   (one.with.empty() ? "" : " with " + join(one.with));
        }
        std::string operator()(const SignRequestOpened& one) const {
            return "ask " + one.request.slot + " to sign " + one.request.document + " (" +
                   one.request.assurance + ")";
        }
        std::string operator()(const SignRequestWithdrawn& one) const {
            return "withdraw the request to " + one.request.slot + " to sign " +
                   one.request.document;
        }
        std::string operator()(const DeadlineArmed& one) const {
            return "arm " + one.deadline.event + " at " + one.deadline.at.to_string();
        }
        std::string operator()(const DeadlineMoved& one) const {
            return "move " + one.deadline.event + " from " + one.from.to_string() + " to " +
                   one.deadline.at.to_string();
        }
        std::string operator()(const DeadlineCancelled& one) const {
            return "cancel " + one.deadline.event + " at " + one.deadline.at.to_string();
        }
    };
    return std::visit(Visitor{joined}, effect);
}

}  // namespace paraphe::workflow
