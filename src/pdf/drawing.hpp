#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "layout/pages.hpp"
#include "pdf/font.hpp"
#include "pdf/font_cache.hpp"
#include "pdf/objects.hpp"

/// Display list items as content stream operators (ISO 32000-1 §8, §9).
namespace paraphe::pdf {

/// What content names: fonts, pictures, transparency states. One for all the pages of a document.
class Resources {
public:
    Resources(Objects& objects, FontCache& fonts) : objects_(objects), cache_(fonts) {}

    struct Font {
        std::string name;  ///< "F1"
        UsedFont used;
        int object = 0;
    };
    Font& font(const text::FacePtr&);
    /// Writes the picture at its first use.
    const std::string& picture(const std::shared_ptr<const layout::Picture>&);
    /// A graphics state with these alphas, 0 to 255.
    const std::string& alpha(int fill, int stroke);

    /// Embeds the fonts and gives the resource dictionary. Call once, after all content.
    std::string finish();

private:
    struct Named {
        std::string name;
        int object = 0;
    };
    Objects& objects_;
    FontCache& cache_;
    std::map<const text::Face*, std::unique_ptr<Font>> by_face_;
    std::vector<Font*> fonts_;  ///< in order of first use: addresses must not show in the file
    std::map<const layout::Picture*, Named> pictures_;
    std::vector<std::shared_ptr<const layout::Picture>> kept_;
    std::map<std::pair<int, int>, Named> alphas_;
};

/// Builds one content stream; y grows downwards in what comes in, upwards in what goes out.
class Content {
public:
    Content(Resources& resources, Length height) : resources_(resources), height_(height) {}

    void draw(const layout::Item&);
    /// "/P <</MCID 0>>"
    void begin_marked(std::string_view operands);
    void end_marked();

    bool uses_transparency() const { return transparent_; }
    std::string take() { return std::move(out_); }

private:
    void draw_item(const layout::GlyphRun&);
    void draw_item(const layout::Path&);
    void draw_item(const layout::Image&);
    void draw_outline(const layout::Path&, const std::optional<Color>& fill,
                      const std::optional<Color>& stroke);
    void append_outline(const layout::Path&);
    void set_fill(Color);
    void set_stroke(Color);
    void set_alpha(int fill, int stroke);
    void set_line_width(double);
    void append_point(Point);

    Resources& resources_;
    Length height_;
    std::string out_;
    bool transparent_ = false;

    /// What is painted until restore_state() is limited to a rectangle.
    void enter_clip(const Rect&);
    void save_state();
    void restore_state();

    // The graphics state as the reader of the stream has it now.
    struct LineState {
        Color fill, stroke;
        int fill_alpha = 255, stroke_alpha = 255;
        double line_width = 1;
        std::vector<Length> dashes;
        layout::Cap cap = layout::Cap::butt;
        layout::Join join = layout::Join::miter;
    };
    LineState state_;
    std::vector<LineState> outside_;  ///< that leaving clips restores
    const Resources::Font* font_ = nullptr;
    Length font_size_;
    int rendering_ = 0;
};

}  // namespace paraphe::pdf
