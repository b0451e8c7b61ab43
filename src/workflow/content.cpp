#include <algorithm>

#include "workflow/interpreter.hpp"

namespace paraphe::workflow {

using expression::Value;

/// An error ends its block and nothing else (§4.11).
void Interpreter::execute_block(const Block& block, StateIndex context) {
    try {
        execute(block, context);
    } catch (const Error& error) {
        if (error.code() == "endless_workflow") throw;
        raise_execution_error(error);
    }
}

void Interpreter::execute(const Block& block, StateIndex context) {
    struct Visitor {
        Interpreter& self;
        StateIndex context;

        void operator()(const Raise& raise) const {
            self.enqueue_internal(raise.event, {}, Origin::internal);
        }
        void operator()(const Assign& assign) const { self.datamodel_.assign(assign, context); }
        void operator()(const Log& log) const {
            std::string text;
            if (log.value) {
                const Value value = self.datamodel_.evaluate(*log.value, context);
                text = value.is_none() ? "none" : expression::to_text(value);
            }
            self.result_.log.push_back({log.label, std::move(text)});
        }
        void operator()(const If& branches) const { self.execute(branches, context); }
        void operator()(const Foreach& loop) const { self.execute(loop, context); }
        void operator()(const DeadlineAction& deadline) const { self.open_deadline(deadline); }
        void operator()(const SignAction& sign) const { self.open_request(sign); }
        void operator()(const RenderAction& render) const {
            self.result_.effects.emplace_back(Render{render.document, render.template_name});
        }
        void operator()(const NotifyAction& notify) const {
            self.result_.effects.emplace_back(
                Notify{notify.roles, notify.slots, notify.template_name});
        }
        void operator()(const PackAction& pack) const {
            self.result_.effects.emplace_back(Pack{pack.document, pack.audience, pack.with});
        }
    };
    for (const Action& action : block)
        std::visit(Visitor{*this, context}, action.content);
}

void Interpreter::execute(const If& branches, StateIndex context) {
    for (const If::Branch& branch : branches.branches) {
        bool holds = true;
        if (branch.condition) {
            try {
                holds = datamodel_.holds(*branch.condition, context);
            } catch (const Error& error) {
                raise_execution_error(error);
                holds = false;
            }
        }
        if (holds) return execute(branch.content, context);
    }
}

void Interpreter::execute(const Foreach& loop, StateIndex context) {
    const Value array = datamodel_.evaluate(loop.array, context);
    if (!array.is_list())
        throw Error(ErrorKind::malformed_input, "« " + loop.array.text + " » n'est pas une liste",
                    loop.array.where);
    for (const std::string& name : {loop.item, loop.index})
        if (!name.empty() && (!is_variable_name(name) || name.front() == '_'))
            throw Error(ErrorKind::malformed_input,
                        "« " + name + " » ne peut pas nommer une variable", loop.array.where);
    // `array` shares its items: assignments inside the loop do not change what is visited (§4.6).
    std::int64_t position = 0;
    for (const Value& item : array.items()) {
        if (++iterations_ > limits_.iterations)
            throw Error(ErrorKind::malformed_input,
                        "more than " + std::to_string(limits_.iterations) +
                            " iterations of <foreach> in one step",
                        loop.array.where, {}, "endless_workflow");
        datamodel_.set(loop.item, item);
        if (!loop.index.empty()) datamodel_.set(loop.index, position);
        ++position;
        execute(loop.content, context);
    }
}

void Interpreter::open_deadline(const DeadlineAction& action) {
    const DeadlineSpec& spec = definition_.states[action.scope].deadlines[action.ordinal];
    Deadline deadline;
    deadline.scope = action.scope;
    deadline.ordinal = action.ordinal;
    deadline.event = spec.event;
    deadline.label = spec.label;
    deadline.state = Deadline::State::dormant;
    // refresh_deadlines arms it when the macrostep is over: a state that is only passed through
    // never shows its dates.
    const auto place = std::lower_bound(snapshot_.deadlines.begin(), snapshot_.deadlines.end(),
                                        deadline, [](const Deadline& left, const Deadline& right) {
                                            return std::pair(left.scope, left.ordinal) <
                                                   std::pair(right.scope, right.ordinal);
                                        });
    snapshot_.deadlines.insert(place, std::move(deadline));
}

void Interpreter::open_request(const SignAction& action) {
    const auto same = [&](const SignRequest& open) {
        return open.scope == action.scope && open.slot == action.slot &&
               open.document == action.document;
    };
    if (std::any_of(snapshot_.requests.begin(), snapshot_.requests.end(), same)) return;
    SignRequest request{action.scope,     action.document, action.slot,
                        action.assurance, action.remind,   environment_.today};
    snapshot_.requests.push_back(request);
    result_.effects.emplace_back(SignRequestOpened{std::move(request)});
}

}  // namespace paraphe::workflow
