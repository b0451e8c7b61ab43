#include "template/draft.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "odf/odf.hpp"
#include "template/conditional_field.hpp"
#include "template/joined_paragraphs.hpp"
#include "template/link_address.hpp"
#include "template/logical_text.hpp"

namespace paraphe::tmpl {

namespace {

using odf::Element;
using odf::ElementPtr;
using odf::Name;

/// Elements whose character data a reader sees: paragraphs, and single-line texts beside them.
bool holds_text(Name name) {
    static const Name p("text:p"), h("text:h"), title("dc:title"), subject("dc:subject"),
        description("dc:description"), creator("dc:creator"), keyword("meta:keyword"),
        author("meta:initial-creator"), property("meta:user-defined"), svg_title("svg:title"),
        svg_desc("svg:desc"), table_title("table:title"), table_desc("table:desc"),
        index_title("text:index-title-template"), index_text("text:index-entry-span");
    return name == p || name == h || name == title || name == subject || name == description ||
           name == creator || name == author || name == keyword || name == property ||
           name == svg_title || name == svg_desc || name == table_title || name == table_desc ||
           name == index_title || name == index_text;
}

/// A link in the text whose address is filled.
bool is_tagged_link(const Element& element) {
    static const Name link("text:a"), href("xlink:href");
    return element.name == link && has_tag(element.attribute_or_empty(href));
}

/// Block tags govern; they may be lifted. Outputs and includes are content.
bool is_block_tag(const Draft& node) {
    return node.is_statement() && !std::holds_alternative<expression::Include>(*node.statement);
}

/// Only white space and statement tags (or comments) below a paragraph; collects the tags.
bool holds_only_tags(Draft& node, std::vector<DraftPtr*>& tags, bool& any) {
    static const Name page_break("text:soft-page-break");
    for (auto& child : node.children) {
        switch (child->kind) {
            case Draft::Kind::text:
                if (!utf8::is_blank(child->text.text)) return false;
                break;
            case Draft::Kind::constant:
                if (child->element->name != page_break) return false;
                break;
            case Draft::Kind::element:
                // A note or frame is seen, whatever it holds.
                if (starts_own_text(child->element->name)) return false;
                if (!holds_only_tags(*child, tags, any)) return false;
                break;
            case Draft::Kind::tag:
                if (child->tag == expression::TagKind::output) return false;
                any = true;
                if (child->tag == expression::TagKind::statement) tags.push_back(&child);
                break;
        }
    }
    return true;
}

/// Nothing that would be seen: no paragraph but empty ones.
bool is_hollow(const Draft& node) {
    static const Name cell("table:table-cell"), covered("table:covered-table-cell");
    switch (node.kind) {
        case Draft::Kind::text:
            return utf8::is_blank(node.text.text);
        case Draft::Kind::tag:
            return is_block_tag(node);
        case Draft::Kind::constant:
            if (odf::is_paragraph(node.element->name) || node.element->name == cell ||
                node.element->name == covered)
                return utf8::is_blank(odf::plain_text(*node.element)) &&
                       std::none_of(node.element->children.begin(), node.element->children.end(),
                                    [](const odf::Node& child) {
                                        const auto* e = std::get_if<ElementPtr>(&child);
                                        return e != nullptr && !odf::is_paragraph((*e)->name);
                                    });
            return false;
        case Draft::Kind::element:
            if (odf::is_paragraph(node.element->name)) return false;
            return std::all_of(node.children.begin(), node.children.end(),
                               [](const DraftPtr& child) { return is_hollow(*child); });
    }
    return false;
}

void take_block_tags(DraftPtr node, std::vector<DraftPtr>& out) {
    if (node->kind == Draft::Kind::tag) {
        if (is_block_tag(*node)) out.push_back(std::move(node));
        return;
    }
    for (auto& child : node->children)
        take_block_tags(std::move(child), out);
}

bool has_block_tag(const Draft& node) {
    if (is_block_tag(node)) return true;
    return std::any_of(node.children.begin(), node.children.end(),
                       [](const DraftPtr& child) { return has_block_tag(*child); });
}

void lift(Draft& node);

/// Notes and frames inside a paragraph have carriers of their own.
void lift_inside_paragraph(Draft& node) {
    for (auto& child : node.children) {
        if (child->kind != Draft::Kind::element) continue;
        if (starts_own_text(child->element->name))
            lift(*child);
        else
            lift_inside_paragraph(*child);
    }
}

/// Lifts tags out of carriers that hold nothing else: paragraphs, then list items, rows, lists.
void lift(Draft& node) {
    static const Name item("text:list-item"), header_item("text:list-header"),
        row("table:table-row"), list("text:list");
    std::vector<DraftPtr> lifted;
    for (auto& child : node.children) {
        if (child->kind == Draft::Kind::element) {
            const Name name = child->element->name;
            if (odf::is_paragraph(name)) {
                std::vector<DraftPtr*> tags;
                bool any = false;
                if (holds_only_tags(*child, tags, any) && any) {
                    const std::size_t first = lifted.size();
                    for (DraftPtr* tag : tags)
                        lifted.push_back(std::move(*tag));
                    if (lifted.size() > first) lifted[first]->carrier = child->element;
                    continue;
                }
                lift_inside_paragraph(*child);
            } else {
                lift(*child);
                if ((name == item || name == header_item || name == row || name == list) &&
                    has_block_tag(*child) && is_hollow(*child)) {
                    const std::size_t first = lifted.size();
                    const ElementPtr carrier = child->element;
                    take_block_tags(std::move(child), lifted);
                    if (lifted.size() > first) lifted[first]->carrier = carrier;
                    continue;
                }
            }
        }
        lifted.push_back(std::move(child));
    }
    node.children = std::move(lifted);
}

class Drafter {
public:
    Drafter(Whereabouts& whereabouts, Diagnostics& diagnostics, const ElementPtr& styles)
        : whereabouts_(whereabouts), diagnostics_(diagnostics), styles_(styles) {}

    /// Which changes delete, before any paragraph is read: they stand at the head of the text and
    /// of each header and footer.
    void note_all_deletions(const Element& element) {
        static const Name tracked("text:tracked-changes");
        if (element.name == tracked) return note_deletions(element);
        const std::string& name = element.name.str();
        if (!name.starts_with("office:") && !name.starts_with("style:")) return;
        for (const odf::Node& child : element.children)
            if (const auto* inner = std::get_if<ElementPtr>(&child)) note_all_deletions(**inner);
    }

    DraftPtr make(const ElementPtr& element) {
        static const Name header("style:header"), header_left("style:header-left"),
            header_first("style:header-first"), footer("style:footer"),
            footer_left("style:footer-left"), footer_first("style:footer-first"),
            tracked("text:tracked-changes"), user_fields("text:user-field-decls"),
            annotation("office:annotation");
        const Name name = element->name;
        // A comment speaks about the text, perhaps about its tags: it stays as it is.
        if (name == annotation) return Draft::of_constant(element);
        whereabouts_.enter(*element);
        if (name == header || name == header_left || name == header_first)
            whereabouts_.in_part("en-tête");
        if (name == footer || name == footer_left || name == footer_first)
            whereabouts_.in_part("pied de page");
        check_attributes(*element);
        if (name == user_fields) return Draft::of_constant(without_carriers(*element));
        if (name == tracked) return Draft::of_constant(without_deleted_tags(element));
        note_change(surroundings_, *element);  // a mark between paragraphs
        // Where something is deleted, every paragraph may lie between the two marks of it.
        if (surroundings_.deletions.empty() && !may_hold_tags(*element) &&
            !uses_carriers(*element)) {
            enter_all(*element);
            return Draft::of_constant(element);
        }
        if (holds_text(name)) return paragraph(element);
        return block(element);
    }

private:
    /// A tag that we would not fill must not reach a reader: links, formulas, names.
    void check_attributes(const Element& element) {
        static const Name placeholder("text:placeholder"), input("text:text-input"),
            conditional("text:conditional-text"), dropdown("text:drop-down"), label("text:label"),
            user_field("text:user-field-decl");
        const Name name = element.name;
        if (name == placeholder || name == input || name == conditional || name == dropdown ||
            name == label || name == user_field)
            return;  // fields go once their text is filled
        for (const auto& attribute : element.attributes) {
            static const Name href("xlink:href");
            if (!has_tag(attribute.value)) continue;
            if (attribute.name == href && is_tagged_link(element)) continue;
            if (attribute.name == href)
                refuse(element, attribute.value,
                       "une balise dans l’adresse d’un lien n’est remplie que dans le texte",
                       "mettez le lien sur des mots du texte");
            else
                refuse(element, attribute.value,
                       "une balise dans " + attribute.name.str() + " n’est pas remplie",
                       "écrivez-la dans le texte");
        }
    }

    void refuse(const Element& element, const std::string& quote, const std::string& problem,
                const std::string& remedy) {
        diagnostics_.push_back(diagnostic_at(place_of(element, quote), "P0207", problem, remedy));
    }

    Place place_of(const Element& element, const std::string& quote) const {
        Place place;
        if (element.provenance) {
            if (element.provenance->source) place.where.source = *element.provenance->source;
            if (element.provenance->part) place.where.part = *element.provenance->part;
            place.where.line = element.provenance->line;
            place.where.column = element.provenance->column;
        }
        place.context = whereabouts_.words();
        place.quote = quote;
        return place;
    }

    /// A text that Writer computes from a condition would print, filled, what the condition hides.
    /// True when the element is one and carries a tag; where the condition is settled, it is a
    /// carrier like others.
    bool refuse_condition(const Element& element) {
        if (!is_conditional_field(element)) return false;
        const ConditionalField field(element);
        const std::string* tagged = has_tag(field.if_true)    ? &field.if_true
                                    : has_tag(field.if_false) ? &field.if_false
                                    : has_tag(field.shown)    ? &field.shown
                                                              : nullptr;
        if (tagged == nullptr || field.settled) return false;
        refuse(element, *tagged,
               field.hidden
                   ? "une balise dans un texte masqué de Writer n’est pas remplie"
                   : "une balise dans un texte conditionnel de Writer n’est pas remplie, car sa "
                     "condition dépend du document",
               "remplacez le champ par {% if … %}" + field.if_true +
                   (field.if_false.empty() ? "" : "{% else %}" + field.if_false) + "{% endif %}");
        return true;
    }

    /// A user field in the subtree whose declaration carries a tag.
    bool uses_carriers(const Element& element) const {
        static const Name user_field("text:user-field-get"), name("text:name");
        if (user_fields_.empty()) return false;
        bool out = false;
        odf::walk(element, [&](const Element& each) {
            out = out ||
                  (each.name == user_field && user_fields_.contains(each.attribute_or_empty(name)));
        });
        return out;
    }

    /// Which recorded changes take text away.
    void note_deletions(const Element& changes) {
        static const Name deletion("text:deletion"), id("text:id"), xml_id("xml:id");
        for (const odf::Node& node : changes.children) {
            const auto* region = std::get_if<ElementPtr>(&node);
            if (region == nullptr || !(*region)->child(deletion)) continue;
            for (const Name each : {id, xml_id})
                if (const auto name = (*region)->attribute_or_empty(each); !name.empty())
                    surroundings_.deletions.emplace(name);
        }
    }

    /// Deleted text that holds braces is forgotten: no tag stays in the document.
    static ElementPtr without_deleted_tags(const ElementPtr& changes) {
        static const Name deletion("text:deletion"), info("office:change-info");
        if (!may_hold_tags(*changes)) return changes;
        return odf::with_each_child(changes, [](const ElementPtr& region) {
            return odf::with_each_child(region, [](const ElementPtr& change) -> ElementPtr {
                if (change->name != deletion || !may_hold_tags(*change)) return change;
                const ElementPtr who = change->child(info);
                return odf::with_children(
                    *change, who ? std::vector<odf::Node>{who} : std::vector<odf::Node>());
            });
        });
    }

    /// Text styles made by hand that only say when it was typed, or in which language.
    void note_plain_styles() {
        static const Name style("style:style"), name("style:name"), family("style:family"),
            properties("style:text-properties"), parent("style:parent-style-name");
        if (std::exchange(styles_noted_, true) || !styles_) return;
        const auto invisible = [](const odf::Attribute& attribute) {
            const std::string& key = attribute.name.str();
            for (const std::string_view part : {"rsid", "language", "country", "script", "rfc-"})
                if (key.find(part) != std::string::npos) return true;
            return false;
        };
        for (const odf::Node& node : styles_->children) {
            const auto* each = std::get_if<ElementPtr>(&node);
            if (each == nullptr || (*each)->name != style ||
                (*each)->attribute_or_empty(family) != "text" ||
                (*each)->attribute(parent) != nullptr)
                continue;
            const ElementPtr text = (*each)->child(properties);
            if (!text || std::all_of(text->attributes.begin(), text->attributes.end(), invisible))
                surroundings_.plain_styles.emplace((*each)->attribute_or_empty(name));
        }
    }

    /// The declaration of a user field that carries a tag goes with its uses.
    /// Its value is what each use shows, whatever text was saved with that.
    ElementPtr without_carriers(const Element& declarations) {
        static const Name value("office:string-value"), formula("text:formula"), name("text:name");
        std::vector<odf::Node> kept = declarations.children;
        std::erase_if(kept, [&](const odf::Node& node) {
            const auto* child = std::get_if<ElementPtr>(&node);
            if (child == nullptr) return false;
            if (has_tag((*child)->attribute_or_empty(formula)))
                refuse(**child, *(*child)->attribute(formula),
                       "une balise dans la formule d’un champ n’est pas remplie",
                       "donnez au champ le format Texte, ou écrivez la balise dans le texte");
            const std::string* text = (*child)->attribute(value);
            if (text == nullptr || !has_tag(*text)) return false;
            user_fields_[std::string((*child)->attribute_or_empty(name))] = *text;
            return true;
        });
        return odf::with_children(declarations, std::move(kept));
    }

    /// Headings inside what we skip still count.
    void enter_all(const Element& element) {
        for (const odf::Node& child : element.children)
            if (const auto* inner = std::get_if<ElementPtr>(&child)) {
                whereabouts_.enter(**inner);
                check_attributes(**inner);
                note_change(surroundings_, **inner);
                enter_all(**inner);
            }
    }

    /// What holds paragraphs, or is a point between them. Only lists go on with the text before
    /// them.
    DraftPtr block(const ElementPtr& element) {
        static const Name list("text:list"), item("text:list-item"), header("text:list-header"),
            table("table:table");
        const Name name = element->name;
        const bool flows =
            name == list || name == item || name == header || element->children.empty();
        Draft* const before = flows ? nullptr : joined_.leave();
        auto out = std::make_unique<Draft>();
        out->kind = Draft::Kind::element;
        out->element = element;
        for (const odf::Node& child : element->children) {
            if (const auto* inner = std::get_if<ElementPtr>(&child))
                out->children.push_back(make(*inner));
            else
                out->children.push_back(Draft::of_text(std::get<odf::Text>(child)));
        }
        if (flows) return out;
        joined_.leave();
        if (name == table && before != nullptr && !surroundings_.open_deletions.empty()) {
            out->joined = true;
            joined_.return_to(before);
        }
        return out;
    }

    DraftPtr paragraph(const ElementPtr& element) {
        DraftPtr out = open(element);
        note_plain_styles();
        find_tags(*out, surroundings_, whereabouts_.words(), diagnostics_);
        if (odf::is_paragraph(element->name))
            joined_.add(*out, !surroundings_.open_deletions.empty());
        return out;
    }

    /// A note or frame in a paragraph.
    DraftPtr make_apart(const ElementPtr& element) {
        Draft* const before = joined_.leave();
        DraftPtr out = make(element);
        joined_.return_to(before);
        return out;
    }

    /// The whole inline tree, without judging: notes and frames inside are drafted on their own.
    DraftPtr open(const ElementPtr& element) {
        static const Name user_field("text:user-field-get"), field_name("text:name"),
            href("xlink:href");
        if (!holds_text(element->name)) check_attributes(*element);
        auto out = std::make_unique<Draft>();
        out->kind = Draft::Kind::element;
        out->element = element;
        if (is_tagged_link(*element)) {
            const std::string& address = *element->attribute(href);
            out->address = read_address(address, place_of(*element, address), diagnostics_);
        }
        if (element->name == user_field)
            if (const auto declared = user_fields_.find(element->attribute_or_empty(field_name));
                declared != user_fields_.end()) {
                out->children.push_back(Draft::of_text({declared->second, element->provenance}));
                return out;
            }
        for (const odf::Node& child : element->children) {
            const auto* inner = std::get_if<ElementPtr>(&child);
            if (inner == nullptr)
                out->children.push_back(Draft::of_text(std::get<odf::Text>(child)));
            else if (starts_own_text((*inner)->name))
                out->children.push_back(make_apart(*inner));
            else if (refuse_condition(**inner))
                out->children.push_back(Draft::of_constant(*inner));
            else if (!(*inner)->children.empty() || is_tagged_link(**inner))
                out->children.push_back(open(*inner));
            else {
                check_attributes(**inner);
                out->children.push_back(Draft::of_constant(*inner));
            }
        }
        return out;
    }

    Whereabouts& whereabouts_;
    Diagnostics& diagnostics_;
    const ElementPtr& styles_;
    bool styles_noted_ = false;
    Surroundings surroundings_;
    JoinedParagraphs joined_;
    std::map<std::string, std::string, std::less<>> user_fields_;  ///< those that carry tags
};

}  // namespace

DraftPtr Draft::of_text(odf::Text text) {
    auto out = std::make_unique<Draft>();
    out->kind = Kind::text;
    out->text = std::move(text);
    return out;
}

DraftPtr Draft::of_constant(ElementPtr element) {
    auto out = std::make_unique<Draft>();
    out->kind = Kind::constant;
    out->element = std::move(element);
    return out;
}

bool may_hold_tags(const Element& element) {
    static const Name declaration("text:user-field-decl"), value("office:string-value");
    if (element.name == declaration &&
        element.attribute_or_empty(value).find('{') != std::string_view::npos)
        return true;
    if (is_tagged_link(element)) return true;
    for (const odf::Node& node : element.children) {
        if (const auto* text = std::get_if<odf::Text>(&node)) {
            if (text->text.find_first_of("{}") != std::string::npos) return true;
        } else if (may_hold_tags(*std::get<ElementPtr>(node))) {
            return true;
        }
    }
    return false;
}

DraftPtr draft(const ElementPtr& element, Whereabouts& whereabouts, Diagnostics& diagnostics,
               const ElementPtr& styles) {
    Drafter drafter(whereabouts, diagnostics, styles);
    drafter.note_all_deletions(*element);
    DraftPtr out = drafter.make(element);
    JoinedParagraphs::remove(*out);
    lift(*out);
    return out;
}

}  // namespace paraphe::tmpl
