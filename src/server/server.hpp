#pragma once

#include <memory>
#include <string>

#include "server/gate.hpp"
#include "server/routes.hpp"

/// The HTTP service.
/// In: connections. Out: answers of the routes; and in the background the work that the outbox and
/// the deadlines order.
namespace paraphe::server {

struct ServerConfig {
    std::string listen = "127.0.0.1:8080";
    GateLimits limits;
    int threads = 8;
    /// How often deadlines are looked for when nothing wakes the worker.
    std::chrono::milliseconds tick{1000};
};

/// Serves from construction to stop(). `site` is borrowed. One line of JSON per request goes to
/// stderr, without names, queries, bodies or tokens.
class Server {
public:
    /// Throws Error{unavailable, "address_taken"}.
    Server(Site& site, ServerConfig);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// The port that was bound; useful when 0 was asked for.
    int port() const;
    /// Finishes the requests under way, then the effect under way.
    void stop();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace paraphe::server
