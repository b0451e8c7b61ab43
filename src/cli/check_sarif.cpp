#include <filesystem>
#include <map>

#include "cli/check_report.hpp"
#include "template/explanations.hpp"

namespace paraphe::cli {

namespace {

namespace fs = std::filesystem;
using json::Array;
using json::Object;
using json::Value;

/// A path as URI reference (RFC 3986 §2.1, §4.1); relative when it is below `folder`.
std::string uri_of(const std::string& path, const std::string& folder) {
    const fs::path absolute = fs::absolute(path).lexically_normal();
    const fs::path below = absolute.lexically_relative(fs::absolute(folder).lexically_normal());
    const bool inside = !below.empty() && *below.begin() != "..";
    const std::string text = inside ? below.generic_string() : absolute.generic_string();
    std::string out = inside ? "" : "file://";
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') ||
                           std::string_view("-._~/").find(c) != std::string_view::npos;
        if (plain) {
            out += c;
            continue;
        }
        static constexpr char digits[] = "0123456789ABCDEF";
        const auto octet = static_cast<unsigned char>(c);
        out += {'%', digits[octet >> 4], digits[octet & 15]};
    }
    return out;
}

bool is_package(const std::string& file) {
    return file.ends_with(".odt") || file.ends_with(".ott");
}

const char* level_of(Severity severity) {
    return severity == Severity::error ? "error" : "warning";
}

Object text_of(std::string text) {
    return Object{{"text", std::move(text)}};
}

/// reportingDescriptor (§3.49) of a code.
Value rule_of(const Diagnostic& first) {
    Object out{{"id", first.code}};
    const tmpl::Explanation* explained = tmpl::explanation_of(first.code);
    if (explained != nullptr) {
        const auto& it = *explained;
        const std::string meaning(it.meaning), stakes(it.stakes), remedy(it.remedy);
        out.set("shortDescription", text_of(std::string(it.title)));
        out.set("fullDescription", text_of(meaning + " " + stakes));
        out.set("help",
                Object{{"text", remedy},
                       {"markdown", meaning + "\n\n" + stakes + "\n\n**Que faire.** " + remedy +
                                        "\n\nÀ ne pas écrire :\n\n    " + std::string(it.wrong) +
                                        "\n\nÀ écrire :\n\n    " + std::string(it.right) + "\n"}});
    }
    out.set("defaultConfiguration", Object{{"level", level_of(first.severity)}});
    return out;
}

/// What stands for a line in a PDF file: "page 3, objet 12"; elsewhere the context.
std::string place_in_words(const Diagnostic& d) {
    std::string out = d.context;
    if (d.where.source.ends_with(".pdf") && !d.where.part.empty())
        out += (out.empty() ? "" : ", ") + d.where.part;
    return out;
}

/// What a package's location says instead of a region, in words and for programs.
void add_place_inside(const Diagnostic& d, Object& location) {
    std::string words = d.context;
    if (!d.quote.empty()) words += (words.empty() ? "« " : " : « ") + d.quote + " »";
    if (!words.empty()) location.set("message", text_of(std::move(words)));
    Object inside;
    if (!d.where.part.empty()) inside.set("part", d.where.part);
    if (d.where.line > 0) inside.set("line", d.where.line);
    if (d.where.column > 0) inside.set("column", d.where.column);
    if (!d.quote.empty()) inside.set("quote", d.quote);
    if (inside.size() > 0) location.set("properties", std::move(inside));
}

/// location (§3.28) of a finding.
Value location_of(const Diagnostic& d, const std::string& folder) {
    Object out;
    if (!d.where.source.empty()) {
        Object place{{"artifactLocation", Object{{"uri", uri_of(d.where.source, folder)}}}};
        if (d.where.line > 0 && !is_package(d.where.source)) {
            Object region{{"startLine", d.where.line}};
            if (d.where.column > 0) region.set("startColumn", d.where.column);
            if (!d.quote.empty()) region.set("snippet", text_of(d.quote));
            place.set("region", std::move(region));
        }
        out.set("physicalLocation", std::move(place));
    }
    if (const std::string name = place_in_words(d); !name.empty())
        out.set("logicalLocations",
                Array{Object{{"fullyQualifiedName", name}, {"kind", "element"}}});
    if (is_package(d.where.source)) add_place_inside(d, out);
    return out;
}

}  // namespace

json::Value sarif(const Diagnostics& diagnostics, const std::string& folder) {
    std::map<std::string, std::size_t> indices;
    Array rules, results;
    for (const Diagnostic& d : diagnostics) {
        const auto [rule, added] = indices.emplace(d.code, rules.size());
        if (added && !d.code.empty()) rules.push_back(rule_of(d));
        std::string text;
        if (!d.quote.empty()) text = "« " + d.quote + " » : ";
        text += d.message;
        if (!d.remedy.empty()) text += " ; " + d.remedy;
        Object result;
        if (!d.code.empty()) {
            result.set("ruleId", d.code);
            result.set("ruleIndex", static_cast<std::int64_t>(rule->second));
        }
        result.set("level", level_of(d.severity));
        result.set("message", text_of(std::move(text)));
        Value location = location_of(d, folder);
        if (location.as_object().size() > 0) result.set("locations", Array{std::move(location)});
        results.push_back(std::move(result));
    }
    return Object{
        {"$schema",
         "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
         "sarif-schema-2.1.0.json"},
        {"version", "2.1.0"},
        {"runs", Array{Object{{"tool", Object{{"driver", Object{{"name", "paraphe"},
                                                                {"version", "0.1.0"},
                                                                {"language", "fr-FR"},
                                                                {"rules", std::move(rules)}}}}},
                              {"columnKind", "unicodeCodePoints"},
                              {"results", std::move(results)}}}}};
}

}  // namespace paraphe::cli
