#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

/// What every stable code of a diagnostic means, for the author who meets it: templates and PDF
/// files (P…), workflows (W…) and kinds (K…), in French. `paraphe check --explain P0106` prints an
/// entry.
namespace paraphe::tmpl {

struct Explanation {
    /// How `wrong` and `right` are written, so that they can be tried.
    enum class Example {
        text,      ///< the text of one paragraph of a template
        markup,    ///< paragraphs of a template as ODF
        workflow,  ///< the content of <scxml>
        told       ///< described in words; nothing to run
    };

    std::string_view code;
    std::string_view title;    ///< no full stop
    std::string_view meaning;  ///< what was found
    std::string_view stakes;   ///< what it would do in front of a household or a judge
    std::string_view remedy;   ///< how to mend it
    Example example = Example::told;
    std::string_view wrong, right;
};

/// All of them, by code.
std::span<const Explanation> explanations();

/// nullptr when there is no such code. Small letters are taken too.
const Explanation* explanation_of(std::string_view code);

/// The page that --explain prints; ends with a line feed.
std::string to_string(const Explanation&);

// --- What the examples are tried with -----------------------------------------------------------

/// JSON Schema of the data that the examples speak of, and data that fit it.
std::string_view example_schema();
std::string_view example_data();
/// A flat document with the example (text or markup) as its body; "clauses/rappel" is a clause.
std::string example_template(Explanation::Example, std::string_view example);
/// The clauses that the examples may include; nullopt for another name.
std::optional<std::string> example_clause(const std::string& name);
/// A whole SCXML document around the example.
std::string example_workflow(std::string_view example);

// --- The parts of the catalogue, a file each ----------------------------------------------------

std::span<const Explanation> expression_explanations();  ///< P01…
std::span<const Explanation> template_explanations();    ///< P02…
std::span<const Explanation> layout_explanations();      ///< P04…
std::span<const Explanation> kind_explanations();        ///< P05…, K…
std::span<const Explanation> pdf_explanations();         ///< P06…
std::span<const Explanation> workflow_explanations();    ///< W…

}  // namespace paraphe::tmpl
