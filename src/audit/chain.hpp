#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/date.hpp"

/// The evidence of a case: a hash chain over its journal that can be checked without the product.
///
/// In: the entries of one dossier's journal, in order. Out: links, each bound to the one before by
///
///     h_n = SHA256("paraphe/event/1\n" ‖ log_id ‖ seq ‖ type ‖ at ‖ actor ‖ commitment
///                  ‖ document_commitments ‖ h_{n-1})
///
/// and a verdict that names the first link that does not hold. A link holds no personal data: the
/// body of an entry and its documents are present only as salted commitments, so that erasing body
/// and salt leaves the chain valid (reference: RFC 2104 for HMAC, FIPS 180-4 for SHA-256).
namespace paraphe::audit {

/// What is never erased of one journal entry ("the evidence columns").
struct Link {
    Bytes log_id;                              ///< 16 random octets, the same in the whole chain
    std::uint64_t seq = 0;                     ///< counts from 1 without gap
    std::string type;                          ///< "submit", "signed.beneficiaire": names no person
    Instant at{};                              ///< microseconds, UTC
    std::string actor;                         ///< pseudonym, see pseudonym(); empty for the system
    Sha256 commitment;                         ///< of the body, see commit()
    std::vector<Sha256> document_commitments;  ///< of the documents that this entry fixes
    Sha256 previous;                           ///< hash of the link before; zeros for the first
    Sha256 hash;                               ///< of everything above

    bool operator==(const Link&) const = default;
};

/// The octets whose SHA-256 is a link's hash: "paraphe/event/1\n", log_id (16), seq (8, big
/// endian, as every integer here), type (length in 4, then UTF-8), at (8, microseconds since
/// 1970), actor (length in 4, then UTF-8), commitment (32), count of documents (4) and their
/// commitments (32 each), previous (32). The lengths make the encoding injective.
Bytes preimage(const Link&);

/// Sets `previous`, `seq` and `hash` so that `link` continues after `head` (nullptr: the first).
/// Throws Error{internal} unless log_id has 16 octets.
Link chained(Link link, const Link* head);

/// HMAC-SHA256(salt, body). `salt` has 32 octets and lies beside the body.
Sha256 commit(ByteView salt, ByteView body);

/// The name of a person in one dossier's evidence: HMAC-SHA256(key, person) in 32 hexadecimal
/// digits. The key is the dossier's, so that erasing it unlinks the person.
std::string pseudonym(ByteView key, std::string_view person);

/// A link together with what may be erased.
struct Entry {
    Link link;
    std::optional<Bytes> salt, body;  ///< both present, or both erased
};

enum class State { valid, erased, altered };

/// Verdict on one chain. `altered` names the first broken link and what about it does not hold.
struct Verdict {
    State state = State::valid;
    std::uint64_t links = 0;   ///< how many were checked
    std::uint64_t erased = 0;  ///< how many have lost their body lawfully
    std::uint64_t broken = 0;  ///< position (from 1) of the first broken link; 0 when none
    std::string problem;       ///< "link 7: the hash does not match its content"
};

/// What somebody outside remembers of a chain: its length and last hash.
struct Head {
    std::uint64_t seq = 0;
    Sha256 hash;
    bool operator==(const Head&) const = default;
};

/// Checks order, gaps, hashes, and the bodies that are still there. With `heads` (from snapshots,
/// receipts, packs) it also finds a cut tail and a chain that was rewritten as a whole.
/// Reads nothing but its arguments.
Verdict verify(const Bytes& log_id, const std::vector<Entry>&, const std::vector<Head>& heads = {});

std::string to_string(State);

}  // namespace paraphe::audit
