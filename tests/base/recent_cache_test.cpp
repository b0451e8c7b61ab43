#include "base/recent_cache.hpp"

#include <doctest/doctest.h>

using namespace paraphe;

namespace {

int taken(RecentCache<int>& cache, const std::string& key, int value, std::size_t octets = 10) {
    return *cache.get(
        key, [&] { return std::make_shared<const int>(value); }, [&](int) { return octets; });
}

}  // namespace

TEST_CASE("what is kept is given again, and made only once") {
    RecentCache<int> cache(1000);
    CHECK(taken(cache, "a", 1) == 1);
    CHECK(taken(cache, "a", 2) == 1);
    CHECK(taken(cache, "b", 3) == 3);
    CHECK(cache.hits() == 1);
    CHECK(cache.misses() == 2);
}

TEST_CASE("beyond its size the least recently used go first; the newest stays whatever its size") {
    RecentCache<int> cache(33);  // three entries of eleven octets
    for (const char* key : {"a", "b", "c", "a", "d"})
        taken(cache, key, 1);
    CHECK(taken(cache, "a", 2) == 1);
    CHECK(taken(cache, "b", 2) == 2);
    CHECK(taken(cache, "huge", 7, 1000) == 7);
    CHECK(taken(cache, "huge", 8, 1000) == 7);
    CHECK(taken(cache, "a", 9) == 9);
}

TEST_CASE("what cannot be made is not kept") {
    RecentCache<int> cache(1000);
    CHECK_THROWS_AS(cache.get(
                        "a", []() -> std::shared_ptr<const int> { throw 1; },
                        [](int) { return std::size_t{1}; }),
                    int);
    CHECK(taken(cache, "a", 2) == 2);
}
