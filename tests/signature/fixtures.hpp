#pragma once

#include "../crypto/fixtures.hpp"
#include "pdf/pdf.hpp"
#include "signature/signature.hpp"
#include "text/font_map.hpp"
#include "zip/zip.hpp"

namespace paraphe::fixtures {

/// A contract of one page with three signature fields.
inline layout::Pages contract_pages() {
    layout::Pages pages;
    pages.metadata.title = "Contrat d'accompagnement";
    pages.metadata.author = "Association Escale Logement";
    pages.metadata.created = "2026-11-25T07:00:00Z";
    pages.nodes.emplace_back().role = layout::Role::document;
    layout::Page page;
    page.size = {Length::from_millimetres(210), Length::from_millimetres(297)};
    page.label = "1";
    layout::Path rule;
    rule.verbs = {layout::Verb::move, layout::Verb::line};
    rule.points = {{Length::from_points(60), Length::from_points(100)},
                   {Length::from_points(500), Length::from_points(100)}};
    rule.stroke = Color{};
    rule.stroke_width = Length::from_points(1);
    rule.mark.artifact = layout::Artifact::layout;
    page.items.emplace_back(rule);
    pages.pages.push_back(page);
    int row = 0;
    for (const char* slot : {"beneficiaire", "association", "departement"}) {
        const int node = static_cast<int>(pages.nodes.size());
        layout::StructureNode& form = pages.nodes.emplace_back();
        form.role = layout::Role::form;
        form.parent = 0;
        pages.nodes[0].children.push_back(node);
        pages.fields.push_back({slot,
                                "Signature : " + std::string(slot),
                                0,
                                {Length::from_points(60), Length::from_points(400 + 90 * row),
                                 Length::from_points(200), Length::from_points(70)},
                                node});
        ++row;
    }
    return pages;
}

/// The same as the writer makes it, nobody has signed.
inline Bytes contract_pdf(bool object_streams = true) {
    pdf::FontCache fonts;
    return pdf::write(contract_pages(), fonts,
                      {.object_streams = object_streams, .attachments = {}});
}

inline text::FacePtr sans() {
    // Never destroyed: FreeType's library ends before static objects do.
    static const auto& map = *new text::FontMap(
        text::FontMap::load(std::string(PARAPHE_SOURCE_DIR) + "/fonts/fonts.map"));
    return map.find("Liberation Sans", 400, false).face;
}

inline signature::pades::Request request(const std::string& field, const std::string& name = {},
                                         const std::string& capacity = {}) {
    signature::pades::Request out;
    out.field = field;
    out.at = now();
    out.name = name;
    out.reason = "Accord sur le contrat";
    out.location = "Montclair";
    out.visible = {sans(), name, capacity, "25 novembre 2026 à 8 h 10", "Accord sur le contrat",
                   {}};
    return out;
}

inline Bytes sign_pdf(Bytes file, const signature::pades::Request& what,
                      const crypto::Signer& signer) {
    pdf::FontCache fonts;
    return signature::pades::sign(pdf::File::read(std::move(file)), what, signer, fonts);
}

/// Signed by all three.
inline const Bytes& signed_contract() {
    static const Bytes file = [] {
        Bytes out = sign_pdf(contract_pdf(), request("beneficiaire", "Awa Sarr", "bénéficiaire"),
                             keys().p256);
        out = sign_pdf(out, request("association", "Léa Vasseur", "directrice"), keys().p384);
        return sign_pdf(out, request("departement", "Jean Moreau", "par délégation"), keys().rsa);
    }();
    return file;
}

inline Bytes odt(const std::string& text = "Le présent contrat est conclu pour six mois.") {
    const std::string office =
        "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
        "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" "
        "xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" office:version=\"1.3\"";
    const std::string declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    return zip::write(
        {{"mimetype", "application/vnd.oasis.opendocument.text", zip::Method::stored},
         {"content.xml", declaration + "<office:document-content " + office +
                             "><office:body><office:text><text:p>" + text +
                             "</text:p></office:text></office:body></office:document-content>"},
         {"styles.xml", declaration + "<office:document-styles " + office +
                            "><office:styles/></office:document-styles>"},
         {"Pictures/logo 1.png", Bytes("\x89PNG\r\n\x1a\n", 8)},
         {"META-INF/manifest.xml",
          declaration + "<manifest:manifest "
                        "xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" "
                        "manifest:version=\"1.3\"><manifest:file-entry manifest:full-path=\"/\" "
                        "manifest:version=\"1.3\" "
                        "manifest:media-type=\"application/vnd.oasis.opendocument.text\"/>"
                        "<manifest:file-entry manifest:full-path=\"content.xml\" "
                        "manifest:media-type=\"text/xml\"/><manifest:file-entry "
                        "manifest:full-path=\"styles.xml\" manifest:media-type=\"text/xml\"/>"
                        "<manifest:file-entry manifest:full-path=\"Pictures/logo 1.png\" "
                        "manifest:media-type=\"image/png\"/></manifest:manifest>"}});
}

inline signature::ValidationReport judge(Bytes file) {
    return signature::verify(std::move(file), "essai", keys().trust, now());
}

/// Codes of all findings, of the file and of each signature: "no_trust_anchor no_trust_anchor".
inline std::string codes(const signature::ValidationReport& report) {
    std::string out;
    const auto add = [&](const std::vector<signature::Finding>& findings) {
        for (const signature::Finding& one : findings)
            out += (out.empty() ? "" : " ") + one.code;
    };
    for (const signature::SignatureReport& one : report.signatures)
        add(one.findings);
    add(report.findings);
    return out;
}

inline Bytes with_entry(const Bytes& archive, const std::string& name, const Bytes& bytes) {
    std::vector<zip::Item> items;
    bool replaced = false;
    const zip::Archive read = zip::Archive::open(archive, "essai");
    for (const zip::Entry& entry : read.entries()) {
        const bool same = entry.name == name;
        replaced = replaced || same;
        items.push_back({entry.name, same ? bytes : read.read(entry.name), entry.method});
    }
    if (!replaced) items.push_back({name, bytes});
    return zip::write(items);
}

}  // namespace paraphe::fixtures
