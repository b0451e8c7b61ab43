#include "workflow/diagram_layout.hpp"

#include <algorithm>
#include <cstdlib>

#include "base/utf8.hpp"

namespace paraphe::workflow {

namespace {

using namespace metrics;

constexpr std::size_t longest_line = 64;  ///< characters; the rest shows as a tip

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words)
        out += (out.empty() ? "" : ", ") + word;
    return out;
}

std::string shortened(const std::string& text) {
    if (utf8::length(text) <= longest_line) return text;
    std::u32string wide = utf8::to_utf32(text);
    wide.resize(longest_line - 1);
    return utf8::from_utf32(wide) + "…";
}

class Layout {
public:
    explicit Layout(const Definition& definition) : definition_(definition) {
        out_.boxes.resize(definition.states.size());
    }

    DiagramLayout run() {
        for (StateIndex state = 0; state < definition_.states.size(); ++state)
            if (!definition_.is_history(state)) write_lines(state);
        set_height(0);
        set_y(0, 0);
        make_arrows();
        assign_lanes();
        set_width(0);
        set_x(0, 0);
        finish_arrows();
        return std::move(out_);
    }

private:
    const State& state(StateIndex index) const { return definition_.states[index]; }
    Box& box(StateIndex index) { return out_.boxes[index]; }

    void write_lines(StateIndex index) {
        Box& box = out_.boxes[index];
        for (const DeadlineSpec& deadline : state(index).deadlines) {
            const std::string title = deadline.label.empty() ? deadline.event : deadline.label;
            box.lines.push_back(
                {BoxLine::Kind::deadline, shortened(title), title + " : " + deadline.at.text, 0});
        }
        for (const Block& block : state(index).on_entry)
            write_requests(box, block);
        for (const TransitionIndex one : state(index).transitions) {
            const Transition& transition = definition_.transitions[one];
            std::string text =
                transition.label.empty() ? joined(transition.events) : transition.label;
            if (const std::string deadline = deadline_label(text); !deadline.empty())
                text = deadline;
            if (text.empty()) text = transition.condition ? "dès que possible, si…" : "aussitôt";
            if (!transition.by.empty()) text += " (" + joined(transition.by) + ")";
            std::string tip = joined(transition.events);
            if (transition.condition)
                tip += (tip.empty() ? "" : " — ") + transition.condition->text;
            if (!transition.law.empty()) tip += " — " + transition.law;
            box.lines.push_back({BoxLine::Kind::transition, shortened(text), std::move(tip), 0});
        }
    }

    /// Of the deadline that raises this event.
    std::string deadline_label(const std::string& event) const {
        for (const State& one : definition_.states)
            for (const DeadlineSpec& deadline : one.deadlines)
                if (deadline.event == event) return deadline.label;
        return {};
    }

    static void write_requests(Box& box, const Block& block) {
        for (const Action& action : block) {
            if (const auto* sign = std::get_if<SignAction>(&action.content)) {
                const std::string text = "signature : " + sign->slot;
                box.lines.push_back({BoxLine::Kind::request, text,
                                     text + " (" + sign->document + ", " + sign->assurance + ")",
                                     0});
            }
            if (const auto* branches = std::get_if<If>(&action.content))
                for (const If::Branch& branch : branches->branches)
                    write_requests(box, branch.content);
        }
    }

    int own_height(StateIndex index) const {
        const auto lines = static_cast<int>(out_.boxes[index].lines.size());
        return header + line * lines + (lines > 0 ? padding / 2 : 0);
    }

    int set_height(StateIndex index) {
        int inner = 0;
        for (const StateIndex child : state(index).children) {
            const int height = set_height(child);
            inner = state(index).kind == StateKind::parallel
                        ? std::max(inner, height)
                        : inner + (inner > 0 ? gap : 0) + height;
        }
        return box(index).height = own_height(index) + (inner > 0 ? inner + padding : padding / 2);
    }

    void set_y(StateIndex index, int y) {
        box(index).y = y;
        int base = y + header + line - 5;
        for (BoxLine& one : box(index).lines) {
            one.y = base;
            base += line;
        }
        int below = y + own_height(index);
        for (const StateIndex child : state(index).children) {
            set_y(child, below);
            if (state(index).kind != StateKind::parallel) below += box(child).height + gap;
        }
    }

    /// The innermost box around both; a transition to itself goes around in its parent.
    StateIndex container_of(StateIndex source, StateIndex target) const {
        if (definition_.is_descendant(target, source)) return source;
        StateIndex out = state(source).parent;
        while (out != 0 && !definition_.is_descendant(target, out))
            out = state(out).parent;
        return out;
    }

    void make_arrows() {
        std::vector<int> arrivals(definition_.states.size(), 0);
        for (StateIndex source = 1; source < definition_.states.size(); ++source) {
            const auto& transitions = state(source).transitions;
            const std::size_t first = box(source).lines.size() - transitions.size();
            for (std::size_t i = 0; i < transitions.size() && !definition_.is_history(source); ++i)
                for (StateIndex target : definition_.transitions[transitions[i]].targets) {
                    if (definition_.is_history(target)) target = state(target).parent;
                    Arrow arrow;
                    arrow.container = container_of(source, target);
                    arrow.from_y = box(source).lines[first + i].y - font / 3;
                    const int steps = std::max(1, (box(target).height - 10) / 7);
                    arrow.to_y = box(target).y + 8 + 7 * (arrivals[target]++ % steps);
                    sources_.push_back({source, first + i});
                    targets_.push_back(target);
                    out_.arrows.push_back(arrow);
                }
        }
    }

    /// Short arrows take the inner lanes; two share one when they do not meet.
    void assign_lanes() {
        std::vector<std::size_t> order(out_.arrows.size());
        for (std::size_t i = 0; i < order.size(); ++i)
            order[i] = i;
        const auto length = [&](std::size_t i) {
            return std::abs(out_.arrows[i].to_y - out_.arrows[i].from_y);
        };
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return length(a) < length(b); });
        struct Span {
            int top, bottom;
        };
        std::vector<std::vector<std::vector<Span>>> taken(definition_.states.size());
        for (const std::size_t i : order) {
            Arrow& arrow = out_.arrows[i];
            const Span span{std::min(arrow.from_y, arrow.to_y) - 3,
                            std::max(arrow.from_y, arrow.to_y) + 3};
            auto& lanes = taken[arrow.container];
            std::size_t lane = 0;
            for (; lane < lanes.size(); ++lane)
                if (std::none_of(lanes[lane].begin(), lanes[lane].end(), [&](const Span& other) {
                        return span.top <= other.bottom && other.top <= span.bottom;
                    }))
                    break;
            if (lane == lanes.size()) lanes.emplace_back();
            lanes[lane].push_back(span);
            arrow.lane = static_cast<int>(lane);
            box(arrow.container).lanes =
                std::max(box(arrow.container).lanes, static_cast<int>(lane) + 1);
        }
    }

    int lanes_width(StateIndex index) {
        return box(index).lanes == 0 ? 0 : box(index).lanes * lane + padding;
    }

    int set_width(StateIndex index) {
        int text = text_width(definition_.title_of(index)) * 11 / 10;
        for (const BoxLine& one : box(index).lines)
            text = std::max(text, text_width(one.text) + 16);
        int inner = 0;
        for (const StateIndex child : state(index).children) {
            const int width = set_width(child);
            inner = state(index).kind == StateKind::parallel ? inner + (inner > 0 ? gap : 0) + width
                                                             : std::max(inner, width);
        }
        return box(index).width = std::max(text, inner) + 2 * padding + lanes_width(index);
    }

    /// Boxes one below another are made equally wide, so that arrows start on one edge.
    void set_x(StateIndex index, int x) {
        box(index).x = x;
        int left = x + padding;
        const int room = box(index).width - 2 * padding - lanes_width(index);
        int sum = 0;
        for (const StateIndex child : state(index).children)
            sum += box(child).width;
        const auto count = static_cast<int>(state(index).children.size());
        const bool side_by_side = state(index).kind == StateKind::parallel;
        const int spare = side_by_side && count > 0 ? (room - sum - gap * (count - 1)) / count : 0;
        for (const StateIndex child : state(index).children) {
            box(child).width = side_by_side ? box(child).width + std::max(0, spare) : room;
            set_x(child, left);
            if (side_by_side) left += box(child).width + gap;
        }
    }

    void finish_arrows() {
        for (std::size_t i = 0; i < out_.arrows.size(); ++i) {
            Arrow& arrow = out_.arrows[i];
            const Box& around = box(arrow.container);
            const auto [source, place] = sources_[i];
            arrow.lane_x = around.x + around.width - lanes_width(arrow.container) + padding / 2 +
                           arrow.lane * lane;
            arrow.from_x = source == arrow.container ? box(source).x + padding + 20 +
                                                           text_width(box(source).lines[place].text)
                                                     : box(source).x + box(source).width;
            arrow.to_x = box(targets_[i]).x + box(targets_[i]).width;
        }
    }

    const Definition& definition_;
    DiagramLayout out_;
    std::vector<std::pair<StateIndex, std::size_t>> sources_;  ///< by arrow: state, line
    std::vector<StateIndex> targets_;                          ///< by arrow
};

}  // namespace

int text_width(const std::string& text) {
    int tenths = 0;
    for (const char32_t c : utf8::to_utf32(text)) {
        if (c == U'i' || c == U'l' || c == U'j' || c == U'\'' || c == U'’' || c == U'.' ||
            c == U',')
            tenths += 30;
        else if (c == U' ' || c == U'f' || c == U't' || c == U'r' || c == U'(' || c == U')')
            tenths += 38;
        else if (c == U'm' || c == U'w' || c == U'M' || c == U'W')
            tenths += 100;
        else if (c >= U'A' && c <= U'Z')
            tenths += 82;
        else
            tenths += 67;
    }
    return (tenths + 9) / 10;
}

DiagramLayout lay_out(const Definition& definition) {
    return Layout(definition).run();
}

}  // namespace paraphe::workflow
