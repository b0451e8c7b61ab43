#include "template/conditional_field.hpp"

#include <algorithm>

#include "odf/odf.hpp"

namespace paraphe::tmpl {

namespace {

const odf::Name conditional("text:conditional-text"), hidden_text("text:hidden-text");

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

bool is_conditional_field(const odf::Element& element) {
    return element.name == conditional || element.name == hidden_text;
}

ConditionalField::ConditionalField(const odf::Element& element)
    : shown(odf::plain_text(element)), hidden(element.name == hidden_text) {
    static const odf::Name yes("text:string-value-if-true"), no("text:string-value-if-false"),
        value("text:string-value"), condition("text:condition");
    if_true = element.attribute_or_empty(hidden ? value : yes);
    if_false = element.attribute_or_empty(no);
    const auto holds = settled_condition(element.attribute_or_empty(condition));
    settled = !hidden && holds && shown == (*holds ? if_true : if_false);
}

}  // namespace paraphe::tmpl
