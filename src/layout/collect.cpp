#include "layout/collect.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/error.hpp"
#include "layout/index.hpp"
#include "layout/measure.hpp"
#include "layout/names.hpp"
#include "layout/shape.hpp"

namespace paraphe::layout {

namespace n = names;

namespace {

constexpr int most_columns = 256;
constexpr int most_spanned_rows = 2000;
constexpr int most_cells = 50000;  ///< about 200 MB

bool skipped_block(odf::Name name) {
    static const std::vector<odf::Name> names{
        n::text_tracked_changes,
        n::text_soft_page_break,
        odf::Name("text:sequence-decls"),
        odf::Name("text:variable-decls"),
        odf::Name("text:user-field-decls"),
        odf::Name("text:dde-connection-decls"),
        odf::Name("text:alphabetical-index-auto-mark-file"),
        odf::Name("office:forms"),
        odf::Name("text:change"),
        odf::Name("text:change-start"),
        odf::Name("text:change-end"),
        odf::Name("table:shapes"),
        odf::Name("table:title"),
        odf::Name("table:desc"),
        odf::Name("text:section-source"),
        odf::Name("office:annotation"),
        odf::Name("text:table-of-content-source"),
        odf::Name("text:illustration-index-source"),
        odf::Name("text:table-index-source"),
        odf::Name("text:object-index-source"),
        odf::Name("text:user-index-source"),
        odf::Name("text:alphabetical-index-source"),
        odf::Name("text:bibliography-source"),
        odf::Name("office:dde-source"),
    };
    return std::find(names.begin(), names.end(), name) != names.end();
}

Role heading_role(int level) {
    constexpr std::array roles{Role::h1, Role::h2, Role::h3, Role::h4, Role::h5, Role::h6};
    return roles[static_cast<std::size_t>(std::clamp(level, 1, 6) - 1)];
}

std::string list_numbering(const ListLevel& level) {
    if (level.bullet) return "Disc";
    if (level.format == "1") return "Decimal";
    if (level.format == "a") return "LowerAlpha";
    if (level.format == "A") return "UpperAlpha";
    if (level.format == "i") return "LowerRoman";
    if (level.format == "I") return "UpperRoman";
    return {};
}

}  // namespace

DepthGuard::DepthGuard(int& depth, const odf::Element& element, const std::string& source)
    : depth_(depth) {
    constexpr int deepest = 100;
    if (++depth_ > deepest) {
        --depth_;
        throw Error(ErrorKind::malformed_input,
                    "les éléments du document sont imbriqués trop profondément",
                    {source, element.provenance ? element.provenance->line : 0, 0, {}});
    }
}

Collector::Collector(const odf::Document& document, StyleSheet& styles, Fields& fields,
                     Pages& pages, Warnings& warnings)
    : document_(document), styles_(styles), pages_(pages), warnings_(warnings), fields_(fields) {}

int Collector::add_node(Role role, int parent) {
    if (artifact_ != Artifact::none) return -1;
    const int id = static_cast<int>(pages_.nodes.size());
    StructureNode node;
    node.role = role;
    node.parent = parent;
    pages_.nodes.push_back(std::move(node));
    if (parent >= 0) pages_.nodes[static_cast<std::size_t>(parent)].children.push_back(id);
    return id;
}

Mark Collector::mark(int node) const {
    if (artifact_ != Artifact::none || node < 0)
        return {-1, artifact_ == Artifact::none ? Artifact::layout : artifact_};
    return {node, Artifact::none};
}

const ListStyle* Collector::list_style(std::string_view name) {
    const odf::Element* element = styles_.list_style(name);
    if (element == nullptr) return nullptr;
    const auto found = list_styles_.find(element);
    if (found != list_styles_.end()) return &found->second;
    return &list_styles_.emplace(element, read_list_style(*element)).first->second;
}

Blocks Collector::body(const FieldValues& fields) {
    values_ = fields;
    artifact_ = Artifact::none;
    styles_.use_furniture_styles(false);
    const auto text = document_.body ? document_.body->child(n::office_text) : nullptr;
    if (!text)
        throw Error(ErrorKind::malformed_input,
                    "le fichier n’est pas un document texte (office:text manque)",
                    {document_.source, 0, 0, {}}, "enregistrez-le depuis Writer au format ODT");
    Blocks out;
    ListContext none;
    body_ = &out;
    blocks(*text, out, 0, none);
    body_ = nullptr;
    // Endnotes fill pages of their own, of the page style "Endnote", as in Writer.
    if (!endnotes_.empty())
        if (auto* first = std::get_if<std::unique_ptr<Paragraph>>(&endnotes_.front()))
            (*first)->first_endnote = true;
    std::move(endnotes_.begin(), endnotes_.end(), std::back_inserter(out));
    endnotes_.clear();
    return out;
}

Blocks Collector::furniture(const odf::Element& element, Artifact artifact,
                            const FieldValues& fields) {
    values_ = fields;
    artifact_ = artifact;
    styles_.use_furniture_styles(true);
    Blocks out;
    ListContext none;
    blocks(element, out, -1, none);
    styles_.use_furniture_styles(false);
    artifact_ = Artifact::none;
    return out;
}

void Collector::blocks(const odf::Element& parent, Blocks& out, int node, ListContext& list) {
    const DepthGuard guard(depth_, parent, document_.source);
    for (const auto& child : parent.children)
        if (const auto* element = std::get_if<odf::ElementPtr>(&child))
            block(*element, out, node, list);
}

void Collector::block(const odf::ElementPtr& pointer, Blocks& out, int node, ListContext& context) {
    const odf::Element& element = *pointer;
    if (element.name == n::text_p || element.name == n::text_h) {
        if (!is_hidden(element)) paragraph(pointer, out, node, context);
    } else if (element.name == n::text_list) {
        list(element, out, node, context);
    } else if (element.name == n::text_section) {
        if (element.attribute_or_empty(n::text_display) != "none")
            section(element, out, node, context);
    } else if (element.name == n::table_table) {
        table(element, out, node);
    } else if (element.name == n::text_numbered_paragraph) {
        blocks(element, out, node, context);
    } else if (is_index(element.name)) {
        index(element, out, node);
    } else if (element.name == n::draw_frame || element.name == n::draw_a ||
               element.name == n::draw_g || is_shape(element)) {
        page_frame(element, node);
    } else if (!skipped_block(element.name)) {
        warnings_.add("P0411", "l’élément « " + element.name.str() + " » n’est pas encore composé",
                      &element);
    }
}

void Collector::section(const odf::Element& element, Blocks& out, int node, ListContext& context) {
    const Section* outer = section_;
    const SectionStyle* style = styles_.section(element.attribute_or_empty(n::text_style_name));
    // Only the body has places to give; in a cell or a header a section is its content.
    if (!style->plain() && artifact_ == Artifact::none && &out == body_) {
        sections_.push_back({style});
        section_ = &sections_.back();
    }
    blocks(element, out, node, context);
    section_ = outer;
}

void Collector::list(const odf::Element& element, Blocks& out, int node, const ListContext& outer) {
    const DepthGuard guard(depth_, element, document_.source);
    ListContext context;
    context.level = std::min(outer.level + 1, 9);
    const auto style_name = element.attribute_or_empty(n::text_style_name);
    context.style = style_name.empty() ? nullptr : list_style(style_name);
    if (context.style == nullptr) context.style = outer.style;
    if (outer.level >= 0) {
        context.counters = outer.counters;
    } else {
        std::string id(element.attribute_or_empty(n::xml_id));
        if (id.empty()) id = std::string("#").append(std::to_string(list_keys_.size()));
        std::string key = id;
        const auto continued = list_keys_.find(element.attribute_or_empty(n::text_continue_list));
        const auto last = last_list_.find(style_name);
        if (continued != list_keys_.end())
            key = continued->second;
        else if (element.attribute_or_empty(n::text_continue_numbering) == "true" &&
                 last != last_list_.end())
            key = last->second;
        context.counters = &counters_[key];
        last_list_[std::string(style_name)] = key;
        list_keys_[id] = key;
    }
    const int list_node = add_node(Role::list, node);
    if (list_node >= 0 && context.style != nullptr)
        pages_.nodes[static_cast<std::size_t>(list_node)].words.make().list_numbering =
            list_numbering((*context.style)[static_cast<std::size_t>(context.level)]);
    for (const auto& child : element.children) {
        const auto* item = std::get_if<odf::ElementPtr>(&child);
        if (item == nullptr) continue;
        const bool header = (*item)->name == n::text_list_header;
        if (!header && (*item)->name != n::text_list_item) continue;
        context.item_node = add_node(Role::list_item, list_node);
        const int body_node = add_node(Role::list_body, context.item_node);
        context.label_due = true;
        context.header = header;
        context.restart.reset();
        if (const std::string* start = (*item)->attribute(n::text_start_value))
            context.restart = item_start(*start);
        blocks(**item, out, body_node, context);
    }
}

void Collector::paragraph(const odf::ElementPtr& pointer, Blocks& out, int node,
                          ListContext& context) {
    const odf::Element& element = *pointer;
    const DepthGuard guard(depth_, element, document_.source);
    auto paragraph = std::make_unique<Paragraph>();
    Paragraph& p = *paragraph;
    p.element = &element;
    p.constant = element.constant && !in_index_;
    p.provenance = element.provenance;
    if (element.name == n::text_h)
        p.heading =
            std::clamp(parse_integer(element.attribute_or_empty(n::text_outline_level), 1), 1, 10);
    const auto style_name = element.attribute_or_empty(n::text_style_name);
    p.style = p.heading > 0 && style_name.empty() ? styles_.heading(p.heading)
                                                  : styles_.paragraph(style_name);
    p.number = paragraphs_++;
    if (&out == body_) p.section = section_;
    const int own = add_node(p.heading > 0 ? heading_role(p.heading) : Role::p, node);
    p.mark = mark(own);
    if (own >= 0) {
        StructureNode& structure = pages_.nodes[static_cast<std::size_t>(own)];
        structure.provenance = element.provenance;
        if (p.style->text->language != pages_.metadata.language)
            structure.words.make().language = p.style->text->language;
    }
    Fields::Reading outer = fields_.enter(p.number);
    add_label(p, element, context);
    const bool entry = p.heading > 0 && artifact_ == Artifact::none && !in_index_;
    if (entry) p.anchors.push_back({0, heading_anchor(fields_.headings().size())});
    collapsible_ = true;
    const auto outer_script = std::exchange(script_, locale::ScriptKind::western);
    inlines(element, p, {p.style->text, own, -1});
    script_ = outer_script;
    if (entry) fields_.heading(p.heading, p.text);
    fields_.leave(std::move(outer), p.text);
    out.push_back(std::move(paragraph));
}

void Collector::add_label(Paragraph& p, const odf::Element& element, ListContext& context) {
    const ListStyle* style = nullptr;
    ListCounters* counters = nullptr;
    int level = 0;
    bool labelled = true;
    std::optional<int> restart;
    if (context.level >= 0) {
        style = context.style;
        if (style == nullptr && !p.style->list_style.empty())
            style = list_style(p.style->list_style);
        counters = context.counters;
        level = context.level;
        labelled = context.label_due && !context.header;
        restart = context.restart;
        context.label_due = false;
    } else if (p.heading > 0 && !p.style->list_cleared) {
        if (styles_.outline_style() == nullptr) return;
        const auto found = list_styles_.find(styles_.outline_style());
        style =
            found != list_styles_.end()
                ? &found->second
                : &list_styles_
                       .emplace(styles_.outline_style(), read_list_style(*styles_.outline_style()))
                       .first->second;
        counters = &outline_;
        level = p.heading - 1;
        labelled = element.attribute_or_empty(n::text_is_list_header) != "true";
        if (element.attribute_or_empty(n::text_restart_numbering) == "true") {
            // Measured: nothing said is 0; a negative one is what the level begins at.
            const auto start = element.attribute_or_empty(n::text_start_value);
            restart = start.empty()            ? 0
                      : start.starts_with('-') ? (*style)[static_cast<std::size_t>(level)].start
                                               : item_start(start);
        }
    }
    if (style == nullptr) return;
    const ListLevel& own = (*style)[static_cast<std::size_t>(level)];
    p.level = &own;
    if (!labelled) return;
    counters->next(*style, level, restart);
    std::string text = label_text(*style, *counters, level);
    fields_.number(*counters, level,
                   {own.display_levels, own.bullet ? std::string() : text,
                    plain_number(*style, *counters, level)});
    if (!own.labelled() || (text.empty() && own.follow == ListLevel::Follow::nothing)) {
        // A level without a number has no label; its indents still hold.
        if (context.level < 0 && own.format.empty() && own.prefix.empty() && own.suffix.empty())
            p.level = own.label_alignment ? &own : nullptr;
        return;
    }
    Label label;
    label.text = std::move(text);
    // The label has the look of the paragraph, with the level's character style on it.
    TextStyle look = *styles_.text(p.style->text, own.text_style);
    look.underline = Decoration::none;
    if (own.text_properties != nullptr || own.bullet)
        look = styles_.label(look, own.text_properties);
    label.style = styles_.keep(std::move(look));
    if (p.style->right_to_left)
        label.complex = own.bullet && !own.font_family.empty()
                            ? label.style
                            : styles_.in_script(label.style, locale::ScriptKind::complex);
    int label_node = -1;
    if (context.level >= 0) {
        label_node = add_node(Role::label, context.item_node);
        if (label_node >= 0) {  // stands before the item's body
            auto& children = pages_.nodes[static_cast<std::size_t>(context.item_node)].children;
            std::rotate(children.begin(), children.end() - 1, children.end());
        }
    } else {
        label_node = p.mark.node;
    }
    label.mark = mark(label_node);
    p.label = std::move(label);
}

void Collector::table_columns(const odf::Element& parent, Table& table,
                              std::vector<std::string>& cell_styles) {
    const DepthGuard guard(depth_, parent, document_.source);
    for (const auto& child : parent.children) {
        const auto* element = std::get_if<odf::ElementPtr>(&child);
        if (element == nullptr) continue;
        if ((*element)->name == n::table_table_column) {
            const int repeated = std::clamp(
                parse_integer((*element)->attribute_or_empty(n::table_number_columns_repeated), 1),
                1, most_columns);
            for (int i = 0; i < repeated && static_cast<int>(table.columns.size()) < most_columns;
                 ++i) {
                table.columns.push_back(
                    styles_.column((*element)->attribute_or_empty(n::table_style_name)));
                cell_styles.emplace_back(
                    (*element)->attribute_or_empty(n::table_default_cell_style_name));
            }
        } else if ((*element)->name == n::table_table_columns ||
                   (*element)->name == n::table_table_header_columns ||
                   (*element)->name == n::table_table_column_group) {
            table_columns(**element, table, cell_styles);
        }
    }
}

void Collector::table_rows(const odf::Element& parent, Table& table,
                           const std::vector<std::string>& cell_styles, int group_node,
                           int table_node, bool header, int& body_node) {
    const DepthGuard guard(depth_, parent, document_.source);
    for (const auto& child : parent.children) {
        const auto* pointer = std::get_if<odf::ElementPtr>(&child);
        if (pointer == nullptr) continue;
        const odf::Element& element = **pointer;
        if (element.name == n::table_table_header_rows) {
            const int head = add_node(Role::table_head, table_node);
            table_rows(element, table, cell_styles, head, table_node, true, body_node);
            continue;
        }
        if (element.name == n::table_table_rows || element.name == n::table_table_row_group) {
            table_rows(element, table, cell_styles, group_node, table_node, header, body_node);
            continue;
        }
        if (element.name != n::table_table_row) continue;
        int group = group_node;
        if (!header) {
            if (body_node < 0) body_node = add_node(Role::table_body, table_node);
            group = body_node;
        }
        // As in Writer, a row stands once, whatever its table:number-rows-repeated.
        Row row;
        row.style = styles_.row(element.attribute_or_empty(n::table_style_name));
        row.header = header;
        const int row_node = add_node(Role::table_row, group);
        int column = 0;
        for (const auto& part : element.children) {
            const auto* cell_pointer = std::get_if<odf::ElementPtr>(&part);
            if (cell_pointer == nullptr) continue;
            const odf::Element& source = **cell_pointer;
            const int times = std::clamp(
                parse_integer(source.attribute_or_empty(n::table_number_columns_repeated), 1), 1,
                most_columns);
            if (source.name == n::table_covered_table_cell) {
                column += times;
                continue;
            }
            if (source.name != n::table_table_cell) continue;
            for (int time = 0; time < times && column < most_columns; ++time) {
                if (++cells_ > most_cells)
                    throw Error(
                        ErrorKind::malformed_input,
                        "les tableaux ont plus de " + std::to_string(most_cells) + " cellules",
                        {document_.source,
                         element.provenance ? element.provenance->line : 0,
                         0,
                         {}},
                        "retirez les lignes et colonnes vides répétées, ou partagez le "
                        "tableau entre plusieurs documents");
                Cell cell;
                const std::string* style = source.attribute(n::table_style_name);
                const auto at = static_cast<std::size_t>(column);
                cell.style =
                    styles_.cell(style != nullptr          ? std::string_view(*style)
                                 : at < cell_styles.size() ? std::string_view(cell_styles[at])
                                                           : std::string_view());
                cell.column = column;
                cell.column_span = std::clamp(
                    parse_integer(source.attribute_or_empty(n::table_number_columns_spanned), 1), 1,
                    most_columns);
                cell.row_span = std::clamp(
                    parse_integer(source.attribute_or_empty(n::table_number_rows_spanned), 1), 1,
                    most_spanned_rows);
                const int cell_node =
                    add_node(header ? Role::table_header : Role::table_data, row_node);
                cell.mark = mark(cell_node);
                if (cell_node >= 0) {
                    StructureNode& node = pages_.nodes[static_cast<std::size_t>(cell_node)];
                    node.column_span = cell.column_span;
                    node.row_span = cell.row_span;
                    if (header) node.scope = TableScope::column;
                }
                ListContext none;
                blocks(source, cell.blocks, cell_node, none);
                for (const Block& block : cell.blocks)
                    if (const auto* paragraph = std::get_if<std::unique_ptr<Paragraph>>(&block))
                        (*paragraph)->in_cell = true;
                // Covered cells that follow count for themselves.
                column += 1;
                row.cells.push_back(std::move(cell));
            }
        }
        table.rows.push_back(std::move(row));
    }
}

void Collector::table(const odf::Element& element, Blocks& out, int node) {
    auto table = std::make_unique<Table>();
    table->style = styles_.table(element.attribute_or_empty(n::table_style_name));
    table->name = element.attribute_or_empty(n::table_name);
    if (&out == body_) table->section = section_;
    const int table_node = add_node(Role::table, node);
    if (table_node >= 0)
        pages_.nodes[static_cast<std::size_t>(table_node)].provenance = element.provenance;
    std::vector<std::string> cell_styles;
    table_columns(element, *table, cell_styles);
    int body_node = -1;
    table_rows(element, *table, cell_styles, -1, table_node, false, body_node);
    int columns = 0;
    for (const Row& row : table->rows)
        for (const Cell& cell : row.cells)
            columns = std::max(columns, cell.column + cell.column_span);
    columns = std::min(columns, most_columns);
    while (static_cast<int>(table->columns.size()) < columns)
        table->columns.push_back(styles_.column({}));
    if (!table->rows.empty() && !table->columns.empty()) out.push_back(std::move(table));
}

}  // namespace paraphe::layout
