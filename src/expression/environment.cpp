#include "expression/environment.hpp"

#include <algorithm>
#include <set>

#include "expression/ast.hpp"
#include "expression/walk.hpp"

namespace paraphe::expression {

namespace {

/// The data are bound to a name that no template can write.
constexpr std::string_view data_name;

}  // namespace

TypeEnvironment::TypeEnvironment(Type data) {
    if (!data.has_fields()) data = Type::map_of({}, true);
    bindings_[std::string(data_name)] =
        Binding{std::move(data), add({}, Declaration::By::outside), {}};
}

const TypeEnvironment::Binding* TypeEnvironment::bound(std::string_view name) const {
    const auto found = bindings_.find(name);
    return found == bindings_.end() || !found->second ? nullptr : &*found->second;
}

void TypeEnvironment::bind(std::string_view name, std::optional<Binding> now) {
    std::optional<Binding>& binding = bindings_[std::string(name)];
    trail_.emplace_back(name, std::exchange(binding, std::move(now)));
}

std::optional<Type> TypeEnvironment::find(std::string_view name) {
    if (const Binding* binding = bound(name)) {
        mark_read(binding->declaration);
        return binding->type;
    }
    if (const Field* field = data().field(name)) return field->type;
    if (open()) return Type::any();
    return std::nullopt;
}

std::vector<std::string> TypeEnvironment::names() const {
    std::vector<std::string> out;
    for (const auto& [name, binding] : bindings_)
        if (binding && name != data_name) out.push_back(name);
    for (const Field& field : data().fields())
        out.push_back(field.name);
    return out;
}

bool TypeEnvironment::open() const {
    return data().is_open();
}

void TypeEnvironment::declare(std::string_view name, Type type, DeclarationId declaration,
                              Expression condition) {
    bind(name, Binding{std::move(type), declaration, std::move(condition)});
}

DeclarationId TypeEnvironment::add(std::string name, Declaration::By by, Location where) {
    declarations_.push_back({std::move(name), by, std::move(where), depth_, false, {}});
    return static_cast<DeclarationId>(declarations_.size() - 1);
}

void TypeEnvironment::refine(std::string_view name, const Type& now) {
    if (const Binding* binding = bound(name)) {
        Binding refined = *binding;
        refined.type = now;
        bind(name, std::move(refined));
        return;
    }
    Binding data = *bound(data_name);
    data.type = data.type.with_known(name, now);
    bind(data_name, std::move(data));
}

void TypeEnvironment::hide_all() {
    std::vector<std::string> all;
    for (const auto& [name, binding] : bindings_)
        if (binding) all.push_back(name);
    for (const std::string& name : all)
        bind(name, name == data_name ? std::optional(Binding{Type::map_of({}), 0, {}})
                                     : std::optional<Binding>());
}

const Declaration* TypeEnvironment::declaration(std::string_view name) const {
    const Binding* binding = bound(name);
    return binding ? &declarations_[binding->declaration] : nullptr;
}

bool TypeEnvironment::is_data(std::string_view name) const {
    return data().field(name) != nullptr;
}

const Type& TypeEnvironment::data() const {
    return bound(data_name)->type;
}

const Expression* TypeEnvironment::condition(std::string_view name) const {
    const Binding* binding = bound(name);
    if (!binding || !binding->condition) return nullptr;
    bool same = true;
    each_name(binding->condition.root(), [&](const std::string& used) {
        const Binding* other = bound(used);
        same = same && (!other || other->declaration < binding->declaration);
    });
    return same ? &binding->condition : nullptr;
}

void TypeEnvironment::mark_read(DeclarationId first) {
    std::vector<DeclarationId> open{first};
    while (!open.empty()) {
        Declaration& each = declarations_[open.back()];
        open.pop_back();
        if (each.read) continue;
        each.read = true;
        open.insert(open.end(), each.sources.begin(), each.sources.end());
    }
}

TypeEnvironment::Mark TypeEnvironment::open_frame() {
    const Mark out = mark();
    ++depth_;
    return out;
}

void TypeEnvironment::rewind(const Mark& mark) {
    while (trail_.size() > mark.at) {
        auto& [name, before] = trail_.back();
        bindings_[name] = std::move(before);
        trail_.pop_back();
    }
    reachable_ = mark.reachable;
    depth_ = mark.depth;
}

TypeEnvironment::Changes TypeEnvironment::since(const Mark& mark) const {
    Changes out;
    out.reachable = reachable_;
    for (std::size_t i = mark.at; i < trail_.size(); ++i)
        out.bindings.insert_or_assign(trail_[i].first, bindings_.at(trail_[i].first));
    return out;
}

TypeEnvironment::Changes TypeEnvironment::take(const Mark& mark) {
    Changes out = since(mark);
    rewind(mark);
    return out;
}

void TypeEnvironment::put(const Changes& changes) {
    for (const auto& [name, binding] : changes.bindings)
        bind(name, binding);
    reachable_ = changes.reachable;
}

void TypeEnvironment::join(const std::vector<Changes>& ways) {
    std::set<std::string, std::less<>> names;
    std::size_t open = 0;
    for (const Changes& way : ways) {
        if (!way.reachable) continue;
        ++open;
        for (const auto& [name, binding] : way.bindings)
            names.insert(name);
    }
    if (open == 0) return set_unreachable();
    for (const std::string& name : names) {
        std::optional<Binding> out;
        std::vector<DeclarationId> sources;
        bool everywhere = true;
        for (const Changes& way : ways) {
            if (!way.reachable) continue;
            const auto changed = way.bindings.find(name);
            const Binding* here = changed == way.bindings.end() ? bound(name)
                                  : changed->second             ? &*changed->second
                                                                : nullptr;
            Binding each;
            if (here) {
                each = *here;
                sources.push_back(each.declaration);
            } else {
                everywhere = false;
                const Field* field = data().field(name);
                each.type = field ? field->type : this->open() ? Type::any() : Kind::undefined;
            }
            if (!out)
                out = std::move(each);
            else
                out->type = out->type | each.type;
        }
        std::sort(sources.begin(), sources.end());
        sources.erase(std::unique(sources.begin(), sources.end()), sources.end());
        if (sources.size() == 1) {
            out->declaration = sources.front();
        } else if (!sources.empty()) {
            out->declaration = add(name, Declaration::By::set);
            declarations_.back().depth = declarations_[sources.front()].depth;
            declarations_.back().sources = std::move(sources);
            everywhere = false;
        }
        if (!everywhere) out->condition = {};
        bind(name, std::move(out));
    }
}

void TypeEnvironment::close_frame(const Mark& mark) {
    const Changes inside = take(mark);
    for (const auto& [name, binding] : inside.bindings) {
        const Binding* outside = bound(name);
        if (!binding || !outside || outside->declaration != binding->declaration) continue;
        if (!outside->type.is_only(Kind::object)) continue;
        Binding kept = *outside;
        kept.type = kept.type | binding->type;
        bind(name, std::move(kept));
    }
}

}  // namespace paraphe::expression
