#include "pdf/container.hpp"

#include <cstdint>
#include <cstdio>

#include "pdf/deflate.hpp"
#include "pdf/hash.hpp"
#include "pdf/syntax.hpp"

namespace paraphe::pdf {

namespace {

/// An entry of the cross-reference: at an octet, or in an object stream.
struct Place {
    int kind = 1;
    std::uint64_t offset = 0;  ///< or number of the object stream
    int index = 0;             ///< in that stream
};

constexpr std::size_t most_in_stream = 200;

/// Moves all that may into object streams (§7.5.7); `places` tells where each one went.
void pack(Objects& objects, std::vector<Place>& places) {
    std::vector<int> packed;
    for (int number = objects.first(); number < objects.next(); ++number) {
        if (!objects[number].is_stream && !objects[number].apart) packed.push_back(number);
    }
    places.resize(objects.all().size());
    for (std::size_t at = 0; at < packed.size(); at += most_in_stream) {
        const std::size_t end = std::min(at + most_in_stream, packed.size());
        std::string head, body;
        const int stream = objects.reserve();
        for (std::size_t i = at; i < end; ++i) {
            head += std::to_string(packed[i]) + " " + std::to_string(body.size()) + " ";
            body += objects[packed[i]].content;
            body += '\n';
            places[static_cast<std::size_t>(packed[i] - objects.first())] = {
                2, static_cast<std::uint64_t>(stream), static_cast<int>(i - at)};
        }
        objects.put_stream(
            stream,
            "/Type/ObjStm/N " + std::to_string(end - at) + "/First " + std::to_string(head.size()),
            head + body);
    }
    places.resize(objects.all().size());
}

}  // namespace

void append_big_endian(Bytes& out, std::uint64_t value, int octets) {
    for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8) {
        out += static_cast<char>(value >> shift & 0xFF);
    }
}

Serialized serialize(Objects objects, int root, int info, Container container) {
    std::vector<Place> places(objects.all().size());
    if (container == Container::object_streams) pack(objects, places);

    std::size_t total = 1024;
    for (const auto& object : objects.all())
        total += object.content.size() + 48;
    Serialized done;
    Bytes& out = done.bytes;
    out.reserve(total);
    done.offsets.resize(objects.all().size());
    out += "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";
    for (int number = objects.first(); number < objects.next(); ++number) {
        Place& place = places[static_cast<std::size_t>(number - objects.first())];
        if (place.kind == 2) continue;
        place.offset = out.size();
        out += std::to_string(number);
        out += " 0 obj\n";
        done.offsets[static_cast<std::size_t>(number - objects.first())] = out.size();
        out += objects[number].content;
        out += "\nendobj\n";
    }
    const std::string id = hex_string(content_hash(out));
    const std::string trailer =
        "/Root " + reference(root) + "/Info " + reference(info) + "/ID[" + id + id + "]";
    const std::size_t start = out.size();
    if (container == Container::classic) {
        out += "xref\n0 " + std::to_string(objects.next()) + "\n0000000000 65535 f \n";
        for (const Place& place : places) {
            char entry[32];
            std::snprintf(entry, sizeof entry, "%010llu 00000 n \n",
                          static_cast<unsigned long long>(place.offset));
            out += entry;
        }
        out += "trailer\n<</Size " + std::to_string(objects.next()) + trailer + ">>\n";
    } else {
        const int self = objects.next();
        places.push_back({1, start, 0});
        Bytes table;
        append_big_endian(table, 0, 5);
        append_big_endian(table, 0xFFFF, 2);
        for (const Place& place : places) {
            append_big_endian(table, static_cast<std::uint64_t>(place.kind), 1);
            append_big_endian(table, place.offset, 4);
            append_big_endian(table, static_cast<std::uint64_t>(place.index), 2);
        }
        const Bytes packed = deflate(table);
        out += std::to_string(self) + " 0 obj\n<</Type/XRef/Size " + std::to_string(self + 1) +
               "/W[1 4 2]" + trailer + "/Filter/FlateDecode/Length " +
               std::to_string(packed.size()) + ">>\nstream\n";
        out += packed;
        out += "\nendstream\nendobj\n";
    }
    out += "startxref\n" + std::to_string(start) + "\n%%EOF\n";
    return done;
}

}  // namespace paraphe::pdf
