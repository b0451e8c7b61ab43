#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "layout/area_style.hpp"
#include "layout/settings.hpp"
#include "layout/style.hpp"
#include "layout/warnings.hpp"
#include "locale/script.hpp"
#include "odf/document.hpp"

/// Styles of a document by name, computed once each; the document is borrowed. Private to layout/.
namespace paraphe::layout {

class StyleSheet {
public:
    StyleSheet(const odf::Document&, const text::FontMap&, Warnings&);

    const Settings& settings() const { return settings_; }
    const text::FontMap& fonts() const { return fonts_; }

    /// Style of a paragraph or heading. `automatic_first` says where names are looked up: in the
    /// body (content.xml) or in headers and footers (styles.xml).
    const ParagraphStyle* paragraph(std::string_view name);
    /// Style of a heading that names none: that of its level (from 1), or Writer's own.
    const ParagraphStyle* heading(int level);
    /// `base` with the character style's own properties on it.
    const TextStyle* text(const TextStyle* base, std::string_view name);
    /// A copy of `base` that this sheet keeps, for synthetic variants (small capitals).
    const TextStyle* keep(TextStyle);
    /// `base` with a list level's own text properties on it.
    TextStyle label(TextStyle base, const odf::Element* properties);
    /// The variant of `base` for its small letters, made once.
    const TextStyle* small_capitals(const TextStyle* base, const TextStyle& made);
    /// `base` for text of a kind of script, made once.
    const TextStyle* in_script(const TextStyle* base, locale::ScriptKind);
    /// Style of the default paragraph.
    const TextStyle* default_text() const { return default_text_; }

    const TableStyle* table(std::string_view name);
    const ColumnStyle* column(std::string_view name);
    const RowStyle* row(std::string_view name);
    const CellStyle* cell(std::string_view name);
    const GraphicStyle* graphic(std::string_view name);
    /// Of a text box; Writer's own when there is none of that name.
    const GraphicStyle* frame(std::string_view name);
    /// The same style as a drawing reads it.
    const ShapeStyle* shape(std::string_view name);
    /// The same as a measure reads it: its text stands in the middle of its line.
    const ShapeStyle* measure(std::string_view name);
    RubyStyle ruby(std::string_view name) const;
    /// Of the text of a ruby: its common style, "Rubies", or Writer's own.
    const TextStyle* ruby_text(const TextStyle* base, std::string_view name);
    const SectionStyle* section(std::string_view name);
    /// text:list-style by name; nullptr when there is none.
    const odf::Element* list_style(std::string_view name) const;
    const odf::Element* outline_style() const { return outline_.get(); }

    /// "Endnote" is there though no file declares it: margins of 2 cm, nothing at head and foot.
    const odf::Element* master_page(std::string_view name) const;
    /// The one that a document starts with: "Standard", or the first.
    const odf::Element* first_master_page() const;
    const PageStyle* page(const odf::Element& master);

    /// Headers and footers take their automatic styles from styles.xml.
    void use_furniture_styles(bool furniture) { furniture_ = furniture; }
    /// The text of drawings knows but its own automatic styles, as in Writer. Says what was.
    bool use_drawing_styles(bool drawing) { return std::exchange(drawing_, drawing); }

private:
    struct Key {
        std::string family;
        std::string name;
        auto operator<=>(const Key&) const = default;
    };
    /// The chain from the root (default style) to the named one.
    std::vector<const odf::Element*> chain(std::string_view family, std::string_view name) const;
    const odf::Element* find(std::string_view family, std::string_view name) const;
    void index(const odf::ElementPtr& container, std::map<Key, const odf::Element*>& into);
    void apply_text(TextStyle&, const odf::Element& properties, Length parent_size);
    void apply_paragraph(ParagraphStyle&, const odf::Element& properties);
    void resolve_font(TextStyle&);
    /// What the properties say of an area; nullptr where one colour or nothing fills it, or where
    /// the name leads nowhere.
    std::shared_ptr<const AreaFill> area(const AreaProperties&) const;
    /// Gives a box what its properties say beyond fo:background-color, and says what lacks, in
    /// French: "son dégradé".
    std::vector<std::string> fill_box(BoxStyle&, const AreaProperties&) const;
    void fill_and_warn(BoxStyle&, const AreaProperties&, const odf::Element* at);
    void apply_other_script(ScriptFont&, std::string_view property, std::string_view value,
                            const odf::Element& properties, Length parent_size);

    template <class T>
    using Cache = std::map<std::string, std::unique_ptr<const T>, std::less<>>;
    /// The style of that name; `apply` makes it the first time.
    template <class T, class Apply>
    static const T* cached(Cache<T>& cache, std::string_view name, Apply apply) {
        if (const auto found = cache.find(name); found != cache.end()) return found->second.get();
        auto style = std::make_unique<T>();
        apply(*style);
        return cache.emplace(std::string(name), std::move(style)).first->second.get();
    }

    const odf::Document& document_;
    const text::FontMap& fonts_;
    Warnings& warnings_;
    TextStyle initial_;  ///< before any style
    std::string generator_;
    Settings settings_;
    bool furniture_ = false;
    bool drawing_ = false;
    std::map<Key, const odf::Element*> common_, automatic_, furniture_automatic_;
    std::map<std::string, const odf::Element*, std::less<>> lists_, page_layouts_, masters_;
    std::map<std::string, const odf::Element*, std::less<>> markers_, dashes_;
    std::map<std::string, const odf::Element*, std::less<>> gradients_, hatches_, fill_images_;
    std::map<std::string, const odf::Element*, std::less<>> fonts_declared_;
    std::vector<const odf::Element*> master_order_;
    std::set<std::string> unknown_families_;  ///< that were warned of
    odf::ElementPtr outline_;
    const odf::ElementPtr endnotes_ = std::make_shared<const odf::Element>();
    std::deque<TextStyle> texts_;
    const TextStyle* default_text_ = nullptr;
    std::map<const TextStyle*, const TextStyle*> small_capitals_;
    std::map<std::pair<const TextStyle*, locale::ScriptKind>, const TextStyle*> scripts_;
    /// Which of the caches below counts now.
    std::size_t scope() const { return (furniture_ ? 1u : 0u) + (drawing_ ? 2u : 0u); }
    Cache<ParagraphStyle> paragraphs_[4];
    Cache<ParagraphStyle> headings_;  ///< Writer's own
    std::map<std::pair<const TextStyle*, std::string>, const TextStyle*> derived_[4];
    Cache<TableStyle> tables_;
    Cache<ColumnStyle> columns_;
    Cache<RowStyle> rows_;
    Cache<CellStyle> cells_;
    Cache<GraphicStyle> graphics_;
    Cache<ShapeStyle> shapes_, measures_;
    Cache<SectionStyle> sections_;
    std::map<const odf::Element*, std::unique_ptr<const PageStyle>> pages_;
};

}  // namespace paraphe::layout
