#!/usr/bin/python3
"""foreign.py OUT_DIR: what LibreOffice makes of templates that it does not write itself. For each
NAME.fodt in OUT_DIR there is NAME-writer.fodt, opened, its recorded changes accepted, and saved.

ruptures     deletions over the ends of paragraphs, items, tables and sections
repetitions  rows and cells given once with the number of their copies
"""
import os
import sys
import tempfile

from prepare import Writer

SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for prefix, name in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"),
        ("fo", "xsl-fo-compatible")))


def document(body):
    styles = "".join(f'<style:style style:name="{name}" style:family="paragraph"/>'
                     for name in ("Standard", "A", "B", "C"))
    return ('<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<office:document {SPACES} xmlns:dc="http://purl.org/dc/elements/1.1/" '
            'office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">'
            f"<office:styles>{styles}</office:styles><office:body><office:text>{body}</office:text>"
            "</office:body></office:document>\n")


def p(style, text):
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def items(*texts):
    return "<text:list>" + "".join(f"<text:list-item>{text}</text:list-item>" for text in texts) + \
        "</text:list>"


def table(rows, columns=1):
    return (f'<table:table><table:table-column table:number-columns-repeated="{columns}"/>{rows}'
            "</table:table>")


def cell(text, times=1):
    return (f'<table:table-cell office:value-type="string" table:number-columns-repeated="{times}">'
            f"{text}</table:table-cell>")


def row(cells, times=1):
    return f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>'


def ruptures():
    # "[" and "]" stand for the two ends of a deletion.
    bodies = [
        p("A", "Un {{ nom }}[ deux") + p("B", "trois {{ nmo }}") + p("C", "quatre] cinq"),
        p("A", "[Un deux") + p("C", "trois ]quatre {{ nom }}"),
        p("A", "Un[ deux") + p("C", "trois]") + p("B", "reste"),
        p("A", "[Un deux") + p("C", "trois]") + p("B", "reste"),
        p("A", "Un[") + p("C", "]deux"),
        p("B", "avant") + p("A", "[Un deux") + p("C", "]trois"),
        p("B", "avant[") + p("A", "Un deux]") + p("C", "trois"),
        p("A", "[") + p("C", "]deux"),
        p("B", "avant") + "[" + p("A", "Un deux") + "]" + p("C", "trois"),
        items(p("A", "Un[ deux"), p("B", "tr]ois"), p("C", "fin")),
        items(p("A", "[Un"), p("B", "tr]ois {{ ville }}")),
        p("A", "Un[ deux") + items(p("B", "tr]ois"), p("C", "fin")),
        '<text:h text:outline-level="1">Un[ deux</text:h>' + p("B", "tr]ois"),
        p("A", "Un[ deux") + table(row(cell(p("B", "cellule")))) + p("C", "tr]ois"),
        p("A", "Un[ deux") + '<text:section text:name="S">' + p("B", "dans ]la section") +
        p("C", "encore") + "</text:section>"]
    regions = text = ""
    for number, body in enumerate(bodies):
        regions += (f'<text:changed-region xml:id="d{number}" text:id="d{number}"><text:deletion>'
                    "<office:change-info><dc:creator>Relecture</dc:creator>"
                    "<dc:date>2026-01-02T03:04:05</dc:date></office:change-info></text:deletion>"
                    "</text:changed-region>")
        text += body.replace("[", f'<text:change-start text:change-id="d{number}"/>') \
            .replace("]", f'<text:change-end text:change-id="d{number}"/>')
        text += p("Standard", f"— {number} —")
    return document(f"<text:tracked-changes>{regions}</text:tracked-changes>{text}")


def repetitions():
    return document(
        table(row(cell(p("A", "{{ nom }}")) + cell(p("B", "{{ ville }}"), 2), 3) +
              row(cell(p("A", "fin"), 3)), 3) +
        table(row(cell("", 2), 4) + row(cell(p("A", "seul")) + cell("")), 2) + p("Standard", "après"))


def main():
    out = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        writer = Writer(folder)
        try:
            for make in (ruptures, repetitions):
                path = os.path.join(out, make.__name__ + ".fodt")
                with open(path, "w", encoding="utf-8") as file:
                    file.write(make())
                opened = writer.open(path)
                helper = writer.manager.createInstanceWithContext(
                    "com.sun.star.frame.DispatchHelper", writer.context)
                helper.executeDispatch(opened.CurrentController.Frame,
                                       ".uno:AcceptAllTrackedChanges", "", 0, ())
                writer.save(opened, path.replace(".fodt", "-writer.fodt"))
                opened.close(True)
        finally:
            writer.close()


if __name__ == "__main__":
    main()
