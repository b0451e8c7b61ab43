#include <algorithm>
#include <map>
#include <set>

#include "base/error.hpp"
#include "odf/kerning.hpp"
#include "odf/namespaces.hpp"
#include "odf/odf.hpp"
#include "xml/writer.hpp"
#include "zip/zip.hpp"

namespace paraphe::odf {

namespace {

const Name& written_name() {
    static const Name name("paraphe:written");
    return name;
}

/// Writes elements with canonical prefixes; foreign namespaces are declared where they are met.
class Serializer {
public:
    /// New names of parts, by old name; applied to every xlink:href.
    std::map<std::string, std::string> renamed;
    bool refers = false;  ///< some xlink:href was met

    void write(const Element& element, std::string& out) {
        static const Name href("xlink:href");
        if (element.name == written_name()) {
            out += std::get<Text>(element.children.front()).text;
            return;
        }
        out += '<';
        std::string declarations;
        append_name(element.name, out, declarations);
        for (const Attribute& attribute : element.attributes) {
            out += ' ';
            append_name(attribute.name, out, declarations);
            out += "=\"";
            refers = refers || attribute.name == href;
            const auto renaming = attribute.name == href && !renamed.empty()
                                      ? renamed.find(attribute.value)
                                      : renamed.end();
            xml::append_escaped_attribute(
                out, renaming == renamed.end() ? attribute.value : renaming->second);
            out += '"';
        }
        out += declarations;
        if (element.children.empty()) {
            out += "/>";
            return;
        }
        out += '>';
        for (const Node& node : element.children)
            write(node, out);
        out += "</";
        append_name(element.name, out, declarations);
        out += '>';
    }

    void write(const Node& node, std::string& out) {
        if (const auto* text = std::get_if<Text>(&node))
            xml::append_escaped_text(out, text->text);
        else
            write(*std::get<ElementPtr>(node), out);
    }

private:
    static void append_name(Name name, std::string& out, std::string& declarations) {
        const std::string& text = name.str();
        if (text.empty() || text.front() != '{') {
            out += text;
            return;
        }
        const auto close = text.find('}');
        const std::string uri = text.substr(1, close - 1);
        // A prefix of its own for each foreign namespace, from the URI alone.
        std::uint32_t hash = 2166136261u;
        for (unsigned char c : uri)
            hash = (hash ^ c) * 16777619u;
        const std::string prefix = "ns" + std::to_string(hash);
        out += prefix + ":" + text.substr(close + 1);
        const std::string declaration =
            " xmlns:" + prefix + "=\"" + xml::escape_attribute(uri) + "\"";
        if (declarations.find(declaration) == std::string::npos) declarations += declaration;
    }
};

/// About how many octets the element takes: to reserve them, since a text that grows by doubling
/// holds three times its size while it is copied.
std::size_t size_of(const Element& element) {
    std::size_t out = 2 * element.name.str().size() + 5;
    for (const Attribute& attribute : element.attributes)
        out += attribute.name.str().size() + attribute.value.size() + 4;
    for (const Node& node : element.children) {
        const auto* text = std::get_if<Text>(&node);
        out += text != nullptr ? text->text.size() : size_of(*std::get<ElementPtr>(node));
    }
    return out;
}

/// Room for the elements and some references (&amp;) in them; pages never touched cost nothing.
void reserve_for(const std::vector<ElementPtr>& elements, std::string& out) {
    std::size_t size = out.size() + 1024;
    for (const ElementPtr& each : elements)
        if (each) size += size_of(*each);
    out.reserve(size + size / 8);
}

std::string root_start(std::string_view name, const Document& document) {
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<";
    out += name;
    for (const auto& [prefix, uri] : namespaces())
        out += " xmlns:" + std::string(prefix) + "=\"" + std::string(uri) + "\"";
    out += " office:version=\"" +
           xml::escape_attribute(document.version.empty() ? "1.3" : document.version) + "\"";
    return out;
}

std::string part_xml(std::string_view root, const Document& document,
                     const std::vector<ElementPtr>& children, Serializer& serializer) {
    std::string out = root_start(root, document) + ">";
    reserve_for(children, out);
    for (const ElementPtr& child : children)
        if (child) serializer.write(*child, out);
    return out.append("</").append(root).append(">");
}

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

/// The automatic styles of content.xml, when a flat file gave one list for all: page layouts
/// belong to styles.xml.
ElementPtr without_page_layouts(const ElementPtr& styles) {
    if (!styles) return styles;
    std::vector<Node> children;
    for (const Node& node : styles->children) {
        const auto* child = std::get_if<ElementPtr>(&node);
        if (child == nullptr || (*child)->name != Name("style:page-layout"))
            children.push_back(node);
    }
    return with_children(*styles, std::move(children));
}

std::string style_key(const Element& element) {
    return element.name.str() + " " +
           std::string(element.attribute_or_empty(Name("style:family"))) + " " +
           std::string(element.attribute_or_empty(Name("style:name")));
}

/// A copy with every reference to a renamed style (…style-name attributes and style:name) changed.
ElementPtr rename_styles(const ElementPtr& element,
                         const std::map<std::string, std::string>& names) {
    return with_changes(element, [&](Element& each) {
        rename_references(each, names, [](Name attribute) {
            const std::string& name = attribute.str();
            return name.ends_with("style-name") || name == "style:name";
        });
    });
}

struct FlatStyles {
    ElementPtr automatic, master;
};

/// One list of automatic styles out of the two of a package. Where a name means two things, the
/// one of styles.xml gets another name, in the master pages too.
FlatStyles join_automatic_styles(const Document& document) {
    FlatStyles out{document.automatic_styles, document.master_styles};
    const ElementPtr& second = document.styles_automatic_styles;
    if (!second || second == document.automatic_styles) return out;
    if (!document.automatic_styles) return {second, document.master_styles};
    std::map<std::string, std::string> first_markup;
    std::set<std::string> taken;
    for (const Node& node : document.automatic_styles->children)
        if (const auto* child = std::get_if<ElementPtr>(&node)) {
            first_markup[style_key(**child)] = markup(**child);
            taken.insert(std::string((*child)->attribute_or_empty(Name("style:name"))));
        }
    std::map<std::string, std::string> renamed;
    std::vector<Node> children = document.automatic_styles->children;
    std::vector<ElementPtr> added;
    for (const Node& node : second->children) {
        const auto* child = std::get_if<ElementPtr>(&node);
        if (child == nullptr) continue;
        const auto same = first_markup.find(style_key(**child));
        if (same != first_markup.end() && same->second == markup(**child)) continue;
        const std::string name((*child)->attribute_or_empty(Name("style:name")));
        if (same != first_markup.end()) {
            std::string other = name;
            do
                other += "_m";
            while (taken.contains(other));
            taken.insert(other);
            renamed[name] = other;
        }
        added.push_back(*child);
    }
    for (const ElementPtr& child : added)
        children.emplace_back(renamed.empty() ? child : rename_styles(child, renamed));
    out.automatic = with_children(*document.automatic_styles, std::move(children));
    if (out.master && !renamed.empty()) out.master = rename_styles(out.master, renamed);
    return out;
}

/// draw:image that names a part → with its octets inside.
ElementPtr inline_pictures(const ElementPtr& element, const Document& document) {
    static const Name image("draw:image"), href("xlink:href");
    if (element->name == image) {
        std::string_view path = element->attribute_or_empty(href);
        if (path.starts_with("./")) path.remove_prefix(2);
        const auto part = std::find_if(document.parts.begin(), document.parts.end(),
                                       [&](const Part& p) { return p.path == path; });
        if (part == document.parts.end()) return element;
        auto out = std::make_shared<Element>(*element);
        std::erase_if(out->attributes, [](const Attribute& attribute) {
            return attribute.name.str().starts_with("xlink:");
        });
        out->children.insert(out->children.begin(),
                             Node(make_element(Name("office:binary-data"), {},
                                               {Text{to_base64(*part->bytes), {}}})));
        return out;
    }
    return with_each_child(
        element, [&](const ElementPtr& child) { return inline_pictures(child, document); });
}

}  // namespace

std::string markup(const Element& element) {
    std::string out;
    Serializer().write(element, out);
    return out;
}

bool write_ahead(const std::vector<Node>& nodes, std::string& markup) {
    const std::size_t before = markup.size();
    Serializer serializer;
    for (const Node& node : nodes)
        serializer.write(node, markup);
    if (serializer.refers) markup.resize(before);
    return !serializer.refers;
}

ElementPtr written(std::string markup) {
    return make_element(written_name(), {}, {Text{std::move(markup), {}}});
}

bool is_written(const Node& node) {
    const auto* element = std::get_if<ElementPtr>(&node);
    return element != nullptr && (*element)->name == written_name();
}

Bytes write_package(const Document& document) {
    Serializer serializer;
    std::size_t count = 0;
    for (const Part& part : document.parts) {
        if (is_ascii(part.path)) continue;
        const auto dot = part.path.rfind('.');
        const std::string ending = dot == std::string::npos || !is_ascii(part.path.substr(dot))
                                       ? ""
                                       : part.path.substr(dot);
        serializer.renamed[part.path] = "Pictures/part-" + std::to_string(++count) + ending;
    }
    const bool was_flat =
        document.automatic_styles && document.automatic_styles == document.styles_automatic_styles;

    const std::string version =
        xml::escape_attribute(document.version.empty() ? "1.3" : document.version);
    // The manifest tells a version from ODF 1.2 on.
    const std::string manifest_version = version == "1.0" || version == "1.1"
                                             ? std::string()
                                             : " manifest:version=\"" + version + "\"";
    std::vector<zip::Item> items;
    std::string manifest =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest:manifest "
        "xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"" +
        manifest_version + ">";
    const auto list = [&](const std::string& path, const std::string& type, bool root = false) {
        manifest += "<manifest:file-entry manifest:full-path=\"" + xml::escape_attribute(path) +
                    "\"" + (root ? manifest_version : "") + " manifest:media-type=\"" +
                    xml::escape_attribute(type) + "\"/>";
    };
    const auto add = [&](const std::string& path, const std::string& type, Bytes bytes) {
        list(path, type);
        items.push_back({path, std::move(bytes), zip::Method::deflated});
    };
    items.push_back({"mimetype", document.mimetype, zip::Method::stored});
    list("/", document.mimetype, true);
    add("content.xml", "text/xml",
        part_xml(
            "office:document-content", document,
            {document.scripts, document.font_face_decls,
             was_flat ? without_page_layouts(document.automatic_styles) : document.automatic_styles,
             document.body},
            serializer));
    add("styles.xml", "text/xml",
        part_xml("office:document-styles", document,
                 {document.styles_font_face_decls,
                  is_flat(document) ? styles_with_kerning_said(document) : document.styles,
                  document.styles_automatic_styles, document.master_styles},
                 serializer));
    add("meta.xml", "text/xml",
        part_xml("office:document-meta", document, {document.meta}, serializer));
    if (document.settings)
        add("settings.xml", "text/xml",
            part_xml("office:document-settings", document, {document.settings}, serializer));
    for (const Part& part : document.parts) {
        const auto renaming = serializer.renamed.find(part.path);
        add(renaming == serializer.renamed.end() ? part.path : renaming->second, part.media_type,
            *part.bytes);
    }
    for (const Part& folder : document.folders)
        list(folder.path, folder.media_type);
    manifest += "</manifest:manifest>";
    items.push_back({"META-INF/manifest.xml", std::move(manifest), zip::Method::deflated});
    return zip::write(items);
}

Bytes write_flat(const Document& document) {
    const FlatStyles styles = join_automatic_styles(document);
    std::string out = root_start("office:document", document) + " office:mimetype=\"" +
                      xml::escape_attribute(document.mimetype) + "\">";
    Serializer serializer;
    const ElementPtr fonts =
        document.font_face_decls ? document.font_face_decls : document.styles_font_face_decls;
    const std::vector<ElementPtr> children{
        document.meta,
        document.settings,
        document.scripts,
        fonts,
        is_flat(document) ? document.styles : styles_with_kerning_said(document),
        styles.automatic,
        styles.master ? inline_pictures(styles.master, document) : nullptr,
        inline_pictures(document.body, document)};
    reserve_for(children, out);
    for (const ElementPtr& child : children) {
        if (!child) continue;
        out += '\n';
        serializer.write(*child, out);
    }
    return out.append("\n</office:document>\n");
}

}  // namespace paraphe::odf
