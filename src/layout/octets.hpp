#pragma once

#include <bit>
#include <cstdint>

#include "base/bytes.hpp"

/// Little-endian numbers one after the other, as metafiles have them. Private to layout/.
namespace paraphe::layout {

/// Past the end everything is 0, and failed() says so.
class Octets {
public:
    explicit Octets(ByteView bytes) : bytes_(bytes) {}

    std::uint8_t u8() { return static_cast<std::uint8_t>(number(1)); }
    std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
    std::uint32_t u32() { return number(4); }
    std::int16_t i16() { return static_cast<std::int16_t>(u16()); }
    std::int32_t i32() { return static_cast<std::int32_t>(u32()); }
    float f32() { return std::bit_cast<float>(u32()); }
    ByteView take(std::size_t count) {
        if (count > left()) {
            failed_ = true;
            count = left();
        }
        const ByteView out = bytes_.substr(at_, count);
        at_ += count;
        return out;
    }
    void skip(std::size_t count) { take(count); }
    void seek(std::size_t at) {
        failed_ = failed_ || at > bytes_.size();
        at_ = at < bytes_.size() ? at : bytes_.size();
    }
    std::size_t left() const { return bytes_.size() - at_; }
    std::size_t at() const { return at_; }
    bool failed() const { return failed_; }

private:
    std::uint32_t number(std::size_t count) {
        if (count > left()) {
            failed_ = true;
            at_ = bytes_.size();
            return 0;
        }
        std::uint32_t out = 0;
        for (std::size_t i = count; i-- > 0;)
            out = out << 8 | static_cast<unsigned char>(bytes_[at_ + i]);
        at_ += count;
        return out;
    }

    ByteView bytes_;
    std::size_t at_ = 0;
    bool failed_ = false;
};

}  // namespace paraphe::layout
