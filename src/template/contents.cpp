#include "template/contents.hpp"

#include <algorithm>
#include <cmath>

#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "odf/odf.hpp"

namespace paraphe::tmpl {

namespace {

using odf::Element;
using odf::ElementPtr;
using odf::Name;
using odf::Node;
using Image = expression::Content::Image;
using Run = expression::Content::Run;

constexpr std::size_t most_pixels = 16'000'000;  // what unpacks to 64 MB; pdf/ has the same bound
constexpr std::size_t most_octets = 64u << 20;
/// Of a picture in the line that nobody gave a size: what an A4 page with margins holds.
constexpr Size widest{Length::from_millimetres(160), Length::from_millimetres(220)};

[[noreturn]] void refuse(const std::string& problem, const std::string& remedy, const char* code) {
    throw Error(ErrorKind::malformed_input, problem, {}, remedy, code);
}

std::string grouped(int number) {
    std::string out = std::to_string(number);
    for (int at = static_cast<int>(out.size()) - 3; at > 0; at -= 3)
        out.insert(static_cast<std::size_t>(at), "\u202F");
    return out;
}

odf::PictureFacts facts_of(const expression::Picture& picture) {
    const auto facts = odf::picture_facts(*picture.bytes);
    if (!facts)
        refuse("cette image est abîmée, ou n’est ni en PNG, ni en JPEG, ni en SVG",
               "enregistrez-la de nouveau", "P0264");
    if (static_cast<std::size_t>(facts->width) * static_cast<std::size_t>(facts->height) >
        most_pixels)
        refuse("cette image a " + grouped(facts->width) + " × " + grouped(facts->height) +
                   " pixels, plus de 16 millions",
               "réduisez-la : 2 000 pixels suffisent à la largeur d’une page", "P0264");
    if (facts->media_type == "image/jpeg" && facts->channels != 1 && facts->channels != 3)
        refuse("cette image JPEG est en couleurs d’imprimerie (CMJN)",
               "enregistrez-la en couleurs d’écran (RVB)", "P0264");
    return *facts;
}

/// "3.175cm"
std::string centimetres(Length length) {
    const long long units = std::llround(length.millimetres() * 100);
    std::string digits = std::to_string(units % 1000);
    digits.insert(0, 3 - digits.size(), '0');
    return std::to_string(units / 1000) + "." + digits + "cm";
}

/// The largest size of that proportion inside the box; a side of the box may be open.
Size fitted(Size natural, std::optional<Length> width, std::optional<Length> height) {
    double scale = 0;
    for (const auto& [box, own] :
         {std::pair(width, natural.width), std::pair(height, natural.height)})
        if (box) {
            const double one = box->points() / own.points();
            scale = scale == 0 ? one : std::min(scale, one);
        }
    if (scale == 0) return natural;
    return {Length::from_points(natural.width.points() * scale),
            Length::from_points(natural.height.points() * scale)};
}

std::optional<Length> length(std::string_view text) {
    const auto out = odf::parse_absolute_length(text);
    return out && *out > Length() ? out : std::nullopt;
}

ElementPtr only_child(const Element& element) {
    ElementPtr out;
    for (const Node& node : element.children) {
        if (const auto* text = std::get_if<odf::Text>(&node)) {
            if (text->text.find_first_not_of(" \t\r\n") != std::string::npos) return nullptr;
            continue;
        }
        if (out) return nullptr;
        out = std::get<ElementPtr>(node);
    }
    return out;
}

const char* ending(const std::string& media_type) {
    return media_type == "image/png" ? ".png" : media_type == "image/jpeg" ? ".jpg" : ".svg";
}

ElementPtr text_style(const std::string& name, bool bold, bool italic) {
    static const Name style("style:style"), style_name("style:name"), family("style:family"),
        properties("style:text-properties"), weight("fo:font-weight"),
        weight_asian("style:font-weight-asian"), weight_complex("style:font-weight-complex"),
        slant("fo:font-style"), slant_asian("style:font-style-asian"),
        slant_complex("style:font-style-complex");
    std::vector<odf::Attribute> attributes;
    if (bold)
        for (const Name each : {weight, weight_asian, weight_complex})
            attributes.push_back({each, "bold"});
    if (italic)
        for (const Name each : {slant, slant_asian, slant_complex})
            attributes.push_back({each, "italic"});
    return odf::make_element(style, {{style_name, name}, {family, "text"}},
                             {Node(odf::make_element(properties, std::move(attributes)))});
}

/// In the line, on the baseline, without a border.
ElementPtr graphic_style(const std::string& name, const odf::Document& base) {
    std::vector<odf::Attribute> attributes{{Name("style:name"), name},
                                           {Name("style:family"), "graphic"}};
    if (base.styles)
        for (const Node& node : base.styles->children)
            if (const auto* each = std::get_if<ElementPtr>(&node);
                each != nullptr && (*each)->attribute_or_empty(Name("style:family")) == "graphic" &&
                (*each)->attribute_or_empty(Name("style:name")) == "Graphics")
                attributes.push_back({Name("style:parent-style-name"), "Graphics"});
    return odf::make_element(Name("style:style"), std::move(attributes),
                             {Node(odf::make_element(Name("style:graphic-properties"),
                                                     {{Name("fo:margin-left"), "0cm"},
                                                      {Name("fo:margin-right"), "0cm"},
                                                      {Name("fo:margin-top"), "0cm"},
                                                      {Name("fo:margin-bottom"), "0cm"},
                                                      {Name("style:vertical-pos"), "top"},
                                                      {Name("style:vertical-rel"), "baseline"},
                                                      {Name("fo:padding"), "0cm"},
                                                      {Name("fo:border"), "none"}}))});
}

/// The style of that name in a list; nullptr when there is none.
ElementPtr find_style(const ElementPtr& list, const std::string& name, const std::string& family) {
    if (!list) return nullptr;
    for (const Node& node : list->children)
        if (const auto* each = std::get_if<ElementPtr>(&node);
            each != nullptr && (*each)->attribute_or_empty(Name("style:name")) == name &&
            (*each)->attribute_or_empty(Name("style:family")) == family)
            return *each;
    return nullptr;
}

void add_to(ElementPtr& list, const std::vector<ElementPtr>& styles) {
    if (styles.empty()) return;
    std::vector<Node> children = list ? list->children : std::vector<Node>();
    for (const ElementPtr& style : styles)
        children.emplace_back(style);
    list = list ? odf::with_children(*list, std::move(children))
                : odf::make_element(Name("office:automatic-styles"), {}, std::move(children));
}

}  // namespace

Contents::Contents(const odf::Document& base) : base_(base) {}

Rendition Contents::rendition(const Element& element, Rendition outer) {
    static const Name p("text:p"), h("text:h"), style_name("text:style-name");
    if (element.name != p && element.name != h) return rendition_in(element.name, outer);
    return aligns_numbers(element.attribute_or_empty(style_name)) ? Rendition::aligned
                                                                  : Rendition::paragraph;
}

/// A style has the tab stops of its parent unless it has its own (ODF 1.3 part 3 §16.2).
bool Contents::aligns_numbers(std::string_view paragraph_style) {
    static const Name properties("style:paragraph-properties"), stops("style:tab-stops"),
        type("style:type"), parent("style:parent-style-name");
    if (const auto known = aligning_.find(paragraph_style); known != aligning_.end())
        return known->second;
    bool out = false;
    std::string name(paragraph_style);
    for (int depth = 0; depth < 20 && !name.empty(); ++depth) {
        ElementPtr style;
        for (const ElementPtr& list :
             {masters_ ? base_.styles_automatic_styles : base_.automatic_styles, base_.styles})
            if (!style) style = find_style(list, name, "paragraph");
        if (!style) break;
        const ElementPtr own = style->child(properties);
        const ElementPtr list = own ? own->child(stops) : nullptr;
        if (list) {
            for (const Node& node : list->children)
                if (const auto* stop = std::get_if<ElementPtr>(&node))
                    out = out || (*stop)->attribute_or_empty(type) == "char";
            break;
        }
        name = style->attribute_or_empty(parent);
    }
    aligning_.emplace(paragraph_style, out);
    return out;
}

void Contents::append(const expression::Content& content, const odf::ProvenancePtr& provenance,
                      Rendition rendition, const PlacePtr& place, std::vector<Node>& out) {
    static const Name span("text:span"), style_name("text:style-name");
    if (!is_rich(rendition)) {
        append_text(content.text(), provenance, Rendition::plain, out);
        if (rendition == Rendition::plain) return;
        for (const auto& piece : content.pieces)
            if (const auto* picture = std::get_if<Image>(&piece)) {
                if (pending_)
                    refuse("deux images prennent la place d’une seule",
                           "mettez une seule balise dans le titre ou la description d’une image",
                           "P0266");
                part_of(picture->picture);
                pending_ = *picture;
                pending_place_ = place;
            }
        return;
    }
    for (const auto& piece : content.pieces) {
        if (const auto* picture = std::get_if<Image>(&piece)) {
            out.emplace_back(inline_frame(*picture, provenance));
            continue;
        }
        const Run& run = std::get<Run>(piece);
        if (!run.bold && !run.italic) {
            append_text(run.text, provenance, rendition, out);
            continue;
        }
        const std::string wanted =
            std::string("paraphe") + (run.bold ? "_gras" : "") + (run.italic ? "_italique" : "");
        std::vector<Node> inside;
        append_text(run.text, provenance, rendition, inside);
        auto made = std::make_shared<Element>();
        made->name = span;
        made->attributes.push_back({style_name, style(wanted, "text")});
        made->children = std::move(inside);
        made->provenance = provenance;
        made->constant = false;
        out.emplace_back(ElementPtr(std::move(made)));
    }
}

const std::string& Contents::style(const std::string& wanted, const std::string& family) {
    Style& slot = styles_[wanted];
    const auto make = [&](const std::string& name) {
        if (family == "graphic") return graphic_style(name, base_);
        return text_style(name, wanted.find("_gras") != std::string::npos,
                          wanted.find("_italique") != std::string::npos);
    };
    // A document that was merged once already may have the very style.
    for (int number = 1; slot.name.empty(); ++number) {
        const std::string name = number == 1 ? wanted : wanted + "_" + std::to_string(number);
        const ElementPtr made = make(name);
        bool taken = find_style(base_.styles, name, family) != nullptr, same = true;
        for (const ElementPtr& list : {base_.automatic_styles, base_.styles_automatic_styles})
            if (const ElementPtr there = find_style(list, name, family))
                same = same && odf::markup(*there) == odf::markup(*made);
        if (taken || !same) continue;
        slot.name = name;
        slot.element = made;
    }
    (masters_ ? slot.in_masters : slot.in_content) = true;
    return slot.name;
}

const Contents::Known& Contents::part_of(const expression::Picture& picture) {
    std::string& hash = hashes_[picture.bytes.get()];
    if (hash.empty()) {
        hash = crypto::sha256(*picture.bytes).hex();
        hashed_.push_back(picture.bytes);
    }
    const auto found = known_.find(hash);
    if (found != known_.end()) return found->second;
    const odf::PictureFacts facts = facts_of(picture);
    octets_ += picture.bytes->size();
    if (octets_ > most_octets)
        refuse("les images de ce document dépassent 64 Mo", "réduisez-les", "P0264");
    Known known{"Pictures/" + hash + ending(facts.media_type), facts.natural};
    const bool there = std::any_of(base_.parts.begin(), base_.parts.end(),
                                   [&](const odf::Part& part) { return part.path == known.path; });
    if (!there) parts_.push_back({known.path, facts.media_type, picture.bytes});
    return known_.emplace(hash, std::move(known)).first->second;
}

ElementPtr Contents::image(const Image& picture) {
    static const Name image_name("draw:image"), href("xlink:href"), type("xlink:type"),
        show("xlink:show"), actuate("xlink:actuate");
    return odf::make_element(image_name, {{href, part_of(picture.picture).path},
                                          {type, "simple"},
                                          {show, "embed"},
                                          {actuate, "onLoad"}});
}

ElementPtr Contents::inline_frame(const Image& picture, odf::ProvenancePtr provenance) {
    static const Name frame("draw:frame"), style_name("draw:style-name"),
        anchor("text:anchor-type"), desc("svg:desc");
    auto made = std::make_shared<Element>();
    made->name = frame;
    made->attributes = {{style_name, style("paraphe_image", "graphic")}, {anchor, "as-char"}};
    made->children = {
        Node(image(picture)),
        Node(odf::make_element(desc, {}, {odf::Text{picture.description, provenance}}))};
    made->provenance = std::move(provenance);
    made->constant = false;
    fit(*made, picture);
    frames_.emplace(made.get(), picture);
    kept_.push_back(made);
    return made;
}

/// Gives the frame the size of the picture inside what it has now, or inside what was asked for.
void Contents::fit(Element& frame, const Image& picture) {
    static const Name width_name("svg:width"), height_name("svg:height"),
        relative_width("style:rel-width"), relative_height("style:rel-height"),
        min_width("fo:min-width"), min_height("fo:min-height");
    const Size natural = part_of(picture.picture).natural;
    auto width = length(frame.attribute_or_empty(width_name));
    auto height = length(frame.attribute_or_empty(height_name));
    const auto smaller = [](std::optional<Length>& box, const std::string& asked) {
        if (const auto one = length(asked)) box = box ? std::min(*box, *one) : *one;
    };
    smaller(width, picture.width);
    smaller(height, picture.height);
    Size size = fitted(natural, width, height);
    if (!width && !height && (size.width > widest.width || size.height > widest.height))
        size = fitted(natural, widest.width, widest.height);
    std::erase_if(frame.attributes, [&](const odf::Attribute& attribute) {
        return attribute.name == relative_width || attribute.name == relative_height ||
               attribute.name == min_width || attribute.name == min_height;
    });
    odf::set_attribute(frame, width_name, centimetres(size.width));
    odf::set_attribute(frame, height_name, centimetres(size.height));
}

void Contents::settle_frame(Element& frame) {
    static const Name image_name("draw:image"), text_box("draw:text-box"), p("text:p"),
        span("text:span"), desc("svg:desc"), width("svg:width"), height("svg:height"),
        min_width("fo:min-width"), min_height("fo:min-height"), polygon("draw:contour-polygon"),
        path("draw:contour-path");
    const auto is = [](const Node& node, Name name) {
        const auto* element = std::get_if<ElementPtr>(&node);
        return element != nullptr && (*element)->name == name;
    };
    if (pending_) {
        const auto old = std::find_if(frame.children.begin(), frame.children.end(),
                                      [&](const Node& node) { return is(node, image_name); });
        if (old == frame.children.end())
            refuse("ce cadre n’a pas d’image à remplacer",
                   "mettez la balise dans le titre ou la description d’une image, une par image",
                   "P0266");
        const Image picture = *std::exchange(pending_, std::nullopt);
        *old = Node(image(picture));
        const ElementPtr fresh = std::get<ElementPtr>(*old);
        std::erase_if(frame.children, [&](const Node& node) {
            return is(node, polygon) || is(node, path) ||
                   (is(node, image_name) && std::get<ElementPtr>(node) != fresh);
        });
        fit(frame, picture);
        pending_place_.reset();
        return;
    }
    const ElementPtr box = frame.child(text_box);
    if (!box) return;
    ElementPtr inside = only_child(*box);
    while (inside && (inside->name == p || inside->name == span))
        inside = only_child(*inside);
    const auto made = inside ? frames_.find(inside.get()) : frames_.end();
    if (made == frames_.end()) return;
    for (const auto& [least, real] : {std::pair(min_width, width), std::pair(min_height, height)})
        if (frame.attribute(real) == nullptr)
            if (const std::string* value = box->attribute(least))
                odf::set_attribute(frame, real, *value);
    std::vector<Node> children;
    for (const Node& node : frame.children) {
        if (is(node, desc)) continue;
        if (is(node, text_box))
            children.emplace_back(inside->child(image_name));
        else
            children.push_back(node);
    }
    // Before contours, after a title (ODF 1.3 part 3 §10.4.2).
    const auto at = std::find_if(children.begin(), children.end(), [&](const Node& node) {
        return is(node, polygon) || is(node, path);
    });
    children.insert(at, Node(inside->child(desc)));
    frame.children = std::move(children);
    fit(frame, made->second);
}

void Contents::finish(odf::Document& document) {
    if (pending_)
        refuse("cette balise n’est pas dans une image",
               "mettez-la dans le titre ou la description d’une image", "P0266");
    std::vector<ElementPtr> in_content, in_masters;
    const bool flat = document.automatic_styles == document.styles_automatic_styles;
    for (const auto& [wanted, style] : styles_) {
        const std::string family(style.element->attribute_or_empty(Name("style:family")));
        if ((style.in_content || (flat && style.in_masters)) &&
            !find_style(document.automatic_styles, style.name, family))
            in_content.push_back(style.element);
        if (style.in_masters && !flat &&
            !find_style(document.styles_automatic_styles, style.name, family))
            in_masters.push_back(style.element);
    }
    add_to(document.automatic_styles, in_content);
    if (flat)
        document.styles_automatic_styles = document.automatic_styles;
    else
        add_to(document.styles_automatic_styles, in_masters);
    for (odf::Part& part : parts_)
        document.parts.push_back(std::move(part));
    parts_.clear();
}

}  // namespace paraphe::tmpl
