#include <algorithm>
#include <tuple>

#include "base/suggestion.hpp"
#include "template/branches.hpp"
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

    void run(const Instructions& instructions) {
        for (const Instruction& instruction : instructions)
            std::visit([&](const auto& each) { run(each); }, instruction.content);
    }

private:
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
        report(*block.place, ex::check_and_open(block.statement, environment_, registry_));
        run(block.body);
        environment_.pop();
        run(block.otherwise);
    }

    void run(const IfBlock& block) {
        check_branches(
            block.branches, environment_, registry_,
            [&](const IfBlock::Branch& branch, const ex::Findings& findings) {
                report(*branch.place, findings);
            },
            [&](const Instructions& body) { run(body); });
    }

    void run(const SetValue& set) {
        report(*set.place, ex::check_and_declare(set.statement, environment_, registry_));
    }

    void run(const WithBlock& block) {
        report(*block.place, ex::check_and_open(block.statement, environment_, registry_));
        run(block.body);
        environment_.pop();
    }

    void run(const IncludeBlock& block) {
        environment_.push();
        std::optional<ex::Type> extra_type;
        if (block.statement.extra) {
            const auto extra = ex::check(block.statement.extra, environment_, registry_);
            report(*block.place, extra.findings);
            if (extra.type.has_fields())
                for (const auto& field : extra.type.fields())
                    environment_.declare(field.name, field.type);
            extra_type = extra.type;
        }
        const Diagnostics missing =
            missing_needs(block, environment_, extra_type ? &*extra_type : nullptr);
        diagnostics_.insert(diagnostics_.end(), missing.begin(), missing.end());
        run(*block.body);
        environment_.pop();
    }

    void report(const Place& place, const ex::Findings& findings) {
        for (const ex::Finding& finding : findings) {
            Diagnostic made =
                diagnostic_at(place, finding.diagnostic.code, finding.diagnostic.message,
                              finding.diagnostic.remedy, finding.diagnostic.severity);
            if (finding.diagnostic.where.line > 0) made.where = finding.diagnostic.where;
            diagnostics_.push_back(std::move(made));
        }
    }

    ex::TypeEnvironment environment_;
    const ex::Registry& registry_;
    const std::optional<std::set<std::string>>& slots_;
    Diagnostics& diagnostics_;
};

}  // namespace

Diagnostics check(const Template& compiled, const ex::Type& data, const ex::Registry& registry,
                  const std::optional<std::set<std::string>>& slots) {
    Diagnostics out;
    const Program& program = compiled.program();
    for (const Instructions* part : {&program.meta, &program.master_styles, &program.body})
        Checker(data, registry, slots, out).run(*part);
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
