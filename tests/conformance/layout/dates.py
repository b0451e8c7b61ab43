"""Copies of documents in which the fields that LibreOffice would fill anew keep what they show."""
import os
import re
import zipfile

FIELD = re.compile(rb"<text:(?:date|time|file-name|author-name|author-initials|modification-date|"
                   rb"modification-time|print-date|print-time|sender-[a-z-]+)(?=[\s>/])")
FIXED = re.compile(rb'(\s)text:fixed="false"')


def kept(markup):
    """Every such field with text:fixed="true"."""
    out, at = [], 0
    for found in FIELD.finditer(markup):
        end = markup.index(b">", found.end())
        rest = FIXED.sub(rb'\1text:fixed="true"', markup[found.end():end])
        own = b"" if b"text:fixed=" in rest else b' text:fixed="true"'
        out += [markup[at:found.end()], own, rest]
        at = end
    return b"".join(out) + markup[at:]


def document(octets):
    """A template is opened as a new document, whose fixed fields are filled once more."""
    return octets.replace(b"opendocument.text-template", b"opendocument.text")


CHANGES = {"content.xml": kept, "styles.xml": kept, "mimetype": document,
           "META-INF/manifest.xml": document}


def with_dates_kept(path, folder):
    """The path itself where nothing changes, else a copy of the same name in `folder`."""
    try:
        with zipfile.ZipFile(path) as package:
            entries = [(one, package.read(one)) for one in package.infolist()]
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError):
        return path
    made = [(one, change(octets) if change else octets)
            for one, octets in entries for change in [CHANGES.get(one.filename)]]
    if made == entries or len({one.filename for one, _ in made}) < len(made):
        return path
    os.makedirs(folder, exist_ok=True)
    copy = os.path.join(folder, os.path.basename(path))
    with zipfile.ZipFile(copy, "w") as package:
        for one, octets in made:
            package.writestr(one, octets)
    return copy
