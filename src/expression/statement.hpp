#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "expression/expression.hpp"

namespace paraphe::expression {

/// `{% for a, b in xs if condition %}`
struct For {
    std::vector<std::string> targets;  ///< several: each item is unpacked
    Expression iterable;
    Expression condition;  ///< empty when there is none
};
struct If {
    Expression condition;
};
struct Elif {
    Expression condition;
};
struct Else {};
struct EndFor {};
struct EndIf {};
/// `{% set x = … %}`, `{% set a, b = … %}`, `{% set ns.x = … %}`; without `value` the block form
/// `{% set x %}…{% endset %}`, whose text goes through `filter` (an expression over the name
/// `__block`, empty for none).
struct Set {
    std::vector<std::string> targets;
    std::string attribute;  ///< of a namespace; then one target
    Expression value;
    Expression filter;
};
struct EndSet {};
/// `{% with a = 1, b = a %}`; values see the names outside, not each other.
struct With {
    std::vector<std::pair<std::string, Expression>> bindings;
};
struct EndWith {};
/// `{% include "clauses/rgpd" %}`, `with {…}` adds names, `without context` hides all others.
struct Include {
    Expression name;
    Expression extra;  ///< a map; empty when there is none
    bool ignore_missing = false;
    bool with_context = true;
};
struct Raw {};
struct EndRaw {};

using Statement = std::variant<For, If, Elif, Else, EndFor, EndIf, Set, EndSet, With, EndWith,
                               Include, Raw, EndRaw>;

/// `text` is what stands between `{%` and `%}`, without whitespace control marks.
/// Throws as parse(); an unknown statement names the nearest known one.
Statement parse_statement(std::string_view text, LocationMapper = {});

/// What stands between `{{` and `}}`: an expression, or a tuple without parentheses.
Expression parse_output(std::string_view text, LocationMapper = {});

/// "for", "endif", … as written in tags.
std::string_view keyword(const Statement&);

enum class TagKind { output, statement, comment };

/// A tag found in running text: [begin, end) with its delimiters, [content_begin, content_end)
/// between them without control marks. Octet offsets.
struct Tag {
    TagKind kind = TagKind::output;
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t content_begin = 0;
    std::size_t content_end = 0;
    bool trim_before = false;  ///< {%-
    bool trim_after = false;   ///< -%}
};

/// The next `{{ … }}`, `{% … %}` or `{# … #}` at or after `from`; closers inside string literals
/// and braces do not end it. nullopt when there is no opener. Throws Error "P0100" at the opener
/// when it is never closed.
std::optional<Tag> next_tag(std::string_view text, std::size_t from, const LocationMapper& = {});

/// The running text of a plain template as pieces in order. `{% raw %}` is already resolved to
/// text, comments are dropped, `-` has trimmed the neighbours; Jinja2's defaults else
/// (trim_blocks off, one newline at the very end dropped).
struct Piece {
    enum class Kind { text, output, statement } kind = Kind::text;
    std::string text;        ///< Kind::text: what is written; else the tag's content
    std::size_t offset = 0;  ///< of that content in the whole
    bool closed = true;      ///< a tag that is not ends with its line, or where another begins
};
/// Throws as next_tag(); with `unclosed` the tags that are never closed are noted there instead, up
/// to a hundred.
std::vector<Piece> split_template(std::string_view text, const LocationMapper& = {},
                                  std::vector<Error>* unclosed = nullptr);

/// Runs a `for`: evaluates the iterable, drops items by the condition, then for each next() opens
/// a frame with the targets and `loop`, closing the one before.
///
///     for (ForLoop loop(statement, scope, registry); loop.next();) …body…
///
/// loop.count() == 0 asks for the `else` branch. Lists, maps (their keys) and texts (their
/// characters) can be run through.
class ForLoop {
public:
    ForLoop(const For&, Scope&, const Registry&);
    ~ForLoop();
    ForLoop(const ForLoop&) = delete;
    ForLoop& operator=(const ForLoop&) = delete;

    bool next();
    std::size_t count() const;
    /// The item of the current turn, with its origin.
    const Value& item() const;
    std::size_t index0() const;

private:
    class State;
    const For& statement_;
    Scope& scope_;
    std::shared_ptr<State> state_;
    bool open_ = false;
};

/// Evaluates and binds in the innermost frame, unpacks several targets, writes to a namespace.
void execute(const Set&, Scope&, const Registry&);
/// The block form: `block` is what stood between set and endset.
void execute(const Set&, std::string block, Scope&, const Registry&);
/// Opens a frame with the bindings; the caller pops it at `endwith`.
void open(const With&, Scope&, const Registry&);
/// A scope for an included template: the same names, or none, plus `extra`. The caller pops the
/// frame when `with_context`; else uses the returned scope.
std::optional<Scope> open(const Include&, Scope&, const Registry&);

}  // namespace paraphe::expression
