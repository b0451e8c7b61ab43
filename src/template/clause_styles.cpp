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

/// What makes two styles the same style to a reference: family and name.
std::string key_of(const Element& style) {
    return style.name.str() + "|" + std::string(style.attribute_or_empty(Name("style:family"))) +
           "|" + std::string(style.attribute_or_empty(Name("style:name")));
}

/// What may come along: styles that a reference names, one list of them after the other.
std::vector<ElementPtr> styles_of(const ElementPtr& list) {
    static const Name outline("text:outline-style"), name("style:name");
    std::vector<ElementPtr> out;
    if (!list) return out;
    for (const odf::Node& node : list->children)
        if (const auto* style = std::get_if<ElementPtr>(&node))
            if ((*style)->attribute(name) != nullptr && (*style)->name != outline)
                out.push_back(*style);
    return out;
}

bool names_a_style(Name attribute) {
    const std::string& name = attribute.str();
    return name.ends_with("style-name") || name == "style:name" || name == "style:font-name" ||
           name == "style:font-name-asian" || name == "style:font-name-complex";
}

ElementPtr rename(const ElementPtr& element, const std::map<std::string, std::string>& names) {
    return odf::with_changes(element, [&](Element& each) {
        const std::string* name = each.attribute(Name("style:name"));
        if (name != nullptr && names.contains(*name))
            std::erase_if(each.attributes, [](const odf::Attribute& attribute) {
                return attribute.name ==
                       Name("style:display-name");  // Writer would take it for one
            });
        odf::rename_references(each, names, names_a_style);
    });
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
using Renaming = std::map<std::string, std::string>;

/// A style whose parent, list or font is renamed looks different too.
void spread(Renaming& renamed, const Present& present, Lists lists) {
    for (bool again = true; again;) {
        again = false;
        for (auto& [name, other] : renamed)
            other = name + "_";
        for (const auto* list : lists)
            for (const ElementPtr& style : *list) {
                const std::string name(style->attribute_or_empty(Name("style:name")));
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
            if (style->attribute_or_empty(Name("style:name")) != name) continue;
            const ElementPtr made = rename(style, renamed);
            const auto same = present.find(key_of(*made));
            if (same == present.end() || same->second != odf::markup(*made)) return false;
        }
    return true;
}

}  // namespace

ElementPtr import_styles(const odf::Document& clause, odf::Document& into,
                         const std::string& clause_name) {
    const ElementPtr text = clause.body->child(Name("office:text"));
    if (!text)
        throw Error(ErrorKind::malformed_input, "la clause n’est pas un texte",
                    {clause.source, 0, 0, {}});
    Present present;
    std::set<std::string> taken;
    for (const ElementPtr& list : {into.font_face_decls, into.styles, into.automatic_styles})
        for (const ElementPtr& style : styles_of(list)) {
            present.emplace(key_of(*style), odf::markup(*style));
            taken.insert(std::string(style->attribute_or_empty(Name("style:name"))));
        }
    const std::vector<ElementPtr> fonts = styles_of(clause.font_face_decls),
                                  common = styles_of(clause.styles),
                                  automatic = styles_of(clause.automatic_styles);
    // A name that means something else here is changed wherever the clause uses it, in all
    // families, so that no reference is left behind.
    Renaming renamed;
    const std::string suffix = "_" + clause_name.substr(clause_name.rfind('/') + 1);
    for (const auto* list : {&fonts, &common, &automatic})
        for (const ElementPtr& style : *list) {
            const auto same = present.find(key_of(*style));
            if (same == present.end() || same->second == odf::markup(*style)) continue;
            renamed.emplace(std::string(style->attribute_or_empty(Name("style:name"))), "");
        }
    const auto lists = {&fonts, &common, &automatic};
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
    const auto bring = [&](const std::vector<ElementPtr>& list) {
        std::vector<ElementPtr> added;
        for (const ElementPtr& style : list) {
            ElementPtr made = renamed.empty() ? style : rename(style, renamed);
            if (!present.contains(key_of(*made))) added.push_back(std::move(made));
        }
        return added;
    };
    const bool flat = into.automatic_styles == into.styles_automatic_styles;
    const bool flat_fonts = into.font_face_decls == into.styles_font_face_decls;
    into.font_face_decls = with_added(into.font_face_decls, "office:font-face-decls", bring(fonts));
    into.styles = with_added(into.styles, "office:styles", bring(common));
    into.automatic_styles =
        with_added(into.automatic_styles, "office:automatic-styles", bring(automatic));
    if (flat) into.styles_automatic_styles = into.automatic_styles;
    if (flat_fonts) into.styles_font_face_decls = into.font_face_decls;
    return renamed.empty() ? text : rename(text, renamed);
}

}  // namespace paraphe::tmpl
