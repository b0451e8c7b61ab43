#include "template/annotate.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "odf/odf.hpp"
#include "template/anchors.hpp"

namespace paraphe::tmpl {

namespace {

using odf::Element;
using odf::ElementPtr;
using odf::make_element;
using odf::Name;
using odf::Node;

constexpr std::string_view author = "paraphe";

const Name p("text:p"), span("text:span"), style_name("text:style-name"),
    annotation("office:annotation"), annotation_end("office:annotation-end"),
    office_name("office:name"), creator("dc:creator"), date("dc:date");

/// What to put into a paragraph: nodes at points, and a style over a range.
struct Insertion {
    Point at;
    std::vector<Node> nodes;
    bool before = false;  ///< of two at one point the one that closes comes first
};
struct Colouring {
    Point begin, end;
    std::string style;
};
struct Edit {
    std::vector<Insertion> insertions;
    std::vector<Colouring> colourings;
};
using Edits = std::map<const Element*, Edit>;

ElementPtr styled(const std::string& style, std::vector<Node> content) {
    return make_element(span, {{style_name, style}}, std::move(content));
}

class Editor {
public:
    explicit Editor(const Edits& edits) : edits_(edits) {}

    ElementPtr edited(const ElementPtr& element) const {
        if (!element) return element;
        if (const auto found = edits_.find(element.get()); found != edits_.end()) {
            std::size_t unit = 0;
            std::vector<Node> children = content(*element, found->second, unit);
            // An empty paragraph, or a place behind its last unit.
            insert(found->second, {unit, 0}, children);
            return odf::with_children(*element, std::move(children));
        }
        return odf::with_each_child(element,
                                    [&](const ElementPtr& child) { return edited(child); });
    }

private:
    static void insert(const Edit& edit, Point at, std::vector<Node>& out) {
        for (const Insertion& insertion : edit.insertions)
            if (insertion.at == at)
                out.insert(out.end(), insertion.nodes.begin(), insertion.nodes.end());
    }

    static const std::string* colour(const Edit& edit, Point begin, Point end) {
        for (const Colouring& each : edit.colourings)
            if (each.begin <= begin && end <= each.end) return &each.style;
        return nullptr;
    }

    static void add(const Edit& edit, Point begin, Point end, Node node, std::vector<Node>& out) {
        if (const std::string* style = colour(edit, begin, end))
            out.emplace_back(styled(*style, {std::move(node)}));
        else
            out.push_back(std::move(node));
    }

    std::vector<Node> content(const Element& element, const Edit& edit, std::size_t& unit) const {
        std::vector<Node> out;
        for (const Node& node : element.children) {
            if (const auto* text = std::get_if<odf::Text>(&node)) {
                words(*text, edit, unit, out);
                ++unit;
                continue;
            }
            const ElementPtr& child = std::get<ElementPtr>(node);
            if (is_transparent(child->name)) {
                out.emplace_back(odf::with_children(*child, content(*child, edit, unit)));
                continue;
            }
            insert(edit, {unit, 0}, out);
            add(edit, {unit, 0}, {unit, 1}, Node(edited(child)), out);
            insert(edit, {unit, 1}, out);
            ++unit;
        }
        return out;
    }

    static void words(const odf::Text& text, const Edit& edit, std::size_t unit,
                      std::vector<Node>& out) {
        std::set<std::size_t> cuts{0, text.text.size()};
        for (const Insertion& each : edit.insertions)
            if (each.at.unit == unit) cuts.insert(std::min(each.at.offset, text.text.size()));
        for (const Colouring& each : edit.colourings)
            for (const Point& point : {each.begin, each.end})
                if (point.unit == unit) cuts.insert(std::min(point.offset, text.text.size()));
        insert(edit, {unit, 0}, out);
        for (auto cut = cuts.begin(); std::next(cut) != cuts.end(); ++cut) {
            const std::size_t begin = *cut, end = *std::next(cut);
            add(edit, {unit, begin}, {unit, end},
                Node(odf::Text{text.text.substr(begin, end - begin), text.provenance}), out);
            insert(edit, {unit, end}, out);
        }
    }

    const Edits& edits_;
};

odf::Document edited(const odf::Document& document, Edits edits) {
    for (auto& [paragraph, edit] : edits)
        std::stable_sort(
            edit.insertions.begin(), edit.insertions.end(),
            [](const Insertion& a, const Insertion& b) { return a.before && !b.before; });
    const Editor editor(edits);
    odf::Document out = document;
    out.body = editor.edited(document.body);
    out.master_styles = editor.edited(document.master_styles);
    return out;
}

bool is_ours(const Element& element) {
    if (element.name != annotation) return false;
    const ElementPtr by = element.child(creator);
    return by && odf::plain_text(*by) == author;
}

// --- Taking away --------------------------------------------------------------------------------

class Eraser {
public:
    explicit Eraser(const odf::Document& document) {
        for (const ElementPtr& part : {document.body, document.master_styles})
            if (part)
                odf::walk(*part, [&](const Element& each) {
                    if (!is_ours(each)) return;
                    found_ = true;
                    if (const std::string* name = each.attribute(office_name)) names_.insert(*name);
                });
    }

    bool found() const { return found_; }

    ElementPtr cleaned(const ElementPtr& element) const {
        if (!element || !concerned(*element)) return element;
        std::vector<Node> out;
        for (const Node& node : element->children) {
            if (const auto* text = std::get_if<odf::Text>(&node)) {
                auto* last = out.empty() ? nullptr : std::get_if<odf::Text>(&out.back());
                if (last != nullptr)
                    last->text += text->text;
                else
                    out.push_back(node);
                continue;
            }
            const ElementPtr& child = std::get<ElementPtr>(node);
            if (!is_gone(*child)) out.emplace_back(cleaned(child));
        }
        return odf::with_children(*element, std::move(out));
    }

private:
    bool is_gone(const Element& element) const {
        if (is_ours(element)) return true;
        return element.name == annotation_end &&
               names_.contains(std::string(element.attribute_or_empty(office_name)));
    }

    bool concerned(const Element& element) const {
        bool any = false;
        odf::walk(element, [&](const Element& each) { any = any || is_gone(each); });
        return any;
    }

    std::set<std::string> names_;
    bool found_ = false;
};

// --- Comments -----------------------------------------------------------------------------------

std::string severity_word(Severity severity) {
    return severity == Severity::error ? "Erreur" : "Avertissement";
}

/// `place`: tell where, for a finding that does not stand at its own place.
std::vector<Node> comment_text(const Diagnostic& d, const std::string& document) {
    std::vector<Node> out;
    const auto add = [&](const std::string& text) {
        out.emplace_back(make_element(p, {}, {Node(odf::Text{text, {}})}));
    };
    std::string head = severity_word(d.severity);
    if (!d.code.empty()) head += " " + d.code;
    if (d.where.source != document && !d.where.source.empty())
        head += ", dans " + d.where.source.substr(d.where.source.find_last_of('/') + 1) +
                (d.where.line > 0 ? ", ligne " + std::to_string(d.where.line) : "");
    add(head + " : " + d.message + ".");
    if (!d.remedy.empty()) add("→ " + d.remedy);
    return out;
}

/// ODF's dateTime has no zone: the instant in UTC, to the second.
std::string comment_date(Instant when) {
    return to_string(when).substr(0, 19);
}

}  // namespace

odf::Document without_comments(const odf::Document& document) {
    const Eraser eraser(document);
    if (!eraser.found()) return document;
    odf::Document out = document;
    out.body = eraser.cleaned(document.body);
    out.master_styles = eraser.cleaned(document.master_styles);
    return out;
}

odf::Document with_comments(const odf::Document& given, const Diagnostics& diagnostics,
                            const Loader& loader, Instant when) {
    const odf::Document document = without_comments(given);
    Edits edits;
    int number = 0;
    for (const Anchor& anchor : anchors(document, diagnostics, loader, Reach::commentable)) {
        const std::string name = std::string(author) + "." + std::to_string(++number);
        const bool wide = anchor.begin != anchor.end;
        std::vector<Node> content{
            Node(make_element(creator, {}, {Node(odf::Text{std::string(author), {}})})),
            Node(make_element(date, {}, {Node(odf::Text{comment_date(when), {}})}))};
        for (const Diagnostic* finding : anchor.findings)
            for (Node& node : comment_text(*finding, document.source))
                content.push_back(std::move(node));
        std::vector<odf::Attribute> attributes;
        if (wide) attributes.push_back({office_name, name});
        Edit& edit = edits[anchor.paragraph];
        edit.insertions.push_back({anchor.begin,
                                   {Node(make_element(annotation, attributes, std::move(content)))},
                                   false});
        if (wide)
            edit.insertions.push_back(
                {anchor.end, {Node(make_element(annotation_end, {{office_name, name}}))}, true});
    }
    return edited(document, std::move(edits));
}

// --- Marked pages -------------------------------------------------------------------------------

namespace {

Node words(const std::string& text) {
    return Node(odf::Text{text, {}});
}

ElementPtr text_style(const std::string& name, std::vector<odf::Attribute> properties) {
    return make_element(Name("style:style"),
                        {{Name("style:name"), name}, {Name("style:family"), "text"}},
                        {Node(make_element(Name("style:text-properties"), std::move(properties)))});
}

ElementPtr paragraph_style(const std::string& name, std::vector<odf::Attribute> paragraph,
                           std::vector<odf::Attribute> text) {
    return make_element(
        Name("style:style"), {{Name("style:name"), name}, {Name("style:family"), "paragraph"}},
        {Node(make_element(Name("style:paragraph-properties"), std::move(paragraph))),
         Node(make_element(Name("style:text-properties"), std::move(text)))});
}

std::vector<odf::Attribute> letters(const std::string& family, const std::string& size,
                                    const std::string& colour = "#1f2328",
                                    const std::string& weight = "normal") {
    return {{Name("fo:font-family"), family}, {Name("fo:font-size"), size},
            {Name("fo:color"), colour},       {Name("fo:font-weight"), weight},
            {Name("fo:language"), "fr"},      {Name("fo:country"), "FR"}};
}

/// Common styles, so that headers and footers know them too.
void add_styles(odf::Document& document) {
    const Name background("fo:background-color"), top("fo:margin-top"), bottom("fo:margin-bottom"),
        left("fo:margin-left"), indent("fo:text-indent"), before("fo:break-before"),
        keep("fo:keep-with-next"), align("fo:text-align"), padding("fo:padding"),
        border_left("fo:border-left");
    const std::string sans = "Liberation Sans", mono = "Liberation Mono";
    std::vector<Node> styles;
    if (document.styles) styles = document.styles->children;
    for (const ElementPtr& style :
         {text_style("paraphe-erreur", {{background, "#ffd0d0"}}),
          text_style("paraphe-avertissement", {{background, "#ffeaa0"}}),
          text_style("paraphe-numero", {{Name("fo:color"), "#b00020"},
                                        {Name("fo:font-weight"), "bold"},
                                        {Name("fo:font-family"), sans},
                                        {Name("style:text-position"), "super 65%"}}),
          text_style("paraphe-fort", {{Name("fo:font-weight"), "bold"}}),
          text_style("paraphe-pale", {{Name("fo:color"), "#57606a"}}),
          paragraph_style("paraphe-titre",
                          {{before, "page"}, {bottom, "0.1cm"}, {align, "left"}, {keep, "always"}},
                          letters(sans, "16pt", "#1f2328", "bold")),
          paragraph_style("paraphe-compte", {{bottom, "0.4cm"}, {align, "left"}},
                          letters(sans, "10pt", "#57606a")),
          paragraph_style("paraphe-remarque",
                          {{top, "0.35cm"},
                           {bottom, "0.05cm"},
                           {left, "0.9cm"},
                           {indent, "-0.9cm"},
                           {align, "left"},
                           {keep, "always"}},
                          letters(sans, "10pt")),
          paragraph_style("paraphe-citation",
                          {{left, "0.9cm"},
                           {bottom, "0.05cm"},
                           {align, "left"},
                           {keep, "always"},
                           {background, "#f3f4f6"},
                           {padding, "0.08cm"}},
                          letters(mono, "9pt")),
          paragraph_style("paraphe-suite", {{left, "0.9cm"}, {align, "left"}},
                          letters(sans, "10pt")),
          paragraph_style("paraphe-remede", {{left, "0.9cm"}, {align, "left"}},
                          letters(sans, "10pt", "#0a5c36"))})
        styles.emplace_back(style);
    document.styles = document.styles ? odf::with_children(*document.styles, std::move(styles))
                                      : make_element(Name("office:styles"), {}, std::move(styles));
}

ElementPtr paragraph(const std::string& style, std::vector<Node> content) {
    return make_element(p, {{style_name, style}}, std::move(content));
}

void list_finding(const Diagnostic& d, const std::string& number, std::vector<Node>& out) {
    std::vector<Node> head;
    if (!number.empty()) {
        head.push_back(Node(styled("paraphe-fort", {words(number)})));
        head.push_back(words("  "));
    }
    head.push_back(
        Node(styled(d.severity == Severity::error ? "paraphe-erreur" : "paraphe-avertissement",
                    {words(severity_word(d.severity) + (d.code.empty() ? "" : " " + d.code))})));
    std::string place = d.context;
    if (d.where.line > 0)
        place += (place.empty() ? "ligne " : ", ligne ") + std::to_string(d.where.line);
    if (!place.empty()) head.push_back(Node(styled("paraphe-pale", {words("  " + place)})));
    out.emplace_back(paragraph("paraphe-remarque", std::move(head)));
    if (!d.quote.empty()) out.emplace_back(paragraph("paraphe-citation", {words(d.quote)}));
    out.emplace_back(paragraph("paraphe-suite", {words(d.message + ".")}));
    if (!d.remedy.empty()) out.emplace_back(paragraph("paraphe-remede", {words("→ " + d.remedy)}));
}

}  // namespace

odf::Document with_marks(const odf::Document& given, const Diagnostics& diagnostics,
                         const Loader& loader, const std::string& title) {
    const odf::Document document = without_comments(given);
    Edits edits;
    std::vector<Node> list{Node(paragraph("paraphe-titre", {words("Remarques sur ce modèle")})),
                           Node(paragraph("paraphe-compte", {words(title)}))};
    int number = 0;
    for (const Anchor& anchor : anchors(document, diagnostics, loader, Reach::everywhere)) {
        const std::string shown = std::to_string(++number);
        const bool error =
            std::any_of(anchor.findings.begin(), anchor.findings.end(),
                        [](const Diagnostic* d) { return d->severity == Severity::error; });
        Edit& edit = edits[anchor.paragraph];
        if (anchor.begin != anchor.end)
            edit.colourings.push_back(
                {anchor.begin, anchor.end, error ? "paraphe-erreur" : "paraphe-avertissement"});
        edit.insertions.push_back(
            {anchor.end, {Node(styled("paraphe-numero", {words("[" + shown + "]")}))}, true});
        std::string label = shown + ".";
        for (const Diagnostic* finding : anchor.findings) {
            list_finding(*finding, label, list);
            label.clear();
        }
    }
    odf::Document out = edited(document, std::move(edits));
    add_styles(out);
    static const Name text("office:text");
    out.body = odf::with_each_child(out.body, [&](const ElementPtr& child) {
        if (child->name != text) return child;
        std::vector<Node> children = child->children;
        children.insert(children.end(), list.begin(), list.end());
        return odf::with_children(*child, std::move(children));
    });
    return out;
}

}  // namespace paraphe::tmpl
