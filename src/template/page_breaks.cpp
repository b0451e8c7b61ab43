#include "template/page_breaks.hpp"

#include <map>
#include <set>

#include "odf/odf.hpp"

namespace paraphe::tmpl {

namespace {

using odf::Element;
using odf::ElementPtr;
using odf::Name;
using odf::Node;

const Name& break_name() {
    static const Name name("paraphe:break");
    return name;
}

ElementPtr find_style(const ElementPtr& list, std::string_view family, std::string_view name) {
    static const Name style("style:style"), style_name("style:name"), style_family("style:family");
    if (!list) return nullptr;
    for (const Node& node : list->children)
        if (const auto* each = std::get_if<ElementPtr>(&node))
            if ((*each)->name == style && (*each)->attribute_or_empty(style_name) == name &&
                (*each)->attribute_or_empty(style_family) == family)
                return *each;
    return nullptr;
}

ElementPtr first_paragraph(const Element& element) {
    static const Name p("text:p"), h("text:h");
    for (const Node& node : element.children)
        if (const auto* child = std::get_if<ElementPtr>(&node)) {
            if ((*child)->name == p || (*child)->name == h) return *child;
            if (ElementPtr found = first_paragraph(**child)) return found;
        }
    return nullptr;
}

class Settler {
public:
    explicit Settler(odf::Document& document) : document_(document) {
        for (const ElementPtr& list : {document.styles, document.automatic_styles})
            if (list)
                for (const Node& node : list->children)
                    if (const auto* style = std::get_if<ElementPtr>(&node))
                        taken_.emplace((*style)->attribute_or_empty(Name("style:name")));
    }

    void run() {
        document_.body = settled(document_.body);
        if (made_.empty()) return;
        const bool flat = document_.automatic_styles == document_.styles_automatic_styles;
        std::vector<Node> children;
        if (document_.automatic_styles) children = document_.automatic_styles->children;
        children.insert(children.end(), made_.begin(), made_.end());
        document_.automatic_styles =
            document_.automatic_styles
                ? odf::with_children(*document_.automatic_styles, std::move(children))
                : odf::make_element(Name("office:automatic-styles"), {}, std::move(children));
        if (flat) document_.styles_automatic_styles = document_.automatic_styles;
    }

private:
    static bool holds_flow(Name name) {
        static const Name body("office:body"), text("office:text"), section("text:section"),
            list("text:list"), item("text:list-item"), header("text:list-header");
        return name == body || name == text || name == section || name == list || name == item ||
               name == header;
    }

    ElementPtr settled(const ElementPtr& element) {
        static const Name p("text:p"), h("text:h"), table("table:table");
        std::vector<Node> children;
        children.reserve(element->children.size());
        bool changed = false;
        for (const Node& node : element->children) {
            const auto* child = std::get_if<ElementPtr>(&node);
            if (child == nullptr) {
                children.push_back(node);
                continue;
            }
            if (*child == end_of_break() || (*child)->name == break_name()) {
                pending_ = *child == end_of_break() ? nullptr : *child;
                changed = true;
                continue;
            }
            ElementPtr made = *child;
            if ((*child)->name == p || (*child)->name == h || (*child)->name == table) {
                if (pending_) made = with_break(*child, (*child)->name == table);
                pending_ = nullptr;
            } else if (holds_flow((*child)->name)) {
                made = settled(*child);
            }
            changed = changed || made != *child;
            children.emplace_back(std::move(made));
        }
        return changed ? odf::with_children(*element, std::move(children)) : element;
    }

    ElementPtr with_break(const ElementPtr& element, bool table) {
        const Name attribute(table ? "table:style-name" : "text:style-name");
        const std::string family = table ? "table" : "paragraph";
        const std::string old(element->attribute_or_empty(attribute));
        std::string& made = names_[{family + "|" + old, pending_}];
        if (made.empty()) made = derive(old, family);
        auto out = std::make_shared<Element>(*element);
        odf::set_attribute(*out, attribute, made);
        return out;
    }

    /// The style with the pending break.
    std::string derive(const std::string& old, const std::string& family) {
        static const Name properties_of_paragraph("style:paragraph-properties"),
            properties_of_table("style:table-properties"), master("style:master-page-name"),
            style_name("style:name"), display("style:display-name"), page("style:page-number"),
            break_before("fo:break-before");
        const Name properties_name =
            family == "table" ? properties_of_table : properties_of_paragraph;
        std::string name = (old.empty() ? "P" : old) + "_saut";
        for (int n = 2; !taken_.insert(name).second; ++n)
            name = (old.empty() ? "P" : old) + "_saut_" + std::to_string(n);
        std::vector<odf::Attribute> attributes{{style_name, name}, {Name("style:family"), family}};
        std::vector<Node> children;
        if (const ElementPtr style = find_style(document_.automatic_styles, family, old)) {
            attributes = style->attributes;
            children = style->children;
            std::erase_if(attributes, [&](const odf::Attribute& each) {
                return each.name == display || each.name == master;
            });
            for (odf::Attribute& each : attributes)
                if (each.name == style_name) each.value = name;
        } else if (!old.empty()) {
            attributes.push_back({Name("style:parent-style-name"), old});
        }
        if (const std::string* to = pending_->attribute(master))
            attributes.push_back({master, *to});
        auto properties = std::make_shared<Element>();
        properties->name = properties_name;
        auto place = children.begin();
        if (place != children.end())
            if (const auto* first = std::get_if<ElementPtr>(&*place);
                first != nullptr && (*first)->name == properties_name) {
                *properties = **first;
                place = children.erase(place);
            }
        for (const Name each : {break_before, page})
            if (const std::string* to = pending_->attribute(each))
                odf::set_attribute(*properties, each, *to);
        if (!properties->attributes.empty() || !properties->children.empty())
            children.insert(children.begin(), Node(ElementPtr(std::move(properties))));
        made_.emplace_back(
            odf::make_element(Name("style:style"), std::move(attributes), std::move(children)));
        return name;
    }

    odf::Document& document_;
    ElementPtr pending_;
    std::set<std::string> taken_;
    std::map<std::pair<std::string, ElementPtr>, std::string> names_;
    std::vector<Node> made_;
};

}  // namespace

ElementPtr break_of(const Element& carrier, const odf::Document& document) {
    static const Name p("text:p"), h("text:h"), row("table:table-row"),
        style_name("text:style-name"), parent("style:parent-style-name"),
        properties("style:paragraph-properties"), master("style:master-page-name"),
        page("style:page-number"), before("fo:break-before"), after("fo:break-after");
    if (carrier.name == row) return nullptr;
    ElementPtr held;
    if (carrier.name != p && carrier.name != h) {
        held = first_paragraph(carrier);
        if (!held) return nullptr;
    }
    std::string name((held ? *held : carrier).attribute_or_empty(style_name));
    std::vector<odf::Attribute> found;
    bool know_break = false, know_master = false;
    for (int i = 0; i < 50 && !name.empty(); ++i) {
        ElementPtr style = find_style(document.automatic_styles, "paragraph", name);
        if (!style) style = find_style(document.styles, "paragraph", name);
        if (!style) break;
        const ElementPtr asked = style->child(properties);
        if (const std::string* to = style->attribute(master); to != nullptr && !know_master) {
            know_master = true;
            if (!to->empty()) {
                found.push_back({master, *to});
                if (asked)
                    if (const std::string* number = asked->attribute(page))
                        found.push_back({page, *number});
            }
        }
        if (asked && !know_break)
            for (const Name each : {before, after})
                if (const std::string* to = asked->attribute(each)) {
                    know_break = true;
                    if (*to == "page" || *to == "column") {
                        found.push_back({before, *to});
                        break;
                    }
                }
        name = style->attribute_or_empty(parent);
    }
    if (found.empty()) return nullptr;
    return odf::make_element(break_name(), std::move(found));
}

const ElementPtr& end_of_break() {
    static const ElementPtr made = odf::make_element(Name("paraphe:end-of-break"), {});
    return made;
}

bool is_break(const Node& node) {
    const auto* element = std::get_if<ElementPtr>(&node);
    return element != nullptr && ((*element)->name == break_name() || *element == end_of_break());
}

void settle_breaks(odf::Document& document) {
    if (document.body) Settler(document).run();
}

}  // namespace paraphe::tmpl
