#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "odf/odf.hpp"
#include "template/draft.hpp"
#include "template/program.hpp"
#include "template/survey.hpp"
#include "template/template.hpp"

namespace paraphe::tmpl {

/// Makes a program of a document, with its clauses. Private to template/.
class Compiler {
public:
    /// What is wrong goes to `diagnostics`, which is borrowed like the others.
    Compiler(const odf::Document& document, const Loader& loader, Diagnostics& diagnostics);
    /// Once.
    Template run();

private:
    // Parts and their nodes; in compiler.cpp.
    void part(const odf::ElementPtr& element, Whereabouts& whereabouts, Instructions& out);
    void add_size(const odf::ElementPtr& element);
    Instructions children_of(const odf::ElementPtr& element, Whereabouts& whereabouts,
                             bool in_loop);
    Instructions list(std::vector<DraftPtr>& nodes, std::size_t& at, bool in_paragraph);
    void constant(odf::Node node, Instructions& out);
    void note(const Survey& found);
    void container(Draft& node, bool in_paragraph, Instructions& out);
    void output(Draft& node, Instructions& out);

    // Statements; in compiler_statements.cpp. `at` goes from the tag to the one that ends its
    // block.
    void statement(std::vector<DraftPtr>& nodes, std::size_t& at, bool in_paragraph,
                   Instructions& out);
    ForBlock for_block(expression::For loop, std::vector<DraftPtr>& nodes, std::size_t& at,
                       bool in_paragraph);
    IfBlock if_block(expression::If condition, std::vector<DraftPtr>& nodes, std::size_t& at,
                     bool in_paragraph);
    bool carried_break(const Draft& tag, Instructions& out);

    // Clauses; in compiler_clauses.cpp.
    /// A clause whose styles, parts and page styles stand in the document already.
    struct Brought {
        odf::Document document;
        odf::ElementPtr text;
    };
    void clause(expression::Include& include, const PlacePtr& place, bool in_paragraph,
                Instructions& out);
    const Brought& bring(const std::string& name, const Clause& file);
    Instructions inline_of(Instructions made, const PlacePtr& place);

    const Loader& loader_;
    Diagnostics& diagnostics_;
    std::shared_ptr<Program> program_;
    std::vector<std::string> open_;  ///< clauses around this place
    std::map<std::string, Brought> brought_;
    std::set<std::string> noted_;
    std::vector<odf::ElementPtr> declarations_;
    std::set<std::string> forms_;  ///< names and identifiers of forms and controls
    std::vector<odf::Name> parents_;
    std::size_t nodes_ = 0, includes_ = 0;
    int loops_ = 0, blocks_ = 0;
    bool names_ = false, numbering_ = false;  ///< met since the innermost loop or clause began
    bool in_flow_ = false;                    ///< in the body, outside of cells and paragraphs
    bool block_broken_ = false;               ///< a branch of this block began with a page break
    bool too_large_ = false;
};

}  // namespace paraphe::tmpl
