#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include "pdf/pdf.hpp"
#include "pdf/test_pages.hpp"

/// What pdf/ takes for four pages of about 11,700 glyphs, warm, every document with other words:
/// write, sign (prepare and embed), read, pictures.
namespace {

using namespace paraphe;
using layout::Role;

void add_page(test::Builder& builder, int variant) {
    static const std::vector<std::string> words = {
        "accompagnement", "bénéficiaire", "Département",   "échéance", "fin",    "œuvre",
        "logement",       "dette",        "remboursement", "affecté",  "social", "1 250,00 €"};
    builder.artifact("Département de la Fictive", 70, 40, layout::Artifact::header);
    builder.text(Role::h2, "Article " + std::to_string(variant) + " — Objet", 70, 60, 13);
    std::size_t word = static_cast<std::size_t>(variant);
    int paragraph = 0;
    for (int line = 0; line < 42; ++line) {
        std::string text;
        while (text.size() < 62)
            text += words[word++ * 7 % words.size()] + " ";
        text += std::to_string(variant * 31 + line);
        const double y = 80 + line * 12;
        if (line % 6 == 0) {
            paragraph = builder.text(Role::p, text, 70, y, 10);
        } else {
            builder.page().items.push_back(
                test::run(test::face(test::serif), text, 70, y, 10, paragraph));
        }
    }
    const int table = builder.node(Role::table);
    for (int row = 0; row < 9; ++row) {
        const int line = builder.node(Role::table_row, table);
        for (int column = 0; column < 6; ++column) {
            const int cell = builder.node(row == 0 ? Role::table_header : Role::table_data, line);
            if (row == 0) {
                builder.pages.nodes[static_cast<std::size_t>(cell)].scope =
                    layout::TableScope::column;
            }
            builder.text(Role::p, std::to_string(variant * row + column) + ",00 €",
                         72 + column * 75, 600 + row * 14, 9, cell);
            builder.rectangle(test::rect(70 + column * 75, 590 + row * 14, 75, 14), std::nullopt,
                              Color{}, {-1, layout::Artifact::layout});
        }
    }
    builder.artifact("Page", 280, 820, layout::Artifact::footer);
}

layout::Pages document(int variant) {
    test::Builder builder;
    for (int page = 0; page < 4; ++page) {
        if (page > 0) builder.new_page();
        add_page(builder, variant + page);
    }
    builder.field("beneficiaire", test::rect(70, 740, 200, 60));
    return builder.pages;
}

void measure(const char* what, int rounds, const std::function<void(int)>& action) {
    std::vector<double> times;
    for (int round = 0; round < rounds; ++round) {
        const auto begin = std::chrono::steady_clock::now();
        action(round);
        times.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
                .count());
    }
    std::sort(times.begin(), times.end());
    std::printf("%-34s %8.2f ms (min %.2f, p95 %.2f)\n", what, times[times.size() / 2], times[0],
                times[times.size() * 95 / 100]);
}

}  // namespace

int main() {
    constexpr int count = 60;
    std::vector<layout::Pages> documents;
    for (int i = 0; i < count; ++i)
        documents.push_back(document(i));
    std::size_t glyphs = 0;
    for (const auto& page : documents[0].pages) {
        for (const auto& item : page.items) {
            if (const auto* run = std::get_if<layout::GlyphRun>(&item)) {
                glyphs += run->glyphs.size();
            }
        }
    }
    pdf::FontCache fonts;
    std::vector<Bytes> written(count);
    const auto at = [](int i) { return static_cast<std::size_t>(i % count); };
    measure("write, first document", 1,
            [&](int i) { written[at(i)] = pdf::write(documents[at(i)], fonts); });
    measure("write", count, [&](int i) { written[at(i)] = pdf::write(documents[at(i)], fonts); });
    std::printf("%zu pages, %zu glyphs, %zu nodes, %zu octets; cache: %zu hits, %zu misses\n",
                documents[0].pages.size(), glyphs, documents[0].nodes.size(), written[0].size(),
                fonts.hits(), fonts.misses());
    measure("write, object streams off", count, [&](int i) {
        pdf::write(documents[at(i)], fonts, {false, {}});
    });
    measure("write, no cache", count, [&](int i) {
        pdf::FontCache none;
        pdf::write(documents[at(i)], none);
    });
    std::vector<pdf::File> files(count, pdf::File::read(written[0]));
    measure("read", count, [&](int i) { files[at(i)] = pdf::File::read(written[at(i)]); });
    pdf::SignatureDictionary facts;
    facts.name = "Camille Exemple";
    measure("sign without the key, with picture", count, [&](int i) {
        const pdf::File& file = files[at(i)];
        const Rect box = file.signature_field("beneficiaire")->box;
        pdf::embed(pdf::prepare_signature(
                       file, "beneficiaire", facts,
                       pdf::text_appearance({box.width, box.height}, test::face(test::serif),
                                            {"Signé par Camille Exemple", "le 2 mars 2026"}),
                       fonts),
                   Bytes(6000, 'x'));
    });
    measure("svg, a page", count, [&](int i) { pdf::svg(documents[at(i)], 0); });
    measure("png, a page at 96 dpi", count, [&](int i) { pdf::png(documents[at(i)], 0); });
    return 0;
}
