#include <algorithm>

#include "base/utf8.hpp"
#include "redline/redline.hpp"

namespace paraphe::redline {

namespace {

/// Of a stretch that did not change, enough to find it.
constexpr std::size_t context_letters = 60;
constexpr std::size_t most_places = 3;

std::string shortened(const std::string& text, bool first, bool last) {
    const std::u32string points = utf8::to_utf32(text);
    if (points.size() <= 2 * context_letters + 20) return text;
    const std::string head = utf8::from_utf32(points.substr(0, context_letters)),
                      tail = utf8::from_utf32(points.substr(points.size() - context_letters));
    if (first) return "[…] " + tail;
    if (last) return head + " […]";
    return head + " […] " + tail;
}

std::string indented(std::string text) {
    for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 5))
        text.replace(at, 1, "\n    ");
    return text;
}

class Printer {
public:
    explicit Printer(Marks marks) : colours_(marks == Marks::colours) {}

    std::string print(const Changes& changes) {
        if (changes.empty()) {
            out_ = "Aucune différence.\n";
        } else {
            out_ = "De « " + changes.before + " » à « " + changes.after + " »\n";
            document(changes);
            articles(changes);
            usage(changes);
            styles(changes);
        }
        if (changes.typography > 0)
            out_ += "\n" + std::to_string(changes.typography) +
                    (changes.typography == 1 ? " différence de typographie, qui ne change"
                                             : " différences de typographie, qui ne changent") +
                    " aucun mot (espaces insécables, apostrophes).\n";
        for (const std::string& note : changes.notes)
            out_ += "\nRemarque : " + note + "\n";
        return std::move(out_);
    }

private:
    void title(const std::string& text) {
        out_ += "\n" + (colours_ ? "\033[1m" + text + "\033[0m" : text) + "\n";
    }
    void gone(const std::string& text) { out_ += "  − " + indented(text) + "\n"; }
    void come(const std::string& text) { out_ += "  + " + indented(text) + "\n"; }

    std::string marked(const Segment& segment) const {
        if (segment.kind == Segment::Kind::removed)
            return colours_ ? "\033[31;9m" + segment.text + "\033[0m" : "[-" + segment.text + "-]";
        return colours_ ? "\033[32;4m" + segment.text + "\033[0m" : "{+" + segment.text + "+}";
    }

    std::string side(const TextChange& change, Segment::Kind shown) const {
        std::string out;
        for (const Segment& segment : change.segments) {
            if (segment.kind == Segment::Kind::same)
                out += shortened(segment.text, &segment == &change.segments.front(),
                                 &segment == &change.segments.back());
            else if (segment.kind == shown)
                out += marked(segment);
        }
        return out;
    }

    void document(const Changes& changes) {
        if (!changes.metadata.empty()) {
            title("Propriétés du document");
            for (const auto& each : changes.metadata) {
                out_ += "  " + each.property + "\n";
                if (!each.before.empty()) gone(each.before);
                if (!each.after.empty()) come(each.after);
            }
        }
        if (!changes.renumbered.empty()) {
            title("Numérotation");
            for (const auto& each : changes.renumbered)
                out_ += "  « " + each.before + " » devient « " + each.after + " »\n";
        }
    }

    void articles(const Changes& changes) {
        std::vector<std::string> order;
        const auto note = [&](const std::string& article) {
            if (std::find(order.begin(), order.end(), article) == order.end())
                order.push_back(article);
        };
        for (const TextChange& each : changes.texts)
            note(each.place.article);
        for (const ConditionChange& each : changes.conditions)
            note(each.place.article);
        for (const std::string& article : order) {
            title(article);
            for (const TextChange& each : changes.texts)
                if (each.place.article == article) text(each);
            for (const ConditionChange& each : changes.conditions)
                if (each.place.article == article) condition(each);
        }
    }

    void text(const TextChange& change) {
        const bool feminine = change.what == TextChange::What::row;
        const char* what = change.what == TextChange::What::heading ? "titre"
                           : change.what == TextChange::What::row   ? "ligne de tableau"
                           : change.what == TextChange::What::table ? "tableau"
                                                                    : "paragraphe";
        const std::string place = change.place.words.empty() ? "" : change.place.words + " : ";
        switch (change.change) {
            case Change::changed:
                out_ += "  " + place + what + " modifié" + (feminine ? "e" : "") + "\n";
                if (has(change, Segment::Kind::removed)) gone(side(change, Segment::Kind::removed));
                come(side(change, Segment::Kind::added));
                break;
            case Change::added:
                out_ += "  " + place + what + " ajouté" + (feminine ? "e" : "") + "\n";
                come(marked(change.segments[0]));
                break;
            case Change::removed:
                out_ += "  " + place + what + " supprimé" + (feminine ? "e" : "") + "\n";
                gone(marked(change.segments[0]));
                break;
            case Change::moved:
                out_ += "  " + place + what + " déplacé" + (feminine ? "e" : "") +
                        (change.from == change.place.article ? " dans l’article"
                                                             : " depuis « " + change.from + " »") +
                        "\n    " + indented(shortened(change.segments[0].text, false, true)) + "\n";
                break;
        }
    }

    static bool has(const TextChange& change, Segment::Kind kind) {
        return std::any_of(change.segments.begin(), change.segments.end(),
                           [&](const Segment& each) { return each.kind == kind; });
    }

    void condition(const ConditionChange& change) {
        const std::string place = change.place.words.empty() ? "" : change.place.words + " : ";
        out_ += "  " + place + "condition " +
                (change.change == Change::added     ? "ajoutée"
                 : change.change == Change::removed ? "supprimée"
                                                    : "modifiée") +
                "\n";
        if (!change.before.empty()) gone(change.before);
        if (!change.after.empty()) come(change.after);
    }

    static std::string place(const Place& where) {
        return where.article + (where.words.empty() ? "" : ", " + where.words);
    }

    static std::string places(const std::vector<Place>& all) {
        std::string out;
        for (std::size_t i = 0; i < std::min(all.size(), most_places); ++i)
            out += (i == 0 ? "" : " ; ") + place(all[i]);
        if (all.size() > most_places)
            out += " ; et " + std::to_string(all.size() - most_places) + " autres";
        return out;
    }

    void usage(const Changes& changes) {
        for (const auto& [what, name] :
             std::initializer_list<std::pair<UsageChange::What, const char*>>{
                 {UsageChange::What::field, "Données utilisées"},
                 {UsageChange::What::slot, "Signatures demandées"},
                 {UsageChange::What::clause, "Clauses incluses"}}) {
            bool first = true;
            for (const UsageChange& each : changes.usage) {
                if (each.what != what) continue;
                if (first) title(name);
                first = false;
                out_ += std::string(each.change == Change::removed ? "  − " : "  + ") + each.name +
                        (each.change == Change::removed ? ", n’est plus utilisé" : ", nouveau") +
                        " (" + places(each.places) + ")\n";
            }
        }
    }

    void properties(const StyleChange& change) {
        for (const PropertyChange& each : change.properties)
            out_ += "    " + each.property + " : " + each.before + " → " + each.after + "\n";
    }

    void styles(const Changes& changes) {
        if (changes.styles.empty()) return;
        title("Mise en forme");
        for (const StyleChange& each : changes.styles) {
            const auto count = [&](const char* one, const char* many) {
                return each.places.size() == 1 ? std::string(one)
                                               : std::to_string(each.places.size()) + " " + many;
            };
            switch (each.what) {
                case StyleChange::What::style:
                    out_ += "  style « " + each.name + " »\n";
                    break;
                case StyleChange::What::page:
                    out_ += "  page « " + each.name + " »\n";
                    break;
                case StyleChange::What::assignment:
                    out_ += "  " + count("un paragraphe passe", "paragraphes passent") +
                            " du style « " + each.name + " » au style « " + each.other + " » (" +
                            places(each.places) + ")\n";
                    break;
                case StyleChange::What::paragraph:
                    out_ += "  " + count("un paragraphe", "paragraphes") + " (" +
                            places(each.places) + ")\n";
                    break;
                case StyleChange::What::words:
                    for (std::size_t i = 0; i < std::min(each.places.size(), most_places); ++i)
                        out_ += "  « " + shortened(each.quotes[i], false, true) + " » (" +
                                place(each.places[i]) + ")\n";
                    if (each.places.size() > most_places)
                        out_ += "  et " + std::to_string(each.places.size() - most_places) +
                                " autres endroits\n";
                    break;
            }
            properties(each);
        }
    }

    bool colours_;
    std::string out_;
};

json::Object place_object(const Place& place) {
    return {{"article", place.article},
            {"place", place.words},
            {"file", place.where.source},
            {"line", place.where.line}};
}

json::Array place_array(const std::vector<Place>& places) {
    json::Array out;
    for (const Place& each : places)
        out.emplace_back(place_object(each));
    return out;
}

const char* name_of(Change change) {
    switch (change) {
        case Change::added:
            return "added";
        case Change::removed:
            return "removed";
        case Change::changed:
            return "changed";
        case Change::moved:
            return "moved";
    }
    return "";
}

json::Value text_json(const TextChange& change) {
    static constexpr const char* whats[] = {"paragraph", "heading", "row", "table"};
    static constexpr const char* kinds[] = {"same", "removed", "added"};
    json::Object out{{"change", name_of(change.change)},
                     {"what", whats[static_cast<std::size_t>(change.what)]}};
    for (const json::Member& each : place_object(change.place))
        out.set(each.key, each.value);
    if (change.change == Change::moved) out.set("from", change.from);
    json::Array segments;
    for (const Segment& each : change.segments)
        segments.emplace_back(json::Object{{"kind", kinds[static_cast<std::size_t>(each.kind)]},
                                           {"text", each.text}});
    out.set("segments", std::move(segments));
    return out;
}

json::Value style_json(const StyleChange& change) {
    static constexpr const char* whats[] = {"style", "assignment", "paragraph", "words", "page"};
    json::Object out{{"what", whats[static_cast<std::size_t>(change.what)]}, {"name", change.name}};
    if (!change.other.empty()) out.set("other", change.other);
    json::Array properties, quotes;
    for (const PropertyChange& each : change.properties)
        properties.emplace_back(json::Object{
            {"property", each.property}, {"before", each.before}, {"after", each.after}});
    for (const std::string& each : change.quotes)
        quotes.emplace_back(each);
    out.set("properties", std::move(properties));
    out.set("places", place_array(change.places));
    out.set("quotes", std::move(quotes));
    return out;
}

}  // namespace

std::string text(const Changes& changes, Marks marks) {
    return Printer(marks).print(changes);
}

json::Value to_json(const Changes& changes) {
    json::Object out{
        {"before", changes.before}, {"after", changes.after}, {"identical", changes.empty()}};
    json::Array metadata, renumbered, texts, conditions, styles, notes;
    for (const auto& each : changes.metadata)
        metadata.emplace_back(json::Object{
            {"property", each.property}, {"before", each.before}, {"after", each.after}});
    for (const auto& each : changes.renumbered)
        renumbered.emplace_back(json::Object{{"before", each.before}, {"after", each.after}});
    for (const TextChange& each : changes.texts)
        texts.push_back(text_json(each));
    for (const ConditionChange& each : changes.conditions) {
        json::Object made{{"change", name_of(each.change)}};
        if (!each.before.empty()) made.set("before", each.before);
        if (!each.after.empty()) made.set("after", each.after);
        for (const json::Member& member : place_object(each.place))
            made.set(member.key, member.value);
        conditions.emplace_back(std::move(made));
    }
    out.set("metadata", std::move(metadata));
    out.set("renumbered", std::move(renumbered));
    out.set("texts", std::move(texts));
    out.set("conditions", std::move(conditions));
    for (const auto& [what, name] :
         std::initializer_list<std::pair<UsageChange::What, const char*>>{
             {UsageChange::What::field, "fields"},
             {UsageChange::What::slot, "signatures"},
             {UsageChange::What::clause, "clauses"}}) {
        json::Array all;
        for (const UsageChange& each : changes.usage)
            if (each.what == what)
                all.emplace_back(json::Object{{"change", name_of(each.change)},
                                              {"name", each.name},
                                              {"places", place_array(each.places)}});
        out.set(name, std::move(all));
    }
    for (const StyleChange& each : changes.styles)
        styles.push_back(style_json(each));
    for (const std::string& each : changes.notes)
        notes.emplace_back(each);
    out.set("styles", std::move(styles));
    out.set("typography", static_cast<std::int64_t>(changes.typography));
    out.set("notes", std::move(notes));
    return out;
}

}  // namespace paraphe::redline
