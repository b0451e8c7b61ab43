#include "template/table_blocks.hpp"

#include <algorithm>
#include <charconv>

#include "odf/odf.hpp"

namespace paraphe::tmpl {

namespace {

using odf::Element;
using odf::ElementPtr;
using odf::Name;

std::size_t number(const Element& element, Name attribute) {
    const std::string_view text = element.attribute_or_empty(attribute);
    std::size_t out = 1;
    std::from_chars(text.data(), text.data() + text.size(), out);
    return std::clamp<std::size_t>(out, 1, 1'000'000);
}

bool holds_rows(Name name) {
    static const Name header("table:table-header-rows"), rows("table:table-rows"),
        group("table:table-row-group");
    return name == header || name == rows || name == group;
}

/// A statement between the rows; of `blocks` only those that repeat or drop rows.
enum class Statements { all, blocks };
bool has_row_tags(const Draft& node, Statements which) {
    return std::any_of(node.children.begin(), node.children.end(), [&](const DraftPtr& child) {
        if (child->is_statement())
            return which == Statements::all ||
                   std::holds_alternative<expression::For>(*child->statement) ||
                   std::holds_alternative<expression::If>(*child->statement);
        return child->kind == Draft::Kind::element && holds_rows(child->element->name) &&
               has_row_tags(*child, which);
    });
}

/// Follows the rows of one table as its author sees them.
class Rows {
public:
    Rows(const std::string& table, Diagnostics& diagnostics)
        : table_(table), diagnostics_(diagnostics) {}

    bool sound = true;

    void run(const Draft& parent) {
        static const Name row("table:table-row");
        for (const DraftPtr& child : parent.children) {
            if (child->is_statement())
                tag(*child);
            else if (child->kind == Draft::Kind::element && holds_rows(child->element->name))
                run(*child);
            else if (child->kind == Draft::Kind::constant && holds_rows(child->element->name))
                constant(*child->element);
            else if (child->element && child->element->name == row)
                advance(*child->element);
        }
    }

private:
    void constant(const Element& group) {
        static const Name row("table:table-row");
        for (const odf::Node& node : group.children)
            if (const auto* child = std::get_if<ElementPtr>(&node)) {
                if ((*child)->name == row)
                    advance(**child);
                else if (holds_rows((*child)->name))
                    constant(**child);
            }
    }

    void tag(const Draft& tag) {
        static const Name row("table:table-row");
        if (row_ < until_) report(tag, cell_line_, cell_text_);
        if (tag.carrier && tag.carrier->name == row) {
            // The row goes with its tags; a cell that begins here would lose its place.
            const std::size_t before = until_;
            const auto [line, text] = std::pair(cell_line_, cell_text_);
            const std::size_t at = row_;
            advance(*tag.carrier);
            if (until_ > std::max(before, row_)) report(tag, cell_line_, cell_text_);
            row_ = at;
            until_ = before;
            cell_line_ = line;
            cell_text_ = text;
        }
    }

    void advance(const Element& row) {
        static const Name cell("table:table-cell"), spanned("table:number-rows-spanned");
        for (const odf::Node& node : row.children) {
            const auto* child = std::get_if<ElementPtr>(&node);
            if (child == nullptr || (*child)->name != cell) continue;
            const std::size_t end = row_ + number(**child, spanned);
            if (end <= row_ + 1 || end <= until_) continue;
            until_ = end;
            cell_line_ = (*child)->provenance ? (*child)->provenance->line : 0;
            cell_text_ = odf::plain_text(**child).substr(0, 60);
            while (!cell_text_.empty() &&
                   (static_cast<unsigned char>(cell_text_.back()) & 0xC0) == 0x80)
                cell_text_.pop_back();
            if (!cell_text_.empty() && static_cast<unsigned char>(cell_text_.back()) >= 0xC0)
                cell_text_.pop_back();
        }
        ++row_;
    }

    void report(const Draft& tag, int line, const std::string& text) {
        sound = false;
        diagnostics_.push_back(diagnostic_at(
            *tag.place, "P0216",
            "le bloc coupe une cellule fusionnée sur plusieurs lignes" +
                (table_.empty() ? std::string() : " du tableau « " + table_ + " »") +
                " : balise « " + tag.place->quote + " » (ligne " +
                std::to_string(tag.place->where.line) + ") et cellule « " + text + " » (ligne " +
                std::to_string(line) + ")",
            "mettez toutes les lignes de cette cellule dans le bloc, ou défaites la fusion"));
    }

    const std::string& table_;
    Diagnostics& diagnostics_;
    std::size_t row_ = 0, until_ = 0;  ///< rows so far; the last spanned cell reaches up to here
    int cell_line_ = 0;
    std::string cell_text_;
};

/// The first formula that computes with cells of its own table.
const Element* formula_in(const Element& element) {
    static const Name table_formula("table:formula"), text_formula("text:formula");
    for (const Name name : {table_formula, text_formula})
        if (const std::string* formula = element.attribute(name);
            formula != nullptr && formula->find('<') != std::string::npos)
            return &element;
    for (const odf::Node& node : element.children)
        if (const auto* child = std::get_if<ElementPtr>(&node))
            if (const Element* found = formula_in(**child)) return found;
    return nullptr;
}

const Name& rows_repeated() {
    static const Name name("table:number-rows-repeated");
    return name;
}

bool repeats_rows(const Element& element) {
    if (element.attribute(rows_repeated()) != nullptr) return true;
    return std::any_of(element.children.begin(), element.children.end(), [](const odf::Node& node) {
        const auto* child = std::get_if<ElementPtr>(&node);
        return child != nullptr && repeats_rows(**child);
    });
}

const Draft* first_tag(const Draft& node) {
    if (node.is_statement()) return &node;
    for (const DraftPtr& child : node.children)
        if (const Draft* found = first_tag(*child)) return found;
    return nullptr;
}

}  // namespace

ElementPtr with_rows_once(const ElementPtr& element) {
    if (!element || !repeats_rows(*element)) return element;
    return odf::with_changes(element, [](Element& each) {
        std::erase_if(each.attributes, [](const odf::Attribute& attribute) {
            return attribute.name == rows_repeated();
        });
    });
}

bool check_tables(const Draft& root, Diagnostics& diagnostics) {
    static const Name table("table:table"), name("table:name");
    bool sound = true;
    if (root.kind == Draft::Kind::element && root.element->name == table &&
        has_row_tags(root, Statements::all)) {
        const std::string own(root.element->attribute_or_empty(name));
        Rows rows(own, diagnostics);
        rows.run(root);
        sound = rows.sound;
        const Element* cell =
            has_row_tags(root, Statements::blocks) ? formula_in(*root.element) : nullptr;
        if (cell != nullptr) {
            static const Name table_formula("table:formula"), text_formula("text:formula");
            const std::string* formula = cell->attribute(table_formula);
            if (formula == nullptr) formula = cell->attribute(text_formula);
            const int line = cell->provenance ? cell->provenance->line : 0;
            const Draft* tag = first_tag(root);
            diagnostics.push_back(diagnostic_at(
                *tag->place, "P0217",
                "Writer calcule dans ce tableau (« " + *formula + " », ligne " +
                    std::to_string(line) +
                    "), mais ses lignes se répètent ou disparaissent : les adresses des cellules "
                    "ne désigneraient plus les mêmes",
                "remplacez la formule par une balise : {{ lignes | sum(attribute=\"montant\") | "
                "euros }}"));
            sound = false;
        }
    }
    for (const DraftPtr& child : root.children)
        if (child->kind == Draft::Kind::element) sound = check_tables(*child, diagnostics) && sound;
    return sound;
}

}  // namespace paraphe::tmpl
