#include "template/sources.hpp"

#include <algorithm>

#include "odf/odf.hpp"

namespace paraphe::tmpl {

using odf::ElementPtr;
using odf::Name;
using odf::Node;

namespace {

const char* const prefix = "paraphe:";

/// Of an earlier merge, when a document that we made has become a template.
bool is_record(const ElementPtr& element) {
    static const Name user_defined("meta:user-defined"), name("meta:name");
    const std::string_view own = element->attribute_or_empty(name);
    return element->name == user_defined && (own == std::string(prefix) + "modele" ||
                                             own.starts_with(std::string(prefix) + "clause:"));
}

}  // namespace

void record_sources(Program& program) {
    static const Name user_defined("meta:user-defined"), name("meta:name"), type("meta:value-type");
    std::erase_if(program.meta, [](const Instruction& instruction) {
        if (const auto* constant = std::get_if<Constant>(&instruction.content)) {
            const auto* element = std::get_if<ElementPtr>(&constant->node);
            return element != nullptr && is_record(*element);
        }
        return false;
    });
    if (program.sources.empty()) return;
    if (!program.base.meta) program.base.meta = odf::make_element(Name("office:meta"), {});
    for (const Source& source : program.sources) {
        const bool clause = source.role == Source::Role::clause;
        const std::string label =
            std::string(prefix) + (clause ? "clause:" + source.name : "modele");
        const std::string value = (clause || source.name.empty() ? "" : source.name + " ") +
                                  "sha256:" + source.sha256.hex();
        program.meta.push_back(
            {Constant{Node(odf::make_element(user_defined, {{name, label}, {type, "string"}},
                                             {odf::Text{value, nullptr}})),
                      {}}});
    }
}

}  // namespace paraphe::tmpl
