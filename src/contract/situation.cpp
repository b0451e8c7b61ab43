#include "contract/situation.hpp"

#include "expression/data.hpp"
#include "json/json.hpp"
#include "locale/zone.hpp"

namespace paraphe::contract {

namespace {

/// "rendered.contrat" → "contrat" for prefix "rendered."; empty when the name is another.
std::string after_prefix(const std::string& name, std::string_view prefix) {
    return name.compare(0, prefix.size(), prefix) == 0 ? name.substr(prefix.size()) : std::string();
}

/// A new text of the document makes the signatures under the old one void.
void void_signatures(Facts& facts, const std::string& document) {
    std::erase_if(facts.signed_slots, [&](const auto& entry) { return entry.second == document; });
}

/// What the event itself reports, before the workflow looks at it.
void take_report(Facts& facts, const Deed& deed) {
    if (deed.origin != workflow::Origin::system) return;
    if (std::string document = after_prefix(deed.event, "rendered."); !document.empty()) {
        facts.renderings[document].done = true;
        void_signatures(facts, document);
    } else if (std::string slot = after_prefix(deed.event, "signed."); !slot.empty()) {
        facts.signed_slots[slot] = deed.data.string_or("document", "");
    }
}

json::Value names(const std::vector<std::string>& list) {
    json::Array out;
    for (const std::string& name : list)
        out.emplace_back(name);
    return out;
}

json::Value encode(const Facts& facts) {
    json::Object renderings, signed_slots, last;
    for (const auto& [document, rendering] : facts.renderings)
        renderings.set(document,
                       json::Object{{"done", rendering.done}, {"effect", rendering.effect}});
    for (const auto& [slot, document] : facts.signed_slots)
        signed_slots.set(slot, document);
    for (const auto& [event, actor] : facts.last_actor)
        last.set(event, actor);
    return json::Object{{"last_actor", last}, {"renderings", renderings}, {"signed", signed_slots}};
}

}  // namespace

workflow::JournalFacts Facts::journal() const {
    workflow::JournalFacts out;
    for (const auto& [slot, document] : signed_slots)
        out.signed_slots.insert(slot);
    for (const auto& [document, rendering] : renderings)
        if (rendering.done) out.rendered_documents.insert(document);
    out.last_actor.insert(last_actor.begin(), last_actor.end());
    return out;
}

std::string encode(const workflow::Definition& definition, const Situation& situation) {
    return json::write(json::Object{{"facts", encode(situation.facts)},
                                    {"revision", static_cast<std::int64_t>(situation.revision)},
                                    {"workflow", to_json(definition, situation.snapshot)}});
}

Situation decode(const workflow::Definition& definition, const std::string& text) {
    const json::Value value = json::parse(text, "snapshot");
    Situation out;
    const json::Value& facts = value.at("facts");
    for (const json::Member& member : facts.at("renderings").as_object())
        out.facts.renderings[member.key] = {member.value.at("effect").as_string(),
                                            member.value.at("done").as_boolean()};
    for (const json::Member& member : facts.at("signed").as_object())
        out.facts.signed_slots[member.key] = member.value.as_string();
    for (const json::Member& member : facts.at("last_actor").as_object())
        out.facts.last_actor[member.key] = member.value.as_string();
    out.revision = static_cast<std::uint32_t>(value.at("revision").as_int64());
    out.snapshot = workflow::snapshot_from_json(definition, value.at("workflow"));
    return out;
}

workflow::Environment environment(const Place& place, const Facts& facts, const Deed& deed) {
    workflow::Environment out;
    out.now = deed.at;
    out.today = locale::to_local(deed.at, place.zone).date;
    out.dossier = place.kind.typed(place.data);
    // Before the first revision there are none: a guard that asks for them then fails and says so.
    const auto& revisions = place.kind.parameters;
    if (place.parameters) {
        if (!place.parameters->is_null()) out.parameters = expression::from_json(*place.parameters);
    } else if (!revisions.empty() && revisions.front().from <= out.today) {
        out.parameters = place.kind.parameter_values(out.today);
    }
    out.actor = deed.actor;
    out.roles = deed.roles;
    out.journal = facts.journal();
    out.session = place.dossier;
    return out;
}

Consequence advance(const Place& place, const Situation& before, const Deed& deed) {
    Facts facts = before.facts;
    take_report(facts, deed);
    const workflow::Environment around = environment(place, facts, deed);
    Consequence out;
    out.result =
        deed.event == "created" && !before.snapshot.running && before.revision == 0
            ? workflow::start(place.kind.workflow, around)
            : workflow::step(place.kind.workflow, before.snapshot,
                             {deed.event, expression::from_json(deed.data), deed.origin}, around);
    if (out.result.refusal || !out.result.incidents.empty()) return out;

    if (deed.origin == workflow::Origin::human) facts.last_actor[deed.event] = deed.actor;
    std::uint32_t ordinal = 1;  // 0 is kept for the seal of a completed document
    const auto order = [&](const char* kind, json::Object arguments) {
        Order made;
        made.ordinal = ordinal++;
        made.key =
            place.dossier + ":" + std::to_string(place.seq) + ":" + std::to_string(made.ordinal);
        made.kind = kind;
        arguments.set("revision", static_cast<std::int64_t>(place.revision));
        arguments.set("at", to_string(deed.at));
        made.arguments = std::move(arguments);
        out.orders.push_back(std::move(made));
        return out.orders.back().key;
    };
    for (const workflow::Effect& effect : out.result.effects) {
        if (const auto* render = std::get_if<workflow::Render>(&effect)) {
            facts.renderings[render->document] = {
                order("render",
                      {{"document", render->document}, {"template", render->template_name}}),
                false};
            void_signatures(facts, render->document);
        } else if (const auto* notify = std::get_if<workflow::Notify>(&effect)) {
            order("notify", {{"template", notify->template_name},
                             {"roles", names(notify->roles)},
                             {"slots", names(notify->slots)}});
        } else if (const auto* pack = std::get_if<workflow::Pack>(&effect)) {
            order("pack", {{"document", pack->document},
                           {"audience", pack->audience},
                           {"with", names(pack->with)}});
        }
    }
    out.after.snapshot = out.result.snapshot;
    out.after.facts = std::move(facts);
    out.after.revision = place.revision;
    return out;
}

}  // namespace paraphe::contract
