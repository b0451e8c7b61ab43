#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/date.hpp"
#include "base/length.hpp"
#include "pdf/syntax.hpp"

namespace paraphe::pdf {

/// What a foreign file may hold.
struct Limits {
    std::size_t octets = 64u << 20;
    int objects = 500'000;
    int pages = 10'000;
    int revisions = 200;
    int fields = 1'000;
};

/// The value of a signature field (ISO 32000-1 §12.8.1), as written: nothing is verified here.
struct Signature {
    ObjectId object;                        ///< none when written inside the field
    std::string type;                       ///< "Sig" or "DocTimeStamp"
    std::string filter, sub_filter;         ///< "Adobe.PPKLite", "ETSI.CAdES.detached"
    std::string name, reason, location;     ///< UTF-8, empty when absent
    std::string written_date;               ///< /M as written, empty when absent
    std::optional<Instant> signed_at;       ///< /M, when it can be read
    std::vector<std::uint64_t> byte_range;  ///< offset, length, offset, length
    Bytes contents;                         ///< DER and its padding of zeros
    /// Revision (index into File::revisions) that ends where ByteRange ends; -1: none.
    int revision = -1;
    /// Empty when ByteRange is sound: begins at 0, leaves out exactly the Contents string of this
    /// dictionary, and ends with a revision. Otherwise one English sentence that names the fault.
    std::string range_fault;

    bool covers_revision() const { return range_fault.empty(); }
};

/// A signature field, merged with its widget or not.
struct SignatureField {
    ObjectId object;      ///< the field's dictionary
    ObjectId widget;      ///< its first widget; the field itself when merged
    std::string name;     ///< fully qualified: "beneficiaire"
    std::string tooltip;  ///< /TU
    int page = -1;        ///< from 0; -1: on no page
    Rect box;             ///< from the upper left corner of the page, y downwards
    std::optional<Signature> signature;

    bool is_signed() const { return signature.has_value(); }
    bool is_visible() const { return box.width > Length{} && box.height > Length{}; }
};

/// One state of the file: the octets [0, end) were once the whole file (ISO 32000-1 §7.5.6).
struct Revision {
    std::size_t end = 0;   ///< after %%EOF and its end of line
    std::size_t xref = 0;  ///< offset of its cross-reference section
};

/// Facts of the catalog.
struct Facts {
    std::string version;  ///< "1.7"
    int pages = 0;
    std::string language, title;
    bool tagged = false;
    std::string pdfa;         ///< "3A" as its metadata claims, else empty
    int doc_mdp = 0;          ///< DocMDP level 1 to 3 of a certification; 0: none
    bool has_dss = false;     ///< document security store
    bool has_xfa = false;     ///< XFA form: shows other content than the pages
    bool has_script = false;  ///< JavaScript or other actions on opening
};

/// A PDF file that was read and found sound: not encrypted, no hybrid cross-references, nothing
/// repaired. A value: copies share their bytes. May be read by several threads.
class File {
public:
    /// Throws Error{malformed_input} for everything that cannot be read, with codes "not_pdf",
    /// "damaged_pdf", "encrypted_pdf", "hybrid_pdf", "too_large". `source` names the file in
    /// errors.
    static File read(Bytes, const std::string& source = "PDF", const Limits& = {});

    const Bytes& bytes() const;
    const std::string& source() const;
    const Facts& facts() const;
    const std::vector<Revision>& revisions() const;  ///< oldest first, at least one
    const std::vector<SignatureField>& signature_fields() const;
    /// nullptr when there is none of that name.
    const SignatureField* signature_field(std::string_view name) const;

    /// The octets that a signature covers, in order. Precondition: ByteRange lies inside the file
    /// (range_fault says so).
    std::array<ByteView, 2> signed_octets(const Signature&) const;

    // For Update; libqpdf stays inside.
    ObjectId catalog() const;
    ObjectId page(int index) const;
    /// A dictionary object, or the dictionary of a stream. Throws Error{malformed_input} otherwise.
    Dictionary dictionary(ObjectId) const;
    bool is_stream(ObjectId) const;
    /// The value at `key` of a dictionary: resolved through one indirect reference when that is a
    /// dictionary; nullopt when absent or no dictionary. `id` is none when it was direct.
    struct Entry {
        ObjectId id;
        Dictionary dictionary;
    };
    std::optional<Entry> entry(ObjectId, const std::string& key) const;
    /// The elements of an array at `key`, resolved, as syntax; empty when absent. `id` as above.
    struct Elements {
        ObjectId id;
        std::vector<std::string> values;
    };
    Elements elements(const Dictionary&, const std::string& key) const;
    const Dictionary& trailer() const;  ///< of the newest revision
    bool uses_xref_stream() const;      ///< newest section

private:
    friend struct Inside;  ///< state.hpp: for the other readers of this layer
    struct State;
    std::shared_ptr<const State> state_;
};

}  // namespace paraphe::pdf
