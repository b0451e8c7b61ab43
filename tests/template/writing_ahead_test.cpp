#include <doctest/doctest.h>

#include "template/document.hpp"

using namespace paraphe;
using namespace paraphe::test;

namespace {

std::string table(const std::string& rows) {
    return "<table:table table:name=\"T\"><table:table-column/>" + rows + "</table:table>";
}

std::string row(const std::string& first, const std::string& second) {
    return "<table:table-row><table:table-cell>" + first + "</table:table-cell><table:table-cell>" +
           second + "</table:table-cell></table:table-row>";
}

std::string repeated(const std::string& content) {
    return row("<text:p>{% for l in lignes %}{{ l.nom }} &lt; {{ l.montant | euros }}</text:p>",
               content + "<text:p>fin{% endfor %}</text:p>");
}

odf::Document made(const std::string& body, tmpl::Purpose purpose) {
    return tmpl::merge(tmpl::compile_or_throw(odf::read(flat(body), "essai.fodt"), {}), sample(),
                       registry(), {}, {}, nullptr, purpose);
}

bool has_written(const odf::Document& document) {
    bool out = false;
    odf::walk(*document.body, [&](const odf::Element& element) {
        for (const odf::Node& node : element.children)
            out = out || odf::is_written(node);
    });
    return out;
}

/// As the two octets of a document to be read and to be written; were rows written ahead?
struct Both {
    std::string read, written;
    bool ahead;
};

Both both(const std::string& body) {
    const odf::Document document = made(body, tmpl::Purpose::writing);
    CHECK(odf::write_package(made(body, tmpl::Purpose::reading)) == odf::write_package(document));
    return {odf::write_flat(made(body, tmpl::Purpose::reading)), odf::write_flat(document),
            has_written(document)};
}

}  // namespace

TEST_CASE("a document to be written keeps no repeated row, and has the octets of one to be read") {
    for (const std::string& body :
         {table(repeated("<text:p>a<text:tab/><text:span text:style-name=\"T1\">b</text:span>"
                         "</text:p>")),
          table(row("<text:p>before</text:p>", "") + repeated("") +
                row("<text:p>after</text:p>", "")),
          // A table in each row, repeated as well.
          table(repeated("<table:table><table:table-column/>" +
                         row("<text:p>{% for m in lignes %}{{ m.nom }}</text:p>",
                             "<text:p>{% endfor %}</text:p>") +
                         "</table:table>")),
          // An element of another namespace declares it.
          table(
              repeated("<text:p><x:note xmlns:x=\"urn:example\" x:kind=\"a&amp;b\"/></text:p>"))}) {
        const Both out = both(body);
        CHECK(out.read == out.written);
        CHECK(out.ahead);
        CHECK(out.read.find("loyer &lt; 486,20") != std::string::npos);
    }
}

TEST_CASE("rows that something later may change are kept, whatever the document is for") {
    for (const std::string& body :
         {// Names that differ from copy to copy.
          table(repeated("<text:p><text:bookmark text:name=\"b\"/></text:p>")),
          table(repeated("<text:list><text:list-item><text:p>a</text:p></text:list-item>"
                         "</text:list>")),
          // Parts of the package, which may get other names or be embedded.
          table(repeated("<text:p><text:a xlink:href=\"https://exemple.fr/\">b</text:a></text:p>")),
          // Paragraphs.
          std::string("<text:p>{% for l in lignes %}</text:p><text:p>{{ l.nom }}</text:p>"
                      "<text:p>{% endfor %}</text:p>")}) {
        const Both out = both(body);
        CHECK(out.read == out.written);
        CHECK(!out.ahead);
    }
}

TEST_CASE("a table whose rows were written ahead is no empty table, one without rows is") {
    CHECK(both(table(repeated(""))).written.find("<table:table table:name") != std::string::npos);
    const Both none =
        both("<text:p>a</text:p>" + table(row("<text:p>{% for l in vide %}{{ l }}</text:p>",
                                              "<text:p>{% endfor %}</text:p>")));
    CHECK(none.read == none.written);
    CHECK(none.written.find("<table:table table:name") == std::string::npos);
}
