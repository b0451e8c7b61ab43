#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "contract/previews.hpp"
#include "contract/workshop.hpp"
#include "crypto/signer.hpp"

namespace paraphe::text {
class FontMap;
}
namespace paraphe::pdf {
class FontCache;
}
namespace paraphe::layout {
class ShapingCache;
}

namespace paraphe::contract {

/// An organisation as packs name it.
struct Address {
    std::string name, siret, contact;
};

struct HouseOptions {
    std::string producer = "paraphe 0.1.0";
    Address sender;
    std::map<std::string, Address> recipients;  ///< by audience ("departement")
    std::string legal_basis;                    ///< "CASF, art. L271-1"
};

/// The Workshop of the product: templates, layout, PDF, signatures and packs. Thread-safe. Fonts
/// and the seal are borrowed for its life; the seal is the only key that the service has.
class House final : public Workshop {
public:
    House(const text::FontMap&, const crypto::Signer& seal, HouseOptions = {});
    ~House() override;

    /// Throws Error{malformed_input} with the place in the template, as tmpl::merge and
    /// layout::layout do; Error{not_found} "no_template".
    Rendered render(const Context&, const std::string& document,
                    const std::string& template_name) override;
    Prepared prepare_signature(const SignatureJob&) override;
    Bytes embed_signature(const SignatureJob&, ByteView value) override;
    Bytes seal_odt(const Bytes& odt, Instant at) override;
    Message message(const Context&, const std::string& template_name) override;
    Pack pack(const PackJob&) override;
    PreviewPtr preview(const Bytes& odt) override;

private:
    const text::FontMap& fonts_;
    const crypto::Signer& seal_;
    HouseOptions options_;
    std::unique_ptr<pdf::FontCache> cache_;
    std::unique_ptr<layout::ShapingCache> shaped_;
    Previews previews_;
};

}  // namespace paraphe::contract
