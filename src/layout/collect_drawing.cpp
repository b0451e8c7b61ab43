#include <algorithm>
#include <cmath>

#include "layout/collect.hpp"
#include "layout/measure.hpp"
#include "layout/names.hpp"
#include "layout/shape.hpp"

/// Drawings: shapes and groups of shapes, with their text.
namespace paraphe::layout {

namespace n = names;

namespace {

bool is_text(const odf::Element& element) {
    return element.name == n::text_p || element.name == n::text_h || element.name == n::text_list ||
           element.name == n::table_table;
}

/// Is there more in it than empty paragraphs and spans?
bool says(const odf::Element& element, int depth = 0) {
    if (depth > 50) return true;
    return std::any_of(element.children.begin(), element.children.end(), [&](const auto& node) {
        if (const auto* text = std::get_if<odf::Text>(&node))
            return text->text.find_first_not_of(" \t\r\n") != std::string::npos;
        const odf::Element& child = *std::get<odf::ElementPtr>(node);
        if (is_text(child) || child.name == n::text_span || child.name == n::text_list_item)
            return says(child, depth + 1);
        return true;
    });
}

/// Who holds the text of a shape: itself, or the text box of a frame. nullptr: it has no text.
const odf::Element* text_holder(const odf::Element& shape) {
    const odf::Element* holder = &shape;
    if (shape.name == n::draw_frame) {
        const auto box = shape.child(n::draw_text_box);
        if (!box) return nullptr;
        holder = box.get();
    }
    const bool any =
        std::any_of(holder->children.begin(), holder->children.end(), [](const auto& node) {
            const auto* child = std::get_if<odf::ElementPtr>(&node);
            return child != nullptr && is_text(**child) && says(**child);
        });
    return any ? holder : nullptr;
}

bool holds_text(const odf::Element& drawing, int depth = 0) {
    if (drawing.name != n::draw_g) return text_holder(drawing) != nullptr;
    return depth > 50 ||
           std::any_of(drawing.children.begin(), drawing.children.end(), [&](const auto& node) {
               const auto* child = std::get_if<odf::ElementPtr>(&node);
               return child != nullptr && holds_text(**child, depth + 1);
           });
}

/// What the geometry asks for and is not drawn, in French.
std::vector<std::string> missing_of(const odf::Element& shape) {
    std::vector<std::string> out;
    const auto geometry = shape.child(n::draw_enhanced_geometry);
    if (!geometry) return out;
    if (geometry->attribute_or_empty(n::draw_extrusion) == "true") out.emplace_back("son relief");
    if (geometry->attribute_or_empty(n::draw_text_path) == "true")
        out.emplace_back("la déformation de son texte");
    if (const auto angle = geometry->attribute_or_empty(n::draw_text_rotate_angle);
        !angle.empty() && angle != "0")
        out.emplace_back("la rotation propre de son texte");
    return out;
}

}  // namespace

void Collector::shape_text(const odf::Element& holder, Shape& shape, int node) {
    const bool outer = styles_.use_drawing_styles(true);
    const bool collapsible = collapsible_;
    ListContext none;
    for (const auto& child : holder.children)
        if (const auto* element = std::get_if<odf::ElementPtr>(&child);
            element != nullptr && is_text(**element))
            block(*element, shape.blocks, node, none);
    collapsible_ = collapsible;
    styles_.use_drawing_styles(outer);
}

void Collector::measure_text(const odf::Element& element, Shape& shape, int node) {
    measure_ = &shape;
    if (text_holder(element) != nullptr) {
        shape_text(element, shape, node);
    } else {
        // Measured: where nothing is written, Writer says how long it is, with its unit.
        auto field = std::make_shared<odf::Element>();
        field->name = n::text_measure;
        field->provenance = element.provenance;
        auto line = std::make_shared<odf::Element>();
        line->name = n::text_p;
        line->provenance = element.provenance;
        line->children.emplace_back(odf::ElementPtr(field));
        auto holder = std::make_shared<odf::Element>();
        holder->children.emplace_back(odf::ElementPtr(line));
        entries_.push_back(holder);
        shape_text(*holder, shape, node);
    }
    measure_ = nullptr;
}

Mark Collector::figure_mark(const odf::Element& element, int parent, const std::string& what) {
    const std::string words = alternative(element);
    const bool line = element.name == n::draw_line || element.name == n::draw_connector;
    const bool decorative = element.attribute_or_empty(n::loext_decorative) == "true" ||
                            element.attribute_or_empty(n::draw_decorative) == "true";
    if (decorative || (line && words.empty())) return mark(-1);
    // A figure that says nothing would only stop a reader: told, but left out.
    const bool silent = words.empty() && element.attribute_or_empty(n::draw_name).empty();
    const int node = silent ? -1 : add_node(Role::figure, parent);
    describe(node, element, what);
    return mark(node);
}

void Collector::add_shape(const odf::Element& element, Object& object, int node) {
    const auto place = shape_place(element);
    if (!place) {
        warnings_.add("P0413",
                      "un dessin dont la place ou le tracé est illisible n’est pas composé",
                      &element, "refaites le dessin dans Writer, ou insérez-le comme image PNG");
        return;
    }
    Shape shape;
    shape.element = &element;
    const auto style_name = element.attribute_or_empty(n::draw_style_name);
    const bool measures = element.name == n::draw_measure;
    shape.style = measures ? styles_.measure(style_name) : styles_.shape(style_name);
    shape.width = place->width;
    shape.height = place->height;
    shape.matrix = place->matrix;
    if (element.name == n::draw_frame && !element.child(n::draw_text_box))
        shape.picture = frame_picture(element);
    const ShapeDrawing drawn = draw_shape(shape, shape.width, shape.height);
    auto missing = missing_of(element);
    const odf::Element* holder = text_holder(element);
    shape.mark = object.mark;
    if (measures)
        measure_text(element, shape, add_node(Role::div, node));
    else if (holder != nullptr)
        shape_text(*holder, shape, add_node(Role::div, node));
    else if (!object.described && (shape.picture || !drawn.paths.empty()))
        shape.mark = figure_mark(element, node, shape.picture ? "une image" : "un dessin");
    missing.insert(missing.end(), shape.style->missing.begin(), shape.style->missing.end());
    if (shape.style->shadow && holder != nullptr && !shape.style->filled() && !shape.style->stroke)
        missing.emplace_back("l’ombre de son texte");
    if (drawn.damaged) missing.emplace_back("une partie de son tracé, qui est abîmée");
    for (const std::string& each : missing)
        warnings_.add("P0425", "un dessin est composé sans " + each, &element,
                      "retirez cet effet, ou insérez le dessin comme image PNG");
    const bool stroked = std::any_of(drawn.paths.begin(), drawn.paths.end(),
                                     [](const DrawnPath& path) { return path.stroke.has_value(); });
    const Length line = stroked ? shape.style->stroke_width / 2 : Length();
    // Measured: text keeps clear of shadows too.
    const double x = shape.style->shadow ? shape.style->shadow->x : 0,
                 y = shape.style->shadow ? shape.style->shadow->y : 0;
    const std::array<double, 4> cast{-x, -y, x, y};
    for (std::size_t side = 0; side < cast.size(); ++side)
        object.bleed[side] =
            std::max(object.bleed[side], line + Length::from_points(std::max(cast[side], 0.0)));
    object.shapes.push_back(std::move(shape));
}

void Collector::add_shapes(const odf::Element& element, Object& object, int node) {
    if (element.name == n::draw_g) {
        const DepthGuard guard(depth_, element, document_.source);
        for (const auto& child : element.children)
            if (const auto* part = std::get_if<odf::ElementPtr>(&child))
                if ((*part)->name.str().starts_with("draw:") ||
                    (*part)->name.str().starts_with("dr3d:"))
                    add_shapes(**part, object, node);
    } else if (is_shape(element)) {
        add_shape(element, object, node);
    } else if (element.name == n::draw_a) {
        for (const auto& child : element.children)
            if (const auto* part = std::get_if<odf::ElementPtr>(&child))
                add_shapes(**part, object, node);
    } else if (element.name != n::draw_glue_point) {
        warnings_.add("P0413",
                      "les dessins (« " + element.name.str() + " ») ne sont pas encore composés",
                      &element, "insérez le dessin comme image PNG");
    }
}

void Collector::drawing(const odf::Element& element, Paragraph& p, const InlineState& state) {
    Object object = placed_object(element, p);
    object.kind = Object::Kind::drawing;
    object.mark = mark(-1);
    if (element.name == n::draw_g && !holds_text(element)) {
        // A group without text is one picture.
        object.described = true;
        object.mark = figure_mark(element, state.node, "un dessin");
    }
    add_shapes(element, object, state.node);
    if (object.shapes.empty()) return;
    const auto box = shapes_box(object.shapes);
    for (Shape& shape : object.shapes)
        shape.matrix = Matrix{1, 0, 0, 1, -box[0], -box[1]} * shape.matrix;
    object.x = Length::from_points(box[0]);
    // In the text, only what svg:y says moves a drawing.
    if (element.attribute_or_empty(n::text_anchor_type) != "as-char")
        object.y = Length::from_points(box[1]);
    object.width = Length::from_points(box[2] - box[0]);
    object.height = Length::from_points(box[3] - box[1]);
    hang(std::move(object), element, p, state);
}

}  // namespace paraphe::layout
