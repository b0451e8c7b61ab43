#include "server/compression.hpp"

#include <Poco/DeflatingStream.h>

#include <algorithm>
#include <optional>
#include <sstream>

namespace paraphe::server {

namespace {

std::string_view trimmed(std::string_view text) {
    const auto begin = std::min(text.find_first_not_of(" \t"), text.size());
    text.remove_prefix(begin);
    return text.substr(0, text.find_last_not_of(" \t") + 1);
}

/// The part before `separator`, which is taken away from `rest` with it.
std::string_view part(std::string_view& rest, char separator) {
    const auto end = std::min(rest.find(separator), rest.size());
    const std::string_view out = trimmed(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return out;
}

bool same_letters(std::string_view text, std::string_view lower) {
    return std::equal(text.begin(), text.end(), lower.begin(), lower.end(),
                      [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; });
}

/// "q=0", "q=0.000": not acceptable.
bool refused(std::string_view parameters) {
    while (!parameters.empty()) {
        std::string_view value = part(parameters, ';');
        if (same_letters(part(value, '='), "q"))
            return value.find_first_not_of("0.") == std::string_view::npos;
    }
    return false;
}

}  // namespace

bool accepts_gzip(std::string_view field) {
    std::optional<bool> named, any;
    while (!field.empty()) {
        std::string_view parameters = part(field, ',');
        const std::string_view coding = part(parameters, ';');
        if (same_letters(coding, "gzip") || same_letters(coding, "x-gzip"))
            named = !refused(parameters);
        else if (coding == "*")
            any = !refused(parameters);
    }
    return named.value_or(any.value_or(false));
}

Bytes gzip(ByteView octets) {
    std::ostringstream out;
    Poco::DeflatingOutputStream stream(out, Poco::DeflatingStreamBuf::STREAM_GZIP, 4);
    stream.write(octets.data(), static_cast<std::streamsize>(octets.size()));
    stream.close();
    return std::move(out).str();
}

}  // namespace paraphe::server
