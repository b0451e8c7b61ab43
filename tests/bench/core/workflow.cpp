#include <array>

#include "base/error.hpp"
#include "kind/kind.hpp"
#include "measure.hpp"
#include "sections.hpp"
#include "workflow/step.hpp"

namespace paraphe::bench {

namespace {

struct Act {
    const char* event;
    const char* actor;  ///< nullptr: the system
    const char* role;
};

/// From the first draft to the Département's signature, then the end before it takes effect.
constexpr std::array acts{
    Act{"submit", "noemie", "referent"},          Act{"rendered.contrat", nullptr, nullptr},
    Act{"approve", "claire", "responsable"},      Act{"signed.association", nullptr, nullptr},
    Act{"signed.beneficiaire", nullptr, nullptr}, Act{"signed.departement", nullptr, nullptr},
    Act{"terminate", "claire", "responsable"}};

/// One life of a contract; returns how many steps it took, the start among them.
int live(const workflow::Definition& chart, workflow::Environment environment) {
    workflow::Snapshot snapshot = workflow::start(chart, environment).snapshot;
    for (const Act& act : acts) {
        workflow::Event event;
        event.name = act.event;
        environment.actor = act.actor ? act.actor : "";
        environment.roles.clear();
        if (act.actor) {
            event.origin = workflow::Origin::human;
            environment.roles.emplace_back(act.role);
        }
        if (event.name == "rendered.contrat")
            environment.journal.rendered_documents.insert("contrat");
        if (event.name.starts_with("signed."))
            environment.journal.signed_slots.insert(event.name.substr(7));
        workflow::StepResult result = workflow::step(chart, snapshot, event, environment);
        // rendered.contrat is told to every chart; this one only asks est_rendu().
        if (result.refusal || !result.incidents.empty() ||
            (!result.handled && event.name != "rendered.contrat"))
            throw Error(ErrorKind::internal, "the chart did not take " + event.name);
        if (act.actor) environment.journal.last_actor[event.name] = act.actor;
        snapshot = std::move(result.snapshot);
    }
    if (workflow::active_atomic_states(chart, snapshot) != std::vector<std::string>{"terminated"})
        throw Error(ErrorKind::internal, "the contract did not end");
    return static_cast<int>(acts.size()) + 1;
}

}  // namespace

void bench_workflow() {
    const kind::Kind kind = kind::load(std::string(PARAPHE_SOURCE_DIR) + "/workflows/masp");
    workflow::Environment environment;
    environment.now = *parse_instant("2026-01-05T09:00:00Z");
    environment.today = Date(2026, 1, 5);
    environment.parameters = kind.parameter_values(environment.today);
    environment.dossier = kind.typed(kind.samples.at("case-1"));
    environment.session = "bench";
    int steps = 0;
    const Times times = measure(20, 500, [&](int) { steps = live(kind.workflow, environment); });
    row("workflow: one life of masp, " + std::to_string(steps) + " steps in memory", times,
        text("%.0f steps/s", steps * 1000 / times.median));
}

}  // namespace paraphe::bench
