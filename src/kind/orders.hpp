#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "template/document_check.hpp"
#include "workflow/definition.hpp"

namespace paraphe::kind {

/// What a workflow orders to render, to sign and to hand over, block by block.
class Orders {
public:
    explicit Orders(const workflow::Definition&);

    struct Render {
        workflow::RenderAction action;
        Location where;
    };
    struct Sign {
        workflow::SignAction action;
        Location where;
        std::optional<workflow::StateIndex> on_entry;  ///< of this state; else during a transition
        bool conditional = false;                      ///< under an <if>, or in a <foreach>
    };
    struct Pack {
        workflow::PackAction action;
        Location where;
    };
    std::vector<Render> renders;
    std::vector<Sign> signs;
    std::vector<Pack> packs;

    const workflow::RenderAction* render_of(std::string_view document) const;
    /// How each slot of a document is asked for. Always: on entering a state that is entered with
    /// the smallest part of the chart that holds all requests for this document.
    std::map<std::string, tmpl::Asking> asked(std::string_view document) const;

private:
    struct Place {
        std::optional<workflow::StateIndex> on_entry;
        bool conditional = false;
    };
    void visit(const workflow::Block&, const Place&);
    std::vector<bool> entered_to_sign(std::string_view document) const;

    const workflow::Definition& definition_;
};

}  // namespace paraphe::kind
