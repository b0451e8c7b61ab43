#include "contract/previews.hpp"

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

class Previews::Placed final : public Preview {
public:
    explicit Placed(layout::Pages set) : set_(std::move(set)) {
        for (std::size_t i = 0; i < set_.pages.size(); ++i) {
            std::string html = layout::page_html(set_, i, deeper);
            views_.push_back({pdf::page_name(set_, i, html), set_.pages[i].label,
                              layout::page_text(set_, i), std::move(html)});
        }
    }
    const std::vector<PageView>& pages() const override { return views_; }
    Bytes svg(std::size_t page) const override { return pdf::svg(set_, page); }

    std::size_t octets() const {
        std::size_t out = set_.nodes.size() * sizeof(layout::StructureNode);
        for (const layout::Page& page : set_.pages)
            out += octets_of(page);
        for (const layout::LineBox& line : set_.lines)
            out += sizeof line + line.text.size();
        for (const PageView& view : views_)
            out += sizeof view + view.text.size() + view.html.size();
        return out;
    }

private:
    const layout::Pages set_;
    std::vector<PageView> views_;
};

Previews::Previews(const text::FontMap& fonts, std::string producer)
    : fonts_(fonts), producer_(std::move(producer)), placed_(capacity) {}

Previews::~Previews() = default;

PreviewPtr Previews::of(const Bytes& odt) const {
    const auto make = [&] {
        layout::Options options;
        options.producer = producer_;
        return std::make_shared<const Placed>(
            layout::layout(odf::read(odt, "document.odt"), fonts_, options));
    };
    return placed_.get(crypto::sha256(odt).hex(), make,
                       [](const Placed& made) { return made.octets(); });
}

}  // namespace paraphe::contract
