#include "template/draft.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "odf/odf.hpp"
#include "template/logical_text.hpp"

namespace paraphe::tmpl {

namespace {

using odf::Element;
using odf::ElementPtr;
using odf::Name;

/// Elements whose character data a reader sees: paragraphs, and single-line texts beside them.
bool is_paragraph(Name name) {
    static const Name p("text:p"), h("text:h"), title("dc:title"), subject("dc:subject"),
        description("dc:description"), creator("dc:creator"), keyword("meta:keyword"),
        svg_title("svg:title"), svg_desc("svg:desc");
    return name == p || name == h || name == title || name == subject || name == description ||
           name == creator || name == keyword || name == svg_title || name == svg_desc;
}

bool is_body_paragraph(Name name) {
    static const Name p("text:p"), h("text:h");
    return name == p || name == h;
}

bool is_blank(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto [c, length] = utf8::decode(text, i);
        if (c != U' ' && c != U'\t' && c != U'\n' && c != U'\r' && c != 0xA0 && c != 0x202F)
            return false;
        i += length;
    }
    return true;
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
                if (!is_blank(child->text.text)) return false;
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
            return is_blank(node.text.text);
        case Draft::Kind::tag:
            return is_block_tag(node);
        case Draft::Kind::constant:
            if (is_body_paragraph(node.element->name) || node.element->name == cell ||
                node.element->name == covered)
                return is_blank(odf::plain_text(*node.element)) &&
                       std::none_of(node.element->children.begin(), node.element->children.end(),
                                    [](const odf::Node& child) {
                                        const auto* e = std::get_if<ElementPtr>(&child);
                                        return e != nullptr && !is_body_paragraph((*e)->name);
                                    });
            return false;
        case Draft::Kind::element:
            if (is_body_paragraph(node.element->name)) return false;
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
            if (is_body_paragraph(name)) {
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
    Drafter(Whereabouts& whereabouts, Diagnostics& diagnostics)
        : whereabouts_(whereabouts), diagnostics_(diagnostics) {}

    DraftPtr make(const ElementPtr& element) {
        static const Name header("style:header"), header_left("style:header-left"),
            header_first("style:header-first"), footer("style:footer"),
            footer_left("style:footer-left"), footer_first("style:footer-first"),
            tracked("text:tracked-changes"), user_fields("text:user-field-decls");
        whereabouts_.enter(*element);
        const Name name = element->name;
        if (name == header || name == header_left || name == header_first)
            whereabouts_.in_part("en-tête");
        if (name == footer || name == footer_left || name == footer_first)
            whereabouts_.in_part("pied de page");
        check_attributes(*element);
        if (name == user_fields) return Draft::of_constant(without_carriers(*element));
        if (name == tracked || !may_hold_tags(*element)) {
            enter_all(*element);
            return Draft::of_constant(element);
        }
        if (is_paragraph(name)) return paragraph(element);
        auto out = std::make_unique<Draft>();
        out->kind = Draft::Kind::element;
        out->element = element;
        for (const odf::Node& child : element->children) {
            if (const auto* inner = std::get_if<ElementPtr>(&child))
                out->children.push_back(make(*inner));
            else
                out->children.push_back(Draft::of_text(std::get<odf::Text>(child)));
        }
        return out;
    }

private:
    static bool has_tag(std::string_view value) {
        return value.find("{{") != std::string_view::npos ||
               value.find("{%") != std::string_view::npos ||
               value.find("%7B%7B") != std::string_view::npos ||
               value.find("%7b%7b") != std::string_view::npos;
    }

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
            if (!has_tag(attribute.value)) continue;
            Place place;
            if (element.provenance) {
                if (element.provenance->source) place.where.source = *element.provenance->source;
                place.where.line = element.provenance->line;
            }
            place.context = whereabouts_.words();
            place.quote = attribute.value;
            diagnostics_.push_back(diagnostic_at(
                place, "P0207", "une balise dans " + attribute.name.str() + " n’est pas remplie",
                "écrivez-la dans le texte"));
        }
    }

    /// The declaration of a user field that carries a tag goes with its uses.
    static ElementPtr without_carriers(const Element& declarations) {
        std::vector<odf::Node> kept = declarations.children;
        std::erase_if(kept, [](const odf::Node& node) {
            const auto* child = std::get_if<ElementPtr>(&node);
            return child != nullptr &&
                   has_tag((*child)->attribute_or_empty(Name("office:string-value")));
        });
        return odf::with_children(declarations, std::move(kept));
    }

    /// Headings inside what we skip still count.
    void enter_all(const Element& element) {
        for (const odf::Node& child : element.children)
            if (const auto* inner = std::get_if<ElementPtr>(&child)) {
                whereabouts_.enter(**inner);
                check_attributes(**inner);
                enter_all(**inner);
            }
    }

    DraftPtr paragraph(const ElementPtr& element) {
        DraftPtr out = open(element);
        find_tags(*out, whereabouts_.words(), diagnostics_);
        return out;
    }

    /// The whole inline tree, without judging: notes and frames inside are drafted on their own.
    DraftPtr open(const ElementPtr& element) {
        if (!is_paragraph(element->name)) check_attributes(*element);
        auto out = std::make_unique<Draft>();
        out->kind = Draft::Kind::element;
        out->element = element;
        for (const odf::Node& child : element->children) {
            const auto* inner = std::get_if<ElementPtr>(&child);
            if (inner == nullptr)
                out->children.push_back(Draft::of_text(std::get<odf::Text>(child)));
            else if (starts_own_text((*inner)->name))
                out->children.push_back(make(*inner));
            else if (!(*inner)->children.empty())
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
    for (const odf::Node& node : element.children) {
        if (const auto* text = std::get_if<odf::Text>(&node)) {
            if (text->text.find_first_of("{}") != std::string::npos) return true;
        } else if (may_hold_tags(*std::get<ElementPtr>(node))) {
            return true;
        }
    }
    return false;
}

DraftPtr draft(const ElementPtr& element, Whereabouts& whereabouts, Diagnostics& diagnostics) {
    DraftPtr out = Drafter(whereabouts, diagnostics).make(element);
    lift(*out);
    return out;
}

}  // namespace paraphe::tmpl
