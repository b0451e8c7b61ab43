#pragma once

#include <string>
#include <string_view>

namespace paraphe {

/// Percent-encoding of addresses (RFC 3986 §2.1). Decoding leaves alone what is no escape.
std::string percent_decoded(std::string_view);

/// Encodes all octets but unreserved ones (letters, digits, - . _ ~) and those of `also`.
std::string percent_encoded(std::string_view, std::string_view also = {});

/// The octet that the escape at `at` stands for; -1 when there is none.
int percent_octet(std::string_view, std::size_t at);

}  // namespace paraphe
