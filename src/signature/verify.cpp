#include "signature/verify.hpp"

#include "base/error.hpp"
#include "pdf/file.hpp"
#include "signature/container_verify.hpp"
#include "signature/pdf_verify.hpp"
#include "zip/zip.hpp"

namespace paraphe::signature {

namespace {

/// What follows the last %%EOF and its end of line, which pdf::File refuses to read; EU DSS passes
/// over it in silence.
std::size_t trailing_octets(ByteView bytes) {
    const auto at = bytes.rfind("%%EOF");
    if (at == ByteView::npos) return 0;
    ByteView rest = bytes.substr(at + 5);
    if (rest.starts_with("\r")) rest.remove_prefix(1);
    if (rest.starts_with("\n")) rest.remove_prefix(1);
    return rest.size();
}

ValidationReport judge_pdf(Bytes bytes, const std::string& source, const crypto::TrustStore& trust,
                           Instant at) {
    const std::size_t trailing = trailing_octets(bytes);
    bytes.resize(bytes.size() - trailing);
    ValidationReport out = verify_pdf(pdf::File::read(std::move(bytes), source), trust, at);
    if (trailing > 0 && !out.signatures.empty())
        out.findings.push_back(finding("trailing_bytes", std::to_string(trailing)));
    return out;
}

}  // namespace

ValidationReport verify(Bytes bytes, const std::string& source, const crypto::TrustStore& trust,
                        Instant at) {
    if (bytes.starts_with("PK")) {
        const zip::Archive archive = zip::Archive::open(std::move(bytes), source, container_caps);
        const auto type = archive.read_if_present("mimetype");
        return type && type->starts_with("application/vnd.oasis.opendocument.")
                   ? verify_odf(archive, trust, at)
                   : verify_asice(archive, trust, at);
    }
    // ISO 32000-1 lets other octets stand before the header (implementation note 13).
    if (ByteView(bytes).substr(0, 1024).find("%PDF-") != ByteView::npos)
        return judge_pdf(std::move(bytes), source, trust, at);
    Location where;
    where.source = source;
    throw Error(ErrorKind::malformed_input, "neither a PDF nor an ODF or ASiC-E container", where,
                "give a .pdf, .odt or .asice file", "unknown_format");
}

}  // namespace paraphe::signature
