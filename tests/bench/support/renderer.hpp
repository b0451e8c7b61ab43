#pragma once

#include <string>

#include "base/file.hpp"
#include "expression/data.hpp"
#include "json/json.hpp"
#include "kind/kind.hpp"
#include "layout/layout.hpp"
#include "loan.hpp"
#include "locale/regex.hpp"
#include "measure.hpp"
#include "odf/odf.hpp"
#include "pdf/writer.hpp"
#include "template/template.hpp"

namespace paraphe::bench {

/// A compiled template and what stays in memory between two documents.
class Renderer {
public:
    explicit Renderer(const std::string& file)
        : template_(tmpl::compile_or_throw(odf::read(read_file(file), file), {})),
          typing_(json::Schema::compile(json::parse(std::string(loan_schema), "loan"), "loan",
                                        locale::pattern_compiler())),
          fonts_(text::FontMap::load(std::string(PARAPHE_SOURCE_DIR) + "/fonts/fonts.map")) {}

    /// `data`: JSON text of a loan.
    odf::Document merge(const std::string& data) const {
        return tmpl::merge(template_, typing_.value(json::parse(data, "loan")), kind::registry());
    }
    layout::Pages pages(const odf::Document& document) const {
        layout::Options options{"2026-01-14T10:00:00Z", "paraphe 0.1.0"};
        options.shaped = &shaped_;
        return layout::layout(document, fonts_, options);
    }
    Bytes pdf(const layout::Pages& pages) { return pdf::write(pages, cache_); }
    Bytes pdf(const std::string& data) { return pdf(pages(merge(data))); }

    pdf::FontCache& cache() { return cache_; }
    text::FacePtr face() const { return fonts_.find("Liberation Serif", 400, false).face; }

private:
    tmpl::Template template_;
    expression::Typing typing_;
    text::FontMap fonts_;
    mutable layout::ShapingCache shaped_{fonts_};
    pdf::FontCache cache_;
};

}  // namespace paraphe::bench
