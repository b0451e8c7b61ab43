#include "expression/registry.hpp"

#include <algorithm>

#include "expression/operations.hpp"

namespace paraphe::expression {

namespace {

std::string_view noun(Role role) {
    switch (role) {
        case Role::function:
            return "la fonction";
        case Role::filter:
            return "le filtre";
        case Role::test:
            return "le test";
        case Role::method:
            return "la méthode";
    }
    return "";
}

std::string_view genitive(Role role) {
    switch (role) {
        case Role::function:
            return "de la fonction";
        case Role::filter:
            return "du filtre";
        case Role::test:
            return "du test";
        case Role::method:
            return "de la méthode";
    }
    return "";
}

/// As it is written in an expression.
std::string literal(const Value& value) {
    if (value.is_text()) return "'" + value.text() + "'";
    if (value.is(Kind::boolean)) return value.boolean() ? "true" : "false";
    return to_text(value);
}

std::string quoted(const std::string& name) {
    return "« " + name + " »";
}

/// What stands before the parentheses is not counted as an argument.
std::size_t subject(const Entry& entry) {
    return entry.role == Role::function ? 0 : 1;
}

void check_kind(const Entry& entry, std::size_t i, const Value& value) {
    const Parameter& parameter = entry.parameters[std::min(i, entry.parameters.size() - 1)];
    if (parameter.type.may_be(value.kind())) return;
    if (value.is_undefined()) throw_undefined(value);
    const std::string who =
        std::string(i < subject(entry) ? noun(entry.role) : genitive(entry.role)) + " " +
        quoted(entry.name);
    const std::string expected =
        parameter.type.description() + ", pas " + std::string(name(value.kind()));
    const bool bare = parameter.type.may_be(Kind::money) && value.is_number();
    const std::string remedy = bare ? "écrivez le montant par « montant(12.50) »" : "";
    if (i < subject(entry)) fail(who + " attend " + expected, remedy, bare ? "P0108" : "P0103");
    fail("l'argument " + quoted(parameter.name) + " " + who + " est " + expected, remedy,
         bare ? "P0108" : "P0103");
}

}  // namespace

std::string Deduction::text(std::size_t i) const {
    if (i >= literals.size() || !literals[i] || !literals[i]->is_text()) return {};
    return literals[i]->text();
}

void Registry::add(Entry entry) {
    for (Parameter& parameter : entry.parameters)
        if (parameter.standard) parameter.optional = true;
    auto& same_name = entries_[static_cast<std::size_t>(entry.role)][entry.name];
    if (!same_name.empty() && entry.role != Role::method)
        throw Error(ErrorKind::internal, "the registry already has " + entry.name);
    same_name.push_back(std::move(entry));
}

void Registry::alias(Role role, std::string_view name, std::string other) {
    const Entry* entry = find(role, name);
    if (!entry) throw Error(ErrorKind::internal, "no entry to alias: " + std::string(name));
    Entry copy = *entry;
    copy.documentation = "Autre nom de `" + copy.name + "`.";
    copy.name = std::move(other);
    add(std::move(copy));
}

const Entry* Registry::find(Role role, std::string_view name) const {
    const auto& table = entries_[static_cast<std::size_t>(role)];
    const auto found = table.find(name);
    return found == table.end() ? nullptr : &found->second.front();
}

const Entry* Registry::method(Kind receiver, std::string_view name) const {
    const auto& table = entries_[static_cast<std::size_t>(Role::method)];
    const auto found = table.find(name);
    if (found == table.end()) return nullptr;
    for (const Entry& entry : found->second)
        if (entry.parameters.front().type.may_be(receiver)) return &entry;
    return nullptr;
}

std::vector<std::string> Registry::names(Role role) const {
    std::vector<std::string> out;
    for (const auto& [name, entries] : entries_[static_cast<std::size_t>(role)])
        out.push_back(name);
    return out;
}

Value Registry::call(const Entry& entry, std::vector<Value> positional,
                     std::vector<std::pair<std::string, Value>> named, Scope& scope) const {
    const std::size_t count = entry.parameters.size();
    const std::size_t given = positional.size();
    if (given > count && !entry.variadic)
        fail(std::string(noun(entry.role)) + " " + quoted(entry.name) + " " +
                 (count == subject(entry)
                      ? std::string("ne prend aucun argument")
                      : "prend au plus " + std::to_string(count - subject(entry)) +
                            (count - subject(entry) == 1 ? " argument" : " arguments")) +
                 ", pas " + std::to_string(given - subject(entry)),
             {}, "P0104");
    std::vector<Value> values = std::move(positional);
    if (values.size() < count) values.resize(count);
    std::vector<std::pair<std::string, Value>> rest;
    std::vector<bool> is_given(std::max(values.size(), count), false);
    std::fill_n(is_given.begin(), given, true);
    for (auto& [keyword, value] : named) {
        const auto parameter = std::find_if(
            entry.parameters.begin() + static_cast<std::ptrdiff_t>(subject(entry)),
            entry.parameters.end(),
            [&wanted = keyword](const Parameter& each) { return each.name == wanted; });
        if (parameter == entry.parameters.end()) {
            if (!entry.open_keywords)
                fail("l'argument " + quoted(keyword) + " " + std::string(genitive(entry.role)) +
                         " " + quoted(entry.name) + " n'existe pas",
                     {}, "P0104");
            require(value);
            rest.emplace_back(std::move(keyword), std::move(value));
            continue;
        }
        const auto i = static_cast<std::size_t>(parameter - entry.parameters.begin());
        if (is_given[i])
            fail("l'argument " + quoted(keyword) + " " + std::string(genitive(entry.role)) + " " +
                     quoted(entry.name) + " est donné deux fois",
                 {}, "P0104");
        values[i] = std::move(value);
        is_given[i] = true;
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
        const bool listed = i < count;
        if (!is_given[i]) {
            const Parameter& parameter = entry.parameters[i];
            if (!parameter.optional)
                fail("il manque l'argument " + quoted(parameter.name) + " " +
                         std::string(genitive(entry.role)) + " " + quoted(entry.name),
                     {}, "P0104");
            if (parameter.standard) values[i] = *parameter.standard;
            continue;
        }
        if (i == 0 && entry.accepts_undefined && values[0].is_undefined()) continue;
        if (values[i].is_undefined()) throw_undefined(values[i]);
        // none for an optional argument means that it is left out.
        if (listed && values[i].is_none() && entry.parameters[i].optional &&
            !entry.parameters[i].type.may_be(Kind::none)) {
            values[i] = entry.parameters[i].standard.value_or(Value());
            continue;
        }
        if (count > 0) check_kind(entry, i, values[i]);
    }
    const Arguments arguments(std::move(values), std::move(rest), scope, *this);
    if (entry.implementation) return entry.implementation(arguments);
    if (const Function* provided = scope.provided(entry.name)) return (*provided)(arguments);
    fail(std::string(noun(entry.role)) + " " + quoted(entry.name) + " n'est pas disponible ici", {},
         "P0105");
}

std::string Registry::markdown(Role role) const {
    std::string out = "| nom | donne | |\n|---|---|---|\n";
    for (const auto& [name, entries] : entries_[static_cast<std::size_t>(role)]) {
        for (const Entry& entry : entries) {
            std::string arguments;
            for (std::size_t i = subject(entry); i < entry.parameters.size(); ++i) {
                const Parameter& parameter = entry.parameters[i];
                if (!arguments.empty()) arguments += ", ";
                arguments += parameter.name;
                if (parameter.standard && !parameter.standard->is_none())
                    arguments += "=" + literal(*parameter.standard);
                else if (parameter.optional)
                    arguments += "?";
            }
            if (entry.variadic) arguments += arguments.empty() ? "…" : ", …";
            const bool bare = arguments.empty() && role != Role::function && role != Role::method;
            out += "| `" + name + (bare ? "" : "(" + arguments + ")") + "` | " +
                   entry.result.description() + " | " + entry.documentation + " |\n";
        }
    }
    return out;
}

}  // namespace paraphe::expression
