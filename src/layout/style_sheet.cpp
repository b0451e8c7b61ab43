#include "layout/style_sheet.hpp"

#include <algorithm>

#include "layout/names.hpp"
#include "layout/property_values.hpp"
#include "odf/odf.hpp"

namespace paraphe::layout {

namespace n = names;

StyleSheet::StyleSheet(const odf::Document& document, const text::FontMap& fonts,
                       Warnings& warnings)
    : document_(document), fonts_(fonts), warnings_(warnings), settings_(Settings::of(document)) {
    for (const auto& decls : {document.styles_font_face_decls, document.font_face_decls}) {
        if (!decls) continue;
        for (const auto& node : decls->children)
            if (const auto* face = std::get_if<odf::ElementPtr>(&node))
                fonts_declared_[std::string((*face)->attribute_or_empty(n::style_name))] =
                    face->get();
    }
    index(document.styles, common_);
    index(document.automatic_styles, automatic_);
    index(document.styles_automatic_styles, furniture_automatic_);
    if (document.master_styles)
        for (const auto& node : document.master_styles->children)
            if (const auto* master = std::get_if<odf::ElementPtr>(&node);
                master != nullptr && (*master)->name == n::style_master_page) {
                masters_[std::string((*master)->attribute_or_empty(n::style_name))] = master->get();
                master_order_.push_back(master->get());
            }

    if (document.meta)
        if (const auto generator = document.meta->child(n::meta_generator))
            for (const auto& node : generator->children)
                if (const auto* text = std::get_if<odf::Text>(&node)) generator_ += text->text;
    // Measured: where no style says it, Writer kerns the text of a flat file, not that of a
    // package.
    initial_.kerning = odf::is_flat(document);
    TextStyle base = initial_;
    if (const odf::Element* defaults = find("paragraph", {}))
        if (const auto* properties = child_of(*defaults, n::style_text_properties))
            apply_text(base, *properties, base.size);
    base.font = fonts_.find(base.family, base.weight, base.italic, base.generic);
    default_text_ = keep(std::move(base));
}

void StyleSheet::index(const odf::ElementPtr& container, std::map<Key, const odf::Element*>& into) {
    if (!container) return;
    for (const auto& node : container->children) {
        const auto* child = std::get_if<odf::ElementPtr>(&node);
        if (child == nullptr) continue;
        const odf::Element& element = **child;
        std::string name(element.attribute_or_empty(n::style_name));
        if (element.name == n::style_style)
            into[{std::string(element.attribute_or_empty(n::style_family)), name}] = &element;
        else if (element.name == n::style_default_style)
            into[{std::string(element.attribute_or_empty(n::style_family)), {}}] = &element;
        else if (element.name == n::text_list_style)
            lists_[name] = &element;
        else if (element.name == n::draw_marker)
            markers_[std::string(element.attribute_or_empty(n::draw_name))] = &element;
        else if (element.name == n::draw_stroke_dash)
            dashes_[std::string(element.attribute_or_empty(n::draw_name))] = &element;
        else if (element.name == n::draw_gradient)
            gradients_[std::string(element.attribute_or_empty(n::draw_name))] = &element;
        else if (element.name == n::draw_hatch)
            hatches_[std::string(element.attribute_or_empty(n::draw_name))] = &element;
        else if (element.name == n::draw_fill_image)
            fill_images_[std::string(element.attribute_or_empty(n::draw_name))] = &element;
        else if (element.name == n::style_page_layout)
            page_layouts_[name] = &element;
        else if (element.name == n::text_outline_style)
            outline_ = *child;
    }
}

const odf::Element* StyleSheet::find(std::string_view family, std::string_view name) const {
    const Key key{std::string(family), std::string(name)};
    if (!name.empty()) {
        const auto& own = furniture_ ? furniture_automatic_ : automatic_;
        if (const auto found = own.find(key); found != own.end()) return found->second;
    }
    const auto found = common_.find(key);
    return found == common_.end() ? nullptr : found->second;
}

std::vector<const odf::Element*> StyleSheet::chain(std::string_view family,
                                                   std::string_view name) const {
    std::vector<const odf::Element*> out;
    const auto common = [&](std::string_view wanted) {
        const auto found = common_.find({std::string(family), std::string(wanted)});
        return found == common_.end() || wanted.empty() ? nullptr : found->second;
    };
    // Measured: a paragraph without a style, or whose own formatting has no parent, is "Standard".
    const odf::Element* standard = family == "paragraph" ? common("Standard") : nullptr;
    const odf::Element* style = name.empty() ? nullptr : find(family, name);
    const bool alone = drawing_ && family != "graphic";
    if (alone && style == common(name)) style = nullptr;
    if (style == nullptr && !alone) style = standard;
    // A circle of parents ends where it closes.
    while (style != nullptr && out.size() < 64 &&
           std::find(out.begin(), out.end(), style) == out.end()) {
        out.push_back(style);
        if (alone) break;
        const bool own = common(style->attribute_or_empty(n::style_name)) != style;
        style = common(style->attribute_or_empty(n::style_parent_style_name));
        if (style == nullptr && own) style = standard;
    }
    if (const odf::Element* defaults = find(family, {})) out.push_back(defaults);
    std::reverse(out.begin(), out.end());
    return out;
}

const odf::Element* StyleSheet::list_style(std::string_view name) const {
    const auto found = lists_.find(name);
    return found == lists_.end() ? nullptr : found->second;
}

const odf::Element* StyleSheet::master_page(std::string_view name) const {
    const auto found = masters_.find(name);
    if (found == masters_.end() && name == "Endnote") return endnotes_.get();
    return found == masters_.end() ? nullptr : found->second;
}

const odf::Element* StyleSheet::first_master_page() const {
    if (const auto* standard = master_page("Standard")) return standard;
    return master_order_.empty() ? nullptr : master_order_.front();
}

}  // namespace paraphe::layout
