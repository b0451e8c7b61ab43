#include "locale/line_breaking.hpp"

#include <doctest/doctest.h>

#include "locale/hyphenation.hpp"

using namespace paraphe;

namespace {

/// The text with a bar wherever a line may end.
std::string barred(std::string_view text) {
    std::string out;
    std::uint32_t at = 0;
    for (const std::uint32_t next : locale::line_breaks(text, "fr")) {
        out += std::string(text.substr(at, next - at)) + "|";
        at = next;
    }
    return out;
}

std::string divided(const locale::Hyphenator& hyphenator, std::string_view word) {
    std::string out(word);
    const auto positions = hyphenator.positions(word);
    for (auto at = positions.rbegin(); at != positions.rend(); ++at)
        out.insert(*at, "-");
    return out;
}

std::string described(std::string_view text) {
    std::string out;
    for (const auto& run : locale::text_runs(text, false)) {
        for (int shift = 24; shift >= 0; shift -= 8)
            out += static_cast<char>(run.script >> shift & 0xFF);
        out += std::to_string(run.level) + " " +
               std::string(text.substr(run.begin, run.end - run.begin)) + "|";
    }
    return out;
}

}  // namespace

TEST_CASE("a line breaks after spaces and hyphens but not before French punctuation") {
    CHECK(barred("Le prêt, accordé ;  fin") == "Le |prêt, |accordé ;  |fin|");
    CHECK(barred("27, rue des Bons-Enfants") == "27, |rue |des |Bons-|Enfants|");
    CHECK(barred("«\u00A0le Prêteur\u00A0» dû") == "«\u00A0le |Prêteur\u00A0» |dû|");
    CHECK(barred("12\u00A0000,00\u202F€ au plus") == "12\u00A0000,00\u202F€ |au |plus|");
    CHECK(barred("l’Emprunteur qu’il") == "l’Emprunteur |qu’il|");
    CHECK(barred("") == "");
    CHECK(barred("   ") == "   |");
}

TEST_CASE("slashes and hyphens part words where they do in Writer") {
    CHECK(barred("et/ou 12/05/2026 M./Mme km/h") == "et/ou |12/05/2026 |M./Mme |km/h|");
    CHECK(barred("http://www.exemple.fr/a/b fin") == "http://www.exemple.fr/a/b |fin|");
    CHECK(barred("2025 / 2026, Nom /Prénom /1") == "2025 |/ |2026, |Nom |/Prénom |/|1|");
    CHECK(barred("art. L271-1, R.271-1-2") == "art. |L271-|1, |R.271-|1-|2|");
    CHECK(barred("2025-2026 -12 -a -é sous-total") == "2025-|2026 |-|12 |-|a |-|é |sous-|total|");
    CHECK(barred("a- b -\u00BB c (-a)") == "a- |b |-\u00BB |c |(-|a)|");
    CHECK(barred("C:\\dossier\\a") == "C:\\|dossier\\|a|");
}

TEST_CASE("text of plain letters breaks where ICU breaks it too") {
    // The right single quotation mark sends a text to ICU without changing the other breaks.
    for (const std::string text :
         {"Le 3,5 pour cent. Fin : oui", "A .b ,c ;d :e", "été 2025 naïf Œuvre", " deux  blancs ",
          "un.deux a:b 1:2 12,50"}) {
        const auto quick = locale::line_breaks(text, "fr");
        auto slow = locale::line_breaks(text + "’", "fr");
        slow.back() -= 3;
        if (text.back() == ' ') slow.pop_back();  // the mark is a word of its own there
        CHECK(quick == slow);
    }
}

TEST_CASE("script and direction part a text into runs") {
    CHECK(described("Monsieur Youssef") == "Latn0 Monsieur Youssef|");
    CHECK(described("né Олексій") == "Latn0 né |Cyrl0 Олексій|");
    CHECK(described("dit يوسف, né") == "Latn0 dit |Arab1 يوسف|Latn0 , né|");
    CHECK(described("12 €") == "Latn0 12 €|");
    CHECK(locale::visual_order({0, 1, 1, 0}) == std::vector<int>{0, 2, 1, 3});
}

TEST_CASE("words follow Unicode") {
    const std::string text = "L'été, 12 jours";
    std::string out;
    for (const auto& word : locale::words(text))
        out += text.substr(word.begin, word.end - word.begin) + "|";
    CHECK(out == "L'été|12|jours|");
}

TEST_CASE("French words are divided by the patterns and never with one letter alone") {
    const locale::Hyphenator hyphenator("/usr/share/hyphen/hyph_fr.dic");
    CHECK(divided(hyphenator, "remboursement") == "rem-bour-se-ment");
    CHECK(divided(hyphenator, "Préfecture") == "Pré-fec-ture");
    CHECK(divided(hyphenator, "été") == "été");
    CHECK(divided(hyphenator, "12e") == "12e");
    CHECK(divided(hyphenator, std::string(101, 'a')) == std::string(101, 'a'));
}
