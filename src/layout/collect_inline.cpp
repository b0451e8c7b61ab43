#include <algorithm>
#include <iterator>

#include "base/utf8.hpp"
#include "layout/collect.hpp"
#include "layout/measure.hpp"
#include "layout/names.hpp"
#include "locale/letter_case.hpp"
#include "odf/condition.hpp"

/// The inside of paragraphs: text, spans, links, fields, notes.
namespace paraphe::layout {

namespace n = names;

namespace {

constexpr std::string_view signature_prefix = "paraphe.signature.";

constexpr int most_repeated_spaces = 1000;

/// Size of a signature box (the width of the cell where that is less).
const Length signature_width = Length::from_millimetres(70);
const Length signature_height = Length::from_millimetres(20);

bool skipped_inline(odf::Name name) {
    static const std::vector<odf::Name> names{
        n::text_soft_page_break,
        odf::Name("text:change"),
        odf::Name("text:change-start"),
        odf::Name("text:change-end"),
        odf::Name("text:toc-mark"),
        odf::Name("text:toc-mark-start"),
        odf::Name("text:toc-mark-end"),
        odf::Name("text:user-index-mark"),
        odf::Name("text:user-index-mark-start"),
        odf::Name("text:user-index-mark-end"),
        odf::Name("text:alphabetical-index-mark"),
        odf::Name("text:alphabetical-index-mark-start"),
        odf::Name("text:alphabetical-index-mark-end"),
        odf::Name("office:annotation"),
        odf::Name("office:annotation-end"),
        odf::Name("text:script"),
        odf::Name("text:hidden-paragraph"),
        odf::Name("office:event-listeners"),
    };
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool white(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Codes of symbol fonts mean nothing in a font that has letters: known signs take their Unicode
/// places, others become a bullet.
std::string without_symbol_codes(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const auto [c, length] = utf8::decode(text, i);
        if (c == 0xF020)
            out += ' ';
        else if (c >= 0xF000 && c <= 0xF0FF)
            out += symbol(c);
        else
            out += text.substr(i, length);
        i += length;
    }
    return out;
}

/// Surely nothing of Hebrew, Arabic, India, China and the like: those letters begin with octets
/// that Latin, Greek, Cyrillic and general punctuation do not have.
bool only_western(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char c) {
        const auto octet = static_cast<unsigned char>(c);
        return octet >= 0xD6 && octet != 0xE2;
    });
}

/// Of the next letter; a digit counts as what stands `before` it.
locale::ScriptKind next_strong(std::string_view text, std::size_t from, locale::ScriptKind before) {
    constexpr std::size_t farthest = 200;
    for (std::size_t i = from; i < std::min(text.size(), from + farthest);) {
        const auto [c, length] = utf8::decode(text, i);
        if (c >= U'0' && c <= U'9') return before;
        if (const auto kind = locale::script_kind(c); kind != locale::ScriptKind::weak) return kind;
        i += length;
    }
    return locale::ScriptKind::weak;
}

}  // namespace

/// Text of scripts that have fonts of their own becomes pieces of their own.
void Collector::add_piece(Paragraph& p, std::string_view text, const TextStyle* style,
                          const InlineState& state, const odf::ProvenancePtr& provenance) {
    using Kind = locale::ScriptKind;
    if (script_ == Kind::western && only_western(text)) {
        add_stretch(p, text, style, state, provenance);
        return;
    }
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size();) {
        const auto [c, length] = utf8::decode(text, i);
        Kind kind = locale::script_kind(c);
        // Measured: blanks and digits go with what comes before them, and signs with what stands on
        // both sides of them, else with the direction of the paragraph.
        if (kind == Kind::weak && script_ != Kind::asian && !white(text[i]) &&
            !(c >= U'0' && c <= U'9') && c != 0xA0 && c != 0x202F)
            kind = next_strong(text, i + length, script_) == script_ ? script_
                   : p.style->right_to_left                          ? Kind::complex
                                                                     : Kind::western;
        if (kind != Kind::weak && kind != script_) {
            add_stretch(p, text.substr(begin, i - begin), styles_.in_script(style, script_), state,
                        provenance);
            begin = i;
            script_ = kind;
        }
        i += length;
    }
    add_stretch(p, text.substr(begin), styles_.in_script(style, script_), state, provenance);
}

void Collector::add_stretch(Paragraph& p, std::string_view text, const TextStyle* style,
                            const InlineState& state, const odf::ProvenancePtr& provenance) {
    if (text.empty()) return;
    const auto begin = static_cast<std::uint32_t>(p.text.size());
    p.text += text;
    const auto end = static_cast<std::uint32_t>(p.text.size());
    if (!p.spans.empty()) {
        Span& last = p.spans.back();
        if (last.style == style && last.node == state.node && last.link == state.link &&
            last.provenance == provenance) {
            last.end = end;
            return;
        }
    }
    p.spans.push_back({begin, end, style, state.node, state.link, provenance});
}

/// Text in the letter case of its style.
void Collector::add_cased(Paragraph& p, std::string_view text, const InlineState& state,
                          const odf::ProvenancePtr& provenance) {
    const TextStyle& style = *state.style;
    switch (style.letter_case) {
        case LetterCase::none:
            add_piece(p, text, &style, state, provenance);
            return;
        case LetterCase::upper:
            add_piece(p, locale::to_upper(text), &style, state, provenance);
            return;
        case LetterCase::lower:
            add_piece(p, locale::to_lower(text), &style, state, provenance);
            return;
        case LetterCase::capitalize: {
            std::string out;
            bool inside = !p.text.empty() && !white(p.text.back());
            for (std::size_t i = 0; i < text.size();) {
                const auto length = utf8::decode(text, i).length;
                const std::string_view one = text.substr(i, length);
                out += inside ? std::string(one) : locale::to_upper(one);
                inside = !white(one[0]);
                i += length;
            }
            add_piece(p, out, &style, state, provenance);
            return;
        }
        case LetterCase::small_caps: {
            // Small letters become capitals of 80 %, as in Writer.
            TextStyle small = style;
            small.size = style.size.scaled(80, 100);
            small.letter_case = LetterCase::none;
            const TextStyle* reduced = styles_.small_capitals(&style, small);
            std::size_t begin = 0;
            bool lower = false;
            const auto flush = [&](std::size_t end) {
                const std::string_view part = text.substr(begin, end - begin);
                if (lower)
                    add_piece(p, locale::to_upper(part), reduced, state, provenance);
                else
                    add_piece(p, part, &style, state, provenance);
                begin = end;
            };
            for (std::size_t i = 0; i < text.size();) {
                const auto length = utf8::decode(text, i).length;
                const std::string_view one = text.substr(i, length);
                const bool is_lower = locale::to_upper(one) != one;
                if (is_lower != lower) flush(i);
                lower = is_lower;
                i += length;
            }
            flush(text.size());
            return;
        }
    }
}

void Collector::add_text(Paragraph& p, std::string_view text, const InlineState& state,
                         const odf::ProvenancePtr& provenance, bool collapse) {
    if (state.style->hidden) return;
    // Signs of symbol fonts: U+F020 to U+F0FF (EF 80 A0 to EF 83 BF).
    if (text.find("\xEF\x80") != text.npos || text.find("\xEF\x82") != text.npos ||
        text.find("\xEF\x81") != text.npos || text.find("\xEF\x83") != text.npos) {
        warnings_.add("P0420", "un signe d’une police de symboles est remplacé par un signe voisin",
                      p.element, "insérez le signe par son code Unicode");
        add_text(p, without_symbol_codes(text), state, provenance, collapse);
        return;
    }
    if (!collapse) {
        collapsible_ = false;
        add_cased(p, text, state, provenance);
        return;
    }
    // White space joins into one space, none at the start (ODF 1.3 part 3 §6.1.2).
    bool joined = true;
    for (std::size_t i = 0; joined && i < text.size(); ++i)
        joined = text[i] != '\t' && text[i] != '\n' && text[i] != '\r' &&
                 !(text[i] == ' ' && (i == 0 ? collapsible_ : text[i - 1] == ' '));
    if (joined) {
        if (!text.empty()) collapsible_ = text.back() == ' ';
        add_cased(p, text, state, provenance);
        return;
    }
    std::string out;
    for (const char c : text) {
        if (!white(c)) {
            out += c;
            collapsible_ = false;
        } else if (!collapsible_) {
            out += ' ';
            collapsible_ = true;
        }
    }
    add_cased(p, out, state, provenance);
}

void Collector::inlines(const odf::Element& parent, Paragraph& p, const InlineState& state) {
    const DepthGuard guard(depth_, parent, document_.source);
    for (const auto& child : parent.children) {
        if (const auto* text = std::get_if<odf::Text>(&child))
            add_text(p, text->text, state, text->provenance ? text->provenance : parent.provenance,
                     true);
        else
            inline_element(*std::get<odf::ElementPtr>(child), p, state);
    }
}

void Collector::inline_element(const odf::Element& element, Paragraph& p,
                               const InlineState& state) {
    const auto& name = element.name;
    if (name == n::text_span) {
        inlines(element, p,
                {styles_.text(state.style, element.attribute_or_empty(n::text_style_name)),
                 state.node, state.link});
    } else if (name == n::text_s) {
        const int count = std::clamp(parse_integer(element.attribute_or_empty(n::text_c), 1), 1,
                                     most_repeated_spaces);
        add_text(p, std::string(static_cast<std::size_t>(count), ' '), state, element.provenance,
                 false);
    } else if (name == n::text_tab) {
        add_text(p, "\t", state, element.provenance, false);
    } else if (name == n::text_line_break) {
        add_text(p, "\n", state, element.provenance, false);
        collapsible_ = true;
    } else if (name == n::text_a) {
        const int link = static_cast<int>(links_.size());
        const int node = add_node(Role::link, state.node);
        links_.push_back({std::string(element.attribute_or_empty(n::xlink_href)),
                          text_content(element), node, &element});
        const auto style = element.attribute_or_empty(n::text_style_name);
        inlines(element, p,
                {styles_.text(state.style, style.empty() ? "Internet_20_link" : style),
                 node < 0 ? state.node : node, link});
    } else if (name == n::text_bookmark || name == n::text_bookmark_start) {
        const auto bookmark = element.attribute_or_empty(n::text_name);
        const auto at = static_cast<std::uint32_t>(p.text.size());
        if (bookmark.starts_with(signature_prefix)) {
            Object object;
            object.kind = Object::Kind::signature;
            object.at = at;
            object.slot = bookmark.substr(signature_prefix.size());
            object.width = signature_width;
            object.height = signature_height;
            object.mark = mark(add_node(Role::form, state.node));
            p.objects.push_back(std::move(object));
            add_piece(p, object_character, state.style, state, element.provenance);
            collapsible_ = false;
        } else {
            p.anchors.push_back({at, std::string(bookmark)});
            fields_.open(std::string(bookmark), at);
            if (name == n::text_bookmark) fields_.close(std::string(bookmark), p.text);
        }
    } else if (name == n::text_bookmark_end) {
        fields_.close(std::string(element.attribute_or_empty(n::text_name)), p.text);
    } else if (name == n::text_note) {
        note(element, p, state);
    } else if (name == n::draw_frame) {
        frame(element, p, state);
    } else if (name == n::draw_a) {
        for (const auto& child : element.children)
            if (const auto* inner = std::get_if<odf::ElementPtr>(&child))
                inline_element(**inner, p, state);
    } else if (name == n::text_ruby) {
        ruby(element, p, state);
    } else if (name == n::text_hidden_text) {
        const auto holds = odf::settled_condition(element.attribute_or_empty(n::text_condition));
        if (!holds.value_or(element.attribute_or_empty(n::text_is_hidden) == "true"))
            inlines(element, p, state);
    } else if (name == odf::Name("text:placeholder")) {
        // Measured: Writer prints none.
        warnings_.add("P0429",
                      "le texte à remplir « " + text_content(element) +
                          " » n’est pas imprimé, comme dans Writer",
                      &element, "remplacez-le par du texte ou par une balise");
    } else if (name.str().starts_with("draw:") || name.str().starts_with("dr3d:")) {
        drawing(element, p, state);
    } else if (name == n::text_page_number || name == n::text_page_count) {
        add_text(p, page_text(element, p), state, element.provenance, false);
    } else if (!mark_in_text(element, p) && !field(element, p, state) && !skipped_inline(name)) {
        // A field shows what it holds; unknown wrappers are transparent.
        inlines(element, p, state);
    }
}

void Collector::note(const odf::Element& element, Paragraph& p, const InlineState& state) {
    const auto citation = element.child(n::text_note_citation);
    const auto body = element.child(n::text_note_body);
    if (!body) return;
    const bool endnote = element.attribute_or_empty(n::text_note_class) == "endnote";
    std::string number = citation ? text_content(*citation) : std::string();
    if (number.empty()) number = std::to_string(notes_ + 1);
    ++notes_;
    const int reference = add_node(Role::reference, state.node);
    TextStyle raised = *styles_.text(state.style, "Footnote_20_anchor");
    if (raised.raise == 0) {
        raised.raise = 33;
        raised.raise_automatic = true;
        raised.scale = 58;
    }
    Note out;
    out.at = static_cast<std::uint32_t>(p.text.size());
    add_piece(p, number, styles_.keep(raised),
              {state.style, reference < 0 ? state.node : reference, state.link},
              element.provenance);
    fields_.leave_out(out.at, p.text.size());
    if (const auto id = element.attribute_or_empty(n::text_id); !id.empty()) {
        p.anchors.push_back({out.at, note_anchor(id)});
        fields_.name(note_anchor(id), number);
    }
    collapsible_ = false;
    const int note_node = add_node(Role::note, state.node);
    if (note_node >= 0)
        pages_.nodes[static_cast<std::size_t>(note_node)].words.make().id =
            "note" + std::to_string(notes_);
    const bool collapsible = collapsible_;
    ListContext none;
    blocks(*body, out.blocks, note_node, none);
    collapsible_ = collapsible;
    // Writer puts the number before the note's first paragraph.
    if (!out.blocks.empty())
        if (auto* first = std::get_if<std::unique_ptr<Paragraph>>(&out.blocks.front())) {
            Label label;
            label.text = number;
            TextStyle look = *styles_.text((*first)->style->text, "Footnote_20_Symbol");
            label.style = styles_.keep(std::move(look));
            if ((*first)->style->right_to_left)
                label.complex = styles_.in_script(label.style, locale::ScriptKind::complex);
            label.mark = (*first)->mark;
            ListLevel& level = note_levels_.emplace_back();
            // Measured: only a first line that hangs out leaves a gap between the two.
            level.follow = (*first)->style->text_indent < Length() ? ListLevel::Follow::tab
                                                                   : ListLevel::Follow::nothing;
            level.label_alignment = true;
            level.margin_left = (*first)->style->margin_left;
            level.text_indent = (*first)->style->text_indent;
            (*first)->level = &level;
            (*first)->label = std::move(label);
        }
    if (endnote) {
        std::move(out.blocks.begin(), out.blocks.end(), std::back_inserter(endnotes_));
        return;
    }
    p.notes.push_back(std::move(out));
}

}  // namespace paraphe::layout
