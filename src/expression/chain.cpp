#include "expression/chain.hpp"

#include "expression/checker.hpp"

namespace paraphe::expression {

namespace {

/// The path whose values the condition picks out: x == 'a', x in […], several of these by « or ».
std::optional<const Node*> subject_of(const Node& node) {
    if (const auto* logic = std::get_if<LogicNode>(&node.content); logic && !logic->is_and) {
        const auto left = subject_of(*logic->left), right = subject_of(*logic->right);
        return left && right && path_of(**left) == path_of(**right) ? left : std::nullopt;
    }
    const auto* compare = std::get_if<CompareNode>(&node.content);
    if (!compare || compare->rest.size() != 1) return std::nullopt;
    const auto& [op, right] = compare->rest.front();
    const bool picks = op == Comparison::equal || op == Comparison::in;
    if (!picks || !literals_of(*right) || path_of(*compare->first).empty()) return std::nullopt;
    return compare->first.get();
}

}  // namespace

Findings Chain::open(const Expression& condition) {
    condition_ = condition;
    outcome_ = std::nullopt;
    ++branches_;
    Findings out;
    const bool reachable = names_.reachable();
    if (condition) {
        Checked checked = check_condition(condition, names_, registry_);
        out = std::move(checked.findings);
        outcome_ = checked.type.truth();
        note_subject(condition);
        if (branches_ == 1) first_ = condition;
    } else {
        has_else_ = true;
    }
    if (!reachable && base_.reachable && !told_) {
        Finding never =
            never_comes("ce cas n'arrive jamais : les conditions qui précèdent les couvrent tous",
                        "retirez-le, ou corrigez les conditions qui précèdent");
        if (condition) never.diagnostic.where = condition.where(condition.root().at);
        out.push_back(std::move(never));
        told_ = true;
    }
    if (condition && reachable && outcome_) check_outcome(condition, outcome_, out);
    rest_ = names_.since(base_);
    if (!condition) return out;
    assume(condition, true, names_, registry_);
    if (outcome_ == false) names_.set_unreachable();
    return out;
}

void Chain::check_outcome(const Expression& condition, std::optional<bool> outcome,
                          Findings& findings) {
    // What the earlier conditions leave may settle the last one of a chain that forgets nothing.
    if (branches_ > 1) {
        const auto rest = names_.take(base_);
        outcome = check_condition(condition, names_, registry_).type.truth();
        names_.put(rest);
        if (!outcome && outcome_ == true) return;
    }
    Checker checker(condition, names_, registry_);
    if (outcome)
        checker.report_settled(condition.root(), *outcome);
    else
        checker.report("P0117", condition.root(),
                       "ce cas n'arrive jamais : une condition qui précède l'a déjà pris",
                       "retirez-le, ou corrigez les conditions qui précèdent", Severity::warning);
    for (Finding& each : checker.take())
        findings.push_back(std::move(each));
}

void Chain::note_subject(const Expression& condition) {
    const auto node = subject_of(condition.root());
    const std::string path = node ? path_of(**node) : std::string();
    if (branches_ == 1)
        subject_ = path;
    else if (subject_ != path)
        subject_ = std::string();
}

void Chain::close() {
    ends_.push_back(names_.take(base_));
    names_.put(rest_);
    if (!condition_) return;
    assume(condition_, false, names_, registry_);
    if (outcome_ == true) names_.set_unreachable();
}

Findings Chain::end() {
    Findings out;
    falls_through_ = !has_else_ && names_.reachable();
    if (!has_else_ && falls_through_ && branches_ > 1 && subject_ && !subject_->empty()) {
        Checker checker(first_, names_, registry_);
        const Node& subject = **subject_of(first_.root());
        const Type left = checker.silently(subject);
        if (left.universe() && left.values() && !left.values()->empty())
            checker.report("P0115", first_.root(),
                           "cette suite de conditions oublie " + alternatives(*left.values()) +
                               " pour « " + *subject_ + " »",
                           "ajoutez un « elif » ou un « else »", Severity::warning);
        out = checker.take();
    }
    TypeEnvironment::Changes rest = names_.take(base_);
    if (!has_else_) ends_.push_back(std::move(rest));
    names_.join(ends_);
    return out;
}

}  // namespace paraphe::expression
