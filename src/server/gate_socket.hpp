#pragma once

#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/ServerSocketImpl.h>

#include "server/gate.hpp"

namespace paraphe::server {

/// A listening socket whose connections read through a Gate. The library copies server sockets by
/// value, so the override lives in the shared implementation object, which survives the copy.
class GateServerSocket : public Poco::Net::ServerSocket {
public:
    /// Binds and listens; throws Error{unavailable} when the address is taken or not ours.
    GateServerSocket(const std::string& address, const GateLimits&);
};

}  // namespace paraphe::server
