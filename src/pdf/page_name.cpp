#include "pdf/page_name.hpp"

#include <bit>

#include "base/error.hpp"
#include "crypto/hash.hpp"

namespace paraphe::pdf {

namespace {

/// To be raised when preview.cpp or svg.cpp draws the same items in another way.
constexpr std::string_view version = "paraphe page 3";

constexpr std::size_t page_octets = 1 << 15;  ///< of the record of most pages

/// Values one behind the other so that no two sequences of them give the same octets: numbers end
/// by themselves (seven bits an octet, LEB128), texts begin with their size.
class Record {
public:
    explicit Record(std::size_t room) { octets_.reserve(room); }

    Record& number(std::uint64_t value) {
        char octets[most_octets];
        octets_.append(octets, static_cast<std::size_t>(put(octets, value) - octets));
        return *this;
    }
    Record& length(Length value) { return number(zigzag(value)); }
    Record& real(double value) { return number(std::bit_cast<std::uint64_t>(value)); }
    Record& text(ByteView value) {
        number(value.size());
        octets_ += value;
        return *this;
    }
    Record& point(Point value) { return length(value.x).length(value.y); }
    Record& rect(const Rect& value) {
        return length(value.x).length(value.y).length(value.width).length(value.height);
    }
    Record& color(Color value) {
        return number(value.red).number(value.green).number(value.blue).number(value.alpha);
    }
    Record& color(const std::optional<Color>& value) {
        number(value ? 1 : 0);
        return value ? color(*value) : *this;
    }

    void item(const layout::GlyphRun& run) {
        number(0).text(run.face->fingerprint().bytes()).length(run.size).point(run.origin);
        number(run.glyphs.size());
        // Most of the record, so without a look at the room for each octet.
        const std::size_t begin = octets_.size();
        octets_.resize(begin + run.glyphs.size() * 4 * most_octets);
        char* to = octets_.data() + begin;
        for (const layout::Glyph& glyph : run.glyphs) {
            to = put(to, glyph.id);
            to = put(to, zigzag(glyph.advance));
            to = put(to, zigzag(glyph.dx));
            to = put(to, zigzag(glyph.dy));
        }
        octets_.resize(static_cast<std::size_t>(to - octets_.data()));
        color(run.color).real(run.slant).real(run.turn).real(run.embolden).real(run.stretch);
    }
    void item(const layout::Path& path) {
        number(1).number(path.verbs.size());
        for (const layout::Verb verb : path.verbs)
            number(static_cast<std::uint64_t>(verb));
        number(path.points.size());
        for (const Point& one : path.points)
            point(one);
        color(path.fill).color(path.stroke).length(path.stroke_width).number(path.dashes.size());
        for (const Length dash : path.dashes)
            length(dash);
        number(path.even_odd ? 1 : 0).number(static_cast<std::uint64_t>(path.cap));
        number(static_cast<std::uint64_t>(path.join)).number(path.clip ? 1 : 0);
        if (path.clip) rect(*path.clip);
        number(path.filling->pictures.size()).number(path.filling->paths.size());
        for (const layout::Image& picture : path.filling->pictures)
            item(picture);
        for (const layout::Path& inside : path.filling->paths)
            item(inside);
    }
    void item(const layout::Image& image) {
        if (!image.picture || !image.picture->bytes)
            throw Error(ErrorKind::internal, "image without a picture");
        number(2).rect(image.box).number(image.alpha).text(image.picture->media_type);
        text(crypto::sha256(*image.picture->bytes).bytes());
    }

    const Bytes& octets() const { return octets_; }

private:
    static constexpr std::size_t most_octets = 10;  ///< of a number

    /// Gives where the next goes.
    static char* put(char* to, std::uint64_t value) {
        for (; value >= 0x80; value >>= 7)
            *to++ = static_cast<char>(value | 0x80);
        *to++ = static_cast<char>(value);
        return to;
    }
    /// Small ones stay short, whatever their sign.
    static std::uint64_t zigzag(Length value) {
        const std::int64_t units = value.units();
        return static_cast<std::uint64_t>(units) << 1 ^
               (units < 0 ? ~std::uint64_t{0} : std::uint64_t{0});
    }

    Bytes octets_;
};

}  // namespace

std::string page_name(const layout::Pages& pages, std::size_t number, std::string_view html) {
    Record record(page_octets);
    record.text(version).text(pages.metadata.producer);
    record.text(html);
    const layout::Page& page = layout::page_at(pages, number);
    record.length(page.size.width).length(page.size.height).number(page.items.size());
    for (const layout::Item& item : page.items)
        std::visit([&](const auto& one) { record.item(one); }, item);
    return crypto::sha256(record.octets()).hex().substr(0, 32);
}

}  // namespace paraphe::pdf
