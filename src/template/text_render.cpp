#include "base/error.hpp"
#include "base/markup.hpp"
#include "expression/content.hpp"
#include "template/text_program.hpp"
#include "template/trace.hpp"

namespace paraphe::tmpl {

namespace {

namespace ex = expression;

/// For text, and for attributes between quotes of either kind.
std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : escaped_markup(text))
        if (c == '\'')
            out += "&#39;";
        else
            out += c;
    return out;
}

void append_html(std::string& out, const ex::Content& content) {
    for (const auto& piece : content.pieces) {
        if (const auto* run = std::get_if<ex::Content::Run>(&piece)) {
            out += std::string(run->bold ? "<b>" : "") + (run->italic ? "<i>" : "");
            out += escaped(run->text);
            out += std::string(run->italic ? "</i>" : "") + (run->bold ? "</b>" : "");
            continue;
        }
        const auto& image = std::get<ex::Content::Image>(piece);
        out += "<img src=\"";
        out += escaped(ex::to_uri(image.picture));
        out += "\" alt=\"";
        out += escaped(image.description);
        out += "\">";
    }
}

class Renderer {
public:
    Renderer(TextMode mode, const ex::Value& data, const ex::Registry& registry,
             const ex::Limits& limits, Trace* trace)
        : mode_(mode), scope_(data, limits), registry_(registry), trace_(trace) {}

    std::string run(const TextInstructions& instructions) {
        std::string out;
        run(instructions, out);
        return out;
    }

private:
    void run(const TextInstructions& instructions, std::string& out) {
        for (const auto& instruction : instructions) {
            std::visit([&](const auto& each) { run(each, out); }, instruction.content);
            if (out.size() > scope_.limits().text)
                throw Error(ErrorKind::malformed_input, "le texte produit est trop long", {},
                            "vérifiez les boucles", "P0110");
        }
    }

    void run(const Words& words, std::string& out) { out += words.text; }

    void run(const TextOutput& output, std::string& out) {
        const ex::Value value = ex::evaluate(output.expression, scope_, registry_);
        const std::string text = ex::print(output.expression, value);
        if (mode_ == TextMode::html && value.is(ex::Kind::content))
            append_html(out, value.content());
        else if (mode_ == TextMode::html)
            out += escaped(text);
        else
            out += text;
    }

    void run(const TextFor& block, std::string& out) {
        ex::ForLoop loop(block.statement, scope_, registry_);
        while (loop.next())
            run(block.body, out);
        if (trace_ != nullptr) trace_->turned(&block, loop.count());
        if (loop.count() == 0) {
            const ex::Frame frame(scope_);
            run(block.otherwise, out);
        }
    }

    void run(const TextIf& block, std::string& out) {
        std::size_t way = 0;
        for (; way < block.branches.size(); ++way) {
            const ex::Expression& condition = block.branches[way].condition;
            if (!condition || ex::holds(condition, scope_, registry_)) break;
        }
        if (trace_ != nullptr) trace_->took(&block, way);
        if (way < block.branches.size()) run(block.branches[way].body, out);
    }

    void run(const TextSet& set, std::string&) { ex::execute(set.statement, scope_, registry_); }

    void run(const TextSetBlock& block, std::string&) {
        std::string text;
        {
            const ex::Frame frame(scope_);
            run(block.body, text);
        }
        ex::execute(block.statement, std::move(text), scope_, registry_);
    }

    void run(const TextWith& block, std::string& out) {
        ex::open(block.statement, scope_, registry_);
        run(block.body, out);
        scope_.pop();
    }

    void run(const TextInclude& block, std::string& out) {
        auto own = ex::open(block.statement, scope_, registry_);
        if (trace_ != nullptr) trace_->included(&block);
        if (!own) {
            run(*block.body, out);
            scope_.pop();
            return;
        }
        std::swap(scope_, *own);
        run(*block.body, out);
        std::swap(scope_, *own);
    }

    TextMode mode_;
    ex::Scope scope_;
    const ex::Registry& registry_;
    Trace* trace_;
};

}  // namespace

std::string render_text(const TextTemplate& compiled, const ex::Value& data,
                        const ex::Registry& registry, const ex::Limits& limits, Trace* trace) {
    const TextProgram& program = compiled.program();
    return Renderer(program.mode, data, registry, limits, trace).run(program.instructions);
}

}  // namespace paraphe::tmpl
