#include "server/compression.hpp"

#include <Poco/InflatingStream.h>
#include <doctest/doctest.h>

#include <sstream>

using namespace paraphe;
using namespace paraphe::server;

TEST_CASE("gzip is sent to who asks for it and to nobody else") {
    for (const char* field : {"gzip", "gzip, deflate, br, zstd", "deflate,gzip;q=0.5", "GZip",
                              "x-gzip", "*", "br;q=1.0, *;q=0.1", "gzip ; q=1", "br;q=0, gzip"})
        CHECK_MESSAGE(accepts_gzip(field), field);
    for (const char* field : {"", "identity", "br", "gzip;q=0", "gzip;q=0.000", "gzip; Q=0",
                              "*;q=1, gzip;q=0", "*;q=0", "gzipped", ",,;", "deflate;gzip"})
        CHECK_MESSAGE(!accepts_gzip(field), field);
}

TEST_CASE("what was packed comes back, and is packed to the same octets every time") {
    Bytes all;
    for (int i = 0; i < 100000; ++i)
        all += static_cast<char>(i % 331 * i >> 7);
    for (const Bytes& octets : {Bytes(), Bytes("a"), Bytes("\0<svg/>", 7), all}) {
        const Bytes packed = gzip(octets);
        CHECK(packed == gzip(octets));
        std::ostringstream out;
        Poco::InflatingOutputStream stream(out, Poco::InflatingStreamBuf::STREAM_GZIP);
        stream.write(packed.data(), static_cast<std::streamsize>(packed.size()));
        stream.close();
        CHECK(out.str() == octets);
    }
    CHECK(gzip(Bytes(100000, 'x')).size() < 1000);
}
