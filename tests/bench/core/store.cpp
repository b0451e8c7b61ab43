#include <sqlite3.h>

#include <atomic>
#include <filesystem>
#include <memory>
#include <thread>

#include "base/error.hpp"
#include "contract/house.hpp"
#include "contract/service.hpp"
#include "crypto/authority.hpp"
#include "kind/kind.hpp"
#include "measure.hpp"
#include "sections.hpp"
#include "store/store.hpp"
#include "text/font_map.hpp"

namespace paraphe::bench {

namespace {

using contract::Caller;

constexpr const char* organisation = "logis-passerelle";

/// Every look at it is a millisecond later; several threads may look.
class TickingClock final : public Clock {
public:
    Instant now() const override { return start_ + std::chrono::milliseconds(ticks_.fetch_add(1)); }

private:
    Instant start_ = *parse_instant("2026-01-05T09:00:00Z");
    mutable std::atomic<int> ticks_ = 0;
};

Caller caller(const std::string& person, const std::string& role) {
    return {contract::AccessScope::whole(organisation), {person, person, {role}}, {}, {}};
}

/// Review and back to the draft: as many rows as an act of a real chart, and no rule of one.
constexpr const char* chart = R"xml(<?xml version="1.0" encoding="UTF-8"?>
<scxml xmlns="http://www.w3.org/2005/07/scxml" xmlns:p="urn:paraphe:workflow:1" version="1.0"
       name="relecture" datamodel="paraphe" initial="draft" p:revision="2026-01-01"
       p:title="Relecture">
  <state id="draft" p:label="Brouillon">
    <transition event="submit" p:by="referent" p:label="Soumettre" target="review"
                cond="dossier.contrat.mois ≤ 48" p:else="Jamais plus de 48 mois."/>
  </state>
  <state id="review" p:label="Relecture">
    <onentry>
      <p:render document="contrat" template="masp/contrat.fodt"/>
      <p:notify role="responsable" template="masp/a-relire"/>
      <p:deadline event="deadline.review" at="entree() + jours(15)" p:label="Relecture en retard"/>
    </onentry>
    <transition event="deadline.review" target="draft"/>
    <transition event="return" p:by="responsable" p:label="Renvoyer" target="draft"/>
  </state>
</scxml>
)xml";

/// A service on its own store; effects stay in the outbox, so that acts alone are measured.
class Office {
public:
    explicit Office(const std::filesystem::path& folder)
        : fonts_(text::FontMap::load(std::string(PARAPHE_SOURCE_DIR) + "/fonts/fonts.map")),
          seal_(crypto::Authority::create({"Sceau d’essai", "paraphe"}, clock_.now(),
                                          clock_.now() + std::chrono::days(365), random_)
                    .signer()),
          store_(folder, clock_.now()),
          house_(fonts_, seal_),
          service_({store_.repository(),
                    kinds_,
                    house_,
                    clock_,
                    random_,
                    {"organisation-1", random_.bytes(32)}}) {
        kind::Files files = kind::collect(std::string(PARAPHE_SOURCE_DIR) + "/workflows/masp");
        files["workflow.scxml"] = chart;
        const auto kind =
            std::make_shared<const kind::Kind>(kind::load("relecture", std::move(files)));
        sample_ = kind->samples.at("case-1");
        kinds_.publish(store_.repository(), contract::AccessScope::whole(organisation), kind,
                       clock_.now());
    }

    std::string open(int number) {
        contract::NewDossier made;
        made.kind = "relecture";
        made.data = sample_;
        made.reference = text("BANC-%04d", number);
        return service_.create(caller("noemie", "referent"), made).dossier;
    }
    /// To review and back to the draft: the first orders a rendering and a message, and opens a
    /// deadline, the second closes it.
    void act(const std::string& dossier, bool submit) {
        if (submit)
            service_.act(caller("noemie", "referent"), dossier, {"submit", {}});
        else
            service_.act(caller("claire", "responsable"), dossier,
                         {"return", json::Object{{"texte", "À compléter"}}});
    }

private:
    TickingClock clock_;
    SystemRandom random_;
    text::FontMap fonts_;
    crypto::KeySigner seal_;
    store::Store store_;
    contract::KindShelf kinds_;
    contract::House house_;
    json::Value sample_;
    contract::Service service_;
};

// --- the peer: SQLite alone, the same rows
// --------------------------------------------------------

void check(sqlite3* database, int code) {
    if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE)
        throw Error(ErrorKind::internal, sqlite3_errmsg(database));
}

class Database {
public:
    explicit Database(const std::string& file) {
        check(handle_, sqlite3_open(file.c_str(), &handle_));
    }
    ~Database() { sqlite3_close_v2(handle_); }
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    sqlite3* handle() const { return handle_; }
    void execute(const char* sql) {
        check(handle_, sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr));
    }

private:
    sqlite3* handle_ = nullptr;
};

using Value = std::shared_ptr<sqlite3_value>;
using Row = std::vector<Value>;

class Statement {
public:
    Statement(const Database& database, const std::string& sql) : database_(database.handle()) {
        check(database_, sqlite3_prepare_v2(database_, sql.c_str(), -1, &handle_, nullptr));
    }
    ~Statement() { sqlite3_finalize(handle_); }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    void run(const Row& values = {}) {
        int position = 0;
        for (const Value& value : values)
            check(database_, sqlite3_bind_value(handle_, ++position, value.get()));
        check(database_, sqlite3_step(handle_));
        check(database_, sqlite3_reset(handle_));
    }
    std::vector<Row> rows() {
        std::vector<Row> out;
        while (sqlite3_step(handle_) == SQLITE_ROW) {
            Row row;
            for (int i = 0; i < sqlite3_column_count(handle_); ++i)
                row.emplace_back(sqlite3_value_dup(sqlite3_column_value(handle_, i)),
                                 sqlite3_value_free);
            out.push_back(std::move(row));
        }
        return out;
    }

private:
    sqlite3* database_;
    sqlite3_stmt* handle_ = nullptr;
};

std::string insert_into(const std::string& table, std::size_t columns) {
    std::string marks = "?";
    for (std::size_t i = 1; i < columns; ++i)
        marks += ",?";
    return "INSERT INTO " + table + " VALUES (" + marks + ")";
}

/// What the acts on one dossier left: journal and outbox, the dossier's row, a deadline.
struct Recorded {
    std::vector<std::string> schema;
    std::vector<Row> events, dossier, deadlines;
    std::vector<std::vector<Row>> effects;  ///< by event
    std::vector<std::vector<Row>> update;   ///< by event, one row
};

Recorded recorded(const std::string& file, const std::string& dossier) {
    const Database database(file);
    const std::string here = " WHERE dossier = '" + dossier + "' ";
    Recorded out;
    for (const Row& row : Statement(database,
                                    "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name "
                                    "NOT LIKE 'sqlite_%' ORDER BY type = 'table' DESC")
                              .rows())
        out.schema.emplace_back(reinterpret_cast<const char*>(sqlite3_value_text(row[0].get())));
    out.events =
        Statement(database, "SELECT * FROM event" + here + "AND seq > 1 ORDER BY seq").rows();
    out.dossier = Statement(database, "SELECT * FROM dossier WHERE id = '" + dossier + "'").rows();
    out.deadlines = Statement(database, "SELECT * FROM deadline" + here).rows();
    for (std::size_t i = 0; i < out.events.size(); ++i) {
        const std::string seq = std::to_string(i + 2);
        out.effects.push_back(
            Statement(database, "SELECT * FROM effect" + here + "AND seq = " + seq).rows());
        out.update.push_back(
            Statement(database,
                      "SELECT e.seq, e.hash, d.states, d.finished, d.due, e.at, "
                      "d.snapshot, d.id, e.seq - 1 FROM event e JOIN dossier d ON d.id = "
                      "e.dossier WHERE e.dossier = '" +
                          dossier + "' AND e.seq = " + seq)
                .rows());
    }
    return out;
}

/// Stores again what the acts stored, with the statements of a program that does nothing else.
class Peer {
public:
    Peer(const std::string& file, const Recorded& recorded) : recorded_(recorded), database_(file) {
        database_.execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL");
        for (const std::string& sql : recorded.schema)
            database_.execute(sql.c_str());
        Statement(database_, insert_into("dossier", recorded.dossier[0].size()))
            .run(recorded.dossier[0]);
        begin_ = std::make_unique<Statement>(database_, "BEGIN IMMEDIATE");
        commit_ = std::make_unique<Statement>(database_, "COMMIT");
        event_ =
            std::make_unique<Statement>(database_, insert_into("event", recorded.events[0].size()));
        effect_ = std::make_unique<Statement>(database_, insert_into("effect", 12));
        update_ = std::make_unique<Statement>(
            database_,
            "UPDATE dossier SET version = ?, head = ?, states = ?, finished = ?, due = ?, "
            "updated = ?, snapshot = ? WHERE id = ? AND ? >= 0");
        forget_ = std::make_unique<Statement>(database_, "DELETE FROM deadline WHERE dossier = ?");
        deadline_ = std::make_unique<Statement>(database_, insert_into("deadline", 7));
    }

    void store(std::size_t event) {
        begin_->run();
        update_->run(recorded_.update[event][0]);
        event_->run(recorded_.events[event]);
        for (const Row& effect : recorded_.effects[event])
            effect_->run(effect);
        forget_->run({recorded_.dossier[0][0]});
        if (!recorded_.effects[event].empty())
            for (const Row& deadline : recorded_.deadlines)
                deadline_->run(deadline);
        commit_->run();
    }

private:
    const Recorded& recorded_;
    Database database_;
    std::unique_ptr<Statement> begin_, commit_, event_, effect_, update_, forget_, deadline_;
};

double seconds_of(const std::function<void()>& action) {
    const auto begin = std::chrono::steady_clock::now();
    action();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace

void bench_store(const std::string& folder) {
    // An odd number: the last act is a submission, whose deadline is then there to be copied.
    constexpr int warm_up = 20, rounds = 5, round_size = 60, callers = 8, acts_each = 40;
    Office office(folder + "/store");
    const std::string file = folder + "/store/paraphe.sqlite";
    int number = 0;

    // Acts first, then the same rows by SQLite alone; small rounds in turn, so that both meet the
    // same disk.
    Stopwatch ours, peers;
    std::size_t rows = 0;
    for (int round = 0; round < rounds; ++round) {
        const std::string dossier = office.open(++number);
        int done = 0;
        for (; done < warm_up; ++done)
            office.act(dossier, done % 2 == 0);
        for (; done < warm_up + round_size + 1; ++done)
            ours.time([&] { office.act(dossier, done % 2 == 0); });
        const Recorded what = recorded(file, dossier);
        Peer peer(folder + text("/peer-%d.sqlite", round), what);
        for (std::size_t i = 0; i < what.events.size(); ++i) {
            if (i < static_cast<std::size_t>(warm_up))
                peer.store(i);
            else
                peers.time([&] { peer.store(i); });
            rows += 1 + what.effects[i].size();
        }
        if (what.events.size() != static_cast<std::size_t>(warm_up + round_size + 1))
            throw Error(ErrorKind::internal, "the journal does not hold every act");
    }
    const Times act = ours.times(), raw = peers.times();
    row("durable event: contract::Service::act, one caller", act,
        text("%.0f events/s", 1000 / act.median));
    row("SQLite alone: same rows, WAL, synchronous=FULL, one transaction each", raw,
        text("%.0f events/s; an act takes %.2f× as long (fastest %.2f×); %zu rows",
             1000 / raw.median, act.median / raw.median, act.least / raw.least, rows));

    std::vector<std::string> dossiers;
    for (int i = 0; i < callers; ++i)
        dossiers.push_back(office.open(++number));
    const double seconds = seconds_of([&] {
        std::vector<std::thread> threads;
        for (const std::string& dossier : dossiers)
            threads.emplace_back([&office, &dossier] {
                for (int i = 0; i < acts_each; ++i)
                    office.act(dossier, i % 2 == 0);
            });
        for (std::thread& thread : threads)
            thread.join();
    });
    std::printf("| — %d callers at once (syncs are shared) | %.2f | | | | %.0f events/s |\n",
                callers, seconds * 1000 / (callers * acts_each), callers * acts_each / seconds);
}

}  // namespace paraphe::bench
