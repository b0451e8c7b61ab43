#include "template/compiler.hpp"

#include <iterator>

#include "template/page_breaks.hpp"

namespace paraphe::tmpl {

namespace ex = expression;

/// A tag alone in its paragraph took the paragraph away; the page break stays.
bool Compiler::carried_break(const Draft& tag, Instructions& out) {
    if (!tag.carrier || !in_flow_) return false;
    odf::ElementPtr made = break_of(*tag.carrier, program_->base);
    if (!made) return false;
    out.push_back({Constant{odf::Node(std::move(made)), {}}});
    program_->breaks = true;
    return true;
}

ForBlock Compiler::for_block(ex::For loop, std::vector<DraftPtr>& nodes, std::size_t& at,
                             bool in_paragraph) {
    ForBlock block{std::move(loop), {}, {}, nodes[at]->place};
    ++loops_;
    ++blocks_;
    const bool names = std::exchange(names_, false);
    const bool numbering = std::exchange(numbering_, false);
    block.body = list(nodes, ++at, in_paragraph);
    block.marks = names_ || numbering_;
    program_->marks = program_->marks || block.marks;
    names_ = names_ || names;
    numbering_ = numbering_ || numbering;
    --loops_;
    if (at < nodes.size() && std::holds_alternative<ex::Else>(*nodes[at]->statement)) {
        Draft& other = *nodes[at];
        Instructions start;
        const bool other_broken = carried_break(other, start);
        block.otherwise = list(nodes, ++at, in_paragraph);
        block.otherwise.insert(block.otherwise.begin(), std::make_move_iterator(start.begin()),
                               std::make_move_iterator(start.end()));
        block_broken_ = other_broken;
    }
    --blocks_;
    return block;
}

IfBlock Compiler::if_block(ex::If condition, std::vector<DraftPtr>& nodes, std::size_t& at,
                           bool in_paragraph) {
    IfBlock block;
    ++blocks_;
    bool other_broken = false;
    block.branches.push_back({std::move(condition.condition), {}, nodes[at]->place});
    Instructions start;
    for (;;) {
        Instructions body = list(nodes, ++at, in_paragraph);
        start.insert(start.end(), std::make_move_iterator(body.begin()),
                     std::make_move_iterator(body.end()));
        block.branches.back().body = std::move(start);
        start.clear();
        if (at >= nodes.size()) break;
        Draft& next = *nodes[at];
        if (auto* other = std::get_if<ex::Elif>(&*next.statement))
            block.branches.push_back({std::move(other->condition), {}, next.place});
        else if (std::holds_alternative<ex::Else>(*next.statement))
            block.branches.push_back({{}, {}, next.place});
        else
            break;
        other_broken = carried_break(next, start) || other_broken;
    }
    --blocks_;
    block_broken_ = other_broken;
    return block;
}

void Compiler::statement(std::vector<DraftPtr>& nodes, std::size_t& at, bool in_paragraph,
                         Instructions& out) {
    Draft& tag = *nodes[at];
    const bool broken = carried_break(tag, out);
    const auto add = [&](auto block) {
        out.push_back({std::move(block)});
        // What the block printed nothing for takes no break with it.
        if (broken || block_broken_) out.push_back({Constant{odf::Node(end_of_break()), {}}});
        block_broken_ = false;
        if (at < nodes.size()) carried_break(*nodes[at], out);
    };
    if (auto* loop = std::get_if<ex::For>(&*tag.statement)) {
        add(for_block(std::move(*loop), nodes, at, in_paragraph));
    } else if (auto* condition = std::get_if<ex::If>(&*tag.statement)) {
        add(if_block(std::move(*condition), nodes, at, in_paragraph));
    } else if (auto* with = std::get_if<ex::With>(&*tag.statement)) {
        WithBlock block{std::move(*with), {}, tag.place};
        block.body = list(nodes, ++at, in_paragraph);
        add(std::move(block));
    } else if (auto* set = std::get_if<ex::Set>(&*tag.statement)) {
        out.push_back({SetValue{std::move(*set), tag.place}});
    } else if (auto* include = std::get_if<ex::Include>(&*tag.statement)) {
        clause(*include, tag.place, in_paragraph, out);
    }
}

}  // namespace paraphe::tmpl
