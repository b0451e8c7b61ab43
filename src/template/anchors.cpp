#include "template/anchors.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "odf/odf.hpp"

namespace paraphe::tmpl {

namespace {

using odf::Element;
using odf::ElementPtr;
using odf::Name;
using odf::Node;

/// What a reader does not see when comparing: white space of all kinds, soft hyphens, joiners.
bool is_ignored(char32_t c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xA0 || c == 0x202F ||
           c == 0xAD || c == 0x200B || c == 0x2060 || c == 0xFEFF;
}

std::u32string compared(std::string_view text) {
    std::u32string out;
    for (const char32_t c : utf8::to_utf32(text))
        if (!is_ignored(c)) out += c;
    return out;
}

struct Character {
    Point begin, end;
    int line = 0, column = 0;
};

struct Paragraph {
    const Element* element = nullptr;
    int line = 0;
    std::u32string text;                ///< without what is_ignored
    std::vector<Character> characters;  ///< of text
    std::set<int> lines;                ///< of the paragraph and its texts
    const Element* host = nullptr;      ///< of a note: the paragraph that cites it
    Point citation;
    bool commentable = true;
};

class Reader {
public:
    std::vector<Paragraph> paragraphs;

    void read(const Element& element, bool commentable) {
        static const Name p("text:p"), h("text:h"), tracked("text:tracked-changes");
        if (element.name == tracked) return;
        if (element.name == p || element.name == h) {
            paragraph(element, commentable, nullptr, {});
            return;
        }
        for (const Node& node : element.children)
            if (const auto* child = std::get_if<ElementPtr>(&node)) read(**child, commentable);
    }

private:
    struct Nested {
        const Element* element;
        std::size_t unit;
    };

    void paragraph(const Element& element, bool commentable, const Element* host, Point citation) {
        Paragraph made;
        made.element = &element;
        made.commentable = commentable;
        made.host = host;
        made.citation = citation;
        if (element.provenance) made.line = element.provenance->line;
        made.lines.insert(made.line);
        std::vector<Nested> nested;
        std::size_t unit = 0;
        content(element, made, unit, nested);
        paragraphs.push_back(std::move(made));
        for (const Nested& each : nested)
            inside(*each.element, commentable, host ? host : &element,
                   host ? citation : Point{each.unit, 1});
    }

    /// What has a text of its own inside a paragraph.
    void inside(const Element& element, bool commentable, const Element* host, Point citation) {
        static const Name note("text:note"), p("text:p"), h("text:h"),
            annotation("office:annotation");
        if (element.name == annotation) return;
        const bool in_note = element.name == note;
        for (const Node& node : element.children) {
            const auto* child = std::get_if<ElementPtr>(&node);
            if (child == nullptr) continue;
            if ((*child)->name == p || (*child)->name == h)
                paragraph(**child, commentable && !in_note,
                          in_note || !commentable ? host : nullptr, citation);
            else
                inside(**child, commentable && !in_note, host, citation);
        }
    }

    void content(const Element& element, Paragraph& out, std::size_t& unit,
                 std::vector<Nested>& nested) {
        for (const Node& node : element.children) {
            if (const auto* text = std::get_if<odf::Text>(&node)) {
                characters(text->text, text->provenance, unit, false, out);
                ++unit;
                continue;
            }
            const Element& child = *std::get<ElementPtr>(node);
            if (is_transparent(child.name)) {
                content(child, out, unit, nested);
                continue;
            }
            if (!holds_paragraphs(child))
                characters(odf::plain_text(child), child.provenance, unit, true, out);
            else
                nested.push_back({&child, unit});
            ++unit;
        }
    }

    static bool holds_paragraphs(const Element& element) {
        static const Name p("text:p"), h("text:h");
        bool found = false;
        odf::walk(element,
                  [&](const Element& each) { found = found || each.name == p || each.name == h; });
        return found;
    }

    static void characters(const std::string& text, const odf::ProvenancePtr& provenance,
                           std::size_t unit, bool whole, Paragraph& out) {
        const int line = provenance ? provenance->line : 0;
        int column = provenance ? provenance->column : 0;
        if (line > 0) out.lines.insert(line);
        std::size_t offset = 0;
        for (const char32_t c : utf8::to_utf32(text)) {
            const std::size_t length = utf8::encode(c).size();
            if (!is_ignored(c)) {
                out.text += c;
                out.characters.push_back({{unit, whole ? 0 : offset},
                                          {unit, whole ? 1 : offset + length},
                                          line,
                                          column});
            }
            offset += length;
            if (column > 0) ++column;
        }
    }
};

class Finder {
public:
    Finder(const odf::Document& document, const Loader& loader, Reach reach)
        : document_(document), loader_(loader), reach_(reach) {
        if (document.body) reader_.read(*document.body, true);
        if (document.master_styles) reader_.read(*document.master_styles, false);
        find_clauses();
    }

    std::optional<Anchor> of(const Diagnostic& d) const {
        if (reader_.paragraphs.empty()) return std::nullopt;
        if (const auto clause = clauses_.find(d.where.source); clause != clauses_.end())
            return reached(*clause->second.first, clause->second.second);
        if (d.where.source != document_.source || d.where.line <= 0) return at_start();
        const std::u32string quote = quoted(d.quote);
        std::optional<std::pair<const Paragraph*, std::size_t>> best;
        auto nearest = std::make_tuple(std::numeric_limits<int>::max(), 0);
        for (const Paragraph& paragraph : reader_.paragraphs) {
            if (quote.empty()) break;
            for (std::size_t at = paragraph.text.find(quote); at != std::u32string::npos;
                 at = paragraph.text.find(quote, at + 1)) {
                const auto distance = distance_of(paragraph, at, d.where);
                if (distance >= nearest) continue;
                nearest = distance;
                best = {&paragraph, at};
            }
        }
        if (best) return reached(*best->first, range(*best->first, best->second, quote.size()));
        return by_line(d.where.line);
    }

    /// Where a paragraph stands among the others.
    std::size_t rank(const Element* paragraph) const {
        const auto found =
            std::find_if(reader_.paragraphs.begin(), reader_.paragraphs.end(),
                         [&](const Paragraph& each) { return each.element == paragraph; });
        return static_cast<std::size_t>(found - reader_.paragraphs.begin());
    }

private:
    using Range = std::pair<Point, Point>;

    static std::u32string quoted(const std::string& quote) {
        const auto cut =
            quote.ends_with("…") ? quote.size() - std::string("…").size() : quote.size();
        return compared(std::string_view(quote).substr(0, cut));
    }

    static Range range(const Paragraph& paragraph, std::size_t at, std::size_t length) {
        return {paragraph.characters[at].begin, paragraph.characters[at + length - 1].end};
    }

    /// Lines apart, then columns apart; what begins behind the fault counts as far.
    static std::tuple<int, int> distance_of(const Paragraph& paragraph, std::size_t at,
                                            const Location& where) {
        constexpr int far = 1 << 20;
        const Character& first = paragraph.characters[at];
        int lines = std::abs(where.line - first.line);
        if (paragraph.lines.contains(where.line)) lines = 0;
        if (where.column <= 0 || first.column <= 0) return {lines, far};
        const int columns = where.column - first.column;
        return {lines, columns >= 0 ? columns : far - columns};
    }

    std::optional<Anchor> by_line(int line) const {
        const Paragraph* best = nullptr;
        for (const Paragraph& paragraph : reader_.paragraphs)
            if (paragraph.line <= line && (best == nullptr || paragraph.line >= best->line) &&
                paragraph.line > 0)
                best = best != nullptr && best->line == paragraph.line ? best : &paragraph;
        if (best == nullptr) return at_start();
        return reached(*best, {});
    }

    std::optional<Anchor> at_start() const {
        return Anchor{reader_.paragraphs.front().element, {}, {}, {}};
    }

    std::optional<Anchor> reached(const Paragraph& paragraph, Range range) const {
        if (reach_ == Reach::everywhere || paragraph.commentable)
            return Anchor{paragraph.element, range.first, range.second, {}};
        if (paragraph.host != nullptr)
            return Anchor{paragraph.host, paragraph.citation, paragraph.citation, {}};
        return at_start();
    }

    /// The tag of the document that brings in each clause, also by way of other clauses.
    void find_clauses() {
        if (!loader_) return;
        for (const Paragraph& paragraph : reader_.paragraphs)
            for (const Include& found : includes_in(paragraph.text))
                note_clause(found.name,
                            {&paragraph, range(paragraph, found.begin, found.end - found.begin)},
                            0);
    }

    struct Include {
        std::string name;
        std::size_t begin = 0, end = 0;
    };

    /// {%include"clauses/rgpd"…%}, spaces taken away.
    static std::vector<Include> includes_in(const std::u32string& text) {
        static const std::u32string opener = U"{%", word = U"include", closer = U"%}",
                                    quotes = U"\"'“”„‟‘’«»";
        std::vector<Include> out;
        for (std::size_t at = text.find(opener); at != std::u32string::npos;
             at = text.find(opener, at + 1)) {
            std::size_t next = at + opener.size();
            if (next < text.size() && text[next] == '-') ++next;
            if (text.compare(next, word.size(), word) != 0) continue;
            const std::size_t end = text.find(closer, next);
            const std::size_t open = text.find_first_of(quotes, next);
            if (end == std::u32string::npos || open == std::u32string::npos || open > end) continue;
            const std::size_t close = text.find_first_of(quotes, open + 1);
            if (close == std::u32string::npos || close > end) continue;
            out.push_back({utf8::from_utf32(text.substr(open + 1, close - open - 1)), at,
                           end + closer.size()});
        }
        return out;
    }

    using ClausePlace = std::pair<const Paragraph*, Range>;

    void note_clause(const std::string& name, const ClausePlace& place, int depth) {
        constexpr int deepest = 8;  // as compile()
        if (depth >= deepest) return;
        try {
            const auto clause = loader_(name);
            if (!clause || !clauses_.emplace(clause->source, place).second) return;
            const odf::Document document = odf::read(clause->bytes, clause->source);
            if (!document.body) return;
            for (const Include& found : includes_in(compared(odf::plain_text(*document.body))))
                note_clause(found.name, place, depth + 1);
        } catch (const Error&) {
            // A clause that cannot be read is one of the findings.
        }
    }

    const odf::Document& document_;
    const Loader& loader_;
    Reach reach_;
    Reader reader_;
    std::map<std::string, ClausePlace> clauses_;
};

}  // namespace

bool is_transparent(Name name) {
    static const Name span("text:span"), link("text:a"), meta("text:meta");
    return name == span || name == link || name == meta;
}

std::vector<Anchor> anchors(const odf::Document& document, const Diagnostics& diagnostics,
                            const Loader& loader, Reach reach) {
    const Finder finder(document, loader, reach);
    std::map<std::tuple<std::size_t, Point, Point>, Anchor> sorted;
    for (const Diagnostic& diagnostic : diagnostics) {
        const auto found = finder.of(diagnostic);
        if (!found) continue;
        auto& anchor =
            sorted.try_emplace({finder.rank(found->paragraph), found->begin, found->end}, *found)
                .first->second;
        anchor.findings.push_back(&diagnostic);
    }
    std::vector<Anchor> out;
    for (auto& [place, anchor] : sorted)
        out.push_back(std::move(anchor));
    return out;
}

}  // namespace paraphe::tmpl
