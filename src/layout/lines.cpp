#include "layout/lines.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "layout/drawing.hpp"
#include "layout/line_builder.hpp"
#include "layout/measure.hpp"

namespace paraphe::layout {

Typesetter::Typesetter(Shaper shaper, const StyleSheet& styles,
                       const std::string& hyphenation_folder)
    : styles_(styles), shaper_(std::move(shaper)), hyphenation_folder_(hyphenation_folder) {}

const locale::Hyphenator* Typesetter::hyphenator(const std::string& language) {
    if (hyphenation_folder_.empty() || language.empty()) return nullptr;
    const std::string base = language.substr(0, language.find('-'));
    // The name becomes a part of a path: letters alone.
    if (base.size() > 3 ||
        !std::all_of(base.begin(), base.end(), [](char c) { return c >= 'a' && c <= 'z'; }))
        return nullptr;
    auto found = hyphenators_.find(base);
    if (found == hyphenators_.end()) {
        std::unique_ptr<locale::Hyphenator> made;
        try {
            made = std::make_unique<locale::Hyphenator>(hyphenation_folder_ + "/hyph_" + base +
                                                        ".dic");
        } catch (const Error& error) {
            // A language without patterns: its words stay whole.
            if (error.kind() != ErrorKind::not_found) throw;
        }
        found = hyphenators_.emplace(base, std::move(made)).first;
    }
    return found->second.get();
}

void add_picture(const std::shared_ptr<const Picture>& picture, const Rect& box, Mark mark,
                 Shaper& shaper, Fragment& out) {
    if (picture->drawing) {
        place(*picture->drawing, box, mark, shaper, out);
        return;
    }
    Image image;
    image.picture = picture;
    image.box = box;
    image.mark = mark;
    out.items.emplace_back(std::move(image));
}

Fragment Typesetter::object(const Object& object, Length column, Length widest, Size& size) {
    Fragment out;
    size = {object.width, object.height};
    if (object.kind == Object::Kind::drawing) return drawing(object, size);
    if (object.kind == Object::Kind::ruby) return ruby(object, size);
    if (object.relative_width)
        size.width = column.scaled(static_cast<std::int64_t>(*object.relative_width * 100), 10000);
    if (size.width > widest && widest > Length()) {
        // Too wide for its column: reduced in proportion.
        if (object.kind == Object::Kind::picture)
            size.height = size.height.scaled(widest.units(), size.width.units());
        size.width = widest;
    }
    if (size.width <= Length()) size.width = from_twips(1);
    if (object.kind == Object::Kind::picture) {
        const BoxStyle& style = object.style->box;
        add_box(out.items, style, {{}, {}, size.width, size.height}, fill_budget_,
                {-1, Artifact::background}, {-1, Artifact::layout});
        const Length least = from_twips(1);
        const Rect box{style.inset(left), style.inset(top),
                       std::max(size.width - style.inset(left) - style.inset(right), least),
                       std::max(size.height - style.inset(top) - style.inset(bottom), least)};
        if (object.picture) add_picture(object.picture, box, object.mark, shaper_, out);
    } else if (object.kind == Object::Kind::text_box) {
        const BoxStyle& box = object.style->box;
        Length inner_height;
        const Length insets = box.inset(left) + box.inset(right);
        if (object.widens) {
            // As wide as its longest line would be without a margin.
            const Length room = std::max(widest - insets, Length::from_points(1));
            const Length longest = longest_line(box_layout_(object.blocks, room, inner_height));
            size.width = std::max(size.width, longest + insets + from_twips(1));
        }
        const Length inner_width = std::max(size.width - insets, Length::from_points(1));
        Fragment inner = box_layout_(object.blocks, inner_width, inner_height);
        const Length needed = inner_height + box.inset(top) + box.inset(bottom);
        if (object.grows || size.height < needed) size.height = std::max(size.height, needed);
        const Rect outer{{}, {}, size.width, size.height};
        add_box(out.items, box, outer, fill_budget_, {-1, Artifact::background},
                {-1, Artifact::layout});
        out.append(std::move(inner), {box.inset(left), box.inset(top)});
    } else {
        BoxStyle frame;
        frame.border.fill({Stroke::solid, Length::from_points(0.5), {128, 128, 128, 255}});
        const Rect box{{}, {}, size.width, size.height};
        add_border_paths(out.items, frame, box, {-1, Artifact::layout});
        out.slots.push_back({box, object.slot, object.mark.node});
    }
    return out;
}

std::vector<Line> Typesetter::lines(const Paragraph& p, Length width) {
    return lines(p, width, 0, 0, {});
}

std::vector<Line> Typesetter::lines(const Paragraph& p, Length width, std::uint32_t from, int line,
                                    const Free& free) {
    LineBuilder builder(
        p, styles_.settings(), shaper_, width,
        [&](const std::string& language) { return hyphenator(language); },
        [&](const Object& one, Length column, Size& size) {
            return object(one, column, column, size);
        });
    return builder.build(from, line, free);
}

}  // namespace paraphe::layout
