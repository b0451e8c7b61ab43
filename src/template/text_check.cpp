#include "template/branches.hpp"
#include "template/text_program.hpp"

namespace paraphe::tmpl {

namespace {

namespace ex = expression;

class Checker {
public:
    Checker(const ex::Type& data, const ex::Registry& registry, std::string source)
        : environment_(data), registry_(registry), source_(std::move(source)) {}

    Diagnostics diagnostics;

    void run(const TextInstructions& instructions) {
        for (const auto& instruction : instructions)
            std::visit([&](const auto& each) { run(each); }, instruction.content);
    }

private:
    void run(const Words&) {}
    void run(const TextOutput& output) {
        report(ex::check_output(output.expression, environment_, registry_).findings);
    }
    void run(const TextFor& block) {
        report(ex::check_and_open(block.statement, environment_, registry_));
        run(block.body);
        environment_.pop();
        run(block.otherwise);
    }
    void run(const TextIf& block) {
        check_branches(
            block.branches, environment_, registry_,
            [&](const TextIf::Branch&, const ex::Findings& findings) { report(findings); },
            [&](const TextInstructions& body) { run(body); });
    }
    void run(const TextSet& set) {
        report(ex::check_and_declare(set.statement, environment_, registry_));
    }
    void run(const TextSetBlock& block) {
        environment_.push();
        run(block.body);
        environment_.pop();
        for (const auto& target : block.statement.targets)
            environment_.declare(target, ex::Type(ex::Kind::text));
    }
    void run(const TextWith& block) {
        report(ex::check_and_open(block.statement, environment_, registry_));
        run(block.body);
        environment_.pop();
    }
    void run(const TextInclude& block) {
        environment_.push();
        run(*block.body);
        environment_.pop();
    }

    void report(const ex::Findings& findings) {
        for (const auto& finding : findings)
            diagnostics.push_back(finding.diagnostic);
    }

    ex::TypeEnvironment environment_;
    const ex::Registry& registry_;
    std::string source_;
};

}  // namespace

Diagnostics check_text(const TextTemplate& compiled, const ex::Type& data,
                       const ex::Registry& registry) {
    const TextProgram& program = compiled.program();
    Checker checker(data, registry, program.source);
    checker.run(program.instructions);
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
