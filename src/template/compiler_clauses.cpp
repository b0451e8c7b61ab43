#include "template/compiler.hpp"

#include <algorithm>
#include <iterator>

#include "base/error.hpp"
#include "template/clause_parts.hpp"
#include "template/clause_place.hpp"
#include "template/clause_styles.hpp"
#include "template/limits.hpp"
#include "template/needs.hpp"
#include "template/table_blocks.hpp"
#include "template/unique_names.hpp"

namespace paraphe::tmpl {

using odf::ElementPtr;
using odf::Name;
namespace ex = expression;

void Compiler::clause(ex::Include& include, const PlacePtr& place, bool in_paragraph,
                      Instructions& out) {
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
                "le modèle inclut des clauses plus de " + std::to_string(max_includes) + " fois",
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

const Compiler::Brought& Compiler::bring(const std::string& name, const Clause& file) {
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
    ElementPtr text = without_declarations(with_own_forms(imported.text, forms_), declarations_);
    return brought_[name] = {std::move(document), std::move(text)};
}

/// A clause in the middle of a paragraph lends it the text of its only paragraph.
Instructions Compiler::inline_of(Instructions made, const PlacePtr& place) {
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
    diagnostics_.push_back(diagnostic_at(
        *place, "P0204", "au milieu d’un paragraphe, une clause doit tenir en un seul paragraphe",
        "mettez la balise seule dans son paragraphe"));
    return {};
}

}  // namespace paraphe::tmpl
