#include <doctest/doctest.h>

#include "base/error.hpp"
#include "xml/canonical.hpp"
#include "xml/writer.hpp"

using namespace paraphe;

TEST_CASE("what is escaped is read back as it was") {
    const std::string nasty = "a & b < c > d \" ' é \t\n\r ]]>";
    CHECK(xml::escape_text(nasty) == "a &amp; b &lt; c &gt; d \" ' é \t\n&#xD; ]]&gt;");
    const auto document = xml::parse(
        "<a b=\"" + xml::escape_attribute(nasty) + "\">" + xml::escape_text(nasty) + "</a>", {"x"});
    CHECK(*document.root().attribute("b") == nasty);
    CHECK(document.root().text() == nasty);
}

TEST_CASE("what XML cannot hold becomes a replacement character") {
    using namespace std::string_view_literals;
    CHECK(xml::escape_text("a\0b\x01"sv) == "a\uFFFDb\uFFFD");
    CHECK(xml::escape_text("\xED\xA0\x80x\xEF\xBF\xBF") == "\uFFFD\uFFFD\uFFFDx\uFFFD");
}

TEST_CASE("the writer writes elements, attributes and text") {
    xml::Writer writer;
    writer.start("a").attribute("xmlns", "urn:a").element("b", "<1>").start("c").end().end();
    CHECK(writer.take() ==
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          "<a xmlns=\"urn:a\"><b>&lt;1&gt;</b><c/></a>");
    xml::Writer open;
    open.start("a");
    CHECK_THROWS_WITH_AS(open.take(), "XML element 'a' is still open", Error);
}

TEST_CASE("an element is written with the namespaces that it needs") {
    const auto document =
        xml::parse("<a xmlns='urn:a' xmlns:b='urn:b'><b:c d='&quot;'>x</b:c></a>", {"x"});
    CHECK(xml::write(*document.root().elements()[0]) ==
          "<b:c xmlns=\"urn:a\" xmlns:b=\"urn:b\" d=\"&quot;\">x</b:c>");
    CHECK(xml::write(document.root()) ==
          "<a xmlns=\"urn:a\" xmlns:b=\"urn:b\"><b:c d=\"&quot;\">x</b:c></a>");
}
