#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "base/date.hpp"
#include "base/decimal.hpp"

namespace paraphe::expression {

/// A span of civil time that is added to a date: first the months, then the days.
/// `jours(15)`, `mois(6)`, `ans(1)` make one.
struct Duration {
    int months = 0;
    int days = 0;

    bool operator==(const Duration&) const = default;
};

enum class Kind {
    undefined,
    none,
    boolean,
    integer,
    decimal,
    money,
    date,
    duration,
    text,
    list,
    map,
    object,
    picture,  ///< of the data, before `image` says what it shows
    content   ///< text with a look, pictures: what gras, italique, image and qr give
};

/// French noun with its article, for messages: "un montant", "une date".
std::string_view name(Kind);

/// Where a value stood in the data: a chain of keys and indexes up to the root, shared.
struct Origin {
    std::shared_ptr<const Origin> parent;  ///< null for the root
    std::string key;                       ///< of a map; unused for an item of a list
    std::size_t index = 0;                 ///< of a list
    bool is_index = false;

    /// JSON pointer (RFC 6901), "/menage/0/nom"; the root is "".
    std::string pointer() const;
};

class Value;
struct Picture;
struct Content;
class Map;
class Object;
class Type;

/// Why there is no value; kept to explain it when somebody uses it.
struct Undefined {
    std::string message;  ///< French sentence
    std::string remedy;
    std::string name;                     ///< that was looked for
    std::shared_ptr<const Map> siblings;  ///< where it was looked for: candidates of a did-you-mean
    /// What a conditional expression without `else` gives: prints nothing and is false, as in
    /// Jinja2 even under StrictUndefined.
    bool lenient = false;
};

/// An ordered sequence. The form changes how it prints, as in Python; a `group` is what groupby
/// gives, a tuple whose members are also called `grouper` and `list`.
struct List {
    enum class Form { list, tuple, group };

    std::vector<Value> items;
    Form form = Form::list;
    std::shared_ptr<const Type> element;  ///< from the schema: an empty list of money sums to 0 €
};

/// One value of the language. Immutable (but for a namespace() object), cheap to copy: text, lists
/// and maps are shared. Whatever was read from data carries its origin along, through loops,
/// filters that select, `default` and conditional expressions; computed values have none.
class Value {
public:
    Value() = default;  ///< undefined without explanation
    Value(bool boolean) : storage_(boolean) {}
    Value(std::int64_t integer) : storage_(integer) {}
    Value(int integer) : storage_(static_cast<std::int64_t>(integer)) {}
    /// An integer when it is one and fits, as every number of the language.
    Value(const Decimal&);
    Value(const Money& money) : storage_(money) {}
    Value(const Date& date) : storage_(date) {}
    Value(const Duration& duration) : storage_(duration) {}
    Value(std::string text);
    Value(std::string_view text) : Value(std::string(text)) {}
    Value(const char* text) : Value(std::string(text)) {}
    Value(List);
    Value(std::vector<Value> items);
    Value(Map);
    Value(std::shared_ptr<Object>);
    Value(Picture);
    Value(Content);
    static Value none();
    static Value undefined(std::string message, std::string remedy = {});
    static Value undefined(Undefined);

    Kind kind() const { return static_cast<Kind>(storage_.index()); }
    bool is(Kind kind_wanted) const { return kind() == kind_wanted; }
    bool is_undefined() const { return is(Kind::undefined); }
    bool is_none() const { return is(Kind::none); }
    bool is_text() const { return is(Kind::text); }
    bool is_list() const { return is(Kind::list); }
    bool is_map() const { return is(Kind::map); }
    /// integer or decimal
    bool is_number() const { return is(Kind::integer) || is(Kind::decimal); }

    // Each throws Error{internal} when the value is of another kind.
    bool boolean() const;
    std::int64_t integer() const;
    /// Of an integer or a decimal.
    Decimal number() const;
    const Money& money() const;
    const Date& date() const;
    const Duration& duration() const;
    const std::string& text() const;
    const List& list() const;
    const std::vector<Value>& items() const { return list().items; }
    const Map& map() const;
    const std::shared_ptr<Object>& object() const;
    const Picture& picture() const;
    const Content& content() const;
    /// The shared map itself.
    const std::shared_ptr<const Map>& shared_map() const;
    /// Null when nothing is known.
    const Undefined* explanation() const;

    const std::shared_ptr<const Origin>& origin() const { return origin_; }
    /// "/menage/0/nom"; empty when the value was computed.
    std::string pointer() const { return origin_ ? origin_->pointer() : std::string(); }
    Value with_origin(std::shared_ptr<const Origin>) const;

private:
    struct None {};
    std::variant<std::shared_ptr<const Undefined>, None, bool, std::int64_t, Decimal, Money, Date,
                 Duration, std::shared_ptr<const std::string>, std::shared_ptr<const List>,
                 std::shared_ptr<const Map>, std::shared_ptr<Object>,
                 std::shared_ptr<const Picture>, std::shared_ptr<const Content>>
        storage_;
    std::shared_ptr<const Origin> origin_;
};

/// Keys in the order of writing. Keys are scalars; in data always text.
class Map {
public:
    struct Entry {
        Value key;
        Value value;
    };

    Map() = default;
    explicit Map(std::vector<Entry> entries);

    const std::vector<Entry>& entries() const { return entries_; }
    std::size_t size() const { return entries_.size(); }
    /// nullptr when absent
    const Value* find(std::string_view key) const;
    const Value* find(const Value& key) const;
    /// Replaces, or appends.
    void set(Value key, Value value);

private:
    std::vector<Entry> entries_;
    std::unordered_map<std::string, std::size_t> index_;  ///< by canonical key, for larger maps
};

/// What a later layer adds to the language: a value with attributes and calls of its own (`loop`,
/// `namespace(…)`, a signature slot). Printing one is an error unless text() is overridden.
class Object {
public:
    virtual ~Object() = default;
    /// French noun with its article: "une boucle".
    virtual std::string name() const = 0;
    /// Undefined when there is no such attribute.
    virtual Value attribute(std::string_view) const;
    /// Throws Error unless assignable (`{% set ns.x = 1 %}`).
    virtual void assign(std::string_view attribute, Value);
    /// Method call; throws Error when there is no such method.
    virtual Value call(std::string_view method, const std::vector<Value>& arguments);
    /// Throws Error when it cannot be printed.
    virtual std::string text() const;
};

/// Printed form, what {{ }} writes: text as it is, integers and decimals with a point, money
/// "1 234,56 €" and dates "31/01/2026" in French, booleans "oui"/"non", lists as Jinja2 writes
/// them. Throws Error{malformed_input} (French) for undefined, none, an unending decimal, part of a
/// cent.
std::string to_text(const Value&);

/// Throws the Error (code "P0112") that explains an undefined value, with a did-you-mean.
[[noreturn]] void throw_undefined(const Value&);

/// Python's truth: false for none, false, 0, empty text, list or map, an amount of 0.
/// Throws Error for undefined.
bool truth(const Value&);
/// Whether one of these is equal to it.
bool is_among(const Value&, const std::vector<Value>&);

/// `==`: numbers by value, lists and maps by content; different kinds are not equal.
bool equal(const Value&, const Value&);

}  // namespace paraphe::expression
