#pragma once

#include <string>
#include <vector>

#include "base/bytes.hpp"

/// Operators and operands of a content stream (ISO 32000-1 §7.8.2) or of a CMap, which has the same
/// tokens.
namespace paraphe::pdf {

struct Operand {
    enum class Kind { number, name, string, array, dictionary, other };
    Kind kind = Kind::other;
    double number = 0;
    std::string text;            ///< of a name (without slash) or string, decoded
    std::vector<Operand> items;  ///< of an array; of a dictionary: key, value, key, value

    bool is_name(std::string_view wanted) const { return kind == Kind::name && text == wanted; }
    /// The value at a key of a dictionary; nullptr when absent.
    const Operand* at(std::string_view key) const;
};

class ContentReader {
public:
    explicit ContentReader(ByteView data) : data_(data) {}

    /// The next operator with its operands; false at the end or where reading must stop. An inline
    /// image comes as the operator "EI" with the entries of its dictionary as operands.
    bool next(std::string& name, std::vector<Operand>& operands);
    /// Whether the stream ended too early or is no sequence of tokens.
    bool is_broken() const { return broken_; }

private:
    bool read_operand(Operand&, int depth);
    void read_string(std::string&);
    void read_hex(std::string&);
    std::string read_name();
    void skip_inline_image();
    void skip_white();
    bool stop();

    ByteView data_;
    std::size_t at_ = 0;
    bool broken_ = false;
};

}  // namespace paraphe::pdf
