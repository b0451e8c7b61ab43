#include <algorithm>

#include "pdf/conformance_parts.hpp"

/// The catalog: output intent, marks, language, viewer, associated files (ISO 19005-3 §6.2.3, §6.7,
/// §6.8; ISO 14289-1 §7.1, §7.2, §7.11), and actions (ISO 19005-3 §6.5).
namespace paraphe::pdf::conformance {

namespace {

constexpr Rule intent{
    "P0612", "ISO 19005-3 §6.2.3",
    "produisez de nouveau le fichier en PDF/A : il doit dire par un profil ICC ce "
    "que valent ses couleurs"};
constexpr Rule marked{"P0613", "ISO 14289-1 §7.1, ISO 19005-3 §6.7.2",
                      "exportez le document en « PDF balisé »"};
constexpr Rule language{"P0614", "ISO 14289-1 §7.2",
                        "indiquez la langue du document (fr-FR) dans le traitement de texte"};
constexpr Rule viewer{
    "P0615", "ISO 14289-1 §7.1",
    "produisez de nouveau le fichier en PDF/UA : la fenêtre doit montrer le titre "
    "et non le nom du fichier"};
constexpr Rule action_rule{"P0638", "ISO 19005-3 §6.5, §6.4",
                           "produisez de nouveau le fichier sans action, script ni formulaire XFA"};
constexpr Rule attachment{"P0639", "ISO 19005-3 §6.8, ISO 14289-1 §7.11",
                          "joignez de nouveau ce fichier en disant son rapport au document "
                          "(AFRelationship) et sa nature"};

/// ISO 15076-1 §7.2: the colour space of a profile, as a number of components; 0: none.
int components_of(const Bytes& profile) {
    if (profile.size() < 132 || profile.substr(36, 4) != "acsp") return 0;
    const std::string space = profile.substr(16, 4);
    return space == "RGB " || space == "Lab " ? 3 : space == "CMYK" ? 4 : space == "GRAY" ? 1 : 0;
}

void check_intents(Run& run) {
    bool found = false;
    std::set<ObjectId> profiles;
    for (Handle one : elements_of(at(run.catalog, "/OutputIntents"))) {
        if (!is_name(at(one, "/S"), "/GTS_PDFA1")) continue;
        found = true;
        Handle profile = at(one, "/DestOutputProfile");
        const Place place = place_of(one);
        if (!profile.isStream()) {
            run.findings.add(intent, place, "l’intention de sortie n’a pas de profil de couleurs");
            continue;
        }
        if (!profiles.insert(id_of(profile)).second) continue;
        if (profiles.size() > 1)
            run.findings.add(intent, place, "deux intentions de sortie ont des profils différents");
        const auto octets = run.decoded(profile, place_of(profile));
        const int components = octets ? components_of(*octets) : 0;
        if (components == 0 || integer_of(at(profile, "/N")) != components)
            run.findings.add(intent, place_of(profile),
                             "le profil de couleurs est illisible ou contredit sa description");
        else
            run.profiles.insert(components);
    }
    if (!found) run.findings.add(intent, {}, "le fichier ne dit pas ce que valent ses couleurs");
}

/// RFC 5646 §2.1, as far as its form goes: subtags of one to eight letters or digits.
bool is_language(const std::string& tag) {
    std::size_t length = 0;
    bool first = true;
    for (const char c : tag + "-") {
        if (c == '-') {
            if (length == 0 || length > 8) return false;
            first = false;
            length = 0;
            continue;
        }
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter && (first || c < '0' || c > '9')) return false;
        ++length;
    }
    return true;
}

void check_marks(Run& run) {
    const Place place = place_of(run.catalog);
    Handle info = at(run.catalog, "/MarkInfo");
    if (!is_true(at(info, "/Marked")))
        run.findings.add(marked, place, "le fichier ne se dit pas balisé");
    else if (is_true(at(info, "/Suspects")))
        run.findings.add(marked, place, "le fichier dit lui-même que son balisage est douteux");
    const std::string tag = text_of(at(run.catalog, "/Lang"));
    if (tag.empty())
        run.findings.add(language, place, "la langue du document n’est pas indiquée");
    else if (!is_language(tag))
        run.findings.add(language, place, "« " + tag + " » n’est pas un code de langue");
    if (!is_true(at(at(run.catalog, "/ViewerPreferences"), "/DisplayDocTitle")))
        run.findings.add(viewer, place, "la fenêtre du lecteur ne montrera pas le titre");
}

void check_file_specification(Run& run, Handle file, const std::set<ObjectId>& associated) {
    const Place place = place_of(file);
    std::string name = text_of(at(file, "/UF"));
    const auto fault = [&](const std::string& problem) {
        run.findings.add(
            attachment, place,
            "le fichier joint « " + (name.empty() ? "sans nom" : name) + " » " + problem);
    };
    if (name.empty() || text_of(at(file, "/F")).empty()) fault("n’a pas de nom complet (F et UF)");
    static constexpr const char* relationships[] = {
        "Source", "Data", "Alternative", "Supplement", "Unspecified", "EncryptedPayload"};
    const std::string relationship = name_of(at(file, "/AFRelationship"));
    if (std::find(std::begin(relationships), std::end(relationships), relationship) ==
        std::end(relationships))
        fault("ne dit pas son rapport au document (AFRelationship)");
    if (!file.isIndirect() || !associated.contains(id_of(file))) fault("n’est associé à rien (AF)");
    Handle stream = at(at(file, "/EF"), "/F");
    if (!stream.isStream())
        fault("n’a pas de contenu");
    else if (name_of(at(stream, "/Subtype")).find('/') == std::string::npos)
        fault("ne dit pas sa nature (type MIME)");
}

void check_attachments(Run& run) {
    Handle tree = at(at(run.catalog, "/Names"), "/EmbeddedFiles");
    if (tree.isNull()) return;
    const auto files = leaves(tree, "/Names", run.limits);
    if (!files) {
        run.findings.add(attachment, place_of(tree), "la liste des fichiers joints est abîmée");
        return;
    }
    std::set<ObjectId> associated;
    const auto add = [&](Handle owner) {
        for (Handle one : elements_of(at(owner, "/AF")))
            if (one.isIndirect()) associated.insert(id_of(one));
    };
    add(run.catalog);
    for (Handle object : run.pdf.getAllObjects())
        if (object.isDictionary() && !at(object, "/AF").isNull()) add(object);
    for (const auto& [name, file] : *files)
        check_file_specification(run, file, associated);
}

}  // namespace

void check_catalog(Run& run) {
    check_intents(run);
    check_marks(run);
    check_attachments(run);
}

void check_action(Run& run, Handle action, Place place) {
    static constexpr const char* allowed[] = {"GoTo",   "GoToR", "GoToE",
                                              "Thread", "URI",   "SubmitForm"};
    static constexpr const char* named[] = {"NextPage", "PrevPage", "FirstPage", "LastPage"};
    std::vector<Handle> open = {action};
    std::set<ObjectId> seen;
    for (std::size_t count = 0; !open.empty() && count < 1'000; ++count) {
        Handle one = open.back();
        open.pop_back();
        if (!one.isDictionary()) continue;
        if (one.isIndirect() && !seen.insert(id_of(one)).second) continue;
        const std::string kind = name_of(at(one, "/S"));
        const std::string name = name_of(at(one, "/N"));
        const bool fine =
            kind == "Named"
                ? std::find(std::begin(named), std::end(named), name) != std::end(named)
                : std::find(std::begin(allowed), std::end(allowed), kind) != std::end(allowed);
        if (!fine)
            run.findings.add(
                action_rule, one.isIndirect() ? place_of(one, place.page) : place,
                "une action « " + (kind == "Named" ? name : kind) + " » est interdite");
        const auto next = elements_of(at(one, "/Next"));
        open.insert(open.end(), next.begin(), next.end());
    }
}

void check_actions(Run& run) {
    const Place place = place_of(run.catalog);
    const auto none = [&](Handle owner, Place where) {
        if (!at(owner, "/AA").isNull())
            run.findings.add(action_rule, where, "des actions partent d’elles-mêmes (AA)");
    };
    none(run.catalog, place);
    if (Handle open = at(run.catalog, "/OpenAction"); open.isDictionary())
        check_action(run, open, place);
    if (!at(at(run.catalog, "/Names"), "/JavaScript").isNull())
        run.findings.add(action_rule, place, "le fichier contient des scripts");
    Handle form = at(run.catalog, "/AcroForm");
    if (!at(form, "/XFA").isNull() || is_true(at(run.catalog, "/NeedsRendering")))
        run.findings.add(action_rule, place, "le fichier contient un formulaire XFA");
    if (is_true(at(form, "/NeedAppearances")))
        run.findings.add(action_rule, place, "le lecteur devrait redessiner le formulaire");
    for (std::size_t i = 0; i < run.pages.size(); ++i)
        none(run.page(i), place_of(run.page(i), static_cast<int>(i) + 1));
}

}  // namespace paraphe::pdf::conformance
