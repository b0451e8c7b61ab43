#include "server/http.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/utf8.hpp"

namespace paraphe::server {

namespace {

std::string decode(std::string_view text, bool plus_is_space) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            if (i + 2 >= text.size())
                throw Error(ErrorKind::malformed_input, "a percent escape is cut short");
            out += from_hex(text.substr(i + 1, 2));
            i += 2;
        } else if (text[i] == '+' && plus_is_space) {
            out += ' ';
        } else {
            out += text[i];
        }
    }
    if (!utf8::is_valid(out) || out.find('\0') != std::string::npos)
        throw Error(ErrorKind::malformed_input, "the address is not UTF-8 text");
    return out;
}

}  // namespace

std::string_view Request::header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

std::optional<std::string> Request::parameter(std::string_view name) const {
    for (const auto& [key, value] : query)
        if (key == name) return value;
    return std::nullopt;
}

std::optional<std::string> Request::cookie(std::string_view name) const {
    std::string_view rest = header("cookie");
    while (!rest.empty()) {
        const auto end = rest.find(';');
        std::string_view pair = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
        while (!pair.empty() && pair.front() == ' ')
            pair.remove_prefix(1);
        const auto equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == name)
            return std::string(pair.substr(equals + 1));
    }
    return std::nullopt;
}

Response& Response::set(std::string name, std::string value) {
    if (value.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos)
        throw Error(ErrorKind::internal, "a control character in the header field " + name);
    headers.emplace_back(std::move(name), std::move(value));
    return *this;
}

void read_target(std::string_view target, Request& request) {
    const auto question = target.find('?');
    request.path = decode(target.substr(0, question), false);
    if (question != std::string_view::npos) request.query = read_form(target.substr(question + 1));
    std::size_t at = 0;
    while (at < request.path.size()) {
        const auto end = std::min(request.path.find('/', at + 1), request.path.size());
        const std::string_view segment =
            std::string_view(request.path).substr(at + 1, end - at - 1);
        if (segment == "." || segment == "..")
            throw Error(ErrorKind::malformed_input, "the path climbs");
        at = end;
    }
    if (std::any_of(request.path.begin(), request.path.end(),
                    [](char c) { return c >= 0 && c < 0x20; }))
        throw Error(ErrorKind::malformed_input, "a control character in the path");
}

Fields read_form(std::string_view body) {
    Fields out;
    while (!body.empty()) {
        const auto end = body.find('&');
        const std::string_view pair = body.substr(0, end);
        body = end == std::string_view::npos ? std::string_view() : body.substr(end + 1);
        if (pair.empty()) continue;
        if (out.size() == 1000)
            throw Error(ErrorKind::malformed_input, "more than 1000 form fields");
        const auto equals = pair.find('=');
        out.emplace_back(decode(pair.substr(0, equals), true),
                         equals == std::string_view::npos ? std::string()
                                                          : decode(pair.substr(equals + 1), true));
    }
    return out;
}

std::string url_encode(std::string_view text) {
    std::string out;
    for (char c : text) {
        const bool unreserved = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                                (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == '_' ||
                                c == '~';
        if (unreserved)
            out += c;
        else
            out += "%" + to_hex({&c, 1});
    }
    return out;
}

}  // namespace paraphe::server
