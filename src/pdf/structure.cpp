#include "pdf/structure.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/error.hpp"
#include "pdf/syntax.hpp"

namespace paraphe::pdf {

using layout::Artifact;
using layout::Role;
using layout::StructureNode;

namespace {

constexpr std::size_t nowhere = ~std::size_t{0};

bool is_inline(Role role) {
    return role == Role::p || role == Role::span || role == Role::label ||
           (role >= Role::h1 && role <= Role::h6);
}

/// ISO 32000-1 §14.8.4.
const char* tag(const std::vector<StructureNode>& nodes, int node) {
    const StructureNode& it = nodes[static_cast<std::size_t>(node)];
    switch (it.role) {
        case Role::document:
            return "/Document";
        case Role::part:
            return "/Part";
        case Role::section:
            return "/Sect";
        case Role::div:
            return "/Div";
        case Role::toc:
            return "/TOC";
        case Role::toc_item:
            return "/TOCI";
        case Role::p:
            return "/P";
        case Role::h1:
            return "/H1";
        case Role::h2:
            return "/H2";
        case Role::h3:
            return "/H3";
        case Role::h4:
            return "/H4";
        case Role::h5:
            return "/H5";
        case Role::h6:
            return "/H6";
        case Role::list:
            return "/L";
        case Role::list_item:
            return "/LI";
        case Role::label:
            return "/Lbl";
        case Role::list_body:
            return "/LBody";
        case Role::table:
            return "/Table";
        case Role::table_head:
            return "/THead";
        case Role::table_body:
            return "/TBody";
        case Role::table_row:
            return "/TR";
        case Role::table_header:
            return "/TH";
        case Role::table_data:
            return "/TD";
        case Role::figure:
            return "/Figure";
        case Role::caption:
            return "/Caption";
        case Role::note:
            return "/Note";
        case Role::reference:
            return "/Reference";
        case Role::link:
            return "/Link";
        case Role::form:
            return "/Form";
        case Role::span:
            return "/Span";
        case Role::quote: {
            const bool within =
                it.parent >= 0 && is_inline(nodes[static_cast<std::size_t>(it.parent)].role);
            return within ? "/Quote" : "/BlockQuote";
        }
    }
    return "/NonStruct";
}

/// ISO 32000-1 table 330.
const char* artifact_operands(Artifact artifact) {
    switch (artifact) {
        case Artifact::header:
            return "/Artifact<</Type/Pagination/Subtype/Header/Attached[/Top]>>";
        case Artifact::footer:
            return "/Artifact<</Type/Pagination/Subtype/Footer/Attached[/Bottom]>>";
        case Artifact::repeated_header:
            return "/Artifact<</Type/Pagination>>";
        case Artifact::none:
        case Artifact::layout:
        case Artifact::background:  // the type Background would need a BBox
            return "/Artifact<</Type/Layout>>";
    }
    return "/Artifact<</Type/Layout>>";
}

const char* scope_name(layout::TableScope scope) {
    switch (scope) {
        case layout::TableScope::column:
            return "/Column";
        case layout::TableScope::row:
            return "/Row";
        case layout::TableScope::both:
            return "/Both";
        case layout::TableScope::none:
            break;
    }
    return nullptr;
}

/// ISO 14289-1 §7.9: every note has an identifier.
std::string identifier(const StructureNode& node, int index) {
    const std::string& id = node.words->id;
    return id.empty() && node.role == Role::note ? "note-" + std::to_string(index) : id;
}

}  // namespace

Structure::Structure(const layout::Pages& pages)
    : pages_(pages), elements_(pages.nodes.size()), parents_(pages.pages.size()) {
    const auto& nodes = pages.nodes;
    if (nodes.empty() || nodes[0].role != Role::document) {
        throw Error(ErrorKind::internal, "the structure has no Document element");
    }
    std::vector<int> seen(nodes.size());
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        for (const int child : nodes[i].children) {
            // Children stand behind their parents, which rules out circles.
            if (child <= static_cast<int>(i) || child >= static_cast<int>(nodes.size()) ||
                nodes[static_cast<std::size_t>(child)].parent != static_cast<int>(i)) {
                throw Error(ErrorKind::internal, "structure node " + std::to_string(i) +
                                                     " has a child that is not its own");
            }
            ++seen[static_cast<std::size_t>(child)];
        }
    }
    for (std::size_t i = 1; i < nodes.size(); ++i) {
        if (seen[i] != 1) {
            throw Error(ErrorKind::internal,
                        "structure node " + std::to_string(i) + " is not in the tree");
        }
    }
}

std::string Structure::open(std::size_t page, const layout::Mark& mark) {
    if (mark.node < 0) return artifact_operands(mark.artifact);
    if (static_cast<std::size_t>(mark.node) >= elements_.size()) {
        throw Error(ErrorKind::internal, "no structure node " + std::to_string(mark.node));
    }
    const int mcid = static_cast<int>(parents_[page].size());
    parents_[page].push_back(mark.node);
    elements_[static_cast<std::size_t>(mark.node)].kids.push_back({order_++, page, mcid, 0});
    return std::string(tag(pages_.nodes, mark.node)) + "<</MCID " + std::to_string(mcid) + ">>";
}

int Structure::annotate(std::size_t page, int node, int annotation) {
    if (node < 0 || static_cast<std::size_t>(node) >= elements_.size()) {
        throw Error(ErrorKind::internal, "a field or link has no structure node");
    }
    elements_[static_cast<std::size_t>(node)].kids.push_back({order_++, page, -1, annotation});
    annotation_nodes_.push_back(node);
    return static_cast<int>(parents_.size() + annotation_nodes_.size()) - 1;
}

void Structure::extend(std::size_t page, const layout::Item& item) {
    const layout::Mark mark = std::visit([](const auto& one) { return one.mark; }, item);
    if (mark.node < 0) return;
    int node = mark.node;
    while (node >= 0 && pages_.nodes[static_cast<std::size_t>(node)].role != Role::figure) {
        node = pages_.nodes[static_cast<std::size_t>(node)].parent;
    }
    if (node < 0) return;
    Element& element = elements_[static_cast<std::size_t>(node)];
    if (element.has_box && element.box_page != page) return;
    const auto add = [&](Point point) {
        if (!element.has_box) {
            element.left = element.right = point.x;
            element.top = element.bottom = point.y;
            element.has_box = true;
            element.box_page = page;
        }
        element.left = std::min(element.left, point.x);
        element.right = std::max(element.right, point.x);
        element.top = std::min(element.top, point.y);
        element.bottom = std::max(element.bottom, point.y);
    };
    if (const auto* image = std::get_if<layout::Image>(&item)) {
        add({image->box.x, image->box.y});
        add({image->box.x + image->box.width, image->box.y + image->box.height});
    } else if (const auto* path = std::get_if<layout::Path>(&item)) {
        if (path->clip) {
            add({path->clip->x, path->clip->y});
            add({path->clip->x + path->clip->width, path->clip->y + path->clip->height});
            return;
        }
        for (const Point point : path->points)
            add(point);
    } else if (const auto* run = std::get_if<layout::GlyphRun>(&item)) {
        Length width;
        for (const layout::Glyph& glyph : run->glyphs)
            width += glyph.advance;
        const double angle = -run->turn;
        for (const double along : {0.0, width.points()})
            for (const double above : {0.0, run->size.points()})
                add({run->origin.x +
                         Length::from_points(along * std::cos(angle) - above * std::sin(angle)),
                     run->origin.y -
                         Length::from_points(along * std::sin(angle) + above * std::cos(angle))});
    }
}

void Structure::find_first() {
    for (std::size_t i = elements_.size(); i-- > 0;) {
        Element& element = elements_[i];
        for (const Kid& kid : element.kids)
            element.first = std::min(element.first, kid.order);
        for (const int child : pages_.nodes[i].children) {
            element.first =
                std::min(element.first, elements_[static_cast<std::size_t>(child)].first);
        }
    }
}

/// A Form element without its widget fails ISO 14289-1 §7.18.4.
bool Structure::is_written(int node) const {
    const Element& element = elements_[static_cast<std::size_t>(node)];
    return pages_.nodes[static_cast<std::size_t>(node)].role != Role::form ||
           element.first != nowhere;
}

std::string Structure::kids(int node, const std::vector<int>& page_objects) const {
    const Element& element = elements_[static_cast<std::size_t>(node)];
    const std::size_t page = element.kids.empty() ? nowhere : element.kids.front().page;
    std::string out;
    int count = 0;
    const auto put = [&](const std::string& kid) {
        if (count++ > 0) out += ' ';
        out += kid;
    };
    const auto put_kid = [&](const Kid& kid) {
        const std::string& at = reference(page_objects[kid.page]);
        if (kid.annotation != 0) {
            put("<</Type/OBJR/Pg " + at + "/Obj " + reference(kid.annotation) + ">>");
        } else if (kid.page == page) {
            put(std::to_string(kid.mcid));
        } else {
            put("<</Type/MCR/Pg " + at + "/MCID " + std::to_string(kid.mcid) + ">>");
        }
    };
    // Children keep their order; an element's own content goes before the child that is drawn next.
    auto own = element.kids.begin();
    for (const int child : pages_.nodes[static_cast<std::size_t>(node)].children) {
        if (!is_written(child)) continue;
        const Element& next = elements_[static_cast<std::size_t>(child)];
        while (next.first != nowhere && own != element.kids.end() && own->order < next.first) {
            put_kid(*own++);
        }
        put(reference(next.object));
    }
    while (own != element.kids.end())
        put_kid(*own++);
    if (count == 0) return {};
    return count == 1 && out.front() != '<' ? "/K " + out : "/K[" + out + "]";
}

std::string Structure::attributes(int node) const {
    const StructureNode& it = pages_.nodes[static_cast<std::size_t>(node)];
    const Element& element = elements_[static_cast<std::size_t>(node)];
    std::string out;
    if (it.role == Role::table_header || it.role == Role::table_data) {
        std::string entries;
        if (const char* scope = scope_name(it.scope); scope && it.role == Role::table_header) {
            entries += std::string("/Scope") + scope;
        }
        if (it.row_span > 1) entries += "/RowSpan " + std::to_string(it.row_span);
        if (it.column_span > 1) entries += "/ColSpan " + std::to_string(it.column_span);
        if (!entries.empty()) out += "<</O/Table" + entries + ">>";
    }
    if (it.role == Role::list) {
        out += "<</O/List/ListNumbering" +
               name(it.words->list_numbering.empty() ? "None" : it.words->list_numbering) + ">>";
    }
    if (it.role == Role::figure && element.has_box) {
        const Length height = pages_.pages[element.box_page].size.height;
        out += "<</O/Layout/BBox[";
        for (const Length side :
             {element.left, height - element.bottom, element.right, height - element.top}) {
            append_length(out, side);
            out += ' ';
        }
        out += "]>>";
    }
    return out.empty() ? out : "/A" + out;
}

std::string Structure::element(int node, int root, const std::vector<int>& page_objects) const {
    const StructureNode& it = pages_.nodes[static_cast<std::size_t>(node)];
    const Element& element = elements_[static_cast<std::size_t>(node)];
    std::string out;
    out.reserve(160);  // of most; there are hundreds on a page
    out += "<</S";
    out += tag(pages_.nodes, node);
    out += "/P ";
    out += reference(it.parent < 0 ? root : elements_[static_cast<std::size_t>(it.parent)].object);
    if (!element.kids.empty()) {
        out += "/Pg ";
        out += reference(page_objects[element.kids.front().page]);
    }
    out += kids(node, page_objects);
    const layout::StructureWords& words = *it.words;
    if (!words.language.empty()) out += "/Lang" + text_string(words.language);
    if (!words.alternative.empty()) out += "/Alt" + text_string(words.alternative);
    const std::string id = identifier(it, node);
    if (!id.empty()) out += "/ID" + literal_string(id);
    out += attributes(node);
    out += ">>";
    return out;
}

int Structure::write(Objects& objects, const std::vector<int>& page_objects) {
    find_first();
    const int root = objects.reserve();
    std::map<std::string, int> ids;
    const int count = static_cast<int>(elements_.size());
    for (int node = 0; node < count; ++node) {
        if (is_written(node)) elements_[static_cast<std::size_t>(node)].object = objects.reserve();
    }
    for (int node = 0; node < count; ++node) {
        if (!is_written(node)) continue;
        const int object = elements_[static_cast<std::size_t>(node)].object;
        objects.put(object, element(node, root, page_objects));
        const std::string id = identifier(pages_.nodes[static_cast<std::size_t>(node)], node);
        if (!id.empty() && !ids.emplace(id, object).second) {
            throw Error(ErrorKind::internal, "two structure elements have the id \"" + id + "\"");
        }
    }
    std::string numbers;
    for (std::size_t page = 0; page < parents_.size(); ++page) {
        numbers += std::to_string(page) + "[";
        for (const int node : parents_[page]) {
            numbers += reference(elements_[static_cast<std::size_t>(node)].object);
            numbers += ' ';
        }
        numbers += "]";
    }
    std::size_t next = parents_.size();
    for (const int node : annotation_nodes_) {
        numbers += std::to_string(next++) + " " +
                   reference(elements_[static_cast<std::size_t>(node)].object) + " ";
    }
    const int parent_tree = objects.add("<</Nums[" + numbers + "]>>");
    std::string tree = "<</Type/StructTreeRoot/K " + reference(elements_[0].object) +
                       "/ParentTree " + reference(parent_tree) + "/ParentTreeNextKey " +
                       std::to_string(next);
    if (!ids.empty()) {
        tree += "/IDTree<</Names[";
        for (const auto& [id, object] : ids)
            tree += literal_string(id) + reference(object) + " ";
        tree += "]/Limits[" + literal_string(ids.begin()->first) +
                literal_string(ids.rbegin()->first) + "]>>";
    }
    objects.put(root, tree + ">>");
    return root;
}

}  // namespace paraphe::pdf
