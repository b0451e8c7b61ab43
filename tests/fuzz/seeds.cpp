#include "fuzz/seeds.hpp"

#include <algorithm>
#include <filesystem>

#include "base/file.hpp"
#include "odf/odf.hpp"
#include "zip/zip.hpp"

namespace paraphe::fuzz {

namespace {

const std::string tree = PARAPHE_SOURCE_DIR;

}  // namespace

/// The templates of the conformance cases, without the braces where `bare`.
std::vector<std::string> cases(bool bare) {
    std::vector<std::string> out;
    const std::string text = read_file(tree + "/tests/conformance/expressions/cases.txt");
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        std::string line = text.substr(at, end - at);
        at = end + 1;
        const std::size_t arrow = line.find(" ⇒");
        if (arrow == std::string::npos || line[0] == '#') continue;
        line.resize(arrow);
        if (bare && line.starts_with("{{ ") && line.ends_with(" }}"))
            line = line.substr(3, line.size() - 6);
        out.push_back(line);
    }
    return out;
}

/// Kinds of content that the templates of the tree do not have.
const std::string& rich_document() {
    static const std::string text =
        R"(<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.text"><office:styles>
<style:default-style style:family="paragraph"><style:paragraph-properties
 style:tab-stop-distance="1.25cm"/><style:text-properties fo:font-family="Liberation Serif"
 fo:font-size="12pt" fo:language="fr" fo:country="FR" fo:hyphenate="true"/></style:default-style>
<style:style style:name="H" style:family="paragraph" style:default-outline-level="1">
<style:paragraph-properties fo:keep-with-next="always" fo:break-before="page" fo:margin-top="150%"
 fo:line-height="115%" fo:orphans="2" fo:widows="2"><style:tab-stops><style:tab-stop
 style:position="3cm" style:type="char" style:char=","/></style:tab-stops>
</style:paragraph-properties><style:text-properties fo:font-size="120%"/></style:style>
<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="I"
 style:num-suffix="." text:display-levels="1"><style:list-level-properties
 text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment
 text:label-followed-by="listtab" text:list-tab-stop-position="1cm" fo:text-indent="-1cm"
 fo:margin-left="1cm"/></style:list-level-properties></text:list-level-style-number>
<text:list-level-style-number text:level="2" style:num-format="a" text:start-value="3"/>
</text:list-style></office:styles><office:automatic-styles>
<style:page-layout style:name="p"><style:page-layout-properties fo:page-width="21cm"
 fo:page-height="29.7cm" fo:margin="2cm"/><style:header-style><style:header-footer-properties
 fo:min-height="1cm" fo:margin-bottom="5mm"/></style:header-style></style:page-layout>
<style:style style:name="T" style:family="table"><style:table-properties style:width="16cm"
 table:align="margins"/></style:style><style:style style:name="C" style:family="table-column">
<style:table-column-properties style:column-width="8cm" style:rel-column-width="1*"/></style:style>
<style:style style:name="X" style:family="table-cell"><style:table-cell-properties
 fo:padding="1mm" fo:border="0.5pt solid #000000" fo:background-color="#eeeeee"/></style:style>
<style:style style:name="J" style:family="paragraph"><style:paragraph-properties
 fo:text-align="justify" fo:border="1pt solid #ff0000" fo:padding="2mm"/></style:style>
</office:automatic-styles><office:master-styles><style:master-page style:name="Standard"
 style:page-layout-name="p"><style:header><text:p>Page <text:page-number/> sur <text:page-count/>
</text:p></style:header></style:master-page></office:master-styles><office:body><office:text>
<text:h text:style-name="H" text:outline-level="1">Titre<text:tab/>1,5</text:h>
<text:p text:style-name="J">Un paragraphe<text:s text:c="3"/>assez long pour deux lignes, avec un
<text:a xlink:href="https://example.test/">lien</text:a>, une note<text:note text:id="n"
 text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>Note
</text:p></text:note-body></text:note> et <text:bookmark text:name="paraphe.signature.awa"/>
<text:line-break/>un signet.</text:p><text:list text:style-name="L"><text:list-item><text:p>un
</text:p><text:list><text:list-item text:start-value="7"><text:p>deux</text:p></text:list-item>
</text:list></text:list-item></text:list><table:table table:style-name="T"><table:table-column
 table:style-name="C" table:number-columns-repeated="2"/><table:table-header-rows><table:table-row>
<table:table-cell table:style-name="X" table:number-columns-spanned="2"><text:p>Tête</text:p>
</table:table-cell><table:covered-table-cell/></table:table-row></table:table-header-rows>
<table:table-row><table:table-cell table:style-name="X" table:number-rows-spanned="2"><text:p>a
</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell>
</table:table-row><table:table-row><table:covered-table-cell/><table:table-cell
 table:number-columns-repeated="1"><text:p>c</text:p></table:table-cell></table:table-row>
</table:table><text:section text:name="s"><text:p><draw:frame text:anchor-type="as-char"
 svg:width="2cm" svg:height="1cm"><draw:image><office:binary-data>
iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg
gg==</office:binary-data></draw:image></draw:frame></text:p></text:section></office:text>
</office:body></office:document>
)";
    return text;
}

std::vector<std::string> rich_documents() {
    return {rich_document(), read_file(tree + "/tests/golden/drawings/document.fodt")};
}

std::vector<std::string> packages() {
    std::vector<std::string> out;
    for (const char* file :
         {"/templates/clauses/recours.fodt", "/tests/golden/convention/template.fodt"})
        out.push_back(odf::write_package(odf::read(read_file(tree + file), file)));
    out.push_back(odf::write_package(odf::read(rich_document(), "rich.fodt")));
    return out;
}

/// A package whose part of that name is `octets`: its checksums fit, so the part is read.
Bytes package_with(const Bytes& package, const std::string& name, std::string_view octets) {
    std::vector<zip::Item> items;
    const auto archive = zip::Archive::open(package, "seed");
    for (const auto& entry : archive.entries())
        items.push_back({entry.name, entry.name == name ? Bytes(octets) : archive.read(entry.name),
                         entry.method});
    return zip::write(items);
}

std::vector<std::string> parts(const Bytes& package) {
    std::vector<std::string> out;
    const auto archive = zip::Archive::open(package, "seed");
    for (const auto& entry : archive.entries())
        if (entry.name.ends_with(".xml")) out.push_back(archive.read(entry.name));
    return out;
}

std::vector<std::string> seeds_of(const Target& target) {
    namespace fs = std::filesystem;
    std::vector<std::string> out{""};
    if (target.make != nullptr) out = target.make();
    for (const fs::path& folder :
         {fs::path(tree) / "templates", fs::path(tree) / "workflows", fs::path(tree) / "tests",
          fs::path(tree) / "../shared/odt-corpus", fs::path(tree) / "../shared/samples"}) {
        if (!fs::is_directory(folder)) continue;
        for (const auto& entry : fs::recursive_directory_iterator(folder)) {
            const std::string name = entry.path().filename().string();
            for (const auto ending : target.seeds)
                if (entry.is_regular_file() && name.ends_with(ending) &&
                    entry.file_size() < target.longest)
                    out.push_back(read_file(entry.path()));
        }
    }
    // What was once found stays a seed.
    const fs::path found = fs::path(tree) / "tests/fuzz/found" / std::string(target.name);
    if (fs::is_directory(found))
        for (const auto& entry : fs::directory_iterator(found))
            out.push_back(read_file(entry.path()));
    return out;
}

}  // namespace paraphe::fuzz
