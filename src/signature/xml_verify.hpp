#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "crypto/trust.hpp"
#include "signature/report.hpp"
#include "xml/xml.hpp"

/// For signature/ alone: judging XML signatures (XML Signature 1.1 §3.2, core validation) with
/// XAdES properties.
namespace paraphe::signature {

/// Gives the bytes of another part of the container; nullopt when there is none of that name.
using PartReader = std::function<std::optional<Bytes>(const std::string& name)>;

/// Every Signature child of the root. References are followed in one way only: "#id" to the one
/// element of this document with that Id, which must lie inside the same Signature; anything else
/// to a part of the container. The report's
/// `covered` names the parts.
std::vector<SignatureReport> judge_xml_signatures(ByteView document, const xml::Origin&,
                                                  const PartReader&, const crypto::TrustStore&,
                                                  Instant at);

}  // namespace paraphe::signature
