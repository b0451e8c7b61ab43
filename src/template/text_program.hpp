#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "expression/statement.hpp"
#include "template/program.hpp"
#include "template/template.hpp"

/// What compile_text() makes and render_text() runs; private to template/.
namespace paraphe::tmpl {

struct TextInstruction;
using TextInstructions = std::vector<TextInstruction>;

struct Words {
    std::string text;
};
struct TextOutput {
    expression::Expression expression;
};
struct TextFor {
    expression::For statement;
    TextInstructions body, otherwise;
    PlacePtr place;
};
struct TextIf {
    struct Branch {
        expression::Expression condition;  ///< empty: else
        TextInstructions body;
        PlacePtr place;
    };
    std::vector<Branch> branches;
};
struct TextSet {
    expression::Set statement;
};
struct TextSetBlock {
    expression::Set statement;
    TextInstructions body;
};
struct TextWith {
    expression::With statement;
    TextInstructions body;
};
struct TextInclude {
    expression::Include statement;
    std::shared_ptr<const TextInstructions> body;
    PlacePtr place;
};

struct TextInstruction {
    std::variant<Words, TextOutput, TextFor, TextIf, TextSet, TextSetBlock, TextWith, TextInclude>
        content;
};

struct TextProgram {
    TextMode mode = TextMode::plain;
    std::string source;
    TextInstructions instructions;
};

/// Compiles what can be; the rest is in `diagnostics`, by place.
std::shared_ptr<const TextProgram> read_text(std::string_view text, const std::string& source,
                                             TextMode, const Loader&, Diagnostics& diagnostics);

}  // namespace paraphe::tmpl
