#include "odf/whereabouts.hpp"

#include <functional>
#include <optional>

#include "odf/odf.hpp"

namespace paraphe::odf {

HeadingNumbers heading_numbers(const Document& document) {
    HeadingNumbers out;
    const ElementPtr outline =
        document.styles ? document.styles->child(Name("text:outline-style")) : nullptr;
    if (!outline) return out;
    for (const Node& node : outline->children) {
        const auto* level = std::get_if<ElementPtr>(&node);
        if (level == nullptr || (*level)->attribute_or_empty(Name("text:level")) != "1" ||
            (*level)->attribute_or_empty(Name("style:num-format")).empty())
            continue;
        out.numbered = true;
        out.prefix = (*level)->attribute_or_empty(Name("style:num-prefix"));
        out.suffix = (*level)->attribute_or_empty(Name("style:num-suffix"));
    }
    return out;
}

std::string paragraph_words(int number) {
    return std::to_string(number) + (number == 1 ? "er alinéa" : "e alinéa");
}

Whereabouts::Whereabouts(const Document& document) : numbers_(heading_numbers(document)) {}

void Whereabouts::enter(const Element& element) {
    static const Name h("text:h"), p("text:p"), table("table:table"), level("text:outline-level");
    if (element.name == h) {
        heading_ = plain_text(element);
        if (element.attribute_or_empty(level) == "1") ++article_;
        paragraph_ = 0;
        table_.clear();
    } else if (element.name == p) {
        ++paragraph_;
    } else if (element.name == table) {
        table_ = element.attribute_or_empty(Name("table:name"));
    }
}

std::string Whereabouts::words() const {
    if (!part_.empty()) return part_;
    std::string out;
    if (!heading_.empty() && article_ > 0 && !numbers_.prefix.empty())
        out = numbers_.prefix + std::to_string(article_) + numbers_.suffix + heading_;
    else if (!heading_.empty())
        out = "« " + heading_ + " »";
    if (!table_.empty()) out += (out.empty() ? "" : ", ") + ("tableau « " + table_ + " »");
    if (paragraph_ > 0) out += (out.empty() ? "" : ", ") + paragraph_words(paragraph_);
    return out;
}

namespace {

/// Enters elements from the start until `found` holds for one; false when it holds for none.
bool enter_until(const Element& from, Whereabouts& whereabouts,
                 const std::function<bool(const Element&)>& found) {
    whereabouts.enter(from);
    if (found(from)) return true;
    for (const Node& node : from.children)
        if (const auto* child = std::get_if<ElementPtr>(&node);
            child != nullptr && enter_until(**child, whereabouts, found))
            return true;
    return false;
}

bool holds(const Element& ancestor, const Element& wanted) {
    bool found = false;
    walk(ancestor, [&](const Element& each) { found = found || &each == &wanted; });
    return found;
}

std::optional<std::string> words_in_body(const Document& document,
                                         const std::function<bool(const Element&)>& found) {
    Whereabouts whereabouts(document);
    if (document.body && enter_until(*document.body, whereabouts, found))
        return whereabouts.words();
    return std::nullopt;
}

std::string shown_name(const Element& style) {
    const auto display = style.attribute_or_empty(Name("style:display-name"));
    return std::string(display.empty() ? style.attribute_or_empty(Name("style:name")) : display);
}

/// "style de page « Standard »", for what stands in office:master-styles; nullopt when not there.
std::optional<std::string> words_in_masters(const Document& document, const Element& element) {
    if (!document.master_styles) return std::nullopt;
    for (const Node& node : document.master_styles->children) {
        const auto* master = std::get_if<ElementPtr>(&node);
        if (master == nullptr || !holds(**master, element)) continue;
        for (const Node& inner : (*master)->children) {
            const auto* part = std::get_if<ElementPtr>(&inner);
            if (part == nullptr || !holds(**part, element)) continue;
            return (*part)->name.str().starts_with("style:header") ? "en-tête" : "pied de page";
        }
        return "style de page « " + shown_name(**master) + " »";
    }
    return std::nullopt;
}

/// What a style is called by who uses it.
std::string words_of_style(const Document& document, const Element& style, bool automatic) {
    static const Name page_layout("style:page-layout"), layout_name("style:page-layout-name"),
        default_style("style:default-style"), name("style:name"), style_name("text:style-name"),
        draw_style("draw:style-name"), table_style("table:style-name");
    if (style.name == default_style) return "style par défaut";
    const std::string own(style.attribute_or_empty(name));
    if (style.name == page_layout) {
        if (document.master_styles)
            for (const Node& node : document.master_styles->children)
                if (const auto* master = std::get_if<ElementPtr>(&node);
                    master != nullptr && (*master)->attribute_or_empty(layout_name) == own)
                    return "style de page « " + shown_name(**master) + " »";
        return {};
    }
    if (!automatic) return "style « " + shown_name(style) + " »";
    const auto words = words_in_body(document, [&](const Element& user) {
        return user.attribute_or_empty(style_name) == own ||
               user.attribute_or_empty(draw_style) == own ||
               user.attribute_or_empty(table_style) == own;
    });
    return words.value_or("");
}

}  // namespace

std::string words_of(const Document& document, const Element& element) {
    if (const auto words =
            words_in_body(document, [&](const Element& each) { return &each == &element; }))
        return *words;
    if (const auto words = words_in_masters(document, element)) return *words;
    for (const ElementPtr& styles :
         {document.styles, document.automatic_styles, document.styles_automatic_styles}) {
        if (!styles) continue;
        for (const Node& node : styles->children)
            if (const auto* style = std::get_if<ElementPtr>(&node);
                style != nullptr && holds(**style, element))
                return words_of_style(document, **style, styles != document.styles);
    }
    return {};
}

}  // namespace paraphe::odf
