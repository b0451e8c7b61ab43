#include "template/specimen.hpp"

#include "odf/odf.hpp"
#include "template/program.hpp"

namespace paraphe::tmpl {

namespace {

using odf::ElementPtr;
using odf::Name;
using odf::Node;

class Unfolder {
public:
    ElementPtr part(const ElementPtr& element, const Instructions& instructions) {
        if (!element) return element;
        std::vector<Node> children;
        unfold(instructions, children);
        return odf::with_children(*element, std::move(children));
    }

private:
    void unfold(const Instructions& instructions, std::vector<Node>& out) {
        for (const Instruction& instruction : instructions)
            std::visit([&](const auto& each) { unfold(each, out); }, instruction.content);
    }

    void unfold(const Constant& constant, std::vector<Node>& out) { out.push_back(constant.node); }
    void unfold(const Output& output, std::vector<Node>& out) {
        out.emplace_back(odf::Text{output.place->quote, provenance(*output.place)});
    }
    void unfold(const SignatureSlot& slot, std::vector<Node>& out) {
        out.emplace_back(odf::make_element(Name("text:bookmark"),
                                           {{Name("text:name"), "paraphe.signature." + slot.slot}},
                                           {}, provenance(*slot.place)));
    }
    void unfold(const Container& container, std::vector<Node>& out) {
        std::vector<Node> children;
        unfold(container.children, children);
        out.emplace_back(odf::with_children(*container.element, std::move(children)));
    }
    void unfold(const ForBlock& block, std::vector<Node>& out) {
        unfold(block.body, out);
        unfold(block.otherwise, out);
    }
    void unfold(const IfBlock& block, std::vector<Node>& out) {
        for (const IfBlock::Branch& branch : block.branches)
            unfold(branch.body, out);
    }
    void unfold(const SetValue&, std::vector<Node>&) {}
    void unfold(const WithBlock& block, std::vector<Node>& out) { unfold(block.body, out); }
    void unfold(const IncludeBlock& block, std::vector<Node>& out) { unfold(*block.body, out); }

    static odf::ProvenancePtr provenance(const Place& place) {
        auto made = std::make_shared<odf::Provenance>();
        made->source = std::make_shared<const std::string>(place.where.source);
        made->line = place.where.line;
        made->column = place.where.column;
        return made;
    }
};

}  // namespace

odf::Document specimen(const Template& compiled) {
    const Program& program = compiled.program();
    odf::Document out = program.base;
    Unfolder unfolder;
    out.meta = unfolder.part(out.meta, program.meta);
    out.master_styles = unfolder.part(out.master_styles, program.master_styles);
    out.body = unfolder.part(out.body, program.body);
    return out;
}

}  // namespace paraphe::tmpl
