#include "loan.hpp"

#include <array>
#include <set>

#include "base/date.hpp"
#include "measure.hpp"

namespace paraphe::bench {

const char* const loan_schema = R"json({
    "type": "object",
    "properties": {
        "pret": {"type": "object", "properties": {
            "reference": {"type": "string"}, "lieu": {"type": "string"},
            "date": {"type": "string", "format": "date"},
            "montant": {"type": "integer", "format": "centimes"},
            "total": {"type": "integer", "format": "centimes"},
            "mensualite": {"type": "integer", "format": "centimes"},
            "taux": {"type": "string"}, "taeg": {"type": "string"}}},
        "preteur": {"type": "object"},
        "emprunteur": {"type": "object", "properties": {
            "civilite": {"type": "string"}, "prenom": {"type": "string"}, "nom": {"type": "string"},
            "naissance": {"type": "string", "format": "date"},
            "lieu_naissance": {"type": "string"}, "profession": {"type": "string"},
            "adresse": {"type": "string"}}},
        "conseiller": {"type": "object"},
        "echeances": {"type": "array", "items": {"type": "object", "properties": {
            "numero": {"type": "integer"}, "date": {"type": "string", "format": "date"},
            "mensualite": {"type": "integer", "format": "centimes"},
            "interets": {"type": "integer", "format": "centimes"},
            "capital": {"type": "integer", "format": "centimes"},
            "reste": {"type": "integer", "format": "centimes"}}}}
    }
})json";

namespace {

template <std::size_t size>
std::string pick(const std::array<const char*, size>& words, int number) {
    return words[static_cast<std::size_t>(number) % size];
}

constexpr std::array towns{"Évry-Courcouronnes", "Rouen", "Saint-Étienne-du-Rouvray", "Elbeuf",
                           "Corbeil-Essonnes"};
constexpr std::array names{"Castañeda", "N’Guyen-Lefèvre", "D’Aubigné", "Saint-Ève",
                           "Côté",      "Anquetil-Diaw",   "Exemple"};
constexpr std::array first_names{"Joëlle", "Rémi", "Maëlys-Ségolène", "Noémie", "Camille"};
constexpr std::array trades{"menuisier", "soignante à domicile", "technicien de maintenance",
                            "livreur"};

}  // namespace

json::Value loan(int variant, int months) {
    const std::int64_t amount = 900'000 + variant * 1'937;
    const std::int64_t payment = amount * 1037 / 1000 / months;
    const Date start = Date(2026, 1, 14).plus_days(variant);
    json::Array rows;
    std::int64_t rest = amount, total = 0;
    for (int month = 1; month <= months; ++month) {
        const std::int64_t interest = rest * 20 / 10'000 * 36 / months;
        const std::int64_t capital = month == months ? rest : payment - interest;
        rest -= capital;
        total += capital + interest;
        rows.push_back(json::Object{{"numero", month},
                                    {"date", start.plus_months(month).to_string()},
                                    {"mensualite", capital + interest},
                                    {"interets", interest},
                                    {"capital", capital},
                                    {"reste", rest}});
    }
    const std::string number = std::to_string(variant);
    return json::Object{
        {"pret", json::Object{{"reference", text("PR-2026-%05d", variant)},
                              {"lieu", pick(towns, variant)},
                              {"date", start.to_string()},
                              {"montant", amount},
                              {"total", total},
                              {"mensualite", payment},
                              {"taux", text("2,%02d", 10 + variant % 80)},
                              {"taeg", text("2,%02d", 13 + variant % 80)}}},
        {"preteur", json::Object{{"nom", "Association Logis-Passerelle n° " + number},
                                 {"siege", number + ", place des Terrasses, 91000 " +
                                               pick(towns, variant + 1)},
                                 {"siret", text("412 873 559 %05d", variant)},
                                 {"signataire", "Madame " + pick(first_names, variant + 1) + " " +
                                                    pick(names, variant + 2)}}},
        {"emprunteur",
         json::Object{{"civilite", variant % 2 == 0 ? "Madame" : "Monsieur"},
                      {"prenom", pick(first_names, variant)},
                      {"nom", pick(names, variant)},
                      {"naissance", Date(1970, 3, 1).plus_days(variant * 17).to_string()},
                      {"lieu_naissance", pick(towns, variant + 2)},
                      {"profession", pick(trades, variant)},
                      {"adresse", number + ", allée des Érables, 91000 " + pick(towns, variant)}}},
        {"conseiller",
         json::Object{
             {"nom", "Madame " + pick(first_names, variant + 3) + " " + pick(names, variant + 4)},
             {"telephone", text("01 60 00 %02d %02d", variant / 100 % 100, variant % 100)}}},
        {"echeances", std::move(rows)}};
}

namespace {

json::Value in_euros(const std::string& name, const json::Value& value) {
    if (const auto* object = value.if_object()) {
        json::Object out;
        for (const json::Member& member : *object)
            out.set(member.key, in_euros(member.key, member.value));
        return out;
    }
    if (const auto* array = value.if_array()) {
        json::Array out;
        for (const json::Value& item : *array)
            out.push_back(in_euros(name, item));
        return out;
    }
    static const std::set<std::string> amounts{"montant",  "total",   "mensualite",
                                               "interets", "capital", "reste"};
    if (!amounts.contains(name)) return value;
    const std::int64_t cents = value.as_int64();
    return *json::Number::parse(std::to_string(cents / 100) + text(".%02d", int(cents % 100)));
}

}  // namespace

json::Value peer_loan(int variant) {
    json::Value out = in_euros("", loan(variant));
    out.as_object().find("pret")->as_object().set("montant_lettres", "neuf mille euros");
    return out;
}

}  // namespace paraphe::bench
