#include <algorithm>

#include "pdf/conformance_tree.hpp"

/// Annotations, fields, outline, page labels (ISO 19005-3 §6.3; ISO 14289-1 §7.18; ISO 32000-1
/// §12.3.3, §12.4.2).
namespace paraphe::pdf::conformance {

namespace {

constexpr Rule element_rule{"P0633", "ISO 14289-1 §7.18.1, §7.18.4, §7.18.5",
                            "produisez de nouveau le fichier en PDF/UA : un lecteur vocal ne "
                            "rencontre pas ce lien ou ce champ"};
constexpr Rule contents{"P0634", "ISO 14289-1 §7.18.1, §7.18.5",
                        "donnez au lien un texte de remplacement qui dise où il mène"};
constexpr Rule tooltip{"P0635", "ISO 14289-1 §7.18.1",
                       "donnez au champ une info-bulle qui dise ce qu’on y écrit"};
constexpr Rule tabs{"P0636", "ISO 14289-1 §7.18.3",
                    "produisez de nouveau le fichier : la touche de tabulation doit suivre l’ordre "
                    "de lecture"};
constexpr Rule form{"P0637", "ISO 19005-3 §6.3",
                    "retirez cette annotation, ou produisez de nouveau le fichier en PDF/A"};
constexpr Rule outline{
    "P0641", "ISO 32000-1 §12.3.3",
    "produisez de nouveau le fichier : ses signets sont mal chaînés ou sans titre"};
constexpr Rule labels{
    "P0642", "ISO 32000-1 §12.4.2",
    "produisez de nouveau le fichier : les numéros de page affichés seraient faux"};

/// ISO 32000-1 §12.5.3.
enum Flag { invisible = 1, hidden = 2, print = 4, no_view = 32, toggle_no_view = 256 };

class AnnotationCheck {
public:
    AnnotationCheck(Run& run, const Tree& tree) : run_(run), tree_(tree) {}

    void page(Handle page, int number) {
        number_ = number;
        bool any = false;
        for (Handle annotation : elements_of(at(page, "/Annots"))) {
            if (!annotation.isDictionary()) continue;
            any = true;
            kind_ = name_of(at(annotation, "/Subtype"));
            flags_ = integer_of(at(annotation, "/F")).value_or(0);
            check_archival(annotation);
            check_access(annotation);
        }
        if (any && !is_name(at(page, "/Tabs"), "/S"))
            tell(tabs, page,
                 "les liens et champs de la page ne se suivent pas dans l’ordre de lecture");
    }

private:
    void tell(const Rule& rule, Handle annotation, const std::string& problem) {
        run_.findings.add(rule, place_of(annotation, number_), problem);
    }

    void check_archival(Handle annotation) {
        static const std::set<std::string> kinds = {
            "Text",        "Link",     "FreeText",  "Line",      "Square",         "Circle",
            "Polygon",     "PolyLine", "Highlight", "Underline", "Squiggly",       "StrikeOut",
            "Stamp",       "Caret",    "Ink",       "Popup",     "FileAttachment", "Widget",
            "PrinterMark", "TrapNet",  "Watermark", "Redact"};
        if (!kinds.contains(kind_))
            return tell(form, annotation, "une annotation est du genre interdit « " + kind_ + " »");
        if (kind_ != "Popup" && ((flags_ & print) == 0 ||
                                 (flags_ & (invisible | hidden | no_view | toggle_no_view)) != 0))
            tell(form, annotation, "une annotation ne s’imprimerait pas, ou se cacherait");
        Handle appearance = at(annotation, "/AP");
        const auto box = box_of(at(annotation, "/Rect"));
        const bool empty = box && (*box)[0] == (*box)[2] && (*box)[1] == (*box)[3];
        if (kind_ != "Popup" && kind_ != "Link" && !empty && at(appearance, "/N").isNull())
            tell(form, annotation, "une annotation n’a pas d’apparence");
        if (!at(appearance, "/D").isNull() || !at(appearance, "/R").isNull())
            tell(form, annotation, "une annotation change d’apparence sous la souris");
        if (Handle action = at(annotation, "/A"); !action.isNull())
            check_action(run_, action, place_of(annotation, number_));
        if (!at(annotation, "/AA").isNull()) {
            for (const std::string& key : at(annotation, "/AA").getKeys())
                check_action(run_, at(at(annotation, "/AA"), key.c_str()),
                             place_of(annotation, number_));
        }
    }

    void check_access(Handle annotation) {
        const auto box = box_of(at(annotation, "/Rect"));
        const bool visible = box && (*box)[0] < (*box)[2] && (*box)[1] < (*box)[3];
        if ((flags_ & hidden) != 0 || kind_ == "Popup" || kind_ == "PrinterMark") return;
        // A signature without a place on the page is nobody's to read.
        if (kind_ == "Widget" && !visible) return;
        const char* wanted = kind_ == "Link" ? "Link" : kind_ == "Widget" ? "Form" : "Annot";
        const Element* owner = owner_of(annotation);
        if (owner == nullptr || owner->type != wanted)
            tell(element_rule, annotation,
                 (kind_ == "Link"     ? "un lien n’est pas dans un élément « "
                  : kind_ == "Widget" ? "un champ n’est pas dans un élément « "
                                      : "une annotation n’est pas dans un élément « ") +
                     std::string(wanted) + " » de la structure");
        if (kind_ == "Widget") {
            if (is_blank(inherited_text(annotation, "/TU")) && !has_alternative(owner))
                tell(tooltip, annotation,
                     "le champ « " + inherited_text(annotation, "/T") + " » n’a pas d’info-bulle");
        } else if (is_blank(text_of(at(annotation, "/Contents"))) &&
                   (kind_ == "Link" || !has_alternative(owner))) {
            tell(contents, annotation,
                 kind_ == "Link" ? "un lien ne dit pas où il mène"
                                 : "une annotation n’a pas de texte de remplacement");
        }
    }

    static bool has_alternative(const Element* owner) {
        return owner != nullptr && !is_blank(text_of(at(owner->dictionary, "/Alt")));
    }

    static std::string inherited_text(Handle field, const char* key) {
        for (int up = 0; up < 32 && field.isDictionary(); ++up, field = at(field, "/Parent"))
            if (Handle text = at(field, key); text.isString()) return text_of(text);
        return {};
    }

    const Element* owner_of(Handle annotation) const {
        if (!annotation.isIndirect()) return nullptr;
        const auto found = tree_.objects.find(id_of(annotation));
        return found == tree_.objects.end() ? nullptr : &tree_[found->second.front()];
    }

    Run& run_;
    const Tree& tree_;
    int number_ = 0;
    std::string kind_;
    long long flags_ = 0;
};

/// The chain of one level; each entry knows its parent and its neighbours.
class OutlineCheck {
public:
    explicit OutlineCheck(Run& run) : run_(run) {}

    void check(Handle root) {
        std::vector<Handle> open = {root};
        while (!open.empty()) {
            Handle parent = open.back();
            open.pop_back();
            if (!check_level(parent, open)) return;
        }
    }

private:
    bool fault(Handle where, const std::string& problem) {
        run_.findings.add(outline, place_of(where), problem);
        return false;
    }

    static bool same(Handle a, Handle b) {
        return a.isIndirect() && b.isIndirect() && id_of(a) == id_of(b);
    }

    bool check_level(Handle parent, std::vector<Handle>& open) {
        Handle previous = Handle::newNull();
        Handle entry = at(parent, "/First");
        if (entry.isNull() != at(parent, "/Last").isNull())
            return fault(parent, "les signets n’ont pas de début ou pas de fin");
        while (!entry.isNull()) {
            if (!entry.isDictionary() || !entry.isIndirect() || !seen_.insert(id_of(entry)).second)
                return fault(parent, "les signets tournent en rond ou l’un d’eux manque");
            if (is_blank(text_of(at(entry, "/Title"))))
                run_.findings.add(outline, place_of(entry), "un signet n’a pas de titre");
            if (!same(at(entry, "/Parent"), parent) ||
                (previous.isNull() ? !at(entry, "/Prev").isNull()
                                   : !same(at(entry, "/Prev"), previous)))
                return fault(entry, "un signet est mal chaîné");
            if (Handle action = at(entry, "/A"); !action.isNull())
                check_action(run_, action, place_of(entry));
            if (!at(entry, "/First").isNull() || !at(entry, "/Last").isNull())
                open.push_back(entry);
            previous = entry;
            entry = at(entry, "/Next");
        }
        if (!previous.isNull() && !same(at(parent, "/Last"), previous))
            return fault(parent, "le dernier signet n’est pas celui qui est annoncé");
        return true;
    }

    Run& run_;
    std::set<ObjectId> seen_;
};

void check_labels(Run& run, Handle tree) {
    const auto pairs = leaves(tree, "/Nums", run.limits);
    const auto fault = [&](const std::string& problem) {
        run.findings.add(labels, place_of(run.catalog), problem);
    };
    if (!pairs || pairs->empty()) return fault("les numéros de page sont abîmés");
    long long before = -1;
    for (auto [key, label] : *pairs) {
        const long long page = integer_of(key).value_or(-1);
        if (before < 0 && page != 0)
            return fault("les numéros de page ne partent pas de la première");
        if (page <= before) return fault("les numéros de page ne sont pas dans l’ordre");
        before = page;
        Handle style = at(label, "/S"), start = at(label, "/St");
        static const std::set<std::string> styles = {"D", "R", "r", "A", "a"};
        if (!label.isDictionary() || (!style.isNull() && !styles.contains(name_of(style))) ||
            (!start.isNull() && integer_of(start).value_or(0) < 1))
            return fault("les numéros de page emploient un style inconnu");
    }
}

}  // namespace

void check_annotations(Run& run, const Tree& tree) {
    AnnotationCheck check(run, tree);
    for (std::size_t i = 0; i < run.pages.size(); ++i)
        check.page(run.page(i), static_cast<int>(i) + 1);
}

void check_navigation(Run& run) {
    if (Handle root = at(run.catalog, "/Outlines"); root.isDictionary())
        OutlineCheck(run).check(root);
    if (Handle tree = at(run.catalog, "/PageLabels"); !tree.isNull()) check_labels(run, tree);
}

}  // namespace paraphe::pdf::conformance
