#include "pdf/conformance_parts.hpp"

#include <algorithm>
#include <qpdf/Pipeline.hh>

namespace paraphe::pdf::conformance {

Handle at(Handle from, const char* key) {
    if (from.isStream()) from = from.getDict();
    return from.isDictionary() ? from.getKey(key) : Handle::newNull();
}

bool is_name(Handle value, const char* name) {
    return value.isNameAndEquals(name);
}

std::string name_of(Handle value) {
    return value.isName() ? value.getName().substr(1) : std::string();
}

std::string text_of(Handle value) {
    return value.isString() ? value.getUTF8Value() : std::string();
}

std::optional<long long> integer_of(Handle value) {
    return value.isInteger() ? std::optional<long long>(value.getIntValue()) : std::nullopt;
}

double number_of(Handle value, double otherwise) {
    return value.isNumber() ? value.getNumericValue() : otherwise;
}

bool is_true(Handle value) {
    return value.isBool() && value.getBoolValue();
}

std::vector<Handle> elements_of(Handle value) {
    if (value.isNull()) return {};
    return value.isArray() ? value.getArrayAsVector() : std::vector<Handle>{value};
}

std::optional<std::array<double, 4>> box_of(Handle value) {
    if (!value.isArray() || value.getArrayNItems() != 4) return std::nullopt;
    std::array<double, 4> out{};
    for (int i = 0; i < 4; ++i) {
        if (!value.getArrayItem(i).isNumber()) return std::nullopt;
        out[static_cast<std::size_t>(i)] = number_of(value.getArrayItem(i));
    }
    return std::array{std::min(out[0], out[2]), std::min(out[1], out[3]), std::max(out[0], out[2]),
                      std::max(out[1], out[3])};
}

Place place_of(Handle object, int page) {
    return {object.isIndirect() ? object.getObjectID() : 0, page};
}

void Findings::add(const Rule& rule, Place place, const std::string& problem) {
    auto& [known, count] = counts_[rule.code];
    known = &rule;
    if (++count > told) return;
    Diagnostic out;
    out.code = rule.code;
    out.message = problem + " (" + rule.clause + ")";
    out.where.source = source_;
    if (place.object > 0) out.where.part = "objet " + std::to_string(place.object);
    if (place.page > 0) out.context = "page " + std::to_string(place.page);
    out.remedy = rule.remedy;
    found_.push_back(std::move(out));
}

Diagnostics Findings::take() {
    for (const auto& [code, counted] : counts_) {
        const auto& [rule, count] = counted;
        if (count <= told) continue;
        Diagnostic more;
        more.code = code;
        more.message = "et " + std::to_string(count - told) + " autres défauts de ce genre (" +
                       rule->clause + ")";
        more.where.source = source_;
        more.remedy = rule->remedy;
        const auto behind = std::find_if(found_.rbegin(), found_.rend(), [&](const Diagnostic& d) {
                                return d.code == more.code;
                            }).base();
        found_.insert(behind, std::move(more));
    }
    counts_.clear();
    return std::move(found_);
}

void FontUse::use(unsigned code) {
    if (codes.empty()) codes.resize(wide ? 65'536 : 256);
    if (code < codes.size()) codes[code] = true;
}

namespace {

constexpr Rule too_much{
    "P0643", "ISO 32000-1 annexe C",
    "allégez le fichier, ou faites-le contrôler par un autre outil : la suite n’a pas été lue"};
constexpr Rule bad_filter{
    "P0605", "ISO 19005-3 §6.1.7",
    "produisez de nouveau le fichier ; un flux n’emploie ni LZW, ni chiffrement, ni fichier "
    "extérieur"};

/// Collects what a stream inflates to, up to a cap.
class Collected final : public Pipeline {
public:
    explicit Collected(std::size_t most) : Pipeline("collected", nullptr), most_(most) {}
    void write(unsigned char const* data, std::size_t length) override {
        if (length > most_ - octets.size()) {
            overflowed = true;
            throw std::runtime_error("too much");
        }
        octets.append(reinterpret_cast<const char*>(data), length);
    }
    void finish() override {}

    Bytes octets;
    bool overflowed = false;

private:
    std::size_t most_;
};

/// Filters that can be undone here; two that inflate may be a bomb within a bomb.
bool is_decodable(Handle stream) {
    int inflating = 0;
    for (Handle filter : elements_of(at(stream, "/Filter"))) {
        const std::string name = name_of(filter);
        if (name == "FlateDecode" || name == "RunLengthDecode") {
            ++inflating;
        } else if (name != "ASCIIHexDecode" && name != "ASCII85Decode") {
            return false;
        }
    }
    for (Handle parameters : elements_of(at(stream, "/DecodeParms"))) {
        for (const char* key : {"/Columns", "/Colors", "/BitsPerComponent"}) {
            const long long value = integer_of(at(parameters, key)).value_or(1);
            if (value < 1 || value > 65'536) return false;
        }
    }
    return inflating <= 1;
}

}  // namespace

void Run::exhaust(Place place) {
    if (!exhausted) findings.add(too_much, place, "le fichier est trop grand ou trop profond");
    exhausted = true;
}

void Run::keep_warnings() {
    for (const QPDFExc& warning : pdf.getWarnings()) {
        if (damage.empty()) damage = warning.getMessageDetail();
    }
}

std::optional<Bytes> Run::decoded(Handle stream, Place place) {
    if (!stream.isStream() || !is_decodable(stream)) return std::nullopt;
    constexpr std::size_t most_of_one = 64u << 20;
    Collected out(std::min(octets_left, most_of_one));
    keep_warnings();
    const bool done = stream.pipeStreamData(&out, 0, qpdf_dl_specialized, true, true);
    octets_left -= std::min(octets_left, out.octets.size());
    if (!done) pdf.getWarnings();  // told below
    if (out.overflowed) {
        exhaust(place);
        return std::nullopt;
    }
    if (!done) {
        findings.add(bad_filter, place, "les données d’un flux sont abîmées");
        return std::nullopt;
    }
    return std::move(out.octets);
}

std::optional<std::vector<std::pair<Handle, Handle>>> leaves(Handle root, const char* list,
                                                             const Limits& limits) {
    std::vector<std::pair<Handle, Handle>> out;
    std::set<ObjectId> seen;
    std::vector<Handle> open = {root};
    std::size_t nodes = 0;
    while (!open.empty()) {
        Handle node = open.back();
        open.pop_back();
        if (!node.isDictionary() || ++nodes > 100'000) return std::nullopt;
        if (node.isIndirect() && !seen.insert(id_of(node)).second) return std::nullopt;
        if (Handle kids = at(node, "/Kids"); kids.isArray()) {
            const auto children = kids.getArrayAsVector();
            open.insert(open.end(), children.rbegin(), children.rend());
            continue;
        }
        Handle pairs = at(node, list);
        if (pairs.isNull()) continue;
        if (!pairs.isArray() || pairs.getArrayNItems() % 2 != 0) return std::nullopt;
        const auto items = pairs.getArrayAsVector();
        for (std::size_t i = 0; i < items.size(); i += 2)
            out.emplace_back(items[i], items[i + 1]);
        if (out.size() > static_cast<std::size_t>(limits.objects)) return std::nullopt;
    }
    return out;
}

}  // namespace paraphe::pdf::conformance
