#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "odf/odf.hpp"
#include "redline/looks.hpp"
#include "redline/redline.hpp"
#include "redline/story.hpp"
#include "redline/tags.hpp"
#include "redline/usage_changes.hpp"

namespace paraphe::redline {

namespace {

using odf::ElementPtr;
using odf::Name;

bool is_text_property(const std::string& property) {
    static const std::set<std::string, std::less<>> all{
        "police",  "taille",     "gras",  "italique", "souligné", "barré",
        "couleur", "surlignage", "casse", "position", "masqué"};
    return all.contains(property);
}

/// Those of `all` that are not among `known`.
std::vector<PropertyChange> without(std::vector<PropertyChange> all,
                                    const std::vector<PropertyChange>& known) {
    std::erase_if(all, [&](const PropertyChange& each) {
        return std::find(known.begin(), known.end(), each) != known.end();
    });
    return all;
}

class Comparer {
public:
    Comparer(const odf::Document& before, const odf::Document& after)
        : before_(before), after_(after), looks_before_(before), looks_after_(after) {
        out_.before = before.source;
        out_.after = after.source;
    }

    Changes run() {
        Numbering numbering;
        const Story before = read_story(before_, numbering), after = read_story(after_, numbering);
        out_.metadata = metadata_changes(before_, after_);
        furniture(before, after);
        streams(before.body, after.body);
        tell_moves();
        out_.usage = usage_changes(before, before_, after, after_);
        named_styles();
        grouped_styles();
        pages();
        tracked_note(before_);
        tracked_note(after_);
        return std::move(out_);
    }

private:
    // --- text -----------------------------------------------------------------------------------

    void furniture(const Story& before, const Story& after) {
        const Stream nothing;
        const auto find = [](const Story& story, const std::string& name) -> const Stream* {
            for (const auto& [called, stream] : story.furniture)
                if (called == name) return &stream;
            return nullptr;
        };
        for (const auto& [name, stream] : before.furniture)
            if (find(after, name) == nullptr) streams(stream, nothing);
        for (const auto& [name, stream] : after.furniture) {
            const Stream* old = find(before, name);
            streams(old ? *old : nothing, stream);
        }
    }

    void streams(const Stream& before, const Stream& after) {
        for (const Pair& pair : pair_blocks(before, after)) {
            if (pair.before == nullptr)
                only(*pair.after, Change::added, after.furniture);
            else if (pair.after == nullptr)
                only(*pair.before, Change::removed, before.furniture);
            else if (pair.after->table)
                tables(*pair.before, *pair.after);
            else
                paragraphs(*pair.before, *pair.after, before.furniture, after.furniture);
        }
    }

    Place place(const Block& block, bool old) const {
        return place_of(block.spot, block.element, old ? before_.source : after_.source);
    }

    static std::string row_text(const Row& row) {
        std::string out;
        for (const Cell& cell : row.cells) {
            if (&cell != &row.cells.front()) out += " | ";
            for (const Block& block : cell.stream.blocks) {
                if (&block != &cell.stream.blocks.front()) out += " ";
                out += block.table ? table_text(block) : block.paragraph.words();
            }
        }
        return out;
    }
    static std::string table_text(const Block& table) {
        std::string out;
        for (const Row& row : table.rows)
            out += (out.empty() ? "" : "\n") + row_text(row);
        return out;
    }

    /// A paragraph or table that one version alone has.
    void only(const Block& block, Change change, bool) {
        const bool old = change == Change::removed;
        TextChange made;
        made.change = change;
        made.place = place(block, old);
        (old ? made.before : made.after) = block.element;
        made.what = block.table       ? TextChange::What::table
                    : block.level > 0 ? TextChange::What::heading
                                      : TextChange::What::paragraph;
        const std::string words = block.table ? table_text(block) : block.paragraph.words();
        made.segments.push_back({old ? Segment::Kind::removed : Segment::Kind::added, words});
        const std::size_t conditions = out_.conditions.size();
        conditions_of(block, change);
        // A paragraph of conditions alone is told by them.
        const bool governing =
            !block.table && !block.paragraph.tokens.empty() &&
            std::all_of(block.paragraph.tokens.begin(), block.paragraph.tokens.end(),
                        [](const Token& token) { return governs(token); });
        if (governing || (block.table ? words.empty() : block.paragraph.tokens.empty())) return;
        whole_.push_back({out_.texts.size(), block.candidate.number, words.size(), conditions,
                          out_.conditions.size()});
        out_.texts.push_back(std::move(made));
    }

    static bool governs(const Token& token) {
        return token.kind == Token::Kind::space ||
               (token.kind == Token::Kind::tag && is_governing(token.canonical));
    }

    void conditions_of(const Block& block, Change change) {
        const bool old = change == Change::removed;
        for (const Token& token : block.paragraph.tokens)
            if (token.kind == Token::Kind::tag && is_condition(token.canonical))
                condition(change, old ? token.canonical : "", old ? "" : token.canonical,
                          place(block, old));
        for (const Stream& stream : block.inner)
            for (const Block& inner : stream.blocks)
                conditions_of(inner, change);
        for (const Row& row : block.rows)
            conditions_of(row, change);
    }
    void conditions_of(const Row& row, Change change) {
        for (const Cell& cell : row.cells)
            for (const Block& block : cell.stream.blocks)
                conditions_of(block, change);
    }

    void condition(Change change, std::string before, std::string after, Place where) {
        out_.conditions.push_back({change, std::move(before), std::move(after), std::move(where)});
    }

    void tables(const Block& before, const Block& after) {
        for (const RowPair& pair : pair_rows(before, after)) {
            if (pair.before != nullptr && pair.after != nullptr &&
                pair.before->cells.size() == pair.after->cells.size()) {
                for (std::size_t i = 0; i < pair.after->cells.size(); ++i)
                    streams(pair.before->cells[i].stream, pair.after->cells[i].stream);
                continue;
            }
            if (pair.before != nullptr) row(*pair.before, before, Change::removed);
            if (pair.after != nullptr) row(*pair.after, after, Change::added);
        }
    }

    void row(const Row& row, const Block& table, Change change) {
        const bool old = change == Change::removed;
        TextChange made;
        made.change = change;
        made.what = TextChange::What::row;
        Spot spot = table.spot;
        spot.words += ", ligne " + std::to_string(&row - table.rows.data() + 1);
        made.place = place_of(spot, row.element, old ? before_.source : after_.source);
        (old ? made.before : made.after) = row.element;
        made.segments.push_back(
            {old ? Segment::Kind::removed : Segment::Kind::added, row_text(row)});
        const std::size_t conditions = out_.conditions.size();
        conditions_of(row, change);
        whole_.push_back({out_.texts.size(), row.candidate.number, row_text(row).size(), conditions,
                          out_.conditions.size()});
        out_.texts.push_back(std::move(made));
    }

    void paragraphs(const Block& before, const Block& after, bool old_furniture,
                    bool new_furniture) {
        if (!before.number.empty() && !after.number.empty() && before.number != after.number)
            out_.renumbered.push_back({before.spot.article, after.spot.article});
        const std::vector<Edit> all = edits(before.paragraph, after.paragraph, Precision::words);
        const bool same = std::all_of(
            all.begin(), all.end(), [](const Edit& edit) { return edit.kind == Edit::Kind::same; });
        if (!same) changed(before, after, all);
        inner(before, after, all);
        look(before, after, all, old_furniture, new_furniture);
    }

    void changed(const Block& before, const Block& after, const std::vector<Edit>& all) {
        TextChange made;
        made.what = after.level > 0 ? TextChange::What::heading : TextChange::What::paragraph;
        made.place = place(after, false);
        made.before = before.element;
        made.after = after.element;
        bool only_governing = true;
        std::vector<std::string> gone, come;
        const auto settle = [&] {
            pair_conditions(gone, come, made.place);
            gone.clear();
            come.clear();
        };
        for (const Edit& edit : all) {
            const Paragraph& side =
                edit.kind == Edit::Kind::removed ? before.paragraph : after.paragraph;
            const std::size_t first = edit.kind == Edit::Kind::removed ? edit.before : edit.after;
            const std::size_t last =
                edit.kind == Edit::Kind::removed ? edit.before_end : edit.after_end;
            const auto kind = edit.kind == Edit::Kind::same      ? Segment::Kind::same
                              : edit.kind == Edit::Kind::removed ? Segment::Kind::removed
                                                                 : Segment::Kind::added;
            made.segments.push_back({kind, side.words(first, last)});
            if (edit.kind == Edit::Kind::same) {
                settle();
                continue;
            }
            for (std::size_t i = first; i < last; ++i) {
                const Token& token = side.tokens[i];
                only_governing = only_governing && governs(token);
                if (token.kind == Token::Kind::tag && is_condition(token.canonical))
                    (edit.kind == Edit::Kind::removed ? gone : come).push_back(token.canonical);
            }
        }
        settle();
        if (!only_governing) out_.texts.push_back(std::move(made));
    }

    /// In one gap the first of each sort answers the first of the other version.
    void pair_conditions(const std::vector<std::string>& gone, std::vector<std::string>& come,
                         const Place& where) {
        for (const std::string& old : gone) {
            const auto same = std::find_if(come.begin(), come.end(), [&](const std::string& each) {
                return keyword_of(each) == keyword_of(old);
            });
            if (same == come.end()) {
                condition(Change::removed, old, "", where);
            } else {
                if (*same != old) condition(Change::changed, old, *same, where);
                come.erase(same);
            }
        }
        for (const std::string& each : come)
            condition(Change::added, "", each, where);
    }

    /// Notes and frames that both have.
    void inner(const Block& before, const Block& after, const std::vector<Edit>& all) {
        if (before.inner.empty() && after.inner.empty()) return;
        const auto stream_of = [](const Block& block, std::size_t token) -> const Stream* {
            const Object* object = block.paragraph.object_at(block.paragraph.tokens[token].begin);
            if (object == nullptr) return nullptr;
            for (const Stream& stream : block.inner)
                if (stream.element == object->element) return &stream;
            return nullptr;
        };
        const Stream nothing;
        for (const Edit& edit : all) {
            const std::size_t count = edit.kind == Edit::Kind::removed
                                          ? edit.before_end - edit.before
                                          : edit.after_end - edit.after;
            for (std::size_t i = 0; i < count; ++i) {
                const Stream* a =
                    edit.kind == Edit::Kind::added ? nullptr : stream_of(before, edit.before + i);
                const Stream* b =
                    edit.kind == Edit::Kind::removed ? nullptr : stream_of(after, edit.after + i);
                if (a || b) streams(a ? *a : nothing, b ? *b : nothing);
            }
        }
    }

    struct Whole {
        std::size_t text;  ///< index in out_.texts
        std::uint32_t number;
        std::size_t length, first_condition, last_condition;
    };

    /// The same paragraph removed here and added there has moved.
    void tell_moves() {
        constexpr std::size_t shortest = 24;  // octets; « Fait à … » and the like stay as they are
        std::map<std::uint32_t, std::vector<const Whole*>> removed;
        for (const Whole& each : whole_)
            if (out_.texts[each.text].change == Change::removed && each.length >= shortest)
                removed[each.number].push_back(&each);
        std::set<std::size_t> gone, silent;
        for (const Whole& each : whole_) {
            TextChange& text = out_.texts[each.text];
            const auto found = removed.find(each.number);
            if (text.change != Change::added || found == removed.end() || found->second.empty())
                continue;
            const Whole& old = *found->second.front();
            found->second.erase(found->second.begin());
            text.change = Change::moved;
            text.from = out_.texts[old.text].place.article;
            text.before = out_.texts[old.text].before;
            text.segments[0].kind = Segment::Kind::same;
            gone.insert(old.text);
            for (std::size_t i = old.first_condition; i < old.last_condition; ++i)
                silent.insert(i);
            for (std::size_t i = each.first_condition; i < each.last_condition; ++i)
                silent.insert(i);
        }
        const auto keep = [](auto& all, const std::set<std::size_t>& dropped) {
            std::size_t i = 0;
            std::erase_if(all, [&](const auto&) { return dropped.contains(i++); });
        };
        keep(out_.texts, gone);
        keep(out_.conditions, silent);
    }

    // --- looks ----------------------------------------------------------------------------------

    void look(const Block& before, const Block& after, const std::vector<Edit>& all,
              bool old_furniture, bool new_furniture) {
        static const Name style("text:style-name");
        const std::string old_style(before.element->attribute_or_empty(style)),
            new_style(after.element->attribute_or_empty(style));
        const std::string old_named = looks_before_.named("paragraph", old_style, old_furniture),
                          new_named = looks_after_.named("paragraph", new_style, new_furniture);
        used_.insert(old_named);
        used_.insert(new_named);
        if (looks_before_.display_name("paragraph", old_named) !=
            looks_after_.display_name("paragraph", new_named))
            add(assignments_[{looks_before_.display_name("paragraph", old_named),
                              looks_after_.display_name("paragraph", new_named)}],
                place(after, false));
        // What the styles' own looks explain is told with the styles.
        const Look &old_look = looks_before_.paragraph(old_style, old_furniture),
                   &new_look = looks_after_.paragraph(new_style, new_furniture);
        const std::vector<PropertyChange>& explained = explained_by(old_named, new_named);
        if (old_style != old_named || new_style != new_named) {
            auto direct = without(differences(old_look, new_look), explained);
            std::erase_if(
                direct, [](const PropertyChange& each) { return is_text_property(each.property); });
            if (!direct.empty()) add(paragraphs_[direct], place(after, false));
        }
        words(before, after, all, old_look, new_look, explained, old_furniture, new_furniture);
    }

    const std::vector<PropertyChange>& explained_by(const std::string& before,
                                                    const std::string& after) {
        const auto key = std::pair(before, after);
        if (const auto found = explained_.find(key); found != explained_.end())
            return found->second;
        return explained_
            .emplace(key, differences(looks_before_.paragraph(before, false),
                                      looks_after_.paragraph(after, false)))
            .first->second;
    }

    void words(const Block& before, const Block& after, const std::vector<Edit>& all,
               const Look& old_look, const Look& new_look,
               const std::vector<PropertyChange>& explained, bool old_furniture,
               bool new_furniture) {
        struct Part {
            std::vector<PropertyChange> changes;
            std::string text;
        };
        std::vector<Part> parts;
        const Run *old_run = nullptr, *new_run = nullptr;
        std::vector<PropertyChange> now;
        bool everywhere = true;
        for (const Edit& edit : all) {
            if (edit.kind != Edit::Kind::same) continue;
            for (std::size_t i = 0; i < edit.after_end - edit.after; ++i) {
                const Token &x = before.paragraph.tokens[edit.before + i],
                            &y = after.paragraph.tokens[edit.after + i];
                if (x.kind != Token::Kind::tag && x.kind != Token::Kind::object &&
                    before.paragraph.text.compare(x.begin, x.end - x.begin, after.paragraph.text,
                                                  y.begin, y.end - y.begin) != 0)
                    ++out_.typography;
                if (x.kind == Token::Kind::space) {
                    if (!parts.empty() && i > 0 && parts.back().changes == now)
                        parts.back().text += " ";
                    continue;
                }
                const Run *a = &before.paragraph.run_at(x.begin),
                          *b = &after.paragraph.run_at(y.begin);
                if (a != old_run || b != new_run) {
                    now = words_change(*a, *b, old_look, new_look, explained, old_furniture,
                                       new_furniture);
                    old_run = a;
                    new_run = b;
                }
                if (now.empty()) everywhere = false;
                const std::string text = after.paragraph.words(edit.after + i, edit.after + i + 1);
                if (!parts.empty() && parts.back().changes == now)
                    parts.back().text += text;
                else
                    parts.push_back({now, text});
            }
        }
        std::erase_if(parts, [](const Part& part) { return part.changes.empty(); });
        if (parts.empty()) return;
        if (everywhere && parts.size() == 1) {
            add(paragraphs_[parts[0].changes], place(after, false));
            return;
        }
        for (Part& part : parts) {
            Group& group = words_[part.changes];
            group.places.push_back(place(after, false));
            while (part.text.ends_with(" "))
                part.text.pop_back();
            group.quotes.push_back(std::move(part.text));
        }
    }

    std::vector<PropertyChange> words_change(const Run& a, const Run& b, const Look& old_look,
                                             const Look& new_look,
                                             const std::vector<PropertyChange>& explained,
                                             bool old_furniture, bool new_furniture) {
        if (a.styles == b.styles && a.styles.size() == 1 &&
            looks_before_.has("text", a.styles[0]) && looks_after_.has("text", b.styles[0])) {
            used_words_.insert(a.styles[0]);
            return {};
        }
        const auto effective = [](const Look& paragraph, const Look& words) {
            Look out;
            for (const auto& [property, value] : paragraph)
                if (is_text_property(property)) out.emplace(property, value);
            for (const auto& [property, value] : words)
                out[property] = value;
            return out;
        };
        return without(
            differences(effective(old_look, looks_before_.words(a.styles, old_furniture)),
                        effective(new_look, looks_after_.words(b.styles, new_furniture))),
            explained);
    }

    struct Group {
        std::vector<Place> places;
        std::vector<std::string> quotes;
    };
    static void add(Group& group, Place place) { group.places.push_back(std::move(place)); }

    void named_styles() {
        std::set<std::string> with_parents;
        for (std::string name : used_)
            for (int depth = 0; depth < 64 && with_parents.insert(name).second && !name.empty();
                 ++depth)
                name = looks_after_.parent(name);
        with_parents.insert("");
        for (const std::string& name : with_parents) {
            if (!name.empty() &&
                (!looks_before_.has("paragraph", name) || !looks_after_.has("paragraph", name)))
                continue;
            std::vector<PropertyChange> own = explained_by(name, name);
            if (!name.empty() && looks_before_.parent(name) == looks_after_.parent(name))
                own = without(own,
                              explained_by(looks_after_.parent(name), looks_after_.parent(name)));
            if (own.empty()) continue;
            out_.styles.push_back(
                {StyleChange::What::style,
                 name.empty() ? "style par défaut" : looks_after_.display_name("paragraph", name),
                 "",
                 std::move(own),
                 {},
                 {}});
        }
        for (const std::string& name : used_words_)
            if (auto own = differences(looks_before_.words({name}, false),
                                       looks_after_.words({name}, false));
                !own.empty())
                out_.styles.push_back({StyleChange::What::style,
                                       looks_after_.display_name("text", name),
                                       "",
                                       std::move(own),
                                       {},
                                       {}});
    }

    void grouped_styles() {
        for (auto& [names, group] : assignments_)
            out_.styles.push_back({StyleChange::What::assignment,
                                   names.first,
                                   names.second,
                                   {},
                                   std::move(group.places),
                                   {}});
        for (auto& [changes, group] : paragraphs_)
            out_.styles.push_back(
                {StyleChange::What::paragraph, "", "", changes, std::move(group.places), {}});
        for (auto& [changes, group] : words_)
            out_.styles.push_back({StyleChange::What::words, "", "", changes,
                                   std::move(group.places), std::move(group.quotes)});
    }

    void pages() {
        for (const auto& [name, look] : looks_after_.pages()) {
            const auto old = looks_before_.pages().find(name);
            if (old == looks_before_.pages().end()) continue;
            Look a = old->second, b = look;
            for (auto& [property, value] : b)
                a.try_emplace(property, LookValue{"non précisé", {}});
            for (auto& [property, value] : a)
                b.try_emplace(property, LookValue{"non précisé", {}});
            auto changes = differences(a, b);
            std::erase_if(changes, [](const PropertyChange& each) {
                return each.before == "non précisé" || each.after == "non précisé";
            });
            if (!changes.empty())
                out_.styles.push_back(
                    {StyleChange::What::page, name, "", std::move(changes), {}, {}});
        }
    }

    // --- the rest -------------------------------------------------------------------------------

    void tracked_note(const odf::Document& document) {
        bool found = false;
        if (document.body)
            odf::walk(*document.body, [&](const odf::Element& each) {
                found = found || each.name == Name("text:changed-region");
            });
        if (found)
            out_.notes.push_back("« " + document.source +
                                 " » contient des modifications suivies : elles sont comparées "
                                 "comme si elles étaient acceptées.");
    }

    const odf::Document &before_, &after_;
    Looks looks_before_, looks_after_;
    Changes out_;
    std::vector<Whole> whole_;
    std::set<std::string> used_, used_words_;
    std::map<std::pair<std::string, std::string>, Group> assignments_;
    std::map<std::vector<PropertyChange>, Group> paragraphs_, words_;
    std::map<std::pair<std::string, std::string>, std::vector<PropertyChange>> explained_;
};

}  // namespace

bool Changes::empty() const {
    return metadata.empty() && renumbered.empty() && texts.empty() && conditions.empty() &&
           usage.empty() && styles.empty();
}

Changes compare(const odf::Document& before, const odf::Document& after) {
    return Comparer(before, after).run();
}

}  // namespace paraphe::redline
