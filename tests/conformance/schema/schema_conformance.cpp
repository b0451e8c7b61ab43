// Runs the required draft-07 tests of the official JSON Schema suite
// (https://github.com/json-schema-org/JSON-Schema-Test-Suite; Debian: json-schema-test-suite)
// against json::Schema with the patterns of locale/.
//
//   schema_conformance [DIRECTORY]
//
// Prints each surprise and, at the end, `N passed, N failed`. A test in the table of exceptions is
// expected to differ; one that agrees with the suite after all is a surprise too. Exit: 0 no
// surprise, 1 some, 2 no suite there.

#include <algorithm>
#include <array>
#include <filesystem>
#include <iostream>

#include "base/error.hpp"
#include "base/file.hpp"
#include "json/schema.hpp"
#include "locale/regex.hpp"

using namespace paraphe;

namespace {

struct Exception {
    std::string_view file;
    std::string_view group;  ///< empty: all of the file
    std::string_view reason;
};

constexpr std::string_view remote =
    "remote references are refused: a kind is complete in itself, and nothing is fetched";

constexpr std::array exceptions{
    Exception{"refRemote.json", "remote ref", remote},
    Exception{"refRemote.json", "fragment within remote ref", remote},
    Exception{"refRemote.json", "ref within remote ref", remote},
    Exception{"refRemote.json", "base URI change", remote},
    Exception{"refRemote.json", "base URI change - change folder", remote},
    Exception{"refRemote.json", "base URI change - change folder in subschema", remote},
    Exception{"refRemote.json", "root ref in remote ref", remote},
};

const Exception* exception_for(std::string_view file, std::string_view group) {
    const auto found = std::find_if(exceptions.begin(), exceptions.end(), [&](const auto& one) {
        return one.file == file && (one.group.empty() || one.group == group);
    });
    return found == exceptions.end() ? nullptr : &*found;
}

struct Tally {
    int passed = 0;
    int failed = 0;
    int excepted = 0;
};

/// "" when json::Schema judges as the suite does, else what it did instead.
std::string difference(const json::Value& schema, const json::Value& test) {
    const bool expected = test.at("valid").as_boolean();
    try {
        const auto compiled = json::Schema::compile(schema, "schema", locale::pattern_compiler());
        const auto violations = compiled.validate(test.at("data"));
        if (violations.empty() == expected) return {};
        return expected ? violations[0].message : "no violation found";
    } catch (const Error& error) {
        return error.what();
    }
}

void run(const std::filesystem::path& path, Tally& tally) {
    const std::string file = path.filename();
    const json::Value groups = json::parse(read_file(path), path);
    for (const json::Value& group : groups.as_array()) {
        const std::string& name = group.at("description").as_string();
        const Exception* exception = exception_for(file, name);
        bool group_differs = false;
        for (const json::Value& test : group.at("tests").as_array()) {
            const std::string found = difference(group.at("schema"), test);
            group_differs = group_differs || !found.empty();
            if (exception != nullptr) continue;
            ++(found.empty() ? tally.passed : tally.failed);
            if (!found.empty())
                std::cout << "FAILED " << file << ": " << name << ": "
                          << test.at("description").as_string() << ": " << found << "\n";
        }
        if (exception == nullptr) continue;
        ++tally.excepted;
        std::cout << "excepted " << file << ": " << name << ": " << exception->reason << "\n";
        if (group_differs) continue;
        ++tally.failed;
        std::cout << "FAILED " << file << ": " << name
                  << ": agrees with the suite, strike it from the table of exceptions\n";
    }
}

}  // namespace

int main(int argc, char** argv) {
    const std::filesystem::path folder =
        argc > 1 ? argv[1] : "/usr/share/json-schema-test-suite/tests/draft7";
    if (!std::filesystem::is_directory(folder)) {
        std::cerr << folder.string()
                  << ": no such directory; apt-get install json-schema-test-suite\n";
        return 2;
    }
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    Tally tally;
    for (const auto& file : files)
        run(file, tally);
    std::cout << tally.excepted << " groups excepted by name\n"
              << tally.passed << " passed, " << tally.failed << " failed\n";
    return tally.failed == 0 ? 0 : 1;
}
