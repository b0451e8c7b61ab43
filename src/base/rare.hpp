#pragma once

#include <memory>

namespace paraphe {

/// A value that most of its holders lack: it costs them a pointer. Reads as an empty T where there
/// is none; copies are deep.
template <class T>
class Rare {
public:
    Rare() = default;
    Rare(const Rare& other) : value_(other.value_ ? std::make_unique<T>(*other.value_) : nullptr) {}
    Rare(Rare&&) noexcept = default;
    Rare& operator=(const Rare& other) { return *this = Rare(other); }
    Rare& operator=(Rare&&) noexcept = default;
    ~Rare() = default;

    const T& operator*() const {
        static const T none{};
        return value_ ? *value_ : none;
    }
    const T* operator->() const { return &**this; }
    explicit operator bool() const { return value_ != nullptr; }
    /// To write to; made when there is none.
    T& make() {
        if (!value_) value_ = std::make_unique<T>();
        return *value_;
    }

private:
    std::unique_ptr<T> value_;
};

}  // namespace paraphe
