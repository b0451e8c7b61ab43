#pragma once

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <map>
#include <sstream>
#include <string>

#include "json/json.hpp"

/// A client for tests: octets on a socket, nothing in between.
namespace paraphe::test {

struct Answer {
    int status = 0;
    std::map<std::string, std::string> headers;  ///< names in lower case
    std::string body;

    json::Value json() const { return json::parse(body, "answer"); }
    std::string header(const std::string& name) const {
        const auto found = headers.find(name);
        return found == headers.end() ? std::string() : found->second;
    }
};

/// Sends the octets as they are and reads until the server closes or thirty seconds pass in
/// silence. `hang_up`: tells the server that nothing more will come.
inline std::string converse(int port, const std::string& octets, bool hang_up = false) {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    timeval patience{30, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    for (std::size_t sent = 0; sent < octets.size();) {
        const auto n = ::send(socket, octets.data() + sent, octets.size() - sent, MSG_NOSIGNAL);
        if (n <= 0) break;
        sent += static_cast<std::size_t>(n);
    }
    if (hang_up) ::shutdown(socket, SHUT_WR);
    std::string out;
    char buffer[65536];
    for (ssize_t n; (n = ::recv(socket, buffer, sizeof buffer, 0)) > 0;)
        out.append(buffer, static_cast<std::size_t>(n));
    ::close(socket);
    return out;
}

inline Answer read_answer(const std::string& octets) {
    Answer out;
    const auto end = octets.find("\r\n\r\n");
    if (end == std::string::npos) return out;
    std::istringstream head(octets.substr(0, end));
    std::string line;
    std::getline(head, line);
    out.status = std::atoi(line.substr(9, 3).c_str());
    while (std::getline(head, line)) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        const auto colon = line.find(':');
        std::string name = line.substr(0, colon);
        for (char& c : name)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
        out.headers[name] = line.substr(colon + 2);
    }
    out.body = octets.substr(end + 4);
    return out;
}

/// One request on a connection of its own.
inline Answer request(int port, const std::string& method, const std::string& target,
                      const std::string& body = {},
                      const std::map<std::string, std::string>& headers = {}) {
    std::string octets =
        method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n";
    for (const auto& [name, value] : headers)
        octets += name + ": " + value + "\r\n";
    if (method == "POST" || method == "PUT")
        octets += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    const std::string answer = converse(port, octets + "\r\n" + body);
    return read_answer(answer);
}

}  // namespace paraphe::test
