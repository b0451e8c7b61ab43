#include "contract/house.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "crypto/trust.hpp"
#include "expression/value.hpp"
#include "json/json.hpp"
#include "kind/audience.hpp"
#include "kind/kind.hpp"
#include "layout/contents.hpp"
#include "layout/layout.hpp"
#include "locale/french.hpp"
#include "locale/zone.hpp"
#include "odf/odf.hpp"
#include "pack/pack.hpp"
#include "pdf/attachments.hpp"
#include "pdf/pdf.hpp"
#include "signature/signature.hpp"
#include "template/template.hpp"
#include "text/font_map.hpp"

namespace paraphe::contract {

namespace {

/// The data's members by their names, and `dossier` and `parametres` beside them.
expression::Value values(const Workshop::Context& context) {
    const expression::Value dossier = context.kind->typed(context.data);
    expression::Map out = dossier.is_map() ? dossier.map() : expression::Map();
    out.set("dossier", dossier);
    if (!context.kind->parameters.empty() && context.kind->parameters.front().from <= context.today)
        out.set("parametres", context.kind->parameter_values(context.today));
    return out;
}

Error no_template(const Workshop::Context& context, const std::string& name) {
    return Error(ErrorKind::not_found,
                 "the kind '" + context.kind->name + "' has no template '" + name + "'", {},
                 "check the workflow's p:render and p:notify", "no_template");
}

/// Letters and digits of plain ASCII, '-' for the rest.
std::string plain(const std::string& text) {
    std::string out;
    for (char c : text) {
        const bool kept = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                          (c >= 'a' && c <= 'z') || c == '-' || c == '_';
        out += kept ? c : '-';
    }
    return out.empty() ? "document" : out;
}

signature::pades::Request request_of(const Workshop::SignatureJob& job,
                                     const text::FontMap& fonts) {
    signature::pades::Request out;
    out.field = job.slot;
    out.at = job.at;
    out.name = job.name;
    out.reason = job.reason;
    out.visible.face = fonts.find("Liberation Sans", 400, false, "swiss").face;
    out.visible.name = job.name;
    return out;
}

std::string text_at(const json::Value& data, const char* parent, const char* member) {
    const json::Value* inner = data.find(parent);
    return inner && inner->is_object() ? inner->string_or(member, "") : std::string();
}

/// What travels inside the PDF of a document, as the kind says.
std::vector<pdf::Attachment> associated(const Workshop::Context& context,
                                        const std::string& document, const Bytes& odt) {
    const json::SchemaView schema = context.kind->schema.root();
    const auto files =
        kind::associated_files(schema, kind::Orders(context.kind->workflow), document);
    const auto data = files.data(schema, context.data);
    return pdf::associated_files(plain(document), data ? json::write_pretty(*data) : Bytes(),
                                 files.odt ? odt : Bytes(), context.at);
}

}  // namespace

House::House(const text::FontMap& fonts, const crypto::Signer& seal, HouseOptions options)
    : fonts_(fonts),
      seal_(seal),
      options_(std::move(options)),
      cache_(std::make_unique<pdf::FontCache>()),
      shaped_(std::make_unique<layout::ShapingCache>(fonts)),
      previews_(fonts, options_.producer) {}
House::~House() = default;

Workshop::Rendered House::render(const Context& context, const std::string& name,
                                 const std::string& template_name) {
    const auto path = context.kind->template_path(template_name);
    const auto found = path ? context.kind->templates.find(*path) : context.kind->templates.end();
    if (found == context.kind->templates.end()) throw no_template(context, template_name);
    const odf::Document document = tmpl::merge(found->second, values(context), kind::registry());
    layout::Options options;
    options.created = paraphe::to_string(context.at);
    options.producer = options_.producer;
    options.zone = context.zone;
    options.shaped = shaped_.get();
    const layout::Pages pages = layout::layout(document, fonts_, options);
    Rendered out;
    out.odt = odf::write_package(layout::with_contents(document, pages));
    pdf::WriteOptions writing;
    writing.attachments = associated(context, name, out.odt);
    out.pdf = pdf::write(pages, *cache_, writing);
    for (const layout::SignatureField& field : pages.fields)
        out.slots.push_back(field.slot);
    return out;
}

Workshop::Prepared House::prepare_signature(const SignatureJob& job) {
    // One key speaks for one party: nobody signs a contract for two.
    for (const auto& signature :
         signature::verify(job.pdf, "document.pdf", crypto::TrustStore(), job.at).signatures)
        if (signature.certificate == job.certificate)
            throw Error(ErrorKind::conflict,
                        "cette clé a déjà signé ce document (« " + signature.place + " »)", {},
                        "chaque partie signe avec sa propre clé", "key_used");
    const auto prepared = signature::pades::prepare(
        pdf::File::read(job.pdf), request_of(job, fonts_), job.certificate, job.chain, *cache_);
    return {prepared.to_sign, prepared.algorithm};
}

Bytes House::embed_signature(const SignatureJob& job, ByteView value) {
    const auto prepared = signature::pades::prepare(
        pdf::File::read(job.pdf), request_of(job, fonts_), job.certificate, job.chain, *cache_);
    return signature::pades::embed(prepared, prepared.base, value);
}

Bytes House::seal_odt(const Bytes& odt, Instant at) {
    return signature::odf_sign(odt, "document.odt", at, seal_);
}

Workshop::Message House::message(const Context& context, const std::string& template_name) {
    const Bytes* source = context.kind->template_source(template_name);
    const auto path = context.kind->template_path(template_name);
    if (!source || !path) throw no_template(context, template_name);
    const auto compiled = tmpl::compile_text_or_throw(*source, context.kind->name + "/" + *path,
                                                      tmpl::mode_of(*path));
    return {context.kind->title() + " " + context.reference,
            tmpl::render_text(compiled, values(context), kind::registry())};
}

Workshop::Pack House::pack(const PackJob& job) {
    namespace p = paraphe::pack;
    const Context& context = job.context;
    p::Contract contract;
    contract.reference = plain(context.reference);
    contract.version = static_cast<int>(job.version);
    contract.type = context.kind->title();
    contract.status = "nouveau";
    contract.start = text_at(context.data, "contrat", "debut");
    contract.end = text_at(context.data, "contrat", "fin");
    for (const Slot& slot : job.slots) {
        if (slot.state != Slot::State::signed_) continue;
        const std::string title = job.context.kind->slot_title(slot.slot);
        contract.parties.push_back(title);
        contract.signatures.push_back(
            {title, locale::to_local(slot.since, context.zone).date.to_string(), "B-B"});
    }
    const std::string name = plain(job.document);
    contract.files.push_back({name + ".pdf", job.pdf, "application/pdf", "Document signé (PDF)"});
    contract.files.push_back({name + ".odt", job.odt, "application/vnd.oasis.opendocument.text",
                              "Document scellé (ODT)"});
    if (job.data)
        contract.files.push_back({"donnees.json", json::write_pretty(*job.data), "application/json",
                                  "Données du contrat pour ce destinataire"});
    if (!job.journal.empty())
        contract.files.push_back({"journal.jsonl", job.journal, "application/x-ndjson",
                                  "Extrait du journal (empreintes)"});

    p::Content content;
    content.metadata.pack_id = plain(job.id);
    content.metadata.sequence = job.sequence;
    content.metadata.previous = job.previous;
    content.metadata.sender = {options_.sender.name, options_.sender.siret,
                               options_.sender.contact};
    const auto recipient = options_.recipients.find(job.audience);
    content.metadata.recipient =
        recipient == options_.recipients.end()
            ? p::Organisation{job.audience, {}, {}}
            : p::Organisation{recipient->second.name, recipient->second.siret,
                              recipient->second.contact};
    content.metadata.legal_basis = options_.legal_basis;
    content.metadata.generated_at = std::chrono::floor<std::chrono::seconds>(context.at);
    content.metadata.software = options_.producer;
    content.contracts.push_back(std::move(contract));
    return {p::file_name(content.metadata), p::build(content, seal_)};
}

PreviewPtr House::preview(const Bytes& odt) {
    return previews_.of(odt);
}

}  // namespace paraphe::contract
