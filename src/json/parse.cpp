#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "json/json.hpp"

namespace paraphe::json {

namespace {

using Foreign = nlohmann::json;

/// Walks over the bytes and lets the reader know how far it has come: nlohmann's events do not.
struct Cursor {
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    const char* at;
    const char** progress;

    reference operator*() const { return *at; }
    Cursor& operator++() {
        *progress = ++at;
        return *this;
    }
    bool operator==(const Cursor& other) const { return at == other.at; }
    bool operator!=(const Cursor& other) const { return at != other.at; }
};

class Reader final : public nlohmann::json_sax<Foreign> {
public:
    Reader(ByteView bytes, const std::string& source, const Caps& caps)
        : bytes_(bytes), source_(source), caps_(caps), progress_(bytes.data()) {}

    Value run() {
        if (bytes_.size() > caps_.bytes)
            throw Error(ErrorKind::malformed_input,
                        "the JSON text has " + std::to_string(bytes_.size()) + " octets, at most " +
                            std::to_string(caps_.bytes) + " are accepted",
                        {source_, 0, 0, {}}, {}, "too_large");
        if (bytes_.empty()) fail_at(0, "the JSON text is empty");
        if (!utf8::is_valid(bytes_)) fail_at(first_malformed(), "malformed UTF-8");
        // Its lexer takes a NUL for the end of the text.
        if (const std::size_t nul = bytes_.find('\0'); nul != ByteView::npos)
            fail_at(nul, "NUL is not a character of JSON");
        const char* const end = bytes_.data() + bytes_.size();
        Foreign::sax_parse(Cursor{bytes_.data(), &progress_}, Cursor{end, &progress_}, this);
        return std::move(root_);
    }

    bool null() override { return add(nullptr); }
    bool boolean(bool value) override { return add(value); }
    bool number_integer(std::int64_t value) override { return add(value); }
    bool number_unsigned(std::uint64_t value) override {
        return add(*Number::parse(std::to_string(value)));
    }
    bool number_float(double, const std::string& digits) override {
        if (digits.size() > caps_.digits)
            fail("a number of more than " + std::to_string(caps_.digits) + " digits", "too_large");
        return add(*Number::parse(digits));
    }
    bool string(std::string& value) override { return add(std::move(value)); }
    bool binary(Foreign::binary_t&) override { return false; }

    bool start_object(std::size_t) override { return open(Object()); }
    bool start_array(std::size_t) override { return open(Array()); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool key(std::string& key) override {
        if (open_.back()->as_object().contains(key))
            fail("the key " + quote(key) + " comes twice in one object", "duplicate_key");
        key_ = std::move(key);
        return true;
    }

    bool parse_error(std::size_t position, const std::string&,
                     const nlohmann::detail::exception& foreign) override {
        std::string problem = foreign.what();
        std::string remedy;
        const auto cut_before = [&](std::string_view mark) {
            if (const std::size_t at = problem.find(mark); at != std::string::npos)
                problem.erase(0, at + mark.size());
        };
        cut_before("syntax error while parsing ");
        if (problem.starts_with('[')) cut_before("] ");
        if (const std::size_t at = problem.rfind("; expected "); at != std::string::npos) {
            remedy = "expected " + problem.substr(at + 11);
            problem.erase(at);
        }
        if (const std::size_t at = problem.find("; last read: "); at != std::string::npos)
            problem.erase(at);
        fail_at(position == 0 ? 0 : position - 1, "not JSON: " + problem, {}, remedy);
    }

private:
    [[noreturn]] void fail(const std::string& problem, const std::string& code) const {
        const auto read = static_cast<std::size_t>(progress_ - bytes_.data());
        fail_at(read == 0 ? 0 : read - 1, problem, code);
    }

    [[noreturn]] void fail_at(std::size_t offset, const std::string& problem,
                              const std::string& code = {}, const std::string& remedy = {}) const {
        const ByteView before = bytes_.substr(0, offset);
        const auto line = static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1;
        const std::size_t start = before.rfind('\n') == ByteView::npos ? 0 : before.rfind('\n') + 1;
        const auto column = static_cast<int>(utf8::length(before.substr(start))) + 1;
        throw Error(ErrorKind::malformed_input, problem, {source_, line, column, {}}, remedy, code);
    }

    std::size_t first_malformed() const {
        for (std::size_t at = 0; at < bytes_.size();) {
            const utf8::Decoded decoded = utf8::decode(bytes_, at);
            if (decoded.code_point == 0xFFFD && decoded.length == 1) return at;
            at += decoded.length;
        }
        return bytes_.size();
    }

    /// The containers above the innermost do not grow while it is open, so their addresses hold.
    Value& place(Value value) {
        if (++values_ > caps_.values)
            fail("more than " + std::to_string(caps_.values) + " values", "too_large");
        if (open_.empty()) return root_ = std::move(value);
        Value& parent = *open_.back();
        if (parent.is_object()) return parent.as_object().set(std::move(key_), std::move(value));
        return parent.as_array().emplace_back(std::move(value));
    }

    bool add(Value value) {
        place(std::move(value));
        return true;
    }

    bool open(Value container) {
        if (open_.size() >= caps_.depth)
            fail("nested more than " + std::to_string(caps_.depth) + " deep", "too_deep");
        open_.push_back(&place(std::move(container)));
        return true;
    }

    bool close() {
        open_.pop_back();
        return true;
    }

    ByteView bytes_;
    const std::string& source_;
    const Caps& caps_;
    const char* progress_;
    Value root_;
    std::vector<Value*> open_;
    std::string key_;
    std::size_t values_ = 0;
};

}  // namespace

Value parse(ByteView bytes, const std::string& source, const Caps& caps) {
    return Reader(bytes, source, caps).run();
}

}  // namespace paraphe::json
