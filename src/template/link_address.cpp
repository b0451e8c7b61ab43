#include "template/link_address.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/error.hpp"
#include "base/percent.hpp"

namespace paraphe::tmpl {

namespace {

/// The address with its escapes decoded, and where each octet of that stands in it.
struct Decoded {
    explicit Decoded(std::string_view href) {
        for (std::size_t i = 0; i < href.size();) {
            const int octet = percent_octet(href, i);
            text += octet < 0 ? href[i] : static_cast<char>(octet);
            begins.push_back(i);
            i += octet < 0 ? 1 : 3;
        }
        begins.push_back(href.size());
    }

    std::string text;
    std::vector<std::size_t> begins;  ///< one more than octets
};

/// Writer completes an address that begins with a tag, which it takes for a file beside the
/// document: "../", or the whole path in a file that was never saved elsewhere.
bool is_completion(std::string_view piece) {
    if (piece.starts_with("file:")) return true;
    while (piece.starts_with("../") || piece.starts_with("./"))
        piece.remove_prefix(piece.find('/') + 1);
    return piece.empty();
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

bool has_tag(std::string_view attribute) {
    static constexpr std::array<std::string_view, 4> openings{"{{", "{%", "%7b%7b", "%7b%25"};
    std::string text(attribute);
    std::transform(text.begin(), text.end(), text.begin(), lower);
    return std::any_of(openings.begin(), openings.end(), [&](std::string_view opening) {
        return text.find(opening) != std::string::npos;
    });
}

std::shared_ptr<const Instructions> read_address(const std::string& href, const Place& place,
                                                 Diagnostics& diagnostics) {
    const Decoded decoded(href);
    auto out = std::make_shared<Instructions>();
    std::size_t from = 0;
    bool sound = true;
    const auto author = [&](std::size_t to) {
        const std::size_t begin = decoded.begins[from];
        std::string piece = href.substr(begin, decoded.begins[to] - begin);
        if (has_tag(piece)) sound = false;
        if (piece.empty() || (from == 0 && to < decoded.text.size() && is_completion(piece)))
            return;
        const Extent extent{0, piece.size()};
        out->push_back({Constant{odf::Node(odf::Text{std::move(piece), {}}), extent}});
    };
    try {
        while (const auto tag = expression::next_tag(decoded.text, from)) {
            if (tag->kind != expression::TagKind::output) {
                sound = false;
                break;
            }
            author(tag->begin);
            auto own = std::make_shared<Place>(place);
            own->quote = decoded.text.substr(tag->begin, tag->end - tag->begin);
            const std::string content =
                decoded.text.substr(tag->content_begin, tag->content_end - tag->content_begin);
            from = tag->end;
            try {
                out->push_back(
                    {Output{expression::parse_output(
                                content, [where = place.where](std::size_t) { return where; }),
                            own}});
            } catch (const Error& error) {
                diagnostics.push_back(diagnostic_at(*own, error));
                return nullptr;
            }
        }
        author(decoded.text.size());
    } catch (const Error& error) {
        diagnostics.push_back(diagnostic_at(place, error));
        return nullptr;
    }
    if (sound) return out;
    diagnostics.push_back(
        diagnostic_at(place, "P0207", "l’adresse d’un lien ne prend que des valeurs, {{ … }}",
                      "écrivez un lien dans chaque branche d’un bloc {% if %} du texte"));
    return nullptr;
}

void Address::value(std::string_view value) {
    // RFC 3986 §2.2: of an address, all that it may hold; of a word, what no parameter ends with.
    text_ += percent_encoded(value, text_.empty() ? "%:/?#[]@!$&'()*+,;=" : "/@:");
}

const std::string& Address::checked() const {
    static constexpr std::array<std::string_view, 4> beginnings{"http://", "https://",
                                                                "mailto:", "#"};
    for (const std::string_view beginning : beginnings)
        if (text_.size() > beginning.size() &&
            std::equal(beginning.begin(), beginning.end(), text_.begin(),
                       [](char wanted, char is) { return wanted == lower(is); }))
            return text_;
    const char* const code = "P0268";
    throw Error(ErrorKind::malformed_input, "« " + text_ + " » n’est pas une adresse de lien", {},
                "donnez une adresse qui commence par https://, http://, mailto: ou #", code);
}

}  // namespace paraphe::tmpl
