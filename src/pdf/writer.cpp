#include "pdf/writer.hpp"

#include <set>

#include "base/error.hpp"
#include "pdf/conformance.hpp"
#include "pdf/container.hpp"
#include "pdf/drawing.hpp"
#include "pdf/metadata.hpp"
#include "pdf/navigation.hpp"
#include "pdf/signature_value.hpp"
#include "pdf/structure.hpp"
#include "pdf/syntax.hpp"

namespace paraphe::pdf {

namespace {

const layout::Mark& mark_of(const layout::Item& item) {
    return std::visit([](const auto& one) -> const layout::Mark& { return one.mark; }, item);
}

void check_mark(const layout::Item& item) {
    const layout::Mark& mark = mark_of(item);
    if (mark.node >= 0 || mark.artifact != layout::Artifact::none) return;
    if (const auto* run = std::get_if<layout::GlyphRun>(&item)) {
        throw Error(ErrorKind::internal, "text outside the structure: \"" + run->text + "\"");
    }
    if (std::holds_alternative<layout::Image>(item)) {
        throw Error(ErrorKind::internal, "picture outside the structure");
    }
}

/// The signature that is prepared in the same pass.
struct Seal {
    const std::string& field;
    const SignatureDictionary& dictionary;
    const Appearance& appearance;
    int value = 0;  ///< the object of its dictionary
};

/// One document while it is written: pages first, then what they refer to.
class Writer {
public:
    Writer(const layout::Pages& pages, FontCache& fonts, Seal* seal = nullptr)
        : pages_(pages),
          seal_(seal),
          resources_(objects_, fonts),
          structure_(pages),
          annotations_(pages.pages.size()) {}

    Serialized run(const WriteOptions& options) {
        if (pages_.pages.empty()) throw Error(ErrorKind::internal, "a document without pages");
        catalog_ = objects_.reserve();
        tree_ = objects_.reserve();
        shared_ = objects_.reserve();
        for (std::size_t i = 0; i < pages_.pages.size(); ++i) {
            page_objects_.push_back(objects_.reserve());
        }
        std::vector<bool> transparent(pages_.pages.size());
        std::vector<int> contents(pages_.pages.size());
        for (std::size_t i = 0; i < pages_.pages.size(); ++i) {
            Content content(resources_, pages_.pages[i].size.height);
            write_content(i, content);
            transparent[i] = content.uses_transparency();
            contents[i] = objects_.add_stream("", content.take());
        }
        write_links(objects_, pages_, page_objects_, structure_, annotations_);
        write_fields();
        objects_.put(shared_, resources_.finish());
        for (std::size_t i = 0; i < pages_.pages.size(); ++i) {
            write_page(i, contents[i], transparent[i]);
        }
        write_page_tree();
        write_catalog(options);
        const int info = write_info(objects_, pages_.metadata);
        return serialize(std::move(objects_), catalog_, info,
                         options.object_streams ? Container::object_streams : Container::classic);
    }

private:
    /// Neighbours with the same mark share one sequence; nothing is painted outside of one.
    void write_content(std::size_t page, Content& content) {
        const layout::Mark* open = nullptr;
        for (const layout::Item& item : pages_.pages[page].items) {
            check_mark(item);
            const layout::Mark& mark = mark_of(item);
            if (!open || !(*open == mark)) {
                if (open) content.end_marked();
                content.begin_marked(structure_.open(page, mark));
                open = &mark;
            }
            structure_.extend(page, item);
            const auto* run = std::get_if<layout::GlyphRun>(&item);
            const bool foreign = run && mark.node >= 0 && !run->language.empty() &&
                                 run->language != language_of(mark.node);
            if (foreign) content.begin_marked("/Span<</Lang" + text_string(run->language) + ">>");
            draw(content, item, mark);
            if (foreign) content.end_marked();
        }
        if (open) content.end_marked();
    }

    /// A picture that cannot be written is told at its place in the template.
    void draw(Content& content, const layout::Item& item, const layout::Mark& mark) {
        try {
            content.draw(item);
        } catch (const Error& error) {
            const auto* from =
                mark.node < 0 ? nullptr
                              : pages_.nodes[static_cast<std::size_t>(mark.node)].provenance.get();
            if (error.code() != "bad_picture" || from == nullptr || !from->source) throw;
            throw Error(error.kind(), error.problem(), {*from->source, from->line, 0, {}},
                        error.remedy(), error.code());
        }
    }

    /// The element's own, or what it inherits (ISO 32000-1 §14.9.2).
    const std::string& language_of(int node) const {
        while (node >= 0) {
            const layout::StructureNode& it = pages_.nodes[static_cast<std::size_t>(node)];
            if (!it.words->language.empty()) return it.words->language;
            node = it.parent;
        }
        return pages_.metadata.language;
    }

    void write_page(std::size_t i, int contents, bool transparent) {
        const layout::Page& page = pages_.pages[i];
        std::string out = "<</Type/Page/Parent " + reference(tree_) + "/MediaBox" +
                          rectangle(page, {{}, {}, page.size.width, page.size.height}) +
                          "/Resources " + reference(shared_) + "/Contents " + reference(contents) +
                          "/StructParents " + std::to_string(i) + "/Tabs/S";
        if (transparent) out += "/Group<</S/Transparency/CS/DeviceRGB>>";
        if (!annotations_[i].empty()) {
            out += "/Annots[";
            for (const int annotation : annotations_[i])
                out += reference(annotation) + " ";
            out += "]";
        }
        objects_.put(page_objects_[i], out + ">>");
    }

    void write_page_tree() {
        std::string kids;
        for (const int page : page_objects_)
            kids += reference(page) + " ";
        objects_.put(tree_, "<</Type/Pages/Count " + std::to_string(page_objects_.size()) +
                                "/Kids[" + kids + "]>>");
    }

    /// Field and widget in one dictionary (ISO 32000-1 §12.7.4.5), value still to come.
    void write_fields() {
        std::set<std::string> names;
        for (const layout::SignatureField& field : pages_.fields) {
            if (field.slot.empty() || field.slot.find('.') != std::string::npos) {
                throw Error(ErrorKind::malformed_input,
                            "\"" + field.slot + "\" is no name for a signature field", {},
                            "use letters and digits");
            }
            if (!names.insert(field.slot).second) {
                throw Error(ErrorKind::malformed_input,
                            "two signature fields are named \"" + field.slot + "\"", {},
                            "give each signatory a slot of its own");
            }
            if (field.page < 0 || static_cast<std::size_t>(field.page) >= pages_.pages.size()) {
                throw Error(ErrorKind::internal,
                            "the signature field \"" + field.slot + "\" is on no page");
            }
            const auto page = static_cast<std::size_t>(field.page);
            const bool sealed = seal_ && seal_->field == field.slot;
            const int appearance = write_appearance(field, sealed);
            const int object = objects_.reserve();
            const int parent = structure_.annotate(page, field.node, object);
            const std::string& tooltip = field.tooltip.empty() ? field.slot : field.tooltip;
            objects_.put(object, "<</Type/Annot/Subtype/Widget/FT/Sig/F 132/T" +
                                     text_string(field.slot) + "/TU" + text_string(tooltip) +
                                     "/Rect" + rectangle(pages_.pages[page], field.box) + "/P " +
                                     reference(page_objects_[page]) + "/StructParent " +
                                     std::to_string(parent) + "/AP<</N " + reference(appearance) +
                                     ">>" + (sealed ? write_value() : "") + ">>");
            annotations_[page].push_back(object);
            fields_ += reference(object) + " ";
        }
        if (seal_ && seal_->value == 0)
            refuse_field(seal_->field, {names.begin(), names.end()}, "PDF");
    }

    /// What the field shows; nothing before it is signed.
    int write_appearance(const layout::SignatureField& field, bool sealed) {
        const Size box{field.box.width, field.box.height};
        Content content(resources_, box.height);
        const bool drawn = sealed && box.width > Length{} && box.height > Length{} &&
                           !seal_->appearance.items.empty();
        if (drawn)
            for (const layout::Item& item : seal_->appearance.items)
                content.draw(item);
        return write_form(objects_, box, content, drawn ? " " + reference(shared_) : "<<>>");
    }

    std::string write_value() {
        seal_->value = objects_.add_apart(signature_syntax(seal_->dictionary));
        return "/V " + reference(seal_->value);
    }

    void write_catalog(const WriteOptions& options) {
        Dictionary catalog = {
            {"Type", "/Catalog"},
            {"Pages", reference(tree_)},
            {"Lang", text_string(pages_.metadata.language)},
            {"MarkInfo", "<</Marked true>>"},
            {"ViewerPreferences", "<</DisplayDocTitle true>>"},
        };
        catalog["StructTreeRoot"] = reference(structure_.write(objects_, page_objects_));
        catalog["OutputIntents"] = "[" + reference(write_output_intent(objects_)) + "]";
        catalog["Metadata"] = reference(write_xmp(objects_, pages_.metadata, fingerprint(pages_)));
        if (!fields_.empty()) {
            // An object of its own: signing then leaves the catalog as it is.
            // With SigFlags, a signature exists and later changes are appended (table 219).
            catalog["AcroForm"] = reference(
                objects_.add("<</Fields[" + fields_ + "]" + (seal_ ? "/SigFlags 3" : "") + ">>"));
        }
        if (const int outline = write_outline(objects_, pages_, page_objects_)) {
            catalog["Outlines"] = reference(outline);
        }
        if (std::string labels = page_labels(pages_); !labels.empty()) {
            catalog["PageLabels"] = std::move(labels);
        }
        write_attachments(options.attachments, catalog);
        objects_.put(catalog_, to_syntax(catalog));
    }

    /// ISO 19005-3 §6.8: each embedded file is associated with the document.
    void write_attachments(const std::vector<Attachment>& attachments, Dictionary& catalog) {
        if (attachments.empty()) return;
        static constexpr const char* relationships[] = {"/Source", "/Data", "/Alternative",
                                                        "/Supplement", "/Unspecified"};
        std::map<std::string, int> files;
        std::string associated;
        for (const Attachment& attachment : attachments) {
            const std::string date = date_string(attachment.modified);
            const int stream = objects_.add_stream(
                "/Type/EmbeddedFile/Subtype" + name(attachment.media_type) + "/Params<</Size " +
                    std::to_string(attachment.bytes.size()) + "/CreationDate" + date + "/ModDate" +
                    date + ">>",
                attachment.bytes);
            const std::string title = text_string(attachment.name);
            const int file =
                objects_.add("<</Type/Filespec/F" + title + "/UF" + title + "/Desc" +
                             text_string(attachment.description) + "/AFRelationship" +
                             relationships[static_cast<std::size_t>(attachment.relationship)] +
                             "/EF<</F " + reference(stream) + "/UF " + reference(stream) + ">>>>");
            if (!files.emplace(attachment.name, file).second) {
                throw Error(ErrorKind::internal,
                            "two attachments are named \"" + attachment.name + "\"");
            }
            associated += reference(file) + " ";
        }
        std::string names;
        for (const auto& [title, file] : files) {
            names += text_string(title) + reference(file) + " ";
        }
        catalog["AF"] = "[" + associated + "]";
        catalog["Names"] = "<</EmbeddedFiles<</Names[" + names + "]>>>>";
    }

    const layout::Pages& pages_;
    Seal* seal_;
    Objects objects_;
    Resources resources_;
    Structure structure_;
    std::vector<int> page_objects_;
    std::vector<std::vector<int>> annotations_;  ///< by page
    std::string fields_;
    int catalog_ = 0, tree_ = 0, shared_ = 0;
};

/// Builds for tests judge what they write; what only the author can mend is none of the writer's.
void judge([[maybe_unused]] const Bytes& written) {
#ifdef PARAPHE_SELF_CHECK
    for (const Diagnostic& found : check_conformance(written, "written.pdf")) {
        if (!is_of_author(found.code)) throw Error(ErrorKind::internal, to_string(found));
    }
#endif
}

}  // namespace

Bytes write(const layout::Pages& pages, FontCache& fonts, const WriteOptions& options) {
    Bytes out = Writer(pages, fonts).run(options).bytes;
    judge(out);
    return out;
}

PreparedSignature prepare_signature(const layout::Pages& pages, const std::string& field,
                                    const SignatureDictionary& dictionary,
                                    const Appearance& appearance, FontCache& fonts,
                                    const WriteOptions& options) {
    Seal seal{field, dictionary, appearance};
    Serialized written = Writer(pages, fonts, &seal).run(options);
    judge(written.bytes);
    return prepared(std::move(written.bytes),
                    written.offsets[static_cast<std::size_t>(seal.value - 1)], field,
                    dictionary.contents_reserve);
}

}  // namespace paraphe::pdf
