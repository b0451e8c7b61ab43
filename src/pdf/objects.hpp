#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "pdf/syntax.hpp"

namespace paraphe::pdf {

/// Objects to be written, numbered from `first` on. The writer makes a whole file of them, Update
/// a revision.
class Objects {
public:
    explicit Objects(int first = 1) : first_(first) {}

    /// A number now, the content later.
    int reserve();
    int add(std::string syntax);
    /// An object that no object stream may hold.
    int add_apart(std::string syntax);
    void put(int number, std::string syntax);
    /// `entries` is the inside of the dictionary without /Length and /Filter, "/Type /XObject …".
    int add_stream(std::string_view entries, ByteView data);
    void put_stream(int number, std::string_view entries, ByteView data);
    /// Data that is already encoded; `entries` names its filter.
    int add_raw_stream(std::string_view entries, ByteView data);
    void put_raw_stream(int number, std::string_view entries, ByteView data);

    struct Object {
        std::string content;  ///< between "obj" and "endobj"
        bool is_stream = false;
        bool apart = false;  ///< stays outside of object streams, as streams do
    };
    int first() const { return first_; }
    int next() const { return first_ + static_cast<int>(objects_.size()); }
    bool owns(int number) const { return number >= first_ && number < next(); }
    const Object& operator[](int number) const;
    const std::vector<Object>& all() const { return objects_; }

private:
    Object& at(int number);
    int first_;
    std::vector<Object> objects_;
};

/// "12 0 R"
std::string reference(int number);

}  // namespace paraphe::pdf
