#include "server/files.hpp"

#include <algorithm>

namespace paraphe::server {

std::optional<std::uint32_t> parse_number(std::string_view text) {
    if (text.empty() || text.size() > 9 ||
        !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    std::uint32_t out = 0;
    for (const char c : text)
        out = out * 10 + static_cast<std::uint32_t>(c - '0');
    return out;
}

Response version_file(Site& site, const contract::Caller& caller, const std::string& dossier,
                      const std::string& document, std::uint32_t number,
                      contract::FileFormat format) {
    const bool pdf = format == contract::FileFormat::pdf;
    Response out{200,
                 pdf ? "application/pdf" : "application/vnd.oasis.opendocument.text",
                 {},
                 site.service.file(caller, dossier, document, number, format)};
    out.set("Content-Disposition", "attachment; filename=\"" + url_encode(document) + "-" +
                                       std::to_string(number) + (pdf ? ".pdf" : ".odt") + "\"");
    return out;
}

Response page_picture(Site& site, const contract::Caller& caller, const std::string& dossier,
                      const std::string& document, std::uint32_t number, std::uint32_t page) {
    Response out{200,
                 "image/svg+xml",
                 {},
                 site.service.page_svg(caller, dossier, document, number, static_cast<int>(page))};
    out.set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    return out;
}

Response pack_file(Site& site, const contract::Caller& caller, const std::string& dossier,
                   const std::string& pack, std::string_view file_name) {
    Response out{
        200, "application/vnd.etsi.asic-e+zip", {}, site.service.pack_file(caller, dossier, pack)};
    out.set("Content-Disposition",
            std::string("attachment; filename=\"").append(file_name).append("\""));
    return out;
}

}  // namespace paraphe::server
