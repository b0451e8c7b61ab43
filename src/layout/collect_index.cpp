#include "layout/collect.hpp"
#include "layout/index.hpp"
#include "layout/names.hpp"

/// Indexes: tables of contents made anew, others as they were saved.
namespace paraphe::layout {

namespace n = names;

void Collector::index(const odf::Element& element, Blocks& out, int node) {
    const auto body = element.child(n::text_index_body);
    if (!body) return;
    const DepthGuard guard(depth_, element, document_.source);
    in_index_ = true;
    ListContext none;
    const auto title = body->child(n::text_index_title);
    if (title) blocks(*title, out, node, none);
    const bool made_anew = element.name == n::text_table_of_content && lists_headings(element);
    if (made_anew) fields_.set_refers();
    int toc = -1;
    const auto add = [&](const odf::ElementPtr& entry) {
        if (toc < 0) toc = add_node(Role::toc, node);
        block(entry, out, add_node(Role::toc_item, toc), none);
    };
    if (made_anew && fields_.known() != nullptr) {
        MadeContents& made = pages_.contents.emplace_back(MadeContents{&element, {}});
        for (IndexEntry& entry : index_entries(element, *fields_.known())) {
            made.entries.push_back(editable_entry(entry, element, document_));
            entries_.push_back(entry.paragraph);
            add(entry.paragraph);
            if (entry.tabs.empty()) continue;
            auto& paragraph = *std::get<std::unique_ptr<Paragraph>>(out.back());
            const auto known =
                entry_styles_.try_emplace({paragraph.style, entry.tabs.size()}, *paragraph.style);
            known.first->second.tabs = std::move(entry.tabs);
            paragraph.style = &known.first->second;
        }
    } else {
        for (const auto& child : body->children)
            if (const auto* entry = std::get_if<odf::ElementPtr>(&child);
                entry != nullptr && *entry != title)
                add(*entry);
        if (!made_anew && toc >= 0)
            warnings_.add("P0432",
                          "cet index garde les lignes et les numéros de page que Writer a "
                          "enregistrés",
                          &element, "relisez-le ; seul un sommaire des titres est refait");
    }
    in_index_ = false;
}

}  // namespace paraphe::layout
