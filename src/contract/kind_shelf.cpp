#include "contract/kind_shelf.hpp"

#include "base/error.hpp"
#include "base/suggestion.hpp"
#include "contract/repository.hpp"
#include "kind/kind.hpp"

namespace paraphe::contract {

void KindShelf::add(KindPtr kind) {
    std::lock_guard lock(mutex_);
    pinned_[kind->manifest.hash] = kind;
    current_[kind->name] = std::move(kind);
}

void KindShelf::publish(Repository& repository, const AccessScope& scope, KindPtr kind,
                        Instant now) {
    KindRow row;
    row.name = kind->name;
    row.hash = kind->manifest.hash;
    row.published = now;
    row.files = kind->files;
    repository.publish_kind(scope, row);
    add(std::move(kind));
}

void KindShelf::restore(const Repository& repository, const AccessScope& scope) {
    for (const KindRow& row : repository.kinds(scope)) {
        KindRow full = repository.kind(scope, row.hash);
        auto kind =
            std::make_shared<const kind::Kind>(kind::load(full.name, std::move(full.files)));
        if (kind->manifest.hash != row.hash)
            throw Error(ErrorKind::malformed_input,
                        "the stored kind '" + row.name + "' no longer has its hash", {},
                        "publish it again", "damaged_kind");
        add(std::move(kind));
    }
}

KindPtr KindShelf::current(const std::string& name) const {
    std::lock_guard lock(mutex_);
    if (auto found = current_.find(name); found != current_.end()) return found->second;
    std::vector<std::string> names;
    for (const auto& [known, kind] : current_)
        names.push_back(known);
    const auto meant = nearest(name, names);
    throw Error(ErrorKind::malformed_input, "there is no kind '" + name + "'", {},
                meant ? "did you mean '" + *meant + "'?" : "publish it first", "unknown_kind");
}

KindPtr KindShelf::pinned(const Sha256& hash) const {
    std::lock_guard lock(mutex_);
    if (auto found = pinned_.find(hash); found != pinned_.end()) return found->second;
    throw Error(ErrorKind::unavailable,
                "the kind " + hash.hex().substr(0, 16) + "… of the dossier is not published here",
                {}, "publish that version of the kind", "kind_missing");
}

std::vector<KindPtr> KindShelf::list() const {
    std::lock_guard lock(mutex_);
    std::vector<KindPtr> out;
    for (const auto& [name, kind] : current_)
        out.push_back(kind);
    return out;
}

}  // namespace paraphe::contract
