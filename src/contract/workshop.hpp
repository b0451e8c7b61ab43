#pragma once

#include <optional>
#include <string>
#include <vector>

#include "audit/chain.hpp"
#include "base/bytes.hpp"
#include "base/date.hpp"
#include "contract/dossier.hpp"
#include "contract/kind_shelf.hpp"
#include "crypto/certificate.hpp"
#include "json/value.hpp"

namespace paraphe::contract {

/// The work on documents that a dossier's effects order. Each verb is a function of its arguments
/// (and of the organisation's seal), so that it may be done again after a crash. `House` does it
/// with templates, layout, PDF and signatures.
class Workshop {
public:
    virtual ~Workshop() = default;

    struct Context {
        KindPtr kind;
        std::string reference;
        json::Value data;  ///< the pinned revision
        Instant at{};      ///< of the act that ordered the work
        Date today;        ///< its civil date
        std::string zone = "Europe/Paris";
    };
    struct Rendered {
        Bytes pdf, odt;
        std::vector<std::string> slots;  ///< signature fields of the PDF
    };
    /// The document of that name, filled from a template.
    virtual Rendered render(const Context&, const std::string& document,
                            const std::string& template_name) = 0;

    struct SignatureJob {
        Bytes pdf;
        std::string slot;
        Instant at{};
        std::string name;  ///< of the signatory, as printed
        std::string reason;
        crypto::Certificate certificate;
        std::vector<crypto::Certificate> chain;
    };
    struct Prepared {
        Bytes to_sign;
        crypto::SignatureAlgorithm algorithm{};
    };
    virtual Prepared prepare_signature(const SignatureJob&) = 0;
    /// Prepares the same again and puts the value in place. Throws Error{forbidden,
    /// "wrong_signature"}.
    virtual Bytes embed_signature(const SignatureJob&, ByteView value) = 0;
    /// The ODT with the organisation's seal.
    virtual Bytes seal_odt(const Bytes& odt, Instant at) = 0;

    struct Message {
        std::string subject, text;
    };
    virtual Message message(const Context&, const std::string& template_name) = 0;

    struct PackJob {
        Context context;
        std::string id, document, audience;
        std::vector<std::string> with;  ///< "signatures", "journal"
        std::uint32_t version = 0;
        Bytes pdf, odt;
        std::vector<Slot> slots;
        Bytes journal;                    ///< JSON Lines of the evidence, without bodies
        std::optional<json::Value> data;  ///< what this audience may have
        int sequence = 1;
        std::optional<Sha256> previous;
    };
    struct Pack {
        std::string file_name;
        Bytes bytes;
    };
    virtual Pack pack(const PackJob&) = 0;

    virtual PreviewPtr preview(const Bytes& odt) = 0;
};

}  // namespace paraphe::contract
