#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "layout/pages.hpp"

/// Pages as layout/ would make them, small enough to write by hand, and a face from a font file:
/// this layer's tests ask neither layout/ nor text/.
namespace paraphe::test {

inline constexpr char serif[] = "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf";
inline constexpr char sans_bold[] = "/usr/share/fonts/truetype/liberation2/LiberationSans-Bold.ttf";
inline constexpr char dejavu[] = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";
inline constexpr char carlito[] = "/usr/share/fonts/truetype/crosextra/Carlito-Regular.ttf";
inline constexpr char gyre[] =
    "/usr/share/texmf/fonts/opentype/public/tex-gyre/texgyretermes-regular.otf";

/// Opened once a process.
text::FacePtr face(const std::string& path);

/// Shaped by HarfBuzz, at (x, y) points.
layout::GlyphRun run(const text::FacePtr&, std::string_view text, double x, double y, double size,
                     int node, bool right_to_left = false);

/// Builds a document item by item.
class Builder {
public:
    Builder();
    int node(layout::Role, int parent = 0);
    layout::Page& page();  ///< the current one
    void new_page();
    /// A paragraph of one run.
    int text(layout::Role, const std::string& text, double x, double y, double size = 11,
             int parent = 0);
    void artifact(const std::string& text, double x, double y, layout::Artifact);
    void rectangle(Rect, std::optional<Color> fill, std::optional<Color> stroke, layout::Mark);
    /// With its Form element.
    void field(const std::string& slot, Rect);

    layout::Pages pages;
};

Rect rect(double x, double y, double width, double height);

/// Two pages: heading, paragraphs, table with header and spans, list, note, figure, header and
/// footer, link, outline, three signature fields.
layout::Pages contract();

/// A picture of 2 by 2 pixels, red, green, blue and half transparent black.
std::shared_ptr<const layout::Picture> png_picture();

/// Runs a command through the shell; gives what it printed, errors too.
struct Ran {
    int status = 0;
    std::string output;
};
Ran shell(const std::string& command);
bool has_tool(const std::string& name);
/// A file in the build folder that holds `bytes`; gives its path.
std::string scratch(const std::string& name, ByteView bytes);

}  // namespace paraphe::test
