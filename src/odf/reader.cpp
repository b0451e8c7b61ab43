#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "crypto/hash.hpp"
#include "odf/namespaces.hpp"
#include "odf/odf.hpp"
#include "xml/xml.hpp"
#include "zip/zip.hpp"

namespace paraphe::odf {

namespace {

constexpr std::string_view manifest_uri = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0";
constexpr std::string_view media_type_start = "application/vnd.oasis.opendocument.text";

[[noreturn]] void not_odf(const std::string& source, const std::string& problem) {
    throw Error(ErrorKind::malformed_input, problem, {source, 0, 0, {}},
                "save the file as .odt or .fodt in LibreOffice Writer", "not_odf");
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

/// Builds the tree of one XML part.
class Builder final : public xml::Handler {
public:
    Builder(ByteView octets, const std::string& source, const std::string& part)
        : octets_(octets),
          source_(std::make_shared<const std::string>(source)),
          part_(part.empty() ? nullptr : std::make_shared<const std::string>(part)) {}

    void start_element(const xml::StartTag& tag) override {
        auto element = std::make_shared<Element>();
        element->name = name_of(tag.name);
        element->provenance = provenance(tag.line);
        bool placed = false;
        element->attributes.reserve(tag.attributes.size());
        for (const auto& attribute : tag.attributes) {
            element->attributes.push_back({name_of(attribute.name), std::string(attribute.value)});
            pass_braces(attribute.value, tag.line);
            if (!placed && attribute.value.find_first_of("{%") != std::string_view::npos) {
                auto own = std::make_shared<Provenance>(*element->provenance);
                own->column = tag.column;
                element->provenance = std::move(own);
                placed = true;
            }
        }
        static const Name p("text:p"), h("text:h");
        if (element->name == p || element->name == h) ++paragraphs_;
        open_.push_back(std::move(element));
    }

    void end_element(const xml::NameView&) override {
        auto element = std::move(open_.back());
        open_.pop_back();
        static const Name p("text:p"), h("text:h");
        if (element->name == p || element->name == h) --paragraphs_;
        // Outside paragraphs white space between elements only makes the file readable.
        if (paragraphs_ == 0 &&
            std::any_of(
                element->children.begin(), element->children.end(),
                [](const Node& node) { return std::holds_alternative<ElementPtr>(node); }) &&
            element->name != p && element->name != h)
            std::erase_if(element->children, [](const Node& node) {
                const auto* text = std::get_if<Text>(&node);
                return text != nullptr && is_blank(text->text);
            });
        if (open_.empty())
            root = std::move(element);
        else
            open_.back()->children.emplace_back(ElementPtr(std::move(element)));
    }

    void text(std::string_view characters, int line) override {
        if (open_.empty()) return;
        ProvenancePtr from = provenance(line);
        if (const int column = pass_braces(characters, line); column > 0) {
            auto own = std::make_shared<Provenance>(*from);
            own->column = column;
            own->references = references_of(characters);
            const auto first = characters.find('{');
            if (characters.substr(0, first).find('\n') == std::string_view::npos)
                for (const Reference& each : own->references)
                    if (each.offset < first) own->column -= each.more;
            own->column = std::max(own->column, 1);
            from = std::move(own);
        }
        open_.back()->children.emplace_back(Text{std::string(characters), std::move(from)});
    }

    ElementPtr root;

private:
    Name name_of(const xml::NameView& name) {
        // Equal names come at equal addresses while one document is read.
        const auto key = std::make_pair(static_cast<const void*>(name.uri.data()),
                                        static_cast<const void*>(name.local.data()));
        const auto found = names_.find(key);
        if (found != names_.end()) return found->second;
        const std::string_view prefix = canonical_prefix(name.uri);
        std::string qualified;
        if (!prefix.empty())
            qualified = std::string(prefix) + ":" + std::string(name.local);
        else if (name.uri.empty())
            qualified = std::string(name.local);
        else
            qualified = "{" + std::string(name.uri) + "}" + std::string(name.local);
        const Name made(qualified);
        names_.emplace(key, made);
        return made;
    }

    /// One for each line, shared by what stands on it.
    const ProvenancePtr& provenance(int line) {
        if (!provenance_ || provenance_->line != line) {
            auto made = std::make_shared<Provenance>();
            made->source = source_;
            made->part = part_;
            made->line = line;
            provenance_ = std::move(made);
        }
        return provenance_;
    }

    /// What the file writes as references in the text whose first brace was met last.
    std::vector<Reference> references_of(std::string_view characters) const {
        std::vector<Reference> out;
        const auto end = octets_.find('<', first_brace_);
        const auto open = octets_.rfind('<', first_brace_);
        if (open == ByteView::npos || open + 1 >= octets_.size() ||
            octets_.substr(open, end - open).find('&') == ByteView::npos)
            return out;
        // After a comment or in a CDATA section we do not know where the text began.
        if (octets_[open + 1] == '!' || octets_[open + 1] == '?') return out;
        std::size_t raw = open;
        for (char quote = 0; raw < first_brace_; ++raw) {
            const char c = octets_[raw];
            if (quote != 0)
                quote = c == quote ? '\0' : quote;
            else if (c == '"' || c == '\'')
                quote = c;
            else if (c == '>')
                break;
        }
        ++raw;
        for (std::size_t i = 0; i < characters.size() && raw < octets_.size();) {
            if (octets_[raw] == '&') {
                const auto semicolon = octets_.find(';', raw);
                if (semicolon == ByteView::npos) break;
                out.push_back({i, static_cast<int>(semicolon - raw)});
                raw = semicolon + 1;
                i += utf8::decode(characters, i).length;
            } else if (octets_[raw] == characters[i]) {
                ++raw;
                ++i;
            } else {
                break;
            }
        }
        return out;
    }

    /// Keeps step with the braces of the file, in attributes and texts alike. Gives the column of
    /// the text's first character, such that its first brace has its true column though references
    /// stand before it; 0 when there is none. (The XML reader tells lines only.)
    int pass_braces(std::string_view characters, int line) {
        const auto first = characters.find('{');
        if (first == std::string_view::npos) return 0;
        while (line_ < line && line_start_ < octets_.size()) {
            const auto end = octets_.find('\n', line_start_);
            line_start_ = end == ByteView::npos ? octets_.size() : end + 1;
            ++line_;
        }
        std::size_t at = octets_.find('{', std::max(brace_, line_start_));
        if (at == ByteView::npos) return 0;
        brace_ = at + 1;
        first_brace_ = at;
        for (auto next = characters.find('{', first + 1); next != std::string_view::npos;
             next = characters.find('{', next + 1))
            brace_ = std::min(octets_.size(), octets_.find('{', brace_)) + 1;
        const auto before = characters.substr(0, first);
        if (before.find('\n') != std::string_view::npos) return 1;
        // Counted on from the brace before: Writer saves all on one line.
        if (counted_ < line_start_) {
            counted_ = line_start_;
            column_ = 0;
        }
        column_ += utf8::length(octets_.substr(counted_, at - counted_));
        counted_ = at;
        const auto column = static_cast<int>(column_) - static_cast<int>(utf8::length(before));
        return std::max(column + 1, 1);
    }

    struct Hash {
        std::size_t operator()(const std::pair<const void*, const void*>& key) const {
            return std::hash<const void*>()(key.first) * 31 + std::hash<const void*>()(key.second);
        }
    };

    ByteView octets_;
    std::shared_ptr<const std::string> source_, part_;
    std::size_t first_brace_ = 0;
    std::size_t brace_ = 0, line_start_ = 0;
    std::size_t counted_ = 0, column_ = 0;  ///< code points of the line before `counted_`
    int line_ = 1;
    std::vector<std::shared_ptr<Element>> open_;
    int paragraphs_ = 0;
    ProvenancePtr provenance_;
    std::unordered_map<std::pair<const void*, const void*>, Name, Hash> names_;
};

ElementPtr read_part(ByteView octets, const std::string& source, const std::string& part) {
    Builder builder(octets, source, part);
    xml::read(octets, {source, part}, builder);
    return builder.root;
}

std::string media_type_of(ByteView bytes) {
    if (bytes.substr(0, 8) == "\x89PNG\r\n\x1a\n") return "image/png";
    if (bytes.substr(0, 3) == "\xff\xd8\xff") return "image/jpeg";
    if (bytes.substr(0, 4) == "GIF8") return "image/gif";
    if (bytes.substr(0, 5) == "<?xml" || bytes.substr(0, 4) == "<svg") return "image/svg+xml";
    return "application/octet-stream";
}

std::string extension_of(const std::string& media_type) {
    if (media_type == "image/png") return ".png";
    if (media_type == "image/jpeg") return ".jpg";
    if (media_type == "image/gif") return ".gif";
    if (media_type == "image/svg+xml") return ".svg";
    return ".bin";
}

/// Moves the pictures of a flat file into parts, so that nobody else meets base64.
ElementPtr extract_pictures(const ElementPtr& element, std::vector<Part>& parts) {
    static const Name image("draw:image"), binary("office:binary-data"), href("xlink:href"),
        type("xlink:type"), show("xlink:show"), actuate("xlink:actuate");
    if (element->name == image)
        if (const ElementPtr data = element->child(binary)) {
            Part part;
            part.bytes = std::make_shared<const Bytes>(from_base64(plain_text(*data)));
            part.media_type = media_type_of(*part.bytes);
            part.path = "Pictures/image-" + std::to_string(parts.size() + 1) +
                        extension_of(part.media_type);
            auto out = std::make_shared<Element>(*element);
            std::erase_if(out->children, [&](const Node& node) {
                const auto* child = std::get_if<ElementPtr>(&node);
                return child != nullptr && *child == data;
            });
            set_attribute(*out, href, part.path);
            set_attribute(*out, type, "simple");
            set_attribute(*out, show, "embed");
            set_attribute(*out, actuate, "onLoad");
            parts.push_back(std::move(part));
            return out;
        }
    return with_each_child(element,
                           [&](const ElementPtr& child) { return extract_pictures(child, parts); });
}

bool is_text_media_type(std::string_view type) {
    return type.substr(0, media_type_start.size()) == media_type_start;
}

Document read_flat(ByteView octets, const std::string& source) {
    const ElementPtr root = read_part(octets, source, "");
    if (root->name != Name("office:document")) not_odf(source, "this is no flat OpenDocument file");
    Document out;
    out.source = source;
    out.version = root->attribute_or_empty(Name("office:version"));
    out.mimetype = root->attribute_or_empty(Name("office:mimetype"));
    if (!is_text_media_type(out.mimetype)) not_odf(source, "this is no text document");
    out.meta = root->child(Name("office:meta"));
    out.settings = root->child(Name("office:settings"));
    out.scripts = root->child(Name("office:scripts"));
    out.font_face_decls = out.styles_font_face_decls = root->child(Name("office:font-face-decls"));
    out.styles = root->child(Name("office:styles"));
    out.automatic_styles = out.styles_automatic_styles =
        root->child(Name("office:automatic-styles"));
    out.master_styles = root->child(Name("office:master-styles"));
    out.body = root->child(Name("office:body"));
    if (!out.body) not_odf(source, "the document has no office:body");
    out.body = extract_pictures(out.body, out.parts);
    if (out.master_styles) out.master_styles = extract_pictures(out.master_styles, out.parts);
    return out;
}

/// OpenOffice.org 2 left it to the DTD of its manifests to declare their namespace.
Bytes with_namespace(const Bytes& manifest) {
    constexpr std::string_view bare = "<manifest:manifest>";
    Bytes out = xml::without_doctype(manifest);
    if (const auto root = out.find(bare); root != Bytes::npos)
        out.insert(root + bare.size() - 1, " xmlns:manifest=\"" + std::string(manifest_uri) + "\"");
    return out;
}

/// Media types of the manifest by path. Throws for an encrypted package.
std::unordered_map<std::string, std::string> read_manifest(const zip::Archive& archive,
                                                           const std::string& source) {
    std::unordered_map<std::string, std::string> out;
    const auto octets = archive.read_if_present("META-INF/manifest.xml");
    if (!octets) return out;
    const auto document = xml::parse(with_namespace(*octets), {source, "META-INF/manifest.xml"});
    for (const auto* entry : document.root().elements(manifest_uri, "file-entry")) {
        if (entry->child(manifest_uri, "encryption-data") != nullptr)
            throw Error(ErrorKind::malformed_input, "the document is encrypted", {source, 0, 0, {}},
                        "save it without a password", "encrypted_odf");
        const std::string* path = entry->attribute(manifest_uri, "full-path");
        const std::string* type = entry->attribute(manifest_uri, "media-type");
        if (path != nullptr && type != nullptr) out[*path] = *type;
    }
    return out;
}

Document read_package(ByteView octets, const std::string& source) {
    const auto archive = zip::Archive::open(Bytes(octets), source);
    const auto types = read_manifest(archive, source);
    Document out;
    out.source = source;
    if (const auto mimetype = archive.read_if_present("mimetype"))
        out.mimetype = *mimetype;
    else if (const auto root = types.find("/"); root != types.end())
        out.mimetype = root->second;
    if (!is_text_media_type(out.mimetype)) not_odf(source, "this is no OpenDocument text");
    const auto content_octets = archive.read_if_present("content.xml");
    if (!content_octets) not_odf(source, "the package has no content.xml");
    const ElementPtr content = read_part(*content_octets, source, "content.xml");
    if (content->name != Name("office:document-content"))
        not_odf(source, "content.xml is no office:document-content");
    out.version = content->attribute_or_empty(Name("office:version"));
    out.scripts = content->child(Name("office:scripts"));
    out.font_face_decls = content->child(Name("office:font-face-decls"));
    out.automatic_styles = content->child(Name("office:automatic-styles"));
    out.body = content->child(Name("office:body"));
    if (!out.body) not_odf(source, "the document has no office:body");
    // Old packages declare their version in some parts only.
    const auto declare = [&out](const Element& root) {
        if (out.version.empty()) out.version = root.attribute_or_empty(Name("office:version"));
    };
    if (const auto part = archive.read_if_present("styles.xml")) {
        const ElementPtr styles = read_part(*part, source, "styles.xml");
        declare(*styles);
        out.styles_font_face_decls = styles->child(Name("office:font-face-decls"));
        out.styles = styles->child(Name("office:styles"));
        out.styles_automatic_styles = styles->child(Name("office:automatic-styles"));
        out.master_styles = styles->child(Name("office:master-styles"));
    }
    if (const auto part = archive.read_if_present("meta.xml")) {
        const ElementPtr meta = read_part(*part, source, "meta.xml");
        declare(*meta);
        out.meta = meta->child(Name("office:meta"));
    }
    if (const auto part = archive.read_if_present("settings.xml"))
        out.settings = read_part(*part, source, "settings.xml")->child(Name("office:settings"));
    for (const auto& [path, type] : std::map<std::string, std::string>(types.begin(), types.end()))
        if (path.ends_with('/') && path != "/" && !type.empty() &&
            std::any_of(archive.entries().begin(), archive.entries().end(),
                        [&folder = path](const zip::Entry& entry) {
                            return !entry.is_directory() && entry.name.starts_with(folder);
                        }))
            out.folders.push_back({path, type, nullptr});
    for (const auto& entry : archive.entries()) {
        if (entry.is_directory() || entry.name.starts_with("META-INF/") ||
            entry.name == "mimetype" || entry.name == "content.xml" || entry.name == "styles.xml" ||
            entry.name == "meta.xml" || entry.name == "settings.xml")
            continue;
        const auto type = types.find(entry.name);
        out.parts.push_back({entry.name, type == types.end() ? std::string() : type->second,
                             std::make_shared<const Bytes>(archive.read(entry.name))});
    }
    return out;
}

}  // namespace

Document read(ByteView octets, const std::string& source) {
    const auto named = [&](Document document) {
        document.sha256 = crypto::sha256(octets);
        return document;
    };
    if (octets.substr(0, 2) == "PK") return named(read_package(octets, source));
    std::string_view start = octets.substr(0, 64);
    if (start.substr(0, 3) == "\xEF\xBB\xBF") start.remove_prefix(3);
    while (!start.empty() && is_blank(start.substr(0, 1)))
        start.remove_prefix(1);
    if (start.empty() || start.front() != '<')
        not_odf(source, "this is neither an OpenDocument package nor a flat file");
    return named(read_flat(octets, source));
}

}  // namespace paraphe::odf
