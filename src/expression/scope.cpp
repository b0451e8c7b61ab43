#include "expression/scope.hpp"

#include "base/error.hpp"
#include "expression/operations.hpp"

namespace paraphe::expression {

Scope::Scope(Value data, Limits limits) : data_(std::move(data)), limits_(limits) {
    if (!data_.is_undefined() && !data_.is_map())
        throw Error(ErrorKind::malformed_input, "the data of an expression are not an object", {},
                    "give a JSON object", "data_not_object");
    frames_.push_back(0);
}

const Value* Scope::find(std::string_view name) const {
    for (auto binding = bindings_.rbegin(); binding != bindings_.rend(); ++binding)
        if (binding->name == name) return &binding->value;
    return data_.is_map() ? data_.map().find(name) : nullptr;
}

Value Scope::lookup(std::string_view name) const {
    for (auto binding = bindings_.rbegin(); binding != bindings_.rend(); ++binding)
        if (binding->name == name) return binding->value;
    if (data_.is_map() && data_.map().find(name)) return attribute(data_, name);
    Undefined why;
    why.name = name;
    why.message = "« " + why.name + " » n'est pas défini";
    if (data_.is_map()) why.siblings = data_.shared_map();
    return Value::undefined(std::move(why));
}

void Scope::set(std::string_view name, Value value) {
    for (std::size_t i = bindings_.size(); i > frames_.back(); --i) {
        if (bindings_[i - 1].name != name) continue;
        bindings_[i - 1].value = std::move(value);
        return;
    }
    bindings_.push_back({std::string(name), std::move(value)});
}

void Scope::push() {
    frames_.push_back(bindings_.size());
}

void Scope::pop() {
    if (frames_.size() == 1) throw Error(ErrorKind::internal, "the outermost frame stays");
    bindings_.resize(frames_.back());
    frames_.pop_back();
}

std::vector<std::string> Scope::names() const {
    std::vector<std::string> out;
    for (const Binding& binding : bindings_)
        out.push_back(binding.name);
    if (data_.is_map())
        for (const Map::Entry& entry : data_.map().entries())
            if (entry.key.is_text()) out.push_back(entry.key.text());
    return out;
}

void Scope::provide(std::string name, Function function) {
    functions_[std::move(name)] = std::move(function);
}

const Function* Scope::provided(std::string_view name) const {
    const auto found = functions_.find(name);
    return found == functions_.end() ? nullptr : &found->second;
}

void Scope::charge(std::uint64_t steps) {
    steps_used_ += steps;
    if (steps_used_ > limits_.steps)
        throw Error(ErrorKind::malformed_input,
                    "le calcul dépasse " + std::to_string(limits_.steps) + " étapes", {},
                    "parcourez moins d'éléments", "P0110");
}

}  // namespace paraphe::expression
