#include <filesystem>
#include <ostream>

#include "base/error.hpp"
#include "base/file.hpp"
#include "cli/installation.hpp"
#include "crypto/authority.hpp"
#include "json/json.hpp"
#include "locale/zone.hpp"
#include "server/password.hpp"

namespace paraphe::cli {

namespace {

namespace fs = std::filesystem;
using json::Value;

constexpr const char* key_password = "demonstration";

/// The sample with its dates moved so that the contract starts on the first of next month.
Value data_for(const std::string& home, Date today) {
    const std::string file =
        (fs::path(home_folder(home)) / "workflows/masp/samples/case-1.json").string();
    Value data = json::parse(read_file(file), file);
    const Date start = Date(today.year(), today.month(), 1).plus_months(1);
    const auto set = [&](Value& object, const char* key, const Date& date) {
        object.as_object().set(key, date.to_string());
    };
    json::Object& root = data.as_object();
    Value& contract = *root.find("contrat");
    const int months = static_cast<int>(contract.at("mois").as_int64());
    set(contract, "debut", start);
    set(contract, "fin", start.plus_months(months).plus_days(-1));
    root.set("reference", "MASP-91-" + std::to_string(start.year()) + "-0417");
    root.set("bilans", json::Array{Value(start.plus_months(6).to_string()),
                                   Value(start.plus_months(10).to_string())});
    int step = 2;
    for (Value& goal : root.find("objectifs")->as_array())
        set(goal, "echeance", start.plus_months(step++));
    Value& association = *root.find("association");
    set(*association.as_object().find("delegation"), "debut", today.plus_months(-12));
    set(*association.as_object().find("convention"), "date", today.plus_months(-11));
    Value& delegation = *root.find("departement")->as_object().find("delegation");
    set(delegation, "date", today.plus_months(-10));
    set(delegation, "publication", today.plus_months(-10).plus_days(3));
    set(delegation, "transmission", today.plus_months(-10).plus_days(3));
    return data;
}

class Demo {
public:
    Demo(fs::path folder, const std::string& home, Console& console)
        : folder_(std::move(folder)),
          console_(console),
          now_(console.clock.now()),
          authority_(crypto::Authority::create({"Autorité de démonstration", "paraphe"},
                                               now_ - std::chrono::hours(1),
                                               now_ + std::chrono::days(365), console.random)),
          seal_(issue("Sceau de l'Association Logis-Passerelle", "Association Logis-Passerelle")) {
        say("Trois clés de signataires et un sceau sont créés pour cette démonstration");
        write_file(folder_ / "trust.pem", authority_.certificate().pem());
        Installation::create(
            folder_ / "store",
            {"logis-passerelle", "Association Logis-Passerelle", "Département de l’Essonne"},
            console, &seal_);
        installation_ = std::make_unique<Installation>(folder_ / "store", home, console);
        home_ = home;
    }

    int run() {
        const auto noemie = account("noemie", "Noémie Castañeda", {"referent"});
        const auto claire = account("claire", "Claire Anquetil-Diaw", {"responsable"});
        const auto helene = account("helene", "Hélène D’Aubigné", {"association"});
        const auto remi = account("remi", "Rémi Côté", {"departement"});
        account("admin", "Administrateur", {"administrateur"});

        auto& service = installation_->service();
        contract::NewDossier made;
        made.kind = "masp";
        made.data = data_for(home_, locale::to_local(now_, "Europe/Paris").date);
        made.reference = made.data.at("reference").as_string();
        const auto outcome = service.create(noemie, made);
        dossier_ = outcome.dossier;
        show("Dossier ouvert par Noémie Castañeda");

        service.act(noemie, dossier_, {"submit", {}});
        work();
        show("Soumis à relecture, document produit");
        service.act(claire, dossier_, {"approve", {}});
        work();
        show("Approuvé par une autre personne");
        sign("beneficiaire", noemie, issue("Maëlys-Ségolène Lefèvre", ""));
        show("Signé par la bénéficiaire");
        sign("association", helene, issue("Hélène D'Aubigné", "Association Logis-Passerelle"));
        show("Signé pour l’association");
        sign("departement", remi, issue("Rémi Côté", "Département de l'Essonne"));
        work();
        show("Signé par le Département : scellé et mis en paquet");
        return write_files(noemie);
    }

private:
    crypto::KeySigner issue(const std::string& name, const std::string& organization) {
        return authority_.issue({name, organization}, now_ - std::chrono::hours(1),
                                now_ + std::chrono::days(365), console_.random);
    }

    contract::Caller account(const std::string& login, const std::string& name,
                             std::vector<std::string> roles) {
        const std::string password = "demo-" + to_hex(console_.random.bytes(6));
        contract::User user;
        user.login = login;
        user.name = name;
        user.organisation = installation_->names().id;
        user.roles = roles;
        user.created = now_;
        // Light: these accounts guard nothing.
        user.password_hash = server::hash_password(password, console_.random, {8192, 1});
        const auto stored =
            installation_->store().accounts().create_user(installation_->scope(), user);
        console_.out << "  compte " << login << " / " << password << "  (" << name << ")\n";
        return {installation_->scope(), {stored.id, name, std::move(roles)}, {}, {}};
    }

    void say(const std::string& text) { console_.out << text << std::endl; }

    void show(const std::string& what) {
        const contract::Caller caller{installation_->scope(), {"demo", "demo", {}}, {}, {}};
        const auto dossier = installation_->service().dossier(caller, dossier_);
        console_.out << what << "\n    →";
        for (const auto& state : dossier.states)
            console_.out << " [" << state.label << "]";
        console_.out << std::endl;
    }

    /// What the service's worker does between requests.
    void work() {
        while (installation_->service().run_effects(installation_->scope()) > 0) {
        }
        const contract::Caller caller{installation_->scope(), {"demo", "demo", {}}, {}, {}};
        for (const auto& incident : installation_->service().incidents(caller, dossier_))
            throw Error(ErrorKind::internal, incident.kind + ": " + incident.problem);
    }

    void sign(const std::string& slot, const contract::Caller& caller,
              const crypto::KeySigner& signer) {
        write_file(folder_ / (slot + ".p12"), crypto::write_pkcs12(signer, key_password, slot));
        auto& service = installation_->service();
        const auto to_sign =
            service.prepare_signature(caller, dossier_, slot, signer.certificate(), signer.chain());
        // The key never enters the service: only the signature value does.
        service.complete_signature(caller, dossier_, slot, to_sign.token,
                                   signer.sign(to_sign.signed_attributes));
        work();
    }

    int write_files(const contract::Caller& caller) {
        auto& service = installation_->service();
        write_file(folder_ / "contrat.pdf",
                   service.file(caller, dossier_, "contrat", 0, contract::FileFormat::pdf));
        write_file(folder_ / "contrat.odt",
                   service.file(caller, dossier_, "contrat", 0, contract::FileFormat::odt));
        const auto packs = service.packs(caller, dossier_);
        if (packs.empty()) throw Error(ErrorKind::internal, "no pack was made");
        for (const auto& pack : packs)
            write_file(folder_ / pack.file_name, service.pack_file(caller, dossier_, pack.id));
        write_file(folder_ / "journal.jsonl", service.export_journal(caller, dossier_, false));
        const auto audit = service.audit(caller, dossier_);
        console_.out << "Journal : " << audit.links << " entrées, " << audit.state << std::endl;
        return audit.state == "valid" && audit.snapshot_matches && audit.documents_match ? 0 : 1;
    }

    fs::path folder_;
    Console& console_;
    Instant now_;
    std::string home_;
    crypto::Authority authority_;
    crypto::KeySigner seal_;
    std::unique_ptr<Installation> installation_;
    std::string dossier_;
};

}  // namespace

int demo(const DemoOptions& options, Console& console) {
    std::error_code failure;
    fs::create_directories(options.folder, failure);
    return Demo(options.folder, options.home, console).run();
}

}  // namespace paraphe::cli
