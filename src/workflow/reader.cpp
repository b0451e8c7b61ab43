#include "workflow/reader.hpp"

#include <algorithm>
#include <map>

#include "base/file.hpp"
#include "base/suggestion.hpp"
#include "workflow/content_reader.hpp"
#include "workflow/formula.hpp"
#include "workflow/vocabulary.hpp"

namespace paraphe::workflow {

namespace {

constexpr std::size_t most_states = 10'000;
constexpr std::size_t deepest = 64;

StateKind kind_of(const xml::Element& element, std::string_view name) {
    if (name == "scxml") return StateKind::scxml;
    if (name == "parallel") return StateKind::parallel;
    if (name == "final") return StateKind::final;
    if (name == "history")
        return element.attribute_or_empty("type") == "deep" ? StateKind::deep_history
                                                            : StateKind::shallow_history;
    const bool compound =
        std::any_of(element.children.begin(), element.children.end(), [](const xml::Node& node) {
            const auto* child = std::get_if<std::unique_ptr<xml::Element>>(&node);
            return child && ((*child)->name.local == "state" ||
                             (*child)->name.local == "parallel" || (*child)->name.local == "final");
        });
    return compound ? StateKind::compound : StateKind::atomic;
}

bool is_state_element(std::string_view name) {
    return name == "state" || name == "parallel" || name == "final" || name == "history";
}

/// "error.*" and "error." are "error" (SCXML §3.12.1).
std::string descriptor(std::string word) {
    if (word == "*" || word == ".*") return "*";
    if (word.size() > 2 && word.compare(word.size() - 2, 2, ".*") == 0)
        word.resize(word.size() - 2);
    if (word.size() > 1 && word.back() == '.') word.pop_back();
    return word;
}

class Reader {
public:
    Reader(const xml::Document& document, const Resolve& resolve)
        : vocabulary_(document), content_(vocabulary_, definition_), resolve_(resolve) {
        definition_.source = document.origin().source;
    }

    Definition read(const xml::Element& root) {
        if (!root.is(scxml_namespace, "scxml"))
            vocabulary_.refuse(
                root, "this is not an SCXML document",
                "its root must be <scxml xmlns=\"" + std::string(scxml_namespace) + "\">");
        read_header(root);
        collect_states(root, 0, 0);
        if (definition_.states[0].children.empty())
            vocabulary_.refuse(root, "the workflow has no state");
        for (StateIndex state = 0; state < elements_.size(); ++state)
            read_state(state);
        return std::move(definition_);
    }

private:
    void read_header(const xml::Element& root) {
        const ElementRule& rule = vocabulary_.check(root);
        vocabulary_.check_children(root, rule);
        if (root.attribute_or_empty("version") != "1.0")
            vocabulary_.refuse(root, "version must be \"1.0\"");
        definition_.name = root.attribute_or_empty("name");
        definition_.title = vocabulary_.profile(root, "title");
        definition_.revision = vocabulary_.profile(root, "revision");
        const std::string_view datamodel = root.attribute_or_empty("datamodel");
        definition_.null_datamodel = datamodel == "null";
        if (!datamodel.empty() && datamodel != "paraphe" && datamodel != "null")
            vocabulary_.refuse(root, "unknown datamodel '" + std::string(datamodel) + "'",
                               "write datamodel=\"paraphe\", or \"null\"");
        const std::string_view binding = root.attribute_or_empty("binding");
        definition_.late_binding = binding == "late";
        if (!binding.empty() && binding != "late" && binding != "early")
            vocabulary_.refuse(root, "binding is \"early\" or \"late\"");
    }

    /// First pass: every state has its place and its id before anything refers to it.
    void collect_states(const xml::Element& element, StateIndex parent, std::size_t depth) {
        if (depth > deepest)
            vocabulary_.refuse(element,
                               "states are nested more than " + std::to_string(deepest) + " deep");
        if (definition_.states.size() >= most_states)
            vocabulary_.refuse(element, "more than " + std::to_string(most_states) + " states");
        const auto index = static_cast<StateIndex>(definition_.states.size());
        State state;
        state.kind = kind_of(element, element.name.local);
        state.parent = parent;
        state.where = vocabulary_.where(element);
        state.label = index == 0 ? definition_.title : vocabulary_.profile(element, "label");
        if (const std::string* id = index == 0 ? nullptr : element.attribute("id")) {
            if (id->empty() || id->find_first_of(" \t\r\n") != std::string::npos)
                vocabulary_.refuse(element, "'" + *id + "' is not an id");
            state.id = *id;
            const auto [known, inserted] = ids_.emplace(*id, index);
            if (!inserted)
                vocabulary_.refuse(
                    element, "the id '" + *id + "' stands twice",
                    "the first is on line " +
                        std::to_string(definition_.states[known->second].where.line));
        } else {
            state.id = "#" + std::to_string(index);
        }
        definition_.states.push_back(std::move(state));
        elements_.push_back(&element);
        for (const xml::Element* child : element.elements()) {
            if (!is_state_element(child->name.local) || child->name.uri != scxml_namespace)
                continue;
            const auto child_index = static_cast<StateIndex>(definition_.states.size());
            collect_states(*child, index, depth + 1);
            if (definition_.is_history(child_index))
                definition_.states[index].histories.push_back(child_index);
            else
                definition_.states[index].children.push_back(child_index);
        }
        definition_.states[index].end = static_cast<StateIndex>(definition_.states.size());
    }

    /// Second pass: what stands in each state.
    void read_state(StateIndex index) {
        const xml::Element& element = *elements_[index];
        const ElementRule& rule = vocabulary_.check(element);
        vocabulary_.check_children(element, rule);
        const std::string_view type = element.attribute_or_empty("type");
        if (definition_.is_history(index) && !type.empty() && type != "shallow" && type != "deep")
            vocabulary_.refuse(element, "the type of a history is \"shallow\" or \"deep\"");
        for (const xml::Element* child : element.elements()) {
            const std::string_view name = child->name.local;
            if (name == "datamodel") read_data(*child, index);
            if (name == "onentry" || name == "onexit") read_block(*child, index);
            if (name == "transition") read_transition(*child, index);
        }
        read_initial(element, index);
        if (definition_.is_history(index) && !definition_.states[index].initial)
            vocabulary_.refuse(element, "<history> needs one <transition> with its default");
    }

    void read_block(const xml::Element& element, StateIndex index) {
        vocabulary_.check_children(element, vocabulary_.check(element));
        const bool entry = element.name.local == "onentry";
        Block block = content_.block(
            element, index,
            entry ? ContentReader::Place::on_entry : ContentReader::Place::elsewhere);
        State& state = definition_.states[index];
        (entry ? state.on_entry : state.on_exit).push_back(std::move(block));
    }

    void read_data(const xml::Element& datamodel, StateIndex index) {
        vocabulary_.check_children(datamodel, vocabulary_.check(datamodel));
        if (definition_.null_datamodel)
            vocabulary_.refuse(datamodel, "<datamodel> has no meaning with datamodel=\"null\"");
        for (const xml::Element* element : datamodel.elements()) {
            vocabulary_.check_children(*element, vocabulary_.check(*element));
            Datum datum;
            datum.id = vocabulary_.required(*element, "id");
            datum.scope = index;
            datum.where = vocabulary_.where(*element);
            if (!is_variable_name(datum.id) || datum.id.front() == '_' || datum.id == "dossier" ||
                datum.id == "parametres")
                vocabulary_.refuse(*element, "'" + datum.id + "' cannot name a <data>",
                                   "letters, digits and _; not dossier, parametres or _…");
            for (const Datum& other : definition_.data)
                if (other.id == datum.id)
                    vocabulary_.refuse(*element, "the data '" + datum.id + "' is declared twice");
            datum.value = initial_value(*element, datum.where);
            definition_.states[index].data.push_back(
                static_cast<std::uint32_t>(definition_.data.size()));
            definition_.data.push_back(std::move(datum));
        }
    }

    std::optional<Formula> initial_value(const xml::Element& element, const Location& where) {
        const bool has_text = element.text().find_first_not_of(" \t\r\n") != std::string::npos;
        const std::string* expr = element.attribute("expr");
        const std::string* src = element.attribute("src");
        if ((expr ? 1 : 0) + (src ? 1 : 0) + (has_text ? 1 : 0) > 1)
            vocabulary_.refuse(element, "<data> has more than one of expr, src and content");
        if (expr) return compile(*expr, where);
        if (has_text) return compile(element.text(), where);
        if (!src) return std::nullopt;
        if (!resolve_)
            vocabulary_.refuse(element, "<data src> is not allowed here",
                               "write the value in 'expr'");
        return compile(resolve_(*src), where);
    }

    void read_transition(const xml::Element& element, StateIndex source) {
        vocabulary_.check_children(element, vocabulary_.check(element));
        Transition transition = outline(element, source);
        const State& state = definition_.states[source];
        if (definition_.is_history(source)) {
            if (state.initial)
                vocabulary_.refuse(element, "<history> has more than one <transition>");
            refuse_event_and_cond(element, transition);
            require_descendants(element, transition.targets, state.parent);
            transition.source = state.parent;
            definition_.states[source].initial = append(std::move(transition));
            return;
        }
        if (transition.events.empty() && !transition.condition && transition.targets.empty())
            vocabulary_.refuse(element,
                               "a transition without event, cond and target would never end");
        if (transition.events.empty() && !transition.by.empty())
            vocabulary_.refuse(element, "p:by on a transition without event",
                               "name the event that people trigger");
        definition_.states[source].transitions.push_back(append(std::move(transition)));
    }

    Transition outline(const xml::Element& element, StateIndex source) {
        Transition out;
        out.source = source;
        out.where = vocabulary_.where(element);
        for (std::string& word : split_words(element.attribute_or_empty("event")))
            out.events.push_back(descriptor(std::move(word)));
        if (element.attribute("event") && out.events.empty())
            vocabulary_.refuse(element, "the attribute 'event' is empty", "remove it, or name one");
        if (element.attribute("cond"))
            out.condition = compile(*element.attribute("cond"), out.where);
        const std::string_view type = element.attribute_or_empty("type");
        if (!type.empty() && type != "internal" && type != "external")
            vocabulary_.refuse(element, "the type of a transition is \"internal\" or \"external\"");
        out.internal = type == "internal";
        out.targets = targets(element, "target");
        out.by = split_words(vocabulary_.profile(element, "by"));
        out.not_by = split_words(vocabulary_.profile(element, "not-by"));
        out.label = vocabulary_.profile(element, "label");
        out.form = vocabulary_.profile(element, "form");
        out.law = vocabulary_.profile(element, "law");
        out.otherwise = vocabulary_.profile(element, "else");
        if (element.attribute(profile_namespace, "by") && out.by.empty())
            vocabulary_.refuse(element, "p:by names no role");
        out.content = content_.block(element, source, ContentReader::Place::elsewhere);
        return out;
    }

    void read_initial(const xml::Element& element, StateIndex index) {
        State& state = definition_.states[index];
        const auto children = element.elements(scxml_namespace, "initial");
        const bool attribute = element.attribute("initial") != nullptr;
        const bool compound = state.kind == StateKind::compound || state.kind == StateKind::scxml;
        if (!compound) {
            if (attribute || !children.empty())
                vocabulary_.refuse(element, "an initial state in a state without children");
            return;
        }
        if (children.size() + (attribute ? 1 : 0) > 1)
            vocabulary_.refuse(element, "more than one initial state");
        Transition transition;
        if (!children.empty()) {
            const xml::Element& initial = *children.front();
            vocabulary_.check_children(initial, vocabulary_.check(initial));
            const auto inner = initial.elements(scxml_namespace, "transition");
            if (inner.size() != 1)
                vocabulary_.refuse(initial, "<initial> needs exactly one <transition>");
            vocabulary_.check_children(*inner.front(), vocabulary_.check(*inner.front()));
            transition = outline(*inner.front(), index);
            refuse_event_and_cond(*inner.front(), transition);
        } else {
            transition.source = index;
            transition.where = state.where;
            transition.targets = attribute ? targets(element, "initial")
                                           : std::vector<StateIndex>{state.children.front()};
        }
        require_descendants(element, transition.targets, index);
        definition_.states[index].initial = append(std::move(transition));
    }

    void refuse_event_and_cond(const xml::Element& element, const Transition& transition) const {
        if (!transition.events.empty() || transition.condition)
            vocabulary_.refuse(element, "an initial transition has neither event nor cond");
    }

    void require_descendants(const xml::Element& element, const std::vector<StateIndex>& targets,
                             StateIndex ancestor) const {
        if (targets.empty()) vocabulary_.refuse(element, "an initial transition needs a target");
        for (const StateIndex target : targets)
            if (!definition_.is_descendant(target, ancestor))
                vocabulary_.refuse(element, "the initial state '" + definition_.states[target].id +
                                                "' is not inside '" +
                                                definition_.states[ancestor].id + "'");
    }

    std::vector<StateIndex> targets(const xml::Element& element, std::string_view attribute) const {
        std::vector<StateIndex> out;
        const std::string* written = element.attribute(attribute);
        if (!written) return out;
        for (const std::string& id : split_words(*written)) {
            const auto found = ids_.find(id);
            if (found == ids_.end()) refuse_target(element, id);
            out.push_back(found->second);
        }
        if (out.empty())
            vocabulary_.refuse(element, "the attribute '" + std::string(attribute) + "' is empty");
        for (std::size_t i = 0; i < out.size(); ++i)
            for (std::size_t j = i + 1; j < out.size(); ++j)
                if (!may_be_active_together(out[i], out[j]))
                    vocabulary_.refuse(element, "'" + definition_.states[out[i]].id + "' and '" +
                                                    definition_.states[out[j]].id +
                                                    "' cannot be active together");
        return out;
    }

    [[noreturn]] void refuse_target(const xml::Element& element, const std::string& id) const {
        std::vector<std::string> known;
        for (const auto& [name, index] : ids_)
            known.push_back(name);
        const auto near = nearest(id, known);
        vocabulary_.refuse(element, "no state has the id '" + id + "'",
                           near ? "did you mean '" + *near + "'?" : std::string());
    }

    /// Their least common ancestor is a parallel, or one lies in the other.
    bool may_be_active_together(StateIndex left, StateIndex right) const {
        if (left == right || definition_.is_descendant(left, right) ||
            definition_.is_descendant(right, left))
            return true;
        StateIndex ancestor = definition_.states[left].parent;
        while (!definition_.is_descendant(right, ancestor))
            ancestor = definition_.states[ancestor].parent;
        return definition_.states[ancestor].kind == StateKind::parallel;
    }

    TransitionIndex append(Transition transition) {
        definition_.transitions.push_back(std::move(transition));
        return static_cast<TransitionIndex>(definition_.transitions.size() - 1);
    }

    Definition definition_;
    Vocabulary vocabulary_;
    ContentReader content_;
    const Resolve& resolve_;
    std::vector<const xml::Element*> elements_;
    std::map<std::string, StateIndex, std::less<>> ids_;
};

}  // namespace

Definition read(ByteView xml, const std::string& source, const Resolve& resolve) {
    xml::Caps caps;
    caps.bytes = 4u << 20;
    caps.depth = 128;
    caps.nodes = 200'000;
    const xml::Document document = xml::parse(xml, {source}, caps);
    return Reader(document, resolve).read(document.root());
}

Definition read_definition(const std::string& path) {
    return read(read_file(path, 4u << 20), path);
}

}  // namespace paraphe::workflow
