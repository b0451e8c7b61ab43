#include <doctest/doctest.h>

#include "xml/canonical.hpp"

using namespace paraphe;

namespace {

xml::Document parse(std::string_view text) {
    return xml::parse(text, {"x"}, {}, xml::Keep::everything);
}

}  // namespace

// The examples of the Recommendation, §3, without their DTDs.
TEST_CASE("processing instructions, comments and outside of the document element (§3.1)") {
    const auto document = parse(
        "<?xml version=\"1.0\"?>\n\n<?xml-stylesheet   href=\"doc.xsl\"\n   type=\"text/xsl\"   ?>"
        "\n\n<doc>Hello, world!<!-- Comment 1 --></doc>\n\n<?pi-without-data     ?>\n\n"
        "<!-- Comment 2 -->\n\n<!-- Comment 3 -->\n");
    CHECK(xml::canonical(document) ==
          "<?xml-stylesheet href=\"doc.xsl\"\n   type=\"text/xsl\"   ?>\n"
          "<doc>Hello, world!</doc>\n<?pi-without-data?>");
    CHECK(xml::canonical(document, xml::Comments::keep) ==
          "<?xml-stylesheet href=\"doc.xsl\"\n   type=\"text/xsl\"   ?>\n"
          "<doc>Hello, world!<!-- Comment 1 --></doc>\n<?pi-without-data?>\n"
          "<!-- Comment 2 -->\n<!-- Comment 3 -->");
}

TEST_CASE("start and end tags (§3.3)") {
    const auto document = parse(
        "<doc>\n   <e1   />\n   <e2   ></e2>\n   <e3   name = \"elem3\"   id=\"elem3\"   />\n"
        "   <e5 a:attr=\"out\" b:attr=\"sorted\" attr2=\"all\" attr=\"I'm\"\n"
        "      xmlns:b=\"http://www.ietf.org\"\n      xmlns:a=\"http://www.w3.org\"\n"
        "      xmlns=\"http://example.org\"/>\n"
        "   <e6 xmlns=\"\" xmlns:a=\"http://www.w3.org\">\n"
        "      <e7 xmlns=\"http://www.ietf.org\">\n"
        "         <e8 xmlns=\"\" xmlns:a=\"http://www.w3.org\">\n"
        "            <e9 xmlns=\"\" xmlns:a=\"http://www.ietf.org\"/>\n"
        "         </e8>\n      </e7>\n   </e6>\n</doc>");
    CHECK(xml::canonical(document) ==
          "<doc>\n   <e1></e1>\n   <e2></e2>\n   <e3 id=\"elem3\" name=\"elem3\"></e3>\n"
          "   <e5 xmlns=\"http://example.org\" xmlns:a=\"http://www.w3.org\" "
          "xmlns:b=\"http://www.ietf.org\" attr=\"I'm\" attr2=\"all\" b:attr=\"sorted\" "
          "a:attr=\"out\"></e5>\n"
          "   <e6 xmlns:a=\"http://www.w3.org\">\n"
          "      <e7 xmlns=\"http://www.ietf.org\">\n"
          "         <e8 xmlns=\"\">\n"
          "            <e9 xmlns:a=\"http://www.ietf.org\"></e9>\n"
          "         </e8>\n      </e7>\n   </e6>\n</doc>");
}

TEST_CASE("character modifications and character references (§3.4)") {
    const auto document = parse(
        "<doc>\r\n   <text>First line&#x0d;&#10;Second line</text>\n"
        "   <value>&#x32;</value>\n"
        "   <compute><![CDATA[value>\"0\" && value<\"10\" ?\"valid\":\"error\"]]></compute>\n"
        "   <compute expr='value>\"0\" &amp;&amp; value&lt;\"10\" ?\"valid\":\"error\"'>valid"
        "</compute>\n   <norm attr=' &apos;   &#x20;&#13;&#xa;&#9;   &apos; '/>\n</doc>");
    CHECK(xml::canonical(document) ==
          "<doc>\n   <text>First line&#xD;\nSecond line</text>\n   <value>2</value>\n"
          "   <compute>value&gt;\"0\" &amp;&amp; value&lt;\"10\" ?\"valid\":\"error\"</compute>\n"
          "   <compute expr=\"value>&quot;0&quot; &amp;&amp; value&lt;&quot;10&quot; "
          "?&quot;valid&quot;:&quot;error&quot;\">valid</compute>\n"
          "   <norm attr=\" '    &#xD;&#xA;&#x9;   ' \"></norm>\n</doc>");
}

TEST_CASE("UTF-8 stays as it is (§3.6)") {
    CHECK(xml::canonical(parse("<doc>&#169;</doc>")) == "<doc>©</doc>");
}

TEST_CASE("a subset carries the namespaces and xml: attributes of its ancestors (§2.4)") {
    const auto document = parse(
        "<a xmlns='urn:a' xmlns:b='urn:b' xmlns:u='urn:unused' xml:lang='fr' xml:space='preserve'>"
        "<b:c xml:lang='de'><d Id='x' xmlns:u='urn:u'><e xmlns='urn:a'/></d></b:c></a>");
    const xml::Element* d = xml::find_by_attribute(document.root(), "Id", "x");
    REQUIRE(d != nullptr);
    CHECK(xml::canonical(*d) ==
          "<d xmlns=\"urn:a\" xmlns:b=\"urn:b\" xmlns:u=\"urn:u\" Id=\"x\" xml:lang=\"de\" "
          "xml:space=\"preserve\"><e></e></d>");
}

TEST_CASE("an enveloped signature leaves itself out") {
    const auto document = parse("<a><b/><s><t/></s>x</a>");
    CHECK(xml::canonical_without(document.root(), document.root().elements()[1]) ==
          "<a><b></b>x</a>");
}
