#include "layout/formulas.hpp"

#include <doctest/doctest.h>

using namespace paraphe::layout;

namespace {

FormulaValues values() {
    FormulaValues out;
    out.left = 10;
    out.top = 20;
    out.right = 110;
    out.bottom = 220;
    out.width = 1440;
    out.height = 720;
    out.has_fill = true;
    out.modifiers = {5400, -2.5};
    return out;
}

double value(const std::string& formula) {
    Formulas formulas(values());
    const double out = formulas.parameter(formula);
    CHECK(formulas.sound());
    return out;
}

/// Is it a fault, and 0?
bool refused(const std::string& formula) {
    Formulas formulas(values());
    return formulas.parameter(formula) == 0 && !formulas.sound();
}

}  // namespace

TEST_CASE("formulas of custom shapes have the grammar of ODF") {
    CHECK(value("1+2*3") == 7);
    CHECK(value("(1+2)*3 - 4/8") == 8.5);
    CHECK(value("2*-3+50") == 44);
    CHECK(value("- -1.5e2") == 150);
    CHECK(value("10-4-3") == 3);
    CHECK(value("$0/$1") == -2160);
    CHECK(value("left+top+right+bottom") == 360);
    CHECK(value("width - height") == -100);
    CHECK(value("logwidth/logheight") == 2);
    CHECK(value("hasfill*10+hasstroke") == 10);
    CHECK(value("if(0-1,10,20)+if(0,1,2)+if(1,100,200)") == 122);
    CHECK(value("min(3,2)*max(3,2)+abs(0-4)+sqrt(9)") == 13);
    CHECK(value("sin(pi/2)+cos(0)+tan(0)+atan(0)") == doctest::Approx(2));
    CHECK(value("atan2(1, 1)*180/pi") == doctest::Approx(45));
    CHECK(value("7/0") == 0);
}

TEST_CASE("equations call each other, each worked out once") {
    Formulas formulas(values());
    formulas.add("f0", "?f1 * 2");
    formulas.add("f1", "?f2+?f2");
    std::string before = "f2";
    // Without a memory this would take 2 to the power of 100 steps.
    for (int i = 3; i < 100; ++i) {
        const std::string next = "f" + std::to_string(i);
        formulas.add(before, "?" + next + "/2+?" + next + "/2");
        before = next;
    }
    formulas.add(before, "21");
    CHECK(formulas.parameter("?f0") == 84);
    CHECK(formulas.sound());
}

TEST_CASE("a damaged formula is 0 and is told") {
    for (const char* each : {"", "1+", "(1", "1 2", "$7", "$", "?f9", "nothing", "sin()",
                             "sin(1,2)", "min(1,2,3,4)", "sqrt(0-1)", "1e999", "inf", "%"}) {
        CAPTURE(std::string(each));
        CHECK(refused(each));
    }
    CHECK(refused(std::string(1000, '(') + "1"));
    Formulas formulas(values());
    formulas.add("f0", "?f1+1");
    formulas.add("f1", "?f0+1");
    // Measured: Writer, too, takes the equation that it is just working out for 0.
    CHECK(formulas.parameter("?f0") == 2);
    CHECK_FALSE(formulas.sound());
}

TEST_CASE("a chain of equations without end stops") {
    Formulas formulas(values());
    for (int i = 0; i < 1999; ++i)
        formulas.add("f" + std::to_string(i), "?f" + std::to_string(i + 1));
    formulas.add("f1999", "1");
    formulas.parameter("?f0");
    CHECK_FALSE(formulas.sound());
}
