#include "contract/previews.hpp"

#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "layout/layout.hpp"
#include "layout/page_text.hpp"
#include "odf/odf.hpp"
#include "pdf/pdf.hpp"

namespace paraphe::contract {

namespace {

/// Some thirty contracts.
constexpr std::size_t capacity = 16 << 20;

/// The screens around a document have two levels of headings of their own.
constexpr int deeper = 2;

std::size_t octets_of(const layout::Path& path) {
    std::size_t out = path.points.size() * (sizeof(Point) + 1) +
                      path.filling->pictures.size() * sizeof(layout::Image);
    for (const layout::Path& inside : path.filling->paths)
        out += sizeof inside + octets_of(inside);
    return out;
}

std::size_t octets_of(const layout::Page& page) {
    std::size_t out = page.items.size() * sizeof(layout::Item);
    for (const layout::Item& item : page.items) {
        if (const auto* run = std::get_if<layout::GlyphRun>(&item))
            out += run->glyphs.size() * sizeof(layout::Glyph) + run->text.size();
        else if (const auto* path = std::get_if<layout::Path>(&item))
            out += octets_of(*path);
        else if (const auto& picture = std::get<layout::Image>(item).picture;
                 picture && picture->bytes)
            out += picture->bytes->size();
    }
    return out;
}

}  // namespace

Previews::Previews(const text::FontMap& fonts, std::string producer)
    : fonts_(fonts), producer_(std::move(producer)), placed_(capacity) {}

std::shared_ptr<const Previews::Placed> Previews::placed(const Bytes& odt) const {
    const auto make = [&] {
        auto out = std::make_shared<Placed>();
        layout::Options options;
        options.producer = producer_;
        out->pages = layout::layout(odf::read(odt, "document.odt"), fonts_, options);
        for (std::size_t i = 0; i < out->pages.pages.size(); ++i)
            out->views.push_back({pdf::page_name(out->pages, i), out->pages.pages[i].label,
                                  layout::page_text(out->pages, i),
                                  layout::page_html(out->pages, i, deeper)});
        return out;
    };
    return placed_.get(crypto::sha256(odt).hex(), make, [](const Placed& made) {
        std::size_t out = made.pages.nodes.size() * sizeof(layout::StructureNode);
        for (const layout::Page& page : made.pages.pages)
            out += octets_of(page);
        for (const layout::LineBox& line : made.pages.lines)
            out += sizeof line + line.text.size();
        for (const PageView& view : made.views)
            out += sizeof view + view.text.size() + view.html.size();
        return out;
    });
}

std::vector<PageView> Previews::pages(const Bytes& odt) const {
    return placed(odt)->views;
}

Bytes Previews::svg(const Bytes& odt, int page) const {
    const auto made = placed(odt);
    if (page < 1 || static_cast<std::size_t>(page) > made->pages.pages.size())
        throw Error(ErrorKind::not_found,
                    "no page " + std::to_string(page) + ", there are " +
                        std::to_string(made->pages.pages.size()),
                    {}, {}, "no_page");
    return pdf::svg(made->pages, static_cast<std::size_t>(page - 1));
}

}  // namespace paraphe::contract
