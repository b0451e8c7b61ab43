#include "layout/callout.hpp"
#include "layout/collect.hpp"
#include "layout/measure.hpp"
#include "layout/names.hpp"
#include "odf/odf.hpp"

/// Fields and the marks that they refer to, in the text of paragraphs.
namespace paraphe::layout {

namespace n = names;

std::string Collector::page_text(const odf::Element& element, Paragraph& p) {
    const auto format = element.attribute(n::style_num_format);
    if (element.name == n::text_page_count) {
        (artifact_ == Artifact::none ? body_counts_pages_ : furniture_counts_pages_) = true;
        return format_number(values_.page_count, format != nullptr ? *format : "1");
    }
    int shift = parse_integer(element.attribute_or_empty(n::text_page_adjust), 0);
    const auto which = element.attribute_or_empty(n::text_select_page);
    if (which == "next") ++shift;
    if (which == "previous") --shift;
    if (artifact_ != Artifact::none) {
        const int page = values_.page + shift;
        if (page < 1 && shift != 0) return {};
        return format_number(page, format != nullptr ? std::string_view(*format)
                                                     : std::string_view(values_.page_format));
    }
    // In the body the page is known only after a pass.
    p.page_fields.push_back(&element);
    int page = 1;
    if (const Learnt* known = fields_.known())
        if (const auto found = known->fields.find(&element); found != known->fields.end())
            page = found->second;
    return format_number(page + shift, format != nullptr ? *format : "1");
}

bool Collector::mark_in_text(const odf::Element& element, Paragraph& p) {
    const bool point = element.name == n::text_reference_mark;
    if (!point && element.name != n::text_reference_mark_start &&
        element.name != n::text_reference_mark_end)
        return false;
    std::string anchor = mark_anchor(element.attribute_or_empty(n::text_name));
    if (element.name != n::text_reference_mark_end) {
        const auto at = static_cast<std::uint32_t>(p.text.size());
        p.anchors.push_back({at, anchor});
        fields_.open(anchor, at);
    }
    if (element.name != n::text_reference_mark_start) fields_.close(anchor, p.text);
    return true;
}

bool Collector::field(const odf::Element& element, Paragraph& p, const InlineState& state) {
    std::optional<std::string> said;
    if (element.name == n::text_measure && measure_ != nullptr) {
        // Measured: Writer measures anew, whatever the file has.
        const MeasureStyle& style = measure_->style->measure;
        const auto kind = element.attribute_or_empty(n::text_kind);
        const std::string unit = style.show_unit ? style.unit : "";
        const std::string value = measured_value(*measure_->element, style);
        said = kind == "value"  ? value
               : kind == "unit" ? unit
               : kind == "gap"  ? ""
               : unit.empty()   ? value
                                : value + " " + unit;
    } else if (element.name == n::text_sequence) {
        const auto begin = static_cast<std::uint32_t>(p.text.size());
        if (const auto number = fields_.next_in_sequence(element)) {
            const std::string* format = element.attribute(n::style_num_format);
            said = format_number(*number, format != nullptr ? *format : "1");
        } else {
            said = odf::plain_text(element);
        }
        if (const auto name = element.attribute_or_empty(n::text_ref_name); !name.empty()) {
            // "Tableau 3": from the name of the sequence on, where the paragraph has it.
            const auto from = p.text.rfind(element.attribute_or_empty(n::text_name));
            p.anchors.push_back({begin, sequence_anchor(name)});
            fields_.name(sequence_anchor(name), *said,
                         from == std::string::npos ? *said : p.text.substr(from) + *said);
        }
    } else {
        Fields::Place place{p.number, p.style->text->language};
        if (artifact_ != Artifact::none) {
            place.paragraph = values_.paragraph;
            place.page = values_.page;
        }
        said = fields_.text(element, place);
    }
    if (!said) return false;
    p.constant = false;  // what it refers to may come from the data
    add_text(p, *said, state, element.provenance, false);
    return true;
}

}  // namespace paraphe::layout
