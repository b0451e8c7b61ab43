#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "odf/document.hpp"

namespace paraphe::redline {

/// The changed regions of a text (ODF 1.3 part 3 §5.5.3), by one author at one time. Private to
/// redline/.
class Regions {
public:
    /// `ids`: those that the document has already.
    Regions(std::set<std::string> ids, std::string author, Instant now);

    /// A text:insertion or text:deletion with that content; gives its id.
    std::string add(const char* kind, std::vector<odf::Node> content);
    /// The element with text:tracked-changes of what was added since the last call.
    odf::ElementPtr into(const odf::ElementPtr& element);

private:
    std::set<std::string> ids_;
    std::string author_, date_;
    std::vector<odf::Node> regions_;
    int count_ = 0;
};

/// text:change, text:change-start or text:change-end.
odf::Node change_mark(const char* name, const std::string& id);

}  // namespace paraphe::redline
