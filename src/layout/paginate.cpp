#include "layout/paginate.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "layout/measure.hpp"
#include "layout/names.hpp"
#include "odf/odf.hpp"

namespace paraphe::layout {

namespace n = names;

Paginator::Paginator(StyleSheet& styles, Flow& flow, Typesetter& typesetter, Collector& collector,
                     Warnings& warnings)
    : styles_(styles),
      flow_(flow),
      typesetter_(typesetter),
      collector_(collector),
      warnings_(warnings) {}

namespace {

const std::string* first_master(const Blocks& blocks) {
    if (blocks.empty()) return nullptr;
    if (const auto* p = std::get_if<std::unique_ptr<Paragraph>>(&blocks.front()))
        return &(*p)->style->master_page;
    return &std::get<std::unique_ptr<Table>>(blocks.front())->style->master_page;
}

/// Of the text in a page's first column.
Length column_width(const PageStyle& style) {
    const Length whole = style.size.width - style.margin_left - style.margin_right -
                         style.box.inset(left) - style.box.inset(right);
    return column_places(style.columns, whole).front().width;
}

}  // namespace

Length Paginator::first_width(const Blocks& blocks) {
    const odf::Element* master = nullptr;
    if (const std::string* name = first_master(blocks)) master = styles_.master_page(*name);
    if (master == nullptr) master = styles_.first_master_page();
    static const odf::Element none;
    return column_width(*styles_.page(master != nullptr ? *master : none));
}

std::optional<Length> Paginator::width_of(const std::string& master) {
    const odf::Element* element = styles_.master_page(master);
    if (element == nullptr) return std::nullopt;
    return column_width(*styles_.page(*element));
}

Fragment Paginator::furniture(const odf::Element& source, Artifact artifact,
                              const FieldValues& values, const FurnitureStyle& style, Length width,
                              Length& height) {
    const Length inner = std::max(width - style.margin_left - style.margin_right -
                                      style.box.inset(left) - style.box.inset(right),
                                  Length::from_points(10));
    Length content_height;
    Stack stack = flow_.lay_out(collector_.furniture(source, artifact, values), inner);
    const Length below = styles_.settings().spacing_in_furniture && !stack.pieces.empty()
                             ? stack.pieces.back().below
                             : Length();
    Fragment content = flow_.set_all(std::move(stack), content_height);
    height = content_height + below + style.box.inset(top) + style.box.inset(bottom);
    return content;
}

Paginator::Area Paginator::open_page(const odf::Element* master, int number, int paragraph,
                                     bool first_of_style, int page_count) {
    static const odf::Element none;
    Area area;
    area.master = master;
    area.style = styles_.page(master != nullptr ? *master : none);
    area.number = number;
    area.paragraph = paragraph;
    const PageStyle& style = *area.style;
    const bool mirrored = style.usage == PageStyle::Usage::mirrored && number % 2 == 0;
    area.mirrored = mirrored;
    const Length margin_left = mirrored ? style.margin_right : style.margin_left;
    area.left = margin_left + style.box.inset(left);
    area.width = style.size.width - style.margin_left - style.margin_right - style.box.inset(left) -
                 style.box.inset(right);
    area.top = style.margin_top + style.box.inset(top);
    area.bottom = style.size.height - style.margin_bottom - style.box.inset(bottom);
    if (master == nullptr) return area;

    FieldValues values;
    values.page = number;
    values.page_format = style.number_format;
    values.page_count = page_count;
    values.paragraph = paragraph;
    // Measured: a first page has header and footer of its own, or neither; what the file leaves out
    // is empty.
    const bool own_first = first_of_style && (master->child(n::style_header_first) ||
                                              master->child(n::style_footer_first));
    const auto variant = [&](odf::Name first, odf::Name left_page,
                             odf::Name plain) -> odf::ElementPtr {
        static const odf::ElementPtr empty =
            odf::make_element(n::style_header, {}, {odf::make_element(n::text_p, {})});
        odf::ElementPtr out;
        if (own_first) out = master->child(first);
        if (own_first && !out && master->child(plain)) out = empty;
        if (!out && number % 2 == 0) out = master->child(left_page);
        if (!out) out = master->child(plain);
        if (out && out->attribute_or_empty(n::style_display) == "false") out = nullptr;
        return out;
    };
    const auto size_of = [](const FurnitureStyle& one, Length content) {
        // Measured: the given height holds the spacing; without one it is added to the content.
        if (one.dynamic_spacing) return std::max(one.min_height, content);
        return std::max(one.min_height, content + one.spacing);
    };
    if (const auto header = variant(n::style_header_first, n::style_header_left, n::style_header)) {
        Length height;
        const FurnitureStyle& one = style.header;
        Fragment content = furniture(*header, Artifact::header, values, one, area.width, height);
        const Length whole = size_of(one, height);
        const Length box_height = std::max(height, whole - one.spacing);
        const Rect box{area.left + one.margin_left, area.top,
                       area.width - one.margin_left - one.margin_right, box_height};
        add_box(area.header.items, one.box, box, fill_budget_, {-1, Artifact::header},
                {-1, Artifact::header});
        area.header.append(std::move(content),
                           {box.x + one.box.inset(left), box.y + one.box.inset(top)});
        area.top += whole;
    }
    if (const auto footer = variant(n::style_footer_first, n::style_footer_left, n::style_footer)) {
        Length height;
        const FurnitureStyle& one = style.footer;
        Fragment content = furniture(*footer, Artifact::footer, values, one, area.width, height);
        const Length whole = size_of(one, height);
        const Length spacing = std::min(one.spacing, whole - height);
        const Rect box{area.left + one.margin_left, area.bottom - whole + spacing,
                       area.width - one.margin_left - one.margin_right, whole - spacing};
        add_box(area.footer.items, one.box, box, fill_budget_, {-1, Artifact::footer},
                {-1, Artifact::footer});
        area.footer.append(std::move(content),
                           {box.x + one.box.inset(left), box.y + one.box.inset(top)});
        area.bottom -= whole;
    }
    // Headers that fill the page would leave no room for a line.
    area.bottom = std::max(area.bottom, area.top + Length::from_points(20));
    return area;
}

namespace {

/// More than a rounding beyond an edge of the page.
bool beyond(const Size& page, Length x, Length width, Length y) {
    const Length slack = Length::from_points(1);
    return y < -slack || y > page.height + slack || x < -slack || x + width > page.width + slack;
}

Length length_of(const GlyphRun& run) {
    Length out;
    for (const Glyph& glyph : run.glyphs)
        out += glyph.advance;
    return out;
}

}  // namespace

void Paginator::tell_lost(const Page& page) {
    for (const Item& item : page.items) {
        const auto* run = std::get_if<GlyphRun>(&item);
        if (run != nullptr && run->provenance && !utf8::is_blank(run->text) &&
            beyond(page.size, run->origin.x, length_of(*run), run->origin.y))
            warnings_.add("P0430", "du texte sort de la page : il ne se lit pas", *run->provenance,
                          "réduisez le cadre, le tableau, le retrait ou le mot qui dépasse");
    }
}

void Paginator::land(Fragment&& fragment, Point offset, Page& page, int number, Pages& pages) {
    bool lost = false;
    page.items.reserve(page.items.size() + fragment.items.size());
    for (Item& item : fragment.items) {
        translate(item, offset);
        page.items.push_back(std::move(item));
    }
    for (LineBox& line : fragment.lines) {
        line.page = number;
        line.box.x += offset.x;
        line.box.y += offset.y;
        line.baseline += offset.y;
        lost = lost || beyond(page.size, line.box.x, line.box.width, line.baseline);
        pages.lines.push_back(std::move(line));
    }
    for (PlacedLink& link : fragment.links) {
        link.box.x += offset.x;
        link.box.y += offset.y;
        pending_.push_back({link, number});
    }
    for (PlacedSlot& slot : fragment.slots) {
        if (slot.node < 0) {
            warnings_.add(
                "P0421",
                "une signature en en-tête ou en pied de page n’est pas un champ : la case "
                "reste vide",
                warnings_.bookmark("paraphe.signature." + slot.slot),
                "placez la signature dans le corps du document");
            continue;
        }
        SignatureField field;
        field.slot = slot.slot;
        field.tooltip = "Signature : " + slot.slot;
        field.page = number;
        field.box = {slot.box.x + offset.x, slot.box.y + offset.y, slot.box.width, slot.box.height};
        field.node = slot.node;
        pages.fields.push_back(std::move(field));
    }
    for (PlacedTarget& target : fragment.targets) {
        const Point at{target.at.x + offset.x, target.at.y + offset.y};
        const Bookmark here{number, at, {page_number_, page.label}};
        if (!target.bookmark.empty()) bookmarks_.try_emplace(target.bookmark, here);
        if (target.heading > 0) {
            bookmarks_.try_emplace(target.title + "|outline", here);
            pages.outline.push_back({std::move(target.title), target.heading, number, at});
        }
        if (target.page_field != nullptr) fields_[target.page_field] = page_number_;
    }
    if (lost) tell_lost(page);
}

void Paginator::close_page(Filled& filled, Pages& pages) {
    Area& area = filled.area;
    const PageStyle& style = *area.style;
    const int index = static_cast<int>(pages.pages.size());
    pages.pages.emplace_back();
    Page& page = pages.pages.back();
    page.size = style.size;
    page.label = format_number(area.number, style.number_format);
    page_number_ = area.number;
    if (style.box.drawn()) {
        const Rect box{style.margin_left, style.margin_top,
                       style.size.width - style.margin_left - style.margin_right,
                       style.size.height - style.margin_top - style.margin_bottom};
        // Measured: the background of a page reaches over its margins.
        add_background(page.items, style.box, {{}, {}, style.size.width, style.size.height},
                       fill_budget_, {-1, Artifact::background});
        BoxStyle frame = style.box;
        frame.background.reset();
        frame.area.reset();
        add_box(page.items, frame, box, fill_budget_, {-1, Artifact::background},
                {-1, Artifact::layout});
    }
    land(std::move(area.header), {}, page, index, pages);
    add_rules(style.columns, column_places(style.columns, area.width),
              {area.left, area.top, area.width, area.bottom - area.top}, page.items);
    if (!filled.frames.empty())
        filled.columns.front().body =
            between(std::move(filled.frames), std::move(filled.columns.front().body));
    for (Filled::Column& column : filled.columns) {
        land(std::move(column.body), {area.left + column.slot.x, area.top}, page, index, pages);
        if (!column.foot.notes.empty())
            land_notes(column.foot, column.slot, area, page, index, pages);
    }
    land(std::move(area.footer), {}, page, index, pages);
}

void Paginator::land_notes(Foot& foot, const Slot& slot, const Area& area, Page& page, int index,
                           Pages& pages) {
    const PageStyle& style = *area.style;
    const Length x = area.left + slot.x;
    Length y = area.bottom;
    for (const Length height : foot.heights)
        y -= height;
    if (style.footnote_rule > Length()) {
        Path rule;
        rule.verbs = {Verb::move, Verb::line};
        const Length rule_y = y - style.footnote_after - style.footnote_rule / 2;
        rule.points = {{x, rule_y},
                       {x + slot.width.scaled(style.footnote_rule_percent, 100), rule_y}};
        rule.stroke = Color{};
        rule.stroke_width = style.footnote_rule;
        rule.mark = {-1, Artifact::layout};
        page.items.emplace_back(std::move(rule));
    }
    for (std::size_t i = 0; i < foot.notes.size(); ++i) {
        land(std::move(foot.notes[i]), {x, y}, page, index, pages);
        y += foot.heights[i];
    }
}

void Paginator::resolve_links(Pages& pages) {
    for (const PendingLink& one : pending_) {
        const LinkTarget& target = collector_.links()[static_cast<std::size_t>(one.link.link)];
        if (target.node < 0) continue;  // a link in a header is text alone
        Link link;
        link.page = one.page;
        link.box = one.link.box;
        link.description = target.description;
        link.node = target.node;
        if (target.uri.starts_with("#")) {
            const auto found = bookmarks_.find(std::string_view(target.uri).substr(1));
            if (found == bookmarks_.end()) {
                warnings_.add("P0419",
                              "le lien « " + target.uri + " » ne mène à aucun signet du document",
                              target.element, "vérifiez le nom du signet");
                continue;
            }
            link.target_page = found->second.page;
            link.target = found->second.at;
        } else if (!target.uri.empty()) {
            link.uri = target.uri;
        } else {
            continue;
        }
        pages.links.push_back(std::move(link));
    }
}

}  // namespace paraphe::layout
