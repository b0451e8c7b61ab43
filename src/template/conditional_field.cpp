#include "template/conditional_field.hpp"

#include "odf/condition.hpp"
#include "odf/odf.hpp"

namespace paraphe::tmpl {

namespace {

const odf::Name conditional("text:conditional-text"), hidden_text("text:hidden-text");

}  // namespace

bool is_conditional_field(const odf::Element& element) {
    return element.name == conditional || element.name == hidden_text;
}

ConditionalField::ConditionalField(const odf::Element& element)
    : shown(odf::plain_text(element)), hidden(element.name == hidden_text) {
    static const odf::Name yes("text:string-value-if-true"), no("text:string-value-if-false"),
        value("text:string-value"), condition("text:condition");
    if_true = element.attribute_or_empty(hidden ? value : yes);
    if_false = element.attribute_or_empty(no);
    const auto holds = odf::settled_condition(element.attribute_or_empty(condition));
    settled = !hidden && holds && shown == (*holds ? if_true : if_false);
}

}  // namespace paraphe::tmpl
