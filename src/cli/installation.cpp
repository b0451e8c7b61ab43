#include "cli/installation.hpp"

#include <sys/stat.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "crypto/authority.hpp"
#include "json/json.hpp"
#include "kind/kind.hpp"

namespace paraphe::cli {

namespace {

namespace fs = std::filesystem;

constexpr const char* names_file = "paraphe.json";
constexpr const char* key_file = "organisation.key";
constexpr const char* seal_file = "seal.p12";

/// The seal's file is protected by its mode and by the organisation's key beside it, from which its
/// password follows.
std::string seal_password(const Bytes& key) {
    return to_hex(key).substr(0, 32);
}

void write_secret(const fs::path& path, ByteView bytes) {
    const mode_t before = ::umask(0077);
    try {
        write_file(path, bytes);
    } catch (...) {
        ::umask(before);
        throw;
    }
    ::umask(before);
}

}  // namespace

fs::path store_folder(const std::string& store) {
    constexpr std::string_view scheme = "sqlite:";
    if (!store.starts_with(scheme) || store.size() == scheme.size())
        throw Error(ErrorKind::malformed_input, "not a store: " + store, {}, "write sqlite:FOLDER");
    return store.substr(scheme.size());
}

void Installation::create(const fs::path& folder, const Names& names, Console& console,
                          const crypto::KeySigner* seal) {
    if (fs::exists(folder / names_file))
        throw Error(ErrorKind::conflict, "there is an installation already",
                    {folder.string(), 0, 0, {}}, "choose another folder", "exists");
    std::error_code failure;
    fs::create_directories(folder, failure);
    if (failure)
        throw Error(ErrorKind::unavailable, "cannot make the folder: " + failure.message(),
                    {folder.string(), 0, 0, {}}, "choose a folder that can be written",
                    "read_only");
    // Keys and store: for the service's own user alone.
    fs::permissions(folder, fs::perms::owner_all, failure);
    const Bytes key = console.random.bytes(32);
    write_secret(folder / key_file, to_hex(key) + "\n");
    if (seal != nullptr) {
        write_secret(folder / seal_file, crypto::write_pkcs12(*seal, seal_password(key), "sceau"));
    } else {
        const Instant now = console.clock.now();
        const Instant end = now + std::chrono::days(3 * 365);
        const auto authority = crypto::Authority::create({names.name + " - autorité", names.name},
                                                         now, end, console.random);
        const auto made =
            authority.issue({"Sceau de " + names.name, names.name}, now, end, console.random);
        write_secret(folder / seal_file, crypto::write_pkcs12(made, seal_password(key), "sceau"));
        write_file(folder / "trust.pem", authority.certificate().pem());
    }
    write_file(
        folder / names_file,
        json::write_pretty(json::Object{
            {"organisation", names.id}, {"name", names.name}, {"department", names.department}}));
}

Installation::Installation(const fs::path& folder, const std::string& home, Console& console) {
    if (!fs::exists(folder / names_file))
        throw Error(ErrorKind::not_found, "this folder is no installation of paraphe",
                    {folder.string(), 0, 0, {}}, "make one with paraphe init");
    const auto names = json::parse(read_file(folder / names_file), (folder / names_file).string());
    names_ = {names.at("organisation").as_string(), names.at("name").as_string(),
              names.string_or("department", "")};
    const Bytes key = from_hex(read_file(folder / key_file, 4096).substr(0, 64));
    seal_ = crypto::read_pkcs12(read_file(folder / seal_file), seal_password(key),
                                (folder / seal_file).string());
    const Instant now = console.clock.now();
    store_ = std::make_unique<store::Store>(folder / "store", now);
    kinds_.restore(store_->repository(), scope());
    const fs::path house_home = home_folder(home);
    for (const auto& entry : fs::directory_iterator(house_home / "workflows")) {
        if (!entry.is_directory()) continue;
        const auto kind = std::make_shared<const kind::Kind>(kind::load(entry.path()));
        // Parameters stand outside the hash: a new scale is published under the same kind.
        bool known = false;
        const auto parameters = [](const kind::Kind& one) {
            const auto found = one.files.find("parameters.json");
            return found == one.files.end() ? Bytes() : found->second;
        };
        for (const auto& other : kinds_.list())
            known = known || (other->manifest.hash == kind->manifest.hash &&
                              parameters(*other) == parameters(*kind));
        if (known) continue;
        const Diagnostics faults = kind::check(*kind);
        if (has_errors(faults)) {
            print(faults, false, console.err);
            throw Error(ErrorKind::malformed_input, "the kind " + kind->name + " has mistakes",
                        {entry.path().string(), 0, 0, {}}, "mend what is listed above", "kind");
        }
        kinds_.publish(store_->repository(), scope(), kind, now);
    }
    fonts_ =
        std::make_unique<text::FontMap>(text::FontMap::load(house_home / "fonts" / "fonts.map"));
    contract::HouseOptions options;
    options.sender.name = names_.name;
    options.recipients["departement"].name =
        names_.department.empty() ? "Département" : names_.department;
    options.legal_basis = "CASF, art. L271-1";
    house_ = std::make_unique<contract::House>(*fonts_, *seal_, std::move(options));
    service_ = std::make_unique<contract::Service>(contract::Surroundings{store_->repository(),
                                                                          kinds_,
                                                                          *house_,
                                                                          console.clock,
                                                                          console.random,
                                                                          {"organisation-1", key}});
}

}  // namespace paraphe::cli
