#include "pdf/fingerprint.hpp"
#include "pdf/state.hpp"
#include "xml/xml.hpp"

namespace paraphe::pdf {

namespace {

constexpr std::string_view rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

std::vector<std::string> items_of(const xml::Element& property) {
    std::vector<std::string> out;
    for (const xml::Element* container : property.elements()) {
        for (const xml::Element* item : container->elements(rdf, "li"))
            out.push_back(item->text());
    }
    return out;
}

void read_property(const xml::Element& property, Fingerprint& out) {
    if (property.is("http://ns.adobe.com/pdf/1.3/", "Producer")) out.engine = property.text();
    if (property.is("http://ns.adobe.com/xap/1.0/", "CreateDate")) out.created = property.text();
    if (property.is(provenance_namespace, "libraries")) out.libraries = property.text();
    if (property.is(provenance_namespace, "fonts")) out.fonts = items_of(property);
    if (property.is(provenance_namespace, "sources")) out.sources = items_of(property);
}

}  // namespace

Fingerprint read_fingerprint(const File& file) {
    const auto& state = Inside::of(file);
    const std::lock_guard lock(state.mutex);
    const Bytes packet = guarded(
        state.source, [&] { return metadata_octets(state.pdf.getRoot().getKey("/Metadata")); });
    const std::size_t begin = packet.find('<'), end = packet.rfind('>');
    Fingerprint out;
    if (begin == Bytes::npos || end == Bytes::npos) return out;
    const auto document = xml::parse(ByteView(packet).substr(begin, end + 1 - begin),
                                     {state.source, "XMP"}, {4u << 20, 64, 200'000, 256});
    const xml::Element& root = document.root();
    const xml::Element* all = root.is(rdf, "RDF") ? &root : root.child(rdf, "RDF");
    if (all == nullptr) return out;
    for (const xml::Element* description : all->elements(rdf, "Description")) {
        for (const xml::Element* property : description->elements())
            read_property(*property, out);
    }
    return out;
}

}  // namespace paraphe::pdf
