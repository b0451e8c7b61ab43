#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <thread>

#include "at_end.hpp"
#include "base/file.hpp"
#include "cli/client.hpp"
#include "cli/installation.hpp"
#include "crypto/authority.hpp"
#include "crypto/signer.hpp"
#include "server/server.hpp"

/// The whole service over HTTP, on the MASP kind, in memory of one process.
namespace paraphe::test {

namespace fs = std::filesystem;

class Running {
public:
    Running()
        : folder_(fs::temp_directory_path() /
                  ("paraphe-service-" + to_hex(SystemRandom().bytes(6)))),
          clock_(*parse_instant("2026-01-05T09:00:00Z")),
          console_{out_, err_, clock_, random_} {
        cli::Installation::create(folder_, {"logis", "Association Logis-Passerelle", ""}, console_);
        installation_ = std::make_unique<cli::Installation>(folder_, PARAPHE_SOURCE_DIR, console_);
        site_.reset(new server::Site{installation_->service(),
                                     installation_->store().accounts(),
                                     installation_->kinds(),
                                     clock_,
                                     random_,
                                     "logis",
                                     server::PasswordCost{1024, 1},
                                     false,
                                     {}});
        account("noemie", {"referent", "responsable"});
        account("claire", {"responsable"});
        account("helene", {"association"});
        account("remi", {"departement"});
        account("chef", {"administrateur"});
        account("tiers", {"referent"}, contract::AccessScope::Relation::related);
        server::ServerConfig config;
        config.listen = "127.0.0.1:0";
        config.tick = std::chrono::milliseconds(50);
        server_ = std::make_unique<server::Server>(*site_, config);
    }

    ~Running() {
        server_->stop();
        server_.reset();
        installation_.reset();
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }

    int port() const { return server_->port(); }

    std::string token(const std::string& login) {
        std::string& known = tokens_[login];
        if (known.empty()) {
            const Answer answer =
                request(port(), "POST", "/api/v1/sessions",
                        R"({"login":")" + login + R"(","password":"quatre mots au hasard"})");
            REQUIRE(answer.status == 201);
            known = answer.json().at("token").as_string();
        }
        return known;
    }

    Answer as(const std::string& login, const std::string& method, const std::string& target,
              const std::string& body = {}, std::map<std::string, std::string> headers = {}) {
        headers["Authorization"] = "Bearer " + token(login);
        return request(port(), method, target, body, headers);
    }

    /// Opens a dossier with the sample data; its path.
    std::string open() {
        static int count = 0;
        json::Value data = sample();
        data.as_object().set("reference", "MASP-T-" + std::to_string(++count));
        json::Object body{{"kind", "masp"}, {"data", data}, {"reference", data.at("reference")}};
        const Answer answer =
            as("noemie", "POST", "/api/v1/dossiers", json::write(std::move(body)));
        REQUIRE_MESSAGE(answer.status == 201, answer.body);
        return answer.header("location");
    }

    json::Value sample() const {
        const std::string file = PARAPHE_SOURCE_DIR "/workflows/masp/samples/case-1.json";
        return json::parse(read_file(file), file);
    }

    std::string etag(const std::string& path) { return as("noemie", "GET", path).header("etag"); }

    Answer event(const std::string& login, const std::string& path, const std::string& name,
                 std::map<std::string, std::string> headers = {}) {
        if (!headers.count("If-Match")) headers["If-Match"] = etag(path);
        return as(login, "POST", path + "/events", R"({"event":")" + name + R"("})", headers);
    }

    /// Waits until the worker has brought the dossier to this state.
    bool reaches(const std::string& path, const std::string& state) {
        for (int i = 0; i < 600; ++i) {
            const json::Value dossier = as("noemie", "GET", path).json();
            for (const auto& each : dossier.at("states").as_array())
                if (each.at("id").as_string() == state) return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        return false;
    }

    bool has_document(const std::string& path) {
        for (int i = 0; i < 600; ++i) {
            if (!as("noemie", "GET", path).json().at("documents").as_array().empty()) return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        return false;
    }

    crypto::KeySigner key_of(const std::string& person) {
        return authority().issue({person, "", "FR"}, clock_.now(),
                                 clock_.now() + std::chrono::days(30), random_);
    }

    Answer sign(const std::string& login, const std::string& path, const std::string& slot) {
        return sign(login, path, slot, key_of("Personne " + slot));
    }

    Answer sign(const std::string& login, const std::string& path, const std::string& slot,
                const crypto::KeySigner& signer) {
        json::Object body{{"certificate", signer.certificate().pem()}};
        const Answer prepared = as(login, "POST", path + "/signatures/" + slot + "/prepare",
                                   json::write(std::move(body)));
        if (prepared.status != 201) return prepared;
        const auto attributes = from_base64(prepared.json().at("signed_attributes").as_string());
        json::Object value{{"token", prepared.json().at("token")},
                           {"signature", to_base64(signer.sign(attributes))}};
        return as(login, "POST", path + "/signatures/" + slot + "/complete",
                  json::write(std::move(value)));
    }

    const crypto::Authority& authority() {
        if (!authority_)
            authority_ = crypto::Authority::create({"Autorité d'essai", "", "FR"}, clock_.now(),
                                                   clock_.now() + std::chrono::days(365), random_);
        return *authority_;
    }
    FixedClock& clock() { return clock_; }

    /// The same service as if behind a proxy with TLS.
    server::Response over_tls(const server::Request& asked) {
        server::Site site{installation_->service(),
                          installation_->store().accounts(),
                          installation_->kinds(),
                          clock_,
                          random_,
                          "logis",
                          server::PasswordCost{1024, 1},
                          true,
                          {}};
        return server::dispatch(site, asked);
    }

private:
    void account(
        const std::string& login, std::vector<std::string> roles,
        contract::AccessScope::Relation relation = contract::AccessScope::Relation::organisation) {
        contract::User user;
        user.login = login;
        user.name = "Compte " + login;
        user.organisation = "logis";
        user.roles = std::move(roles);
        user.relation = relation;
        user.created = clock_.now();
        user.password_hash =
            server::hash_password("quatre mots au hasard", random_, server::PasswordCost{1024, 1});
        installation_->store().accounts().create_user(contract::AccessScope::whole("logis"), user);
    }

    fs::path folder_;
    FixedClock clock_;
    SystemRandom random_;
    std::ostringstream out_, err_;
    cli::Console console_;
    std::unique_ptr<cli::Installation> installation_;
    std::unique_ptr<server::Site> site_;
    std::unique_ptr<server::Server> server_;
    std::map<std::string, std::string> tokens_;
    std::optional<crypto::Authority> authority_;
};

/// One service for all tests of the program, stopped after the last of them.
inline Running& service() {
    static std::unique_ptr<Running> running;
    if (!running) {
        running = std::make_unique<Running>();
        at_end().emplace_back([] { running.reset(); });
    }
    return *running;
}

}  // namespace paraphe::test
