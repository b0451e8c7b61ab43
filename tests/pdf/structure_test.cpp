#include <doctest/doctest.h>

#include <sstream>

#include "pdf/writer.hpp"
#include "test_pages.hpp"

using namespace paraphe;

namespace {

/// Content streams of the pages, an operator a line, strings in hexadecimal.
std::vector<std::vector<std::string>> contents(const std::string& qdf) {
    std::vector<std::vector<std::string>> out;
    std::istringstream lines(qdf);
    std::string line;
    bool announced = false, inside = false;
    while (std::getline(lines, line)) {
        if (line.starts_with("%% Contents for page")) announced = true;
        if (announced && line == "stream") {
            inside = true;
            announced = false;
            out.emplace_back();
        } else if (line.ends_with("endstream")) {
            inside = false;
        } else if (inside) {
            out.back().push_back(line);
        }
    }
    return out;
}

bool paints(const std::string& line) {
    for (const char* op : {"TJ", " f", " S", " B", " Do", " Do Q"}) {
        if (line.ends_with(op)) return true;
    }
    return line == "f" || line == "S" || line == "B";
}

/// Numbers of entries of the ParentTree's arrays, by page.
std::vector<int> parent_tree(const std::string& qdf) {
    std::vector<int> out;
    std::size_t at = qdf.find("/Nums [\n    0\n");
    REQUIRE(at != std::string::npos);
    std::istringstream lines(qdf.substr(at));
    std::string line;
    bool inside = false;
    std::getline(lines, line);
    while (std::getline(lines, line) && line != "  ]") {
        if (line == "    [") {
            inside = true;
            out.push_back(0);
        } else if (line == "    ]") {
            inside = false;
        } else if (inside && line.ends_with(" 0 R")) {
            ++out.back();
        }
    }
    return out;
}

}  // namespace

TEST_CASE("nothing is painted outside a mark, marks are balanced, each has its parent") {
    pdf::FontCache fonts;
    const auto path = test::scratch("marks.pdf", pdf::write(test::contract(), fonts));
    const std::string qdf =
        test::shell("qpdf --qdf --object-streams=disable " + path + " -").output;
    const auto pages = contents(qdf);
    const auto parents = parent_tree(qdf);
    REQUIRE(pages.size() == 2);
    REQUIRE(parents.size() == 2);
    for (std::size_t page = 0; page < pages.size(); ++page) {
        int depth = 0, next = 0, painted = 0;
        for (const auto& line : pages[page]) {
            CAPTURE(line);
            if (line.ends_with("BDC")) {
                ++depth;
                const std::size_t id = line.find("/MCID ");
                if (id != std::string::npos) {
                    CHECK(std::stoi(line.substr(id + 6)) == next++);
                    CHECK(depth == 1);
                }
            } else if (line.ends_with("EMC")) {
                --depth;
                CHECK(depth >= 0);
            } else if (paints(line)) {
                ++painted;
                CHECK(depth >= 1);
            }
        }
        CHECK(depth == 0);
        CHECK(painted > 5);
        CHECK(next == parents[page]);
        CHECK(next >= 2);
    }
}

TEST_CASE("page furniture is an artifact and not read aloud") {
    pdf::FontCache fonts;
    const auto path = test::scratch("furniture.pdf", pdf::write(test::contract(), fonts));
    const std::string tree = test::shell("pdfinfo -struct-text " + path).output;
    CHECK(tree.find("Page 1 sur 2") == std::string::npos);
    CHECK(tree.find("Département de la Fictive") == std::string::npos);
    CHECK(test::shell("pdftotext " + path + " -").output.find("Page 1 sur 2") != std::string::npos);
}
