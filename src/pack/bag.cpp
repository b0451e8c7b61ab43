#include "pack/bag.hpp"

#include <algorithm>

#include "crypto/hash.hpp"

namespace paraphe::pack {

namespace {

constexpr const char* declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

std::string manifest_of(std::vector<const Prepared::Entry*> entries) {
    std::sort(entries.begin(), entries.end(),
              [](const auto* left, const auto* right) { return left->name < right->name; });
    std::string out;
    for (const Prepared::Entry* entry : entries)
        out += crypto::sha256(entry->bytes).hex() + "  " + entry->name + "\n";
    return out;
}

/// A tag's value stands on one line.
std::string one_line(std::string text) {
    for (char& c : text)
        if (c == '\n' || c == '\r') c = ' ';
    return text;
}

std::string oxum(std::size_t octets, std::size_t count) {
    return std::to_string(octets) + "." + std::to_string(count);
}

using signature::Finding;
using signature::Verdict;

/// The lines of a manifest: name → digest in hexadecimal. Lines of another form are reported.
std::map<std::string, std::string> read_manifest(const std::string& name, const Bytes& text,
                                                 std::vector<Finding>& findings) {
    std::map<std::string, std::string> out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string line = text.substr(at, end - at);
        at = end + 1;
        if (line.empty()) continue;
        const auto path = line.find_first_not_of(" *", 64);
        const bool sound = line.size() > 66 && line[64] == ' ' && path != std::string::npos &&
                           line.find_first_not_of("0123456789abcdefABCDEF") == 64;
        if (!sound || !out.emplace(line.substr(path), line.substr(0, 64)).second)
            findings.push_back({Verdict::invalid, "bad_manifest_line",
                                "Une ligne de « " + name + " » est mal formée ou doublée."});
    }
    return out;
}

void compare(const std::map<std::string, std::string>& manifest, const Entries& entries,
             std::vector<Finding>& findings) {
    for (const auto& [name, stated] : manifest) {
        const auto entry = entries.find(name);
        if (entry == entries.end())
            findings.push_back({Verdict::invalid, "missing_file",
                                "Le fichier « " + name + " » est annoncé mais absent."});
        else if (to_hex(from_hex(stated)) != crypto::sha256(entry->second).hex())
            findings.push_back(
                {Verdict::invalid, "altered_file", "Le fichier « " + name + " » a été modifié."});
    }
}

}  // namespace

std::vector<Prepared::Entry> bag_files(const Metadata& metadata,
                                       const std::vector<Prepared::Entry>& payload) {
    std::size_t octets = 0;
    std::vector<const Prepared::Entry*> listed;
    for (const Prepared::Entry& entry : payload) {
        octets += entry.bytes.size();
        listed.push_back(&entry);
    }
    std::string info = "Source-Organization: " + one_line(metadata.sender.name) + "\n";
    if (!metadata.sender.contact.empty())
        info += "Contact-Name: " + one_line(metadata.sender.contact) + "\n";
    info += "External-Identifier: " + metadata.pack_id + "\n";
    info += "Bagging-Date: " + to_string(metadata.generated_at).substr(0, 10) + "\n";
    info += "Payload-Oxum: " + oxum(octets, payload.size()) + "\n";
    info += "Bag-Software-Agent: " + one_line(metadata.software) + "\n";

    std::vector<Prepared::Entry> out;
    out.push_back({"bagit.txt", declaration, "text/plain"});
    out.push_back({"bag-info.txt", info, "text/plain"});
    out.push_back({"manifest-sha256.txt", manifest_of(listed), "text/plain"});
    out.push_back(
        {"tagmanifest-sha256.txt", manifest_of({&out[0], &out[1], &out[2]}), "text/plain"});
    return out;
}

std::string bag_info(const Entries& entries, const std::string& label) {
    const auto info = entries.find("bag-info.txt");
    if (info == entries.end()) return {};
    const std::string text = "\n" + info->second;
    const std::string start = "\n" + label + ": ";
    const auto at = text.find(start);
    if (at == std::string::npos) return {};
    const auto from = at + start.size();
    return text.substr(from, text.find('\n', from) - from);
}

std::vector<Finding> check_bag(const Entries& entries) {
    std::vector<Finding> out;
    for (const char* name : {"bagit.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"})
        if (!entries.contains(name))
            out.push_back({Verdict::invalid, "missing_file",
                           "Le fichier « " + std::string(name) + " » est absent."});
    if (!out.empty()) return out;
    if (!entries.at("bagit.txt").starts_with("BagIt-Version: 1.0\n"))
        out.push_back(
            {Verdict::indeterminate, "other_bag_version", "La version de BagIt n'est pas 1.0."});
    const auto manifest =
        read_manifest("manifest-sha256.txt", entries.at("manifest-sha256.txt"), out);
    compare(manifest, entries, out);
    compare(read_manifest("tagmanifest-sha256.txt", entries.at("tagmanifest-sha256.txt"), out),
            entries, out);
    std::size_t octets = 0, count = 0;
    for (const auto& [name, bytes] : entries) {
        if (!name.starts_with("data/")) continue;
        octets += bytes.size();
        ++count;
        if (!manifest.contains(name))
            out.push_back({Verdict::invalid, "unlisted_file",
                           "Le fichier « " + name + " » n'est pas annoncé dans le lot."});
    }
    const std::string stated = bag_info(entries, "Payload-Oxum");
    if (!stated.empty() && stated != oxum(octets, count))
        out.push_back({Verdict::invalid, "wrong_size",
                       "Le lot annonce " + stated + " (octets.fichiers) et contient " +
                           oxum(octets, count) + "."});
    return out;
}

}  // namespace paraphe::pack
