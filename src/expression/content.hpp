#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/bytes.hpp"
#include "expression/value.hpp"

/// What is printed with a look of its own: text in bold or italic, and pictures.
namespace paraphe::expression {

/// A picture as data hold it. In JSON it is a data URI (RFC 2397), always base64:
/// "data:image/png;base64,iVBOR…", in a field of format "image"; nothing is fetched from elsewhere.
struct Picture {
    std::shared_ptr<const Bytes> bytes;
    std::string media_type;  ///< image/png, image/jpeg or image/svg+xml
};

inline constexpr std::size_t most_picture_octets = 8u << 20;

/// Does this text mean to be a picture?
bool is_picture_uri(std::string_view);
/// Throws Error{malformed_input} (French, code "P0260") for another media type, for what is not
/// base64, and beyond most_picture_octets.
Picture parse_picture_uri(std::string_view);
std::string to_uri(const Picture&);

/// What `gras`, `italique`, `image` and `qr` give.
struct Content {
    struct Run {
        std::string text;  ///< line feeds are line breaks
        bool bold = false;
        bool italic = false;
    };
    struct Image {
        Picture picture;
        std::string description;  ///< alternative text, never empty
        std::string width;        ///< at most, a length of ODF ("3cm"); empty: as the place has it
        std::string height;
        std::string pointer;  ///< JSON pointer of the picture; empty when it was made
    };
    std::vector<std::variant<Run, Image>> pieces;

    /// The words alone; a picture gives its description.
    std::string text() const;
    /// Adds the pieces of a content, or the printed form of any other value. Throws as to_text().
    void append(const Value&);
};

bool operator==(const Picture&, const Picture&);
bool operator==(const Content&, const Content&);

}  // namespace paraphe::expression
