#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/date.hpp"
#include "base/length.hpp"

/// The syntax of PDF objects (ISO 32000-1 §7.3), as far as writing needs it.
namespace paraphe::pdf {

/// Number and generation of an indirect object; number 0 means none.
struct ObjectId {
    int number = 0;
    int generation = 0;
    auto operator<=>(const ObjectId&) const = default;
    explicit operator bool() const { return number != 0; }
};

/// "12 0 R"
std::string reference(ObjectId);

/// A dictionary whose values are PDF syntax ("12 0 R", "[0 1]", "(text)"); keys have no slash.
/// Written in the order of the keys, so that equal dictionaries give equal bytes.
using Dictionary = std::map<std::string, std::string>;
std::string to_syntax(const Dictionary&);

/// A name with its slash, #xx for what needs it.
std::string name(std::string_view);
/// A text string (§7.9.2.2): PDFDocEncoding's ASCII part as a literal, else UTF-16BE with its mark.
std::string text_string(std::string_view utf8);
/// A byte string as a literal; escapes ( ) \ and CR, which a reader would take for LF.
std::string literal_string(ByteView);
void append_literal(std::string&, ByteView);  ///< its inside, without parentheses
std::string hex_string(ByteView);
/// "(D:20261125071056Z)"
std::string date_string(Instant);
/// At most `decimals` decimals (0 to 6), no exponent, no trailing zeros.
std::string number(double, int decimals = 3);
void append_number(std::string&, double, int decimals = 3);
void append_length(std::string&, Length);  ///< in points, three decimals

}  // namespace paraphe::pdf
