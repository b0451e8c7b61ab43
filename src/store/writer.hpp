#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <future>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "store/sqlite.hpp"

namespace paraphe::store {

/// The only writer of a store. Jobs that wait together share one transaction and one sync (group
/// commit); each has its own savepoint, so that a conflict of one does not sink the others. A job
/// is acknowledged after COMMIT.
class Writer {
public:
    using Work = std::function<void(Connection&)>;

    /// Borrows the connection. `group` is the most jobs in one transaction.
    Writer(Connection&, std::size_t group);
    ~Writer();  ///< finishes what waits
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    /// Runs `work` in a transaction on the writer's thread and returns once it is durable. Throws
    /// what `work` threw, or Error{unavailable}; then nothing of it was stored. After a sync that
    /// the disk refused every job is refused until the store is opened again: what the page cache
    /// says can no longer be trusted.
    void write(Work work);

private:
    struct Job {
        Work work;
        std::promise<void> done;
        std::exception_ptr failure;
    };
    void loop();
    void run(std::vector<Job>& batch);
    void roll_back();

    Connection& connection_;
    std::size_t group_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Job> queue_;
    bool stopping_ = false;
    bool broken_ = false;  ///< of the writer's thread alone
    std::thread thread_;
};

}  // namespace paraphe::store
