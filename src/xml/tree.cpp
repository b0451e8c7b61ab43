#include <unordered_map>
#include <unordered_set>

#include "xml/xml.hpp"

namespace paraphe::xml {

struct Document::Data {
    Origin origin;
    std::unordered_set<std::string> names;  ///< nodes keep their addresses
    std::unique_ptr<Element> root;
    std::vector<Node> before;
    std::vector<Node> after;
};

Document::Document() : data_(std::make_unique<Data>()) {}
Document::~Document() = default;
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;

const Origin& Document::origin() const {
    return data_->origin;
}
const Element& Document::root() const {
    return *data_->root;
}
const std::vector<Node>& Document::before() const {
    return data_->before;
}
const std::vector<Node>& Document::after() const {
    return data_->after;
}

Location Document::location(const Element& element) const {
    return {data_->origin.source, element.line, element.column, data_->origin.part};
}

class TreeBuilder final : public Handler {
public:
    TreeBuilder(const Origin& origin, Keep keep) : keep_(keep) { data().origin = origin; }

    Document take() { return std::move(document_); }

    bool wants_comments() const override { return keep_ == Keep::everything; }

    void start_element(const StartTag& tag) override {
        auto element = std::make_unique<Element>();
        element->name = keep_name(tag.name);
        element->namespaces.reserve(tag.namespaces.size());
        for (const NamespaceView& declared : tag.namespaces)
            element->namespaces.push_back({keep_text(declared.prefix), keep_text(declared.uri)});
        element->attributes.reserve(tag.attributes.size());
        for (const AttributeView& attribute : tag.attributes)
            element->attributes.push_back(
                {keep_name(attribute.name), std::string(attribute.value)});
        element->parent = open_;
        element->line = tag.line;
        element->column = tag.column;
        Element* address = element.get();
        if (open_ == nullptr)
            data().root = std::move(element);
        else
            open_->children.emplace_back(std::move(element));
        open_ = address;
    }

    void end_element(const NameView&) override { open_ = const_cast<Element*>(open_->parent); }

    void text(std::string_view text, int line) override {
        if (open_ != nullptr) open_->children.emplace_back(Text{std::string(text), line});
    }

    void comment(std::string_view text) override {
        nodes().emplace_back(Comment{std::string(text)});
    }

    void processing_instruction(std::string_view target, std::string_view instruction) override {
        nodes().emplace_back(ProcessingInstruction{std::string(target), std::string(instruction)});
    }

private:
    Document::Data& data() { return *document_.data_; }

    std::vector<Node>& nodes() {
        if (open_ != nullptr) return open_->children;
        return data().root ? data().after : data().before;
    }

    /// The reader hands out equal names at equal addresses, so most are found without hashing text.
    std::string_view keep_text(std::string_view text) {
        if (text.empty()) return {};
        const auto [known, fresh] = by_address_.try_emplace(text.data());
        if (fresh) known->second = *data().names.emplace(text).first;
        return known->second;
    }

    NameView keep_name(const NameView& name) {
        return {keep_text(name.uri), keep_text(name.local), keep_text(name.prefix)};
    }

    Document document_;
    Keep keep_;
    Element* open_ = nullptr;
    std::unordered_map<const char*, std::string_view> by_address_;
};

Document parse(ByteView bytes, const Origin& origin, const Caps& caps, Keep keep) {
    TreeBuilder builder(origin, keep);
    read(bytes, origin, builder, caps);
    return builder.take();
}

const std::string* Element::attribute(std::string_view uri, std::string_view local) const {
    for (const Attribute& attribute : attributes)
        if (attribute.name.local == local && attribute.name.uri == uri) return &attribute.value;
    return nullptr;
}

std::string_view Element::attribute_or_empty(std::string_view local) const {
    const std::string* value = attribute(local);
    return value == nullptr ? std::string_view() : *value;
}

const Element* Element::child(std::string_view uri, std::string_view local) const {
    for (const Node& node : children)
        if (const auto* element = std::get_if<std::unique_ptr<Element>>(&node))
            if ((*element)->is(uri, local)) return element->get();
    return nullptr;
}

std::vector<const Element*> Element::elements() const {
    std::vector<const Element*> found;
    for (const Node& node : children)
        if (const auto* element = std::get_if<std::unique_ptr<Element>>(&node))
            found.push_back(element->get());
    return found;
}

std::vector<const Element*> Element::elements(std::string_view uri, std::string_view local) const {
    std::vector<const Element*> found;
    for (const Element* element : elements())
        if (element->is(uri, local)) found.push_back(element);
    return found;
}

namespace {

void append_text(std::string& out, const Element& element) {
    for (const Node& node : element.children) {
        if (const auto* text = std::get_if<Text>(&node))
            out += text->text;
        else if (const auto* child = std::get_if<std::unique_ptr<Element>>(&node))
            append_text(out, **child);
    }
}

}  // namespace

std::string Element::text() const {
    std::string out;
    append_text(out, *this);
    return out;
}

std::optional<std::string_view> Element::namespace_of(std::string_view prefix) const {
    if (prefix == "xml") return xml_namespace;
    for (const Element* element = this; element != nullptr; element = element->parent)
        for (const NamespaceView& declared : element->namespaces)
            if (declared.prefix == prefix) {
                if (declared.uri.empty()) return std::nullopt;
                return declared.uri;
            }
    return std::nullopt;
}

const Element* find_by_attribute(const Element& element, std::string_view local,
                                 std::string_view value) {
    if (const std::string* found = element.attribute(local); found != nullptr && *found == value)
        return &element;
    for (const Node& node : element.children)
        if (const auto* child = std::get_if<std::unique_ptr<Element>>(&node))
            if (const Element* found = find_by_attribute(**child, local, value)) return found;
    return nullptr;
}

}  // namespace paraphe::xml
