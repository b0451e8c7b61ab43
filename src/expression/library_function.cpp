// Functions: range, namespace, dict, and those that make money, dates and durations.
#include "expression/library.hpp"

namespace paraphe::expression::library {

namespace {

/// What Jinja2 calls the sandbox's limit; a document needs far less.
constexpr std::int64_t max_range = 100'000;

class Namespace final : public Object {
public:
    explicit Namespace(Map fields) : fields_(std::move(fields)) {}

    std::string name() const override { return "un namespace"; }
    Value attribute(std::string_view attribute_name) const override {
        const Value* found = fields_.find(attribute_name);
        return found ? *found : Object::attribute(attribute_name);
    }
    void assign(std::string_view attribute_name, Value value) override {
        fields_.set(Value(attribute_name), std::move(value));
    }

private:
    Map fields_;
};

Map keywords(const Arguments& arguments) {
    Map out = arguments.given(0) ? arguments[0].map() : Map();
    for (const auto& [name, value] : arguments.named())
        out.set(Value(name), value);
    return out;
}

/// The fields of a map that is made of keyword arguments.
Type keyword_fields(const Deduction& call) {
    const Type init = call.type(0);
    const bool given = !call.types.empty() && !init.is_only(Kind::undefined);
    if (given && !init.has_fields()) return Kind::map;
    std::vector<Field> fields = given ? init.fields() : std::vector<Field>();
    for (const Field& each : call.named) {
        std::erase_if(fields, [&](const Field& other) { return other.name == each.name; });
        fields.push_back(each);
    }
    return Type::map_of(std::move(fields), given && init.is_open());
}

Value range(const Arguments& arguments) {
    const bool one = !arguments.given(1);
    const std::int64_t start = one ? 0 : arguments[0].integer();
    const std::int64_t stop = one ? arguments[0].integer() : arguments[1].integer();
    const std::int64_t step = arguments[2].integer();
    if (step == 0) fail("le pas de « range » ne peut pas être zéro");
    using Wide = Decimal::Integer;
    const Wide span = static_cast<Wide>(stop) - start;
    const Wide count = step > 0 ? (span <= 0 ? 0 : (span + step - 1) / step)
                                : (span >= 0 ? 0 : (-span - step - 1) / -static_cast<Wide>(step));
    if (count > max_range)
        fail("« range » donne au plus " + std::to_string(max_range) + " nombres",
             "prenez des bornes plus proches", "P0110");
    std::vector<Value> out;
    out.reserve(static_cast<std::size_t>(count));
    for (std::int64_t i = 0; i < count; ++i)
        out.emplace_back(start + i * step);
    arguments.scope().charge(out.size());
    return out;
}

int whole(const Value& value) {
    const std::int64_t out = value.integer();
    if (out < -120'000 || out > 120'000) fail("la durée est trop longue");
    return static_cast<int>(out);
}

Value date(const Arguments& arguments) {
    if (arguments[0].is(Kind::date)) return arguments[0];
    if (arguments[0].is_text()) {
        if (const auto out = Date::parse(arguments[0].text())) return *out;
        fail("« " + arguments[0].text() + " » n'est pas une date",
             "écrivez-la AAAA-MM-JJ : « date('2026-01-31') »");
    }
    if (!arguments.given(1) || !arguments.given(2))
        fail("« date » attend un texte, ou l'année, le mois et le jour", {}, "P0104");
    try {
        const std::int64_t month = arguments[1].integer();
        const std::int64_t day = arguments[2].integer();
        const std::int64_t year = arguments[0].integer();
        if (month < 1 || month > 12 || day < 1 || day > 31 || year < 1 || year > 9999)
            throw Error(ErrorKind::malformed_input, "no such day");
        return Date(static_cast<int>(year), static_cast<unsigned>(month),
                    static_cast<unsigned>(day));
    } catch (const Error&) {
        fail("ce jour n'existe pas au calendrier");
    }
}

Entry function(std::string name, std::vector<Parameter> parameters, Type result,
               std::string documentation, Function implementation) {
    Entry out = filter(std::move(name), std::move(parameters), std::move(result),
                       std::move(documentation), std::move(implementation));
    out.role = Role::function;
    return out;
}

}  // namespace

void add_functions(Registry& registry) {
    const Type integer(Kind::integer);
    const Type duration(Kind::duration);
    registry.add(function(
        "range",
        {needed("start", integer), optional("stop", integer), optional("step", integer, 1)},
        Type::list_of(integer),
        "Les nombres de `start` à `stop` non compris ; de 0 si un seul est donné.", range));
    Entry entry = function("namespace", {optional("init", Type(Kind::map))}, Type(Kind::object),
                           "Une valeur dont les champs se modifient dans une boucle.",
                           [](const Arguments& a) -> Value {
                               const Map fields = keywords(a);
                               check_field(Value(fields), a.scope());
                               return std::shared_ptr<Object>(std::make_shared<Namespace>(fields));
                           });
    entry.open_keywords = true;
    entry.deduce = [](const Deduction& call) {
        // What a name is given first says its kind; what is empty at first says nothing yet.
        const Type fields = keyword_fields(call);
        if (!fields.has_fields()) return Type(Kind::object);
        std::vector<Field> out = fields.fields();
        for (Field& each : out)
            each.type = each.type.widened();
        return Type::object_of(std::move(out), fields.is_open());
    };
    registry.add(entry);
    entry = function("dict", {optional("init", Type(Kind::map))}, Type(Kind::map),
                     "Un groupe de champs : dict(nom='A', age=3).",
                     [](const Arguments& a) -> Value { return keywords(a); });
    entry.open_keywords = true;
    entry.deduce = keyword_fields;
    registry.add(entry);
    registry.add(function("jours", {needed("nombre", integer)}, duration,
                          "Une durée en jours, à ajouter à une date.", [](const Arguments& a) {
                              return Duration{0, whole(a[0])};
                          }));
    registry.add(function("mois", {needed("nombre", integer)}, duration,
                          "Une durée en mois ; le même quantième, ou le dernier jour du mois.",
                          [](const Arguments& a) {
                              return Duration{whole(a[0]), 0};
                          }));
    registry.add(function("ans", {needed("nombre", integer)}, duration, "Une durée en années.",
                          [](const Arguments& a) {
                              if (a[0].integer() < -10'000 || a[0].integer() > 10'000)
                                  fail("la durée est trop longue");
                              return Duration{12 * whole(a[0]), 0};
                          }));
    registry.add(function("montant", {needed("euros", Type::number())}, Type(Kind::money),
                          "Un montant, du nombre d'euros : montant(12.50).",
                          [](const Arguments& a) {
                              return Money::from_exact_centimes(a[0].number() * Decimal(100));
                          }));
    registry.add(function("date",
                          {needed("date", Type(Kind::text) | integer | Type(Kind::date)),
                           optional("mois", integer), optional("jour", integer)},
                          Type(Kind::date), "Une date : date('2026-01-31') ou date(2026, 1, 31).",
                          date));
}

}  // namespace paraphe::expression::library

namespace paraphe::expression {

const Registry& standard_registry() {
    static const Registry registry = [] {
        Registry out;
        library::add_text_filters(out);
        library::add_list_filters(out);
        library::add_number_filters(out);
        library::add_french_filters(out);
        library::add_content_filters(out);
        library::add_tests(out);
        library::add_methods(out);
        library::add_functions(out);
        return out;
    }();
    return registry;
}

}  // namespace paraphe::expression
