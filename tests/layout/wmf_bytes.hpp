#pragma once

#include "layout/svm_bytes.hpp"

/// Small Windows metafiles for the tests of layout.
namespace paraphe::layout::testing {

/// Function and parameters, each of 16 bits.
inline std::string u16s(int function, const std::vector<int>& parameters) {
    std::string out = u16(function);
    for (const int one : parameters)
        out += u16(one);
    return out;
}
/// To whole words.
inline std::string sized(std::string record) {
    if (record.size() % 2 != 0) record += '\0';
    return record;
}
/// The window, if any, is 200 × 100.
inline std::string wmf(const std::vector<std::string>& records, bool window = true) {
    std::string out = u16(1) + u16(9) + u16(0x0300) + std::string(12, '\0');
    const auto add = [&](const std::string& one) {
        out += i32(static_cast<std::int64_t>(one.size() / 2 + 2)) + one;
    };
    if (window) {
        add(u16s(0x020B, {0, 0}));
        add(u16s(0x020C, {100, 200}));
    }
    for (const std::string& one : records)
        add(one);
    add(u16(0));
    return out;
}

}  // namespace paraphe::layout::testing
