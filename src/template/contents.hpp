#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "expression/content.hpp"
#include "odf/document.hpp"
#include "odf/picture.hpp"
#include "template/program.hpp"
#include "template/value_nodes.hpp"

namespace paraphe::tmpl {

/// What values with a look bring into a document while it is merged: spans with automatic styles
/// ("paraphe_gras"), frames, and the parts of the package that hold pictures, one for each picture
/// however often it is shown. Private to template/.
///
/// A picture takes the size of the place that its author gave it:
/// - its tag is the title or description of a placeholder picture: that frame's picture is
/// replaced;
/// - its tag is alone in a text box: the box becomes a frame with the picture;
/// - anywhere else it stands in the line, as large as the file says or as `largeur` and `hauteur`.
/// It always keeps its proportions.
class Contents {
public:
    /// `base`: the template's document, borrowed; its style names are avoided.
    explicit Contents(const odf::Document& base);

    /// Which styles the spans that follow need: those of content.xml, or those of styles.xml.
    void in_master_styles(bool masters) { masters_ = masters; }

    /// Of the text inside this element.
    Rendition rendition(const odf::Element&, Rendition outer);
    /// Throws Error{malformed_input} (French, "P0264") for a picture that cannot be shown: damaged,
    /// CMYK, more than 16 million pixels, more than 64 MB in one document.
    void append(const expression::Content&, const odf::ProvenancePtr&, Rendition, const PlacePtr&,
                std::vector<odf::Node>& out);
    /// For each draw:frame, once it has its children. Throws Error ("P0266") where there is no
    /// picture to replace.
    void settle_frame(odf::Element& frame);
    /// Adds styles and parts. Throws like settle_frame() for a picture that no frame has taken.
    void finish(odf::Document&);

    /// Where append() got the picture that settle_frame() or finish() refuse; nullptr: none.
    const PlacePtr& pending_place() const { return pending_place_; }

private:
    struct Known {
        std::string path;
        Size natural;
    };
    struct Style {
        std::string name;
        odf::ElementPtr element;
        bool is_new = false, in_content = false, in_masters = false;
    };

    const Known& part_of(const expression::Picture&);
    const std::string& style(const std::string& wanted, const std::string& family);
    odf::ElementPtr image(const expression::Content::Image&);
    odf::ElementPtr inline_frame(const expression::Content::Image&, odf::ProvenancePtr);
    bool aligns_numbers(std::string_view paragraph_style);
    void fit(odf::Element& frame, const expression::Content::Image&);

    const odf::Document& base_;
    bool masters_ = false;
    std::map<std::string, Style> styles_;                ///< by wanted name
    std::map<std::string, bool, std::less<>> aligning_;  ///< paragraph styles, by name
    std::map<std::string, Known> known_;                 ///< by SHA-256
    std::map<const Bytes*, std::string> hashes_;
    std::vector<std::shared_ptr<const Bytes>> hashed_;  ///< keeps the addresses
    std::vector<odf::Part> parts_;
    std::size_t octets_ = 0;
    std::map<const odf::Element*, expression::Content::Image> frames_;  ///< made for the line
    std::vector<odf::ElementPtr> kept_;
    std::optional<expression::Content::Image> pending_;
    PlacePtr pending_place_;
};

/// A QR code (ISO/IEC 18004, level M) as an SVG file of one path, four modules of margin around.
/// The same text gives the same octets. Throws Error{malformed_input} (French, "P0267") for an
/// empty text and beyond 2,331 octets.
expression::Picture qr_code(const std::string& text);

}  // namespace paraphe::tmpl
