#include "template/compiler.hpp"

#include <algorithm>
#include <iterator>

#include "template/annotate.hpp"
#include "template/clause_parts.hpp"
#include "template/clause_place.hpp"
#include "template/clause_styles.hpp"
#include "template/limits.hpp"
#include "template/logical_text.hpp"
#include "template/page_breaks.hpp"
#include "template/sources.hpp"
#include "template/structure.hpp"
#include "template/table_blocks.hpp"
#include "template/unique_names.hpp"

namespace paraphe::tmpl {

using odf::Element;
using odf::ElementPtr;
using odf::Name;
namespace ex = expression;

namespace {

std::string file_name(const std::string& path) {
    return path.substr(path.find_last_of("/\\") + 1);
}

bool ends(const ex::Statement& statement) {
    return std::holds_alternative<ex::EndFor>(statement) ||
           std::holds_alternative<ex::EndIf>(statement) ||
           std::holds_alternative<ex::EndWith>(statement) ||
           std::holds_alternative<ex::Elif>(statement) ||
           std::holds_alternative<ex::Else>(statement);
}

ElementPtr without_children(const Element& element) {
    auto out = std::make_shared<Element>(
        Element{element.name, element.attributes, {}, element.provenance, false});
    return out;
}

}  // namespace

Compiler::Compiler(const odf::Document& document, const Loader& loader, Diagnostics& diagnostics)
    : loader_(loader), diagnostics_(diagnostics) {
    program_ = std::make_shared<Program>();
    program_->base = without_comments(document);  // check()'s, never of the contract
    for (ElementPtr* part : {&program_->base.body, &program_->base.master_styles})
        *part = with_rows_once(*part);
    if (program_->base.body)
        with_own_forms(program_->base.body->child(Name("office:text")), forms_);
    if (program_->base.version.empty()) program_->base.version = "1.3";
    std::erase_if(program_->base.parts, [](const odf::Part& part) {
        // Of the template, not of the contract; layout-cache is Writer's memory of its pages.
        return part.path.starts_with("Thumbnails/") || part.path == "layout-cache";
    });
    if (document.sha256)
        program_->sources.push_back(
            {Source::Role::template_file, file_name(document.source), *document.sha256});
    for (const ElementPtr& part : {document.meta, document.styles, document.automatic_styles,
                                   document.master_styles, document.body})
        add_size(part);
}

Template Compiler::run() {
    if (too_large_) return Template(program_);
    Whereabouts whereabouts(program_->base);
    part(program_->base.meta, whereabouts, program_->meta);
    Whereabouts in_masters(program_->base);
    part(program_->base.master_styles, in_masters, program_->master_styles);
    Whereabouts in_body(program_->base);
    in_flow_ = true;
    part(program_->base.body, in_body, program_->body);
    if (too_large_) {
        program_->meta.clear();
        program_->master_styles.clear();
        program_->body.clear();
    }
    add_declarations(declarations_, program_->body);
    record_sources(*program_);
    return Template(program_);
}

void Compiler::part(const ElementPtr& element, Whereabouts& whereabouts, Instructions& out) {
    if (!element) return;
    out = children_of(element, whereabouts, false);
}

/// The whole must stay within max_template_nodes; a document that does not is not compiled.
void Compiler::add_size(const ElementPtr& element) {
    if (!element || too_large_) return;
    Survey all;
    survey(*element, all);
    nodes_ += all.extent.nodes;
    if (nodes_ <= max_template_nodes) return;
    too_large_ = true;
    Place place{{program_->base.source, 0, 0, {}}, {}, {}};
    diagnostics_.push_back(diagnostic_at(
        place, "P0214",
        "le modèle avec ses clauses dépasse " + std::to_string(max_template_nodes) + " éléments",
        "partagez-le en plusieurs modèles, ou allégez-le"));
}

/// The instructions for the children of an element.
Instructions Compiler::children_of(const ElementPtr& element, Whereabouts& whereabouts,
                                   bool in_loop) {
    const bool masters = element->name == Name("office:master-styles");
    DraftPtr root =
        draft(element, whereabouts, diagnostics_,
              masters ? program_->base.styles_automatic_styles : program_->base.automatic_styles);
    if (root->kind != Draft::Kind::element) {
        Instructions out;
        for (const odf::Node& node : element->children) {
            constant(node, out);
        }
        return out;
    }
    const Placing placed = place_blocks(*root, diagnostics_);
    loops_ = in_loop ? 1 : 0;
    std::size_t at = 0;
    if (placed == Placing::too_deep) return {};
    if (placed == Placing::sound) {
        parents_.push_back(element->name);
        Instructions out = list(root->children, at, false);
        parents_.pop_back();
        return out;
    }
    // Never merged, but checked: the tags alone, nested as they come.
    std::vector<DraftPtr> tags = balanced_tags(std::move(root));
    return list(tags, at, false);
}

/// Reads siblings until a tag that divides or closes the block around them.
Instructions Compiler::list(std::vector<DraftPtr>& nodes, std::size_t& at, bool in_paragraph) {
    Instructions out;
    for (; at < nodes.size(); ++at) {
        Draft& node = *nodes[at];
        switch (node.kind) {
            case Draft::Kind::text:
                constant(odf::Node(std::move(node.text)), out);
                break;
            case Draft::Kind::constant:
                constant(odf::Node(node.element), out);
                break;
            case Draft::Kind::element:
                container(node, in_paragraph, out);
                break;
            case Draft::Kind::tag:
                if (!node.is_statement()) {
                    if (node.tag == ex::TagKind::output) output(node, out);
                    break;
                }
                if (ends(*node.statement)) return out;
                statement(nodes, at, in_paragraph, out);
                break;
        }
    }
    return out;
}

void Compiler::constant(odf::Node node, Instructions& out) {
    ++program_->constants;
    Survey all;
    if (const auto* element = std::get_if<ElementPtr>(&node))
        survey(**element, all);
    else
        all.extent = {1, std::get<odf::Text>(node).text.size()};
    note(all);
    out.push_back({Constant{std::move(node), all.extent}});
}

void Compiler::note(const Survey& found) {
    names_ = names_ || found.names;
    numbering_ = numbering_ || found.numbering;
    if (found.edges && blocks_ > 0) program_->marks = true;
}

void Compiler::container(Draft& node, bool in_paragraph, Instructions& out) {
    static const Name p("text:p"), h("text:h"), cell("table:table-cell"),
        columns("table:number-columns-repeated");
    const bool paragraph = node.element->name == p || node.element->name == h;
    const ElementPtr own = without_children(*node.element);
    Survey all;
    survey(*own, all);
    note(all);
    const std::string_view times = own->attribute_or_empty(columns);
    const bool repeated = !times.empty() && times != "1";
    const bool flow = in_flow_;
    in_flow_ = in_flow_ && !paragraph && own->name != cell;
    if (repeated) ++loops_;
    parents_.push_back(own->name);
    std::size_t at = 0;
    Container made{own, {}, node.address};
    // A note or frame in a paragraph holds paragraphs of its own.
    made.children =
        list(node.children, at, paragraph || (in_paragraph && !starts_own_text(own->name)));
    parents_.pop_back();
    if (repeated) --loops_;
    in_flow_ = flow;
    out.push_back({std::move(made)});
}

void Compiler::output(Draft& node, Instructions& out) {
    if (node.output.called_function() == "signature") {
        const auto arguments = node.output.call_arguments();
        const auto slot = arguments.size() == 1 ? arguments[0].literal() : std::nullopt;
        if (!slot || !slot->is_text() || slot->text().empty()) {
            diagnostics_.push_back(diagnostic_at(
                *node.place, "P0205", "signature attend le nom d’un signataire entre guillemets",
                "écrivez {{ signature(\"beneficiaire\") }}"));
            return;
        }
        if (loops_ > 0)
            diagnostics_.push_back(diagnostic_at(*node.place, "P0205",
                                                 "une signature ne se répète pas",
                                                 "sortez cette balise de la boucle {% for %}"));
        auto& slots = program_->slots;
        if (std::find(slots.begin(), slots.end(), slot->text()) == slots.end())
            slots.push_back(slot->text());
        out.push_back({SignatureSlot{slot->text(), node.place}});
        return;
    }
    out.push_back({Output{node.output, node.place}});
}

}  // namespace paraphe::tmpl
