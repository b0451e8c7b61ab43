#include "json/schema_messages.hpp"

#include <algorithm>
#include <array>

#include "base/utf8.hpp"

namespace paraphe::json::detail {

namespace {

struct Spoken {
    std::string_view name;
    std::string_view words;
};

constexpr std::array words_of_types{
    Spoken{"string", "un texte"},           Spoken{"integer", "un nombre entier"},
    Spoken{"number", "un nombre"},          Spoken{"boolean", "oui ou non (true ou false)"},
    Spoken{"array", "une liste"},           Spoken{"object", "un groupe de champs"},
    Spoken{"null", "aucune valeur (null)"},
};

constexpr std::array words_of_formats{
    Spoken{"date", "une date qui existe, écrite AAAA-MM-JJ, est attendue"},
    Spoken{"date-time",
           "une date avec l'heure et le fuseau est attendue (2026-03-01T09:30:00+01:00)"},
    Spoken{"email", "une adresse électronique est attendue (nom@exemple.fr)"},
    Spoken{"uri", "une adresse complète est attendue (https://…)"},
    Spoken{"iban", "cet IBAN n'est pas valable ; vérifiez chaque caractère"},
    Spoken{"siren", "ce numéro SIREN n'est pas valable ; il a 9 chiffres, vérifiez chacun"},
    Spoken{"siret", "ce numéro SIRET n'est pas valable ; il a 14 chiffres, vérifiez chacun"},
    Spoken{"centimes", "un montant en centimes entiers est attendu (12,50 € s'écrit 1250)"},
    Spoken{"decimal", "un nombre est attendu, avec un point et sans exposant (12.5)"},
};

std::string joined(const std::vector<std::string>& parts) {
    std::string out;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) out += i + 1 == parts.size() ? " ou " : ", ";
        out += parts[i];
    }
    return out;
}

std::string_view words_for(std::string_view type) {
    for (const Spoken& one : words_of_types)
        if (one.name == type) return one.words;
    return type;
}

std::string found_words(const Value& value) {
    switch (value.type()) {
        case Type::null:
            return "rien";
        case Type::boolean:
            return value.as_boolean() ? "oui (true)" : "non (false)";
        case Type::number:
            return "le nombre " + spoken(value);
        case Type::string:
            return "le texte " + spoken(value);
        case Type::array:
            return "une liste";
        case Type::object:
            return "un groupe de champs";
    }
    return {};
}

std::string with_comma(std::string digits) {
    std::replace(digits.begin(), digits.end(), '.', ',');
    return digits;
}

}  // namespace

std::string expected_type(const SchemaNode& node, const Value& found) {
    std::vector<std::string> parts;
    for (const std::string& type : node.types)
        parts.emplace_back(words_for(type));
    const bool feminine =
        parts.size() == 1 && (parts[0].starts_with("une ") || parts[0].starts_with("aucune "));
    return joined(parts) + (feminine ? " est attendue" : " est attendu") + ", pas " +
           found_words(found);
}

std::string expected_format(const std::string& format) {
    for (const Spoken& one : words_of_formats)
        if (one.name == format) return std::string(one.words);
    return "la forme « " + format + " » est attendue";
}

std::string expected_values(const Array& values) {
    constexpr std::size_t shown = 12;
    std::string out =
        values.size() == 1 ? "la seule valeur admise est " : "une de ces valeurs est attendue : ";
    for (std::size_t i = 0; i < std::min(values.size(), shown); ++i) {
        if (i > 0) out += ", ";
        out += spoken(values[i]);
    }
    if (values.size() > shown) out += "…";
    return out;
}

std::string spoken(const Value& value) {
    if (const bool* boolean = value.if_boolean()) return *boolean ? "oui (true)" : "non (false)";
    if (value.is_null()) return "rien (null)";
    if (const Number* number = value.if_number()) return with_comma(number->text());
    std::string text = value.is_string() ? value.as_string() : write(value);
    constexpr std::size_t longest = 60;
    if (utf8::length(text) > longest)
        text = utf8::from_utf32(utf8::to_utf32(text).substr(0, longest)) + "…";
    return "« " + text + " »";
}

std::string spoken_bound(const Number& bound, const SchemaNode& node) {
    if (node.format == "centimes")
        if (const auto exact = bound.to_decimal()) {
            const Decimal euros = *exact / Decimal(100);
            if (euros.scale() && *euros.scale() <= 2) return with_comma(euros.to_string(2)) + " €";
        }
    return with_comma(bound.text());
}

std::string counted(std::int64_t count, const std::string& one, const std::string& several) {
    return std::to_string(count) + " " + (count < 2 ? one : several);
}

}  // namespace paraphe::json::detail
