"""peer_rows.py FOLDER: the rows of the peers, after a look into what each of them made: a peer that
left out the schedule is no peer."""
import json
import re
import sys
import zipfile

folder = sys.argv[1]


def text_of(path, member):
    if member is None:
        with open(path, encoding="utf-8") as file:
            return file.read()
    with zipfile.ZipFile(path) as package:
        return package.read(member).decode("utf-8")


for name, figures, made, member in (
        ("Carbone 3.8.2, .fodt", "carbone-fodt.json", "carbone.out.fodt", None),
        ("Carbone 3.8.2, .odt", "carbone-odt.json", "carbone.out.odt", "content.xml"),
        ("relatorio 0.10.1, .odt", "relatorio.json", "relatorio.out.odt", "content.xml"),
        ("docxtpl 0.16.5, .docx", "docxtpl.json", "docxtpl.out.docx", "word/document.xml")):
    text = re.sub("<[^>]*>", " ", text_of("%s/%s" % (folder, made), member))
    reference = re.search(r"PR-2026-\d{5}", text)
    amounts = len(re.findall(r"\d,\d\d", text))
    if not reference or amounts < 4 * 36 or "{{" in text or "{d." in text:
        sys.exit("%s did not fill the contract: %s amounts" % (name, amounts))
    with open("%s/%s" % (folder, figures), encoding="utf-8") as file:
        measured = json.load(file)
    wall, cpu = sorted(measured["wall"]), sorted(measured["cpu"])
    print("| %s | %.2f | %.2f | %.2f | %.2f | peak %.0f MB |" % (
        name, wall[len(wall) // 2], wall[0], wall[len(wall) * 95 // 100], cpu[len(cpu) // 2],
        measured["megabytes"]))
