#include <doctest/doctest.h>

#include "base/error.hpp"
#include "base/random.hpp"
#include "xml/canonical.hpp"
#include "xml/xml.hpp"

using namespace paraphe;

namespace {

std::string refusal(ByteView bytes, const xml::Caps& caps = {}) {
    try {
        xml::parse(bytes, {"lettre.odt", "content.xml"}, caps);
    } catch (const Error& error) {
        return error.what();
    }
    return "accepted";
}

}  // namespace

TEST_CASE("a document is read with its names, namespaces, texts and lines") {
    const auto document = xml::parse(
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        "<a xmlns='urn:a' xmlns:b='urn:b'>\n"
        "  é<b:c\n     x='1 &lt; 2'\n     b:x='&amp;&#233;&#x26;'>un<!-- rien -->deux</b:c>"
        "<![CDATA[<d/>]]></a>",
        {"x.xml"});
    const xml::Element& a = document.root();
    CHECK(a.is("urn:a", "a"));
    CHECK(a.line == 2);
    const xml::Element* c = a.child("urn:b", "c");
    REQUIRE(c != nullptr);
    CHECK(c->line == 3);
    CHECK(c->column == 4);
    CHECK(c->name.prefix == "b");
    CHECK(*c->attribute("x") == "1 < 2");
    CHECK(*c->attribute("urn:b", "x") == "&é&");
    CHECK(c->attribute("y") == nullptr);
    CHECK(c->text() == "undeux");
    CHECK(c->children.size() == 1);
    CHECK(a.text() == "\n  éundeux<d/>");
    CHECK(std::get<xml::Text>(a.children.back()).line == 5);
    CHECK(c->namespace_of("") == "urn:a");
    CHECK(!c->namespace_of("z"));
    CHECK(to_string(document.location(*c)) == "x.xml:3:4");
    CHECK(xml::find_by_attribute(a, "x", "1 < 2") == c);
}

TEST_CASE("comments and processing instructions are kept when asked for") {
    const auto document = xml::parse("<?p q?><!--x--><a><!--y--><?r?></a><!--z-->", {"x.xml"}, {},
                                     xml::Keep::everything);
    CHECK(document.before().size() == 2);
    CHECK(document.root().children.size() == 2);
    CHECK(document.after().size() == 1);
    CHECK(xml::parse("<a><!--y--><?r?></a>", {"x.xml"}).root().children.empty());
}

TEST_CASE("a document type declaration is refused, whatever it holds") {
    const std::string expected =
        "a document type declaration (DTD) is not accepted; remove <!DOCTYPE …> and write each "
        "entity as the character that it stands for";
    CHECK(refusal("<!DOCTYPE a><a/>") == "lettre.odt:content.xml:1:1: " + expected);
    CHECK(refusal("<?xml version=\"1.0\"?>\n<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>") ==
          "lettre.odt:content.xml:2:1: " + expected);
    CHECK(refusal("<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;&lol;\">]>"
                  "<lolz>&lol2;</lolz>") == "lettre.odt:content.xml:1:1: " + expected);
    CHECK(refusal("<!DOCTYPE a [<!ENTITY % x SYSTEM \"http://192.0.2.1/\"> %x;]><a/>") ==
          "lettre.odt:content.xml:1:1: " + expected);
}

TEST_CASE("an entity that XML does not define is refused with a remedy") {
    const std::string expected =
        "unknown entity 'eacute'; write the character itself; only lt, gt, amp, quot and apos "
        "exist";
    CHECK(refusal("<a>\n&eacute;</a>") == "lettre.odt:content.xml:2:9: " + expected);
    CHECK(refusal("<a x='&eacute;'/>") == "lettre.odt:content.xml:1:15: " + expected);
}

TEST_CASE("malformed XML is refused with line and column") {
    CHECK(refusal("<a>\n<b></c></a>") ==
          "lettre.odt:content.xml:2:8: opening and ending tag mismatch: b line 2 and c");
    CHECK(refusal("") == "lettre.odt:content.xml:1:1: the document is empty");
    CHECK(refusal("PK\3\4") == "lettre.odt:content.xml:1:1: not an XML document");
    CHECK(refusal("<a").starts_with("lettre.odt:content.xml:1:3: "));
    CHECK(refusal("<a></a><b/>").starts_with("lettre.odt:content.xml:1:8: "));
    CHECK(refusal("<x:a/>") ==
          "lettre.odt:content.xml:1:5: namespace prefix x on a is not defined");
    CHECK(refusal("<a x='1' x='2'/>") != "accepted");
    CHECK(refusal("<a>&#0;</a>") != "accepted");
    CHECK(refusal("<a>&#xD800;</a>") != "accepted");
    CHECK(refusal("<a>\x01</a>") != "accepted");
}

TEST_CASE("only UTF-8 is read") {
    using namespace std::string_view_literals;
    CHECK(refusal("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9</a>") ==
          "lettre.odt:content.xml:1:47: malformed UTF-8; save the file as UTF-8");
    CHECK(refusal("<?xml version='1.0' encoding='ISO-8859-1'?><a/>") ==
          "lettre.odt:content.xml:1:1: the encoding is ISO-8859-1, only UTF-8 is read; save the "
          "file as UTF-8");
    CHECK(refusal("\xFF\xFE<\0a\0"sv) ==
          "lettre.odt:content.xml:1:1: the encoding is UTF-16, only UTF-8 is read; save the file "
          "as UTF-8");
    CHECK(refusal("<a>\n\xED\xA0\x80</a>") ==
          "lettre.odt:content.xml:2:1: malformed UTF-8; save the file as UTF-8");
    CHECK(refusal("<a>b\0c</a>"sv) == "lettre.odt:content.xml:1:5: NUL is not a character of XML");
    CHECK(refusal("\xEF\xBB\xBF<?xml version='1.0'?><a/>") == "accepted");
}

TEST_CASE("a document that outgrows its caps is refused") {
    CHECK(refusal("<a/>", {.bytes = 3}) ==
          "lettre.odt:content.xml: the document has 4 octets, at most 3 are accepted");
    std::string deep;
    for (int i = 0; i < 257; ++i)
        deep += "<a>";
    CHECK(refusal(deep) == "lettre.odt:content.xml:1:769: elements nested more than 256 deep");
    for (int i = 0; i < 1'000'000; ++i)
        deep += "<a>";
    CHECK(refusal(deep) == "lettre.odt:content.xml:1:769: elements nested more than 256 deep");
    CHECK(refusal("<a>x<b/>y</a>", {.nodes = 3}) ==
          "lettre.odt:content.xml:1:14: more than 3 nodes");
    std::string wide = "<a";
    for (int i = 0; i < 1'000'000; ++i)
        wide += " a" + std::to_string(i) + "=''";
    CHECK(refusal(wide + "/>") ==
          "lettre.odt:content.xml:1:1: more than 256 attributes on one element");
    std::string scopes;
    for (int i = 0; i < 200; ++i)
        scopes += "<a xmlns:n" + std::to_string(2 * i) + "='x' xmlns:n" +
                  std::to_string(2 * i + 1) + "='y'>";
    CHECK(refusal(scopes).ends_with("more than 256 namespaces in scope"));
}

TEST_CASE("long text with many equals signs is no tag with many attributes") {
    std::string text;
    for (int i = 0; i < 10'000; ++i)
        text += "x=\"1\" ";
    CHECK(refusal("<a><!--" + text + "-->" + text + "<![CDATA[<" + text + "]]></a>") == "accepted");
    CHECK(refusal("<a b='>" + text + "'/>") == "accepted");
}

TEST_CASE("a reader's own refusal stops the reading and reaches its caller") {
    struct Refusing final : xml::Handler {
        int seen = 0;
        void start_element(const xml::StartTag&) override {
            if (++seen == 2) throw Error(ErrorKind::conflict, "no more");
        }
        void end_element(const xml::NameView&) override {}
        void text(std::string_view, int) override {}
    } handler;
    CHECK_THROWS_WITH_AS(xml::read("<a><b/><c/></a>", {"x"}, handler), "no more", Error);
    CHECK(handler.seen == 2);
}

TEST_CASE("lines stay right in a large document") {
    std::string big = "<a>";
    for (int i = 0; i < 20'000; ++i)
        big += "\n<b c='é'>texte</b>";
    big += "\n<fin\n/></a>";
    const auto document = xml::parse(big, {"x"});
    CHECK(document.root().elements().back()->line == 20'002);
    CHECK(document.root().elements()[9'999]->line == 10'001);
    CHECK(document.root().elements()[9'999]->column == 1);
}

TEST_CASE("only Error escapes from damaged XML") {
    const std::string good =
        "<?xml version='1.0' encoding='UTF-8'?><!--c--><a xmlns='urn:a' xmlns:b='urn:b' "
        "b:x='1&lt;'>"
        "é&#233;<b:c y=\"2\"/><![CDATA[<x>]]><?p q?></a>";
    SequenceRandom random(5);
    int read = 0;
    for (std::size_t at = 0; at < good.size(); ++at)
        for (int turn = 0; turn < 12; ++turn) {
            std::string bytes = good;
            if (turn % 3 == 0) bytes.resize(at);
            if (turn % 3 == 1) bytes[at] = random.bytes(1)[0];
            if (turn % 3 == 2) bytes.insert(at, good.substr(random.bytes(1)[0] & 63, 9));
            try {
                const auto document = xml::parse(bytes, {"x"}, {}, xml::Keep::everything);
                // What was accepted is XML: its canonical form reads again and stays as it is.
                const std::string canonical = xml::canonical(document);
                const auto again = xml::parse(canonical, {"x"}, {}, xml::Keep::everything);
                const std::string second = xml::canonical(again);
                CHECK(second == canonical);
                ++read;
            } catch (const Error&) {
            }
        }
    CHECK(read > 30);
}

TEST_CASE("columns are right on a long line, and counting them takes time once") {
    std::string bytes = "<a>";
    for (int i = 0; i < 100000; ++i)
        bytes += "é<b/>";
    const auto document = xml::parse(bytes + "</a>", {"long.xml"});
    const auto elements = document.root().elements();
    CHECK(elements.front()->column == 5);
    CHECK(elements.back()->column == 5 + 99999 * 5);
}
