#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

/// Formulas of a custom shape (draw:equation, ODF 1.3 part 3 §19.171). Private to layout/.
namespace paraphe::layout {

/// What formulas name besides numbers and each other.
struct FormulaValues {
    double left = 0, top = 0, right = 0, bottom = 0;  ///< of svg:viewBox
    double width = 0, height = 0;                     ///< of the shape, in 1/100 mm
    double x_stretch = 0, y_stretch = 0;
    bool has_stroke = false, has_fill = false;
    std::vector<double> modifiers;  ///< $0, $1, …
};

/// The equations of one shape, each worked out once when it is asked for. What cannot be known (a
/// fault of grammar, a circle of equations, a name that is none, a number that is not finite) is 0,
/// and `sound()` is false from then on. Caps: 2,000 equations of 2,000 octets, 50 brackets deep,
/// 200 equations deep.
class Formulas {
public:
    explicit Formulas(FormulaValues values) : values_(std::move(values)) {}

    void add(std::string_view name, std::string_view formula);
    /// "12.5", "$0", "?f3", or the name of a value: "right".
    double parameter(std::string_view);
    bool sound() const { return sound_; }

private:
    friend class FormulaReader;
    enum class State { fresh, open, known };
    struct Equation {
        std::string formula;
        State state = State::fresh;
        double value = 0;
    };
    double equation(std::string_view name);
    double modifier(std::string_view digits);
    double named(std::string_view);
    double fault();

    FormulaValues values_;
    std::map<std::string, Equation, std::less<>> equations_;  ///< by name
    int open_ = 0;
    bool sound_ = true;
};

}  // namespace paraphe::layout
