#pragma once

#include <map>
#include <string>
#include <vector>

#include "pack/pack.hpp"
#include "signature/report.hpp"

/// For pack/ alone: the BagIt side of a pack (RFC 8493).
namespace paraphe::pack {

/// bagit.txt, bag-info.txt, manifest-sha256.txt and tagmanifest-sha256.txt over `payload`, whose
/// names begin with "data/".
std::vector<Prepared::Entry> bag_files(const Metadata&,
                                       const std::vector<Prepared::Entry>& payload);

/// Entries by name, as they stand in the container.
using Entries = std::map<std::string, Bytes>;

/// What is wrong with a bag; nothing: it is complete and valid (RFC 8493 §3).
std::vector<signature::Finding> check_bag(const Entries&);

/// The first value of that label in bag-info.txt; empty when absent.
std::string bag_info(const Entries&, const std::string& label);

}  // namespace paraphe::pack
