#include "xml/writer.hpp"

#include "base/utf8.hpp"

namespace paraphe::xml {

namespace {

enum class Place { text, attribute };

std::string_view replacement(char c, Place place) {
    const bool in_attribute = place == Place::attribute;
    switch (c) {
        case '&':
            return "&amp;";
        case '<':
            return "&lt;";
        case '>':
            return "&gt;";
        case '\r':
            return "&#xD;";
        case '"':
            return in_attribute ? "&quot;" : "";
        case '\t':
            return in_attribute ? "&#x9;" : "";
        case '\n':
            return in_attribute ? "&#xA;" : "";
        default:
            return static_cast<unsigned char>(c) < 0x20 ? "\uFFFD" : "";
    }
}

void append_escaped(std::string& out, std::string_view text, Place place) {
    std::size_t copied = 0;
    const auto replace = [&](std::size_t at, std::size_t length, std::string_view with) {
        out.append(text.substr(copied, at - copied));
        out.append(with);
        copied = at + length;
    };
    for (std::size_t at = 0; at < text.size();) {
        if (static_cast<unsigned char>(text[at]) < 0x80) {
            if (const std::string_view with = replacement(text[at], place); !with.empty())
                replace(at, 1, with);
            ++at;
            continue;
        }
        const utf8::Decoded decoded = utf8::decode(text, at);
        const char32_t c = decoded.code_point;
        if ((c == 0xFFFD && decoded.length == 1) || c == 0xFFFE || c == 0xFFFF)
            replace(at, decoded.length, "\uFFFD");
        at += decoded.length;
    }
    out.append(text.substr(copied));
}

void append_name(std::string& out, const NameView& name) {
    if (!name.prefix.empty()) out.append(name.prefix).append(":");
    out.append(name.local);
}

void append_namespace(std::string& out, const NamespaceView& declared) {
    out += " xmlns";
    if (!declared.prefix.empty()) out.append(":").append(declared.prefix);
    out += "=\"";
    append_escaped_attribute(out, declared.uri);
    out += '"';
}

void append_element(std::string& out, const Element& element,
                    const std::vector<NamespaceView>& inherited) {
    out += '<';
    append_name(out, element.name);
    for (const NamespaceView& declared : inherited)
        append_namespace(out, declared);
    for (const NamespaceView& declared : element.namespaces)
        append_namespace(out, declared);
    for (const Attribute& attribute : element.attributes) {
        out += ' ';
        append_name(out, attribute.name);
        out += "=\"";
        append_escaped_attribute(out, attribute.value);
        out += '"';
    }
    if (element.children.empty()) {
        out += "/>";
        return;
    }
    out += '>';
    for (const Node& node : element.children) {
        if (const auto* text = std::get_if<Text>(&node))
            append_escaped_text(out, text->text);
        else if (const auto* child = std::get_if<std::unique_ptr<Element>>(&node))
            append_element(out, **child, {});
        else if (const auto* comment = std::get_if<Comment>(&node))
            out.append("<!--").append(comment->text).append("-->");
        else if (const auto* pi = std::get_if<ProcessingInstruction>(&node))
            out.append("<?").append(pi->target).append(" ").append(pi->data).append("?>");
    }
    out += "</";
    append_name(out, element.name);
    out += '>';
}

/// What the ancestors declare and the element does not declare anew.
std::vector<NamespaceView> inherited_namespaces(const Element& element) {
    std::vector<NamespaceView> seen = element.namespaces;
    std::vector<NamespaceView> inherited;
    for (const Element* at = element.parent; at != nullptr; at = at->parent)
        for (const NamespaceView& declared : at->namespaces) {
            bool known = false;
            for (const NamespaceView& one : seen)
                known = known || one.prefix == declared.prefix;
            if (known) continue;
            seen.push_back(declared);
            if (!declared.uri.empty()) inherited.push_back(declared);
        }
    return inherited;
}

}  // namespace

void append_escaped_text(std::string& out, std::string_view text) {
    append_escaped(out, text, Place::text);
}

void append_escaped_attribute(std::string& out, std::string_view text) {
    append_escaped(out, text, Place::attribute);
}

std::string escape_text(std::string_view text) {
    std::string out;
    append_escaped_text(out, text);
    return out;
}

std::string escape_attribute(std::string_view text) {
    std::string out;
    append_escaped_attribute(out, text);
    return out;
}

Writer::Writer(Declaration declaration) {
    if (declaration == Declaration::utf8) out_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
}

void Writer::close_start_tag() {
    if (in_start_tag_) out_ += '>';
    in_start_tag_ = false;
}

Writer& Writer::start(std::string_view qualified_name) {
    close_start_tag();
    out_.append("<").append(qualified_name);
    open_.emplace_back(qualified_name);
    in_start_tag_ = true;
    return *this;
}

Writer& Writer::attribute(std::string_view qualified_name, std::string_view value) {
    if (!in_start_tag_)
        throw Error(ErrorKind::internal,
                    "attribute '" + std::string(qualified_name) + "' written outside a start tag");
    out_.append(" ").append(qualified_name).append("=\"");
    append_escaped_attribute(out_, value);
    out_ += '"';
    return *this;
}

Writer& Writer::text(std::string_view text) {
    if (text.empty()) return *this;
    close_start_tag();
    append_escaped_text(out_, text);
    return *this;
}

Writer& Writer::raw(std::string_view markup) {
    if (markup.empty()) return *this;
    close_start_tag();
    out_ += markup;
    return *this;
}

Writer& Writer::end() {
    if (open_.empty()) throw Error(ErrorKind::internal, "end of an XML element that is not open");
    if (in_start_tag_)
        out_ += "/>";
    else
        out_.append("</").append(open_.back()).append(">");
    in_start_tag_ = false;
    open_.pop_back();
    return *this;
}

Writer& Writer::element(std::string_view qualified_name, std::string_view content) {
    return start(qualified_name).text(content).end();
}

std::string Writer::take() {
    if (!open_.empty())
        throw Error(ErrorKind::internal, "XML element '" + open_.back() + "' is still open");
    return std::move(out_);
}

std::string write(const Element& element) {
    std::string out;
    append_element(out, element, inherited_namespaces(element));
    return out;
}

}  // namespace paraphe::xml
