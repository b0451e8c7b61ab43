#include "cli/batch.hpp"

#include <malloc.h>
#include <unistd.h>

#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

#include "base/error.hpp"
#include "cli/file_names.hpp"
#include "cli/progress.hpp"
#include "json/json.hpp"

namespace paraphe::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_line = 16u << 20;

struct Record {
    std::size_t number = 0;  ///< of its line, from 1
    std::string line;
};

/// What became of one record.
struct Outcome {
    bool written = false;
    std::optional<Error> error;
    Diagnostics warnings;
};

fs::path folder_of(const std::string& file) {
    const fs::path folder = fs::path(file).parent_path();
    return folder.empty() ? "." : folder;
}

/// The next line without its end; what is past the longest line is read over, not kept. False at
/// the end of the input.
bool read_line(std::istream& input, std::string& line, std::size_t& octets) {
    using Traits = std::istream::traits_type;
    line.clear();
    std::streambuf& buffer = *input.rdbuf();
    if (Traits::eq_int_type(buffer.sgetc(), Traits::eof())) return false;
    for (auto c = buffer.sbumpc(); !Traits::eq_int_type(c, Traits::eof()); c = buffer.sbumpc()) {
        ++octets;
        if (c == '\n') break;
        if (line.size() <= longest_line) line += Traits::to_char_type(c);
    }
    return true;
}

/// What one document needed serves the next. By default glibc gives the top of its heaps back to
/// the kernel after each document and asks for it again (mallopt(3)); every such call clears pages
/// and interrupts the other thread, a third of the time that two threads ought to save.
void keep_memory() {
    ::mallopt(M_TRIM_THRESHOLD, 64 << 20);
    ::mallopt(M_MMAP_THRESHOLD, 32 << 20);  // the largest that it takes
}

class Batch {
public:
    Batch(const Rendering& rendering, const RenderOptions& options, std::istream& input,
          std::string source, Progress progress, std::ostream& err)
        : rendering_(rendering),
          options_(options),
          input_(input),
          source_(std::move(source)),
          progress_(progress),
          err_(err) {
        for (const std::string& pattern : options.outputs) {
            names_.emplace_back(pattern);
            if (!names_.back().varies())
                throw Error(ErrorKind::malformed_input,
                            "every record would be written to " + pattern, {},
                            "put a field into the name, such as {{ reference }}", "file_name");
        }
    }

    int run() {
        keep_memory();
        std::vector<std::jthread> threads;
        for (unsigned i = 1; i < options_.jobs; ++i)
            threads.emplace_back([this] { work(); });
        work();
        threads.clear();
        if (written_ > 0)
            for (const std::string& pattern : options_.outputs)
                sync_files_of(disk_of(pattern));
        progress_.clear();
        if (failure_ && !options_.keep_going) {
            err_ << "stopped after " << written_ << " documents\n";
            throw *failure_;
        }
        err_ << written_ << " documents written";
        if (skipped_ > 0) err_ << ", " << skipped_ << " records skipped";
        err_ << '\n';
        return skipped_ > 0 ? 1 : 0;
    }

private:
    /// The folder above all that vary: on the disk of the output, unless a link leads elsewhere.
    static fs::path disk_of(const std::string& pattern) {
        return folder_of(pattern.substr(0, pattern.find("{{")) + "name");
    }

    void work() {
        while (std::optional<Record> record = next())
            finish(record->number, process(*record));
    }

    /// Lines are taken in their order; none after a failure that ends the run.
    std::optional<Record> next() {
        const std::lock_guard lock(mutex_);
        if (stopped_) return std::nullopt;
        Record out;
        if (!read_line(input_, out.line, octets_)) return std::nullopt;
        out.number = ++lines_;
        return out;
    }

    Outcome process(const Record& record) {
        Outcome out;
        std::optional<Rendering::Record> data;
        std::vector<std::string> files;
        try {
            if (record.line.find_first_not_of(" \t\r") != std::string::npos) {
                if (record.line.size() > longest_line)
                    throw Error(ErrorKind::malformed_input, "the line is longer than 16 MiB", {},
                                "one record a line", "too_large");
                data = rendering_.record(json::parse(record.line, source_), source_);
                for (const FileName& name : names_)
                    files.push_back(name.of(data->value));
            }
        } catch (const Error& error) {
            out.error = error;
        }
        try {
            claim(record.number, files);
            if (data && !out.error) {
                for (const std::string& file : files)
                    fs::create_directories(folder_of(file));
                out.warnings = rendering_.write(*data, files, Durability::later);
                out.written = true;
            }
        } catch (const Error& error) {
            out.error = error;
        } catch (const fs::filesystem_error& error) {
            out.error = Error(ErrorKind::unavailable, error.what());
        }
        if (out.error) out.error = placed(*out.error, record.number);
        return out;
    }

    /// Waits for its turn, so that of two records with one name the later one fails, always.
    void claim(std::size_t number, const std::vector<std::string>& files) {
        std::unique_lock lock(mutex_);
        turn_.wait(lock, [&] { return claimed_ + 1 == number; });
        claimed_ = number;
        turn_.notify_all();
        for (const std::string& file : files) {
            const auto [known, fresh] = taken_.emplace(file, number);
            if (!fresh)
                throw Error(ErrorKind::conflict,
                            file + " was written for line " + std::to_string(known->second), {},
                            "name the files by a field that differs in every record", "same_name");
        }
    }

    /// Reports what is complete up to here, line after line.
    void finish(std::size_t number, Outcome outcome) {
        const std::lock_guard lock(mutex_);
        if (outcome.error && !options_.keep_going) stopped_ = true;
        waiting_.emplace(number, std::move(outcome));
        for (auto first = waiting_.find(reported_ + 1); first != waiting_.end();
             first = waiting_.find(reported_ + 1)) {
            report(first->second);
            waiting_.erase(first);
            ++reported_;
        }
        progress_.show(octets_, written_);
    }

    void report(const Outcome& outcome) {
        if (outcome.written) ++written_;
        Diagnostics fresh;
        for (const Diagnostic& warning : outcome.warnings)
            if (warned_.insert(to_string(warning)).second) fresh.push_back(warning);
        if (!fresh.empty()) {
            progress_.clear();
            print(fresh, options_.json, err_);
        }
        if (!outcome.error) return;
        ++skipped_;
        if (!failure_) failure_ = outcome.error;
        if (!options_.keep_going) return;
        progress_.clear();
        err_ << outcome.error->what() << '\n';
    }

    Location at(std::size_t line) const { return {source_, static_cast<int>(line), 0, {}}; }

    /// A place in the record becomes its line in the file; one in the template stays in the words.
    Error placed(const Error& error, std::size_t line) const {
        Location where = at(line);
        std::string problem = error.problem();
        if (error.where().source == source_ || error.where().source.empty()) {
            where.column = error.where().column;
            where.part = error.where().part;
        } else {
            problem = to_string(error.where()) + ": " + problem;
        }
        return Error(error.kind(), problem, where, error.remedy(), error.code());
    }

    const Rendering& rendering_;
    const RenderOptions& options_;
    std::istream& input_;
    const std::string source_;
    std::vector<FileName> names_;

    std::mutex mutex_;  ///< of all below
    std::condition_variable turn_;
    Progress progress_;
    std::ostream& err_;
    std::size_t lines_ = 0, octets_ = 0, claimed_ = 0, reported_ = 0;
    std::size_t written_ = 0, skipped_ = 0;
    std::map<std::string, std::size_t> taken_;
    std::map<std::size_t, Outcome> waiting_;
    std::set<std::string> warned_;
    std::optional<Error> failure_;
    bool stopped_ = false;
};

}  // namespace

int render_lines(const Rendering& rendering, const RenderOptions& options, Console& console) {
    const bool watched = !options.json && ::isatty(STDERR_FILENO) != 0;
    if (options.data_lines == "-") {
        Progress progress(console.err, watched, 0);
        return Batch(rendering, options, std::cin, "data", progress, console.err).run();
    }
    std::error_code failed;
    const auto size = fs::file_size(options.data_lines, failed);
    std::ifstream input(options.data_lines, std::ios::binary);
    if (failed || !input)
        throw Error(ErrorKind::not_found, "no such file", {options.data_lines, 0, 0, {}},
                    "check the path");
    Progress progress(console.err, watched, static_cast<std::size_t>(size));
    return Batch(rendering, options, input, options.data_lines, progress, console.err).run();
}

}  // namespace paraphe::cli
