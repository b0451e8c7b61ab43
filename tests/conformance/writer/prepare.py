#!/usr/bin/python3
"""prepare.py OUT_DIR: edits small templates as their authors do in Writer, through a headless
LibreOffice of its own, and saves them as LibreOffice saves: NAME.odt and NAME.fodt for each.

retouches       a letter typed again, half a tag in bold, bookmarks, breaks, a comment inside tags
autocorrection  the characters that Writer's autocorrection puts into tags
porteurs        tags in fields: placeholder, input, user field, drop-down, conditional text
lieux           a tag in every place that a text can have
suivi           tags inserted and deleted as a whole while changes are recorded
refus           what must be refused: half-recorded tags, unknown characters, hidden carriers
"""
import base64
import os
import re
import subprocess
import sys
import tempfile
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.text.ControlCharacter import LINE_BREAK, PARAGRAPH_BREAK

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC")
NBSP, NARROW, SOFT_HYPHEN = "\u00a0", "\u202f", "\u00ad"
FILTERS = {".odt": "writer8", ".ott": "writer8_template", ".fodt": "OpenDocument Text Flat XML"}


def value(name, content):
    out = PropertyValue()
    out.Name, out.Value = name, content
    return out


class Writer:
    """One headless LibreOffice with a profile that is thrown away."""

    def __init__(self, folder):
        pipe = f"paraphe-{os.getpid()}"
        self.process = subprocess.Popen(
            ["soffice", "--headless", "--norestore", "--nologo", "--nodefault",
             f"-env:UserInstallation=file://{folder}/profile", f"--accept=pipe,name={pipe};urp;"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        resolver = uno.getComponentContext().ServiceManager.createInstance(
            "com.sun.star.bridge.UnoUrlResolver")
        for _ in range(300):
            try:
                context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                break
            except Exception:
                time.sleep(0.2)
        else:
            raise SystemExit("LibreOffice does not answer")
        self.context = context
        self.manager = context.ServiceManager
        self.desktop = self.manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)

    def close(self):
        try:
            self.desktop.terminate()
        except Exception:
            pass
        self.process.wait(60)

    def new(self):
        return self.desktop.loadComponentFromURL(
            "private:factory/swriter", "_blank", 0, (value("Hidden", True),))

    def open(self, path):
        document = self.desktop.loadComponentFromURL(
            "file://" + path, "_blank", 0, (value("Hidden", True),))
        if document is None:
            raise SystemExit(f"LibreOffice does not open {path}")
        return document

    def save(self, document, path):
        document.storeToURL("file://" + path, (
            value("FilterName", FILTERS[os.path.splitext(path)[1]]),))

    def graphic(self, path):
        provider = self.manager.createInstanceWithContext(
            "com.sun.star.graphic.GraphicProvider", self.context)
        return provider.queryGraphic((value("URL", "file://" + path),))


def lines(document, texts):
    """One paragraph for each text, at the end of the body."""
    body = document.Text
    for text in texts:
        cursor = body.createTextCursorByRange(body.End)
        if body.String:
            body.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
        body.insertString(body.End, text, False)


def find(document, text, length=None, at=0):
    """A cursor over `length` characters from `at` on of the first place where `text` stands."""
    search = document.createSearchDescriptor()
    search.SearchString = text
    search.SearchCaseSensitive = True
    found = document.findFirst(search)
    if found is None:
        raise SystemExit(f"not in the document: {text}")
    cursor = found.Text.createTextCursorByRange(found.Start)
    cursor.goRight(at, False)
    cursor.goRight(len(text) - at if length is None else length, True)
    return cursor


def retype(document, text, at):
    """Deletes one letter and types it again, as after a slip of the finger."""
    cursor = find(document, text, 1, at)
    letter = cursor.String
    cursor.String = ""
    cursor.Text.insertString(cursor, letter, False)
    # Only the keyboard leaves the session's mark by itself.
    cursor = find(document, text, 1, at)
    cursor.Rsid = 0x123456


def retouches(writer, folder):
    document = writer.new()
    lines(document, [
        "Retapé : {{ nom }}.",
        "Retapé dans le bloc : {% if oui %}oui{% endif %}.",
        "Gras en partie : {{ montant | euros }}.",
        "Gras en entier : {{ nom }}, gras.",
        "Signet : {{ reference }}.",
        "Repère : {{ prenom }}.",
        "Saut de ligne : {{ ville }}.",
        "Tabulation : {{ rue }}.",
        "Trait d’union conditionnel : {{ bene" + SOFT_HYPHEN + "ficiaire }}.",
        "Commentaire : {{ conjoint }}.",
        "Langue : {{ enfant }}.",
        "Liste : {% for l in lignes %}{{ l.nom }} ; {% endfor %}fin."])
    first = os.path.join(folder, "first.fodt")
    writer.save(document, first)
    document.close(True)
    # Another session types again: Writer marks what is new with another rsid.
    document = writer.open(first)
    retype(document, "{{ nom }}.", 5)
    retype(document, "{% if oui %}", 3)
    retype(document, "{% endif %}", 1)
    find(document, "montant | euros", 7).CharWeight = 150
    find(document, "{{ nom }}, gras", 9).CharWeight = 150
    for service, text, name in (("Bookmark", "ference }}", "signet"),
                                ("ReferenceMark", "nom }}.", "repere")):
        mark = document.createInstance("com.sun.star.text." + service)
        mark.Name = name
        place = find(document, "prenom }}." if service == "ReferenceMark" else "reference }}.", 3, 3)
        place.Text.insertTextContent(place, mark, True)
    place = find(document, "{{ ville", 0, 3)
    place.Text.insertControlCharacter(place, LINE_BREAK, False)
    find(document, "{{ rue", 1, 2).String = "\t"
    find(document, "enfant }}", 3).CharLocale = uno.createUnoStruct("com.sun.star.lang.Locale", "en", "GB", "")
    writer.save(document, first)
    document.close(True)
    # An annotation made or opened through UNO aborts a headless LibreOffice 7.4: it goes into the
    # flat file, which only a conversion opens again.
    with open(first, encoding="utf-8") as file:
        content = file.read()
    content, count = re.subn(
        r"con(joint)", "con<office:annotation><dc:creator>Relecture</dc:creator>"
        "<dc:date>2026-01-02T03:04:05</dc:date><text:p>vérifier {</text:p></office:annotation>\\1",
        content)
    assert count == 1, content.count("conjoint")
    with open(first, "w", encoding="utf-8") as file:
        file.write(content)
    return first


def autocorrection(writer, folder):
    document = writer.new()
    lines(document, [
        "Guillemets courbes : {% if ville == “Évry” %}oui{% else %}non{% endif %}.",
        f"Guillemets français : {{% if ville == «{NBSP}Évry{NBSP}» %}}oui{{% else %}}non{{% endif %}}.",
        "Apostrophes courbes : {{ lignes | map(attribute=‘nom’) | join(‘, ’) }}.",
        "Un seul guillemet changé : {{ ville ~ “ (91)\" }}.",
        "Tiret demi-cadratin : {{ age – 2 }}.",
        "Tiret cadratin : {{ age — 2 }}.",
        "Supérieur : {% if age ≥ 18 %}majeur{% endif %}.",
        "Inférieur : {% if age ≤ 99 %}moins de cent{% endif %}.",
        "Différent : {% if age ≠ 18 %}autre{% endif %}.",
        f"Insécable après l’accolade : {{{NBSP}% if oui %{NBSP}}}oui{{% endif %}}.",
        f"Insécables dans la balise : {{{{{NBSP}montant{NARROW}|{NBSP}euros{NBSP}}}}}.",
        "Apostrophe dans un texte : {{ \"l’été\" }}.",
        "Accents : {{ prénom }}.",
        "Accents décomposés : {{ pre\u0301nom }}.",
        "Hors balise : « l’été » – 3 ≥ 2 … { seule } → fin."])
    path = os.path.join(folder, "first.odt")
    writer.save(document, path)
    document.close(True)
    return path


def porteurs(writer, folder):
    document = writer.new()
    lines(document, ["Texte : {{ nom }}.", "Champ à remplir : .", "Saisie : .", "Variable : .",
                     "Liste : .", "Condition : .",
                     "Mélange : {% if oui %}, {{ ville }}{% endif %}."])

    def put(after, field):
        place = find(document, after, 0, len(after))
        place.Text.insertTextContent(place, field, False)

    def field(service, **properties):
        made = document.createInstance("com.sun.star.text.textfield." + service)
        for name, content in properties.items():
            setattr(made, name, content)
        return made

    put("Champ à remplir : ", field("JumpEdit", PlaceHolder="{{ nom }}", Hint="nom du bénéficiaire"))
    put("Saisie : ", field("Input", Content="{{ montant | euros }}", Hint="montant"))
    master = document.createInstance("com.sun.star.text.fieldmaster.User")
    master.Name, master.Content = "reference", "{{ reference }}"
    user = document.createInstance("com.sun.star.text.textfield.User")
    user.attachTextFieldMaster(master)
    put("Variable : ", user)
    put("Liste : ", field("DropDown", Items=("{{ ville }}", "{{ nom }}"), SelectedItem="{{ ville }}"))
    put("Condition : ", field("ConditionalText", Condition="1 == 1", TrueContent="{{ nom }}",
                              FalseContent="{{ prenom }}"))
    put("Mélange : {% if oui %}", field("JumpEdit", PlaceHolder="{{ prenom }}", Hint=""))
    document.TextFields.refresh()
    path = os.path.join(folder, "first.odt")
    writer.save(document, path)
    document.close(True)
    return path


def lieux(writer, folder):
    document = writer.new()
    body = document.Text
    properties = document.DocumentProperties
    properties.Title = "Titre {{ reference }}"
    properties.Subject = "Sujet {{ reference }}"
    properties.Description = "Description {{ reference }}"
    properties.Keywords = ("clé {{ reference }}",)
    properties.UserDefinedProperties.addProperty("dossier", 0, "propriété {{ reference }}")
    style = document.StyleFamilies.getByName("PageStyles").getByName("Standard")
    style.HeaderIsOn = style.FooterIsOn = True
    style.HeaderIsShared = style.FooterIsShared = False
    style.FirstIsShared = False
    for name in ("HeaderText", "HeaderTextLeft", "HeaderTextFirst",
                 "FooterText", "FooterTextLeft", "FooterTextFirst"):
        getattr(style, name).String = name + " {{ nom }}"
    lines(document, ["Article {{ reference }}", "Corps {{ nom }}.", "Note.", "Cadre.", "Zone.",
                     "Forme.", "Image.", "premier {{ nom }}", "Section.",
                     "Légende  : {{ nom }}", "Dernier."])
    find(document, "Article {{").ParaStyleName = "Heading 1"
    find(document, "premier {{").ParaStyleName = "List 1"
    rules = document.createInstance("com.sun.star.text.NumberingRules")
    find(document, "premier {{").NumberingRules = rules
    find(document, "Légende").ParaStyleName = "Illustration"
    for service, text in (("Footnote", "note {{ nom }}"), ("Endnote", "note finale {{ nom }}")):
        note = document.createInstance("com.sun.star.text." + service)
        place = find(document, "Note", 0, 4)
        place.Text.insertTextContent(place, note, False)
        note.insertString(note.End, text, False)
    frame = document.createInstance("com.sun.star.text.TextFrame")
    frame.setSize(uno.createUnoStruct("com.sun.star.awt.Size", 5000, 800))
    place = find(document, "Cadre", 0, 5)
    body.insertTextContent(place, frame, False)
    frame.Name = "Encadré"
    frame.Title, frame.Description = "cadre {{ nom }}", "texte du cadre {{ nom }}"
    frame.insertString(frame.End, "cadre {{ nom }}", False)
    for anchor, service, text in (("Zone", "TextShape", "zone {{ nom }}"),
                                  ("Forme", "CustomShape", "forme {{ nom }}")):
        shape = document.createInstance("com.sun.star.drawing." + service)
        shape.setSize(uno.createUnoStruct("com.sun.star.awt.Size", 5000, 900))
        place = find(document, anchor + ".", 0, len(anchor))
        shape.AnchorType = uno.Enum("com.sun.star.text.TextContentAnchorType", "AS_CHARACTER")
        body.insertTextContent(place, shape, False)
        if service == "CustomShape":
            shape.CustomShapeGeometry = (value("Type", "rectangle"),)
        shape.String = text
    picture_file = os.path.join(folder, "pixel.png")
    with open(picture_file, "wb") as file:
        file.write(PIXEL)
    picture = document.createInstance("com.sun.star.text.TextGraphicObject")
    picture.Graphic = writer.graphic(picture_file)
    picture.setSize(uno.createUnoStruct("com.sun.star.awt.Size", 500, 500))
    place = find(document, "Image", 0, 5)
    body.insertTextContent(place, picture, False)
    picture.Name = "Photo"
    picture.Title, picture.Description = "photo {{ nom }}", "portrait de {{ nom }}"
    section = document.createInstance("com.sun.star.text.TextSection")
    section.Name = "Section1"
    place = find(document, "Section.")
    place.String = "section {{ nom }}"
    body.insertTextContent(find(document, "section {{ nom }}"), section, True)
    sequence = document.createInstance("com.sun.star.text.textfield.SetExpression")
    sequence.attachTextFieldMaster(document.TextFieldMasters.getByName(
        "com.sun.star.text.fieldmaster.SetExpression.Illustration"))
    sequence.Content, sequence.NumberingType = "Illustration+1", 4
    place = find(document, "Légende ", 0, 8)
    body.insertTextContent(place, sequence, False)
    table = document.createInstance("com.sun.star.text.TextTable")
    table.initialize(2, 2)
    place = find(document, "Dernier", 0, 0)
    body.insertTextContent(place, table, False)
    table.Name = "Échéancier"
    table.getCellByName("A1").String = "titre {{ nom }}"
    table.getCellByName("B1").String = "valeur"
    table.getCellByName("A2").String = "{% for l in lignes %}{{ l.nom }}"
    table.getCellByName("B2").String = "{{ l.montant }}{% endfor %}"
    inner = document.createInstance("com.sun.star.text.TextTable")
    inner.initialize(1, 1)
    cell = table.getCellByName("B1")
    cell.insertTextContent(cell.createTextCursorByRange(cell.End), inner, False)
    inner.Name = "Intérieur"
    inner.getCellByName("A1").String = "dedans {{ nom }}"
    index = document.createInstance("com.sun.star.text.ContentIndex")
    index.Title = "Sommaire de {{ nom }}"
    index.CreateFromOutline = True
    place = find(document, "Dernier", 0, 0)
    body.insertTextContent(place, index, False)
    index.update()
    path = os.path.join(folder, "first.odt")
    writer.save(document, path)
    document.close(True)
    return path


def suivi(writer, folder):
    document = writer.new()
    lines(document, ["Insérée : .", "Supprimée : {{ ancien }}fin.", "Remplacée : {{ nmo }}.",
                     "À côté : {{ nom }}.", "Bloc inséré : .", "Dernier {{ nom }}."])
    document.RecordChanges = True
    place = find(document, "Insérée : ", 0, 10)
    place.Text.insertString(place, "{{ nom }}", False)
    find(document, "{{ ancien }}").String = ""
    place = find(document, "{{ nmo }}")
    place.String = ""
    place.Text.insertString(place.End, "{{ reference }}", False)
    place = find(document, "À côté : ", 0, 9)
    place.Text.insertString(place, "ajouté ", False)
    place = find(document, "Bloc inséré : ", 0, 14)
    place.Text.insertString(place, "{% if oui %}oui{% endif %}", False)
    document.RecordChanges = False
    path = os.path.join(folder, "first.odt")
    writer.save(document, path)
    document.close(True)
    return path


def refus(writer, folder):
    document = writer.new()
    lines(document, [
        "Objet",
        "Suivie à moitié : {{ nom }}.",
        "Effacée à moitié : {{ prenom }}.",
        "Capitale : {{ Nom }}.",
        "Accent : {{ réference }}.",
        "Inconnu : {{ nom § 2 }}.",
        "Flèche : {{ nom → nom }}.",
        "Points : {{ nom … }}.",
        "Accolades : { { nom } }.",
        "Condition : .",
        "Masqué : .",
        "Lien vers le site.",
        "Mot-clé : {% If oui %}oui{% endif %}."])
    find(document, "Objet").ParaStyleName = "Heading 1"
    find(document, "le site").HyperLinkURL = "https://{{ site }}/"

    def put(after, service, **properties):
        field = document.createInstance("com.sun.star.text.textfield." + service)
        for name, content in properties.items():
            setattr(field, name, content)
        place = find(document, after, 0, len(after))
        place.Text.insertTextContent(place, field, False)

    put("Condition : ", "ConditionalText", Condition="page == 1", TrueContent="{{ nom }}",
        FalseContent="{{ prenom }}")
    put("Masqué : ", "HiddenText", Condition="1 == 0", Content="{{ nom }}")
    document.RecordChanges = True
    place = find(document, "{{ nom }}", 0, 6)
    place.Text.insertString(place, "bre", False)
    find(document, "prenom", 3).String = ""
    document.RecordChanges = False
    path = os.path.join(folder, "first.odt")
    writer.save(document, path)
    document.close(True)
    return path


def convert(path, suffix, folder):
    """What LibreOffice saves after opening `path`; gives the new file's path."""
    subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/converter", "--headless",
                    "--convert-to", suffix[1:] + ":" + FILTERS[suffix], "--outdir", folder, path],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return os.path.join(folder, os.path.splitext(os.path.basename(path))[0] + suffix)


def main():
    out = os.path.abspath(sys.argv[1])
    os.makedirs(out, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        writer = Writer(folder)
        files = []
        try:
            for make in (retouches, autocorrection, porteurs, lieux, suivi, refus):
                own = os.path.join(folder, make.__name__)
                os.makedirs(own)
                files.append((make.__name__, make(writer, own)))
        finally:
            writer.close()
        # Opened and saved again in both forms: what a second author gets and gives back.
        for suffix in (".odt", ".fodt"):
            target = os.path.join(folder, "saved" + suffix)
            os.makedirs(target)
            for name, path in files:
                os.rename(convert(path, suffix, target), os.path.join(out, name + suffix))


if __name__ == "__main__":
    main()
