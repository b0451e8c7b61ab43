#include "layout/index.hpp"

#include <algorithm>
#include <set>

#include "base/utf8.hpp"
#include "layout/measure.hpp"
#include "layout/names.hpp"
#include "odf/odf.hpp"

namespace paraphe::layout {

namespace {

namespace n = names;

/// Beyond every margin: a right stop there is held by the margin itself.
const Length far = Length::from_millimetres(10'000);

/// The content of one entry, as its template's elements come.
class Entry {
public:
    Entry(const Heading& heading, std::string anchor, std::string page)
        : heading_(heading), anchor_(std::move(anchor)), page_(std::move(page)) {}

    IndexEntry made_by(const odf::Element& entry_template) {
        IndexEntry out;
        for (const auto& node : entry_template.children)
            if (const auto* part = std::get_if<odf::ElementPtr>(&node)) add(**part, out.tabs);
        end_link();
        out.paragraph = odf::make_element(
            n::text_p,
            {{n::text_style_name,
              std::string(entry_template.attribute_or_empty(n::text_style_name))}},
            std::move(whole_), entry_template.provenance);
        return out;
    }

private:
    void add(const odf::Element& part, std::vector<TabStop>& tabs) {
        const std::string& kind = part.name.str();
        if (kind == "text:index-entry-link-start") {
            linked_ = true;
            link_style_ = part.attribute_or_empty(n::text_style_name);
        } else if (kind == "text:index-entry-link-end") {
            end_link();
        } else if (kind == "text:index-entry-chapter") {
            // Measured: a blank follows the number, which stands as in the heading.
            if (!heading_.label.empty()) add_text(part, heading_.label + " ");
        } else if (kind == "text:index-entry-text") {
            add_text(part, heading_.text);
        } else if (kind == "text:index-entry-page-number") {
            add_text(part, page_);
        } else if (kind == "text:index-entry-span") {
            add_text(part, odf::plain_text(part));
        } else if (kind == "text:index-entry-tab-stop") {
            TabStop stop;
            const bool right = part.attribute_or_empty(odf::Name("style:type")) == "right";
            stop.type = right ? TabType::right : TabType::left;
            stop.position = right
                                ? far
                                : parse_length(part.attribute_or_empty(odf::Name("style:position")))
                                      .value_or(Length());
            if (const std::string* leader = part.attribute(n::style_leader_char);
                leader != nullptr && !leader->empty() && *leader != " ")
                stop.leader = utf8::decode(*leader, 0).code_point;
            tabs.push_back(stop);
            linked().push_back(odf::make_element(n::text_tab, {}));
        }
    }

    std::vector<odf::Node>& linked() { return linked_ ? in_link_ : whole_; }

    void add_text(const odf::Element& part, std::string text) {
        if (text.empty()) return;
        const auto style = part.attribute_or_empty(n::text_style_name);
        odf::Node made = odf::Text{std::move(text), part.provenance};
        if (!style.empty())
            made = odf::make_element(n::text_span, {{n::text_style_name, std::string(style)}},
                                     {std::move(made)}, part.provenance);
        linked().push_back(std::move(made));
    }

    void end_link() {
        linked_ = false;
        if (in_link_.empty()) return;
        std::vector<odf::Attribute> attributes{{n::xlink_href, "#" + anchor_}};
        if (!link_style_.empty()) attributes.push_back({n::text_style_name, link_style_});
        whole_.push_back(odf::make_element(n::text_a, std::move(attributes), std::move(in_link_)));
        in_link_.clear();
    }

    const Heading& heading_;
    std::string anchor_, page_, link_style_;
    bool linked_ = false;
    std::vector<odf::Node> whole_, in_link_;
};

/// Measured: Writer finds a heading by the values of its level and of those above, each with a full
/// stop, whatever the number looks like: with start values, and a level that was skipped has its
/// first. One without a number, or that counts at another level of a list, is found by its text.
std::string outline_target(const Heading& heading) {
    std::string out;
    if (heading.numbers.size() == static_cast<std::size_t>(heading.level))
        for (const int number : heading.numbers)
            out += std::to_string(number) + ".";
    return out + heading.text + "|outline";
}

/// The first of the saved entries whose automatic style comes from the level's.
std::string saved_style(const odf::Element& table_of_content, std::string_view level_style,
                        const odf::Document& document) {
    const auto body = table_of_content.child(n::text_index_body);
    if (!body || !document.automatic_styles) return std::string(level_style);
    std::set<std::string_view> derived;
    for (const auto& node : document.automatic_styles->children)
        if (const auto* style = std::get_if<odf::ElementPtr>(&node);
            style != nullptr &&
            (*style)->attribute_or_empty(n::style_parent_style_name) == level_style)
            derived.insert((*style)->attribute_or_empty(n::style_name));
    for (const auto& node : body->children)
        if (const auto* entry = std::get_if<odf::ElementPtr>(&node);
            entry != nullptr && (*entry)->name == n::text_p)
            if (const auto style = (*entry)->attribute_or_empty(n::text_style_name);
                derived.contains(style))
                return std::string(style);
    return std::string(level_style);
}

}  // namespace

bool is_index(odf::Name name) {
    static const std::vector<odf::Name> names{
        n::text_table_of_content,       odf::Name("text:illustration-index"),
        odf::Name("text:table-index"),  odf::Name("text:object-index"),
        odf::Name("text:user-index"),   odf::Name("text:alphabetical-index"),
        odf::Name("text:bibliography"),
    };
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool lists_headings(const odf::Element& table_of_content) {
    const auto source = table_of_content.child(n::text_table_of_content_source);
    return source && source->attribute_or_empty(n::text_use_outline_level) != "false" &&
           source->attribute_or_empty(n::text_use_index_source_styles) != "true" &&
           source->child(n::text_table_of_content_entry_template) != nullptr;
}

std::vector<IndexEntry> index_entries(const odf::Element& table_of_content, const Learnt& known) {
    std::vector<IndexEntry> out;
    const auto source = table_of_content.child(n::text_table_of_content_source);
    std::map<int, const odf::Element*> templates;
    for (const auto& node : source->children)
        if (const auto* child = std::get_if<odf::ElementPtr>(&node);
            child != nullptr && (*child)->name == n::text_table_of_content_entry_template)
            templates[parse_integer((*child)->attribute_or_empty(n::text_outline_level), 1)] =
                child->get();
    const int deepest = parse_integer(source->attribute_or_empty(n::text_outline_level), 10);
    for (std::size_t i = 0; i < known.headings.size(); ++i) {
        const Heading& heading = known.headings[i];
        const auto found = templates.find(heading.level);
        // Measured: a heading without words has no entry.
        if (heading.level > deepest || found == templates.end() || utf8::is_blank(heading.text))
            continue;
        const std::string anchor = heading_anchor(i);
        const auto page = known.pages.find(anchor);
        out.push_back(Entry(heading, anchor, page != known.pages.end() ? page->second.label : "")
                          .made_by(*found->second));
        out.back().target = outline_target(heading);
    }
    return out;
}

odf::ElementPtr editable_entry(const IndexEntry& entry, const odf::Element& table_of_content,
                               const odf::Document& document) {
    auto out = std::make_shared<odf::Element>(*entry.paragraph);
    odf::set_attribute(
        *out, n::text_style_name,
        saved_style(table_of_content, out->attribute_or_empty(n::text_style_name), document));
    for (odf::Node& node : out->children) {
        const auto* link = std::get_if<odf::ElementPtr>(&node);
        if (link == nullptr || (*link)->name != n::text_a) continue;
        auto led = std::make_shared<odf::Element>(**link);
        odf::set_attribute(*led, n::xlink_type, "simple");
        odf::set_attribute(*led, n::xlink_href, "#" + entry.target);
        node = odf::ElementPtr(std::move(led));
    }
    return out;
}

}  // namespace paraphe::layout
