#include "odf/picture.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace paraphe;
using namespace paraphe::odf;

namespace {

std::string png(const std::string& width, const std::string& height, const std::string& more = {}) {
    return std::string("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16) + width + height +
           std::string("\x08\x02\0\0\0\0\0\0\0", 9) + more;
}

/// Type, width and height in tenths of a millimetre.
std::string natural(const std::string& bytes) {
    const auto facts = picture_facts(bytes);
    if (!facts) return "none";
    const auto millimetres = [](Length length) {
        return std::to_string(std::llround(length.millimetres() * 10));
    };
    return facts->media_type + " " + millimetres(facts->natural.width) + " " +
           millimetres(facts->natural.height);
}

}  // namespace

TEST_CASE("a picture is as large as its resolution says, else at 96 pixels an inch") {
    const std::string w("\0\0\0\x60", 4), h("\0\0\0\x30", 4);
    CHECK(natural(png(w, h)) == "image/png 254 127");
    // 11,811 pixels a metre are 300 an inch.
    CHECK(
        natural(png(w, h, std::string("\0\0\0\x09pHYs\0\0\x2E\x23\0\0\x2E\x23\x01\0\0\0\0", 21))) ==
        "image/png 81 41");
    CHECK(natural(std::string("\xFF\xD8\xFF\xE0\0\x10JFIF\0\1\1\1\0\x48\0\x48\0\0"
                              "\xFF\xC0\0\x11\x08\0\x48\0\x90\3\1\x22\0\2\x11\1\3\x11\1",
                              39)) == "image/jpeg 508 254");
    CHECK(natural("<svg xmlns='http://www.w3.org/2000/svg' width='4cm' viewBox='0 0 40 20'/>") ==
          "image/svg+xml 400 200");
}

TEST_CASE("what has no size, or is cut short, is no picture") {
    CHECK(natural(png(std::string(4, '\0'), std::string("\0\0\0\1", 4))) == "none");
    CHECK(natural("\x89PNG\r\n\x1A\n") == "none");
    CHECK(natural("\xFF\xD8\xFF\xE0") == "none");
    CHECK(natural("GIF89a") == "none");
    CHECK(natural("<svg xmlns='http://www.w3.org/2000/svg'/>") == "none");
}

TEST_CASE("the largest size that a header can name is only a number") {
    CHECK(picture_facts(png("\x7F\xFF\xFF\xFF", "\x7F\xFF\xFF\xFF"))->width == 0x7FFFFFFF);
}
