#include "template/unique_names.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "odf/odf.hpp"
#include "template/form_controls.hpp"
#include "template/name_uses.hpp"

namespace paraphe::tmpl {

namespace {

using odf::Attribute;
using odf::Element;
using odf::ElementPtr;
using odf::Name;
using odf::Node;

std::string key(Space space, std::string_view name) {
    return std::string(1, static_cast<char>('a' + static_cast<int>(space))).append(name);
}

class Settler {
public:
    /// The first reading: names in document order, each with the copy in which it stands.
    void survey(const Element& element) {
        for (const Node& node : element.children) {
            const auto* child = std::get_if<ElementPtr>(&node);
            if (child == nullptr) continue;
            if (enter_or_leave(*child)) continue;
            if ((*child)->name == forms()) controls_.survey(**child);
            std::string_view own_id;
            for (const Attribute& attribute : (*child)->attributes) {
                const Use* use = use_of(**child, attribute.name);
                if (use == nullptr || !bears_name(*use)) continue;
                // xml:id and text:id of one element may say the same.
                if (use->space == Space::id) {
                    if (attribute.value == own_id) continue;
                    own_id = attribute.value;
                }
                met_.push_back({scope_, use->role, key(use->space, attribute.value), {}, true});
                if (use->role != Use::Role::end) taken_.insert(met_.back().key);
            }
            survey(**child);
        }
    }

    void rewind() {
        assign();
        scope_ = 0;
        next_scope_ = 1;
        next_met_ = 0;
    }

    /// The second reading, in the same order: the element with its children as they shall be.
    ElementPtr settled(const ElementPtr& element) {
        std::vector<Node> children;
        children.reserve(element->children.size());
        bool changed = false;
        // Of the marks around this place within this element: is the copy a later one?
        std::vector<bool> later;
        for (std::size_t i = 0; i < element->children.size(); ++i) {
            const Node& node = element->children[i];
            const auto* child = std::get_if<ElementPtr>(&node);
            if (child == nullptr) {
                children.push_back(node);
                continue;
            }
            if (enter_or_leave(*child)) {
                changed = true;
                if (*child == mark(Mark::end))
                    later.pop_back();
                else
                    later.push_back(*child == mark(Mark::next_copy));
                if (*child == mark(Mark::next_copy)) only_list_ = only_list(*element, i);
                continue;
            }
            const bool in_later_copy = std::find(later.begin(), later.end(), true) != later.end();
            ElementPtr made = one(*child, in_later_copy);
            changed = changed || made != *child;
            if (made) children.emplace_back(std::move(made));
        }
        if (!changed) return element;
        auto out = std::make_shared<Element>(Element{element->name, element->attributes,
                                                     std::move(children), element->provenance,
                                                     element->constant});
        return out;
    }

    /// Adds the controls that the copies show, once all are read.
    ElementPtr with_controls(const ElementPtr& element) {
        if (element->name == forms()) return controls_.settled(element);
        if (!element->name.str().starts_with("office:")) return element;
        return odf::with_each_child(element,
                                    [&](const ElementPtr& child) { return with_controls(child); });
    }

private:
    static Name forms() {
        static const Name out("office:forms");
        return out;
    }

    static bool bears_name(const Use& use) {
        return use.role == Use::Role::definition || use.role == Use::Role::start ||
               use.role == Use::Role::end;
    }

    struct Met {
        std::size_t scope;
        Use::Role role;
        std::string key;
        std::string name;  ///< as it shall be
        bool paired;       ///< of a start or end
    };
    struct Scope {
        std::size_t parent = 0;
        std::unordered_map<std::string, std::string> names;  ///< key → first name in this copy
    };

    /// Follows the marks; false for any other element.
    bool enter_or_leave(const ElementPtr& element) {
        if (element == mark(Mark::end)) {
            scope_ = scopes_[scope_].parent;
            return true;
        }
        if (!is_mark(Node(element))) return false;
        if (next_scope_ == scopes_.size()) scopes_.push_back({scope_, {}});
        scope_ = next_scope_++;
        return true;
    }

    /// A name that nobody bears: the taken one with a number, `count` or the next that is free.
    std::string fresh(const std::string& taken, int& count) {
        std::string made;
        do
            made = taken + "_" + std::to_string(count);
        while (!taken_.insert(made).second && ++count > 0);
        return made.substr(1);
    }

    void assign() {
        std::unordered_map<std::string, Met*> open;
        for (Met& met : met_) {
            if (met.role == Use::Role::end) {
                met.name = resolve(met.scope, met.key);
                const auto start = open.find(met.key.substr(0, 1) + met.name);
                met.paired = start != open.end();
                if (!met.paired) continue;
                start->second->paired = true;
                open.erase(start);
                continue;
            }
            int& count = times_[met.key];
            met.name = met.key.substr(1);
            if (++count > 1) met.name = fresh(met.key, count);
            for (std::size_t s = met.scope; s != 0; s = scopes_[s].parent)
                scopes_[s].names.try_emplace(met.key, met.name);
            if (met.role == Use::Role::start) {
                met.paired = false;
                open[met.key.substr(0, 1) + met.name] = &met;
            }
        }
    }

    std::string resolve(std::size_t scope, const std::string& key) const {
        for (; scope != 0; scope = scopes_[scope].parent) {
            const auto found = scopes_[scope].names.find(key);
            if (found != scopes_[scope].names.end()) return found->second;
        }
        return key.substr(1);
    }

    /// The element with its own attributes settled, then its children; null when it goes.
    ElementPtr one(const ElementPtr& element, bool in_later_copy) {
        std::vector<Attribute> attributes;
        bool changed = false, goes = false, point = false;
        std::string_view own_id;
        std::string own_name;
        const auto change = [&](std::size_t i, std::string value) {
            if (element->attributes[i].value == value) return;
            if (attributes.empty()) attributes = element->attributes;
            attributes[i].value = std::move(value);
            changed = true;
        };
        for (std::size_t i = 0; i < element->attributes.size(); ++i) {
            const Attribute& attribute = element->attributes[i];
            const Use* use = use_of(*element, attribute.name);
            if (use == nullptr) continue;
            switch (use->role) {
                case Use::Role::definition:
                case Use::Role::start:
                case Use::Role::end: {
                    if (use->space == Space::id && attribute.value == own_id) {
                        change(i, own_name);
                        break;
                    }
                    const Met& met = met_[next_met_++];
                    if (use->space == Space::id) {
                        own_id = attribute.value;
                        own_name = met.name;
                    }
                    change(i, met.name);
                    if (!met.paired && use->space != Space::annotation) {
                        const bool range =
                            use->space == Space::bookmark || use->space == Space::reference;
                        point = use->role == Use::Role::start && range;
                        goes = !point;
                    }
                    if (!met.paired && use->role == Use::Role::end) goes = true;
                    break;
                }
                case Use::Role::reference:
                    change(i, resolve(scope_, key(use->space, attribute.value)));
                    break;
                case Use::Role::control:
                    change(i, controls_.shown(attribute.value, scope_));
                    break;
                case Use::Role::href:
                    change(i, link(attribute.value));
                    break;
                case Use::Role::formula:
                    change(i, formula(attribute.value));
                    break;
            }
        }
        if (goes) return nullptr;
        ElementPtr out = element;
        if (changed || point) {
            auto made = std::make_shared<Element>(*element);
            if (changed) made->attributes = std::move(attributes);
            static const Name bookmark_start("text:bookmark-start"), bookmark("text:bookmark"),
                reference("text:reference-mark");
            if (point) made->name = element->name == bookmark_start ? bookmark : reference;
            out = std::move(made);
        }
        out = numbered(out, element, own_name, in_later_copy);
        return settled(out);
    }

    std::string link(const std::string& href) const {
        Space space = Space::bookmark;
        std::size_t end = 0;
        const std::string name = linked_name(href, space, end);
        if (name.empty() || scope_ == 0) return href;
        const std::string now = resolve(scope_, key(space, name));
        return href.substr(0, end) + now.substr(std::min(now.size(), name.size())) +
               href.substr(end);
    }

    /// "<Tableau1.B2>" names another table's cell.
    std::string formula(const std::string& text) const {
        if (scope_ == 0) return text;
        std::string out;
        std::size_t from = 0;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] != '<' && text[i] != ':') continue;
            const auto dot = text.find_first_of(".<>:", i + 1);
            if (dot == std::string::npos || text[dot] != '.') continue;
            const std::string name = text.substr(i + 1, dot - i - 1);
            out += text.substr(from, i + 1 - from) + resolve(scope_, key(Space::table, name));
            from = dot;
        }
        return out + text.substr(from);
    }

    // --- numbering ------------------------------------------------------------------------------

    /// A copy that is one list and nothing else.
    static bool only_list(const Element& parent, std::size_t begin) {
        static const Name list("text:list");
        int depth = 0, elements = 0;
        for (std::size_t i = begin; i < parent.children.size(); ++i) {
            const auto* child = std::get_if<ElementPtr>(&parent.children[i]);
            if (child == nullptr) return false;
            if (*child == mark(Mark::end)) {
                if (--depth == 0) break;
            } else if (is_mark(parent.children[i])) {
                ++depth;
            } else if ((*child)->name != list || ++elements > 1) {
                return false;
            }
        }
        return elements == 1;
    }

    ElementPtr numbered(const ElementPtr& element, const ElementPtr& original,
                        const std::string& id, bool in_later_copy) {
        static const Name list("text:list"), item("text:list-item"), h("text:h"),
            continue_list("text:continue-list"), continue_numbering("text:continue-numbering"),
            start("text:start-value"), restart("text:restart-numbering"), xml_id("xml:id");
        if (element->name == list) {
            const bool alone = std::exchange(only_list_, false);
            ElementPtr out = element;
            const std::string* continued = element->attribute(continue_list);
            if (continued != nullptr) {
                const std::string target = *continued;
                const auto latest = latest_.find(target);
                if (latest != latest_.end() && latest->second != target)
                    out = with_attribute(out, continue_list, latest->second);
                if (scope_ != 0 && !id.empty()) latest_[target] = id;
            } else if (alone) {
                out = with_attribute(out, continue_numbering, "true");
            }
            if (!id.empty()) latest_[std::string(original->attribute_or_empty(xml_id))] = id;
            return out;
        }
        if (!in_later_copy || (element->name != item && element->name != h)) return element;
        if (element->attribute(start) == nullptr && element->attribute(restart) == nullptr)
            return element;
        auto out = std::make_shared<Element>(*element);
        std::erase_if(out->attributes, [](const Attribute& attribute) {
            return attribute.name == start || attribute.name == restart;
        });
        return out;
    }

    static ElementPtr with_attribute(const ElementPtr& element, Name name, const std::string& to) {
        auto out = std::make_shared<Element>(*element);
        odf::set_attribute(*out, name, to);
        return out;
    }

    std::vector<Scope> scopes_{Scope{}};
    std::size_t scope_ = 0, next_scope_ = 1, next_met_ = 0;
    std::vector<Met> met_;
    std::unordered_set<std::string> taken_;
    std::unordered_map<std::string, int> times_;           ///< met, by key
    std::unordered_map<std::string, std::string> latest_;  ///< the list that now ends a numbering
    bool only_list_ = false;
    FormControls controls_{[this](const std::string& id) {
        const std::string taken = key(Space::id, id);
        return fresh(taken, ++times_[taken]);
    }};
};

}  // namespace

const ElementPtr& mark(Mark which) {
    static const ElementPtr marks[] = {odf::make_element(Name("paraphe:first-copy"), {}),
                                       odf::make_element(Name("paraphe:next-copy"), {}),
                                       odf::make_element(Name("paraphe:clause"), {}),
                                       odf::make_element(Name("paraphe:end"), {})};
    return marks[static_cast<std::size_t>(which)];
}

bool is_mark(const Node& node) {
    const auto* element = std::get_if<ElementPtr>(&node);
    return element != nullptr &&
           (*element == mark(Mark::first_copy) || *element == mark(Mark::next_copy) ||
            *element == mark(Mark::clause) || *element == mark(Mark::end));
}

bool needs_settling(const Element& element) {
    static const Name list("text:list"), start("text:start-value"),
        restart("text:restart-numbering");
    if (element.name == list) return true;
    return std::any_of(element.attributes.begin(), element.attributes.end(),
                       [&](const Attribute& attribute) {
                           if (attribute.name == start || attribute.name == restart) return true;
                           const Use* use = use_of(element, attribute.name);
                           if (use == nullptr) return false;
                           // Pictures and links to elsewhere are the same in every copy.
                           if (use->role == Use::Role::href)
                               return attribute.value.starts_with('#');
                           return true;
                       });
}

bool is_range_edge(const Element& element) {
    for (const Attribute& attribute : element.attributes)
        if (const Use* use = use_of(element, attribute.name))
            if (use->role == Use::Role::start || use->role == Use::Role::end) return true;
    return false;
}

void settle_copies(std::initializer_list<ElementPtr*> parts) {
    Settler settler;
    for (ElementPtr* part : parts)
        if (*part) settler.survey(**part);
    settler.rewind();
    for (ElementPtr* part : parts)
        if (*part) *part = settler.settled(*part);
    for (ElementPtr* part : parts)
        if (*part) *part = settler.with_controls(*part);
}

}  // namespace paraphe::tmpl
