#pragma once

#include <cstddef>

#include "base/bytes.hpp"

namespace paraphe {

/// A source of unpredictable octets, passed in wherever a salt, key, token or nonce is made.
class Random {
public:
    virtual ~Random() = default;
    virtual Bytes bytes(std::size_t count) = 0;
};

/// The kernel's generator (getrandom). Throws Error{unavailable}.
class SystemRandom final : public Random {
public:
    Bytes bytes(std::size_t count) override;
};

/// A fixed sequence for tests and for reproducible runs; never for keys that protect anything.
class SequenceRandom final : public Random {
public:
    explicit SequenceRandom(std::uint64_t seed) : state_(seed) {}
    Bytes bytes(std::size_t count) override;

private:
    std::uint64_t state_;
};

}  // namespace paraphe
