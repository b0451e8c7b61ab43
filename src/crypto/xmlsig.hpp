#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "crypto/certificate.hpp"

/// Checking of XML signatures (XML Signature 1.1, ETSI EN 319 132-1) by libxmlsec1. Making them is
/// signature/'s work: it writes the elements and asks c14n() here for what is digested.
namespace paraphe::crypto {

struct XmlReference {
    std::string uri;  ///< as written; "" and "#id" lie in the same document
    std::string type;
    bool fits = false;
};

struct XmlSignatureVerdict {
    bool readable = false;
    bool valid = false;  ///< every reference and the signature value
    std::string problem;
    std::string id;  ///< of the Signature element
    std::vector<XmlReference> references;
    std::optional<Certificate> signer;
    std::vector<Certificate> certificates;
    std::string signing_time;        ///< XAdES SigningTime as written
    bool certificate_bound = false;  ///< SigningCertificate(V2) names the signer's certificate and
                                     ///< SignedProperties are among the references
};

/// Judges every Signature child of the root of `document`. `part` gives the bytes of another
/// reference by its URI with escapes resolved, nullopt when there is none. Only C14N 1.0 transforms
/// and SHA-256/384/512 are let in; a DTD makes the document unreadable. Throws
/// Error{malformed_input} when it is not well-formed.
std::vector<XmlSignatureVerdict> verify_xml_signatures(
    ByteView document, const std::function<std::optional<Bytes>(const std::string& uri)>& part);

/// Inclusive Canonical XML 1.0 without comments of a whole document; with `id`, of the element
/// whose Id attribute is that, in its namespace context. Throws Error{malformed_input}; a DTD is
/// refused.
Bytes c14n(ByteView document, const std::string& id = {});
/// The same of the first element with that local name in the namespace of XML Signature, inside the
/// element whose Id is `id`.
Bytes c14n_child(ByteView document, const std::string& id, const std::string& local_name);

}  // namespace paraphe::crypto
