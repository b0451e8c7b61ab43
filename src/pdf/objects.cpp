#include "pdf/objects.hpp"

#include <utility>

#include "base/error.hpp"
#include "pdf/deflate.hpp"

namespace paraphe::pdf {

std::string reference(int number) {
    return std::to_string(number) + " 0 R";
}

const Objects::Object& Objects::operator[](int number) const {
    if (!owns(number)) {
        throw Error(ErrorKind::internal, "no PDF object " + std::to_string(number));
    }
    return objects_[static_cast<std::size_t>(number - first_)];
}

Objects::Object& Objects::at(int number) {
    return const_cast<Object&>(std::as_const(*this)[number]);
}

int Objects::reserve() {
    objects_.emplace_back();
    return next() - 1;
}

int Objects::add(std::string syntax) {
    objects_.push_back({std::move(syntax)});
    return next() - 1;
}

int Objects::add_apart(std::string syntax) {
    objects_.push_back({std::move(syntax), false, true});
    return next() - 1;
}

void Objects::put(int number, std::string syntax) {
    at(number) = {std::move(syntax)};
}

int Objects::add_stream(std::string_view entries, ByteView data) {
    const int number = reserve();
    put_stream(number, entries, data);
    return number;
}

void Objects::put_stream(int number, std::string_view entries, ByteView data) {
    const std::string filter = entries.empty() ? "/Filter/FlateDecode" : " /Filter/FlateDecode";
    put_raw_stream(number, std::string(entries) + filter, deflate(data));
}

int Objects::add_raw_stream(std::string_view entries, ByteView data) {
    const int number = reserve();
    put_raw_stream(number, entries, data);
    return number;
}

void Objects::put_raw_stream(int number, std::string_view entries, ByteView data) {
    std::string content;
    content.reserve(entries.size() + data.size() + 64);
    content += "<<";
    content += entries;
    content += "/Length ";
    content += std::to_string(data.size());
    content += ">>\nstream\n";
    content += data;
    content += "\nendstream";
    at(number) = {std::move(content), true, false};
}

}  // namespace paraphe::pdf
