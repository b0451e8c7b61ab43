#include "base/random.hpp"

#include <sys/random.h>

#include "base/error.hpp"

namespace paraphe {

Bytes SystemRandom::bytes(std::size_t count) {
    Bytes out(count, '\0');
    std::size_t filled = 0;
    while (filled < count) {
        const auto got = getrandom(out.data() + filled, count - filled, 0);
        if (got < 0) throw Error(ErrorKind::unavailable, "the system gives no random octets");
        filled += static_cast<std::size_t>(got);
    }
    return out;
}

Bytes SequenceRandom::bytes(std::size_t count) {
    Bytes out;
    out.reserve(count);
    while (out.size() < count) {  // splitmix64
        std::uint64_t z = state_ += 0x9e3779b97f4a7c15u;
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
        z = (z ^ z >> 27) * 0x94d049bb133111ebu;
        z ^= z >> 31;
        for (int i = 0; i < 8 && out.size() < count; ++i)
            out += static_cast<char>(z >> (8 * i));
    }
    return out;
}

}  // namespace paraphe
