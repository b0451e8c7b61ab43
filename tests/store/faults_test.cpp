#include <doctest/doctest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <random>
#include <thread>

#include "store/office.hpp"
#include "store/power_cut.hpp"

using namespace office;

namespace {

/// What must hold of a dossier after any fault.
void check_sound(Office& office, const std::string& dossier) {
    const Caller reader = office.caller("referent");
    const AuditReport report = office.service->audit(reader, dossier);
    CHECK_MESSAGE(report.state == "valid", report.problem);
    CHECK_MESSAGE(report.snapshot_matches, report.problem);
    CHECK_MESSAGE(report.documents_match, report.problem);
}

/// How often each event stands in the journal.
std::map<std::string, int> events(Office& office, const std::string& dossier) {
    std::map<std::string, int> out;
    for (const JournalLine& line :
         office.service->journal(office.caller("referent"), dossier, 0, 1000))
        ++out[line.type];
    return out;
}

/// One round of a dossier's life: counts, then a document that is made and sent back.
void one_round(Office& office, const std::string& dossier,
               const std::function<void()>& acknowledged) {
    const auto step = [&](const char* role, const char* event) {
        office.act(dossier, role, event);
        acknowledged();
    };
    office.work();
    if (office.states(dossier) == std::vector<std::string>{"review"}) step("responsable", "return");
    step("referent", "count");
    step("referent", "count");
    step("referent", "submit");
    office.work();
    step("responsable", "return");
}

}  // namespace

TEST_CASE("killed fifty times during a run of five hundred events, nothing acknowledged is lost") {
    Folder folder;
    std::string dossier;
    {
        Office office(folder.path());
        dossier = office.create().dossier;
    }
    std::mt19937 random(7);
    int acknowledged = 0, kills = 0;
    while (kills < 50 || acknowledged < 500) {
        int ends[2];
        REQUIRE(::pipe(ends) == 0);
        const pid_t child = ::fork();
        if (child == 0) {
            ::close(ends[0]);
            try {
                Office office(folder.path());
                for (;;)
                    one_round(office, dossier, [&] {
                        if (::write(ends[1], "x", 1) != 1) ::_exit(0);
                    });
            } catch (...) {
                ::_exit(3);
            }
        }
        ::close(ends[1]);
        // Killed after a number of acknowledged events and a moment more, somewhere in the next.
        const int wanted = 5 + static_cast<int>(random() % 12);
        char mark;
        int seen = 0;
        while (seen < wanted && ::read(ends[0], &mark, 1) == 1)
            ++seen;
        std::this_thread::sleep_for(std::chrono::microseconds(random() % 3000));
        ::kill(child, SIGKILL);
        while (::read(ends[0], &mark, 1) == 1)
            ++seen;
        ::close(ends[0]);
        int status = 0;
        ::waitpid(child, &status, 0);
        REQUIRE(WIFSIGNALED(status));
        acknowledged += seen;
        ++kills;
    }
    Office office(folder.path(), {}, "2026-01-31T10:00:00Z");  // leases have run out
    while (office.work() > 0) {
    }
    check_sound(office, dossier);
    auto counted = events(office, dossier);
    int done = 0;
    for (const char* event : {"count", "submit", "return"})
        done += counted[event];
    CHECK(done >= acknowledged);
    CHECK(done <= acknowledged + kills);  // an event may be stored without its answer
    // Each document was ordered by one submission, and stored at most once for it.
    CHECK(counted["rendered.contrat"] <= counted["submit"]);
    const auto versions = office.service->dossier(office.caller("referent"), dossier).documents;
    CHECK(static_cast<int>(versions.size()) == counted["rendered.contrat"]);
    const auto messages = office.service->messages(office.caller("referent"), dossier, 1000);
    CHECK(static_cast<int>(messages.size()) == counted["submit"]);
}

TEST_CASE("a hundred power cuts lose no acknowledged event and store no result twice") {
    power::Disk& disk = power::Disk::get();
    disk.forget();
    Folder folder;
    store::Options options;
    options.vfs = disk.name();
    std::string dossier;
    {
        Office office(folder.path(), options);
        dossier = office.create().dossier;
    }
    std::mt19937 random(11);
    int acknowledged = 0, cuts = 0;
    for (unsigned seed = 1; seed <= 100; ++seed) {
        {
            try {
                Office office(folder.path(), options,
                              "2026-01-31T" + std::string(seed < 50 ? "1" : "2") +
                                  std::to_string(seed % 50 / 17) + ":" +
                                  std::to_string(10 + seed % 17 * 2) + ":00Z");
                disk.cut_after(static_cast<long>(3 + random() % 120));
                for (;;)
                    one_round(office, dossier, [&] { ++acknowledged; });
            } catch (const Error& error) {
                CHECK_MESSAGE(error.kind() == ErrorKind::unavailable, error.what());
            }
            CHECK(disk.off());
            ++cuts;
        }
        disk.restart(seed);
        if (seed % 10 == 0) {
            Office office(folder.path(), options, "2026-01-31T23:59:00Z");
            check_sound(office, dossier);
        }
    }
    Office office(folder.path(), options, "2026-02-01T10:00:00Z");
    while (office.work() > 0) {
    }
    check_sound(office, dossier);
    auto counted = events(office, dossier);
    int done = 0;
    for (const char* event : {"count", "submit", "return"})
        done += counted[event];
    CHECK(acknowledged > 100);
    CHECK(done >= acknowledged);
    CHECK(done <= acknowledged + cuts);
    CHECK(counted["rendered.contrat"] <= counted["submit"]);
    CHECK(static_cast<int>(
              office.service->messages(office.caller("referent"), dossier, 1000).size()) ==
          counted["submit"]);
}

TEST_CASE(
    "a full or read-only disk refuses the act, keeps what was there, and the store goes on after") {
    power::Disk& disk = power::Disk::get();
    disk.forget();
    Folder folder;
    store::Options options;
    options.vfs = disk.name();
    Office office(folder.path(), options);
    const std::string id = office.create().dossier;
    disk.full(true);
    CHECK_THROWS_WITH_AS(office.act(id, "referent", "count"),
                         "the disk of the store is full; nothing was stored; free some space, then "
                         "try again",
                         Error);
    CHECK(office.states(id) == std::vector<std::string>{"draft"});
    disk.full(false);
    disk.read_only(true);
    CHECK_THROWS_WITH_AS(
        office.act(id, "referent", "count"),
        "the store is read-only; nothing was stored; mount it writable, then try again", Error);
    disk.read_only(false);
    CHECK(office.act(id, "referent", "count").version == 2);
    check_sound(office, id);
    disk.forget();
}

TEST_CASE("many at once on one dossier: each version has one winner, the others are told") {
    Folder folder;
    Office office(folder.path());
    const std::string id = office.create().dossier;
    std::atomic<int> won{0}, told{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 10; ++i) {
                Caller caller = office.caller("referent");
                caller.expected_version = office.service->dossier(caller, id).version;
                try {
                    office.service->act(caller, id, {"count", json::Object{}});
                    ++won;
                } catch (const Error& error) {
                    CHECK(error.code() == "stale_version");
                    ++told;
                }
            }
        });
    for (std::thread& thread : threads)
        thread.join();
    CHECK(won + told == 40);
    CHECK(office.service->dossier(office.caller("referent"), id).version ==
          static_cast<std::uint64_t>(won + 1));
    check_sound(office, id);
}
