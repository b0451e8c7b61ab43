#include "template/needs.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "expression/walk.hpp"
#include "odf/odf.hpp"

namespace paraphe::tmpl {

namespace {

namespace ex = expression;

/// "membres[].nom" → membres, [], nom
std::vector<std::string> segments(std::string_view path) {
    std::vector<std::string> out;
    std::string word;
    const auto flush = [&] {
        if (!word.empty()) out.push_back(std::move(word));
        word.clear();
    };
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (path[i] == '.') {
            flush();
        } else if (path.substr(i, 2) == "[]") {
            flush();
            out.emplace_back("[]");
            ++i;
        } else {
            word += path[i];
        }
    }
    flush();
    return out;
}

/// True for the same path and for what lies inside `outer`.
bool is_within(const std::string& path, const std::string& outer) {
    return path.starts_with(outer) &&
           (path.size() == outer.size() || path[outer.size()] == '.' || path[outer.size()] == '[');
}

class Collector {
public:
    std::vector<Need> needs;

    void run(const Instructions& instructions) {
        for (const Instruction& instruction : instructions)
            std::visit([&](const auto& each) { run(each); }, instruction.content);
    }

private:
    /// What a bound name stands for; nullopt: a value of its own.
    using Path = std::optional<std::string>;

    void run(const Constant&) {}
    void run(const SignatureSlot&) {}
    void run(const Container& container) {
        if (container.address) run(*container.address);
        run(container.children);
    }
    void run(const Output& output) { visit(output.expression, output.place); }

    void run(const ForBlock& block) {
        visit(block.statement.iterable, block.place);
        const Path list = path_of(block.statement.iterable.root());
        frames_.emplace_back();
        for (const std::string& target : block.statement.targets)
            frames_.back()[target] =
                list && block.statement.targets.size() == 1 ? Path(*list + "[]") : std::nullopt;
        frames_.back()["loop"] = std::nullopt;
        visit(block.statement.condition, block.place);
        run(block.body);
        frames_.pop_back();
        run(block.otherwise);
    }

    void run(const IfBlock& block) {
        for (const IfBlock::Branch& branch : block.branches) {
            const std::size_t before = guarded_.size();
            if (branch.condition) {
                visit(branch.condition, branch.place);
                guard(branch.condition.root());
            }
            run(branch.body);
            guarded_.resize(before);
        }
    }

    void run(const SetValue& set) {
        visit(set.statement.value, set.place);
        if (!set.statement.attribute.empty()) return;
        for (const std::string& target : set.statement.targets)
            frames_.back()[target] = set.statement.value && set.statement.targets.size() == 1
                                         ? path_of(set.statement.value.root())
                                         : std::nullopt;
    }

    void run(const WithBlock& block) {
        std::map<std::string, Path> bound;
        for (const auto& [name, value] : block.statement.bindings) {
            visit(value, block.place);
            bound[name] = path_of(value.root());
        }
        frames_.push_back(std::move(bound));
        run(block.body);
        frames_.pop_back();
    }

    void run(const IncludeBlock& block) {
        std::map<std::string, Path> bound;
        bool known = true;
        if (block.statement.extra) {
            visit(block.statement.extra, block.place);
            if (const auto* map = std::get_if<ex::MapNode>(&block.statement.extra.root().content)) {
                for (const auto& [key, value] : map->entries)
                    if (const auto* literal = std::get_if<ex::LiteralNode>(&key->content);
                        literal != nullptr && literal->value.is_text())
                        bound[literal->value.text()] = path_of(*value);
            } else {
                known = false;  // its names are only known with the data
            }
        }
        if (!block.statement.with_context || !known) return;
        frames_.push_back(std::move(bound));
        for (const Need& need : block.needs) {
            const auto parts = segments(need.path);
            const Path* local = find(parts.front());
            if (local == nullptr)
                add(need.path, need.where, need.quote);
            else if (*local)
                add(**local + need.path.substr(parts.front().size()), need.where, need.quote);
        }
        frames_.pop_back();
    }

    // --- expressions ----------------------------------------------------------------------------

    void visit(const ex::Expression& expression, const PlacePtr& place) {
        if (!expression) return;
        place_ = place;
        visit(expression.root());
    }

    void visit(const ex::NodePtr& node) {
        if (node) visit(*node);
    }

    void visit(const ex::Node& node) {
        if (const Path path = path_of(node)) {
            add(*path, place_->where, place_->quote);
            inside_path(node);
            return;
        }
        std::visit([&](const auto& each) { into(each, node); }, node.content);
    }

    /// Indexes and filters' arguments on the way of a path.
    void inside_path(const ex::Node& node) {
        if (const auto* attribute = std::get_if<ex::AttributeNode>(&node.content)) {
            inside_path(*attribute->object);
        } else if (const auto* item = std::get_if<ex::ItemNode>(&node.content)) {
            inside_path(*item->object);
            visit(item->index);
        } else if (const auto* filter = std::get_if<ex::FilterNode>(&node.content)) {
            inside_path(*filter->input);
            visit(filter->arguments);
        }
    }

    void visit(const ex::CallArguments& arguments) {
        for (const ex::NodePtr& each : arguments.positional)
            visit(each);
        for (const auto& [name, each] : arguments.named)
            visit(each);
    }

    template <class Other>
    void into(const Other&, const ex::Node& node) {
        ex::each_child(node, [this](const ex::Node& child) { visit(child); });
    }
    void into(const ex::CallNode& node, const ex::Node&) {
        if (const auto* method = std::get_if<ex::AttributeNode>(&node.callee->content))
            visit(method->object);
        visit(node.arguments);
    }
    void into(const ex::TestNode& node, const ex::Node&) {
        if (node.name == "defined" || node.name == "undefined") {
            // Only what it is a field of must exist.
            if (const auto* attribute = std::get_if<ex::AttributeNode>(&node.input->content))
                visit(attribute->object);
            return;
        }
        visit(node.input);
        visit(node.arguments);
    }
    void into(const ex::LogicNode& node, const ex::Node&) {
        visit(node.left);
        const std::size_t before = guarded_.size();
        if (node.is_and) guard(*node.left);
        visit(node.right);
        guarded_.resize(before);
    }
    void into(const ex::ConditionalNode& node, const ex::Node&) {
        visit(node.condition);
        const std::size_t before = guarded_.size();
        guard(*node.condition);
        visit(node.yes);
        guarded_.resize(before);
        visit(node.no);
    }
    /// Where in the data the value of this node stands; nullopt when it was computed or bound to
    /// something that was.
    Path path_of(const ex::Node& node) const {
        return ex::data_path(node, [this](const std::string& name) {
            const Path* local = find(name);
            return local != nullptr ? *local : Path(name);
        });
    }

    const Path* find(const std::string& name) const {
        for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame) {
            const auto found = frame->find(name);
            if (found != frame->end()) return &found->second;
        }
        return nullptr;
    }

    /// `x is defined`, also among the operands of `and`.
    void guard(const ex::Node& condition) {
        if (const auto* logic = std::get_if<ex::LogicNode>(&condition.content);
            logic != nullptr && logic->is_and) {
            guard(*logic->left);
            guard(*logic->right);
        } else if (const auto* test = std::get_if<ex::TestNode>(&condition.content);
                   test != nullptr && test->name == "defined" && !test->negated) {
            if (const Path path = path_of(*test->input)) guarded_.push_back(*path);
        }
    }

    void add(const std::string& path, const Location& where, const std::string& quote) {
        for (const std::string& outer : guarded_)
            if (is_within(path, outer)) return;
        if (known_.insert(path).second) needs.push_back({path, where, quote, false});
    }

    std::vector<std::map<std::string, Path>> frames_{1};
    std::vector<std::string> guarded_;
    std::set<std::string> known_;
    PlacePtr place_;
};

bool is_path(std::string_view path) {
    const auto parts = segments(path);
    if (parts.empty() || parts.front() == "[]" || path.front() == '.' || path.back() == '.' ||
        path.find("..") != std::string_view::npos)
        return false;
    return std::all_of(parts.begin(), parts.end(), [](const std::string& part) {
        return part == "[]" || ((part[0] < '0' || part[0] > '9') &&
                                std::all_of(part.begin(), part.end(), [](char c) {
                                    return c == '_' || static_cast<unsigned char>(c) >= 0x80 ||
                                           (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                                           (c >= 'A' && c <= 'Z');
                                }));
    });
}

/// Is the path known from `type` on? Else the type with the missing field as anything.
std::optional<ex::Type> completed(const ex::Type& type, const std::vector<std::string>& parts,
                                  std::size_t at) {
    if (at == parts.size() || type.is_any()) return std::nullopt;
    ex::Type made;
    if (parts[at] == "[]") {
        if (!type.may_be(ex::Kind::list)) return std::nullopt;  // the clause's own tag will tell
        const auto inner = completed(type.element(), parts, at + 1);
        if (!inner) return std::nullopt;
        made = ex::Type::list_of(*inner);
    } else {
        if (!type.has_fields()) return std::nullopt;
        std::vector<ex::Field> fields = type.fields();
        const auto field = std::find_if(fields.begin(), fields.end(), [&](const ex::Field& each) {
            return each.name == parts[at];
        });
        if (field == fields.end()) {
            if (type.is_open()) return std::nullopt;
            fields.push_back({parts[at], ex::Type::any(), {}});
        } else {
            const auto inner = completed(field->type, parts, at + 1);
            if (!inner) return std::nullopt;
            field->type = *inner;
        }
        made = ex::Type::map_of(std::move(fields), type.is_open());
    }
    for (const ex::Kind kind : {ex::Kind::undefined, ex::Kind::none})
        if (type.may_be(kind)) made = made | ex::Type(kind);
    return made;
}

}  // namespace

std::vector<Need> needs_of(const Instructions& instructions) {
    Collector collector;
    collector.run(instructions);
    return std::move(collector.needs);
}

void add_declared(const odf::Document& clause, const std::string& name, std::vector<Need>& used,
                  Diagnostics& diagnostics) {
    static const odf::Name user_defined("meta:user-defined"), meta_name("meta:name");
    if (!clause.meta) return;
    for (const odf::Node& node : clause.meta->children) {
        const auto* element = std::get_if<odf::ElementPtr>(&node);
        if (element == nullptr || (*element)->name != user_defined) continue;
        const auto property = (*element)->attribute_or_empty(meta_name);
        if (property != "champs" && property != "Champs") continue;
        Location where{clause.source, 0, 0, {}};
        if ((*element)->provenance) where.line = (*element)->provenance->line;
        std::string text = odf::plain_text(**element);
        std::replace_if(
            text.begin(), text.end(), [](char c) { return c == ';' || c == '\n' || c == '\t'; },
            ',');
        std::vector<std::string> declared;
        for (std::size_t at = 0; at <= text.size();) {
            const auto comma = std::min(text.find(',', at), text.size());
            std::string path = text.substr(at, comma - at);
            at = comma + 1;
            path.erase(0, std::min(path.find_first_not_of(' '), path.size()));
            path.erase(path.find_last_not_of(' ') + 1);
            if (path.empty()) continue;
            if (!is_path(path)) {
                Place place{where, "propriété « champs » de la clause « " + name + " »", path};
                diagnostics.push_back(diagnostic_at(place, "P0211",
                                                    "« " + path + " » n’est pas le nom d’un champ",
                                                    "écrivez les champs séparés par des virgules : "
                                                    "beneficiaire.nom, date_debut"));
                continue;
            }
            declared.push_back(std::move(path));
        }
        for (const Need& need : used) {
            if (std::any_of(declared.begin(), declared.end(), [&](const std::string& path) {
                    return is_within(need.path, path) || is_within(path, need.path);
                }))
                continue;
            Place place{need.where, "clause « " + name + " »", need.quote};
            diagnostics.push_back(
                diagnostic_at(place, "P0212",
                              "la clause emploie « " + need.path +
                                  " », que sa propriété « champs » n’annonce pas",
                              "ajoutez-le à cette propriété (Fichier > Propriétés, dans Writer)",
                              Severity::warning));
        }
        for (const std::string& path : declared) {
            const auto known = std::find_if(used.begin(), used.end(),
                                            [&](const Need& need) { return need.path == path; });
            if (known != used.end())
                known->declared = true;
            else
                used.push_back({path, where, {}, true});
        }
    }
}

Diagnostics missing_needs(const IncludeBlock& block, ex::TypeEnvironment& environment,
                          const ex::Type* extra) {
    Diagnostics out;
    for (const Need& need : block.needs) {
        const auto parts = segments(need.path);
        std::optional<ex::Type> root;
        if (block.statement.with_context) {
            root = environment.find(parts.front());
        } else if (extra == nullptr || (extra->has_fields() && !extra->is_open())) {
            const ex::Field* field = extra != nullptr ? extra->field(parts.front()) : nullptr;
            if (field != nullptr) root = field->type;
        } else {
            root = ex::Type::any();
        }
        std::optional<ex::Type> stand_in;
        if (!root)
            stand_in = ex::Type::any();
        else
            stand_in = completed(*root, parts, 1);
        if (!stand_in) continue;
        environment.declare(parts.front(), *stand_in,
                            environment.add(parts.front(), ex::Declaration::By::outside));
        std::string at = to_string(need.where);
        if (!need.quote.empty()) at += (at.empty() ? "" : ", ") + ("« " + need.quote + " »");
        if (need.quote.empty() && need.declared) at += ", propriété « champs »";
        out.push_back(diagnostic_at(
            *block.place, "P0210",
            "la clause « " + block.name + " » a besoin de « " + need.path +
                " », que ce modèle n’a pas" + (at.empty() ? "" : " (" + at + ")"),
            "donnez-le ici par with {\"" + parts.front() +
                "\": …}, ajoutez-le aux données de ce genre, ou choisissez une autre clause"));
    }
    return out;
}

}  // namespace paraphe::tmpl
