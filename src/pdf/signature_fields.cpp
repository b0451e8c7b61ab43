#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "pdf/state.hpp"

namespace paraphe::pdf {

namespace {

std::string text_at(QPDFObjectHandle dictionary, const char* key) {
    QPDFObjectHandle value = dictionary.getKey(key);
    return value.isString() ? value.getUTF8Value() : std::string();
}

std::string name_at(QPDFObjectHandle dictionary, const char* key) {
    QPDFObjectHandle value = dictionary.getKey(key);
    return value.isName() ? value.getName().substr(1) : std::string();
}

bool is_hex_or_white(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ' ' ||
           c == '\n' || c == '\r' || c == '\t';
}

/// The octets of the gap must be this dictionary's Contents and nothing else: otherwise content
/// could hide there (the "universal forgery" and "wrapping" attacks on PDF signatures).
std::string gap_fault(ByteView gap, const Bytes& contents) {
    if (gap.size() < 2 || gap.front() != '<' || gap.back() != '>') {
        return "ByteRange does not leave out exactly the Contents string";
    }
    const ByteView digits = gap.substr(1, gap.size() - 2);
    if (!std::all_of(digits.begin(), digits.end(), is_hex_or_white)) {
        return "ByteRange leaves out more than the Contents string";
    }
    std::string bare;
    for (const char c : digits) {
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t') bare += c;
    }
    if (bare.size() % 2 != 0) bare += '0';
    if (from_hex(bare) != contents) {
        return "ByteRange leaves out another string than this signature's Contents";
    }
    return {};
}

void check_range(ByteView all, const Sections& sections, Signature& out) {
    const auto& range = out.byte_range;
    if (range.size() != 4) {
        out.range_fault =
            "ByteRange must have four numbers, it has " + std::to_string(range.size());
        return;
    }
    if (range[0] > all.size() || range[1] > all.size() - range[0] || range[2] > all.size() ||
        range[3] > all.size() - range[2]) {
        out.range_fault = "ByteRange lies outside the file";
        return;
    }
    const std::size_t end = range[2] + range[3];
    for (std::size_t i = 0; i < sections.revisions.size(); ++i) {
        const std::size_t revision_end = sections.revisions[i].end;
        if (end > revision_end || revision_end - end > 2) continue;
        const ByteView rest = all.substr(end, revision_end - end);
        if (rest.find_first_not_of("\r\n") == ByteView::npos) out.revision = static_cast<int>(i);
    }
    if (range[0] != 0) {
        out.range_fault = "ByteRange does not begin at the start of the file";
    } else if (range[2] < range[1]) {
        out.range_fault = "the parts of ByteRange overlap";
    } else {
        out.range_fault = gap_fault(all.substr(range[1], range[2] - range[1]), out.contents);
    }
    if (out.range_fault.empty() && out.revision < 0) {
        out.range_fault = "ByteRange does not end with a revision of the file";
    }
}

Signature read_signature(QPDFObjectHandle value, ByteView all, const Sections& sections) {
    Signature out;
    if (value.isIndirect()) out.object = id_of(value);
    out.type = name_at(value, "/Type");
    if (out.type.empty()) out.type = "Sig";  // optional in table 252
    out.filter = name_at(value, "/Filter");
    out.sub_filter = name_at(value, "/SubFilter");
    out.name = text_at(value, "/Name");
    out.reason = text_at(value, "/Reason");
    out.location = text_at(value, "/Location");
    out.written_date = text_at(value, "/M");
    out.signed_at = parse_date(out.written_date);
    QPDFObjectHandle contents = value.getKey("/Contents");
    if (contents.isString()) out.contents = contents.getStringValue();
    QPDFObjectHandle range = value.getKey("/ByteRange");
    if (range.isArray()) {
        for (QPDFObjectHandle item : range.getArrayAsVector()) {
            const long long number = item.isInteger() ? item.getIntValue() : -1;
            out.byte_range.push_back(number < 0 ? ~std::uint64_t{0}
                                                : static_cast<std::uint64_t>(number));
        }
    }
    check_range(all, sections, out);
    return out;
}

/// A field of the form while its tree is walked.
struct Open {
    QPDFObjectHandle field;
    std::string prefix;
    std::string type;  ///< /FT, inherited
};

class Walk {
public:
    Walk(QPDF& pdf, ByteView all, const Sections& sections, const std::vector<ObjectId>& pages)
        : pdf_(pdf), all_(all), sections_(sections) {
        for (std::size_t i = 0; i < pages.size(); ++i)
            page_index_[pages[i]] = static_cast<int>(i);
    }

    SignatureField read(QPDFObjectHandle field, const std::string& name) {
        SignatureField out;
        out.object = id_of(field);
        out.name = name;
        out.tooltip = text_at(field, "/TU");
        QPDFObjectHandle widget = field;
        QPDFObjectHandle kids = field.getKey("/Kids");
        if (!field.hasKey("/Rect") && kids.isArray() && kids.getArrayNItems() > 0) {
            widget = kids.getArrayItem(0);
        }
        if (widget.isDictionary()) {
            out.widget = id_of(widget);
            out.page = page_of(widget);
            out.box = box_of(widget, out.page);
        }
        QPDFObjectHandle value = field.getKey("/V");
        if (value.isDictionary()) out.signature = read_signature(value, all_, sections_);
        return out;
    }

private:
    int page_of(QPDFObjectHandle widget) {
        QPDFObjectHandle page = widget.getKey("/P");
        if (page.isIndirect()) {
            const auto found = page_index_.find(id_of(page));
            if (found != page_index_.end()) return found->second;
        }
        if (by_widget_.empty()) index_widgets();
        const auto found = by_widget_.find(id_of(widget));
        return found == by_widget_.end() ? -1 : found->second;
    }

    void index_widgets() {
        by_widget_[ObjectId{}] = -1;
        for (const auto& [id, index] : page_index_) {
            QPDFObjectHandle annotations =
                pdf_.getObject(id.number, id.generation).getKey("/Annots");
            if (!annotations.isArray()) continue;
            for (QPDFObjectHandle one : annotations.getArrayAsVector()) {
                if (one.isIndirect()) by_widget_[id_of(one)] = index;
            }
        }
    }

    Rect box_of(QPDFObjectHandle widget, int page_index) {
        QPDFObjectHandle rect = widget.getKey("/Rect");
        if (page_index < 0 || !rect.isRectangle()) return {};
        QPDFObjectHandle node;
        for (const auto& [id, index] : page_index_) {
            if (index == page_index) node = pdf_.getObject(id.number, id.generation);
        }
        QPDFObjectHandle media;
        for (int depth = 0; depth < 50 && node.isDictionary(); ++depth) {
            media = node.getKey("/MediaBox");
            if (media.isRectangle()) break;
            node = node.getKey("/Parent");
        }
        if (!media.isRectangle()) return {};
        const auto box = rect.getArrayAsRectangle(), sheet = media.getArrayAsRectangle();
        for (const double side : {box.llx, box.lly, box.urx, box.ury, sheet.llx, sheet.ury}) {
            if (!(side > -1e6 && side < 1e6)) return {};
        }
        return {Length::from_points(box.llx - sheet.llx), Length::from_points(sheet.ury - box.ury),
                Length::from_points(box.urx - box.llx), Length::from_points(box.ury - box.lly)};
    }

    QPDF& pdf_;
    ByteView all_;
    const Sections& sections_;
    std::map<ObjectId, int> page_index_, by_widget_;
};

}  // namespace

/// "D:20260301093000+01'00'" (ISO 32000-1 §7.9.4); nullopt when it is another.
std::optional<Instant> parse_date(std::string_view text) {
    if (text.starts_with("D:")) text.remove_prefix(2);
    const std::string_view digits = text.substr(0, text.find_first_not_of("0123456789"));
    if (digits.size() != 14 && digits.size() != 12 && digits.size() != 8) return std::nullopt;
    std::string zone(text.substr(digits.size()));
    zone.erase(std::remove(zone.begin(), zone.end(), '\''), zone.end());
    std::string padded(digits);
    padded.resize(14, '0');
    std::string iso = padded.substr(0, 4) + "-" + padded.substr(4, 2) + "-" + padded.substr(6, 2) +
                      "T" + padded.substr(8, 2) + ":" + padded.substr(10, 2) + ":" +
                      padded.substr(12, 2);
    if (zone.empty() || zone[0] == 'Z') {
        iso += 'Z';
    } else if (zone.size() == 5 || zone.size() == 3) {
        zone.resize(5, '0');
        iso += zone.substr(0, 3) + ":" + zone.substr(3, 2);
    } else {
        return std::nullopt;
    }
    return parse_instant(iso);
}

std::vector<SignatureField> read_signature_fields(QPDF& pdf, ByteView all, const Sections& sections,
                                                  const std::vector<ObjectId>& pages,
                                                  const Limits& limits, const std::string& source) {
    std::vector<SignatureField> out;
    QPDFObjectHandle form = pdf.getRoot().getKey("/AcroForm");
    if (!form.isDictionary() || !form.getKey("/Fields").isArray()) return out;
    Walk walk(pdf, all, sections, pages);
    std::vector<Open> open;
    std::vector<QPDFObjectHandle> top = form.getKey("/Fields").getArrayAsVector();
    for (auto field = top.rbegin(); field != top.rend(); ++field)
        open.push_back({*field, {}, {}});
    std::set<ObjectId> seen;
    std::set<std::string> names;
    while (!open.empty()) {
        Open here = std::move(open.back());
        open.pop_back();
        if (!here.field.isDictionary()) continue;
        if (!here.field.isIndirect() || !seen.insert(id_of(here.field)).second) {
            refuse_damaged(source, "its form has a field twice, or one that is no object");
        }
        if (seen.size() > static_cast<std::size_t>(limits.fields)) {
            throw Error(ErrorKind::malformed_input,
                        "the PDF file has more than " + std::to_string(limits.fields) + " fields",
                        in_file(source), "reduce it", "too_large");
        }
        std::string name = here.prefix;
        if (here.field.hasKey("/T")) {
            if (!name.empty()) name += '.';
            name += text_at(here.field, "/T");
        }
        const std::string type = here.field.hasKey("/FT") ? name_at(here.field, "/FT") : here.type;
        bool has_fields = false;
        QPDFObjectHandle kids = here.field.getKey("/Kids");
        if (kids.isArray()) {
            std::vector<QPDFObjectHandle> children = kids.getArrayAsVector();
            for (auto child = children.rbegin(); child != children.rend(); ++child) {
                if (!child->isDictionary() || !child->hasKey("/T")) continue;  // a widget
                open.push_back({*child, name, type});
                has_fields = true;
            }
        }
        if (has_fields || type != "Sig") continue;
        if (!names.insert(name).second) {
            refuse_damaged(source, "it has two signature fields named \"" + name + "\"");
        }
        out.push_back(walk.read(here.field, name));
    }
    return out;
}

}  // namespace paraphe::pdf
