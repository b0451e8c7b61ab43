#include "workflow/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace paraphe::workflow {

namespace {

using Names = std::vector<std::string>;

const Names content = {"raise",  "if",       "foreach",  "log",    "assign",
                       "p:sign", "p:render", "p:notify", "p:pack", "p:deadline"};

Names with(Names names, const Names& more) {
    names.insert(names.end(), more.begin(), more.end());
    return names;
}

const std::vector<ElementRule>& rules() {
    static const std::vector<ElementRule> all = {
        {"scxml",
         false,
         {"version", "name", "initial", "datamodel", "binding"},
         {"version"},
         {"title", "revision"},
         {"datamodel", "state", "parallel", "final"}},
        {"state",
         false,
         {"id", "initial"},
         {},
         {"label"},
         {"datamodel", "onentry", "onexit", "transition", "initial", "state", "parallel", "final",
          "history"}},
        {"parallel",
         false,
         {"id"},
         {},
         {"label"},
         {"datamodel", "onentry", "onexit", "transition", "state", "parallel", "history"}},
        {"final", false, {"id"}, {}, {"label"}, {"onentry", "onexit"}},
        {"history", false, {"id", "type"}, {}, {"label"}, {"transition"}},
        {"initial", false, {}, {}, {}, {"transition"}},
        {"transition",
         false,
         {"event", "cond", "target", "type"},
         {},
         {"by", "not-by", "label", "form", "law", "else"},
         content},
        {"onentry", false, {}, {}, {}, content},
        {"onexit", false, {}, {}, {}, content},
        {"datamodel", false, {}, {}, {}, {"data"}},
        {"data", false, {"id", "expr", "src"}, {"id"}, {}, {}},
        {"raise", false, {"event"}, {"event"}, {}, {}},
        {"log", false, {"label", "expr"}, {}, {}, {}},
        {"assign", false, {"location", "expr"}, {"location"}, {}, {}},
        {"if", false, {"cond"}, {"cond"}, {}, with(content, {"elseif", "else"})},
        {"elseif", false, {"cond"}, {"cond"}, {}, {}},
        {"else", false, {}, {}, {}, {}},
        {"foreach", false, {"array", "item", "index"}, {"array", "item"}, {}, content},
        {"deadline", true, {"event", "at"}, {"event", "at"}, {"label"}, {}},
        {"sign",
         true,
         {"document", "slot", "assurance", "remind"},
         {"document", "slot"},
         {"label"},
         {}},
        {"render", true, {"document", "template"}, {"document", "template"}, {}, {}},
        {"notify", true, {"role", "slot", "template"}, {"template"}, {}, {}},
        {"pack", true, {"document", "with", "audience"}, {"document", "audience"}, {}, {}},
    };
    return all;
}

constexpr std::string_view not_yet = "is not supported yet";
constexpr std::string_view never =
    "is not part of the profile: a chart orders, it does not compute";

constexpr std::array<std::pair<std::string_view, std::string_view>, 8> refused = {{
    {"invoke", not_yet},
    {"send", not_yet},
    {"cancel", not_yet},
    {"finalize", not_yet},
    {"donedata", not_yet},
    {"content", not_yet},
    {"param", not_yet},
    {"script", never},
}};

}  // namespace

const ElementRule* find_rule(std::string_view name, bool profile) {
    for (const ElementRule& rule : rules())
        if (rule.name == name && rule.profile == profile) return &rule;
    return nullptr;
}

std::vector<std::string> profile_elements() {
    std::vector<std::string> out;
    for (const ElementRule& rule : rules())
        if (rule.profile) out.emplace_back(rule.name);
    return out;
}

std::string_view why_refused(std::string_view scxml_element) {
    const auto found = std::find_if(refused.begin(), refused.end(), [&](const auto& entry) {
        return entry.first == scxml_element;
    });
    return found == refused.end() ? std::string_view() : found->second;
}

}  // namespace paraphe::workflow
