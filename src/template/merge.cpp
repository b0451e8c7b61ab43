#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

#include "base/error.hpp"
#include "odf/odf.hpp"
#include "template/contents.hpp"
#include "template/link_address.hpp"
#include "template/page_breaks.hpp"
#include "template/program.hpp"
#include "template/trace.hpp"
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
    Merger(const ex::Value& data, const ex::Registry& registry, const ex::Limits& limits,
           const OutputLimits& output, Contents& contents)
        : scope_(data, limits), registry_(registry), output_(output), contents_(contents) {}

    /// Records which way each block goes; null: nothing is recorded.
    void follow(Trace* trace) { trace_ = trace; }

    /// Table rows that repeat are written as soon as they are made, where nothing that comes later
    /// may change them.
    void write_rows_ahead() { writes_ahead_ = true; }

    void run(const Instructions& instructions, std::vector<Node>& out) {
        for (const Instruction& instruction : instructions)
            std::visit([&](const auto& each) { run(each, out); }, instruction.content);
    }

private:
    void run(const Constant& constant, std::vector<Node>& out) {
        made_.nodes += constant.extent.nodes;
        made_.octets += constant.extent.octets;
        out.push_back(constant.node);
    }

    void run(const Output& output, std::vector<Node>& out) {
        try {
            const ex::Value value = ex::evaluate(output.expression, scope_, registry_);
            const std::string text = ex::print(output.expression, value);
            auto provenance = std::make_shared<odf::Provenance>();
            provenance->source = source(*output.place);
            provenance->line = output.place->where.line;
            provenance->data = value.pointer();
            provenance->constant = false;
            if (value.is(ex::Kind::content))
                contents_.append(value.content(), provenance, rendition_, output.place, out);
            else
                append_text(text, std::move(provenance), rendition_, out);
            ++made_.nodes;
            made_.octets += text.size();
            check_size(*output.place);
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
        static const Name frame("draw:frame"), href("xlink:href");
        auto made = std::make_shared<Element>();
        made->name = container.element->name;
        made->attributes = container.element->attributes;
        made->provenance = container.element->provenance;
        made->constant = false;
        if (container.address) odf::set_attribute(*made, href, address(*container.address));
        made->children.reserve(container.children.size());
        const Rendition outer = rendition_;
        const bool outer_holds_rows = std::exchange(holds_rows_, holds_rows(made->name));
        rendition_ = contents_.rendition(*made, outer);
        run(container.children, made->children);
        rendition_ = outer;
        holds_rows_ = outer_holds_rows;
        if (made->name == frame) settle(*made);
        ++made_.nodes;
        for (const auto& attribute : made->attributes)
            made_.octets += attribute.value.size() + 16;
        made_.octets += 32;
        if (is_left_empty(*made) && !settle_empty(*made)) return;
        out.emplace_back(ElementPtr(std::move(made)));
    }

    std::string address(const Instructions& pieces) {
        Address out;
        const Place* place = nullptr;
        for (const Instruction& piece : pieces) {
            if (const auto* constant = std::get_if<Constant>(&piece.content)) {
                out.author(std::get<odf::Text>(constant->node).text);
                continue;
            }
            const Output& output = std::get<Output>(piece.content);
            place = output.place.get();
            try {
                const ex::Value value = ex::evaluate(output.expression, scope_, registry_);
                out.value(ex::print(output.expression, value));
            } catch (const Error& error) {
                rethrow(*place, error);
            }
        }
        try {
            return out.checked();
        } catch (const Error& error) {
            rethrow(*place, error);
        }
    }

    void settle(Element& frame) {
        const PlacePtr place = contents_.pending_place();
        try {
            contents_.settle_frame(frame);
        } catch (const Error& error) {
            if (!place) throw;
            rethrow(*place, error);
        }
    }

    /// Nothing came of what stood there; a table without rows is none.
    static bool is_left_empty(const Element& element) {
        static const Name table("table:table"), note("text:note"), note_body("text:note-body");
        if (element.name == table) return !has_row(element);
        if (element.name == note) return !element.child(note_body);
        return std::all_of(element.children.begin(), element.children.end(),
                           [](const Node& node) { return is_mark(node) || is_break(node); });
    }

    /// What ODF or a reader cannot do without content gets an empty paragraph, or goes (false).
    static bool settle_empty(Element& element) {
        static const Name p("text:p");
        static const std::set<const std::string*> go =
            names({"text:list", "text:list-item", "text:list-header", "text:section", "text:note",
                   "text:note-body", "table:table", "table:table-row", "table:table-rows",
                   "table:table-header-rows", "table:table-row-group"});
        static const std::set<const std::string*> keep =
            names({"table:table-cell", "draw:text-box", "office:annotation", "office:text",
                   "style:header", "style:header-left", "style:header-first", "style:footer",
                   "style:footer-left", "style:footer-first"});
        if (go.contains(&element.name.str())) return false;
        if (keep.contains(&element.name.str()))
            element.children.emplace_back(odf::make_element(p, {}));
        return true;
    }

    static std::set<const std::string*> names(std::initializer_list<const char*> all) {
        std::set<const std::string*> out;
        for (const char* name : all)
            out.insert(&Name(name).str());
        return out;
    }

    void run(const ForBlock& block, std::vector<Node>& out) {
        std::optional<ex::ForLoop> loop;
        try {
            loop.emplace(block.statement, scope_, registry_);
        } catch (const Error& error) {
            rethrow(*block.place, error);
        }
        std::optional<Ahead> ahead;
        if (writes_ahead_ && holds_rows_ && !block.marks) ahead.emplace(out);
        for (bool first = true; next(*loop, block); first = false) {
            if (++turns_ > output_.turns)
                rethrow(*block.place,
                        Error(ErrorKind::malformed_input,
                              "les boucles font plus de " + std::to_string(output_.turns) +
                                  " tours en tout",
                              {}, "réduisez la liste, ou faites plusieurs documents", "P0218"));
            if (block.marks) out.emplace_back(mark(first ? Mark::first_copy : Mark::next_copy));
            run(block.body, ahead ? ahead->copy() : out);
            if (ahead) ahead->write();
            if (block.marks) out.emplace_back(mark(Mark::end));
            check_size(*block.place);
        }
        if (ahead) ahead->finish();
        if (trace_ != nullptr) trace_->turned(&block, static_cast<std::size_t>(loop->count()));
        if (loop->count() == 0) {
            const ex::Frame frame(scope_);  // a name set there ends there, as in Jinja2
            run(block.otherwise, out);
        }
    }

    bool next(ex::ForLoop& loop, const ForBlock& block) {
        try {
            return loop.next();
        } catch (const Error& error) {
            rethrow(*block.place, error);
        }
    }

    void run(const IfBlock& block, std::vector<Node>& out) {
        std::size_t way = 0;
        for (; way < block.branches.size(); ++way) {
            const IfBlock::Branch& branch = block.branches[way];
            try {
                if (!branch.condition || ex::holds(branch.condition, scope_, registry_)) break;
            } catch (const Error& error) {
                rethrow(*branch.place, error);
            }
        }
        if (trace_ != nullptr) trace_->took(&block, way);
        if (way < block.branches.size()) run(block.branches[way].body, out);
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
        if (trace_ != nullptr) trace_->included(&block);
        if (own) std::swap(scope_, *own);
        if (block.marks) out.emplace_back(mark(Mark::clause));
        run(*block.body, out);
        if (block.marks) out.emplace_back(mark(Mark::end));
        if (own)
            std::swap(scope_, *own);
        else
            scope_.pop();
        check_size(*block.place);
    }

    void check_size(const Place& place) const {
        if (made_.nodes <= output_.nodes && made_.octets <= output_.octets) return;
        const bool nodes = made_.nodes > output_.nodes;
        rethrow(place, Error(ErrorKind::malformed_input,
                             "le document dépasse " +
                                 (nodes ? std::to_string(output_.nodes) + " éléments"
                                        : std::to_string(output_.octets >> 20) + " Mo de texte"),
                             {}, "réduisez la liste, ou faites plusieurs documents", "P0219"));
    }

    static bool has_row(const Element& element) {
        static const Name row("table:table-row");
        for (const Node& node : element.children)
            if (const auto* child = std::get_if<ElementPtr>(&node))
                if ((*child)->name == row || odf::is_written(node) || has_row(**child)) return true;
        return false;
    }

    static bool holds_rows(Name name) {
        static const Name table("table:table"), rows("table:table-rows"),
            group("table:table-row-group");
        return name == table || name == rows || name == group;
    }

    /// The copies of a block of rows, written one after another.
    class Ahead {
    public:
        explicit Ahead(std::vector<Node>& out) : out_(out) {}

        /// Where the next copy is made.
        std::vector<Node>& copy() { return copy_; }

        /// What copy() holds goes to the output: as markup, where it can.
        void write() {
            if (odf::write_ahead(copy_, markup_)) {
                if (markup_.size() > chunk) finish();
            } else {
                finish();
                out_.insert(out_.end(), copy_.begin(), copy_.end());
            }
            copy_.clear();
        }

        /// No further copy comes, or something else comes first.
        void finish() {
            if (markup_.empty()) return;
            out_.emplace_back(odf::written(markup_));
            markup_.clear();
        }

    private:
        static constexpr std::size_t chunk = 60'000;  ///< octets of rows that are kept as one piece

        std::vector<Node>& out_;
        std::vector<Node> copy_;
        std::string markup_;
    };

    std::shared_ptr<const std::string> source(const Place& place) {
        auto& known = sources_[place.where.source];
        if (!known) known = std::make_shared<const std::string>(place.where.source);
        return known;
    }

    ex::Scope scope_;
    const ex::Registry& registry_;
    Trace* trace_ = nullptr;
    const OutputLimits& output_;
    Contents& contents_;
    Extent made_;
    std::size_t turns_ = 0;
    Rendition rendition_ = Rendition::paragraph;
    bool writes_ahead_ = false;
    bool holds_rows_ = false;  ///< the innermost element does
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
                    const ex::Limits& limits, const OutputLimits& output, Trace* trace,
                    Purpose purpose) {
    const Program& program = compiled.program();
    odf::Document out = program.base;
    Contents contents(program.base);
    {
        // Each part is a document of its own to the language: what one sets, another does not see.
        Merger meta(data, registry, limits, output, contents);
        meta.follow(trace);
        out.meta = filled(program.base.meta, program.meta, meta);
        contents.in_master_styles(true);
        Merger masters(data, registry, limits, output, contents);
        masters.follow(trace);
        out.master_styles = filled(program.base.master_styles, program.master_styles, masters);
        contents.in_master_styles(false);
        Merger body(data, registry, limits, output, contents);
        body.follow(trace);
        if (purpose == Purpose::writing) body.write_rows_ahead();
        out.body = filled(program.base.body, program.body, body);
    }
    try {
        contents.finish(out);
    } catch (const Error& error) {
        rethrow(*contents.pending_place(), error);
    }
    if (program.breaks) settle_breaks(out);
    if (program.marks) settle_copies({&out.body, &out.master_styles});
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

    ex::Entry qr;
    qr.role = ex::Role::filter;
    qr.name = "qr";
    const ex::Type text(ex::Kind::text);
    qr.parameters = {{"texte", text, false, std::nullopt},
                     {"description", text, true, std::nullopt},
                     {"largeur", text, true, std::nullopt}};
    qr.result = ex::Type(ex::Kind::content);
    qr.documentation =
        "Le texte ou l’adresse en code QR ; sans `description`, il est lu « Code QR : … ».";
    qr.implementation = [](const ex::Arguments& arguments) -> ex::Value {
        const std::string& words = arguments[0].text();
        std::vector<ex::Value> values{
            qr_code(words), arguments.given(1) ? arguments[1] : ex::Value("Code QR : " + words)};
        if (arguments.given(2)) values.push_back(arguments[2]);
        const ex::Registry& known = arguments.registry();
        return known.call(*known.find(ex::Role::filter, "image"), std::move(values), {},
                          arguments.scope());
    };
    registry.add(std::move(qr));
}

}  // namespace paraphe::tmpl
