#include <array>

#include "template/explanations.hpp"

namespace paraphe::tmpl {

namespace {

using Example = Explanation::Example;

// clang-format off
const std::array catalogue{
    Explanation{
        "P0200", "Accolades qui n’appartiennent à aucune balise",
        "Deux accolades ou une accolade et un pour-cent se suivent sans former une balise complète.",
        "Le contrat signé porterait « {{ » au milieu d’une phrase, ou une donnée manquerait sans que personne le voie.",
        "Complétez la balise, ôtez l’espace entre les deux signes, ou supprimez-les.",
        Example::text, "Entre { { nom }} et le Département", "Entre {{ nom }} et le Département"},
    Explanation{
        "P0201", "Balise prise dans une modification suivie",
        "Une partie de la balise est une insertion ou une suppression que Writer garde en attente ; l’autre ne l’est pas.",
        "On ne sait pas si la balise fait partie du texte : elle pourrait disparaître quand quelqu’un refusera la modification.",
        "Dans Writer, acceptez ou refusez la modification (Édition, Suivi des modifications), puis enregistrez.",
        Example::markup,
        "<text:tracked-changes><text:changed-region text:id=\"c\"><text:insertion><office:change-info><dc:creator>Juriste</dc:creator><dc:date>2026-01-05T10:00:00</dc:date></office:change-info></text:insertion></text:changed-region></text:tracked-changes><text:p>{{ no<text:change-start text:change-id=\"c\"/>m }}<text:change-end text:change-id=\"c\"/></text:p>",
        "<text:p>{{ nom }}</text:p>"},
    Explanation{
        "P0202", "Bloc qui n’est pas fermé, ou fermé sans être ouvert",
        "Chaque {% if %} attend son {% endif %}, chaque {% for %} son {% endfor %}, chaque {% with %} son {% endwith %}.",
        "On ne sait pas où finit le passage soumis à la condition : la suite du contrat pourrait disparaître avec lui.",
        "Ajoutez la balise de fin à la fin du passage, ou supprimez celle qui est de trop.",
        Example::text, "{% if accord %}Le ménage accepte.", "{% if accord %}Le ménage accepte.{% endif %}"},
    Explanation{
        "P0203", "Bloc qui coupe le document de travers",
        "Le bloc commence dans un passage et finit dans un autre : au milieu d’un paragraphe, dans deux cellules de lignes différentes, dans deux cadres.",
        "Retirer le passage laisserait des moitiés de paragraphes ou de tableaux.",
        "Mettez chaque balise seule dans son paragraphe, ou les deux dans la même ligne du tableau.",
        Example::markup,
        "<text:p>Début {% if accord %} milieu</text:p><text:p>suite {% endif %} fin</text:p>",
        "<text:p>{% if accord %}</text:p><text:p>Début, milieu, suite et fin</text:p><text:p>{% endif %}</text:p>"},
    Explanation{
        "P0204", "Clause introuvable ou mal incluse",
        "Le fichier nommé par {% include %} n’existe pas, s’inclut lui-même, ou ne peut pas prendre place ici.",
        "Une clause manquante, c’est une obligation ou une voie de recours que le contrat ne mentionne pas.",
        "Vérifiez le nom de la clause dans le dossier des modèles, entre guillemets ; mettez la balise seule dans son paragraphe.",
        Example::text, "{% include \"clauses/rapel\" %}", "{% include \"clauses/rappel\" %}"},
    Explanation{
        "P0205", "Emplacement de signature mal écrit ou répété",
        "{{ signature(\"…\") }} attend le nom d’un signataire entre guillemets, une seule fois, hors d’une boucle.",
        "Deux cases pour une personne : l’une resterait vide, et l’on discuterait de la validité de la signature.",
        "Écrivez {{ signature(\"beneficiaire\") }} une seule fois, à l’endroit où la personne signe.",
        Example::text, "{{ signature(nom) }}", "{{ signature(\"beneficiaire\") }}"},
    Explanation{
        "P0206", "Signataire inconnu",
        "Aucun signataire du déroulement ne porte ce nom.",
        "La case ne serait jamais présentée à personne : le contrat resterait à signer.",
        "Corrigez le nom du signataire, ou ajoutez-le au déroulement.",
        Example::text, "{{ signature(\"beneficiare\") }}", "{{ signature(\"beneficiaire\") }}"},
    Explanation{
        "P0207", "Balise là où elle n’est pas lue",
        "La balise est écrite dans une propriété du document (nom d’un style, formule) et non dans son texte, ou c’est une instruction {% … %} dans l’adresse d’un lien, qui ne prend que des valeurs {{ … }}.",
        "Elle ne serait pas remplie : le lecteur du document la verrait telle quelle.",
        "Écrivez-la dans le texte du document.",
        Example::markup, "<text:p text:style-name=\"{{ nom }}\">Bonjour</text:p>", "<text:p>Bonjour {{ nom }}</text:p>"},
    Explanation{
        "P0208", "Balise dont une moitié a une autre mise en forme",
        "Une partie seulement de la balise est en gras, en italique ou dans un autre style.",
        "La donnée imprimée n’aura qu’une mise en forme, celle du premier mot de la balise, et non celle que l’on croit.",
        "Sélectionnez toute la balise et donnez-lui une seule mise en forme.",
        Example::markup, "<text:p>{{ no<text:span text:style-name=\"Accentuation\">m</text:span> }}</text:p>", "<text:p><text:span text:style-name=\"Accentuation\">{{ nom }}</text:span></text:p>"},
    Explanation{
        "P0210", "Clause qui a besoin d’un champ que ce modèle n’a pas",
        "La clause incluse emploie un champ qui ne figure ni dans les données de ce genre ni dans le « with » de son inclusion.",
        "Le contrat ne pourrait pas être produit : la donnée manquerait au milieu de la clause.",
        "Donnez le champ par with {…}, ajoutez-le aux données du genre, ou choisissez une autre clause.",
        Example::told, "{% include \"clauses/rappel\" %} dans un genre sans « beneficiaire »", "{% include \"clauses/rappel\" with {\"beneficiaire\": menage[0]} %}"},
    Explanation{
        "P0211", "Propriété « champs » d’une clause qui ne se lit pas",
        "La clause annonce les champs dont elle a besoin dans sa propriété personnalisée « champs » ; l’un d’eux n’a pas la forme d’un nom de champ.",
        "On ne saurait pas quelles données la clause attend.",
        "Écrivez des noms séparés par des virgules, avec des points entre un champ et ce qu’il contient.",
        Example::told, "champs : le nom du bénéficiaire", "champs : beneficiaire.nom, date_debut"},
    Explanation{
        "P0212", "Champ employé par une clause sans être annoncé",
        "La clause annonce ses champs dans sa propriété « champs », mais en emploie un autre.",
        "Qui choisit la clause d’après ce qu’elle annonce découvrirait trop tard qu’il lui faut une donnée de plus.",
        "Ajoutez le champ à la propriété (Fichier, Propriétés, Propriétés personnalisées), ou ôtez la balise.",
        Example::told, "champs : beneficiaire.nom — et {{ montant }} dans le texte", "champs : beneficiaire.nom, montant"},
    Explanation{
        "P0213", "Clause qui ne peut pas entrer à cet endroit",
        "La clause contient ce que l’endroit où elle est incluse n’accepte pas : un tableau dans un élément de liste, une note dans une note ou un en-tête, une modification suivie.",
        "Writer refuserait le document, ou perdrait le passage sans le dire.",
        "Mettez la balise ailleurs, ou ôtez de la clause ce qui n’y tient pas.",
        Example::told, "une clause avec un tableau, incluse dans un élément de liste", "la même clause, incluse dans un paragraphe hors de la liste"},
    Explanation{
        "P0214", "Modèle trop grand",
        "Le modèle avec ses clauses dépasse deux millions d’éléments, ou inclut des clauses plus de deux mille fois.",
        "Le produire demanderait trop de temps et de mémoire pour tous.",
        "Partagez-le en plusieurs modèles, ou remplacez les répétitions par une boucle {% for %}.",
        Example::told, "le même paragraphe copié un million de fois", "une boucle {% for %} sur une liste"},
    Explanation{
        "P0215", "Blocs trop imbriqués",
        "Plus de cent blocs sont ouverts les uns dans les autres.",
        "Personne ne peut relire un tel passage ; le plus souvent, il manque des balises de fin.",
        "Fermez chaque bloc dès que son passage finit.",
        Example::told, "cent un {% if … %} sans {% endif %} entre eux", "{% if … %}…{% endif %} l’un après l’autre"},
    Explanation{
        "P0216", "Bloc qui coupe une cellule fusionnée",
        "Le bloc répète ou ôte une partie seulement des lignes qu’une cellule fusionnée couvre.",
        "Les cellules du tableau glisseraient : des montants se liraient dans la mauvaise colonne.",
        "Mettez toutes les lignes de la cellule dans le bloc, ou défaites la fusion.",
        Example::markup,
        "<table:table><table:table-column table:number-columns-repeated=\"2\"/><table:table-row><table:table-cell table:number-rows-spanned=\"2\"><text:p>Adresse</text:p></table:table-cell><table:table-cell><text:p>Rue</text:p></table:table-cell></table:table-row><table:table-row><table:covered-table-cell/><table:table-cell><text:p>{% if accord %}Ville{% endif %}</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell table:number-rows-spanned=\"2\"><text:p>{% if accord %}Compte</text:p></table:table-cell><table:table-cell><text:p>Banque{% endif %}</text:p></table:table-cell></table:table-row><table:table-row><table:covered-table-cell/><table:table-cell><text:p>Titulaire</text:p></table:table-cell></table:table-row></table:table>",
        "<table:table><table:table-column table:number-columns-repeated=\"2\"/><table:table-row><table:table-cell table:number-rows-spanned=\"2\"><text:p>{% if accord %}Compte</text:p></table:table-cell><table:table-cell><text:p>Banque</text:p></table:table-cell></table:table-row><table:table-row><table:covered-table-cell/><table:table-cell><text:p>Titulaire{% endif %}</text:p></table:table-cell></table:table-row></table:table>"},
    Explanation{
        "P0217", "Formule de Writer dans un tableau dont les lignes se répètent",
        "Une cellule du tableau calcule avec des adresses de cellules, et les lignes du tableau se répètent ou disparaissent.",
        "L’adresse désignerait une autre cellule dans chaque document : le total serait faux.",
        "Remplacez la formule par une balise qui calcule avec les données.",
        Example::markup,
        "<table:table><table:table-column/><table:table-row><table:table-cell><text:p>{% if accord %}</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>100</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>{% endif %}</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell table:formula=\"ooow:sum&lt;A1:A2&gt;\"><text:p>100</text:p></table:table-cell></table:table-row></table:table>",
        "<table:table><table:table-column/><table:table-row><table:table-cell><text:p>100</text:p></table:table-cell></table:table-row></table:table>"},
    Explanation{
        "P0218", "Boucles qui font trop de tours",
        "Les boucles du document font ensemble plus de deux millions de tours.",
        "Le document ne serait lu par personne, et le produire arrêterait tout le reste.",
        "Réduisez la liste, ou faites plusieurs documents.",
        Example::told, "une boucle dans une boucle sur la même grande liste", "une seule boucle"},
    Explanation{
        "P0219", "Document trop grand",
        "Le document produit dépasse quatre millions d’éléments ou 256 Mo de texte.",
        "Ni Writer ni un lecteur de PDF ne l’ouvrirait.",
        "Réduisez la liste, ou faites plusieurs documents.",
        Example::told, "une annexe de plusieurs pages répétée cent mille fois", "un document par personne"},
    Explanation{
        "P0230", "Titres qui sautent un niveau",
        "Un titre suit un titre de plus d’un niveau au-dessus de lui : un titre 3 juste après un titre 1.",
        "La table des matières a un trou, et qui écoute le contrat cherche le passage qui manquerait.",
        "Donnez au titre le niveau qui suit, ou mettez-le sous la même condition que le titre au-dessus de lui.",
        Example::told, "Titre 1 « Objet », puis Titre 3 « Détail »", "Titre 1 « Objet », puis Titre 2 « Détail »"},
    Explanation{
        "P0231", "Premier titre qui n’est pas de niveau 1",
        "Le document commence par un titre de niveau 2 ou plus bas.",
        "La numérotation commence par 0.1, et le plan du document n’a pas de tête.",
        "Donnez au premier titre le style Titre 1.",
        Example::told, "Titre 2 « Objet » en tête du document", "Titre 1 « Objet » en tête du document"},
    Explanation{
        "P0232", "Titre vide",
        "Un titre n’a pas de texte, ou n’en a plus quand une donnée facultative ou une condition manque.",
        "Le contrat porterait « Article 5 — » suivi de rien : on se demandera ce qui a été retiré.",
        "Écrivez le titre, ou mettez-le en entier sous la condition.",
        Example::told, "Titre qui ne contient que {{ annexe | default(\"\") }}",
        "{% if annexe %} seul dans son paragraphe, le titre {{ annexe }}, puis {% endif %}"},
    Explanation{
        "P0233", "Paragraphe qui n’a que l’aspect d’un titre",
        "Le paragraphe a un style de titre, mais plus de niveau de plan.",
        "Il n’est ni numéroté ni dans la table des matières : le numéro des articles suivants est faux.",
        "Dans Format, Paragraphe, Plan et liste, rendez-lui son niveau de plan.",
        Example::told, "Paragraphe de style Titre 1 au niveau de plan « Corps de texte »", "Le même au niveau de plan 1"},
    Explanation{
        "P0234", "Numéro d’article tapé à la main",
        "« Article 4 » est écrit dans le texte au lieu d’être compté par Writer.",
        "Dès qu’une condition retire un article, la numérotation a un trou et les renvois tombent à côté.",
        "Employez le style Titre 1 et Outils, Numérotation des chapitres.",
        Example::told, "Le texte « Article 4 — Durée »", "« Durée » en style Titre 1, avec le préfixe « Article »"},
    Explanation{
        "P0235", "Numéros d’articles qui ne se suivent pas",
        "Un numéro tapé à la main se répète ou en saute un.",
        "« L’article 4 » désigne deux textes, ou aucun : on plaidera sur celui qu’il fallait lire.",
        "Corrigez le numéro, ou laissez Writer numéroter.",
        Example::told, "« Article 2 — Durée », puis « Article 4 — Fin »", "« Article 2 — Durée », puis « Article 3 — Fin »"},
    Explanation{
        "P0237", "Tableau dont les lignes se répètent sans en-tête",
        "Une boucle remplit les lignes d’un tableau qui n’a pas de ligne d’en-tête.",
        "Sur la page suivante, et à l’oreille, plus rien ne dit ce que sont les montants.",
        "Dans Tableau, Propriétés, Enchaînements, cochez « Répéter le titre ».",
        Example::told, "{% for ligne in lignes %} dans un tableau sans titre répété", "Le même tableau, titre répété coché"},
    Explanation{
        "P0238", "Langue du document absente ou autre que le français",
        "Le style par défaut n’indique pas de langue, ou en indique une autre.",
        "La césure est fausse, et un lecteur d’écran lit le contrat avec la voix d’une autre langue.",
        "Choisissez « Français (France) » dans Outils, Langue, Pour tout le texte.",
        Example::told, "Langue « Anglais (États-Unis) »", "Langue « Français (France) »"},
    Explanation{
        "P0239", "Document sans titre",
        "Les propriétés du document n’ont pas de titre.",
        "Un lecteur d’écran annonce le nom du fichier, et le PDF n’est pas accessible.",
        "Donnez-lui un titre dans Fichier, Propriétés, Description ; une balise y est permise.",
        Example::told, "Propriétés sans titre", "Titre « Contrat {{ reference }} »"},
    Explanation{
        "P0240", "Lien qui ne dit pas où il mène",
        "Le texte du lien est vide, ou vaut pour n’importe quel lien.",
        "Sur papier, et dans la liste des liens d’un lecteur d’écran, « cliquez ici » ne mène nulle part.",
        "Nommez la page ou le document où mène le lien.",
        Example::told, "Pour un recours, cliquez ici", "Voir la page « Former un recours »"},
    Explanation{
        "P0241", "Paragraphes vides en guise d’espace",
        "Plusieurs paragraphes vides séparent des passages.",
        "Un saut de page les laisse en haut d’une page, et un lecteur d’écran annonce « vide » à chacun.",
        "Supprimez-les et réglez l’espace avant ou après dans le style.",
        Example::told, "Deux paragraphes vides entre deux articles", "Style Titre 1 avec 0,5 cm d’espace avant"},
    Explanation{
        "P0242", "Texte aligné par des espaces",
        "Quatre espaces ou trois tabulations de suite placent un mot.",
        "L’alignement ne tient qu’avec une police et un nom : le nom suivant le défait.",
        "Employez un taquet de tabulation ou un tableau.",
        Example::told, "« Fait à          , le »", "« Fait à », une tabulation avec son taquet, « le »"},
    Explanation{
        "P0243", "Case de signature qui peut manquer",
        "La case est sous une condition, mais le déroulement demande toujours la signature.",
        "La personne serait invitée à signer un document où sa signature n’a pas de place.",
        "Sortez la case de son {% if %}, ou demandez la signature sous la même condition.",
        Example::told, "{% if accord %}{{ signature(\"beneficiaire\") }}{% endif %} et <p:sign slot=\"beneficiaire\"/>",
        "{{ signature(\"beneficiaire\") }} hors de la condition"},
    Explanation{
        "P0244", "Case de signature qui resterait vide",
        "La case est toujours imprimée, mais le déroulement ne demande la signature que sous condition.",
        "Le contrat garderait une case vide : on se demandera qui aurait dû signer.",
        "Mettez la case sous la même condition que dans le déroulement.",
        Example::told, "{{ signature(\"protecteur\") }} partout, <p:sign> sous <if>",
        "{% if capacite != \"pleine\" %}{{ signature(\"protecteur\") }}{% endif %}"},
    Explanation{
        "P0245", "Date qui change à chaque ouverture",
        "Le champ Date ou Heure de Writer prend la date du jour où l’on ouvre le fichier.",
        "Le PDF signé dirait une date, et l’ODT archivé une autre à chaque lecture.",
        "Écrivez une donnée du contrat, ou cochez « Contenu fixe » dans le champ.",
        Example::told, "Insertion, Champ, Date (non fixe)", "{{ contrat.debut | date_longue }}"},
    Explanation{
        "P0260", "Ce champ n’est pas une image",
        "Les données donnent, pour un champ de format « image », autre chose qu’une image PNG, JPEG ou SVG écrite en base64, ou plus de 8 Mo.",
        "Le logo ou la photo manquerait dans le contrat ; rien n’est jamais cherché ailleurs que dans les données.",
        "Donnez le fichier sous la forme « data:image/png;base64,… ».",
        Example::told, "\"logo\": \"logo.png\"", "\"logo\": \"data:image/png;base64,iVBOR…\""},
    Explanation{
        "P0261", "Image imprimée sans filtre",
        "La balise imprime une image comme s’il s’agissait d’un texte.",
        "On ne saurait ni où la dessiner, ni ce qu’il faut en dire à qui ne la voit pas.",
        "Ajoutez le filtre image avec une description.",
        Example::told, "{{ logo }}", "{{ logo | image(\"Logo de l’association\") }}"},
    Explanation{
        "P0262", "Image sans texte de remplacement",
        "La description donnée à une image est vide.",
        "Une personne aveugle ne saurait pas ce que montre l’image : le document ne serait pas accessible.",
        "Dites en quelques mots ce que l’image montre.",
        Example::told, "{{ logo | image(\"\") }}", "{{ logo | image(\"Logo de l’association\") }}"},
    Explanation{
        "P0263", "Taille d’image illisible",
        "La largeur ou la hauteur demandée n’est pas une longueur.",
        "L’image pourrait couvrir le texte, ou devenir invisible.",
        "Écrivez un nombre et son unité : cm, mm, pt ou in.",
        Example::told, "{{ logo | image(\"Logo\", largeur=\"3\") }}", "{{ logo | image(\"Logo\", largeur=\"3cm\") }}"},
    Explanation{
        "P0264", "Image qui ne peut pas être montrée",
        "Le fichier est abîmé, trop grand (plus de 16 millions de pixels, 64 Mo pour tout le document) ou en couleurs d’imprimerie.",
        "Le document serait énorme, ou l’image aurait de fausses couleurs.",
        "Enregistrez l’image de nouveau, plus petite, en couleurs d’écran (RVB).",
        Example::told, "Photo JPEG en CMJN", "La même photo en RVB"},
    Explanation{
        "P0265", "Mise en forme perdue dans une énumération",
        "Les éléments d’une énumération sont en gras ou en italique : elle ne garderait que leurs mots.",
        "Un mot que la loi veut voir ressortir n’apparaîtrait plus.",
        "Mettez en forme l’énumération entière, ou parcourez la liste par {% for %}.",
        Example::told, "{{ noms | map('gras') | enumeration }}", "{{ noms | enumeration | gras }}"},
    Explanation{
        "P0266", "Image sans place",
        "La balise d’une image est dans le titre ou la description de ce qui n’a pas d’image, ou deux balises se disputent la même.",
        "L’image ne serait nulle part.",
        "Mettez une seule balise dans le titre ou la description d’une image.",
        Example::told, "Balise dans la description d’une zone de texte", "Balise dans la description de l’image à remplacer, ou seule dans la zone de texte"},
    Explanation{
        "P0267", "Code QR impossible",
        "Le texte du code QR est vide, ou trop long (plus de 2 331 octets).",
        "Le code ne pourrait pas être lu par un téléphone.",
        "Donnez une adresse courte.",
        Example::told, "{{ '' | qr }}", "{{ adresse_du_dossier | qr }}"},
    Explanation{
        "P0268", "Adresse de lien qui n’en est pas une",
        "Avec les données du dossier, l’adresse d’un lien ne commence ni par https:// ou http://, ni par mailto:, ni par #.",
        "Le lien n’ouvrirait rien, ou exécuterait autre chose que ce que le lecteur attend.",
        "Écrivez le début de l’adresse dans le modèle, et seulement ce qui change en balise.",
        Example::markup, "<text:p><text:a xlink:href=\"ftp://exemple.fr/{{ nom }}\">dossier</text:a></text:p>", "<text:p><text:a xlink:href=\"https://exemple.fr/{{ nom }}\">dossier</text:a></text:p>"},
};
// clang-format on

}  // namespace

std::span<const Explanation> template_explanations() {
    return catalogue;
}

}  // namespace paraphe::tmpl
