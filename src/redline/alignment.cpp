#include "redline/alignment.hpp"

#include <algorithm>
#include <optional>

namespace paraphe::redline {

namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);
constexpr double alike = 0.4;

/// A stretch of both sequences.
struct Range {
    std::size_t a, a_end, b, b_end;
};

/// Myers' greedy algorithm; nullopt past max_edits.
std::optional<Matches> myers(const Sequence& a, const Sequence& b, const Range& range) {
    const auto n = static_cast<std::ptrdiff_t>(range.a_end - range.a);
    const auto m = static_cast<std::ptrdiff_t>(range.b_end - range.b);
    const auto most = std::min<std::ptrdiff_t>(n + m, static_cast<std::ptrdiff_t>(max_edits));
    const auto at_a = [&](std::ptrdiff_t i) { return a[range.a + static_cast<std::size_t>(i)]; };
    const auto at_b = [&](std::ptrdiff_t i) { return b[range.b + static_cast<std::size_t>(i)]; };
    std::vector<std::ptrdiff_t> furthest(static_cast<std::size_t>(2 * most + 3), 0);
    std::vector<std::vector<std::ptrdiff_t>> trace;
    const auto slot = [&](std::ptrdiff_t k) { return static_cast<std::size_t>(k + most + 1); };
    for (std::ptrdiff_t d = 0; d <= most; ++d) {
        // Only the diagonals of this step are kept: the trace grows with d², not with the length.
        for (std::ptrdiff_t k = -d; k <= d; k += 2) {
            const bool down = k == -d || (k != d && furthest[slot(k - 1)] < furthest[slot(k + 1)]);
            std::ptrdiff_t x = down ? furthest[slot(k + 1)] : furthest[slot(k - 1)] + 1;
            if (d == 0) x = 0;
            std::ptrdiff_t y = x - k;
            while (x < n && y < m && x >= 0 && y >= 0 && at_a(x) == at_b(y))
                ++x, ++y;
            furthest[slot(k)] = x;
            if (x < n || y < m) continue;
            Matches out;
            for (std::ptrdiff_t step = d; step >= 0; --step) {
                const std::ptrdiff_t diagonal = x - y;
                std::ptrdiff_t from_x = 0, from_y = 0;
                if (step > 0) {
                    const auto& earlier = trace[static_cast<std::size_t>(step - 1)];
                    const auto reach = [&](std::ptrdiff_t which) -> std::ptrdiff_t {
                        return earlier[static_cast<std::size_t>(which + step - 1)];
                    };
                    const bool was_down =
                        diagonal == -step ||
                        (diagonal != step && reach(diagonal - 1) < reach(diagonal + 1));
                    const std::ptrdiff_t before = was_down ? diagonal + 1 : diagonal - 1;
                    from_x = reach(before);
                    from_y = from_x - before;
                }
                while (x > from_x && y > from_y && x > 0 && y > 0 && at_a(x - 1) == at_b(y - 1)) {
                    --x, --y;
                    out.emplace_back(range.a + static_cast<std::size_t>(x),
                                     range.b + static_cast<std::size_t>(y));
                }
                x = from_x;
                y = from_y;
            }
            std::reverse(out.begin(), out.end());
            return out;
        }
        std::vector<std::ptrdiff_t> kept(static_cast<std::size_t>(2 * d + 1), -1);
        for (std::ptrdiff_t k = -d; k <= d; ++k)
            kept[static_cast<std::size_t>(k + d)] = furthest[slot(k)];
        trace.push_back(std::move(kept));
    }
    return std::nullopt;
}

/// What stands once in both stretches, in the longest common order.
Matches anchors(const Sequence& a, const Sequence& b, const Range& range) {
    struct Seen {
        std::size_t a = none, b = none;
        int in_a = 0, in_b = 0;
    };
    std::unordered_map<std::uint32_t, Seen> seen;
    for (std::size_t i = range.a; i < range.a_end; ++i) {
        Seen& each = seen[a[i]];
        each.a = i;
        ++each.in_a;
    }
    for (std::size_t i = range.b; i < range.b_end; ++i)
        if (const auto found = seen.find(b[i]); found != seen.end()) {
            found->second.b = i;
            ++found->second.in_b;
        }
    Matches unique;
    for (std::size_t i = range.a; i < range.a_end; ++i)
        if (const Seen& each = seen[a[i]]; each.in_a == 1 && each.in_b == 1)
            unique.emplace_back(i, each.b);
    // Longest ascending run of places in b: piles with their tops, and who lay on the pile before.
    std::vector<std::size_t> tops, below(unique.size(), none);
    for (std::size_t i = 0; i < unique.size(); ++i) {
        const auto pile = std::lower_bound(
            tops.begin(), tops.end(), unique[i].second,
            [&](std::size_t top, std::size_t b_place) { return unique[top].second < b_place; });
        if (pile != tops.begin()) below[i] = *(pile - 1);
        if (pile == tops.end())
            tops.push_back(i);
        else
            *pile = i;
    }
    Matches out;
    for (std::size_t i = tops.empty() ? none : tops.back(); i != none; i = below[i])
        out.push_back(unique[i]);
    std::reverse(out.begin(), out.end());
    return out;
}

constexpr int deepest = 40;

void match(const Sequence& a, const Sequence& b, Range range, bool anchors_first, int depth,
           Matches& out) {
    while (range.a < range.a_end && range.b < range.b_end && a[range.a] == b[range.b])
        out.emplace_back(range.a++, range.b++);
    std::size_t tail = 0;
    while (range.a < range.a_end && range.b < range.b_end &&
           a[range.a_end - 1] == b[range.b_end - 1])
        --range.a_end, --range.b_end, ++tail;
    const auto by_anchors = [&] {
        if (depth >= deepest) return false;
        const Matches found = anchors(a, b, range);
        if (found.empty()) return false;
        std::size_t from_a = range.a, from_b = range.b;
        for (const auto& [i, j] : found) {
            match(a, b, {from_a, i, from_b, j}, anchors_first, depth + 1, out);
            out.emplace_back(i, j);
            from_a = i + 1;
            from_b = j + 1;
        }
        match(a, b, {from_a, range.a_end, from_b, range.b_end}, anchors_first, depth + 1, out);
        return true;
    };
    if (range.a < range.a_end && range.b < range.b_end && !(anchors_first && by_anchors())) {
        if (const auto found = myers(a, b, range))
            out.insert(out.end(), found->begin(), found->end());
        else if (!anchors_first)
            by_anchors();
        // Else all of it counts as replaced: a longer list of changes, never a wrong one.
    }
    for (std::size_t i = 0; i < tail; ++i)
        out.emplace_back(range.a_end + i, range.b_end + i);
}

/// The best ordered pairing of two short stretches, by dynamic programming; long ones, greedily.
void pair_alike(const std::vector<Candidate>& a, const std::vector<Candidate>& b,
                const Range& range, Matches& out) {
    const std::size_t n = range.a_end - range.a, m = range.b_end - range.b;
    if (n == 0 || m == 0) return;
    const auto value = [&](std::size_t i, std::size_t j) {
        const Candidate &x = a[range.a + i], &y = b[range.b + j];
        if (x.kind != y.kind) return 0.0;
        const double same = likeness(x.words, y.words);
        return same >= alike ? same : 0.0;
    };
    constexpr std::size_t largest_table = 10'000;
    if (n * m > largest_table) {
        std::size_t from = 0;
        constexpr std::size_t window = 8;
        for (std::size_t i = 0; i < n && from < m; ++i) {
            // Near the place that it would have, were the stretch changed evenly.
            const std::size_t start =
                std::max(from, i * m / n > window / 2 ? i * m / n - window / 2 : 0);
            std::size_t best = none;
            double most = 0;
            for (std::size_t j = start; j < std::min(m, start + window); ++j)
                if (const double v = value(i, j); v > most) most = v, best = j;
            if (best == none) continue;
            out.emplace_back(range.a + i, range.b + best);
            from = best + 1;
        }
        return;
    }
    std::vector<double> best((n + 1) * (m + 1), 0), values(n * m);
    const auto at = [&](std::size_t i, std::size_t j) -> double& { return best[i * (m + 1) + j]; };
    for (std::size_t i = n; i-- > 0;)
        for (std::size_t j = m; j-- > 0;) {
            const double v = values[i * m + j] = value(i, j);
            at(i, j) = std::max({at(i + 1, j), at(i, j + 1), v > 0 ? v + at(i + 1, j + 1) : 0.0});
        }
    for (std::size_t i = 0, j = 0; i < n && j < m;) {
        const double v = values[i * m + j];
        if (v > 0 && at(i, j) == v + at(i + 1, j + 1)) {
            out.emplace_back(range.a + i++, range.b + j++);
        } else if (at(i, j) == at(i + 1, j)) {
            ++i;
        } else {
            ++j;
        }
    }
}

}  // namespace

std::uint32_t Numbering::of(std::string_view text) {
    return numbers_.emplace(std::string(text), static_cast<std::uint32_t>(numbers_.size()))
        .first->second;
}

Matches match_words(const Sequence& before, const Sequence& after) {
    Matches out;
    match(before, after, {0, before.size(), 0, after.size()}, false, 0, out);
    return out;
}

Matches match_blocks(const Sequence& before, const Sequence& after) {
    Matches out;
    match(before, after, {0, before.size(), 0, after.size()}, true, 0, out);
    return out;
}

double likeness(const Sequence& before, const Sequence& after) {
    if (before.empty() && after.empty()) return 0;
    std::size_t common = 0;
    for (std::size_t i = 0, j = 0; i < before.size() && j < after.size();) {
        if (before[i] == after[j])
            ++common, ++i, ++j;
        else if (before[i] < after[j])
            ++i;
        else
            ++j;
    }
    return 2.0 * static_cast<double>(common) / static_cast<double>(before.size() + after.size());
}

Matches match_candidates(const std::vector<Candidate>& before,
                         const std::vector<Candidate>& after) {
    Sequence a, b;
    for (const Candidate& each : before)
        a.push_back(each.number);
    for (const Candidate& each : after)
        b.push_back(each.number);
    Matches out;
    std::size_t from_a = 0, from_b = 0;
    const Matches equal = match_blocks(a, b);
    for (const auto& [i, j] : equal) {
        pair_alike(before, after, {from_a, i, from_b, j}, out);
        out.emplace_back(i, j);
        from_a = i + 1;
        from_b = j + 1;
    }
    pair_alike(before, after, {from_a, before.size(), from_b, after.size()}, out);
    // One that stands alone where one stood alone has taken its place.
    Matches all;
    from_a = from_b = 0;
    out.emplace_back(before.size(), after.size());
    for (const auto& [i, j] : out) {
        if (i - from_a == 1 && j - from_b == 1 && before[from_a].kind == after[from_b].kind)
            all.emplace_back(from_a, from_b);
        all.emplace_back(i, j);
        from_a = i + 1;
        from_b = j + 1;
    }
    all.pop_back();
    return all;
}

}  // namespace paraphe::redline
