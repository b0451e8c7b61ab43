#pragma once

#include <string>
#include <vector>

#include "expression/expression.hpp"
#include "expression/value.hpp"

namespace paraphe::cli {

/// The name of an output with tags in it, one file for each record: "out/{{ reference }}.odt".
class FileName {
public:
    /// Throws Error{malformed_input} for a tag that is none, and for statements.
    explicit FileName(const std::string& pattern);

    bool varies() const { return varies_; }
    /// Data fill names, never folders: throws Error{malformed_input} for a value that is empty or
    /// holds "/", "\" or a control character, or that would begin a name with ".".
    std::string of(const expression::Value& record) const;

private:
    struct Piece {
        std::string text;
        expression::Expression value;  ///< empty: text
    };
    std::string pattern_;
    std::vector<Piece> pieces_;
    bool varies_ = false;
};

}  // namespace paraphe::cli
