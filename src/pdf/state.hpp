#pragma once

#define POINTERHOLDER_TRANSITION 4  // libqpdf: no compatibility with its old pointer type

#include <map>
#include <mutex>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "pdf/file.hpp"
#include "pdf/sections.hpp"

/// Private to the layer: libqpdf behind File.
namespace paraphe::pdf {

struct File::State {
    Bytes bytes;
    std::string source;
    Limits limits;
    Sections sections;
    Facts facts;
    std::vector<ObjectId> pages;
    std::vector<SignatureField> fields;
    Dictionary trailer;
    ObjectId catalog;

    mutable std::mutex mutex;  ///< libqpdf resolves objects when they are asked for
    mutable QPDF pdf;
};

/// What only this layer may ask of a file.
struct Inside {
    static const File::State& of(const File& file) { return *file.state_; }
};

ObjectId id_of(const QPDFObjectHandle&);
Dictionary to_dictionary(const QPDFObjectHandle&);

/// Octets of a metadata stream; empty when absent or unusual.
Bytes metadata_octets(QPDFObjectHandle stream);

/// A PDF date (§7.9.4), with or without its prefix.
std::optional<Instant> parse_date(std::string_view);

/// Signature fields in the order of the form (ISO 32000-1 §12.7).
std::vector<SignatureField> read_signature_fields(QPDF&, ByteView, const Sections&,
                                                  const std::vector<ObjectId>& pages, const Limits&,
                                                  const std::string& source);

/// Runs `action`; whatever libqpdf throws becomes Error{malformed_input}.
template <typename Action>
auto guarded(const std::string& source, Action&& action) -> decltype(action()) {
    try {
        return action();
    } catch (const Error&) {
        throw;
    } catch (const QPDFExc& failure) {
        if (failure.getErrorCode() == qpdf_e_password) {
            throw Error(ErrorKind::malformed_input, "the PDF file is encrypted", in_file(source),
                        "save it without a password", "encrypted_pdf");
        }
        refuse_damaged(source, failure.getMessageDetail());
    } catch (const std::bad_alloc&) {
        throw Error(ErrorKind::malformed_input, "the PDF file wants too much memory",
                    in_file(source), "reduce it", "too_large");
    } catch (const std::exception& failure) {
        refuse_damaged(source, failure.what());
    }
}

}  // namespace paraphe::pdf
