#include "workflow/diagram.hpp"

#include <algorithm>

#include "base/markup.hpp"
#include "workflow/diagram_layout.hpp"

namespace paraphe::workflow {

namespace {

using namespace metrics;

std::string attribute(const char* name, int value) {
    return std::string(" ") + name + "=\"" + std::to_string(value) + "\"";
}

constexpr const char* style = R"(
text{font:12px 'Liberation Sans',Arial,sans-serif;fill:#1b1b1b}
.title{font-weight:bold}
.box{fill:#fff;stroke:#4a5568;stroke-width:1.2}
.group{fill:#f4f6f9;stroke:#4a5568;stroke-width:1.2}
.region{fill:#fff;stroke:#4a5568;stroke-width:1;stroke-dasharray:5 3}
.final{fill:#e9ecf1;stroke:#1b1b1b;stroke-width:2.5}
.active{fill:#ffe9b8;stroke:#a15c00;stroke-width:2.5}
.arrow{fill:none;stroke:#2b5797;stroke-width:1.2}
.deadline{fill:#8a3b00}
.request{fill:#00612e}
.start{fill:#1b1b1b}
)";

class Drawing {
public:
    Drawing(const Definition& definition, const Snapshot* snapshot)
        : definition_(definition), layout_(lay_out(definition)) {
        active_.resize(definition.states.size(), false);
        if (snapshot)
            for (const StateIndex state : snapshot->configuration)
                active_[state] = true;
    }

    std::string draw() {
        const Box& all = layout_.boxes[0];
        const std::string width = std::to_string(all.width + 2 * margin);
        const std::string height = std::to_string(all.height + 2 * margin);
        out_ =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\" width=\"" +
            width + "\" height=\"" + height + "\" viewBox=\"-" + std::to_string(margin) + " -" +
            std::to_string(margin) + " " + width + " " + height + "\" role=\"img\">\n<title>" +
            escaped_markup(definition_.title_of(0)) + "</title>\n<style>" + style +
            "</style>\n<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" "
            "markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" "
            "fill=\"#2b5797\"/></marker></defs>\n";
        for (StateIndex state = 0; state < definition_.states.size(); ++state)
            if (!definition_.is_history(state) && !definition_.is_atomic(state)) draw_box(state);
        for (const Arrow& arrow : layout_.arrows)
            draw_arrow(arrow);
        for (StateIndex state = 0; state < definition_.states.size(); ++state)
            if (definition_.is_atomic(state)) draw_box(state);
        for (StateIndex state = 0; state < definition_.states.size(); ++state)
            draw_start(state);
        return out_ + "</svg>\n";
    }

private:
    static constexpr int margin = 12;

    const char* class_of(StateIndex index) const {
        const State& state = definition_.states[index];
        if (active_[index] && definition_.is_atomic(index)) return "active";
        if (state.kind == StateKind::final) return "final";
        if (state.kind == StateKind::atomic) return "box";
        return index != 0 && definition_.states[state.parent].kind == StateKind::parallel ? "region"
                                                                                          : "group";
    }

    void draw_box(StateIndex index) {
        const Box& box = layout_.boxes[index];
        out_ += "<g id=\"" + escaped_markup("s-" + definition_.states[index].id) +
                "\"><rect class=\"" + class_of(index) + "\"" + attribute("x", box.x) +
                attribute("y", box.y) + attribute("width", box.width) +
                attribute("height", box.height) + " rx=\"7\"/>";
        text(box.x + padding, box.y + 17, "title", definition_.title_of(index), {});
        for (const BoxLine& line : box.lines) {
            const char* mark = line.kind == BoxLine::Kind::deadline  ? "◷ "
                               : line.kind == BoxLine::Kind::request ? "✎ "
                                                                     : "▸ ";
            const char* css = line.kind == BoxLine::Kind::deadline  ? "deadline"
                              : line.kind == BoxLine::Kind::request ? "request"
                                                                    : "act";
            text(box.x + padding, line.y, css, mark + line.text, line.tip);
        }
        out_ += "</g>\n";
    }

    void text(int x, int y, const char* css, const std::string& words, const std::string& tip) {
        out_ += "<text" + attribute("x", x) + attribute("y", y) + " class=\"" + css + "\">";
        if (!tip.empty()) out_ += "<title>" + escaped_markup(tip) + "</title>";
        out_ += escaped_markup(words) + "</text>";
    }

    void draw_arrow(const Arrow& arrow) {
        out_ += "<path class=\"arrow\" marker-end=\"url(#tip)\" d=\"M" +
                std::to_string(arrow.from_x) + " " + std::to_string(arrow.from_y) + "H" +
                std::to_string(arrow.lane_x) + "V" + std::to_string(arrow.to_y) + "H" +
                std::to_string(arrow.to_x) + "\"/>\n";
    }

    /// A dot on the states that are entered first.
    void draw_start(StateIndex index) {
        const State& state = definition_.states[index];
        if (!state.initial || definition_.is_history(index)) return;
        for (const StateIndex target : definition_.transitions[*state.initial].targets) {
            if (definition_.is_history(target)) continue;
            const Box& box = layout_.boxes[target];
            out_ += "<circle class=\"start\"" + attribute("cx", box.x) +
                    attribute("cy", box.y + 13) + " r=\"4\"/>\n";
        }
    }

    const Definition& definition_;
    DiagramLayout layout_;
    std::vector<bool> active_;
    std::string out_;
};

}  // namespace

std::string to_svg(const Definition& definition, const Snapshot* snapshot) {
    return Drawing(definition, snapshot).draw();
}

}  // namespace paraphe::workflow
