#include <algorithm>
#include <tuple>

#include "base/suggestion.hpp"
#include "expression/chain.hpp"
#include "template/needs.hpp"
#include "template/program.hpp"

namespace paraphe::tmpl {

namespace {

namespace ex = expression;

class Checker {
public:
    Checker(const ex::Type& data, const ex::Registry& registry,
            const std::optional<std::set<std::string>>& slots, Diagnostics& diagnostics)
        : environment_(data), registry_(registry), slots_(slots), diagnostics_(diagnostics) {}

    void check(const Instructions& instructions) {
        run(instructions);
        for (const ex::Unread& each : ex::unread(environment_))
            if (each.declaration < places_.size() && places_[each.declaration])
                report(*places_[each.declaration], each.diagnostic);
    }

private:
    void run(const Instructions& instructions) {
        for (const Instruction& instruction : instructions)
            std::visit([&](const auto& each) { run(each); }, instruction.content);
    }

    void run(const Constant&) {}
    void run(const Container& container) {
        if (container.address) run(*container.address);
        run(container.children);
    }

    void run(const Output& output) {
        report(*output.place,
               ex::check_output(output.expression, environment_, registry_).findings);
    }

    void run(const SignatureSlot& slot) {
        if (!slots_ || slots_->contains(slot.slot)) return;
        const auto meant = nearest(slot.slot, {slots_->begin(), slots_->end()});
        diagnostics_.push_back(diagnostic_at(
            *slot.place, "P0206", "aucun signataire ne s’appelle « " + slot.slot + " »",
            meant ? "vouliez-vous « " + *meant + " » ?" : "vérifiez le déroulement de ce contrat"));
    }

    void run(const ForBlock& block) {
        const auto before = declared();
        ex::OpenLoop loop = ex::check_and_open(block.statement, environment_, registry_);
        note(before, *block.place);
        report(*block.place, loop.findings);
        run(block.body);
        if (!block.otherwise.empty()) report(*block.place, ex::open_else(loop, environment_));
        run(block.otherwise);
        ex::close(loop, environment_);
    }

    void run(const IfBlock& block) {
        ex::Chain chain(environment_, registry_);
        for (const IfBlock::Branch& branch : block.branches) {
            report(*branch.place, chain.open(branch.condition));
            run(branch.body);
            chain.close();
        }
        report(*block.branches.front().place, chain.end());
    }

    void run(const SetValue& set) {
        const auto before = declared();
        report(*set.place, ex::check_and_declare(set.statement, environment_, registry_));
        note(before, *set.place);
    }

    void run(const WithBlock& block) {
        const auto before = declared();
        const ex::OpenWith with = ex::check_and_open(block.statement, environment_, registry_);
        note(before, *block.place);
        report(*block.place, with.findings);
        run(block.body);
        environment_.close_frame(with.before);
    }

    void run(const IncludeBlock& block) {
        const ex::OpenInclude include =
            ex::check_and_open(block.statement, environment_, registry_);
        report(*block.place, include.findings);
        const Diagnostics missing =
            missing_needs(block, environment_, include.extra ? &*include.extra : nullptr);
        diagnostics_.insert(diagnostics_.end(), missing.begin(), missing.end());
        ++clauses_;
        run(*block.body);
        --clauses_;
        environment_.close_frame(include.before);
    }

    std::size_t declared() const { return environment_.declarations().size(); }

    /// Remembers where the names since `before` were declared.
    void note(std::size_t before, const Place& place) {
        places_.resize(before, nullptr);
        places_.resize(declared(), &place);
    }

    void report(const Place& place, const ex::Findings& findings) {
        for (const ex::Finding& finding : findings)
            if (clauses_ == 0 || !depends_on_kind(finding.diagnostic.code))
                report(place, finding.diagnostic);
    }

    /// A clause serves several kinds: a guard that one of them does not need is none too many.
    static bool depends_on_kind(const std::string& code) {
        return code == "P0116" || code == "P0117" || code == "P0119";
    }

    void report(const Place& place, const Diagnostic& found) {
        Diagnostic made =
            diagnostic_at(place, found.code, found.message, found.remedy, found.severity);
        if (found.where.line > 0) made.where = found.where;
        diagnostics_.push_back(std::move(made));
    }

    ex::TypeEnvironment environment_;
    const ex::Registry& registry_;
    const std::optional<std::set<std::string>>& slots_;
    Diagnostics& diagnostics_;
    std::vector<const Place*> places_;  ///< by declaration; nullptr for what is given
    int clauses_ = 0;                   ///< that are open around
};

}  // namespace

Diagnostics check(const Template& compiled, const ex::Type& data, const ex::Registry& registry,
                  const std::optional<std::set<std::string>>& slots) {
    Diagnostics out;
    const Program& program = compiled.program();
    for (const Instructions* part : {&program.meta, &program.master_styles, &program.body})
        Checker(data, registry, slots, out).check(*part);
    sort_by_place(out, program.base.source);
    return out;
}

void sort_by_place(Diagnostics& diagnostics, const std::string& first_source) {
    std::vector<std::string> sources{first_source};
    for (const Diagnostic& diagnostic : diagnostics)
        if (std::find(sources.begin(), sources.end(), diagnostic.where.source) == sources.end())
            sources.push_back(diagnostic.where.source);
    const auto rank = [&](const Diagnostic& diagnostic) {
        return std::make_tuple(
            std::find(sources.begin(), sources.end(), diagnostic.where.source) - sources.begin(),
            diagnostic.where.line, diagnostic.where.column);
    };
    std::stable_sort(diagnostics.begin(), diagnostics.end(),
                     [&](const Diagnostic& a, const Diagnostic& b) { return rank(a) < rank(b); });
}

}  // namespace paraphe::tmpl
