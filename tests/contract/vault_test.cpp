#include "contract/vault.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"

using namespace paraphe;
using namespace paraphe::contract;

TEST_CASE("what a dossier sealed opens at its own place, with its own key, and nowhere else") {
    SystemRandom random;
    const Bytes organisation(32, 'o');
    const Vault vault = Vault::make("d1", random);
    const Bytes wrapped = vault.wrap(organisation, random);
    const Vault again = Vault::unwrap("d1", organisation, wrapped);
    const Bytes sealed = vault.seal("event.body.1", "Maëlys", random);
    CHECK(sealed.find("Maëlys") == Bytes::npos);
    CHECK(again.open("event.body.1", sealed) == "Maëlys");
    CHECK_THROWS_WITH_AS(again.open("event.body.2", sealed),
                         "what the store holds at event.body.2 of dossier d1 is not what was put "
                         "there; restore it from a backup",
                         Error);
    CHECK_THROWS_AS(Vault::make("d1", random).open("event.body.1", sealed), Error);
    CHECK_THROWS_AS(Vault::unwrap("d2", organisation, wrapped), Error);
    CHECK_THROWS_AS(Vault::unwrap("d1", Bytes(32, 'x'), wrapped), Error);
    for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
        Bytes altered = sealed;
        altered[bit / 8] = static_cast<char>(altered[bit / 8] ^ (1 << bit % 8));
        CHECK_THROWS_AS(again.open("event.body.1", altered), Error);
    }
}

TEST_CASE("two dossiers name the same content differently") {
    SystemRandom random;
    const Vault one = Vault::make("d1", random), two = Vault::make("d2", random);
    CHECK(one.digest("revision", "{}") == one.digest("revision", "{}"));
    CHECK(one.digest("revision", "{}") != two.digest("revision", "{}"));
    CHECK(one.digest("revision", "{}") != one.digest("pseudonym", "{}"));
}
