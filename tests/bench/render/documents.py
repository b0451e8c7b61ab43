#!/usr/bin/python3
"""documents.py letter | plan | convention ARTICLES > TEMPLATE.fodt: templates of the loan's data.

A letter of one page, a repayment plan of 36 rows, and a convention whose articles make as many
pages as are asked for: about five articles a page. Everything is fictional.
"""
import sys

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:meta><dc:title>%(title)s</dc:title><dc:language>fr-FR</dc:language></office:meta>
<office:font-face-decls>
<style:font-face style:name="Liberation Serif" svg:font-family="&apos;Liberation Serif&apos;"/>
<style:font-face style:name="Liberation Sans" svg:font-family="&apos;Liberation Sans&apos;"/>
</office:font-face-decls>
<office:styles>
<style:default-style style:family="paragraph"><style:paragraph-properties fo:orphans="2" fo:widows="2"/><style:text-properties style:font-name="Liberation Serif" fo:font-size="11pt" fo:language="fr" fo:country="FR"/></style:default-style>
<style:style style:name="Standard" style:family="paragraph"/>
<style:style style:name="Text_20_body" style:display-name="Text body" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:margin-bottom="0.21cm" fo:text-align="justify"/></style:style>
<style:style style:name="Title" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:text-align="center" fo:margin-bottom="0.4cm"/><style:text-properties style:font-name="Liberation Sans" fo:font-size="16pt" fo:font-weight="bold"/></style:style>
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph" style:parent-style-name="Standard" style:default-outline-level="1"><style:paragraph-properties fo:margin-top="0.4cm" fo:margin-bottom="0.2cm" fo:keep-with-next="always"/><style:text-properties style:font-name="Liberation Sans" fo:font-size="12pt" fo:font-weight="bold"/></style:style>
<style:style style:name="Cell" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:text-align="end"/><style:text-properties fo:font-size="9.5pt"/></style:style>
<style:style style:name="Strong" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
</office:styles>
<office:automatic-styles>
<style:page-layout style:name="pm1"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-top="2cm" fo:margin-bottom="2cm" fo:margin-left="2.25cm" fo:margin-right="2.25cm"/></style:page-layout>
<style:style style:name="T" style:family="table"><style:table-properties style:width="16.5cm" table:align="margins" table:border-model="collapsing"/></style:style>
<style:style style:name="T.A" style:family="table-column"><style:table-column-properties style:column-width="2.75cm"/></style:style>
<style:style style:name="T.1" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #808080" fo:padding="0.05cm"/></style:style>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm1"/></office:master-styles>
<office:body><office:text>
"""
TAIL = "</office:text></office:body>\n</office:document>"

PARTIES = [
    "Entre <text:span text:style-name=\"Strong\">{{ preteur.nom }}</text:span>, {{ preteur.siege }}, représentée par {{ preteur.signataire }},",
    "et {{ emprunteur.civilite }} {{ emprunteur.prenom }} {{ emprunteur.nom | upper }}, demeurant {{ emprunteur.adresse }},",
]
LETTER = [
    "{{ emprunteur.civilite }},",
    "Vous avez demandé à {{ preteur.nom }} un prêt de {{ pret.montant | euros }} destiné à l’équipement de votre logement. Nous avons le plaisir de vous faire savoir que votre demande, enregistrée sous la référence {{ pret.reference }}, a été acceptée le {{ pret.date | date_longue }}.",
    "Le prêt se rembourse en trente-six mensualités de <text:span text:style-name=\"Strong\">{{ pret.mensualite | euros }}</text:span>, la première le {{ echeances[0].date | date_longue }}. Le taux débiteur est de {{ pret.taux }} % l’an ; vous rembourserez en tout {{ pret.total | euros }}.",
    "Si l’une de ces échéances vous paraît difficile à tenir, appelez sans attendre {{ conseiller.nom }} au {{ conseiller.telephone }} : un report ou un étalement se décide en quelques jours, et rien ne vous sera compté pour l’avoir demandé.",
    "Vous pouvez renoncer à ce prêt dans les quatorze jours qui suivent la signature, sans donner de motif, par une simple lettre à l’adresse ci-dessous.",
    "Nous vous prions d’agréer, {{ emprunteur.civilite }}, l’expression de nos salutations distinguées.",
    "{{ preteur.signataire }}, pour {{ preteur.nom }}, {{ preteur.siege }}",
]
PLAN = [
    "Le présent plan règle le remboursement de {{ pret.montant | euros }} par {{ emprunteur.civilite }} {{ emprunteur.prenom }} {{ emprunteur.nom | upper }}. Il remplace tout plan antérieur.",
]
SUBJECTS = ["Accueil des ménages", "Remise en état du logement", "Suivi des dépenses d’énergie",
            "Échange d’informations", "Médiation entre voisins", "Garantie des loyers",
            "Visite annuelle", "Accès aux parties communes", "Bilan et évaluation"]
SENTENCES = [
    "La Fondation des Toits Clairs met à disposition de l’opérateur les locaux, les plans et les relevés utiles à sa mission.",
    "L’opérateur rend compte chaque trimestre de ce qu’il a fait, de ce qui reste à faire et des obstacles rencontrés.",
    "Aucune somme n’est demandée au ménage pour les démarches que prévoit cet article.",
    "Lorsque deux avis s’opposent, chacun est écrit et signé, puis joint au dossier sans être résumé.",
    "Les relevés sont conservés trois ans ; au-delà, ils sont détruits sauf demande expresse de l’intéressé.",
    "Un retard de plus de dix jours est signalé par écrit, avec sa cause et la nouvelle date prévue.",
    "Les parties désignent chacune une personne qui répond aux questions dans un délai de deux jours ouvrés.",
    "La visite se fait en présence du ménage, à l’heure qu’il a choisie, et donne lieu à un constat remis sur place.",
    "Toute modification est décidée à deux et datée ; un accord verbal ne suffit pas.",
    "Les travaux urgents sont engagés sans attendre, puis justifiés par des factures et des photographies.",
    "Chaque ménage peut demander à être accompagné par la personne de son choix.",
]
FIELDS = [
    "La référence {{ pret.reference }} figure sur chaque pièce adressée à {{ emprunteur.prenom }} {{ emprunteur.nom }}.",
    "La contribution de {{ preteur.nom }} est plafonnée à {{ pret.montant | euros }}.",
    "Les demandes sont adressées à {{ conseiller.nom }} ({{ conseiller.telephone }}).",
]
COLUMNS = [("N°", "numero }}"), ("Échéance", "date | date_longue }}"), ("Mensualité", "mensualite | euros }}"),
           ("Intérêts", "interets | euros }}"), ("Capital", "capital | euros }}"),
           ("Reste dû", "reste | euros }}")]


def paragraph(text, style="Text_20_body"):
    return '<text:p text:style-name="%s">%s</text:p>\n' % (style, text)


def heading(text):
    return '<text:h text:style-name="Heading_20_1" text:outline-level="1">%s</text:h>\n' % text


def row(cells):
    return "<table:table-row>\n%s</table:table-row>\n" % "".join(
        '<table:table-cell table:style-name="T.1" office:value-type="string">%s</table:table-cell>\n'
        % paragraph(cell, "Cell").rstrip() for cell in cells)


def schedule():
    cells = ["{{ echeance." + field for _, field in COLUMNS]
    cells[0] = "{% for echeance in echeances %}" + cells[0]
    cells[-1] += "{% endfor %}"
    return ('<table:table table:name="Echeancier" table:style-name="T">'
            '<table:table-column table:style-name="T.A" table:number-columns-repeated="6"/>\n'
            "<table:table-header-rows>%s</table:table-header-rows>\n%s</table:table>\n"
            % (row([name for name, _ in COLUMNS]), row(cells)))


def articles(count):
    for number in range(count):
        yield heading("Article %d — %s" % (number + 1, SUBJECTS[number % len(SUBJECTS)]))
        for part in range(2):
            start = number * 7 + part * 3
            chosen = [SENTENCES[(start + step * (1 + number % 3)) % len(SENTENCES)] for step in range(3)]
            chosen.insert(1 + part, FIELDS[(number + part) % len(FIELDS)])
            yield paragraph(" ".join(chosen))


def main():
    name = sys.argv[1]
    if name == "letter":
        title, body = "Acceptation de votre demande", [paragraph(text) for text in LETTER]
    elif name == "plan":
        title, body = "Plan de remboursement", [paragraph(text) for text in PLAN] + [schedule()]
    else:
        title = "Convention d’accompagnement"
        body = [paragraph(text) for text in PARTIES] + list(articles(int(sys.argv[2])))
    sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(HEAD % {"title": title} + paragraph(title, "Title") + "".join(body) + TAIL)


main()
