#include "signature/xml_verify.hpp"

#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "signature/exclusive_c14n.hpp"
#include "signature/package.hpp"
#include "signature/validity.hpp"
#include "signature/xml_names.hpp"
#include "xml/canonical.hpp"

namespace paraphe::signature {

namespace {

constexpr std::size_t reference_limit = 5000;

std::string trimmed(std::string text) {
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

void collect(const xml::Element& from, const std::string& id,
             std::vector<const xml::Element*>& found) {
    for (const xml::Attribute& attribute : from.attributes)
        if ((attribute.name.local == "Id" || attribute.name.local == "ID" ||
             attribute.name.local == "id") &&
            attribute.value == id) {
            found.push_back(&from);
            break;
        }
    for (const xml::Element* child : from.elements())
        collect(*child, id, found);
}

bool inside(const xml::Element* element, const xml::Element* ancestor) {
    for (; element; element = element->parent)
        if (element == ancestor) return true;
    return false;
}

const xml::Element* descend(const xml::Element* from, std::initializer_list<std::string_view> path,
                            std::string_view uri) {
    for (const std::string_view local : path)
        if (from) from = from->child(uri, local);
    return from;
}

std::string algorithm_of(const xml::Element* element) {
    return element ? std::string(element->attribute_or_empty("Algorithm")) : std::string();
}

/// How a node is turned into octets.
enum class Form { octets, inclusive, exclusive };

/// Nullopt for another algorithm, and for an exclusive form with a PrefixList.
std::optional<Form> form_of(const xml::Element* method) {
    const std::string algorithm = algorithm_of(method);
    if (algorithm == algorithm_c14n) return Form::inclusive;
    if (algorithm == algorithm_exclusive && method->elements().empty()) return Form::exclusive;
    return std::nullopt;
}

std::string canonical(const xml::Element& element, Form form) {
    return form == Form::exclusive ? exclusive_canonical(element) : xml::canonical(element);
}

/// One signature while it is judged.
class Judge {
public:
    Judge(const xml::Document& document, const xml::Element& signature, const PartReader& part)
        : document_(document), signature_(signature), part_(part) {}

    SignatureReport run(const crypto::TrustStore& trust, Instant at);

private:
    void check_reference(const xml::Element& reference);
    void check_same_document(const std::string& id, Form, crypto::Digest, const Bytes& stated);
    void check_part(const std::string& uri, Form, crypto::Digest, const Bytes& stated);
    void read_certificates();
    void read_properties();
    void check_value(const xml::Element& signed_info, Form);

    const xml::Document& document_;
    const xml::Element& signature_;
    const PartReader& part_;
    SignatureReport report_;
    std::vector<const xml::Element*> signed_elements_;
    std::vector<crypto::Certificate> certificates_;
    std::optional<crypto::Certificate> signer_;
    bool bound_ = false;
};

void Judge::check_same_document(const std::string& id, Form form, crypto::Digest digest,
                                const Bytes& stated) {
    std::vector<const xml::Element*> found;
    collect(document_.root(), id, found);
    if (found.size() != 1) {
        report_.add(finding("missing_reference", "#" + id));
        return;
    }
    // A wrapped signature points to an element that was moved out of it.
    if (!inside(found.front(), &signature_)) {
        report_.add(finding("hash_mismatch", " (#" + id + " est hors de la signature)"));
        return;
    }
    if (crypto::digest(digest, canonical(*found.front(), form)) != stated)
        report_.add(finding("hash_mismatch", " (#" + id + ")"));
    else
        signed_elements_.push_back(found.front());
}

void Judge::check_part(const std::string& uri, Form form, crypto::Digest digest,
                       const Bytes& stated) {
    const std::optional<std::string> name = uri_unescape(uri);
    const std::optional<Bytes> bytes = name ? part_(*name) : std::nullopt;
    if (!bytes) {
        report_.add(finding("missing_reference", uri));
        return;
    }
    Bytes octets;
    if (form != Form::octets) {
        try {
            const xml::Document part =
                xml::parse(*bytes, {document_.origin().source, *name}, {}, xml::Keep::everything);
            octets =
                form == Form::inclusive ? xml::canonical(part) : exclusive_canonical(part.root());
        } catch (const Error& error) {
            const bool dtd = error.problem().find("DOCTYPE") != std::string::npos ||
                             error.problem().find("document type") != std::string::npos;
            report_.add(dtd ? finding("dtd", *name)
                            : finding("hash_mismatch", " (" + *name + " n'est plus du XML)"));
            return;
        }
    }
    if (crypto::digest(digest, form == Form::octets ? *bytes : octets) != stated)
        report_.add(finding("hash_mismatch", " (" + *name + ")"));
    report_.covered.push_back(*name);
}

void Judge::check_reference(const xml::Element& reference) {
    const std::string* uri = reference.attribute("URI");
    Form form = Form::octets;
    if (const xml::Element* transforms = reference.child(ns_ds, "Transforms"))
        for (const xml::Element* transform : transforms->elements()) {
            const std::optional<Form> named = form_of(transform);
            if (!named) {
                report_.add(finding("unsupported_format",
                                    "transformation « " + algorithm_of(transform) + " »"));
                return;
            }
            form = *named;
        }
    const std::string method = algorithm_of(reference.child(ns_ds, "DigestMethod"));
    const std::optional<crypto::Digest> digest = digest_named(method);
    const xml::Element* value = reference.child(ns_ds, "DigestValue");
    if (!uri || uri->empty() || !digest || !value) {
        report_.add(finding("unsupported_format", "référence « " + (uri ? *uri : "") +
                                                      " » avec l'empreinte « " + method + " »"));
        return;
    }
    if (*digest == crypto::Digest::sha1) report_.add(finding("weak_digest"));
    const Bytes stated = from_base64(value->text());
    if (uri->front() == '#')
        check_same_document(uri->substr(1), form, *digest, stated);
    else
        check_part(*uri, form, *digest, stated);
}

void Judge::read_certificates() {
    const xml::Element* data = descend(&signature_, {"KeyInfo", "X509Data"}, ns_ds);
    if (!data) return;
    for (const xml::Element* one : data->elements(ns_ds, "X509Certificate"))
        if (certificates_.size() < 100)
            certificates_.push_back(crypto::Certificate::from_der(from_base64(one->text())));
}

/// XAdES: the properties count only when they are signed.
void Judge::read_properties() {
    for (const xml::Element* element : signed_elements_) {
        if (!element->is(ns_xades, "SignedProperties")) continue;
        report_.format = "XAdES";
        const xml::Element* own = element->child(ns_xades, "SignedSignatureProperties");
        if (!own) continue;
        if (const xml::Element* time = own->child(ns_xades, "SigningTime"))
            report_.claimed_at = parse_instant(trimmed(time->text()));
        for (const std::string_view name : {"SigningCertificateV2", "SigningCertificate"}) {
            const xml::Element* digest = descend(own, {name, "Cert", "CertDigest"}, ns_xades);
            const xml::Element* value = digest ? digest->child(ns_ds, "DigestValue") : nullptr;
            const auto algorithm =
                digest_named(digest ? algorithm_of(digest->child(ns_ds, "DigestMethod")) : "");
            if (!value || !algorithm) continue;
            const Bytes stated = from_base64(value->text());
            for (const crypto::Certificate& certificate : certificates_)
                if (crypto::digest(*algorithm, certificate.der()) == stated) {
                    signer_ = certificate;
                    bound_ = true;
                }
        }
    }
    if (!signer_ && !certificates_.empty()) signer_ = certificates_.front();
}

void Judge::check_value(const xml::Element& signed_info, Form form) {
    const std::string name = algorithm_of(signed_info.child(ns_ds, "SignatureMethod"));
    const std::optional<SignatureMethod> method = signature_method_named(name);
    const xml::Element* value = signature_.child(ns_ds, "SignatureValue");
    if (!method) {
        report_.add(finding("unsupported_format", "algorithme « " + name + " »"));
        return;
    }
    if (!signer_ || !value) {
        report_.add(finding("unreadable_signature", "il manque le certificat ou la valeur"));
        return;
    }
    if (method->digest == crypto::Digest::sha1) report_.add(finding("weak_digest"));
    const bool ecdsa_key = signer_->algorithm() != crypto::SignatureAlgorithm::rsa_pkcs1_sha256;
    Bytes octets = from_base64(value->text());
    if (method->ecdsa && ecdsa_key) octets = crypto::der_ecdsa(octets);
    if (method->ecdsa != ecdsa_key ||
        !crypto::verify(*signer_, method->digest, canonical(signed_info, form), octets))
        report_.add(finding("bad_signature_value"));
}

SignatureReport Judge::run(const crypto::TrustStore& trust, Instant at) {
    report_.format = "XMLDSig";
    report_.place = signature_.attribute_or_empty("Id");
    try {
        const auto infos = signature_.elements(ns_ds, "SignedInfo");
        const auto references = infos.size() == 1 ? infos.front()->elements(ns_ds, "Reference")
                                                  : std::vector<const xml::Element*>{};
        if (references.empty() || references.size() > reference_limit) {
            report_.add(finding("unreadable_signature", "SignedInfo manque ou est vide"));
            return std::move(report_);
        }
        const xml::Element* method = infos.front()->child(ns_ds, "CanonicalizationMethod");
        const std::optional<Form> form = form_of(method);
        if (!form) {
            report_.add(
                finding("unsupported_format", "forme canonique « " + algorithm_of(method) + " »"));
            return std::move(report_);
        }
        for (const xml::Element* reference : references)
            check_reference(*reference);
        read_certificates();
        read_properties();
        check_value(*infos.front(), *form);
        if (report_.format == "XAdES") {
            if (bound_)
                report_.level = "B-B";
            else
                report_.add(finding("certificate_not_bound"));
        }
        if (signer_) judge_certificate(report_, *signer_, certificates_, trust, at);
    } catch (const Error& error) {
        report_.add(finding("unreadable_signature", error.what()));
    }
    return std::move(report_);
}

}  // namespace

std::vector<SignatureReport> judge_xml_signatures(ByteView document, const xml::Origin& origin,
                                                  const PartReader& part,
                                                  const crypto::TrustStore& trust, Instant at) {
    const xml::Document tree = xml::parse(document, origin, {}, xml::Keep::everything);
    std::vector<SignatureReport> out;
    for (const xml::Element* signature : tree.root().elements(ns_ds, "Signature"))
        out.push_back(Judge(tree, *signature, part).run(trust, at));
    return out;
}

}  // namespace paraphe::signature
