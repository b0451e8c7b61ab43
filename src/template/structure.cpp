#include "template/structure.hpp"

#include <algorithm>
#include <map>

#include "template/limits.hpp"
#include "template/table_blocks.hpp"

namespace paraphe::tmpl {

namespace {

using odf::Name;
namespace ex = expression;

using Parents = std::map<Draft*, Draft*>;

template <typename T>
bool is(const Draft& tag) {
    return std::holds_alternative<T>(*tag.statement);
}

bool opens(const Draft& tag) {
    if (is<ex::Set>(tag)) return false;  // the block form is not for documents
    return is<ex::For>(tag) || is<ex::If>(tag) || is<ex::With>(tag);
}

bool divides(const Draft& tag) {
    return is<ex::Elif>(tag) || is<ex::Else>(tag);
}

bool closes(const Draft& tag) {
    return is<ex::EndFor>(tag) || is<ex::EndIf>(tag) || is<ex::EndWith>(tag) ||
           is<ex::EndSet>(tag) || is<ex::EndRaw>(tag);
}

bool closes(const Draft& open, const Draft& close) {
    return (is<ex::For>(open) && is<ex::EndFor>(close)) ||
           (is<ex::If>(open) && is<ex::EndIf>(close)) ||
           (is<ex::With>(open) && is<ex::EndWith>(close));
}

std::string end_of(const Draft& open) {
    return is<ex::For>(open) ? "{% endfor %}" : is<ex::If>(open) ? "{% endif %}" : "{% endwith %}";
}

struct Block {
    std::vector<Draft*> tags;  ///< open, dividers, close
};

void collect(Draft& node, Draft* parent, Parents& parents, std::vector<Draft*>& tags) {
    parents[&node] = parent;
    if (node.is_statement()) tags.push_back(&node);
    for (auto& child : node.children)
        collect(*child, &node, parents, tags);
}

std::string lines_of(const Draft& a, const Draft& b) {
    return "« " + a.place->quote + " » (ligne " + std::to_string(a.place->where.line) + ") et « " +
           b.place->quote + " » (ligne " + std::to_string(b.place->where.line) + ")";
}

/// Pairs tags as brackets; reports what has no partner.
std::vector<Block> match(const std::vector<Draft*>& tags, Diagnostics& diagnostics,
                         Placing& verdict) {
    std::vector<Block> blocks, open;
    const auto fault = [&](const Draft& tag, const std::string& message,
                           const std::string& remedy) {
        diagnostics.push_back(diagnostic_at(*tag.place, "P0202", message, remedy));
        verdict = Placing::faulty;
    };
    for (Draft* tag : tags) {
        if (opens(*tag)) {
            if (open.size() >= max_block_nesting) {
                diagnostics.push_back(diagnostic_at(
                    *tag->place, "P0215",
                    "ce bloc est dans plus de " + std::to_string(max_block_nesting) +
                        " autres, le premier étant « " + open.front().tags.front()->place->quote +
                        " » (ligne " +
                        std::to_string(open.front().tags.front()->place->where.line) + ")",
                    "fermez les blocs dès que leur passage finit"));
                verdict = Placing::too_deep;
                return {};
            }
            open.push_back({{tag}});
        } else if (divides(*tag)) {
            const bool fits = !open.empty() && !is<ex::With>(*open.back().tags.front()) &&
                              (is<ex::Else>(*tag) || is<ex::If>(*open.back().tags.front()));
            if (!fits) {
                fault(*tag, "cette balise n’est dans aucun bloc", "ajoutez {% if … %} avant elle");
                continue;
            }
            if (is<ex::Else>(*open.back().tags.back()))
                fault(*tag, "rien ne peut suivre {% else %} dans ce bloc", "supprimez une branche");
            open.back().tags.push_back(tag);
        } else if (closes(*tag)) {
            if (open.empty() || !closes(*open.back().tags.front(), *tag)) {
                const std::string hint =
                    open.empty() ? "ouvrez le bloc avant, ou supprimez cette balise"
                                 : "fermez d’abord « " + open.back().tags.front()->place->quote +
                                       " » (ligne " +
                                       std::to_string(open.back().tags.front()->place->where.line) +
                                       ") par " + end_of(*open.back().tags.front());
                fault(*tag, "cette balise ne ferme aucun bloc ouvert ici", hint);
                continue;
            }
            open.back().tags.push_back(tag);
            blocks.push_back(std::move(open.back()));
            open.pop_back();
        } else if (is<ex::Raw>(*tag) ||
                   (is<ex::Set>(*tag) && !std::get<ex::Set>(*tag->statement).value)) {
            fault(*tag, "cette balise ne s’emploie que dans les modèles de texte",
                  "écrivez {% set nom = … %}");
        }
    }
    for (const Block& block : open)
        fault(*block.tags.front(), "ce bloc n’est jamais fermé",
              "ajoutez " + end_of(*block.tags.front()) + " à la fin du passage");
    // Outer blocks first: their tags end up outside those of inner ones.
    std::map<const Draft*, std::size_t> order;
    for (std::size_t i = 0; i < tags.size(); ++i)
        order[tags[i]] = i;
    std::sort(blocks.begin(), blocks.end(), [&](const Block& a, const Block& b) {
        return order[a.tags.front()] < order[b.tags.front()];
    });
    return blocks;
}

std::vector<Draft*> ancestors(Draft* node, const Parents& parents) {
    std::vector<Draft*> out;
    for (node = parents.at(node); node != nullptr; node = parents.at(node))
        out.push_back(node);
    std::reverse(out.begin(), out.end());
    return out;
}

Draft* common_ancestor(const Block& block, const Parents& parents) {
    std::vector<Draft*> common = ancestors(block.tags.front(), parents);
    for (Draft* tag : block.tags) {
        const auto path = ancestors(tag, parents);
        const auto end =
            std::mismatch(common.begin(), common.end(), path.begin(), path.end()).first;
        common.erase(end, common.end());
    }
    return common.back();
}

Draft* child_towards(Draft* ancestor, Draft* node, const Parents& parents) {
    while (parents.at(node) != ancestor)
        node = parents.at(node);
    return node;
}

std::size_t index_of(const Draft& parent, const Draft* child) {
    for (std::size_t i = 0; i < parent.children.size(); ++i)
        if (parent.children[i].get() == child) return i;
    return parent.children.size();
}

bool is_paragraph(const Draft& node) {
    static const Name p("text:p"), h("text:h");
    return node.kind == Draft::Kind::element &&
           (node.element->name == p || node.element->name == h);
}

bool is_inline(const Draft& node) {
    static const Name span("text:span"), a("text:a"), meta("text:meta");
    return node.kind == Draft::Kind::element &&
           (node.element->name == span || node.element->name == a || node.element->name == meta);
}

bool is_visible(const Draft& node, const Draft* except) {
    if (&node == except) return false;
    switch (node.kind) {
        case Draft::Kind::text:
            return node.text.text.find_first_not_of(" \t\r\n") != std::string::npos;
        case Draft::Kind::constant:
            return true;
        case Draft::Kind::tag:
            return node.tag != ex::TagKind::comment &&
                   (!node.is_statement() || is<ex::Include>(node));
        case Draft::Kind::element:
            return std::any_of(node.children.begin(), node.children.end(),
                               [&](const DraftPtr& child) { return is_visible(*child, except); });
    }
    return true;
}

/// Nothing that a reader sees stands in `carrier` before (or after) the tag.
bool at_edge(const Draft& carrier, Draft* tag, bool front, const Parents& parents) {
    for (Draft* node = tag; node != &carrier; node = parents.at(node)) {
        const Draft& parent = *parents.at(node);
        const std::size_t i = index_of(parent, node);
        for (std::size_t k = front ? 0 : i + 1; k < (front ? i : parent.children.size()); ++k)
            if (is_visible(*parent.children[k], tag)) return false;
    }
    return true;
}

/// Takes the node out of its parent.
DraftPtr take(Draft* node, const Parents& parents) {
    Draft& parent = *parents.at(node);
    const std::size_t i = index_of(parent, node);
    DraftPtr out = std::move(parent.children[i]);
    parent.children.erase(parent.children.begin() + static_cast<std::ptrdiff_t>(i));
    return out;
}

/// Splits spans until the tag is a child of `ancestor`.
void split_up_to(Draft* ancestor, Draft* tag, Parents& parents) {
    while (parents.at(tag) != ancestor) {
        Draft* span = parents.at(tag);
        Draft* outer = parents.at(span);
        const std::size_t i = index_of(*span, tag);
        auto second = std::make_unique<Draft>();
        second->kind = Draft::Kind::element;
        second->element = span->element;
        second->address = span->address;
        for (std::size_t k = i + 1; k < span->children.size(); ++k) {
            parents[span->children[k].get()] = second.get();
            second->children.push_back(std::move(span->children[k]));
        }
        DraftPtr moved = std::move(span->children[i]);
        span->children.resize(i);
        std::size_t at = index_of(*outer, span);
        parents[moved.get()] = outer;
        parents[second.get()] = outer;
        outer->children.insert(outer->children.begin() + static_cast<std::ptrdiff_t>(++at),
                               std::move(moved));
        if (!second->children.empty())
            outer->children.insert(outer->children.begin() + static_cast<std::ptrdiff_t>(at + 1),
                                   std::move(second));
        if (span->children.empty()) {
            outer->children.erase(outer->children.begin() +
                                  static_cast<std::ptrdiff_t>(index_of(*outer, span)));
        }
    }
}

void move_beside(Draft* carrier, Draft* tag, bool before, Draft* ancestor, Parents& parents) {
    DraftPtr node = take(tag, parents);
    parents[tag] = ancestor;
    const std::size_t at = index_of(*ancestor, carrier) + (before ? 0 : 1);
    ancestor->children.insert(ancestor->children.begin() + static_cast<std::ptrdiff_t>(at),
                              std::move(node));
}

void take_tags(DraftPtr node, std::vector<DraftPtr>& out) {
    if (node->kind == Draft::Kind::tag) {
        out.push_back(std::move(node));
        return;
    }
    if (node->address)
        for (const Instruction& piece : *node->address)
            if (const auto* output = std::get_if<Output>(&piece.content)) {
                auto tag = std::make_unique<Draft>();
                tag->kind = Draft::Kind::tag;
                tag->output = output->expression;
                tag->place = output->place;
                out.push_back(std::move(tag));
            }
    for (auto& child : node->children)
        take_tags(std::move(child), out);
}

class Placer {
public:
    Placer(Parents& parents, Diagnostics& diagnostics)
        : parents_(parents), diagnostics_(diagnostics) {}

    bool place(const Block& block) {
        static const Name row("table:table-row"), header_rows("table:table-header-rows"),
            master("style:master-page"), masters("office:master-styles");
        Draft* ancestor = common_ancestor(block, parents_);
        Draft& open = *block.tags.front();
        Draft& close = *block.tags.back();
        const Name name = ancestor->element->name;
        if (name == master || name == masters)
            return refuse(open, close, "le bloc va d’un en-tête ou pied de page à un autre");
        const bool loop = is<ex::For>(open);
        if (name == row) {
            // Tags in two cells of one row govern the row.
            if (block.tags.size() > 2)
                return refuse(open, *block.tags[1],
                              "{% else %} ne peut pas couper une ligne de tableau");
            Draft* table = parents_.at(ancestor);
            if (table->element->name == header_rows && loop)
                return refuse(open, close, "une ligne d’en-tête ne se répète pas", no_columns);
            if (!at_edge(*ancestor, &open, true, parents_) ||
                !at_edge(*ancestor, &close, false, parents_))
                return refuse(open, close,
                              "le bloc ne couvre qu’une partie des cellules de sa ligne",
                              loop ? no_columns
                                   : "mettez la première balise au début de la première cellule "
                                     "et la dernière à la fin de la dernière cellule, ou un bloc "
                                     "dans chaque cellule");
            move_beside(ancestor, &open, true, table, parents_);
            move_beside(ancestor, &close, false, table, parents_);
            return true;
        }
        if (name == header_rows && loop)
            return refuse(open, close, "une ligne d’en-tête ne se répète pas", no_columns);
        const bool inside_paragraph =
            is_paragraph(*ancestor) || is_inline(*ancestor) ||
            (ancestor->kind == Draft::Kind::element && is_text(*ancestor));
        for (Draft* tag : block.tags) {
            if (parents_.at(tag) == ancestor) continue;
            Draft* carrier = child_towards(ancestor, tag, parents_);
            if (inside_paragraph) {
                if (!only_spans(ancestor, tag))
                    return refuse(open, close,
                                  "le bloc commence et finit dans des cadres différents");
                split_up_to(ancestor, tag, parents_);
                continue;
            }
            if (carrier->element->name == header_rows)
                return refuse(open, close, "le bloc mêle lignes d’en-tête et lignes ordinaires");
            const bool front = tag != &close;
            if (!at_edge(*carrier, tag, front, parents_)) {
                if (carrier->element->name == row && loop)
                    return refuse(open, close,
                                  "le bloc commence et finit au milieu de lignes différentes",
                                  no_columns);
                return refuse(open, close,
                              "le bloc commence au milieu d’un passage et finit dans un autre");
            }
            move_beside(carrier, tag, front, ancestor, parents_);
        }
        return true;
    }

private:
    static bool is_text(const Draft& node) {
        static const Name title("dc:title"), subject("dc:subject"), description("dc:description");
        return node.element->name == title || node.element->name == subject ||
               node.element->name == description;
    }

    bool only_spans(Draft* ancestor, Draft* tag) const {
        for (Draft* node = parents_.at(tag); node != ancestor; node = parents_.at(node))
            if (!is_inline(*node)) return false;
        return true;
    }

    static constexpr const char* no_columns =
        "les colonnes d’un tableau ne se répètent pas : écrivez chaque colonne, ou faites une "
        "ligne par élément, la première balise au début de la première cellule de la ligne et la "
        "dernière à la fin de sa dernière cellule";

    bool refuse(const Draft& open, const Draft& close, const std::string& why,
                const std::string& remedy =
                    "mettez chaque balise seule dans son paragraphe, ou les deux dans la même "
                    "ligne") {
        diagnostics_.push_back(
            diagnostic_at(*open.place, "P0203", why + " : " + lines_of(open, close), remedy));
        return false;
    }

    Parents& parents_;
    Diagnostics& diagnostics_;
};

}  // namespace

std::vector<DraftPtr> balanced_tags(DraftPtr root) {
    std::vector<DraftPtr> out;
    take_tags(std::move(root), out);
    std::vector<DraftPtr> balanced;
    std::vector<const Draft*> stack;
    const auto closing = [](const Draft& opener) {
        auto made = std::make_unique<Draft>();
        made->kind = Draft::Kind::tag;
        made->place = opener.place;
        if (is<ex::For>(opener))
            made->statement = ex::EndFor{};
        else if (is<ex::If>(opener))
            made->statement = ex::EndIf{};
        else
            made->statement = ex::EndWith{};
        return made;
    };
    for (DraftPtr& tag : out) {
        if (tag->is_statement()) {
            if (opens(*tag)) {
                stack.push_back(tag.get());
            } else if (divides(*tag)) {
                if (stack.empty()) continue;
            } else if (closes(*tag)) {
                if (stack.empty() || !closes(*stack.back(), *tag)) continue;
                stack.pop_back();
            }
        }
        balanced.push_back(std::move(tag));
    }
    for (; !stack.empty(); stack.pop_back())
        balanced.push_back(closing(*stack.back()));
    return balanced;
}

Placing place_blocks(Draft& root, Diagnostics& diagnostics) {
    Parents parents;
    std::vector<Draft*> tags;
    collect(root, nullptr, parents, tags);
    Placing verdict = Placing::sound;
    const auto blocks = match(tags, diagnostics, verdict);
    if (verdict == Placing::too_deep) return verdict;
    Placer placer(parents, diagnostics);
    for (const Block& block : blocks)
        if (!placer.place(block)) verdict = Placing::faulty;
    if (verdict == Placing::sound && !check_tables(root, diagnostics)) verdict = Placing::faulty;
    return verdict;
}

}  // namespace paraphe::tmpl
