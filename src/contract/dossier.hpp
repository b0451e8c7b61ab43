#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/date.hpp"
#include "crypto/certificate.hpp"
#include "json/value.hpp"

/// What the facade of contract/ takes and gives: values without handles.
namespace paraphe::contract {

struct NewDossier {
    std::string kind;                   ///< name: "masp"
    json::Value data;                   ///< the first revision; must satisfy the kind's schema
    std::string agency;                 ///< may be empty
    std::string reference;              ///< empty: "MASP-2026-0001", the next of the year
    std::string zone = "Europe/Paris";  ///< IANA; civil dates of the dossier live there
};

/// The answer to create, act and complete_signature.
struct Outcome {
    std::string dossier;  ///< identifier (UUID)
    std::string reference;
    std::uint64_t version = 0;  ///< of the dossier: number of its last journal entry; the ETag
    std::vector<std::string> states;  ///< active atomic states, document order
    bool finished = false;
    bool repeated = false;  ///< the stored answer to an earlier request with the same key
};

struct StateLabel {
    std::string id, label;
};

/// One required signature of a document.
struct Slot {
    enum class State { waiting, signed_, withdrawn, refused };
    std::string document, slot, assurance;
    State state = State::waiting;
    Instant since{};        ///< asked, signed, withdrawn or refused at
    std::string signatory;  ///< common name of the certificate once signed
};
std::string to_string(Slot::State);  ///< "waiting", "signed", "withdrawn", "refused"

/// A frozen version of a document. Its two files are named by the hash of their plain content.
struct Version {
    std::string document;
    std::uint32_t number = 0;  ///< from 1
    std::string cause;         ///< "rendered", "signed.beneficiaire", "sealed"
    Instant at{};
    std::uint64_t seq = 0;  ///< journal entry that fixed it
    Sha256 pdf, odt;
    std::uint64_t pdf_size = 0, odt_size = 0;
    std::vector<std::string> slots;  ///< signature fields of the PDF
};

struct DeadlineView {
    std::string event, label;
    Date day;      ///< falls at the end of it
    Instant at{};  ///< that end, UTC
};

struct Dossier {
    std::string id, reference, organisation, agency, kind, kind_title, zone;
    Sha256 kind_hash;
    std::uint64_t version = 0;
    std::uint32_t revision = 0;  ///< of the data
    Sha256 revision_hash;        ///< of its canonical JSON
    json::Value data;
    std::vector<StateLabel> states;
    bool finished = false;
    bool erased = false;  ///< data and documents are gone, the evidence stays
    Instant created{}, updated{};
    std::vector<Slot> slots;
    std::vector<Version> documents;  ///< every version, by document and number
    std::vector<DeadlineView> deadlines;
};

struct DossierSummary {
    std::string id, reference, agency, kind;
    std::vector<std::string> states;
    bool finished = false;
    std::uint64_t version = 0;
    Instant created{}, updated{};
    std::optional<Instant> due;  ///< next deadline
};

struct DossierFilter {
    std::string kind;   ///< empty: all
    std::string state;  ///< an active atomic state; empty: all
    std::optional<bool> finished;
};

/// Newest change first. `next` is given back to get what follows; empty at the end.
struct DossierPage {
    std::vector<DossierSummary> items;
    std::string next;
};

/// One thing that a person may do now, or may not and why (French).
struct Action {
    std::string event, label, form, law;
    bool allowed = false;
    std::string reason;
    bool depends_on_form = false;  ///< judged when the form is sent
};

struct Event {
    std::string name;
    json::Value data;  ///< the form's content; for "edit" the whole new data
};

/// One line of the journal in clear, for those who may read the dossier.
struct JournalLine {
    std::uint64_t seq = 0;
    Instant at{};
    std::string type;
    std::string actor, actor_name;  ///< empty for the system, or once erased
    json::Value body;               ///< null once erased
    Sha256 hash;
    std::vector<Sha256> documents;  ///< commitments
};

/// What a signatory's key has to sign.
struct ToSign {
    std::string token;        ///< names the preparation for complete_signature; lives one hour
    Bytes signed_attributes;  ///< DER SET OF Attribute (CMS): sign these octets
    crypto::SignatureAlgorithm algorithm{};
    std::string document, slot;
    std::uint32_t version = 0;  ///< of the document that is signed
    Sha256 pdf;                 ///< its hash
    Instant expires{};
};

struct MessageView {
    std::string id, dossier, reference, role, slot, subject, text;
    Instant at{};
};

/// An effect that could not be carried out.
struct Incident {
    std::string key;   ///< dossier:seq:ordinal
    std::string kind;  ///< "render", "seal", "notify", "pack"
    std::string problem;
    unsigned attempts = 0;
    bool final = false;  ///< no more tries
};

/// What an audience received.
struct PackView {
    std::string id;  ///< effect key
    std::string document, audience, file_name;
    Instant at{};
    std::uint64_t size = 0;
    Sha256 hash;
};

/// Verdict on a dossier's evidence.
struct AuditReport {
    std::string state;  ///< "valid", "erased", "altered"
    std::uint64_t links = 0, broken = 0;
    std::string problem;            ///< names the first broken link
    bool snapshot_matches = false;  ///< the replay of the journal gives the stored snapshot
    bool documents_match = false;   ///< every stored file has the committed hash
};

enum class FileFormat { pdf, odt };

/// One page of a document, for who looks at it and for who cannot.
struct PageView {
    std::string
        name;  ///< of what it shows and says: 32 hexadecimal digits; equal pages, equal names
    std::string label;  ///< the page number as printed
    std::string text;   ///< a line for each paragraph
    std::string html;   ///< the same as a fragment, headings from h3 on

    bool operator==(const PageView&) const = default;
};

/// A document as pages to look at; drawn when they are asked for.
class Preview {
public:
    virtual ~Preview() = default;
    virtual const std::vector<PageView>& pages() const = 0;
    /// `page` counts from 0. Throws Error{not_found, "no_page"}.
    virtual Bytes svg(std::size_t page) const = 0;
};
using PreviewPtr = std::shared_ptr<const Preview>;

}  // namespace paraphe::contract
