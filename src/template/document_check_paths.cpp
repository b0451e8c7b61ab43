#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/utf8.hpp"
#include "odf/odf.hpp"
#include "template/document_check.hpp"
#include "template/document_check_findings.hpp"

namespace paraphe::tmpl {

namespace {

using odf::Element;
using odf::ElementPtr;
using odf::Name;
using odf::Whereabouts;

/// What may have come last (a level, a number; 0: none yet), each with the fewest decisions taken
/// since then. Two decisions may hang together ({% if a %}… {% if not a %}…), so what needs two is
/// no proof of anything.
using Ways = std::map<int, int>;

constexpr int reliable = 1;

Ways decided(Ways ways) {
    for (auto& [last, decisions] : ways)
        ++decisions;
    return ways;
}

void join(Ways& into, const Ways& more) {
    for (const auto& [last, decisions] : more) {
        const auto [at, fresh] = into.emplace(last, decisions);
        if (!fresh) at->second = std::min(at->second, decisions);
    }
}

enum class Blank { no, maybe, yes };

bool shows_something(const Element& element) {
    const std::string& name = element.name.str();
    if (name.starts_with("draw:") || name == "text:page-number" || name == "text:sequence")
        return true;
    return std::any_of(element.children.begin(), element.children.end(), [](const odf::Node& node) {
        const auto* child = std::get_if<ElementPtr>(&node);
        return child != nullptr && shows_something(**child);
    });
}

/// {{ x | default("") }}: the author reckons with nothing.
bool defaults_to_nothing(std::string_view tag) {
    const auto at = tag.find("default(");
    if (at == std::string_view::npos) return false;
    for (std::size_t i = at + 8; i < tag.size();) {
        const auto [c, length] = utf8::decode(tag, i);
        if (c == U')') return true;
        static constexpr std::array quotes{U'"', U'\'', U' ', char32_t{0xA0}, U'“',      U'”',
                                           U'‘', U'’',  U'«', U'»',           U'\u202F', U'„'};
        if (std::find(quotes.begin(), quotes.end(), c) == quotes.end()) return false;
        i += length;
    }
    return false;
}

Blank blank(const Instructions&);

struct BlankOf {
    Blank operator()(const Constant& it) const {
        if (const auto* text = std::get_if<odf::Text>(&it.node))
            return utf8::is_blank(text->text) ? Blank::yes : Blank::no;
        const Element& element = *std::get<ElementPtr>(it.node);
        return !shows_something(element) && utf8::is_blank(odf::plain_text(element)) ? Blank::yes
                                                                                     : Blank::no;
    }
    Blank operator()(const Output& it) const {
        return defaults_to_nothing(it.place->quote) ? Blank::maybe : Blank::no;
    }
    Blank operator()(const SignatureSlot&) const { return Blank::no; }
    Blank operator()(const Container& it) const {
        return it.element->name.str().starts_with("draw:") ? Blank::no : blank(it.children);
    }
    Blank operator()(const ForBlock& it) const {
        const Blank body = blank(it.body), otherwise = blank(it.otherwise);
        return body == otherwise ? body : Blank::maybe;
    }
    Blank operator()(const IfBlock& it) const {
        const bool complete = !it.branches.empty() && !it.branches.back().condition;
        std::set<Blank> all;
        if (!complete) all.insert(Blank::yes);
        for (const IfBlock::Branch& branch : it.branches)
            all.insert(blank(branch.body));
        return all.size() == 1 ? *all.begin() : Blank::maybe;
    }
    Blank operator()(const SetValue&) const { return Blank::yes; }
    Blank operator()(const WithBlock& it) const { return blank(it.body); }
    Blank operator()(const IncludeBlock& it) const { return blank(*it.body); }
};

Blank blank(const Instructions& instructions) {
    Blank out = Blank::yes;
    for (const Instruction& each : instructions)
        out = std::min(out, std::visit(BlankOf(), each.content));
    return out;
}

std::string text_of(const Instructions&);

struct TextOf {
    std::string operator()(const Constant& it) const {
        if (const auto* text = std::get_if<odf::Text>(&it.node)) return text->text;
        return odf::plain_text(*std::get<ElementPtr>(it.node));
    }
    std::string operator()(const Output& it) const { return it.place->quote; }
    std::string operator()(const SignatureSlot&) const { return {}; }
    std::string operator()(const Container& it) const { return text_of(it.children); }
    std::string operator()(const ForBlock& it) const { return text_of(it.body); }
    std::string operator()(const IfBlock& it) const {
        std::string out;
        for (const IfBlock::Branch& branch : it.branches)
            out += text_of(branch.body);
        return out;
    }
    std::string operator()(const SetValue&) const { return {}; }
    std::string operator()(const WithBlock& it) const { return text_of(it.body); }
    std::string operator()(const IncludeBlock& it) const { return text_of(*it.body); }
};

std::string text_of(const Instructions& instructions) {
    std::string out;
    for (const Instruction& each : instructions)
        out += std::visit(TextOf(), each.content);
    return out;
}

class PathChecker {
public:
    PathChecker(const odf::Document& base, Diagnostics& diagnostics)
        : whereabouts_(base), diagnostics_(diagnostics) {}

    void run(const Instructions& instructions) {
        for (const Instruction& instruction : instructions)
            std::visit([&](const auto& each) { run(each); }, instruction.content);
    }

    void finish() {
        if (typed_ == 0) return;
        typed_at_.message = typed_ == 1
                                ? "un numéro d’article est tapé à la main"
                                : std::to_string(typed_) +
                                      " numéros d’article sont tapés à la main, le premier ici";
        typed_at_.remedy =
            "laissez Writer numéroter (style Titre 1, Outils, Numérotation des chapitres) : un "
            "article ajouté ou retiré par une condition renumérote alors les suivants";
        diagnostics_.push_back(typed_at_);
    }

private:
    struct State {
        Ways levels{{0, 0}};
        Ways numbers{{0, 0}};
        bool operator==(const State&) const = default;
    };

    static State decided(const State& state) {
        return {tmpl::decided(state.levels), tmpl::decided(state.numbers)};
    }

    static void join(State& into, const State& more) {
        tmpl::join(into.levels, more.levels);
        tmpl::join(into.numbers, more.numbers);
    }

    void run(const Constant& constant) {
        if (const auto* element = std::get_if<ElementPtr>(&constant.node)) visit(**element);
    }

    void visit(const Element& element) {
        static const Name tracked("text:tracked-changes");
        if (element.name == tracked) return;
        whereabouts_.enter(element);
        if (odf::is_paragraph(element.name)) {
            const std::string text = odf::plain_text(element);
            paragraph(element, text, BlankOf()(Constant{with_itself(element), {}}), text);
        }
        for (const odf::Node& node : element.children)
            if (const auto* child = std::get_if<ElementPtr>(&node)) visit(**child);
    }

    void run(const Container& container) {
        const Element& element = *container.element;
        if (odf::is_paragraph(element.name)) {
            const std::string text = text_of(container.children);
            whereabouts_.enter(*odf::with_children(element, {odf::Text{text, {}}}));
            paragraph(element, text, blank(container.children), text);
        } else {
            whereabouts_.enter(element);
            if (element.name == Name("table:table")) table(container);
        }
        run(container.children);
    }

    void run(const ForBlock& block) {
        const State before = state_;
        state_ = decided(before);
        State after = state_;
        const State in = state_;
        run(block.body);
        if (state_ != in) {
            join(after, state_);
            // What follows itself: a second round finds it. Deep nests would double each time.
            if (++loops_ <= 3) {
                run(block.body);
                join(after, state_);
            }
            --loops_;
        } else {
            after = before;
        }
        state_ = after;
        const State unlooped = state_;
        run(block.otherwise);
        join(state_, unlooped);
    }

    void run(const IfBlock& block) {
        const State before = state_;
        const State in = decided(before);
        const bool complete = !block.branches.empty() && !block.branches.back().condition;
        bool changed = false;
        std::optional<State> after;
        if (!complete) after = in;
        for (const IfBlock::Branch& branch : block.branches) {
            state_ = in;
            run(branch.body);
            changed = changed || state_ != in;
            if (after)
                join(*after, state_);
            else
                after = state_;
        }
        state_ = changed && after ? *after : before;
    }

    void run(const WithBlock& block) { run(block.body); }
    void run(const IncludeBlock& block) { run(*block.body); }
    void run(const Output&) {}
    void run(const SignatureSlot&) {}
    void run(const SetValue&) {}

    /// The element as a node, for the visitors; borrowed for the call.
    static odf::Node with_itself(const Element& element) {
        return ElementPtr(ElementPtr(), &element);
    }

    void report(const Element& element, const char* code, std::string message, std::string remedy,
                std::string_view quote) {
        if (!told_.insert({&element, code}).second) return;
        diagnostics_.push_back(warning_about(element, whereabouts_, code, std::move(message),
                                             std::move(remedy), quote));
    }

    void paragraph(const Element& element, const std::string& text, Blank emptiness,
                   const std::string& whole) {
        static const Name h("text:h");
        if (element.name == h) heading(element, shortened(whole), emptiness);
        if (const int number = typed_article(text); number > 0) typed(element, text, number);
    }

    void heading(const Element& element, const std::string& text, Blank emptiness) {
        if (emptiness == Blank::yes)
            return report(element, "P0232", "ce titre est vide",
                          "écrivez-le, ou donnez au paragraphe un style de texte : il prend un "
                          "numéro et une ligne dans la table des matières",
                          text);
        if (emptiness == Blank::maybe)
            report(element, "P0232", "ce titre reste vide quand sa donnée ou sa condition manque",
                   "mettez le titre entier sous la condition : {% if … %} seul dans le paragraphe "
                   "d’avant, {% endif %} dans celui d’après",
                   text);
        static const Name outline("text:outline-level");
        const int level =
            std::clamp(std::atoi(std::string(element.attribute_or_empty(outline)).c_str()), 1, 10);
        const auto bad = [level](int last) { return level > last + 1; };
        bool certain = true;
        int from = -1;
        for (const auto& [last, decisions] : state_.levels) {
            certain = certain && bad(last);
            if (bad(last) && decisions <= reliable) from = std::max(from, last);
        }
        if (certain) from = state_.levels.rbegin()->first;
        const std::string when = certain ? "" : "quand le passage qui précède n’est pas imprimé, ";
        if (from == 0 && level > 1)
            report(element, "P0231",
                   when + "le premier titre est de niveau " + std::to_string(level) +
                       ", non de niveau 1",
                   "donnez-lui le style Titre 1", text);
        else if (from > 0)
            report(element, "P0230",
                   when + "les titres passent du niveau " + std::to_string(from) + " au niveau " +
                       std::to_string(level),
                   "donnez à ce titre le style Titre " + std::to_string(from + 1) +
                       (certain ? "" : ", ou mettez-le sous la même condition"),
                   text);
        state_.levels = {{level, 0}};
    }

    void typed(const Element& element, const std::string& text, int number) {
        if (counted_.insert(&element).second && ++typed_ == 1)
            typed_at_ = warning_about(element, whereabouts_, "P0234", {}, {}, shortened(text));
        bool certain = true;
        int from = 0;
        for (const auto& [last, decisions] : state_.numbers) {
            const bool bad = last != 0 && last + 1 != number;
            certain = certain && bad;
            if (bad && decisions <= reliable) from = last;
        }
        if (certain) from = state_.numbers.rbegin()->first;
        const std::string when = certain ? "" : "quand le passage qui précède n’est pas imprimé, ";
        if (from == number)
            report(element, "P0235",
                   when + "deux articles portent le numéro " + std::to_string(number),
                   "corrigez le numéro, ou laissez Writer numéroter (style Titre 1)",
                   shortened(text));
        else if (from > 0)
            report(element, "P0235",
                   when + "l’article " + std::to_string(number) + " suit l’article " +
                       std::to_string(from),
                   "corrigez le numéro, ou laissez Writer numéroter (style Titre 1)",
                   shortened(text));
        state_.numbers = {{number, 0}};
    }

    /// Rows that a list fills need a head that says what their columns are.
    void table(const Container& table) {
        static const Name header("table:table-header-rows");
        bool headed = false, repeats = false;
        rows(table.children, header, headed, repeats);
        if (repeats && !headed)
            report(*table.element, "P0237",
                   "les lignes de ce tableau se répètent sous aucune ligne d’en-tête",
                   "dans Tableau, Propriétés, Enchaînements, cochez « Répéter le titre » : elle "
                   "revient sur chaque page, et un lecteur d’écran nomme les colonnes",
                   table.element->attribute_or_empty(Name("table:name")));
    }

    static void rows(const Instructions& instructions, Name header, bool& headed, bool& repeats) {
        static const Name group("table:table-rows"), row_group("table:table-row-group");
        for (const Instruction& each : instructions) {
            if (std::holds_alternative<ForBlock>(each.content)) repeats = true;
            if (const auto* constant = std::get_if<Constant>(&each.content)) {
                const auto* element = std::get_if<ElementPtr>(&constant->node);
                headed = headed || (element != nullptr && (*element)->name == header);
            }
            if (const auto* container = std::get_if<Container>(&each.content)) {
                headed = headed || container->element->name == header;
                if (container->element->name == group || container->element->name == row_group)
                    rows(container->children, header, headed, repeats);
            }
            if (const auto* condition = std::get_if<IfBlock>(&each.content))
                for (const IfBlock::Branch& branch : condition->branches)
                    rows(branch.body, header, headed, repeats);
        }
    }

    State state_;
    Whereabouts whereabouts_;
    Diagnostics& diagnostics_;
    std::set<std::pair<const Element*, std::string>> told_;
    std::set<const Element*> counted_;
    int typed_ = 0;
    Diagnostic typed_at_;
    int loops_ = 0;
};

int roman(std::string_view text) {
    static constexpr std::string_view letters = "IVXLC";
    static constexpr int values[] = {1, 5, 10, 50, 100};
    int out = 0, before = 1000;
    for (const char letter : text) {
        const auto at = letters.find(letter);
        if (at == std::string_view::npos) return 0;
        if (values[at] > before) out -= 2 * before;
        out += values[at];
        before = values[at];
    }
    return out;
}

}  // namespace

int typed_article(std::string_view whole) {
    const std::string text = shortened(whole);
    std::string_view rest = text;
    bool is_article = false;
    for (const std::string_view word : {"Article ", "ARTICLE ", "Art. ", "ART. "})
        if (rest.starts_with(word)) {
            rest.remove_prefix(word.size());
            is_article = true;
            break;
        }
    if (!is_article) return 0;
    if (rest.starts_with("n° ")) rest.remove_prefix(4);
    const std::string_view word = rest.substr(0, rest.find_first_of(" .:-)"));
    rest.remove_prefix(word.size());
    int number = 0;
    if (word == "premier" || word == "PREMIER" || word == "1er" || word == "Ier")
        number = 1;
    else if (!word.empty() && word.size() <= 3 &&
             word.find_first_not_of("0123456789") == std::string_view::npos)
        number = std::atoi(std::string(word).c_str());
    else if (word.size() <= 8)
        number = roman(word);
    if (number <= 0) return 0;
    while (rest.starts_with(" "))
        rest.remove_prefix(1);
    if (rest.empty()) return number;
    for (const std::string_view sign : {".", ":", "—", "–", "-", ")"})
        if (rest.starts_with(sign)) {
            // "4.1", "4-2" count articles in another way.
            auto after = rest.substr(sign.size());
            // "L. 271-1" and "R. 12" are articles of a code.
            if (word.size() == 1 && number >= 50 && after.starts_with(" ")) after.remove_prefix(1);
            return !after.empty() && after.front() >= '0' && after.front() <= '9' ? 0 : number;
        }
    return 0;
}

void check_paths(const odf::Document& base, const Instructions& body, Diagnostics& diagnostics) {
    PathChecker checker(base, diagnostics);
    checker.run(body);
    checker.finish();
}

}  // namespace paraphe::tmpl
