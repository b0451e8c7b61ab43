#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/file.hpp"
#include "translation.hpp"
#include "workflow/workflow.hpp"
#include "xml/xml.hpp"

/// W3C's SCXML 1.0 Implementation Report Plan, run on our engine:
///     scxml_conformance DIR [--verbose]
/// DIR holds manifest.xml and tests/. Every mandatory automated test either passes, fails, or is
/// listed as not yet with the element that it needs. Exit code 1 when one fails.
namespace paraphe::conformance {
namespace {

struct Test {
    std::string id, file, obstacle;  ///< obstacle: why it is not run, empty when it is
};

/// Elements that the engine refuses at load so far.
constexpr const char* unsupported[] = {"script",   "invoke",   "send",    "cancel",
                                       "finalize", "donedata", "content", "param"};

void collect(const xml::Element& element, std::vector<Test>& out) {
    if (element.name.local == "test") {
        Test test;
        test.id = element.attribute_or_empty("id");
        for (const xml::Element* child : element.elements())
            if (child->name.local == "start" && test.file.empty())
                test.file = std::filesystem::path(child->attribute_or_empty("uri")).filename();
        if (element.attribute_or_empty("conformance") != "mandatory")
            test.obstacle = "optional";
        else if (element.attribute_or_empty("manual") == "true")
            test.obstacle = "manual";
        out.push_back(std::move(test));
    }
    for (const xml::Element* child : element.elements())
        collect(*child, out);
}

/// Empty when the test passes, else what happened.
std::string run(const std::filesystem::path& folder, const Test& test,
                const xml::Document& document) {
    const auto resolve = [&](const std::string& uri) {
        if (uri.rfind("file:", 0) != 0) throw Error(ErrorKind::not_found, "no such source: " + uri);
        return read_file(folder / std::filesystem::path(uri.substr(5)).filename());
    };
    try {
        const workflow::Definition definition =
            workflow::read(translate(document), test.file, resolve);
        workflow::Environment environment;
        environment.now = *parse_instant("2026-11-25");
        environment.today = Date(2026, 11, 25);
        environment.session = "session-" + test.id;
        environment.dossier = expression::Value(expression::Map());
        const workflow::StepResult result = workflow::start(definition, environment);
        // What was saved is what goes on: the snapshot comes back from JSON the same.
        const json::Value saved = workflow::to_json(definition, result.snapshot);
        const workflow::Snapshot restored = workflow::snapshot_from_json(definition, saved);
        if (workflow::to_json(definition, restored) != saved) return "the snapshot changes in JSON";
        std::string active;
        for (const std::string& id : workflow::active_atomic_states(definition, restored))
            active += (active.empty() ? "" : " ") + id;
        return active == "pass" && result.finished ? std::string() : "ended in '" + active + "'";
    } catch (const Error& error) {
        return error.what();
    }
}

int main(const std::filesystem::path& folder, bool verbose) {
    const xml::Document manifest =
        xml::parse(read_file(folder / "manifest.xml"), {"manifest.xml", {}});
    std::vector<Test> tests;
    collect(manifest.root(), tests);
    int passed = 0;
    int failed = 0;
    int not_yet = 0;
    for (Test& test : tests) {
        if (test.obstacle == "optional" || test.obstacle == "manual") {
            if (verbose) std::cout << test.id << "  not run: " << test.obstacle << '\n';
            continue;
        }
        const xml::Document document =
            xml::parse(read_file(folder / "tests" / test.file), {test.file, {}});
        const std::set<std::string> names = element_names(document);
        for (const char* name : unsupported)
            if (names.count(name) != 0) {
                test.obstacle = name;
                break;
            }
        if (!test.obstacle.empty()) {
            ++not_yet;
            if (verbose) std::cout << test.id << "  not yet: needs <" << test.obstacle << ">\n";
            continue;
        }
        const std::string problem = run(folder / "tests", test, document);
        (problem.empty() ? passed : failed) += 1;
        if (!problem.empty())
            std::cout << test.id << "  FAILED: " << problem << '\n';
        else if (verbose)
            std::cout << test.id << "  passed\n";
    }
    std::cout << "W3C SCXML tests, mandatory and automated: " << passed << " of "
              << passed + failed + not_yet << " pass, " << not_yet << " not yet\n"
              << passed << " passed, " << failed << " failed\n";
    return failed == 0 && passed > 0 ? 0 : 1;
}

}  // namespace
}  // namespace paraphe::conformance

int main(int argc, char** argv) {
    if (argc < 2) {
        std::cerr << "usage: scxml_conformance DIR [--verbose]\n";
        return 2;
    }
    try {
        return paraphe::conformance::main(argv[1], argc > 2 && std::string(argv[2]) == "--verbose");
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 3;
    }
}
