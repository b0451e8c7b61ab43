#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "layout/date_style.hpp"
#include "layout/warnings.hpp"
#include "odf/document.hpp"

/// What fields say (ODF 1.3 part 3 §7): those that Writer fills anew each time it sets a document.
/// Private to layout/.
namespace paraphe::layout {

struct ListCounters;

/// The last number that a level of a list or of the headings gave.
struct NumberStep {
    int display_levels = 1;  ///< so many levels show in the label
    std::string label;       ///< as printed: "Article 1.", "a)"; empty: none
    std::string plain;       ///< without what stands before and after the number
    int value = 0;
    bool operator==(const NumberStep&) const = default;
};

/// The number of a paragraph: that of its level and of those above.
struct Numbering {
    int list = -1;  ///< -1: not numbered
    std::vector<NumberStep> steps;
    bool operator==(const Numbering&) const = default;
};

struct Heading {
    int level = 1;
    int paragraph = 0;  ///< Paragraph::number
    std::string text, label, plain;
    std::vector<int> numbers;  ///< of the levels above and its own; empty: it is not numbered
    bool operator==(const Heading&) const = default;
};

/// What a field may refer to.
struct Reference {
    int paragraph = 0;
    std::string text;      ///< between its ends; of a sequence or note: the number
    std::string category;  ///< of a sequence: from its name on, "Tableau 3"
    std::string chapter;   ///< plain number of the chapter that it stands in
    Numbering number;
    bool operator==(const Reference&) const = default;
};

struct PageNumber {
    int number = 1;
    std::string label = "1";  ///< as its page style prints it
    bool operator==(const PageNumber&) const = default;
};

/// What one pass over a document learns for the next.
struct Learnt {
    int page_count = 1;
    std::map<const odf::Element*, int> fields;                 ///< page numbers of text:page-number
    std::map<std::string, PageNumber, std::less<>> pages;      ///< of anchors by name
    std::map<std::string, Reference, std::less<>> references;  ///< by name of their anchor
    std::vector<Heading> headings;
    bool operator==(const Learnt&) const = default;
};

/// Names of the anchors that are no bookmarks; no document can give a bookmark such a name.
std::string mark_anchor(std::string_view name);
std::string sequence_anchor(std::string_view name);
std::string note_anchor(std::string_view id);
std::string heading_anchor(std::size_t index);

/// Does a field hide the paragraph it stands in, now (ODF 1.3 part 3 §7.7.5)?
bool is_hidden(const odf::Element& paragraph, int depth = 0);

class Fields {
public:
    /// `now`: what text:date and text:time say; nullopt: what they hold.
    Fields(const odf::Document&, std::optional<Moment> now, Warnings&);

    /// What the pass before learnt; nullptr: nothing.
    void use(const Learnt* known) { known_ = known; }
    const Learnt* known() const { return known_; }

    /// Where a field stands.
    struct Place {
        int paragraph = 0;  ///< in furniture: the first one of the page
        std::string_view language;
        int page = 0;  ///< of furniture
    };
    /// What the field says; nullopt: what it holds. Page numbers are not of these.
    std::optional<std::string> text(const odf::Element&, const Place&);

    /// Did a field ask for what only a pass before can know?
    bool refers() const { return refers_; }
    void set_refers() { refers_ = true; }

    // --- The document, told in its order -------------------------------------------------------

    /// What is known of the paragraph that is being read.
    struct Reading {
        int paragraph = 0;
        Numbering number;
        struct Open {
            std::string anchor;
            std::size_t at;
        };
        std::vector<Open> open;
        std::vector<std::string> named;                             ///< anchors in it
        std::vector<std::pair<std::size_t, std::size_t>> left_out;  ///< numbers of notes
    };
    /// A paragraph begins, perhaps in a note of another, which goes on after leave().
    Reading enter(int paragraph);
    void leave(Reading outer, std::string_view text);
    /// The paragraph has this number; `counters` names its list, and has the values.
    void number(const ListCounters& counters, int level, NumberStep);
    /// The paragraph is a heading of the body.
    void heading(int level, std::string_view text);
    /// A bookmark or mark begins at that octet of the paragraph, or ends there.
    void open(std::string anchor, std::size_t at);
    void close(const std::string& anchor, std::string_view text);
    /// A note's number stands there, which is no part of what is referred to.
    void leave_out(std::size_t begin, std::size_t end);
    /// A numbered thing with its own name.
    void name(std::string anchor, std::string number, std::string category = {});
    /// The number of the next text:sequence; nullopt when its formula does more than count.
    std::optional<int> next_in_sequence(const odf::Element&);

    const std::map<std::string, Reference, std::less<>>& references() const { return references_; }
    const std::vector<Heading>& headings() const { return headings_; }

private:
    std::optional<std::string> reference(const odf::Element&, const std::string& anchor,
                                         const Place&);
    std::optional<std::string> chapter(const odf::Element&, const Place&);
    std::optional<std::string> metadata(const odf::Element&);
    std::optional<std::string> variable(const odf::Element&);
    const odf::Element* data_style(const odf::Element& field) const;
    const Heading* heading_at(int paragraph, int level) const;
    const Heading* first_on_page(int page, int level);
    std::string number_text(const Numbering&, std::string_view format) const;

    const odf::Document& document_;
    std::optional<Moment> now_;
    Warnings& warnings_;
    const Learnt* known_ = nullptr;
    bool refers_ = false;
    Reading reading_;
    std::map<const void*, int> lists_;  ///< in the order of their first numbers
    std::map<int, std::vector<NumberStep>> steps_;
    std::map<std::string, int, std::less<>> sequences_;
    /// What variables and user fields of text say by now.
    std::map<std::string, std::string, std::less<>> variables_, user_fields_;
    std::map<std::string, Reference, std::less<>> references_;
    std::vector<Heading> headings_;
};

}  // namespace paraphe::layout
