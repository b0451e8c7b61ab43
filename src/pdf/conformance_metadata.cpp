#include <algorithm>

#include "pdf/conformance_parts.hpp"
#include "xml/xml.hpp"

/// XMP packet and information dictionary (ISO 19005-3 §6.6, ISO 14289-1 §5 and §7.1).
namespace paraphe::pdf::conformance {

namespace {

constexpr Rule packet{"P0606", "ISO 19005-3 §6.6.2.1",
                      "produisez de nouveau le fichier avec ses métadonnées XMP"};
constexpr Rule pdfa{"P0607", "ISO 19005-3 §6.6.4",
                    "produisez le fichier en PDF/A-3 niveau A ; une impression ou une "
                    "« optimisation » efface cette mention"};
constexpr Rule pdfua{"P0608", "ISO 14289-1 §5",
                     "produisez le fichier en PDF/UA, et non seulement en PDF/A"};
constexpr Rule extension{"P0609", "ISO 19005-3 §6.6.2.3",
                         "décrivez cet espace de noms dans un schéma d’extension, ou retirez la "
                         "propriété"};
constexpr Rule title{"P0610", "ISO 14289-1 §7.1",
                     "donnez un titre au document : Fichier > Propriétés > Description"};
constexpr Rule agreement{"P0611", "ISO 32000-1 §14.3.3",
                         "produisez de nouveau le fichier sans le retoucher : les deux "
                         "descriptions doivent dire la même chose"};

constexpr std::string_view rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
constexpr std::string_view dc = "http://purl.org/dc/elements/1.1/";
constexpr std::string_view xmp = "http://ns.adobe.com/xap/1.0/";
constexpr std::string_view adobe_pdf = "http://ns.adobe.com/pdf/1.3/";
constexpr std::string_view pdfa_id = "http://www.aiim.org/pdfa/ns/id/";
constexpr std::string_view pdfua_id = "http://www.aiim.org/pdfua/ns/id/";
constexpr std::string_view schema_terms = "http://www.aiim.org/pdfa/ns/schema#";

/// What XMP 2005 and PDF/A know without a description (ISO 19005-3 §6.6.2.3.1).
constexpr std::string_view known_namespaces[] = {
    rdf,
    dc,
    xmp,
    adobe_pdf,
    pdfa_id,
    schema_terms,
    xml::xml_namespace,
    "http://www.aiim.org/pdfa/ns/extension/",
    "http://ns.adobe.com/xap/1.0/rights/",
    "http://ns.adobe.com/xap/1.0/mm/",
    "http://ns.adobe.com/xap/1.0/bj/",
    "http://ns.adobe.com/xap/1.0/t/pg/",
    "http://ns.adobe.com/xmp/1.0/DynamicMedia/",
    "http://ns.adobe.com/photoshop/1.0/",
    "http://ns.adobe.com/camera-raw-settings/1.0/",
    "http://ns.adobe.com/tiff/1.0/",
    "http://ns.adobe.com/exif/1.0/",
    "http://ns.adobe.com/exif/1.0/aux/",
};

/// The properties of all descriptions, by namespace and name; of a container the first item.
using Properties = std::map<std::pair<std::string, std::string>, std::string>;

Properties::key_type key_of(const xml::NameView& name) {
    return {std::string(name.uri), std::string(name.local)};
}

std::string value_of(const xml::Element& property) {
    const std::vector<const xml::Element*> inside = property.elements();
    if (inside.empty()) return property.text();
    const auto items = inside.front()->elements(rdf, "li");
    return items.empty() ? property.text() : items.front()->text();
}

void collect(const xml::Element& root, Properties& out, std::set<std::string>& described) {
    std::vector<const xml::Element*> open = {&root};
    while (!open.empty()) {
        const xml::Element& element = *open.back();
        open.pop_back();
        const bool is_description = element.is(rdf, "Description");
        if (element.is(schema_terms, "namespaceURI")) described.insert(element.text());
        for (const xml::Attribute& attribute : element.attributes) {
            if (is_description && attribute.name.uri != rdf)
                out.emplace(key_of(attribute.name), attribute.value);
        }
        for (const xml::Element* child : element.elements()) {
            if (is_description) out.emplace(key_of(child->name), value_of(*child));
            open.push_back(child);
        }
    }
}

void check_identification(Run& run, const Properties& properties, Place place) {
    const auto value = [&](std::string_view uri, const char* name) {
        const auto found = properties.find({std::string(uri), name});
        return found == properties.end() ? std::string() : found->second;
    };
    const std::string part = value(pdfa_id, "part"), level = value(pdfa_id, "conformance");
    if (part.empty())
        run.findings.add(pdfa, place, "le fichier ne se dit pas conforme à PDF/A");
    else if (part != "3" || level != "A")
        run.findings.add(pdfa, place,
                         "le fichier se dit PDF/A-" + part + level + ", et non PDF/A-3A");
    if (value(pdfua_id, "part") != "1")
        run.findings.add(pdfua, place, "le fichier ne se dit pas conforme à PDF/UA-1");
    if (is_blank(value(dc, "title")))
        run.findings.add(title, place, "les métadonnées ne donnent pas de titre");
}

void check_namespaces(Run& run, const Properties& properties,
                      const std::set<std::string>& described, Place place) {
    std::set<std::string> told;
    for (const auto& [name, value] : properties) {
        const auto& [uri, local] = name;
        const bool known = std::find(std::begin(known_namespaces), std::end(known_namespaces),
                                     uri) != std::end(known_namespaces);
        if (known || described.contains(uri) || !told.insert(uri).second) continue;
        run.findings.add(extension, place,
                         "la propriété « " + local + " » est d’un vocabulaire que rien ne décrit");
    }
}

void check_info(Run& run, const Properties& properties) {
    Handle info = run.pdf.getTrailer().getKey("/Info");
    if (!info.isDictionary()) return;
    const auto written = [&](std::string_view uri, const char* name) -> const std::string* {
        const auto found = properties.find({std::string(uri), name});
        return found == properties.end() ? nullptr : &found->second;
    };
    const auto differ = [&](const char* key) {
        run.findings.add(
            agreement, place_of(info),
            std::string("« ") + (key + 1) +
                " » n’est pas le même dans les propriétés et dans les métadonnées XMP");
    };
    struct Pair {
        const char* key;
        std::string_view uri;
        const char* name;
    };
    for (const Pair& pair :
         {Pair{"/Title", dc, "title"}, Pair{"/Author", dc, "creator"},
          Pair{"/Subject", dc, "description"}, Pair{"/Keywords", adobe_pdf, "Keywords"},
          Pair{"/Creator", xmp, "CreatorTool"}, Pair{"/Producer", adobe_pdf, "Producer"}}) {
        Handle text = at(info, pair.key);
        const std::string* other = written(pair.uri, pair.name);
        if (text.isString() && other != nullptr && text_of(text) != *other) differ(pair.key);
    }
    for (const Pair& pair :
         {Pair{"/CreationDate", xmp, "CreateDate"}, Pair{"/ModDate", xmp, "ModifyDate"}}) {
        const std::string* other = written(pair.uri, pair.name);
        if (!at(info, pair.key).isString() || other == nullptr) continue;
        const auto here = parse_date(text_of(at(info, pair.key))), there = parse_instant(*other);
        if (here && there && *here != std::chrono::floor<std::chrono::seconds>(*there))
            differ(pair.key);
    }
}

}  // namespace

void check_metadata(Run& run) {
    Handle stream = at(run.catalog, "/Metadata");
    const Place place = place_of(stream);
    const auto octets = run.decoded(stream, place);
    if (!octets) {
        run.findings.add(packet, place, "le fichier n’a pas de métadonnées XMP lisibles");
        return;
    }
    Properties properties;
    std::set<std::string> described;
    try {
        const std::size_t begin = octets->find('<');
        const std::size_t end = octets->rfind('>');
        if (begin == Bytes::npos) throw Error(ErrorKind::malformed_input, "empty");
        const auto document = xml::parse(ByteView(*octets).substr(begin, end + 1 - begin),
                                         {run.source, "XMP"}, {4u << 20, 64, 200'000, 256});
        collect(document.root(), properties, described);
    } catch (const Error&) {
        run.findings.add(packet, place, "les métadonnées XMP ne sont pas du XML bien formé");
        return;
    }
    check_identification(run, properties, place);
    check_namespaces(run, properties, described, place);
    check_info(run, properties);
}

}  // namespace paraphe::pdf::conformance
