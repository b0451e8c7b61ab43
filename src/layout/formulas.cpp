#include "layout/formulas.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numbers>

namespace paraphe::layout {
namespace {

constexpr std::size_t most_equations = 2000;
constexpr std::size_t longest = 2000;
constexpr int deepest_brackets = 50;
constexpr int deepest_equations = 200;

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

}  // namespace

/// additive = multiplicative { ("+" | "-") multiplicative }, multiplicative = unary { ("*" | "/")
/// unary }, unary = { "-" | "+" } basic, basic = number | name | $n | ?name | f "(" … ")" | "(" …
/// ")"
class FormulaReader {
public:
    FormulaReader(std::string_view text, Formulas& formulas) : text_(text), formulas_(formulas) {}

    double run() {
        const double out = additive();
        skip();
        if (!text_.empty() || !std::isfinite(out)) fault();
        return faulty_ ? 0 : out;
    }

private:
    void skip() {
        while (!text_.empty() && (text_.front() == ' ' || text_.front() == '\t' ||
                                  text_.front() == '\n' || text_.front() == '\r'))
            text_.remove_prefix(1);
    }
    bool eat(char c) {
        skip();
        if (!text_.starts_with(c)) return false;
        text_.remove_prefix(1);
        return true;
    }
    template <class Test>
    std::string_view take(Test test) {
        std::size_t count = 0;
        while (count < text_.size() && test(text_[count]))
            ++count;
        const std::string_view out = text_.substr(0, count);
        text_.remove_prefix(count);
        return out;
    }
    /// Ends the reading: what follows is not worth a look.
    double fault() {
        text_ = {};
        faulty_ = true;
        return formulas_.fault();
    }

    double additive() {
        double out = multiplicative();
        while (true) {
            if (eat('+'))
                out += multiplicative();
            else if (eat('-'))
                out -= multiplicative();
            else
                return out;
        }
    }
    double multiplicative() {
        double out = unary();
        while (true) {
            if (eat('*')) {
                out *= unary();
            } else if (eat('/')) {
                const double divisor = unary();
                // Measured: Writer takes what is divided by 0 for 0.
                out = divisor == 0 ? 0 : out / divisor;
            } else {
                return out;
            }
        }
    }
    double unary() {
        bool negative = false;
        while (true) {
            if (eat('-'))
                negative = !negative;
            else if (!eat('+'))
                break;
        }
        const double out = basic();
        return negative ? -out : out;
    }
    double basic() {
        skip();
        if (text_.empty()) return fault();
        const char c = text_.front();
        if (is_digit(c) || c == '.') {
            double out = 0;
            const auto [next, error] =
                std::from_chars(text_.data(), text_.data() + text_.size(), out);
            if (error != std::errc()) return fault();
            text_.remove_prefix(static_cast<std::size_t>(next - text_.data()));
            return out;
        }
        if (c == '$') {
            text_.remove_prefix(1);
            return formulas_.modifier(take(is_digit));
        }
        if (c == '?') {
            text_.remove_prefix(1);
            return formulas_.equation(take([](char each) {
                return is_letter(each) || is_digit(each) || each == '_' || each == '-' ||
                       each == '.';
            }));
        }
        if (c == '(') return bracket();
        if (!is_letter(c)) return fault();
        const std::string_view name =
            take([](char each) { return is_letter(each) || is_digit(each); });
        skip();
        return text_.starts_with('(') ? function(name) : formulas_.named(name);
    }
    double bracket() {
        if (++depth_ > deepest_brackets) return fault();
        eat('(');
        const double out = additive();
        --depth_;
        return eat(')') ? out : fault();
    }
    double function(std::string_view name) {
        if (++depth_ > deepest_brackets) return fault();
        eat('(');
        std::array<double, 3> n{};
        std::size_t count = 0;
        do {
            if (count == n.size()) return fault();
            n[count++] = additive();
        } while (eat(','));
        --depth_;
        if (!eat(')')) return fault();
        if (count == 1) {
            if (name == "abs") return std::abs(n[0]);
            if (name == "sqrt") return std::sqrt(n[0]);
            if (name == "sin") return std::sin(n[0]);
            if (name == "cos") return std::cos(n[0]);
            if (name == "tan") return std::tan(n[0]);
            if (name == "atan") return std::atan(n[0]);
        } else if (count == 2) {
            if (name == "min") return std::min(n[0], n[1]);
            if (name == "max") return std::max(n[0], n[1]);
            if (name == "atan2") return std::atan2(n[0], n[1]);
        } else if (name == "if") {
            return n[0] > 0 ? n[1] : n[2];
        }
        return fault();
    }

    std::string_view text_;
    Formulas& formulas_;
    int depth_ = 0;
    bool faulty_ = false;
};

double Formulas::fault() {
    sound_ = false;
    return 0;
}

void Formulas::add(std::string_view name, std::string_view formula) {
    if (equations_.size() == most_equations || formula.size() > longest) {
        sound_ = false;
        return;
    }
    equations_.emplace(std::string(name), Equation{std::string(formula)});
}

double Formulas::equation(std::string_view name) {
    const auto found = equations_.find(name);
    if (found == equations_.end() || found->second.state == State::open ||
        open_ == deepest_equations)
        return fault();
    Equation& one = found->second;
    if (one.state == State::known) return one.value;
    one.state = State::open;
    ++open_;
    one.value = FormulaReader(one.formula, *this).run();
    --open_;
    one.state = State::known;
    return one.value;
}

double Formulas::modifier(std::string_view digits) {
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc() || number >= values_.modifiers.size()) return fault();
    return values_.modifiers[number];
}

double Formulas::named(std::string_view name) {
    if (name == "pi") return std::numbers::pi;
    if (name == "left") return values_.left;
    if (name == "top") return values_.top;
    if (name == "right") return values_.right;
    if (name == "bottom") return values_.bottom;
    if (name == "width") return values_.right - values_.left;
    if (name == "height") return values_.bottom - values_.top;
    if (name == "logwidth") return values_.width;
    if (name == "logheight") return values_.height;
    if (name == "xstretch") return values_.x_stretch;
    if (name == "ystretch") return values_.y_stretch;
    if (name == "hasstroke") return values_.has_stroke ? 1 : 0;
    if (name == "hasfill") return values_.has_fill ? 1 : 0;
    return fault();
}

double Formulas::parameter(std::string_view text) {
    const double out = FormulaReader(text, *this).run();
    return std::clamp(out, -1e9, 1e9);
}

}  // namespace paraphe::layout
