#include <doctest/doctest.h>

#include <ctime>

#include "base/error.hpp"
#include "paths.hpp"
#include "setting.hpp"

using namespace paraphe;
using namespace paraphe::layout;
using namespace paraphe::layout::testing;

namespace {

/// First baseline and pitch of three lines.
std::vector<double> pitch(const std::string& properties, const std::string& settings = {}) {
    Source source;
    source.automatic = paragraph_style("P", properties);
    source.body = paragraphs(3, "P");
    source.settings = settings;
    const auto all = baselines(set(source));
    return {all.at(0), all.at(2) - all.at(1)};
}

std::string item(const std::string& name, bool value) {
    return "<config:config-item config:name=\"" + name + "\" config:type=\"boolean\">" +
           (value ? "true" : "false") + "</config:config-item>";
}

std::vector<const GlyphRun*> runs(const Pages& pages, int page = 0) {
    std::vector<const GlyphRun*> out;
    for (const Item& item : pages.pages.at(static_cast<std::size_t>(page)).items)
        if (const auto* run = std::get_if<GlyphRun>(&item)) out.push_back(run);
    return out;
}

}  // namespace

TEST_CASE("line spacing gives the baselines that Writer gives") {
    CHECK(near(pitch(""), {11.2, 13.8}));
    CHECK(near(pitch(R"(fo:line-height="100%")"), {11.2, 13.8}));
    CHECK(near(pitch(R"(fo:line-height="115%")"), {11.2, 15.9}));
    CHECK(near(pitch(R"(fo:line-height="150%")"), {11.2, 20.7}));
    CHECK(near(pitch(R"(fo:line-height="90%")"), {9.9, 12.4}));
    CHECK(near(pitch(R"(fo:line-height="14pt")"), {11.2, 14.0}));
    CHECK(near(pitch(R"(fo:line-height="10pt")"), {8.0, 10.0}));
    CHECK(near(pitch(R"(style:line-height-at-least="20pt")"), {17.4, 20.0}));
    CHECK(near(pitch(R"(style:line-height-at-least="8pt")"), {11.2, 13.8}));
    CHECK(near(pitch(R"(style:line-spacing="2pt")"), {11.2, 15.8}));
}

TEST_CASE("a document with settings but without AddExternalLeading leaves the leading out") {
    CHECK(near(pitch("", item("AddParaTableSpacing", true)), {10.7, 13.3}));
    CHECK(near(pitch("", item("AddExternalLeading", true)), {11.2, 13.8}));
}

TEST_CASE("another setting takes the leading back from packages that are not set for a printer") {
    const auto step = [](const std::string& more, bool packaged) {
        Source source;
        source.body = "<text:p>a</text:p><text:p>b</text:p>";
        source.settings = item("AddExternalLeading", true) + more;
        odf::Document made = document(source);
        if (packaged) made = odf::read(odf::write_package(made), "essai.odt");
        const auto found = baselines(paraphe::layout::layout(made, fonts(), {}));
        return found[1] - found[0];
    };
    const auto device = [](const std::string& value) {
        return R"(<config:config-item config:name="PrinterIndependentLayout"
 config:type="string">)" +
               value + "</config:config-item>";
    };
    const std::string forced = item("UnxForceZeroExtLeading", true);
    const std::string not_forced = item("UnxForceZeroExtLeading", false);
    const std::string high = device("high-resolution"), printer = device("disabled");
    for (const std::string& each : {forced + high, forced, high})
        CHECK(std::abs(step(each, true) - 13.3) < 0.05);
    for (const std::string& each : {forced + printer, not_forced + high, std::string()})
        CHECK(std::abs(step(each, true) - 13.8) < 0.05);
    CHECK(std::abs(step(forced + high, false) - 13.8) < 0.05);
}

TEST_CASE("spaces between paragraphs add up unless the settings say otherwise") {
    Source source;
    source.automatic = paragraph_style("A", R"(fo:margin-bottom="10pt")") +
                       paragraph_style("B", R"(fo:margin-top="6pt")");
    source.body = R"(<text:p text:style-name="A">a</text:p><text:p text:style-name="B">b</text:p>)";
    CHECK(near(baselines(set(source)), {11.2, 11.2 + 13.8 + 16}));
    source.settings = item("AddExternalLeading", true) + item("AddParaTableSpacing", false);
    CHECK(near(baselines(set(source)), {11.2, 11.2 + 13.8 + 10}));
}

TEST_CASE("contextual spacing leaves no space between paragraphs of one style") {
    Source source;
    source.common =
        R"(<style:style style:name="C" style:family="paragraph"><style:paragraph-properties
 fo:margin-top="6pt" fo:margin-bottom="10pt" style:contextual-spacing="true"/></style:style>)";
    source.body = paragraphs(2, "C");
    const auto all = baselines(set(source));
    CHECK(std::abs(all[1] - all[0] - 13.8) < 0.11);
}

TEST_CASE(
    "the space above is kept at the start of the document and dropped after a page that is full") {
    Source source;
    source.page = R"(fo:page-width="21cm" fo:page-height="10cm" fo:margin="2cm")";
    source.automatic = paragraph_style("P", R"(fo:margin-top="20pt")");
    source.body = paragraphs(8, "P");
    const Pages pages = set(source);
    CHECK(std::abs(baselines(pages)[0] - 31.2) < 0.11);
    CHECK(std::abs(baselines(pages, 1)[0] - 11.2) < 0.11);
}

TEST_CASE("a border encloses a first line that hangs out") {
    Source source;
    source.automatic = paragraph_style(
        "P", R"(fo:margin-left="40pt" fo:text-indent="-15pt" fo:border-top="1pt solid #000000")");
    source.body = paragraphs(1, "P");
    CHECK(steps(paths(set(source)).at(0)).starts_with("M 25 "));
}

TEST_CASE("borders and padding shift the text inside the margins") {
    Source source;
    source.automatic = paragraph_style("P", R"(fo:border="1pt solid #000000" fo:padding="4pt")");
    source.body = paragraphs(1, "P");
    const Pages pages = set(source);
    CHECK(near(baselines(pages), {16.2}));
    CHECK(near(starts(pages), {5}));
}

TEST_CASE("an automatic indent is twice the size of the text, changed by the spacing of lines") {
    const auto indent = [](const std::string& properties, bool disregard) {
        Source source;
        source.automatic = paragraph_style(
            "P", R"(style:auto-text-indent="true" fo:text-indent="3cm" )" + properties);
        source.body = paragraphs(1, "P");
        source.settings = item("AutoFirstLineIndentDisregardLineSpace", disregard);
        return starts(set(source));
    };
    CHECK(near(indent("", false), {24}));
    CHECK(near(indent(R"(fo:line-height="150%")", false), {36}));
    CHECK(near(indent(R"(fo:line-height="150%")", true), {24}));
    CHECK(near(indent(R"(fo:line-height="20pt")", false), {20}));
    CHECK(near(indent(R"(style:line-height-at-least="20pt")", false), {24}));
    CHECK(near(indent(R"(style:line-height-at-least="30pt")", false), {30}));
    CHECK(near(indent(R"(style:line-spacing="6pt")", false), {30}));
}

TEST_CASE("italics that end a line leave a twelfth of their height free") {
    const auto first_line = [](double width, const std::string& text) {
        Source source;
        source.page = "fo:page-width=\"" + std::to_string(width + 40) +
                      "pt\" fo:page-height=\"20cm\" fo:margin=\"20pt\"";
        source.automatic =
            R"(<style:style style:name="I" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>)";
        source.body = "<text:p>" + text + "</text:p>";
        return set(source).lines[0].text;
    };
    const std::string slanted = R"(le contrat <text:span text:style-name="I">mot</text:span>)";
    double width = 50;
    while (first_line(width, slanted).find("mot") == std::string::npos)
        width += 0.05;
    double upright = 50;
    while (first_line(upright, slanted + ".").find("mot") == std::string::npos)
        upright += 0.05;
    // "mot" ends the line in italics of 13.8 pt, or is followed by a full stop of 3 pt.
    CHECK(upright - width == doctest::Approx(3 - 13.8 / 12).epsilon(0.06));
}

TEST_CASE("tabs count from the indent, and the default stops go on after the last one") {
    Source source;
    source.automatic =
        R"(<style:style style:name="P" style:family="paragraph"><style:paragraph-properties
 fo:margin-left="20pt"><style:tab-stops><style:tab-stop style:position="100pt"/></style:tab-stops>
</style:paragraph-properties></style:style>)";
    source.body = R"(<text:p text:style-name="P">a<text:tab/>b<text:tab/>c</text:p>)";
    CHECK(near(starts(set(source)), {20, 120, 20 + 3 * 35.45}));
}

TEST_CASE("right, centred and decimal stops place the text around them") {
    Source source;
    source.automatic =
        R"(<style:style style:name="P" style:family="paragraph"><style:paragraph-properties>
<style:tab-stops><style:tab-stop style:position="100pt" style:type="right" style:leader-style="dotted"
 style:leader-text="."/><style:tab-stop style:position="200pt" style:type="center"/><style:tab-stop
 style:position="300pt" style:type="char" style:char=","/></style:tab-stops>
</style:paragraph-properties></style:style>)";
    source.body =
        R"(<text:p text:style-name="P"><text:tab/>12<text:tab/>1234<text:tab/>12,50</text:p>)";
    const Pages pages = set(source);
    // A digit of Liberation Serif 12 pt is 6 pt wide. The leader ends where the text begins.
    std::vector<double> places;
    bool leader = false;
    for (const GlyphRun* run : runs(pages)) {
        if (run->text.starts_with("...")) {
            leader = true;
            CHECK(run->mark == Mark{-1, Artifact::layout});
            CHECK(std::abs(run->origin.x.points() - margin +
                           3.0 * static_cast<double>(run->glyphs.size()) - 88) < 0.2);
        } else if (run->text != " ") {
            places.push_back(run->origin.x.points() - margin);
        }
    }
    CHECK(leader);
    CHECK(near(places, {88, 188, 288}));
}

TEST_CASE("justified lines reach the margin except the last and those the author broke") {
    Source source;
    source.automatic = paragraph_style("P", R"(fo:text-align="justify")");
    std::string words;
    for (int i = 0; i < 30; ++i)
        words += "engagement ";
    source.body = "<text:p text:style-name=\"P\">" + words + "<text:line-break/>fin</text:p>";
    const Pages pages = set(source);
    const auto& lines = pages.lines;
    REQUIRE(lines.size() >= 4);
    const double right = 481.9;
    const auto end = [&](std::size_t line) {  // of the last glyph that is no space
        double out = 0;
        const auto all = runs(pages);
        for (const GlyphRun* run : all) {
            if (std::abs((run->origin.y - lines[line].baseline).points()) > 0.01) continue;
            double x = run->origin.x.points() - margin;
            for (const Glyph& glyph : run->glyphs) {
                x += glyph.advance.points();
                if (run->text[glyph.cluster] != ' ') out = std::max(out, x);
            }
        }
        return out;
    };
    CHECK(std::abs(end(0) - right) < 0.11);
    CHECK(end(lines.size() - 2) < right - 5);
    CHECK(lines.back().text == "fin");
}

TEST_CASE("the space that ends a line stays in its run") {
    Source source;
    std::string words;
    for (int i = 0; i < 30; ++i)
        words += "engagement ";
    source.body = "<text:p>" + words + "</text:p>";
    const Pages pages = set(source);
    std::string whole;
    for (const GlyphRun* run : runs(pages))
        whole += run->text;
    CHECK(whole == words);
}

TEST_CASE("trailing spaces push a right-aligned line to the left") {
    Source source;
    source.automatic = paragraph_style("P", R"(fo:text-align="end")");
    source.body = R"(<text:p text:style-name="P">mot</text:p>)"
                  R"(<text:p text:style-name="P">mot<text:s text:c="3"/></text:p>)";
    const auto all = starts(set(source));
    CHECK(std::abs(all[0] - all[1] - 9) < 0.11);
}

TEST_CASE("letter case, sub- and superscript are synthetic styles of the text") {
    Source source;
    source.automatic =
        R"(<style:style style:name="U" style:family="text"><style:text-properties
 fo:text-transform="uppercase"/></style:style><style:style style:name="C" style:family="text">
<style:text-properties fo:font-variant="small-caps"/></style:style><style:style style:name="S"
 style:family="text"><style:text-properties style:text-position="33% 58%"/></style:style>)";
    source.body =
        R"(<text:p><text:span text:style-name="U">cœur </text:span><text:span
 text:style-name="C">Été </text:span>1<text:span text:style-name="S">er</text:span></text:p>)";
    const Pages pages = set(source);
    const auto all = runs(pages);
    REQUIRE(all.size() == 6);
    CHECK(all[0]->text == "CŒUR ");
    CHECK(all[1]->text == "É");
    CHECK(all[2]->text == "TÉ");
    CHECK(all[2]->size == all[1]->size.scaled(80, 100));
    CHECK(all[5]->text == "er");
    CHECK(all[5]->origin.y < all[4]->origin.y);
    CHECK(all[5]->size == all[4]->size.scaled(58, 100));
}

TEST_CASE("white space joins, and text:s, text:tab and text:line-break are read") {
    Source source;
    source.body =
        "<text:p>  un \n deux <text:span> trois</text:span><text:s text:c=\"2\"/>x"
        "<text:line-break/> y</text:p>";
    CHECK(texts(set(source)) == std::vector<std::string>{"un deux trois  x", "y"});
}

TEST_CASE("a soft hyphen shows only where it ends a line") {
    Source source;
    source.page = R"(fo:page-width="6cm" fo:page-height="20cm" fo:margin="2cm")";  // 56.7 pt wide
    source.body = "<text:p>abc rembourse\u00ADment abc</text:p>";
    const Pages pages = set(source);
    CHECK(texts(pages).at(1) == "rembourse-");
    bool hyphen = false;
    for (const GlyphRun* run : runs(pages))
        if (run->text == "\u00AD" && run->glyphs.size() == 1) hyphen = true;
    CHECK(hyphen);
}

TEST_CASE("words are divided by the patterns of their language where the style asks") {
    Source source;
    source.page = R"(fo:page-width="6cm" fo:page-height="20cm" fo:margin="2cm")";
    source.automatic = paragraph_style("P", "", R"(fo:hyphenate="true")");
    source.body = R"(<text:p text:style-name="P">le remboursement</text:p>)";
    CHECK(texts(set(source)) == std::vector<std::string>{"le rembour-", "sement"});
}

TEST_CASE("a style that is its own parent does not make its text larger and larger") {
    Source source;
    source.common = R"(<style:style style:name="P" style:family="paragraph"
 style:parent-style-name="P"><style:paragraph-properties fo:margin-top="150%"/>
<style:text-properties fo:font-size="200%"/></style:style>)";
    source.body = R"(<text:p text:style-name="P">x</text:p>)";
    const Pages pages = set(source);
    REQUIRE(runs(pages).size() == 1);
    CHECK(runs(pages)[0]->size == Length::from_points(24));
}

TEST_CASE("a size that is no number is not read") {
    Source source;
    for (const char* size : {"nan%", "NaNpt", "inf%", "infcm"}) {
        source.automatic = paragraph_style("P", "", "fo:font-size=\"" + std::string(size) + "\"");
        source.body = R"(<text:p text:style-name="P">x</text:p>)";
        const Pages pages = set(source);
        REQUIRE(runs(pages).size() == 1);
        CHECK(runs(pages)[0]->size == Length::from_points(12));
    }
}

TEST_CASE("percentages that multiply over many parents end at a size that can be set") {
    Source source;
    for (int i = 0; i < 60; ++i)
        source.common += "<style:style style:name=\"P" + std::to_string(i) +
                         "\" style:family=\"paragraph\" style:parent-style-name=\"P" +
                         std::to_string(i + 1) +
                         "\"><style:paragraph-properties fo:margin-top=\"10000%\"/>"
                         "<style:text-properties fo:font-size=\"10000%\"/></style:style>";
    source.common += paragraph_style("P60", R"(fo:margin-top="1cm")");
    source.body = R"(<text:p text:style-name="P0">x</text:p>)";
    const Pages pages = set(source);
    REQUIRE(pages.pages.size() > 0);
    const GlyphRun* run = nullptr;
    for (std::size_t page = 0; page < pages.pages.size() && run == nullptr; ++page)
        if (const auto found = runs(pages, static_cast<int>(page)); !found.empty()) run = found[0];
    REQUIRE(run != nullptr);
    CHECK(run->size == Length::from_points(10'000));
}

TEST_CASE("a word of forty thousand letters without a break is set in time") {
    Source source;
    source.automatic = paragraph_style("P", "", R"(fo:hyphenate="true")");
    std::string word;
    for (int i = 0; i < 20'000; ++i)
        word += "a\u05d0\u202e";
    source.body = "<text:p text:style-name=\"P\">" + word + "</text:p>";
    const std::clock_t begin = std::clock();
    CHECK(set(source).lines.size() > 100);
    CHECK(std::clock() - begin < 4 * CLOCKS_PER_SEC);
}

TEST_CASE("a word wider than the line is broken between letters") {
    Source source;
    source.page = R"(fo:page-width="6cm" fo:page-height="20cm" fo:margin="2cm")";
    source.body = "<text:p>" + std::string(30, 'm') + "</text:p>";
    const auto lines = texts(set(source));
    CHECK(lines == std::vector<std::string>(5, "mmmmmm"));
}

TEST_CASE("an Arabic and a Cyrillic name stand in a French line") {
    Source source;
    source.body = "<text:p>Monsieur يوسف حداد, né à Олевськ</text:p>";
    const Pages pages = set(source);
    const auto all = runs(pages);
    REQUIRE(all.size() == 6);
    CHECK(all[0]->text == "Monsieur ");
    // In the order of the text, as readers go; the given name stands right of the family name.
    CHECK(all[1]->text == "يوسف");
    CHECK(all[1]->right_to_left);
    CHECK(all[1]->face->family() == "DejaVu Sans");
    CHECK(all[1]->glyphs.front().cluster > all[1]->glyphs.back().cluster);
    CHECK(all[3]->text == "حداد");
    CHECK(all[1]->origin.x > all[2]->origin.x);
    CHECK(all[2]->origin.x > all[3]->origin.x);
    CHECK(all[5]->text == "Олевськ");
    CHECK(texts(pages).at(0) == "Monsieur يوسف حداد, né à Олевськ");
}

TEST_CASE("a character that no font has refuses the document in French with its line") {
    Source source;
    source.body = "<text:p>bon</text:p>\n<text:p>\xF0\x93\x80\x80</text:p>";
    try {
        set(source);
        FAIL("must refuse");
    } catch (const Error& error) {
        CHECK(error.problem() ==
              "aucune police ne possède le caractère « \xF0\x93\x80\x80 » (U+13000)");
        CHECK(error.remedy() == "remplacez ce caractère ou ajoutez une police qui le possède");
        CHECK(error.where().source == "essai.fodt");
        CHECK(error.where().line > 1);
    }
}

TEST_CASE("an unknown font is replaced with a warning in French") {
    Source source;
    source.automatic = paragraph_style("P", "", R"(fo:font-family="Garamond Inconnu")");
    source.body = paragraphs(1, "P");
    const Pages pages = set(source);
    REQUIRE(pages.warnings.size() == 1);
    CHECK(pages.warnings[0].code == "P0401");
    CHECK(pages.warnings[0].message.starts_with("la police « Garamond Inconnu » n’est pas connue"));
}

TEST_CASE("underlines and strokes lie beside the text as artifacts") {
    Source source;
    source.automatic =
        R"(<style:style style:name="U" style:family="text"><style:text-properties
 style:text-underline-style="solid" style:text-line-through-style="solid"/></style:style>)";
    source.body = R"(<text:p><text:span text:style-name="U">dû</text:span></text:p>)";
    const Pages pages = set(source);
    int paths = 0;
    for (const Item& item : pages.pages[0].items)
        if (const auto* path = std::get_if<Path>(&item)) {
            CHECK(path->mark == Mark{-1, Artifact::layout});
            ++paths;
        }
    CHECK(paths == 2);
}

TEST_CASE("text whose style does not say so is kerned in a flat file, not in a package") {
    // Writer: the last letter stands 31.6 pt further right without kerning.
    const auto width = [](const std::string& kerning, bool package) {
        const auto flat =
            document({.body = "<text:p text:style-name=\"P1\">AVATAR Tata WAVE To Ta Te Va Vo Yo "
                              "LTA AV AV AV Tata WAVE.</text:p>",
                      .automatic = paragraph_style("P1", "", kerning)});
        odf::Document made = flat;
        if (package) {
            made = odf::read(odf::write_package(flat), "essai.odt");
            made.styles = flat.styles;  // ours says what the flat file meant
        }
        return layout::layout(made, fonts(), {}).lines.at(0).box.width.points();
    };
    const std::string on = R"(style:letter-kerning="true")",
                      off = R"(style:letter-kerning="false")";
    CHECK(width("", true) - width("", false) == doctest::Approx(31.6).epsilon(0.01));
    CHECK(width(on, true) == width("", false));
    CHECK(width(on, false) == width("", false));
    CHECK(width(off, false) == width("", true));
}

TEST_CASE("text of complex scripts has the size and font that styles give it apart") {
    Source source;
    source.automatic =
        paragraph_style("P", R"(style:writing-mode="rl-tb" fo:text-align="end")",
                        R"(fo:font-size="8pt" style:font-size-complex="16pt"
 style:font-family-complex="'DejaVu Sans'" style:language-complex="ar")") +
        paragraph_style("Q", "", R"(fo:font-weight="bold" style:font-size-complex="9pt")");
    source.body =
        R"(<text:p text:style-name="P">عقد abc : 12 € (عقد).</text:p><text:p text:style-name="Q">abc
 عقد 12, def</text:p>)";
    const Pages pages = set(source);
    std::string told;
    for (const GlyphRun* run : runs(pages))
        told += run->text + "|" + std::to_string(std::lround(run->size.points())) + "|" +
                run->face->family() + "\n";
    INFO(told);
    CHECK(told.find("عقد |16|DejaVu Sans\n") != std::string::npos);
    CHECK(told.find("abc : 12|8|Liberation Serif\n") != std::string::npos);
    CHECK(told.find("€ (") != std::string::npos);
    CHECK(told.find("12|9|Liberation Serif\n") != std::string::npos);
    CHECK(told.find(", def|12|Liberation Serif\n") != std::string::npos);
}

TEST_CASE("start and end are left and right, from whatever side the text is read") {
    const auto start = [](const std::string& align) {
        return starts(
                   set({.body = R"(<text:p text:style-name="P">abc</text:p>)",
                        .automatic = paragraph_style(
                            "P", "style:writing-mode=\"rl-tb\" fo:text-align=\"" + align + "\"")}))
            .front();
    };
    CHECK(start("start") == 0);
    CHECK(start("left") == 0);
    CHECK(start("end") > 400);
    CHECK(start("right") == start("end"));
}
