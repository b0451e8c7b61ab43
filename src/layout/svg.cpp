#include <algorithm>
#include <array>
#include <cmath>

#include "base/error.hpp"
#include "layout/drawing.hpp"
#include "layout/matrix.hpp"
#include "layout/svg_style.hpp"
#include "odf/picture.hpp"

namespace paraphe::layout {

namespace {

constexpr std::string_view svg_namespace = "http://www.w3.org/2000/svg";
constexpr std::size_t most_points = 400'000;
constexpr std::size_t most_octets = 4u << 20;
constexpr xml::Caps caps{most_octets, 40, 200'000, 256};
class Reader {
public:
    std::optional<Drawing> run(const xml::Element& root) {
        const auto facts_width = odf::parse_absolute_length(root.attribute_or_empty("width"));
        const auto facts_height = odf::parse_absolute_length(root.attribute_or_empty("height"));
        Matrix matrix;
        if (const auto view = read_view_box(root.attribute_or_empty("viewBox"))) {
            out_.width = (*view)[2];
            out_.height = (*view)[3];
            matrix.e = -(*view)[0];
            matrix.f = -(*view)[1];
        } else if (facts_width && facts_height && *facts_width > Length() &&
                   *facts_height > Length()) {
            out_.width = facts_width->points() * 96 / 72;
            out_.height = facts_height->points() * 96 / 72;
        } else {
            return std::nullopt;
        }
        find_sheets(root);
        children(root, matrix, sheet_.apply(root, {}, missing_));
        if (points_ > most_points) return std::nullopt;
        out_.missing.assign(missing_.begin(), missing_.end());
        return std::move(out_);
    }

private:
    void find_sheets(const xml::Element& element) {
        for (const xml::Element* child : element.elements()) {
            if (child->is(svg_namespace, "style"))
                sheet_.add(child->text(), missing_);
            else
                find_sheets(*child);
        }
    }

    void children(const xml::Element& element, const Matrix& matrix, const SvgStyle& style) {
        for (const xml::Element* child : element.elements())
            visit(*child, matrix, style);
    }

    void visit(const xml::Element& element, const Matrix& outer, const SvgStyle& inherited) {
        static constexpr std::array silent{
            "title",          "desc",   "metadata",       "defs",    "style",
            "linearGradient", "symbol", "radialGradient", "pattern", "marker",
            "clipPath",       "mask",   "filter"};  // nothing by themselves
        if (element.name.uri != svg_namespace || points_ > most_points) return;
        const std::string_view name = element.name.local;
        if (std::find(silent.begin(), silent.end(), name) != silent.end()) return;
        const SvgStyle style = sheet_.apply(element, inherited, missing_);
        if (!style.displayed) return;
        Matrix matrix = outer;
        if (const std::string* written = element.attribute("transform")) {
            const auto own = read_svg_transform(*written);
            if (!own || !(outer * *own).finite()) {
                missing_.insert("une transformation abîmée");
                return;
            }
            matrix = outer * *own;
        }
        if (name == "g" || name == "a") {
            if (style.own_opacity < 1 && element.elements().size() > 1)
                missing_.insert("la transparence d’un groupe");
            children(element, matrix, style);
            return;
        }
        DrawnPath path;
        if (!shape(element, path)) {
            missing_.insert(name == "text"    ? "du texte"
                            : name == "image" ? "une photo incorporée"
                                              : "« " + std::string(name.substr(0, 40)) + " »");
            return;
        }
        add(std::move(path), matrix, style);
    }

    /// False for an element that is none of the shapes.
    bool shape(const xml::Element& element, DrawnPath& path) {
        const std::string_view name = element.name.local;
        const auto x = [&](const char* attribute) {
            return length(element, attribute, out_.width);
        };
        const auto y = [&](const char* attribute) {
            return length(element, attribute, out_.height);
        };
        if (name == "path") {
            if (!append_path_data(element.attribute_or_empty("d"), most_points, path))
                missing_.insert("un tracé abîmé");
        } else if (name == "rect") {
            double rx = x("rx"), ry = y("ry");
            if (element.attribute("rx") == nullptr) rx = ry;
            if (element.attribute("ry") == nullptr) ry = rx;
            append_rectangle(x("x"), y("y"), x("width"), y("height"), rx, ry, path);
        } else if (name == "circle") {
            const double r = length(element, "r", std::hypot(out_.width, out_.height) / 1.4142136);
            append_ellipse(x("cx"), y("cy"), r, r, path);
        } else if (name == "ellipse") {
            append_ellipse(x("cx"), y("cy"), x("rx"), y("ry"), path);
        } else if (name == "line") {
            path.verbs = {Verb::move, Verb::line};
            path.points = {{x("x1"), y("y1")}, {x("x2"), y("y2")}};
        } else if (name == "polyline" || name == "polygon") {
            std::string_view list = element.attribute_or_empty("points");
            while (const auto px = next_number(list)) {
                const auto py = next_number(list);
                if (!py || path.points.size() > most_points) break;
                path.verbs.push_back(path.verbs.empty() ? Verb::move : Verb::line);
                path.points.emplace_back(*px, *py);
            }
            if (name == "polygon" && !path.verbs.empty()) path.verbs.push_back(Verb::close);
        } else {
            return false;
        }
        return true;
    }

    /// `whole`: what a percentage is of.
    double length(const xml::Element& element, const char* attribute, double whole) {
        const std::string* written = element.attribute(attribute);
        if (written == nullptr) return 0;
        std::string_view text = *written;
        if (const auto number = next_number(text)) {
            if (text == "%") return *number * whole / 100;
            if (text.empty() || text == "px") return *number;
        }
        if (const auto known = odf::parse_absolute_length(*written))
            return known->points() * 96 / 72;
        missing_.insert("la longueur « " + written->substr(0, 20) + " »");
        return 0;
    }

    void add(DrawnPath path, const Matrix& matrix, const SvgStyle& style) {
        if (path.points.empty() || !style.visible) return;
        const auto painted = [&](const std::optional<Color>& paint,
                                 double opacity) -> std::optional<Color> {
            if (!paint) return std::nullopt;
            Color out = *paint;
            out.alpha = static_cast<std::uint8_t>(std::lround(out.alpha * opacity * style.opacity));
            return out.alpha == 0 ? std::nullopt : std::optional(out);
        };
        path.fill = painted(style.fill, style.fill_opacity);
        if (style.stroke_width > 0) path.stroke = painted(style.stroke, style.stroke_opacity);
        if (!path.fill && !path.stroke) return;
        points_ += path.points.size();
        for (auto& [x, y] : path.points)
            std::tie(x, y) = matrix(x, y);
        path.stroke_width = style.stroke_width * matrix.scale();
        for (const double each : style.dashes)
            path.dashes.push_back(each * matrix.scale());
        path.even_odd = style.even_odd;
        path.cap = style.cap;
        path.join = style.join;
        out_.paths.push_back(std::move(path));
    }

    Drawing out_;
    SvgSheet sheet_;
    std::set<std::string> missing_;
    std::size_t points_ = 0;
};

}  // namespace

std::optional<Drawing> read_svg(ByteView bytes) {
    if (bytes.size() > most_octets) return std::nullopt;
    try {
        const xml::Document document = xml::parse(xml::without_doctype(bytes), {"image"}, caps);
        if (!document.root().is(svg_namespace, "svg")) return std::nullopt;
        return Reader().run(document.root());
    } catch (const Error&) {
        return std::nullopt;
    }
}

}  // namespace paraphe::layout
