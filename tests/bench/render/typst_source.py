#!/usr/bin/python3
"""typst_source.py TEMPLATE.fodt > DOCUMENT.typ: the same text as a Typst document.

Its data are one JSON text, `sys.inputs.data`. Knows the constructs of the bench's templates, no
more: headings, paragraphs, bold text, lists, tables with one repeated row, fields with four filters.
"""
import re
import sys
import xml.etree.ElementTree as tree

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"

HEAD = """#let data = json(bytes(sys.inputs.data))
#let months = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre")
#let date_longue(it) = {
  let (year, month, day) = it.split("-").map(int)
  [#if day == 1 [1er] else [#day] #months.at(month - 1) #year]
}
#let euros(it) = {
  let cents = calc.round(it * 100)
  let whole = str(calc.quo(int(cents), 100))
  let rest = str(calc.rem(int(cents), 100))
  let thousands = if whole.len() > 3 { whole.slice(0, whole.len() - 3) + "\\u{202f}" + whole.slice(whole.len() - 3) } else { whole }
  thousands + "," + "0" * (2 - rest.len()) + rest + "\\u{00a0}€"
}
#set document(title: %(title)s, date: datetime(year: 2026, month: 1, day: 14))
#set text(lang: "fr", region: "FR", font: "Liberation Serif", size: 11pt, hyphenate: false)
#set page(paper: "a4", margin: (x: 2.25cm, y: %(margin)s), header: %(header)s, footer: %(footer)s)
#set par(justify: true, leading: 0.5em, spacing: 0.9em)
#set heading(numbering: %(numbering)s)
#show heading: set text(font: "Liberation Sans", size: 12pt)
#show table: set text(size: 9.5pt)
#set table(inset: 2.5pt)
"""


def quoted(text):
    return '"%s"' % text.replace("\\", "\\\\").replace('"', '\\"')


def field(tag):
    path, *filters = [part.strip() for part in tag.split("|")]
    if path.startswith("signature("):
        return ""
    if filters == ["en_lettres"]:
        return "#data.pret.montant_lettres"
    path = re.sub(r"\[(\d+)\]", r".at(\1)", path)
    value = path if path.startswith("echeance.") else "data." + path
    for name in filters:
        value = "upper(%s)" % value if name == "upper" else "%s(%s)" % (name, value)
    return "#{%s}" % (value if filters else "[#%s]" % value)


def words(text):
    """Octets as a Typst string, so that none is a mark; fields between them."""
    parts = re.split(r"\{\{(.*?)\}\}", re.sub(r"\{%.*?%\}", "", text or ""))
    return "".join(field(part) if i % 2 else ("#%s;" % quoted(part) if part else "")
                   for i, part in enumerate(parts))


def inline(element):
    out = words(element.text)
    for child in element:
        if child.tag == TEXT + "span":
            out += "#strong[%s]" % inline(child)
        elif child.tag == TEXT + "tab":
            out += "#h(1fr)"
        elif child.tag == TEXT + "page-number":
            out += "#context counter(page).display()"
        elif child.tag == TEXT + "page-count":
            out += "#context counter(page).final().first()"
        elif child.tag == TEXT + "s":
            out += " "
        elif child.tag == TEXT + "line-break":
            out += "#linebreak()"
        out += words(child.tail)
    return out


def cells(row):
    return "".join("[%s], " % " #parbreak() ".join(inline(p) for p in cell)
                   for cell in row.iter(TABLE + "table-cell"))


def table(element):
    columns = sum(int(column.get(TABLE + "number-columns-repeated", 1))
                  for column in element.iter(TABLE + "table-column"))
    headers = element.find(TABLE + "table-header-rows")
    out = "#table(columns: (1fr,) * %d, " % columns
    if headers is not None:
        out += "table.header(%s), " % "".join(cells(row) for row in headers)
    for row in element.findall(TABLE + "table-row"):
        repeated = "{% for" in "".join(row.itertext())
        out += "..data.echeances.map(echeance => (%s)).flatten(), " % cells(row) if repeated else cells(row)
    return out + ")"


def block(element):
    if element.tag == TEXT + "h":
        return "= " + inline(element)
    if element.tag == TEXT + "list":
        return "\n".join("- " + " ".join(inline(p) for p in item) for item in element)
    if element.tag == TABLE + "table":
        return table(element)
    if element.get(TEXT + "style-name") == "Title":
        return "#align(center, text(font: \"Liberation Sans\", size: 16pt, weight: \"bold\")[%s])" % inline(element)
    return inline(element)


def furniture(root, kind):
    element = root.find(".//%s%s" % (STYLE, kind))
    return "none" if element is None else "[#set text(size: 8.5pt)\n%s]" % inline(element[0])


def main():
    root = tree.parse(sys.argv[1]).getroot()
    title = root.find(".//{http://purl.org/dc/elements/1.1/}title").text
    numbered = root.find(".//" + TEXT + "outline-style") is not None
    header = furniture(root, "header")
    sys.stdout.reconfigure(encoding="utf-8")
    print(HEAD % {"title": quoted(title), "header": header, "footer": furniture(root, "footer"),
                  "margin": "2cm" if header == "none" else "2.9cm",
                  "numbering": "n => [Article #n — ]" if numbered else "none"})
    for element in root.find(OFFICE + "body/" + OFFICE + "text"):
        print(block(element) + "\n")


main()
