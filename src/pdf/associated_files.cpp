#include "pdf/attachments.hpp"

namespace paraphe::pdf {

std::vector<Attachment> associated_files(const std::string& name, Bytes data, Bytes odt,
                                         Instant made) {
    std::vector<Attachment> out;
    if (!data.empty())
        out.push_back({"donnees.json", "application/json", "Données du document",
                       Relationship::data, std::move(data), made});
    if (!odt.empty())
        out.push_back({name + ".odt", "application/vnd.oasis.opendocument.text",
                       "Document modifiable", Relationship::source, std::move(odt), made});
    return out;
}

}  // namespace paraphe::pdf
