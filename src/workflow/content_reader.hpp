#pragma once

#include <string>

#include "workflow/definition.hpp"
#include "workflow/vocabulary.hpp"
#include "xml/xml.hpp"

/// Private to workflow/: reads executable content and checks what stands on an element.
namespace paraphe::workflow {

/// Refuses unknown elements, attributes and children, with line and did-you-mean.
class Vocabulary {
public:
    explicit Vocabulary(const xml::Document& document) : document_(document) {}

    Location where(const xml::Element& element) const { return document_.location(element); }
    [[noreturn]] void refuse(const xml::Element&, const std::string& problem,
                             const std::string& remedy = {}) const;
    /// Throws Error{malformed_input}; gives the rule of the element.
    const ElementRule& check(const xml::Element&) const;
    void check_children(const xml::Element&, const ElementRule&) const;
    /// Value of an attribute that check() proved present, not empty.
    const std::string& required(const xml::Element&, std::string_view attribute) const;
    /// p:… attribute, empty when absent.
    std::string profile(const xml::Element&, std::string_view attribute) const;

private:
    const xml::Document& document_;
};

std::vector<std::string> split_words(std::string_view);

class ContentReader {
public:
    enum class Place { on_entry, elsewhere };

    ContentReader(const Vocabulary& vocabulary, Definition& definition)
        : vocabulary_(vocabulary), definition_(definition) {}

    /// The children of `element` as one block, executed for `state`.
    Block block(const xml::Element& element, StateIndex state, Place);

private:
    Action action(const xml::Element&, StateIndex, Place, bool direct);
    Assign assign(const xml::Element&);
    If branches(const xml::Element&, StateIndex, Place);
    Foreach foreach (const xml::Element&, StateIndex, Place);
    DeadlineAction deadline(const xml::Element&, StateIndex, Place, bool direct);
    SignAction sign(const xml::Element&, StateIndex, Place);
    NotifyAction notify(const xml::Element&);
    Formula formula(const xml::Element&, std::string_view attribute);
    void refuse_data(const xml::Element&) const;

    const Vocabulary& vocabulary_;
    Definition& definition_;
};

}  // namespace paraphe::workflow
