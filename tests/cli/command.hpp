#pragma once

#include <filesystem>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "base/file.hpp"
#include "base/random.hpp"
#include "cli/cli.hpp"

/// Commands as a person types them, in this process, and a folder for their files.
namespace paraphe::test {

struct Ran {
    int status = 0;
    std::string out, err;
};

inline Ran run(std::vector<std::string> words) {
    words.insert(words.begin(), "paraphe");
    std::vector<char*> arguments;
    for (auto& word : words)
        arguments.push_back(word.data());
    std::ostringstream out, err;
    auto* old_out = std::cout.rdbuf(out.rdbuf());
    auto* old_err = std::cerr.rdbuf(err.rdbuf());
    Ran result;
    result.status = cli::run(static_cast<int>(arguments.size()), arguments.data(),
                             cli::full_program());
    std::cout.rdbuf(old_out);
    std::cerr.rdbuf(old_err);
    result.out = out.str();
    result.err = err.str();
    return result;
}

class Folder {
public:
    Folder()
        : path_(std::filesystem::temp_directory_path() /
                ("paraphe-cli-" + to_hex(SystemRandom().bytes(6)))) {
        std::filesystem::create_directories(path_);
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    std::string operator/(const std::string& name) const { return (path_ / name).string(); }
    std::string write(const std::string& name, const std::string& bytes) const {
        write_file(path_ / name, bytes);
        return *this / name;
    }

private:
    std::filesystem::path path_;
};

/// A flat document around the content of its office:text.
inline std::string flat(const std::string& body) {
    return "<office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
           "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" office:version=\"1.3\" "
           "office:mimetype=\"application/"
           "vnd.oasis.opendocument.text\"><office:body><office:text>" +
           body + "</office:text></office:body></office:document>";
}

}  // namespace paraphe::test
