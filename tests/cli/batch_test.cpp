#include <doctest/doctest.h>

#include <filesystem>

#include "base/file.hpp"
#include "command.hpp"

// A document for each line of a JSON Lines file.

namespace {

using namespace paraphe;
using namespace paraphe::test;

std::string letter(const Folder& folder) {
    return folder.write("lettre.fodt",
                        flat("<text:p>Dossier {{ reference }} : {{ nom | upper }}</text:p>"));
}

/// Ten records, each its own reference.
std::string ten_lines() {
    std::string out;
    for (int i = 0; i < 10; ++i)
        out += "{\"reference\": \"D-" + std::to_string(i) + "\", \"nom\": \"Exemple\"}\n";
    return out;
}

std::size_t files_in(const std::string& folder) {
    std::size_t count = 0;
    if (std::filesystem::exists(folder))
        for (const auto& each : std::filesystem::directory_iterator(folder)) {
            (void)each;
            ++count;
        }
    return count;
}

}  // namespace

TEST_CASE("each line becomes a document named by its fields, blank lines are passed over") {
    const Folder folder;
    const auto lines = folder.write("lignes.jsonl", "\n" + ten_lines() + "  \n");
    const auto ran =
        run({"render", letter(folder), "--data-lines", lines, "-o",
             folder / "out/{{ reference }}.fodt", "-o", folder / "out/{{ reference }}.pages"});
    CHECK(ran.status == 0);
    CHECK(ran.err == "10 documents written\n");
    CHECK(files_in(folder / "out") == 20);
    CHECK(read_file(folder / "out/D-7.fodt").find("Dossier D-7 : EXEMPLE") != std::string::npos);
}

TEST_CASE("the documents of a batch do not depend on the number of threads") {
    const Folder folder;
    const auto lines = folder.write("lignes.jsonl", ten_lines());
    for (const std::string jobs : {"1", "4"})
        CHECK(run({"render", letter(folder), "--data-lines", lines, "--jobs", jobs, "--now",
                   "2026-01-14", "-o", folder / ("out" + jobs + "/{{ reference }}.pdf")})
                  .status == 0);
    for (int i = 0; i < 10; ++i) {
        const std::string name = "/D-" + std::to_string(i) + ".pdf";
        CHECK(read_file(folder / "out1" + name) == read_file(folder / "out4" + name));
    }
}

TEST_CASE("a bad record is told with its line and skipped, when the others shall go on") {
    const Folder folder;
    const auto template_file = letter(folder);
    const auto lines =
        folder.write("lignes.jsonl",
                     "{\"reference\": \"A\", \"nom\": \"x\"}\n{\"reference\": \"B\"}\n{\"refer\n"
                     "{\"reference\": \"C\", \"nom\": \"x\"}\n");
    const auto ran = run({"render", template_file, "--data-lines", lines, "--keep-going", "--jobs",
                          "3", "-o", folder / "out/{{ reference }}.fodt"});
    CHECK(ran.status == 1);
    CHECK(ran.err == lines + ":2: " + template_file +
                         ":1:284: 1er alinéa, « {{ nom | upper }} » : « nom » n'est pas défini; "
                         "gardez-la par « default(…) » ou « if … is defined »\n" +
                         lines +
                         ":3:8: not JSON: object key - invalid string: missing closing quote; "
                         "expected string literal\n" +
                         "2 documents written, 2 records skipped\n");
    CHECK(files_in(folder / "out") == 2);
}

TEST_CASE("without keep-going a batch stops at its first bad record") {
    const Folder folder;
    const auto lines = folder.write("lignes.jsonl", ten_lines() + "[]\n" + ten_lines());
    const auto ran = run({"render", letter(folder), "--data-lines", lines, "--jobs", "1", "-o",
                          folder / "out/{{ reference }}.fodt"});
    CHECK(ran.status == 3);
    CHECK(ran.err.find("stopped after 10 documents\n") == 0);
    CHECK(ran.err.find(lines + ":11: ") != std::string::npos);
    CHECK(files_in(folder / "out") == 10);
}

TEST_CASE("two records never write one file: the later one is refused, whatever thread is faster") {
    const Folder folder;
    const auto lines = folder.write("lignes.jsonl", ten_lines() + ten_lines());
    const auto ran = run({"render", letter(folder), "--data-lines", lines, "--jobs", "4",
                          "--keep-going", "-o", folder / "{{ reference }}.fodt"});
    CHECK(ran.status == 1);
    for (int i = 0; i < 10; ++i)
        CHECK(ran.err.find(lines + ":" + std::to_string(11 + i) + ": " + (folder / "D-") +
                           std::to_string(i) + ".fodt was written for line " +
                           std::to_string(1 + i) +
                           "; name the files by a field that differs in every record\n") !=
              std::string::npos);
    const auto fixed =
        run({"render", letter(folder), "--data-lines", lines, "-o", folder / "always.fodt"});
    CHECK(fixed.status == 3);
    CHECK(fixed.err == "paraphe: every record would be written to " + (folder / "always.fodt") +
                           "; put a field into the name, such as {{ reference }}\n");
}

TEST_CASE("data name a file, never a folder") {
    const Folder folder;
    const auto lines = folder.write("lignes.jsonl",
                                    "{\"reference\": \"../../x\", \"nom\": \"x\"}\n"
                                    "{\"reference\": \"..\", \"nom\": \"x\"}\n"
                                    "{\"reference\": \"\", \"nom\": \"x\"}\n"
                                    "{\"reference\": \"a\\u0000b\", \"nom\": \"x\"}\n");
    const auto ran = run({"render", letter(folder), "--data-lines", lines, "--keep-going", "-o",
                          folder / "out/{{ reference }}.fodt"});
    CHECK(ran.status == 1);
    CHECK(ran.err.find("would change the folder or is not printable") != std::string::npos);
    CHECK(ran.err.find("would begin with a dot") != std::string::npos);
    CHECK(ran.err.find("gets an empty value") != std::string::npos);
    CHECK(ran.err.find("0 documents written, 4 records skipped") != std::string::npos);
    CHECK(files_in(folder / "out") == 0);
}

TEST_CASE("one of --data and --data-lines is needed, and threads belong to lines") {
    const Folder folder;
    const auto data = folder.write("d.json", "{}");
    CHECK(run({"render", letter(folder), "-o", folder / "x.fodt"}).status == 2);
    CHECK(run({"render", letter(folder), "--data", data, "--data-lines", data, "-o",
               folder / "x.fodt"})
              .status == 2);
    CHECK(run({"render", letter(folder), "--data", data, "--jobs", "2", "-o", folder / "x.fodt"})
              .status == 2);
    CHECK(run({"render", letter(folder), "--data-lines", folder / "none.jsonl", "-o",
               folder / "{{ a }}.fodt"})
              .status == 3);
}
