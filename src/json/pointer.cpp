#include <charconv>

#include "base/error.hpp"
#include "json/json.hpp"

namespace paraphe::json {

std::vector<std::string> split_pointer(std::string_view pointer) {
    const auto refuse = [&] {
        throw Error(ErrorKind::malformed_input,
                    "'" + std::string(pointer) + "' is not a JSON Pointer", {},
                    "write \"\" or \"/name/0\", with ~0 for ~ and ~1 for /", "json_pointer");
    };
    if (!pointer.empty() && pointer[0] != '/') refuse();
    std::vector<std::string> keys;
    for (std::size_t at = 0; at < pointer.size(); ++at) {
        if (pointer[at] == '/') {
            keys.emplace_back();
        } else if (pointer[at] != '~') {
            keys.back() += pointer[at];
        } else {
            ++at;
            if (at == pointer.size() || (pointer[at] != '0' && pointer[at] != '1')) refuse();
            keys.back() += pointer[at] == '0' ? '~' : '/';
        }
    }
    return keys;
}

std::string append_pointer(std::string_view parent, std::string_view key) {
    std::string out(parent);
    out += '/';
    for (const char c : key) {
        if (c == '~')
            out += "~0";
        else if (c == '/')
            out += "~1";
        else
            out += c;
    }
    return out;
}

std::string append_pointer(std::string_view parent, std::size_t index) {
    return std::string(parent) + "/" + std::to_string(index);
}

const Value* resolve(const Value& document, std::string_view pointer) {
    const Value* at = &document;
    for (const std::string& key : split_pointer(pointer)) {
        if (const Array* array = at->if_array()) {
            std::size_t index = 0;
            const char* const end = key.data() + key.size();
            const auto [read, error] = std::from_chars(key.data(), end, index);
            const bool leading_zero = key.size() > 1 && key[0] == '0';
            if (error != std::errc() || read != end || leading_zero || index >= array->size())
                return nullptr;
            at = &(*array)[index];
        } else {
            at = at->find(key);
            if (at == nullptr) return nullptr;
        }
    }
    return at;
}

}  // namespace paraphe::json
