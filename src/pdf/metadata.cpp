#include "pdf/metadata.hpp"

#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/date.hpp"
#include "base/error.hpp"
#include "pdf/blank.hpp"
#include "pdf/container.hpp"
#include "pdf/syntax.hpp"

namespace paraphe::pdf {

namespace {

/// To the second: a PDF date has no fraction, and both places must agree.
std::optional<Instant> created(const layout::Metadata& metadata) {
    if (metadata.created.empty()) return std::nullopt;
    const auto instant = parse_instant(metadata.created);
    if (!instant) {
        throw Error(ErrorKind::internal, "\"" + metadata.created + "\" is no RFC 3339 instant");
    }
    return std::chrono::floor<std::chrono::seconds>(*instant);
}

std::string keyword_list(const layout::Metadata& metadata) {
    std::string out;
    for (const auto& keyword : metadata.keywords)
        out += (out.empty() ? "" : ", ") + keyword;
    return out;
}

/// Text of an XML element; characters that XML 1.0 forbids are left out.
std::string escape(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '<') {
            out += "&lt;";
        } else if (c == '>') {
            out += "&gt;";
        } else if (c == '&') {
            out += "&amp;";
        } else if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') {
            out += c;
        }
    }
    return out;
}

std::string element(const std::string& name, std::string_view text) {
    return "<" + name + ">" + escape(text) + "</" + name + ">\n";
}

std::string alternatives(const std::string& name, std::string_view text) {
    return "<" + name + "><rdf:Alt><rdf:li xml:lang=\"x-default\">" + escape(text) +
           "</rdf:li></rdf:Alt></" + name + ">\n";
}

std::string items(const std::string& name, const std::string& container,
                  const std::vector<std::string>& texts) {
    std::string out = "<" + name + "><rdf:" + container + ">";
    for (const auto& text : texts)
        out += "<rdf:li>" + escape(text) + "</rdf:li>";
    return out + "</rdf:" + container + "></" + name + ">\n";
}

struct Property {
    const char* name;
    const char* type;
    const char* description;
};

/// An item of pdfaExtension:schemas (ISO 19005-3 §6.6.2.3.3).
std::string schema(const std::string& title, std::string_view uri, const std::string& prefix,
                   const std::vector<Property>& properties) {
    std::string out = "<rdf:li rdf:parseType=\"Resource\">\n" +
                      element("pdfaSchema:schema", title) +
                      element("pdfaSchema:namespaceURI", uri) +
                      element("pdfaSchema:prefix", prefix) + "<pdfaSchema:property><rdf:Seq>\n";
    for (const Property& property : properties) {
        out += "<rdf:li rdf:parseType=\"Resource\">\n" +
               element("pdfaProperty:name", property.name) +
               element("pdfaProperty:valueType", property.type) +
               element("pdfaProperty:category", "internal") +
               element("pdfaProperty:description", property.description) + "</rdf:li>\n";
    }
    return out + "</rdf:Seq></pdfaSchema:property>\n</rdf:li>\n";
}

/// PDF/A knows neither pdfuaid nor our own: it asks for their description.
std::string extension_schemas() {
    return "<rdf:Description rdf:about=\"\""
           " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
           " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
           " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
           "<pdfaExtension:schemas><rdf:Bag>\n" +
           schema("PDF/UA identification schema", "http://www.aiim.org/pdfua/ns/id/", "pdfuaid",
                  {{"part", "Integer", "Part of ISO 14289"}}) +
           schema("Provenance of documents made by paraphe", provenance_namespace, "paraphe",
                  {{"libraries", "Text", "Libraries that placed and packed the content"},
                   {"fonts", "bag Text", "Fonts in use, with the SHA-256 of their files"},
                   {"sources", "bag Text", "Template and clauses, with their SHA-256"}}) +
           "</rdf:Bag></pdfaExtension:schemas>\n</rdf:Description>\n";
}

void append_fixed(Bytes& out, double value) {
    append_big_endian(out, static_cast<std::uint32_t>(std::lround(value * 65536)), 4);
}

Bytes xyz(double x, double y, double z) {
    Bytes out("XYZ \0\0\0\0", 8);
    for (const double part : {x, y, z})
        append_fixed(out, part);
    return out;
}

/// multiLocalizedUnicodeType with one English record.
Bytes localized(std::string_view ascii) {
    Bytes out("mluc\0\0\0\0", 8);
    append_big_endian(out, 1, 4);
    append_big_endian(out, 12, 4);
    out += "enUS";
    append_big_endian(out, ascii.size() * 2, 4);
    append_big_endian(out, 28, 4);
    for (const char c : ascii) {
        out += '\0';
        out += c;
    }
    return out;
}

}  // namespace

std::string title_of(const layout::Metadata& metadata) {
    return is_blank(metadata.title) ? "Document" : metadata.title;
}

Bytes srgb_profile() {
    Bytes curve("para\0\0\0\0\0\3\0\0", 12);  // IEC 61966-2-1: parametric curve of type 3
    for (const double part : {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045}) {
        append_fixed(curve, part);
    }
    Bytes adaptation("sf32\0\0\0\0", 8);  // Bradford, D65 to D50
    for (const double part : {1.047882, 0.022919, -0.050201, 0.029587, 0.990479, -0.017059,
                              -0.009232, 0.015076, 0.751678}) {
        append_fixed(adaptation, part);
    }
    const std::vector<std::pair<std::string, Bytes>> tags = {
        {"desc", localized("sRGB IEC61966-2.1")},
        {"cprt", localized("No copyright, use freely")},
        {"wtpt", xyz(0.9642, 1, 0.8249)},
        {"chad", adaptation},
        {"rXYZ", xyz(0.436066, 0.222488, 0.013916)},
        {"gXYZ", xyz(0.385147, 0.716873, 0.097076)},
        {"bXYZ", xyz(0.143066, 0.060608, 0.714096)},
        {"rTRC", curve},
    };
    Bytes table, data;
    append_big_endian(table, tags.size() + 2, 4);
    const std::size_t start = 128 + 4 + (tags.size() + 2) * 12;
    for (const auto& [tag, content] : tags) {
        const std::size_t offset = start + data.size();
        for (const auto& one : tag == "rTRC" ? std::vector<std::string>{"rTRC", "gTRC", "bTRC"}
                                             : std::vector<std::string>{tag}) {
            table += one;
            append_big_endian(table, offset, 4);
            append_big_endian(table, content.size(), 4);
        }
        data += content;
        while (data.size() % 4 != 0)
            data += '\0';
    }
    Bytes out;
    append_big_endian(out, start + data.size(), 4);
    append_big_endian(out, 0, 4);
    append_big_endian(out, 0x04200000, 4);
    out += "mntrRGB XYZ ";
    for (const unsigned part : {2020u, 1u, 1u, 0u, 0u, 0u})
        append_big_endian(out, part, 2);
    out += "acsp";
    out.resize(68, '\0');
    for (const double part : {0.9642, 1.0, 0.8249})
        append_fixed(out, part);
    out.resize(128, '\0');
    return out + table + data;
}

int write_output_intent(Objects& objects) {
    const int profile = objects.add_stream("/N 3", srgb_profile());
    return objects.add(
        "<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)"
        "/Info(sRGB IEC61966-2.1)/RegistryName(http://www.color.org)/DestOutputProfile " +
        reference(profile) + ">>");
}

int write_info(Objects& objects, const layout::Metadata& metadata) {
    Dictionary info;
    const auto put = [&info](const char* key, const std::string& text) {
        if (!text.empty()) info[key] = text_string(text);
    };
    put("Title", title_of(metadata));
    put("Author", metadata.author);
    put("Subject", metadata.subject);
    put("Keywords", keyword_list(metadata));
    put("Producer", metadata.producer);
    if (const auto instant = created(metadata)) {
        info["CreationDate"] = info["ModDate"] = date_string(*instant);
    }
    return objects.add(to_syntax(info));
}

int write_xmp(Objects& objects, const layout::Metadata& metadata, const Fingerprint& made) {
    std::string out =
        "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
        "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
        " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
        " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\""
        " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n";
    out += "<dc:format>application/pdf</dc:format>\n";
    out += alternatives("dc:title", title_of(metadata));
    if (!metadata.author.empty()) out += items("dc:creator", "Seq", {metadata.author});
    if (!metadata.subject.empty()) out += alternatives("dc:description", metadata.subject);
    out += items("dc:language", "Bag", {metadata.language});
    if (!metadata.keywords.empty()) {
        out += items("dc:subject", "Bag", metadata.keywords);
        out += element("pdf:Keywords", keyword_list(metadata));
    }
    if (!metadata.producer.empty()) out += element("pdf:Producer", metadata.producer);
    if (const auto instant = created(metadata)) {
        for (const char* property : {"xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"}) {
            out += element(property, to_string(*instant));
        }
    }
    out +=
        "<pdfaid:part>3</pdfaid:part>\n<pdfaid:conformance>A</pdfaid:conformance>\n"
        "<pdfuaid:part>1</pdfuaid:part>\n</rdf:Description>\n";
    out += "<rdf:Description rdf:about=\"\" xmlns:paraphe=\"" + std::string(provenance_namespace) +
           "\">\n" + element("paraphe:libraries", made.libraries);
    if (!made.fonts.empty()) out += items("paraphe:fonts", "Bag", made.fonts);
    if (!made.sources.empty()) out += items("paraphe:sources", "Bag", made.sources);
    out += "</rdf:Description>\n";
    out += extension_schemas();
    out += "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>";
    // Uncompressed: tools that know no PDF look for the packet.
    return objects.add_raw_stream("/Type/Metadata/Subtype/XML", out);
}

}  // namespace paraphe::pdf
