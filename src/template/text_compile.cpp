#include "base/error.hpp"
#include "template/text_program.hpp"

namespace paraphe::tmpl {

namespace {

namespace ex = expression;

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

}  // namespace

TextTemplate compile_text(std::string_view text, const std::string& source, TextMode mode,
                          const Loader& loader) {
    auto program = std::make_shared<TextProgram>();
    program->mode = mode;
    program->source = source;
    program->instructions = Compiler(text, source, loader, 0).run();
    return TextTemplate(std::move(program));
}

}  // namespace paraphe::tmpl
