#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

/// What stays the same between two sequences. Private to redline/.
namespace paraphe::redline {

/// Equal texts get equal numbers, within one comparison.
class Numbering {
public:
    std::uint32_t of(std::string_view text);

private:
    std::unordered_map<std::string, std::uint32_t> numbers_;
};

using Sequence = std::vector<std::uint32_t>;
/// Indexes of equal elements, both ascending.
using Matches = std::vector<std::pair<std::size_t, std::size_t>>;

/// Matches for the words of a paragraph: a longest common subsequence (Myers 1986) while few
/// differ; beyond `max_edits`, what is unique in both anchors the rest.
Matches match_words(const Sequence& before, const Sequence& after);

/// Matches for paragraphs: what is unique in both anchors first (patience), then as above between
/// the anchors. Time grows with length × min(differences, max_edits).
Matches match_blocks(const Sequence& before, const Sequence& after);

inline constexpr std::size_t max_edits = 600;

/// A paragraph or row that may have been reworded.
struct Candidate {
    std::uint32_t number = 0;  ///< equal numbers: equal texts
    int kind = 0;              ///< only equal kinds may be paired
    Sequence words;            ///< sorted
};

/// match_blocks, then pairs what is alike (at least two words in five in common) between the
/// matches, in order, and what stands alone on both sides of a gap.
Matches match_candidates(const std::vector<Candidate>& before, const std::vector<Candidate>& after);

/// Share of the words that two sorted sequences have in common, 0 to 1 (Dice).
double likeness(const Sequence& before, const Sequence& after);

}  // namespace paraphe::redline
