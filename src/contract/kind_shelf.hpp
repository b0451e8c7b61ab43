#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/date.hpp"
#include "contract/access.hpp"

namespace paraphe::kind {
struct Kind;
}

namespace paraphe::contract {

class Repository;

using KindPtr = std::shared_ptr<const kind::Kind>;

/// The kinds of this installation, by name (the newest) and by hash (all that a dossier may be
/// pinned to). Thread-safe.
class KindShelf {
public:
    /// Puts a kind in front: new dossiers of its name are made with it.
    void add(KindPtr);
    /// Stores the kind, then adds it. The caller has checked it.
    void publish(Repository&, const AccessScope&, KindPtr, Instant now);
    /// Adds every kind that was published, oldest first.
    void restore(const Repository&, const AccessScope&);

    /// New dossiers' kind. Throws Error{malformed_input, "unknown_kind"} with a did-you-mean.
    KindPtr current(const std::string& name) const;
    /// Throws Error{unavailable, "kind_missing"}: a dossier is pinned to it, it was not published
    /// here.
    KindPtr pinned(const Sha256& hash) const;
    /// The newest of each name, by name.
    std::vector<KindPtr> list() const;

private:
    mutable std::mutex mutex_;
    std::map<std::string, KindPtr> current_;
    std::map<Sha256, KindPtr> pinned_;
};

}  // namespace paraphe::contract
