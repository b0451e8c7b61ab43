#pragma once

#include <vector>

#include "pdf/file.hpp"
#include "pdf/writer.hpp"

namespace paraphe::pdf {

/// The files that the document associates with itself (/AF of the catalog, ISO 19005-3 §6.8), in
/// that order: what write() was given. Throws Error{malformed_input} for one that cannot be read.
std::vector<Attachment> attachments(const File&);

/// What a contract carries so that a partner need not type it again: its data (JSON, Data)
/// as "donnees.json", and the filled template (Source) as "NAME.odt". What is empty stays out.
std::vector<Attachment> associated_files(const std::string& name, Bytes data, Bytes odt,
                                         Instant made);

}  // namespace paraphe::pdf
