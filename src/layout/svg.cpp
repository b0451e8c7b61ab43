#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "base/error.hpp"
#include "layout/drawing.hpp"
#include "layout/svg_style.hpp"
#include "odf/picture.hpp"

namespace paraphe::layout {

namespace {

constexpr std::string_view svg_namespace = "http://www.w3.org/2000/svg";
constexpr std::size_t most_points = 400'000;
constexpr std::size_t most_octets = 4u << 20;
constexpr xml::Caps caps{most_octets, 40, 200'000, 256};
/// Of a circle by four curves: 4/3 (√2 − 1).
constexpr double kappa = 0.5522847498307936;

/// x' = a x + c y + e, y' = b x + d y + f
struct Matrix {
    double a = 1, b = 0, c = 0, d = 1, e = 0, f = 0;

    /// First `inner`, then this.
    Matrix operator*(const Matrix& inner) const {
        return {a * inner.a + c * inner.b,     b * inner.a + d * inner.b,
                a * inner.c + c * inner.d,     b * inner.c + d * inner.d,
                a * inner.e + c * inner.f + e, b * inner.e + d * inner.f + f};
    }
    std::pair<double, double> operator()(double x, double y) const {
        return {a * x + c * y + e, b * x + d * y + f};
    }
    double scale() const { return std::sqrt(std::abs(a * d - b * c)); }
    bool finite() const {
        const auto sane = [](double each) { return std::abs(each) < 1e9; };
        return sane(a) && sane(b) && sane(c) && sane(d) && sane(e) && sane(f);
    }
};

/// SVG 1.1 §7.6. nullopt when it cannot be read.
std::optional<Matrix> transform(std::string_view text) {
    Matrix out;
    const auto skip = [&] {
        while (!text.empty() && std::string_view(" ,\t\r\n").find(text.front()) != text.npos)
            text.remove_prefix(1);
    };
    for (skip(); !text.empty(); skip()) {
        const auto open = text.find('(');
        if (open == std::string_view::npos) return std::nullopt;
        std::string_view name = text.substr(0, open);
        while (name.ends_with(' '))
            name.remove_suffix(1);
        text.remove_prefix(open + 1);
        std::array<double, 6> n{};
        std::size_t count = 0;
        while (const auto each = next_number(text)) {
            if (count == n.size()) return std::nullopt;
            n[count++] = *each;
        }
        skip();
        if (!text.starts_with(')')) return std::nullopt;
        text.remove_prefix(1);
        const double angle = n[0] * std::numbers::pi / 180;
        Matrix one;
        if (name == "matrix" && count == 6) {
            one = {n[0], n[1], n[2], n[3], n[4], n[5]};
        } else if (name == "translate" && (count == 1 || count == 2)) {
            one.e = n[0];
            one.f = n[1];
        } else if (name == "scale" && (count == 1 || count == 2)) {
            one.a = n[0];
            one.d = count == 2 ? n[1] : n[0];
        } else if (name == "rotate" && (count == 1 || count == 3)) {
            one = {std::cos(angle), std::sin(angle), -std::sin(angle), std::cos(angle), 0, 0};
            one = Matrix{1, 0, 0, 1, n[1], n[2]} * one * Matrix{1, 0, 0, 1, -n[1], -n[2]};
        } else if (name == "skewX" && count == 1) {
            one.c = std::tan(angle);
        } else if (name == "skewY" && count == 1) {
            one.b = std::tan(angle);
        } else {
            return std::nullopt;
        }
        out = out * one;
        if (!out.finite()) return std::nullopt;
    }
    return out;
}

class Reader {
public:
    std::optional<Drawing> run(const xml::Element& root) {
        const auto facts_width = odf::parse_absolute_length(root.attribute_or_empty("width"));
        const auto facts_height = odf::parse_absolute_length(root.attribute_or_empty("height"));
        std::string_view box = root.attribute_or_empty("viewBox");
        std::array<double, 4> view{};
        std::size_t count = 0;
        while (count < 4) {
            const auto each = next_number(box);
            if (!each) break;
            view[count++] = *each;
        }
        Matrix matrix;
        if (count == 4 && view[2] > 0 && view[3] > 0) {
            out_.width = view[2];
            out_.height = view[3];
            matrix.e = -view[0];
            matrix.f = -view[1];
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
            const auto own = transform(*written);
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
            rectangle(x("x"), y("y"), x("width"), y("height"), element.attribute("rx"),
                      element.attribute("ry"), x("rx"), y("ry"), path);
        } else if (name == "circle") {
            const double r = length(element, "r", std::hypot(out_.width, out_.height) / 1.4142136);
            ellipse(x("cx"), y("cy"), r, r, path);
        } else if (name == "ellipse") {
            ellipse(x("cx"), y("cy"), x("rx"), y("ry"), path);
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

    static void rectangle(double x, double y, double width, double height,
                          const std::string* has_rx, const std::string* has_ry, double rx,
                          double ry, DrawnPath& path) {
        if (width <= 0 || height <= 0) return;
        if (has_rx == nullptr) rx = ry;
        if (has_ry == nullptr) ry = rx;
        rx = std::clamp(rx, 0.0, width / 2);
        ry = std::clamp(ry, 0.0, height / 2);
        if (rx == 0 || ry == 0) {
            path.verbs = {Verb::move, Verb::line, Verb::line, Verb::line, Verb::close};
            path.points = {{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}};
            return;
        }
        const double kx = rx * (1 - kappa), ky = ry * (1 - kappa);
        const double right = x + width, bottom = y + height;
        path.verbs = {Verb::move, Verb::line,  Verb::curve, Verb::line,  Verb::curve,
                      Verb::line, Verb::curve, Verb::line,  Verb::curve, Verb::close};
        path.points = {{x + rx, y},          {right - rx, y},      {right - kx, y},
                       {right, y + ky},      {right, y + ry},      {right, bottom - ry},
                       {right, bottom - ky}, {right - kx, bottom}, {right - rx, bottom},
                       {x + rx, bottom},     {x + kx, bottom},     {x, bottom - ky},
                       {x, bottom - ry},     {x, y + ry},          {x, y + ky},
                       {x + kx, y},          {x + rx, y}};
    }

    static void ellipse(double cx, double cy, double rx, double ry, DrawnPath& path) {
        if (rx <= 0 || ry <= 0) return;
        const double kx = rx * kappa, ky = ry * kappa;
        path.verbs = {Verb::move, Verb::curve, Verb::curve, Verb::curve, Verb::curve, Verb::close};
        path.points = {{cx + rx, cy}, {cx + rx, cy + ky}, {cx + kx, cy + ry},
                       {cx, cy + ry}, {cx - kx, cy + ry}, {cx - rx, cy + ky},
                       {cx - rx, cy}, {cx - rx, cy - ky}, {cx - kx, cy - ry},
                       {cx, cy - ry}, {cx + kx, cy - ry}, {cx + rx, cy - ky},
                       {cx + rx, cy}};
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
        const xml::Document document = xml::parse(odf::without_doctype(bytes), {"image"}, caps);
        if (!document.root().is(svg_namespace, "svg")) return std::nullopt;
        return Reader().run(document.root());
    } catch (const Error&) {
        return std::nullopt;
    }
}

void place(const Drawing& drawing, const Rect& box, Mark mark, std::vector<Item>& out) {
    const double sx = box.width.points() / drawing.width, sy = box.height.points() / drawing.height;
    const double scale = std::sqrt(sx * sy);
    const double left = box.x.points(), top = box.y.points();
    for (const DrawnPath& drawn : drawing.paths) {
        Path path;
        path.verbs = drawn.verbs;
        path.fill = drawn.fill;
        path.stroke = drawn.stroke;
        path.stroke_width = Length::from_points(std::min(drawn.stroke_width * scale, 20'000.0));
        for (const double dash : drawn.dashes)
            path.dashes.push_back(Length::from_points(std::min(dash * scale, 20'000.0)));
        path.even_odd = drawn.even_odd;
        path.cap = drawn.cap;
        path.join = drawn.join;
        path.mark = mark;
        // Half a line, and the spike of a mitred corner, stand beside the points.
        const double reach =
            drawn.stroke ? drawn.stroke_width * (drawn.join == Join::miter ? 2 : 0.5) : 0;
        const double slack = 1e-3 * std::max(drawing.width, drawing.height);
        bool inside = true;
        path.points.reserve(drawn.points.size());
        for (const auto& [x, y] : drawn.points) {
            inside = inside && x - reach >= -slack && y - reach >= -slack &&
                     x + reach <= drawing.width + slack && y + reach <= drawing.height + slack;
            // Beyond any page; the numbers of a PDF end somewhere.
            const auto bounded = [](double each) { return std::clamp(each, -20'000.0, 20'000.0); };
            path.points.push_back({Length::from_points(bounded(left + x * sx)),
                                   Length::from_points(bounded(top + y * sy))});
        }
        if (!inside) path.clip = box;
        out.emplace_back(std::move(path));
    }
}

}  // namespace paraphe::layout
