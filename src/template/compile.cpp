#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "base/error.hpp"
#include "odf/odf.hpp"
#include "template/annotate.hpp"
#include "template/clause_parts.hpp"
#include "template/clause_place.hpp"
#include "template/clause_styles.hpp"
#include "template/document_check.hpp"
#include "template/limits.hpp"
#include "template/logical_text.hpp"
#include "template/needs.hpp"
#include "template/page_breaks.hpp"
#include "template/sources.hpp"
#include "template/structure.hpp"
#include "template/survey.hpp"
#include "template/table_blocks.hpp"
#include "template/template.hpp"
#include "template/unique_names.hpp"

namespace paraphe::tmpl {

namespace {

using odf::Element;
using odf::ElementPtr;
using odf::Name;
namespace ex = expression;

std::string file_name(const std::string& path) {
    return path.substr(path.find_last_of("/\\") + 1);
}

class Compiler {
public:
    Compiler(const odf::Document& document, const Loader& loader, Diagnostics& diagnostics)
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

    Template run() {
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

private:
    void part(const ElementPtr& element, Whereabouts& whereabouts, Instructions& out) {
        if (!element) return;
        out = children_of(element, whereabouts, false);
    }

    /// The whole must stay within max_template_nodes; a document that does not is not compiled.
    void add_size(const ElementPtr& element) {
        if (!element || too_large_) return;
        Survey all;
        survey(*element, all);
        nodes_ += all.extent.nodes;
        if (nodes_ <= max_template_nodes) return;
        too_large_ = true;
        Place place{{program_->base.source, 0, 0, {}}, {}, {}};
        diagnostics_.push_back(diagnostic_at(place, "P0214",
                                             "le modèle avec ses clauses dépasse " +
                                                 std::to_string(max_template_nodes) + " éléments",
                                             "partagez-le en plusieurs modèles, ou allégez-le"));
    }

    /// The instructions for the children of an element.
    Instructions children_of(const ElementPtr& element, Whereabouts& whereabouts, bool in_loop) {
        const bool masters = element->name == Name("office:master-styles");
        DraftPtr root = draft(
            element, whereabouts, diagnostics_,
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
    Instructions list(std::vector<DraftPtr>& nodes, std::size_t& at, bool in_paragraph) {
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

    void constant(odf::Node node, Instructions& out) {
        ++program_->constants;
        Survey all;
        if (const auto* element = std::get_if<ElementPtr>(&node))
            survey(**element, all);
        else
            all.extent = {1, std::get<odf::Text>(node).text.size()};
        note(all);
        out.push_back({Constant{std::move(node), all.extent}});
    }

    void note(const Survey& found) {
        names_ = names_ || found.names;
        numbering_ = numbering_ || found.numbering;
        if (found.edges && blocks_ > 0) program_->marks = true;
    }

    /// A tag alone in its paragraph took the paragraph away; the page break stays.
    bool carried_break(const Draft& tag, Instructions& out) {
        if (!tag.carrier || !in_flow_) return false;
        ElementPtr made = break_of(*tag.carrier, program_->base);
        if (!made) return false;
        out.push_back({Constant{odf::Node(std::move(made)), {}}});
        program_->breaks = true;
        return true;
    }

    static bool ends(const ex::Statement& statement) {
        return std::holds_alternative<ex::EndFor>(statement) ||
               std::holds_alternative<ex::EndIf>(statement) ||
               std::holds_alternative<ex::EndWith>(statement) ||
               std::holds_alternative<ex::Elif>(statement) ||
               std::holds_alternative<ex::Else>(statement);
    }

    void container(Draft& node, bool in_paragraph, Instructions& out) {
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

    static ElementPtr without_children(const Element& element) {
        auto out = std::make_shared<Element>(
            Element{element.name, element.attributes, {}, element.provenance, false});
        return out;
    }

    void output(Draft& node, Instructions& out) {
        if (node.output.called_function() == "signature") {
            const auto arguments = node.output.call_arguments();
            const auto slot = arguments.size() == 1 ? arguments[0].literal() : std::nullopt;
            if (!slot || !slot->is_text() || slot->text().empty()) {
                diagnostics_.push_back(
                    diagnostic_at(*node.place, "P0205",
                                  "signature attend le nom d’un signataire entre guillemets",
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

    void statement(std::vector<DraftPtr>& nodes, std::size_t& at, bool in_paragraph,
                   Instructions& out) {
        Draft& tag = *nodes[at];
        const bool broken = carried_break(tag, out);
        // What the block printed nothing for takes no break with it.
        const auto end = [&](Instructions& after) {
            if (broken || block_broken_) after.push_back({Constant{odf::Node(end_of_break()), {}}});
            block_broken_ = false;
            if (at < nodes.size()) carried_break(*nodes[at], after);
        };
        if (auto* loop = std::get_if<ex::For>(&*tag.statement)) {
            ForBlock block{std::move(*loop), {}, {}, tag.place};
            ++loops_;
            ++blocks_;
            const bool names = std::exchange(names_, false);
            const bool numbering = std::exchange(numbering_, false);
            block.body = list(nodes, ++at, in_paragraph);
            block.marks = names_ || numbering_;
            program_->marks = program_->marks || block.marks;
            names_ = names_ || names;
            numbering_ = numbering_ || numbering;
            --loops_;
            if (at < nodes.size() && std::holds_alternative<ex::Else>(*nodes[at]->statement)) {
                Draft& other = *nodes[at];
                Instructions start;
                const bool other_broken = carried_break(other, start);
                block.otherwise = list(nodes, ++at, in_paragraph);
                block.otherwise.insert(block.otherwise.begin(),
                                       std::make_move_iterator(start.begin()),
                                       std::make_move_iterator(start.end()));
                block_broken_ = other_broken;
            }
            --blocks_;
            out.push_back({std::move(block)});
            end(out);
        } else if (auto* condition = std::get_if<ex::If>(&*tag.statement)) {
            IfBlock block;
            ++blocks_;
            bool other_broken = false;
            block.branches.push_back({std::move(condition->condition), {}, tag.place});
            Instructions start;
            for (;;) {
                Instructions body = list(nodes, ++at, in_paragraph);
                start.insert(start.end(), std::make_move_iterator(body.begin()),
                             std::make_move_iterator(body.end()));
                block.branches.back().body = std::move(start);
                start.clear();
                if (at >= nodes.size()) break;
                Draft& next = *nodes[at];
                if (auto* other = std::get_if<ex::Elif>(&*next.statement))
                    block.branches.push_back({std::move(other->condition), {}, next.place});
                else if (std::holds_alternative<ex::Else>(*next.statement))
                    block.branches.push_back({{}, {}, next.place});
                else
                    break;
                other_broken = carried_break(next, start) || other_broken;
            }
            --blocks_;
            block_broken_ = other_broken;
            out.push_back({std::move(block)});
            end(out);
        } else if (auto* with = std::get_if<ex::With>(&*tag.statement)) {
            WithBlock block{std::move(*with), {}, tag.place};
            block.body = list(nodes, ++at, in_paragraph);
            out.push_back({std::move(block)});
            end(out);
        } else if (auto* set = std::get_if<ex::Set>(&*tag.statement)) {
            out.push_back({SetValue{std::move(*set), tag.place}});
        } else if (auto* include = std::get_if<ex::Include>(&*tag.statement)) {
            clause(*include, tag.place, in_paragraph, out);
        }
    }

    // --- clauses --------------------------------------------------------------------------------

    void clause(ex::Include& include, const PlacePtr& place, bool in_paragraph, Instructions& out) {
        const auto fault = [&](const std::string& message, const std::string& remedy) {
            diagnostics_.push_back(diagnostic_at(*place, "P0204", message, remedy));
        };
        const auto name = include.name.literal();
        if (!name || !name->is_text())
            return fault("le nom de la clause doit être écrit entre guillemets",
                         "écrivez {% include \"clauses/…\" %}");
        if (std::find(open_.begin(), open_.end(), name->text()) != open_.end())
            return fault("la clause « " + name->text() + " » s’inclut elle-même",
                         "supprimez cette inclusion");
        if (open_.size() >= max_clause_nesting)
            return fault("les clauses s’incluent sur plus de huit niveaux", "réunissez-en");
        if (too_large_) return;
        if (++includes_ > max_includes) {
            if (includes_ == max_includes + 1)
                diagnostics_.push_back(diagnostic_at(
                    *place, "P0214",
                    "le modèle inclut des clauses plus de " + std::to_string(max_includes) +
                        " fois",
                    "mettez la balise dans une boucle {% for %}, ou réunissez des clauses"));
            return;
        }
        std::optional<Clause> file = loader_ ? loader_(name->text()) : std::nullopt;
        if (!file) {
            if (include.ignore_missing) return;
            return fault("la clause « " + name->text() + " » n’existe pas",
                         "vérifiez son nom dans le dossier des modèles");
        }
        auto& clauses = program_->clauses;
        IncludeBlock block{std::move(include), nullptr, place, name->text(), {}, false};
        open_.push_back(name->text());
        const int loops = loops_;
        const bool names = std::exchange(names_, false);
        const bool flow = in_flow_;
        try {
            const Brought& brought = bring(name->text(), *file);
            if (std::find(clauses.begin(), clauses.end(), name->text()) == clauses.end())
                clauses.push_back(name->text());
            if (clause_fits(*brought.text, name->text(), *place, parents_, diagnostics_)) {
                Whereabouts whereabouts(odf::Document{});  // its articles have no number yet
                Instructions made = children_of(brought.text, whereabouts, loops > 0);
                block.needs = needs_of(made);
                Diagnostics about;
                add_declared(brought.document, name->text(), block.needs, about);
                if (noted_.insert(name->text()).second)
                    diagnostics_.insert(diagnostics_.end(), about.begin(), about.end());
                if (in_paragraph) made = inline_of(std::move(made), place);
                block.body = std::make_shared<const Instructions>(std::move(made));
            }
        } catch (const Error& error) {
            diagnostics_.push_back(diagnostic_at(*place, error));
        }
        in_flow_ = flow;
        block.marks = names_;
        program_->marks = program_->marks || names_;
        names_ = names_ || names;
        loops_ = loops;
        open_.pop_back();
        if (block.body) out.push_back({std::move(block)});
    }

    /// A clause whose styles, parts and page styles stand in the document already.
    struct Brought {
        odf::Document document;
        ElementPtr text;
    };

    const Brought& bring(const std::string& name, const Clause& file) {
        const auto known = brought_.find(name);
        if (known != brought_.end()) {
            add_size(known->second.text);
            return known->second;
        }
        odf::Document document = odf::read(file.bytes, file.source);
        for (ElementPtr* part : {&document.body, &document.master_styles})
            *part = with_rows_once(*part);
        program_->sources.push_back({Source::Role::clause, name, *document.sha256});
        add_size(document.styles);
        add_size(document.automatic_styles);
        add_size(document.body);
        if (too_large_) return brought_[name] = {{}, odf::make_element(Name("office:text"), {})};
        const Imported imported =
            import_styles(import_parts(document, program_->base, name), program_->base, name);
        if (!imported.pages.empty()) {
            const ElementPtr added = add_master_pages(imported.pages, program_->base);
            const bool flow = std::exchange(in_flow_, false);
            Whereabouts whereabouts(odf::Document{});
            Instructions made = children_of(added, whereabouts, false);
            in_flow_ = flow;
            auto& there = program_->master_styles;
            there.insert(there.end(), std::make_move_iterator(made.begin()),
                         std::make_move_iterator(made.end()));
        }
        ElementPtr text =
            without_declarations(with_own_forms(imported.text, forms_), declarations_);
        return brought_[name] = {std::move(document), std::move(text)};
    }

    /// A clause in the middle of a paragraph lends it the text of its only paragraph.
    Instructions inline_of(Instructions made, const PlacePtr& place) {
        static const Name p("text:p"), sequences("text:sequence-decls");
        std::erase_if(made, [](const Instruction& each) {
            const auto* constant = std::get_if<Constant>(&each.content);
            if (constant == nullptr) return false;
            const auto* element = std::get_if<ElementPtr>(&constant->node);
            return element != nullptr && (*element)->name == sequences;
        });
        if (made.size() == 1) {
            if (auto* container = std::get_if<Container>(&made[0].content);
                container != nullptr && container->element->name == p)
                return std::move(container->children);
            if (auto* constant = std::get_if<Constant>(&made[0].content))
                if (auto* element = std::get_if<ElementPtr>(&constant->node);
                    element != nullptr && (*element)->name == p) {
                    Instructions out;
                    for (const odf::Node& node : (*element)->children)
                        this->constant(node, out);
                    return out;
                }
        }
        diagnostics_.push_back(
            diagnostic_at(*place, "P0204",
                          "au milieu d’un paragraphe, une clause doit tenir en un seul paragraphe",
                          "mettez la balise seule dans son paragraphe"));
        return {};
    }

    const Loader& loader_;
    Diagnostics& diagnostics_;
    std::shared_ptr<Program> program_;
    std::vector<std::string> open_;  ///< clauses around this place
    std::map<std::string, Brought> brought_;
    std::set<std::string> noted_;
    std::vector<ElementPtr> declarations_;
    std::set<std::string> forms_;  ///< names and identifiers of forms and controls
    std::vector<Name> parents_;
    std::size_t nodes_ = 0, includes_ = 0;
    int loops_ = 0, blocks_ = 0;
    bool names_ = false, numbering_ = false;  ///< met since the innermost loop or clause began
    bool in_flow_ = false;                    ///< in the body, outside of cells and paragraphs
    bool block_broken_ = false;               ///< a branch of this block began with a page break
    bool too_large_ = false;
};

}  // namespace

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
