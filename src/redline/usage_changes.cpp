#include "redline/usage_changes.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "odf/odf.hpp"
#include "redline/tags.hpp"

namespace paraphe::redline {

using odf::ElementPtr;
using odf::Name;

namespace {

using Used = std::map<std::pair<UsageChange::What, std::string>, std::vector<Place>>;

void used_by(const Stream& stream, Usage& usage, Used& used, const std::string& source) {
    for (const Block& block : stream.blocks) {
        const auto report = [&](Usage::What what, const std::string& name) {
            const auto kind = what == Usage::What::field  ? UsageChange::What::field
                              : what == Usage::What::slot ? UsageChange::What::slot
                                                          : UsageChange::What::clause;
            auto& places = used[{kind, name}];
            Place here = place_of(block.spot, block.element, source);
            if (places.empty() || !(places.back() == here)) places.push_back(std::move(here));
        };
        for (const Token& token : block.paragraph.tokens)
            if (token.kind == Token::Kind::tag) usage.read(token.canonical, report);
        for (const Stream& inner : block.inner)
            used_by(inner, usage, used, source);
        for (const Row& row : block.rows)
            for (const Cell& cell : row.cells)
                used_by(cell.stream, usage, used, source);
    }
}

Used used_by(const Story& story, const odf::Document& document) {
    Used out;
    for (const auto& [name, stream] : story.furniture) {
        Usage usage;
        used_by(stream, usage, out, document.source);
    }
    Usage usage;
    used_by(story.body, usage, out, document.source);
    if (document.meta)
        for (const odf::Node& node : document.meta->children)
            if (const auto* child = std::get_if<ElementPtr>(&node)) {
                const std::string text = odf::plain_text(**child);
                Usage own;
                for (const TagPlace& tag : tags_in(text))
                    own.read(tag.canonical, [&](Usage::What, const std::string& name) {
                        auto& places = out[{UsageChange::What::field, name}];
                        if (places.empty())
                            places.push_back(
                                place_of({"Propriétés du document", {}}, *child, document.source));
                    });
            }
    return out;
}

}  // namespace

Place place_of(const Spot& spot, const ElementPtr& element, const std::string& source) {
    Place out{spot.article, spot.words, {source, 0, 0, {}}};
    if (element && element->provenance) {
        out.where.line = element->provenance->line;
        if (element->provenance->source) out.where.source = *element->provenance->source;
    }
    return out;
}

std::vector<PropertyOfDocument> metadata_changes(const odf::Document& before,
                                                 const odf::Document& after) {
    std::vector<PropertyOfDocument> changes;
    const auto get = [](const odf::Document& document, const char* name) {
        std::string out;
        if (!document.meta) return out;
        for (const odf::Node& node : document.meta->children)
            if (const auto* child = std::get_if<ElementPtr>(&node);
                child != nullptr && (*child)->name == Name(name))
                out += (out.empty() ? "" : ", ") + odf::plain_text(**child);
        return out;
    };
    for (const auto& [element, property] :
         std::initializer_list<std::pair<const char*, const char*>>{
             {"dc:title", "titre"},
             {"dc:subject", "sujet"},
             {"dc:description", "description"},
             {"meta:keyword", "mots-clés"}}) {
        std::string was = get(before, element), is = get(after, element);
        if (was != is) changes.push_back({property, std::move(was), std::move(is)});
    }
    const auto pictures = [](const odf::Document& document) {
        std::multiset<std::string> out;
        for (const odf::Part& part : document.parts)
            if (part.path.starts_with("Pictures/") && part.bytes) out.insert(*part.bytes);
        return out;
    };
    const auto was = pictures(before), is = pictures(after);
    if (was != is) {
        const auto count = [](std::size_t n) { return n == 0 ? "aucune" : std::to_string(n); };
        changes.push_back(
            {"images", count(was.size()),
             count(is.size()) + (was.size() == is.size() ? ", dont le contenu diffère" : "")});
    }
    return changes;
}

std::vector<UsageChange> usage_changes(const Story& before, const odf::Document& before_document,
                                       const Story& after, const odf::Document& after_document) {
    std::vector<UsageChange> out;
    Used was = used_by(before, before_document), is = used_by(after, after_document);
    for (auto& [key, places] : was)
        if (!is.contains(key))
            out.push_back({key.first, Change::removed, key.second, std::move(places)});
    for (auto& [key, places] : is)
        if (!was.contains(key))
            out.push_back({key.first, Change::added, key.second, std::move(places)});
    std::stable_sort(out.begin(), out.end(),
                     [](const UsageChange& a, const UsageChange& b) { return a.what < b.what; });
    return out;
}

}  // namespace paraphe::redline
