#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "expression/expression.hpp"
#include "expression/type.hpp"

namespace paraphe::expression {

/// A name that the template itself gives: where, and whether anything reads it.
struct Declaration {
    enum class By {
        loop,    ///< a `for`, one declaration for all its targets
        set,     ///< `set`
        with,    ///< `with`
        outside  ///< the data, an include, `loop`: nobody need read it
    };
    std::string name;
    By by = By::outside;
    Location where;
    int depth = 0;  ///< of frames: a value given deeper is forgotten at the end of its frame
    bool read = false;
    std::vector<std::uint32_t> sources;  ///< after an `if`: the declarations of its branches
};
using DeclarationId = std::uint32_t;

/// What is known of the names at one place of a template: their types, as the schema gives them and
/// as conditions around have narrowed them. One object walks through the template with the checker:
/// marks and changes go back before a branch, and join what its branches ended with.
class TypeEnvironment {
public:
    /// `data`: a map type with the top-level names; open or any() when nothing is known.
    explicit TypeEnvironment(Type data = Type::any());

    /// nullopt when unknown; any() for every name when the data are open. Reads the declaration.
    std::optional<Type> find(std::string_view name);
    std::vector<std::string> names() const;
    bool open() const;

    /// Gives a name a value of its own; `condition`: what it stands for when it is true or false.
    void declare(std::string_view name, Type, DeclarationId, Expression condition = {});
    DeclarationId add(std::string name, Declaration::By, Location where = {});
    /// The same name, of which more is known now.
    void refine(std::string_view name, const Type&);
    /// Takes all names away, as `include … without context` does.
    void hide_all();
    /// The declaration behind a name; nullptr for data and unknown names.
    const Declaration* declaration(std::string_view name) const;
    bool is_data(std::string_view name) const;
    /// The map of the data, as far as it is known here.
    const Type& data() const;
    /// The condition that a name stands for, while the names in it are still the same; or nullptr.
    const Expression* condition(std::string_view name) const;
    /// All that were ever added, in order.
    const std::vector<Declaration>& declarations() const { return declarations_; }

    /// False where earlier conditions leave no case.
    bool reachable() const { return reachable_; }
    void set_unreachable() { reachable_ = false; }
    /// How many frames (loops, with, includes) are open.
    int depth() const { return depth_; }

    struct Mark {
        std::size_t at = 0;
        bool reachable = true;
        int depth = 0;
    };
    Mark mark() const { return {trail_.size(), reachable_, depth_}; }
    /// A mark at which a new frame begins.
    Mark open_frame();
    void rewind(const Mark&);

    /// What differs since a mark.
    struct Changes;
    Changes since(const Mark&) const;
    /// since(), then rewind().
    Changes take(const Mark&);
    void put(const Changes&);
    /// What is true whichever of these happened.
    void join(const std::vector<Changes>&);
    /// Ends a frame: only namespaces keep what was written to them.
    void close_frame(const Mark&);

private:
    struct Binding {
        Type type;
        DeclarationId declaration = 0;
        Expression condition;
    };
    using Bindings = std::map<std::string, std::optional<Binding>, std::less<>>;

    const Binding* bound(std::string_view name) const;
    void bind(std::string_view name, std::optional<Binding>);
    void mark_read(DeclarationId);

    Bindings bindings_;
    std::vector<std::pair<std::string, std::optional<Binding>>> trail_;
    std::vector<Declaration> declarations_;
    bool reachable_ = true;
    int depth_ = 0;

public:
    struct Changes {
        Bindings bindings;
        bool reachable = true;
    };
};

}  // namespace paraphe::expression
