#pragma once

#include <string>
#include <string_view>

#include "odf/document.hpp"

/// Conditional and hidden text of Writer (ODF 1.3 §7.7.3, §7.7.4) as carriers of tags. Private to
/// template/.
namespace paraphe::tmpl {

/// What such a field says when its condition holds, and when not.
struct ConditionalField {
    explicit ConditionalField(const odf::Element&);

    std::string if_true, if_false;
    std::string shown;  ///< at the last save
    bool hidden = false;
    /// Nothing can change what it shows: a tag in it is as good as one in the text.
    bool settled = false;
};

/// True for the two elements.
bool is_conditional_field(const odf::Element&);

}  // namespace paraphe::tmpl
