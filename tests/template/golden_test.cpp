#include <doctest/doctest.h>

#include <cstdlib>

#include "base/error.hpp"
#include "base/file.hpp"
#include "expression/data.hpp"
#include "template/document.hpp"

using namespace paraphe;
using namespace paraphe::test;

namespace {

/// A folder of tests/golden: template.fodt, clauses, data.json, schema.json → expected.fodt.
struct Golden {
    explicit Golden(const std::string& name)
        : folder(PARAPHE_SOURCE_DIR "/tests/golden/" + name + "/"),
          schema(json::Schema::compile(
              parsed("schema.json"), "schema.json",
              [](const std::string&) { return [](std::string_view) { return true; }; })),
          data(expression::from_json(parsed("data.json"), &schema)) {}

    json::Value parsed(const std::string& file) const {
        return json::parse(read_file(folder + file), file);
    }
    odf::Document document() const {
        return odf::read(read_file(folder + "template.fodt"), "template.fodt");
    }
    tmpl::Loader loader() const {
        return [this](const std::string& name) -> std::optional<tmpl::Clause> {
            const std::string file = name.substr(name.rfind('/') + 1) + ".fodt";
            return tmpl::Clause{read_file(folder + file), file};
        };
    }

    std::string folder;
    json::Schema schema;
    expression::Value data;
};

/// One element a line, so that a difference can be read.
std::string broken(const std::string& markup) {
    std::string out;
    for (std::size_t i = 0; i < markup.size(); ++i) {
        const std::string_view rest = std::string_view(markup).substr(i);
        for (const char* start : {"<text:p", "<text:h", "<table:table-row", "<style:style"})
            if (rest.starts_with(start)) out += '\n';
        out += markup[i];
    }
    return out;
}

}  // namespace

// PARAPHE_REWRITE_GOLDEN=1 build/dev/template_test writes the expectations anew.
TEST_CASE("a convention with parties, a schedule, conditions and a clause is merged as expected") {
    const Golden golden("convention");
    const auto found =
        tmpl::check(golden.document(), golden.loader(), expression::type_from_schema(golden.schema),
                    registry(), std::set<std::string>{"beneficiaire"});
    // Half of one tag is bold.
    REQUIRE(found.size() == 1);
    CHECK(found[0].code == "P0208");
    CHECK(found[0].severity == Severity::warning);
    const auto compiled = tmpl::compile_or_throw(golden.document(), golden.loader());
    const std::string made =
        broken(odf::write_flat(tmpl::merge(compiled, golden.data, registry())));
    const std::string file = golden.folder + "expected.fodt";
    if (std::getenv("PARAPHE_REWRITE_GOLDEN") != nullptr) write_file(file, made);
    CHECK(made == read_file(file));
    CHECK(compiled.slots() == std::vector<std::string>{"beneficiaire"});
    CHECK(compiled.clauses() == std::vector<std::string>{"clauses/donnees"});
}
