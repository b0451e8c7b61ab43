#include "pdf/blank.hpp"

#include <algorithm>
#include <iterator>

namespace paraphe::pdf {

bool is_blank(std::string_view text) {
    static constexpr std::string_view blanks[] = {" ",      "\t",     "\n",    "\r",
                                                  "\u00A0", "\u202F", "\u200B"};
    while (!text.empty()) {
        const auto* const found = std::find_if(std::begin(blanks), std::end(blanks),
                                               [&](auto one) { return text.starts_with(one); });
        if (found == std::end(blanks)) return false;
        text.remove_prefix(found->size());
    }
    return true;
}

}  // namespace paraphe::pdf
