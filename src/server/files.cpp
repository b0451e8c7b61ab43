#include "server/files.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "server/compression.hpp"

namespace paraphe::server {

namespace {

/// Does If-None-Match (RFC 9110 §13.1.2) name this entity? Weak tags do.
bool names(std::string_view field, std::string_view etag) {
    return field == "*" || field.find(etag) != std::string_view::npos;
}

}  // namespace

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

Response page_picture(Site& site, const Call& call, const std::string& dossier,
                      const std::string& document, std::uint32_t number, const std::string& page) {
    const auto preview = site.service.preview(call.caller, dossier, document, number);
    const auto& pages = preview->pages();
    const auto wanted = parse_number(page);
    const auto found =
        wanted ? (*wanted >= 1 && *wanted <= pages.size() ? pages.begin() + (*wanted - 1)
                                                          : pages.end())
               : std::find_if(pages.begin(), pages.end(),
                              [&](const contract::PageView& one) { return one.name == page; });
    if (found == pages.end())
        throw Error(ErrorKind::not_found, "the version has no page " + page, {}, {}, "no_page");
    const bool packed = accepts_gzip(call.request.header("accept-encoding"));
    const std::string etag = "\"" + found->name + (packed ? "-gzip\"" : "\"");
    Response out{200, "image/svg+xml", {}, {}};
    out.set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    out.set("ETag", etag);
    out.set("Vary", "Accept-Encoding");
    out.set("Cache-Control", wanted ? "private, no-cache" : "private, max-age=43200, immutable");
    if (names(call.request.header("if-none-match"), etag)) {
        out.status = 304;
        return out;
    }
    out.body = preview->svg(static_cast<std::size_t>(found - pages.begin()));
    if (packed) {
        out.body = gzip(out.body);
        out.set("Content-Encoding", "gzip");
    }
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
