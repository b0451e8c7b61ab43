#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "layout/layout.hpp"
#include "odf/odf.hpp"

/// Small flat documents for the tests of layout.
namespace paraphe::layout::testing {

inline const text::FontMap& fonts() {
    static const auto map = text::FontMap::load(PARAPHE_SOURCE_DIR "/fonts/fonts.map");
    return map;
}

struct Source {
    std::string body;
    std::string automatic{};      ///< automatic styles
    std::string common{};         ///< common styles
    std::string settings{};       ///< items of ooo:configuration-settings; empty: no set at all
    std::string header_footer{};  ///< style:header and style:footer of the master page
    std::string furniture{};      ///< style:header-style, style:footer-style of the page layout
    std::string masters{};        ///< more master pages
    std::string meta{};           ///< content of office:meta
    std::string layouts{};        ///< more page layouts
    std::string page = R"(fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2cm")";
};

inline odf::Document document(const Source& source) {
    std::string out =
        R"(<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:dr3d="urn:oasis:names:tc:opendocument:xmlns:dr3d:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"
 xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"
 xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0"
 xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"
 xmlns:ooo="http://openoffice.org/2004/office" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.text">)";
    out += "<office:meta>" + source.meta + "</office:meta>";
    if (!source.settings.empty())
        out +=
            R"(<office:settings><config:config-item-set config:name="ooo:configuration-settings">)" +
            source.settings + "</config:config-item-set></office:settings>";
    out +=
        R"(<office:styles><style:default-style style:family="paragraph"><style:paragraph-properties
 style:tab-stop-distance="1.25cm"/><style:text-properties fo:font-family="'Liberation Serif'"
 fo:font-size="12pt" fo:language="fr" fo:country="FR"/></style:default-style>)" +
        source.common + "</office:styles><office:automatic-styles>" +
        R"(<style:page-layout style:name="pm1"><style:page-layout-properties )" + source.page +
        "/>" + source.furniture + "</style:page-layout>" + source.layouts + source.automatic +
        R"(</office:automatic-styles><office:master-styles><style:master-page
 style:name="Standard" style:page-layout-name="pm1">)" +
        source.header_footer + "</style:master-page>" + source.masters +
        "</office:master-styles><office:body><office:text>" + source.body +
        "</office:text></office:body></office:document>";
    return odf::read(out, "essai.fodt");
}

inline Pages set(const Source& source) {
    return layout(document(source), fonts(),
                  {"2026-02-02T09:00:00Z", "paraphe test", "/usr/share/hyphen"});
}

/// Top and left margin of the default page, in points.
constexpr double margin = 56.7;

/// Baselines of a page's lines below the top margin, in points, to a tenth.
inline std::vector<double> baselines(const Pages& pages, int page = 0) {
    std::vector<double> out;
    for (const LineBox& line : pages.lines)
        if (line.page == page)
            out.push_back(std::round((line.baseline.points() - margin) * 10) / 10);
    return out;
}

/// Where each glyph run of a page starts, right of the left margin, in points, to a tenth.
inline std::vector<double> starts(const Pages& pages, int page = 0) {
    std::vector<double> out;
    for (const Item& item : pages.pages.at(static_cast<std::size_t>(page)).items)
        if (const auto* run = std::get_if<GlyphRun>(&item); run != nullptr && run->text != " ")
            out.push_back(std::round((run->origin.x.points() - margin) * 10) / 10);
    return out;
}

inline std::vector<std::string> texts(const Pages& pages, int page = 0) {
    std::vector<std::string> out;
    for (const LineBox& line : pages.lines)
        if (line.page == page) out.push_back(line.text);
    return out;
}

/// `count` paragraphs of that style, numbered from 1.
inline std::string paragraphs(int count, const std::string& style) {
    std::string out;
    for (int i = 1; i <= count; ++i)
        out += "<text:p text:style-name=\"" + style + "\">ligne " + std::to_string(i) + "</text:p>";
    return out;
}

inline std::string paragraph_style(const std::string& name, const std::string& properties,
                                   const std::string& text = {}) {
    return "<style:style style:name=\"" + name +
           "\" style:family=\"paragraph\"><style:paragraph-properties " + properties +
           "/><style:text-properties " + text + "/></style:style>";
}

/// Are all values within a tenth of a point (the precision of the measurements)?
inline bool near(const std::vector<double>& actual, const std::vector<double>& expected) {
    if (actual.size() != expected.size()) return false;
    for (std::size_t i = 0; i < actual.size(); ++i)
        if (std::abs(actual[i] - expected[i]) > 0.101) return false;
    return true;
}

}  // namespace paraphe::layout::testing
