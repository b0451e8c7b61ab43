#include <fstream>
#include <sstream>

#include "base/file.hpp"
#include "crypto/authority.hpp"
#include "crypto/hash.hpp"
#include "expression/data.hpp"
#include "json/json.hpp"
#include "kind/kind.hpp"
#include "layout/layout.hpp"
#include "loan.hpp"
#include "locale/regex.hpp"
#include "measure.hpp"
#include "odf/odf.hpp"
#include "pdf/pdf.hpp"
#include "sections.hpp"
#include "signature/pades.hpp"
#include "template/template.hpp"

namespace paraphe::bench {

namespace {

/// The compiled contract and what stays in memory between two documents.
class Contract {
public:
    explicit Contract(const std::string& file)
        : template_(tmpl::compile_or_throw(odf::read(read_file(file), file), {})),
          typing_(json::Schema::compile(json::parse(std::string(loan_schema), "loan"), "loan",
                                        locale::pattern_compiler())),
          fonts_(text::FontMap::load(std::string(PARAPHE_SOURCE_DIR) + "/fonts/fonts.map")) {}

    expression::Value values(int variant) const { return typing_.value(loan(variant)); }
    expression::Value values(const std::string& json) const {
        return typing_.value(json::parse(json, "loan"));
    }
    odf::Document merge(const expression::Value& data) const {
        return tmpl::merge(template_, data, kind::registry());
    }
    layout::Pages pages(const odf::Document& document) const {
        return layout::layout(document, fonts_, {"2026-01-14T10:00:00Z", "paraphe 0.1.0"});
    }
    Bytes pdf(const layout::Pages& pages) { return pdf::write(pages, cache_); }
    pdf::FontCache& cache() { return cache_; }
    text::FacePtr face() const { return fonts_.find("Liberation Serif", 400, false).face; }

private:
    tmpl::Template template_;
    expression::Typing typing_;
    text::FontMap fonts_;
    pdf::FontCache cache_;
};

double peak_megabytes() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
    return 0;
}

}  // namespace

void bench_pdf(const std::string& file, const std::string& peer_figures) {
    constexpr int warm_up = 20, rounds = 1000;
    Contract contract(file);
    Stopwatch whole, merging, setting, writing;
    std::size_t octets = 0, pages = 0;
    for (int i = 0; i < warm_up + rounds; ++i) {
        const std::string data = json::write(loan(i));
        Stopwatch unheard;
        const bool counts = i >= warm_up;
        odf::Document document;
        layout::Pages set;
        Bytes pdf;
        (counts ? whole : unheard).time([&] {
            (counts ? merging : unheard).time([&] {
                document = contract.merge(contract.values(data));
            });
            (counts ? setting : unheard).time([&] { set = contract.pages(document); });
            (counts ? writing : unheard).time([&] { pdf = contract.pdf(set); });
        });
        octets = pdf.size();
        pages = set.pages.size();
    }
    const Times times = whole.times();
    const double memory = peak_megabytes();
    row("data → PDF: JSON text to PDF/A-3a, " + std::to_string(pages) + " pages", times,
        text("goal ≤ 12 ms; peak %.0f MB, goal ≤ 40 MB; %zu octets; subsets %zu hits, %zu misses",
             memory, octets, contract.cache().hits(), contract.cache().misses()));
    row("— JSON, types, merge", merging.times(), "");
    row("— layout", setting.times(), "");
    row("— pdf::write", writing.times(), "");

    std::istringstream figures(peer_figures);
    Times peer;
    double peer_memory = 0;
    int peer_pages = 0;
    if (figures >> peer.median >> peer.least >> peer.cpu >> peer_memory >> peer_pages) {
        std::printf(
            "| LibreOffice, warm: load .odt, export PDF/A-3, %d pages | %.1f | %.1f | | "
            "%.1f | peak %.0f MB; paraphe is %.0f× as fast (CPU %.0f×), %.1f× less memory "
            "|\n",
            peer_pages, peer.median, peer.least, peer.cpu, peer_memory, peer.median / times.median,
            peer.cpu / times.cpu, peer_memory / memory);
    }
}

void write_filled(const std::string& file, const std::string& folder, int count) {
    const Contract contract(file);
    for (int i = 0; i < count; ++i)
        write_file(folder + text("/contrat-%03d.odt", i),
                   odf::write_package(contract.merge(contract.values(i))));
}

void bench_sign(const std::string& file) {
    constexpr int warm_up = 10, rounds = 100;
    Contract contract(file);
    SystemRandom random;
    const Instant at = *parse_instant("2026-01-14T10:00:00Z");
    const Instant end = at + std::chrono::days(365);
    const auto authority =
        crypto::Authority::create({"Autorité d’essai", "paraphe"}, at, end, random);
    const auto signer = authority.issue({"Camille Exemple", ""}, at, end, random);
    std::vector<Bytes> files;
    for (int i = 0; i < warm_up + rounds; ++i)
        files.push_back(contract.pdf(contract.pages(contract.merge(contract.values(i)))));
    std::size_t added = 0;
    const Times times = measure(warm_up, rounds, [&](int i) {
        const Bytes& bytes = files[static_cast<std::size_t>(i)];
        signature::pades::Request request;
        request.field = "emprunteur";
        request.at = at;
        request.name = "Camille Exemple";
        request.visible.face = contract.face();
        request.visible.name = "Camille Exemple";
        const auto prepared =
            signature::pades::prepare(pdf::File::read(bytes), request, signer.certificate(),
                                      signer.chain(), contract.cache());
        const Bytes value = signer.sign(prepared.to_sign);
        added =
            signature::pades::embed(prepared, crypto::sha256(bytes), value).size() - bytes.size();
    });
    row("sign: PAdES B-B, P-256: read, prepare, sign, embed", times,
        text("adds %zu octets, with visible text", added));
}

}  // namespace paraphe::bench
