// What gives a value a look of its own: bold, italic, pictures.
#include "expression/content.hpp"
#include "expression/library.hpp"

namespace paraphe::expression::library {

namespace {

/// "3cm", "2,5 cm" → "2.5cm": a length of ODF, as Writer shows it to its user.
std::string length(const Value& value, const std::string& name) {
    const std::string wrong = "« " + name + " » est une longueur comme \"3cm\" ou \"25mm\"";
    const std::string& text = value.text();
    std::string out;
    std::size_t at = 0;
    int digits = 0, points = 0;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (c >= '0' && c <= '9' && digits < 6) {
            out += c;
            ++digits;
        } else if ((c == ',' || c == '.') && digits > 0 && points++ == 0) {
            out += '.';
        } else {
            break;
        }
    }
    std::string_view unit = std::string_view(text).substr(at);
    for (const std::string_view space : {" ", "\u00A0", "\u202F"})
        if (unit.starts_with(space)) unit.remove_prefix(space.size());
    const bool null = out.find_first_not_of("0.") == std::string::npos;
    if (null || out.back() == '.' || (unit != "cm" && unit != "mm" && unit != "pt" && unit != "in"))
        fail(wrong, "écrivez un nombre et son unité : cm, mm, pt ou in", "P0263");
    return out + std::string(unit);
}

Value styled(const Value& value, bool Content::Run::*style, Scope& scope) {
    Content out;
    out.append(value);
    scope.charge(out.pieces.size());
    for (auto& piece : out.pieces)
        if (auto* run = std::get_if<Content::Run>(&piece)) run->*style = true;
    return out;
}

Value image(const Arguments& arguments) {
    Content::Image out;
    out.picture = arguments[0].picture();
    out.pointer = arguments[0].pointer();
    out.description = stripped(arguments[1].text(), Value(), true, true);
    if (out.description.empty())
        fail("une image doit avoir un texte de remplacement",
             "dites ce qu’elle montre : « | image(\"Logo de l’association\") »", "P0262");
    if (arguments.given(2)) out.width = length(arguments[2], "largeur");
    if (arguments.given(3)) out.height = length(arguments[3], "hauteur");
    Content content;
    content.pieces.emplace_back(std::move(out));
    return content;
}

}  // namespace

void add_content_filters(Registry& registry) {
    const Type content(Kind::content);
    const Type text(Kind::text);
    registry.add(
        filter("gras", {needed("valeur", printable() | content)}, content,
               "En gras, dans le style du paragraphe ; les retours à la ligne restent.",
               [](const Arguments& a) { return styled(a[0], &Content::Run::bold, a.scope()); }));
    registry.add(
        filter("italique", {needed("valeur", printable() | content)}, content,
               "En italique ; se combine : `nom | gras | italique`.",
               [](const Arguments& a) { return styled(a[0], &Content::Run::italic, a.scope()); }));
    registry.add(filter("image",
                        {needed("image", Type(Kind::picture)), needed("description", text),
                         optional("largeur", text), optional("hauteur", text)},
                        content,
                        "L'image d'un champ de format `image` (PNG, JPEG ou SVG, écrite "
                        "« data:image/png;base64,… »), proportions gardées ; `description` est lue "
                        "à qui ne voit pas.",
                        image));
}

}  // namespace paraphe::expression::library
