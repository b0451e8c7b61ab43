#include "redline/alignment.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace paraphe::redline;

namespace {

/// Length of a longest common subsequence, by the textbook table.
std::size_t longest(const Sequence& a, const Sequence& b) {
    std::vector<std::vector<std::size_t>> table(a.size() + 1,
                                                std::vector<std::size_t>(b.size() + 1, 0));
    for (std::size_t i = a.size(); i-- > 0;)
        for (std::size_t j = b.size(); j-- > 0;)
            table[i][j] =
                a[i] == b[j] ? table[i + 1][j + 1] + 1 : std::max(table[i + 1][j], table[i][j + 1]);
    return table[0][0];
}

bool is_sound(const Sequence& a, const Sequence& b, const Matches& matches) {
    for (std::size_t i = 0; i < matches.size(); ++i) {
        if (a.at(matches[i].first) != b.at(matches[i].second)) return false;
        if (i > 0 && (matches[i].first <= matches[i - 1].first ||
                      matches[i].second <= matches[i - 1].second))
            return false;
    }
    return true;
}

/// A small generator, so that every run compares the same sequences.
class Numbers {
public:
    std::uint32_t below(std::uint32_t limit) {
        state_ = state_ * 6364136223846793005u + 1442695040888963407u;
        return static_cast<std::uint32_t>(state_ >> 33) % limit;
    }

private:
    std::uint64_t state_ = 42;
};

}  // namespace

TEST_CASE("words are matched by a longest common subsequence") {
    Numbers numbers;
    for (int round = 0; round < 500; ++round) {
        Sequence a, b;
        const std::uint32_t letters = 2 + numbers.below(8);
        for (std::uint32_t i = numbers.below(30); i > 0; --i)
            a.push_back(numbers.below(letters));
        for (std::uint32_t i = numbers.below(30); i > 0; --i)
            b.push_back(numbers.below(letters));
        const Matches matches = match_words(a, b);
        CHECK(is_sound(a, b, matches));
        CHECK(matches.size() == longest(a, b));
        CHECK(is_sound(a, b, match_blocks(a, b)));
    }
}

TEST_CASE("a reworded paragraph is paired with the one that it was") {
    const std::vector<Candidate> before{{1, 0, {1, 2, 3, 4}}, {2, 0, {5, 6, 7, 8, 9}}},
        after{{1, 0, {1, 2, 3, 4}}, {9, 0, {20, 21, 22}}, {3, 0, {5, 6, 7, 8, 30}}};
    CHECK(match_candidates(before, after) == Matches{{0, 0}, {1, 2}});
}

TEST_CASE("a table is never paired with a paragraph") {
    CHECK(match_candidates({{1, 0, {1, 2}}}, {{2, 1, {1, 2}}}).empty());
}

TEST_CASE("sequences that have nothing in common take no quadratic time") {
    Sequence a, b;
    for (std::uint32_t i = 0; i < 200'000; ++i) {
        a.push_back(i % 977);
        b.push_back(1000 + i % 1013);
    }
    // A quadratic table would hold 40 thousand million cells, and never be done.
    CHECK(match_words(a, b).empty());
    CHECK(match_blocks(a, b).empty());
}
