#pragma once

#include <chrono>
#include <cstddef>
#include <iosfwd>

namespace paraphe::cli {

/// A line that tells how far a long command is: drawn over itself, at most ten times a second, and
/// only where a person watches.
class Progress {
public:
    /// `whole` in octets of the input; 0: not known.
    Progress(std::ostream& out, bool watched, std::size_t whole);
    void show(std::size_t octets, std::size_t records);
    /// Takes the line away, so that a message can stand there.
    void clear();

private:
    std::ostream& out_;
    bool watched_;
    std::size_t whole_;
    std::chrono::steady_clock::time_point begun_, drawn_;
    bool visible_ = false;
};

}  // namespace paraphe::cli
