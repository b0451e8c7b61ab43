#include "layout/settings.hpp"

#include <map>
#include <string>
#include <string_view>

#include "layout/names.hpp"
#include "odf/odf.hpp"

namespace paraphe::layout {

namespace n = names;

Settings Settings::of(const odf::Document& document) {
    Settings out;
    if (!document.settings) return out;
    const odf::Element* set = nullptr;
    for (const auto& node : document.settings->children)
        if (const auto* child = std::get_if<odf::ElementPtr>(&node);
            child != nullptr && (*child)->name == n::config_config_item_set &&
            (*child)->attribute_or_empty(n::config_name) == "ooo:configuration-settings")
            set = child->get();
    if (set == nullptr) return out;
    std::map<std::string_view, std::string> values;
    for (const auto& node : set->children) {
        const auto* item = std::get_if<odf::ElementPtr>(&node);
        if (item == nullptr || (*item)->name != n::config_config_item) continue;
        std::string text;
        for (const auto& part : (*item)->children)
            if (const auto* piece = std::get_if<odf::Text>(&part)) text += piece->text;
        values[(*item)->attribute_or_empty(n::config_name)] = text;
    }
    // A set without the item: the item's old default (reference: measured in Writer 7.4).
    const auto value = [&](std::string_view name, bool old_default) {
        const auto found = values.find(name);
        return found == values.end() ? old_default : found->second == "true";
    };
    const auto device = values.find("PrinterIndependentLayout");
    const std::string print = device == values.end() ? "" : device->second;
    // Measured: the second item takes back the first in packages that are not set for a printer.
    const bool forced_off = !odf::is_flat(document) && print != "disabled" &&
                            value("UnxForceZeroExtLeading", !print.empty());
    out.external_leading = value("AddExternalLeading", false) && !forced_off;
    out.add_spacing = value("AddParaTableSpacing", false);
    out.spacing_at_start = value("AddParaTableSpacingAtStart", false);
    out.tabs_from_indent = value("TabsRelativeToIndent", true);
    out.shrink_first_line = value("PropLineSpacingShrinksFirstLine", false);
    out.ignore_first_indent = value("IgnoreFirstLineIndentInNumbering", false);
    out.indent_by_text = value("AutoFirstLineIndentDisregardLineSpace", false);
    out.spacing_in_cells = value("AddParaSpacingToTableCells", false);
    out.boxes_outside = value("InvertBorderSpacing", false);
    out.spacing_in_furniture = value("HeaderSpacingBelowLastPara", false);
    if (print == "low-resolution" || print == "enabled") out.device = 600;
    return out;
}

}  // namespace paraphe::layout
