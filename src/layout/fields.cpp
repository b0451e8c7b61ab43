#include "layout/fields.hpp"

#include <algorithm>

#include "layout/list_style.hpp"
#include "layout/measure.hpp"
#include "layout/names.hpp"
#include "odf/condition.hpp"
#include "odf/odf.hpp"

namespace paraphe::layout {

namespace {

namespace n = names;

constexpr char mark_of_anchors = '\x1f';  // XML has no such character

std::string without_last_point(std::string text) {
    if (text.ends_with('.')) text.pop_back();
    return text;
}

/// In one line: tabs, line ends and runs of blanks are one blank.
std::string one_line(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.compare(i, 3, "\xEF\xBF\xBC") == 0) {  // an object
            i += 2;
        } else if (text[i] == ' ' || text[i] == '\t' || text[i] == '\n') {
            if (!out.empty() && out.back() != ' ') out += ' ';
        } else {
            out += text[i];
        }
    }
    return out;
}

/// Fields of the document's properties, and the property of each.
const odf::Name* property_of(odf::Name field) {
    static const std::map<std::string, odf::Name, std::less<>> all{
        {"text:title", odf::Name("dc:title")},
        {"text:subject", odf::Name("dc:subject")},
        {"text:description", odf::Name("dc:description")},
        {"text:keywords", odf::Name("meta:keyword")},
        {"text:initial-creator", odf::Name("meta:initial-creator")},
        {"text:creator", odf::Name("dc:creator")},
        {"text:printed-by", odf::Name("meta:printed-by")},
        {"text:editing-cycles", odf::Name("meta:editing-cycles")},
        {"text:creation-date", odf::Name("meta:creation-date")},
        {"text:creation-time", odf::Name("meta:creation-date")},
        {"text:modification-date", odf::Name("dc:date")},
        {"text:modification-time", odf::Name("dc:date")},
        {"text:print-date", odf::Name("meta:print-date")},
        {"text:print-time", odf::Name("meta:print-date")},
    };
    const auto found = all.find(field.str());
    return found == all.end() ? nullptr : &found->second;
}

}  // namespace

std::string mark_anchor(std::string_view name) {
    return mark_of_anchors + std::string("r").append(name);
}
std::string sequence_anchor(std::string_view name) {
    return mark_of_anchors + std::string("s").append(name);
}
std::string note_anchor(std::string_view id) {
    return mark_of_anchors + std::string("n").append(id);
}
std::string heading_anchor(std::size_t index) {
    return mark_of_anchors + std::string("h").append(std::to_string(index));
}

bool is_hidden(const odf::Element& paragraph, int depth) {
    constexpr int most = 20;
    for (const auto& node : paragraph.children) {
        const auto* child = std::get_if<odf::ElementPtr>(&node);
        if (child == nullptr) continue;
        if ((*child)->name == n::text_hidden_paragraph) {
            const auto holds =
                odf::settled_condition((*child)->attribute_or_empty(n::text_condition));
            return holds.value_or((*child)->attribute_or_empty(n::text_is_hidden) == "true");
        }
        if ((*child)->name == n::text_span && depth < most && is_hidden(**child, depth + 1))
            return true;
    }
    return false;
}

Fields::Fields(const odf::Document& document, std::optional<Moment> now, Warnings& warnings)
    : document_(document), now_(now), warnings_(warnings) {
    const auto text = document.body ? document.body->child(n::office_text) : nullptr;
    const auto declared = text ? text->child(n::text_user_field_decls) : nullptr;
    if (!declared) return;
    for (const auto& node : declared->children)
        if (const auto* one = std::get_if<odf::ElementPtr>(&node))
            if (const std::string* value = (*one)->attribute(n::office_string_value))
                user_fields_[std::string((*one)->attribute_or_empty(n::text_name))] = *value;
}

// --- The document, told in its order -----------------------------------------------------------

Fields::Reading Fields::enter(int paragraph) {
    Reading outer = std::move(reading_);
    reading_ = Reading();
    reading_.paragraph = paragraph;
    return outer;
}

void Fields::leave(Reading outer, std::string_view text) {
    while (!reading_.open.empty())
        close(std::string(reading_.open.back().anchor), text);
    reading_ = std::move(outer);
}

void Fields::number(const ListCounters& counters, int level, NumberStep step) {
    const int list = lists_.try_emplace(&counters, static_cast<int>(lists_.size())).first->second;
    auto& steps = steps_[list];
    steps.resize(static_cast<std::size_t>(level) + 1);
    steps.back() = std::move(step);
    for (std::size_t i = 0; i < steps.size(); ++i)
        steps[i].value = counters.value[i];  // one that was skipped counts too
    reading_.number = {list, steps};
}

void Fields::heading(int level, std::string_view text) {
    Heading out;
    out.level = level;
    out.paragraph = reading_.paragraph;
    std::string said;
    std::size_t from = 0;
    for (const auto& [begin, end] : reading_.left_out) {
        said += text.substr(from, begin - from);
        from = end;
    }
    out.text = one_line(said.append(text.substr(from)));
    if (!reading_.number.steps.empty()) {
        out.label = reading_.number.steps.back().label;
        out.plain = reading_.number.steps.back().plain;
        for (const NumberStep& step : reading_.number.steps)
            out.numbers.push_back(step.value);
    }
    // What stands in a heading stands in the chapter that it begins.
    for (const std::string& anchor : reading_.named)
        references_[anchor].chapter = out.plain;
    headings_.push_back(std::move(out));
}

void Fields::open(std::string anchor, std::size_t at) {
    const Heading* above = heading_at(reading_.paragraph, 10);
    Reference& made = references_[anchor];
    made = {reading_.paragraph, {}, {}, above != nullptr ? above->plain : "", reading_.number};
    reading_.named.push_back(anchor);
    reading_.open.push_back({std::move(anchor), at});
}

void Fields::close(const std::string& anchor, std::string_view text) {
    const auto found = std::find_if(reading_.open.begin(), reading_.open.end(),
                                    [&](const Reading::Open& one) { return one.anchor == anchor; });
    if (found == reading_.open.end()) return;
    std::string said;
    std::size_t from = found->at;
    for (const auto& [begin, end] : reading_.left_out) {
        if (begin < from) continue;
        said += text.substr(from, begin - from);
        from = end;
    }
    references_[anchor].text = one_line(said.append(text.substr(std::min(from, text.size()))));
    reading_.open.erase(found);
}

void Fields::leave_out(std::size_t begin, std::size_t end) {
    reading_.left_out.emplace_back(begin, end);
}

void Fields::name(std::string anchor, std::string number, std::string category) {
    open(anchor, 0);
    reading_.open.pop_back();
    Reference& made = references_[anchor];
    made.text = std::move(number);
    made.category = std::move(category);
}

std::optional<int> Fields::next_in_sequence(const odf::Element& element) {
    const auto name = element.attribute_or_empty(n::text_name);
    std::string_view formula = element.attribute_or_empty(n::text_formula);
    if (const auto colon = formula.find(':'); colon != formula.npos)
        formula.remove_prefix(colon + 1);
    const auto current = sequences_.try_emplace(std::string(name), 0).first;
    if (formula.empty() || formula == std::string(name) + "+1") return ++current->second;
    const int start = parse_integer(formula, -1);
    if (start < 0) return std::nullopt;
    return current->second = start;
}

namespace {

/// Measured: Writer leaves out a pair of quotation marks around the words of a condition.
std::string unquoted(std::string_view words) {
    const bool quoted = words.size() > 1 && words.starts_with('"') && words.ends_with('"');
    return std::string(quoted ? words.substr(1, words.size() - 2) : words);
}

}  // namespace

// --- What fields say ---------------------------------------------------------------------------

std::optional<std::string> Fields::text(const odf::Element& element, const Place& place) {
    const auto& name = element.name;
    if (odf::is_fixed(element)) return std::nullopt;
    if (name == n::text_bookmark_ref)
        return reference(element, std::string(element.attribute_or_empty(n::text_ref_name)), place);
    if (name == n::text_reference_ref)
        return reference(element, mark_anchor(element.attribute_or_empty(n::text_ref_name)), place);
    if (name == n::text_sequence_ref)
        return reference(element, sequence_anchor(element.attribute_or_empty(n::text_ref_name)),
                         place);
    if (name == n::text_note_ref)
        return reference(element, note_anchor(element.attribute_or_empty(n::text_ref_name)), place);
    if (name == n::text_chapter) return chapter(element, place);
    if (name == n::text_date || name == n::text_time) {
        // An adjustment that is not understood leaves the field as it is.
        if (!now_ || element.attribute(n::text_date_adjust) != nullptr ||
            element.attribute(n::text_time_adjust) != nullptr)
            return std::nullopt;
        return name == n::text_date ? format_date(*now_, data_style(element))
                                    : format_time(*now_, data_style(element));
    }
    if (name == n::text_conditional_text) {
        const auto holds = odf::settled_condition(element.attribute_or_empty(n::text_condition));
        if (!holds) return std::nullopt;
        return unquoted(element.attribute_or_empty(*holds ? n::text_string_value_if_true
                                                          : n::text_string_value_if_false));
    }
    if (auto said = variable(element)) return said;
    return metadata(element);
}

const odf::Element* Fields::data_style(const odf::Element& field) const {
    const auto wanted = field.attribute_or_empty(n::style_data_style_name);
    if (wanted.empty()) return nullptr;
    for (const auto& styles :
         {document_.automatic_styles, document_.styles_automatic_styles, document_.styles})
        if (styles)
            for (const auto& node : styles->children)
                if (const auto* child = std::get_if<odf::ElementPtr>(&node);
                    child != nullptr && (*child)->name.str().starts_with("number:") &&
                    (*child)->attribute_or_empty(n::style_name) == wanted)
                    return child->get();
    return nullptr;
}

std::optional<std::string> Fields::metadata(const odf::Element& element) {
    if (!document_.meta) return std::nullopt;
    static const odf::Name user_defined("text:user-defined"), meta_defined("meta:user-defined"),
        meta_name("meta:name");
    if (element.name == user_defined) {
        for (const auto& node : document_.meta->children)
            if (const auto* child = std::get_if<odf::ElementPtr>(&node);
                child != nullptr && (*child)->name == meta_defined &&
                (*child)->attribute_or_empty(meta_name) ==
                    element.attribute_or_empty(n::text_name) &&
                (*child)->attribute_or_empty(n::meta_value_type).substr(0, 6) != "float")
                return odf::plain_text(**child);
        return std::nullopt;
    }
    const odf::Name* property = property_of(element.name);
    if (property == nullptr) return std::nullopt;
    const auto held = document_.meta->child(*property);
    if (!held) return std::nullopt;
    std::string value = odf::plain_text(*held);
    const std::string& kind = element.name.str();
    if (!kind.ends_with("-date") && !kind.ends_with("-time")) return value;
    const auto moment = Moment::parse(value);
    if (!moment) return std::nullopt;
    return kind.ends_with("-date") ? format_date(*moment, data_style(element))
                                   : format_time(*moment, data_style(element));
}

const Heading* Fields::heading_at(int paragraph, int level) const {
    // Paragraphs count in the order of the document, and so do headings.
    auto after = std::partition_point(headings_.begin(), headings_.end(), [&](const Heading& one) {
        return one.paragraph <= paragraph;
    });
    while (after != headings_.begin())
        if ((--after)->level <= level) return &*after;
    return nullptr;
}

/// Before the first heading, a header tells of the one that its page has.
const Heading* Fields::first_on_page(int page, int level) {
    refers_ = true;
    if (known_ == nullptr) return nullptr;
    for (std::size_t i = 0; i < known_->headings.size(); ++i) {
        const Heading& heading = known_->headings[i];
        const auto at = known_->pages.find(heading_anchor(i));
        if (heading.level <= level)
            return at != known_->pages.end() && at->second.number == page ? &heading : nullptr;
    }
    return nullptr;
}

std::optional<std::string> Fields::chapter(const odf::Element& element, const Place& place) {
    const int level = parse_integer(element.attribute_or_empty(n::text_outline_level), 1);
    const Heading* found = heading_at(place.paragraph, level);
    if (found == nullptr && place.page > 0) found = first_on_page(place.page, level);
    if (found == nullptr) return std::string();
    const auto display = element.attribute_or_empty(n::text_display);
    if (display == "name") return found->text;
    const std::string& number = display.starts_with("plain-number") ? found->plain : found->label;
    if (!display.ends_with("-and-name")) return number;
    return number.empty() ? found->text : number + " " + found->text;
}

std::string Fields::number_text(const Numbering& number, std::string_view format) const {
    if (number.list < 0 || number.steps.empty()) return {};
    std::string out = number.steps.back().label;
    if (format == "number-no-superior") return without_last_point(out);
    // Levels that the place of the field shares with what it refers to go without saying.
    std::size_t shared = 0;
    if (const auto here = steps_.find(number.list);
        format == "number" && !out.empty() && here != steps_.end())
        while (shared < number.steps.size() && shared < here->second.size() &&
               number.steps[shared].value == here->second[shared].value)
            ++shared;
    auto level = static_cast<int>(number.steps.size()) - 1;
    level -= std::max(number.steps.back().display_levels, 1);
    while (level >= static_cast<int>(shared)) {
        const NumberStep& above = number.steps[static_cast<std::size_t>(level)];
        out.insert(0, above.label);
        level -= std::max(above.display_levels, 1);
    }
    return without_last_point(out);
}

std::optional<std::string> Fields::reference(const odf::Element& element, const std::string& anchor,
                                             const Place& place) {
    refers_ = true;
    if (known_ == nullptr) return std::nullopt;
    const auto found = known_->references.find(anchor);
    if (found == known_->references.end()) {
        warnings_.add("P0431",
                      "le renvoi « " + std::string(element.attribute_or_empty(n::text_ref_name)) +
                          " » ne mène à aucun repère du document : il garde le texte d’avant",
                      &element, "refaites le renvoi (Insertion, Renvoi), ou retirez-le");
        return std::nullopt;
    }
    const Reference& to = found->second;
    const auto page = known_->pages.find(anchor);
    const PageNumber at = page != known_->pages.end() ? page->second : PageNumber();
    const auto format = element.attribute_or_empty(n::text_reference_format);
    if (format == "text" || format == "value") return to.text;
    if (format == "category-and-value") return to.category;
    if (format == "caption") return std::nullopt;
    if (format == "chapter") return to.chapter;
    if (format == "page-style-name" || format == "template") return at.label;
    if (format.starts_with("number")) return number_text(to.number, format);
    if (format == "direction") {
        const bool above = to.paragraph <= place.paragraph;
        if (place.language.starts_with("fr")) return above ? "supra" : "infra";
        return above ? "above" : "below";
    }
    return std::to_string(at.number);
}

}  // namespace paraphe::layout
