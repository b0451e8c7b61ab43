#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/file.hpp"
#include "cli/commands.hpp"
#include "expression/data.hpp"
#include "pdf/pdf.hpp"
#include "template/template.hpp"
#include "text/font_map.hpp"

namespace paraphe::cli {

/// A compiled template with the schema of its data, ready to be filled once or a thousand times;
/// may be used by several threads.
class Rendering {
public:
    /// Reads, compiles. Prints what is wrong with the template to `console.err`, then throws
    /// Error{malformed_input}. The instant of all documents is taken here.
    Rendering(const RenderOptions&, Console&);

    /// Throws Error{malformed_input} with every violation of the schema.
    expression::Value typed(const json::Value&, const std::string& source) const;

    /// Fills the template and writes each file in the format of its ending. Gives what layout
    /// approximated. Throws Error for data that the template cannot take, and for the disk.
    Diagnostics write(const expression::Value&, const std::vector<std::string>& files,
                      Durability = Durability::now) const;

    /// The PDF alone. Throws Error{malformed_input} for a template that is no document.
    Bytes to_pdf(const expression::Value&, const pdf::WriteOptions&) const;

private:
    layout::Pages pages(const odf::Document&) const;
    const text::FontMap& fonts() const;

    std::variant<std::monostate, tmpl::Template, tmpl::TextTemplate> template_;
    std::optional<json::Schema> schema_;
    expression::Typing typing_;
    std::string home_, instant_;
    mutable std::once_flag fonts_read_;
    mutable std::optional<text::FontMap> fonts_;
    mutable pdf::FontCache cache_;
};

}  // namespace paraphe::cli
