#include <algorithm>
#include <variant>

#include "base/error.hpp"
#include "expression/content.hpp"
#include "template/branches.hpp"
#include "template/template.hpp"

namespace paraphe::tmpl {

namespace ex = expression;

struct TextInstruction;
using TextInstructions = std::vector<TextInstruction>;

namespace {

struct Words {
    std::string text;
};
struct TextOutput {
    ex::Expression expression;
};
struct TextFor {
    ex::For statement;
    TextInstructions body, otherwise;
};
struct TextIf {
    struct Branch {
        ex::Expression condition;
        TextInstructions body;
    };
    std::vector<Branch> branches;
};
struct TextSet {
    ex::Set statement;
};
struct TextSetBlock {
    ex::Set statement;
    TextInstructions body;
};
struct TextWith {
    ex::With statement;
    TextInstructions body;
};
struct TextInclude {
    ex::Include statement;
    std::shared_ptr<const TextInstructions> body;
};

}  // namespace

struct TextInstruction {
    std::variant<Words, TextOutput, TextFor, TextIf, TextSet, TextSetBlock, TextWith, TextInclude>
        content;
};

struct TextProgram {
    TextMode mode = TextMode::plain;
    std::string source;
    TextInstructions instructions;
};

namespace {

constexpr int deepest_include = 8;
constexpr int deepest_block = 64;

class Compiler {
public:
    Compiler(std::string_view text, std::string source, const Loader& loader, int depth)
        : text_(text),
          source_(std::move(source)),
          mapper_(ex::plain_location(source_, text)),
          loader_(loader),
          depth_(depth) {}

    TextInstructions run() {
        pieces_ = ex::split_template(text_, mapper_);
        TextInstructions out = list(nullptr);
        return out;
    }

private:
    /// Reads pieces until the statement that divides or ends the block which `opener` opened; that
    /// statement is left in `ending_`.
    TextInstructions list(const ex::Piece* opener) {
        TextInstructions out;
        // A refusal ends the whole reading, so the count need not be taken back then.
        if (++blocks_ > deepest_block + 1)
            fail(*opener, "les blocs s’emboîtent au-delà de 64 niveaux");
        while (at_ < pieces_.size()) {
            const ex::Piece& piece = pieces_[at_++];
            switch (piece.kind) {
                case ex::Piece::Kind::text:
                    out.push_back({Words{piece.text}});
                    break;
                case ex::Piece::Kind::output:
                    out.push_back({TextOutput{ex::parse_output(piece.text, shifted(piece))}});
                    break;
                case ex::Piece::Kind::statement: {
                    ex::Statement statement = ex::parse_statement(piece.text, shifted(piece));
                    if (ends(statement)) {
                        if (opener == nullptr)
                            fail(piece, "{% " + std::string(ex::keyword(statement)) +
                                            " %} ne ferme aucun bloc");
                        ending_ = std::move(statement);
                        --blocks_;
                        return out;
                    }
                    add(std::move(statement), piece, out);
                    break;
                }
            }
        }
        if (opener != nullptr) fail(*opener, "ce bloc n’est jamais fermé");
        return out;
    }

    static bool ends(const ex::Statement& statement) {
        return std::holds_alternative<ex::Elif>(statement) ||
               std::holds_alternative<ex::Else>(statement) ||
               std::holds_alternative<ex::EndFor>(statement) ||
               std::holds_alternative<ex::EndIf>(statement) ||
               std::holds_alternative<ex::EndSet>(statement) ||
               std::holds_alternative<ex::EndWith>(statement);
    }

    template <typename End>
    void expect(const ex::Piece& opener) {
        if (!std::holds_alternative<End>(ending_))
            fail(opener, "ce bloc est fermé par {% " + std::string(ex::keyword(ending_)) + " %}");
    }

    void add(ex::Statement statement, const ex::Piece& piece, TextInstructions& out) {
        if (auto* loop = std::get_if<ex::For>(&statement)) {
            TextFor block{std::move(*loop), list(&piece), {}};
            if (std::holds_alternative<ex::Else>(ending_)) block.otherwise = list(&piece);
            expect<ex::EndFor>(piece);
            out.push_back({std::move(block)});
        } else if (auto* condition = std::get_if<ex::If>(&statement)) {
            TextIf block;
            block.branches.push_back({std::move(condition->condition), list(&piece)});
            while (auto* other = std::get_if<ex::Elif>(&ending_)) {
                ex::Expression next = std::move(other->condition);
                block.branches.push_back({std::move(next), list(&piece)});
            }
            if (std::holds_alternative<ex::Else>(ending_))
                block.branches.push_back({{}, list(&piece)});
            expect<ex::EndIf>(piece);
            out.push_back({std::move(block)});
        } else if (auto* set = std::get_if<ex::Set>(&statement)) {
            if (set->value) {
                out.push_back({TextSet{std::move(*set)}});
                return;
            }
            TextSetBlock block{std::move(*set), list(&piece)};
            expect<ex::EndSet>(piece);
            out.push_back({std::move(block)});
        } else if (auto* with = std::get_if<ex::With>(&statement)) {
            TextWith block{std::move(*with), list(&piece)};
            expect<ex::EndWith>(piece);
            out.push_back({std::move(block)});
        } else if (auto* include = std::get_if<ex::Include>(&statement)) {
            add_include(std::move(*include), piece, out);
        }
    }

    void add_include(ex::Include include, const ex::Piece& piece, TextInstructions& out) {
        const auto name = include.name.literal();
        if (!name || !name->is_text())
            fail(piece, "le nom inclus doit être écrit entre guillemets");
        if (depth_ >= deepest_include) fail(piece, "les inclusions vont au-delà de huit niveaux");
        const auto file = loader_ ? loader_(name->text()) : std::nullopt;
        if (!file) {
            if (include.ignore_missing) return;
            fail(piece, "« " + name->text() + " » n’existe pas");
        }
        auto body = std::make_shared<const TextInstructions>(
            Compiler(file->bytes, file->source, loader_, depth_ + 1).run());
        out.push_back({TextInclude{std::move(include), std::move(body)}});
    }

    ex::LocationMapper shifted(const ex::Piece& piece) const {
        return [mapper = mapper_, offset = piece.offset](std::size_t at) {
            return mapper(offset + at);
        };
    }

    [[noreturn]] void fail(const ex::Piece& piece, const std::string& problem) const {
        throw Error(ErrorKind::malformed_input, problem, mapper_(piece.offset), {}, "P0202");
    }

    std::string_view text_;
    std::string source_;
    ex::LocationMapper mapper_;
    const Loader& loader_;
    int depth_;
    int blocks_ = 0;
    std::vector<ex::Piece> pieces_;
    std::size_t at_ = 0;
    ex::Statement ending_ = ex::EndFor{};
};

void append_escaped(std::string& out, std::string_view text) {
    for (char c : text)
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&#34;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += c;
        }
}

void append_html(std::string& out, const ex::Content& content) {
    for (const auto& piece : content.pieces) {
        if (const auto* run = std::get_if<ex::Content::Run>(&piece)) {
            out += std::string(run->bold ? "<b>" : "") + (run->italic ? "<i>" : "");
            append_escaped(out, run->text);
            out += std::string(run->italic ? "</i>" : "") + (run->bold ? "</b>" : "");
            continue;
        }
        const auto& image = std::get<ex::Content::Image>(piece);
        out += "<img src=\"";
        append_escaped(out, ex::to_uri(image.picture));
        out += "\" alt=\"";
        append_escaped(out, image.description);
        out += "\">";
    }
}

class Renderer {
public:
    Renderer(TextMode mode, const ex::Value& data, const ex::Registry& registry,
             const ex::Limits& limits)
        : mode_(mode), scope_(data, limits), registry_(registry) {}

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
            append_escaped(out, text);
        else
            out += text;
    }

    void run(const TextFor& block, std::string& out) {
        ex::ForLoop loop(block.statement, scope_, registry_);
        while (loop.next())
            run(block.body, out);
        if (loop.count() == 0) {
            const ex::Frame frame(scope_);
            run(block.otherwise, out);
        }
    }

    void run(const TextIf& block, std::string& out) {
        for (const auto& branch : block.branches) {
            if (branch.condition && !ex::holds(branch.condition, scope_, registry_)) continue;
            run(branch.body, out);
            return;
        }
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
};

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

TextTemplate compile_text(std::string_view text, const std::string& source, TextMode mode,
                          const Loader& loader) {
    auto program = std::make_shared<TextProgram>();
    program->mode = mode;
    program->source = source;
    program->instructions = Compiler(text, source, loader, 0).run();
    return TextTemplate(std::move(program));
}

std::string render_text(const TextTemplate& compiled, const ex::Value& data,
                        const ex::Registry& registry, const ex::Limits& limits) {
    const TextProgram& program = compiled.program();
    return Renderer(program.mode, data, registry, limits).run(program.instructions);
}

Diagnostics check_text(const TextTemplate& compiled, const ex::Type& data,
                       const ex::Registry& registry) {
    const TextProgram& program = compiled.program();
    Checker checker(data, registry, program.source);
    checker.run(program.instructions);
    return std::move(checker.diagnostics);
}

}  // namespace paraphe::tmpl
