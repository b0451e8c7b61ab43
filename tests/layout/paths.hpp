#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "layout/drawing.hpp"
#include "setting.hpp"

/// Paths as text for the tests of drawings.
namespace paraphe::layout::testing {

/// "M 1 2 L 3 4 Z", rounded to a hundredth.
inline std::string steps(const DrawnPath& path) {
    std::string out;
    std::size_t at = 0;
    const auto number = [](double value) {
        const long long units = std::llround(value * 100);
        std::string text = std::to_string(units / 100);
        if (units < 0 && units > -100) text = "-0";
        if (units % 100 != 0) {
            const std::string rest = std::to_string(std::abs(units % 100));
            text += (rest.size() == 1 ? ".0" : ".") + rest;
        }
        return text;
    };
    for (const Verb verb : path.verbs) {
        out += out.empty() ? "" : " ";
        out += verb == Verb::move    ? "M"
               : verb == Verb::line  ? "L"
               : verb == Verb::curve ? "C"
                                     : "Z";
        for (int i = 0; i < (verb == Verb::curve ? 3 : verb == Verb::close ? 0 : 1); ++i, ++at)
            out += " " + number(path.points.at(at).first) + " " + number(path.points.at(at).second);
    }
    if (at != path.points.size()) out += " and more points";
    return out;
}

/// A path of a page the same way, in points right of and below the margins, to a tenth.
inline std::string steps(const Path& path) {
    DrawnPath out;
    out.verbs = path.verbs;
    for (const Point& point : path.points)
        out.points.emplace_back(std::round((point.x.points() - margin) * 10) / 10 + 0.0,
                                std::round((point.y.points() - margin) * 10) / 10 + 0.0);
    return steps(out);
}

inline std::vector<Path> paths(const Pages& pages, int page = 0) {
    std::vector<Path> out;
    for (const Item& item : pages.pages.at(static_cast<std::size_t>(page)).items)
        if (const auto* path = std::get_if<Path>(&item)) out.push_back(*path);
    return out;
}

/// The pages' warnings: "P0416 un dessin …".
inline std::vector<std::string> told(const Pages& pages) {
    std::vector<std::string> out;
    for (const Diagnostic& each : pages.warnings)
        out.push_back(each.code + " " + each.message);
    return out;
}

}  // namespace paraphe::layout::testing
