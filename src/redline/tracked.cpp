#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>

#include "odf/odf.hpp"
#include "redline/old_content.hpp"
#include "redline/redline.hpp"
#include "redline/story.hpp"

namespace paraphe::redline {

namespace {

using odf::Element;
using odf::ElementPtr;
using odf::Name;
using odf::Node;

const Name& annotation_name() {
    static const Name name("office:annotation");
    return name;
}

/// Something to be put at an offset of a paragraph's text.
struct Mark {
    std::size_t at;
    Node node;
};

/// Puts marks into a paragraph: walks it as the reader did. What a paragraph holds besides
/// (notes, frames) goes through `rebuild`.
class Marker {
public:
    Marker(std::vector<Mark> marks, const std::function<ElementPtr(const ElementPtr&)>& rebuild)
        : marks_(std::move(marks)), rebuild_(rebuild) {
        std::stable_sort(marks_.begin(), marks_.end(),
                         [](const Mark& a, const Mark& b) { return a.at < b.at; });
    }

    ElementPtr run(const Element& paragraph) {
        std::vector<Node> out = children(paragraph);
        for (; next_ < marks_.size(); ++next_)
            out.push_back(marks_[next_].node);
        return odf::with_children(paragraph, std::move(out));
    }

private:
    void due(std::vector<Node>& out) {
        for (; next_ < marks_.size() && marks_[next_].at <= at_; ++next_)
            out.push_back(marks_[next_].node);
    }

    std::vector<Node> children(const Element& parent) {
        static const Name space("text:s"), tab("text:tab"), line_break("text:line-break"),
            span("text:span"), link("text:a"), meta("text:meta");
        std::vector<Node> out;
        for (const Node& node : parent.children) {
            if (const auto* text = std::get_if<odf::Text>(&node)) {
                characters(*text, out);
                continue;
            }
            const ElementPtr& child = std::get<ElementPtr>(node);
            const Name name = child->name;
            if (name == space || name == tab || name == line_break) {
                due(out);
                out.push_back(node);
                at_ += odf::plain_text(*child).size();
                after_space_ = false;
            } else if (is_silent(name)) {
                out.push_back(node);
            } else if (is_transparent(name)) {
                due(out);
                const std::size_t marked = next_;
                std::vector<Node> inner = children(*child);
                // Fields that carry text hold no marks (ODF 1.3 part 3 §7): they become the text.
                if (name == span || name == link || name == meta || marked == next_)
                    out.emplace_back(odf::with_children(*child, std::move(inner)));
                else
                    std::move(inner.begin(), inner.end(), std::back_inserter(out));
            } else {
                due(out);
                out.emplace_back(rebuild_(child));
                at_ += object_mark.size();
                after_space_ = false;
            }
        }
        return out;
    }

    void characters(const odf::Text& text, std::vector<Node>& out) {
        std::string piece;
        for (const char c : text.text) {
            const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
            if (!(blank && after_space_)) {
                after_space_ = blank;
                if (next_ < marks_.size() && marks_[next_].at <= at_) {
                    if (!piece.empty()) out.emplace_back(odf::Text{piece, text.provenance});
                    piece.clear();
                    due(out);
                }
                ++at_;
            }
            piece += c;
        }
        if (!piece.empty()) out.emplace_back(odf::Text{piece, text.provenance});
    }

    std::vector<Mark> marks_;
    const std::function<ElementPtr(const ElementPtr&)>& rebuild_;
    std::size_t next_ = 0, at_ = 0;
    bool after_space_ = true;
};

/// Without the marks of the document's own tracked changes.
ElementPtr accepted(const ElementPtr& element) {
    static const Name tracked("text:tracked-changes"), change("text:change"),
        start("text:change-start"), end("text:change-end");
    if (!element) return element;
    bool found = false;
    odf::walk(*element, [&](const Element& each) { found = found || each.name == tracked; });
    if (!found) return element;
    return odf::with_changes(element, [](Element& each) {
        std::erase_if(each.children, [](const Node& node) {
            const auto* child = std::get_if<ElementPtr>(&node);
            return child != nullptr && ((*child)->name == tracked || (*child)->name == change ||
                                        (*child)->name == start || (*child)->name == end);
        });
    });
}

class Tracker {
public:
    Tracker(const odf::Document& before, const odf::Document& after, const std::string& author,
            Instant now)
        : document_(with_accepted(after)),
          old_(before, document_),
          before_document_(before),
          author_(author),
          date_(to_string(now).substr(0, 19) + "Z") {
        odf::walk(*document_.body, [&](const Element& each) {
            if (const std::string* id = each.attribute(Name("xml:id"))) ids_.insert(*id);
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
            return child == after.body.element ? with_regions(rebuild(child), regions_) : child;
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

    void note(const std::string& text) {
        if (std::find(notes_.begin(), notes_.end(), text) == notes_.end()) notes_.push_back(text);
    }

    // --- regions --------------------------------------------------------------------------------

    ElementPtr info() const {
        return odf::make_element(
            Name("office:change-info"), {},
            {odf::make_element(Name("dc:creator"), {}, {odf::Text{author_, {}}}),
             odf::make_element(Name("dc:date"), {}, {odf::Text{date_, {}}})});
    }

    std::string region(const char* kind, std::vector<Node> content) {
        std::string id;
        do
            id = "ct" + std::to_string(++count_);
        while (ids_.contains(id));
        content.insert(content.begin(), info());
        regions_.emplace_back(odf::make_element(
            Name("text:changed-region"), {{Name("xml:id"), id}, {Name("text:id"), id}},
            {odf::make_element(Name(kind), {}, std::move(content))}));
        return id;
    }

    static Node mark(const char* name, const std::string& id) {
        return odf::make_element(Name(name), {{Name("text:change-id"), id}});
    }

    /// ODF wants them before the text and after the forms.
    static ElementPtr with_regions(const ElementPtr& element, std::vector<Node>& regions) {
        if (regions.empty()) return element;
        std::vector<Node> children = element->children;
        auto at = children.begin();
        if (at != children.end())
            if (const auto* first = std::get_if<ElementPtr>(&*at);
                first != nullptr && (*first)->name == Name("office:forms"))
                ++at;
        children.insert(at, odf::make_element(Name("text:tracked-changes"),
                                              {{Name("text:track-changes"), "false"}},
                                              std::exchange(regions, {})));
        return odf::with_children(*element, std::move(children));
    }

    // --- streams --------------------------------------------------------------------------------

    struct Item {
        const Block* before = nullptr;
        const Block* after = nullptr;
        bool kept() const { return before != nullptr && after != nullptr; }
    };

    void streams(const Stream* before, const Stream& after) {
        static const Stream nothing;
        const Stream& old = before ? *before : nothing;
        const bool outer = std::exchange(old_furniture_, old.furniture);
        const Element* last_physical = nullptr;
        std::vector<Item> segment;
        const Element* section = nullptr;
        bool open = false;
        const auto close = [&](const Element* next) {
            settle(segment, after, next, last_physical);
            segment.clear();
            open = false;
        };
        for (const Pair& pair : pair_blocks(old, after)) {
            if ((pair.before && pair.before->table) || (pair.after && pair.after->table)) {
                close(pair.after ? pair.after->element.get() : nullptr);
                table(pair.before, pair.after, after, last_physical);
                if (pair.after) last_physical = pair.after->element.get();
                continue;
            }
            if (pair.after) {
                if (open && pair.after->section != section) close(pair.after->element.get());
                section = pair.after->section;
                open = true;
            }
            segment.push_back({pair.before, pair.after});
            if (pair.after) last_physical = pair.after->element.get();
        }
        close(nullptr);
        old_furniture_ = outer;
    }

    /// Old blocks go before the next block of the newer document, else after the last one, else
    /// into the empty container.
    void place(std::vector<Node> nodes, const Stream& stream, const Element* next,
               const Element* last) {
        auto& where = next ? before_[next] : last ? after_[last] : inside_[stream.element.get()];
        std::move(nodes.begin(), nodes.end(), std::back_inserter(where));
    }

    /// A stretch of paragraphs between tables: what is left over after pairing hangs on a
    /// paragraph that stays.
    void settle(const std::vector<Item>& all, const Stream& stream, const Element* next,
                const Element* last) {
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
            if (items.back().after == nullptr) return lone_removed(items, stream, next, last);
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
        const std::string id = region("text:insertion", {});
        const Block& first = following ? *run.front().after : *preceding;
        marks_[first.element.get()].push_back(
            {following ? 0 : length(first), mark("text:change-start", id)});
        const Block& last = following ? *following : *run.back().after;
        marks_[last.element.get()].push_back(
            {following ? 0 : length(last), mark("text:change-end", id)});
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
        marks_[anchor.element.get()].push_back(
            {following ? 0 : length(anchor),
             mark("text:change", region("text:deletion", std::move(content)))});
    }

    /// Text that is new as a whole, in a paragraph that stays.
    void lone_added(const Block& block) {
        if (block.paragraph.text.empty()) return;
        const std::string id = region("text:insertion", {});
        auto& marks = marks_[block.element.get()];
        marks.push_back({0, mark("text:change-start", id)});
        marks.push_back({length(block), mark("text:change-end", id)});
        if (!in_new_table_)
            note(
                "Un paragraphe ajouté entre deux tableaux reste, vide, si l’on refuse les "
                "modifications.");
    }

    void lone_removed(const std::vector<Item>& items, const Stream& stream, const Element* next,
                      const Element* last) {
        std::vector<Node> made;
        for (const Item& item : items)
            if (!item.before->paragraph.text.empty()) made.emplace_back(struck(*item.before));
        if (made.empty()) return;
        place(std::move(made), stream, next, last);
        note(
            "Un paragraphe supprimé entre deux tableaux reste, vide, si l’on accepte les "
            "modifications.");
    }

    /// An old paragraph in the tree whose text is a deletion.
    ElementPtr struck(const Block& block) {
        std::vector<Node> children;
        if (!block.paragraph.text.empty())
            children.push_back(mark(
                "text:change",
                region("text:deletion",
                       {old_.shell(block.element,
                                   old_.slice(block.paragraph, 0, length(block), old_furniture_),
                                   old_furniture_)})));
        return old_.shell(block.element, std::move(children), old_furniture_);
    }

    void paragraph(const Block& before, const Block& after) {
        auto& marks = marks_[after.element.get()];
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
                     mark("text:change",
                          region("text:deletion",
                                 {old_.shell(before.element, std::move(words), old_furniture_)}))});
            } else {
                const std::string id = region("text:insertion", {});
                marks.push_back({offset(edit.after), mark("text:change-start", id)});
                marks.push_back({offset(edit.after_end), mark("text:change-end", id)});
            }
        }
        if (marks.empty()) marks_.erase(after.element.get());
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

    void comment(const Block* first, const std::string& text) {
        if (first) marks_[first->element.get()].push_back({0, annotation(text)});
    }
    Node annotation(const std::string& text) const {
        return odf::make_element(
            annotation_name(), {},
            {odf::make_element(Name("dc:creator"), {}, {odf::Text{author_, {}}}),
             odf::make_element(Name("dc:date"), {}, {odf::Text{date_, {}}}),
             odf::make_element(Name("text:p"), {}, {odf::Text{text, {}}})});
    }

    static const Block* first_paragraph(const Row& row) {
        for (const Cell& cell : row.cells)
            for (const Block& block : cell.stream.blocks)
                if (!block.table) return &block;
        return nullptr;
    }

    static std::size_t columns(const Block& table) {
        std::size_t out = 0;
        for (const Row& row : table.rows)
            out = std::max(out, row.cells.size());
        return out;
    }

    void table(const Block* before, const Block* after, const Stream& stream, const Element* last) {
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
        if (before) {
            place({struck(*before,
                          "Tableau supprimé : si vous acceptez les modifications, "
                          "supprimez le tableau vide.")},
                  stream, after ? after->element.get() : nullptr, last);
            note(
                "Un tableau supprimé reste, vide, si l’on accepte les modifications : un "
                "commentaire le dit à sa place.");
        }
        if (after) {
            for (const Row& row : after->rows)
                new_row(row);
            if (!after->rows.empty())
                comment(first_paragraph(after->rows.front()),
                        "Tableau ajouté : si vous refusez les modifications, supprimez le tableau "
                        "vide.");
            note(
                "Un tableau ajouté reste, vide, si l’on refuse les modifications : un "
                "commentaire le dit à sa place.");
        }
    }

    void track_rows(const Block& after, const std::vector<RowPair>& rows) {
        const Element* last = nullptr;
        bool told_new = false, told_old = false;
        std::vector<Node> waiting;
        for (const RowPair& pair : rows) {
            const bool same_cells =
                pair.before && pair.after && pair.before->cells.size() == pair.after->cells.size();
            if (same_cells)
                for (std::size_t i = 0; i < pair.after->cells.size(); ++i)
                    streams(&pair.before->cells[i].stream, pair.after->cells[i].stream);
            if (!same_cells && pair.before) {
                waiting.emplace_back(struck(
                    *pair.before, std::exchange(told_old, true)
                                      ? ""
                                      : "Ligne supprimée : si vous acceptez les modifications, "
                                        "supprimez la ligne vide."));
                note(
                    "Une ligne de tableau supprimée reste, vide, si l’on accepte les "
                    "modifications : un commentaire le dit à sa place.");
            } else {
                told_old = false;
            }
            if (!pair.after) continue;
            if (!waiting.empty()) {
                auto& where = before_[pair.after->element.get()];
                std::move(waiting.begin(), waiting.end(), std::back_inserter(where));
                waiting.clear();
            }
            if (!same_cells) {
                new_row(*pair.after);
                if (!std::exchange(told_new, true))
                    comment(first_paragraph(*pair.after),
                            "Ligne ajoutée : si vous refusez les modifications, supprimez la "
                            "ligne vide.");
                note(
                    "Une ligne de tableau ajoutée reste, vide, si l’on refuse les modifications "
                    ": un commentaire le dit à sa place.");
            } else {
                told_new = false;
            }
            last = pair.after->element.get();
        }
        if (waiting.empty()) return;
        auto& where = last ? after_[last] : inside_[after.element.get()];
        std::move(waiting.begin(), waiting.end(), std::back_inserter(where));
    }

    void new_row(const Row& row) {
        const bool outer = std::exchange(in_new_table_, true);
        for (const Cell& cell : row.cells)
            streams(nullptr, cell.stream);
        in_new_table_ = outer;
    }

    /// An old row whose every text is a deletion.
    ElementPtr struck(const Row& row, const std::string& remark) {
        std::vector<Node> cells;
        bool told = remark.empty();
        for (const Cell& cell : row.cells) {
            std::vector<Node> content;
            for (const Block& block : cell.stream.blocks) {
                ElementPtr made = block.table ? struck(block, "") : struck(block);
                if (!block.table && !std::exchange(told, true)) {
                    std::vector<Node> children = made->children;
                    children.insert(children.begin(), annotation(remark));
                    made = odf::with_children(*made, std::move(children));
                }
                content.emplace_back(std::move(made));
            }
            cells.emplace_back(old_.element(*cell.element, std::move(content), old_furniture_));
        }
        return old_.element(*row.element, std::move(cells), old_furniture_);
    }

    ElementPtr struck(const Block& table, const std::string& remark) {
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
        bool first = true;
        for (const Row& row : table.rows)
            children.emplace_back(struck(row, std::exchange(first, false) ? remark : ""));
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
            made.emplace(stream.element.get(), with_regions(rebuild(stream.element), regions_));
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

    // --- the new tree ---------------------------------------------------------------------------

    ElementPtr rebuild(const ElementPtr& element) {
        const std::function<ElementPtr(const ElementPtr&)> again = [this](const ElementPtr& child) {
            return rebuild(child);
        };
        if (const auto found = marks_.find(element.get()); found != marks_.end())
            return Marker(found->second, again).run(*element);
        std::vector<Node> children;
        bool changed = false;
        const auto put = [&](std::unordered_map<const Element*, std::vector<Node>>& from,
                             const Element* key) {
            const auto found = from.find(key);
            if (found == from.end()) return;
            changed = true;
            children.insert(children.end(), found->second.begin(), found->second.end());
        };
        for (const Node& node : element->children) {
            const auto* child = std::get_if<ElementPtr>(&node);
            if (child == nullptr) {
                children.push_back(node);
                continue;
            }
            put(before_, child->get());
            ElementPtr made = rebuild(*child);
            changed = changed || made != *child;
            children.emplace_back(std::move(made));
            put(after_, child->get());
        }
        put(inside_, element.get());
        return changed ? odf::with_children(*element, std::move(children)) : element;
    }

    odf::Document document_;
    OldContent old_;
    const odf::Document& before_document_;
    std::string author_, date_;
    std::set<std::string> ids_, tables_;
    std::vector<Node> regions_;
    int count_ = 0;
    bool old_furniture_ = false, in_new_table_ = false;
    std::unordered_map<const Element*, std::vector<Mark>> marks_;
    std::unordered_map<const Element*, std::vector<Node>> before_, after_, inside_;
    std::vector<std::string> notes_;
};

}  // namespace

Tracked tracked(const odf::Document& before, const odf::Document& after, const std::string& author,
                Instant now) {
    return Tracker(before, after, author, now).run();
}

}  // namespace paraphe::redline
