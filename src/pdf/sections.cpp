#include "pdf/sections.hpp"

#include <libdeflate.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <set>

#include "base/error.hpp"

namespace paraphe::pdf {

namespace {

bool is_white(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_delimiter(char c) {
    return std::string_view("()<>[]{}/%").find(c) != ByteView::npos;
}

std::size_t skip_white(ByteView data, std::size_t at) {
    while (at < data.size()) {
        if (data[at] == '%') {
            while (at < data.size() && data[at] != '\n' && data[at] != '\r')
                ++at;
        } else if (is_white(data[at])) {
            ++at;
        } else {
            break;
        }
    }
    return at;
}

/// A non-negative integer at `at`, which moves behind it.
std::optional<std::size_t> read_integer(ByteView data, std::size_t& at) {
    const std::size_t start = at;
    std::size_t value = 0;
    while (at < data.size() && is_digit(data[at])) {
        if (at - start >= 15) return std::nullopt;
        value = value * 10 + static_cast<std::size_t>(data[at++] - '0');
    }
    if (at == start) return std::nullopt;
    return value;
}

/// What the chain needs of a trailer or a cross-reference stream's dictionary.
struct Head {
    std::map<std::string, std::size_t, std::less<>> integers;  ///< of its own keys
    std::map<std::string, std::string, std::less<>> names;     ///< of its own keys
    std::set<std::string, std::less<>> keys;
    std::size_t most_columns = 0;  ///< /Columns, wherever it stands
    std::size_t end = 0;           ///< after ">>"
};

/// Tokens of a dictionary that begins at `at`; false when it does not end.
class Scanner {
public:
    Scanner(ByteView data, std::size_t at) : data_(data), at_(at) {}

    bool read(Head& head) {
        std::string key;  // the name that was read last and has no value yet
        bool has_key = false;
        while (true) {
            at_ = skip_white(data_, at_);
            if (at_ >= data_.size() || depth_ > 100) return false;
            const char c = data_[at_];
            if (starts("<<") || c == '[') {
                ++depth_;
                at_ += c == '[' ? 1 : 2;
                has_key = false;
            } else if (starts(">>") || c == ']') {
                if (--depth_ < 0) return false;
                at_ += c == ']' ? 1 : 2;
                has_key = false;
                if (depth_ == 0) {
                    head.end = at_;
                    return true;
                }
            } else if (c == '(') {
                if (!skip_literal()) return false;
                has_key = false;
            } else if (c == '<') {
                at_ = data_.find('>', at_);
                if (at_ == ByteView::npos) return false;
                ++at_;
                has_key = false;
            } else if (c == '/') {
                const std::string name = read_name();
                if (has_key) {
                    if (depth_ == 1) head.names[key] = name;
                    has_key = false;
                } else {
                    key = name;
                    has_key = true;
                    if (depth_ == 1) head.keys.insert(name);
                }
            } else if (is_digit(c)) {
                const auto value = read_integer(data_, at_);
                if (!value) return false;
                if (has_key && depth_ == 1) head.integers[key] = *value;
                if (has_key && key == "Columns") {
                    head.most_columns = std::max(head.most_columns, *value);
                }
                has_key = false;
            } else {
                ++at_;
                while (at_ < data_.size() && !is_white(data_[at_]) && !is_delimiter(data_[at_])) {
                    ++at_;
                }
                if (c != 'R') has_key = false;
            }
        }
    }

private:
    bool starts(ByteView token) const { return data_.substr(at_, token.size()) == token; }

    std::string read_name() {
        const std::size_t start = ++at_;
        while (at_ < data_.size() && !is_white(data_[at_]) && !is_delimiter(data_[at_]))
            ++at_;
        return std::string(data_.substr(start, at_ - start));
    }

    bool skip_literal() {
        int open = 0;
        for (; at_ < data_.size(); ++at_) {
            if (data_[at_] == '\\') {
                ++at_;
            } else if (data_[at_] == '(') {
                ++open;
            } else if (data_[at_] == ')' && --open == 0) {
                ++at_;
                return true;
            }
        }
        return false;
    }

    ByteView data_;
    std::size_t at_;
    int depth_ = 0;
};

struct Section {
    std::size_t offset = 0;
    bool is_stream = false;
    Head head;
};

/// "7 0 obj" behind `at`.
bool skip_object_head(ByteView data, std::size_t& at) {
    if (!read_integer(data, at)) return false;
    at = skip_white(data, at);
    if (!read_integer(data, at)) return false;
    at = skip_white(data, at);
    if (data.substr(at, 3) != "obj") return false;
    at = skip_white(data, at + 3);
    return true;
}

Section read_section(ByteView data, std::size_t offset, const std::string& source) {
    if (offset >= data.size()) {
        refuse_damaged(source, "a cross-reference section lies outside the file");
    }
    Section out;
    out.offset = offset;
    std::size_t at = skip_white(data, offset);
    if (data.substr(at, 4) == "xref") {
        at = data.find("trailer", at);
        if (at == ByteView::npos) refuse_damaged(source, "a cross-reference table has no trailer");
        at = skip_white(data, at + 7);
    } else {
        out.is_stream = true;
        if (!skip_object_head(data, at)) {
            refuse_damaged(source, "no cross-reference section where one must stand");
        }
    }
    if (data.substr(at, 2) != "<<" || !Scanner(data, at).read(out.head)) {
        refuse_damaged(source, "a trailer cannot be read");
    }
    return out;
}

void check_section(ByteView data, const Section& section, const std::string& source) {
    const Head& head = section.head;
    if (head.keys.contains("Encrypt")) {
        throw Error(ErrorKind::malformed_input, "the PDF file is encrypted", in_file(source),
                    "save it without a password", "encrypted_pdf");
    }
    if (head.keys.contains("XRefStm")) {
        throw Error(
            ErrorKind::malformed_input,
            "the PDF file has hybrid cross-references, which readers understand differently",
            in_file(source), "save it again as PDF 1.5 or later", "hybrid_pdf");
    }
    if (!section.is_stream) return;
    if (head.most_columns > 1000) refuse_damaged(source, "a cross-reference stream is malformed");
    const auto filter = head.names.find("Filter");
    if (filter == head.names.end()) {
        if (head.keys.contains("Filter")) {
            refuse_damaged(source, "a cross-reference stream has an unusual filter");
        }
        return;
    }
    if (filter->second != "FlateDecode") {
        refuse_damaged(source, "a cross-reference stream has an unusual filter");
    }
    const auto length = head.integers.find("Length");
    const std::size_t begin = data.find("stream", head.end);
    if (length == head.integers.end() || begin == ByteView::npos) {
        refuse_damaged(source, "a cross-reference stream has no length");
    }
    std::size_t at = begin + 6;
    if (data.substr(at, 1) == "\r") ++at;
    if (data.substr(at, 1) == "\n") ++at;
    if (at > data.size()) refuse_damaged(source, "a cross-reference stream ends early");
    check_inflation(data.substr(at, length->second), most_inflated, source);
}

/// The end of the revision whose newest section is at `offset`: after the first "startxref OFFSET
/// %%EOF" behind it. 0 when there is none (a linearised file's first part).
std::size_t revision_end(ByteView data, std::size_t offset) {
    for (std::size_t at = data.find("startxref", offset); at != ByteView::npos;
         at = data.find("startxref", at + 1)) {
        std::size_t here = at + 9;
        while (here < data.size() && is_white(data[here]))
            ++here;
        const auto value = read_integer(data, here);
        if (!value || *value != offset) continue;
        while (here < data.size() && is_white(data[here]))
            ++here;
        if (data.substr(here, 5) != "%%EOF") continue;
        here += 5;
        if (data.substr(here, 1) == "\r") ++here;
        if (data.substr(here, 1) == "\n") ++here;
        return here;
    }
    return 0;
}

}  // namespace

void refuse_damaged(const std::string& source, const std::string& problem) {
    throw Error(ErrorKind::malformed_input, "the PDF file is damaged: " + problem, in_file(source),
                "get the file again from its author", "damaged_pdf");
}

void check_inflation(ByteView deflated, std::size_t most, const std::string& source) {
    constexpr std::size_t worst_ratio = 1032;  // of the deflate format (RFC 1951)
    if (deflated.size() <= most / worst_ratio) return;
    struct Deleter {
        void operator()(libdeflate_decompressor* it) const { libdeflate_free_decompressor(it); }
    };
    const std::unique_ptr<libdeflate_decompressor, Deleter> decompressor(
        libdeflate_alloc_decompressor());
    const auto room = std::make_unique_for_overwrite<char[]>(most);
    std::size_t used = 0;
    const auto result = libdeflate_zlib_decompress_ex(
        decompressor.get(), deflated.data(), deflated.size(), room.get(), most, nullptr, &used);
    if (result == LIBDEFLATE_INSUFFICIENT_SPACE) {
        throw Error(ErrorKind::malformed_input, "the PDF file inflates beyond all measure",
                    in_file(source), "get the file again from its author", "too_large");
    }
    if (result != LIBDEFLATE_SUCCESS) refuse_damaged(source, "a compressed stream is broken");
}

Sections read_sections(ByteView data, const std::string& source, const Limits& limits) {
    if (data.size() > limits.octets) {
        throw Error(ErrorKind::malformed_input,
                    "the PDF file has " + std::to_string(data.size()) + " octets, more than the " +
                        std::to_string(limits.octets) + " that are read",
                    in_file(source), "reduce it", "too_large");
    }
    if (!data.starts_with("%PDF-")) {
        throw Error(ErrorKind::malformed_input, "not a PDF file", in_file(source),
                    "give a PDF file", "not_pdf");
    }
    const std::size_t keyword = data.rfind("startxref");
    std::size_t at = keyword == ByteView::npos ? data.size() : skip_white(data, keyword + 9);
    const auto newest = read_integer(data, at);
    if (!newest) refuse_damaged(source, "its end is missing");

    Sections out;
    std::set<std::size_t> seen;
    std::optional<std::size_t> next = newest;
    while (next) {
        if (!seen.insert(*next).second) {
            refuse_damaged(source, "its cross-references go in a circle");
        }
        if (seen.size() > static_cast<std::size_t>(limits.revisions)) {
            throw Error(
                ErrorKind::malformed_input,
                "the PDF file has more than " + std::to_string(limits.revisions) + " revisions",
                in_file(source), "save it afresh", "too_large");
        }
        const Section section = read_section(data, *next, source);
        check_section(data, section, source);
        if (seen.size() == 1) {
            out.newest_is_stream = section.is_stream;
            const auto size = section.head.integers.find("Size");
            if (size == section.head.integers.end())
                refuse_damaged(source, "its trailer has no Size");
            if (size->second > static_cast<std::size_t>(limits.objects)) {
                throw Error(
                    ErrorKind::malformed_input,
                    "the PDF file has more than " + std::to_string(limits.objects) + " objects",
                    in_file(source), "reduce it", "too_large");
            }
        }
        if (const std::size_t end = revision_end(data, *next)) {
            out.revisions.push_back({end, *next});
        }
        const auto previous = section.head.integers.find("Prev");
        next = previous == section.head.integers.end()
                   ? std::nullopt
                   : std::optional<std::size_t>(previous->second);
    }
    std::sort(out.revisions.begin(), out.revisions.end(),
              [](const Revision& a, const Revision& b) { return a.end < b.end; });
    if (out.revisions.empty() || out.revisions.back().xref != *newest) {
        refuse_damaged(source, "its end is missing");
    }
    for (const char c : data.substr(out.revisions.back().end)) {
        if (!is_white(c)) refuse_damaged(source, "something follows its end");
    }
    return out;
}

}  // namespace paraphe::pdf
