#include <doctest/doctest.h>

#include <cstdlib>

#include "base/file.hpp"
#include "expression/data.hpp"
#include "expression/text_renderer.hpp"

using namespace paraphe;
using namespace paraphe::expression;

namespace {

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size())
        text.replace(at, what.size(), by);
    return text;
}

std::string plain(std::string text) {
    return replaced(replaced(std::move(text), "␤", "\n"), "␠", " ");
}

}  // namespace

TEST_CASE("the cases of conformance come out as written by hand") {
    const std::string folder = PARAPHE_SOURCE_DIR "/tests/conformance/expressions/";
    const Value data = from_json(json::parse(read_file(folder + "data.json"), "data.json"));
    const std::string cases = read_file(folder + "cases.txt");
    int count = 0;
    for (std::size_t at = 0; at < cases.size();) {
        const std::size_t end = std::min(cases.find('\n', at), cases.size());
        const std::string line = cases.substr(at, end - at);
        at = end + 1;
        const std::string arrow = " ⇒ ";
        const std::size_t middle = line.find(arrow);
        if (line.starts_with('#') || middle == std::string::npos) continue;
        ++count;
        const std::string source = plain(line.substr(0, middle));
        std::string expected = line.substr(middle + arrow.size());
        expected = plain(expected.substr(0, expected.find(" ⇎ ")));
        std::string result;
        try {
            Scope scope(data);
            result = testing::TextRenderer(source, scope).run();
        } catch (const Error& error) {
            result = "!";
            CHECK_MESSAGE(error.kind() == ErrorKind::malformed_input, source);
            CHECK_MESSAGE(error.code().starts_with("P01"), source);
            const std::string message = source + ": " + error.what();
            CHECK_MESSAGE(result == expected, message);
            continue;
        }
        CHECK_MESSAGE(result == expected, source);
    }
    CHECK(count >= 200);
}

TEST_CASE("the printed list of functions is that of the registry") {
    const std::string path = PARAPHE_SOURCE_DIR "/README.md";
    const std::string begin = "<!-- functions -->\n";
    const std::string end = "<!-- /functions -->";
    const std::string readme = read_file(path);
    const auto from = readme.find(begin) + begin.size();
    const auto to = readme.find(end);
    REQUIRE(to != std::string::npos);
    const Registry& registry = standard_registry();
    const std::string list = "#### Functions\n\n" + registry.markdown(Role::function) +
                             "\n#### Filters\n\n" + registry.markdown(Role::filter) +
                             "\n#### Tests\n\n" + registry.markdown(Role::test) +
                             "\n#### Methods\n\n" + registry.markdown(Role::method);
    // PARAPHE_UPDATE=1 rewrites the list after the table has changed.
    if (std::getenv("PARAPHE_UPDATE"))
        write_file(path, readme.substr(0, from) + list + readme.substr(to));
    else
        CHECK(readme.substr(from, to - from) == list);
}
