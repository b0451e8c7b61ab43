#include "pdf/signing.hpp"

#include <cstdio>

#include "base/error.hpp"
#include "pdf/sections.hpp"
#include "pdf/signature_value.hpp"

namespace paraphe::pdf {

namespace {

const SignatureField& find_field(const File& file, const std::string& name) {
    if (const SignatureField* field = file.signature_field(name)) return *field;
    std::vector<std::string> names;
    for (const auto& field : file.signature_fields())
        names.push_back(field.name);
    refuse_field(name, names, file.source());
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

int write_appearance(Update& update, Size box, const Appearance& appearance, FontCache& fonts) {
    Resources resources(update.objects(), fonts);
    Content content(resources, box.height);
    for (const layout::Item& item : appearance.items)
        content.draw(item);
    const std::string named = resources.finish();
    return write_form(update.objects(), box, content, named);
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
    return prepared(std::move(written.bytes), written.offsets.at(value), field,
                    facts.contents_reserve);
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

}  // namespace paraphe::pdf
