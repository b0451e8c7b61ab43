#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "redline/looks.hpp"
#include "redline/redline.hpp"
#include "redline/story.hpp"

/// What looks different between two versions. Private to redline/.
namespace paraphe::redline {

/// Collects from paragraphs that answer each other; each change is told once for all its places,
/// what a named style explains with that style.
class LookChanges {
public:
    LookChanges(const odf::Document& before, const odf::Document& after)
        : looks_before_(before), looks_after_(after), after_source_(after.source) {}

    /// `all`: the edits between the two. `…_furniture`: as of Stream.
    void compare(const Block& before, const Block& after, const std::vector<Edit>& all,
                 bool old_furniture, bool new_furniture);
    /// After all paragraphs: the styles and the typography of `out`.
    void tell(Changes& out);

private:
    struct Group {
        std::vector<Place> places;
        std::vector<std::string> quotes;
    };

    const std::vector<PropertyChange>& explained_by(const std::string& before,
                                                    const std::string& after);
    void words(const Block& before, const Block& after, const std::vector<Edit>& all,
               const Look& old_look, const Look& new_look,
               const std::vector<PropertyChange>& explained, bool old_furniture,
               bool new_furniture);
    std::vector<PropertyChange> words_change(const Run& a, const Run& b, const Look& old_look,
                                             const Look& new_look,
                                             const std::vector<PropertyChange>& explained,
                                             bool old_furniture, bool new_furniture);
    void named_styles(Changes& out);
    void grouped_styles(Changes& out);
    void pages(Changes& out) const;

    Looks looks_before_, looks_after_;
    std::string after_source_;
    std::size_t typography_ = 0;
    std::set<std::string> used_, used_words_;
    std::map<std::pair<std::string, std::string>, Group> assignments_;
    std::map<std::vector<PropertyChange>, Group> paragraphs_, words_;
    std::map<std::pair<std::string, std::string>, std::vector<PropertyChange>> explained_;
};

}  // namespace paraphe::redline
