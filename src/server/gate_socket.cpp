#include "server/gate_socket.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocketImpl.h>
#include <sys/socket.h>

#include <cerrno>

#include "base/error.hpp"

namespace paraphe::server {

namespace {

using Clock = std::chrono::steady_clock;

class GateStreamSocketImpl final : public Poco::Net::StreamSocketImpl {
public:
    GateStreamSocketImpl(poco_socket_t socket, const GateLimits& limits)
        : StreamSocketImpl(socket), limits_(limits), gate_(limits) {}

    int receiveBytes(void* buffer, int length, int flags) override {
        if (flags & MSG_PEEK) return 0;
        for (;;) {
            if (gate_.ready())
                return static_cast<int>(
                    gate_.take(static_cast<char*>(buffer), static_cast<std::size_t>(length)));
            if (closed_) return 0;
            if (gate_.refusal()) return give_up(*gate_.refusal());
            if (gate_.owes()) {
                const auto budget = gate_.in_body() ? limits_.body_time : limits_.head_time;
                const auto left = std::chrono::duration_cast<std::chrono::microseconds>(
                    started_ + budget - Clock::now());
                if (left.count() <= 0 ||
                    !StreamSocketImpl::poll(Poco::Timespan(left.count()), SELECT_READ))
                    return give_up({408, "the request came too slowly"});
            }
            char octets[16384];
            const int got = StreamSocketImpl::receiveBytes(octets, sizeof octets, 0);
            if (got <= 0) {
                closed_ = true;
                return 0;
            }
            const bool was_in_body = gate_.in_body();
            if (!gate_.owes()) started_ = Clock::now();
            gate_.push({octets, static_cast<std::size_t>(got)});
            if (!was_in_body && gate_.in_body()) started_ = Clock::now();
        }
    }

    /// Must be true while checked octets or a verdict wait, or pipelined requests would stall.
    bool poll(const Poco::Timespan& timeout, int mode) override {
        if ((mode & SELECT_READ) && (gate_.ready() || gate_.refusal())) return true;
        return StreamSocketImpl::poll(timeout, mode);
    }

    int available() override {
        return gate_.ready() || gate_.refusal() ? 1 : StreamSocketImpl::available();
    }

private:
    ~GateStreamSocketImpl() override = default;

    int give_up(const GateRefusal& refusal) {
        closed_ = true;
        const std::string answer = refusal_response(refusal);
        try {
            StreamSocketImpl::sendBytes(answer.data(), static_cast<int>(answer.size()), 0);
            StreamSocketImpl::shutdownSend();
        } catch (const Poco::Exception&) {
            // The peer has gone; there is nobody to tell.
        }
        return 0;
    }

    GateLimits limits_;
    Gate gate_;
    Clock::time_point started_ = Clock::now();
    bool closed_ = false;
};

class GateServerSocketImpl final : public Poco::Net::ServerSocketImpl {
public:
    explicit GateServerSocketImpl(const GateLimits& limits) : limits_(limits) {}

    Poco::Net::SocketImpl* acceptConnection(Poco::Net::SocketAddress& client) override {
        sockaddr_storage storage{};
        socklen_t size = sizeof storage;
        int socket = -1;
        do {
            socket =
                ::accept4(sockfd(), reinterpret_cast<sockaddr*>(&storage), &size, SOCK_CLOEXEC);
        } while (socket < 0 && errno == EINTR);
        if (socket < 0) error();
        client = Poco::Net::SocketAddress(reinterpret_cast<sockaddr*>(&storage), size);
        return new GateStreamSocketImpl(socket, limits_);
    }

private:
    ~GateServerSocketImpl() override = default;
    GateLimits limits_;
};

}  // namespace

GateServerSocket::GateServerSocket(const std::string& address, const GateLimits& limits)
    : ServerSocket(new GateServerSocketImpl(limits), true) {
    try {
        bind(Poco::Net::SocketAddress(address), true);
        listen(128);
    } catch (const Poco::Exception& e) {
        throw Error(ErrorKind::unavailable, "cannot listen on " + address + ": " + e.displayText(),
                    {}, "choose another address with --listen ADDR:PORT", "address_taken");
    }
}

}  // namespace paraphe::server
