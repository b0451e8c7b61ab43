#include "template/explanations.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <sstream>

#include "base/error.hpp"
#include "base/file.hpp"
#include "expression/data.hpp"
#include "json/json.hpp"
#include "template/document.hpp"

// The catalogue is a promise to authors: every code that the program can emit has its page, and
// what the page shows as wrong is what the program finds wrong.

using namespace paraphe;
using namespace paraphe::test;
using tmpl::Explanation;
namespace fs = std::filesystem;

namespace {

/// The codes that the sources can emit, each with one place: "P0123" between quotation marks,
/// comments left out.
std::map<std::string, std::string> emitted() {
    std::map<std::string, std::string> out;
    for (const auto& entry :
         fs::recursive_directory_iterator(fs::path(PARAPHE_SOURCE_DIR) / "src")) {
        const std::string name = entry.path().filename().string();
        if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
        if (name.starts_with("explanations")) continue;
        std::istringstream lines(read_file(entry.path()));
        for (std::string line; std::getline(lines, line);) {
            const auto comment = line.find("//");
            for (std::size_t at = line.find('"'); at < comment; at = line.find('"', at + 1))
                if (at + 6 < line.size() && line[at + 6] == '"' &&
                    std::string_view("PWK").find(line[at + 1]) != std::string_view::npos &&
                    std::all_of(line.begin() + static_cast<std::ptrdiff_t>(at) + 2,
                                line.begin() + static_cast<std::ptrdiff_t>(at) + 6,
                                [](char c) { return c >= '0' && c <= '9'; }))
                    out.emplace(line.substr(at + 1, 5), name);
        }
    }
    return out;
}

/// What the checker finds, else what filling finds.
std::set<std::string> codes_of(const Explanation& it, std::string_view example) {
    const auto document = odf::read(tmpl::example_template(it.example, example), "essai.fodt");
    const tmpl::Loader loader = [](const std::string& name) -> std::optional<tmpl::Clause> {
        const auto text = tmpl::example_clause(name);
        return text ? std::optional<tmpl::Clause>({*text, name}) : std::nullopt;
    };
    const auto schema = json::Schema::compile(json::parse(tmpl::example_schema(), "exemple.json"),
                                              "exemple.json", {});
    const auto functions = registry();
    std::set<std::string> out;
    for (const Diagnostic& each :
         tmpl::check(document, loader, expression::type_from_schema(schema), functions,
                     std::set<std::string>{"beneficiaire"}))
        out.insert(each.code);
    if (!out.empty()) return out;
    try {
        const auto data =
            expression::Typing(schema).value(json::parse(tmpl::example_data(), "exemple.json"));
        tmpl::merge(tmpl::compile_or_throw(document, loader), data, functions);
    } catch (const Error& error) {
        out.insert(error.code());
    }
    return out;
}

}  // namespace

TEST_CASE("every code that the program emits is explained, and every explanation is of one") {
    const auto codes = emitted();
    REQUIRE(codes.size() > 40);
    for (const auto& [code, file] : codes)
        CHECK_MESSAGE(tmpl::explanation_of(code), code << " in " << file << " is not explained");
    std::string before;
    for (const Explanation& each : tmpl::explanations()) {
        CHECK_MESSAGE(codes.contains(std::string(each.code)), each.code << " is no code");
        CHECK_MESSAGE(each.code != before, each.code << " is explained twice");
        before = each.code;
    }
}

TEST_CASE("an explanation says all five things in typographic French") {
    for (const Explanation& it : tmpl::explanations()) {
        CAPTURE(it.code);
        for (const auto text : {it.title, it.meaning, it.stakes, it.remedy, it.wrong, it.right})
            CHECK(!text.empty());
        CHECK(it.wrong != it.right);
        CHECK(!it.title.ends_with('.'));
        for (const auto text : {it.meaning, it.stakes, it.remedy})
            CHECK((text.ends_with('.') || text.ends_with(" ?")));
        for (const auto text : {it.title, it.meaning, it.stakes})
            CHECK(text.find('\'') == std::string_view::npos);
    }
}

TEST_CASE("what the catalogue calls wrong gives its code, and what it calls right gives none") {
    for (const Explanation& it : tmpl::explanations()) {
        if (it.example != Explanation::Example::text && it.example != Explanation::Example::markup)
            continue;
        CAPTURE(it.code);
        const auto wrong = codes_of(it, it.wrong);
        std::string found;
        for (const auto& code : wrong)
            found += code + " ";
        CHECK_MESSAGE(wrong.contains(std::string(it.code)), "found only: " << found);
        const auto right = codes_of(it, it.right);
        CHECK_MESSAGE(right.empty(), "the right example gives " << *right.begin());
    }
}

TEST_CASE("an explanation is found by its code in small letters too, and prints as a page") {
    REQUIRE(tmpl::explanation_of("p0106"));
    CHECK(tmpl::explanation_of("P9999") == nullptr);
    CHECK(tmpl::explanation_of("") == nullptr);
    CHECK(to_string(*tmpl::explanation_of("P0206")) ==
          "P0206 — Signataire inconnu\n\n"
          "Ce que cela veut dire\n  Aucun signataire du déroulement ne porte ce nom.\n\n"
          "Pourquoi c’est important\n  La case ne serait jamais présentée à personne : le contrat "
          "resterait à signer.\n\n"
          "Que faire\n  Corrigez le nom du signataire, ou ajoutez-le au déroulement.\n\n"
          "À ne pas écrire\n  {{ signature(\"beneficiare\") }}\n\n"
          "À écrire\n  {{ signature(\"beneficiaire\") }}\n");
}
