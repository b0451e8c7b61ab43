#include "crypto/cms.hpp"
#include "crypto/signer.hpp"
#include "crypto/trust.hpp"
#include "expression/check.hpp"
#include "expression/expression.hpp"
#include "expression/registry.hpp"
#include "fuzz/fuzz.hpp"
#include "json/json.hpp"
#include "json/schema.hpp"
#include "locale/regex.hpp"
#include "odf/odf.hpp"
#include "pdf/pdf.hpp"
#include "server/gate.hpp"
#include "server/http.hpp"
#include "signature/verify.hpp"
#include "template/template.hpp"
#include "workflow/reader.hpp"
#include "xml/xml.hpp"
#include "zip/zip.hpp"

namespace paraphe::fuzz {

namespace {

const Instant noon = *parse_instant("2026-11-25T12:00:00Z");

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

void read_odf(std::string_view octets) {
    odf::read(octets, "fuzz.odt");
}

void read_template(std::string_view octets) {
    tmpl::compile(odf::read(octets, "fuzz.fodt"), {});
}

void read_workflow(std::string_view octets) {
    workflow::read(octets, "fuzz.scxml");
}

void read_pdf(std::string_view octets) {
    pdf::Limits limits;
    limits.objects = 20'000;
    pdf::File::read(Bytes(octets), "fuzz.pdf", limits);
}

void read_signed(std::string_view octets) {
    signature::verify(Bytes(octets), "fuzz", crypto::TrustStore(), noon);
}

void read_key(std::string_view octets) {
    crypto::read_pkcs12(octets, "demo", "fuzz.p12");
}

void read_request(std::string_view octets) {
    server::Gate gate({});
    gate.push(octets);
    char buffer[256];
    while (gate.take(buffer, sizeof buffer) > 0) {
    }
    server::Request request;
    server::read_target(octets, request);
}

}  // namespace

const std::vector<Target>& targets() {
    static const std::vector<Target> all{
        {"xml", read_xml, {".fodt", ".scxml"}},
        {"zip", read_zip, {".odt"}},
        {"json", read_json, {".json"}},
        {"schema", read_schema, {".json"}},
        {"expression", read_expression, {".txt"}},
        {"odf", read_odf, {".fodt", ".odt"}},
        {"template", read_template, {".fodt"}},
        {"workflow", read_workflow, {".scxml"}},
        {"pdf", read_pdf, {".pdf"}},
        {"signature", read_signed, {".pdf", ".odt", ".asice"}},
        {"key", read_key, {".p12"}},
        {"request", read_request, {".http"}},
    };
    return all;
}

}  // namespace paraphe::fuzz
