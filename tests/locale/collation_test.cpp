#include "locale/collation.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

using namespace paraphe;

TEST_CASE("names stand as in a French dictionary") {
    const std::vector<std::string> sorted{"cote", "Cote",  "côte",  "coter", "Élodie",
                                          "Eloi", "Œdème", "offre", "Zoé"};
    std::vector<std::string> names{"Zoé",  "coter", "Œdème",  "offre", "Eloi",
                                   "côte", "Cote",  "Élodie", "cote"};
    std::sort(names.begin(), names.end(), locale::DictionaryOrder{});
    CHECK(names == sorted);
    std::sort(names.rbegin(), names.rend(), locale::DictionaryOrder{});
    std::sort(names.begin(), names.end(), [](const auto& a, const auto& b) {
        return locale::sort_key(a) < locale::sort_key(b);
    });
    CHECK(names == sorted);
    CHECK(locale::compare("Zoe\u0301", "Zoé") == 0);
    CHECK(locale::compare("", "a") < 0);
}

TEST_CASE("a search forgives case and accents") {
    CHECK(locale::contains_loosely("Élodie Exemple", "elodie"));
    CHECK(locale::contains_loosely("Sœur", "SOEUR"));
    CHECK(locale::contains_loosely("Zoe\u0301", "zoé"));
    CHECK(locale::contains_loosely("a", ""));
    CHECK(!locale::contains_loosely("Élodie", "eloi"));
    CHECK(!locale::contains_loosely("\xFF", "a"));
}
