#include "base/file.hpp"
#include "crypto/authority.hpp"
#include "crypto/cms.hpp"
#include "crypto/signer.hpp"
#include "crypto/trust.hpp"
#include "expression/check.hpp"
#include "expression/data.hpp"
#include "expression/expression.hpp"
#include "expression/registry.hpp"
#include "fuzz/fuzz.hpp"
#include "json/json.hpp"
#include "json/schema.hpp"
#include "layout/layout.hpp"
#include "locale/regex.hpp"
#include "odf/odf.hpp"
#include "pdf/pdf.hpp"
#include "pdf/picture.hpp"
#include "server/gate.hpp"
#include "server/http.hpp"
#include "signature/signature.hpp"
#include "template/template.hpp"
#include "workflow/checker.hpp"
#include "workflow/reader.hpp"
#include "workflow/runner.hpp"
#include "xml/xml.hpp"
#include "zip/zip.hpp"

namespace paraphe::fuzz {

namespace {

const Instant noon = *parse_instant("2026-11-25T12:00:00Z");

const std::string tree = PARAPHE_SOURCE_DIR;

void read_xml(std::string_view octets) {
    xml::parse(octets, {"fuzz.xml"});
}

void read_zip(std::string_view octets) {
    const auto archive = zip::Archive::open(Bytes(octets), "fuzz.zip");
    for (const auto& entry : archive.entries())
        archive.read(entry.name);
}

void read_json(std::string_view octets) {
    json::write(json::parse(octets, "fuzz.json"));
}

void read_schema(std::string_view octets) {
    const auto schema = json::Schema::compile(json::parse(octets, "fuzz.json"), "fuzz.json",
                                              locale::pattern_compiler());
    schema.validate(json::parse(R"({"a":[1,"x",null],"reference":"A"})", "instance"));
}

void read_expression(std::string_view octets) {
    expression::Limits limits;
    limits.steps = 100'000;
    expression::Scope scope(expression::Value(expression::Map()), limits);
    const auto parsed = expression::parse(octets);
    expression::evaluate(parsed, scope, expression::standard_registry());
}

void read_text_template(std::string_view octets) {
    static const auto data = expression::from_json(
        json::parse(read_file(tree + "/tests/conformance/expressions/data.json"), "data.json"));
    expression::Limits limits;
    limits.steps = 100'000;
    const auto compiled = tmpl::compile_text(octets, "fuzz.txt", tmpl::TextMode::html);
    tmpl::render_text(compiled, data, expression::standard_registry(), limits);
}

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

std::vector<std::string> expressions() {
    return cases(true);
}

std::vector<std::string> text_templates() {
    return cases(false);
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
    return {rich_document()};
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

void read_package_part(std::string_view octets) {
    static const Bytes package = packages().front();
    for (const char* name : {"content.xml", "styles.xml", "META-INF/manifest.xml"})
        try {
            odf::write_package(odf::read(package_with(package, name, octets), "fuzz.odt"));
        } catch (const Error&) {
            // Any of the three may refuse what is meant for another.
        }
}

std::vector<std::string> package_parts() {
    return parts(packages().back());
}

void read_odf(std::string_view octets) {
    const auto document = odf::read(octets, "fuzz.odt");
    odf::write_flat(document);
}

void read_template(std::string_view octets) {
    static const auto data = expression::from_json(
        json::parse(read_file(tree + "/tests/golden/convention/data.json"), "data.json"));
    static const auto registry = [] {
        expression::Registry all = expression::standard_registry();
        tmpl::add_functions(all);
        return all;
    }();
    expression::Limits limits;
    limits.steps = 100'000;
    const auto compiled = tmpl::compile(odf::read(octets, "fuzz.fodt"), {});
    if (compiled.result) odf::write_flat(tmpl::merge(*compiled.result, data, registry, limits));
}

const text::FontMap& fonts() {
    // Never destroyed: FreeType's library ends before static objects do.
    static const auto& map = *new text::FontMap(text::FontMap::load(tree + "/fonts/fonts.map"));
    return map;
}

layout::Pages set(std::string_view octets) {
    layout::Options options;
    options.created = "2026-11-25T12:00:00Z";
    return layout::layout(odf::read(octets, "fuzz.fodt"), fonts(), options);
}

void read_layout(std::string_view octets) {
    set(octets);
}

/// What layout lets through, the writer must be able to write and the reader to read.
void read_rendered(std::string_view octets) {
    const layout::Pages pages = set(octets);
    if (pages.pages.size() > 20) return;
    pdf::FontCache cache;
    pdf::File::read(pdf::write(pages, cache), "fuzz.pdf");
    layout::dump(pages);
    pdf::svg(pages, 0);
}

void read_workflow(std::string_view octets) {
    const auto chart = workflow::read(octets, "fuzz.scxml");
    workflow::check(chart);
    workflow::RunOptions options;
    options.now = noon;
    workflow::run(chart, {}, options);
}

const workflow::Definition& chart() {
    static const auto definition =
        workflow::read_definition(tree + "/workflows/masp/workflow.scxml");
    return definition;
}

void read_snapshot(std::string_view octets) {
    const auto snapshot = workflow::snapshot_from_json(chart(), json::parse(octets, "fuzz.json"));
    workflow::to_json(chart(), snapshot);
    workflow::active_atomic_states(chart(), snapshot);
    workflow::next_deadline(snapshot);
}

std::vector<std::string> snapshots() {
    workflow::RunOptions options;
    options.now = noon;
    const auto result = workflow::run(chart(), {}, options);
    return {json::write(workflow::to_json(chart(), result.snapshot)),
            R"({"configuration":["a"],"history":{},"data":{"x":1},"deadlines":[]})"};
}

void read_script(std::string_view octets) {
    const auto script = workflow::read_script(octets, "fuzz.jsonl");
    workflow::RunOptions options;
    options.now = noon;
    workflow::run(chart(), script, options);
}

std::vector<std::string> scripts() {
    return {R"({"event":"signed.beneficiaire","at":"2026-11-26T10:00:00Z"}
{"advance":"P18M"}
{"dossier":{"beneficiaire":{"nom":"Sarr"},"mesure":{"debut":"2026-12-01"}}}
{"event":"transmettre","by":"referent:lea","data":{"motif":"x"}}
)",
            R"({"advance":"P1Y2M3W4D"})"};
}

void read_pdf(std::string_view octets) {
    pdf::Limits limits;
    limits.objects = 20'000;
    pdf::File::read(Bytes(octets), "fuzz.pdf", limits);
}

Bytes small_pdf(bool object_streams) {
    const layout::Pages pages = set(rich_document());
    pdf::FontCache cache;
    return pdf::write(pages, cache, {.object_streams = object_streams, .attachments = {}});
}

struct Keys {
    crypto::Authority root;
    crypto::KeySigner signer;
    crypto::TrustStore trust;
};

const Keys& keys() {
    static const Keys all = [] {
        SequenceRandom random(1);
        const Instant from = *parse_instant("2026-01-01T00:00:00Z");
        const Instant until = *parse_instant("2036-01-01T00:00:00Z");
        auto root = crypto::Authority::create({"Essai", "Escale", "FR"}, from, until, random);
        auto signer = root.issue({"Awa Sarr", "Escale", "FR"}, from, until, random);
        crypto::TrustStore trust;
        trust.add(root.certificate());
        return Keys{std::move(root), std::move(signer), std::move(trust)};
    }();
    return all;
}

Bytes signed_pdf(bool object_streams) {
    signature::pades::Request request;
    request.field = "awa";
    request.at = noon;
    request.name = "Awa Sarr";
    pdf::FontCache cache;
    return signature::pades::sign(pdf::File::read(small_pdf(object_streams), "seed.pdf"), request,
                                  keys().signer, cache);
}

std::vector<std::string> pdfs() {
    return {small_pdf(true), small_pdf(false), signed_pdf(true), signed_pdf(false)};
}

/// Reading it, then what a signatory's act does to it.
void sign_foreign(std::string_view octets) {
    pdf::Limits limits;
    limits.objects = 20'000;
    const auto file = pdf::File::read(Bytes(octets), "fuzz.pdf", limits);
    signature::pades::Request request;
    request.field = "awa";
    request.at = noon;
    pdf::FontCache cache;
    signature::pades::sign(file, request, keys().signer, cache);
}

std::vector<std::string> unsigned_pdfs() {
    return {small_pdf(true), small_pdf(false)};
}

Bytes signed_odt() {
    static const Bytes package =
        signature::odf_sign(packages().front(), "seed.odt", noon, keys().signer);
    return package;
}

Bytes container() {
    static const Bytes file =
        signature::sign_asice({{"a.txt", "a", "text/plain"}}, noon, keys().signer);
    return file;
}

std::vector<std::string> signed_files() {
    return {signed_pdf(true), signed_pdf(false), signed_odt(), container()};
}

constexpr const char* odf_signatures = "META-INF/documentsignatures.xml";

void read_signature_part(std::string_view octets) {
    const auto judge = [](Bytes file) {
        try {
            signature::verify(std::move(file), "fuzz", keys().trust, noon);
        } catch (const Error&) {
            // Any of the parts may refuse what is meant for another.
        }
    };
    judge(package_with(signed_odt(), odf_signatures, octets));
    judge(package_with(container(), signature::asice_manifest_name, octets));
}

std::vector<std::string> signature_parts() {
    return {zip::Archive::open(signed_odt(), "seed").read(odf_signatures),
            zip::Archive::open(container(), "seed").read(signature::asice_manifest_name)};
}

void read_cms(std::string_view octets) {
    const auto verdict = crypto::verify_cms(octets, {"a"});
    if (verdict.signer)
        crypto::verify_chain(*verdict.signer, verdict.certificates, keys().trust, noon);
}

std::vector<std::string> cms() {
    return {crypto::sign_cades("a", keys().signer, noon),
            zip::Archive::open(container(), "seed").read(signature::asice_signature_name)};
}

void read_certificates(std::string_view octets) {
    for (const auto& one : crypto::Certificate::read_all(octets)) {
        crypto::verify_chain(one, {}, keys().trust, noon);
        one.common_name();
        one.algorithm();
    }
}

std::vector<std::string> certificates() {
    const auto& one = keys().signer.certificate();
    return {one.pem(), one.der(), one.pem() + keys().root.certificate().pem()};
}

void read_picture(std::string_view octets) {
    layout::Picture picture;
    picture.bytes = std::make_shared<const Bytes>(octets);
    picture.media_type = octets.starts_with("\xff") ? "image/jpeg" : "image/png";
    pdf::decode(picture);
}

std::vector<std::string> pictures() {
    return {
        pdf::png(set(rich_document()), 0, 10),
        from_base64("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
                    "awAAAABJRU5ErkJggg=="),
        std::string("\xff\xd8\xff\xc0\0\x0b\x08\0\x10\0\x10\1\1\x11\0\xff\xd9", 17)};
}

void read_signed(std::string_view octets) {
    signature::verify(Bytes(octets), "fuzz", keys().trust, noon);
}

void read_key(std::string_view octets) {
    crypto::read_pkcs12(octets, "demo", "fuzz.p12");
}

std::vector<std::string> key_files() {
    return {crypto::write_pkcs12(keys().signer, "demo", "demo")};
}

void read_request(std::string_view octets) {
    server::Gate gate({});
    gate.push(octets);
    char buffer[256];
    while (gate.take(buffer, sizeof buffer) > 0) {
    }
    if (!gate.refusal()) gate.push("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
}

void read_target(std::string_view octets) {
    server::Request request;
    request.headers["cookie"] = octets;
    request.cookie("a");
    try {
        server::read_form(octets);
    } catch (const Error&) {
        // The target is still to be read.
    }
    server::read_target(octets, request);
}

std::vector<std::string> requests() {
    return {"GET /dossiers/1?x=a%20b HTTP/1.1\r\nHost: a.test\r\nCookie: session=1; b=2\r\n\r\n",
            "POST /api/dossiers HTTP/1.1\r\nHost: a.test\r\nContent-Length: 7\r\n\r\n{\"a\":1}GET "
            "/ HTTP/1.1\r\nHost: a.test\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: "
            "chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"};
}

std::vector<std::string> request_targets() {
    return {"/dossiers/1?x=a%20b&y=%C3%A9", "a=1&b=%20+c", "/a/../b", "session=1; a=2"};
}

}  // namespace

const std::vector<Target>& targets() {
    static const std::vector<Target> all{
        {"xml", read_xml, {".fodt", ".scxml"}},
        {"zip", read_zip, {}, packages},
        {"json", read_json, {".json"}},
        {"schema", read_schema, {".json"}},
        {"expression", read_expression, {}, expressions},
        {"text", read_text_template, {}, text_templates},
        {"odf", read_odf, {".fodt"}, packages},
        {"part", read_package_part, {}, package_parts, 20'000},
        {"template", read_template, {".fodt"}},
        {"layout", read_layout, {".fodt"}, rich_documents, 20'000},
        {"rendered", read_rendered, {}, rich_documents, 20'000},
        {"workflow", read_workflow, {".scxml"}},
        {"snapshot", read_snapshot, {}, snapshots},
        {"script", read_script, {".jsonl"}, scripts},
        {"pdf", read_pdf, {}, pdfs},
        {"signing", sign_foreign, {}, unsigned_pdfs},
        {"signature", read_signed, {}, signed_files},
        {"signatures", read_signature_part, {}, signature_parts},
        {"cms", read_cms, {}, cms},
        {"certificate", read_certificates, {}, certificates},
        {"key", read_key, {}, key_files},
        {"picture", read_picture, {}, pictures},
        {"request", read_request, {}, requests},
        {"target", read_target, {}, request_targets},
    };
    return all;
}

}  // namespace paraphe::fuzz
