#include <algorithm>

#include "template/annotate.hpp"
#include "template/compiler.hpp"
#include "template/document_check.hpp"
#include "template/template.hpp"

namespace paraphe::tmpl {

namespace ex = expression;

Compiled compile(const odf::Document& document, const Loader& loader) {
    Compiled out;
    Template made = Compiler(document, loader, out.diagnostics).run();
    sort_by_place(out.diagnostics, document.source);
    if (!has_errors(out.diagnostics)) out.result = std::move(made);
    return out;
}

Diagnostics check(const odf::Document& document, const Loader& loader, const ex::Type& data,
                  const ex::Registry& registry, const std::optional<std::set<std::string>>& slots) {
    Diagnostics out;
    const Template made = Compiler(document, loader, out).run();
    const Diagnostics more = check(made, data, registry, slots);
    out.insert(out.end(), more.begin(), more.end());
    sort_by_place(out, document.source);
    return out;
}

Diagnostics check_all(const odf::Document& document, const Loader& loader, const ex::Type& data,
                      const ex::Registry& registry,
                      const std::optional<std::set<std::string>>& slots) {
    Diagnostics out;
    const Template made = Compiler(document, loader, out).run();
    // Where blocks could not be placed, the template is its tags alone.
    const bool placed = std::none_of(out.begin(), out.end(), [](const Diagnostic& each) {
        return each.code == "P0202" || each.code == "P0203";
    });
    for (const Diagnostics& more :
         {check(made, data, registry, slots),
          placed ? check_document(made) : check_document(without_comments(document))})
        out.insert(out.end(), more.begin(), more.end());
    sort_by_place(out, document.source);
    return out;
}

}  // namespace paraphe::tmpl
