#include "template/value_nodes.hpp"

#include "odf/odf.hpp"

namespace paraphe::tmpl {

using odf::ElementPtr;
using odf::Name;

Rendition rendition_in(Name name, Rendition outer) {
    static const Name title("dc:title"), subject("dc:subject"), description("dc:description"),
        creator("dc:creator"), keyword("meta:keyword"), svg_title("svg:title"),
        svg_desc("svg:desc");
    if (name == svg_title || name == svg_desc) return Rendition::alternative;
    if (name == title || name == subject || name == description || name == creator ||
        name == keyword)
        return Rendition::plain;
    return outer;
}

bool is_rich(Rendition rendition) {
    return rendition == Rendition::paragraph || rendition == Rendition::aligned;
}

void append_text(const std::string& text, odf::ProvenancePtr provenance, Rendition rendition,
                 std::vector<odf::Node>& out) {
    static const Name line_break("text:line-break"), tab("text:tab"), space("text:s");
    static const ElementPtr line_break_element = odf::make_element(line_break, {});
    static const ElementPtr tab_element = odf::make_element(tab, {});
    static const ElementPtr space_element = odf::make_element(space, {});
    std::string run_of_text;
    const auto flush = [&] {
        if (!run_of_text.empty()) out.emplace_back(odf::Text{std::move(run_of_text), provenance});
        run_of_text.clear();
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (!is_rich(rendition)) {
            run_of_text += c == '\n' || c == '\t' || c == '\r' ? ' ' : c;
        } else if (c == '\n') {
            flush();
            out.emplace_back(line_break_element);
        } else if (c == '\t') {
            flush();
            out.emplace_back(tab_element);
        } else if (c == '\r') {
            continue;
        } else if (c == ' ' && i > 0 && text[i - 1] == ' ') {
            flush();
            out.emplace_back(space_element);
        } else if (rendition == Rendition::aligned && text.compare(i, 3, "\u202F") == 0) {
            run_of_text += "\u00A0";
            i += 2;
        } else {
            run_of_text += c;
        }
    }
    flush();
}

}  // namespace paraphe::tmpl
