#include "audit/extract.hpp"

#include "base/error.hpp"
#include "json/json.hpp"

namespace paraphe::audit {

namespace {

json::Value to_json(const Entry& entry, bool with_body) {
    const Link& link = entry.link;
    json::Array documents;
    for (const Sha256& document : link.document_commitments)
        documents.emplace_back(document.hex());
    json::Object out{{"log_id", to_hex(link.log_id)},
                     {"seq", static_cast<std::int64_t>(link.seq)},
                     {"type", link.type},
                     {"at", paraphe::to_string(link.at)},
                     {"actor", link.actor},
                     {"commitment", link.commitment.hex()},
                     {"documents", documents},
                     {"previous", link.previous.hex()},
                     {"hash", link.hash.hex()}};
    if (with_body && entry.salt && entry.body) {
        out.set("salt", to_hex(*entry.salt));
        out.set("body", *entry.body);
    }
    return out;
}

Entry from_json(const json::Value& value) {
    Entry out;
    Link& link = out.link;
    link.log_id = from_hex(value.at("log_id").as_string());
    link.seq = static_cast<std::uint64_t>(value.at("seq").as_int64());
    link.type = value.at("type").as_string();
    const auto at = parse_instant(value.at("at").as_string());
    if (!at) throw Error(ErrorKind::malformed_input, "\"at\" is no instant");
    link.at = *at;
    link.actor = value.at("actor").as_string();
    link.commitment = Sha256::from_hex(value.at("commitment").as_string());
    for (const json::Value& document : value.at("documents").as_array())
        link.document_commitments.push_back(Sha256::from_hex(document.as_string()));
    link.previous = Sha256::from_hex(value.at("previous").as_string());
    link.hash = Sha256::from_hex(value.at("hash").as_string());
    if (const json::Value* salt = value.find("salt")) out.salt = from_hex(salt->as_string());
    if (const json::Value* body = value.find("body")) out.body = body->as_string();
    return out;
}

}  // namespace

Bytes write_extract(const std::vector<Entry>& entries, bool with_bodies) {
    Bytes out;
    for (const Entry& entry : entries)
        out += json::write(to_json(entry, with_bodies)) + "\n";
    return out;
}

std::vector<Entry> read_extract(ByteView text, const std::string& source) {
    constexpr std::size_t cap = 64u << 20;
    if (text.size() > cap)
        throw Error(ErrorKind::malformed_input, "the extract is larger than 64 MiB",
                    {source, 0, 0, {}}, {}, "too_large");
    std::vector<Entry> out;
    for (int line = 1; !text.empty(); ++line) {
        const auto end = text.find('\n');
        const ByteView content = text.substr(0, end);
        text = end == ByteView::npos ? ByteView() : text.substr(end + 1);
        if (content.empty()) continue;
        try {
            out.push_back(from_json(json::parse(content, source)));
        } catch (const Error& error) {
            throw Error(ErrorKind::malformed_input, "this line is no link: " + error.problem(),
                        {source, line, 0, {}}, "export the journal again", "not_an_extract");
        }
    }
    return out;
}

Verdict verify_extract(ByteView text, const std::string& source, const std::vector<Head>& heads) {
    const std::vector<Entry> entries = read_extract(text, source);
    return verify(entries.empty() ? Bytes() : entries.front().link.log_id, entries, heads);
}

}  // namespace paraphe::audit
