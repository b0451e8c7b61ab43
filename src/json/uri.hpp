#pragma once

#include <string>
#include <string_view>

namespace paraphe::json {

struct UriReference {
    std::string uri;       ///< without its fragment
    std::string fragment;  ///< percent-decoded
};

/// RFC 3986 §5.2, as far as schemas name each other. An empty `base` is the document itself.
UriReference resolve_uri(std::string_view base, std::string_view reference);

}  // namespace paraphe::json
