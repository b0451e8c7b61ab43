#include "odf/condition.hpp"

#include <algorithm>
#include <string>

namespace paraphe::odf {

namespace {

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' '))
        text.remove_prefix(1);
    while (text.ends_with(' '))
        text.remove_suffix(1);
    return text;
}

/// A number or a text in quotes as it is written; empty for anything else.
std::string_view literal(std::string_view text) {
    text = trimmed(text);
    const bool number = !text.empty() && std::all_of(text.begin(), text.end(),
                                                     [](char c) { return c >= '0' && c <= '9'; });
    const bool quoted =
        text.size() >= 2 && text.front() == '"' && text.find('"', 1) + 1 == text.size();
    return number || quoted ? text : std::string_view();
}

}  // namespace

std::optional<bool> settled_condition(std::string_view condition) {
    if (condition.starts_with("ooow:")) condition.remove_prefix(5);
    std::string words(trimmed(condition));
    std::transform(words.begin(), words.end(), words.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (words == "true" || words == "1") return true;
    if (words == "false" || words == "0") return false;
    for (const std::string_view op : {"==", "!=", " eq ", " neq "}) {
        const std::size_t at = condition.find(op);
        if (at == std::string_view::npos) continue;
        const std::string_view left = literal(condition.substr(0, at));
        const std::string_view right = literal(condition.substr(at + op.size()));
        if (left.empty() || right.empty()) return std::nullopt;
        return (left == right) == (op == "==" || op == " eq ");
    }
    return std::nullopt;
}

}  // namespace paraphe::odf
