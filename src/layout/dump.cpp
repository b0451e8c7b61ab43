#include <algorithm>
#include <cstdio>

#include "layout/layout.hpp"

namespace paraphe::layout {
namespace {

/// Millimetres with two decimals, computed in integers.
std::string millimetres(Length length) {
    // 1 unit = 25.4 / 72 / 1024 mm = 127 / 368640 mm
    const std::int64_t product = length.units() * 127 * 100;
    const std::int64_t hundredths = (product + (product < 0 ? -184320 : 184320)) / 368640;
    char out[40];
    std::snprintf(out, sizeof out, "%s%lld.%02lld", hundredths < 0 ? "-" : "",
                  static_cast<long long>(std::abs(hundredths) / 100),
                  static_cast<long long>(std::abs(hundredths) % 100));
    return out;
}

std::string whole_millimetres(Length length) {
    std::string out = millimetres(length);
    return out.ends_with(".00") ? out.substr(0, out.size() - 3) : out;
}

std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (c == '\t')
            out += "\\t";
        else
            out += c;
    }
    return out + "\"";
}

std::string place(const Rect& box) {
    return millimetres(box.x) + "," + millimetres(box.y);
}

std::string place_and_size(const Rect& box) {
    return place(box) + "  " + millimetres(box.width) + "×" + millimetres(box.height);
}

Rect joined(const Rect& a, const Rect& b) {
    const Length x = std::min(a.x, b.x), y = std::min(a.y, b.y);
    return {x, y, std::max(a.x + a.width, b.x + b.width) - x,
            std::max(a.y + a.height, b.y + b.height) - y};
}

/// Is it a path that someone sees as a figure?
bool draws(const Pages& pages, const Item& item) {
    const auto* path = std::get_if<Path>(&item);
    return path != nullptr && path->mark.node >= 0 && !path->points.empty() &&
           pages.nodes[static_cast<std::size_t>(path->mark.node)].role == Role::figure;
}

/// What the points of a path span.
Rect box_of(const Path& path) {
    Rect out{path.points[0].x, path.points[0].y, {}, {}};
    for (const Point& point : path.points)
        out = joined(out, {point.x, point.y, {}, {}});
    return out;
}

}  // namespace

std::string dump(const Pages& pages) {
    std::string out;
    std::size_t line = 0;
    for (std::size_t number = 0; number < pages.pages.size(); ++number) {
        const Page& page = pages.pages[number];
        const auto here = static_cast<int>(number);
        out += "page " + page.label + "  " + whole_millimetres(page.size.width) + "×" +
               whole_millimetres(page.size.height) + " mm\n";
        while (line < pages.lines.size() && pages.lines[line].page == here) {
            // The lines of one paragraph on this page stand together.
            std::size_t end = line;
            Rect box = pages.lines[line].box;
            while (end < pages.lines.size() && pages.lines[end].page == here &&
                   pages.lines[end].paragraph == pages.lines[line].paragraph &&
                   pages.lines[end].furniture == pages.lines[line].furniture) {
                box = joined(box, pages.lines[end].box);
                ++end;
            }
            const bool drawn = pages.lines[line].paragraph < 0;
            out += std::string("  ") +
                   (pages.lines[line].furniture ? "furniture"
                    : drawn                     ? "drawn text"
                                                : "paragraph") +
                   "  " + place_and_size(box) + "  " + quoted(pages.lines[line].style) + "\n";
            for (; line < end; ++line) {
                const LineBox& one = pages.lines[line];
                out += "    line  " + place(one.box) + "  baseline " + millimetres(one.baseline) +
                       "  " + quoted(one.text) + "\n";
            }
        }
        for (auto item = page.items.begin(); item != page.items.end(); ++item) {
            if (const auto* image = std::get_if<Image>(&*item))
                out += "  image  " + place_and_size(image->box) + "  " +
                       (image->picture ? image->picture->media_type : "") + "\n";
            if (!draws(pages, *item)) continue;
            // The paths of one drawing follow each other.
            const Mark mark = std::get<Path>(*item).mark;
            Rect box = box_of(std::get<Path>(*item));
            for (; item + 1 != page.items.end() && draws(pages, *(item + 1)) &&
                   std::get<Path>(*(item + 1)).mark == mark;
                 ++item)
                box = joined(box, box_of(std::get<Path>(*(item + 1))));
            const auto& node = pages.nodes[static_cast<std::size_t>(mark.node)];
            out +=
                "  drawing  " + place_and_size(box) + "  " + quoted(node.words->alternative) + "\n";
        }
        for (const SignatureField& field : pages.fields)
            if (field.page == here)
                out +=
                    "  signature  " + place_and_size(field.box) + "  " + quoted(field.slot) + "\n";
        for (const Link& link : pages.links)
            if (link.page == here)
                out += "  link  " + place_and_size(link.box) + "  " +
                       (link.uri.empty() ? "page " + std::to_string(link.target_page + 1)
                                         : quoted(link.uri)) +
                       "\n";
    }
    return out;
}

}  // namespace paraphe::layout
