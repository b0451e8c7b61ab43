#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "layout/drawing.hpp"
#include "xml/xml.hpp"

/// Presentation of SVG elements (SVG 1.1 §6, §11). Private to layout/.
namespace paraphe::layout {

/// What an element inherits. Opacities multiply.
struct SvgStyle {
    std::optional<Color> fill = Color{};
    std::optional<Color> stroke;
    Color current;  ///< `color`
    double fill_opacity = 1, stroke_opacity = 1, opacity = 1;
    double stroke_width = 1;
    std::vector<double> dashes;
    bool even_odd = false;
    Cap cap = Cap::butt;
    Join join = Join::miter;
    bool displayed = true, visible = true;
    double own_opacity = 1;  ///< of the element itself, already in `opacity`
};

/// The rules of <style> elements whose selector is a class, an element's name or an id.
class SvgSheet {
public:
    /// Rules with other selectors are named in `missing`.
    void add(std::string_view css, std::set<std::string>& missing);
    /// The style of an element under its parent's: attributes, then rules, then `style`.
    SvgStyle apply(const xml::Element&, SvgStyle inherited, std::set<std::string>& missing) const;

private:
    struct Rule {
        std::string selector;  ///< ".logo", "path", "#fond"
        std::string declarations;
    };
    std::vector<Rule> rules_;
};

}  // namespace paraphe::layout
