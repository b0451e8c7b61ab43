#include "workflow/definition.hpp"

namespace paraphe::workflow {

std::optional<StateIndex> Definition::find(std::string_view id) const {
    for (StateIndex index = 1; index < states.size(); ++index)
        if (states[index].id == id) return index;
    return std::nullopt;
}

namespace {

class Collector {
public:
    Mentions collect(const Definition& definition) {
        for (const State& state : definition.states) {
            for (const Block& block : state.on_entry)
                visit(block);
            for (const Block& block : state.on_exit)
                visit(block);
        }
        for (const Transition& transition : definition.transitions) {
            for (const std::string& role : transition.by)
                out_.roles.push_back({role, transition.where});
            if (!transition.form.empty()) out_.forms.push_back({transition.form, transition.where});
            visit(transition.content);
        }
        return std::move(out_);
    }

private:
    void visit(const Block& block) {
        for (const Action& action : block) {
            where_ = action.where;
            std::visit(*this, action.content);
        }
    }

public:
    void operator()(const If& branches) {
        for (const If::Branch& branch : branches.branches)
            visit(branch.content);
    }
    void operator()(const Foreach& loop) { visit(loop.content); }
    void operator()(const SignAction& sign) {
        out_.slots.push_back({sign.slot, where_});
        out_.documents.push_back({sign.document, where_});
    }
    void operator()(const RenderAction& render) {
        out_.documents.push_back({render.document, where_});
        out_.templates.push_back({render.template_name, where_});
    }
    void operator()(const NotifyAction& notify) {
        for (const std::string& role : notify.roles)
            out_.roles.push_back({role, where_});
        for (const std::string& slot : notify.slots)
            out_.slots.push_back({slot, where_});
        out_.templates.push_back({notify.template_name, where_});
    }
    void operator()(const PackAction& pack) {
        out_.documents.push_back({pack.document, where_});
        out_.audiences.push_back({pack.audience, where_});
    }
    template <typename Other>
    void operator()(const Other&) {}

private:
    Mentions out_;
    Location where_;
};

}  // namespace

Mentions mentions(const Definition& definition) {
    return Collector().collect(definition);
}

}  // namespace paraphe::workflow
