#include "zip/entry_name.hpp"

#include <algorithm>

#include "base/utf8.hpp"

namespace paraphe::zip {

NameFault judge_name(std::string_view name) {
    if (name.empty() || name.size() > 1024 || !utf8::is_valid(name)) return NameFault::bad;
    const auto is_control = [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    };
    if (std::any_of(name.begin(), name.end(), is_control)) return NameFault::bad;
    const bool drive = name.size() > 1 && name[1] == ':';
    if (name[0] == '/' || name[0] == '\\' || drive) return NameFault::absolute;
    if (name.ends_with('/')) name.remove_suffix(1);
    for (std::size_t start = 0; start <= name.size();) {
        const std::size_t end = std::min(name.find_first_of("/\\", start), name.size());
        const std::string_view segment = name.substr(start, end - start);
        if (segment == "..") return NameFault::traversal;
        if (segment.empty() || segment == ".") return NameFault::bad;
        start = end + 1;
    }
    return name.find('\\') == std::string_view::npos ? NameFault::none : NameFault::bad;
}

}  // namespace paraphe::zip
