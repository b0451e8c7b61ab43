#include "audit/extract.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"

using namespace paraphe;
using namespace paraphe::audit;

namespace {

std::vector<Entry> journal() {
    std::vector<Entry> entries;
    for (const char* type : {"created", "submit", "rendered.contrat"}) {
        Entry entry;
        entry.salt = Bytes(32, 's');
        entry.body = R"({"nom":"Maëlys"})";
        entry.link.log_id = Bytes(16, 'l');
        entry.link.type = type;
        entry.link.at = *parse_instant("2026-01-31T09:00:00.000001Z");
        entry.link.actor = pseudonym("key", "referent");
        entry.link.commitment = commit(*entry.salt, *entry.body);
        entry.link.document_commitments = {commit("salt", "file")};
        entry.link = chained(entry.link, entries.empty() ? nullptr : &entries.back().link);
        entries.push_back(entry);
    }
    return entries;
}

}  // namespace

TEST_CASE("an extract is read back as it was written, and checks by itself") {
    const Bytes full = write_extract(journal(), true);
    CHECK(verify_extract(full, "journal.jsonl").state == State::valid);
    CHECK(write_extract(read_extract(full, "journal.jsonl"), true) == full);
    const Bytes evidence = write_extract(journal(), false);
    CHECK(evidence.find("Maëlys") == Bytes::npos);
    CHECK(verify_extract(evidence, "journal.jsonl").state == State::erased);
    CHECK(verify_extract("", "journal.jsonl").links == 0);
}

TEST_CASE("no flipped bit of an extract passes for what it was") {
    const Bytes full = write_extract(journal(), true);
    const auto original = read_extract(full, "journal.jsonl");
    for (std::size_t bit = 0; bit < full.size() * 8; ++bit) {
        Bytes altered = full;
        altered[bit / 8] = static_cast<char>(altered[bit / 8] ^ (1 << bit % 8));
        try {
            const auto entries = read_extract(altered, "journal.jsonl");
            bool same = entries.size() == original.size();
            for (std::size_t i = 0; same && i < entries.size(); ++i)
                same = entries[i].link == original[i].link && entries[i].body == original[i].body &&
                       entries[i].salt == original[i].salt;
            const Verdict verdict = verify_extract(altered, "journal.jsonl");
            // The case of a hexadecimal digit, and the name of a member that may be absent, change
            // nothing that the evidence says.
            CHECK_MESSAGE((same || verdict.state != State::valid), "bit ", bit);
        } catch (const Error&) {
        }
    }
}

TEST_CASE("a line that is no link is named") {
    const Bytes full = write_extract(journal(), false);
    CHECK_THROWS_WITH_AS(read_extract(full + "{}\n", "journal.jsonl"),
                         doctest::Contains("journal.jsonl:4: this line is no link: "), Error);
    CHECK_THROWS_AS(read_extract("\xff\x00[", "journal.jsonl"), Error);
}
