#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What stands between the socket and the HTTP parser of the library.
///
/// The library's parser accepts what request smuggling needs (two lengths, a length with chunks, a
/// bare LF, no Host), so every octet passes here first: only requests whose head is well-formed by
/// RFC 9112, with exactly one way to tell where the body ends, are handed on. Everything else is
/// answered once and the connection is closed.
namespace paraphe::server {

struct GateLimits {
    std::size_t head = 16 * 1024;  ///< request line and fields
    std::size_t fields = 64;
    std::size_t target = 4096;
    std::size_t body = 25u << 20;
    std::chrono::milliseconds head_time{10'000};  ///< from the first octet to the empty line
    std::chrono::milliseconds body_time{60'000};
    std::vector<std::string> hosts;  ///< allowed Host names without port; empty: any
};

/// Why a request is not handed on; `status` 400, 405, 408, 411, 413, 414, 417, 421, 431 or 505.
struct GateRefusal {
    int status = 400;
    std::string problem;
};

/// The verdict on one head (request line to empty line, both included).
struct CheckedHead {
    std::size_t body_length = 0;
    std::optional<GateRefusal> refusal;
};
CheckedHead check_head(std::string_view head, const GateLimits&);

/// The octets of one connection: push what arrives, take what may be handed on.
/// After a refusal nothing more comes out. Requests may follow each other (pipelining).
class Gate {
public:
    explicit Gate(const GateLimits& limits) : limits_(limits) {}

    void push(std::string_view octets);
    bool ready() const { return taken_ < passed_.size(); }
    /// Moves at most `length` checked octets into `buffer`.
    std::size_t take(char* buffer, std::size_t length);
    const std::optional<GateRefusal>& refusal() const { return refusal_; }
    /// In the middle of a head or a body: the peer owes octets.
    bool owes() const { return !pending_.empty() || body_left_ > 0; }
    bool in_body() const { return body_left_ > 0; }

private:
    void advance();

    GateLimits limits_;
    std::string pending_;  ///< head not yet complete
    std::string passed_;
    std::size_t taken_ = 0;
    std::size_t body_left_ = 0;
    std::optional<GateRefusal> refusal_;
};

/// The answer that is sent before the connection closes: problem+json, RFC 9457.
std::string refusal_response(const GateRefusal&);

}  // namespace paraphe::server
