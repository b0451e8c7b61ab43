#include <algorithm>

#include "base/error.hpp"
#include "template/limits.hpp"
#include "template/stand_in.hpp"
#include "template/text_program.hpp"

namespace paraphe::tmpl {

namespace {

namespace ex = expression;

template <typename T>
bool is(const ex::Statement& statement) {
    return std::holds_alternative<T>(statement);
}

bool divides(const ex::Statement& statement) {
    return is<ex::Elif>(statement) || is<ex::Else>(statement);
}

bool closes(const ex::Statement& statement) {
    return is<ex::EndFor>(statement) || is<ex::EndIf>(statement) || is<ex::EndSet>(statement) ||
           is<ex::EndWith>(statement) || is<ex::EndRaw>(statement);
}

std::string tag_of(const ex::Statement& statement) {
    return "{% " + std::string(ex::keyword(statement)) + " %}";
}

/// What the compilation of a text shares with those of the texts that it includes.
struct Reading {
    const Loader& loader;
    Diagnostics& diagnostics;
    std::size_t includes = 0;
};

class Compiler {
public:
    Compiler(std::string_view text, std::string source, Reading& reading, std::size_t depth)
        : text_(text),
          mapper_(ex::plain_location(std::move(source), text)),
          reading_(reading),
          depth_(depth) {}

    TextInstructions run() {
        parse();
        return list();
    }

private:
    /// Written text (neither of the two), or what a tag says.
    struct Part {
        ex::Piece piece;
        std::optional<ex::Expression> output;
        std::optional<ex::Statement> statement;
    };
    /// A block whose end is still to come.
    struct Block {
        const Part* opener;
        ex::Statement end;
        bool elifs = false, elses = false;  ///< that it can still take
    };

    // --- tags -----------------------------------------------------------------------------------

    /// Every tag by itself. One with a mistake is left out, or stands for what it would open.
    void parse() {
        std::vector<Error> unclosed;
        for (ex::Piece& piece : ex::split_template(text_, mapper_, &unclosed)) {
            Part part{std::move(piece), {}, {}};
            const auto mapper = [whole = mapper_, offset = part.piece.offset](std::size_t at) {
                return whole(offset + at);
            };
            try {
                if (part.piece.kind == ex::Piece::Kind::output)
                    part.output = ex::parse_output(part.piece.text, mapper);
                if (part.piece.kind == ex::Piece::Kind::statement)
                    part.statement = ex::parse_statement(part.piece.text, mapper);
            } catch (const Error& error) {
                if (part.piece.closed)
                    reading_.diagnostics.push_back(diagnostic_at(place_of(part), error));
                if (part.piece.kind == ex::Piece::Kind::statement)
                    part.statement = stand_in(part.piece.text);
                if (!part.statement) continue;
            }
            parts_.push_back(std::move(part));
        }
        for (const Error& error : unclosed)
            reading_.diagnostics.push_back(diagnostic_at(Place{}, error));
    }

    Place place_of(const Part& part) const {
        const auto mark = [&](std::size_t at) { return text_[at] == '-' || text_[at] == '+'; };
        const std::size_t content = part.piece.offset, after = content + part.piece.text.size();
        const std::size_t begin = content - (mark(content - 1) ? 3 : 2);
        std::size_t end = after;
        if (part.piece.closed) end += mark(after) ? 3 : 2;
        return {mapper_(content), {}, std::string(text_.substr(begin, end - begin))};
    }

    PlacePtr shared_place_of(const Part& part) const {
        return std::make_shared<const Place>(place_of(part));
    }

    void fault(const Part& part, const char* code, const std::string& problem,
               const std::string& remedy) {
        reading_.diagnostics.push_back(diagnostic_at(place_of(part), code, problem, remedy));
    }

    // --- blocks ---------------------------------------------------------------------------------

    /// Reads on until the statement that divides or ends the innermost block, which then stands in
    /// `ending_`. A block that is never closed ends where one around it does.
    TextInstructions list() {
        TextInstructions out;
        while (at_ < parts_.size()) {
            Part& part = parts_[at_++];
            if (part.output) {
                out.push_back({TextOutput{std::move(*part.output)}});
            } else if (!part.statement) {
                out.push_back({Words{std::move(part.piece.text)}});
            } else if (!divides(*part.statement) && !closes(*part.statement)) {
                add(part, out);
            } else if (belongs(part)) {
                ending_ = std::move(*part.statement);
                return out;
            } else if (closes_outer(*part.statement)) {
                --at_;
                break;
            }
        }
        if (!blocks_.empty()) {
            const Block& block = blocks_.back();
            if (!abandoned_)
                fault(*block.opener, "P0202", "ce bloc n’est jamais fermé",
                      "ajoutez " + tag_of(block.end) + " à la fin du passage");
            ending_ = block.end;
        }
        return out;
    }

    /// Does this divider or end belong to the innermost block? Tells what is wrong if to none.
    bool belongs(const Part& part) {
        const ex::Statement& statement = *part.statement;
        Block* block = blocks_.empty() ? nullptr : &blocks_.back();
        if (divides(statement)) {
            if (block != nullptr && (is<ex::Else>(statement) ? block->elses : block->elifs)) {
                if (is<ex::Else>(statement)) block->elses = block->elifs = false;
                return true;
            }
            if (block != nullptr && (is<ex::EndIf>(block->end) ||
                                     (is<ex::EndFor>(block->end) && is<ex::Else>(statement))))
                fault(part, "P0202", "rien ne peut suivre {% else %} dans ce bloc",
                      "supprimez une branche");
            else
                fault(part, "P0202", "cette balise n’est dans aucun bloc",
                      "ajoutez {% if … %} avant elle");
            return false;
        }
        if (block != nullptr && block->end.index() == statement.index()) return true;
        if (!closes_outer(statement))
            fault(part, "P0202", "cette balise ne ferme aucun bloc ouvert ici",
                  block == nullptr ? "ouvrez le bloc avant, ou supprimez cette balise"
                                   : "fermez d’abord « " + place_of(*block->opener).quote +
                                         " » par " + tag_of(block->end));
        return false;
    }

    bool closes_outer(const ex::Statement& statement) const {
        return std::any_of(blocks_.begin(), blocks_.end(), [&](const Block& block) {
            return block.end.index() == statement.index();
        });
    }

    void open(Block block) {
        if (blocks_.size() == max_block_nesting && !abandoned_) {
            fault(*block.opener, "P0215",
                  "les blocs s’emboîtent au-delà de " + std::to_string(max_block_nesting) +
                      " niveaux",
                  "fermez les blocs dès que leur passage finit");
            abandoned_ = true;
            at_ = parts_.size();
        }
        blocks_.push_back(std::move(block));
    }

    void add(Part& part, TextInstructions& out) {
        if (auto* loop = std::get_if<ex::For>(&*part.statement)) {
            TextFor block{std::move(*loop), {}, {}, shared_place_of(part)};
            open({&part, ex::EndFor{}, false, true});
            block.body = list();
            if (is<ex::Else>(ending_)) block.otherwise = list();
            blocks_.pop_back();
            out.push_back({std::move(block)});
        } else if (auto* condition = std::get_if<ex::If>(&*part.statement)) {
            TextIf block;
            block.branches.push_back({std::move(condition->condition), {}, shared_place_of(part)});
            open({&part, ex::EndIf{}, true, true});
            block.branches.back().body = list();
            while (divides(ending_)) {
                auto* other = std::get_if<ex::Elif>(&ending_);
                block.branches.push_back({other ? std::move(other->condition) : ex::Expression(),
                                          {},
                                          shared_place_of(parts_[at_ - 1])});
                block.branches.back().body = list();
            }
            blocks_.pop_back();
            out.push_back({std::move(block)});
        } else if (auto* set = std::get_if<ex::Set>(&*part.statement); set && set->value) {
            out.push_back({TextSet{std::move(*set)}});
        } else if (set) {
            TextSetBlock block{std::move(*set), {}};
            open({&part, ex::EndSet{}});
            block.body = list();
            blocks_.pop_back();
            out.push_back({std::move(block)});
        } else if (auto* with = std::get_if<ex::With>(&*part.statement)) {
            TextWith block{std::move(*with), {}};
            open({&part, ex::EndWith{}});
            block.body = list();
            blocks_.pop_back();
            out.push_back({std::move(block)});
        } else if (auto* include = std::get_if<ex::Include>(&*part.statement)) {
            add_include(*include, part, out);
        }
    }

    // --- includes -------------------------------------------------------------------------------

    void add_include(ex::Include& include, const Part& part, TextInstructions& out) {
        const auto name = include.name.literal();
        if (!name || !name->is_text())
            return fault(part, "P0204", "le nom inclus doit être écrit entre guillemets",
                         "écrivez {% include \"messages/…\" %}");
        if (depth_ >= max_clause_nesting)
            return fault(part, "P0204", "les inclusions vont au-delà de huit niveaux",
                         "réunissez des textes");
        if (++reading_.includes > max_includes) {
            if (reading_.includes == max_includes + 1)
                fault(
                    part, "P0214",
                    "le texte en inclut d’autres plus de " + std::to_string(max_includes) + " fois",
                    "mettez la balise dans une boucle {% for %}, ou réunissez des textes");
            return;
        }
        const auto file = reading_.loader ? reading_.loader(name->text()) : std::nullopt;
        if (!file) {
            if (include.ignore_missing) return;
            return fault(part, "P0204", "« " + name->text() + " » n’existe pas",
                         "vérifiez son nom dans le dossier des modèles");
        }
        auto body = std::make_shared<const TextInstructions>(
            Compiler(file->bytes, file->source, reading_, depth_ + 1).run());
        out.push_back({TextInclude{std::move(include), std::move(body), shared_place_of(part)}});
    }

    std::string_view text_;
    ex::LocationMapper mapper_;
    Reading& reading_;
    std::size_t depth_;
    std::vector<Part> parts_;
    std::size_t at_ = 0;
    std::vector<Block> blocks_;
    bool abandoned_ = false;  ///< blocks too deep: nothing more is said about them
    ex::Statement ending_ = ex::EndFor{};
};

}  // namespace

std::shared_ptr<const TextProgram> read_text(std::string_view text, const std::string& source,
                                             TextMode mode, const Loader& loader,
                                             Diagnostics& diagnostics) {
    auto program = std::make_shared<TextProgram>();
    program->mode = mode;
    program->source = source;
    Reading reading{loader, diagnostics};
    program->instructions = Compiler(text, source, reading, 0).run();
    sort_by_place(diagnostics, source);
    // A text that is included twice has each mistake once.
    diagnostics.erase(std::unique(diagnostics.begin(), diagnostics.end()), diagnostics.end());
    return program;
}

CompiledText compile_text(std::string_view text, const std::string& source, TextMode mode,
                          const Loader& loader) {
    CompiledText out;
    TextTemplate made(read_text(text, source, mode, loader, out.diagnostics));
    if (out.diagnostics.empty()) out.result = std::move(made);
    return out;
}

TextTemplate compile_text_or_throw(std::string_view text, const std::string& source, TextMode mode,
                                   const Loader& loader) {
    CompiledText compiled = compile_text(text, source, mode, loader);
    if (compiled.result) return *compiled.result;
    const Diagnostic& first = compiled.diagnostics.front();
    throw Error(ErrorKind::malformed_input, first.message, first.where, first.remedy, first.code);
}

}  // namespace paraphe::tmpl
