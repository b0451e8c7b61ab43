"""Documents that ask too much of a page: each (name, flat document, wanted message or None)."""
import base64
import zlib

DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:meta><dc:title>Essai</dc:title></office:meta>
<office:styles><style:default-style style:family="paragraph"><style:text-properties
 fo:language="fr" fo:country="FR" fo:font-family="Liberation Serif" fo:font-size="12pt"/>
</style:default-style></office:styles>
<office:automatic-styles>%(styles)s<style:page-layout style:name="pm">
<style:page-layout-properties %(page)s/>%(furniture)s</style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard"
 style:page-layout-name="pm">%(header)s</style:master-page></office:master-styles>
<office:body><office:text>%(body)s</office:text></office:body></office:document>
"""
A4 = 'fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2cm"'
SPECK = 'fo:page-width="1mm" fo:page-height="1mm" fo:margin="0cm"'


def document(body, styles="", page=A4, furniture="", header=""):
    return DOCUMENT % locals()


def paragraph(text, style=""):
    return f'<text:p text:style-name="{style}">{text}</text:p>' if style else f"<text:p>{text}</text:p>"


def style(family, properties, name="s"):
    return f'<style:style style:name="{name}" style:family="{family}">{properties}</style:style>'


def table(rows, columns=1):
    return (f'<table:table><table:table-column table:number-columns-repeated="{columns}"/>{rows}'
            "</table:table>")


def row(*cells, style=""):
    name = f' table:style-name="{style}"' if style else ""
    return (f"<table:table-row{name}>" +
            "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in cells) +
            "</table:table-row>")


def note(body):
    return ('<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
            f"<text:note-body>{paragraph(body)}</text:note-body></text:note>")


def frame(body, width, height, more):
    return (f'<draw:frame draw:style-name="s" {more} svg:width="{width}" svg:height="{height}">'
            f"<draw:text-box>{paragraph(body)}</draw:text-box></draw:frame>")


def nested(depth):
    inner = paragraph("au fond")
    for _ in range(depth):
        inner = table(row(inner))
    return inner


def png(side):
    """A small file of side x side black points."""
    def chunk(kind, data):
        return (len(data).to_bytes(4, "big") + kind + data +
                zlib.crc32(kind + data).to_bytes(4, "big"))
    pack = zlib.compressobj(9)
    data = b"".join(pack.compress(bytes(1 + 3 * side)) for _ in range(side)) + pack.flush()
    head = side.to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) +
            chunk(b"IEND", b""))


def documents():
    words, deep = "mot " * 3000, "imbriqués trop profondément"
    no_room = "ne laissent pas de place au texte"
    yield "a table nested 20 deep", document(nested(20)), None
    yield "a table nested 50 deep", document(nested(50)), deep
    yield "a table of 50,000 rows", document(table(row(paragraph("a")) * 50_000)), None
    yield "a table of 100,000 rows", document(table(row(paragraph("a")) * 100_000)), "50000 cellules"
    yield ("8,000 rows of 6 cells", document(table(row(*[paragraph("valeur")] * 6) * 8_000, 6)),
           None)
    yield ("500 cells over 200 columns and 500 rows", document(table(
        '<table:table-row><table:table-cell table:number-columns-spanned="200" '
        f'table:number-rows-spanned="500">{paragraph("x")}</table:table-cell></table:table-row>'
        * 500, 200)), None)
    yield "a word of 10,000 letters", document(paragraph("a" * 10_000)), None
    yield ("ten such words in narrow cells",
           document(table(row(*[paragraph("anticonstitutionnellement" * 400)] * 10), 10)), None)
    yield "a paragraph of a megabyte", document(paragraph("mot " * 250_000)), None
    yield "50,000 tabs", document(paragraph("<text:tab/>" * 50_000)), None
    yield "50,000 line breaks", document(paragraph("<text:line-break/>" * 50_000)), None
    yield "50,000 headings", document("".join(
        f'<text:h text:outline-level="{i % 10 + 1}">T {i}</text:h>' for i in range(50_000))), None
    yield "a letter with 50,000 marks", document(paragraph("a" + "\u0301" * 50_000)), "30 accents"
    for wrap in ("parallel", "none", "run-through"):
        for anchor in ("paragraph", "char", "as-char", "page"):
            yield (f"a frame larger than the page, {anchor}, {wrap}", document(
                paragraph(frame("dans le cadre " * 2000, "60cm", "90cm",
                                f'text:anchor-type="{anchor}"') + words),
                style("graphic", f'<style:graphic-properties style:wrap="{wrap}"/>')), None)
    yield "1,500 frames beside text", document(
        paragraph("".join(frame("x", "1cm", "1cm",
                                f'text:anchor-type="char" svg:x="{i % 17}cm" svg:y="{i % 23}cm"')
                          + " mot " for i in range(1500)) + words),
        style("graphic", '<style:graphic-properties style:wrap="parallel" '
              'style:vertical-pos="from-top" style:vertical-rel="page" '
              'style:horizontal-pos="from-left" style:horizontal-rel="page"/>')), None
    yield "5,000 paragraphs that all keep with the next", document(
        paragraph("mot " * 30, "s") * 5000,
        style("paragraph", '<style:paragraph-properties fo:keep-with-next="always" '
              'fo:keep-together="always" fo:widows="9" fo:orphans="9"/>')), None
    yield "20 rows higher than the page that may not break", document(
        table(row(paragraph("mot " * 30) * 200, style="s") * 20),
        style("table-row", '<style:table-row-properties fo:keep-together="always" '
              'style:min-row-height="90cm"/>')), None
    yield "header rows higher than the page", document(
        table("<table:table-header-rows>" + row(paragraph("mot " * 30) * 3) * 50 +
              "</table:table-header-rows>" + row(paragraph("a")) * 300)), None
    yield "a header higher than the page", document(
        paragraph(words), furniture='<style:header-style><style:header-footer-properties '
        'fo:min-height="2cm"/></style:header-style>',
        header=f"<style:header>{paragraph('entête ' * 2000)}</style:header>"), None
    yield "a page of 1 mm", document(paragraph("mot " * 30) * 10, page=SPECK), no_room
    yield "notes on a page of 1 mm", document(paragraph("a" + note("b")) * 20, page=SPECK), no_room
    yield "margins wider than the page", document(
        paragraph(words), page='fo:page-width="10cm" fo:page-height="10cm" fo:margin="8cm"'), no_room
    yield "2,000 notes to a line", document(paragraph("a" + note("note " * 20) * 2000)), None
    yield "notes longer than pages", document(paragraph("a" + note("note " * 20_000)) * 3), None
    yield "20,000 pages", document(
        paragraph("x", "s") * 20_000,
        style("paragraph", '<style:paragraph-properties fo:break-before="page"/>')), None
    yield "letters of 10,000 points", document(
        paragraph("mot " * 300, "s"),
        style("paragraph", '<style:text-properties fo:font-size="9999pt"/>')), None
    yield "a drop cap of 999 lines", document(
        paragraph(words, "s"),
        style("paragraph", '<style:paragraph-properties><style:drop-cap style:lines="999" '
              'style:length="99"/></style:paragraph-properties>')), None
    yield "a section of 9,999 columns", document(
        f'<text:section text:style-name="s">{paragraph(words)}</text:section>',
        style("section", '<style:section-properties><style:columns fo:column-count="9999" '
              'fo:column-gap="0cm"/></style:section-properties>')), None
    yield "lists 80 deep", document(
        "<text:list><text:list-item>" * 80 + paragraph("x") + "</text:list-item></text:list>" * 80), deep
    picture = base64.b64encode(png(20_000)).decode()
    yield "a picture of 400 million points in a small file", document(paragraph(
        '<draw:frame text:anchor-type="as-char" svg:width="10cm" svg:height="10cm"><draw:image>'
        f"<office:binary-data>{picture}</office:binary-data></draw:image></draw:frame>")), "trop grande"
