#pragma once

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

namespace paraphe::bench {

/// Milliseconds of one action over many rounds.
struct Times {
    double median = 0, least = 0, p95 = 0;
    double cpu = 0;  ///< median CPU time of the process; a busy machine does not change it much
};

inline double cpu_milliseconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// Largest resident memory of this process so far.
inline double peak_megabytes() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
    return 0;
}

/// Collects rounds that are measured one by one.
class Stopwatch {
public:
    void time(const std::function<void()>& action) {
        const auto begin = std::chrono::steady_clock::now();
        const double cpu = cpu_milliseconds();
        action();
        cpu_.push_back(cpu_milliseconds() - cpu);
        wall_.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
                .count());
    }
    Times times() const {
        std::vector<double> wall = wall_, cpu = cpu_;
        std::sort(wall.begin(), wall.end());
        std::sort(cpu.begin(), cpu.end());
        return {wall[wall.size() / 2], wall.front(), wall[wall.size() * 95 / 100],
                cpu[cpu.size() / 2]};
    }

private:
    std::vector<double> wall_, cpu_;
};

/// Rounds 0 to `warm_up` are not counted; each round gets its number, so that no two do the same.
inline Times measure(int warm_up, int rounds, const std::function<void(int)>& action) {
    Stopwatch watch;
    for (int round = 0; round < warm_up; ++round)
        action(round);
    for (int round = warm_up; round < warm_up + rounds; ++round)
        watch.time([&] { action(round); });
    return watch.times();
}

/// One row of the table that `run` heads.
inline void row(const std::string& what, const Times& times, const std::string& note) {
    std::printf("| %s | %.2f | %.2f | %.2f | %.2f | %s |\n", what.c_str(), times.median,
                times.least, times.p95, times.cpu, note.c_str());
}

template <typename... Values>
std::string text(const char* format, Values... values) {
    char out[256];
    std::snprintf(out, sizeof out, format, values...);
    return out;
}

}  // namespace paraphe::bench
