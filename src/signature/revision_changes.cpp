#include "signature/revision_changes.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include "base/error.hpp"

namespace paraphe::signature {

namespace {

constexpr std::size_t entry_limit = 500'000;

/// Reads tokens of PDF syntax as far as cross-references need them.
class Scanner {
public:
    Scanner(ByteView bytes, std::size_t at) : bytes_(bytes), at_(at) {}

    void skip_space() {
        while (at_ < bytes_.size()) {
            const char c = bytes_[at_];
            if (c == '%') {
                while (at_ < bytes_.size() && bytes_[at_] != '\n' && bytes_[at_] != '\r')
                    ++at_;
            } else if (c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0') {
                ++at_;
            } else {
                return;
            }
        }
    }
    std::optional<std::uint64_t> integer() {
        skip_space();
        std::uint64_t value = 0;
        const char* begin = bytes_.data() + at_;
        const auto [end, problem] = std::from_chars(begin, bytes_.data() + bytes_.size(), value);
        if (problem != std::errc()) return std::nullopt;
        at_ += static_cast<std::size_t>(end - begin);
        return value;
    }
    bool word(std::string_view expected) {
        skip_space();
        if (bytes_.substr(at_, expected.size()) != expected) return false;
        at_ += expected.size();
        return true;
    }
    char character() {
        skip_space();
        return at_ < bytes_.size() ? bytes_[at_++] : '\0';
    }
    ByteView rest() const { return bytes_.substr(at_); }

private:
    ByteView bytes_;
    std::size_t at_;
};

std::optional<std::vector<WrittenObject>> read_table(Scanner scan) {
    std::vector<WrittenObject> out;
    while (!scan.word("trailer")) {
        const auto first = scan.integer(), count = scan.integer();
        if (!first || !count || *count > entry_limit || *first > entry_limit) return std::nullopt;
        for (std::uint64_t i = 0; i < *count; ++i) {
            const auto offset = scan.integer(), generation = scan.integer();
            const char kind = scan.character();
            if (!offset || !generation || (kind != 'n' && kind != 'f')) return std::nullopt;
            if (*first + i > 0)
                out.push_back(
                    {static_cast<int>(*first + i), static_cast<int>(*generation), kind == 'f'});
        }
        if (out.size() > entry_limit) return std::nullopt;
    }
    return out;
}

/// The integers of an array "[…]".
std::optional<std::vector<std::uint64_t>> integers(const std::string& array) {
    Scanner scan(array, 0);
    if (scan.character() != '[') return std::nullopt;
    std::vector<std::uint64_t> out;
    while (const auto value = scan.integer())
        out.push_back(*value);
    if (scan.character() != ']') return std::nullopt;
    return out;
}

/// Of a cross-reference stream only the dictionary is read, as text: an update's /Index names what
/// it writes. The newest object of that number may be another one, so it is not asked for; whatever
/// could hide a key from this plain search makes the section unreadable.
std::optional<std::vector<WrittenObject>> read_stream(Scanner scan) {
    if (!scan.integer() || !scan.integer() || !scan.word("obj") || !scan.word("<<"))
        return std::nullopt;
    const ByteView text = scan.rest().substr(0, scan.rest().find("stream"));
    const auto at = text.find("/Index");
    if (at == ByteView::npos || text.find("/Index", at + 1) != ByteView::npos ||
        text.find("/XRef") == ByteView::npos || text.find_first_of("#%") != ByteView::npos)
        return std::nullopt;
    const auto index = integers(std::string(text.substr(at + 6)));
    if (!index || index->size() % 2 != 0) return std::nullopt;
    std::vector<WrittenObject> out;
    for (std::size_t i = 0; i < index->size(); i += 2) {
        const std::uint64_t first = (*index)[i], count = (*index)[i + 1];
        if (first > entry_limit || count > entry_limit || out.size() + count > entry_limit)
            return std::nullopt;
        for (std::uint64_t k = 0; k < count; ++k)
            if (first + k > 0) out.push_back({static_cast<int>(first + k), 0, false});
    }
    return out;
}

bool differ_only_in(const pdf::Dictionary& before, const pdf::Dictionary& after,
                    const std::set<std::string>& keys) {
    const auto stripped = [&](pdf::Dictionary dictionary) {
        for (const std::string& key : keys)
            dictionary.erase(key);
        return dictionary;
    };
    return stripped(before) == stripped(after);
}

/// Compares two states of one file.
class Comparison {
public:
    Comparison(const pdf::File& before, const pdf::File& now, Changes& out)
        : before_(before), now_(now), out_(out) {}

    void object(const WrittenObject& written) {
        const pdf::ObjectId id{written.number, written.generation};
        const std::string label = "objet " + std::to_string(written.number);
        if (written.free) {
            out_.forbidden.push_back(label + " supprimé");
            return;
        }
        pdf::Dictionary old, current;
        try {
            old = before_.dictionary(id);
            current = now_.dictionary(id);
        } catch (const Error&) {
            out_.forbidden.push_back(label);
            return;
        }
        if (id == before_.catalog()) {
            if (!differ_only_in(old, current, {"AcroForm", "DSS", "Extensions"}))
                out_.forbidden.push_back("racine du document");
            return;
        }
        if (is_form(id)) {
            if (!differ_only_in(old, current, {"Fields", "SigFlags", "DR", "DA"}))
                out_.forbidden.push_back("dictionnaire du formulaire");
            return;
        }
        for (int page = 0; page < before_.facts().pages; ++page)
            if (id == before_.page(page)) {
                if (!differ_only_in(old, current, {"Annots"}))
                    out_.forbidden.push_back("page " + std::to_string(page + 1));
                return;
            }
        for (const pdf::SignatureField& field : before_.signature_fields())
            if (id == field.object || id == field.widget) {
                const bool widget_only = id == field.widget && id != field.object;
                if (field.is_signed() ||
                    !differ_only_in(old, current,
                                    widget_only ? std::set<std::string>{"AP", "F", "MK"}
                                                : std::set<std::string>{"V", "AP", "F", "MK"}))
                    out_.forbidden.push_back("champ de signature « " + field.name + " »");
                return;
            }
        if (is_permitted_other(id)) return;
        out_.forbidden.push_back(label);
    }

    /// Annotations may only have been added for signature fields that show nothing.
    void annotations() {
        if (before_.facts().pages != now_.facts().pages) {
            out_.forbidden.push_back("nombre de pages");
            return;
        }
        for (int page = 0; page < before_.facts().pages; ++page) {
            const auto old = annotations_of(before_, page), current = annotations_of(now_, page);
            if (old == current) continue;
            const bool kept = std::includes(current.begin(), current.end(), old.begin(), old.end());
            bool harmless = kept;
            for (const std::string& one : current)
                if (!old.contains(one) && !is_invisible_signature(one)) harmless = false;
            if (!harmless)
                out_.forbidden.push_back("annotations de la page " + std::to_string(page + 1));
        }
    }

    void catalog_and_trailer() {
        if (before_.catalog() != now_.catalog()) out_.forbidden.push_back("racine du document");
        // The form may stand inside the catalog, where object() does not look.
        const auto old = before_.entry(before_.catalog(), "AcroForm");
        const auto current = now_.entry(now_.catalog(), "AcroForm");
        if (old && (!current || !differ_only_in(old->dictionary, current->dictionary,
                                                {"Fields", "SigFlags", "DR", "DA"})))
            out_.forbidden.push_back("dictionnaire du formulaire");
        for (const pdf::SignatureField& field : before_.signature_fields())
            if (field.is_signed() && !now_.signature_field(field.name))
                out_.forbidden.push_back("champ de signature « " + field.name + " » retiré");
    }

private:
    static std::set<std::string> annotations_of(const pdf::File& file, int page) {
        const auto elements = file.elements(file.dictionary(file.page(page)), "Annots");
        return {elements.values.begin(), elements.values.end()};
    }
    bool is_invisible_signature(const std::string& reference) const {
        return std::any_of(now_.signature_fields().begin(), now_.signature_fields().end(),
                           [&](const pdf::SignatureField& field) {
                               return !field.is_visible() &&
                                      (pdf::reference(field.object) == reference ||
                                       pdf::reference(field.widget) == reference);
                           });
    }
    bool is_form(pdf::ObjectId id) const {
        const auto form = before_.entry(before_.catalog(), "AcroForm");
        return form && form->id == id;
    }
    bool is_permitted_other(pdf::ObjectId id) const {
        const pdf::Dictionary catalog = before_.dictionary(before_.catalog());
        const auto names = [&](const pdf::Dictionary& dictionary, const char* key) {
            const auto at = dictionary.find(key);
            return at != dictionary.end() && at->second == pdf::reference(id);
        };
        return names(catalog, "DSS") || names(catalog, "Metadata") ||
               names(before_.trailer(), "Info") || is_list_of_annotations(id) ||
               is_list_of_fields(id);
    }
    bool is_list_of_annotations(pdf::ObjectId id) const {
        for (int page = 0; page < before_.facts().pages; ++page)
            if (before_.elements(before_.dictionary(before_.page(page)), "Annots").id == id)
                return true;
        return false;
    }
    bool is_list_of_fields(pdf::ObjectId id) const {
        const auto form = before_.entry(before_.catalog(), "AcroForm");
        return form && before_.elements(form->dictionary, "Fields").id == id;
    }

    const pdf::File& before_;
    const pdf::File& now_;
    Changes& out_;
};

}  // namespace

std::optional<std::vector<WrittenObject>> written_objects(const pdf::File& file,
                                                          const pdf::Revision& revision) {
    const ByteView bytes = file.bytes();
    if (revision.xref >= bytes.size()) return std::nullopt;
    Scanner scan(bytes.substr(0, revision.end), revision.xref);
    if (scan.word("xref")) return read_table(scan);
    return read_stream(scan);
}

Changes changes_since(const pdf::File& now, int index) {
    Changes out;
    const auto& revisions = now.revisions();
    const auto at = static_cast<std::size_t>(index);
    if (at + 1 >= revisions.size()) return out;
    const pdf::File before =
        pdf::File::read(now.bytes().substr(0, revisions[at].end), now.source());
    const auto size = before.trailer().find("Size");
    const std::uint64_t known =
        size == before.trailer().end() ? 0 : Scanner(size->second, 0).integer().value_or(0);
    Comparison comparison(before, now, out);
    comparison.catalog_and_trailer();
    comparison.annotations();
    std::set<int> seen;
    for (std::size_t i = at + 1; i < revisions.size(); ++i) {
        const auto written = written_objects(now, revisions[i]);
        if (!written) {
            out.unexamined.push_back("révision " + std::to_string(i + 1));
            continue;
        }
        for (const WrittenObject& one : *written)
            if (static_cast<std::uint64_t>(one.number) < known && seen.insert(one.number).second)
                comparison.object(one);
    }
    std::sort(out.forbidden.begin(), out.forbidden.end());
    out.forbidden.erase(std::unique(out.forbidden.begin(), out.forbidden.end()),
                        out.forbidden.end());
    return out;
}

}  // namespace paraphe::signature
