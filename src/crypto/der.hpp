#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/bytes.hpp"

/// For crypto/ alone: DER (X.690 §10) written by hand, which takes less room than OpenSSL's
/// templates and gives exactly the attributes wanted.
namespace paraphe::crypto::der {

inline Bytes wrap(unsigned char tag, ByteView content) {
    Bytes out(1, static_cast<char>(tag));
    if (content.size() < 0x80) {
        out += static_cast<char>(content.size());
    } else {
        Bytes length;
        for (std::size_t rest = content.size(); rest > 0; rest >>= 8)
            length.insert(length.begin(), static_cast<char>(rest & 0xff));
        out += static_cast<char>(0x80 | length.size());
        out += length;
    }
    return out.append(content);
}

inline Bytes sequence(ByteView content) {
    return wrap(0x30, content);
}
inline Bytes set(ByteView content) {
    return wrap(0x31, content);
}
inline Bytes octet_string(ByteView content) {
    return wrap(0x04, content);
}
inline Bytes object(ByteView encoded) {
    return wrap(0x06, encoded);
}
/// One octet, below 128.
inline Bytes integer(char value) {
    return wrap(0x02, ByteView(&value, 1));
}
inline Bytes null() {
    return Bytes("\x05\0", 2);
}

}  // namespace paraphe::crypto::der
