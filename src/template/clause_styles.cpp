#include "template/clause_styles.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/error.hpp"
#include "odf/odf.hpp"

namespace paraphe::tmpl {

namespace {

using odf::Element;
using odf::ElementPtr;
using odf::Name;

/// Gradients, hatches and the like are named by draw:name, everything else by style:name.
bool is_drawn(const Element& style) {
    static const Name gradient("draw:gradient"), hatch("draw:hatch"), image("draw:fill-image"),
        opacity("draw:opacity"), marker("draw:marker"), dash("draw:stroke-dash");
    return style.name == gradient || style.name == hatch || style.name == image ||
           style.name == opacity || style.name == marker || style.name == dash;
}

std::string name_of(const Element& style) {
    static const Name style_name("style:name"), draw_name("draw:name");
    return std::string(style.attribute_or_empty(is_drawn(style) ? draw_name : style_name));
}

/// What makes two styles the same style to a reference: family and name.
std::string key_of(const Element& style) {
    return style.name.str() + "|" + std::string(style.attribute_or_empty(Name("style:family"))) +
           "|" + name_of(style);
}

/// The markup without Writer's memory of editing sessions (officeooo:rsid, paragraph-rsid), which
/// nobody sees.
std::string look_of(const ElementPtr& style) {
    const std::string all = odf::markup(*style);
    if (all.find("rsid=") == std::string::npos) return all;
    return odf::markup(*odf::with_changes(style, [](Element& each) {
        std::erase_if(each.attributes, [](const odf::Attribute& attribute) {
            return attribute.name.str().ends_with("rsid");
        });
    }));
}

/// What may come along: styles that a reference names, one list of them after the other.
std::vector<ElementPtr> styles_of(const ElementPtr& list) {
    static const Name outline("text:outline-style"), page_layout("style:page-layout");
    std::vector<ElementPtr> out;
    if (!list) return out;
    for (const odf::Node& node : list->children)
        if (const auto* style = std::get_if<ElementPtr>(&node))
            if (!name_of(**style).empty() && (*style)->name != outline &&
                (*style)->name != page_layout)
                out.push_back(*style);
    return out;
}

bool names_a_style(Name attribute) {
    const std::string& name = attribute.str();
    return name.ends_with("style-name") || name == "style:name" || name == "style:font-name" ||
           name == "style:font-name-asian" || name == "style:font-name-complex" ||
           name == "draw:fill-gradient-name" || name == "draw:fill-hatch-name" ||
           name == "draw:fill-image-name" || name == "draw:opacity-name" ||
           name == "draw:marker-start" || name == "draw:marker-end" || name == "draw:stroke-dash";
}

using Names = std::map<std::string, std::string>;

ElementPtr rename(const ElementPtr& element, const Names& names) {
    return odf::with_changes(element, [&](Element& each) {
        const std::string* name = each.attribute(Name("style:name"));
        if (name != nullptr && names.contains(*name))
            std::erase_if(each.attributes, [](const odf::Attribute& attribute) {
                return attribute.name ==
                       Name("style:display-name");  // Writer would take it for one
            });
        if (is_drawn(each)) {
            const auto made = names.find(name_of(each));
            if (made != names.end()) odf::set_attribute(each, Name("draw:name"), made->second);
        }
        odf::rename_references(each, names, names_a_style);
    });
}

void note_references(const Element& element, std::set<std::string>& out) {
    odf::walk(element, [&](const Element& each) {
        for (const odf::Attribute& attribute : each.attributes)
            if (names_a_style(attribute.name) && attribute.name != Name("style:name"))
                out.insert(attribute.value);
    });
}

/// Those of the lists that the text uses, and what they use in turn.
void keep_used(const Element& text, std::initializer_list<std::vector<ElementPtr>*> lists) {
    std::set<std::string> used;
    note_references(text, used);
    std::multimap<std::string, ElementPtr> by_name;
    for (const auto* list : lists)
        for (const ElementPtr& style : *list)
            by_name.emplace(name_of(*style), style);
    std::vector<std::string> open(used.begin(), used.end());
    while (!open.empty()) {
        const auto [from, to] = by_name.equal_range(open.back());
        open.pop_back();
        for (auto style = from; style != to; ++style) {
            std::set<std::string> more;
            note_references(*style->second, more);
            for (const std::string& name : more)
                if (used.insert(name).second) open.push_back(name);
        }
    }
    for (auto* list : lists)
        std::erase_if(*list,
                      [&](const ElementPtr& style) { return !used.contains(name_of(*style)); });
}

ElementPtr with_added(const ElementPtr& list, const char* name, std::vector<ElementPtr> added) {
    if (added.empty()) return list;
    std::vector<odf::Node> children = list ? list->children : std::vector<odf::Node>();
    for (ElementPtr& style : added)
        children.emplace_back(std::move(style));
    return list ? odf::with_children(*list, std::move(children))
                : odf::make_element(Name(name), {}, std::move(children));
}

using Lists = std::initializer_list<const std::vector<ElementPtr>*>;
using Present = std::map<std::string, std::string>;  ///< key, markup
using Renaming = Names;

/// A style whose parent, list or font is renamed looks different too.
void spread(Renaming& renamed, const Present& present, Lists lists) {
    for (bool again = true; again;) {
        again = false;
        for (auto& [name, other] : renamed)
            other = name + "_";
        for (const auto* list : lists)
            for (const ElementPtr& style : *list) {
                const std::string name = name_of(*style);
                if (renamed.contains(name) || !present.contains(key_of(*style))) continue;
                if (odf::markup(*rename(style, renamed)) == odf::markup(*style)) continue;
                renamed.emplace(name, name + "_");
                again = true;
            }
    }
}

/// True when every style of `name` in the clause, renamed, already stands in the document with the
/// same look.
bool is_shared(const std::string& name, const Present& present, const Renaming& renamed,
               Lists lists) {
    for (const auto* list : lists)
        for (const ElementPtr& style : *list) {
            if (name_of(*style) != name) continue;
            const ElementPtr made = rename(style, renamed);
            const auto same = present.find(key_of(*made));
            if (same == present.end() || same->second != look_of(made)) return false;
        }
    return true;
}

// --- page styles --------------------------------------------------------------------------------

bool names_a_page(Name attribute) {
    static const Name page("style:master-page-name"), next("style:next-style-name"),
        name("style:name"), layout("style:page-layout-name");
    return attribute == page || attribute == next || attribute == name || attribute == layout;
}

ElementPtr find_named(const ElementPtr& list, const char* element, const std::string& name) {
    if (!list) return nullptr;
    for (const odf::Node& node : list->children)
        if (const auto* each = std::get_if<ElementPtr>(&node))
            if ((*each)->name == Name(element) && name_of(**each) == name) return *each;
    return nullptr;
}

/// The page style `name` and those that follow it, none twice.
void follow(const odf::Document& clause, const std::string& name, std::vector<ElementPtr>& out) {
    const ElementPtr page = find_named(clause.master_styles, "style:master-page", name);
    if (!page || std::find(out.begin(), out.end(), page) != out.end()) return;
    out.push_back(page);
    const std::string next(page->attribute_or_empty(Name("style:next-style-name")));
    if (!next.empty()) follow(clause, next, out);
}

}  // namespace

Imported import_styles(const odf::Document& clause, odf::Document& into,
                       const std::string& clause_name) {
    const ElementPtr text = clause.body ? clause.body->child(Name("office:text")) : nullptr;
    if (!text)
        throw Error(ErrorKind::malformed_input, "la clause n’est pas un texte",
                    {clause.source, 0, 0, {}}, "enregistrez-la comme document de Writer", "P0204");
    Present present;
    std::set<std::string> taken;
    for (const ElementPtr& list :
         {into.font_face_decls, into.styles_font_face_decls, into.styles, into.automatic_styles})
        for (const ElementPtr& style : styles_of(list)) {
            present.emplace(key_of(*style), look_of(style));
            taken.insert(name_of(*style));
        }
    std::vector<ElementPtr> fonts = styles_of(clause.font_face_decls),
                            common = styles_of(clause.styles),
                            automatic = styles_of(clause.automatic_styles);
    for (const ElementPtr& font : styles_of(clause.styles_font_face_decls))
        if (std::none_of(fonts.begin(), fonts.end(),
                         [&](const ElementPtr& each) { return name_of(*each) == name_of(*font); }))
            fonts.push_back(font);
    keep_used(*text, {&fonts, &common, &automatic});
    // A name that means something else here is changed wherever the clause uses it, in all
    // families, so that no reference is left behind.
    Renaming renamed;
    const std::string suffix = "_" + clause_name.substr(clause_name.rfind('/') + 1);
    for (const auto* list : {&fonts, &common, &automatic})
        for (const ElementPtr& style : *list) {
            const auto same = present.find(key_of(*style));
            if (same == present.end() || same->second == look_of(style)) continue;
            renamed.emplace(name_of(*style), "");
        }
    const Lists lists = {&fonts, &common, &automatic};
    spread(renamed, present, lists);
    // The same clause may have come before: then its own names stand here already.
    for (int n = 1;; ++n) {
        for (auto& [name, other] : renamed)
            other = name + suffix + (n == 1 ? "" : "_" + std::to_string(n));
        if (std::all_of(renamed.begin(), renamed.end(), [&](const auto& each) {
                return !taken.contains(each.second) ||
                       is_shared(each.first, present, renamed, lists);
            }))
            break;
    }
    Imported out;
    // Page styles that the clause's paragraphs ask for.
    std::vector<ElementPtr> pages;
    for (const auto* list : {&common, &automatic})
        for (const ElementPtr& style : *list)
            if (const std::string* page = style->attribute(Name("style:master-page-name")))
                if (!page->empty()) follow(clause, *page, pages);
    Names page_names, layout_names;
    std::vector<ElementPtr> layouts, page_automatic;
    const bool flat = into.automatic_styles == into.styles_automatic_styles;
    if (!pages.empty()) {
        const auto layout_of = [](const odf::Document& document, const Element& page) {
            const std::string name(page.attribute_or_empty(Name("style:page-layout-name")));
            return find_named(document.styles_automatic_styles, "style:page-layout", name);
        };
        const auto look = [&](const odf::Document& document, const ElementPtr& page) {
            const ElementPtr layout = layout_of(document, *page);
            const std::string own = look_of(page);
            if (!layout) return own;
            return own + look_of(odf::with_changes(layout, [](Element& each) {
                       std::erase_if(each.attributes, [](const odf::Attribute& attribute) {
                           return attribute.name == Name("style:name");
                       });
                   }));
        };
        std::erase_if(pages, [&](const ElementPtr& page) {
            const ElementPtr same =
                find_named(into.master_styles, "style:master-page", name_of(*page));
            return same && look(into, same) == look(clause, page);
        });
        std::set<std::string> used;
        for (const ElementPtr& page : pages) {
            const std::string name = name_of(*page);
            std::string made = name;
            for (int n = 1; find_named(into.master_styles, "style:master-page", made); ++n)
                made = name + suffix + (n == 1 ? "" : "_" + std::to_string(n));
            page_names.emplace(name, made);
            note_references(*page, used);
            if (const ElementPtr layout = layout_of(clause, *page)) {
                const std::string old = name_of(*layout);
                if (layout_names.contains(old)) continue;
                std::string fresh = old;
                for (int n = 1;
                     find_named(into.styles_automatic_styles, "style:page-layout", fresh); ++n)
                    fresh = old + suffix + (n == 1 ? "" : "_" + std::to_string(n));
                layout_names.emplace(old, fresh);
                layouts.push_back(layout);
            }
        }
        // What their headers and footers use: under names of their own, never those of the text.
        std::set<std::string> there;
        for (const ElementPtr& list : {into.styles_automatic_styles, into.automatic_styles})
            for (const ElementPtr& style : styles_of(list))
                there.insert(name_of(*style));
        Names own;
        for (const ElementPtr& style : styles_of(clause.styles_automatic_styles)) {
            if (!used.contains(name_of(*style))) continue;
            std::string fresh = name_of(*style) + suffix + "_page";
            while (!there.insert(fresh).second)
                fresh += "_";
            own.emplace(name_of(*style), fresh);
            page_automatic.push_back(style);
        }
        Names header_names = renamed;
        for (const auto& [from, to] : own)
            header_names[from] = to;
        for (ElementPtr& style : page_automatic)
            style = rename(style, header_names);
        std::vector<ElementPtr> page_common = styles_of(clause.styles);
        std::erase_if(page_common, [&](const ElementPtr& style) {
            return !used.contains(name_of(*style)) || present.contains(key_of(*style)) ||
                   std::find(common.begin(), common.end(), style) != common.end();
        });
        common.insert(common.end(), page_common.begin(), page_common.end());
        for (const ElementPtr& page : pages) {
            const ElementPtr inner = rename(page, header_names);
            auto made = std::make_shared<Element>(*inner);
            made->attributes = page->attributes;
            for (odf::Attribute& attribute : made->attributes) {
                if (!names_a_page(attribute.name)) continue;
                const Names& names =
                    attribute.name == Name("style:page-layout-name") ? layout_names : page_names;
                const auto to = names.find(attribute.value);
                if (to != names.end()) attribute.value = to->second;
            }
            std::erase_if(made->attributes, [&](const odf::Attribute& attribute) {
                return attribute.name == Name("style:display-name") &&
                       page_names.at(name_of(*page)) != name_of(*page);
            });
            out.pages.push_back(std::move(made));
        }
        for (ElementPtr& layout : layouts) {
            auto made = std::make_shared<Element>(*layout);
            odf::set_attribute(*made, Name("style:name"), layout_names.at(name_of(*layout)));
            layout = std::move(made);
        }
    }
    const auto bring = [&](const std::vector<ElementPtr>& list) {
        std::vector<ElementPtr> added;
        for (const ElementPtr& style : list) {
            ElementPtr made = renamed.empty() ? style : rename(style, renamed);
            if (present.contains(key_of(*made))) continue;
            const std::string* page = made->attribute(Name("style:master-page-name"));
            if (page != nullptr && page_names.contains(*page)) {
                auto paged = std::make_shared<Element>(*made);
                odf::set_attribute(*paged, Name("style:master-page-name"), page_names.at(*page));
                made = std::move(paged);
            }
            out.styles.push_back(made);
            added.push_back(std::move(made));
        }
        return added;
    };
    const bool flat_fonts = into.font_face_decls == into.styles_font_face_decls;
    std::vector<ElementPtr> new_fonts = bring(fonts);
    if (!flat_fonts)
        into.styles_font_face_decls =
            with_added(into.styles_font_face_decls, "office:font-face-decls", new_fonts);
    into.font_face_decls =
        with_added(into.font_face_decls, "office:font-face-decls", std::move(new_fonts));
    if (flat_fonts) into.styles_font_face_decls = into.font_face_decls;
    into.styles = with_added(into.styles, "office:styles", bring(common));
    std::vector<ElementPtr> of_text = bring(automatic), of_pages = std::move(page_automatic);
    of_pages.insert(of_pages.end(), layouts.begin(), layouts.end());
    out.styles.insert(out.styles.end(), of_pages.begin(), of_pages.end());
    if (flat) of_text.insert(of_text.end(), of_pages.begin(), of_pages.end());
    into.automatic_styles =
        with_added(into.automatic_styles, "office:automatic-styles", std::move(of_text));
    if (flat)
        into.styles_automatic_styles = into.automatic_styles;
    else
        into.styles_automatic_styles = with_added(into.styles_automatic_styles,
                                                  "office:automatic-styles", std::move(of_pages));
    out.text = renamed.empty() ? text : rename(text, renamed);
    return out;
}

odf::ElementPtr add_master_pages(const std::vector<odf::ElementPtr>& pages, odf::Document& into) {
    static const odf::Name masters("office:master-styles");
    const odf::ElementPtr added = odf::make_element(masters, {}, {pages.begin(), pages.end()});
    std::vector<odf::Node> all =
        into.master_styles ? into.master_styles->children : std::vector<odf::Node>();
    all.insert(all.end(), added->children.begin(), added->children.end());
    into.master_styles = into.master_styles
                             ? odf::with_children(*into.master_styles, std::move(all))
                             : odf::make_element(masters, {}, std::move(all));
    return added;
}

}  // namespace paraphe::tmpl
