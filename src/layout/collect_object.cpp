#include <string>

#include "layout/collect.hpp"
#include "layout/measure.hpp"
#include "layout/names.hpp"

/// Frames, and where objects hang.
namespace paraphe::layout {

namespace n = names;

std::string text_content(const odf::Element& element, int depth) {
    std::string out;
    for (const auto& node : element.children) {
        if (const auto* text = std::get_if<odf::Text>(&node))
            out += text->text;
        else if (depth < 50)
            out += text_content(*std::get<odf::ElementPtr>(node), depth + 1);
    }
    return out;
}

Object Collector::placed_object(const odf::Element& element, const Paragraph& p) {
    Object object;
    object.x = parse_length(element.attribute_or_empty(n::svg_x));
    object.y = parse_length(element.attribute_or_empty(n::svg_y));
    object.z = parse_integer(element.attribute_or_empty(n::draw_z_index), 0);
    object.at = static_cast<std::uint32_t>(p.text.size());
    const auto style = element.attribute_or_empty(n::draw_style_name);
    object.style = element.child(n::draw_text_box) ? styles_.frame(style) : styles_.graphic(style);
    return object;
}

std::string Collector::alternative(const odf::Element& element) {
    const auto title = element.child(n::svg_title), description = element.child(n::svg_desc);
    std::string out = description ? text_content(*description) : std::string();
    if (out.empty() && title) out = text_content(*title);
    return out;
}

void Collector::describe(int node, const odf::Element& element, const std::string& what) {
    if (artifact_ != Artifact::none) return;
    if (node >= 0) {
        StructureNode& figure = pages_.nodes[static_cast<std::size_t>(node)];
        figure.provenance = element.provenance;
        std::string& said = figure.words.make().alternative;
        said = alternative(element);
        if (!said.empty()) return;
        said = element.attribute_or_empty(n::draw_name);
    }
    if (element.attribute_or_empty(n::loext_decorative) != "true")
        warnings_.add("P0416", what + " n’a pas de texte de remplacement", &element,
                      "donnez-lui une description (clic droit, Description…)");
}

void Collector::frame(const odf::Element& element, Paragraph& p, const InlineState& state) {
    Object object = placed_object(element, p);
    const auto length = [&](odf::Name name) {
        return parse_length(element.attribute_or_empty(name));
    };
    object.width = length(n::svg_width).value_or(length(n::fo_min_width).value_or(Length()));
    object.height = length(n::svg_height).value_or(length(n::fo_min_height).value_or(Length()));
    object.relative_width = parse_percent(element.attribute_or_empty(n::style_rel_width));

    for (const std::string& each : object.style->missing)
        warnings_.add("P0425", "un cadre est composé sans " + each, &element,
                      "choisissez une couleur unie, ou insérez l’image de nouveau");
    if (const auto box = element.child(n::draw_text_box)) {
        object.kind = Object::Kind::text_box;
        const auto least = parse_length(box->attribute_or_empty(n::fo_min_height));
        object.grows = least.has_value() || object.height == Length();
        if (least) object.height = *least;
        if (element.attribute(n::svg_width) == nullptr && !object.relative_width)
            if (const std::string* narrowest = box->attribute(n::fo_min_width)) {
                object.width = parse_length(*narrowest).value_or(Length());
                object.widens = true;
            }
        object.widens = object.widens || (element.attribute(n::svg_width) == nullptr &&
                                          element.attribute(n::fo_min_width) != nullptr);
        const int node = add_node(Role::div, state.node);
        const bool collapsible = collapsible_;
        ListContext none;
        blocks(*box, object.blocks, node, none);
        collapsible_ = collapsible;
    } else {
        object.picture = frame_picture(element);
        const int node = add_node(Role::figure, state.node);
        object.mark = mark(node);
        describe(node, element, "une image");
    }
    hang(std::move(object), element, p, state);
}

void Collector::hang(Object&& object, const odf::Element& element, Paragraph& p,
                     const InlineState& state) {
    auto anchor = element.attribute_or_empty(n::text_anchor_type);
    if (anchor.empty()) anchor = object.style->anchor;
    if (anchor == "as-char") {
        p.objects.push_back(std::move(object));
        add_piece(p, object_character, state.style, state, element.provenance);
        collapsible_ = false;
        return;
    }
    object.page = anchor == "page" && artifact_ == Artifact::none
                      ? parse_integer(element.attribute_or_empty(n::text_anchor_page_number), 0)
                      : 0;
    if (object.page > 0)
        page_frames_.push_back(std::move(object));
    else
        p.anchored.push_back(std::move(object));
}

void Collector::page_frame(const odf::Element& element, int node) {
    if (element.name == n::draw_a) {
        for (const auto& child : element.children)
            if (const auto* inner = std::get_if<odf::ElementPtr>(&child); inner != nullptr)
                page_frame(**inner, node);
        return;
    }
    // Outside a paragraph: without a page of its own, Writer takes the first.
    Paragraph nowhere;
    inline_element(element, nowhere, {styles_.default_text(), node, -1});
    for (std::vector<Object>* list : {&nowhere.anchored, &nowhere.objects})
        for (Object& object : *list) {
            object.page = 1;
            page_frames_.push_back(std::move(object));
        }
}

}  // namespace paraphe::layout
