#include "template/fmt_markup.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/markup.hpp"
#include "base/utf8.hpp"

namespace paraphe::tmpl {

namespace {

std::size_t past(std::string_view xml, std::string_view end, std::size_t from) {
    const auto found = xml.find(end, from);
    return found == std::string_view::npos ? xml.size() : found + end.size();
}

/// One past the ">" that closes the tag; quoted values may hold others.
std::size_t end_of_tag(std::string_view xml, std::size_t from) {
    char quote = 0;
    for (std::size_t i = from; i < xml.size(); ++i) {
        const char c = xml[i];
        if (quote != 0)
            quote = c == quote ? '\0' : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '>')
            return i + 1;
    }
    return xml.size();
}

std::string referenced(std::string_view name) {
    if (name == "amp") return "&";
    if (name == "lt") return "<";
    if (name == "gt") return ">";
    if (name == "quot") return "\"";
    if (name == "apos") return "'";
    if (name.empty() || name.front() != '#') return {};
    name.remove_prefix(1);
    const bool hexadecimal = !name.empty() && name.front() == 'x';
    if (hexadecimal) name.remove_prefix(1);
    std::uint32_t code = 0;
    const auto [end, fault] =
        std::from_chars(name.data(), name.data() + name.size(), code, hexadecimal ? 16 : 10);
    if (fault != std::errc() || end != name.data() + name.size() || code > 0x10FFFF) return {};
    return utf8::encode(code);
}

}  // namespace

std::vector<Piece> pieces_of(std::string_view xml) {
    std::vector<Piece> out;
    for (std::size_t at = 0; at < xml.size();) {
        Piece piece;
        piece.begin = at;
        const std::string_view rest = xml.substr(at);
        if (rest.front() != '<') {
            piece.end = std::min(xml.find('<', at), xml.size());
        } else if (rest.starts_with("<!--")) {
            piece.kind = Piece::Kind::other;
            piece.end = past(xml, "-->", at + 4);
        } else if (rest.starts_with("<![CDATA[")) {
            piece.kind = Piece::Kind::other;
            piece.end = past(xml, "]]>", at + 9);
        } else if (rest.starts_with("<?")) {
            piece.kind = Piece::Kind::other;
            piece.end = past(xml, "?>", at + 2);
        } else {
            piece.end = end_of_tag(xml, at);
            const bool closes = rest.starts_with("</");
            piece.kind = closes                                        ? Piece::Kind::end
                         : piece.end >= 2 && xml[piece.end - 2] == '/' ? Piece::Kind::empty
                                                                       : Piece::Kind::start;
            const std::size_t begin = at + (closes ? 2 : 1);
            const auto end = xml.find_first_of(" \t\r\n/>", begin);
            piece.name = xml.substr(begin, std::min(end, piece.end) - begin);
        }
        at = piece.end;
        out.push_back(piece);
    }
    return out;
}

std::vector<Character> characters_of(std::string_view xml, const Piece& text) {
    std::vector<Character> out;
    out.reserve(text.end - text.begin);
    for (std::size_t at = text.begin; at < text.end;) {
        Character character;
        character.begin = at;
        if (xml[at] == '&') {
            const auto semicolon = xml.find(';', at);
            character.end = std::min(semicolon, text.end - 1) + 1;
            character.octets = referenced(xml.substr(at + 1, character.end - at - 2));
        } else {
            character.end = at + utf8::decode(xml, at).length;
            character.octets = xml.substr(at, character.end - at);
        }
        at = character.end;
        out.push_back(std::move(character));
    }
    return out;
}

std::string escaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        switch (text[i]) {
            case '\'':
                out += "&apos;";
                break;
            case ' ': {
                out += ' ';
                const auto more = std::min(text.find_first_not_of(' ', i), text.size()) - i - 1;
                if (more == 1) out += "<text:s/>";
                if (more > 1) out += "<text:s text:c=\"" + std::to_string(more) + "\"/>";
                i += more;
                break;
            }
            default:
                out += escaped_markup(text.substr(i, 1));
        }
    }
    return out;
}

bool has_usual_prefixes(std::string_view xml) {
    constexpr std::string_view odf = "urn:oasis:names:tc:opendocument:xmlns:";
    const std::array<std::pair<std::string_view, std::string>, 6> usual{{
        {"office", std::string(odf) + "office:1.0"},
        {"text", std::string(odf) + "text:1.0"},
        {"draw", std::string(odf) + "drawing:1.0"},
        {"dc", "http://purl.org/dc/elements/1.1/"},
        {"meta", std::string(odf) + "meta:1.0"},
        {"svg", std::string(odf) + "svg-compatible:1.0"},
    }};
    for (const auto& [prefix, uri] : usual) {
        const std::string declaration = "xmlns:" + std::string(prefix) + "=";
        for (auto at = xml.find(declaration); at != std::string_view::npos;
             at = xml.find(declaration, at + 1))
            if (xml.substr(at + declaration.size() + 1, uri.size()) != uri) return false;
        // Declared under another prefix: elements of that prefix would be passed over.
        for (const char quote : {'"', '\''}) {
            const std::string value = "=" + std::string(1, quote) + uri + quote;
            for (auto at = xml.find(value); at != std::string_view::npos;
                 at = xml.find(value, at + 1))
                if (at < prefix.size() + 6 ||
                    xml.substr(at - prefix.size() - 6, prefix.size() + 6) !=
                        "xmlns:" + std::string(prefix))
                    return false;
        }
    }
    return true;
}

}  // namespace paraphe::tmpl
