#include "expression/chain.hpp"
#include "template/text_program.hpp"

namespace paraphe::tmpl {

namespace {

namespace ex = expression;

class Checker {
public:
    Checker(const ex::Type& data, const ex::Registry& registry)
        : environment_(data), registry_(registry) {}

    Diagnostics diagnostics;

    void check(const TextInstructions& instructions) {
        run(instructions);
        for (ex::Unread& each : ex::unread(environment_))
            diagnostics.push_back(std::move(each.diagnostic));
    }

private:
    void run(const TextInstructions& instructions) {
        for (const auto& instruction : instructions)
            std::visit([&](const auto& each) { run(each); }, instruction.content);
    }
    void run(const Words&) {}
    void run(const TextOutput& output) {
        report(ex::check_output(output.expression, environment_, registry_).findings);
    }
    void run(const TextFor& block) {
        ex::OpenLoop loop = ex::check_and_open(block.statement, environment_, registry_);
        report(loop.findings);
        run(block.body);
        if (!block.otherwise.empty()) report(ex::open_else(loop, environment_), block.place->where);
        run(block.otherwise);
        ex::close(loop, environment_);
    }
    void run(const TextIf& block) {
        ex::Chain chain(environment_, registry_);
        for (const TextIf::Branch& branch : block.branches) {
            report(chain.open(branch.condition), branch.place->where);
            run(branch.body);
            chain.close();
        }
        report(chain.end());
    }
    void run(const TextSet& set) {
        report(ex::check_and_declare(set.statement, environment_, registry_));
    }
    void run(const TextSetBlock& block) {
        const auto before = environment_.open_frame();
        run(block.body);
        environment_.close_frame(before);
        report(ex::check_and_declare(block.statement, environment_, registry_));
    }
    void run(const TextWith& block) {
        const ex::OpenWith with = ex::check_and_open(block.statement, environment_, registry_);
        report(with.findings);
        run(block.body);
        environment_.close_frame(with.before);
    }
    void run(const TextInclude& block) {
        const ex::OpenInclude include =
            ex::check_and_open(block.statement, environment_, registry_);
        report(include.findings);
        run(*block.body);
        environment_.close_frame(include.before);
    }

    /// `where`: of the tag, for a finding that is about no expression.
    void report(const ex::Findings& findings, const Location& where = {}) {
        for (const auto& finding : findings) {
            diagnostics.push_back(finding.diagnostic);
            if (finding.diagnostic.where.line == 0) diagnostics.back().where = where;
        }
    }

    ex::TypeEnvironment environment_;
    const ex::Registry& registry_;
};

}  // namespace

Diagnostics check_text(const TextTemplate& compiled, const ex::Type& data,
                       const ex::Registry& registry) {
    const TextProgram& program = compiled.program();
    Checker checker(data, registry);
    checker.check(program.instructions);
    return std::move(checker.diagnostics);
}

Diagnostics check_text(std::string_view text, const std::string& source, TextMode mode,
                       const Loader& loader, const ex::Type& data, const ex::Registry& registry) {
    Diagnostics out;
    const TextTemplate made(read_text(text, source, mode, loader, out));
    const Diagnostics more = check_text(made, data, registry);
    out.insert(out.end(), more.begin(), more.end());
    sort_by_place(out, source);
    return out;
}

}  // namespace paraphe::tmpl
