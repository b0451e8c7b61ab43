#include <charconv>
#include <cmath>
#include <numbers>
#include <utility>

#include "layout/drawing.hpp"

namespace paraphe::layout {

namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

void skip_separator(std::string_view& text) {
    bool comma = false;
    while (!text.empty() && (is_blank(text.front()) || (text.front() == ',' && !comma))) {
        comma = comma || text.front() == ',';
        text.remove_prefix(1);
    }
}

/// Flags of arcs may stand without a separator: "a1 1 0 01.5.5".
std::optional<bool> next_flag(std::string_view& text) {
    skip_separator(text);
    if (text.empty() || (text.front() != '0' && text.front() != '1')) return std::nullopt;
    const bool out = text.front() == '1';
    text.remove_prefix(1);
    return out;
}

class PathReader {
public:
    PathReader(std::string_view data, std::size_t most_points, DrawnPath& out)
        : data_(data), most_points_(most_points), out_(out) {}

    bool run() {
        char command = 0;
        while (true) {
            skip_separator(data_);
            if (data_.empty()) return true;
            if (out_.points.size() > most_points_) return false;
            const char c = data_.front();
            const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (letter) {
                command = c;
                data_.remove_prefix(1);
            } else if (command == 0 || command == 'z' || command == 'Z') {
                return false;
            } else if (command == 'm' || command == 'M') {
                command = command == 'm' ? 'l' : 'L';  // further pairs are lines
            }
            if (!begun_ && command != 'm' && command != 'M') return false;
            if (!step(command)) return false;
        }
    }

private:
    bool step(char command) {
        const bool relative = command >= 'a';
        const double ox = relative ? x_ : 0, oy = relative ? y_ : 0;
        double n[6];
        const auto numbers = [&](int count) {
            for (int i = 0; i < count; ++i) {
                const auto each = next_number(data_);
                if (!each) return false;
                n[i] = *each;
            }
            return true;
        };
        const char kind = relative ? command : static_cast<char>(command + ('a' - 'A'));
        const char before = std::exchange(last_, kind);
        switch (kind) {
            case 'm':
                if (!numbers(2)) return false;
                begun_ = true;
                start_x_ = n[0] + ox;
                start_y_ = n[1] + oy;
                point(Verb::move, start_x_, start_y_);
                return true;
            case 'l':
                if (!numbers(2)) return false;
                point(Verb::line, n[0] + ox, n[1] + oy);
                return true;
            case 'h':
                if (!numbers(1)) return false;
                point(Verb::line, n[0] + ox, y_);
                return true;
            case 'v':
                if (!numbers(1)) return false;
                point(Verb::line, x_, n[0] + oy);
                return true;
            case 'c':
                if (!numbers(6)) return false;
                curve(n[0] + ox, n[1] + oy, n[2] + ox, n[3] + oy, n[4] + ox, n[5] + oy);
                return true;
            case 's': {
                if (!numbers(4)) return false;
                const bool smooth = before == 'c' || before == 's';
                curve(smooth ? 2 * x_ - control_x_ : x_, smooth ? 2 * y_ - control_y_ : y_,
                      n[0] + ox, n[1] + oy, n[2] + ox, n[3] + oy);
                return true;
            }
            case 'q':
                if (!numbers(4)) return false;
                quadratic(n[0] + ox, n[1] + oy, n[2] + ox, n[3] + oy);
                return true;
            case 't': {
                if (!numbers(2)) return false;
                const bool smooth = before == 'q' || before == 't';
                quadratic(smooth ? 2 * x_ - control_x_ : x_, smooth ? 2 * y_ - control_y_ : y_,
                          n[0] + ox, n[1] + oy);
                return true;
            }
            case 'a': {
                if (!numbers(3)) return false;
                const auto large = next_flag(data_), sweep = next_flag(data_);
                if (!large || !sweep) return false;
                const auto x = next_number(data_), y = next_number(data_);
                if (!x || !y) return false;
                reopen();
                append_arc(n[0], n[1], n[2], *large, *sweep, *x + ox, *y + oy, out_);
                x_ = *x + ox;
                y_ = *y + oy;
                return true;
            }
            case 'z':
                if (!closed_) out_.verbs.push_back(Verb::close);
                closed_ = true;
                x_ = start_x_;
                y_ = start_y_;
                return true;
            default:
                return false;
        }
    }

    /// After a close the next step begins where the closed one began.
    void reopen() {
        if (!std::exchange(closed_, false)) return;
        out_.verbs.push_back(Verb::move);
        out_.points.emplace_back(x_, y_);
    }

    void point(Verb verb, double x, double y) {
        if (verb == Verb::move)
            closed_ = false;
        else
            reopen();
        out_.verbs.push_back(verb);
        out_.points.emplace_back(x, y);
        x_ = x;
        y_ = y;
    }

    void curve(double x1, double y1, double x2, double y2, double x, double y) {
        reopen();
        out_.verbs.push_back(Verb::curve);
        out_.points.emplace_back(x1, y1);
        out_.points.emplace_back(x2, y2);
        out_.points.emplace_back(x, y);
        control_x_ = x2;
        control_y_ = y2;
        x_ = x;
        y_ = y;
    }

    void quadratic(double cx, double cy, double x, double y) {
        curve(x_ + (cx - x_) * 2 / 3, y_ + (cy - y_) * 2 / 3, x + (cx - x) * 2 / 3,
              y + (cy - y) * 2 / 3, x, y);
        control_x_ = cx;
        control_y_ = cy;
    }

    std::string_view data_;
    std::size_t most_points_;
    DrawnPath& out_;
    double x_ = 0, y_ = 0, start_x_ = 0, start_y_ = 0, control_x_ = 0, control_y_ = 0;
    char last_ = 0;
    bool begun_ = false, closed_ = false;
};

}  // namespace

std::optional<double> next_number(std::string_view& text) {
    skip_separator(text);
    std::string_view rest = text;
    if (!rest.empty() && rest.front() == '+') rest.remove_prefix(1);
    std::string_view digits = rest;
    if (!digits.empty() && digits.front() == '-') digits.remove_prefix(1);
    // from_chars also reads "inf" and "nan".
    if (digits.empty() || ((digits.front() < '0' || digits.front() > '9') && digits.front() != '.'))
        return std::nullopt;
    double out = 0;
    const auto [next, fault] = std::from_chars(rest.data(), rest.data() + rest.size(), out);
    if (fault != std::errc() || !(std::abs(out) < 1e9)) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(next - text.data()));
    return out;
}

std::optional<std::array<double, 4>> read_view_box(std::string_view text) {
    std::array<double, 4> out{};
    for (double& each : out) {
        const auto number = next_number(text);
        if (!number) return std::nullopt;
        each = *number;
    }
    if (out[2] <= 0 || out[3] <= 0) return std::nullopt;
    return out;
}

bool append_path_data(std::string_view data, std::size_t most_points, DrawnPath& out) {
    return PathReader(data, most_points, out).run();
}

void append_arc(double rx, double ry, double rotation, bool large, bool sweep, double x, double y,
                DrawnPath& out) {
    const auto [x0, y0] = out.points.back();
    rx = std::abs(rx);
    ry = std::abs(ry);
    if (x0 == x && y0 == y) return;
    if (rx < 1e-9 || ry < 1e-9) {
        out.verbs.push_back(Verb::line);
        out.points.emplace_back(x, y);
        return;
    }
    // SVG 1.1 §F.6.5: from end points to centre.
    const double phi = rotation * std::numbers::pi / 180;
    const double cos = std::cos(phi), sin = std::sin(phi);
    const double dx = (x0 - x) / 2, dy = (y0 - y) / 2;
    const double px = cos * dx + sin * dy, py = -sin * dx + cos * dy;
    const double lambda = px * px / (rx * rx) + py * py / (ry * ry);
    if (lambda > 1) {
        rx *= std::sqrt(lambda);
        ry *= std::sqrt(lambda);
    }
    const double denominator = rx * rx * py * py + ry * ry * px * px;
    const double numerator = std::max(rx * rx * ry * ry - denominator, 0.0);
    double factor = std::sqrt(numerator / denominator);
    if (large == sweep) factor = -factor;
    const double qx = factor * rx * py / ry, qy = -factor * ry * px / rx;
    const double cx = cos * qx - sin * qy + (x0 + x) / 2, cy = sin * qx + cos * qy + (y0 + y) / 2;
    const double theta = std::atan2((py - qy) / ry, (px - qx) / rx);
    double delta = std::atan2((-py - qy) / ry, (-px - qx) / rx) - theta;
    if (sweep && delta < 0) delta += 2 * std::numbers::pi;
    if (!sweep && delta > 0) delta -= 2 * std::numbers::pi;
    if (!std::isfinite(delta) || !std::isfinite(cx) || !std::isfinite(cy)) {
        out.verbs.push_back(Verb::line);
        out.points.emplace_back(x, y);
        return;
    }
    append_sweep({cos * rx, sin * rx, -sin * ry, cos * ry, cx, cy}, theta, delta, out);
    out.points.back() = {x, y};
}

}  // namespace paraphe::layout
