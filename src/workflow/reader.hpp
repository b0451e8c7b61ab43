#pragma once

#include <functional>
#include <string>

#include "base/bytes.hpp"
#include "workflow/definition.hpp"

namespace paraphe::workflow {

/// Gives the content behind a <data src="…">. Throws Error{not_found}.
using Resolve = std::function<Bytes(const std::string& uri)>;

/// Reads an SCXML 1.0 document (namespace http://www.w3.org/2005/07/scxml) of the profile
/// urn:paraphe:workflow:1. `source` names it in messages. Everything it cannot execute is refused
/// with its line: elements that are not supported (<invoke>, <send>, <script>…), unknown names of
/// the profile with a did-you-mean, wrong targets, expressions that do not parse, nesting
/// beyond 64. Without `resolve`, a `src` is refused. Throws Error{malformed_input} for the first
/// fault.
Definition read(ByteView xml, const std::string& source, const Resolve& resolve = {});

/// The same from a file.
Definition read_definition(const std::string& path);

}  // namespace paraphe::workflow
