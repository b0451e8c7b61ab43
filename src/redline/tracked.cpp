#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>

#include "odf/odf.hpp"
#include "redline/additions.hpp"
#include "redline/marks.hpp"
#include "redline/old_content.hpp"
#include "redline/redline.hpp"
#include "redline/regions.hpp"
#include "redline/story.hpp"

namespace paraphe::redline {

namespace {

using odf::Element;
using odf::ElementPtr;
using odf::Name;
using odf::Node;

class Tracker {
public:
    Tracker(const odf::Document& before, const odf::Document& after, const std::string& author,
            Instant now)
        : document_(with_accepted(after)),
          old_(before, document_),
          before_document_(before),
          regions_(ids_of(document_), author, now) {
        odf::walk(*document_.body, [&](const Element& each) {
            if (each.name == Name("table:table"))
                tables_.insert(std::string(each.attribute_or_empty(Name("table:name"))));
        });
    }

    Tracked run() {
        Numbering numbering;
        const Story before = read_story(before_document_, numbering),
                    after = read_story(document_, numbering);
        furniture(before, after);
        streams(&before.body, after.body);
        document_.body = odf::with_each_child(document_.body, [&](const ElementPtr& child) {
            return child == after.body.element ? regions_.into(additions_.rebuild(child)) : child;
        });
        if (old_.lost_frames)
            note(
                "Les cadres et images supprimés ne reviennent pas si l’on refuse les "
                "modifications.");
        return {std::move(document_), std::move(notes_)};
    }

private:
    static odf::Document with_accepted(odf::Document document) {
        document.body = accepted(document.body);
        document.master_styles = accepted(document.master_styles);
        return document;
    }

    static std::set<std::string> ids_of(const odf::Document& document) {
        std::set<std::string> out;
        odf::walk(*document.body, [&](const Element& each) {
            if (const std::string* id = each.attribute(Name("xml:id"))) out.insert(*id);
        });
        return out;
    }

    void note(const std::string& text) {
        if (std::find(notes_.begin(), notes_.end(), text) == notes_.end()) notes_.push_back(text);
    }

    // --- streams --------------------------------------------------------------------------------

    struct Item {
        const Block* before = nullptr;
        const Block* after = nullptr;
        bool kept() const { return before != nullptr && after != nullptr; }
    };

    /// Where old blocks may go: between two blocks of the newer document, null at its ends.
    struct Gap {
        const Stream& stream;
        const Block* next = nullptr;
        const Block* last = nullptr;
    };

    void streams(const Stream* before, const Stream& after) {
        static const Stream nothing;
        const Stream& old = before ? *before : nothing;
        const bool outer = std::exchange(old_furniture_, old.furniture);
        const std::vector<Pair> pairs = pair_blocks(old, after);
        std::vector<const Block*> next(pairs.size() + 1, nullptr);
        for (std::size_t i = pairs.size(); i-- > 0;)
            next[i] = pairs[i].after ? pairs[i].after : next[i + 1];
        Gap gap{after};
        std::vector<Item> segment;
        const Element* section = nullptr;
        bool open = false;
        const auto close = [&](std::size_t at) {
            gap.next = next[at];
            settle(segment, gap);
            segment.clear();
            open = false;
        };
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            const Pair& pair = pairs[i];
            if ((pair.before && pair.before->table) || (pair.after && pair.after->table)) {
                close(i);
                table(pair.before, pair.after, gap);
            } else {
                if (pair.after) {
                    if (open && pair.after->section != section) close(i);
                    section = pair.after->section;
                    open = true;
                }
                segment.push_back({pair.before, pair.after});
            }
            if (pair.after) gap.last = pair.after;
        }
        close(pairs.size());
        old_furniture_ = outer;
    }

    /// Old blocks go before the next block of the newer document, else after the last one, else
    /// into the empty container; outside a list that begins or ends there, which holds no table.
    void place(std::vector<Node> nodes, const Gap& gap) {
        static const Name table("table:table");
        const bool paragraphs = std::none_of(nodes.begin(), nodes.end(), [](const Node& node) {
            const auto* element = std::get_if<ElementPtr>(&node);
            return element != nullptr && (*element)->name == table;
        });
        const bool same_list = gap.next && gap.last && !gap.next->lists.empty() &&
                               !gap.last->lists.empty() &&
                               gap.next->lists.front() == gap.last->lists.front();
        const auto outermost = [&](const Block& block) {
            return block.lists.empty() || (same_list && paragraphs) ? block.element.get()
                                                                    : block.lists.front().get();
        };
        auto& where = gap.next   ? additions_.before[outermost(*gap.next)]
                      : gap.last ? additions_.after[outermost(*gap.last)]
                                 : additions_.inside[gap.stream.element.get()];
        std::move(nodes.begin(), nodes.end(), std::back_inserter(where));
    }

    /// A stretch of paragraphs between tables: what is left over after pairing hangs on a
    /// paragraph that stays.
    void settle(const std::vector<Item>& all, const Gap& gap) {
        if (all.empty()) return;
        std::vector<Item> items;
        for (std::size_t i = 0; i < all.size();) {
            if (all[i].kept()) {
                items.push_back(all[i++]);
                continue;
            }
            std::vector<const Block*> gone, come;
            for (; i < all.size() && !all[i].kept(); ++i)
                all[i].before ? gone.push_back(all[i].before) : come.push_back(all[i].after);
            const std::size_t pairs = std::min(gone.size(), come.size());
            for (std::size_t k = 0; k < pairs; ++k)
                items.push_back({gone[k], come[k]});
            for (std::size_t k = pairs; k < gone.size(); ++k)
                items.push_back({gone[k], nullptr});
            for (std::size_t k = pairs; k < come.size(); ++k)
                items.push_back({nullptr, come[k]});
        }
        const auto is_kept = [](const Item& item) { return item.kept(); };
        if (std::none_of(items.begin(), items.end(), is_kept)) {
            if (items.back().after == nullptr) return lone_removed(items, gap);
            // Nothing to hang on: the last new paragraph stays when it is refused, empty.
            lone_added(*items.back().after);
            const Block* anchor = items.back().after;
            items.pop_back();
            if (!items.empty()) added(items, anchor, nullptr);
            return;
        }
        for (std::size_t i = 0; i < items.size();) {
            if (items[i].kept()) {
                paragraph(*items[i].before, *items[i].after);
                ++i;
                continue;
            }
            std::size_t end = i;
            while (end < items.size() && !items[end].kept())
                ++end;
            const std::vector<Item> run(items.begin() + static_cast<std::ptrdiff_t>(i),
                                        items.begin() + static_cast<std::ptrdiff_t>(end));
            const Block* following = end < items.size() ? items[end].after : nullptr;
            const Block* preceding = following ? nullptr : items[i - 1].after;
            if (run[0].after)
                added(run, following, preceding);
            else
                removed(run, following, preceding);
            i = end;
        }
    }

    static std::size_t length(const Block& block) { return block.paragraph.text.size(); }

    void added(const std::vector<Item>& run, const Block* following, const Block* preceding) {
        const std::string id = regions_.add("text:insertion", {});
        const Block& first = following ? *run.front().after : *preceding;
        additions_.marks[first.element.get()].push_back(
            {following ? 0 : length(first), change_mark("text:change-start", id)});
        const Block& last = following ? *following : *run.back().after;
        additions_.marks[last.element.get()].push_back(
            {following ? 0 : length(last), change_mark("text:change-end", id)});
    }

    void removed(const std::vector<Item>& run, const Block* following, const Block* preceding) {
        std::vector<const Block*> blocks;
        for (const Item& item : run)
            blocks.push_back(item.before);
        std::vector<Node> content = old_.paragraphs(blocks, old_furniture_);
        const Block& anchor = following ? *following : *preceding;
        std::vector<odf::Attribute> attributes;
        if (const std::string* style = anchor.element->attribute(Name("text:style-name")))
            attributes.push_back({Name("text:style-name"), *style});
        content.insert(following ? content.end() : content.begin(),
                       odf::make_element(Name("text:p"), std::move(attributes)));
        additions_.marks[anchor.element.get()].push_back(
            {following ? 0 : length(anchor),
             change_mark("text:change", regions_.add("text:deletion", std::move(content)))});
    }

    /// Text that is new as a whole, in a paragraph that stays.
    void lone_added(const Block& block) {
        if (block.paragraph.text.empty()) return;
        const std::string id = regions_.add("text:insertion", {});
        auto& marks = additions_.marks[block.element.get()];
        marks.push_back({0, change_mark("text:change-start", id)});
        marks.push_back({length(block), change_mark("text:change-end", id)});
        if (!in_new_table_)
            note(
                "Un paragraphe ajouté entre deux tableaux reste, vide, si l’on refuse les "
                "modifications.");
    }

    void lone_removed(const std::vector<Item>& items, const Gap& gap) {
        std::vector<Node> made;
        for (const Item& item : items)
            if (!item.before->paragraph.text.empty()) made.emplace_back(struck(*item.before));
        if (made.empty()) return;
        place(std::move(made), gap);
        note(
            "Un paragraphe supprimé entre deux tableaux reste, vide, si l’on accepte les "
            "modifications.");
    }

    /// An old paragraph in the tree whose text is a deletion.
    ElementPtr struck(const Block& block) {
        std::vector<Node> children;
        if (!block.paragraph.text.empty())
            children.push_back(change_mark(
                "text:change",
                regions_.add("text:deletion", {old_.shell(block.element,
                                                          old_.slice(block.paragraph, 0,
                                                                     length(block), old_furniture_),
                                                          old_furniture_)})));
        return old_.shell(block.element, std::move(children), old_furniture_);
    }

    void paragraph(const Block& before, const Block& after) {
        auto& marks = additions_.marks[after.element.get()];
        for (const Edit& edit : edits(before.paragraph, after.paragraph, Precision::characters)) {
            if (edit.kind == Edit::Kind::same) {
                inner(before, after, edit);
                continue;
            }
            const auto& new_tokens = after.paragraph.tokens;
            const auto offset = [&](std::size_t token) {
                return token < new_tokens.size() ? new_tokens[token].begin : length(after);
            };
            if (edit.kind == Edit::Kind::removed) {
                const auto& tokens = before.paragraph.tokens;
                const std::size_t begin = tokens[edit.before].begin,
                                  end = edit.before_end < tokens.size()
                                            ? tokens[edit.before_end].begin
                                            : length(before);
                auto words = old_.slice(before.paragraph, begin, end, old_furniture_);
                if (words.empty()) continue;
                marks.push_back(
                    {offset(edit.after),
                     change_mark(
                         "text:change",
                         regions_.add("text:deletion", {old_.shell(before.element, std::move(words),
                                                                   old_furniture_)}))});
            } else {
                const std::string id = regions_.add("text:insertion", {});
                marks.push_back({offset(edit.after), change_mark("text:change-start", id)});
                marks.push_back({offset(edit.after_end), change_mark("text:change-end", id)});
            }
        }
        if (marks.empty()) additions_.marks.erase(after.element.get());
    }

    /// Notes and frames that stayed have changes of their own.
    void inner(const Block& before, const Block& after, const Edit& edit) {
        if (before.inner.empty() || after.inner.empty()) return;
        const auto stream_of = [](const Block& block, std::size_t token) -> const Stream* {
            const Object* object = block.paragraph.object_at(block.paragraph.tokens[token].begin);
            for (const Stream& stream : block.inner)
                if (object != nullptr && stream.element == object->element) return &stream;
            return nullptr;
        };
        for (std::size_t i = 0; i < edit.after_end - edit.after; ++i) {
            const Stream *a = stream_of(before, edit.before + i),
                         *b = stream_of(after, edit.after + i);
            if (a && b) streams(a, *b);
        }
    }

    // --- tables ---------------------------------------------------------------------------------

    static std::size_t columns(const Block& table) {
        std::size_t out = 0;
        for (const Row& row : table.rows)
            out = std::max(out, row.cells.size());
        return out;
    }

    void table(const Block* before, const Block* after, const Gap& gap) {
        if (before && after) {
            const std::vector<RowPair> rows = pair_rows(*before, *after);
            const bool all_paired = std::all_of(rows.begin(), rows.end(), [](const RowPair& row) {
                return row.before && row.after &&
                       row.before->cells.size() == row.after->cells.size();
            });
            const bool alike =
                columns(*before) == columns(*after) && !before->spans_rows && !after->spans_rows;
            if (all_paired || alike) return track_rows(*after, rows);
        }
        if (before) place({struck_table(*before)}, gap);
        if (after)
            for (const Row& row : after->rows)
                new_row(row);
    }

    void track_rows(const Block& after, const std::vector<RowPair>& rows) {
        const Element* last = nullptr;
        std::vector<Node> waiting;
        for (const RowPair& pair : rows) {
            const bool same_cells =
                pair.before && pair.after && pair.before->cells.size() == pair.after->cells.size();
            if (same_cells)
                for (std::size_t i = 0; i < pair.after->cells.size(); ++i)
                    streams(&pair.before->cells[i].stream, pair.after->cells[i].stream);
            if (!same_cells && pair.before) waiting.emplace_back(struck_row(*pair.before));
            if (!pair.after) continue;
            if (!waiting.empty()) {
                auto& where = additions_.before[pair.after->element.get()];
                std::move(waiting.begin(), waiting.end(), std::back_inserter(where));
                waiting.clear();
            }
            if (!same_cells) new_row(*pair.after);
            last = pair.after->element.get();
        }
        if (waiting.empty()) return;
        auto& where = last ? additions_.after[last] : additions_.inside[after.element.get()];
        std::move(waiting.begin(), waiting.end(), std::back_inserter(where));
    }

    /// Does the row hold text whose change takes the row along? Tells if not: Writer leaves a row
    /// that holds a table.
    bool is_tracked(const Row& row) {
        if (!has_text(row) || holds_table(row)) {
            note(
                "Une ligne de tableau vide ou qui contient un tableau, ajoutée ou supprimée, n’est "
                "pas suivie : elle reste, vide.");
            return false;
        }
        note(
            "Une ligne de tableau ajoutée ou supprimée vient et s’en va avec son texte dans "
            "LibreOffice (à partir de 7.4) ; un autre logiciel peut la laisser, vide.");
        return true;
    }
    void new_row(const Row& row) {
        const bool outer = std::exchange(in_new_table_, true);
        for (const Cell& cell : row.cells)
            streams(nullptr, cell.stream);
        in_new_table_ = outer;
        if (is_tracked(row))
            additions_.row_styles[row.element.get()] = old_.tracked_row_style(
                std::string(row.element->attribute_or_empty(Name("table:style-name"))),
                row.cells.front().stream.furniture);
    }

    /// An old row whose every text is a deletion.
    ElementPtr struck_row(const Row& row) {
        std::vector<Node> cells;
        for (const Cell& cell : row.cells)
            cells.emplace_back(
                old_.element(*cell.element, struck_blocks(cell.stream.blocks), old_furniture_));
        const ElementPtr made = old_.element(*row.element, std::move(cells), old_furniture_);
        if (!is_tracked(row)) return made;
        static const Name style("table:style-name");
        auto styled = std::make_shared<Element>(*made);
        odf::set_attribute(
            *styled, style,
            old_.tracked_row_style(std::string(made->attribute_or_empty(style)), old_furniture_));
        return styled;
    }

    /// What a cell held: the paragraphs that follow each other are one deletion, which leaves the
    /// one paragraph that a cell needs.
    std::vector<Node> struck_blocks(const std::vector<Block>& blocks) {
        std::vector<Node> out;
        for (std::size_t i = 0; i < blocks.size();) {
            if (blocks[i].table) {
                out.emplace_back(struck_table(blocks[i++]));
                continue;
            }
            std::vector<const Block*> run;
            for (; i < blocks.size() && !blocks[i].table; ++i)
                run.push_back(&blocks[i]);
            if (run.size() == 1) {
                out.emplace_back(struck(*run.front()));
                continue;
            }
            out.emplace_back(old_.shell(
                run.back()->element,
                {change_mark("text:change",
                             regions_.add("text:deletion", old_.paragraphs(run, old_furniture_)))},
                old_furniture_));
        }
        return out;
    }

    ElementPtr struck_table(const Block& table) {
        static const Name column("table:table-column"), columns_name("table:table-columns"),
            header_columns("table:table-header-columns"), group("table:table-column-group"),
            name("table:name");
        std::vector<Node> children;
        const std::function<void(const Element&)> take_columns = [&](const Element& parent) {
            for (const Node& node : parent.children)
                if (const auto* child = std::get_if<ElementPtr>(&node)) {
                    if ((*child)->name == column)
                        children.emplace_back(old_.element(**child, {}, old_furniture_));
                    else if ((*child)->name == columns_name || (*child)->name == header_columns ||
                             (*child)->name == group)
                        take_columns(**child);
                }
        };
        take_columns(*table.element);
        for (const Row& row : table.rows)
            children.emplace_back(struck_row(row));
        const ElementPtr made = old_.element(*table.element, std::move(children), old_furniture_);
        auto named = std::make_shared<Element>(*made);
        const std::string old_name(table.element->attribute_or_empty(name));
        std::string unique = old_name.empty() ? "Ancien tableau" : old_name + " (ancien)";
        for (int n = 2; !tables_.insert(unique).second; ++n)
            unique = old_name + " (ancien " + std::to_string(n) + ")";
        odf::set_attribute(*named, name, unique);
        return named;
    }

    // --- headers and footers --------------------------------------------------------------------

    void furniture(const Story& before, const Story& after) {
        std::map<const Element*, ElementPtr> made;
        for (const auto& [name, stream] : after.furniture) {
            const Stream* old = nullptr;
            for (const auto& [other, candidate] : before.furniture)
                if (other == name) old = &candidate;
            streams(old, stream);
            made.emplace(stream.element.get(), regions_.into(additions_.rebuild(stream.element)));
        }
        for (const auto& [name, stream] : before.furniture)
            if (std::none_of(after.furniture.begin(), after.furniture.end(),
                             [&](const auto& each) { return each.first == name; }))
                note(name + " : supprimé ; ce n’est pas montré dans le document.");
        if (!document_.master_styles) return;
        document_.master_styles =
            odf::with_each_child(document_.master_styles, [&](const ElementPtr& master) {
                return odf::with_each_child(master, [&](const ElementPtr& part) {
                    const auto found = made.find(part.get());
                    return found == made.end() ? part : found->second;
                });
            });
    }

    odf::Document document_;
    OldContent old_;
    const odf::Document& before_document_;
    Regions regions_;
    Additions additions_;
    std::set<std::string> tables_;
    bool old_furniture_ = false, in_new_table_ = false;
    std::vector<std::string> notes_;
};

}  // namespace

Tracked tracked(const odf::Document& before, const odf::Document& after, const std::string& author,
                Instant now) {
    return Tracker(before, after, author, now).run();
}

}  // namespace paraphe::redline
