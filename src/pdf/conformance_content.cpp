#include <cmath>

#include "pdf/conformance_parts.hpp"
#include "pdf/content_reader.hpp"

/// What stands on the pages: every piece is in the structure or an artifact, every font and colour
/// is known (ISO 14289-1 §7.1; ISO 19005-3 §6.2).
namespace paraphe::pdf::conformance {

namespace {

constexpr Rule unmarked{"P0620", "ISO 14289-1 §7.1",
                        "exportez le document en « PDF balisé » ; ce qui ne se lit pas doit être "
                        "marqué comme décor"};
constexpr Rule mixed{
    "P0621", "ISO 14289-1 §7.1, ISO 32000-1 §14.6",
    "produisez de nouveau le fichier : ce qui se lit et ce qui décore y sont mêlés"};
constexpr Rule resource{"P0644", "ISO 19005-3 §6.2.2",
                        "produisez de nouveau le fichier : un lecteur montrerait autre chose que "
                        "l’auteur"};
constexpr Rule colour{"P0645", "ISO 19005-3 §6.2.4.3",
                      "produisez de nouveau le fichier en PDF/A avec un profil sRVB"};
constexpr Rule transparency{"P0640", "ISO 19005-3 §6.2.10",
                            "retirez la transparence, ou donnez à la page un espace de couleurs"};

constexpr int most_forms_deep = 20;
constexpr std::size_t most_operators = 50'000'000;

enum class Owner { none, tagged, artifact };

struct Container {
    ObjectId id;
    int page = 0;  ///< from 1
    Handle resources = Handle::newNull();
};

class PageWalk {
public:
    PageWalk(Run& run, int number) : run_(run), number_(number) {}

    void page(Handle page) {
        Bytes content;
        for (Handle part : elements_of(at(page, "/Contents"))) {
            if (auto octets = run_.decoded(part, place_of(part, number_)))
                content += *octets + "\n";
        }
        Handle resources = page;
        for (int up = 0; up < 100 && at(resources, "/Resources").isNull(); ++up)
            resources = at(resources, "/Parent");
        group_ = at(at(page, "/Group"), "/CS");
        walk(content, {id_of(page), number_, at(resources, "/Resources")}, Owner::none, 0);
        for (Handle annotation : elements_of(at(page, "/Annots")))
            appearance(at(at(annotation, "/AP"), "/N"), at(resources, "/Resources"));
        report(place_of(page, number_));
    }

private:
    struct State {
        FontUse* font = nullptr;
        long long rendering = 0;
    };

    /// What an annotation shows belongs to its element as a whole (ISO 32000-1 §14.8.2.2).
    void appearance(Handle normal, Handle resources) {
        std::vector<Handle> streams = {normal};
        if (normal.isDictionary()) {
            streams.clear();
            for (const std::string& key : normal.getKeys())
                streams.push_back(normal.getKey(key));
        }
        for (Handle stream : streams) {
            if (!stream.isStream() || !drawn_.insert({id_of(stream), Owner::artifact}).second)
                continue;
            const auto octets = run_.decoded(stream, place_of(stream, number_));
            Handle own = at(stream, "/Resources");
            if (octets)
                walk(*octets, {id_of(stream), number_, own.isNull() ? resources : own},
                     Owner::artifact, 1);
        }
    }

    void report(Place place) {
        if (unmarked_ > 0)
            run_.findings.add(unmarked, place,
                              std::to_string(unmarked_) +
                                  (unmarked_ == 1 ? " élément de la page n’est ni balisé ni marqué "
                                                  : " éléments de la page ne sont ni balisés ni "
                                                    "marqués ") +
                                  "comme décor");
        if (crossed_ > 0)
            run_.findings.add(mixed, place, "du texte balisé et du décor sont l’un dans l’autre");
        if (unbalanced_)
            run_.findings.add(mixed, place,
                              "les marques du contenu ne s’ouvrent et ne se ferment "
                              "pas par paires");
        if (broken_) run_.findings.add(resource, place, "le contenu de la page est abîmé");
        for (const std::string& name : missing_)
            run_.findings.add(
                resource, place,
                "la page emploie « " + name + " », que ses ressources ne donnent pas");
        check_colours(place);
        if (transparent_ && group_.isNull() && run_.profiles.empty())
            run_.findings.add(transparency, place,
                              "la page est transparente sans espace de couleurs pour le mélange");
        for (const std::string& mode : blend_modes_)
            run_.findings.add(transparency, place,
                              "la page emploie le mode de fusion inconnu « " + mode + " »");
    }

    void check_colours(Place place) {
        if (run_.profiles.empty()) return;  // told for the whole file
        const auto lacks = [&](int components) { return !run_.profiles.contains(components); };
        if (rgb_ && lacks(3))
            run_.findings.add(colour, place, "la page emploie du RVB sans profil de couleurs");
        if (cmyk_ && lacks(4))
            run_.findings.add(colour, place, "la page emploie du CMJN sans profil de couleurs");
    }

    Handle find(const Container& in, const char* kind, const std::string& name) {
        Handle found = at(at(in.resources, kind), ("/" + name).c_str());
        if (found.isNull()) missing_.insert(name);
        return found;
    }

    void note_colour_space(const std::string& name) {
        rgb_ = rgb_ || name == "DeviceRGB";
        cmyk_ = cmyk_ || name == "DeviceCMYK";
    }

    /// The device space in a colour space of any kind, but a default of the resources.
    void note_colour_space(Handle space, int depth = 0) {
        if (space.isName()) {
            note_colour_space(name_of(space));
        } else if (space.isArray() && space.getArrayNItems() > 1 && depth < 4) {
            const std::string kind = name_of(space.getArrayItem(0));
            if (kind == "Indexed" || kind == "Pattern")
                note_colour_space(space.getArrayItem(1), depth + 1);
            if ((kind == "Separation" || kind == "DeviceN") && space.getArrayNItems() > 2)
                note_colour_space(space.getArrayItem(2), depth + 1);
        }
    }

    Owner owner() const {
        for (auto it = open_.rbegin(); it != open_.rend(); ++it)
            if (*it != Owner::none) return *it;
        return Owner::none;
    }

    void paint() { unmarked_ += owner() == Owner::none ? 1 : 0; }

    void show(State& state, const std::string& text) {
        if (text.empty()) return;
        paint();
        if (state.font == nullptr) return;
        FontUse& font = *state.font;
        font.visible = font.visible || state.rendering != 3;
        if (font.wide) {
            for (std::size_t i = 0; i + 1 < text.size(); i += 2)
                font.use(static_cast<unsigned>(static_cast<unsigned char>(text[i]) << 8 |
                                               static_cast<unsigned char>(text[i + 1])));
        } else {
            for (const char c : text)
                font.use(static_cast<unsigned char>(c));
        }
    }

    FontUse* font(const Container& in, const std::string& name) {
        Handle font = find(in, "/Font", name);
        if (!font.isDictionary()) return nullptr;
        // A font that is no object of its own is known by its page's number.
        const ObjectId id = font.isIndirect() ? id_of(font) : ObjectId{-number_, 0};
        FontUse& use = run_.fonts[id];
        if (use.page == 0) {
            use.font = font;
            use.page = number_;
            use.wide = is_name(at(font, "/Subtype"), "/Type0");
        }
        return &use;
    }

    void open(const Container& in, const std::vector<Operand>& operands) {
        Owner kind = Owner::none;
        if (!operands.empty() && operands[0].is_name("Artifact")) {
            crossed_ += owner() == Owner::tagged ? 1 : 0;
            kind = Owner::artifact;
        } else if (operands.size() > 1) {
            std::optional<long long> mcid;
            if (const Operand* value = operands[1].at("MCID")) {
                if (value->kind == Operand::Kind::number && std::abs(value->number) < 1e9)
                    mcid = static_cast<long long>(value->number);
            } else if (operands[1].kind == Operand::Kind::name) {
                mcid = integer_of(at(find(in, "/Properties", operands[1].text), "/MCID"));
            }
            if (mcid) {
                crossed_ += owner() == Owner::artifact ? 1 : 0;
                kind = Owner::tagged;
                Marks& marks = run_.marks[in.id];
                marks.page = number_;
                ++marks.uses[*mcid];
            }
        }
        open_.push_back(kind);
    }

    void draw(const Container& in, const std::string& name, int depth) {
        Handle object = find(in, "/XObject", name);
        if (!object.isStream()) return;
        if (is_name(at(object, "/Subtype"), "/Image")) {
            paint();
            if (!is_true(at(object, "/ImageMask"))) note_colour_space(at(object, "/ColorSpace"));
            transparent_ = transparent_ || at(object, "/SMask").isStream();
            if (is_true(at(object, "/Interpolate")))
                run_.findings.add(resource, place_of(object, number_),
                                  "une image serait lissée au gré du lecteur (Interpolate)");
            return;
        }
        if (is_name(at(object, "/Subtype"), "/PS")) {
            run_.findings.add(resource, place_of(object, number_),
                              "la page contient du PostScript");
            return;
        }
        transparent_ = transparent_ || is_name(at(at(object, "/Group"), "/S"), "/Transparency");
        const Owner above = owner();
        if (!drawn_.insert({id_of(object), above}).second) return;
        if (depth >= most_forms_deep) {
            run_.exhaust(place_of(object, number_));
            return;
        }
        const auto octets = run_.decoded(object, place_of(object, number_));
        if (!octets) return;
        Handle resources = at(object, "/Resources");
        walk(*octets, {id_of(object), number_, resources.isNull() ? in.resources : resources},
             above, depth + 1);
    }

    void set_state(const Container& in, const std::string& name) {
        static const std::set<std::string> modes = {
            "Normal",    "Compatible", "Multiply",   "Screen",    "Overlay",   "Darken",
            "Lighten",   "ColorDodge", "ColorBurn",  "HardLight", "SoftLight", "Difference",
            "Exclusion", "Hue",        "Saturation", "Color",     "Luminosity"};
        Handle state = find(in, "/ExtGState", name);
        for (Handle mode : elements_of(at(state, "/BM"))) {
            if (!modes.contains(name_of(mode))) blend_modes_.insert(name_of(mode));
            transparent_ = transparent_ || !is_name(mode, "/Normal");
        }
        for (const char* key : {"/CA", "/ca"})
            transparent_ = transparent_ || number_of(at(state, key), 1) < 1;
        transparent_ = transparent_ || at(state, "/SMask").isDictionary();
        if (!at(state, "/TR").isNull())
            run_.findings.add(resource, place_of(state, number_),
                              "une fonction de transfert est interdite");
    }

    void walk(const Bytes& content, const Container& in, Owner above, int depth) {
        // The content of a form starts with what stands around it, and closes what it opens.
        std::vector<Owner> outside = {above};
        outside.swap(open_);
        std::vector<State> saved(1);
        ContentReader reader(content);
        std::string name;
        std::vector<Operand> operands;
        while (reader.next(name, operands)) {
            if (++operators_ > most_operators) {
                run_.exhaust({0, number_});
                break;
            }
            act(name, operands, in, saved, depth);
        }
        broken_ = broken_ || reader.is_broken();
        unbalanced_ = unbalanced_ || open_.size() != 1;
        open_ = std::move(outside);
    }

    void act(const std::string& name, const std::vector<Operand>& operands, const Container& in,
             std::vector<State>& saved, int depth) {
        static const std::set<std::string, std::less<>> painting = {"f", "F",  "f*", "B", "B*",
                                                                    "b", "b*", "S",  "s", "sh"};
        static const std::map<std::string, const char*, std::less<>> device = {
            {"g", "DeviceGray"}, {"G", "DeviceGray"}, {"rg", "DeviceRGB"},
            {"RG", "DeviceRGB"}, {"k", "DeviceCMYK"}, {"K", "DeviceCMYK"}};
        const auto text = [&](std::size_t from_end) {
            return operands.size() < from_end ? std::string()
                                              : operands[operands.size() - from_end].text;
        };
        if (name == "Tj" || name == "'" || name == "\"") {
            show(saved.back(), text(1));
        } else if (name == "TJ" && !operands.empty()) {
            for (const Operand& one : operands.back().items)
                if (one.kind == Operand::Kind::string) show(saved.back(), one.text);
        } else if (painting.contains(name)) {
            paint();
        } else if (const auto found = device.find(name); found != device.end()) {
            note_colour_space(found->second);
        } else if (name == "BDC" || name == "BMC") {
            if (open_.size() < 10'000) open(in, operands);
        } else if (name == "EMC") {
            if (open_.size() > 1)
                open_.pop_back();
            else
                unbalanced_ = true;
        } else if (name == "Tf") {
            saved.back().font = font(in, text(2));
        } else if (name == "Tr" && !operands.empty()) {
            saved.back().rendering = static_cast<long long>(operands.back().number);
        } else if (name == "q") {
            if (saved.size() < 10'000) saved.push_back(saved.back());
        } else if (name == "Q") {
            if (saved.size() > 1) saved.pop_back();
        } else if (name == "Do") {
            draw(in, text(1), depth);
        } else if (name == "gs") {
            set_state(in, text(1));
        } else if (name == "cs" || name == "CS") {
            set_colour_space(in, text(1));
        } else if (name == "EI") {
            paint();
            for (std::size_t i = 0; i + 1 < operands.size(); i += 2) {
                if (operands[i].is_name("CS") || operands[i].is_name("ColorSpace"))
                    set_colour_space(in, operands[i + 1].text);
            }
        }
    }

    void set_colour_space(const Container& in, const std::string& name) {
        static const std::map<std::string, std::string> abbreviated = {
            {"G", "DeviceGray"}, {"RGB", "DeviceRGB"}, {"CMYK", "DeviceCMYK"}};
        const auto full = abbreviated.find(name);
        const std::string& known = full == abbreviated.end() ? name : full->second;
        if (known.starts_with("Device"))
            note_colour_space(known);
        else if (known != "Pattern" && known != "I" && !known.empty())
            note_colour_space(find(in, "/ColorSpace", known));
    }

    Run& run_;
    int number_;
    std::vector<Owner> open_ = {Owner::none};
    std::set<std::pair<ObjectId, Owner>> drawn_;
    std::set<std::string> missing_, blend_modes_;
    Handle group_ = Handle::newNull();
    std::size_t operators_ = 0, unmarked_ = 0, crossed_ = 0;
    bool unbalanced_ = false, broken_ = false, transparent_ = false;
    bool rgb_ = false, cmyk_ = false;
};

}  // namespace

void check_content(Run& run) {
    for (std::size_t i = 0; i < run.pages.size() && !run.exhausted; ++i)
        PageWalk(run, static_cast<int>(i) + 1).page(run.page(i));
}

}  // namespace paraphe::pdf::conformance
