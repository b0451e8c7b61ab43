#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "contract/service.hpp"

namespace paraphe::server {

/// The thread that carries out effects and raises deadlines. Borrowed service, one organisation.
class Worker {
public:
    Worker(contract::Service&, contract::AccessScope, std::chrono::milliseconds tick);
    /// Waits for the effect under way.
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    void wake();

private:
    void run();

    contract::Service& service_;
    contract::AccessScope scope_;
    std::chrono::milliseconds tick_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool work_ = true;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace paraphe::server
