#include "cli/progress.hpp"

#include <algorithm>
#include <ostream>
#include <string>

namespace paraphe::cli {

namespace {
constexpr std::size_t width = 30;
constexpr std::chrono::milliseconds pause{100};
}  // namespace

Progress::Progress(std::ostream& out, bool watched, std::size_t whole)
    : out_(out), watched_(watched), whole_(whole), begun_(std::chrono::steady_clock::now()) {}

void Progress::show(std::size_t octets, std::size_t records) {
    if (!watched_) return;
    const auto now = std::chrono::steady_clock::now();
    if (now - drawn_ < pause) return;
    drawn_ = now;
    const double seconds = std::chrono::duration<double>(now - begun_).count();
    std::string line = "\r\033[K";
    if (whole_ > 0) {
        const std::size_t done = std::min(octets, whole_);
        const std::size_t bars = done * width / whole_;
        line += '[' + std::string(bars, '#') + std::string(width - bars, ' ') + "] " +
                std::to_string(done * 100 / whole_) + " %  ";
    }
    line += std::to_string(records) + " documents";
    if (seconds > 1)
        line += ", " + std::to_string(static_cast<long>(records / seconds)) + " a second";
    if (whole_ > 0 && octets > 0 && octets < whole_ && seconds > 1)
        line += ", " +
                std::to_string(static_cast<long>(seconds * static_cast<double>(whole_ - octets) /
                                                 static_cast<double>(octets))) +
                " s left";
    out_ << line << std::flush;
    visible_ = true;
}

void Progress::clear() {
    if (visible_) out_ << "\r\033[K" << std::flush;
    visible_ = false;
}

}  // namespace paraphe::cli
