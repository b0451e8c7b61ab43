#include <doctest/doctest.h>

#include "base/random.hpp"
#include "expression/check.hpp"
#include "expression/expression.hpp"
#include "expression/text_renderer.hpp"

using namespace paraphe;
using namespace paraphe::expression;

namespace {

std::string run(std::string_view text, Value data = {}) {
    Scope scope(std::move(data));
    return print(parse(text), scope, standard_registry());
}

std::string failure(std::string_view text, Value data = {}) {
    try {
        return "no error: " + run(text, std::move(data));
    } catch (const Error& error) {
        return error.code() + " " + error.what();
    }
}

Value map(std::vector<Map::Entry> entries) {
    return Map(std::move(entries));
}

}  // namespace

TEST_CASE("arithmetic is exact and has Python's precedence") {
    CHECK(run("1 + 2 * 3") == "7");
    CHECK(run("0.1 + 0.2") == "0.3");
    CHECK(run("7 // 2 ~ '/' ~ -7 // 2 ~ '/' ~ -7 % 3") == "3/-4/2");
    CHECK(run("2 ** 3 ** 2") == "64");
    CHECK(run("-2 ** 2") == "4");
    CHECK(run("10 / 4") == "2.5");
    CHECK(run("1 / 3 * 3") == "1");
    CHECK(run("1 < 2 <= 2 < 3") == "oui");
    CHECK(run("not 1 == 2 and 3 in [1, 3]") == "oui");
}

TEST_CASE("what cannot be printed exactly names round") {
    CHECK(
        failure("1 / 3") ==
        "P0113 1:3: ce quotient ne s'écrit pas avec un nombre fini de décimales; arrondissez-le : "
        "« | round(2) »");
    CHECK(failure("montant(10) / 3") ==
          "P0113 1:13: ce montant a une fraction de centime; arrondissez-le : « | round(2) »");
    CHECK(run("(montant(10) / 3) | round(2)") == "3,33\u00a0€");
    CHECK(run("(montant(10) / 3) | round") == "3,33\u00a0€");
}

TEST_CASE("integers overflow as an error") {
    CHECK(failure("9223372036854775807 + 1") ==
          "P0111 1:21: le nombre entier dépasse 64 bits; employez des nombres plus petits");
    CHECK(failure("2 ** 64") ==
          "P0111 1:3: le nombre entier dépasse 64 bits; employez des nombres plus petits");
    CHECK(run("-9223372036854775807 - 1") == "-9223372036854775808");
}

TEST_CASE("money and bare numbers do not add up") {
    CHECK(
        failure("montant(10) + 1") ==
        "P0108 1:13: « + » ne s'applique pas à un montant et un nombre entier; écrivez le montant "
        "par « montant(12.50) »");
    CHECK(run("montant(10.50) * 3") == "31,50\u00a0€");
    CHECK(run("montant(10) / montant(4)") == "2.5");
    CHECK(run("montant(0) > 0") == "non");
    CHECK(
        failure("montant(5) > 1") ==
        "P0108 1:12: un montant et un nombre entier ne se comparent pas; écrivez le montant par « "
        "montant(12.50) »");
    CHECK(run("[montant(1), montant(2)] | sum") == "3,00\u00a0€");
}

TEST_CASE("dates take durations, not bare numbers") {
    CHECK(run("date('2026-01-31') + mois(1)") == "28/02/2026");
    CHECK(run("date('2026-03-01') - date('2026-02-01')") == "28");
    CHECK(failure("date('2026-01-31') + 1") ==
          "P0102 1:20: « + » ne s'applique pas à une date et un nombre entier; dites l'unité : « "
          "jours(15) » ou « mois(6) »");
    CHECK(failure("date('2026-01-31') < '2026-02-01'") ==
          "P0109 1:20: une date et un texte ne se comparent pas; écrivez la date par « "
          "date('2026-01-31') »");
}

TEST_CASE("an unknown field is an error with a did-you-mean, unless guarded") {
    const Value data = map({{"menage", map({{"mensualite", 3}})}});
    CHECK(failure("menage.mensualte + 1", data) ==
          "P0112 1:8: le champ « mensualte » n'existe pas; vouliez-vous « mensualite » ?");
    CHECK(failure("menaje", data) ==
          "P0112 1:1: « menaje » n'est pas défini; vouliez-vous « menage » ?");
    CHECK(run("menage.conjoint | default('aucun')", data) == "aucun");
    CHECK(run("menage.conjoint is defined", data) == "non");
    CHECK(run("'x' if menage.conjoint is undefined", data) == "x");
    CHECK(run("'x' if false") == "");
    CHECK(failure("('x' if false) + 'y'").starts_with("P0112 1:6: la condition est fausse"));
}

TEST_CASE("a value read from data knows its JSON pointer through filters and choices") {
    const auto root = std::make_shared<const Origin>();
    const Value data = map({{"menage", Value(std::vector<Value>{map({{"nom", "B"}, {"age", 2}}),
                                                                map({{"nom", "A"}, {"age", 1}})})}})
                           .with_origin(root);
    Scope scope(data);
    const auto pointer = [&](std::string_view text) {
        return evaluate(parse(text), scope, standard_registry()).pointer();
    };
    CHECK(pointer("menage[0].nom") == "/menage/0/nom");
    CHECK(pointer("(menage | sort(attribute='nom') | first).age") == "/menage/1/age");
    CHECK(pointer("menage[5].nom | default(menage[1].nom) if false else menage[0].age") ==
          "/menage/0/age");
    CHECK(pointer("menage[0].nom ~ ''") == "");
    CHECK(pointer("menage[0].age + 0") == "");
}

TEST_CASE("typographic quotes delimit, and stay inside literals") {
    CHECK(run("« bonjour »") == "bonjour");
    CHECK(run("«\u00a0bonjour\u00a0»") == "bonjour");
    CHECK(run("“l’été” ~ ‘l’hiver’") == "l’étél’hiver");
    CHECK(run("\"dit « oui »\"") == "dit « oui »");
    CHECK(run("'abc’") == "abc");
    CHECK(run("6\u00a0≤\u00a07 and 2 ≠ 3") == "oui");
    CHECK(run("5 – 3") == "2");
    CHECK(failure("5–3") ==
          "P0100 1:2: le tiret « – » (U+2013) n'est pas un signe moins; écrivez « - » entre deux "
          "espaces");
    CHECK(failure("5 # 3") ==
          "P0100 1:3: caractère « # » (U+0023) inattendu dans une expression; retirez-le");
}

TEST_CASE("limits refuse what is too deep, too long or too much") {
    CHECK(
        failure(std::string(10'000, '(') + "1" + std::string(10'000, ')')) ==
        "P0110 1:51: l'expression est imbriquée sur plus de 100 niveaux; coupez-la en plusieurs « "
        "set »");
    CHECK(failure(std::string(10'000, '-') + "1").starts_with("P0110 "));
    std::string chain = "1";
    for (int i = 0; i < 5000; ++i)
        chain += "+1";
    CHECK(failure(chain).starts_with("P0110 "));
    CHECK(failure(std::string(70'000, ' ')).starts_with("P0110 1:1: l'expression dépasse 65536"));
    CHECK(failure("range(1000000)") ==
          "P0110 1:1: « range » donne au plus 100000 nombres; prenez des bornes plus proches");
    CHECK(failure("'abcdefgh' * 100000000").starts_with("P0110 1:12: le texte produit dépasse"));
    CHECK(failure("[0] * 100000000").starts_with("P0110 1:5: la liste produite dépasse"));
    CHECK(run("([] * 1000000000000000) | length") == "0");
    CHECK(run("('' * 1000000000000000) | length") == "0");
}

TEST_CASE("calls are checked by the registry") {
    CHECK(failure("'a' | euros") ==
          "P0103 1:7: le filtre « euros » attend un montant, pas un texte");
    CHECK(failure("12 | euros") ==
          "P0108 1:6: le filtre « euros » attend un montant, pas un nombre entier; écrivez le "
          "montant par « montant(12.50) »");
    CHECK(failure("1 | uper") == "P0105 1:5: filtre « uper » inconnu; vouliez-vous « upper » ?");
    CHECK(failure("1 is od") == "P0105 1:6: test « od » inconnu; vouliez-vous « odd » ?");
    CHECK(failure("'a'.uper()").starts_with("P0105 1:5: un texte n'a pas de méthode « uper »"));
    CHECK(failure("euros(1)") ==
          "P0105 1:1: fonction « euros » inconnue; c'est un filtre : « … | euros »");
    CHECK(failure("'a' | replace('b')") ==
          "P0104 1:7: il manque l'argument « new » du filtre « replace »");
    CHECK(failure("'a' | upper(1)") ==
          "P0104 1:7: le filtre « upper » ne prend aucun argument, pas 1");
    CHECK(failure("1 | round(digits=2)") ==
          "P0104 1:5: l'argument « digits » du filtre « round » n'existe pas");
}

TEST_CASE("a function that is only declared is given by the scope") {
    Registry registry = standard_registry();
    Entry entry;
    entry.name = "est_rendu";
    entry.parameters = {{"document", Type(Kind::text), false, {}}};
    entry.result = Type(Kind::boolean);
    registry.add(entry);
    Scope scope;
    const auto expression = parse("est_rendu('contrat')");
    CHECK_THROWS_WITH(evaluate(expression, scope, registry),
                      "1:1: la fonction « est_rendu » n'est pas disponible ici");
    scope.provide("est_rendu", [](const Arguments& a) { return a[0].text() == "contrat"; });
    CHECK(print(expression, scope, registry) == "oui");
}

TEST_CASE("a loop cannot build a value that is too deep or too large to be walked") {
    const auto render = [](std::string_view text) {
        try {
            Scope scope;
            return paraphe::expression::testing::TextRenderer(text, scope).run();
        } catch (const Error& error) {
            return error.code() + " " + error.problem();
        }
    };
    CHECK(render("{% set n = namespace(a=[]) %}{% for i in range(5000) %}{% set n.a = [n.a] %}{% "
                 "endfor %}") == "P0110 la valeur est imbriquée sur plus de 300 niveaux");
    CHECK(
        render("{% set n = namespace(a=[]) %}{% for i in range(50) %}{% set n.a = [n.a, n.a] %}{% "
               "endfor %}{{ n.a }}") == "P0110 la liste produite dépasse 1000000 éléments");
}

TEST_CASE("a namespace holds no namespace, so that none holds itself or nests without end") {
    const auto render = [](std::string_view text) {
        try {
            Scope scope;
            return paraphe::expression::testing::TextRenderer(text, scope).run();
        } catch (const Error& error) {
            return error.code() + " " + error.problem();
        }
    };
    const std::string refused = "P0111 un namespace ne peut pas contenir un namespace";
    CHECK(render("{% set n = namespace(a=1) %}{% for i in range(100000) %}{% set n.a = "
                 "namespace(a=n.a) %}{% endfor %}") == refused);
    CHECK(render("{% set n = namespace(a=1) %}{% set n.a = n %}") == refused);
    CHECK(render("{% set n = namespace(a=1) %}{% set n.a = [{'b': n}] %}") == refused);
    CHECK(
        render("{% set n = namespace(a=1) %}{% for i in [1] %}{% set n.a = loop %}{% endfor %}") ==
        "P0111 un namespace ne peut pas contenir une boucle");
}

TEST_CASE("tuples are keys, so that pairs can be made unique") {
    Scope scope;
    CHECK(paraphe::expression::testing::TextRenderer(
              "{{ [(1, 'a'), (1.0, 'a'), ('1', 'a')] | unique | list }}", scope)
              .run() == "[(1, 'a'), ('1', 'a')]");
}

TEST_CASE("whatever is typed, only Error escapes from parser, checker and evaluator") {
    const std::string_view seeds[] = {
        "menage[0].nom | default('x', true) ~ 1 + 2 * -3 // 4 ** 2",
        "[1, 2, {'a': (1, 2)}][::-1] | sort(attribute='a', reverse=true) | map('upper') | list",
        "a.b.c if x is not defined and 1 < 2 <= 3 not in [3] else « é » ~ 'l\\u00e9'",
        "range(1, 10, 2) | batch(3, 0) | groupby(0) | dictsort | round(2, 'ceil')",
        "date('2026-01-31') + mois(1) - jours(2) | date_longue | truncate(5, end='…')",
        "montant(12.5) / 3 | euros | replace('a', 'b', 1).split(',', maxsplit=1)[0]"};
    const Value data = map({{"menage", Value(std::vector<Value>{map({{"nom", "A"}})})}, {"x", 1}});
    SequenceRandom random(7);
    for (int round = 0; round < 6000; ++round) {
        std::string text(seeds[static_cast<std::size_t>(round) % std::size(seeds)]);
        const Bytes noise = random.bytes(8);
        const auto pick = [&](std::size_t i) { return static_cast<unsigned char>(noise[i]); };
        for (std::size_t change = 0; change < 1 + pick(0) % 3u; ++change) {
            const std::size_t at = pick(1 + change) % text.size();
            const std::string_view other = seeds[pick(4) % std::size(seeds)];
            switch (pick(5 + change) % 4) {
                case 0:
                    text.erase(at, 1 + pick(7) % 6u);
                    break;
                case 1:
                    text.insert(at, other.substr(pick(6) % other.size(), 1 + pick(7) % 9u));
                    break;
                case 2:
                    text[at] = static_cast<char>(pick(7));
                    break;
                default:
                    std::swap(text[at], text[pick(6) % text.size()]);
            }
            if (text.empty()) text = "x";
        }
        try {
            const Expression expression = parse(text);
            TypeEnvironment names;
            check_output(expression, names, standard_registry());
            Scope scope(data, Limits{100'000, 1u << 20, 100'000});
            print(expression, scope, standard_registry());
        } catch (const Error& error) {
            CHECK_MESSAGE(error.code().starts_with("P01"), text);
        }
    }
}
