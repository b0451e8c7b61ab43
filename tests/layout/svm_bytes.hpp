#pragma once

#include <cstdint>
#include <string>
#include <vector>

/// Small StarView metafiles for the tests of layout.
namespace paraphe::layout::testing {

inline std::string u8(int value) {
    return std::string(1, static_cast<char>(value));
}
inline std::string u16(int value) {
    return u8(value & 0xFF) + u8(value >> 8 & 0xFF);
}
inline std::string i32(std::int64_t value) {
    const auto bits = static_cast<std::uint32_t>(value);
    return u16(static_cast<int>(bits & 0xFFFF)) + u16(static_cast<int>(bits >> 16));
}
inline std::string i32s(const std::vector<std::int64_t>& values) {
    std::string out;
    for (const auto value : values)
        out += i32(value);
    return out;
}
/// Version, length, octets.
inline std::string versioned(int version, const std::string& octets) {
    return u16(version) + i32(static_cast<std::int64_t>(octets.size())) + octets;
}
inline std::string record(int kind, int version, const std::string& octets = {}) {
    return u16(kind) + versioned(version, octets);
}
/// Count and points of a polygon.
inline std::string points(const std::vector<std::int64_t>& places) {
    return u16(static_cast<int>(places.size() / 2)) + i32s(places);
}
/// `unit` 13: relative to the mode before.
inline std::string map_mode(int unit, const std::vector<std::int64_t>& origin_and_scale = {}) {
    return versioned(1,
                     u16(unit) +
                         i32s(origin_and_scale.empty() ? std::vector<std::int64_t>{0, 0, 1, 1, 1, 1}
                                                       : origin_and_scale) +
                         u8(origin_and_scale.empty() ? 1 : 0));
}
inline std::string utf16(const std::u16string& text) {
    std::string out = u16(static_cast<int>(text.size()));
    for (const char16_t unit : text)
        out += u16(unit);
    return out;
}
/// A text of the second version that begins with its octets and counts.
inline std::string words(const std::vector<std::int64_t>& at, const std::u16string& said,
                         const std::vector<std::int64_t>& ends) {
    const int count = static_cast<int>(said.size());
    return record(113, 2,
                  i32s(at) + u16(0) + u16(0) + u16(count) +
                      i32(static_cast<std::int64_t>(ends.size())) + i32s(ends) + utf16(said));
}
inline std::string font(const std::string& family, int size, int weight = 5, int turn = 0,
                        int width = 0) {
    return record(
        138, 1,
        versioned(1, u16(static_cast<int>(family.size())) + family + u16(0) + i32s({width, size}) +
                         u16(1) + u16(5) + u16(0) + u16(weight) + u16(0) + u16(0) + u16(0) +
                         u16(0x409) + u16(0) + u16(turn) + std::string(4, '\0')));
}
/// In hundredths of a millimetre.
inline std::string svm(const std::vector<std::string>& records, std::int64_t width = 1000,
                       std::int64_t height = 500) {
    std::string out = "VCLMTF" + versioned(1, i32(0) + map_mode(0) + i32s({width, height}) +
                                                  i32(static_cast<std::int64_t>(records.size())));
    for (const std::string& one : records)
        out += one;
    return out;
}

}  // namespace paraphe::layout::testing
