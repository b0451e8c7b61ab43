#include "layout/enhanced_geometry.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <string_view>

#include "layout/formulas.hpp"
#include "layout/names.hpp"

namespace paraphe::layout {

namespace n = names;

namespace {

constexpr std::size_t most_points = 100'000;
constexpr std::size_t most_modifiers = 1000;

constexpr double degrees = std::numbers::pi / 180;

/// Cuts off the next command letter or parameter of a draw:enhanced-path; empty at the end.
std::string_view next_token(std::string_view& text) {
    const auto blank = [](char c) {
        return c == ' ' || c == ',' || c == '\t' || c == '\n' || c == '\r';
    };
    while (!text.empty() && blank(text.front()))
        text.remove_prefix(1);
    if (text.empty()) return {};
    const auto name = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_';
    };
    std::size_t end = 1;
    const char first = text.front();
    if (first == '?' || first == '$') {
        while (end < text.size() && name(text[end]))
            ++end;
    } else if (first >= 'A' && first <= 'Z') {
        // A command is one letter; parameters may follow it at once.
    } else if (first >= 'a' && first <= 'z') {
        while (end < text.size() && name(text[end]))
            ++end;
    } else {
        const auto digit = [&](std::size_t at) {
            return at < text.size() && text[at] >= '0' && text[at] <= '9';
        };
        while (end < text.size() && (digit(end) || text[end] == '.'))
            ++end;
        const bool sign = end + 1 < text.size() && (text[end + 1] == '-' || text[end + 1] == '+');
        if (end < text.size() && (text[end] == 'e' || text[end] == 'E') &&
            digit(end + (sign ? 2 : 1))) {
            end += sign ? 3 : 2;
            while (digit(end))
                ++end;
        }
    }
    const std::string_view out = text.substr(0, end);
    text.remove_prefix(end);
    return out;
}

class Reader {
public:
    Reader(const odf::Element& element, double width, double height, bool fill, bool stroke)
        : element_(element), formulas_(values(element, width, height, fill, stroke)) {
        for (const auto& node : element.children)
            if (const auto* child = std::get_if<odf::ElementPtr>(&node);
                child != nullptr && (*child)->name == n::draw_equation)
                formulas_.add((*child)->attribute_or_empty(n::draw_name),
                              (*child)->attribute_or_empty(n::draw_formula));
        // A stretch point (§19.229) keeps corners round: the longer side grows there alone.
        double x_scale = width / view_[2], y_scale = height / view_[3];
        if (const auto at = stretch_point(n::draw_path_stretchpoint_x); at && x_scale > y_scale) {
            x_from_ = *at;
            x_scale = y_scale;
            x_more_ = width - view_[2] * x_scale;
        } else if (const auto down = stretch_point(n::draw_path_stretchpoint_y);
                   down && y_scale > x_scale) {
            y_from_ = *down;
            y_scale = x_scale;
            y_more_ = height - view_[3] * y_scale;
        }
        map_ = {x_scale, 0, 0, y_scale, -view_[0] * x_scale, -view_[1] * y_scale};
        if (element.attribute_or_empty(n::draw_mirror_horizontal) == "true")
            mirror_ = Matrix{-1, 0, 0, 1, width, 0} * mirror_;
        if (element.attribute_or_empty(n::draw_mirror_vertical) == "true")
            mirror_ = Matrix{1, 0, 0, -1, 0, height} * mirror_;
    }

    EnhancedShape run() {
        std::string_view path = element_.attribute_or_empty(n::draw_enhanced_path);
        std::string known;
        if (path.empty()) path = known = preset(element_.attribute_or_empty(n::draw_type));
        if (path.empty()) out_.damaged = true;
        read_path(path);
        end_part();
        std::erase_if(out_.parts, [](const auto& part) { return part.path.points.empty(); });
        for (auto& part : out_.parts)
            for (auto& [x, y] : part.path.points)
                std::tie(x, y) = placed(x, y);
        read_text_area();
        out_.damaged = out_.damaged || !formulas_.sound();
        return std::move(out_);
    }

private:
    /// Measured: Writer has one for its round rectangle, though the file does not say so.
    std::optional<double> stretch_point(odf::Name name) const {
        std::string_view text = element_.attribute_or_empty(name);
        if (const auto given = next_number(text)) return given;
        if (element_.attribute_or_empty(n::draw_type) == "round-rectangle") return 10800;
        return std::nullopt;
    }

    std::pair<double, double> placed(double x, double y) const {
        const auto [along, down] = map_(x, y);
        return mirror_(along + (x > x_from_ ? x_more_ : 0), down + (y > y_from_ ? y_more_ : 0));
    }

    FormulaValues values(const odf::Element& element, double width, double height, bool fill,
                         bool stroke) {
        FormulaValues out;
        // Measured: Writer counts in twips, not in hundredths of a millimetre.
        out.width = width * 20;
        out.height = height * 20;
        // Writer's own default (§19.570 has none); shapes of Word come with an empty box, and
        // count in the units of their size.
        const auto box = element.attribute_or_empty(n::svg_view_box);
        view_ = box == "0 0 0 0" && width > 0 && height > 0
                    ? std::array<double, 4>{0, 0, out.width, out.height}
                    : read_view_box(box).value_or(std::array<double, 4>{0, 0, 21600, 21600});
        out.left = view_[0];
        out.top = view_[1];
        out.right = view_[0] + view_[2];
        out.bottom = view_[1] + view_[3];
        out.has_fill = fill;
        out.has_stroke = stroke;
        std::string_view modifiers = element.attribute_or_empty(n::draw_modifiers);
        while (const auto each = next_number(modifiers))
            if (out.modifiers.size() < most_modifiers) out.modifiers.push_back(*each);
        return out;
    }

    /// Outlines of those kinds that say all by their name, in the default view.
    static std::string preset(std::string_view type) {
        if (type == "rectangle") return "M left top L right top right bottom left bottom Z N";
        if (type == "ellipse") return "V left top right bottom right top right top Z N";
        return {};
    }

    void end_part() { fresh_part_ = true; }

    EnhancedShape::Part& part() {
        if (fresh_part_) {
            out_.parts.emplace_back();
            out_.parts.back().path.even_odd = true;
            fresh_part_ = false;
            open_ = false;
        }
        return out_.parts.back();
    }

    void read_path(std::string_view text) {
        char command = 0;
        int round = 0;  // of the parameters of one command
        for (auto token = next_token(text); !token.empty(); token = next_token(text)) {
            if (points_ > most_points) {
                out_.damaged = true;
                return;
            }
            if (token.front() >= 'A' && token.front() <= 'Z') {
                command = token.front();
                round = 0;
                if (parameters(command) == 0) plain(command);
                continue;
            }
            const std::size_t count = parameters(command);
            if (count == 0) {
                out_.damaged = true;
                continue;
            }
            std::array<double, 8> p{};
            p[0] = formulas_.parameter(token);
            for (std::size_t i = 1; i < count; ++i) {
                std::string_view rest = text;
                token = next_token(rest);
                if (token.empty() || (token.front() >= 'A' && token.front() <= 'Z')) {
                    out_.damaged = true;
                    return;
                }
                p[i] = formulas_.parameter(token);
                text = rest;
            }
            step(command, round++, p);
        }
    }

    static std::size_t parameters(char command) {
        switch (command) {
            case 'M':
            case 'L':
            case 'X':
            case 'Y':
                return 2;
            case 'Q':
            case 'G':
                return 4;
            case 'C':
            case 'T':
            case 'U':
                return 6;
            case 'A':
            case 'B':
            case 'W':
            case 'V':
                return 8;
            default:
                return 0;
        }
    }

    void plain(char command) {
        switch (command) {
            case 'Z':
                if (open_) {
                    part().path.verbs.push_back(Verb::close);
                    open_ = false;
                }
                break;
            case 'N':
                end_part();
                break;
            case 'F':
                part().fill = false;
                break;
            case 'S':
                part().stroke = false;
                break;
            case 'H':  // Writer's own: lighter and darker faces
            case 'I':
            case 'J':
            case 'K':
                break;
            default:
                out_.damaged = true;
        }
    }

    void move(double x, double y) {
        DrawnPath& path = part().path;
        path.verbs.push_back(Verb::move);
        path.points.emplace_back(x, y);
        start_ = {x, y};
        open_ = true;
        ++points_;
    }

    /// Where the pen is; after a close it starts a new piece where the closed one began.
    std::pair<double, double> pen() {
        DrawnPath& path = part().path;
        if (!open_)
            move(path.points.empty() ? 0 : start_.first, path.points.empty() ? 0 : start_.second);
        return path.points.back();
    }

    void line(double x, double y) {
        pen();
        DrawnPath& path = part().path;
        path.verbs.push_back(Verb::line);
        path.points.emplace_back(x, y);
        ++points_;
    }

    void curve(double x1, double y1, double x2, double y2, double x, double y) {
        pen();
        DrawnPath& path = part().path;
        path.verbs.push_back(Verb::curve);
        path.points.insert(path.points.end(), {{x1, y1}, {x2, y2}, {x, y}});
        points_ += 3;
    }

    void sweep(double cx, double cy, double rx, double ry, double start, double angle,
               bool joined) {
        const double x = cx + rx * std::cos(start), y = cy + ry * std::sin(start);
        if (joined)
            line(x, y);
        else
            move(x, y);
        const std::size_t before = part().path.points.size();
        append_sweep({rx, 0, 0, ry, cx, cy}, start, angle, part().path);
        points_ += part().path.points.size() - before;
    }

    void step(char command, int round, const std::array<double, 8>& p) {
        switch (command) {
            case 'M':
                if (round == 0)
                    move(p[0], p[1]);
                else
                    line(p[0], p[1]);
                break;
            case 'L':
                line(p[0], p[1]);
                break;
            case 'C':
                curve(p[0], p[1], p[2], p[3], p[4], p[5]);
                break;
            case 'Q': {
                const auto [x, y] = pen();
                curve(x + (p[0] - x) * 2 / 3, y + (p[1] - y) * 2 / 3, p[2] + (p[0] - p[2]) * 2 / 3,
                      p[3] + (p[1] - p[3]) * 2 / 3, p[2], p[3]);
                break;
            }
            case 'X':
            case 'Y':
                quadrant(p[0], p[1], (command == 'X') == (round % 2 == 0));
                break;
            case 'T':
            case 'U': {
                double angle = p[5] - p[4];
                if (angle < 0) angle = std::fmod(angle, 360) + 360;
                angle = std::min(angle, 360.0);
                sweep(p[0], p[1], p[2], p[3], p[4] * degrees, angle * degrees,
                      command == 'T' || round > 0);
                break;
            }
            case 'G': {  // arcangleto, Writer's own: radii, where the pen is on it, how far
                const auto [x, y] = pen();
                const double start = p[2] * degrees;
                const double cx = x - p[0] * std::cos(start), cy = y - p[1] * std::sin(start);
                sweep(cx, cy, p[0], p[1], start, std::clamp(p[3], -360.0, 360.0) * degrees, true);
                break;
            }
            default:
                arc(command, p);
        }
    }

    /// A quarter of an ellipse that begins along the x (y) axis.
    void quadrant(double x, double y, bool along_x) {
        const auto [x0, y0] = pen();
        constexpr double kappa = 0.5522847498307936;                // 4/3 (√2 − 1)
        const double cx = along_x ? x : x0, cy = along_x ? y0 : y;  // the corner
        curve(x0 + (cx - x0) * kappa, y0 + (cy - y0) * kappa, x + (cx - x) * kappa,
              y + (cy - y) * kappa, x, y);
    }

    /// Of the ellipse in a box, from the direction of one point to that of another: A and B against
    /// the clock, W and V with it; A and W go on from the pen.
    void arc(char command, const std::array<double, 8>& p) {
        const double cx = (p[0] + p[2]) / 2, cy = (p[1] + p[3]) / 2;
        const double rx = std::abs(p[2] - p[0]) / 2, ry = std::abs(p[3] - p[1]) / 2;
        const auto direction = [&](double x, double y) {
            return std::atan2((y - cy) * (ry == 0 ? 1 : rx / ry), x - cx);
        };
        const double start = direction(p[4], p[5]), end = direction(p[6], p[7]);
        const bool clockwise = command == 'W' || command == 'V';
        double angle = end - start;
        constexpr double whole = 2 * std::numbers::pi;
        if (clockwise && angle <= 0) angle += whole;
        if (!clockwise && angle >= 0) angle -= whole;
        sweep(cx, cy, rx, ry, start, angle, command == 'A' || command == 'W');
    }

    void read_text_area() {
        std::string_view text = element_.attribute_or_empty(n::draw_text_areas);
        std::array<double, 4> p{};
        for (double& each : p) {
            const auto token = next_token(text);
            if (token.empty()) return;
            each = formulas_.parameter(token);
        }
        const auto [x1, y1] = placed(p[0], p[1]);
        const auto [x2, y2] = placed(p[2], p[3]);
        out_.text_area = {std::min(x1, x2), std::min(y1, y2), std::max(x1, x2), std::max(y1, y2)};
    }

    const odf::Element& element_;
    std::array<double, 4> view_{};  ///< set by values()
    Formulas formulas_;
    Matrix map_, mirror_;
    /// What lies beyond is moved on by so much.
    double x_from_ = 0, x_more_ = 0, y_from_ = 0, y_more_ = 0;
    EnhancedShape out_;
    bool fresh_part_ = true;
    bool open_ = false;  ///< a piece of the part is begun and not closed
    std::pair<double, double> start_;
    std::size_t points_ = 0;
};

}  // namespace

EnhancedShape read_enhanced_geometry(const odf::Element& element, double width, double height,
                                     bool fill, bool stroke) {
    return Reader(element, width, height, fill, stroke).run();
}

}  // namespace paraphe::layout
