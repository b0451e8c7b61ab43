#include "redline/story.hpp"

#include <algorithm>
#include <map>

#include "base/utf8.hpp"
#include "odf/odf.hpp"
#include "odf/whereabouts.hpp"

namespace paraphe::redline {

namespace {

using odf::Element;
using odf::ElementPtr;
using odf::Name;

/// Numbers of headings, as the outline style of the document gives them.
class Outline {
public:
    explicit Outline(const odf::Document& document) : numbers_(odf::heading_numbers(document)) {}

    void enter(Block& block) {
        const std::string title = block.paragraph.words();
        if (block.level == 0 && !is_typed_article(title)) {
            ++paragraph_;
        } else if (block.level <= 1) {
            ++count_;
            const bool numbered =
                numbers_.numbered && block.level == 1 &&
                block.element->attribute_or_empty(Name("text:is-list-header")) != "true";
            block.number = numbered ? numbers_.prefix + std::to_string(count_) : std::string();
            article_ = numbered ? block.number + numbers_.suffix + title : "« " + title + " »";
            if (block.level == 0) article_ = title;
            section_.clear();
            paragraph_ = 0;
        } else {
            section_ = "« " + title + " »";
            paragraph_ = 0;
        }
        block.spot = spot();
        if (paragraph_ == 0)
            block.spot.words = section_.empty() ? "titre" : "intertitre " + section_;
    }

    Spot spot() const {
        Spot out{article_.empty() ? "Début du document" : article_, section_};
        if (paragraph_ > 0)
            out.words += (out.words.empty() ? "" : ", ") + odf::paragraph_words(paragraph_);
        return out;
    }
    Spot spot_of_table(const std::string& name, std::size_t row) const {
        Spot out = spot();
        out.words = name.empty() ? "tableau" : "tableau « " + name + " »";
        if (row > 0) out.words += ", ligne " + std::to_string(row);
        return out;
    }

private:
    /// « Article 4 - Durée » typed by hand into a plain paragraph.
    static bool is_typed_article(const std::string& title) {
        return title.size() < 120 &&
               (title.starts_with("Article ") || title.starts_with("ARTICLE ")) &&
               title.size() > 8 && (title[8] == '1' || (title[8] >= '2' && title[8] <= '9')) &&
               !title.ends_with(".");
    }

    odf::HeadingNumbers numbers_;
    std::string article_, section_;
    int count_ = 0, paragraph_ = 0;
};

class Collector {
public:
    Collector(Numbering& numbering, Outline& outline) : numbering_(numbering), outline_(outline) {}

    Stream stream(const ElementPtr& element, bool furniture) {
        Stream out;
        out.element = element;
        out.furniture = furniture;
        Around around{{}, element.get()};
        collect(*element, around, out);
        return out;
    }

    /// Instead of the outline's words: headers, tables, notes.
    const Spot* fixed = nullptr;

private:
    struct Around {
        std::vector<ElementPtr> lists;
        const Element* section;
    };

    void collect(const Element& parent, const Around& around, Stream& out) {
        static const Name table("table:table"), list("text:list"), item("text:list-item"),
            list_header("text:list-header"), tracked("text:tracked-changes"),
            numbered("text:numbered-paragraph"), note_body("text:note-body"), frame("draw:frame"),
            box("draw:text-box"), citation("text:note-citation"), index("text:index-body"),
            section("text:section"), title("text:index-title");
        for (const odf::Node& node : parent.children) {
            const auto* child = std::get_if<ElementPtr>(&node);
            if (child == nullptr) continue;
            const Name name = (*child)->name;
            if (odf::is_paragraph(name)) {
                paragraph(*child, around, out);
            } else if (name == table) {
                this->table(*child, around, out);
            } else if (name == list) {
                Around inside = around;
                inside.lists.push_back(*child);
                collect(**child, inside, out);
            } else if (name == item || name == list_header || name == numbered ||
                       name == note_body) {
                collect(**child, around, out);
            } else if (name == section || name == index || name == title || name == frame ||
                       name == box || name.str().starts_with("draw:") ||
                       name.str().ends_with("-index") || name == Name("text:table-of-content") ||
                       name == Name("text:bibliography") ||
                       name.str().starts_with("style:region")) {
                Around inside = around;
                inside.section = child->get();
                collect(**child, inside, out);
            }
        }
    }

    void paragraph(const ElementPtr& element, const Around& around, Stream& out) {
        static const Name h("text:h"), level("text:outline-level");
        Block block;
        block.element = element;
        block.lists = around.lists;
        block.section = around.section;
        block.paragraph = read_paragraph(element, numbering_);
        if (element->name == h) {
            const auto written = element->attribute_or_empty(level);
            block.level = written.size() == 1 && written[0] >= '1' && written[0] <= '9'
                              ? written[0] - '0'
                              : 1;
        }
        if (fixed != nullptr)
            block.spot = *fixed;
        else
            outline_.enter(block);
        std::string key;
        for (const Token& token : block.paragraph.tokens) {
            if (token.kind != Token::Kind::space) block.candidate.words.push_back(token.number);
            key += std::to_string(token.number) + " ";
        }
        block.candidate.number = numbering_.of((block.level > 0 ? "titre " : "texte ") + key);
        std::sort(block.candidate.words.begin(), block.candidate.words.end());
        block.candidate.kind = 0;
        const Spot here{block.spot.article,
                        block.spot.words + (block.spot.words.empty() ? "" : ", ")};
        for (const Object& object : block.paragraph.objects) {
            if (!object.own_text) continue;
            const Spot inside{here.article, here.words + object.key};
            const Spot* before = std::exchange(fixed, &inside);
            block.inner.push_back(stream(object.element, out.furniture));
            fixed = before;
        }
        out.blocks.push_back(std::move(block));
    }

    void rows(const Element& parent, const std::string& name, bool furniture, Block& block) {
        static const Name row("table:table-row"), cell("table:table-cell"),
            covered("table:covered-table-cell"), row_span("table:number-rows-spanned"),
            headers("table:table-header-rows"), group("table:table-rows"),
            row_group("table:table-row-group");
        for (const odf::Node& node : parent.children) {
            const auto* child = std::get_if<ElementPtr>(&node);
            if (child == nullptr) continue;
            if ((*child)->name == headers || (*child)->name == group ||
                (*child)->name == row_group) {
                rows(**child, name, furniture, block);
                continue;
            }
            if ((*child)->name != row) continue;
            Row made;
            made.element = *child;
            const Spot outer = fixed ? *fixed : outline_.spot();
            Spot inside = outline_.spot_of_table(name, block.rows.size() + 1);
            if (fixed)
                inside = {outer.article,
                          outer.words + (outer.words.empty() ? "" : ", ") + inside.words};
            const Spot* before = std::exchange(fixed, &inside);
            std::string key;
            for (const odf::Node& inner : (*child)->children) {
                const auto* element = std::get_if<ElementPtr>(&inner);
                if (element == nullptr || ((*element)->name != cell && (*element)->name != covered))
                    continue;
                const auto span = (*element)->attribute_or_empty(row_span);
                block.spans_rows = block.spans_rows || (!span.empty() && span != "1");
                made.cells.push_back({*element, stream(*element, furniture)});
                key += "|";
                for (const Block& each : made.cells.back().stream.blocks) {
                    key += std::to_string(each.candidate.number) + " ";
                    made.candidate.words.insert(made.candidate.words.end(),
                                                each.candidate.words.begin(),
                                                each.candidate.words.end());
                }
            }
            fixed = before;
            std::sort(made.candidate.words.begin(), made.candidate.words.end());
            made.candidate.number = numbering_.of("ligne " + key);
            block.rows.push_back(std::move(made));
        }
    }

    void table(const ElementPtr& element, const Around& around, Stream& out) {
        Block block;
        block.element = element;
        block.table = true;
        block.section = around.section;
        const std::string name(element->attribute_or_empty(Name("table:name")));
        block.spot = fixed ? *fixed : outline_.spot_of_table(name, 0);
        rows(*element, name, out.furniture, block);
        std::string key;
        for (const Row& row : block.rows) {
            key += std::to_string(row.candidate.number) + " ";
            block.candidate.words.insert(block.candidate.words.end(), row.candidate.words.begin(),
                                         row.candidate.words.end());
        }
        std::sort(block.candidate.words.begin(), block.candidate.words.end());
        block.candidate.number = numbering_.of("tableau " + key);
        block.candidate.kind = 1;
        out.blocks.push_back(std::move(block));
    }

    Numbering& numbering_;
    Outline& outline_;
};

std::vector<Candidate> candidates(const auto& all) {
    std::vector<Candidate> out;
    for (const auto& each : all)
        out.push_back(each.candidate);
    return out;
}

template <class PairType>
std::vector<PairType> merged(const auto& before, const auto& after, const Matches& matches) {
    std::vector<PairType> out;
    std::size_t i = 0, j = 0;
    const auto until = [&](std::size_t to_i, std::size_t to_j) {
        for (; i < to_i; ++i)
            out.push_back({&before[i], nullptr});
        for (; j < to_j; ++j)
            out.push_back({nullptr, &after[j]});
    };
    for (const auto& [a, b] : matches) {
        until(a, b);
        out.push_back({&before[i++], &after[j++]});
    }
    until(before.size(), after.size());
    return out;
}

}  // namespace

Story read_story(const odf::Document& document, Numbering& numbering) {
    Story out;
    Outline outline(document);
    Collector collector(numbering, outline);
    if (document.master_styles)
        for (const odf::Node& node : document.master_styles->children) {
            const auto* master = std::get_if<ElementPtr>(&node);
            if (master == nullptr || (*master)->name != Name("style:master-page")) continue;
            const std::string name((*master)->attribute_or_empty(Name("style:name")));
            for (const odf::Node& part : (*master)->children) {
                const auto* element = std::get_if<ElementPtr>(&part);
                if (element == nullptr) continue;
                static const std::map<std::string, std::string, std::less<>> names{
                    {"style:header", "En-tête"},
                    {"style:header-left", "En-tête des pages de gauche"},
                    {"style:header-first", "En-tête de la première page"},
                    {"style:footer", "Pied de page"},
                    {"style:footer-left", "Pied des pages de gauche"},
                    {"style:footer-first", "Pied de la première page"}};
                const auto known = names.find((*element)->name.str());
                if (known == names.end()) continue;
                const std::string where =
                    known->second + (name == "Standard" ? "" : " (style de page « " + name + " »)");
                const Spot spot{where, {}};
                collector.fixed = &spot;
                out.furniture.emplace_back(where, collector.stream(*element, true));
                collector.fixed = nullptr;
            }
        }
    const ElementPtr text = document.body ? document.body->child(Name("office:text")) : nullptr;
    if (text) out.body = collector.stream(text, false);
    return out;
}

std::vector<Pair> pair_blocks(const Stream& before, const Stream& after) {
    return merged<Pair>(before.blocks, after.blocks,
                        match_candidates(candidates(before.blocks), candidates(after.blocks)));
}

std::vector<RowPair> pair_rows(const Block& before, const Block& after) {
    return merged<RowPair>(before.rows, after.rows,
                           match_candidates(candidates(before.rows), candidates(after.rows)));
}

bool has_text(const Row& row) {
    return std::any_of(row.cells.begin(), row.cells.end(), [](const Cell& cell) {
        return std::any_of(
            cell.stream.blocks.begin(), cell.stream.blocks.end(), [](const Block& block) {
                return block.table ? std::any_of(block.rows.begin(), block.rows.end(), has_text)
                                   : !block.paragraph.text.empty();
            });
    });
}

bool holds_table(const Row& row) {
    return std::any_of(row.cells.begin(), row.cells.end(), [](const Cell& cell) {
        return std::any_of(cell.stream.blocks.begin(), cell.stream.blocks.end(),
                           [](const Block& block) { return block.table; });
    });
}

}  // namespace paraphe::redline
