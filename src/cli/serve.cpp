#include <csignal>
#include <ostream>

#include "base/error.hpp"
#include "base/file.hpp"
#include "cli/installation.hpp"
#include "json/json.hpp"
#include "server/password.hpp"
#include "server/server.hpp"

namespace paraphe::cli {

namespace {

contract::User make_user(Console& console, const contract::AccessScope& scope,
                         const std::string& login, const std::string& name,
                         const std::string& password, std::vector<std::string> roles) {
    contract::User user;
    user.login = login;
    user.name = name;
    user.password_hash = server::hash_password(password, console.random);
    user.organisation = scope.organisation;
    user.roles = std::move(roles);
    user.created = console.clock.now();
    return user;
}

/// Waits for SIGINT or SIGTERM. To be called before threads start, so that they inherit the mask.
sigset_t block_signals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    return set;
}

}  // namespace

int serve(const ServiceOptions& options, Console& console) {
    const sigset_t signals = block_signals();
    Installation installation(store_folder(options.store), options.home, console);
    server::Site site{installation.service(),
                      installation.store().accounts(),
                      installation.kinds(),
                      console.clock,
                      console.random,
                      installation.names().id,
                      {},
                      options.secure_cookies,
                      {}};
    server::ServerConfig config;
    config.listen = options.listen;
    config.limits.hosts = options.hosts;
    server::Server server(site, config);
    console.out << "paraphe serves " << installation.names().name << " on http://" << options.listen
                << std::endl;
    int signal = 0;
    sigwait(&signals, &signal);
    console.out << "stopping" << std::endl;
    server.stop();
    return 0;
}

int init(const ServiceOptions& options, Console& console) {
    const auto folder = store_folder(options.store);
    const std::string password =
        read_secret(options.password_file, "PARAPHE_PASSWORD", "password of " + options.login);
    Installation::Names names{"organisation", options.organisation_name, ""};
    // A password that is refused leaves nothing behind.
    const auto administrator =
        make_user(console, contract::AccessScope::whole(names.id), options.login, "Administrateur",
                  password, {"administrateur"});
    Installation::create(folder, names, console);
    Installation installation(folder, options.home, console);
    installation.store().accounts().create_user(installation.scope(), administrator);
    console.out << folder.string() << ": ready; start it with paraphe serve --store "
                << options.store << '\n';
    return 0;
}

int user_add(const ServiceOptions& options, Console& console) {
    Installation installation(store_folder(options.store), options.home, console);
    const std::string password =
        read_secret(options.password_file, "PARAPHE_PASSWORD", "password of " + options.login);
    installation.store().accounts().create_user(
        installation.scope(), make_user(console, installation.scope(), options.login, options.name,
                                        password, options.roles));
    console.out << options.login << ": created\n";
    return 0;
}

int user_list(const ServiceOptions& options, Console& console) {
    Installation installation(store_folder(options.store), options.home, console);
    for (const auto& user : installation.store().accounts().users(installation.scope())) {
        console.out << user.login << '\t' << user.name << '\t';
        for (std::size_t i = 0; i < user.roles.size(); ++i)
            console.out << (i == 0 ? "" : ",") << user.roles[i];
        console.out << (user.active ? "" : "\tinactive") << '\n';
    }
    return 0;
}

int audit_verify(const ServiceOptions& options, Console& console) {
    Installation installation(store_folder(options.store), options.home, console);
    const contract::Caller caller{installation.scope(), {"audit", "audit", {}}, {}, {}};
    std::vector<std::string> dossiers;
    if (!options.dossier.empty()) dossiers.push_back(options.dossier);
    for (std::string cursor; options.dossier.empty();) {
        const auto page = installation.service().list(caller, {}, cursor, 200);
        for (const auto& item : page.items)
            dossiers.push_back(item.id);
        cursor = page.next;
        if (cursor.empty()) break;
    }
    int status = 0;
    for (const auto& dossier : dossiers) {
        const auto report = installation.service().audit(caller, dossier);
        const bool sound =
            report.state != "altered" &&
            (report.state == "erased" || (report.snapshot_matches && report.documents_match));
        if (!sound) status = 1;
        if (options.json)
            console.out << json::write(
                               json::Object{{"dossier", dossier},
                                            {"state", report.state},
                                            {"links", static_cast<std::int64_t>(report.links)},
                                            {"problem", report.problem},
                                            {"snapshot_matches", report.snapshot_matches},
                                            {"documents_match", report.documents_match}})
                        << '\n';
        else
            console.out << dossier << ": " << report.state << ", " << report.links << " links"
                        << (report.problem.empty() ? "" : "; " + report.problem)
                        << (sound || report.snapshot_matches ? "" : "; the snapshot differs")
                        << (sound || report.documents_match ? "" : "; a document differs") << '\n';
    }
    return status;
}

int audit_export(const ServiceOptions& options, Console& console) {
    Installation installation(store_folder(options.store), options.home, console);
    const contract::Caller caller{installation.scope(), {"audit", "audit", {}}, {}, {}};
    write_file(options.output,
               installation.service().export_journal(caller, options.dossier, false));
    console.out << options.output << '\n';
    return 0;
}

}  // namespace paraphe::cli
