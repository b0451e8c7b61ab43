#include "base/file.hpp"
#include "crypto/authority.hpp"
#include "crypto/cms.hpp"
#include "crypto/signer.hpp"
#include "crypto/trust.hpp"
#include "fuzz/fuzz.hpp"
#include "fuzz/seeds.hpp"
#include "json/json.hpp"
#include "pdf/pdf.hpp"
#include "server/gate.hpp"
#include "server/http.hpp"
#include "signature/signature.hpp"
#include "workflow/checker.hpp"
#include "workflow/reader.hpp"
#include "workflow/runner.hpp"
#include "zip/zip.hpp"

namespace paraphe::fuzz {

namespace {

const Instant noon = *parse_instant("2026-11-25T12:00:00Z");

const std::string tree = PARAPHE_SOURCE_DIR;

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
    static const std::vector<Target> own{
        {"workflow", read_workflow, {".scxml"}},
        {"snapshot", read_snapshot, {}, snapshots},
        {"script", read_script, {".jsonl"}, scripts},
        {"signing", sign_foreign, {}, unsigned_pdfs},
        {"signature", read_signed, {}, signed_files},
        {"signatures", read_signature_part, {}, signature_parts},
        {"cms", read_cms, {}, cms},
        {"certificate", read_certificates, {}, certificates},
        {"key", read_key, {}, key_files},
        {"request", read_request, {}, requests},
        {"target", read_target, {}, request_targets},
    };
    static const std::vector<Target> all = [] {
        std::vector<Target> joined = document_targets();
        joined.insert(joined.end(), output_targets().begin(), output_targets().end());
        joined.insert(joined.end(), own.begin(), own.end());
        return joined;
    }();
    return all;
}

}  // namespace paraphe::fuzz
