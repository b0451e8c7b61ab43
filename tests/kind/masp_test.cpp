#include <doctest/doctest.h>

#include "kind/kind.hpp"
#include "kind/scenario.hpp"

using namespace paraphe;

namespace {

const kind::Kind& masp() {
    static const kind::Kind loaded = kind::load(PARAPHE_SOURCE_DIR "/workflows/masp");
    return loaded;
}

}  // namespace

TEST_CASE("the MASP kind that is shipped fits together") {
    for (const Diagnostic& finding : kind::check(masp()))
        FAIL_CHECK(to_string(finding));
}

TEST_CASE("the MASP scenarios end where the law says") {
    CHECK(masp().scenarios.size() >= 5);
    for (const auto& [name, scenario] : masp().scenarios) {
        const kind::Played played = kind::play(masp(), name);
        for (const std::string& problem : played.problems)
            FAIL_CHECK(name << ": " << problem);
        CHECK_MESSAGE(played.passed, name);
    }
}

TEST_CASE("a slot is called what the schema's reader calls its party") {
    CHECK(masp().slot_title("beneficiaire") == "Bénéficiaire");
    CHECK(masp().slot_title("protecteur") == "Curateur ou tuteur");
    CHECK(masp().slot_title("association") == "Association délégataire");
    CHECK(masp().slot_title("departement") == "Département");
    CHECK(masp().slot_title("notaire") == "notaire");
}
