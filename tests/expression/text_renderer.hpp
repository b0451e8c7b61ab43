#pragma once

#include <string>
#include <variant>
#include <vector>

#include "expression/expression.hpp"
#include "expression/statement.hpp"

/// A minimal renderer of plain templates for tests: pieces are run where they stand, a body again
/// for each turn. Includes come from a map of the test.
namespace paraphe::expression::testing {

class TextRenderer {
public:
    TextRenderer(std::string_view text, Scope& scope) : scope_(scope) {
        for (Piece& piece : split_template(text)) {
            Part part;
            part.piece = std::move(piece);
            if (part.piece.kind == Piece::Kind::output)
                part.output = parse_output(part.piece.text);
            else if (part.piece.kind == Piece::Kind::statement)
                part.statement = parse_statement(part.piece.text);
            parts_.push_back(std::move(part));
        }
    }

    std::string run() {
        const std::size_t end = block(0, true);
        if (end != parts_.size()) throw Error(ErrorKind::malformed_input, "stray closing tag");
        return out_;
    }

private:
    struct Part {
        Piece piece;
        Expression output;
        Statement statement = Else{};
    };

    template <class T>
    const T* at(std::size_t i) const {
        return parts_[i].piece.kind == Piece::Kind::statement ? std::get_if<T>(&parts_[i].statement)
                                                              : nullptr;
    }

    /// Runs (or skips) from `i` to the tag that closes the block; gives that tag's place.
    std::size_t block(std::size_t i, bool live) {
        while (i < parts_.size()) {
            const Part& part = parts_[i];
            if (part.piece.kind == Piece::Kind::text) {
                if (live) out_ += part.piece.text;
                ++i;
            } else if (part.piece.kind == Piece::Kind::output) {
                if (live) out_ += print(part.output, scope_, standard_registry());
                ++i;
            } else if (const auto* loop = at<For>(i)) {
                i = for_block(*loop, i + 1, live);
            } else if (at<If>(i)) {
                i = if_block(i, live);
            } else if (const auto* set = at<Set>(i)) {
                i = set_block(*set, i + 1, live);
            } else if (const auto* with = at<With>(i)) {
                if (live) open(*with, scope_, standard_registry());
                i = block(i + 1, live) + 1;
                if (live) scope_.pop();
            } else {
                return i;
            }
        }
        return i;
    }

    std::size_t for_block(const For& statement, std::size_t body, bool live) {
        std::size_t end = parts_.size();
        bool ran = false;
        if (live)
            for (ForLoop loop(statement, scope_, standard_registry()); loop.next();) {
                ran = true;
                end = block(body, true);
            }
        if (!ran) end = block(body, false);
        if (end < parts_.size() && at<Else>(end)) {
            scope_.push();
            end = block(end + 1, live && !ran);
            scope_.pop();
        }
        return end + 1;
    }

    std::size_t if_block(std::size_t i, bool live) {
        bool done = false;
        while (true) {
            bool take = live && !done;
            if (take) {
                if (const auto* first = at<If>(i))
                    take = holds(first->condition, scope_, standard_registry());
                else if (const auto* other = at<Elif>(i))
                    take = holds(other->condition, scope_, standard_registry());
            }
            done = done || take;
            i = block(i + 1, take);
            if (i >= parts_.size() || at<EndIf>(i)) return i + 1;
        }
    }

    std::size_t set_block(const Set& set, std::size_t body, bool live) {
        if (set.value) {
            if (live) execute(set, scope_, standard_registry());
            return body;
        }
        std::string before = std::move(out_);
        out_.clear();
        if (live) scope_.push();
        const std::size_t end = block(body, live);
        if (live) scope_.pop();
        if (live) execute(set, std::move(out_), scope_, standard_registry());
        out_ = std::move(before);
        return end + 1;
    }

    Scope& scope_;
    std::vector<Part> parts_;
    std::string out_;
};

}  // namespace paraphe::expression::testing
