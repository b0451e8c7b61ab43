#include "pdf/conformance.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <set>

#include "base/error.hpp"
#include "pdf/update.hpp"
#include "pdf/writer.hpp"
#include "test_pages.hpp"

// For each rule: a document that conforms, broken in one way, gives this finding and no other.

using namespace paraphe;
using layout::Role;

namespace {

Bytes write(const layout::Pages& pages, bool object_streams = false) {
    static pdf::FontCache fonts;
    pdf::WriteOptions options;
    options.object_streams = object_streams;
    options.attachments.push_back({"donnees.json", "application/json", "Données du contrat",
                                   pdf::Relationship::data, "{}",
                                   *parse_instant("2026-03-01T09:30:00Z")});
    return pdf::write(pages, fonts, options);
}

const Bytes& good() {
    static const Bytes bytes = write(test::contract());
    return bytes;
}

std::string told(const Diagnostics& found) {
    std::string out;
    for (const Diagnostic& each : found)
        out += to_string(each) + "\n";
    return out;
}

/// The codes found, each once, "P0620 P0622".
std::string codes(const Bytes& bytes) {
    const Diagnostics found = pdf::check_conformance(bytes, "essai.pdf");
    std::set<std::string> all;
    for (const Diagnostic& each : found) {
        all.insert(each.code);
        CHECK(each.where.source == "essai.pdf");
        CHECK(each.message.find("(ISO ") != std::string::npos);
        CHECK(!each.remedy.empty());
    }
    INFO(told(found));
    std::string out;
    for (const auto& code : all)
        out += (out.empty() ? "" : " ") + code;
    return out;
}

/// A revision of the good document, changed.
Bytes changed(const std::function<void(pdf::Update&)>& change) {
    pdf::Update update(pdf::File::read(good(), "bon.pdf"));
    change(update);
    return update.finish().bytes;
}

/// The first object whose dictionary has this entry.
pdf::ObjectId find(const pdf::File& file, const std::string& key, const std::string& value = {}) {
    for (int number = 1; number < 1'000; ++number) {
        try {
            const auto dictionary = file.dictionary({number, 0});
            const auto entry = dictionary.find(key);
            if (entry != dictionary.end() && (value.empty() || entry->second == value))
                return {number, 0};
        } catch (const Error&) {
            // An array or a number.
        }
    }
    FAIL("no object has ", key);
    return {};
}

/// Sets one entry of the first such object; no value: removes it.
Bytes with(const std::string& key, const std::string& value, const std::string& changed_key,
           const std::string& changed_value = {}) {
    return changed([&](pdf::Update& update) {
        const pdf::ObjectId id = find(update.base(), key, value);
        auto dictionary = update.dictionary(id);
        if (changed_value.empty())
            REQUIRE(dictionary.erase(changed_key) == 1);
        else
            dictionary[changed_key] = changed_value;
        update.set(id, dictionary);
    });
}

Bytes with_catalog(const std::string& key, const std::string& value = {}) {
    return with("Type", "/Catalog", key, value);
}

/// The first page draws this as well.
Bytes with_content(const std::string& more) {
    return changed([&](pdf::Update& update) {
        auto page = update.dictionary(update.base().page(0));
        page["Contents"] =
            "[" + page["Contents"] + " " + pdf::reference(update.add_stream({}, more)) + "]";
        update.set(update.base().page(0), page);
    });
}

Bytes with_xmp(const std::string& from, const std::string& to) {
    const std::size_t begin = good().find("<?xpacket begin"), end = good().find("<?xpacket end");
    std::string xmp = good().substr(begin, end - begin);
    const std::size_t at = xmp.find(from);
    REQUIRE(at != std::string::npos);
    xmp.replace(at, from.size(), to);
    return changed([&](pdf::Update& update) {
        auto catalog = update.dictionary(update.base().catalog());
        catalog["Metadata"] =
            pdf::reference(update.add_stream({{"Type", "/Metadata"}, {"Subtype", "/XML"}}, xmp));
        update.set(update.base().catalog(), catalog);
    });
}

Bytes replaced(const std::string& from, const std::string& to) {
    Bytes out = good();
    const std::size_t at = out.rfind(from);
    REQUIRE(at != Bytes::npos);
    return out.replace(at, from.size(), to);
}

/// The good document with its first node of that role changed.
Bytes with_node(Role role, const std::function<void(layout::StructureNode&)>& change) {
    layout::Pages pages = test::contract();
    for (layout::StructureNode& node : pages.nodes) {
        if (node.role != role) continue;
        change(node);
        return write(pages);
    }
    FAIL("no such node");
    return {};
}

}  // namespace

TEST_CASE("a document of ours conforms, with and without object streams, and after an update") {
    CHECK(codes(good()).empty());
    CHECK(codes(write(test::contract(), true)).empty());
    CHECK(codes(changed([](pdf::Update& update) {
              update.set(update.base().catalog(), update.dictionary(update.base().catalog()));
          })).empty());
}

TEST_CASE("blank words of an author become words: title, empty headings, links without text") {
    layout::Pages pages = test::contract();
    pages.metadata.title = " ";
    pages.outline[1].title = "\u00A0";
    for (layout::Link& link : pages.links)
        link.description = " ";
    const Bytes bytes = write(pages);
    CHECK(codes(bytes).empty());
    CHECK(bytes.find(">Document</rdf:li>") != Bytes::npos);
    CHECK(bytes.find("/Contents(Page 2)") != Bytes::npos);
    pages.outline.resize(2);
    pages.outline.erase(pages.outline.begin());
    CHECK(write(pages).find("/Outlines") == Bytes::npos);
}

TEST_CASE("faults of the file itself are found") {
    CHECK(codes(good().substr(0, good().size() / 2)) == "P0600");
    CHECK(codes(replaced("trailer\n<<", "trailer\n<</Encrypt 1 0 R")) == "P0601");
    Bytes newer = good();
    newer.replace(0, 8, "%PDF-2.0");
    CHECK(codes(newer) == "P0602");
    CHECK(codes(replaced("/ID", "/XD")) == "P0603");
    CHECK(codes(good() + "\n\n") == "P0604");
    CHECK(codes(changed([](pdf::Update& update) {
              update.add_stream({{"F", "(autre.bin)"}}, "x");
          })) == "P0605");
    CHECK(codes(with_content(std::string(70u << 20, ' '))) == "P0643");
    CHECK_THROWS_WITH_AS(pdf::check_conformance("PK", "essai.pdf"),
                         "essai.pdf: not a PDF file; give a PDF file", Error);
}

TEST_CASE("faults of the metadata are found") {
    CHECK(codes(with_catalog("Metadata")) == "P0606");
    CHECK(codes(with_xmp("</rdf:RDF>", "")) == "P0606");
    CHECK(codes(with_xmp("conformance>A<", "conformance>B<")) == "P0607");
    CHECK(codes(with_xmp("pdfaid:part>3<", "pdfaid:part>2<")) == "P0607");
    CHECK(codes(with_xmp("<pdfuaid:part>1</pdfuaid:part>", "")) == "P0608");
    CHECK(codes(with_xmp("<pdfuaid:part>", "<e:a xmlns:e=\"urn:essai\">1</e:a><pdfuaid:part>")) ==
          "P0609");
    CHECK(codes(with_xmp("Contrat d’accompagnement", " ")) == "P0610 P0611");
    CHECK(codes(with_xmp("paraphe 0.1", "autre")) == "P0611");
    CHECK(codes(with_xmp("CreateDate>2026-03-01T09:30:00", "CreateDate>2026-03-01T09:30:01")) ==
          "P0611");
}

TEST_CASE("faults of the catalog are found") {
    CHECK(codes(with_catalog("OutputIntents")) == "P0612");
    CHECK(codes(with_catalog("MarkInfo")) == "P0613");
    CHECK(codes(with_catalog("MarkInfo", "<</Marked true/Suspects true>>")) == "P0613");
    CHECK(codes(with_catalog("Lang")) == "P0614");
    CHECK(codes(with_catalog("Lang", "(langue française)")) == "P0614");
    CHECK(codes(with_catalog("ViewerPreferences")) == "P0615");
    CHECK(codes(with_catalog("OpenAction", "<</S/JavaScript/JS(app.alert\\(1\\))>>")) == "P0638");
    CHECK(codes(with_catalog("OpenAction", "<</S/Named/N/Print>>")) == "P0638");
    CHECK(codes(with_catalog("OpenAction", "<</S/Named/N/LastPage>>")).empty());
    CHECK(codes(with_catalog("AA", "<<>>")) == "P0638");
    CHECK(codes(with_catalog("AF")) == "P0639");
    CHECK(codes(with("Type", "/Filespec", "AFRelationship")) == "P0639");
    CHECK(codes(with("Type", "/Filespec", "UF")) == "P0639");
    CHECK(codes(with_catalog("PageLabels", "<</Nums[1<</S/D>>]>>")) == "P0642");
    CHECK(codes(with_catalog("PageLabels", "<</Nums[0<</S/Z>>]>>")) == "P0642");
    CHECK(codes(with("Type", "/Outlines", "Last", "1 0 R")) == "P0641");
    CHECK(codes(with("Prev", "", "Title", "( )")) == "P0641");
}

TEST_CASE("faults of fonts and of what they show are found") {
    CHECK(codes(with("Type", "/FontDescriptor", "FontFile2")) == "P0616");
    CHECK(codes(with("Subtype", "/Type0", "ToUnicode")) == "P0617");
    CHECK(codes(with_content("/Artifact BMC BT /F1 9 Tf (\xFF\xF0) Tj ET EMC")) == "P0617");
    CHECK(codes(with_content("/Artifact BMC BT /F1 9 Tf <0000> Tj ET EMC")) == "P0618");
    CHECK(codes(with("Subtype", "/CIDFontType2", "CIDToGIDMap")) == "P0619");
    CHECK(codes(with("Subtype", "/Type0", "Encoding", "/UniJIS-UTF16-H")) == "P0619");
}

TEST_CASE("faults of the content are found") {
    CHECK(codes(with_content("0 0 9 9 re f")) == "P0620");
    CHECK(codes(with_content("/P BMC 0 0 9 9 re f EMC")) == "P0620");
    CHECK(codes(with_content("/Artifact BMC /Span <</Lang(fr)>> BDC EMC")) == "P0621");
    CHECK(codes(with_content("EMC")) == "P0621");
    CHECK(codes(with_content("/P <</MCID 99>> BDC EMC")) == "P0622");
    CHECK(codes(with_content("/P <</MCID 0>> BDC EMC")) == "P0622");
    CHECK(codes(with_content("/Artifact BMC /Absent gs EMC")) == "P0644");
    CHECK(codes(with_content("/Artifact BMC (pas fini")) == "P0621 P0644");
    CHECK(codes(with_content("/Artifact BMC 0 0 0 1 k EMC")) == "P0645");
    CHECK(codes(changed([](pdf::Update& update) {
              auto page = update.dictionary(update.base().page(0));
              auto resources = update.base().entry(update.base().page(0), "Resources")->dictionary;
              resources["ExtGState"] = "<</G9<</BM/Melange>>>>";
              page["Resources"] = pdf::to_syntax(resources);
              page["Contents"] = "[" + page["Contents"] + " " +
                                 pdf::reference(update.add_stream({}, "/G9 gs")) + "]";
              update.set(update.base().page(0), page);
          })) == "P0640");
}

TEST_CASE("faults of the structure tree are found") {
    CHECK(codes(with_catalog("StructTreeRoot")) == "P0624");
    CHECK(codes(with("S", "/H1", "P", "1 0 R")) == "P0624");
    CHECK(codes(with("Type", "/StructTreeRoot", "ParentTree")) == "P0623");
    CHECK(codes(with("StructParents", "0", "StructParents", "1")) == "P0623");
    CHECK(codes(with("S", "/P", "S", "/Alinea")) == "P0625");
    CHECK(codes(changed([](pdf::Update& update) {
              const auto root = find(update.base(), "Type", "/StructTreeRoot");
              auto dictionary = update.dictionary(root);
              dictionary["RoleMap"] = "<</Alinea/P/P/Span>>";
              update.set(root, dictionary);
          })) == "P0625");
}

TEST_CASE("faults of tables, lists and headings are found") {
    CHECK(codes(with_node(Role::table_body, [](auto& node) { node.role = Role::part; })) ==
          "P0626");
    CHECK(codes(with_node(Role::table_row, [](auto& node) { node.role = Role::div; })) == "P0626");
    CHECK(codes(with_node(Role::label, [](auto& node) { node.role = Role::p; })) == "P0627");
    CHECK(codes(with_node(Role::list_item, [](auto& node) { node.role = Role::div; })) == "P0627");
    CHECK(codes(with_node(Role::table_header,
                          [](auto& node) { node.scope = layout::TableScope::none; })) == "P0628");
    CHECK(codes(with_node(Role::table_data, [](auto& node) { node.column_span = 1; })) == "P0629");
    CHECK(codes(with_node(Role::table_data, [](auto& node) { node.row_span = 2; })) == "P0629");
    CHECK(codes(with_node(Role::figure, [](auto& node) {
              node.words.make().alternative = "\u00A0";
          })) == "P0630");
    CHECK(codes(with_node(Role::figure,
                          [](auto& node) { node.words.make().alternative.clear(); })) == "P0630");
    CHECK(codes(with("S", "/Note", "ID")) == "P0631");
    CHECK(codes(with_node(Role::h2, [](auto& node) { node.role = Role::h3; })) == "P0632");
    CHECK(codes(with_node(Role::h1, [](auto& node) { node.role = Role::h2; })) == "P0632");
}

TEST_CASE("faults of links and fields are found") {
    CHECK(codes(with("S", "/Link", "K", "null")) == "P0622 P0633");
    CHECK(codes(with("Subtype", "/Link", "Contents")) == "P0634");
    CHECK(codes(with("Subtype", "/Widget", "TU")) == "P0635");
    CHECK(codes(with("Type", "/Page", "Tabs")) == "P0636");
    CHECK(codes(with("Subtype", "/Link", "F", "2")) == "P0637");
    CHECK(codes(with("Subtype", "/Widget", "AP")) == "P0637");
    CHECK(codes(with("Subtype", "/Link", "A", "<</S/Launch/F(x.exe)>>")) == "P0638");
    CHECK(codes(with("Subtype", "/Link", "StructParent", "77")) == "P0623");
}

TEST_CASE("a finding names page, object, clause and remedy, and a rule broken often is counted") {
    const auto found = pdf::check_conformance(
        with_node(Role::figure, [](auto& node) { node.words.make().alternative.clear(); }),
        "contrat.pdf");
    REQUIRE(found.size() == 1);
    CHECK(found[0].context == "page 1");
    CHECK(found[0].where.part.starts_with("objet "));
    CHECK(found[0].message == "une image n’a pas de description (ISO 14289-1 §7.3)");
    CHECK(found[0].remedy == "décrivez l’image : clic droit > Description");

    test::Builder builder;
    for (int i = 0; i < 30; ++i)
        builder.text(Role::note, "note", 70, 90 + 10 * i);
    pdf::FontCache fonts;
    Bytes notes = pdf::write(builder.pages, fonts, {false, {}});
    for (std::size_t at = notes.find("/ID(note-"); at != Bytes::npos;
         at = notes.find("/ID(note-", at + 1))
        notes[at + 1] = 'X';
    const auto many = pdf::check_conformance(notes, "notes.pdf");
    REQUIRE(many.size() == 21);
    CHECK(many[20].message == "et 10 autres défauts de ce genre (ISO 14289-1 §7.9)");
}

TEST_CASE("circles in a file end the check, not the program") {
    CHECK(codes(changed([](pdf::Update& update) {
              const auto table = find(update.base(), "S", "/Table");
              auto dictionary = update.dictionary(table);
              dictionary["K"] = "[" + pdf::reference(table) + "]";
              update.set(table, dictionary);
          })).find("P0624") != std::string::npos);
    CHECK(codes(changed([](pdf::Update& update) {
              const auto root = find(update.base(), "Type", "/StructTreeRoot");
              auto dictionary = update.dictionary(root);
              dictionary["ParentTree"] =
                  pdf::reference(update.add({{"Kids", "[" + std::to_string(200) + " 0 R]"}}));
              update.set(root, dictionary);
          })) == "P0623");
    CHECK(codes(with("Prev", "", "Next", "1 0 R")) == "P0641");
    CHECK(codes(with_content("/Artifact BMC " + std::string(100'000, '[') + " EMC")) ==
          "P0621 P0644");
}
