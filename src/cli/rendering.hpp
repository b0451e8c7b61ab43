#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/file.hpp"
#include "cli/commands.hpp"
#include "expression/data.hpp"
#include "kind/audience.hpp"
#include "layout/shaping_cache.hpp"
#include "pdf/pdf.hpp"
#include "signature/signature.hpp"
#include "template/template.hpp"
#include "text/font_map.hpp"

namespace paraphe::cli {

/// A compiled template with the schema of its data, ready to be filled once or a thousand times;
/// may be used by several threads.
class Rendering {
public:
    /// Reads, compiles. Prints what is wrong with the template to `console.err`, then throws
    /// Error{malformed_input}. The instant of all documents is taken here, and the key read that
    /// seals them.
    Rendering(const RenderOptions&, Console&);

    /// One record of data: as given, and typed by the schema.
    struct Record {
        json::Value given;
        expression::Value value;
    };
    /// Throws Error{malformed_input} with every violation of the schema.
    Record record(json::Value, const std::string& source) const;

    /// Fills the template and writes each file in the format of its ending. Gives what layout
    /// approximated. Throws Error for data that the template cannot take, and for the disk.
    Diagnostics write(const Record&, const std::vector<std::string>& files,
                      Durability = Durability::now) const;

    /// The PDF alone, for proofs: with the seal of that field, when one is given, made of the same.
    /// Attachments that the kind names replace those of the options. Throws Error{malformed_input}
    /// for a template that is no document.
    Bytes to_pdf(const Record&, pdf::WriteOptions, const pdf::SignatureField* sealed) const;

private:
    void read_kind(const RenderOptions&);
    std::vector<pdf::Attachment> attachments(const odf::Document&, const layout::Pages&,
                                             const json::Value&) const;
    layout::Pages pages(const odf::Document&) const;
    /// What stands in the field and beside it follows from these alone, so that it can be proved.
    signature::pades::Request seal(const std::string& field, Instant, const std::string& name,
                                   const std::string& reason, const std::string& location) const;
    Bytes to_pdf(const layout::Pages&, const pdf::WriteOptions&, const std::string& file) const;
    const text::FontMap& fonts() const;

    std::variant<std::monostate, tmpl::Template, tmpl::TextTemplate> template_;
    std::optional<json::Schema> schema_;
    std::string document_;  ///< what the kind calls the document, when it names files to join
    kind::AssociatedFiles associated_;
    expression::Typing typing_;
    std::string home_, instant_;
    std::optional<crypto::KeySigner> key_;
    std::string field_, reason_, location_;  ///< of the seal
    std::size_t page_;                       ///< alone of pictures, from 1; 0: all
    const Heavy* heavy_ = nullptr;           ///< when an output needs it
    mutable std::once_flag fonts_read_;
    mutable std::optional<text::FontMap> fonts_;
    mutable std::optional<layout::ShapingCache> shaped_;
    mutable pdf::FontCache cache_;
};

}  // namespace paraphe::cli
