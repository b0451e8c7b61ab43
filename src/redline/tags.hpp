#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "expression/statement.hpp"

/// The tags of a template, where a comparison meets them. A document without tags has none.
/// Private to redline/.
namespace paraphe::redline {

struct TagPlace {
    std::size_t begin = 0, end = 0;  ///< octets of the text, delimiters with them
    std::string canonical;           ///< "{{ contrat.mois | euros }}"
};

/// The tags of a paragraph's text, read as a template reads them (hard spaces inside a delimiter).
/// One that is never closed is text.
std::vector<TagPlace> tags_in(std::string_view text);

/// The keyword of a canonical tag: "if", "endfor", …; empty for outputs and comments.
std::string keyword_of(std::string_view canonical);

/// `if`, `elif`, `else`, `for`: what decides whether and how often a text is there.
bool is_condition(std::string_view canonical);
/// Those and their ends.
bool is_governing(std::string_view canonical);

/// Reads the tags of a document in order and tells which data they use.
class Usage {
public:
    enum class What { field, slot, clause };
    /// "contrat.mois", "objectifs[].action"; the name of a slot; the name of a clause.
    using Report = std::function<void(What, const std::string& name)>;

    /// A tag that does not parse uses nothing.
    void read(std::string_view canonical, const Report&);

private:
    struct Frame {
        enum class Kind { root, loop, with } kind = Kind::root;
        /// Names that are no data; what they stand for, where that is a path of the data.
        std::vector<std::pair<std::string, std::string>> names;
    };
    class Walk;
    std::vector<Frame> frames_{Frame{}};
};

}  // namespace paraphe::redline
