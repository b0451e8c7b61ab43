#include "json/uri.hpp"

#include <algorithm>

#include "base/percent.hpp"

namespace paraphe::json {

namespace {

bool has_scheme(std::string_view uri) {
    const std::size_t colon = uri.find(':');
    return colon != std::string_view::npos && colon > 0 && uri.find_first_of("/?#") > colon;
}

/// Where the path begins: after "scheme:" and "//authority".
std::size_t path_start(std::string_view uri) {
    std::size_t at = has_scheme(uri) ? uri.find(':') + 1 : 0;
    if (uri.substr(at).starts_with("//")) at = std::min(uri.find('/', at + 2), uri.size());
    return at;
}

std::string without_dot_segments(std::string_view path) {
    std::string out;
    for (std::size_t start = 0; start <= path.size();) {
        const std::size_t end = std::min(path.find('/', start), path.size());
        const std::string_view segment = path.substr(start, end - start);
        const bool last = end == path.size();
        if (segment == "..") {
            if (const std::size_t slash = out.rfind('/', out.empty() ? 0 : out.size() - 2);
                slash != std::string::npos && out.size() > 1)
                out.erase(slash + 1);
        } else if (segment != ".") {
            out += segment;
            if (!last) out += '/';
        }
        start = end + 1;
    }
    return out;
}

}  // namespace

UriReference resolve_uri(std::string_view base, std::string_view reference) {
    UriReference out;
    const std::size_t hash = std::min(reference.find('#'), reference.size());
    if (hash < reference.size()) out.fragment = percent_decoded(reference.substr(hash + 1));
    const std::string_view uri = reference.substr(0, hash);
    if (uri.empty()) {
        out.uri = base;
    } else if (has_scheme(uri)) {
        out.uri = uri;
    } else {
        const std::size_t start = path_start(base);
        const std::string_view path = base.substr(start);
        if (uri.starts_with("//")) {
            out.uri = std::string(base.substr(0, base.find(':') + 1)) + std::string(uri);
        } else if (uri.starts_with('/')) {
            out.uri = std::string(base.substr(0, start)) + without_dot_segments(uri);
        } else {
            const std::size_t slash = path.rfind('/');
            const std::string_view folder =
                slash == std::string_view::npos ? std::string_view() : path.substr(0, slash + 1);
            out.uri = std::string(base.substr(0, start)) +
                      without_dot_segments(std::string(folder) + std::string(uri));
        }
    }
    return out;
}

}  // namespace paraphe::json
