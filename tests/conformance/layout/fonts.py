"""Makes LibreOffice take the fonts that our own map takes, so that places are compared and not
substitutes: fontconfig alone would answer for an unknown font with whatever is installed."""
import html
import re
import zipfile


def read_map(path):
    """(families, aliases, generics) of fonts.map, names in lower case."""
    families, aliases, generics = {}, {}, {}
    with open(path, encoding="utf-8") as file:
        for row in file:
            kind, _, rest = row.strip().partition(" ")
            fields = [one.strip() for one in rest.split("|")]
            if kind == "face":
                families[fields[0].lower()] = fields[0]
            elif kind == "alias":
                aliases[fields[0].lower()] = fields[1]
            elif kind == "generic":
                generics[fields[0]] = fields[1]
    return families, aliases, generics


def sources(path):
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for name in ("content.xml", "styles.xml"):
                if name in archive.namelist():
                    yield archive.read(name).decode("utf-8", "replace")
    else:
        with open(path, encoding="utf-8", errors="replace") as file:
            yield file.read()


def wanted(documents):
    """(list of families, generic family) of all declarations of fonts."""
    for path in documents:
        try:
            texts = list(sources(path))
        except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError):
            continue
        for text in texts:
            for tag in re.findall(r"<style:(?:font-face|text-properties)[^>]*>", text):
                family = re.search(r'(?:svg|fo):font-family="([^"]*)"', tag)
                generic = re.search(r'style:font-family-generic="([^"]*)"', tag)
                if family:
                    names = [one.strip(" '\"") for one in html.unescape(family[1]).split(",")]
                    yield [one for one in names if one], generic[1] if generic else "default"


def write_configuration(map_path, documents, path):
    """A fontconfig file that says so."""
    families, aliases, generics = read_map(map_path)
    rules = {}
    for names, generic in wanted(documents):
        # Writer asks for the first of a list alone.
        if not names or names[0].lower() in families:
            continue
        known = [families.get(one.lower()) or aliases.get(one.lower()) for one in names]
        found = [one for one in known if one]
        rules.setdefault(names[0], found[0] if found else generics.get(generic,
                                                                       generics["default"]))
    with open(path, "w", encoding="utf-8") as file:
        file.write('<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>\n'
                   "<include>/etc/fonts/fonts.conf</include>\n")
        for name, target in sorted(rules.items()):
            file.write(f'<match><test name="family" qual="first"><string>{html.escape(name)}'
                       '</string></test><edit name="family" mode="prepend" binding="strong">'
                       f"<string>{target}</string></edit></match>\n")
        file.write("</fontconfig>\n")
