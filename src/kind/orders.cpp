#include "kind/orders.hpp"

#include <algorithm>

namespace paraphe::kind {

namespace {

using workflow::StateIndex;

/// A state is entered without being aimed at: what becomes active with it.
void enter(const workflow::Definition& definition, StateIndex index, std::vector<bool>& entered) {
    entered[index] = true;
    const workflow::State& state = definition.states[index];
    if (state.kind == workflow::StateKind::parallel)
        for (const StateIndex child : state.children)
            enter(definition, child, entered);
    if (!state.initial) return;
    for (const StateIndex target : definition.transitions[*state.initial].targets) {
        for (StateIndex around = definition.states[target].parent; around != index;
             around = definition.states[around].parent)
            entered[around] = true;
        enter(definition, target, entered);
    }
}

}  // namespace

Orders::Orders(const workflow::Definition& definition) : definition_(definition) {
    for (StateIndex index = 0; index < definition.states.size(); ++index) {
        for (const workflow::Block& block : definition.states[index].on_entry)
            visit(block, {index, false});
        for (const workflow::Block& block : definition.states[index].on_exit)
            visit(block, {});
    }
    for (const workflow::Transition& transition : definition.transitions)
        visit(transition.content, {});
}

void Orders::visit(const workflow::Block& block, const Place& place) {
    for (const workflow::Action& action : block) {
        if (const auto* render = std::get_if<workflow::RenderAction>(&action.content))
            renders.push_back({*render, action.where});
        if (const auto* sign = std::get_if<workflow::SignAction>(&action.content))
            signs.push_back({*sign, action.where, place.on_entry, place.conditional});
        if (const auto* pack = std::get_if<workflow::PackAction>(&action.content))
            packs.push_back({*pack, action.where});
        if (const auto* branches = std::get_if<workflow::If>(&action.content))
            for (const workflow::If::Branch& branch : branches->branches)
                visit(branch.content, {place.on_entry, true});
        if (const auto* loop = std::get_if<workflow::Foreach>(&action.content))
            visit(loop->content, {place.on_entry, true});
    }
}

const workflow::RenderAction* Orders::render_of(std::string_view document) const {
    for (const Render& render : renders)
        if (render.action.document == document) return &render.action;
    return nullptr;
}

std::map<std::string, tmpl::Asking> Orders::asked(std::string_view document) const {
    const std::vector<bool> entered = entered_to_sign(document);
    std::map<std::string, tmpl::Asking> out;
    for (const Sign& sign : signs) {
        if (sign.action.document != document) continue;
        using tmpl::Asking;
        const Asking asking = sign.conditional                           ? Asking::sometimes
                              : sign.on_entry && entered[*sign.on_entry] ? Asking::always
                                                                         : Asking::unknown;
        const auto [at, fresh] = out.emplace(sign.action.slot, asking);
        if (fresh || at->second == asking) continue;
        // Asked for at two places: one that always does settles it, two that differ do not.
        at->second = at->second == Asking::always || asking == Asking::always ? Asking::always
                                                                              : Asking::unknown;
    }
    return out;
}

std::vector<bool> Orders::entered_to_sign(std::string_view document) const {
    std::vector<bool> entered(definition_.states.size(), false);
    std::optional<StateIndex> whole;
    for (const Sign& sign : signs) {
        if (sign.action.document != document || !sign.on_entry) continue;
        if (!whole) whole = *sign.on_entry;
        while (*whole != *sign.on_entry && !definition_.is_descendant(*sign.on_entry, *whole))
            whole = definition_.states[*whole].parent;
    }
    if (!whole) return entered;
    // Somebody may come from outside right into its midst.
    for (const workflow::Transition& transition : definition_.transitions)
        if (transition.source != *whole && !definition_.is_descendant(transition.source, *whole))
            for (const StateIndex target : transition.targets)
                if (definition_.is_descendant(target, *whole)) return entered;
    enter(definition_, *whole, entered);
    return entered;
}

}  // namespace paraphe::kind
