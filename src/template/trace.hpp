#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>

namespace paraphe::tmpl {

/// Which ways merges went through the blocks of one template: fill it with merge(), read it with
/// coverage(). Blocks are known by address, which holds while the Template lives.
class Trace {
public:
    static constexpr std::size_t many = 2;

    /// `branch`: its place among those of the `if`; their number for the else that is not written.
    void took(const void* block, std::size_t branch) { ways_[block].insert(branch); }
    void turned(const void* loop, std::size_t turns) { ways_[loop].insert(std::min(turns, many)); }
    void included(const void* clause) { ways_[clause].insert(0); }

    bool has(const void* block, std::size_t way) const {
        const auto found = ways_.find(block);
        return found != ways_.end() && found->second.contains(way);
    }

private:
    std::map<const void*, std::set<std::size_t>> ways_;
};

}  // namespace paraphe::tmpl
