#include <set>
#include <unordered_map>

#include "base/error.hpp"
#include "odf/odf.hpp"
#include "template/program.hpp"
#include "template/unique_names.hpp"
#include "template/value_nodes.hpp"

namespace paraphe::tmpl {

namespace {

using odf::Element;
using odf::ElementPtr;
using odf::Name;
using odf::Node;
namespace ex = expression;

/// Says where in the template something went wrong with the data.
[[noreturn]] void rethrow(const Place& place, const Error& error) {
    std::string problem = place.context;
    if (!place.quote.empty()) problem += (problem.empty() ? "« " : ", « ") + place.quote + " »";
    problem += (problem.empty() ? "" : " : ") + error.problem();
    throw Error(error.kind(), problem, error.where().line > 0 ? error.where() : place.where,
                error.remedy(), error.code());
}

class Merger {
public:
    Merger(const ex::Value& data, const ex::Registry& registry, const ex::Limits& limits)
        : scope_(data, limits), registry_(registry) {}

    void run(const Instructions& instructions, std::vector<Node>& out) {
        for (const Instruction& instruction : instructions)
            std::visit([&](const auto& each) { run(each, out); }, instruction.content);
    }

private:
    void run(const Constant& constant, std::vector<Node>& out) { out.push_back(constant.node); }

    void run(const Output& output, std::vector<Node>& out) {
        try {
            const ex::Value value = ex::evaluate(output.expression, scope_, registry_);
            const std::string text = ex::print(output.expression, value);
            auto provenance = std::make_shared<odf::Provenance>();
            provenance->source = source(*output.place);
            provenance->line = output.place->where.line;
            provenance->data = value.pointer();
            provenance->constant = false;
            append_text(text, std::move(provenance), rendition_, out);
        } catch (const Error& error) {
            rethrow(*output.place, error);
        }
    }

    void run(const SignatureSlot& slot, std::vector<Node>& out) {
        if (!signatures_.insert(slot.slot).second)
            rethrow(*slot.place,
                    Error(ErrorKind::malformed_input,
                          "la signature de « " + slot.slot + " » est déjà placée", {},
                          "gardez un seul emplacement pour chaque signataire", "P0205"));
        static const Name bookmark("text:bookmark"), name("text:name");
        auto made = std::make_shared<Element>();
        made->name = bookmark;
        made->attributes.push_back({name, "paraphe.signature." + slot.slot});
        made->constant = false;
        out.emplace_back(ElementPtr(std::move(made)));
    }

    void run(const Container& container, std::vector<Node>& out) {
        static const Name cell("table:table-cell"), item("text:list-item"), list("text:list"),
            table("table:table"), p("text:p"), title("dc:title"), subject("dc:subject"),
            description("dc:description");
        auto made = std::make_shared<Element>();
        made->name = container.element->name;
        made->attributes = container.element->attributes;
        made->provenance = container.element->provenance;
        made->constant = false;
        const Rendition outer = rendition_;
        if (made->name == title || made->name == subject || made->name == description)
            rendition_ = Rendition::plain;
        run(container.children, made->children);
        rendition_ = outer;
        if (made->children.empty()) {
            if (made->name == item || made->name == list) return;
            if (made->name == cell) made->children.emplace_back(odf::make_element(p, {}));
        }
        if (made->name == table && !has_row(*made)) return;
        out.emplace_back(ElementPtr(std::move(made)));
    }

    void run(const ForBlock& block, std::vector<Node>& out) {
        std::optional<ex::ForLoop> loop;
        try {
            loop.emplace(block.statement, scope_, registry_);
        } catch (const Error& error) {
            rethrow(*block.place, error);
        }
        while (next(*loop, block))
            run(block.body, out);
        if (loop->count() == 0) run(block.otherwise, out);
    }

    bool next(ex::ForLoop& loop, const ForBlock& block) {
        try {
            return loop.next();
        } catch (const Error& error) {
            rethrow(*block.place, error);
        }
    }

    void run(const IfBlock& block, std::vector<Node>& out) {
        for (const IfBlock::Branch& branch : block.branches) {
            bool taken = !branch.condition;
            try {
                taken = taken || ex::holds(branch.condition, scope_, registry_);
            } catch (const Error& error) {
                rethrow(*branch.place, error);
            }
            if (!taken) continue;
            run(branch.body, out);
            return;
        }
    }

    void run(const SetValue& set, std::vector<Node>&) {
        try {
            ex::execute(set.statement, scope_, registry_);
        } catch (const Error& error) {
            rethrow(*set.place, error);
        }
    }

    void run(const WithBlock& block, std::vector<Node>& out) {
        try {
            ex::open(block.statement, scope_, registry_);
        } catch (const Error& error) {
            rethrow(*block.place, error);
        }
        run(block.body, out);
        scope_.pop();
    }

    void run(const IncludeBlock& block, std::vector<Node>& out) {
        std::optional<ex::Scope> own;
        try {
            own = ex::open(block.statement, scope_, registry_);
        } catch (const Error& error) {
            rethrow(*block.place, error);
        }
        if (!own) {
            run(*block.body, out);
            scope_.pop();
            return;
        }
        std::swap(scope_, *own);
        run(*block.body, out);
        std::swap(scope_, *own);
    }

    static bool has_row(const Element& element) {
        static const Name row("table:table-row");
        for (const Node& node : element.children)
            if (const auto* child = std::get_if<ElementPtr>(&node))
                if ((*child)->name == row || has_row(**child)) return true;
        return false;
    }

    std::shared_ptr<const std::string> source(const Place& place) {
        auto& known = sources_[place.where.source];
        if (!known) known = std::make_shared<const std::string>(place.where.source);
        return known;
    }

    ex::Scope scope_;
    const ex::Registry& registry_;
    Rendition rendition_ = Rendition::paragraph;
    std::set<std::string> signatures_;
    std::unordered_map<std::string, std::shared_ptr<const std::string>> sources_;
};

ElementPtr filled(const ElementPtr& element, const Instructions& children, Merger& merger) {
    if (!element) return element;
    auto out = std::make_shared<Element>();
    out->name = element->name;
    out->attributes = element->attributes;
    out->provenance = element->provenance;
    out->constant = false;
    out->children.reserve(children.size());
    merger.run(children, out->children);
    return out;
}

}  // namespace

odf::Document merge(const Template& compiled, const ex::Value& data, const ex::Registry& registry,
                    const ex::Limits& limits) {
    const Program& program = compiled.program();
    odf::Document out = program.base;
    {
        // Each part is a document of its own to the language: what one sets, another does not see.
        Merger meta(data, registry, limits);
        out.meta = filled(program.base.meta, program.meta, meta);
        Merger masters(data, registry, limits);
        out.master_styles = filled(program.base.master_styles, program.master_styles, masters);
        Merger body(data, registry, limits);
        out.body = filled(program.base.body, program.body, body);
    }
    if (program.repeats_names) out.body = with_unique_names(out.body);
    return out;
}

void add_functions(ex::Registry& registry) {
    ex::Entry signature;
    signature.role = ex::Role::function;
    signature.name = "signature";
    signature.parameters = {{"signataire", ex::Type(ex::Kind::text), false, std::nullopt}};
    signature.result = ex::Type(ex::Kind::object);
    signature.documentation =
        "Emplacement de la signature d’un signataire ; seule dans sa balise, nom entre guillemets.";
    registry.add(std::move(signature));
}

}  // namespace paraphe::tmpl
