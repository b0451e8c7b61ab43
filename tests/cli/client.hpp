#pragma once

#include <map>
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
std::string converse(int port, const std::string& octets, bool hang_up = false);

/// One request on a connection of its own.
Answer request(int port, const std::string& method, const std::string& target,
               const std::string& body = {},
               const std::map<std::string, std::string>& headers = {});

Answer read_answer(const std::string& octets);

}  // namespace paraphe::test
