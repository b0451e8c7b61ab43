#include "pdf/content_reader.hpp"

#include <charconv>

namespace paraphe::pdf {

namespace {

constexpr int most_nested = 30;
constexpr std::size_t most_operands = 100'000;

bool is_white(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}
bool is_delimiter(char c) {
    return std::string_view("()<>[]{}/%").find(c) != std::string_view::npos;
}
bool is_regular(char c) {
    return !is_white(c) && !is_delimiter(c);
}
int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}
bool is_octal(char c) {
    return c >= '0' && c <= '7';
}

}  // namespace

const Operand* Operand::at(std::string_view key) const {
    if (kind != Kind::dictionary) return nullptr;
    for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
        if (items[i].is_name(key)) return &items[i + 1];
    }
    return nullptr;
}

bool ContentReader::stop() {
    broken_ = true;
    at_ = data_.size();
    return false;
}

void ContentReader::skip_white() {
    while (at_ < data_.size()) {
        if (data_[at_] == '%') {
            while (at_ < data_.size() && data_[at_] != '\n' && data_[at_] != '\r')
                ++at_;
        } else if (is_white(data_[at_])) {
            ++at_;
        } else {
            return;
        }
    }
}

std::string ContentReader::read_name() {
    std::string out;
    for (++at_; at_ < data_.size() && is_regular(data_[at_]); ++at_) {
        if (data_[at_] == '#' && at_ + 2 < data_.size() && hex_digit(data_[at_ + 1]) >= 0 &&
            hex_digit(data_[at_ + 2]) >= 0) {
            out += static_cast<char>(hex_digit(data_[at_ + 1]) * 16 + hex_digit(data_[at_ + 2]));
            at_ += 2;
        } else {
            out += data_[at_];
        }
    }
    return out;
}

/// §7.3.4.2
void ContentReader::read_string(std::string& out) {
    int depth = 1;
    for (++at_; at_ < data_.size(); ++at_) {
        char c = data_[at_];
        if (c == '(') ++depth;
        if (c == ')' && --depth == 0) {
            ++at_;
            return;
        }
        if (c != '\\') {
            if (c == '\r') {
                c = '\n';
                if (data_.substr(at_ + 1, 1) == "\n") ++at_;
            }
            out += c;
            continue;
        }
        if (++at_ >= data_.size()) break;
        c = data_[at_];
        if (is_octal(c)) {
            int value = 0;
            for (int i = 0; i < 3 && at_ < data_.size() && is_octal(data_[at_]); ++i)
                value = value * 8 + (data_[at_++] - '0');
            --at_;
            out += static_cast<char>(value);
        } else if (c == '\r' || c == '\n') {
            if (c == '\r' && data_.substr(at_ + 1, 1) == "\n") ++at_;
        } else {
            const auto known = std::string_view("nrtbf").find(c);
            out += known == std::string_view::npos ? c : "\n\r\t\b\f"[known];
        }
    }
    stop();
}

void ContentReader::read_hex(std::string& out) {
    int pending = -1;
    for (++at_; at_ < data_.size(); ++at_) {
        if (data_[at_] == '>') {
            ++at_;
            if (pending >= 0) out += static_cast<char>(pending * 16);
            return;
        }
        const int digit = hex_digit(data_[at_]);
        if (digit < 0) continue;
        if (pending < 0) {
            pending = digit;
        } else {
            out += static_cast<char>(pending * 16 + digit);
            pending = -1;
        }
    }
    stop();
}

/// False when what stands here is an operator.
bool ContentReader::read_operand(Operand& out, int depth) {
    const char c = data_[at_];
    if (c == '/') {
        out.kind = Operand::Kind::name;
        out.text = read_name();
        return true;
    }
    if (c == '(') {
        out.kind = Operand::Kind::string;
        read_string(out.text);
        return true;
    }
    const bool dictionary = data_.substr(at_, 2) == "<<";
    if (c == '<' && !dictionary) {
        out.kind = Operand::Kind::string;
        read_hex(out.text);
        return true;
    }
    if (c == '[' || dictionary) {
        out.kind = dictionary ? Operand::Kind::dictionary : Operand::Kind::array;
        const std::string_view end = dictionary ? ">>" : "]";
        at_ += dictionary ? 2 : 1;
        while (true) {
            skip_white();
            if (at_ >= data_.size() || depth > most_nested || out.items.size() > most_operands) {
                stop();
                return true;
            }
            if (data_.substr(at_, end.size()) == end) {
                at_ += end.size();
                return true;
            }
            Operand& item = out.items.emplace_back();
            if (read_operand(item, depth + 1)) continue;
            if (!is_regular(data_[at_])) {
                stop();
                return true;
            }
            while (at_ < data_.size() && is_regular(data_[at_]))  // true, false, null
                item.text += data_[at_++];
        }
    }
    if ((c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.') {
        std::size_t end = at_;
        while (end < data_.size() && is_regular(data_[end]))
            ++end;
        std::size_t begin = at_ + (c == '+' ? 1 : 0);
        out.kind = Operand::Kind::number;
        std::from_chars(data_.data() + begin, data_.data() + end, out.number);
        at_ = end;
        return true;
    }
    return false;
}

/// After "ID" and one white-space octet: to the next "EI" that stands alone.
void ContentReader::skip_inline_image() {
    for (++at_; at_ + 1 < data_.size(); ++at_) {
        if (data_[at_] == 'E' && data_[at_ + 1] == 'I' && is_white(data_[at_ - 1]) &&
            (at_ + 2 == data_.size() || is_white(data_[at_ + 2]))) {
            at_ += 2;
            return;
        }
    }
    stop();
}

bool ContentReader::next(std::string& name, std::vector<Operand>& operands) {
    operands.clear();
    while (true) {
        skip_white();
        if (at_ >= data_.size()) {
            broken_ = broken_ || !operands.empty();
            return false;
        }
        if (operands.size() > most_operands) return stop();
        Operand operand;
        if (read_operand(operand, 0)) {
            if (broken_) return false;
            operands.push_back(std::move(operand));
            continue;
        }
        if (data_[at_] == '{' || data_[at_] == '}') {  // of a CMap's PostScript: nothing to do
            ++at_;
            continue;
        }
        if (!is_regular(data_[at_])) return stop();
        name.clear();
        while (at_ < data_.size() && is_regular(data_[at_]))
            name += data_[at_++];
        if (name == "true" || name == "false" || name == "null") {
            operands.emplace_back().text = name;
            continue;
        }
        if (name == "BI") {
            operands.clear();
            continue;
        }
        if (name == "ID") {
            skip_inline_image();
            name = "EI";
        }
        return !broken_;
    }
}

}  // namespace paraphe::pdf
