#include "pdf/conformance.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "pdf/conformance_parts.hpp"

namespace paraphe::pdf {

namespace {

using namespace conformance;

constexpr Rule unreadable{"P0600", "ISO 32000-1 §7.5",
                          "demandez de nouveau le fichier à son auteur, tel qu’il l’a produit"};
constexpr Rule encrypted{"P0601", "ISO 19005-3 §6.1.3, ISO 14289-1 §7.16",
                         "enregistrez le fichier sans mot de passe ni restriction"};

}  // namespace

Diagnostics check_conformance(const File& file) {
    const auto& state = Inside::of(file);
    const std::lock_guard lock(state.mutex);
    return guarded(state.source, [&] {
        Run run{state.pdf, state.source, state.bytes, state.pages, state.limits};
        run.catalog = state.pdf.getRoot();
        for (std::size_t i = 0; i < state.pages.size(); ++i)
            run.page_numbers[state.pages[i]] = static_cast<int>(i) + 1;
        check_syntax(run);
        check_metadata(run);
        check_catalog(run);
        check_actions(run);
        check_content(run);
        check_fonts(run);
        check_structure(run);
        check_navigation(run);
        run.keep_warnings();
        if (!run.damage.empty())
            run.findings.add(unreadable, {}, "un objet du fichier est abîmé : " + run.damage);
        return run.findings.take();
    });
}

Diagnostics check_conformance(Bytes bytes, const std::string& source, const Limits& limits) {
    try {
        return check_conformance(File::read(std::move(bytes), source, limits));
    } catch (const Error& error) {
        Findings findings(source);
        if (error.code() == "encrypted_pdf")
            findings.add(encrypted, {}, "le fichier est chiffré");
        else if (error.code() == "damaged_pdf" || error.code() == "hybrid_pdf")
            findings.add(unreadable, {}, "le fichier ne se lit pas sûrement : " + error.problem());
        else
            throw;
        return findings.take();
    }
}

bool is_of_author(std::string_view code) {
    static constexpr std::string_view codes[] = {"P0610", "P0614", "P0626", "P0627", "P0628",
                                                 "P0629", "P0630", "P0632", "P0634"};
    return std::find(std::begin(codes), std::end(codes), code) != std::end(codes);
}

}  // namespace paraphe::pdf
