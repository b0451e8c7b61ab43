#include "audit/chain.hpp"

#include "base/error.hpp"
#include "crypto/hash.hpp"

namespace paraphe::audit {

namespace {

void put(Bytes& out, std::uint64_t value, int octets) {
    for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8)
        out += static_cast<char>(value >> shift & 0xff);
}

void put_text(Bytes& out, std::string_view text) {
    put(out, text.size(), 4);
    out += text;
}

/// What is wrong with one link, given what must come before it; empty when nothing is.
std::string problem(const Entry& entry, const Bytes& log_id, std::uint64_t position,
                    const Sha256& previous) {
    const Link& link = entry.link;
    if (link.log_id != log_id) return "it belongs to another log";
    if (link.seq != position) return "it carries the number " + std::to_string(link.seq);
    if (link.previous != previous) return "it does not continue the link before";
    if (link.hash != crypto::sha256(preimage(link))) return "the hash does not match its content";
    if (entry.body.has_value() != entry.salt.has_value())
        return "body and salt are not both present";
    if (entry.body && commit(*entry.salt, *entry.body) != link.commitment)
        return "the body does not match its commitment";
    return {};
}

}  // namespace

Bytes preimage(const Link& link) {
    Bytes out = "paraphe/event/1\n";
    out += link.log_id;
    put(out, link.seq, 8);
    put_text(out, link.type);
    put(out, static_cast<std::uint64_t>(link.at.time_since_epoch().count()), 8);
    put_text(out, link.actor);
    out += link.commitment.bytes();
    put(out, link.document_commitments.size(), 4);
    for (const Sha256& document : link.document_commitments)
        out += document.bytes();
    out += link.previous.bytes();
    return out;
}

Link chained(Link link, const Link* head) {
    if (link.log_id.size() != 16)
        throw Error(ErrorKind::internal,
                    "a log identifier has 16 octets, not " + std::to_string(link.log_id.size()));
    link.seq = head ? head->seq + 1 : 1;
    link.previous = head ? head->hash : Sha256{};
    link.hash = crypto::sha256(preimage(link));
    return link;
}

Sha256 commit(ByteView salt, ByteView body) {
    return crypto::hmac_sha256(salt, body);
}

std::string pseudonym(ByteView key, std::string_view person) {
    return crypto::hmac_sha256(key, person).hex().substr(0, 32);
}

Verdict verify(const Bytes& log_id, const std::vector<Entry>& entries,
               const std::vector<Head>& heads) {
    Verdict verdict;
    auto broken = [&](std::uint64_t position, const std::string& what) {
        verdict.state = State::altered;
        verdict.broken = position;
        verdict.problem = "link " + std::to_string(position) + ": " + what;
        return verdict;
    };
    Sha256 previous;
    for (const Entry& entry : entries) {
        const std::uint64_t position = verdict.links + 1;
        if (std::string what = problem(entry, log_id, position, previous); !what.empty())
            return broken(position, what);
        for (const Head& head : heads)
            if (head.seq == position && head.hash != entry.link.hash)
                return broken(position, "it differs from the head that was kept outside");
        previous = entry.link.hash;
        verdict.links = position;
        if (!entry.body) ++verdict.erased;
    }
    for (const Head& head : heads)
        if (head.seq > verdict.links)
            return broken(verdict.links + 1,
                          "missing; the chain once had " + std::to_string(head.seq) + " links");
    if (verdict.erased > 0) verdict.state = State::erased;
    return verdict;
}

std::string to_string(State state) {
    switch (state) {
        case State::valid:
            return "valid";
        case State::erased:
            return "erased";
        case State::altered:
            return "altered";
    }
    return {};
}

}  // namespace paraphe::audit
