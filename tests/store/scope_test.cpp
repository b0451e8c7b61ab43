#include <doctest/doctest.h>
#include <sqlite3.h>

#include "crypto/hash.hpp"
#include "store/office.hpp"

using namespace office;

namespace {

template <class Verb>
void check_refused(const char* name, Verb verb) {
    try {
        verb();
        FAIL_CHECK(name, " let a foreign scope in");
    } catch (const Error& error) {
        CHECK_MESSAGE(error.kind() == ErrorKind::not_found, name, ": ", error.what());
    }
}

}  // namespace

TEST_CASE("a foreign organisation, agency or stranger finds nothing on any verb") {
    Folder folder;
    Office office(folder.path());
    NewDossier wanted{"essai", data(), "evry", {}, "Europe/Paris"};
    const std::string id = office.service->create(office.caller("referent"), wanted).dossier;
    office.act(id, "referent", "submit");
    office.work();
    AccessScope agency = scope, stranger = scope;
    agency.agency = "creteil";
    stranger.relation = AccessScope::Relation::related;
    stranger.subject = "user-9";
    Repository& repository = office.store.repository();
    const std::string blob = repository.versions(scope, id).at(0).pdf;
    Act act;
    act.dossier = id;
    act.expected_version = 4;
    act.entries.emplace_back();
    for (const AccessScope& foreign : {AccessScope::whole("autre"), agency, stranger}) {
        check_refused("commit", [&] { repository.commit(foreign, act); });
        check_refused("relate", [&] { repository.relate(foreign, id, "x", "y"); });
        check_refused("save_preparation",
                      [&] { repository.save_preparation(foreign, id, {}, office.clock.now()); });
        check_refused("find", [&] { repository.find(foreign, id); });
        check_refused("journal", [&] { repository.journal(foreign, id, 0, 10); });
        check_refused("revision", [&] { repository.revision(foreign, id, 1); });
        check_refused("versions", [&] { repository.versions(foreign, id); });
        check_refused("slots", [&] { repository.slots(foreign, id); });
        check_refused("deadlines", [&] { repository.deadlines(foreign, id); });
        check_refused("blob", [&] { repository.blob(foreign, id, blob); });
        check_refused("packs", [&] { repository.packs(foreign, id); });
        check_refused("messages", [&] { repository.messages(foreign, id, 10); });
        check_refused("preparation",
                      [&] { repository.preparation(foreign, id, "t", office.clock.now()); });
        check_refused("relations", [&] { repository.relations(foreign, id, "x"); });
        check_refused("open_effects", [&] { repository.open_effects(foreign, id); });
        check_refused("troubled_effects", [&] { repository.troubled_effects(foreign, id, 10); });
        check_refused("settle_effect", [&] { repository.settle_effect(foreign, {}, id, {}); });
        CHECK(repository.list(foreign, {}).rows.empty());
        CHECK(repository.messages(foreign, {}, 10).empty());
        CHECK(repository.due_dossiers(foreign, instant("2030-01-01"), 10).empty());
        CHECK(!repository.next_due(foreign));
        CHECK(!repository.claim_effect(foreign, instant("2030-01-01"), instant("2030-01-02")));
    }
    CHECK_THROWS_AS(repository.create(AccessScope::whole("autre"), repository.find(scope, id), act),
                    Error);
    CHECK(repository.kinds(AccessScope::whole("autre")).empty());
    CHECK(repository.find(scope, id).version > 0);
    repository.relate(scope, id, "user-9", "partenaire");
    CHECK(repository.find(stranger, id).id == id);
    CHECK(repository.list(stranger, {}).rows.size() == 1);
}

TEST_CASE("lists go on where the last page ended, newest change first") {
    Folder folder;
    Office office(folder.path());
    for (int i = 0; i < 5; ++i) {
        office.clock.set(office.clock.now() + std::chrono::minutes(1));
        office.create();
    }
    const Caller reader = office.caller("referent");
    std::vector<std::string> seen;
    std::string cursor;
    do {
        const DossierPage page = office.service->list(reader, {}, cursor, 2);
        for (const DossierSummary& item : page.items)
            seen.push_back(item.reference);
        cursor = page.next;
    } while (!cursor.empty());
    CHECK(seen == std::vector<std::string>{"ESSAI-2026-0005", "ESSAI-2026-0004", "ESSAI-2026-0003",
                                           "ESSAI-2026-0002", "ESSAI-2026-0001"});
    CHECK(office.service->list(reader, {"essai", "draft", false}).items.size() == 5);
    CHECK(office.service->list(reader, {"essai", "review", {}}).items.empty());
    CHECK_THROWS_WITH_AS(office.service->list(reader, {}, "nonsense"),
                         "the cursor is not one of this list; begin the list again", Error);
}

TEST_CASE("a user and the tokens of theirs live in one organisation") {
    Folder folder;
    Office office(folder.path());
    Accounts& accounts = office.store.accounts();
    User user;
    user.login = "ana";
    user.name = "Ana";
    user.password_hash = "$argon2id$…";
    user.roles = {"referent", "responsable"};
    user.created = office.clock.now();
    user = accounts.create_user(scope, user);
    CHECK_THROWS_WITH_AS(accounts.create_user(scope, user),
                         "the login 'ana' is taken; choose another", Error);
    CHECK(accounts.find_user(scope, "ana")->roles.size() == 2);
    CHECK(!accounts.find_user(AccessScope::whole("autre"), "ana"));
    const Sha256 hash = crypto::sha256("secret");
    accounts.store_token(scope, {hash, user.id, "session", office.clock.now(),
                                 office.clock.now() + std::chrono::hours(1)});
    CHECK(accounts.token_user(scope, hash, office.clock.now())->id == user.id);
    CHECK(!accounts.token_user(AccessScope::whole("autre"), hash, office.clock.now()));
    CHECK(!accounts.token_user(scope, hash, office.clock.now() + std::chrono::hours(1)));
    user.active = false;
    accounts.update_user(scope, user);
    CHECK(!accounts.token_user(scope, hash, office.clock.now()));
    CHECK(accounts.tokens(scope, user.id).size() == 1);
    accounts.revoke_token(scope, hash);
    CHECK(accounts.tokens(scope, user.id).empty());
}

TEST_CASE("published kinds come back after a restart, and so do dossiers pinned to them") {
    Folder folder;
    std::string id;
    {
        Office office(folder.path());
        office.kinds.publish(office.store.repository(), scope, office::kind(), office.clock.now());
        id = office.create().dossier;
    }
    store::Store store(folder.path(), instant("2026-02-01"));
    KindShelf shelf;
    CHECK_THROWS_WITH_AS(shelf.current("essaie"), "there is no kind 'essaie'; publish it first",
                         Error);
    shelf.restore(store.repository(), scope);
    CHECK(shelf.pinned(store.repository().find(scope, id).kind_hash)->name == "essai");
    CHECK_THROWS_WITH_AS(shelf.current("essaie"),
                         "there is no kind 'essaie'; did you mean 'essai'?", Error);
}

TEST_CASE("a store of a newer version, a changed migration and a foreign file are named") {
    const auto code_after = [](const char* sql) {
        Folder folder;
        { store::Store made(folder.path(), instant("2026-02-01")); }
        sqlite3* db = nullptr;
        sqlite3_open((folder.path() / "paraphe.sqlite").c_str(), &db);
        CHECK(sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
        sqlite3_close(db);
        try {
            store::Store again(folder.path(), instant("2026-02-01"));
        } catch (const Error& error) {
            return error.code();
        }
        return std::string();
    };
    CHECK(code_after("SELECT 1") == "");
    CHECK(code_after("INSERT INTO migration VALUES (99, zeroblob(32), 0)") == "newer_schema");
    CHECK(code_after("UPDATE migration SET checksum = zeroblob(32)") == "changed_migration");

    Folder folder;
    write_file(folder.path() / "paraphe.sqlite", std::string(8192, 'x'));
    try {
        store::Store store(folder.path(), instant("2026-02-01"));
        FAIL_CHECK("a foreign file was opened");
    } catch (const Error& error) {
        CHECK(error.code() == "not_a_store");
    }
    CHECK_THROWS_AS(store::Store(folder.path() / "paraphe.sqlite", instant("2026-02-01")), Error);
}

TEST_CASE("a backup made while others write opens as a store of its own") {
    Folder folder, target;
    Office office(folder.path());
    const std::string id = office.create().dossier;
    office.store.backup(target.path() / "copy");
    office.act(id, "referent", "count");
    Office copy(target.path() / "copy");
    CHECK(copy.service->dossier(copy.caller("referent"), id).version == 1);
    CHECK(copy.service->audit(copy.caller("referent"), id).snapshot_matches);
    CHECK_THROWS_AS(office.store.backup(target.path() / "copy"), Error);
}

TEST_CASE("a large file lies beside the database, and a changed one is refused") {
    Folder folder;
    Office office(folder.path());
    json::Value big = data();
    big.as_object().set("nom", std::string(200'000, 'n'));
    const std::string id =
        office.service->create(office.caller("referent"), {"essai", big, {}, {}, "Europe/Paris"})
            .dossier;
    office.act(id, "referent", "submit");
    office.work();
    const Bytes pdf =
        office.service->file(office.caller("referent"), id, "contrat", 0, FileFormat::pdf);
    CHECK(pdf.size() > 200'000);
    int files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path() / "blobs"))
        if (entry.is_regular_file()) {
            ++files;
            Bytes octets = read_file(entry.path());
            octets[1000] = static_cast<char>(octets[1000] ^ 1);
            write_file(entry.path(), octets);
        }
    CHECK(files == 2);
    CHECK(!office.service->audit(office.caller("referent"), id).documents_match);
    try {
        office.service->file(office.caller("referent"), id, "contrat", 0, FileFormat::pdf);
        FAIL_CHECK("a damaged file was given out");
    } catch (const Error& error) {
        CHECK(error.code() == "damaged_blob");
    }
}

TEST_CASE("the names of pages differ from dossier to dossier and tell nothing of their content") {
    Folder folder;
    Office office(folder.path());
    std::vector<std::string> names;
    for (int i = 0; i < 2; ++i) {
        const std::string id = office.create().dossier;
        office.act(id, "referent", "submit");
        office.work();
        const auto preview = [&] {
            return office.service->preview(office.caller("referent"), id, "contrat", 1);
        };
        const auto pages = preview()->pages();
        REQUIRE(pages.size() == 1);
        CHECK(pages == preview()->pages());
        CHECK(preview()->svg(0) == pages[0].text + "0");
        CHECK(pages[0].name.size() == 32);
        names.push_back(pages[0].name);
    }
    CHECK(names[0] != names[1]);  // the workshop gives both the same
}
