#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "cli/commands.hpp"
#include "contract/house.hpp"
#include "contract/kind_shelf.hpp"
#include "contract/service.hpp"
#include "crypto/signer.hpp"
#include "store/store.hpp"
#include "text/font_map.hpp"

namespace paraphe::cli {

/// One organisation's folder: `paraphe.json` (names), `organisation.key` and `seal.p12` (mode
/// 0600), `store/`. Everything that a service needs, opened and held together.
class Installation {
public:
    struct Names {
        std::string id;  ///< of the organisation, in every row of the store
        std::string name;
        std::string department;  ///< recipient of packs, may be empty
    };

    /// Makes the folder. The seal is `seal` when given, else a certificate of its own authority,
    /// written to trust.pem. Throws Error{conflict, "exists"} when there is one already.
    static void create(const std::filesystem::path& folder, const Names&, Console&,
                       const crypto::KeySigner* seal = nullptr);

    /// Publishes the kinds of `home`/workflows that the store does not have yet. Throws
    /// Error{not_found} when the folder is no installation.
    Installation(const std::filesystem::path& folder, const std::string& home, Console&);

    const Names& names() const { return names_; }
    contract::AccessScope scope() const { return contract::AccessScope::whole(names_.id); }
    store::Store& store() { return *store_; }
    const contract::KindShelf& kinds() const { return kinds_; }
    contract::Service& service() { return *service_; }
    const crypto::KeySigner& seal() const { return *seal_; }

private:
    Names names_;
    std::unique_ptr<store::Store> store_;
    contract::KindShelf kinds_;
    std::optional<crypto::KeySigner> seal_;
    std::unique_ptr<text::FontMap> fonts_;
    std::unique_ptr<contract::House> house_;
    std::unique_ptr<contract::Service> service_;
};

/// "sqlite:FOLDER" → FOLDER. Throws Error{malformed_input} for another store.
std::filesystem::path store_folder(const std::string& store);

}  // namespace paraphe::cli
