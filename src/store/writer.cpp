#include "store/writer.hpp"

#include <algorithm>

namespace paraphe::store {

Writer::Writer(Connection& connection, std::size_t group)
    : connection_(connection),
      group_(std::max<std::size_t>(group, 1)),
      thread_([this] { loop(); }) {}

Writer::~Writer() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void Writer::write(Work work) {
    Job job{std::move(work), {}, {}};
    std::future<void> done = job.done.get_future();
    {
        std::lock_guard lock(mutex_);
        queue_.push_back(std::move(job));
    }
    wake_.notify_one();
    done.get();
}

void Writer::loop() {
    for (;;) {
        std::vector<Job> batch;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
            if (queue_.empty()) return;
            while (!queue_.empty() && batch.size() < group_) {
                batch.push_back(std::move(queue_.front()));
                queue_.pop_front();
            }
        }
        try {
            run(batch);
        } catch (...) {
            // The transaction as a whole failed: nothing of any job is there.
            broken_ = broken_ || connection_.lost_sync();
            roll_back();
            for (Job& job : batch)
                if (!job.failure) job.failure = std::current_exception();
        }
        for (Job& job : batch) {
            if (job.failure)
                job.done.set_exception(job.failure);
            else
                job.done.set_value();
        }
    }
}

void Writer::run(std::vector<Job>& batch) {
    if (broken_)
        throw Error(ErrorKind::unavailable,
                    "the disk of the store refused to sync; nothing is stored until a restart", {},
                    "check the disk, then restart", "io_error");
    connection_.execute("BEGIN IMMEDIATE");
    for (Job& job : batch) {
        connection_.execute("SAVEPOINT job");
        try {
            job.work(connection_);
            connection_.execute("RELEASE job");
        } catch (...) {
            job.failure = std::current_exception();
            // After a full disk or a failed write SQLite has ended the whole transaction by itself.
            if (!connection_.in_transaction()) throw;
            connection_.execute("ROLLBACK TO job");
            connection_.execute("RELEASE job");
        }
    }
    connection_.execute("COMMIT");
}

void Writer::roll_back() {
    try {
        if (connection_.in_transaction()) connection_.execute("ROLLBACK");
    } catch (const Error&) {
        broken_ = true;  // neither committed nor rolled back: only a new connection can tell
    }
}

}  // namespace paraphe::store
