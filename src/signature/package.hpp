#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "zip/zip.hpp"

/// For signature/ alone: what containers have in common.
namespace paraphe::signature {

/// Whether a signature of an ODF package covers that entry: all but directories and META-INF/,
/// of which the manifest is signed.
bool signed_in_odf(const zip::Entry&);

/// Whether C14N is applied to an entry before it is digested.
bool is_xml(std::string_view name);

/// All entries of an archive as they are, in their order.
std::vector<zip::Item> items_of(const zip::Archive&);

}  // namespace paraphe::signature
