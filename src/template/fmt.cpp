#include "template/fmt.hpp"

#include <algorithm>
#include <optional>

#include "base/utf8.hpp"
#include "expression/statement.hpp"
#include "odf/odf.hpp"
#include "template/fmt_markup.hpp"
#include "template/tag_text.hpp"
#include "zip/zip.hpp"

namespace paraphe::tmpl {

namespace {

using Kind = Piece::Kind;

bool any_of(std::string_view name, std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_text_element(std::string_view name) {
    return any_of(
        name, {"text:p", "text:h", "dc:title", "dc:subject", "dc:description", "dc:creator",
               "meta:initial-creator", "meta:keyword", "meta:user-defined", "svg:title", "svg:desc",
               "table:title", "table:desc", "text:index-title-template", "text:index-entry-span"});
}

/// What stands inside is no text of a tag that we could rewrite.
bool is_left_alone(std::string_view name) {
    return any_of(name, {"office:annotation", "text:tracked-changes", "text:user-field-get",
                         "text:drop-down", "text:conditional-text", "text:hidden-text",
                         "office:binary-data", "math:math", "office:scripts"});
}

bool starts_stream(std::string_view name) {
    return any_of(name, {"text:note", "draw:frame", "draw:custom-shape", "draw:g", "text:ruby"});
}

struct Edit {
    std::size_t begin, end;
    std::string text;
};

/// A character of a paragraph and where it stands in the part.
struct Atom {
    std::string octets;  ///< empty: invisible
    std::size_t begin, end;
    bool in_text;     ///< else a text:s, text:tab or text:line-break
    bool odd;         ///< a space that is not the space bar's
    std::string raw;  ///< as read, invisible ones too
};

/// A span or field of a paragraph.
struct Inner {
    Piece start, end;
    std::size_t first_atom = 0, last_atom = 0;  ///< [first, last)
    bool holds_more = false;                    ///< something else than text and such elements
};

struct Stream {
    bool real = false;  ///< a text; else what separates two of them
    bool heading = false;
    bool untouchable = false;  ///< recorded changes, comments of XML
    std::vector<Atom> atoms;
    std::vector<Inner> inner;
    std::vector<std::size_t> open;  ///< indices in inner
};

class PartFormatter {
public:
    PartFormatter(std::string_view xml, Location where, std::vector<Retouch>& out)
        : xml_(xml), where_(std::move(where)), out_(out) {}

    std::string run() {
        const std::vector<Piece> pieces = pieces_of(xml_);
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            const Piece& piece = pieces[i];
            if (piece.kind == Kind::start && is_left_alone(piece.name)) {
                i = skip(pieces, i);
                note_more();
            } else if (piece.kind == Kind::start) {
                start(piece);
            } else if (piece.kind == Kind::end) {
                end(piece);
            } else if (piece.kind == Kind::empty) {
                empty(piece);
            } else if (!streams_.empty() && streams_.back().real) {
                if (piece.kind == Kind::text)
                    text(piece);
                else
                    streams_.back().untouchable = true;
            }
        }
        return applied();
    }

private:
    /// The end of the element that starts at `at`.
    static std::size_t skip(const std::vector<Piece>& pieces, std::size_t at) {
        int depth = 0;
        for (std::size_t i = at; i < pieces.size(); ++i) {
            if (pieces[i].kind == Kind::start) ++depth;
            if (pieces[i].kind == Kind::end && --depth == 0) return i;
        }
        return pieces.size();
    }

    void note_more() {
        if (streams_.empty()) return;
        for (const std::size_t each : streams_.back().open)
            streams_.back().inner[each].holds_more = true;
    }

    void start(const Piece& piece) {
        if (is_text_element(piece.name) || starts_stream(piece.name)) {
            note_more();
            Stream stream;
            stream.real = is_text_element(piece.name);
            stream.heading = piece.name == "text:h";
            stream.untouchable = open_changes_ > 0;
            streams_.push_back(std::move(stream));
        } else if (!streams_.empty() && streams_.back().real) {
            Stream& stream = streams_.back();
            Inner inner;
            inner.start = piece;
            inner.first_atom = stream.atoms.size();
            stream.open.push_back(stream.inner.size());
            stream.inner.push_back(inner);
        }
    }

    void end(const Piece& piece) {
        if (streams_.empty()) return;
        Stream& stream = streams_.back();
        if (is_text_element(piece.name) || starts_stream(piece.name)) {
            const Stream done = std::move(stream);
            streams_.pop_back();
            if (done.real) finish(done);
        } else if (!stream.open.empty()) {
            Inner& inner = stream.inner[stream.open.back()];
            stream.open.pop_back();
            inner.end = piece;
            inner.last_atom = stream.atoms.size();
        }
    }

    void empty(const Piece& piece) {
        if (piece.name == "text:change-start") ++open_changes_;
        if (piece.name == "text:change-end") open_changes_ = std::max(0, open_changes_ - 1);
        if (streams_.empty() || !streams_.back().real) return;
        Stream& stream = streams_.back();
        if (any_of(piece.name, {"text:change", "text:change-start", "text:change-end"})) {
            stream.untouchable = true;
        } else if (piece.name == "text:s") {
            const std::string spaces = spaces_of(piece);
            stream.atoms.push_back({spaces, piece.begin, piece.end, false, true, spaces});
        } else if (piece.name == "text:tab") {
            stream.atoms.push_back({" ", piece.begin, piece.end, false, true, "\t"});
        } else if (piece.name == "text:line-break") {
            stream.atoms.push_back({"\n", piece.begin, piece.end, false, true, "\n"});
        } else {
            note_more();
        }
    }

    std::string spaces_of(const Piece& piece) const {
        const std::string_view written = xml_.substr(piece.begin, piece.end - piece.begin);
        const auto at = written.find("text:c=");
        if (at == std::string_view::npos) return " ";
        std::size_t count = 0;
        for (std::size_t i = at + 8; i < written.size() && written[i] >= '0' && written[i] <= '9';
             ++i)
            count = std::min<std::size_t>(count * 10 + static_cast<std::size_t>(written[i] - '0'),
                                          10'000);
        return std::string(std::max<std::size_t>(count, 1), ' ');
    }

    void text(const Piece& piece) {
        for (Character& each : characters_of(xml_, piece)) {
            Atom atom{{}, each.begin, each.end, true, is_hard_space(each.octets), each.octets};
            if (!each.octets.empty() && !is_invisible(utf8::decode(each.octets, 0).code_point))
                atom.octets = std::move(each.octets);
            streams_.back().atoms.push_back(std::move(atom));
        }
    }

    void finish(const Stream& stream) {
        const auto& atoms = stream.atoms;
        const Lexed lexed =
            lex(atoms.size(), [&](std::size_t i) -> const std::string& { return atoms[i].octets; });
        if (!stream.untouchable) mend_all(stream, lexed);
        if (stream.heading) heading_ = lexed.text;
    }

    void mend_all(const Stream& stream, const Lexed& lexed) {
        // Of each character: it goes with its tag, and nothing is written in its place.
        std::vector<bool> gone(stream.atoms.size(), false);
        bool any = false;
        for (std::size_t from = 0;;) {
            std::optional<expression::Tag> tag;
            try {
                tag = expression::next_tag(lexed.text, from);
            } catch (const Error&) {
                break;
            }
            if (!tag) break;
            from = tag->end;
            if (is_verbatim(lexed.text, *tag)) continue;
            any = mend(stream, lexed, *tag, gone) || any;
        }
        if (!any) return;
        for (const Inner& inner : stream.inner) {
            const auto last = gone.begin() + static_cast<std::ptrdiff_t>(inner.last_atom);
            if (inner.holds_more || inner.first_atom >= inner.last_atom ||
                std::find(gone.begin() + static_cast<std::ptrdiff_t>(inner.first_atom), last,
                          false) != last)
                continue;
            edits_.push_back({inner.start.begin, inner.start.end, {}});
            edits_.push_back({inner.end.begin, inner.end.end, {}});
        }
    }

    /// Between {% raw %} and {% endraw %} nothing is a tag.
    bool is_verbatim(const std::string& text, const expression::Tag& tag) {
        const std::string_view content =
            std::string_view(text).substr(tag.content_begin, tag.content_end - tag.content_begin);
        const auto first = content.find_first_not_of(" \n");
        const std::string_view word =
            first == std::string_view::npos
                ? std::string_view()
                : content.substr(first, content.find_last_not_of(" \n") + 1 - first);
        const bool statement = tag.kind == expression::TagKind::statement;
        if (raw_ && statement && word == "endraw") raw_ = false;
        if (raw_) return true;
        if (statement && word == "raw") raw_ = true;
        return false;
    }

    bool mend(const Stream& stream, const Lexed& lexed, const expression::Tag& tag,
              std::vector<bool>& gone) {
        const auto& atoms = stream.atoms;
        const std::size_t first = lexed.index[tag.begin], last = lexed.index[tag.end - 1];
        std::vector<bool> odd;
        for (std::size_t at = tag.begin; at < tag.end; ++at)
            odd.push_back(atoms[lexed.index[at]].odd);
        const std::string plain =
            plain_tag(std::string_view(lexed.text).substr(tag.begin, tag.end - tag.begin), odd);
        std::string before;
        bool whole = true;  // no markup in it but the spaces of a literal
        for (std::size_t i = first; i <= last; ++i) {
            before += atoms[i].raw;
            whole = whole && (i == first || atoms[i].begin == atoms[i - 1].end);
        }
        if (whole && before == plain) return false;
        // As merge does: the value takes the style of the first character of its expression.
        std::size_t anchor = first;
        if (tag.kind == expression::TagKind::output) {
            auto at = tag.content_begin;
            while (at < tag.content_end && lexed.text[at] == ' ')
                ++at;
            if (at < tag.content_end && atoms[lexed.index[at]].in_text) anchor = lexed.index[at];
        }
        for (std::size_t i = first; i <= last; ++i) {
            edits_.push_back(
                {atoms[i].begin, atoms[i].end, i == anchor ? escaped(plain) : std::string()});
            gone[i] = i != anchor;
        }
        std::replace(before.begin(), before.end(), '\n', ' ');
        out_.push_back({place_of(atoms[first].begin),
                        heading_.empty() ? "" : "« " + heading_ + " »", before, plain});
        return true;
    }

    /// Counted on from the place before: Writer saves all on one line.
    Location place_of(std::size_t offset) {
        if (offset < counted_) {
            counted_ = 0;
            line_ = column_ = 1;
        }
        std::string_view passed = xml_.substr(counted_, offset - counted_);
        line_ += static_cast<int>(std::count(passed.begin(), passed.end(), '\n'));
        if (const auto line = passed.rfind('\n'); line != std::string_view::npos) {
            passed.remove_prefix(line + 1);
            column_ = 1;
        }
        column_ += static_cast<int>(utf8::length(passed));
        counted_ = offset;
        Location where = where_;
        where.line = line_;
        where.column = column_;
        return where;
    }

    std::string applied() {
        std::stable_sort(edits_.begin(), edits_.end(),
                         [](const Edit& a, const Edit& b) { return a.begin < b.begin; });
        std::string out;
        std::size_t at = 0;
        for (const Edit& edit : edits_) {
            out += xml_.substr(at, edit.begin - at);
            out += edit.text;
            at = edit.end;
        }
        return out += xml_.substr(at);
    }

    std::string_view xml_;
    Location where_;
    std::vector<Retouch>& out_;
    std::vector<Stream> streams_;
    std::vector<Edit> edits_;
    std::string heading_;
    std::size_t counted_ = 0;
    int line_ = 1, column_ = 1;
    int open_changes_ = 0;
    bool raw_ = false;
};

std::string formatted_part(std::string_view xml, const Location& where,
                           std::vector<Retouch>& changes) {
    if (!has_usual_prefixes(xml))
        throw Error(ErrorKind::malformed_input, "the file names its elements unlike LibreOffice",
                    where, "open it in LibreOffice Writer and save it again", "unusual_prefixes");
    return PartFormatter(xml, where, changes).run();
}

}  // namespace

Formatted format(ByteView octets, const std::string& source) {
    odf::read(octets, source);  // refuses whatever is no document
    Formatted out;
    if (octets.substr(0, 2) != "PK") {
        out.bytes = formatted_part(octets, {source, 0, 0, {}}, out.changes);
        return out;
    }
    const auto archive = zip::Archive::open(Bytes(octets), source);
    std::vector<zip::Item> items;
    for (const zip::Entry& entry : archive.entries()) {
        Bytes bytes = entry.is_directory() ? Bytes() : archive.read(entry.name);
        if (any_of(entry.name, {"content.xml", "styles.xml", "meta.xml"}))
            bytes = formatted_part(bytes, {source, 0, 0, entry.name}, out.changes);
        items.push_back({entry.name, std::move(bytes), entry.method});
    }
    if (out.changes.empty()) {
        out.bytes = Bytes(octets);
        return out;
    }
    if (archive.find("META-INF/documentsignatures.xml") != nullptr)
        throw Error(ErrorKind::conflict, "the template is signed", {source, 0, 0, {}},
                    "remove the signature in Writer first", "signed_odf");
    out.bytes = zip::write(items);
    return out;
}

}  // namespace paraphe::tmpl
