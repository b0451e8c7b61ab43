#include "cli/check_report.hpp"

#include <algorithm>
#include <ostream>
#include <set>
#include <vector>

#include "base/utf8.hpp"
#include "template/explanations.hpp"

namespace paraphe::cli {

namespace {

constexpr std::string_view open_quote = "« ", close_quote = " »";

bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (static_cast<unsigned char>(c) & 0x80) != 0;
}

/// Where `word` stands in `text` and is no part of a longer word.
std::size_t find_word(const std::string& text, const std::string& word) {
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        const bool starts = at == 0 || !is_word(text[at - 1]) || !is_word(word.front());
        const bool ends = end == text.size() || !is_word(text[end]) || !is_word(word.back());
        if (starts && ends) return at;
    }
    return std::string::npos;
}

std::string plural(std::size_t count, const std::string& noun) {
    return std::to_string(count) + " " + noun + (count > 1 ? "s" : "");
}

/// The text in lines of at most `width` characters, each after `indent`.
std::string wrapped(const std::string& text, const std::string& indent, std::size_t width) {
    std::string out, line;
    const auto flush = [&] {
        if (!line.empty()) out += indent + line + "\n";
        line.clear();
    };
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t space = std::min(text.find(' ', at), text.size());
        const std::string word = text.substr(at, space - at);
        if (!line.empty() && utf8::length(line) + 1 + utf8::length(word) > width) flush();
        line += (line.empty() ? "" : " ") + word;
        at = space + 1;
    }
    flush();
    return out;
}

class Printer {
public:
    Printer(Colour colour, std::ostream& out) : colour_(colour), out_(out) {}

    void finding(const Diagnostic& d) {
        const bool error = d.severity == Severity::error;
        std::string head = painted(error ? "1;31" : "1;33", error ? "erreur" : "avertissement");
        if (!d.code.empty()) head += " " + painted("1", d.code);
        for (const std::string& part : {d.context, place(d.where)})
            if (!part.empty()) head += " · " + part;
        out_ << "\n  " << head << "\n";
        if (!d.quote.empty()) quotation(d);
        out_ << wrapped(d.message, "    ", 92);
        if (!d.remedy.empty()) {
            std::string remedy = wrapped(d.remedy, "      ", 90);
            remedy.replace(4, 2, "→ ");
            out_ << remedy;
        }
    }

    std::string painted(const std::string& how, const std::string& text) const {
        return colour_ == Colour::ansi ? "\x1b[" + how + "m" + text + "\x1b[0m" : text;
    }

private:
    static std::string place(const Location& where) {
        std::string out;
        if (where.line > 0) out = "ligne " + std::to_string(where.line);
        if (where.line > 0 && where.column > 0) out += ", colonne " + std::to_string(where.column);
        if (!where.part.empty()) out += (out.empty() ? "" : " de ") + where.part;
        return out;
    }

    void quotation(const Diagnostic& d) {
        const Span fault = fault_in(d.quote, d.message);
        const std::size_t before = utf8::length(std::string_view(d.quote).substr(0, fault.begin));
        const std::size_t marked =
            utf8::length(std::string_view(d.quote).substr(fault.begin, fault.end - fault.begin));
        out_ << "    " << painted("2", "│") << " " << d.quote << "\n    " << painted("2", "│")
             << " " << std::string(before, ' ')
             << painted(d.severity == Severity::error ? "1;31" : "1;33",
                        std::string(std::max<std::size_t>(marked, 1), '^'))
             << "\n";
    }

    Colour colour_;
    std::ostream& out_;
};

}  // namespace

Span fault_in(const std::string& quote, const std::string& message) {
    for (std::size_t at = message.find(open_quote); at != std::string::npos;
         at = message.find(open_quote, at + 1)) {
        const std::size_t begin = at + open_quote.size();
        const std::size_t end = message.find(close_quote, begin);
        if (end == std::string::npos) break;
        if (end == begin) continue;
        const std::string word = message.substr(begin, end - begin);
        const std::size_t found = find_word(quote, word);
        if (found != std::string::npos) return {found, found + word.size()};
    }
    return {0, quote.size()};
}

std::string counted(const Diagnostics& diagnostics) {
    const auto errors = static_cast<std::size_t>(
        std::count_if(diagnostics.begin(), diagnostics.end(),
                      [](const Diagnostic& d) { return d.severity == Severity::error; }));
    const std::size_t warnings = diagnostics.size() - errors;
    std::string out;
    if (errors > 0) out = plural(errors, "erreur");
    if (warnings > 0) out += (out.empty() ? "" : ", ") + plural(warnings, "avertissement");
    return out.empty() ? "aucune remarque" : out;
}

void print_for_people(const Diagnostics& diagnostics, Colour colour, std::ostream& out) {
    Printer printer(colour, out);
    std::string file;
    std::set<std::string> files;
    bool first = true;
    for (const Diagnostic& d : diagnostics) {
        if (first || d.where.source != file) {
            file = d.where.source;
            files.insert(file);
            out << (first ? "" : "\n") << printer.painted("1;4", file.empty() ? "—" : file) << "\n";
            first = false;
        }
        printer.finding(d);
    }
    out << (first ? "" : "\n") << counted(diagnostics);
    if (files.size() > 1) out << " dans " << files.size() << " fichiers";
    out << "\n";
    const auto explained =
        std::find_if(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& d) { return tmpl::explanation_of(d.code) != nullptr; });
    if (explained != diagnostics.end())
        out << printer.painted(
                   "2", "Pour comprendre un code : paraphe check --explain " + explained->code)
            << "\n";
}

}  // namespace paraphe::cli
