// Signature slots: how often each comes in one way through the document.
#include <algorithm>
#include <map>
#include <utility>

#include "template/document_check.hpp"
#include "template/document_check_findings.hpp"
#include "template/program.hpp"

namespace paraphe::tmpl {

namespace {

/// How often a slot comes in one way through the document.
struct Count {
    int least = 0, most = 0;
    PlacePtr place;  ///< of the first

    bool operator==(const Count&) const = default;
};
using Counts = std::map<std::string, Count>;

class SlotCounter {
public:
    /// `diagnostics`: where a slot that comes twice is told; nullptr: nowhere.
    explicit SlotCounter(Diagnostics* diagnostics) : diagnostics_(diagnostics) {}

    Counts of(const Program& program) {
        for (const Instructions* part : {&program.master_styles, &program.body})
            run(*part);
        return counts_;
    }

private:
    void run(const Instructions& instructions) {
        for (const Instruction& instruction : instructions)
            std::visit([&](const auto& each) { run(each); }, instruction.content);
    }

    void run(const SignatureSlot& slot) {
        Count& count = counts_[slot.slot];
        if (count.most > 0 && diagnostics_ != nullptr)
            diagnostics_->push_back(
                diagnostic_at(*slot.place, "P0205",
                              "la signature de « " + slot.slot + " » est déjà placée, ligne " +
                                  std::to_string(count.place->where.line) +
                                  (count.place->where.source == slot.place->where.source
                                       ? ""
                                       : " de " + count.place->where.source),
                              "gardez un seul emplacement pour chaque signataire"));
        ++count.least;
        ++count.most;
        if (!count.place) count.place = slot.place;
    }

    void run(const IfBlock& block) {
        const Counts before = counts_;
        std::vector<Counts> ways;
        if (block.branches.empty() || block.branches.back().condition) ways.push_back(before);
        for (const IfBlock::Branch& branch : block.branches) {
            counts_ = before;
            run(branch.body);
            ways.push_back(std::move(counts_));
        }
        counts_ = std::move(ways.front());
        for (std::size_t i = 1; i < ways.size(); ++i)
            join(ways[i]);
    }

    /// Zero times or more; that a slot stands in a loop is the compiler's finding.
    void run(const ForBlock& block) {
        const Counts before = counts_;
        run(block.body);
        Counts looped = std::exchange(counts_, before);
        run(block.otherwise);
        join(looped);
    }

    void join(const Counts& other) {
        for (auto& [slot, count] : counts_)
            if (!other.contains(slot)) count.least = 0;
        for (const auto& [slot, count] : other) {
            const auto [at, fresh] = counts_.emplace(slot, count);
            at->second.least = fresh ? 0 : std::min(at->second.least, count.least);
            at->second.most = std::max(at->second.most, count.most);
        }
    }

    void run(const Container& container) { run(container.children); }
    void run(const WithBlock& block) { run(block.body); }
    void run(const IncludeBlock& block) { run(*block.body); }
    void run(const Constant&) {}
    void run(const Output&) {}
    void run(const SetValue&) {}

    Counts counts_;
    Diagnostics* diagnostics_;
};

}  // namespace

void check_doubled_slots(const Program& program, Diagnostics& diagnostics) {
    SlotCounter(&diagnostics).of(program);
}

Diagnostics check_slots(const Template& compiled, const std::map<std::string, Asking>& asked) {
    Diagnostics out;
    for (const auto& [slot, count] : SlotCounter(nullptr).of(compiled.program())) {
        const auto asking = asked.find(slot);
        if (asking == asked.end()) continue;
        if (asking->second == Asking::always && count.least == 0)
            out.push_back(diagnostic_at(
                *count.place, "P0243",
                "cette case n’est pas toujours imprimée, mais la signature de « " + slot +
                    " » est toujours demandée",
                "sortez-la de son {% if %}, ou demandez la signature sous la même condition",
                Severity::warning));
        if (asking->second == Asking::sometimes && count.least > 0)
            out.push_back(diagnostic_at(
                *count.place, "P0244",
                "cette case est toujours imprimée, mais la signature de « " + slot +
                    " » n’est demandée que sous condition : elle resterait vide",
                "mettez-la sous la même condition que dans le déroulement : {% if … %}…{% endif %}",
                Severity::warning));
    }
    sort_by_place(out, compiled.program().base.source);
    return out;
}

}  // namespace paraphe::tmpl
