#include "pdf/signature_value.hpp"

#include "base/error.hpp"
#include "base/suggestion.hpp"
#include "pdf/sections.hpp"

namespace paraphe::pdf {

namespace {

constexpr std::string_view range_key = "/ByteRange[";
constexpr std::string_view contents_key = "/Contents<";
constexpr std::size_t range_room = 43;  // four numbers of ten digits and their spaces

}  // namespace

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

PreparedSignature prepared(Bytes bytes, std::size_t offset, const std::string& field,
                           std::size_t reserve) {
    PreparedSignature out;
    out.bytes = std::move(bytes);
    out.field = field;
    out.reserve = reserve;
    const std::size_t range_at = offset + 2 + range_key.size();
    const std::size_t gap = range_at + range_room + 1 + contents_key.size() - 1;
    const std::size_t behind = gap + 2 + 2 * reserve;
    out.byte_range = {0, gap, behind, out.bytes.size() - behind};
    std::string numbers;
    for (const std::uint64_t number : out.byte_range) {
        numbers += (numbers.empty() ? "" : " ") + std::to_string(number);
    }
    out.bytes.replace(range_at, numbers.size(), numbers);
    return out;
}

std::array<ByteView, 2> PreparedSignature::signed_octets() const {
    const ByteView all = bytes;
    return {all.substr(byte_range[0], byte_range[1]), all.substr(byte_range[2], byte_range[3])};
}

Bytes embed(PreparedSignature signature, ByteView cms) {
    if (cms.size() > signature.reserve) {
        throw Error(ErrorKind::internal,
                    "the signature of \"" + signature.field + "\" has " +
                        std::to_string(cms.size()) + " octets, room was made for " +
                        std::to_string(signature.reserve),
                    {}, "prepare it again with more room", "reserve_too_small");
    }
    const std::string hex = to_hex(cms);
    signature.bytes.replace(signature.byte_range[1] + 1, hex.size(), hex);
    return std::move(signature.bytes);
}

int write_form(Objects& objects, Size box, Content& content, const std::string& resources) {
    std::string entries = "/Type/XObject/Subtype/Form/BBox[0 0 ";
    append_length(entries, box.width);
    entries += ' ';
    append_length(entries, box.height);
    entries += "]";
    if (content.uses_transparency()) entries += "/Group<</S/Transparency/CS/DeviceRGB>>";
    entries += "/Resources" + resources;
    return objects.add_stream(entries, content.take());
}

void refuse_field(const std::string& field, const std::vector<std::string>& names,
                  const std::string& source) {
    std::string remedy;
    if (const auto near = nearest(field, names)) {
        remedy = "did you mean \"" + *near + "\"?";
    } else if (names.empty()) {
        remedy = "the file has no signature fields";
    } else {
        remedy = "the fields are";
        for (const auto& one : names)
            remedy += (&one == &names[0] ? " " : ", ") + one;
    }
    throw Error(ErrorKind::not_found, "no signature field \"" + field + "\"", in_file(source),
                remedy, "no_such_field");
}

}  // namespace paraphe::pdf
