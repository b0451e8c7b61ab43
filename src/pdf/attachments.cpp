#include "pdf/attachments.hpp"

#include "pdf/conformance_parts.hpp"

namespace paraphe::pdf {

namespace {

using namespace conformance;

Relationship relationship_of(const std::string& name) {
    static const std::map<std::string, Relationship> all = {
        {"Source", Relationship::source},
        {"Data", Relationship::data},
        {"Alternative", Relationship::alternative},
        {"Supplement", Relationship::supplement}};
    const auto found = all.find(name);
    return found == all.end() ? Relationship::unspecified : found->second;
}

}  // namespace

std::vector<Attachment> attachments(const File& file) {
    const auto& state = Inside::of(file);
    const std::lock_guard lock(state.mutex);
    return guarded(state.source, [&] {
        std::vector<Attachment> out;
        Run run{state.pdf, state.source, state.bytes, state.pages, state.limits};
        for (Handle one : elements_of(at(state.pdf.getRoot(), "/AF"))) {
            Handle stream = at(at(one, "/EF"), "/F");
            auto octets = run.decoded(stream, {});
            if (!octets) refuse_damaged(state.source, "a file inside it cannot be read");
            Attachment made;
            made.name = text_of(at(one, "/UF"));
            made.description = text_of(at(one, "/Desc"));
            made.relationship = relationship_of(name_of(at(one, "/AFRelationship")));
            made.media_type = name_of(at(stream, "/Subtype"));
            made.bytes = std::move(*octets);
            made.modified =
                parse_date(text_of(at(at(stream, "/Params"), "/ModDate"))).value_or(Instant{});
            out.push_back(std::move(made));
        }
        return out;
    });
}

}  // namespace paraphe::pdf
