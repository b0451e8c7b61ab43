#include "expression/content.hpp"

#include <algorithm>
#include <array>

#include "base/error.hpp"

namespace paraphe::expression {

namespace {

constexpr std::array<std::string_view, 3> media_types{"image/png", "image/jpeg", "image/svg+xml"};

[[noreturn]] void refuse(const std::string& problem, const std::string& remedy) {
    throw Error(ErrorKind::malformed_input, problem, {}, remedy, "P0260");
}

}  // namespace

bool is_picture_uri(std::string_view text) {
    return text.starts_with("data:image/");
}

Picture parse_picture_uri(std::string_view uri) {
    const std::string form = "une image s’écrit « data:image/png;base64,… » (ou jpeg, svg+xml)";
    const auto comma = uri.find(',');
    if (!is_picture_uri(uri) || comma == std::string_view::npos)
        refuse("ce texte n’est pas une image", form);
    std::string_view head = uri.substr(5, comma - 5);
    if (!head.ends_with(";base64")) refuse("cette image n’est pas écrite en base64", form);
    head = head.substr(0, head.find(';'));
    Picture out;
    for (const std::string_view known : media_types)
        if (head == known) out.media_type = known;
    if (out.media_type.empty())
        refuse("une image de type « " + std::string(head.substr(0, 80)) + " » ne peut pas servir",
               "enregistrez-la en PNG, JPEG ou SVG");
    // Four characters for three octets, and some line ends.
    if (uri.size() - comma > most_picture_octets / 3 * 4 + most_picture_octets / 16)
        refuse("cette image dépasse 8 Mo", "réduisez-la avant de la joindre");
    try {
        out.bytes = std::make_shared<const Bytes>(from_base64(uri.substr(comma + 1)));
    } catch (const Error&) {
        refuse("le base64 de cette image est abîmé", form);
    }
    if (out.bytes->size() > most_picture_octets)
        refuse("cette image dépasse 8 Mo", "réduisez-la avant de la joindre");
    if (out.bytes->empty()) refuse("cette image est vide", form);
    return out;
}

std::string to_uri(const Picture& picture) {
    return "data:" + picture.media_type + ";base64," + to_base64(*picture.bytes);
}

std::string Content::text() const {
    std::string out;
    for (const auto& piece : pieces) {
        if (const auto* run = std::get_if<Run>(&piece))
            out += run->text;
        else
            out += std::get<Image>(piece).description;
    }
    return out;
}

void Content::append(const Value& value) {
    if (value.is(Kind::content)) {
        const auto& more = value.content().pieces;
        pieces.insert(pieces.end(), more.begin(), more.end());
    } else if (std::string printed = to_text(value); !printed.empty()) {
        pieces.emplace_back(Run{std::move(printed)});
    }
}

bool operator==(const Picture& a, const Picture& b) {
    return a.media_type == b.media_type && (a.bytes == b.bytes || *a.bytes == *b.bytes);
}

bool operator==(const Content& a, const Content& b) {
    const auto same = [](const auto& one, const auto& other) {
        if (one.index() != other.index()) return false;
        if (const auto* run = std::get_if<Content::Run>(&one)) {
            const auto& second = std::get<Content::Run>(other);
            return run->text == second.text && run->bold == second.bold &&
                   run->italic == second.italic;
        }
        const auto& first = std::get<Content::Image>(one);
        const auto& second = std::get<Content::Image>(other);
        return first.picture == second.picture && first.description == second.description &&
               first.width == second.width && first.height == second.height;
    };
    return std::equal(a.pieces.begin(), a.pieces.end(), b.pieces.begin(), b.pieces.end(), same);
}

}  // namespace paraphe::expression
