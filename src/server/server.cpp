#include "server/server.hpp"

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/ThreadPool.h>

#include <cstdio>

#include "base/error.hpp"
#include "json/json.hpp"
#include "server/gate_socket.hpp"
#include "server/worker.hpp"

namespace paraphe::server {

namespace {

namespace net = Poco::Net;

Request read(net::HTTPServerRequest& in) {
    Request out;
    out.method = in.getMethod();
    out.client = in.clientAddress().host().toString();
    for (const auto& [name, value] : in) {
        std::string lower = name;
        for (char& c : lower)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
        // Two fields of one name mean their list (RFC 9110 §5.3); the gate forbids it for framing.
        std::string& field = out.headers[lower];
        field += (field.empty() ? "" : lower == "cookie" ? "; " : ", ") + value;
    }
    const auto length = in.getContentLength64();
    if (length > 0) {
        out.body.resize(static_cast<std::size_t>(length));
        in.stream().read(out.body.data(), length);
        if (in.stream().gcount() != length)  // half a form must not become an act
            throw Error(ErrorKind::malformed_input, "the body is shorter than its Content-Length");
    }
    read_target(in.getURI(), out);
    return out;
}

void write(const Response& response, const std::string& method, net::HTTPServerResponse& out) {
    out.setStatusAndReason(static_cast<net::HTTPResponse::HTTPStatus>(response.status));
    for (const auto& [name, value] : response.headers)
        out.add(name, value);
    // What the pages need and nothing more; an answer may bring a stricter policy of its own.
    if (!out.has("Content-Security-Policy"))
        out.set("Content-Security-Policy",
                "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
                "frame-ancestors 'none'; base-uri 'none'");
    out.set("X-Content-Type-Options", "nosniff");
    out.set("Referrer-Policy", "no-referrer");
    if (!out.has("Cache-Control")) out.set("Cache-Control", "no-store");
    if (response.status != 204 && !response.content_type.empty())
        out.setContentType(response.content_type);
    // That of a 304 would be the length of what is not sent (RFC 9110 §8.6).
    if (response.status != 304)
        out.setContentLength64(static_cast<Poco::Int64>(response.body.size()));
    auto& stream = out.send();
    if (method != "HEAD")
        stream.write(response.body.data(), static_cast<std::streamsize>(response.body.size()));
    stream.flush();
}

/// The route, not the path: a path can quote what somebody typed.
void log(const std::string& method, std::string_view route, int status,
         std::chrono::steady_clock::duration took) {
    const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(took).count();
    const std::string line = json::write(json::Object{{"method", method},
                                                      {"route", std::string(route)},
                                                      {"status", status},
                                                      {"microseconds", std::int64_t(micros)}});
    std::fprintf(stderr, "%s\n", line.c_str());
}

class Handler final : public net::HTTPRequestHandler {
public:
    explicit Handler(Site& site) : site_(site) {}

    void handleRequest(net::HTTPServerRequest& in, net::HTTPServerResponse& out) override {
        const auto start = std::chrono::steady_clock::now();
        Response response;
        std::string_view route;
        try {
            const Request request = read(in);
            route = pattern_of(request);
            response = dispatch(site_, request);
        } catch (const Error& error) {
            response = problem(error);
        }
        write(response, in.getMethod(), out);
        log(in.getMethod(), route, response.status, std::chrono::steady_clock::now() - start);
    }

private:
    Site& site_;
};

class Factory final : public net::HTTPRequestHandlerFactory {
public:
    explicit Factory(Site& site) : site_(site) {}
    net::HTTPRequestHandler* createRequestHandler(const net::HTTPServerRequest&) override {
        return new Handler(site_);  // the library deletes it
    }

private:
    Site& site_;
};

net::HTTPServerParams::Ptr parameters(const ServerConfig& config) {
    net::HTTPServerParams::Ptr out = new net::HTTPServerParams;
    out->setMaxThreads(config.threads);
    out->setMaxQueued(256);
    out->setKeepAlive(true);
    out->setKeepAliveTimeout(Poco::Timespan(15, 0));
    out->setTimeout(Poco::Timespan(30, 0));
    out->setSoftwareVersion("");
    return out;
}

}  // namespace

struct Server::State {
    State(Site& site, const ServerConfig& config)
        : socket(config.listen, config.limits),
          pool(2, config.threads + 2),
          http(new Factory(site), pool, socket, parameters(config)),
          worker(site.service, contract::AccessScope::whole(site.organisation), config.tick) {
        http.start();
    }

    GateServerSocket socket;
    Poco::ThreadPool pool;
    net::HTTPServer http;
    Worker worker;
};

Server::Server(Site& site, ServerConfig config) : state_(std::make_unique<State>(site, config)) {}

Server::~Server() {
    stop();
}

int Server::port() const {
    return state_->socket.address().port();
}

void Server::stop() {
    if (!state_) return;
    state_->http.stopAll(true);
    state_->pool.joinAll();
    state_.reset();
}

}  // namespace paraphe::server
