#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "expression/value.hpp"

namespace paraphe::expression {

/// What an author may spend; exceeding one throws Error{malformed_input} with code "P0110".
struct Limits {
    std::uint64_t steps = 20'000'000;  ///< nodes evaluated and items visited by filters
    std::size_t text = 16u << 20;      ///< octets of one text that an expression makes
    std::size_t list = 1'000'000;      ///< items of one list that an expression makes
};

class Arguments;

/// A function given for one evaluation (`In`, `est_rendu`, `entree`).
using Function = std::function<Value(const Arguments&)>;

/// The names that an expression sees, for one merge or one step, with what it may still spend.
/// Frames nest as in Jinja2: `for` and `with` open one, `if` does not; `set` writes to the
/// innermost.
class Scope {
public:
    /// The keys of `data` (a map, or undefined for none) are the outermost names.
    explicit Scope(Value data = {}, Limits limits = {});

    /// nullptr when there is no such name
    const Value* find(std::string_view name) const;
    /// The value of a name with its origin; an explained undefined when there is no such name.
    Value lookup(std::string_view name) const;
    /// Sets a name in the innermost frame.
    void set(std::string_view name, Value value);
    void push();
    void pop();
    std::size_t depth() const { return frames_.size(); }
    const Value& data() const { return data_; }
    /// Every visible name, for did-you-mean.
    std::vector<std::string> names() const;

    /// Gives the implementation of a function that the Registry only declares.
    void provide(std::string name, Function function);
    /// nullptr when not provided
    const Function* provided(std::string_view name) const;

    const Limits& limits() const { return limits_; }
    /// Throws Error "P0110" when the steps are spent.
    void charge(std::uint64_t steps = 1);
    std::uint64_t steps_used() const { return steps_used_; }

private:
    struct Binding {
        std::string name;
        Value value;
    };

    Value data_;
    Limits limits_;
    std::uint64_t steps_used_ = 0;
    std::vector<Binding> bindings_;
    std::vector<std::size_t> frames_;
    std::map<std::string, Function, std::less<>> functions_;
};

/// Opens a frame for its own life.
class Frame {
public:
    explicit Frame(Scope& scope) : scope_(scope) { scope_.push(); }
    ~Frame() { scope_.pop(); }
    Frame(const Frame&) = delete;
    Frame& operator=(const Frame&) = delete;

private:
    Scope& scope_;
};

}  // namespace paraphe::expression
