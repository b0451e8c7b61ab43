#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/routes.hpp"

/// The files of a dossier as answers, for the API and the pages alike. Private to server/.
namespace paraphe::server {

/// One to nine decimal digits of a path or query; nullopt for anything else.
std::optional<std::uint32_t> parse_number(std::string_view);

/// A version's PDF or ODT, to be saved as "document-number.pdf" or ".odt".
Response version_file(Site&, const contract::Caller&, const std::string& dossier,
                      const std::string& document, std::uint32_t number, contract::FileFormat);

/// One page as SVG that may run and load nothing. `page` is its number, or its name as
/// Service::preview gives it: under its name it may be kept for as long as a session lives, under its
/// number it is asked for again. 304 when If-None-Match names it. Packed by gzip for who takes it.
Response page_picture(Site&, const Call&, const std::string& dossier, const std::string& document,
                      std::uint32_t number, const std::string& page);

/// A partner's pack (ASiC-E), to be saved as `file_name`.
Response pack_file(Site&, const contract::Caller&, const std::string& dossier,
                   const std::string& pack, std::string_view file_name);

}  // namespace paraphe::server
