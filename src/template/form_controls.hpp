#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "odf/document.hpp"

namespace paraphe::tmpl {

/// The controls of Writer's forms (ODF 1.3 part 3 §13). A shape in the text (draw:control) shows a
/// control that stands once in office:forms, so that what is typed into one of two copies of the
/// shape would appear in the other. Here each copy of a shape gets a control of its own, behind the
/// author's, with another identifier and name; the buttons of one group (form:radio, told by their
/// name) remain one group within their copy, and a label stays with the field of its copy.
/// Private to template/.
class FormControls {
public:
    /// `fresh`: gives an identifier that nobody bears, made from one that is taken.
    explicit FormControls(std::function<std::string(const std::string&)> fresh)
        : fresh_(std::move(fresh)) {}

    /// What the shapes that follow may show; before the first shown().
    void survey(const odf::Element& forms);

    /// The identifier of the control for one more shape, in document order. `copy`: number of the
    /// copy around the shape. The first shape of a control keeps the author's identifier, and so
    /// does every shape that shows no control of office:forms.
    std::string shown(const std::string& id, std::size_t copy);

    /// office:forms with the controls that the copies need; itself when they need none.
    odf::ElementPtr settled(const odf::ElementPtr& forms);

private:
    struct Made {
        std::string id;
        std::size_t copy;
    };

    odf::ElementPtr with_copies(const odf::ElementPtr& parent);
    odf::ElementPtr made(const odf::ElementPtr& original, const Made& as);
    std::string name_in(std::size_t copy, const std::string& name);

    std::function<std::string(const std::string&)> fresh_;
    std::map<std::string, bool> controls_;           ///< by identifier: is it shown already?
    std::map<std::string, std::vector<Made>> made_;  ///< copies by the author's identifier
    std::map<std::string, std::size_t> names_;       ///< taken names, with the number tried last
    std::map<std::pair<std::size_t, std::string>, std::string> names_in_copies_;
    std::map<std::pair<std::size_t, std::string>, std::string> ids_in_copies_;
};

}  // namespace paraphe::tmpl
