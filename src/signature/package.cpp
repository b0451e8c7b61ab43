#include "signature/package.hpp"

namespace paraphe::signature {

bool signed_in_odf(const zip::Entry& entry) {
    if (entry.is_directory()) return false;
    return !entry.name.starts_with("META-INF/") || entry.name == "META-INF/manifest.xml";
}

bool is_xml(std::string_view name) {
    return name.ends_with(".xml") || name.ends_with(".rdf");
}

std::vector<zip::Item> items_of(const zip::Archive& archive) {
    std::vector<zip::Item> out;
    for (const zip::Entry& entry : archive.entries())
        if (!entry.is_directory())
            out.push_back({entry.name, archive.read(entry.name), entry.method});
    return out;
}

}  // namespace paraphe::signature
