#include "crypto/hash.hpp"
#include "json/json.hpp"
#include "kind/kind.hpp"

namespace paraphe::kind {

json::Value Manifest::to_json() const {
    json::Array files;
    for (const ManifestEntry& entry : entries) {
        json::Object one;
        one.set("path", entry.path);
        one.set("sha256", entry.hash.hex());
        one.set("size", static_cast<std::int64_t>(entry.size));
        files.emplace_back(std::move(one));
    }
    json::Object out;
    out.set("files", std::move(files));
    out.set("kind", kind);
    out.set("manifest", 1);
    return out;
}

Manifest manifest(const std::string& kind, const Files& files) {
    Manifest out;
    out.kind = kind;
    for (const auto& [path, bytes] : files)
        if (path != "parameters.json")
            out.entries.push_back({path, crypto::sha256(bytes), bytes.size()});
    out.hash = crypto::sha256(json::canonical(out.to_json()));
    return out;
}

}  // namespace paraphe::kind
