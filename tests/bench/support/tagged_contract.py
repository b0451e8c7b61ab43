#!/usr/bin/python3
"""tagged_contract.py SAMPLE.fodt > TEMPLATE.fodt: puts tags where the sample contract has its case.

The sample is a finished loan contract of four pages with a schedule of 36 rows. Every passage that
depends on the case becomes a field, the schedule one row that repeats, and the borrower's cell a
signature slot. A passage that is not found ends the program, so that a changed sample is noticed.
"""
import re
import sys

FIELDS = [
    (r"PR-2025-00417", "{{ pret.reference }}"),
    (r"établi à Rouen le 14 février 2025", "établi à {{ pret.lieu }} le {{ pret.date | date_longue }}"),
    (r"Fait à Rouen, le 14 février 2025", "Fait à {{ pret.lieu }}, le {{ pret.date | date_longue }}"),
    (r"Association Le Pont Solidaire", "{{ preteur.nom }}"),
    (r"27, rue des Bons-Enfants, 76000 Rouen", "{{ preteur.siege }}"),
    (r"412\s873\s559\s00024", "{{ preteur.siret }}"),
    (r"Madame Hélène Vasseur-Lemoine", "{{ preteur.signataire }}"),
    (r"Monsieur Karim BENSAÏD",
     "{{ emprunteur.civilite }} {{ emprunteur.prenom }} {{ emprunteur.nom | upper }}"),
    (r"né le 3 octobre 1984 à Elbeuf \(Seine-Maritime\)",
     "né le {{ emprunteur.naissance | date_longue }} à {{ emprunteur.lieu_naissance }}"),
    (r"d’ambulancier", "de {{ emprunteur.profession }}"),
    (r"14, allée des Tilleuls, 76300 Sotteville-lès-Rouen", "{{ emprunteur.adresse }}"),
    (r"12\s000,00\s€", "{{ pret.montant | euros }}"),
    (r"douze mille euros", "{{ pret.montant | en_lettres }}"),
    (r"2,40\s%", "{{ pret.taux }} %"),
    (r"2,43\s%", "{{ pret.taeg }} %"),
    (r"12\s449,16\s€", "{{ pret.total | euros }}"),
    (r"345,81\s€, la dernière", "{{ pret.mensualite | euros }}, la dernière"),
    (r"constantes de 345,81\s€", "constantes de {{ pret.mensualite | euros }}"),
    (r"le 5 mars 2025\.", "le {{ echeances[0].date | date_longue }}."),
    (r"Madame Sylvie Dufour-Cœuret", "{{ conseiller.nom }}"),
    (r"02\s35\s00\s00\s00", "{{ conseiller.telephone }}"),
    (r"Signature précédée de la mention", "{{ signature(\"emprunteur\") }}Signature précédée de la mention"),
]
CELLS = [
    "{% for echeance in echeances %}{{ echeance.numero }}",
    "{{ echeance.date | date_longue }}",
    "{{ echeance.mensualite | euros }}",
    "{{ echeance.interets | euros }}",
    "{{ echeance.capital | euros }}",
    "{{ echeance.reste | euros }}{% endfor %}",
]


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        text = file.read()
    rows = re.findall(r'<table:table-row table:style-name="TE\.row">.*?</table:table-row>\n?', text, re.S)
    if len(rows) != 36:
        sys.exit("the sample's schedule has %d rows, not 36" % len(rows))
    cells = iter(CELLS)
    row = re.sub(r"(<text:p [^>]*>)[^<]*(</text:p>)", lambda m: m[1] + next(cells) + m[2], rows[0])
    text = text.replace("".join(rows), row)
    for passage, field in FIELDS:
        text, found = re.subn(passage, lambda _: field, text)
        if not found:
            sys.exit("the sample does not say: " + passage)
    sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(text)


main()
