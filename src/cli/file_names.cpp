#include "cli/file_names.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "expression/scope.hpp"
#include "expression/statement.hpp"
#include "rules/functions.hpp"

namespace paraphe::cli {

namespace {

void require_name(const std::string& printed, bool begins, const std::string& pattern) {
    const auto refuse = [&](const std::string& problem) {
        throw Error(ErrorKind::malformed_input, "the file name " + pattern + " " + problem, {},
                    "name the files by a field that is a plain word, such as a reference",
                    "file_name");
    };
    if (printed.empty()) refuse("gets an empty value");
    if (std::any_of(printed.begin(), printed.end(), [](char c) {
            const auto octet = static_cast<unsigned char>(c);
            return c == '/' || c == '\\' || octet < 0x20 || octet == 0x7F;
        }))
        refuse("gets \"" + printed + "\", which would change the folder or is not printable");
    if (begins && printed.front() == '.') refuse("would begin with a dot: \"" + printed + "\"");
}

}  // namespace

FileName::FileName(const std::string& pattern) : pattern_(pattern) {
    const auto mapper = expression::plain_location("-o", pattern);
    for (const expression::Piece& piece : expression::split_template(pattern, mapper)) {
        switch (piece.kind) {
            case expression::Piece::Kind::text:
                pieces_.push_back({piece.text, {}});
                break;
            case expression::Piece::Kind::output:
                pieces_.push_back({{}, expression::parse_output(piece.text)});
                varies_ = true;
                break;
            case expression::Piece::Kind::statement:
                throw Error(ErrorKind::malformed_input,
                            "a file name takes {{ … }}, no {% … %}: " + pattern, {},
                            "write for example out/{{ reference }}.odt", "file_name");
        }
    }
}

std::string FileName::of(const expression::Value& record) const {
    expression::Scope scope(record);
    std::string out;
    for (const Piece& piece : pieces_) {
        if (!piece.value) {
            out += piece.text;
            continue;
        }
        const std::string printed = expression::print(piece.value, scope, rules::registry());
        require_name(printed, out.empty() || out.back() == '/', pattern_);
        out += printed;
    }
    return out;
}

}  // namespace paraphe::cli
