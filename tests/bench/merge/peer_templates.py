#!/usr/bin/python3
"""peer_templates.py TAGGED.fodt FOLDER: the tagged contract in the notations of its peers.

carbone.fodt    Carbone's {d.x:formatter}, with the example row that it needs
docxtpl.fodt    Jinja2 with docxtpl's row tags (LibreOffice then makes the .docx of it)
relatorio.fodt  placeholder fields and relatorio:// links (LibreOffice then makes the .odt of it)

What a peer cannot say (amounts in words) it finds ready-made in its data.
"""
import os
import re
import sys
from xml.sax.saxutils import quoteattr

TAG = re.compile(r"\{\{ (.*?) \}\}")
LOOP = re.compile(r"\{% for echeance in echeances %\}|\{% endfor %\}")
ROW = re.compile(r"<table:table-row [^>]*>(?:(?!</table:table-row>).)*\{\{ echeance\..*?</table:table-row>", re.S)


def parts(expression):
    path, _, filter_name = (word.strip() for word in expression.partition("|"))
    return ("pret.montant_lettres", "") if filter_name == "en_lettres" else (path, filter_name)


def carbone(text):
    formatters = {"": "", "euros": ":formatN(2)", "date_longue": ":formatD(DD/MM/YYYY)", "upper": ":upperCase"}

    def tag(index):
        def replace(match):
            path, filter_name = parts(match[1])
            if path.startswith("signature"):
                return ""
            path = path.replace("echeance.", "echeances[%s]." % index)
            return "{d.%s%s}" % (path, formatters[filter_name])
        return replace

    row = ROW.search(text)[0]
    bare = LOOP.sub("", row)
    both = TAG.sub(tag("i"), bare) + TAG.sub(tag("i+1"), bare)
    return TAG.sub(tag("i"), text.replace(row, both))


def rows_of_tags(row, opening, closing):
    """Three rows: one that opens, the row itself, one that closes."""
    bare = LOOP.sub("", row)
    empty = re.sub(r"(<text:p [^>]*>)[^<]*(</text:p>)", r"\1\2", bare)
    first = re.compile(r"(<text:p [^>]*>)(</text:p>)")
    return (first.sub(lambda m: m[1] + opening + m[2], empty, count=1) + bare +
            first.sub(lambda m: m[1] + closing + m[2], empty, count=1))


def docxtpl(text):
    def tag(match):
        path, filter_name = parts(match[1])
        return "" if path.startswith("signature") else "{{ %s }}" % " | ".join(filter(None, (path, filter_name)))

    row = ROW.search(text)[0]
    rows = rows_of_tags(row, "{%tr for echeance in echeances %}", "{%tr endfor %}")
    return TAG.sub(tag, text.replace(row, rows))


def relatorio(text):
    def link(target):
        return "<text:a xlink:type=\"simple\" xlink:href=%s>%s</text:a>" % (
            quoteattr("relatorio://" + target), target.replace("\"", "&quot;"))

    def tag(match):
        path, filter_name = parts(match[1])
        if path.startswith("signature"):
            return ""
        call = "%s(%s)" % (filter_name, path) if filter_name else path
        return ("<text:placeholder text:placeholder-type=\"text\">&lt;%s&gt;</text:placeholder>" % call)

    row = ROW.search(text)[0]
    rows = rows_of_tags(row, link("for each=\"echeance in echeances\""), link("/for"))
    text = text.replace("<office:document ", "<office:document xmlns:xlink=\"http://www.w3.org/1999/xlink\" ", 1)
    return TAG.sub(tag, text.replace(row, rows))


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        text = file.read()
    for name, translate in (("carbone", carbone), ("docxtpl", docxtpl), ("relatorio", relatorio)):
        with open(os.path.join(sys.argv[2], name + ".fodt"), "w", encoding="utf-8") as file:
            file.write(translate(text))


main()
