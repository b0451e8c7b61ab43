#include "audit/chain.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "crypto/hash.hpp"

using namespace paraphe;
using namespace paraphe::audit;

namespace {

const Bytes log_id = from_hex("000102030405060708090a0b0c0d0e0f");
const Bytes salt(32, '\x11');

Instant at(int seconds) {
    return *parse_instant("2026-01-31T08:00:00Z") + std::chrono::seconds(seconds);
}

std::vector<Entry> journal(int count) {
    std::vector<Entry> entries;
    const char* types[] = {"created", "submit", "approve", "rendered.contrat",
                           "signed.beneficiaire"};
    for (int i = 0; i < count; ++i) {
        Entry entry;
        entry.body = R"({"event":")" + std::to_string(i) + "\"}";
        entry.salt = salt;
        entry.link.log_id = log_id;
        entry.link.type = types[i % 5];
        entry.link.at = at(i);
        entry.link.actor = i % 2 ? pseudonym("key", "user-1") : "";
        entry.link.commitment = commit(salt, *entry.body);
        if (i % 5 == 3) entry.link.document_commitments = {crypto::sha256("contrat.pdf")};
        entry.link = chained(entry.link, entries.empty() ? nullptr : &entries.back().link);
        entries.push_back(entry);
    }
    return entries;
}

template <class Octets>
void flip(Octets& octets, std::size_t bit) {
    octets[bit / 8] = static_cast<typename Octets::value_type>(octets[bit / 8] ^ (1u << bit % 8));
}

}  // namespace

TEST_CASE("the hash of a link is that of its documented octets") {
    Link link = journal(1).front().link;
    CHECK(to_hex(preimage(link)) == to_hex("paraphe/event/1\n") + to_hex(log_id) +
                                        "0000000000000001" + "00000007" + to_hex("created") +
                                        "000649aa79faa000" + "00000000" + link.commitment.hex() +
                                        "00000000" + std::string(64, '0'));
    CHECK(link.hash == crypto::sha256(preimage(link)));
}

TEST_CASE("an untouched chain is valid, and one without bodies is erased, not altered") {
    auto entries = journal(10);
    Head head{10, entries.back().link.hash};
    CHECK(verify(log_id, entries, {head}).state == State::valid);
    CHECK(verify(log_id, {}, {}).state == State::valid);

    for (Entry& entry : entries)
        entry.body = entry.salt = std::nullopt;
    Verdict verdict = verify(log_id, entries, {head});
    CHECK(verdict.state == State::erased);
    CHECK(verdict.erased == 10);
    CHECK(verdict.links == 10);
}

TEST_CASE("every flipped bit of the evidence is found and its link is named") {
    const auto entries = journal(6);
    const Head head{6, entries.back().link.hash};
    int flips = 0;
    auto found_at = [&](const std::vector<Entry>& altered, std::uint64_t position) {
        ++flips;
        Verdict verdict = verify(log_id, altered, {head});
        return verdict.state == State::altered && verdict.broken == position;
    };
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const Entry& entry = entries[i];
        auto each_bit = [&](std::size_t octets, auto change) {
            for (std::size_t bit = 0; bit < octets * 8; ++bit) {
                auto altered = entries;
                change(altered[i], bit);
                CHECK_MESSAGE(found_at(altered, i + 1), "entry ", i + 1, " bit ", bit);
            }
        };
        each_bit(16, [](Entry& e, std::size_t bit) { flip(e.link.log_id, bit); });
        each_bit(8, [](Entry& e, std::size_t bit) { e.link.seq ^= 1ull << bit; });
        each_bit(entry.link.type.size(), [](Entry& e, std::size_t bit) { flip(e.link.type, bit); });
        each_bit(6, [](Entry& e, std::size_t bit) {
            e.link.at = Instant(std::chrono::microseconds(e.link.at.time_since_epoch().count() ^
                                                          static_cast<std::int64_t>(1ull << bit)));
        });
        each_bit(entry.link.actor.size(),
                 [](Entry& e, std::size_t bit) { flip(e.link.actor, bit); });
        each_bit(32, [](Entry& e, std::size_t bit) { flip(e.link.commitment.octets, bit); });
        each_bit(32, [](Entry& e, std::size_t bit) { flip(e.link.previous.octets, bit); });
        each_bit(32, [](Entry& e, std::size_t bit) { flip(e.link.hash.octets, bit); });
        each_bit(32, [](Entry& e, std::size_t bit) { flip(*e.salt, bit); });
        each_bit(entry.body->size(), [](Entry& e, std::size_t bit) { flip(*e.body, bit); });
        if (!entry.link.document_commitments.empty())
            each_bit(32, [](Entry& e, std::size_t bit) {
                flip(e.link.document_commitments[0].octets, bit);
            });
    }
    CHECK(flips > 6 * 1500);
}

TEST_CASE("swapped, dropped, doubled and foreign entries are named") {
    const auto entries = journal(5);
    const Head head{5, entries.back().link.hash};

    auto altered = entries;
    std::swap(altered[1], altered[2]);
    CHECK(verify(log_id, altered, {head}).problem == "link 2: it carries the number 3");

    altered = entries;
    altered.erase(altered.begin() + 3);
    CHECK(verify(log_id, altered, {head}).problem == "link 4: it carries the number 5");

    altered = entries;
    altered.pop_back();
    CHECK(verify(log_id, altered, {head}).problem == "link 5: missing; the chain once had 5 links");
    CHECK(verify(log_id, altered).state == State::valid);  // only an outside head shows a cut tail

    altered = entries;
    altered.insert(altered.begin() + 1, entries[0]);
    CHECK(verify(log_id, altered, {head}).problem == "link 2: it carries the number 1");

    altered = entries;
    altered[2].body.reset();
    CHECK(verify(log_id, altered, {head}).problem == "link 3: body and salt are not both present");

    CHECK(verify(Bytes(16, '\0'), entries, {head}).problem == "link 1: it belongs to another log");
}

TEST_CASE("a chain rewritten as a whole is found by a head that was kept outside") {
    const auto entries = journal(5);
    std::vector<Entry> forged;
    for (Entry entry : entries) {
        if (forged.size() == 2) entry.link.type = "abandon";
        entry.link = chained(entry.link, forged.empty() ? nullptr : &forged.back().link);
        forged.push_back(entry);
    }
    CHECK(verify(log_id, forged).state == State::valid);
    Verdict verdict = verify(log_id, forged, {{5, entries.back().link.hash}});
    CHECK(verdict.state == State::altered);
    CHECK(verdict.problem == "link 5: it differs from the head that was kept outside");
    CHECK(verify(log_id, forged, {{3, entries[2].link.hash}}).broken == 3);
}

TEST_CASE("a person has one name in a dossier and another in the next") {
    CHECK(pseudonym("k1", "ana") == pseudonym("k1", "ana"));
    CHECK(pseudonym("k1", "ana") != pseudonym("k2", "ana"));
    CHECK(pseudonym("k1", "ana").size() == 32);
}

TEST_CASE("a log identifier has sixteen octets") {
    CHECK_THROWS_WITH_AS(chained(Link{}, nullptr), "a log identifier has 16 octets, not 0", Error);
}
