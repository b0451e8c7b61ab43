#include "pdf/conformance_tree.hpp"

#include <algorithm>

namespace paraphe::pdf::conformance {

namespace {

constexpr Rule broken_tree{"P0624", "ISO 19005-3 §6.7.3, ISO 32000-1 §14.7.2",
                           "exportez le document en « PDF balisé »"};
constexpr Rule owner{
    "P0622", "ISO 14289-1 §7.1, ISO 32000-1 §14.7.4",
    "produisez de nouveau le fichier : un lecteur vocal sauterait ce passage ou le "
    "dirait deux fois"};
constexpr Rule parent_tree{"P0623", "ISO 32000-1 §14.7.4.4",
                           "produisez de nouveau le fichier : on n’y retrouve pas l’élément d’un "
                           "passage cliqué"};
constexpr Rule own_type{"P0625", "ISO 14289-1 §7.1, ISO 19005-3 §6.7.3.4",
                        "faites correspondre ce type à un type de la norme (RoleMap)"};

/// ISO 32000-1 §14.8.4.
const std::set<std::string>& standard_types() {
    static const std::set<std::string> all = {
        "Document", "Part",  "Art",   "Sect",      "Div",     "BlockQuote", "Caption",
        "TOC",      "TOCI",  "Index", "NonStruct", "Private", "H",          "H1",
        "H2",       "H3",    "H4",    "H5",        "H6",      "P",          "L",
        "LI",       "Lbl",   "LBody", "Table",     "TR",      "TH",         "TD",
        "THead",    "TBody", "TFoot", "Span",      "Quote",   "Note",       "Reference",
        "BibEntry", "Code",  "Link",  "Annot",     "Ruby",    "Warichu",    "RB",
        "RT",       "RP",    "WT",    "WP",        "Figure",  "Formula",    "Form"};
    return all;
}

class TreeReader {
public:
    TreeReader(Run& run, Tree& tree) : run_(run), tree_(tree) {}

    void read() {
        std::vector<Item> open;
        push(open, at(tree_.root, "/K"), -1);
        std::size_t count = 0;
        while (!open.empty()) {
            const Item item = open.back();
            open.pop_back();
            if (++count > 3 * static_cast<std::size_t>(run_.limits.objects)) {
                run_.exhaust(place_of(tree_.root));
                return;
            }
            read_item(item, open);
        }
    }

private:
    struct Item {
        Handle handle;
        int parent;
    };

    static void push(std::vector<Item>& open, Handle kids, int parent) {
        const auto all = elements_of(kids);
        for (auto it = all.rbegin(); it != all.rend(); ++it)
            open.push_back({*it, parent});
    }

    void fault(Handle where, const std::string& problem) {
        run_.findings.add(broken_tree, place_of(where), problem);
    }

    void read_item(const Item& item, std::vector<Item>& open) {
        Handle handle = item.handle;
        if (const auto mcid = integer_of(handle)) {
            if (item.parent < 0)
                fault(tree_.root, "la racine de la structure contient du texte sans élément");
            else
                own(item.parent, at(tree_[item.parent].dictionary, "/Pg"), Handle::newNull(),
                    *mcid);
            return;
        }
        if (!handle.isDictionary()) {
            fault(item.parent < 0 ? tree_.root : tree_[item.parent].dictionary,
                  "un élément de la structure manque ou n’en est pas un");
            return;
        }
        const bool is_object = is_name(at(handle, "/Type"), "/OBJR");
        if (is_object || is_name(at(handle, "/Type"), "/MCR")) {
            if (item.parent < 0)
                return fault(tree_.root, "la racine contient du texte sans élément");
            Handle own_page = at(handle, "/Pg");
            Handle page = own_page.isNull() ? at(tree_[item.parent].dictionary, "/Pg") : own_page;
            if (!is_object) {
                own(item.parent, page, at(handle, "/Stm"),
                    integer_of(at(handle, "/MCID")).value_or(-1));
            } else if (Handle object = at(handle, "/Obj"); object.isIndirect()) {
                tree_.objects[id_of(object)].push_back(item.parent);
                note_page(item.parent, page);
            }
            return;
        }
        read_element(handle, item.parent, open);
    }

    void read_element(Handle handle, int parent, std::vector<Item>& open) {
        if (handle.isIndirect() && !seen_.insert(id_of(handle)).second)
            return fault(handle, "un élément de la structure y figure deux fois");
        Handle up = at(handle, "/P");
        Handle wanted = parent < 0 ? tree_.root : tree_[parent].dictionary;
        if (!up.isIndirect() || !wanted.isIndirect() || id_of(up) != id_of(wanted))
            fault(handle, "un élément de la structure désigne un autre parent que le sien");
        Element element;
        element.dictionary = handle;
        element.object = place_of(handle).object;
        element.parent = parent;
        element.written = name_of(at(handle, "/S"));
        element.type = standard_type(handle, element.written);
        note_page(element, at(handle, "/Pg"));
        const int index = static_cast<int>(tree_.elements.size());
        if (parent >= 0) tree_.elements[static_cast<std::size_t>(parent)].children.push_back(index);
        tree_.elements.push_back(std::move(element));
        push(open, at(handle, "/K"), index);
    }

    /// Follows the role map (§14.7.3).
    std::string standard_type(Handle where, const std::string& written) {
        Handle roles = at(tree_.root, "/RoleMap");
        std::string type = written;
        std::set<std::string> seen;
        while (!standard_types().contains(type)) {
            if (!seen.insert(type).second || seen.size() > 100) type.clear();
            const std::string next = type.empty() ? type : name_of(at(roles, ("/" + type).c_str()));
            if (next.empty()) {
                run_.findings.add(own_type, place_of(where),
                                  "le type « " + written + " » n’est pas de ceux de la norme");
                return {};
            }
            type = next;
        }
        return type;
    }

    void note_page(Element& element, Handle page) {
        if (element.page > 0 || !page.isIndirect()) return;
        const auto number = run_.page_numbers.find(id_of(page));
        if (number != run_.page_numbers.end()) element.page = number->second;
    }
    void note_page(int index, Handle page) {
        note_page(tree_.elements[static_cast<std::size_t>(index)], page);
    }

    void own(int element, Handle page, Handle stream, long long mcid) {
        Handle container = stream.isStream() ? stream : page;
        if (!container.isIndirect())
            return fault(tree_[element].dictionary,
                         "un élément ne dit pas sur quelle page est son texte");
        tree_.content[id_of(container)][mcid].push_back(element);
        note_page(element, page);
    }

    Run& run_;
    Tree& tree_;
    std::set<ObjectId> seen_;
};

void check_role_map(Run& run, Handle root) {
    Handle roles = at(root, "/RoleMap");
    if (!roles.isDictionary()) return;
    for (const std::string& key : roles.getKeys()) {
        const std::string type = key.substr(1), to = name_of(roles.getKey(key));
        if (standard_types().contains(type) && to != type)
            run.findings.add(
                own_type, place_of(root),
                "le type « " + type + " » de la norme est détourné vers « " + to + " »");
    }
}

}  // namespace

Handle Tree::attribute(const Element& element, const char* wanted, const char* key) const {
    std::vector<Handle> all = elements_of(at(element.dictionary, "/A"));
    for (Handle name : elements_of(at(element.dictionary, "/C"))) {
        if (!name.isName()) continue;
        Handle copy = name;
        for (Handle one : elements_of(at(at(root, "/ClassMap"), copy.getName().c_str())))
            all.push_back(one);
    }
    for (Handle one : all) {
        if (is_name(at(one, "/O"), wanted) && !at(one, key).isNull()) return at(one, key);
    }
    return Handle::newNull();
}

Tree read_tree(Run& run) {
    Tree tree;
    tree.root = at(run.catalog, "/StructTreeRoot");
    if (!tree.root.isDictionary()) {
        tree.root = Handle::newNull();
        run.findings.add(broken_tree, place_of(run.catalog), "le fichier n’a pas de structure");
        return tree;
    }
    TreeReader(run, tree).read();
    check_role_map(run, tree.root);
    if (tree.elements.empty())
        run.findings.add(broken_tree, place_of(tree.root), "la structure du fichier est vide");
    return tree;
}

namespace {

class OwnerCheck {
public:
    OwnerCheck(Run& run, const Tree& tree) : run_(run), tree_(tree) {}

    void check() {
        const auto pairs = leaves(at(tree_.root, "/ParentTree"), "/Nums", run_.limits);
        if (!pairs) {
            run_.findings.add(parent_tree, place_of(tree_.root),
                              "la table des parents (ParentTree) manque ou est abîmée");
            has_parents_ = false;
        } else {
            for (auto [key, value] : *pairs)
                if (key.isInteger()) parents_.insert_or_assign(*integer_of(key), value);
        }
        for (const auto& [container, marks] : run_.marks)
            check_container(container, marks);
        for (const auto& [container, contents] : tree_.content)
            check_claims(container, contents);
        if (!has_parents_) return;
        for (const auto& [object, owners] : tree_.objects)
            check_object(object, owners);
    }

private:
    Handle parent_entry(Handle object, const char* key) {
        const auto number = integer_of(at(object, key));
        const auto found = number ? parents_.find(*number) : parents_.end();
        return found == parents_.end() ? Handle::newNull() : found->second;
    }

    bool is(Handle handle, int element) const {
        return handle.isIndirect() && tree_[element].object > 0 &&
               id_of(handle) == id_of(tree_[element].dictionary);
    }

    void check_container(ObjectId id, const Marks& marks) {
        Handle object = run_.pdf.getObject(id.number, id.generation);
        const Place place{id.number, marks.page};
        const auto owned = tree_.content.find(id);
        const std::vector<Handle> parents = elements_of(parent_entry(object, "/StructParents"));
        long long lost = 0, doubled = 0, wrong = 0;
        for (const auto& [mcid, uses] : marks.uses) {
            const std::vector<int>* owners = nullptr;
            if (owned != tree_.content.end()) {
                const auto found = owned->second.find(mcid);
                if (found != owned->second.end()) owners = &found->second;
            }
            if (owners == nullptr) {
                ++lost;
                continue;
            }
            if (owners->size() > 1 || uses > 1) {
                ++doubled;
                continue;
            }
            const bool right = mcid >= 0 && static_cast<std::size_t>(mcid) < parents.size() &&
                               is(parents[static_cast<std::size_t>(mcid)], owners->front());
            wrong += right ? 0 : 1;
        }
        if (lost > 0)
            run_.findings.add(owner, place,
                              std::to_string(lost) +
                                  (lost == 1 ? " passage balisé n’est"
                                             : " passages "
                                               "balisés ne sont") +
                                  " dans aucun élément de la structure");
        if (doubled > 0)
            run_.findings.add(
                owner, place,
                std::to_string(doubled) +
                    (doubled == 1 ? " passage balisé est" : " passages balisés sont") +
                    " dans deux éléments, ou deux fois sous un numéro");
        if (wrong > 0 && has_parents_)
            run_.findings.add(parent_tree, place,
                              "la table des parents contredit la structure pour " +
                                  std::to_string(wrong) + (wrong == 1 ? " passage" : " passages"));
    }

    void check_claims(ObjectId id, const std::map<long long, std::vector<int>>& contents) {
        const auto marks = run_.marks.find(id);
        for (const auto& [mcid, owners] : contents) {
            if (marks != run_.marks.end() && marks->second.uses.contains(mcid)) continue;
            const Element& element = tree_[owners.front()];
            run_.findings.add(
                owner, {element.object, element.page},
                "un élément « " + element.written + " » désigne un passage qui n’existe pas");
        }
    }

    void check_object(ObjectId id, const std::vector<int>& owners) {
        Handle object = run_.pdf.getObject(id.number, id.generation);
        const Element& element = tree_[owners.front()];
        if (owners.size() > 1) {
            run_.findings.add(owner, {id.number, element.page},
                              "une annotation est dans deux éléments de la structure");
        } else if (!is(parent_entry(object, "/StructParent"), owners.front())) {
            run_.findings.add(parent_tree, {id.number, element.page},
                              "la table des parents ne connaît pas une annotation");
        }
    }

    Run& run_;
    const Tree& tree_;
    std::map<long long, Handle> parents_;
    bool has_parents_ = true;
};

}  // namespace

void check_owners(Run& run, const Tree& tree) {
    if (!run.exhausted) OwnerCheck(run, tree).check();
}

void check_structure(Run& run) {
    const Tree tree = read_tree(run);
    if (tree.elements.empty()) return;
    check_types(run, tree);
    check_owners(run, tree);
    check_annotations(run, tree);
}

}  // namespace paraphe::pdf::conformance
