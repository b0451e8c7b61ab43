#include <doctest/doctest.h>

#include "audit/extract.hpp"
#include "crypto/authority.hpp"
#include "store/database.hpp"
#include "store/office.hpp"

using namespace office;

namespace {

using States = std::vector<std::string>;

/// The code of the Error that `act` throws; empty when it throws none.
template <class Deed>
std::string code_of(Deed act) {
    try {
        act();
    } catch (const Error& error) {
        return error.code();
    }
    return {};
}

crypto::Certificate certificate() {
    static const crypto::Certificate made = [] {
        SystemRandom random;
        return crypto::Authority::create({"Awa Sarr", "Association Logis-Passerelle", "FR"},
                                         instant("2026-01-01"), instant("2030-01-01"), random)
            .certificate();
    }();
    return made;
}

void sign(Office& office, const std::string& dossier, const std::string& slot) {
    const Caller caller = office.caller("referent");
    const ToSign wanted = office.service->prepare_signature(caller, dossier, slot, certificate());
    CHECK(wanted.document == "contrat");
    office.service->complete_signature(caller, dossier, slot, wanted.token, "value of " + slot);
}

}  // namespace

TEST_CASE("a dossier goes from its draft to a signed, sealed and packed contract") {
    Folder folder;
    Office office(folder.path());
    Service& service = *office.service;
    const Caller reader = office.caller("referent");

    const Outcome created = office.create();
    CHECK(created.reference == "ESSAI-2026-0001");
    CHECK(created.version == 1);
    CHECK(created.states == States{"draft"});
    const std::string id = created.dossier;

    CHECK(office.act(id, "referent", "submit").states == States{"review"});
    CHECK(code_of([&] { office.act(id, "responsable", "approve"); }) == "not_permitted");
    CHECK(office.work() == 2);
    CHECK(office.workshop.rendered == 1);
    CHECK(service.messages(reader, id).at(0).role == "responsable");
    CHECK(service.dossier(reader, id).deadlines.at(0).at == instant("2026-02-15T23:00:00Z"));

    office.act(id, "responsable", "approve");
    CHECK(office.states(id) == States{"household"});
    CHECK(code_of([&] { service.prepare_signature(reader, id, "departement", certificate()); }) ==
          "not_waiting");
    sign(office, id, "beneficiaire");
    CHECK(office.states(id) == States{"department"});
    sign(office, id, "departement");
    CHECK(office.states(id) == States{"concluded"});
    CHECK(office.work() == 2);

    const Dossier seen = service.dossier(reader, id);
    CHECK(seen.documents.size() == 4);
    CHECK(seen.documents.back().cause == "sealed");
    CHECK(seen.slots.at(1).state == Slot::State::signed_);
    const std::string rendered = "essai/contrat.fodt\n" + json::write(data()) + "\n";
    CHECK(service.file(reader, id, "contrat", 0, FileFormat::pdf) ==
          "PDF " + rendered + "signed by beneficiaire\nsigned by departement\n");
    CHECK(service.file(reader, id, "contrat", 0, FileFormat::odt) ==
          "ODT " + rendered + "sealed\n");
    CHECK(service.file(reader, id, "contrat", 1, FileFormat::pdf) == "PDF " + rendered);
    const auto packs = service.packs(reader, id);
    REQUIRE(packs.size() == 1);
    CHECK(service.pack_file(reader, id, packs[0].id).find("ODT " + rendered + "sealed\n") !=
          Bytes::npos);

    office.clock.set(instant("2027-01-30T22:59:59Z"));
    CHECK(service.fire_due(scope) == 0);
    office.clock.set(instant("2027-01-30T23:00:00Z"));
    CHECK(service.fire_due(scope) == 1);
    CHECK(service.fire_due(scope) == 0);
    CHECK(service.dossier(reader, id).finished);

    const AuditReport report = service.audit(reader, id);
    CHECK(report.state == "valid");
    CHECK(report.problem == "");
    CHECK(report.snapshot_matches);
    CHECK(report.documents_match);
    CHECK(service.journal(reader, id).front().type == "created");

    const Bytes extract = service.export_journal(reader, id, true);
    CHECK(audit::verify_extract(extract, "journal").state == audit::State::valid);
    const Bytes evidence = service.export_journal(reader, id, false);
    CHECK(audit::verify_extract(evidence, "journal").state == audit::State::erased);
    CHECK(evidence.find("Lefèvre") == Bytes::npos);
}

TEST_CASE("an act is refused for the wrong role, the same eyes, and a rule that does not hold") {
    Folder folder;
    Office office(folder.path());
    const std::string id = office.create(3).dossier;
    CHECK(code_of([&] { office.act(id, "responsable", "submit"); }) == "role");
    CHECK(code_of([&] { office.act(id, "referent", "submit"); }) == "not_permitted");
    CHECK(code_of([&] { office.act(id, "referent", "approve"); }) == "unknown_event");
    CHECK(code_of([&] {
              office.act(id, "referent", "edit", json::Object{{"nom", ""}});
          }) == "invalid_data");
    office.act(id, "referent", "edit", data(6));
    CHECK(office.service->dossier(office.caller("referent"), id).revision == 2);
    CHECK(office.service->data(office.caller("referent"), id, 1) == data(3));
    office.act(id, "referent", "submit");
    office.work();
    Caller both = office.caller("responsable", "referent");
    CHECK(code_of([&] { office.service->act(both, id, {"approve", {}}); }) == "four_eyes");
    CHECK(office.service->audit(office.caller("referent"), id).snapshot_matches);
}

TEST_CASE("an error that the workflow leaves unhandled rolls the whole act back") {
    Folder folder;
    Office office(folder.path());
    const std::string id = office.create().dossier;
    CHECK(code_of([&] { office.act(id, "referent", "break"); }) == "unhandled_error");
    CHECK(office.service->dossier(office.caller("referent"), id).version == 1);
    CHECK(office.service->journal(office.caller("referent"), id).size() == 1);
}

TEST_CASE("who saw an older version is told, and a repeated request gets its first answer") {
    Folder folder;
    Office office(folder.path());
    const std::string id = office.create().dossier;
    Caller caller = office.caller("referent");
    caller.expected_version = 1;
    caller.idempotency_key = "a";
    const Outcome first = office.service->act(caller, id, {"count", json::Object{}});
    CHECK(first.version == 2);
    const Outcome again = office.service->act(caller, id, {"count", json::Object{}});
    CHECK(again.repeated);
    CHECK(again.version == 2);
    CHECK(code_of([&] {
              office.service->act(caller, id, {"submit", json::Object{}});
          }) == "idempotency_key_reused");
    caller.idempotency_key = "b";
    CHECK(code_of([&] {
              office.service->act(caller, id, {"count", json::Object{}});
          }) == "stale_version");
    CHECK(office.service->journal(caller, id).size() == 2);
}

TEST_CASE(
    "a document that cannot be produced sends the dossier back, and is tried again on a full "
    "disk") {
    Folder folder;
    Office office(folder.path());
    const std::string id = office.create().dossier;
    office.act(id, "referent", "submit");
    office.workshop.unavailable = true;
    CHECK(office.work() == 0);
    CHECK(office.service->incidents(office.caller("referent"), id).at(0).problem ==
          "unavailable (disk_full)");
    CHECK(office.work() == 0);  // its pause has not passed
    office.workshop.unavailable = false;
    office.workshop.failure = "le champ « nom » manque";
    office.clock.set(instant("2026-01-31T09:01:00Z"));
    CHECK(office.work() == 2);
    CHECK(office.states(id) == States{"draft"});
    office.workshop.failure.clear();
    office.act(id, "referent", "submit");
    office.work();
    CHECK(office.service->version(office.caller("referent"), id, "contrat").number == 1);
    CHECK(office.service->audit(office.caller("referent"), id).snapshot_matches);
}

TEST_CASE("an order that a newer one replaced never counts as the document") {
    Folder folder;
    Office office(folder.path());
    const std::string id = office.create().dossier;
    office.act(id, "referent", "submit");
    office.act(id, "responsable", "return");
    office.act(id, "referent", "edit", data(18));
    office.act(id, "referent", "submit");
    CHECK(office.work() == 4);
    CHECK(office.workshop.rendered == 1);
    const auto documents = office.service->dossier(office.caller("referent"), id).documents;
    REQUIRE(documents.size() == 1);
    CHECK(office.service->file(office.caller("referent"), id, "contrat", 1, FileFormat::pdf)
              .find("18") != Bytes::npos);
}

TEST_CASE(
    "a signature over an older text is a conflict, a wrong value is refused, a token serves once") {
    Folder folder;
    Office office(folder.path());
    Service& service = *office.service;
    const Caller caller = office.caller("referent");
    const std::string id = office.create().dossier;
    const auto to_signing = [&] {
        office.act(id, "referent", "submit");
        office.work();
        office.act(id, "responsable", "approve");
    };
    to_signing();
    const ToSign old = service.prepare_signature(caller, id, "beneficiaire", certificate());
    office.act(id, "responsable", "withdraw");
    CHECK(code_of([&] {
              service.complete_signature(caller, id, "beneficiaire", old.token,
                                         "value of beneficiaire");
          }) == "not_waiting");
    to_signing();
    CHECK(code_of([&] {
              service.complete_signature(caller, id, "beneficiaire", old.token,
                                         "value of beneficiaire");
          }) == "stale_base");
    const ToSign fresh = service.prepare_signature(caller, id, "beneficiaire", certificate());
    CHECK(code_of([&] {
              service.complete_signature(caller, id, "beneficiaire", fresh.token, "wrong");
          }) == "wrong_signature");
    service.complete_signature(caller, id, "beneficiaire", fresh.token, "value of beneficiaire");
    CHECK(code_of([&] {
              service.complete_signature(caller, id, "beneficiaire", fresh.token,
                                         "value of beneficiaire");
          }) == "no_preparation");
    CHECK(service.refuse(caller, id, "departement", "pas d’accord").states == States{"refused"});
    const Dossier seen = service.dossier(caller, id);
    CHECK(seen.finished);
    CHECK(seen.slots.at(1).state == Slot::State::refused);
    CHECK(service.audit(caller, id).snapshot_matches);
}

TEST_CASE("an event's name with more behind it does not slip past four eyes") {
    Folder folder;
    Office office(folder.path());
    const std::string id = office.create().dossier;
    const Caller both{scope, {"awa", "Awa Sarr", {"referent", "responsable"}}, {}, {}};
    CHECK(code_of([&] {
              office.service->act(both, id, {"submit.x", json::Object{}});
          }) == "unknown_event");
    CHECK(code_of([&] {
              office.service->act(both, id, {"signed.departement", json::Object{}});
          }) == "unknown_event");
    office.service->act(both, id, {"submit", json::Object{}});
    office.work();
    CHECK(code_of([&] {
              office.service->act(both, id, {"approve", json::Object{}});
          }) == "four_eyes");
}

TEST_CASE("a preparation serves who made it, for the slot that it was made for") {
    Folder folder;
    Office office(folder.path());
    Service& service = *office.service;
    const Caller caller = office.caller("referent");
    const std::string id = office.create().dossier;
    office.act(id, "referent", "submit");
    office.work();
    office.act(id, "responsable", "approve");
    const ToSign made = service.prepare_signature(caller, id, "beneficiaire", certificate());
    const auto complete = [&](const Caller& who, const std::string& slot) {
        return code_of([&] {
            service.complete_signature(who, id, slot, made.token, "value of beneficiaire");
        });
    };
    CHECK(complete(office.caller("departement"), "beneficiaire") == "no_preparation");
    CHECK(complete(caller, "departement") == "no_preparation");
    CHECK(complete(caller, "beneficiaire").empty());
}

TEST_CASE("nobody acts in a situation that a deadline has ended, though the worker was down") {
    Folder folder;
    Office office(folder.path());
    const std::string id = office.create().dossier;
    office.act(id, "referent", "submit");
    office.work();
    office.clock.set(
        instant("2026-02-15T23:00:00Z"));  // the review's fifteenth day is over in Paris
    CHECK(code_of([&] { office.act(id, "responsable", "approve"); }) == "unknown_event");
    CHECK(office.states(id) == States{"draft"});
    const auto report = office.service->audit(office.caller("referent"), id);
    CHECK(report.state == "valid");
    CHECK(report.snapshot_matches);
}

TEST_CASE("an effect that can neither be done nor told to the workflow is an incident, once") {
    Folder folder;
    std::string id;
    {
        Office office(folder.path());
        id = office.create().dossier;
        office.act(id, "referent", "submit");
    }
    store::Connection((folder.path() / "paraphe.sqlite").string(), {}, false)
        .execute("UPDATE dossier SET snapshot = x'00'");
    Office office(folder.path());
    CHECK(office.work() == 2);
    office.clock.set(office.clock.now() + std::chrono::hours(1));  // the leases have run out
    CHECK(office.work() == 0);
    const auto incidents = office.service->incidents(office.caller("responsable"), id);
    REQUIRE(incidents.size() == 2);
    CHECK(incidents.back().kind == "render");
    CHECK(incidents.back().final);
}

TEST_CASE("deadlines that arm each other for ever stop, and hold up nobody else") {
    const char* const chart = R"xml(<?xml version="1.0" encoding="UTF-8"?>
<scxml xmlns="http://www.w3.org/2005/07/scxml" xmlns:p="urn:paraphe:workflow:1" version="1.0"
       name="boucle" datamodel="paraphe" initial="a" p:title="Boucle">
  <state id="a" p:label="A">
    <onentry><p:deadline event="deadline.a" at="dossier.fin" p:label="A"/></onentry>
    <transition event="deadline.a" target="b"/>
  </state>
  <state id="b" p:label="B">
    <onentry><p:deadline event="deadline.b" at="dossier.fin" p:label="B"/></onentry>
    <transition event="deadline.b" target="a"/>
  </state>
</scxml>
)xml";
    Folder folder;
    Office office(folder.path());
    office.kinds.add(std::make_shared<const kind::Kind>(kind::load(
        "boucle", kind::Files{{"workflow.scxml", chart}, {"schema.json", schema_text}})));
    json::Value early = data();
    early.as_object().set("fin", "2026-02-01");
    const Caller caller = office.caller("referent");
    const std::string looping =
        office.service->create(caller, {"boucle", early, {}, {}, "Europe/Paris"}).dossier;
    const std::string other = office.create().dossier;
    office.act(other, "referent", "submit");
    office.work();
    office.clock.set(instant("2026-03-01T09:00:00Z"));
    CHECK(office.service->fire_due(scope, 1) == 0);
    CHECK(office.service->fire_due(scope, 1) == 1);
    CHECK(office.states(other) == States{"draft"});
    const auto incidents = office.service->incidents(caller, looping);
    REQUIRE(incidents.size() == 1);
    CHECK(incidents[0].problem == "conflict (endless_deadlines)");
    CHECK(office.service->dossier(caller, looping).version < 110);
}

TEST_CASE("who sees single dossiers only opens none, for it would not be found again") {
    Folder folder;
    Office office(folder.path());
    Caller caller = office.caller("referent");
    caller.scope.relation = AccessScope::Relation::related;
    caller.scope.subject = caller.actor.id;
    CHECK(code_of([&] {
              office.service->create(caller, {"essai", data(), {}, {}, "Europe/Paris"});
          }) == "scope");
}

TEST_CASE("a replay goes by the parameters of the journal, though their file was edited since") {
    const auto kind_with = [](const std::string& figure) {
        return std::make_shared<const kind::Kind>(kind::load(
            "bareme", kind::Files{{"workflow.scxml", R"xml(<?xml version="1.0" encoding="UTF-8"?>
<scxml xmlns="http://www.w3.org/2005/07/scxml" xmlns:p="urn:paraphe:workflow:1" version="1.0"
       name="bareme" datamodel="paraphe" initial="draft" p:title="Barème">
  <datamodel><data id="plafond" expr="0"/></datamodel>
  <state id="draft" p:label="Brouillon">
    <transition event="count" p:by="referent" p:label="Calculer">
      <assign location="plafond" expr="parametres.plafond + parametres.commun"/>
    </transition>
  </state>
</scxml>
)xml"},
                                  {"schema.json", schema_text},
                                  {"parameters.json", R"({"kind": "bareme", "commun": )" + figure +
                                                          R"(, "revisions": [{"from": "2026-01-01",
                                                "plafond": )" +
                                                          figure + "}]}"}}));
    };
    Folder folder;
    Office office(folder.path());
    const Caller caller = office.caller("referent");
    office.kinds.add(kind_with("100"));
    const std::string id =
        office.service->create(caller, {"bareme", data(), {}, {}, "Europe/Paris"}).dossier;
    office.act(id, "referent", "count");
    office.kinds.add(kind_with("900"));
    const AuditReport report = office.service->audit(caller, id);
    CHECK(report.problem == "");
    CHECK(report.snapshot_matches);
    CHECK(office.service->journal(caller, id).back().body.at("parameters") ==
          json::Value(json::Object{{"commun", 100}, {"plafond", 100}}));
}

TEST_CASE("a pack holds what the schema marks for its audience, though the audience signs") {
    std::string marked = schema_text;
    marked.replace(marked.find(R"("title": "Mois",)"), 0,
                   R"("x-destinataires": ["departement"], )");
    for (const bool marks : {true, false}) {
        Folder folder;
        Office office(folder.path());
        if (marks)
            office.kinds.add(std::make_shared<const kind::Kind>(kind::load(
                "essai", kind::Files{{"workflow.scxml", workflow_text}, {"schema.json", marked}})));
        const std::string id = office.create().dossier;
        office.act(id, "referent", "submit");
        office.work();
        office.act(id, "responsable", "approve");
        sign(office, id, "beneficiaire");
        sign(office, id, "departement");
        office.work();
        REQUIRE(office.workshop.packed_data);
        CHECK(*office.workshop.packed_data ==
              (marks ? json::Value(json::Object{{"mois", 12}}) : data()));
    }
}

TEST_CASE("a reference bears the year of the dossier's zone") {
    Folder folder;
    Office office(folder.path(), {}, "2026-12-31T23:30:00Z");  // half past midnight in Paris
    CHECK(office.create().reference == "ESSAI-2027-0001");
}

TEST_CASE("erasing a dossier leaves its evidence, and nothing that tells of a person") {
    Folder folder;
    Office office(folder.path());
    Service& service = *office.service;
    const Caller caller = office.caller("referent");
    const std::string id = office.create().dossier;
    office.act(id, "referent", "submit");
    office.work();
    const Bytes key = office.store.repository().find(scope, id).wrapped_key;
    const auto key_on_disk = [&] {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path()))
            if (entry.is_regular_file() && read_file(entry.path()).find(key) != Bytes::npos)
                return true;
        return false;
    };
    CHECK(key_on_disk());
    const Outcome erased = service.erase(caller, id, "RGPD art. 17");
    CHECK(!key_on_disk());
    const AuditReport report = service.audit(caller, id);
    CHECK(report.state == "erased");
    CHECK(report.links == erased.version);
    const Dossier seen = service.dossier(caller, id);
    CHECK(seen.erased);
    CHECK(seen.data.is_null());
    CHECK(service.journal(caller, id).back().type == "erased: RGPD art. 17");
    CHECK(service.journal(caller, id).front().body.is_null());
    CHECK(code_of([&] { office.act(id, "referent", "count"); }) == "erased");
}

TEST_CASE("nothing in the store's files tells a name") {
    Folder folder;
    {
        Office office(folder.path());
        const std::string id = office.create().dossier;
        office.act(id, "referent", "submit");
        office.work();
    }
    int files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path())) {
        if (!entry.is_regular_file()) continue;
        ++files;
        const Bytes octets = read_file(entry.path());
        CHECK(octets.find("Lefèvre") == Bytes::npos);
        CHECK(octets.find("Agent referent") == Bytes::npos);
    }
    CHECK(files >= 1);
}
