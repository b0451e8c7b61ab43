#pragma once

#include <string>

#include "base/file.hpp"
#include "odf/odf.hpp"

/// Small flat documents for the tests of comparisons.
namespace paraphe::test {

/// `styles`: children of office:styles; `automatic`: of office:automatic-styles.
inline std::string flat(const std::string& body, const std::string& styles = "",
                        const std::string& automatic = "", const std::string& masters = "",
                        const std::string& title = "Contrat") {
    return "<office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
           "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" "
           "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" "
           "xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\" "
           "xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" "
           "xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" "
           "xmlns:officeooo=\"http://openoffice.org/2009/office\" "
           "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" office:version=\"1.3\" "
           "office:mimetype=\"application/vnd.oasis.opendocument.text\">"
           "<office:meta><dc:title>" +
           title +
           "</dc:title></office:meta><office:styles>"
           "<style:style style:name=\"Standard\" style:family=\"paragraph\"/>" +
           styles +
           "<text:outline-style style:name=\"Outline\"><text:outline-level-style "
           "text:level=\"1\" style:num-prefix=\"Article \" style:num-suffix=\" — \" "
           "style:num-format=\"1\"/></text:outline-style></office:styles>"
           "<office:automatic-styles>" +
           automatic + "</office:automatic-styles><office:master-styles>" + masters +
           "</office:master-styles><office:body><office:text>" + body +
           "</office:text></office:body></office:document>";
}

inline odf::Document document(const std::string& markup, const std::string& name) {
    return odf::read(markup, name);
}

inline std::string p(const std::string& text) {
    return "<text:p>" + text + "</text:p>";
}
inline std::string h(const std::string& text) {
    return "<text:h text:outline-level=\"1\">" + text + "</text:h>";
}

/// The text of a file of the project.
inline std::string file(const std::string& path) {
    return read_file(std::string(PARAPHE_SOURCE_DIR) + "/" + path);
}

inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    if (at == std::string::npos) throw std::runtime_error("not found: " + from);
    return text.replace(at, from.size(), to);
}

}  // namespace paraphe::test
