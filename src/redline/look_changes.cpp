#include "redline/look_changes.hpp"

#include <algorithm>
#include <utility>

#include "redline/usage_changes.hpp"

namespace paraphe::redline {

namespace {

using odf::Name;

bool is_text_property(const std::string& property) {
    static const std::set<std::string, std::less<>> all{
        "police",  "taille",     "gras",  "italique", "souligné", "barré",
        "couleur", "surlignage", "casse", "position", "masqué"};
    return all.contains(property);
}

/// Those of `all` that are not among `known`.
std::vector<PropertyChange> without(std::vector<PropertyChange> all,
                                    const std::vector<PropertyChange>& known) {
    std::erase_if(all, [&](const PropertyChange& each) {
        return std::find(known.begin(), known.end(), each) != known.end();
    });
    return all;
}

}  // namespace

void LookChanges::compare(const Block& before, const Block& after, const std::vector<Edit>& all,
                          bool old_furniture, bool new_furniture) {
    static const Name style("text:style-name");
    const std::string old_style(before.element->attribute_or_empty(style)),
        new_style(after.element->attribute_or_empty(style));
    const std::string old_named = looks_before_.named("paragraph", old_style, old_furniture),
                      new_named = looks_after_.named("paragraph", new_style, new_furniture);
    used_.insert(old_named);
    used_.insert(new_named);
    if (looks_before_.display_name("paragraph", old_named) !=
        looks_after_.display_name("paragraph", new_named))
        assignments_[{looks_before_.display_name("paragraph", old_named),
                      looks_after_.display_name("paragraph", new_named)}]
            .places.push_back(place_of(after.spot, after.element, after_source_));
    // What the styles' own looks explain is told with the styles.
    const Look &old_look = looks_before_.paragraph(old_style, old_furniture),
               &new_look = looks_after_.paragraph(new_style, new_furniture);
    const std::vector<PropertyChange>& explained = explained_by(old_named, new_named);
    if (old_style != old_named || new_style != new_named) {
        auto direct = without(differences(old_look, new_look), explained);
        std::erase_if(direct,
                      [](const PropertyChange& each) { return is_text_property(each.property); });
        if (!direct.empty())
            paragraphs_[direct].places.push_back(
                place_of(after.spot, after.element, after_source_));
    }
    words(before, after, all, old_look, new_look, explained, old_furniture, new_furniture);
}

const std::vector<PropertyChange>& LookChanges::explained_by(const std::string& before,
                                                             const std::string& after) {
    const auto key = std::pair(before, after);
    if (const auto found = explained_.find(key); found != explained_.end()) return found->second;
    return explained_
        .emplace(key, differences(looks_before_.paragraph(before, false),
                                  looks_after_.paragraph(after, false)))
        .first->second;
}

void LookChanges::words(const Block& before, const Block& after, const std::vector<Edit>& all,
                        const Look& old_look, const Look& new_look,
                        const std::vector<PropertyChange>& explained, bool old_furniture,
                        bool new_furniture) {
    struct Part {
        std::vector<PropertyChange> changes;
        std::string text;
    };
    std::vector<Part> parts;
    const Run *old_run = nullptr, *new_run = nullptr;
    std::vector<PropertyChange> now;
    bool everywhere = true;
    for (const Edit& edit : all) {
        if (edit.kind != Edit::Kind::same) continue;
        for (std::size_t i = 0; i < edit.after_end - edit.after; ++i) {
            const Token &x = before.paragraph.tokens[edit.before + i],
                        &y = after.paragraph.tokens[edit.after + i];
            if (x.kind != Token::Kind::tag && x.kind != Token::Kind::object &&
                before.paragraph.text.compare(x.begin, x.end - x.begin, after.paragraph.text,
                                              y.begin, y.end - y.begin) != 0)
                ++typography_;
            if (x.kind == Token::Kind::space) {
                if (!parts.empty() && i > 0 && parts.back().changes == now)
                    parts.back().text += " ";
                continue;
            }
            const Run *a = &before.paragraph.run_at(x.begin), *b = &after.paragraph.run_at(y.begin);
            if (a != old_run || b != new_run) {
                now = words_change(*a, *b, old_look, new_look, explained, old_furniture,
                                   new_furniture);
                old_run = a;
                new_run = b;
            }
            if (now.empty()) everywhere = false;
            const std::string text = after.paragraph.words(edit.after + i, edit.after + i + 1);
            if (!parts.empty() && parts.back().changes == now)
                parts.back().text += text;
            else
                parts.push_back({now, text});
        }
    }
    std::erase_if(parts, [](const Part& part) { return part.changes.empty(); });
    if (parts.empty()) return;
    if (everywhere && parts.size() == 1) {
        paragraphs_[parts[0].changes].places.push_back(
            place_of(after.spot, after.element, after_source_));
        return;
    }
    for (Part& part : parts) {
        Group& group = words_[part.changes];
        group.places.push_back(place_of(after.spot, after.element, after_source_));
        while (part.text.ends_with(" "))
            part.text.pop_back();
        group.quotes.push_back(std::move(part.text));
    }
}

std::vector<PropertyChange> LookChanges::words_change(const Run& a, const Run& b,
                                                      const Look& old_look, const Look& new_look,
                                                      const std::vector<PropertyChange>& explained,
                                                      bool old_furniture, bool new_furniture) {
    if (a.styles == b.styles && a.styles.size() == 1 && looks_before_.has("text", a.styles[0]) &&
        looks_after_.has("text", b.styles[0])) {
        used_words_.insert(a.styles[0]);
        return {};
    }
    const auto effective = [](const Look& paragraph, const Look& words) {
        Look out;
        for (const auto& [property, value] : paragraph)
            if (is_text_property(property)) out.emplace(property, value);
        for (const auto& [property, value] : words)
            out[property] = value;
        return out;
    };
    return without(differences(effective(old_look, looks_before_.words(a.styles, old_furniture)),
                               effective(new_look, looks_after_.words(b.styles, new_furniture))),
                   explained);
}

void LookChanges::tell(Changes& out) {
    out.typography = typography_;
    named_styles(out);
    grouped_styles(out);
    pages(out);
}

void LookChanges::named_styles(Changes& out) {
    std::set<std::string> with_parents;
    for (std::string name : used_)
        for (int depth = 0; depth < 64 && with_parents.insert(name).second && !name.empty();
             ++depth)
            name = looks_after_.parent(name);
    with_parents.insert("");
    for (const std::string& name : with_parents) {
        if (!name.empty() &&
            (!looks_before_.has("paragraph", name) || !looks_after_.has("paragraph", name)))
            continue;
        std::vector<PropertyChange> own = explained_by(name, name);
        if (!name.empty() && looks_before_.parent(name) == looks_after_.parent(name))
            own = without(own, explained_by(looks_after_.parent(name), looks_after_.parent(name)));
        if (own.empty()) continue;
        out.styles.push_back(
            {StyleChange::What::style,
             name.empty() ? "style par défaut" : looks_after_.display_name("paragraph", name),
             "",
             std::move(own),
             {},
             {}});
    }
    for (const std::string& name : used_words_)
        if (auto own =
                differences(looks_before_.words({name}, false), looks_after_.words({name}, false));
            !own.empty())
            out.styles.push_back({StyleChange::What::style,
                                  looks_after_.display_name("text", name),
                                  "",
                                  std::move(own),
                                  {},
                                  {}});
}

void LookChanges::grouped_styles(Changes& out) {
    for (auto& [names, group] : assignments_)
        out.styles.push_back({StyleChange::What::assignment,
                              names.first,
                              names.second,
                              {},
                              std::move(group.places),
                              {}});
    for (auto& [changes, group] : paragraphs_)
        out.styles.push_back(
            {StyleChange::What::paragraph, "", "", changes, std::move(group.places), {}});
    for (auto& [changes, group] : words_)
        out.styles.push_back({StyleChange::What::words, "", "", changes, std::move(group.places),
                              std::move(group.quotes)});
}

void LookChanges::pages(Changes& out) const {
    for (const auto& [name, look] : looks_after_.pages()) {
        const auto old = looks_before_.pages().find(name);
        if (old == looks_before_.pages().end()) continue;
        Look a = old->second, b = look;
        for (auto& [property, value] : b)
            a.try_emplace(property, LookValue{"non précisé", {}});
        for (auto& [property, value] : a)
            b.try_emplace(property, LookValue{"non précisé", {}});
        auto changes = differences(a, b);
        std::erase_if(changes, [](const PropertyChange& each) {
            return each.before == "non précisé" || each.after == "non précisé";
        });
        if (!changes.empty())
            out.styles.push_back({StyleChange::What::page, name, "", std::move(changes), {}, {}});
    }
}

}  // namespace paraphe::redline
