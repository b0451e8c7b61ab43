#include "pdf/signing.hpp"

#include <cstdio>

#include "base/error.hpp"
#include "base/suggestion.hpp"
#include "pdf/drawing.hpp"
#include "pdf/sections.hpp"

namespace paraphe::pdf {

namespace {

constexpr std::string_view range_key = "/ByteRange[";
constexpr std::string_view contents_key = "/Contents<";
constexpr std::size_t range_room = 43;  // four numbers of ten digits and their spaces

/// ByteRange and Contents come first: their places are then known by length alone.
std::string signature_syntax(const SignatureDictionary& facts) {
    std::string out = "<<";
    out += range_key;
    out.append(range_room, ' ');
    out += "]";
    out += contents_key;
    out.append(2 * facts.contents_reserve, '0');
    out += ">/Type" + name(facts.type) + "/Filter/Adobe.PPKLite/SubFilter" + name(facts.sub_filter);
    if (facts.type == "Sig") out += "/M" + date_string(facts.signed_at);
    const auto put = [&out](const char* key, const std::string& text) {
        if (!text.empty()) out += key + text_string(text);
    };
    put("/Name", facts.name);
    put("/Reason", facts.reason);
    put("/Location", facts.location);
    return out + ">>";
}

const SignatureField& find_field(const File& file, const std::string& name) {
    if (const SignatureField* field = file.signature_field(name)) return *field;
    std::vector<std::string> names;
    for (const auto& field : file.signature_fields())
        names.push_back(field.name);
    std::string remedy;
    if (const auto near = nearest(name, names)) {
        remedy = "did you mean \"" + *near + "\"?";
    } else if (names.empty()) {
        remedy = "the file has no signature fields";
    } else {
        remedy = "the fields are";
        for (const auto& one : names)
            remedy += (&one == &names[0] ? " " : ", ") + one;
    }
    throw Error(ErrorKind::not_found, "no signature field \"" + name + "\"", in_file(file.source()),
                remedy, "no_such_field");
}

void check_permitted(const File& file, const std::string& field) {
    if (file.facts().doc_mdp == 1) {
        throw Error(ErrorKind::conflict, "its certification forbids further signatures",
                    in_file(file.source()), "sign a copy without certification", "certified");
    }
    const SignatureField* found = file.signature_field(field);
    if (found && found->is_signed()) {
        throw Error(ErrorKind::conflict, "the field \"" + field + "\" is already signed",
                    in_file(file.source()), "sign another field", "already_signed");
    }
}

/// The form XObject of what the field shows (ISO 32000-1 §12.5.5).
int write_appearance(Update& update, Size box, const Appearance& appearance, FontCache& fonts) {
    Resources resources(update.objects(), fonts);
    Content content(resources, box.height);
    for (const layout::Item& item : appearance.items)
        content.draw(item);
    std::string entries = "/Type/XObject/Subtype/Form/BBox[0 0 ";
    append_length(entries, box.width);
    entries += ' ';
    append_length(entries, box.height);
    entries += "]";
    if (content.uses_transparency()) entries += "/Group<</S/Transparency/CS/DeviceRGB>>";
    entries += "/Resources" + resources.finish();
    return update.objects().add_stream(entries, content.take());
}

/// Object and widget of the field, which may have been added by this very update.
struct Target {
    ObjectId field, widget;
    Size box;
};

Target find_target(Update& update, const std::string& name) {
    const Dictionary form = update.form();
    for (const auto& item : update.base().elements(form, "Fields").values) {
        ObjectId id;
        if (std::sscanf(item.c_str(), "%d", &id.number) != 1 || !update.objects().owns(id.number)) {
            continue;
        }
        const Dictionary added = update.dictionary(id);
        const auto title = added.find("T");
        if (title != added.end() && title->second == text_string(name)) return {id, id, {}};
    }
    const SignatureField& field = find_field(update.base(), name);
    return {field.object, field.widget, {field.box.width, field.box.height}};
}

}  // namespace

std::array<ByteView, 2> PreparedSignature::signed_octets() const {
    const ByteView all = bytes;
    return {all.substr(byte_range[0], byte_range[1]), all.substr(byte_range[2], byte_range[3])};
}

PreparedSignature prepare_signature(const File& file, const std::string& field,
                                    const SignatureDictionary& facts, const Appearance& appearance,
                                    FontCache& fonts) {
    return prepare_signature(Update(file), field, facts, appearance, fonts);
}

PreparedSignature prepare_signature(Update update, const std::string& field,
                                    const SignatureDictionary& facts, const Appearance& appearance,
                                    FontCache& fonts) {
    check_permitted(update.base(), field);
    const Target target = find_target(update, field);
    const ObjectId value{update.objects().add(signature_syntax(facts)), 0};

    Dictionary dictionary = update.dictionary(target.field);
    dictionary["V"] = reference(value);
    update.set(target.field, dictionary);
    if (!appearance.items.empty() && target.box.width > Length{} && target.box.height > Length{}) {
        const int drawn = write_appearance(update, target.box, appearance, fonts);
        Dictionary widget = update.dictionary(target.widget);
        widget["AP"] = "<</N " + reference(drawn) + ">>";
        update.set(target.widget, widget);
    }
    Dictionary form = update.form();
    form["SigFlags"] = "3";  // signatures exist, append only (table 219)
    update.set_form(form);

    Update::Result written = update.finish();
    PreparedSignature out;
    out.bytes = std::move(written.bytes);
    out.field = field;
    out.reserve = facts.contents_reserve;
    const std::size_t range_at = written.offsets.at(value) + 2 + range_key.size();
    const std::size_t gap = range_at + range_room + 1 + contents_key.size() - 1;
    const std::size_t behind = gap + 2 + 2 * out.reserve;
    out.byte_range = {0, gap, behind, out.bytes.size() - behind};
    std::string numbers;
    for (const std::uint64_t number : out.byte_range) {
        numbers += (numbers.empty() ? "" : " ") + std::to_string(number);
    }
    out.bytes.replace(range_at, numbers.size(), numbers);
    return out;
}

void add_signature_field(Update& update, const std::string& name) {
    if (update.base().signature_field(name)) {
        throw Error(ErrorKind::conflict, "the field \"" + name + "\" exists already",
                    in_file(update.base().source()), "choose another name", "field_exists");
    }
    const ObjectId page = update.base().page(0);
    const ObjectId appearance{
        update.objects().add_stream("/Type/XObject/Subtype/Form/BBox[0 0 0 0]/Resources<<>>", ""),
        0};
    const ObjectId field = update.add({{"Type", "/Annot"},
                                       {"Subtype", "/Widget"},
                                       {"FT", "/Sig"},
                                       {"T", text_string(name)},
                                       {"TU", text_string(name)},
                                       {"F", "132"},
                                       {"Rect", "[0 0 0 0]"},
                                       {"P", reference(page)},
                                       {"AP", "<</N " + reference(appearance) + ">>"}});
    update.append(page, "Annots", reference(field));
    Dictionary form = update.form();
    std::string fields = "[";
    for (const auto& item : update.base().elements(form, "Fields").values)
        fields += item + " ";
    form["Fields"] = fields + reference(field) + "]";
    update.set_form(form);
}

Bytes embed(PreparedSignature prepared, ByteView cms) {
    if (cms.size() > prepared.reserve) {
        throw Error(ErrorKind::internal,
                    "the signature of \"" + prepared.field + "\" has " +
                        std::to_string(cms.size()) + " octets, room was made for " +
                        std::to_string(prepared.reserve),
                    {}, "prepare it again with more room", "reserve_too_small");
    }
    const std::string hex = to_hex(cms);
    prepared.bytes.replace(prepared.byte_range[1] + 1, hex.size(), hex);
    return std::move(prepared.bytes);
}

}  // namespace paraphe::pdf
