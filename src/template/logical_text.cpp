#include "template/logical_text.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "odf/odf.hpp"
#include "template/stand_in.hpp"
#include "template/tag_text.hpp"

namespace paraphe::tmpl {

namespace {

using odf::ElementPtr;
using odf::Name;

/// One character of the logical text, and who holds it.
struct Atom {
    std::string octets;  ///< as lexed; empty: ignored (soft hyphen and the like)
    Draft* holder;       ///< a text, or an element that stands for characters
    std::size_t offset;  ///< in the holder's text
    std::size_t length;  ///< octets there
    int line;
    int column;
    bool tracked;  ///< in a recorded insertion
    bool deleted;  ///< in a recorded deletion, or where one is kept elsewhere: not part of the text
    int look;      ///< which styles of spans it has, those that can be seen
};

class Collector {
public:
    explicit Collector(Surroundings& surroundings) : surroundings_(surroundings) {}

    std::vector<Atom> atoms;

    void collect(Draft& node) {
        static const Name space("text:s"), tab("text:tab"), line_break("text:line-break"),
            span("text:span"), style_name("text:style-name"), change_mark("text:change"),
            change_id("text:change-id");
        for (auto& child : node.children) {
            switch (child->kind) {
                case Draft::Kind::text:
                    characters(*child);
                    break;
                case Draft::Kind::constant: {
                    const Name name = child->element->name;
                    note_change(surroundings_, *child->element);
                    if (name == change_mark && surroundings_.deletions.contains(
                                                   child->element->attribute_or_empty(change_id)))
                        atoms.push_back({{}, child.get(), 0, 0, line_, 0, false, true, look_});
                    if (name == space) add(odf::plain_text(*child->element), *child, 0, 0, 0);
                    if (name == tab) add(" ", *child, 0, 0, 0);
                    if (name == line_break) add("\n", *child, 0, 0, 0);
                    break;
                }
                case Draft::Kind::element: {
                    if (starts_own_text(child->element->name)) break;
                    const int before = look_;
                    if (child->element->name == span)
                        enter_look(child->element->attribute_or_empty(style_name));
                    collect(*child);
                    look_ = before;
                    break;
                }
                case Draft::Kind::tag:
                    break;
            }
        }
    }

private:
    void enter_look(std::string_view style) {
        if (surroundings_.plain_styles.contains(style)) return;
        const auto key = std::make_pair(look_, style);
        for (std::size_t i = 0; i < looks_.size(); ++i)
            if (looks_[i] == key) {
                look_ = static_cast<int>(i) + 1;
                return;
            }
        looks_.push_back(key);
        look_ = static_cast<int>(looks_.size());
    }

    void add(std::string octets, Draft& holder, std::size_t offset, std::size_t length,
             int column) {
        const bool deleted = !surroundings_.open_deletions.empty();
        if (deleted) octets.clear();
        atoms.push_back({std::move(octets), &holder, offset, length, line_, column,
                         surroundings_.insertions > 0, deleted, look_});
    }

    void characters(Draft& node) {
        const std::string& text = node.text.text;
        if (node.text.provenance) line_ = node.text.provenance->line;
        int column = node.text.provenance ? node.text.provenance->column : 0;
        static const std::vector<odf::Reference> none;
        const auto& references = node.text.provenance ? node.text.provenance->references : none;
        auto reference = references.begin();
        for (std::size_t i = 0; i < text.size();) {
            const auto [c, length] = utf8::decode(text, i);
            const bool ignored = is_invisible(c);
            add(ignored ? std::string() : text.substr(i, length), node, i, length, column);
            if (reference != references.end() && reference->offset == i)
                column += column > 0 ? (reference++)->more : 0;
            if (c == U'\n') {
                ++line_;
                column = column > 0 ? 1 : 0;
            } else if (column > 0) {
                ++column;
            }
            i += length;
        }
    }

    Surroundings& surroundings_;
    /// Each a look and the style that comes on top of it; the index and one is its number.
    std::vector<std::pair<int, std::string_view>> looks_;
    int look_ = 0;
    int line_ = 0;
};

bool is_change_mark(const Draft& node) {
    static const Name change("text:change");
    return node.kind != Draft::Kind::text && node.element && node.element->name == change;
}

/// Text that a recorded change deletes where it stands: no contract shows it. What Writer keeps
/// apart (text:change) is in no paragraph; its mark stays, unless it holds pieces of a tag.
std::vector<bool> deleted_text(const std::vector<Atom>& atoms) {
    std::vector<bool> out(atoms.size(), false);
    for (std::size_t i = 0; i < atoms.size();) {
        const std::size_t first = i;
        bool braces = false;
        for (; i < atoms.size() && atoms[i].deleted; ++i)
            if (atoms[i].holder->kind == Draft::Kind::text) {
                const char c = atoms[i].holder->text.text[atoms[i].offset];
                braces = braces || c == '{' || c == '}';
            }
        for (std::size_t k = first; k < i; ++k)
            out[k] = braces || !is_change_mark(*atoms[k].holder);
        if (i == first) ++i;
    }
    return out;
}

/// The character's own line and column, where they are known.
Location at_atom(Location paragraph, const Atom& atom) {
    if (atom.line > 0) {
        paragraph.line = atom.line;
        paragraph.column = atom.column;
    }
    return paragraph;
}

std::string quote_of(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    const auto points = utf8::to_utf32(text);
    return points.size() <= 80 ? text : utf8::from_utf32(points.substr(0, 79)) + "…";
}

/// What becomes of a text: pieces of it and the leaves of tags, in order.
using Pieces = std::vector<DraftPtr>;

class Cutter {
public:
    /// The character stays, after what its holder has got so far.
    void keep(const Atom& atom) {
        if (atom.holder->kind != Draft::Kind::text) return;
        text_of(*atom.holder).text.text.append(atom.holder->text.text, atom.offset, atom.length);
    }

    /// It goes with its tag. A tab or break inside a tag becomes an empty text.
    void drop(const Atom& atom) {
        if (atom.holder->kind == Draft::Kind::text) {
            text_of(*atom.holder).lost_text = true;
        } else if (gone_.insert(atom.holder).second) {
            made_[atom.holder].push_back(Draft::of_text({}));
            made_[atom.holder].back()->lost_text = true;
        }
    }

    void leaf(const Draft& holder, DraftPtr tag) {
        const auto& provenance = holder.text.provenance;
        Pieces& pieces = made_[&holder];
        pieces.push_back(std::move(tag));
        pieces.push_back(Draft::of_text({{}, provenance}));
        pieces.back()->lost_text = true;
    }

    /// Puts the pieces in the place of their holders.
    void rebuild(Draft& node) {
        std::vector<DraftPtr> children;
        children.reserve(node.children.size());
        for (DraftPtr& child : node.children) {
            const auto found = made_.find(child.get());
            if (found != made_.end()) {
                for (DraftPtr& piece : found->second)
                    children.push_back(std::move(piece));
                continue;
            }
            if (child->kind == Draft::Kind::element) rebuild(*child);
            children.push_back(std::move(child));
        }
        node.children = std::move(children);
    }

private:
    /// The text that takes what comes next of this holder.
    Draft& text_of(const Draft& holder) {
        Pieces& pieces = made_[&holder];
        if (pieces.empty()) pieces.push_back(Draft::of_text({{}, holder.text.provenance}));
        return *pieces.back();
    }

    std::unordered_map<const Draft*, Pieces> made_;
    std::unordered_set<const Draft*> gone_;
};

/// The content of a field that carried a tag, without what only the field needs: the choices of a
/// list, and the angle brackets in which Writer shows a placeholder.
void unwrap(Draft& field, std::vector<DraftPtr>& out) {
    static const Name placeholder("text:placeholder"), label("text:label");
    if (field.element->name == placeholder) {
        Draft& first = *field.children.front();
        Draft& last = *field.children.back();
        if (first.kind == Draft::Kind::text && last.kind == Draft::Kind::text &&
            first.text.text.starts_with('<') && last.text.text.ends_with('>')) {
            last.text.text.pop_back();
            first.text.text.erase(0, 1);
        }
    }
    for (auto& child : field.children) {
        if (child->kind == Draft::Kind::text && child->text.text.empty()) continue;
        if (child->kind == Draft::Kind::constant && child->element->name == label) continue;
        out.push_back(std::move(child));
    }
}

/// Drops texts and spans that held nothing but pieces of tags; unwraps fields that carried one.
bool tidy(Draft& node) {
    static const Name placeholder("text:placeholder"), input("text:text-input"),
        user_field("text:user-field-get"), conditional("text:conditional-text"),
        dropdown("text:drop-down");
    bool lost = false;
    std::vector<DraftPtr> kept;
    for (auto& child : node.children) {
        if (child->kind == Draft::Kind::text && child->lost_text) {
            lost = true;
            if (child->text.text.empty()) continue;
        }
        if (child->kind == Draft::Kind::tag) lost = true;
        if (child->kind == Draft::Kind::element && !starts_own_text(child->element->name)) {
            const bool inner = tidy(*child);
            lost = lost || inner;
            const Name name = child->element->name;
            if (inner && child->children.empty()) continue;
            if (inner && (name == placeholder || name == input || name == user_field ||
                          name == conditional || name == dropdown)) {
                unwrap(*child, kept);
                continue;
            }
            if (!inner && !child->address) {
                // Untouched: the author's own element again.
                const bool plain = std::all_of(
                    child->children.begin(), child->children.end(), [](const DraftPtr& c) {
                        return c->kind == Draft::Kind::text || c->kind == Draft::Kind::constant;
                    });
                if (plain) {
                    kept.push_back(Draft::of_constant(child->element));
                    continue;
                }
            }
        }
        kept.push_back(std::move(child));
    }
    node.children = std::move(kept);
    return lost;
}

void report_stray(const Lexed& lexed, std::size_t from, std::size_t to,
                  const std::vector<Atom>& atoms, const Place& place, Diagnostics& diagnostics) {
    // Not beyond `to`: the rest is read for every tag.
    const auto between = std::string_view(lexed.text).substr(0, to + 2);
    for (const std::string_view mark : {"{ {", "{ %", "{{", "}}", "{%", "%}"}) {
        const auto at = between.find(mark, from);
        if (at == std::string::npos || at >= to) continue;
        Place here = place;
        here.where = at_atom(place.where, atoms[lexed.index[at]]);
        const auto start = at < 20 ? 0 : at - 20;
        here.quote = quote_of(lexed.text.substr(start, at - start + 25));
        while (!here.quote.empty() && (static_cast<unsigned char>(here.quote[0]) & 0xC0) == 0x80)
            here.quote.erase(0, 1);
        diagnostics.push_back(diagnostic_at(
            here, "P0200", "« " + std::string(mark) + " » n’appartient à aucune balise",
            mark.size() == 3 ? "enlevez l’espace entre les deux signes"
                             : "complétez la balise ou supprimez ces signes"));
        return;
    }
}

}  // namespace

bool starts_own_text(Name name) {
    static const Name note("text:note"), frame("draw:frame"), annotation("office:annotation"),
        shape("draw:custom-shape"), group("draw:g"), ruby("text:ruby");
    return name == note || name == frame || name == annotation || name == shape || name == group ||
           name == ruby;
}

void note_change(Surroundings& surroundings, const odf::Element& element) {
    static const Name start("text:change-start"), end("text:change-end"), id("text:change-id");
    if (element.name != start && element.name != end) return;
    const auto change = element.attribute_or_empty(id);
    if (!surroundings.deletions.contains(change)) {
        surroundings.insertions =
            std::max(0, surroundings.insertions + (element.name == start ? 1 : -1));
    } else if (element.name == start) {
        surroundings.open_deletions.emplace(change);
    } else if (const auto open = surroundings.open_deletions.find(change);
               open != surroundings.open_deletions.end()) {
        surroundings.open_deletions.erase(open);
    }
}

void find_tags(Draft& paragraph, Surroundings& surroundings, const std::string& context,
               Diagnostics& diagnostics) {
    Collector collector(surroundings);
    collector.collect(paragraph);
    std::vector<Atom>& atoms = collector.atoms;
    const Lexed lexed =
        lex(atoms.size(), [&](std::size_t i) -> const std::string& { return atoms[i].octets; });

    Place base;
    const auto& provenance = paragraph.element->provenance;
    if (provenance && provenance->source) base.where.source = *provenance->source;
    if (provenance && provenance->part) base.where.part = *provenance->part;
    if (provenance) base.where.line = provenance->line;
    base.context = context;

    struct Found {
        std::size_t first, last, anchor;
        DraftPtr leaf;
    };
    std::vector<Found> found;
    std::size_t from = 0;
    for (;;) {
        std::optional<expression::Tag> tag;
        try {
            tag = expression::next_tag(lexed.text, from);
        } catch (const Error& error) {
            const auto at = lexed.text.find('{', from);
            Place here = base;
            if (at != std::string::npos) here.where = at_atom(base.where, atoms[lexed.index[at]]);
            here.quote = quote_of(lexed.text.substr(at == std::string::npos ? from : at));
            diagnostics.push_back(diagnostic_at(here, error));
            break;
        }
        report_stray(lexed, from, tag ? tag->begin : lexed.text.size(), atoms, base, diagnostics);
        if (!tag) break;
        from = tag->end;

        auto place = std::make_shared<Place>(base);
        const std::size_t first = lexed.index[tag->begin];
        const std::size_t last = lexed.index[tag->end - 1];
        place->where = at_atom(base.where, atoms[first]);
        place->quote = quote_of(lexed.text.substr(tag->begin, tag->end - tag->begin));
        auto leaf = std::make_unique<Draft>();
        leaf->kind = Draft::Kind::tag;
        leaf->tag = tag->kind;
        leaf->place = place;
        const auto from_atom = atoms.begin() + static_cast<std::ptrdiff_t>(first);
        const auto to_atom = atoms.begin() + static_cast<std::ptrdiff_t>(last) + 1;
        if (std::any_of(from_atom, to_atom, [&](const Atom& atom) {
                return atom.deleted || atom.tracked != from_atom->tracked;
            }))
            diagnostics.push_back(
                diagnostic_at(*place, "P0201", "une modification suivie coupe la balise",
                              "acceptez ou refusez la modification dans Writer (Édition, Suivi des "
                              "modifications)"));
        if (std::any_of(from_atom, to_atom,
                        [&](const Atom& atom) { return atom.look != from_atom->look; }))
            diagnostics.push_back(diagnostic_at(
                *place, "P0208", "la balise n’a pas partout la même mise en forme",
                tag->kind == expression::TagKind::output
                    ? "donnez-lui une seule mise en forme ; la valeur prend celle du premier mot"
                    : "donnez-lui une seule mise en forme",
                Severity::warning));
        const std::string content =
            lexed.text.substr(tag->content_begin, tag->content_end - tag->content_begin);
        auto places = std::make_shared<std::vector<Location>>();
        for (std::size_t at = tag->content_begin; at < tag->content_end; ++at)
            places->push_back(at_atom(base.where, atoms[lexed.index[at]]));
        const auto mapper = [places, where = place->where](std::size_t at) {
            return at < places->size() ? (*places)[at] : where;
        };
        std::size_t anchor = first;
        try {
            if (tag->kind == expression::TagKind::output) {
                leaf->output = expression::parse_output(content, mapper);
                // The value takes the style of the first character of its expression.
                auto at = tag->content_begin;
                while (at < tag->content_end && lexed.text[at] == ' ')
                    ++at;
                if (at < tag->content_end &&
                    atoms[lexed.index[at]].holder->kind == Draft::Kind::text)
                    anchor = lexed.index[at];
            } else if (tag->kind == expression::TagKind::statement) {
                leaf->statement = expression::parse_statement(content, mapper);
            }
        } catch (const Error& error) {
            diagnostics.push_back(diagnostic_at(*place, error));
            leaf->statement = stand_in(content);
            // The block form is not for documents, and opens none there.
            if (const auto* set =
                    std::get_if<expression::Set>(leaf->statement ? &*leaf->statement : nullptr);
                set != nullptr && !set->value)
                leaf->statement.reset();
            if (!leaf->statement) leaf->tag = expression::TagKind::comment;
        }
        found.push_back({first, last, anchor, std::move(leaf)});
    }
    const std::vector<bool> gone = deleted_text(atoms);
    if (!found.empty() || std::find(gone.begin(), gone.end(), true) != gone.end()) {
        Cutter cutter;
        auto tag = found.begin();
        for (std::size_t i = 0; i < atoms.size(); ++i) {
            while (tag != found.end() && i > tag->last)
                ++tag;
            const bool inside = tag != found.end() && i >= tag->first;
            if (inside && i == tag->anchor) cutter.leaf(*atoms[i].holder, std::move(tag->leaf));
            if (inside || gone[i])
                cutter.drop(atoms[i]);
            else
                cutter.keep(atoms[i]);
        }
        cutter.rebuild(paragraph);
    }
    tidy(paragraph);
}

}  // namespace paraphe::tmpl
