#include "xml/canonical.hpp"

#include <algorithm>
#include <tuple>

namespace paraphe::xml {

void append_canonical(std::string& out, std::string_view text, bool in_attribute) {
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '\r')
            out += "&#xD;";
        else if (c == '>' && !in_attribute)
            out += "&gt;";
        else if (c == '"' && in_attribute)
            out += "&quot;";
        else if (c == '\t' && in_attribute)
            out += "&#x9;";
        else if (c == '\n' && in_attribute)
            out += "&#xA;";
        else
            out += c;
    }
}

namespace {

void append_name(std::string& out, const NameView& name) {
    if (!name.prefix.empty()) out.append(name.prefix).append(":");
    out.append(name.local);
}

class Canonicalizer {
public:
    Canonicalizer(const Element* left_out, Comments comments)
        : left_out_(left_out), comments_(comments) {}

    /// The top of the subset: all namespaces in scope and inherited xml: attributes stand on it.
    void apex(const Element& element) {
        std::vector<const Element*> path;
        for (const Element* at = element.parent; at != nullptr; at = at->parent)
            path.push_back(at);
        std::vector<NamespaceView> context;
        for (auto at = path.rbegin(); at != path.rend(); ++at)
            bind(context, (*at)->namespaces);
        bind(context, element.namespaces);
        std::vector<const Attribute*> attributes = own_attributes(element);
        for (const Element* at : path)
            for (const Attribute& attribute : at->attributes)
                if (attribute.name.uri == xml_namespace &&
                    std::none_of(attributes.begin(), attributes.end(), [&](const Attribute* other) {
                        return other->name.uri == xml_namespace &&
                               other->name.local == attribute.name.local;
                    }))
                    attributes.push_back(&attribute);
        std::vector<NamespaceView> written;
        for (const NamespaceView& bound : context)
            if (!bound.uri.empty()) written.push_back(bound);
        write(element, written, attributes, context);
    }

    void outside_root(const Node& node, bool before) {
        std::string part;
        part.swap(out_);
        leaf(node);
        part.swap(out_);
        if (part.empty()) return;
        out_ += before ? part + "\n" : "\n" + part;
    }

    std::string take() { return std::move(out_); }

private:
    static void bind(std::vector<NamespaceView>& context,
                     const std::vector<NamespaceView>& declarations) {
        for (const NamespaceView& declared : declarations) {
            if (declared.prefix == "xml") continue;
            const auto bound = std::find_if(context.begin(), context.end(), [&](const auto& one) {
                return one.prefix == declared.prefix;
            });
            if (bound == context.end())
                context.push_back(declared);
            else
                bound->uri = declared.uri;
        }
    }

    static std::vector<const Attribute*> own_attributes(const Element& element) {
        std::vector<const Attribute*> attributes;
        for (const Attribute& attribute : element.attributes)
            attributes.push_back(&attribute);
        return attributes;
    }

    void element(const Element& element, const std::vector<NamespaceView>& outer) {
        std::vector<NamespaceView> written;
        for (const NamespaceView& declared : element.namespaces) {
            if (declared.prefix == "xml") continue;
            const auto bound = std::find_if(outer.begin(), outer.end(), [&](const auto& one) {
                return one.prefix == declared.prefix;
            });
            const std::string_view before = bound == outer.end() ? std::string_view() : bound->uri;
            if (before != declared.uri) written.push_back(declared);
        }
        std::vector<NamespaceView> context = outer;
        bind(context, element.namespaces);
        write(element, written, own_attributes(element), context);
    }

    void write(const Element& element, std::vector<NamespaceView> namespaces,
               std::vector<const Attribute*> attributes,
               const std::vector<NamespaceView>& context) {
        std::sort(namespaces.begin(), namespaces.end(),
                  [](const auto& a, const auto& b) { return a.prefix < b.prefix; });
        std::sort(attributes.begin(), attributes.end(), [](const auto* a, const auto* b) {
            return std::tie(a->name.uri, a->name.local) < std::tie(b->name.uri, b->name.local);
        });
        out_ += '<';
        append_name(out_, element.name);
        for (const NamespaceView& bound : namespaces) {
            out_ += " xmlns";
            if (!bound.prefix.empty()) out_.append(":").append(bound.prefix);
            out_ += "=\"";
            append_canonical(out_, bound.uri, true);
            out_ += '"';
        }
        for (const Attribute* attribute : attributes) {
            out_ += ' ';
            append_name(out_, attribute->name);
            out_ += "=\"";
            append_canonical(out_, attribute->value, true);
            out_ += '"';
        }
        out_ += '>';
        for (const Node& node : element.children) {
            if (const auto* child = std::get_if<std::unique_ptr<Element>>(&node)) {
                if (child->get() != left_out_) this->element(**child, context);
            } else {
                leaf(node);
            }
        }
        out_ += "</";
        append_name(out_, element.name);
        out_ += '>';
    }

    void leaf(const Node& node) {
        if (const auto* text = std::get_if<Text>(&node)) {
            append_canonical(out_, text->text, false);
        } else if (const auto* pi = std::get_if<ProcessingInstruction>(&node)) {
            out_.append("<?").append(pi->target);
            if (!pi->data.empty()) out_.append(" ").append(pi->data);
            out_ += "?>";
        } else if (const auto* comment = std::get_if<Comment>(&node)) {
            if (comments_ == Comments::keep)
                out_.append("<!--").append(comment->text).append("-->");
        }
    }

    const Element* left_out_;
    Comments comments_;
    std::string out_;
};

}  // namespace

std::string canonical(const Document& document, Comments comments) {
    Canonicalizer canonicalizer(nullptr, comments);
    for (const Node& node : document.before())
        canonicalizer.outside_root(node, true);
    canonicalizer.apex(document.root());
    for (const Node& node : document.after())
        canonicalizer.outside_root(node, false);
    return canonicalizer.take();
}

std::string canonical(const Element& element, Comments comments) {
    return canonical_without(element, nullptr, comments);
}

std::string canonical_without(const Element& element, const Element* left_out, Comments comments) {
    Canonicalizer canonicalizer(left_out, comments);
    canonicalizer.apex(element);
    return canonicalizer.take();
}

}  // namespace paraphe::xml
