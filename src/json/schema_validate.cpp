#include <algorithm>
#include <unordered_map>

#include "base/error.hpp"
#include "base/suggestion.hpp"
#include "base/utf8.hpp"
#include "json/format.hpp"
#include "json/number.hpp"
#include "json/schema_messages.hpp"
#include "json/schema_node.hpp"

namespace paraphe::json {

using detail::SchemaNode;
using detail::target;

namespace {

/// Where the validator stands in the instance; a chain on the stack, written out only when
/// something is wrong there.
struct Place {
    const Place* parent = nullptr;
    std::string_view key;  ///< of a member
    std::size_t index = 0;
    bool is_item = false;
    std::string label;    ///< title of the field, or its name
    std::string context;  ///< the items around it: "Enfants 2"
};

std::string pointer(const Place& place) {
    if (place.parent == nullptr) return {};
    const std::string before = pointer(*place.parent);
    return place.is_item ? append_pointer(before, place.index) : append_pointer(before, place.key);
}

/// A writing of a value that two values share when, and only when, they are equal.
void append_fingerprint(std::string& out, const Value& value) {
    if (const Number* number = value.if_number()) {
        const Scientific s = scientific(number->text());
        out += "n" + std::string(s.negative ? "-" : "") + s.digits + "e" +
               std::to_string(s.exponent) + ";";
    } else if (const Array* array = value.if_array()) {
        out += '[';
        for (const Value& item : *array)
            append_fingerprint(out, item);
        out += ']';
    } else if (const Object* object = value.if_object()) {
        std::vector<const Member*> members;
        for (const Member& member : *object)
            members.push_back(&member);
        std::sort(members.begin(), members.end(),
                  [](const Member* a, const Member* b) { return a->key < b->key; });
        out += '{';
        for (const Member* member : members) {
            out += quote(member->key);
            append_fingerprint(out, member->value);
        }
        out += '}';
    } else {
        out += write(value);
    }
}

unsigned type_bits(const Value& value) {
    switch (value.type()) {
        case Type::null:
            return detail::bit_null;
        case Type::boolean:
            return detail::bit_boolean;
        case Type::number:
            return value.as_number().is_integer() ? detail::bit_integer : detail::bit_number;
        case Type::string:
            return detail::bit_string;
        case Type::array:
            return detail::bit_array;
        case Type::object:
            return detail::bit_object;
    }
    return 0;
}

/// Formats of numbers and texts; a format says nothing of a value of another type.
bool has_format(const std::string& format, const Value& value) {
    if (const std::string* text = value.if_string()) {
        if (format == "date") return is_date(*text);
        if (format == "date-time") return is_date_time(*text);
        if (format == "email") return is_email(*text);
        if (format == "uri") return is_uri(*text);
        if (format == "iban") return is_iban(*text);
        if (format == "siren") return is_siren(*text);
        if (format == "siret") return is_siret(*text);
        if (format == "decimal") return is_decimal(*text);
        if (format == "centimes") return false;
    } else if (const Number* number = value.if_number()) {
        if (format == "centimes") {
            const auto centimes = number->to_int64();
            return centimes && *centimes >= -largest_exact_integer &&
                   *centimes <= largest_exact_integer;
        }
        if (format == "decimal") return number->to_decimal().has_value();
    } else if (format == "centimes" || format == "decimal") {
        return false;
    }
    return true;
}

class Validator {
public:
    explicit Validator(const std::string& source) : source_(source) {}

    std::vector<Violation> run(const SchemaNode& root, const Value& value) {
        Place place;
        place.label = detail::title_of(root);
        std::vector<Violation> out;
        violations_ = &out;
        check(root, value, place);
        return out;
    }

private:
    [[noreturn]] void give_up(const Place& place, const std::string& problem) const {
        throw Error(ErrorKind::malformed_input, problem, {source_, 0, 0, pointer(place)}, {},
                    "schema");
    }

    /// Each step takes a few kilobytes of stack; an instance of 256 levels needs a few hundred.
    static constexpr int deepest = 600;

    /// Counts the way down, and all work: a schema may refer to itself without end, or branch so
    /// often that no one would see the end.
    struct Step {
        Validator& validator;
        Step(Validator& owner, const Place& place) : validator(owner) {
            if (++validator.depth_ > deepest)
                validator.give_up(place, "the schema refers to itself without end here");
            if (++validator.work_ > 5'000'000)
                validator.give_up(place, "the schema has too many branches to try here");
        }
        ~Step() { --validator.depth_; }
        Step(const Step&) = delete;
        Step& operator=(const Step&) = delete;
    };

    static std::string subject(const std::string& title) {
        return title.empty() ? "Le document" : "« " + title + " »";
    }

    /// False, always: what was checked has failed. Silent while a branch is only tried.
    template <typename Sentence>
    bool violated(const SchemaNode& node, std::string_view keyword, const Place& place,
                  Sentence sentence) {
        if (violations_ == nullptr) return false;
        std::string title = place.label;
        if (!place.context.empty())
            title = title.empty() || place.is_item ? place.context : place.context + " › " + title;
        violations_->push_back({pointer(place), std::string(keyword),
                                subject(title) + " : " + sentence(),
                                append_pointer(node.pointer, keyword), title});
        return false;
    }

    bool quietly(const SchemaNode& node, const Value& value, const Place& place) {
        std::vector<Violation>* const loud = violations_;
        violations_ = nullptr;
        const bool valid = check(node, value, place);
        violations_ = loud;
        return valid;
    }

    /// All of one node. When silent, the first fault ends it.
    bool check(const SchemaNode& written, const Value& value, const Place& place) {
        const Step step(*this, place);
        const SchemaNode& node = target(written);
        if (node.never)
            return violated(node, "", place,
                            [] { return std::string("aucune valeur n'est admise ici"); });
        bool valid = true;
        const auto and_then = [&](bool part) {
            valid = valid && part;
            return valid || violations_ != nullptr;
        };
        if (!and_then(check_any(node, value, place))) return false;
        // A value of the wrong type would only repeat that in other words.
        if (valid && !and_then(check_by_type(node, value, place))) return false;
        and_then(check_combinations(node, value, place));
        return valid;
    }

    bool check_any(const SchemaNode& node, const Value& value, const Place& place) {
        bool valid = true;
        if (node.type_bits != 0 && (node.type_bits & type_bits(value)) == 0)
            return violated(node, "type", place,
                            [&] { return detail::expected_type(node, value); });
        if (node.constant != nullptr && !(*node.constant == value))
            valid = violated(node, "const", place, [&] {
                return "la seule valeur admise est " + detail::spoken(*node.constant);
            });
        if (node.enumeration != nullptr &&
            std::find(node.enumeration->begin(), node.enumeration->end(), value) ==
                node.enumeration->end())
            valid = violated(node, "enum", place,
                             [&] { return detail::expected_values(*node.enumeration); });
        if (!node.format.empty() && !has_format(node.format, value))
            valid = violated(node, "format", place,
                             [&] { return detail::expected_format(node.format); });
        return valid;
    }

    bool check_by_type(const SchemaNode& node, const Value& value, const Place& place) {
        if (const Number* number = value.if_number()) return check_number(node, *number, place);
        if (const std::string* text = value.if_string()) return check_text(node, *text, place);
        if (const Array* array = value.if_array()) return check_list(node, *array, place);
        if (value.is_object()) return check_object(node, value, place);
        return true;
    }

    bool check_number(const SchemaNode& node, const Number& value, const Place& place) {
        bool valid = true;
        const auto bound = [&](const std::optional<Number>& limit, bool holds,
                               std::string_view keyword, const char* words) {
            if (limit && !holds)
                valid = violated(node, keyword, place,
                                 [&] { return words + detail::spoken_bound(*limit, node); });
        };
        bound(node.minimum, !node.minimum || value >= *node.minimum, "minimum",
              "la valeur la plus petite admise est ");
        bound(node.maximum, !node.maximum || value <= *node.maximum, "maximum",
              "la valeur la plus grande admise est ");
        bound(node.exclusive_minimum, !node.exclusive_minimum || value > *node.exclusive_minimum,
              "exclusiveMinimum", "la valeur doit dépasser ");
        bound(node.exclusive_maximum, !node.exclusive_maximum || value < *node.exclusive_maximum,
              "exclusiveMaximum", "la valeur doit rester en dessous de ");
        bound(node.multiple_of, !node.multiple_of || is_multiple(value, *node.multiple_of),
              "multipleOf", "la valeur doit être un multiple de ");
        return valid;
    }

    bool check_text(const SchemaNode& node, const std::string& text, const Place& place) {
        bool valid = true;
        if (node.min_length || node.max_length) {
            const auto length = static_cast<std::int64_t>(utf8::length(text));
            if (node.min_length && length < *node.min_length)
                valid = violated(node, "minLength", place, [&] {
                    if (length == 0) return std::string("ce champ ne peut pas rester vide");
                    return "au moins " +
                           detail::counted(*node.min_length, "caractère est attendu",
                                           "caractères sont attendus") +
                           ", " + detail::counted(length, "est écrit", "sont écrits");
                });
            if (node.max_length && length > *node.max_length)
                valid = violated(node, "maxLength", place, [&] {
                    return "au plus " +
                           detail::counted(*node.max_length, "caractère est admis",
                                           "caractères sont admis") +
                           ", " + detail::counted(length, "est écrit", "sont écrits");
                });
        }
        if (node.matches && !node.matches(text))
            valid = violated(node, "pattern", place, [&] {
                return detail::spoken(Value(text)) + " n'a pas la forme attendue (" + node.pattern +
                       ")";
            });
        return valid;
    }

    static Place item_place(const Place& list, std::size_t index, const SchemaNode& item) {
        Place place;
        place.parent = &list;
        place.index = index;
        place.is_item = true;
        place.label = detail::title_of(item);
        const std::string& name = place.label.empty() ? list.label : place.label;
        place.context = (list.context.empty() ? "" : list.context + " › ") + name +
                        (name.empty() ? "" : " ") + std::to_string(index + 1);
        return place;
    }

    bool check_list(const SchemaNode& node, const Array& list, const Place& place) {
        bool valid = true;
        const auto count = static_cast<std::int64_t>(list.size());
        if (node.min_items && count < *node.min_items)
            valid = violated(node, "minItems", place, [&] {
                return "au moins " +
                       detail::counted(*node.min_items, "élément est attendu",
                                       "éléments sont attendus") +
                       ", il y en a " + std::to_string(count);
            });
        if (node.max_items && count > *node.max_items)
            valid = violated(node, "maxItems", place, [&] {
                return "au plus " +
                       detail::counted(*node.max_items, "élément est admis",
                                       "éléments sont admis") +
                       ", il y en a " + std::to_string(count);
            });
        if (node.unique_items) valid = check_unique(node, list, place) && valid;
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (!valid && violations_ == nullptr) return false;
            const SchemaNode* item = node.items;
            if (node.items_by_position)
                item = i < node.positions.size() ? node.positions[i] : node.additional_items;
            if (item != nullptr)
                valid = check(*item, list[i], item_place(place, i, *item)) && valid;
        }
        if (node.contains != nullptr) {
            bool found = false;
            for (std::size_t i = 0; i < list.size() && !found; ++i)
                found = quietly(*node.contains, list[i], item_place(place, i, *node.contains));
            if (!found)
                valid = violated(node, "contains", place, [] {
                    return std::string("aucun élément de la liste ne remplit la condition voulue");
                });
        }
        return valid;
    }

    bool check_unique(const SchemaNode& node, const Array& list, const Place& place) {
        std::unordered_map<std::string, std::size_t> seen;
        for (std::size_t i = 0; i < list.size(); ++i) {
            std::string fingerprint;
            append_fingerprint(fingerprint, list[i]);
            const auto [first, fresh] = seen.emplace(std::move(fingerprint), i);
            if (!fresh)
                return violated(node, "uniqueItems", place, [&, first = first] {
                    return "les éléments " + std::to_string(first->second + 1) + " et " +
                           std::to_string(i + 1) + " sont identiques";
                });
        }
        return true;
    }

    static Place member_place(const Place& object, std::string_view key, const SchemaNode* schema) {
        Place place;
        place.parent = &object;
        place.key = key;
        if (schema != nullptr) place.label = detail::title_of(*schema);
        if (place.label.empty()) place.label = key;
        place.context = object.context;
        return place;
    }

    bool check_object(const SchemaNode& node, const Value& value, const Place& place) {
        const Object& object = value.as_object();
        bool valid = true;
        const auto missing = [&](const std::string& name, const SchemaNode& where,
                                 std::string_view keyword, const std::string& words) {
            valid = violated(where, keyword, member_place(place, name, node.property(name)),
                             [&] { return words; });
        };
        for (const std::string& name : node.required)
            if (!object.contains(name)) missing(name, node, "required", "ce champ est obligatoire");
        for (const detail::DependencyNode& dependency : node.dependencies) {
            if (!object.contains(dependency.name)) continue;
            for (const std::string& name : dependency.required)
                if (!object.contains(name))
                    missing(name, node, "dependencies",
                            "ce champ est obligatoire quand « " +
                                member_place(place, dependency.name, node.property(dependency.name))
                                    .label +
                                " » est rempli");
            if (dependency.schema != nullptr)
                valid = check(*dependency.schema, value, place) && valid;
        }
        const auto count = static_cast<std::int64_t>(object.size());
        if (node.min_properties && count < *node.min_properties)
            valid = violated(node, "minProperties", place, [&] {
                return "au moins " + detail::counted(*node.min_properties, "champ est attendu",
                                                     "champs sont attendus");
            });
        if (node.max_properties && count > *node.max_properties)
            valid = violated(node, "maxProperties", place, [&] {
                return "au plus " + detail::counted(*node.max_properties, "champ est admis",
                                                    "champs sont admis");
            });
        for (const Member& member : object) {
            if (!valid && violations_ == nullptr) return false;
            valid = check_member(node, member, place) && valid;
        }
        return valid;
    }

    bool check_member(const SchemaNode& node, const Member& member, const Place& object) {
        bool valid = true;
        if (node.property_names != nullptr &&
            !quietly(*node.property_names, Value(member.key), object))
            valid = violated(node, "propertyNames", member_place(object, member.key, nullptr),
                             [] { return std::string("ce nom de champ n'est pas admis"); });
        bool known = false;
        if (const SchemaNode* schema = node.property(member.key)) {
            known = true;
            valid = check(*schema, member.value, member_place(object, member.key, schema)) && valid;
        }
        for (const detail::PatternPropertyNode& property : node.pattern_properties)
            if (property.pattern(member.key)) {
                known = true;
                valid = check(*property.schema, member.value,
                              member_place(object, member.key, property.schema)) &&
                        valid;
            }
        if (known || node.additional_properties == nullptr) return valid;
        const SchemaNode& others = *node.additional_properties;
        const Place place = member_place(object, member.key, &others);
        if (!target(others).never) return check(others, member.value, place) && valid;
        return violated(node, "additionalProperties", place, [&] {
            std::vector<std::string> names;
            for (const detail::PropertyNode& property : node.properties)
                names.push_back(property.name);
            const auto near = nearest(member.key, names);
            return "ce champ est inconnu" +
                   (near ? " ; vouliez-vous écrire « " + *near + " » ?" : std::string());
        });
    }

    bool check_combinations(const SchemaNode& node, const Value& value, const Place& place) {
        bool valid = true;
        const auto goes_on = [&] { return valid || violations_ != nullptr; };
        for (const SchemaNode* part : node.all_of) {
            valid = check(*part, value, place) && valid;
            if (!goes_on()) return false;
        }
        if (!node.any_of.empty() &&
            std::none_of(node.any_of.begin(), node.any_of.end(),
                         [&](const SchemaNode* branch) { return quietly(*branch, value, place); }))
            valid = violated(node, "anyOf", place, [&] {
                return "aucune des formes admises ne convient" +
                       nearest_reason(node.any_of, value, place);
            });
        if (!node.one_of.empty()) {
            const auto matching = std::count_if(
                node.one_of.begin(), node.one_of.end(),
                [&](const SchemaNode* branch) { return quietly(*branch, value, place); });
            if (matching == 0)
                valid = violated(node, "oneOf", place, [&] {
                    return "aucune des formes admises ne convient" +
                           nearest_reason(node.one_of, value, place);
                });
            if (matching > 1)
                valid = violated(node, "oneOf", place, [] {
                    return std::string(
                        "plusieurs formes conviennent à la fois, une seule est admise");
                });
        }
        if (!goes_on()) return false;
        if (node.negated != nullptr && quietly(*node.negated, value, place))
            valid =
                violated(node, "not", place, [] { return std::string("cette valeur est exclue"); });
        if (node.condition != nullptr) {
            const SchemaNode* branch =
                quietly(*node.condition, value, place) ? node.consequence : node.alternative;
            if (branch != nullptr) valid = check(*branch, value, place) && valid;
        }
        return valid;
    }

    /// The first fault of the branch that comes nearest: with the fewest faults.
    std::string nearest_reason(const std::vector<const SchemaNode*>& branches, const Value& value,
                               const Place& place) {
        std::vector<Violation>* const outer = violations_;
        std::vector<Violation> best;
        for (const SchemaNode* branch : branches) {
            std::vector<Violation> faults;
            violations_ = &faults;
            check(*branch, value, place);
            if (!faults.empty() && (best.empty() || faults.size() < best.size()))
                best = std::move(faults);
        }
        violations_ = outer;
        if (best.empty()) return {};
        std::string reason = best.front().message;
        if (best.front().pointer == pointer(place))
            reason.erase(0, subject(best.front().title).size() + 3);
        return " (au plus près : " + reason + ")";
    }

    const std::string& source_;
    std::vector<Violation>* violations_ = nullptr;  ///< nullptr: silent
    int depth_ = 0;
    long work_ = 0;
};

}  // namespace

std::vector<Violation> Schema::validate(const Value& value) const {
    return Validator(graph_->source).run(*graph_->root, value);
}

}  // namespace paraphe::json
