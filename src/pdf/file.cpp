#include "pdf/file.hpp"

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "pdf/state.hpp"

namespace paraphe::pdf {

ObjectId id_of(const QPDFObjectHandle& handle) {
    QPDFObjectHandle copy = handle;  // libqpdf's accessors are not const
    return {copy.getObjectID(), copy.getGeneration()};
}

Dictionary to_dictionary(const QPDFObjectHandle& handle) {
    QPDFObjectHandle copy = handle;
    if (copy.isStream()) copy = copy.getDict();
    Dictionary out;
    for (const auto& key : copy.getKeys())
        out[key.substr(1)] = copy.getKey(key).unparse();
    return out;
}

Bytes metadata_octets(QPDFObjectHandle stream) {
    constexpr std::size_t most = 4u << 20;
    if (!stream.isStream()) return {};
    QPDFObjectHandle dictionary = stream.getDict();
    const auto raw = stream.getRawStreamData();
    if (!dictionary.hasKey("/Filter")) {
        return Bytes(reinterpret_cast<const char*>(raw->getBuffer()), raw->getSize());
    }
    if (!dictionary.getKey("/Filter").isNameAndEquals("/FlateDecode") ||
        dictionary.hasKey("/DecodeParms") || raw->getSize() > most / 1032) {
        return {};
    }
    const auto data = stream.getStreamData(qpdf_dl_generalized);
    return Bytes(reinterpret_cast<const char*>(data->getBuffer()), data->getSize());
}

namespace {

/// The value of a property, written as element or as attribute.
std::string xmp_property(const Bytes& xmp, std::string_view property) {
    const std::size_t at = xmp.find(property);
    if (at == Bytes::npos) return {};
    std::size_t begin = at + property.size();
    while (begin < xmp.size() && (xmp[begin] == '>' || xmp[begin] == '=' || xmp[begin] == '"' ||
                                  xmp[begin] == '\'' || xmp[begin] == ' ')) {
        ++begin;
    }
    std::size_t end = begin;
    while (end < xmp.size() && end - begin < 8 &&
           ((xmp[end] >= '0' && xmp[end] <= '9') || (xmp[end] >= 'A' && xmp[end] <= 'Z'))) {
        ++end;
    }
    return xmp.substr(begin, end - begin);
}

std::string text_at(QPDFObjectHandle dictionary, const char* key) {
    if (!dictionary.isDictionary()) return {};
    QPDFObjectHandle value = dictionary.getKey(key);
    return value.isString() ? value.getUTF8Value() : std::string();
}

int doc_mdp(QPDFObjectHandle catalog) {
    QPDFObjectHandle permissions = catalog.getKey("/Perms");
    if (!permissions.isDictionary()) return 0;
    QPDFObjectHandle signature = permissions.getKey("/DocMDP");
    if (!signature.isDictionary()) return 0;
    QPDFObjectHandle references = signature.getKey("/Reference");
    if (references.isArray()) {
        for (QPDFObjectHandle one : references.getArrayAsVector()) {
            if (!one.isDictionary()) continue;
            QPDFObjectHandle parameters = one.getKey("/TransformParams");
            if (!parameters.isDictionary() || !parameters.getKey("/P").isInteger()) continue;
            const long long level = parameters.getKey("/P").getIntValue();
            if (level >= 1 && level <= 3) return static_cast<int>(level);
        }
    }
    return 2;  // the default of ISO 32000-1 table 254
}

bool has_script(QPDFObjectHandle catalog) {
    if (catalog.hasKey("/AA")) return true;
    QPDFObjectHandle names = catalog.getKey("/Names");
    if (names.isDictionary() && names.hasKey("/JavaScript")) return true;
    QPDFObjectHandle action = catalog.getKey("/OpenAction");
    return action.isDictionary() && !action.getKey("/S").isNameAndEquals("/GoTo");
}

Facts read_facts(QPDF& pdf, QPDFObjectHandle catalog) {
    Facts out;
    out.version = pdf.getPDFVersion();
    QPDFObjectHandle version = catalog.getKey("/Version");
    if (version.isName()) out.version = std::max(out.version, version.getName().substr(1));
    out.language = text_at(catalog, "/Lang");
    out.title = text_at(pdf.getTrailer().getKey("/Info"), "/Title");
    QPDFObjectHandle marks = catalog.getKey("/MarkInfo");
    out.tagged = marks.isDictionary() && marks.getKey("/Marked").isBool() &&
                 marks.getKey("/Marked").getBoolValue();
    const Bytes xmp = metadata_octets(catalog.getKey("/Metadata"));
    if (const std::string part = xmp_property(xmp, "pdfaid:part"); !part.empty()) {
        out.pdfa = part + xmp_property(xmp, "pdfaid:conformance");
    }
    out.doc_mdp = doc_mdp(catalog);
    out.has_dss = catalog.hasKey("/DSS");
    QPDFObjectHandle form = catalog.getKey("/AcroForm");
    out.has_xfa = form.isDictionary() && form.hasKey("/XFA");
    out.has_script = has_script(catalog);
    return out;
}

/// Leaves of the page tree in order (ISO 32000-1 §7.7.3).
std::vector<ObjectId> read_pages(QPDFObjectHandle root, const Limits& limits,
                                 const std::string& source) {
    std::vector<ObjectId> out;
    std::set<ObjectId> seen;
    std::vector<QPDFObjectHandle> open = {root};
    while (!open.empty()) {
        QPDFObjectHandle node = open.back();
        open.pop_back();
        if (!node.isDictionary() || !node.isIndirect()) {
            refuse_damaged(source, "its page tree has a node that is no dictionary");
        }
        if (!seen.insert(id_of(node)).second) {
            refuse_damaged(source, "its page tree has a node twice");
        }
        QPDFObjectHandle kids = node.getKey("/Kids");
        if (kids.isArray()) {
            std::vector<QPDFObjectHandle> children = kids.getArrayAsVector();
            if (children.size() > static_cast<std::size_t>(limits.pages)) {
                refuse_damaged(source, "its page tree is too wide");
            }
            open.insert(open.end(), children.rbegin(), children.rend());
        } else {
            out.push_back(id_of(node));
        }
        if (out.size() > static_cast<std::size_t>(limits.pages) ||
            seen.size() > 4 * static_cast<std::size_t>(limits.pages)) {
            throw Error(ErrorKind::malformed_input,
                        "the PDF file has more than " + std::to_string(limits.pages) + " pages",
                        in_file(source), "split it", "too_large");
        }
    }
    if (out.empty()) refuse_damaged(source, "it has no pages");
    return out;
}

/// Object streams may be bombs, and libqpdf inflates them whole.
void check_object_streams(QPDF& pdf, const std::string& source) {
    std::set<int> streams;
    for (const auto& [id, entry] : pdf.getXRefTable()) {
        if (entry.getType() == 2) streams.insert(entry.getObjStreamNumber());
    }
    for (const int number : streams) {
        QPDFObjectHandle stream = pdf.getObject(number, 0);
        if (!stream.isStream()) refuse_damaged(source, "an object stream is missing");
        QPDFObjectHandle filter = stream.getDict().getKey("/Filter");
        if (filter.isNull()) continue;
        if (filter.isArray() && filter.getArrayNItems() == 1) filter = filter.getArrayItem(0);
        if (!filter.isNameAndEquals("/FlateDecode") || stream.getDict().hasKey("/DecodeParms")) {
            refuse_damaged(source, "an object stream has an unusual filter");
        }
        const auto raw = stream.getRawStreamData();
        check_inflation({reinterpret_cast<const char*>(raw->getBuffer()), raw->getSize()},
                        most_inflated, source);
    }
}

}  // namespace

File File::read(Bytes bytes, const std::string& source, const Limits& limits) {
    auto state = std::make_shared<State>();
    state->bytes = std::move(bytes);
    state->source = source;
    state->limits = limits;
    state->sections = read_sections(state->bytes, source, limits);
    QPDF& pdf = state->pdf;
    guarded(source, [&] {
        pdf.setSuppressWarnings(true);
        pdf.setAttemptRecovery(false);
        pdf.processMemoryFile(source.c_str(), state->bytes.data(), state->bytes.size());
        if (pdf.isEncrypted()) refuse_damaged(source, "it is encrypted");
        check_object_streams(pdf, source);
        QPDFObjectHandle catalog = pdf.getRoot();
        if (!catalog.isDictionary() || !catalog.isIndirect()) {
            refuse_damaged(source, "it has no catalog");
        }
        state->catalog = id_of(catalog);
        state->trailer = to_dictionary(pdf.getTrailer());
        state->facts = read_facts(pdf, catalog);
        state->pages = read_pages(catalog.getKey("/Pages"), limits, source);
        state->facts.pages = static_cast<int>(state->pages.size());
        state->fields =
            read_signature_fields(pdf, state->bytes, state->sections, state->pages, limits, source);
        for (const QPDFExc& warning : pdf.getWarnings()) {
            refuse_damaged(source, warning.getMessageDetail());
        }
    });
    File out;
    out.state_ = std::move(state);
    return out;
}

const Bytes& File::bytes() const {
    return state_->bytes;
}
const std::string& File::source() const {
    return state_->source;
}
const Facts& File::facts() const {
    return state_->facts;
}
const std::vector<Revision>& File::revisions() const {
    return state_->sections.revisions;
}
const std::vector<SignatureField>& File::signature_fields() const {
    return state_->fields;
}
const Dictionary& File::trailer() const {
    return state_->trailer;
}
bool File::uses_xref_stream() const {
    return state_->sections.newest_is_stream;
}
ObjectId File::catalog() const {
    return state_->catalog;
}

const SignatureField* File::signature_field(std::string_view name) const {
    const auto found = std::find_if(state_->fields.begin(), state_->fields.end(),
                                    [name](const auto& field) { return field.name == name; });
    return found == state_->fields.end() ? nullptr : &*found;
}

ObjectId File::page(int index) const {
    if (index < 0 || index >= facts().pages) {
        throw Error(ErrorKind::not_found, "no page " + std::to_string(index + 1),
                    in_file(source()));
    }
    return state_->pages[static_cast<std::size_t>(index)];
}

std::array<ByteView, 2> File::signed_octets(const Signature& signature) const {
    const ByteView all = bytes();
    std::array<ByteView, 2> out;
    for (std::size_t i = 0; i < 2; ++i) {
        if (signature.byte_range.size() != 4 || signature.byte_range[2 * i] > all.size() ||
            signature.byte_range[2 * i + 1] > all.size() - signature.byte_range[2 * i]) {
            refuse_damaged(source(), "a ByteRange lies outside it");
        }
        out[i] = all.substr(signature.byte_range[2 * i], signature.byte_range[2 * i + 1]);
    }
    return out;
}

Dictionary File::dictionary(ObjectId id) const {
    const std::lock_guard lock(state_->mutex);
    return guarded(source(), [&] {
        QPDFObjectHandle object = state_->pdf.getObject(id.number, id.generation);
        if (!object.isDictionary() && !object.isStream()) {
            refuse_damaged(source(), "object " + std::to_string(id.number) + " is no dictionary");
        }
        return to_dictionary(object);
    });
}

bool File::is_stream(ObjectId id) const {
    const std::lock_guard lock(state_->mutex);
    return guarded(source(),
                   [&] { return state_->pdf.getObject(id.number, id.generation).isStream(); });
}

std::optional<File::Entry> File::entry(ObjectId id, const std::string& key) const {
    const std::lock_guard lock(state_->mutex);
    return guarded(source(), [&]() -> std::optional<Entry> {
        QPDFObjectHandle object = state_->pdf.getObject(id.number, id.generation);
        if (object.isStream()) object = object.getDict();
        if (!object.isDictionary()) return std::nullopt;
        QPDFObjectHandle value = object.getKey("/" + key);
        if (!value.isDictionary()) return std::nullopt;
        return Entry{value.isIndirect() ? id_of(value) : ObjectId{}, to_dictionary(value)};
    });
}

File::Elements File::elements(const Dictionary& dictionary, const std::string& key) const {
    Elements out;
    const auto found = dictionary.find(key);
    if (found == dictionary.end()) return out;
    const std::lock_guard lock(state_->mutex);
    guarded(source(), [&] {
        QPDFObjectHandle value = QPDFObjectHandle::parse(&state_->pdf, found->second);
        if (!value.isArray()) return;
        if (value.isIndirect()) out.id = id_of(value);
        for (QPDFObjectHandle item : value.getArrayAsVector())
            out.values.push_back(item.unparse());
    });
    return out;
}

}  // namespace paraphe::pdf
