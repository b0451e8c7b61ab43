#include <algorithm>
#include <ostream>

#include "base/error.hpp"
#include "base/file.hpp"
#include "cli/commands.hpp"
#include "cli/rendering.hpp"
#include "json/json.hpp"
#include "pdf/attachments.hpp"
#include "pdf/difference.hpp"
#include "pdf/fingerprint.hpp"

namespace paraphe::cli {

namespace {

json::Value json_of(const std::vector<std::string>& items) {
    json::Array out;
    for (const std::string& item : items)
        out.push_back(item);
    return out;
}

json::Value json_of(const pdf::Fingerprint& print) {
    return json::Object{{"engine", print.engine},
                        {"libraries", print.libraries},
                        {"fonts", json_of(print.fonts)},
                        {"sources", json_of(print.sources)},
                        {"created", print.created}};
}

std::string joined(const std::vector<std::string>& items) {
    std::string out;
    for (const std::string& item : items)
        out += (out.empty() ? "" : ", ") + item;
    return out.empty() ? "rien" : out;
}

/// What the two were made by and from, where that is not the same.
struct Contrast {
    std::string what, of_file, of_rebuilt;
};

std::vector<Contrast> contrasts(const pdf::Fingerprint& file, const pdf::Fingerprint& rebuilt) {
    std::vector<Contrast> out;
    const auto compare = [&](const char* what, const std::string& one, const std::string& other) {
        if (one != other) out.push_back({what, one.empty() ? "rien" : one, other});
    };
    compare("moteur", file.engine, rebuilt.engine);
    compare("bibliothèques", file.libraries, rebuilt.libraries);
    compare("modèle et clauses", joined(file.sources), joined(rebuilt.sources));
    compare("polices", joined(file.fonts), joined(rebuilt.fonts));
    return out;
}

/// "same"; "other_engine": another engine or library made it; "other_sources": another template,
/// clause or font; "different": all that is the same, the data are not.
std::string verdict(const std::vector<Contrast>& contrasts) {
    const auto has = [&](const char* what) {
        return std::any_of(contrasts.begin(), contrasts.end(),
                           [&](const Contrast& one) { return one.what == what; });
    };
    if (has("moteur") || has("bibliothèques")) return "other_engine";
    return contrasts.empty() ? "different" : "other_sources";
}

/// The field that was sealed while the file was written, if any.
const pdf::SignatureField* sealed(const pdf::File& file) {
    for (const pdf::SignatureField& field : file.signature_fields())
        if (field.is_signed() && field.signature->signed_at) return &field;
    return nullptr;
}

json::Value data_of(const RebuildOptions& options, const std::vector<pdf::Attachment>& inside) {
    if (!options.data.empty()) return json::parse(read_file(options.data), options.data);
    for (const pdf::Attachment& one : inside) {
        if (one.relationship == pdf::Relationship::data && one.media_type == "application/json")
            return json::parse(one.bytes, options.file + ":" + one.name);
    }
    throw Error(ErrorKind::malformed_input, "le fichier ne contient pas ses données",
                {options.file, 0, 0, {}}, "donnez-les par --data");
}

void tell(const std::string& file, const std::string& judged,
          const std::vector<Contrast>& contrasts, const pdf::Difference& difference,
          std::ostream& out) {
    out << file << " : ";
    if (judged == "other_engine")
        out << "fait par un autre moteur ou une autre version d’une bibliothèque\n";
    else if (judged == "other_sources")
        out << "fait d’un autre modèle, d’une autre clause ou d’une autre police\n";
    else
        out << "diffère de ce que donnent ces données et ce modèle\n";
    for (const Contrast& each : contrasts)
        out << "  " << each.what << " du fichier : " << each.of_file << "\n  " << each.what
            << " d’aujourd’hui : " << each.of_rebuilt << "\n";
    out << "  première différence : " << difference.what;
    if (difference.object > 0) out << ", objet " << difference.object;
    out << ", octet " << difference.offset << "\n";
}

}  // namespace

int rebuild(const RebuildOptions& options, Console& console) {
    const pdf::File file =
        pdf::first_revision(pdf::File::read(read_file(options.file), options.file));
    const pdf::Fingerprint print = pdf::read_fingerprint(file);
    if (print.created.empty())
        throw Error(ErrorKind::malformed_input, "le fichier ne dit pas quand il a été fait",
                    {options.file, 0, 0, {}}, "donnez un PDF fait par paraphe");
    RenderOptions render;
    render.template_file = options.template_file;
    render.kind = options.kind;
    render.schema = options.schema;
    render.templates = options.templates;
    render.home = options.home;
    render.now = print.created;
    pdf::WriteOptions write;
    write.attachments = pdf::attachments(file);
    write.object_streams = file.uses_xref_stream();
    const Rendering rendering(render, console);
    json::Value data = data_of(options, write.attachments);
    const pdf::File rebuilt = pdf::File::read(
        rendering.to_pdf(
            rendering.record(std::move(data), options.data.empty() ? options.file : options.data),
            write, sealed(file)),
        "rebuilt.pdf");
    const auto difference = pdf::first_difference(file, rebuilt);
    const auto now = pdf::read_fingerprint(rebuilt);
    const auto differing = contrasts(print, now);
    const std::string judged = difference ? verdict(differing) : "same";
    if (options.json) {
        json::Object out{{"file", options.file},
                         {"verdict", judged},
                         {"made_by", json_of(print)},
                         {"rebuilt_by", json_of(now)}};
        if (difference)
            out.set("difference",
                    json::Object{{"offset", static_cast<std::int64_t>(difference->offset)},
                                 {"object", difference->object},
                                 {"page", difference->page},
                                 {"what", difference->what}});
        console.out << json::write(std::move(out)) << '\n';
    } else if (difference) {
        tell(options.file, judged, differing, *difference, console.out);
    } else {
        console.out << options.file
                    << " : identique, octet pour octet, à ce que donnent ces données, "
                    << "ce modèle, ces polices et ce moteur (" << file.bytes().size()
                    << " octets)\n";
    }
    return difference ? 1 : 0;
}

}  // namespace paraphe::cli
