#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Readers of foreign octets, each as one function: whatever comes in, only Error may come out.
namespace paraphe::fuzz {

struct Target {
    std::string_view name;
    void (*read)(std::string_view octets);
    /// Seeds inside the tree, by file ending; the file's octets are one seed.
    std::vector<std::string_view> seeds;
    /// Seeds that are made; nullptr: none.
    std::vector<std::string> (*make)() = nullptr;
    /// Longer inputs are cut.
    std::size_t longest = 200'000;
};

/// Expressions, templates, documents and what carries them; the layers up to template/ alone.
const std::vector<Target>& document_targets();
/// Pages, PDF and what stands in it; the layers up to pdf/.
const std::vector<Target>& output_targets();
/// Those and all others.
const std::vector<Target>& targets();

}  // namespace paraphe::fuzz
