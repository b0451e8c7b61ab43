#include "layout/page_text.hpp"

#include "layout/passage.hpp"

namespace paraphe::layout {

namespace {

class PlainText {
public:
    void block(const Passage& passage) {
        switch (passage.role()) {
            case Role::list:
                ++depth_;
                parts(passage);
                --depth_;
                return;
            case Role::table_row:
                row(passage);
                return;
            case Role::note:
                lead_ += "Note : ";
                parts(passage);
                return;
            case Role::p:
                paragraph(passage);
                return;
            default:
                if (passage.is_heading())
                    paragraph(passage);
                else
                    parts(passage);
        }
    }

    std::string text;

private:
    /// Words that stand among blocks are a line of their own, a list item's label begins the next.
    void parts(const Passage& passage) {
        for (const Passage& part : passage.parts) {
            if (part.is_block())
                block(part);
            else if (part.role() == Role::label)
                lead_ += tidy(words(part)) + " ";
            else
                line(words(part));
        }
    }

    void paragraph(const Passage& passage) {
        if (passage.is_heading())
            lead_ = std::string(static_cast<std::size_t>(passage.level()), '#') + " " + lead_;
        line(words(passage));
        below(passage);
    }

    void below(const Passage& passage) {
        each_anchored(passage, [this](const Passage& part) { block(part); });
    }

    static std::string words(const Passage& passage) {
        if (passage.node == nullptr) return passage.text;
        if (const std::string what = told(passage); !what.empty()) return "[" + what + "]";
        std::string out;
        for (const Passage& part : passage.parts)
            if (!part.is_block()) out += words(part);
        return out;
    }

    void row(const Passage& passage) {
        std::string out;
        bool first = true;
        for (const Passage& cell : passage.parts) {
            PlainText inner;
            inner.parts(cell);
            std::string one;
            for (const char c : inner.text)
                one += c == '\n' ? std::string(" / ") : std::string(1, c);
            if (one.ends_with(" / ")) one.resize(one.size() - 3);
            out += (first ? "" : " | ") + one;
            first = false;
        }
        line(out);
    }

    void line(const std::string& given) {
        const std::string tidied = tidy(lead_ + given);
        lead_.clear();
        if (tidied.empty()) return;
        text.append(depth_ > 1 ? 2 * (depth_ - 1) : 0, ' ');
        text += tidied + "\n";
    }

    std::string lead_;
    std::size_t depth_ = 0;  ///< lists around
};

}  // namespace

std::string page_text(const Pages& pages, std::size_t page) {
    PlainText out;
    out.block(passage(pages, page));
    return out.text;
}

}  // namespace paraphe::layout
