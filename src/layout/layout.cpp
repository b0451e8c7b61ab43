#include "layout/layout.hpp"

#include <map>

#include "base/error.hpp"
#include "layout/collect.hpp"
#include "layout/flow.hpp"
#include "layout/lines.hpp"
#include "layout/names.hpp"
#include "layout/paginate.hpp"
#include "layout/style_sheet.hpp"
#include "locale/zone.hpp"

namespace paraphe::layout {

namespace n = names;

namespace {

std::string text_of(const odf::Element* element) {
    std::string out;
    if (element == nullptr) return out;
    for (const auto& node : element->children)
        if (const auto* text = std::get_if<odf::Text>(&node)) out += text->text;
    return out;
}

Metadata metadata_of(const odf::Document& document, const Options& options,
                     const std::string& text_language) {
    static const odf::Name user_defined("meta:user-defined"), meta_name("meta:name");
    Metadata out;
    out.producer = options.producer;
    out.created = options.created;
    if (!text_language.empty()) out.language = text_language;
    if (!document.meta) return out;
    out.title = text_of(document.meta->child(n::dc_title).get());
    out.subject = text_of(document.meta->child(n::dc_subject).get());
    out.author = text_of(document.meta->child(n::meta_initial_creator).get());
    if (out.author.empty()) out.author = text_of(document.meta->child(n::dc_creator).get());
    if (const auto language = text_of(document.meta->child(n::dc_language).get());
        !language.empty())
        out.language = language;
    for (const auto& node : document.meta->children)
        if (const auto* child = std::get_if<odf::ElementPtr>(&node);
            child != nullptr && (*child)->name == n::meta_keyword)
            out.keywords.push_back(text_of(child->get()));
        else if (child != nullptr && (*child)->name == user_defined)
            if (const auto name = (*child)->attribute_or_empty(meta_name);
                name.starts_with("paraphe:"))
                out.sources.push_back(std::string(name) + " " + text_of(child->get()));
    return out;
}

/// ISO 14289-1 §7.4.2 knows no heading that skips a level. What stands under what stays as the
/// outline levels say; the levels themselves close up. The check of templates tells the author.
void close_heading_gaps(std::vector<StructureNode>& nodes) {
    std::vector<Role> above;  // the headings that are open, by their levels in the document
    for (StructureNode& node : nodes) {
        if (node.role < Role::h1 || node.role > Role::h6) continue;
        while (!above.empty() && above.back() >= node.role)
            above.pop_back();
        above.push_back(node.role);
        node.role =
            static_cast<Role>(static_cast<int>(Role::h1) + static_cast<int>(above.size()) - 1);
    }
}

/// What clocks of that zone show then.
std::optional<Moment> moment_of(const std::string& created, const std::string& zone) {
    const auto instant = parse_instant(created);
    if (!instant) return std::nullopt;
    const locale::LocalTime local = locale::to_local(*instant, zone);
    return Moment::parse(local.date.to_string() + "T" + local.time);
}

Pages set_pages(const odf::Document& document, const text::FontMap& fonts, const Options& options,
                ShapingCache& own, const Learnt* known, Learnt& learnt, bool& depends) {
    Warnings warnings(document);
    StyleSheet styles(document, fonts, warnings);
    Pages pages;
    pages.metadata = metadata_of(document, options, styles.default_text()->language);
    StructureNode root;
    root.role = Role::document;
    root.words.make().language = pages.metadata.language;
    pages.nodes.push_back(std::move(root));

    Fields fields(document, moment_of(options.created, options.zone), warnings);
    fields.use(known);
    Collector collector(document, styles, fields, pages, warnings);
    Typesetter typesetter(Shaper(own, options.shaped, styles.settings()), styles,
                          options.hyphenation_folder);
    Flow flow(styles, typesetter, warnings);
    Paginator paginator(styles, flow, typesetter, collector, warnings);
    FieldValues values;
    values.page_count = known != nullptr ? known->page_count : 1;
    const Blocks blocks = collector.body(values);
    Stack stack =
        flow.lay_out(blocks, paginator.first_width(blocks),
                     [&](const std::string& master) { return paginator.width_of(master); });
    paginator.place(std::move(stack), pages, values.page_count, learnt);
    learnt.references = fields.references();
    learnt.headings = fields.headings();
    learnt.page_count = static_cast<int>(pages.pages.size()) + paginator.blank_pages();
    depends = (collector.body_counts_pages() && learnt.page_count != values.page_count) ||
              !learnt.fields.empty() || fields.refers();
    close_heading_gaps(pages.nodes);
    pages.warnings = warnings.take();
    return pages;
}

}  // namespace

Pages layout(const odf::Document& document, const text::FontMap& fonts, const Options& options) {
    if (options.shaped != nullptr && &options.shaped->state().fonts != &fonts)
        throw Error(ErrorKind::internal, "the cache of shaped text is one of other fonts");
    // Large enough for all but a book: each distinct text is shaped once for all passes.
    ShapingCache own(fonts, 64u << 20);
    // Page fields, references and tables of contents need the pages that they change: a second pass
    // settles nearly every document, a few swing between two states and stop at the fourth.
    std::optional<Learnt> known;
    for (int pass = 0;; ++pass) {
        Learnt learnt;
        bool depends = false;
        Pages out =
            set_pages(document, fonts, options, own, known ? &*known : nullptr, learnt, depends);
        if (!depends || learnt == known || pass == 3) return out;
        known = std::move(learnt);
    }
}

}  // namespace paraphe::layout
