#include "redline/looks.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "odf/odf.hpp"

namespace paraphe::redline {

namespace {

using odf::Element;
using odf::ElementPtr;
using odf::Name;

constexpr double same_length = 0.05;

/// Defaults as a reader would say them; a font has none.
const std::map<std::string, std::string, std::less<>>& defaults() {
    static const std::map<std::string, std::string, std::less<>> all{
        {"gras", "non"},
        {"italique", "non"},
        {"souligné", "non"},
        {"barré", "non"},
        {"couleur", "automatique"},
        {"surlignage", "aucun"},
        {"casse", "normale"},
        {"position", "normale"},
        {"masqué", "non"},
        {"taille", "12 pt"},
        {"alignement", "à gauche"},
        {"retrait à gauche", "0 cm"},
        {"retrait à droite", "0 cm"},
        {"espacement avant", "0 cm"},
        {"espacement après", "0 cm"},
        {"retrait de première ligne", "0 cm"},
        {"interligne", "simple"},
        {"saut avant", "aucun"},
        {"saut après", "aucun"},
        {"solidaire du suivant", "non"},
        {"fond", "aucun"},
        {"bordure", "aucune"},
        {"tabulations", "aucune"},
    };
    return all;
}

std::string number_words(double value, int places) {
    const double scale = std::pow(10, places);
    long long units = std::llround(std::fabs(value) * scale);
    std::string digits = std::to_string(units);
    while (static_cast<int>(digits.size()) <= places)
        digits.insert(digits.begin(), '0');
    std::string out = digits.substr(0, digits.size() - static_cast<std::size_t>(places));
    std::string fraction = digits.substr(digits.size() - static_cast<std::size_t>(places));
    while (!fraction.empty() && fraction.back() == '0')
        fraction.pop_back();
    if (!fraction.empty()) out += "," + fraction;
    return (value < 0 && units != 0 ? "-" : "") + out;
}

/// Millimetres; nullopt for what is no length.
std::optional<double> millimetres(std::string_view written) {
    const std::string text(written);
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    if (end == text.c_str() || !std::isfinite(value) || std::fabs(value) > 1e6) return std::nullopt;
    const std::string_view unit(end);
    if (unit == "cm") return value * 10;
    if (unit == "mm") return value;
    if (unit == "in") return value * 25.4;
    if (unit == "pt") return value * 25.4 / 72;
    if (unit == "pc") return value * 25.4 / 6;
    if (unit == "px") return value * 25.4 / 96;
    return std::nullopt;
}

std::optional<double> percent(std::string_view written) {
    if (!written.ends_with("%")) return std::nullopt;
    const double value = std::strtod(std::string(written).c_str(), nullptr);
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

LookValue length(std::string_view written) {
    if (const auto mm = millimetres(written)) return {"", {*mm}};
    return {std::string(written), {}};
}

LookValue word(std::string text) {
    return {std::move(text), {}};
}

bool is_bold(std::string_view weight) {
    return weight == "bold" || (weight.size() == 3 && weight >= "600" && weight <= "900");
}

std::string border_words(std::string_view written) {
    if (written.empty() || written == "none" || written == "hidden") return "aucune";
    // Writer rounds widths: 0.5pt comes back as 0.51pt.
    const auto space = written.find(' ');
    const auto mm = millimetres(written.substr(0, space));
    if (!mm || space == std::string_view::npos) return std::string(written);
    const double points = std::round(*mm * 72 / 25.4 * 4) / 4;
    std::string rest(written.substr(space + 1));
    if (rest.starts_with("solid ")) rest = "plein " + rest.substr(6);
    return number_words(points, 2) + " pt " + rest;
}

/// What a value reads like; lengths in centimetres.
std::string words_of(const std::string& property, const LookValue& value) {
    if (property == "tabulations") {
        std::string out;
        std::size_t at = 0, type = 0;
        while (type < value.text.size()) {
            const auto end = value.text.find(';', type);
            if (!out.empty()) out += ", ";
            if (at < value.lengths.size())
                out += number_words(value.lengths[at++] / 10, 2) + " cm ";
            out += value.text.substr(type, end - type);
            type = end == std::string::npos ? value.text.size() : end + 1;
        }
        return out;
    }
    if (value.lengths.empty()) return value.text;
    if (property == "taille" || property == "interlettrage")
        return number_words(value.lengths[0] * 72 / 25.4, 1) + " pt";
    if (value.text == "%") return number_words(value.lengths[0], 0) + " %";
    std::string out;
    for (const double each : value.lengths)
        out += (out.empty() ? "" : " × ") + number_words(each / 10, 2);
    return out + " cm" + (value.text.empty() ? "" : " " + value.text);
}

}  // namespace

bool LookValue::operator==(const LookValue& other) const {
    return text == other.text && lengths.size() == other.lengths.size() &&
           std::equal(lengths.begin(), lengths.end(), other.lengths.begin(),
                      [](double a, double b) { return std::fabs(a - b) < same_length; });
}

std::vector<PropertyChange> differences(const Look& before, const Look& after) {
    std::vector<PropertyChange> out;
    const auto compare = [&](const std::string& property, const LookValue* a, const LookValue* b) {
        if (a != nullptr && b != nullptr && *a == *b) return;
        const auto otherwise = defaults().find(property);
        if ((a == nullptr || b == nullptr) && otherwise == defaults().end()) return;
        std::string was = a != nullptr ? words_of(property, *a) : otherwise->second;
        std::string is = b != nullptr ? words_of(property, *b) : otherwise->second;
        if (was != is) out.push_back({property, std::move(was), std::move(is)});
    };
    for (const auto& [property, value] : before) {
        const auto other = after.find(property);
        compare(property, &value, other == after.end() ? nullptr : &other->second);
    }
    for (const auto& [property, value] : after)
        if (!before.contains(property)) compare(property, nullptr, &value);
    std::sort(out.begin(), out.end());
    return out;
}

Looks::Looks(const odf::Document& document) {
    static const Name name("style:name"), family("style:family"), style("style:style"),
        default_style("style:default-style");
    const auto index = [&](const ElementPtr& list, Index& into) {
        if (!list) return;
        for (const odf::Node& node : list->children) {
            const auto* each = std::get_if<ElementPtr>(&node);
            if (each == nullptr) continue;
            const std::string kind((*each)->attribute_or_empty(family));
            if ((*each)->name == style)
                into.emplace(std::pair(kind, std::string((*each)->attribute_or_empty(name))),
                             each->get());
            else if ((*each)->name == default_style)
                into.emplace(std::pair(kind, std::string()), each->get());
        }
    };
    index(document.styles, common_);
    index(document.automatic_styles, automatic_);
    index(document.styles_automatic_styles, furniture_);
    for (const ElementPtr& list : {document.font_face_decls, document.styles_font_face_decls}) {
        if (!list) continue;
        for (const odf::Node& node : list->children)
            if (const auto* face = std::get_if<ElementPtr>(&node)) {
                std::string called((*face)->attribute_or_empty(Name("svg:font-family")));
                std::erase_if(called, [](char c) { return c == '\'' || c == '"'; });
                fonts_.emplace(std::string((*face)->attribute_or_empty(name)), called);
            }
    }
    read_pages(document);
}

const Element* Looks::find(std::string_view family, const std::string& name, bool furniture) const {
    const auto key = std::pair(std::string(family), name);
    const Index& own = furniture ? furniture_ : automatic_;
    if (const auto found = own.find(key); found != own.end()) return found->second;
    const auto found = common_.find(key);
    return found == common_.end() ? nullptr : found->second;
}

std::vector<const Element*> Looks::chain(std::string_view family, const std::string& name,
                                         bool furniture) const {
    std::vector<const Element*> out;
    constexpr std::size_t deepest = 64;
    std::string at = name;
    while (!at.empty() && out.size() < deepest) {
        const Element* style = out.empty() ? find(family, at, furniture) : nullptr;
        if (!out.empty())
            if (const auto found = common_.find({std::string(family), at}); found != common_.end())
                style = found->second;
        if (style == nullptr || std::find(out.begin(), out.end(), style) != out.end()) break;
        out.push_back(style);
        at = style->attribute_or_empty(Name("style:parent-style-name"));
    }
    if (family == "paragraph")
        if (const auto root = common_.find({std::string(family), ""}); root != common_.end())
            out.push_back(root->second);
    std::reverse(out.begin(), out.end());
    return out;
}

void Looks::apply_text(Look& look, const Element& properties) const {
    const bool window_colour =
        properties.attribute_or_empty(Name("style:use-window-font-color")) == "true";
    if (window_colour) look["couleur"] = word("automatique");
    for (const auto& [attribute, value] : properties.attributes) {
        const std::string& name = attribute.str();
        if (name == "style:font-name") {
            const auto face = fonts_.find(value);
            look["police"] =
                word(face == fonts_.end() || face->second.empty() ? value : face->second);
        } else if (name == "fo:font-family") {
            std::string family = value;
            std::erase_if(family, [](char c) { return c == '\'' || c == '"'; });
            look["police"] = word(family);
        } else if (name == "fo:font-size") {
            if (const auto share = percent(value)) {
                const auto outer = look.find("taille");
                const double size = outer == look.end() || outer->second.lengths.empty()
                                        ? 12 * 25.4 / 72
                                        : outer->second.lengths[0];
                look["taille"] = {"", {size * *share / 100}};
            } else {
                look["taille"] = length(value);
            }
        } else if (name == "fo:font-weight") {
            look["gras"] = word(is_bold(value) ? "oui" : "non");
        } else if (name == "fo:font-style") {
            look["italique"] = word(value == "normal" ? "non" : "oui");
        } else if (name == "style:text-underline-style") {
            look["souligné"] = word(value == "none" ? "non" : "oui");
        } else if (name == "style:text-line-through-style") {
            look["barré"] = word(value == "none" ? "non" : "oui");
        } else if (name == "fo:color" && !window_colour) {
            look["couleur"] = word(value);
        } else if (name == "fo:background-color") {
            look["surlignage"] = word(value == "transparent" ? "aucun" : value);
        } else if (name == "fo:text-transform") {
            look["casse"] = word(value == "uppercase"    ? "majuscules"
                                 : value == "lowercase"  ? "minuscules"
                                 : value == "capitalize" ? "initiales"
                                                         : "normale");
        } else if (name == "fo:font-variant") {
            look["casse"] = word(value == "small-caps" ? "petites capitales" : "normale");
        } else if (name == "style:text-position") {
            look["position"] = word(value.starts_with("super") ? "exposant"
                                    : value.starts_with("sub") || value.starts_with("-") ? "indice"
                                    : value.starts_with("0")                             ? "normale"
                                                             : "exposant");
        } else if (name == "text:display") {
            look["masqué"] = word(value == "none" ? "oui" : "non");
        }
    }
}

void Looks::apply_paragraph(Look& look, const Element& properties) const {
    const auto set_length = [&](const char* property, std::string_view value) {
        if (percent(value)) return;  // of the parent's; Writer resolves it when it saves
        look[property] = length(value);
    };
    if (const std::string* all = properties.attribute(Name("fo:margin")))
        for (const char* side :
             {"retrait à gauche", "retrait à droite", "espacement avant", "espacement après"})
            set_length(side, *all);
    if (const std::string* all = properties.attribute(Name("fo:border")))
        look["bordure"] = word(border_words(*all));
    std::string sides;
    for (const char* side : {"top", "bottom", "left", "right"})
        if (const std::string* one = properties.attribute(Name(std::string("fo:border-") + side)))
            if (const std::string words = border_words(*one); words != "aucune") {
                const char* french = *side == 't'   ? "en haut"
                                     : *side == 'b' ? "en bas"
                                     : *side == 'l' ? "à gauche"
                                                    : "à droite";
                sides += (sides.empty() ? "" : ", ") + words + " " + french;
            }
    if (properties.attribute(Name("fo:border-top")) || !sides.empty())
        look["bordure"] = word(sides.empty() ? "aucune" : sides);
    for (const auto& [attribute, value] : properties.attributes) {
        const std::string& name = attribute.str();
        if (name == "fo:text-align") {
            look["alignement"] = word(value == "center"                    ? "centré"
                                      : value == "justify"                 ? "justifié"
                                      : value == "end" || value == "right" ? "à droite"
                                                                           : "à gauche");
        } else if (name == "fo:margin-left") {
            set_length("retrait à gauche", value);
        } else if (name == "fo:margin-right") {
            set_length("retrait à droite", value);
        } else if (name == "fo:margin-top") {
            set_length("espacement avant", value);
        } else if (name == "fo:margin-bottom") {
            set_length("espacement après", value);
        } else if (name == "fo:text-indent") {
            set_length("retrait de première ligne", value);
        } else if (name == "fo:line-height") {
            const auto share = percent(value);
            look["interligne"] = value == "normal" || (share && std::fabs(*share - 100) < 0.5)
                                     ? word("simple")
                                 : share ? LookValue{"%", {std::round(*share)}}
                                         : length(value);
        } else if (name == "style:line-height-at-least") {
            if (const auto mm = millimetres(value); mm && *mm > 0)
                look["interligne"] = {"au moins", {*mm}};
        } else if (name == "fo:break-before" || name == "fo:break-after") {
            look[name.ends_with("before") ? "saut avant" : "saut après"] =
                word(value == "page"     ? "de page"
                     : value == "column" ? "de colonne"
                                         : "aucun");
        } else if (name == "fo:keep-with-next") {
            look["solidaire du suivant"] = word(value == "always" ? "oui" : "non");
        } else if (name == "fo:background-color") {
            look["fond"] = word(value == "transparent" ? "aucun" : value);
        }
    }
    if (const ElementPtr stops = properties.child(Name("style:tab-stops"))) {
        LookValue made;
        for (const odf::Node& node : stops->children)
            if (const auto* stop = std::get_if<ElementPtr>(&node)) {
                const auto mm = millimetres((*stop)->attribute_or_empty(Name("style:position")));
                const auto type = (*stop)->attribute_or_empty(Name("style:type"));
                made.lengths.push_back(mm.value_or(0));
                made.text +=
                    std::string(made.text.empty() ? "" : ";") + (type == "right"    ? "à droite"
                                                                 : type == "center" ? "centrée"
                                                                 : type == "char"   ? "décimale"
                                                                                    : "à gauche");
            }
        look["tabulations"] = made.text.empty() ? word("aucune") : made;
    }
}

const Look& Looks::paragraph(const std::string& name, bool furniture) {
    const auto key = std::pair(name, furniture);
    if (const auto found = paragraphs_.find(key); found != paragraphs_.end()) return found->second;
    Look look;
    for (const Element* style : chain("paragraph", name, furniture)) {
        if (const ElementPtr properties = style->child(Name("style:paragraph-properties")))
            apply_paragraph(look, *properties);
        if (const ElementPtr properties = style->child(Name("style:text-properties")))
            apply_text(look, *properties);
    }
    return paragraphs_.emplace(key, std::move(look)).first->second;
}

Look Looks::words(const std::vector<std::string>& styles, bool furniture) {
    Look look;
    for (const std::string& name : styles)
        for (const Element* style : chain("text", name, furniture))
            if (const ElementPtr properties = style->child(Name("style:text-properties")))
                apply_text(look, *properties);
    return look;
}

bool Looks::has(std::string_view family, const std::string& name) const {
    return common_.contains({std::string(family), name});
}

std::string Looks::named(std::string_view family, const std::string& name, bool furniture) const {
    if (has(family, name)) return name;
    const Element* style = find(family, name, furniture);
    if (style == nullptr) return family == "paragraph" ? "Standard" : name;
    std::string made(style->attribute_or_empty(Name("style:parent-style-name")));
    return made.empty() && family == "paragraph" ? "Standard" : made;
}

std::string Looks::display_name(std::string_view family, const std::string& name) const {
    const auto found = common_.find({std::string(family), name});
    if (found == common_.end()) return name;
    const auto shown = found->second->attribute_or_empty(Name("style:display-name"));
    return shown.empty() ? name : std::string(shown);
}

std::string Looks::parent(const std::string& name) const {
    const auto found = common_.find({"paragraph", name});
    return found == common_.end()
               ? std::string()
               : std::string(found->second->attribute_or_empty(Name("style:parent-style-name")));
}

void Looks::read_pages(const odf::Document& document) {
    if (!document.master_styles) return;
    std::map<std::string, const Element*> layouts;
    if (document.styles_automatic_styles)
        for (const odf::Node& node : document.styles_automatic_styles->children)
            if (const auto* layout = std::get_if<ElementPtr>(&node);
                layout != nullptr && (*layout)->name == Name("style:page-layout"))
                layouts.emplace(std::string((*layout)->attribute_or_empty(Name("style:name"))),
                                layout->get());
    for (const odf::Node& node : document.master_styles->children) {
        const auto* master = std::get_if<ElementPtr>(&node);
        if (master == nullptr || (*master)->name != Name("style:master-page")) continue;
        Look look;
        const auto found = layouts.find(
            std::string((*master)->attribute_or_empty(Name("style:page-layout-name"))));
        const ElementPtr properties =
            found == layouts.end() ? nullptr
                                   : found->second->child(Name("style:page-layout-properties"));
        if (properties) {
            const auto get = [&](const char* name) {
                return properties->attribute_or_empty(Name(name));
            };
            if (const auto width = millimetres(get("fo:page-width")))
                if (const auto height = millimetres(get("fo:page-height")))
                    look["format"] = {"", {*width, *height}};
            for (const auto& [attribute, property] :
                 std::initializer_list<std::pair<const char*, const char*>>{
                     {"fo:margin-top", "marge du haut"},
                     {"fo:margin-bottom", "marge du bas"},
                     {"fo:margin-left", "marge de gauche"},
                     {"fo:margin-right", "marge de droite"}}) {
                const auto own = get(attribute), all = get("fo:margin");
                if (!own.empty() || !all.empty()) look[property] = length(own.empty() ? all : own);
            }
        }
        pages_.emplace(std::string((*master)->attribute_or_empty(Name("style:name"))),
                       std::move(look));
    }
}

}  // namespace paraphe::redline
