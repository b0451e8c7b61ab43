#include "redline/old_content.hpp"

#include <algorithm>

#include "odf/odf.hpp"

namespace paraphe::redline {

namespace {

using odf::Element;
using odf::ElementPtr;
using odf::Name;
using odf::Node;

/// The family whose styles an element's style-name names; empty: it names none.
std::string family_of(Name element) {
    const std::string& name = element.str();
    if (name == "text:p" || name == "text:h") return "paragraph";
    if (name == "text:span" || name == "text:a") return "text";
    if (name == "text:list") return "list";
    if (name == "table:table") return "table";
    if (name == "table:table-row") return "table-row";
    if (name == "table:table-column") return "table-column";
    if (name == "table:table-cell" || name == "table:covered-table-cell") return "table-cell";
    return {};
}

bool is_identity(const std::string& attribute) {
    return attribute == "xml:id" || attribute == "text:id" || attribute == "text:continue-list" ||
           attribute == "text:continue-numbering" || attribute == "table:name";
}

}  // namespace

OldContent::OldContent(const odf::Document& before, odf::Document& into)
    : before_(before), into_(into) {
    index(before.styles, common_);
    index(before.automatic_styles, automatic_);
    index(before.styles_automatic_styles, furniture_);
    index(into.styles, present_);
    for (const ElementPtr& list :
         {into.styles, into.automatic_styles, into.styles_automatic_styles}) {
        Index all;
        index(list, all);
        for (const auto& [key, style] : all)
            taken_.insert(key.second);
    }
    if (into.font_face_decls)
        for (const Node& node : into.font_face_decls->children)
            if (const auto* face = std::get_if<ElementPtr>(&node))
                fonts_.insert(std::string((*face)->attribute_or_empty(Name("style:name"))));
}

void OldContent::index(const ElementPtr& list, Index& into) {
    static const Name style("style:style"), list_style("text:list-style"), name("style:name"),
        family("style:family");
    if (!list) return;
    for (const Node& node : list->children) {
        const auto* each = std::get_if<ElementPtr>(&node);
        if (each == nullptr) continue;
        const std::string called((*each)->attribute_or_empty(name));
        if ((*each)->name == style)
            into.emplace(std::pair(std::string((*each)->attribute_or_empty(family)), called),
                         *each);
        else if ((*each)->name == list_style)
            into.emplace(std::pair(std::string("list"), called), *each);
    }
}

void OldContent::font(const std::string& name) {
    if (!before_.font_face_decls || !fonts_.insert(name).second) return;
    for (const Node& node : before_.font_face_decls->children) {
        const auto* face = std::get_if<ElementPtr>(&node);
        if (face == nullptr || (*face)->attribute_or_empty(Name("style:name")) != name) continue;
        const bool flat = into_.font_face_decls == into_.styles_font_face_decls;
        for (ElementPtr* list : {&into_.font_face_decls, &into_.styles_font_face_decls}) {
            if (list == &into_.styles_font_face_decls && flat) {
                *list = into_.font_face_decls;
                continue;
            }
            std::vector<Node> children = *list ? (*list)->children : std::vector<Node>();
            children.emplace_back(*face);
            *list =
                *list ? odf::with_children(**list, std::move(children))
                      : odf::make_element(Name("office:font-face-decls"), {}, std::move(children));
        }
    }
}

ElementPtr OldContent::prepared(const Element& style_element, const std::string& name,
                                bool furniture) {
    static const Name style_name("style:name"), display("style:display-name"),
        master("style:master-page-name"), parent("style:parent-style-name"),
        next("style:next-style-name"), list("style:list-style-name"), family("style:family"),
        page_number("style:page-number");
    auto made = std::make_shared<Element>(style_element);
    const bool renamed = made->attribute_or_empty(style_name) != name;
    std::erase_if(made->attributes, [&](const odf::Attribute& each) {
        return each.name == master || each.name == page_number || each.name == next ||
               (renamed && each.name == display) || each.name.str().starts_with("style:data-style");
    });
    odf::set_attribute(*made, style_name, name);
    const std::string kind(made->attribute_or_empty(family));
    for (odf::Attribute& each : made->attributes) {
        if (each.value.empty()) continue;
        if (each.name == parent) each.value = style(kind, each.value, furniture);
        if (each.name == list) each.value = style("list", each.value, furniture);
    }
    return odf::with_changes(made, [&](Element& each) {
        static const Name text_style("text:style-name");
        for (odf::Attribute& attribute : each.attributes) {
            if (attribute.name.str().starts_with("style:font-name")) font(attribute.value);
            if (attribute.name == text_style && !attribute.value.empty())
                attribute.value = style("text", attribute.value, furniture);
        }
        if (each.name == Name("style:paragraph-properties"))
            std::erase_if(each.attributes, [](const odf::Attribute& a) {
                return a.name == Name("style:page-number");
            });
    });
}

void OldContent::add(const ElementPtr& style_element, bool common, bool furniture) {
    const auto append = [&](ElementPtr& list, const char* name) {
        std::vector<Node> children = list ? list->children : std::vector<Node>();
        children.emplace_back(style_element);
        list = list ? odf::with_children(*list, std::move(children))
                    : odf::make_element(Name(name), {}, std::move(children));
    };
    if (common) return append(into_.styles, "office:styles");
    const bool flat = into_.automatic_styles == into_.styles_automatic_styles;
    append(furniture && !flat ? into_.styles_automatic_styles : into_.automatic_styles,
           "office:automatic-styles");
    if (flat) into_.styles_automatic_styles = into_.automatic_styles;
}

std::string OldContent::style(std::string_view family, const std::string& name, bool furniture) {
    const std::string key = std::string(family) + "|" + name + (furniture ? "|f" : "|");
    if (const auto known = names_.find(key); known != names_.end()) return known->second;
    names_[key] = name;  // a style that names itself ends here
    const auto id = std::pair(std::string(family), name);
    const Index& own = furniture ? furniture_ : automatic_;
    if (const auto found = own.find(id); found != own.end()) {
        std::string made = "ancien_" + name;
        for (int n = 2; !taken_.insert(made).second; ++n)
            made = "ancien_" + name + "_" + std::to_string(n);
        names_[key] = made;
        add(prepared(*found->second, made, furniture), false, furniture);
        return made;
    }
    if (const auto found = common_.find(id); found != common_.end() && !present_.contains(id)) {
        present_.emplace(id, found->second);
        taken_.insert(name);
        add(prepared(*found->second, name, furniture), true, furniture);
    }
    return name;
}

std::string OldContent::tracked_row_style(const std::string& base, bool furniture) {
    static const Name style("style:style"), name("style:name"), family("style:family"),
        properties("style:table-row-properties"), text_alone("loext:text-changes-only");
    const auto [known, fresh] = row_styles_.try_emplace({base, furniture});
    if (!fresh) return known->second;
    Index present;
    index(furniture ? into_.styles_automatic_styles : into_.automatic_styles, present);
    index(into_.styles, present);
    const auto found = present.find({"table-row", base});
    auto made = found != present.end()
                    ? std::make_shared<Element>(*found->second)
                    : std::make_shared<Element>(*odf::make_element(style, {{family, "table-row"}}));
    std::string called = base.empty() ? "ligne_suivie" : base + "_suivie";
    for (int n = 2; !taken_.insert(called).second; ++n)
        called = (base.empty() ? "ligne_suivie_" : base + "_suivie_") + std::to_string(n);
    odf::set_attribute(*made, name, called);
    std::erase_if(made->attributes, [](const odf::Attribute& each) {
        return each.name == Name("style:display-name");
    });
    auto row = std::make_shared<Element>(*odf::make_element(properties, {}));
    std::vector<Node> others;
    for (const Node& node : made->children) {
        const auto* child = std::get_if<ElementPtr>(&node);
        if (child != nullptr && (*child)->name == properties)
            row = std::make_shared<Element>(**child);
        else
            others.push_back(node);
    }
    odf::set_attribute(*row, text_alone, "false");
    others.insert(others.begin(), ElementPtr(row));
    made->children = std::move(others);
    add(made, false, furniture);
    return known->second = called;
}

ElementPtr OldContent::element(const Element& old, std::vector<Node> children, bool furniture) {
    static const std::set<std::string, std::less<>> references{
        "text:style-name", "table:style-name", "table:default-cell-style-name",
        "text:visited-style-name"};
    std::vector<odf::Attribute> attributes;
    const std::string family = family_of(old.name);
    for (const odf::Attribute& each : old.attributes) {
        const std::string& name = each.name.str();
        if (is_identity(name) || name == "text:class-names" || name == "text:cond-style-name")
            continue;
        if (!references.contains(name) || each.value.empty()) {
            attributes.push_back(each);
            continue;
        }
        const std::string kind =
            name == "table:default-cell-style-name" ? std::string("table-cell") : family;
        attributes.push_back(
            {each.name, kind.empty() ? each.value : style(kind, each.value, furniture)});
    }
    return odf::make_element(old.name, std::move(attributes), std::move(children), old.provenance);
}

/// Walks the older paragraph as the reader did and keeps what stands between two offsets.
class OldContent::Slicer {
public:
    Slicer(OldContent& owner, std::size_t begin, std::size_t end, bool furniture)
        : owner_(owner), begin_(begin), end_(end), furniture_(furniture) {}

    std::vector<Node> run(const Element& element) {
        static const Name space("text:s"), tab("text:tab"), line_break("text:line-break"),
            span("text:span"), link("text:a");
        std::vector<Node> out;
        std::string text;
        const auto flush = [&] {
            if (!text.empty()) out.emplace_back(odf::Text{std::move(text), element.provenance});
            text.clear();
        };
        const auto put = [&](char c) {
            if (c == '\t' || c == '\n') {
                flush();
                out.emplace_back(odf::make_element(c == '\t' ? tab : line_break, {}));
                written_space_ = false;
            } else if (c == ' ' && (written_space_ || at_ + 1 == end_)) {
                // Writer drops a blank at either end of a paragraph, and a second one.
                flush();
                out.emplace_back(odf::make_element(space, {}));
            } else {
                text += c;
                written_space_ = c == ' ';
            }
        };
        for (const Node& node : element.children) {
            if (const auto* characters = std::get_if<odf::Text>(&node)) {
                for (const char c : characters->text) {
                    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
                    if (blank && read_space_) continue;
                    read_space_ = blank;
                    if (inside()) put(blank ? ' ' : c);
                    ++at_;
                }
                continue;
            }
            const ElementPtr& child = std::get<ElementPtr>(node);
            const Name name = child->name;
            if (name == space || name == tab || name == line_break) {
                for (const char c : odf::plain_text(*child)) {
                    if (inside()) put(c);
                    ++at_;
                }
                read_space_ = false;
            } else if (is_silent(name)) {
                continue;
            } else if (is_transparent(name)) {
                flush();
                std::vector<Node> children = run(*child);
                if (children.empty()) continue;
                if (name == span || name == link)
                    out.emplace_back(owner_.element(*child, std::move(children), furniture_));
                else  // a field that carried text
                    std::move(children.begin(), children.end(), std::back_inserter(out));
            } else {
                if (inside()) {
                    flush();
                    object(child, out);
                    written_space_ = false;
                }
                at_ += object_mark.size();
                read_space_ = false;
            }
        }
        flush();
        return out;
    }

private:
    bool inside() const { return at_ >= begin_ && at_ < end_; }

    void object(const ElementPtr& child, std::vector<Node>& out) {
        if (child->name.str().starts_with("draw:")) {
            owner_.lost_frames = true;
            return;
        }
        out.emplace_back(copy(child));
    }

    /// A note or field, its styles brought along, its frames left out.
    ElementPtr copy(const ElementPtr& old) {
        std::vector<Node> children;
        for (const Node& node : old->children) {
            const auto* child = std::get_if<ElementPtr>(&node);
            if (child == nullptr)
                children.push_back(node);
            else if ((*child)->name.str().starts_with("draw:"))
                owner_.lost_frames = true;
            else if (!is_silent((*child)->name))
                children.emplace_back(copy(*child));
        }
        return owner_.element(*old, std::move(children), furniture_);
    }

    OldContent& owner_;
    std::size_t at_ = 0, begin_, end_;
    bool furniture_, read_space_ = true, written_space_ = true;
};

std::vector<Node> OldContent::slice(const Paragraph& paragraph, std::size_t begin, std::size_t end,
                                    bool furniture) {
    return Slicer(*this, begin, end, furniture).run(*paragraph.element);
}

ElementPtr OldContent::shell(const ElementPtr& paragraph, std::vector<Node> children,
                             bool furniture) {
    return element(*paragraph, std::move(children), furniture);
}

std::vector<Node> OldContent::paragraphs(const std::vector<const Block*>& blocks, bool furniture) {
    static const Name item("text:list-item");
    std::vector<Node> out;
    for (std::size_t i = 0; i < blocks.size();) {
        const Block& first = *blocks[i];
        std::vector<Node> made;
        std::size_t end = i;
        // Items of one list stay one list, so that it numbers on.
        do {
            const Block& each = *blocks[end];
            ElementPtr paragraph =
                shell(each.element, slice(each.paragraph, 0, each.paragraph.text.size(), furniture),
                      furniture);
            if (each.lists.empty())
                made.emplace_back(std::move(paragraph));
            else
                made.emplace_back(odf::make_element(item, {}, {std::move(paragraph)}));
            ++end;
        } while (!first.lists.empty() && end < blocks.size() && blocks[end]->lists == first.lists);
        for (auto list = first.lists.rbegin(); list != first.lists.rend(); ++list) {
            if (list != first.lists.rbegin()) made = {odf::make_element(item, {}, std::move(made))};
            made = {element(**list, std::move(made), furniture)};
        }
        std::move(made.begin(), made.end(), std::back_inserter(out));
        i = end;
    }
    return out;
}

}  // namespace paraphe::redline
