#include "template/document_check.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "base/utf8.hpp"
#include "odf/odf.hpp"
#include "template/document_check_findings.hpp"
#include "template/specimen.hpp"

namespace paraphe::tmpl {

namespace {

using odf::Element;
using odf::ElementPtr;
using odf::Name;
using odf::Whereabouts;

/// Styles by name, for what the check asks of them.
class Styles {
public:
    explicit Styles(const odf::Document& document) {
        static const Name style("style:style"), family("style:family"), name("style:name");
        for (const ElementPtr& part : {document.automatic_styles, document.styles}) {
            if (!part) continue;
            for (const odf::Node& node : part->children)
                if (const auto* each = std::get_if<ElementPtr>(&node);
                    each != nullptr && (*each)->name == style &&
                    (*each)->attribute_or_empty(family) == "paragraph")
                    paragraphs_.emplace((*each)->attribute_or_empty(name), each->get());
        }
    }

    /// The style of a paragraph that has an outline level of its own, or nullptr.
    const Element* heading_style(std::string_view name) const {
        static const Name level("style:default-outline-level");
        const Element* style = common(name);
        if (style == nullptr) return nullptr;
        const auto given = style->attribute_or_empty(level);
        return given.empty() || given == "0" ? nullptr : style;
    }

    /// Carries a break: an empty paragraph of this style is there for the break.
    bool breaks(std::string_view name) const {
        static const Name before("fo:break-before"), after("fo:break-after"),
            master("style:master-page-name"), properties("style:paragraph-properties");
        const auto found = paragraphs_.find(name);
        if (found == paragraphs_.end()) return false;
        if (!found->second->attribute_or_empty(master).empty()) return true;
        const ElementPtr own = found->second->child(properties);
        return own && (own->attribute(before) != nullptr || own->attribute(after) != nullptr);
    }

private:
    /// An automatic style stands for the one that the author chose.
    const Element* common(std::string_view name) const {
        static const Name parent("style:parent-style-name"), display("style:display-name");
        auto found = paragraphs_.find(name);
        if (found == paragraphs_.end()) return nullptr;
        const bool automatic = name.size() > 1 && name.front() == 'P' &&
                               name.find_first_not_of("0123456789", 1) == std::string_view::npos &&
                               found->second->attribute(display) == nullptr;
        if (automatic) found = paragraphs_.find(found->second->attribute_or_empty(parent));
        return found == paragraphs_.end() ? nullptr : found->second;
    }

    std::map<std::string_view, const Element*> paragraphs_;
};

class DocumentChecker {
public:
    DocumentChecker(const odf::Document& document, Diagnostics& diagnostics)
        : document_(document),
          styles_(document),
          whereabouts_(document),
          diagnostics_(diagnostics) {}

    void run() {
        title();
        language();
        for (const ElementPtr& part : {document_.master_styles, document_.body}) {
            if (!part) continue;
            in_body_ = part == document_.body;
            whereabouts_ = Whereabouts(document_);
            visit(*part);
        }
        tell_counted();
    }

private:
    void report(const Element& element, std::string code, std::string message, std::string remedy,
                std::string_view quote = {}) {
        diagnostics_.push_back(warning_about(element, whereabouts_, std::move(code),
                                             std::move(message), std::move(remedy), quote));
    }

    void report_document(const Element* element, std::string code, std::string context,
                         std::string message, std::string remedy) {
        Diagnostic out{Severity::warning,  std::move(code),
                       std::move(message), {document_.source, 0, 0, {}},
                       std::move(context), {},
                       std::move(remedy)};
        if (element != nullptr && element->provenance) out.where.line = element->provenance->line;
        diagnostics_.push_back(std::move(out));
    }

    void title() {
        const ElementPtr title = document_.meta ? document_.meta->child(Name("dc:title")) : nullptr;
        if (title && !utf8::is_blank(odf::plain_text(*title))) return;
        report_document(title ? title.get() : document_.meta.get(), "P0239",
                        "propriétés du document", "le document n’a pas de titre",
                        "donnez-lui un titre (Fichier, Propriétés, Description) : les lecteurs "
                        "d’écran l’annoncent en premier");
    }

    /// fo:language of what a paragraph has when nobody says else.
    void language() {
        static const Name default_style("style:default-style"), family("style:family"),
            properties("style:text-properties"), language("fo:language"), country("fo:country");
        const Element* defaults = nullptr;
        if (document_.styles)
            for (const odf::Node& node : document_.styles->children)
                if (const auto* each = std::get_if<ElementPtr>(&node);
                    each != nullptr && (*each)->name == default_style &&
                    (*each)->attribute_or_empty(family) == "paragraph")
                    defaults = each->get();
        const ElementPtr text = defaults != nullptr ? defaults->child(properties) : nullptr;
        const std::string_view given = text ? text->attribute_or_empty(language) : "";
        if (given == "fr") return;
        const std::string remedy =
            "choisissez « Français (France) » dans Outils, Langue, Pour tout le texte : la césure "
            "et la voix des lecteurs d’écran en dépendent";
        if (given.empty() || given == "none" || given == "zxx")
            return report_document(text ? text.get() : defaults, "P0238", "style par défaut",
                                   "la langue du document n’est pas indiquée", remedy);
        std::string named(given);
        if (const auto land = text->attribute_or_empty(country); !land.empty() && land != "none")
            named.append("-").append(land);
        report_document(text.get(), "P0238", "style par défaut",
                        "la langue du document est « " + named + " », non le français", remedy);
    }

    void visit(const Element& element) {
        static const Name tracked("text:tracked-changes"), header("style:header"),
            footer("style:footer"), header_left("style:header-left"),
            footer_left("style:footer-left"), header_first("style:header-first"),
            footer_first("style:footer-first"), frame("draw:frame"), a("text:a"), p("text:p"),
            date("text:date"), time("text:time");
        const Name name = element.name;
        if (name == tracked) return;
        whereabouts_.enter(element);
        if (name == header || name == header_left || name == header_first)
            whereabouts_.in_part("en-tête");
        if (name == footer || name == footer_left || name == footer_first)
            whereabouts_.in_part("pied de page");
        if (name == frame) picture(element);
        if (name == a) link(element);
        if (name == date || name == time) moving_date(element);
        if (in_body_ && name == p) looks_like_heading(element);
        if (spacing_.contains(&element)) count(empty_, element, "P0241");
        if (in_body_ && odf::is_paragraph(name)) aligned_by_hand(element);
        if (in_body_ && !odf::is_paragraph(name)) note_spacing(element);
        for (const odf::Node& node : element.children)
            if (const auto* child = std::get_if<ElementPtr>(&node)) visit(**child);
    }

    void picture(const Element& frame) {
        static const Name image("draw:image"), object("draw:object"), title("svg:title"),
            desc("svg:desc"), decorative("loext:decorative"), name("draw:name");
        if (!frame.child(image) && !frame.child(object)) return;
        if (frame.attribute_or_empty(decorative) == "true") return;
        for (const Name words : {title, desc})
            if (const ElementPtr said = frame.child(words);
                said && !utf8::is_blank(odf::plain_text(*said)))
                return;
        report(frame, "P0416", "une image n’a pas de texte de remplacement",
               "donnez-lui une description (clic droit, Description…)",
               frame.attribute_or_empty(name));
    }

    void moving_date(const Element& field) {
        if (odf::is_fixed(field)) return;
        report(field, "P0245",
               "cette date, ou cette heure, change à chaque ouverture du document : le PDF signé "
               "et l’ODT n’en diront pas la même",
               "écrivez une donnée du contrat ({{ contrat.debut | date_longue }}), ou cochez « "
               "Contenu "
               "fixe »");
    }

    void link(const Element& link) {
        static const Name frame("draw:frame");
        bool pictured = false;
        odf::walk(link, [&](const Element& each) { pictured = pictured || each.name == frame; });
        const std::string text = shortened(odf::plain_text(link));
        if (text.empty()) {
            if (!pictured)
                report(link, "P0240", "un lien n’a pas de texte",
                       "écrivez où il mène, ou supprimez-le (clic droit, Supprimer le lien)",
                       link.attribute_or_empty(Name("xlink:href")));
            return;
        }
        static const std::array<std::string_view, 12> vague{
            "ici",           "cliquez ici",  "Cliquez ici", "cliquer ici",    "Cliquer ici",
            "cliquez-ici",   "lien",         "ce lien",     "en savoir plus", "En savoir plus",
            "lire la suite", "Lire la suite"};
        if (std::find(vague.begin(), vague.end(), text) != vague.end())
            report(link, "P0240", "le texte de ce lien ne dit pas où il mène",
                   "nommez la page ou le document : sur papier, et à l’oreille, « " + text +
                       " » ne dit rien",
                   text);
    }

    void looks_like_heading(const Element& paragraph) {
        static const Name style_name("text:style-name");
        const Element* style = styles_.heading_style(paragraph.attribute_or_empty(style_name));
        if (style == nullptr) return;
        const std::string text = shortened(odf::plain_text(paragraph));
        if (text.empty()) return;
        std::string_view shown = style->attribute_or_empty(Name("style:display-name"));
        if (shown.empty()) shown = style->attribute_or_empty(Name("style:name"));
        report(paragraph, "P0233",
               "ce paragraphe a le style « " + std::string(shown) +
                   " » sans être un titre : il n’est ni numéroté ni dans la table des matières",
               "dans Format, Paragraphe, Plan et liste, rendez-lui son niveau de plan", text);
    }

    // --- What is counted and told once --------------------------------------------------------

    struct Counted {
        int count = 0;
        std::optional<Diagnostic> first;
    };

    void count(Counted& counted, const Element& element, const char* code) {
        if (++counted.count == 1)
            counted.first = warning_about(element, whereabouts_, code, {}, {});
    }

    /// Empty paragraphs between two others, the way of typewriters to make room. One that stands
    /// beside a table or at an edge may be there because Writer demands it.
    void note_spacing(const Element& parent) {
        const auto paragraph_at = [&](std::size_t i) -> const Element* {
            if (i >= parent.children.size()) return nullptr;
            const auto* child = std::get_if<ElementPtr>(&parent.children[i]);
            return child != nullptr && odf::is_paragraph((*child)->name) ? child->get() : nullptr;
        };
        for (std::size_t i = 1; i < parent.children.size(); ++i) {
            const Element* paragraph = paragraph_at(i);
            if (paragraph == nullptr || !is_empty(*paragraph)) continue;
            if (paragraph_at(i - 1) == nullptr || paragraph_at(i + 1) == nullptr) continue;
            if (styles_.breaks(paragraph->attribute_or_empty(Name("text:style-name")))) continue;
            spacing_.insert(paragraph);
        }
    }

    static bool is_empty(const Element& paragraph) {
        static const Name p("text:p"), soft_break("text:soft-page-break"), span("text:span");
        if (paragraph.name != p && paragraph.name != span) return false;
        return std::all_of(
            paragraph.children.begin(), paragraph.children.end(), [](const odf::Node& node) {
                if (const auto* text = std::get_if<odf::Text>(&node))
                    return utf8::is_blank(text->text);
                const Element& child = *std::get<ElementPtr>(node);
                return child.name == soft_break || (child.name == span && is_empty(child));
            });
    }

    void aligned_by_hand(const Element& paragraph) {
        static const Name space("text:s"), count_of("text:c"), tab("text:tab");
        int tabs = 0;
        bool found = false;
        for (const odf::Node& node : paragraph.children) {
            const auto* child = std::get_if<ElementPtr>(&node);
            const bool is_tab = child != nullptr && (*child)->name == tab;
            tabs = is_tab ? tabs + 1 : 0;
            found = found || tabs >= 3;
            if (child != nullptr && (*child)->name == space) {
                const std::string written((*child)->attribute_or_empty(count_of));
                found = found || std::atoi(written.c_str()) >= 4;
            }
        }
        if (found) count(aligned_, paragraph, "P0242");
    }

    void tell_counted() {
        // One alone is no habit.
        if (empty_.count >= 2)
            tell(empty_,
                 std::to_string(empty_.count) +
                     " paragraphes vides servent d’espacement, le premier ici",
                 "supprimez-les et réglez l’espace avant ou après dans le style : un saut de page "
                 "les laisserait en haut d’une page");
        if (aligned_.count > 0)
            tell(aligned_,
                 aligned_.count == 1
                     ? "des espaces ou des tabulations répétées alignent le texte"
                     : std::to_string(aligned_.count) +
                           " paragraphes sont alignés par des espaces ou des tabulations répétées, "
                           "le premier ici",
                 "employez un taquet de tabulation ou un tableau : l’alignement ne tient qu’avec "
                 "cette police");
    }

    void tell(Counted& counted, std::string message, std::string remedy) {
        counted.first->message = std::move(message);
        counted.first->remedy = std::move(remedy);
        diagnostics_.push_back(std::move(*counted.first));
    }

    const odf::Document& document_;
    Styles styles_;
    Whereabouts whereabouts_;
    bool in_body_ = false;
    std::set<const Element*> spacing_;  ///< empty paragraphs still to be met
    Counted empty_, aligned_;
    Diagnostics& diagnostics_;
};

void finish(Diagnostics& diagnostics, const std::string& source) {
    Diagnostics once;
    for (Diagnostic& each : diagnostics)
        if (std::find(once.begin(), once.end(), each) == once.end())
            once.push_back(std::move(each));
    diagnostics = std::move(once);
    sort_by_place(diagnostics, source);
}

}  // namespace

Diagnostic warning_about(const Element& element, const Whereabouts& whereabouts, std::string code,
                         std::string message, std::string remedy, std::string_view quote) {
    Diagnostic out;
    out.severity = Severity::warning;
    out.code = std::move(code);
    out.message = std::move(message);
    out.remedy = std::move(remedy);
    out.quote = quote;
    out.context = whereabouts.words();
    if (element.provenance) {
        if (element.provenance->source) out.where.source = *element.provenance->source;
        out.where.line = element.provenance->line;
    }
    return out;
}

std::string shortened(std::string_view text) {
    std::string out;
    std::size_t characters = 0;
    bool space = false;
    for (std::size_t i = 0; i < text.size();) {
        const auto length = utf8::decode(text, i).length;
        const std::string_view one = text.substr(i, length);
        i += length;
        if (utf8::is_blank(one)) {
            space = true;
            continue;
        }
        if (characters >= 60) return out + "…";
        if (space && !out.empty()) {
            out += ' ';
            ++characters;
        }
        space = false;
        out += one;
        ++characters;
    }
    return out;
}

Diagnostics check_document(const odf::Document& document) {
    Diagnostics out;
    DocumentChecker(document, out).run();
    if (document.body) {
        Instructions body;
        for (const odf::Node& node : document.body->children)
            body.push_back({Constant{node, {}}});
        check_paths(document, body, out);
    }
    finish(out, document.source);
    return out;
}

Diagnostics check_document(const Template& compiled) {
    Diagnostics out;
    const Program& program = compiled.program();
    const odf::Document whole = specimen(compiled);
    DocumentChecker(whole, out).run();
    check_paths(program.base, program.body, out);
    check_doubled_slots(program, out);
    finish(out, program.base.source);
    return out;
}

}  // namespace paraphe::tmpl
