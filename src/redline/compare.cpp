#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "odf/odf.hpp"
#include "redline/look_changes.hpp"
#include "redline/redline.hpp"
#include "redline/story.hpp"
#include "redline/tags.hpp"
#include "redline/usage_changes.hpp"

namespace paraphe::redline {

namespace {

using odf::ElementPtr;
using odf::Name;

class Comparer {
public:
    Comparer(const odf::Document& before, const odf::Document& after)
        : before_(before), after_(after), looks_(before, after) {
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
        looks_.tell(out_);
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
        looks_.compare(before, after, all, old_furniture, new_furniture);
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
    LookChanges looks_;
    Changes out_;
    std::vector<Whole> whole_;
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
