#include <doctest/doctest.h>
#include <sys/wait.h>

#include <cstdio>
#include <filesystem>

#include "base/file.hpp"
#include "command.hpp"

// The two programs as a shell starts them: what paraphe has not, paraphe-full does.

namespace {

using namespace paraphe;
using namespace paraphe::test;
namespace fs = std::filesystem;

const std::string program = PARAPHE_BINARY_DIR "/paraphe";

/// The line is the test's own; `out` holds both outputs.
Ran shell(const std::string& line) {
    Ran ran;
    std::FILE* pipe = ::popen((line + " 2>&1").c_str(), "r");
    REQUIRE(pipe != nullptr);
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe))
        ran.out += static_cast<char>(c);
    const int status = ::pclose(pipe);
    ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return ran;
}

}  // namespace

TEST_CASE("pictures and PDF files are handed to the program that has what they need") {
    const Folder folder;
    const std::string letter = folder.write("lettre.fodt", flat("<text:p>{{ nom }}</text:p>"));
    const std::string render = program + " render " + letter + " --data - --home " +
                               PARAPHE_SOURCE_DIR " --now 2026-11-25T08:00:00Z -o ";
    const std::string data = "echo '{\"nom\": \"Hélène\"}' | ";
    const Ran pdf = shell(data + render + (folder / "lettre.pdf"));
    REQUIRE_MESSAGE(pdf.status == 0, pdf.out);
    // What stands on standard input is left to the program that reads it.
    const Ran png = shell(data + render + (folder / "lettre.png"));
    REQUIRE_MESSAGE(png.status == 0, png.out);
    CHECK(read_file(folder / "lettre.png").substr(1, 3) == "PNG");
    // An ending that the data decide may be that of a picture.
    const std::string lines = folder.write("lignes.jsonl", "{\"nom\": \"a.png\"}\n");
    const Ran batch = shell(program + " render " + letter + " --data-lines " + lines +
                            " --home " PARAPHE_SOURCE_DIR " -o '" + (folder / "{{ nom }}'"));
    REQUIRE_MESSAGE(batch.status == 0, batch.out);
    CHECK(fs::exists(folder / "a.png"));
    const Ran checked = shell(program + " check " + (folder / "lettre.pdf"));
    CHECK_MESSAGE(checked.status <= 1, checked.out);
    CHECK(shell(program + " verify " + (folder / "lettre.pdf")).status == 1);
    CHECK(shell(program + " --version").out == "paraphe 0.1.0\n");
    CHECK(shell(program + " --help").out.find("serve") != std::string::npos);
    CHECK(shell(program).status == 2);
}

TEST_CASE("a program that stands alone makes documents, and says what is missing for the rest") {
    const Folder folder;
    const std::string alone = folder / "paraphe";
    fs::copy_file(program, alone);
    CHECK(shell(alone + " functions").status == 0);
    const std::string letter = folder.write("lettre.fodt", flat("<text:p>{{ nom }}</text:p>"));
    const std::string drawing = folder / "lettre.svg", listing = folder / "lettre.json";
    const Ran made =
        shell("echo '{\"nom\": \"Hélène\"}' | " + alone + " render " + letter +
              " --data - --home " PARAPHE_SOURCE_DIR " -o " + drawing + " -o " + listing);
    REQUIRE_MESSAGE(made.status == 0, made.out);
    CHECK(read_file(drawing).find("<svg") != std::string::npos);
    CHECK(read_file(listing).find("Hélène") != std::string::npos);
    const Ran ran = shell(alone + " serve");
    CHECK(ran.status == 5);
    CHECK(ran.out == "paraphe: " + (folder / "paraphe-full") +
                         ": No such file or directory; install paraphe and paraphe-full in one "
                         "folder\n");
}
