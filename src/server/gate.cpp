#include "server/gate.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace paraphe::server {

namespace {

constexpr std::array<std::string_view, 5> methods{"GET", "HEAD", "POST", "PUT", "DELETE"};

bool is_token_character(char c) {  // RFC 9110 §5.6.2
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return true;
    return c != '\0' && std::strchr("!#$%&'*+-.^_`|~", c) != nullptr;
}

bool is_token(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_token_character);
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return out;
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

CheckedHead refuse(int status, std::string problem) {
    return {0, GateRefusal{status, std::move(problem)}};
}

std::optional<GateRefusal> check_request_line(std::string_view line, const GateLimits& limits) {
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    if (first == std::string_view::npos || first == last || line.find(' ', first + 1) != last)
        return GateRefusal{400, "the request line is not METHOD target HTTP/1.1"};
    const std::string_view method = line.substr(0, first);
    const std::string_view target = line.substr(first + 1, last - first - 1);
    const std::string_view version = line.substr(last + 1);
    if (!is_token(method)) return GateRefusal{400, "the method is not a token"};
    if (std::find(methods.begin(), methods.end(), method) == methods.end())
        return GateRefusal{405, "this method is not used here"};
    if (target.size() > limits.target) return GateRefusal{414, "the target is too long"};
    if (target.empty() || target.front() != '/' ||
        !std::all_of(target.begin(), target.end(), [](char c) { return c > 0x20 && c < 0x7f; }))
        return GateRefusal{400, "the target is not a path of visible ASCII"};
    if (version.substr(0, 5) != "HTTP/") return GateRefusal{400, "the version is missing"};
    if (version != "HTTP/1.1") return GateRefusal{505, "only HTTP/1.1 is spoken here"};
    return std::nullopt;
}

/// "name", "name:port", "[v6]:port" without the port; nullopt when malformed.
std::optional<std::string> host_name(std::string_view value) {
    std::string_view name = value;
    std::string_view port;
    if (!value.empty() && value.front() == '[') {
        const auto end = value.find(']');
        if (end == std::string_view::npos) return std::nullopt;
        name = value.substr(0, end + 1);
        port = value.substr(end + 1);
    } else if (const auto colon = value.find(':'); colon != std::string_view::npos) {
        name = value.substr(0, colon);
        port = value.substr(colon);
    }
    if (!port.empty() &&
        (port.size() < 2 || port.size() > 6 || port.front() != ':' ||
         !std::all_of(port.begin() + 1, port.end(), [](char c) { return c >= '0' && c <= '9'; })))
        return std::nullopt;
    if (name.empty() || !std::all_of(name.begin(), name.end(), [](char c) {
            return is_token_character(c) || c == '[' || c == ']' || c == ':';
        }))
        return std::nullopt;
    return lower(name);
}

}  // namespace

CheckedHead check_head(std::string_view head, const GateLimits& limits) {
    for (std::size_t i = 0; i < head.size(); ++i) {
        const char c = head[i];
        if (c == '\n' && (i == 0 || head[i - 1] != '\r'))
            return refuse(400, "a bare LF in the head");
        if (c == '\r' && (i + 1 == head.size() || head[i + 1] != '\n'))
            return refuse(400, "a bare CR in the head");
        if (c == '\0') return refuse(400, "a NUL in the head");
    }
    std::size_t at = head.find("\r\n");
    if (at == std::string_view::npos) return refuse(400, "the head has no end");
    if (auto refusal = check_request_line(head.substr(0, at), limits)) return {0, refusal};
    const std::string_view method = head.substr(0, head.find(' '));

    std::size_t count = 0;
    int hosts = 0;
    std::optional<std::size_t> length;
    for (at += 2; at < head.size();) {
        const auto end = head.find("\r\n", at);
        const std::string_view line = head.substr(at, end - at);
        at = end + 2;
        if (line.empty()) break;
        if (++count > limits.fields) return refuse(431, "too many header fields");
        if (line.front() == ' ' || line.front() == '\t')
            return refuse(400, "a header field is folded over two lines");
        const auto colon = line.find(':');
        if (colon == std::string_view::npos || !is_token(line.substr(0, colon)))
            return refuse(400, "a header field has no proper name");
        const std::string name = lower(line.substr(0, colon));
        const std::string_view value = trim(line.substr(colon + 1));
        if (std::any_of(value.begin(), value.end(),
                        [](char c) { return (c >= 0 && c < 0x20 && c != '\t') || c == 0x7f; }))
            return refuse(400, "a control character in a header field");
        if (name == "host") {
            if (++hosts > 1) return refuse(400, "more than one Host");
            const auto host = host_name(value);
            if (!host) return refuse(400, "the Host is malformed");
            if (!limits.hosts.empty() &&
                std::find(limits.hosts.begin(), limits.hosts.end(), *host) == limits.hosts.end())
                return refuse(421, "this Host is not served here");
        } else if (name == "transfer-encoding") {
            return refuse(411, "bodies are sent with Content-Length, not in chunks");
        } else if (name == "content-length") {
            if (length) return refuse(400, "more than one Content-Length");
            if (value.empty() || value.size() > 18 ||
                !std::all_of(value.begin(), value.end(),
                             [](char c) { return c >= '0' && c <= '9'; }))
                return refuse(400, "Content-Length is not a number");
            length = 0;
            for (char c : value)
                *length = *length * 10 + static_cast<std::size_t>(c - '0');
            if (*length > limits.body) return refuse(413, "the body is too large");
        } else if (name == "expect") {
            return refuse(417, "Expect is not supported; send the body at once");
        } else if (name == "upgrade" || name == "http2-settings") {
            return refuse(400, "no other protocol is spoken here");
        }
    }
    if (hosts != 1) return refuse(400, "the Host is missing");
    const bool carries = method == "POST" || method == "PUT";
    if (carries && !length) return refuse(411, "Content-Length is missing");
    if (!carries && length.value_or(0) > 0) return refuse(400, "this method carries no body");
    return {length.value_or(0), std::nullopt};
}

void Gate::push(std::string_view octets) {
    if (refusal_) return;
    if (body_left_ > 0) {
        const std::size_t n = std::min(body_left_, octets.size());
        passed_.append(octets.substr(0, n));
        body_left_ -= n;
        octets.remove_prefix(n);
    }
    pending_.append(octets);
    advance();
}

void Gate::advance() {
    while (!refusal_ && body_left_ == 0 && !pending_.empty()) {
        const auto end = pending_.find("\r\n\r\n");
        if (end == std::string::npos) {
            // A bare LF can end a head for the parser behind us: never wait for more after one.
            for (std::size_t i = 0; i < pending_.size(); ++i)
                if (pending_[i] == '\n' && (i == 0 || pending_[i - 1] != '\r'))
                    refusal_ = GateRefusal{400, "a bare LF in the head"};
            if (!refusal_ && pending_.size() > limits_.head)
                refusal_ = GateRefusal{431, "the head is too long"};
            return;
        }
        const std::string_view head(pending_.data(), end + 4);
        if (head.size() > limits_.head) {
            refusal_ = GateRefusal{431, "the head is too long"};
            return;
        }
        const CheckedHead checked = check_head(head, limits_);
        if (checked.refusal) {
            refusal_ = checked.refusal;
            return;
        }
        const std::size_t body = std::min(checked.body_length, pending_.size() - head.size());
        passed_.append(pending_, 0, head.size() + body);
        pending_.erase(0, end + 4 + body);
        body_left_ = checked.body_length - body;
    }
}

std::size_t Gate::take(char* buffer, std::size_t length) {
    const std::size_t n = std::min(length, passed_.size() - taken_);
    std::memcpy(buffer, passed_.data() + taken_, n);
    taken_ += n;
    if (taken_ == passed_.size()) {
        passed_.clear();
        taken_ = 0;
    }
    return n;
}

std::string refusal_response(const GateRefusal& refusal) {
    const char* reason = "Bad Request";
    switch (refusal.status) {
        case 405:
            reason = "Method Not Allowed";
            break;
        case 408:
            reason = "Request Timeout";
            break;
        case 411:
            reason = "Length Required";
            break;
        case 413:
            reason = "Content Too Large";
            break;
        case 414:
            reason = "URI Too Long";
            break;
        case 417:
            reason = "Expectation Failed";
            break;
        case 421:
            reason = "Misdirected Request";
            break;
        case 431:
            reason = "Request Header Fields Too Large";
            break;
        case 505:
            reason = "HTTP Version Not Supported";
            break;
        default:
            break;
    }
    const std::string body = "{\"type\":\"about:blank\",\"title\":\"" + std::string(reason) +
                             "\",\"status\":" + std::to_string(refusal.status) + ",\"detail\":\"" +
                             refusal.problem + "\",\"code\":\"malformed_request\"}";
    return "HTTP/1.1 " + std::to_string(refusal.status) + " " + reason +
           "\r\nContent-Type: application/problem+json\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
}

}  // namespace paraphe::server
