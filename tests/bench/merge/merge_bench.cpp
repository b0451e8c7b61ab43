#include <cstdlib>
#include <fstream>
#include <iostream>

#include "base/error.hpp"
#include "base/file.hpp"
#include "expression/data.hpp"
#include "json/json.hpp"
#include "kind/kind.hpp"
#include "loan.hpp"
#include "locale/regex.hpp"
#include "measure.hpp"
#include "odf/odf.hpp"
#include "template/document_check.hpp"
#include "template/template.hpp"

/// ./run bench merge: templates compiled, checked and filled; and the data that its peers get.
namespace paraphe::bench {

namespace {

json::Schema schema() {
    return json::Schema::compile(json::parse(std::string(loan_schema), "loan"), "loan",
                                 locale::pattern_compiler());
}

tmpl::Template compiled(const std::string& file) {
    return tmpl::compile_or_throw(odf::read(read_file(file), file), {});
}

void bench_template(const std::string& file) {
    constexpr int warm_up = 20, rounds = 300;
    const Bytes bytes = read_file(file);
    const odf::Document document = odf::read(bytes, file);
    const expression::Typing typing(schema());
    const auto& registry = kind::registry();
    row("read the template's octets",
        measure(warm_up, rounds, [&](int) { odf::read(bytes, file); }), "");
    row("compile", measure(warm_up, rounds, [&](int) { tmpl::compile(document, {}); }),
        "goal ≤ 5 ms");
    row("full check: types and document",
        measure(warm_up, rounds,
                [&](int) { tmpl::check_all(document, {}, typing.type(), registry); }),
        "goal ≤ 10 ms");

    const tmpl::Template ready = compiled(file);
    std::vector<expression::Value> data;
    for (int i = 0; i < warm_up + rounds; ++i)
        data.push_back(typing.value(loan(i)));
    const auto merged = [&](int i, tmpl::Purpose purpose) {
        return tmpl::merge(ready, data[static_cast<std::size_t>(i)], registry, {}, {}, nullptr,
                           purpose);
    };
    constexpr auto reading = tmpl::Purpose::reading, writing = tmpl::Purpose::writing;
    row("merge to a model", measure(warm_up, rounds, [&](int i) { merged(i, reading); }),
        "goal ≤ 0.4 ms");
    row("merge to .fodt octets",
        measure(warm_up, rounds, [&](int i) { odf::write_flat(merged(i, writing)); }),
        "goal ≤ 1 ms");
    row("merge to .odt octets",
        measure(warm_up, rounds, [&](int i) { odf::write_package(merged(i, writing)); }),
        "goal ≤ 2 ms");
}

/// One document with many rows, as a program of its own, so that the memory is its own.
void bench_rows(const std::string& file, int rows) {
    const tmpl::Template ready = compiled(file);
    const expression::Value data = expression::Typing(schema()).value(loan(1, rows));
    const Times times = measure(1, 7, [&](int) {
        odf::write_flat(
            tmpl::merge(ready, data, kind::registry(), {}, {}, nullptr, tmpl::Purpose::writing));
    });
    row("merge to .fodt octets, " + std::to_string(rows) + " rows", times,
        text("%.2f µs a row; peak %.0f MB", times.median * 1e3 / rows, peak_megabytes()));
}

/// Records for paraphe and, with amounts in euros and the one in words ready-made, for its peers.
void write_lines(int count, const std::string& ours, const std::string& peers) {
    std::ofstream out(ours), peer_out(peers);
    for (int i = 0; i < count; ++i) {
        out << json::write(loan(i)) << '\n';
        peer_out << json::write(peer_loan(i)) << '\n';
    }
}

}  // namespace

}  // namespace paraphe::bench

int main(int argc, char** argv) {
    using namespace paraphe::bench;
    const auto word = [&](int i) { return std::string(i < argc ? argv[i] : ""); };
    try {
        if (word(1) == "template" && argc == 3)
            bench_template(word(2));
        else if (word(1) == "rows" && argc == 4)
            bench_rows(word(2), std::atoi(argv[3]));
        else if (word(1) == "lines" && argc == 5)
            write_lines(std::atoi(argv[2]), word(3), word(4));
        else if (word(1) == "schema" && argc == 2)
            std::cout << loan_schema << '\n';
        else
            throw std::runtime_error(
                "usage: merge_bench template FILE | rows FILE COUNT | lines COUNT OURS PEERS | "
                "schema");
        return 0;
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
