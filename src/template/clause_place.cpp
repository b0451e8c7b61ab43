#include "template/clause_place.hpp"

#include <algorithm>

#include "odf/odf.hpp"

namespace paraphe::tmpl {

using odf::Element;
using odf::ElementPtr;
using odf::Name;

bool clause_fits(const Element& text, const std::string& name, const Place& place,
                 const std::vector<Name>& parents, Diagnostics& diagnostics) {
    static const Name item("text:list-item"), header("text:list-header"), p("text:p"), h("text:h"),
        list("text:list"), page_break("text:soft-page-break"), note("text:note"),
        tracked("text:tracked-changes"), note_body("text:note-body"), page_header("style:header"),
        page_footer("style:footer");
    const auto fault = [&](const std::string& message, const std::string& remedy) {
        diagnostics.push_back(
            diagnostic_at(place, "P0213", "la clause « " + name + " » " + message, remedy));
        return false;
    };
    bool has_note = false, changes = false;
    odf::walk(text, [&](const Element& each) {
        has_note = has_note || each.name == note;
        changes =
            changes || each.name == Name("text:change") || each.name == Name("text:change-start");
    });
    if (changes)
        return fault("contient des modifications suivies",
                     "acceptez-les ou refusez-les dans Writer");
    const auto inside = [&](Name parent) {
        return std::find(parents.begin(), parents.end(), parent) != parents.end();
    };
    if (has_note && inside(note_body))
        return fault("contient une note, et se trouve elle-même dans une note",
                     "sortez la note de la clause");
    if (has_note && (inside(page_header) || inside(page_footer)))
        return fault("contient une note, et se trouve dans un en-tête ou un pied de page",
                     "sortez la note de la clause");
    if (parents.empty() || (parents.back() != item && parents.back() != header)) return true;
    for (const odf::Node& node : text.children)
        if (const auto* child = std::get_if<ElementPtr>(&node))
            if ((*child)->name != p && (*child)->name != h && (*child)->name != list &&
                (*child)->name != page_break)
                return fault(
                    "contient autre chose que des paragraphes et des listes, et se "
                    "trouve dans un élément de liste",
                    "mettez la balise dans un paragraphe hors de la liste");
    return true;
}

}  // namespace paraphe::tmpl
