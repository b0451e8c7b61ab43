#include "server/worker.hpp"

#include <cstdio>

#include "base/error.hpp"

namespace paraphe::server {

Worker::Worker(contract::Service& service, contract::AccessScope scope,
               std::chrono::milliseconds tick)
    : service_(service), scope_(std::move(scope)), tick_(tick) {
    service_.on_work([this] { wake(); });
    thread_ = std::thread([this] { run(); });
}

Worker::~Worker() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
    service_.on_work({});
}

void Worker::wake() {
    {
        const std::lock_guard lock(mutex_);
        work_ = true;
    }
    changed_.notify_all();
}

void Worker::run() {
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            changed_.wait_for(lock, tick_, [this] { return work_ || stopping_; });
            if (stopping_) return;
            work_ = false;
        }
        try {
            service_.fire_due(scope_);
            while (service_.run_effects(scope_, 10) > 0) {
                const std::lock_guard lock(mutex_);
                if (stopping_) return;
            }
        } catch (const Error& error) {
            // The store keeps what is to do; the next tick tries again. The words of an error may
            // quote a dossier, so the log gets its kind and code alone.
            std::fprintf(stderr, "worker: %s (%s)\n", to_string(error.kind()).c_str(),
                         error.code().c_str());
        } catch (const std::exception&) {
            std::fprintf(stderr, "worker: %s\n", to_string(ErrorKind::internal).c_str());
        }
    }
}

}  // namespace paraphe::server
