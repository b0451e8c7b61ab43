#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "layout/content.hpp"
#include "layout/fields.hpp"
#include "layout/style_sheet.hpp"

/// From the body of a document to paragraphs and tables: styles applied, white space joined, fields
/// filled, lists counted, structure nodes made. Private to layout/.
namespace paraphe::layout {

/// What the fields of a page's furniture say.
struct FieldValues {
    int page = 1;
    std::string page_format = "1";
    int page_count = 1;
    int paragraph = 0;  ///< number of the first one on the page
};

/// What stands for an object in the text of its paragraph: U+FFFC.
inline constexpr std::string_view object_character = "\xEF\xBF\xBC";

/// Counts the elements that one stands in. Throws Error{malformed_input} for more than 100: deeper
/// than any honest document; a hostile one must not exhaust the stack.
class DepthGuard {
public:
    DepthGuard(int& depth, const odf::Element&, const std::string& source);
    ~DepthGuard() { --depth_; }
    DepthGuard(const DepthGuard&) = delete;
    DepthGuard& operator=(const DepthGuard&) = delete;

private:
    int& depth_;
};

class Collector {
public:
    Collector(const odf::Document&, StyleSheet&, Fields&, Pages&, Warnings&);

    /// Of office:text. Throws Error{malformed_input} when there is none.
    Blocks body(const FieldValues&);
    /// Of a header or footer; all its content is an artifact.
    Blocks furniture(const odf::Element&, Artifact, const FieldValues&);

    const std::vector<LinkTarget>& links() const { return links_; }
    /// Frames of the body that hang on a page (text:anchor-page-number), in document order.
    const std::vector<Object>& page_frames() const { return page_frames_; }
    /// Does a field of the body (of a header or footer) say how many pages there are?
    bool body_counts_pages() const { return body_counts_pages_; }
    bool furniture_counts_pages() const { return furniture_counts_pages_; }

private:
    struct ListContext {
        const ListStyle* style = nullptr;
        ListCounters* counters = nullptr;
        int level = -1;          ///< from 0; -1: outside a list
        bool label_due = false;  ///< the item's first paragraph has not come yet
        bool header = false;     ///< text:list-header: no label
        std::optional<int> restart;
        int item_node = -1;
    };
    struct InlineState {
        const TextStyle* style;
        int node;
        int link;
    };

    int add_node(Role, int parent);
    Mark mark(int node) const;
    const ListStyle* list_style(std::string_view name);
    void blocks(const odf::Element& parent, Blocks& out, int node, ListContext& list);
    void block(const odf::ElementPtr&, Blocks& out, int node, ListContext& list);
    void list(const odf::Element&, Blocks& out, int node, const ListContext& outer);
    void section(const odf::Element&, Blocks& out, int node, ListContext&);
    void index(const odf::Element&, Blocks& out, int node);
    void table(const odf::Element&, Blocks& out, int node);
    void table_columns(const odf::Element&, Table&, std::vector<std::string>& cell_styles);
    void table_rows(const odf::Element&, Table&, const std::vector<std::string>& cell_styles,
                    int group_node, int table_node, bool header, int& body_node);
    void paragraph(const odf::ElementPtr&, Blocks& out, int node, ListContext& list);
    void add_label(Paragraph&, const odf::Element&, ListContext& list);
    void inlines(const odf::Element& parent, Paragraph&, const InlineState&);
    void inline_element(const odf::Element&, Paragraph&, const InlineState&);
    void add_text(Paragraph&, std::string_view, const InlineState&, const odf::ProvenancePtr&,
                  bool collapse);
    void add_piece(Paragraph&, std::string_view, const TextStyle*, const InlineState&,
                   const odf::ProvenancePtr&);
    void add_stretch(Paragraph&, std::string_view, const TextStyle*, const InlineState&,
                     const odf::ProvenancePtr&);
    void add_cased(Paragraph&, std::string_view, const InlineState&, const odf::ProvenancePtr&);
    /// What all objects have: place, order, style.
    Object placed_object(const odf::Element&, const Paragraph&);
    /// Puts the object into the text, beside it, or on its page.
    void hang(Object&&, const odf::Element&, Paragraph&, const InlineState&);
    /// svg:desc, else svg:title.
    static std::string alternative(const odf::Element&);
    /// Gives words to the figure `node` (-1: to none); without, they are asked for. `what` for the
    /// diagnostic: "une image".
    void describe(int node, const odf::Element&, const std::string& what);
    /// Of a drawing without text: a new figure, or an artifact.
    Mark figure_mark(const odf::Element&, int parent, const std::string& what);
    void frame(const odf::Element&, Paragraph&, const InlineState&);
    void page_frame(const odf::Element&, int node);
    void drawing(const odf::Element&, Paragraph&, const InlineState&);
    void add_shapes(const odf::Element&, Object&, int node);
    void add_shape(const odf::Element&, Object&, int node);
    void ruby(const odf::Element&, Paragraph&, const InlineState&);
    void shape_text(const odf::Element& holder, Shape&, int node);
    void measure_text(const odf::Element& measure, Shape&, int node);
    void note(const odf::Element&, Paragraph&, const InlineState&);
    /// Of a draw:image, or the one that replaces an object.
    std::shared_ptr<const Picture> picture(const odf::Element&);
    /// Of several pictures of one frame, the first that we can read; what lacks is told.
    std::shared_ptr<const Picture> frame_picture(const odf::Element& frame);
    std::string page_text(const odf::Element&, Paragraph&);
    bool field(const odf::Element&, Paragraph&, const InlineState&);
    bool mark_in_text(const odf::Element&, Paragraph&);

    const odf::Document& document_;
    StyleSheet& styles_;
    Pages& pages_;
    Warnings& warnings_;
    Fields& fields_;
    FieldValues values_;
    Artifact artifact_ = Artifact::none;
    int depth_ = 0;
    int paragraphs_ = 0;
    int notes_ = 0;
    int cells_ = 0;
    bool body_counts_pages_ = false;
    bool furniture_counts_pages_ = false;
    locale::ScriptKind script_ = locale::ScriptKind::western;  ///< of the paragraph's text so far
    bool collapsible_ = true;  ///< the text so far ends in white space that takes up what follows
    Blocks endnotes_;
    std::vector<Object> page_frames_;
    std::deque<Section> sections_;
    const Blocks* body_ = nullptr;
    const Section* section_ = nullptr;  ///< that the next block of the body stands in
    std::vector<LinkTarget> links_;
    ListCounters outline_;
    std::map<const odf::Element*, ListStyle> list_styles_;
    std::deque<ListLevel> note_levels_;
    bool in_index_ = false;
    std::vector<odf::ElementPtr> entries_;  ///< of indexes, kept for those who point at them
    std::map<const TextStyle*, ParagraphStyle> ruby_styles_;
    const Shape* measure_ = nullptr;  ///< whose text is being read
    std::map<std::pair<const ParagraphStyle*, std::size_t>, ParagraphStyle> entry_styles_;
    std::map<std::string, std::string, std::less<>> list_keys_;  ///< by list: whose counters
    std::map<std::string, ListCounters, std::less<>> counters_;  ///< by list
    std::map<std::string, std::string, std::less<>> last_list_;  ///< by style: its last list
    std::map<const void*, std::shared_ptr<const Picture>> pictures_;
};

/// All text inside an element, 50 levels deep.
std::string text_content(const odf::Element&, int depth = 0);

}  // namespace paraphe::layout
