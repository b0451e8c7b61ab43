#include "layout/pages.hpp"

#include "base/error.hpp"

namespace paraphe::layout {

const Page& page_at(const Pages& pages, std::size_t page) {
    if (page < pages.pages.size()) return pages.pages[page];
    throw Error(
        ErrorKind::not_found,
        "no page " + std::to_string(page + 1) + ", there are " + std::to_string(pages.pages.size()),
        {}, {}, "no_page");
}

}  // namespace paraphe::layout
