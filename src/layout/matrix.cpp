#include "layout/matrix.hpp"

#include <array>
#include <numbers>

#include "layout/drawing.hpp"

namespace paraphe::layout {
namespace {

struct Step {
    std::string_view name;
    std::array<double, 6> n{};
    std::size_t count = 0;
};

void skip_blanks(std::string_view& text) {
    while (!text.empty() && std::string_view(" ,\t\r\n").find(text.front()) != text.npos)
        text.remove_prefix(1);
}

/// Points in the unit that stands before `text`, which is cut off; without one, 1.
double unit(std::string_view& text) {
    struct Unit {
        std::string_view name;
        double points;
    };
    static constexpr std::array units{Unit{"cm", 72 / 2.54}, Unit{"mm", 72 / 25.4},
                                      Unit{"in", 72},        Unit{"pt", 1},
                                      Unit{"pc", 12},        Unit{"px", 0.75}};
    for (const Unit& each : units)
        if (text.starts_with(each.name)) {
            text.remove_prefix(each.name.size());
            return each.points;
        }
    return 1;
}

/// Cuts "name(1, 2)" off; false for anything else.
bool next_step(std::string_view& text, Step& out) {
    const auto open = text.find('(');
    if (open == std::string_view::npos) return false;
    out.name = text.substr(0, open);
    while (out.name.ends_with(' '))
        out.name.remove_suffix(1);
    text.remove_prefix(open + 1);
    out.count = 0;
    while (const auto each = next_number(text)) {
        if (out.count == out.n.size()) return false;
        out.n[out.count++] = *each * unit(text);
    }
    skip_blanks(text);
    if (!text.starts_with(')')) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<Matrix> matrix_of(const Step& step, double radians) {
    const auto& n = step.n;
    const double angle = n[0] * radians;
    Matrix one;
    if (step.name == "matrix" && step.count == 6) {
        one = {n[0], n[1], n[2], n[3], n[4], n[5]};
    } else if (step.name == "translate" && (step.count == 1 || step.count == 2)) {
        one.e = n[0];
        one.f = n[1];
    } else if (step.name == "scale" && (step.count == 1 || step.count == 2)) {
        one.a = n[0];
        one.d = step.count == 2 ? n[1] : n[0];
    } else if (step.name == "rotate" && (step.count == 1 || step.count == 3)) {
        one = {std::cos(angle), std::sin(angle), -std::sin(angle), std::cos(angle), 0, 0};
        one = Matrix{1, 0, 0, 1, n[1], n[2]} * one * Matrix{1, 0, 0, 1, -n[1], -n[2]};
    } else if (step.name == "skewX" && step.count == 1) {
        one.c = std::tan(angle);
    } else if (step.name == "skewY" && step.count == 1) {
        one.b = std::tan(angle);
    } else {
        return std::nullopt;
    }
    return one;
}

}  // namespace

std::optional<Matrix> read_svg_transform(std::string_view text) {
    Matrix out;
    Step step;
    for (skip_blanks(text); !text.empty(); skip_blanks(text)) {
        if (!next_step(text, step)) return std::nullopt;
        const auto one = matrix_of(step, std::numbers::pi / 180);
        if (!one) return std::nullopt;
        out = out * *one;
        if (!out.finite()) return std::nullopt;
    }
    return out;
}

std::optional<Matrix> read_draw_transform(std::string_view text) {
    Matrix out;
    Step step;
    for (skip_blanks(text); !text.empty(); skip_blanks(text)) {
        if (!next_step(text, step)) return std::nullopt;
        const auto one = matrix_of(step, -1);
        if (!one) return std::nullopt;
        out = *one * out;
        if (!out.finite()) return std::nullopt;
    }
    return out;
}

}  // namespace paraphe::layout
