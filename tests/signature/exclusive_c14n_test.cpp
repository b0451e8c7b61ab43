#include "signature/exclusive_c14n.hpp"

#include <doctest/doctest.h>

#include "base/file.hpp"
#include "fixtures.hpp"

using namespace paraphe;
using namespace paraphe::fixtures;

TEST_CASE("exclusive canonical XML declares a namespace where it is first used") {
    const xml::Document document = xml::parse(
        "<a xmlns='urn:a' xmlns:b='urn:b' xmlns:c='urn:c'><b:x c:k='1' id=\"i\" a='2'>"
        "<y/><b:z xmlns:b='urn:b2'/><w xmlns=''/></b:x></a>",
        {"essai"});
    CHECK(signature::exclusive_canonical(*xml::find_by_attribute(document.root(), "id", "i")) ==
          "<b:x xmlns:b=\"urn:b\" xmlns:c=\"urn:c\" a=\"2\" id=\"i\" c:k=\"1\">"
          "<y xmlns=\"urn:a\"></y><b:z xmlns:b=\"urn:b2\"></b:z><w></w></b:x>");
}

TEST_CASE("xmllint gives the same exclusive form" * doctest::skip(run("command -v xmllint") != 0)) {
    const Bytes text =
        "<a xmlns=\"urn:a\" xmlns:b=\"urn:b\" z=\"&lt;&gt;&quot;&#9;&#10;&#13;\">t&lt;&gt;&amp;\"'"
        "&#13;<b:c b:y=\"1\" x=\"2\" xml:lang=\"fr\"><d xmlns=\"\"><e xmlns=\"urn:e\"/></d></b:c>"
        "<?pi some data?><!-- comment --></a>";
    write_file(scratch("c14n.xml"), text);
    REQUIRE(std::system(("xmllint --exc-c14n " + scratch("c14n.xml") + " | grep -v '^$' > " +
                         scratch("c14n.out"))
                            .c_str()) == 0);
    const xml::Document document = xml::parse(text, {"essai"}, {}, xml::Keep::everything);
    Bytes expected = read_file(scratch("c14n.out"));
    // xmllint keeps comments; it writes a line feed at the end.
    const auto comment = expected.find("<!-- comment -->");
    REQUIRE(comment != Bytes::npos);
    expected.erase(comment, 16);
    while (expected.ends_with("\n"))
        expected.pop_back();
    CHECK(signature::exclusive_canonical(document.root()) == expected);
}
