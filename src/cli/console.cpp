#include <termios.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "base/error.hpp"
#include "base/file.hpp"
#include "cli/commands.hpp"
#include "json/json.hpp"

namespace paraphe::cli {

namespace fs = std::filesystem;

std::string home_folder(const std::string& given) {
    if (!given.empty()) return given;
    if (const char* variable = std::getenv("PARAPHE_HOME");
        variable != nullptr && *variable != '\0')
        return variable;
    std::error_code ignored;
    for (fs::path start :
         {fs::read_symlink("/proc/self/exe", ignored).parent_path(), fs::current_path(ignored)})
        for (; !start.empty(); start = start.parent_path()) {
            if (fs::exists(start / "fonts" / "fonts.map", ignored)) return start.string();
            if (start == start.root_path()) break;
        }
    throw Error(ErrorKind::not_found,
                "the folder with fonts/, templates/ and workflows/ is not found", {},
                "name it with --home or PARAPHE_HOME");
}

const Heavy& heavy(const Console& console) {
    if (console.heavy == nullptr) throw NeedsFullProgram();
    return *console.heavy;
}

void print(const Diagnostics& diagnostics, bool json, std::ostream& out) {
    for (const auto& d : diagnostics) {
        if (!json) {
            out << to_string(d) << '\n';
            continue;
        }
        out << json::write(
                   json::Object{{"severity", d.severity == Severity::error ? "error" : "warning"},
                                {"code", d.code},
                                {"message", d.message},
                                {"file", d.where.source},
                                {"part", d.where.part},
                                {"line", d.where.line},
                                {"column", d.where.column},
                                {"context", d.context},
                                {"quote", d.quote},
                                {"remedy", d.remedy}})
            << '\n';
    }
}

std::string read_secret(const std::string& file, const char* variable, const std::string& prompt) {
    if (file == "-") {
        std::string line;
        std::getline(std::cin, line);
        return line;
    }
    if (!file.empty()) {
        std::string text = read_file(file, 4096);
        return text.substr(0, text.find_first_of("\r\n"));
    }
    if (const char* value = std::getenv(variable)) return value;
    if (!isatty(STDIN_FILENO))
        throw Error(ErrorKind::malformed_input, "no password was given", {},
                    "name a file with --password-file or set " + std::string(variable));
    std::cerr << prompt << ": " << std::flush;
    termios before{};
    tcgetattr(STDIN_FILENO, &before);
    termios silent = before;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    std::string line;
    std::getline(std::cin, line);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
    std::cerr << '\n';
    return line;
}

crypto::KeySigner read_key(const std::string& file, const std::string& password_file) {
    return crypto::read_pkcs12(
        read_file(file, 1u << 20),
        read_secret(password_file, "PARAPHE_KEY_PASSWORD", "password of " + file), file);
}

std::string the_field(const std::vector<std::string>& empty, const std::string& file) {
    if (empty.size() == 1) return empty.front();
    std::string names;
    for (const auto& name : empty)
        names += (names.empty() ? "" : ", ") + name;
    throw Error(ErrorKind::malformed_input,
                empty.empty() ? "the file has no empty signature field"
                              : "the file has several empty signature fields: " + names,
                {file, 0, 0, {}}, empty.empty() ? "" : "choose one with --field");
}

Instant instant_or(const std::string& text, Instant otherwise) {
    if (text.empty()) return otherwise;
    const auto instant = parse_instant(text);
    if (!instant)
        throw Error(ErrorKind::malformed_input, "not an instant: " + text, {},
                    "write 2026-11-25T08:00:00Z or 2026-11-25");
    return *instant;
}

}  // namespace paraphe::cli
