#pragma once

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "layout/area_fill.hpp"
#include "layout/line_builder.hpp"

/// Paragraphs to lines. Private to layout/.
namespace paraphe::layout {

class Typesetter {
public:
    /// Lays out the content of a text box to the given width.
    using BoxLayout = std::function<Fragment(const Blocks&, Length width, Length& height)>;

    Typesetter(Shaper, const StyleSheet&, const std::string& hyphenation_folder);

    void use_box_layout(BoxLayout layout) { box_layout_ = std::move(layout); }
    /// `width` is that of the column, the paragraph's indents included. At least one line.
    std::vector<Line> lines(const Paragraph&, Length width);
    /// The same from octet `from` on, where line `line` begins, beside what `free` leaves.
    std::vector<Line> lines(const Paragraph&, Length width, std::uint32_t from, int line,
                            const Free& free);
    /// An object by itself, its upper left corner at 0, 0; its size is returned. It is at most
    /// `widest` wide; a relative width is one of the column.
    Fragment object(const Object&, Length column, Length widest, Size& size);

private:
    Fragment drawing(const Object&, Size& size);
    /// Its text where the area leaves `room` for a line; gives the width that its paragraphs have
    /// and the height of all.
    Fragment shape_text(const Shape&, Length room, Length& width, Length& height);
    /// `box` becomes what it takes with its text: left, top, right, bottom.
    Fragment shape(const Shape&, std::array<double, 4>& box);
    const locale::Hyphenator* hyphenator(const std::string& language);

    const StyleSheet& styles_;
    Shaper shaper_;
    Fragment ruby(const Object&, Size&);
    FillBudget fill_budget_;
    BoxLayout box_layout_;
    std::string hyphenation_folder_;
    std::map<std::string, std::unique_ptr<locale::Hyphenator>> hyphenators_;
};

/// The picture set into a box, stretched.
void add_picture(const std::shared_ptr<const Picture>&, const Rect& box, Mark, Shaper&,
                 Fragment& out);

}  // namespace paraphe::layout
