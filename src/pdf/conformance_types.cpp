#include <algorithm>

#include "pdf/conformance_tree.hpp"

/// Structure types: nesting, tables, lists, headings, alternatives, notes (ISO 14289-1 §7.2 to
/// §7.9; ISO 32000-1 §14.8.4).
namespace paraphe::pdf::conformance {

namespace {

constexpr Rule table_nesting{"P0626", "ISO 14289-1 §7.5, ISO 32000-1 §14.8.4.3.4",
                             "refaites le tableau par Insertion > Tableau, sans tableau de mise en "
                             "page"};
constexpr Rule list_nesting{"P0627", "ISO 14289-1 §7.6, ISO 32000-1 §14.8.4.3.3",
                            "refaites la liste ou le sommaire par les styles du traitement de "
                            "texte"};
constexpr Rule scope{"P0628", "ISO 14289-1 §7.5",
                     "déclarez la première ligne du tableau comme ligne d’en-tête (« Répéter le "
                     "titre »)"};
constexpr Rule rows{
    "P0629", "ISO 14289-1 §7.5",
    "donnez à chaque rang le même nombre de colonnes, cellules fusionnées comprises"};
constexpr Rule alternative{"P0630", "ISO 14289-1 §7.3",
                           "décrivez l’image : clic droit > Description"};
constexpr Rule note{"P0631", "ISO 14289-1 §7.9",
                    "produisez de nouveau le fichier : chaque note porte un identifiant unique"};
constexpr Rule heading{
    "P0632", "ISO 14289-1 §7.4",
    "employez les styles Titre 1, Titre 2, Titre 3 dans l’ordre, sans en sauter"};

struct Nesting {
    const Rule& rule;
    const char* type;
    std::vector<const char*> parents;   ///< empty: any
    std::vector<const char*> children;  ///< empty: any
};

const std::vector<Nesting>& nestings() {
    static const std::vector<Nesting> all = {
        {table_nesting, "Table", {}, {"TR", "THead", "TBody", "TFoot", "Caption"}},
        {table_nesting, "THead", {"Table"}, {"TR"}},
        {table_nesting, "TBody", {"Table"}, {"TR"}},
        {table_nesting, "TFoot", {"Table"}, {"TR"}},
        {table_nesting, "TR", {"Table", "THead", "TBody", "TFoot"}, {"TH", "TD"}},
        {table_nesting, "TH", {"TR"}, {}},
        {table_nesting, "TD", {"TR"}, {}},
        {list_nesting, "L", {}, {"L", "LI", "Caption"}},
        {list_nesting, "LI", {"L"}, {"Lbl", "LBody"}},
        {list_nesting, "LBody", {"LI"}, {}},
        {list_nesting, "TOC", {}, {"TOC", "TOCI", "Caption"}},
        {list_nesting, "TOCI", {"TOC"}, {}},
    };
    return all;
}

bool is_one_of(const std::vector<const char*>& types, const std::string& type) {
    return std::any_of(types.begin(), types.end(), [&](const char* one) { return type == one; });
}

class TypeCheck {
public:
    TypeCheck(Run& run, const Tree& tree) : run_(run), tree_(tree) {}

    void check() {
        std::set<std::string> ids;
        for (const Element& element : tree_.elements) {
            check_nesting(element);
            if (element.type == "Table") check_table(element);
            if (element.type == "Figure" || element.type == "Formula") check_alternative(element);
            if (element.type == "Note") check_note(element, ids);
            check_heading(element);
        }
    }

private:
    void tell(const Rule& rule, const Element& element, const std::string& problem) {
        run_.findings.add(rule, {element.object, element.page}, problem);
    }

    /// The nearest element above that groups for more than style; NonStruct and Private do not.
    std::string parent_type(const Element& element) const {
        int up = element.parent;
        while (up >= 0 && tree_[up].type == "NonStruct")
            up = tree_[up].parent;
        return up < 0 ? std::string() : tree_[up].type;
    }

    void check_nesting(const Element& element) {
        for (const Nesting& rule : nestings()) {
            if (element.type != rule.type) continue;
            if (!rule.parents.empty() && !is_one_of(rule.parents, parent_type(element)))
                tell(rule.rule, element,
                     "un élément « " + element.type + " » n’est pas à sa place, dans un « " +
                         rule.parents.front() + " »");
            if (rule.children.empty()) continue;
            std::map<std::string, int> counts;
            for (std::size_t i = 0; i < element.children.size(); ++i) {
                const Element& child = tree_[element.children[i]];
                ++counts[child.type];
                if (child.type == "NonStruct" || child.type.empty()) continue;
                const bool edge = i == 0 || i + 1 == element.children.size();
                // A child that belongs elsewhere is told at the child.
                if (!is_one_of(rule.children, child.type) && !has_parents(child.type))
                    tell(rule.rule, element,
                         "un élément « " + element.type + " » contient un « " + child.type + " »");
                else if (child.type == "Caption" && !edge)
                    tell(rule.rule, child, "une légende est au milieu de ce qu’elle annonce");
            }
            if (counts["THead"] > 1 || counts["TFoot"] > 1)
                tell(rule.rule, element, "un tableau a deux en-têtes ou deux pieds");
        }
    }

    static bool has_parents(const std::string& type) {
        return std::any_of(nestings().begin(), nestings().end(), [&](const Nesting& one) {
            return type == one.type && !one.parents.empty();
        });
    }

    /// The rows of a table, through its groups.
    std::vector<const Element*> rows_of(const Element& table) const {
        std::vector<const Element*> out;
        for (const int child : table.children) {
            const Element& one = tree_[child];
            if (one.type == "TR") out.push_back(&one);
            if (one.type == "THead" || one.type == "TBody" || one.type == "TFoot")
                for (const int row : one.children)
                    if (tree_[row].type == "TR") out.push_back(&tree_[row]);
        }
        return out;
    }

    void check_table(const Element& table) {
        const auto all = rows_of(table);
        bool by_headers = true;
        const Element* without = nullptr;
        int lacking = 0;
        for (const Element* row : all) {
            for (const int index : row->children) {
                const Element& cell = tree_[index];
                if (cell.type == "TH" && !has_scope(cell)) {
                    ++lacking;
                    if (without == nullptr) without = &cell;
                }
                if (cell.type == "TD")
                    by_headers =
                        by_headers && !tree_.attribute(cell, "/Table", "/Headers").isNull();
            }
        }
        if (lacking > 0 && !by_headers)
            tell(
                scope, *without,
                std::to_string(lacking) +
                    (lacking == 1 ? " cellule d’en-tête ne dit" : " cellules d’en-tête ne disent") +
                    " pas si elle vaut pour la colonne ou pour le rang");
        check_grid(table, all);
    }

    bool has_scope(const Element& cell) const {
        const std::string value = name_of(tree_.attribute(cell, "/Table", "/Scope"));
        return value == "Row" || value == "Column" || value == "Both";
    }

    /// A span; 0 when it is no number that a table can have.
    long long span(const Element& cell, const char* key) const {
        Handle value = tree_.attribute(cell, "/Table", key);
        if (value.isNull()) return 1;
        const long long count = integer_of(value).value_or(0);
        return count < 1 || count > 10'000 ? 0 : count;
    }

    void check_grid(const Element& table, const std::vector<const Element*>& all) {
        std::vector<long long> below;  // by column: rows that a cell above still covers
        std::size_t width = 0;
        std::size_t number = 0;
        for (const Element* row : all) {
            std::vector<long long> next(below.size());
            for (std::size_t i = 0; i < below.size(); ++i)
                next[i] = std::max(0LL, below[i] - 1);
            std::size_t column = 0;
            const auto skip = [&] {
                while (column < below.size() && below[column] > 0)
                    ++column;
            };
            for (const int index : row->children) {
                const Element& cell = tree_[index];
                if (cell.type != "TH" && cell.type != "TD") continue;
                const long long across = span(cell, "/ColSpan"), down = span(cell, "/RowSpan");
                if (across == 0 || down == 0)
                    return tell(rows, cell, "une cellule fusionnée a une taille impossible");
                skip();
                for (long long i = 0; i < across; ++i, ++column) {
                    if (column < below.size() && below[column] > 0)
                        return tell(rows, cell,
                                    "deux cellules fusionnées d’un tableau se couvrent");
                    if (column >= 20'000)
                        return tell(rows, cell,
                                    "un tableau a plus de colonnes qu’il n’est possible");
                    if (next.size() <= column) next.resize(column + 1);
                    next[column] = down - 1;
                }
            }
            skip();
            ++number;
            if (number == 1) width = column;
            if (column != width)
                return tell(rows, *row,
                            "le rang " + std::to_string(number) + " d’un tableau a " +
                                std::to_string(column) + " colonnes, le premier en a " +
                                std::to_string(width));
            below = std::move(next);
        }
        if (std::any_of(below.begin(), below.end(), [](long long one) { return one > 0; }))
            tell(rows, table, "une cellule fusionnée dépasse le bas d’un tableau");
    }

    void check_alternative(const Element& element) {
        if (is_blank(text_of(at(element.dictionary, "/Alt"))) &&
            is_blank(text_of(at(element.dictionary, "/ActualText"))))
            tell(alternative, element, "une image n’a pas de description");
    }

    void check_note(const Element& element, std::set<std::string>& ids) {
        Handle id = at(element.dictionary, "/ID");
        const std::string value = id.isString() ? id.getStringValue() : std::string();
        if (value.empty())
            tell(note, element, "une note n’a pas d’identifiant");
        else if (!ids.insert(value).second)
            tell(note, element, "deux notes ont le même identifiant");
    }

    void check_heading(const Element& element) {
        if (element.type == "H") {
            if (level_ > 0 && !mixed_)
                tell(heading, element,
                     "le document mêle des titres numérotés (H1…) et simples (H)");
            mixed_ = true;
            return;
        }
        if (element.type.size() != 2 || element.type[0] != 'H') return;
        const int level = element.type[1] - '0';
        if (level_ == 0 && mixed_)
            tell(heading, element, "le document mêle des titres numérotés (H1…) et simples (H)");
        if (level > level_ + 1)
            tell(heading, element,
                 level_ == 0
                     ? "le premier titre est de niveau " + std::to_string(level) + " au lieu de 1"
                     : "un titre de niveau " + std::to_string(level) + " suit un titre de niveau " +
                           std::to_string(level_));
        level_ = level;
    }

    Run& run_;
    const Tree& tree_;
    int level_ = 0;
    bool mixed_ = false;  ///< a heading without level was seen
};

}  // namespace

void check_types(Run& run, const Tree& tree) {
    TypeCheck(run, tree).check();
}

}  // namespace paraphe::pdf::conformance
