#include "odf/odf.hpp"

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "zip/zip.hpp"

using namespace paraphe;

namespace {

const std::string flat_start =
    "<?xml version=\"1.0\"?><o:document "
    "xmlns:o=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
    "xmlns:t=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" "
    "xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" "
    "xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\" "
    "xmlns:x=\"urn:example:foreign\" o:version=\"1.3\" "
    "o:mimetype=\"application/vnd.oasis.opendocument.text\">";

odf::Document flat(const std::string& body, const std::string& before = "") {
    return odf::read(
        flat_start + before + "<o:body><o:text>" + body + "</o:text></o:body></o:document>",
        "essai.fodt");
}

}  // namespace

TEST_CASE("names come with canonical prefixes, whatever the file used") {
    const auto document = flat("<t:p t:style-name=\"A\">Bonjour</t:p>");
    CHECK(odf::markup(*document.body) ==
          "<office:body><office:text><text:p text:style-name=\"A\">Bonjour</text:p></office:text>"
          "</office:body>");
}

TEST_CASE("white space is kept in paragraphs and dropped between elements") {
    const auto document = flat("\n  <t:p> a <t:span>b</t:span> <t:span>c</t:span>\n</t:p>\n");
    CHECK(odf::markup(*document.body) ==
          "<office:body><office:text><text:p> a <text:span>b</text:span> <text:span>c</text:span>\n"
          "</text:p></office:text></office:body>");
}

TEST_CASE("every element knows its line") {
    const auto document = flat("<t:p>a</t:p>\n<t:p>b</t:p>");
    const auto text = document.body->child(odf::Name("office:text"));
    REQUIRE(text->children.size() == 2);
    const auto& second = std::get<odf::ElementPtr>(text->children[1]);
    CHECK(second->provenance->line == 2);
    CHECK(*second->provenance->source == "essai.fodt");
}

TEST_CASE("a foreign element keeps its namespace") {
    const auto document = flat("<t:p x:y=\"1\"><x:z/></t:p>");
    const Bytes written = odf::write_flat(document);
    CHECK(written.find("urn:example:foreign") != std::string::npos);
    const auto again = odf::read(written, "essai.fodt");
    CHECK(odf::markup(*again.body) == odf::markup(*document.body));
}

TEST_CASE("a flat file becomes a package and comes back") {
    const auto document =
        flat("<t:p>Été &amp; hiver &lt;1&gt;</t:p>",
             "<o:styles/><o:automatic-styles><style:page-layout style:name=\"pm1\"/><style:style "
             "style:name=\"P1\" style:family=\"paragraph\"/></o:automatic-styles>");
    const Bytes package = odf::write_package(document);
    CHECK(package == odf::write_package(document));
    const auto archive = zip::Archive::open(package, "essai.odt");
    CHECK(archive.entries().front().name == "mimetype");
    CHECK(archive.entries().front().method == zip::Method::stored);
    CHECK(!archive.entries().front().extra_field);
    CHECK(archive.read("content.xml").find("page-layout") == std::string::npos);
    CHECK(archive.read("styles.xml").find("page-layout") != std::string::npos);
    const auto again = odf::read(package, "essai.odt");
    CHECK(odf::markup(*again.body) == odf::markup(*document.body));
    CHECK(odf::plain_text(*again.body) == "Été & hiver <1>");
    CHECK(odf::write_package(again) == package);
}

TEST_CASE("a file that changes its form says whether it is kerned") {
    const auto style = [](const std::string& properties) {
        return "<o:styles><style:default-style style:family=\"paragraph\">" + properties +
               "</style:default-style><style:style style:name=\"A\"/></o:styles>";
    };
    const auto written = [](const std::string& styles) {
        return odf::markup(
            *odf::read(odf::write_package(flat("<t:p>a</t:p>", styles)), "essai.odt").styles);
    };
    const std::string kerned =
        "<office:styles><style:default-style style:family=\"paragraph\"><style:text-properties "
        "style:letter-kerning=\"true\"/></style:default-style>";
    CHECK(written(style("")) == kerned + "<style:style style:name=\"A\"/></office:styles>");
    CHECK(written(style("<style:text-properties/>")) == written(style("")));
    CHECK(written("") == kerned + "</office:styles>");
    const auto package = odf::read(
        odf::write_package(
            flat("<t:p>a</t:p>", style("<style:text-properties style:letter-kerning=\"false\"/>"))),
        "essai.odt");
    CHECK(odf::markup(*package.styles).find("letter-kerning=\"false\"") != std::string::npos);
    // A package that says nothing is not kerned, and says so as a flat file.
    odf::Document silent = package;
    silent.styles = nullptr;
    CHECK(odf::write_flat(silent).find("letter-kerning=\"false\"") != std::string::npos);
    CHECK(odf::write_package(silent).find("letter-kerning") == std::string::npos);
    // In its own form a file stays as it is.
    CHECK(odf::write_flat(flat("<t:p>a</t:p>", style(""))).find("letter-kerning") ==
          std::string::npos);
}

TEST_CASE("two automatic styles of one name stay two in a flat file") {
    auto document = flat("<t:p t:style-name=\"P1\">a</t:p>");
    const auto style = [](const char* parent) {
        return odf::make_element(
            odf::Name("office:automatic-styles"), {},
            {odf::make_element(odf::Name("style:style"),
                               {{odf::Name("style:name"), "P1"},
                                {odf::Name("style:family"), "paragraph"},
                                {odf::Name("style:parent-style-name"), parent}})});
    };
    document.automatic_styles = style("Body");
    document.styles_automatic_styles = style("Header");
    document.master_styles = odf::make_element(
        odf::Name("office:master-styles"), {},
        {odf::make_element(odf::Name("text:p"), {{odf::Name("text:style-name"), "P1"}})});
    const auto again = odf::read(odf::write_flat(document), "essai.fodt");
    CHECK(again.automatic_styles->children.size() == 2);
    CHECK(odf::markup(*again.master_styles).find("text:style-name=\"P1_m\"") != std::string::npos);
    CHECK(odf::markup(*again.body).find("text:style-name=\"P1\"") != std::string::npos);
}

TEST_CASE("the picture of a flat file becomes a part and goes back") {
    const auto document =
        flat("<t:p><draw:image><o:binary-data>iVBORw0KGgo=</o:binary-data></draw:image></t:p>");
    REQUIRE(document.parts.size() == 1);
    CHECK(document.parts[0].path == "Pictures/image-1.png");
    CHECK(document.parts[0].media_type == "image/png");
    CHECK(odf::write_flat(document).find("iVBORw0KGgo=") != std::string::npos);
    const auto again = odf::read(odf::write_package(document), "essai.odt");
    CHECK(*again.parts.at(0).bytes == *document.parts[0].bytes);
}

TEST_CASE("the picture of an object in a package stands in a flat file") {
    auto document = flat(
        "<t:p><draw:image xmlns:xlink='http://www.w3.org/1999/xlink' "
        "xlink:href='./ObjectReplacements/Object 1'/></t:p>");
    odf::Part part;
    part.path = "ObjectReplacements/Object 1";
    part.bytes = std::make_shared<const Bytes>("VCLMTF");
    document.parts.push_back(part);
    CHECK(odf::write_flat(document).find("<office:binary-data>VkNMTVRG</office:binary-data>") !=
          std::string::npos);
}

TEST_CASE("part names are written in ASCII, and references follow") {
    auto document = flat("<t:p><draw:image/></t:p>");
    document.parts.push_back({"Pictures/été.png", "image/png", std::make_shared<const Bytes>("x")});
    document.body =
        odf::make_element(odf::Name("office:body"), {},
                          {odf::make_element(odf::Name("draw:image"),
                                             {{odf::Name("xlink:href"), "Pictures/été.png"}})});
    const auto archive = zip::Archive::open(odf::write_package(document), "essai.odt");
    CHECK(archive.find("Pictures/part-1.png") != nullptr);
    CHECK(archive.read("content.xml").find("xlink:href=\"Pictures/part-1.png\"") !=
          std::string::npos);
}

TEST_CASE("an embedded formula keeps its name with a space") {
    auto document = flat("<t:p/>");
    const auto octets = std::make_shared<const Bytes>("<math/>");
    document.parts.push_back({"Object 1/content.xml", "text/xml", octets});
    document.folders.push_back({"Object 1/", "application/vnd.oasis.opendocument.formula", {}});
    const auto again = odf::read(odf::write_package(document), "essai.odt");
    REQUIRE(again.parts.size() == 1);
    CHECK(again.parts[0].path == "Object 1/content.xml");
    CHECK(again.folders.at(0).path == "Object 1/");
}

TEST_CASE("the manifest of an ODF 1.1 package tells no version") {
    auto document = flat("<t:p/>");
    const auto manifest = [&] {
        return zip::Archive::open(odf::write_package(document), "essai.odt")
            .read("META-INF/manifest.xml");
    };
    CHECK(manifest().find("manifest:version=\"1.3\"") != std::string::npos);
    document.version = "1.1";
    CHECK(manifest().find("manifest:version") == std::string::npos);
}

TEST_CASE("a version that only the metadata declare is kept") {
    const auto document = flat("<t:p/>");
    std::vector<zip::Item> items;
    const auto package = odf::write_package(document);
    const auto archive = zip::Archive::open(package, "essai.odt");
    for (const auto& entry : archive.entries()) {
        Bytes part = archive.read(entry.name);
        const std::string version = " office:version=\"1.3\"";
        const auto at = part.find(version);
        if (at != Bytes::npos)
            part.replace(at, version.size(),
                         entry.name == "meta.xml" ? " office:version=\"1.1\"" : "");
        items.push_back({entry.name, part, entry.method});
    }
    CHECK(odf::read(zip::write(items), "essai.odt").version == "1.1");
}

TEST_CASE("a document of OpenOffice.org 2.0 is read: its manifest leans on a DTD") {
    const Bytes content =
        "<office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' "
        "xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0' "
        "xmlns:fo='http://www.w3.org/1999/XSL/Format' xmlns:svg='http://www.w3.org/2000/svg'>"
        "<office:body><office:text><text:p fo:color='#ff0000' svg:x='1cm'/></office:text>"
        "</office:body></office:document-content>";
    const auto package = [&](const std::string& manifest) {
        return zip::write({{"content.xml", content, zip::Method::deflated},
                           {"META-INF/manifest.xml", manifest, zip::Method::deflated}});
    };
    const std::string entries =
        "<manifest:manifest><manifest:file-entry manifest:full-path='/' "
        "manifest:media-type='application/vnd.oasis.opendocument.text'/></manifest:manifest>";
    const auto document = odf::read(
        package("<!DOCTYPE manifest:manifest PUBLIC \"-//OpenOffice.org//DTD Manifest 1.0//EN\" "
                "\"Manifest.dtd\">\n" +
                entries),
        "essai.odt");
    const auto paragraph =
        document.body->child(odf::Name("office:text"))->child(odf::Name("text:p"));
    CHECK(paragraph->attribute_or_empty(odf::Name("fo:color")) == "#ff0000");
    CHECK(paragraph->attribute_or_empty(odf::Name("svg:x")) == "1cm");
    CHECK_THROWS_AS(odf::read(package("<!DOCTYPE a [<!ENTITY b \"c\">]>" + entries), "essai.odt"),
                    Error);
}

TEST_CASE("a date that is fixed but has no value is not fixed") {
    const auto fixed = [](const std::string& field) {
        const auto document = flat("<t:p>" + field + "</t:p>");
        const auto paragraph =
            document.body->child(odf::Name("office:text"))->child(odf::Name("text:p"));
        return odf::is_fixed(*std::get<odf::ElementPtr>(paragraph->children.front()));
    };
    CHECK(fixed("<t:date t:fixed='true' t:date-value='2026-11-25'/>"));
    CHECK_FALSE(fixed("<t:date t:fixed='true'/>"));
    CHECK_FALSE(fixed("<t:time t:fixed='true'/>"));
    CHECK_FALSE(fixed("<t:date t:date-value='2026-11-25'/>"));
    CHECK(fixed("<t:author-name t:fixed='true'/>"));
}

TEST_CASE("what is no document is refused in one sentence") {
    const auto refused = [](const std::string& octets) {
        try {
            odf::read(octets, "essai");
        } catch (const Error& error) {
            return std::string(error.what());
        }
        return std::string("accepted");
    };
    CHECK(
        refused("") ==
        "essai: this is neither an OpenDocument package nor a flat file; save the file as .odt or "
        ".fodt in LibreOffice Writer");
    CHECK(refused("<html/>").find("this is no flat OpenDocument file") != std::string::npos);
    CHECK(refused("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>").find("essai:1") !=
          std::string::npos);
    CHECK(refused("PK\x03\x04").find("essai") != std::string::npos);
    CHECK(refused(zip::write({{"mimetype", "text/plain", zip::Method::stored}}))
              .find("this is no OpenDocument text") != std::string::npos);
    CHECK(refused(zip::write({{"mimetype", "application/vnd.oasis.opendocument.text",
                               zip::Method::stored}}))
              .find("the package has no content.xml") != std::string::npos);
}

TEST_CASE("a text with a brace knows its column, whatever references stand before it") {
    const auto document =
        flat("<t:p t:style-name=\"{a}\">x</t:p>\n  <t:p>&lt;é&gt; {{ nom }}</t:p>");
    const auto text = document.body->child(odf::Name("office:text"));
    const auto& second = std::get<odf::ElementPtr>(text->children[1]);
    const auto& words = std::get<odf::Text>(second->children[0]);
    CHECK(words.provenance->line == 2);
    // Its brace is the fifth character of the text and the 18th of the line.
    CHECK(words.provenance->column == 8);
    int more = 0;
    for (const odf::Reference& each : words.provenance->references)
        more += each.more;
    CHECK(words.provenance->column + 4 + more == 18);
}

TEST_CASE("an embedded object keeps its place in the manifest, a document its version") {
    const std::string ns = "urn:oasis:names:tc:opendocument:xmlns:";
    const auto entry = [](const std::string& path, const std::string& type) {
        return "<m:file-entry m:full-path=\"" + path + "\" m:media-type=\"" + type + "\"/>";
    };
    const std::string type = "application/vnd.oasis.opendocument.text";
    const Bytes package =
        zip::write({{"mimetype", type, zip::Method::stored},
                    {"content.xml", "<o:document-content xmlns:o=\"" + ns +
                                        "office:1.0\" o:version=\"1.2\"><o:body><o:text/>"
                                        "</o:body></o:document-content>"},
                    {"Object 1/content.xml", "<a/>"},
                    {"META-INF/manifest.xml",
                     "<m:manifest xmlns:m=\"" + ns + "manifest:1.0\">" + entry("/", type) +
                         entry("Object 1/", "application/vnd.example") +
                         entry("Configurations2/", "application/vnd.example") +
                         entry("Object 1/content.xml", "text/xml") + "</m:manifest>"}});
    const auto archive =
        zip::Archive::open(odf::write_package(odf::read(package, "essai.odt")), "essai.odt");
    const Bytes manifest = archive.read("META-INF/manifest.xml");
    CHECK(
        manifest.find("full-path=\"Object 1/\" manifest:media-type=\"application/vnd.example\"") !=
        Bytes::npos);
    CHECK(manifest.find("Configurations2") == Bytes::npos);
    CHECK(manifest.find("manifest:version=\"1.2\"") != Bytes::npos);
}
