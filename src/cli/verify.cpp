#include <ostream>

#include "base/error.hpp"
#include "base/file.hpp"
#include "cli/commands.hpp"
#include "crypto/trust.hpp"
#include "json/json.hpp"
#include "pack/pack.hpp"
#include "signature/report.hpp"
#include "signature/verify.hpp"

namespace paraphe::cli {

namespace {

crypto::TrustStore trust_of(const VerifyOptions& options) {
    return options.trust.empty() ? crypto::TrustStore() : crypto::TrustStore::load(options.trust);
}

json::Value findings_json(const std::vector<signature::Finding>& findings) {
    json::Array out;
    for (const auto& finding : findings)
        out.push_back(json::Object{
            {"effect", to_string(finding.effect)}, {"code", finding.code}, {"text", finding.text}});
    return out;
}

json::Value strings(const std::vector<std::string>& items) {
    json::Array out;
    for (const auto& item : items)
        out.emplace_back(item);
    return out;
}

json::Value report_json(const std::string& file, const signature::ValidationReport& report) {
    json::Array signatures;
    for (const auto& one : report.signatures)
        signatures.push_back(
            json::Object{{"format", one.format},
                         {"level", one.level},
                         {"place", one.place},
                         {"verdict", to_string(one.verdict)},
                         {"signer", one.signer},
                         {"claimed_at",
                          one.claimed_at ? json::Value(to_string(*one.claimed_at)) : json::Value()},
                         {"covers", one.covers},
                         {"added_after", strings(one.added_after)},
                         {"findings", findings_json(one.findings)}});
    return json::Object{{"file", file},
                        {"format", report.format},
                        {"verdict", to_string(report.verdict())},
                        {"signatures", std::move(signatures)},
                        {"empty_fields", strings(report.empty_fields)},
                        {"findings", findings_json(report.findings)}};
}

}  // namespace

int verify(const VerifyOptions& options, Console& console) {
    const crypto::TrustStore trust = trust_of(options);
    const Instant at = instant_or(options.at, console.clock.now());
    int status = 0;
    for (const auto& file : options.files) {
        const auto report = signature::verify(read_file(file), file, trust, at);
        if (report.verdict() != signature::Verdict::valid) status = 1;
        if (options.json)
            console.out << json::write(report_json(file, report)) << '\n';
        else
            console.out << file << '\n' << signature::to_text(report);
    }
    return status;
}

int pack_verify(const VerifyOptions& options, Console& console) {
    const crypto::TrustStore trust = trust_of(options);
    const Instant at = instant_or(options.at, console.clock.now());
    int status = 0;
    for (const auto& file : options.files) {
        const auto report = pack::verify(read_file(file, 1u << 30), file, trust, at);
        if (report.verdict() != signature::Verdict::valid) status = 1;
        if (options.json) {
            json::Object out{{"file", file},
                             {"pack_id", report.pack_id},
                             {"verdict", to_string(report.verdict())},
                             {"payload", strings(report.payload)},
                             {"findings", findings_json(report.findings)},
                             {"seal", report_json(file, report.seal)}};
            console.out << json::write(std::move(out)) << '\n';
            continue;
        }
        console.out << file << " : envoi " << report.pack_id << ", "
                    << signature::french(report.verdict()) << '\n'
                    << signature::to_text(report.seal);
        for (const auto& finding : report.findings)
            console.out << "  " << finding.text << '\n';
        for (const auto& name : report.payload)
            console.out << "  " << name << '\n';
    }
    return status;
}

}  // namespace paraphe::cli
