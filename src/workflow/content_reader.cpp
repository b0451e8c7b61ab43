#include "workflow/content_reader.hpp"

#include <algorithm>

#include "base/suggestion.hpp"
#include "workflow/formula.hpp"

namespace paraphe::workflow {

namespace {

constexpr std::string_view blank = " \t\r\n";

std::string did_you_mean(std::string_view written, const std::vector<std::string>& known,
                         const std::string& prefix = {}) {
    if (const auto found = nearest(written, known))
        return "did you mean '" + prefix + *found + "'?";
    std::string list;
    for (const std::string& name : known)
        list += (list.empty() ? "" : ", ") + prefix + name;
    return list.empty() ? "remove it" : "known here: " + list;
}

std::string tag(const xml::Element& element) {
    std::string name(element.name.local);
    if (element.name.uri == profile_namespace) name = "p:" + name;
    return "<" + name + ">";
}

bool contains(const std::vector<std::string>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// ISO 8601 durations that a reminder may have: P10D, P2W, P1M.
bool is_reminder(std::string_view text) {
    if (text.size() < 3 || text.size() > 6 || text.front() != 'P') return false;
    const char unit = text.back();
    if (unit != 'D' && unit != 'W' && unit != 'M') return false;
    const std::string_view digits = text.substr(1, text.size() - 2);
    return digits.front() != '0' && digits.find_first_not_of("0123456789") == digits.npos;
}

}  // namespace

std::vector<std::string> split_words(std::string_view text) {
    std::vector<std::string> out;
    for (std::size_t at = text.find_first_not_of(blank); at != text.npos;) {
        const std::size_t end = std::min(text.find_first_of(blank, at), text.size());
        out.emplace_back(text.substr(at, end - at));
        at = text.find_first_not_of(blank, end);
    }
    return out;
}

void Vocabulary::refuse(const xml::Element& element, const std::string& problem,
                        const std::string& remedy) const {
    throw Error(ErrorKind::malformed_input, problem, where(element), remedy);
}

const ElementRule& Vocabulary::check(const xml::Element& element) const {
    const std::string local(element.name.local);
    const bool profile = element.name.uri == profile_namespace;
    if (!profile && element.name.uri != scxml_namespace)
        refuse(element,
               "element '" + local + "' of the namespace '" + std::string(element.name.uri) +
                   "' is unknown",
               "only SCXML and urn:paraphe:workflow:1 may stand here");
    const ElementRule* rule = find_rule(local, profile);
    if (!rule && profile)
        refuse(element, "unknown element 'p:" + local + "'",
               did_you_mean(local, profile_elements(), "p:"));
    if (!rule) {
        const std::string_view why = why_refused(local);
        if (!why.empty()) refuse(element, tag(element) + " " + std::string(why));
        refuse(element, "SCXML has no element '" + local + "'");
    }
    for (const xml::Attribute& attribute : element.attributes) {
        const std::string name(attribute.name.local);
        if (attribute.name.uri.empty()) {
            if (!contains(rule->attributes, name))
                refuse(element, "unknown attribute '" + name + "' of " + tag(element),
                       did_you_mean(name, rule->attributes));
        } else if (attribute.name.uri == profile_namespace) {
            if (!contains(rule->profile_attributes, name))
                refuse(element, "unknown attribute 'p:" + name + "' of " + tag(element),
                       did_you_mean(name, rule->profile_attributes, "p:"));
        } else if (attribute.name.uri != xml::xml_namespace) {
            refuse(element,
                   "attribute '" + name + "' of the namespace '" + std::string(attribute.name.uri) +
                       "' is unknown",
                   "remove it");
        }
    }
    for (const std::string& name : rule->required)
        if (element.attribute_or_empty(name).empty())
            refuse(element, tag(element) + " needs the attribute '" + name + "'");
    return *rule;
}

void Vocabulary::check_children(const xml::Element& element, const ElementRule& rule) const {
    const bool text_allowed = rule.name == "data" || rule.name == "assign";
    for (const xml::Node& node : element.children) {
        if (const auto* text = std::get_if<xml::Text>(&node)) {
            if (!text_allowed && text->text.find_first_not_of(blank) != std::string::npos)
                throw Error(ErrorKind::malformed_input, "text inside " + tag(element),
                            Location{where(element).source, text->line, 0, {}},
                            "remove it, or make it a comment");
        } else if (const auto* child = std::get_if<std::unique_ptr<xml::Element>>(&node)) {
            const ElementRule& child_rule = check(**child);
            const std::string name =
                (child_rule.profile ? "p:" : "") + std::string(child_rule.name);
            if (!contains(rule.children, name))
                refuse(**child, tag(**child) + " may not stand in " + tag(element));
        }
    }
}

const std::string& Vocabulary::required(const xml::Element& element,
                                        std::string_view attribute) const {
    return *element.attribute(attribute);
}

std::string Vocabulary::profile(const xml::Element& element, std::string_view attribute) const {
    const std::string* value = element.attribute(profile_namespace, attribute);
    return value ? *value : std::string();
}

Formula ContentReader::formula(const xml::Element& element, std::string_view attribute) {
    return compile(*element.attribute(attribute), vocabulary_.where(element));
}

void ContentReader::refuse_data(const xml::Element& element) const {
    if (definition_.null_datamodel)
        vocabulary_.refuse(element, tag(element) + " has no meaning with datamodel=\"null\"");
}

Block ContentReader::block(const xml::Element& element, StateIndex state, Place place) {
    Block out;
    const bool direct = element.name.local == "onentry";
    for (const xml::Element* child : element.elements())
        out.push_back(action(*child, state, place, direct));
    return out;
}

Action ContentReader::action(const xml::Element& element, StateIndex state, Place place,
                             bool direct) {
    const ElementRule& rule = vocabulary_.check(element);
    if (rule.name != "if") vocabulary_.check_children(element, rule);
    const Location where = vocabulary_.where(element);
    const std::string_view name = rule.name;
    if (name == "raise") return {Raise{vocabulary_.required(element, "event")}, where};
    if (name == "assign") return {assign(element), where};
    if (name == "if") return {branches(element, state, place), where};
    if (name == "foreach") return {foreach (element, state, place), where};
    if (name == "log") {
        Log log{std::string(element.attribute_or_empty("label")), std::nullopt};
        if (element.attribute("expr")) log.value = formula(element, "expr");
        return {std::move(log), where};
    }
    if (name == "deadline") return {deadline(element, state, place, direct), where};
    if (name == "sign") return {sign(element, state, place), where};
    if (name == "notify") return {notify(element), where};
    if (name == "render")
        return {RenderAction{vocabulary_.required(element, "document"),
                             vocabulary_.required(element, "template")},
                where};
    if (name == "pack")
        return {PackAction{vocabulary_.required(element, "document"),
                           vocabulary_.required(element, "audience"),
                           split_words(element.attribute_or_empty("with"))},
                where};
    vocabulary_.refuse(element, tag(element) + " may not stand in executable content");
}

Assign ContentReader::assign(const xml::Element& element) {
    refuse_data(element);
    Assign out;
    out.location = vocabulary_.required(element, "location");
    std::string_view rest = out.location;
    while (true) {
        const std::size_t dot = std::min(rest.find('.'), rest.size());
        const std::string_view part = rest.substr(0, dot);
        if (!is_variable_name(part))
            vocabulary_.refuse(element, "'" + out.location + "' is not a place to assign to",
                               "write the id of a <data>, or a path below it: bilan.note");
        if (out.variable.empty())
            out.variable = part;
        else
            out.path.emplace_back(part);
        if (dot == rest.size()) break;
        rest.remove_prefix(dot + 1);
    }
    const bool has_text = element.text().find_first_not_of(blank) != std::string::npos;
    if (element.attribute("expr") && has_text)
        vocabulary_.refuse(element, "<assign> has both 'expr' and content");
    if (!element.attribute("expr") && !has_text)
        vocabulary_.refuse(element, "<assign> needs 'expr'");
    out.value =
        has_text ? compile(element.text(), vocabulary_.where(element)) : formula(element, "expr");
    return out;
}

If ContentReader::branches(const xml::Element& element, StateIndex state, Place place) {
    vocabulary_.check_children(element, *find_rule("if", false));
    If out;
    out.branches.push_back({formula(element, "cond"), {}});
    for (const xml::Element* child : element.elements()) {
        const std::string_view name = child->name.local;
        if (child->name.uri == scxml_namespace && (name == "elseif" || name == "else")) {
            vocabulary_.check_children(*child, *find_rule(name, false));
            if (!out.branches.back().condition)
                vocabulary_.refuse(*child, tag(*child) + " stands after <else>");
            out.branches.emplace_back();
            if (name == "elseif") out.branches.back().condition = formula(*child, "cond");
        } else {
            out.branches.back().content.push_back(action(*child, state, place, false));
        }
    }
    return out;
}

Foreach ContentReader::foreach (const xml::Element& element, StateIndex state, Place place) {
    refuse_data(element);
    Foreach out{formula(element, "array"),
                vocabulary_.required(element, "item"),
                std::string(element.attribute_or_empty("index")),
                {}};
    for (const xml::Element* child : element.elements())
        out.content.push_back(action(*child, state, place, false));
    return out;
}

DeadlineAction ContentReader::deadline(const xml::Element& element, StateIndex state, Place place,
                                       bool direct) {
    if (place != Place::on_entry || !direct)
        vocabulary_.refuse(element, "<p:deadline> must stand directly in <onentry>",
                           "for a date under a condition, let 'at' give none");
    State& owner = definition_.states[state];
    if (owner.kind == StateKind::final)
        vocabulary_.refuse(element, "<p:deadline> in a <final>, where nothing can handle it");
    const std::string& event = vocabulary_.required(element, "event");
    if (event.rfind("deadline.", 0) != 0)
        vocabulary_.refuse(element,
                           "the event of a deadline is named deadline.…, not '" + event + "'",
                           "write 'deadline." + event + "'");
    if (vocabulary_.required(element, "at").find("aujourdhui") != std::string::npos)
        vocabulary_.refuse(element, "aujourdhui() in a deadline: it would move every day",
                           "count from entree(), the day on which the state was entered");
    const auto ordinal = static_cast<std::uint32_t>(owner.deadlines.size());
    owner.deadlines.push_back({event, formula(element, "at"), vocabulary_.profile(element, "label"),
                               vocabulary_.where(element)});
    return {state, ordinal};
}

SignAction ContentReader::sign(const xml::Element& element, StateIndex state, Place place) {
    if (place != Place::on_entry)
        vocabulary_.refuse(element, "<p:sign> must stand in <onentry>",
                           "the request lives as long as its state");
    if (definition_.states[state].kind == StateKind::final)
        vocabulary_.refuse(element, "<p:sign> in a <final>, which nobody leaves");
    SignAction out{state, vocabulary_.required(element, "document"),
                   vocabulary_.required(element, "slot"),
                   std::string(element.attribute_or_empty("assurance")),
                   std::string(element.attribute_or_empty("remind"))};
    if (out.assurance.empty()) out.assurance = "simple";
    const std::vector<std::string> known = {"simple", "advanced", "qualified"};
    if (!contains(known, out.assurance))
        vocabulary_.refuse(element, "unknown assurance '" + out.assurance + "'",
                           did_you_mean(out.assurance, known));
    if (!out.remind.empty() && !is_reminder(out.remind))
        vocabulary_.refuse(element, "'" + out.remind + "' is not an interval between reminders",
                           "write P10D, P2W or P1M");
    return out;
}

NotifyAction ContentReader::notify(const xml::Element& element) {
    NotifyAction out{split_words(element.attribute_or_empty("role")),
                     split_words(element.attribute_or_empty("slot")),
                     vocabulary_.required(element, "template")};
    if (out.roles.empty() && out.slots.empty())
        vocabulary_.refuse(element, "<p:notify> names nobody", "add 'role' or 'slot'");
    return out;
}

}  // namespace paraphe::workflow
