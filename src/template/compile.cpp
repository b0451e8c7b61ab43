#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "odf/odf.hpp"
#include "template/clause_styles.hpp"
#include "template/structure.hpp"
#include "template/template.hpp"

namespace paraphe::tmpl {

namespace {

using odf::Element;
using odf::ElementPtr;
using odf::Name;
namespace ex = expression;

constexpr std::size_t deepest_include = 8;

/// Attributes whose value must be unique in a document.
bool is_unique_name(const Element& element, Name attribute) {
    static const Name xml_id("xml:id"), text_id("text:id"), table_name("table:name"),
        draw_name("draw:name"), text_name("text:name");
    static const Name section("text:section"), bookmark("text:bookmark"),
        bookmark_start("text:bookmark-start"), bookmark_end("text:bookmark-end"),
        reference("text:reference-mark");
    if (attribute == xml_id || attribute == text_id || attribute == table_name ||
        attribute == draw_name)
        return true;
    return attribute == text_name &&
           (element.name == section || element.name == bookmark || element.name == bookmark_start ||
            element.name == bookmark_end || element.name == reference);
}

bool has_unique_name(const Element& element) {
    bool found = false;
    odf::walk(element, [&](const Element& each) {
        for (const auto& attribute : each.attributes)
            found = found || is_unique_name(each, attribute.name);
    });
    return found;
}

class Compiler {
public:
    Compiler(const odf::Document& document, const Loader& loader, Diagnostics& diagnostics)
        : loader_(loader), diagnostics_(diagnostics) {
        program_ = std::make_shared<Program>();
        program_->base = document;
        if (program_->base.version.empty()) program_->base.version = "1.3";
        std::erase_if(program_->base.parts, [](const odf::Part& part) {
            // Of the template, not of the contract; layout-cache is Writer's memory of its pages.
            return part.path.starts_with("Thumbnails/") || part.path == "layout-cache";
        });
    }

    Template run() {
        Whereabouts whereabouts(program_->base);
        part(program_->base.meta, whereabouts, program_->meta);
        Whereabouts in_masters(program_->base);
        part(program_->base.master_styles, in_masters, program_->master_styles);
        Whereabouts in_body(program_->base);
        part(program_->base.body, in_body, program_->body);
        return Template(program_);
    }

private:
    void part(const ElementPtr& element, Whereabouts& whereabouts, Instructions& out) {
        if (!element) return;
        out = children_of(element, whereabouts, false);
    }

    /// The instructions for the children of an element.
    Instructions children_of(const ElementPtr& element, Whereabouts& whereabouts, bool in_loop) {
        DraftPtr root = draft(element, whereabouts, diagnostics_);
        if (root->kind != Draft::Kind::element) {
            Instructions out;
            for (const odf::Node& node : element->children) {
                out.push_back({Constant{node}});
                count(node);
            }
            return out;
        }
        const bool sound = place_blocks(*root, diagnostics_);
        loops_ = in_loop ? 1 : 0;
        std::size_t at = 0;
        if (sound) return list(root->children, at, false);
        // Never merged, but checked: the tags alone, nested as they come.
        std::vector<DraftPtr> tags = balanced_tags(std::move(root));
        return list(tags, at, false);
    }

    void count(const odf::Node& node) {
        ++program_->constants;
        if (loops_ > 0)
            if (const auto* element = std::get_if<ElementPtr>(&node))
                program_->repeats_names = program_->repeats_names || has_unique_name(**element);
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
        count(node);
        out.push_back({Constant{std::move(node)}});
    }

    static bool ends(const ex::Statement& statement) {
        return std::holds_alternative<ex::EndFor>(statement) ||
               std::holds_alternative<ex::EndIf>(statement) ||
               std::holds_alternative<ex::EndWith>(statement) ||
               std::holds_alternative<ex::Elif>(statement) ||
               std::holds_alternative<ex::Else>(statement);
    }

    void container(Draft& node, bool in_paragraph, Instructions& out) {
        static const Name p("text:p"), h("text:h");
        const bool paragraph = node.element->name == p || node.element->name == h;
        if (loops_ > 0)
            for (const auto& attribute : node.element->attributes)
                program_->repeats_names =
                    program_->repeats_names || is_unique_name(*node.element, attribute.name);
        std::size_t at = 0;
        Container made{without_children(*node.element), {}};
        made.children = list(node.children, at, paragraph || in_paragraph);
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
        if (auto* loop = std::get_if<ex::For>(&*tag.statement)) {
            ForBlock block{std::move(*loop), {}, {}, tag.place};
            ++loops_;
            block.body = list(nodes, ++at, in_paragraph);
            --loops_;
            if (at < nodes.size() && std::holds_alternative<ex::Else>(*nodes[at]->statement))
                block.otherwise = list(nodes, ++at, in_paragraph);
            out.push_back({std::move(block)});
        } else if (auto* condition = std::get_if<ex::If>(&*tag.statement)) {
            IfBlock block;
            block.branches.push_back({std::move(condition->condition), {}, tag.place});
            for (;;) {
                block.branches.back().body = list(nodes, ++at, in_paragraph);
                if (at >= nodes.size()) break;
                Draft& next = *nodes[at];
                if (auto* other = std::get_if<ex::Elif>(&*next.statement))
                    block.branches.push_back({std::move(other->condition), {}, next.place});
                else if (std::holds_alternative<ex::Else>(*next.statement))
                    block.branches.push_back({{}, {}, next.place});
                else
                    break;
            }
            out.push_back({std::move(block)});
        } else if (auto* with = std::get_if<ex::With>(&*tag.statement)) {
            WithBlock block{std::move(*with), {}, tag.place};
            block.body = list(nodes, ++at, in_paragraph);
            out.push_back({std::move(block)});
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
        if (open_.size() >= deepest_include)
            return fault("les clauses s’incluent sur plus de huit niveaux", "réunissez-en");
        std::optional<Clause> file = loader_ ? loader_(name->text()) : std::nullopt;
        if (!file) {
            if (include.ignore_missing) return;
            return fault("la clause « " + name->text() + " » n’existe pas",
                         "vérifiez son nom dans le dossier des modèles");
        }
        auto& clauses = program_->clauses;
        if (std::find(clauses.begin(), clauses.end(), name->text()) == clauses.end())
            clauses.push_back(name->text());
        else
            program_->repeats_names = true;
        std::shared_ptr<const Instructions> body;
        open_.push_back(name->text());
        const int loops = loops_;
        try {
            const odf::Document document = odf::read(file->bytes, file->source);
            const ElementPtr text = import_styles(document, program_->base, name->text());
            Whereabouts whereabouts(odf::Document{});  // its articles have no number yet
            Instructions made = children_of(text, whereabouts, loops > 0);
            if (in_paragraph) made = inline_of(std::move(made), place);
            body = std::make_shared<const Instructions>(std::move(made));
        } catch (const Error& error) {
            diagnostics_.push_back(diagnostic_at(*place, error));
        }
        loops_ = loops;
        open_.pop_back();
        if (body) out.push_back({IncludeBlock{std::move(include), std::move(body), place}});
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
                        out.push_back({Constant{node}});
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
    std::vector<std::string> open_;
    int loops_ = 0;
};

}  // namespace

const std::vector<std::string>& Template::slots() const {
    return program_->slots;
}
const std::vector<std::string>& Template::clauses() const {
    return program_->clauses;
}
std::size_t Template::constants() const {
    return program_->constants;
}

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

Template compile_or_throw(const odf::Document& document, const Loader& loader) {
    Compiled compiled = compile(document, loader);
    if (compiled.result) return *compiled.result;
    std::string all;
    for (const Diagnostic& diagnostic : compiled.diagnostics)
        all += (all.empty() ? "" : "\n") + to_string(diagnostic);
    throw Error(ErrorKind::malformed_input, all, {}, {}, "template");
}

Diagnostic diagnostic_at(const Place& place, const std::string& code, const std::string& message,
                         const std::string& remedy, Severity severity) {
    return {severity, code, message, place.where, place.context, place.quote, remedy};
}

Diagnostic diagnostic_at(const Place& place, const Error& error) {
    Diagnostic out = diagnostic_at(place, error.code(), error.problem(), error.remedy());
    if (error.where().line > 0 && !error.where().source.empty()) out.where = error.where();
    return out;
}

}  // namespace paraphe::tmpl
