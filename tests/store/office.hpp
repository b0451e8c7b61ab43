#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "base/file.hpp"
#include "base/random.hpp"
#include "contract/kind_shelf.hpp"
#include "contract/repository.hpp"
#include "contract/service.hpp"
#include "contract/workshop.hpp"
#include "json/json.hpp"
#include "kind/kind.hpp"
#include "store/store.hpp"

/// A small organisation for tests: a kind of its own, a real store in a folder, a service, and a
/// workshop whose documents are short texts (the seam that is faked; it records what it did).
namespace office {

using namespace paraphe;
using namespace paraphe::contract;

inline const AccessScope scope = AccessScope::whole("logis-passerelle");

inline Instant instant(const std::string& text) {
    return *parse_instant(text);
}

class FakeWorkshop final : public Workshop {
public:
    int rendered = 0, sealed = 0, packed = 0, written = 0;
    std::optional<json::Value> packed_data;
    std::string failure;  ///< the next render throws malformed_input
    bool unavailable = false;

    Rendered render(const Context& context, const std::string&, const std::string& name) override {
        if (unavailable)
            throw Error(ErrorKind::unavailable, "the disk is full", {}, {}, "disk_full");
        if (!failure.empty()) throw Error(ErrorKind::malformed_input, failure, {}, {}, "template");
        ++rendered;
        const std::string text = name + "\n" + json::write(context.data) + "\n";
        return {"PDF " + text, "ODT " + text, {"beneficiaire", "departement"}};
    }
    Prepared prepare_signature(const SignatureJob& job) override {
        return {"sign " + job.slot + " " + job.pdf, crypto::SignatureAlgorithm::ecdsa_sha256};
    }
    Bytes embed_signature(const SignatureJob& job, ByteView value) override {
        if (value != "value of " + job.slot)
            throw Error(ErrorKind::forbidden, "the value does not fit", {}, {}, "wrong_signature");
        return job.pdf + "signed by " + job.slot + "\n";
    }
    Bytes seal_odt(const Bytes& odt, Instant) override {
        ++sealed;
        return odt + "sealed\n";
    }
    Message message(const Context& context, const std::string& name) override {
        ++written;
        return {context.reference, name};
    }
    Pack pack(const PackJob& job) override {
        ++packed;
        packed_data = job.data;
        return {"pack.asice", job.pdf + job.odt + job.journal};
    }
    PreviewPtr preview(const Bytes& odt) override {
        struct OnePage final : Preview {
            explicit OnePage(const Bytes& odt) : views{{"name", "1", odt, odt}} {}
            const std::vector<PageView>& pages() const override { return views; }
            Bytes svg(std::size_t page) const override {
                return views.at(page).text + std::to_string(page);
            }
            const std::vector<PageView> views;
        };
        return std::make_shared<OnePage>(odt);
    }
};

inline const char* const workflow_text = R"xml(<?xml version="1.0" encoding="UTF-8"?>
<scxml xmlns="http://www.w3.org/2005/07/scxml" xmlns:p="urn:paraphe:workflow:1" version="1.0"
       name="essai" datamodel="paraphe" initial="draft" p:title="Contrat d’essai">
  <datamodel><data id="tours" expr="0"/><data id="motif" expr="none"/></datamodel>
  <state id="draft" p:label="Brouillon">
    <transition event="edit" p:by="referent" p:label="Modifier" p:form="essai"/>
    <transition event="count" p:by="referent" p:label="Compter"><assign location="tours" expr="tours + 1"/></transition>
    <transition event="break" p:by="referent" p:label="Casser"><assign location="tours" expr="dossier.absent + 1"/></transition>
    <transition event="submit" p:by="referent" p:label="Soumettre" target="review"
                cond="dossier.mois ≥ 6" p:law="CASF L271-2" p:else="Le contrat dure au moins six mois."/>
  </state>
  <state id="review" p:label="Relecture">
    <onentry>
      <p:render document="contrat" template="essai/contrat.fodt"/>
      <p:notify role="responsable" template="essai/a-relire"/>
      <p:deadline event="deadline.review" at="entree() + jours(15)" p:label="Relecture en retard"/>
    </onentry>
    <transition event="return" p:by="responsable" p:label="Renvoyer" target="draft"/>
    <transition event="approve" p:by="responsable" p:not-by="submit" p:label="Approuver" target="signing"
                cond="est_rendu('contrat')" p:else="Le document n’est pas encore produit."/>
    <transition event="error.render.contrat" target="draft"><assign location="motif" expr="_event.data.message"/></transition>
    <transition event="deadline.review" target="draft"/>
  </state>
  <state id="signing" p:label="En signature" initial="household">
    <transition event="refused.*" target="refused" p:label="Refus"/>
    <transition event="withdraw" p:by="responsable" p:label="Retirer" target="draft"/>
    <state id="household" p:label="Ménage">
      <onentry><p:sign document="contrat" slot="beneficiaire" assurance="simple"/></onentry>
      <transition event="signed.beneficiaire" cond="ont_signe('beneficiaire')" target="department"/>
    </state>
    <state id="department" p:label="Département">
      <onentry><p:sign document="contrat" slot="departement" assurance="advanced"/></onentry>
      <transition event="signed.departement" target="concluded"/>
    </state>
  </state>
  <state id="concluded" p:label="Conclu">
    <onentry>
      <p:pack document="contrat" with="signatures journal" audience="departement"/>
      <p:deadline event="deadline.end" at="dossier.fin" p:label="Terme"/>
    </onentry>
    <transition event="deadline.end" target="ended"/>
  </state>
  <final id="ended" p:label="Échu"/>
  <final id="refused" p:label="Refusé"/>
</scxml>
)xml";

inline const char* const schema_text = R"({
  "$schema": "http://json-schema.org/draft-07/schema#", "title": "Essai", "type": "object",
  "additionalProperties": false, "required": ["nom", "mois", "fin"],
  "properties": {
    "reference": {"title": "Référence", "type": "string"},
    "nom": {"title": "Nom", "type": "string", "minLength": 1},
    "mois": {"title": "Mois", "type": "integer"},
    "fin": {"title": "Fin", "type": "string", "format": "date"}
  }
})";

inline KindPtr kind() {
    static const KindPtr made = std::make_shared<const kind::Kind>(kind::load(
        "essai", kind::Files{{"workflow.scxml", workflow_text}, {"schema.json", schema_text}}));
    return made;
}

inline json::Value data(int months = 12) {
    return json::Object{
        {"nom", "Maëlys-Ségolène Lefèvre"}, {"mois", months}, {"fin", "2027-01-30"}};
}

/// A folder of its own, removed at the end.
class Folder {
public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "paraphe-XXXXXX").string();
        path_ = ::mkdtemp(name.data());
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// Store, kinds, clock and service over one folder.
class Office {
public:
    explicit Office(const std::filesystem::path& folder, const store::Options& options = {},
                    const std::string& now = "2026-01-31T09:00:00Z")
        : clock(instant(now)), store(folder, clock.now(), options) {
        kinds.add(kind());
        service = std::make_unique<Service>(Surroundings{
            store.repository(), kinds, workshop, clock, random, {"k1", Bytes(32, 'k')}});
    }

    Caller caller(const std::string& role, const std::string& id = {}) const {
        return {scope, {id.empty() ? role : id, "Agent " + role, {role}}, {}, {}};
    }
    Outcome create(int months = 12) {
        return service->create(caller("referent"), {"essai", data(months), {}, {}, "Europe/Paris"});
    }
    Outcome act(const std::string& dossier, const std::string& role, const std::string& event,
                json::Value form = json::Object{}) {
        return service->act(caller(role), dossier, {event, std::move(form)});
    }
    std::size_t work() { return service->run_effects(scope); }
    std::vector<std::string> states(const std::string& dossier) {
        std::vector<std::string> out;
        for (const StateLabel& state : service->dossier(caller("referent"), dossier).states)
            out.push_back(state.id);
        return out;
    }

    FixedClock clock;
    SystemRandom random;
    FakeWorkshop workshop;
    KindShelf kinds;
    store::Store store;
    std::unique_ptr<Service> service;
};

}  // namespace office
