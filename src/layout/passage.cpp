#include "layout/passage.hpp"

#include <algorithm>
#include <map>

namespace paraphe::layout {

namespace {

constexpr std::size_t nowhere = ~std::size_t{0};

/// What the page shows of each node, and of the nodes around it.
class Collector {
public:
    Collector(const Pages& pages, std::size_t page) : pages_(pages) {
        const std::vector<Item>& items = page_at(pages, page).items;
        for (std::size_t i = 0; i < items.size(); ++i)
            if (const int node = mark_of(items[i]).node; node >= 0)
                add(node, std::get_if<GlyphRun>(&items[i]), i);
        add_repeated_heads(items);
        std::size_t order = items.size();
        for (const SignatureField& field : pages.fields)
            if (field.page == static_cast<int>(page) && field.node >= 0) {
                seen(field.node)
                    .words.push_back({order++, {nullptr, field.tooltip, {}, false, {}}});
            }
        // Children stand behind their parents.
        for (auto at = found_.rbegin(); at != found_.rend(); ++at) {
            Found& one = at->second;
            if (!one.words.empty()) one.first = std::min(one.first, one.words.front().order);
            std::sort(one.children.begin(), one.children.end());
            std::vector<int> ordered;
            for (const int child : pages.nodes[static_cast<std::size_t>(at->first)].children)
                if (std::binary_search(one.children.begin(), one.children.end(), child)) {
                    ordered.push_back(child);
                    one.first = std::min(one.first, found_.at(child).first);
                }
            one.children = std::move(ordered);
        }
    }

    Passage build(int index) const {
        Passage out;
        out.node = &pages_.nodes[static_cast<std::size_t>(index)];
        out.language = out.node->words->language;
        const auto here = found_.find(index);
        if (here == found_.end()) return out;
        const Found& found = here->second;
        if (out.node->role == Role::figure && !out.node->words->alternative.empty()) {
            out.text = out.node->words->alternative;
            return out;
        }
        const auto put = [&](Passage part) {
            out.right_to_left = out.right_to_left || part.right_to_left;
            out.parts.push_back(std::move(part));
        };
        // Children keep their order; own words go before the child that is drawn next.
        auto own = found.words.begin();
        for (const int child : found.children) {
            while (own != found.words.end() && own->order < found_.at(child).first)
                put((own++)->words);
            put(build(child));
        }
        while (own != found.words.end())
            put((own++)->words);
        return out;
    }

private:
    struct Words {
        std::size_t order = 0;  ///< in drawing order
        Passage words;
    };
    struct Found {
        std::size_t first = nowhere;  ///< order of what is drawn first of the node and those below
        std::vector<Words> words;
        std::vector<int> children;   ///< those that the page shows, in the tree's order
        std::size_t last = nowhere;  ///< order of the run that `words` ends with
    };

    Found& seen(int node) {
        if (last_ != nullptr && last_node_ == node) return *last_;
        const auto [at, fresh] = found_.try_emplace(node);
        if (fresh)
            if (const int parent = pages_.nodes.at(static_cast<std::size_t>(node)).parent;
                parent >= 0)
                seen(parent).children.push_back(node);
        last_node_ = node;
        last_ = &at->second;
        return at->second;
    }

    /// A table that goes on from the page before is told with its head: where columns share the
    /// page, once.
    void add_repeated_heads(const std::vector<Item>& items) {
        bool told = false;  // is the head that these items repeat on the page already?
        bool begun = false;
        for (std::size_t i = 0; i < items.size(); ++i) {
            const Mark mark = mark_of(items[i]);
            if (mark.artifact != Artifact::repeated_header) {
                begun = false;
            } else if (mark.copy_of >= 0) {
                if (!begun) told = found_.contains(head_of(mark.copy_of));
                begun = true;
                if (!told) add(mark.copy_of, std::get_if<GlyphRun>(&items[i]), i);
            }
        }
    }

    static const Mark& mark_of(const Item& item) {
        return std::visit([](const auto& one) -> const Mark& { return one.mark; }, item);
    }

    int head_of(int node) const {
        while (node >= 0 && pages_.nodes[static_cast<std::size_t>(node)].role != Role::table_head)
            node = pages_.nodes[static_cast<std::size_t>(node)].parent;
        return node;
    }

    void add(int node, const GlyphRun* run, std::size_t order) {
        Found& found = seen(node);
        found.first = std::min(found.first, order);
        if (run == nullptr) return;
        const bool goes_on = !found.words.empty() && found.last + 1 == order &&
                             found.words.back().words.language == run->language;
        if (!goes_on) found.words.push_back({order, {nullptr, {}, run->language, false, {}}});
        found.last = order;
        Passage& words = found.words.back().words;
        words.right_to_left = words.right_to_left || run->right_to_left;
        constexpr std::string_view soft_hyphen = "\xC2\xAD";
        std::size_t at = 0;
        while (at < run->text.size()) {
            const std::size_t end = std::min(run->text.find(soft_hyphen, at), run->text.size());
            words.text.append(run->text, at, end - at);
            at = end + soft_hyphen.size();
        }
    }

    const Pages& pages_;
    std::map<int, Found> found_;
    int last_node_ = -1;  ///< runs of one node follow each other
    Found* last_ = nullptr;
};

}  // namespace

bool Passage::is_block() const {
    switch (role()) {
        case Role::span:
        case Role::link:
        case Role::reference:
        case Role::label:
        case Role::form:
            return false;
        case Role::figure:
            return text.empty() && !parts.empty();
        case Role::quote:
            return std::any_of(parts.begin(), parts.end(),
                               [](const Passage& part) { return part.is_block(); });
        default:
            return true;
    }
}

Passage passage(const Pages& pages, std::size_t page) {
    return Collector(pages, page).build(0);
}

std::string tidy(const std::string& text) {
    std::string out;
    for (const char c : text)
        if (c != ' ' || (!out.empty() && out.back() != ' ')) out += c;
    if (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

std::string told(const Passage& passage) {
    if (passage.role() == Role::figure)
        return "Image : " + (passage.text.empty() ? "sans description" : passage.text);
    if (passage.role() == Role::form)
        return passage.parts.empty() ? "Signature" : passage.parts.front().text;
    return {};
}

}  // namespace paraphe::layout
