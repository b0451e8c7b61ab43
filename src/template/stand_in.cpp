#include "template/stand_in.hpp"

#include <string>
#include <vector>

namespace paraphe::tmpl {

namespace {

constexpr std::string_view blanks = " \t\r\n";

/// The words before `end`, without commas and brackets; at least one.
std::vector<std::string> names_before(std::string_view end, std::string_view content) {
    std::vector<std::string> out;
    std::string name;
    for (char c : std::string(content.substr(0, content.find(end))) + ",") {
        if (c != ',' && c != '(' && c != ')' && blanks.find(c) == std::string_view::npos) {
            name += c;
        } else if (!name.empty()) {
            out.push_back(std::move(name));
            name.clear();
        }
    }
    if (out.empty()) out.emplace_back("_");
    return out;
}

}  // namespace

std::optional<expression::Statement> stand_in(std::string_view content) {
    const auto start = content.find_first_not_of(blanks);
    if (start == std::string_view::npos) return std::nullopt;
    content.remove_prefix(start);
    const auto word = content.substr(0, content.find_first_of(blanks));
    content.remove_prefix(word.size());
    // Whether it holds must stay open: the checker reads on.
    if (word == "if") return expression::If{expression::parse("[] | length")};
    if (word == "elif") return expression::Elif{expression::parse("[] | length")};
    if (word == "else") return expression::Else{};
    if (word == "with") return expression::With{};
    if (word == "endfor") return expression::EndFor{};
    if (word == "endif") return expression::EndIf{};
    if (word == "endset") return expression::EndSet{};
    if (word == "endwith") return expression::EndWith{};
    if (word == "for") {
        expression::For out;
        out.targets = names_before(" in ", content);
        out.iterable = expression::parse("[]");
        return out;
    }
    if (word == "set") {
        expression::Set out;
        const bool block = content.find('=') == std::string_view::npos;
        out.targets = names_before(block ? "|" : "=", content);
        if (!block) out.value = expression::parse("[] | first");
        return out;
    }
    return std::nullopt;
}

}  // namespace paraphe::tmpl
