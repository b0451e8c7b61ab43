#include "base/suggestion.hpp"

#include <algorithm>
#include <numeric>

#include "base/utf8.hpp"

namespace paraphe {

namespace {

char32_t folded(char32_t c) {
    return c >= U'A' && c <= U'Z' ? c + 32 : c;
}

std::size_t distance(const std::u32string& a, const std::u32string& b) {
    // Damerau's distance with adjacent swaps, on two rows and the one before.
    std::vector<std::size_t> before(b.size() + 1), row(b.size() + 1), next(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        next[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = folded(a[i - 1]) == folded(b[j - 1]) ? 0 : 1;
            next[j] = std::min({row[j] + 1, next[j - 1] + 1, row[j - 1] + change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                next[j] = std::min(next[j], before[j - 2] + 1);
        }
        before = row;
        row = next;
    }
    return row[b.size()];
}

}  // namespace

std::optional<std::string> nearest(std::string_view written,
                                   const std::vector<std::string>& candidates) {
    const std::u32string target = utf8::to_utf32(written.substr(0, 100));
    std::optional<std::string> best;
    std::size_t best_distance = std::max<std::size_t>(1, target.size() / 3) + 1;
    for (const std::string& candidate : candidates) {
        const std::u32string other = utf8::to_utf32(candidate);
        const std::size_t longer = std::max(other.size(), target.size());
        if (longer - std::min(other.size(), target.size()) >= best_distance) continue;
        const std::size_t d = distance(target, other);
        if (d < best_distance) {
            best_distance = d;
            best = candidate;
        }
    }
    return best;
}

std::string did_you_mean(std::string_view written, const std::vector<std::string>& candidates) {
    const auto near = nearest(written, candidates);
    return near ? "vouliez-vous « " + *near + " » ?" : std::string();
}

}  // namespace paraphe
