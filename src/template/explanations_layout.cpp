#include <array>

#include "template/explanations.hpp"

namespace paraphe::tmpl {

namespace {

using Example = Explanation::Example;

// The mise en page approximates what these name; the document is made all the same.
// clang-format off
const std::array catalogue{
    Explanation{
        "P0401", "Police inconnue, remplacée",
        "Le document demande une police que le service n’a pas ; une autre, de mêmes mesures si possible, la remplace.",
        "Les lignes et les pages peuvent se couper ailleurs que dans Writer : la pagination citée dans un courrier ne serait plus la bonne.",
        "Choisissez une police de fonts/fonts.map, par exemple Liberation Serif.",
        Example::told, "Style de paragraphe en « Comic Sans MS »", "Style de paragraphe en « Liberation Serif »"},
    Explanation{
        "P0410", "Cadre ancré à une page qui n’existe pas",
        "Le cadre est attaché à une page que le document, plus court, n’a pas : il manque.",
        "Un cachet ou un encadré manque dans le contrat.",
        "Dans Writer, ancrez le cadre au paragraphe ou comme caractère (clic droit, Ancre).",
        Example::told, "Cadre ancré à la page 3 d’un document de deux pages",
        "Cadre « Ancré au paragraphe »"},
    Explanation{
        "P0411", "Élément que la mise en page ne connaît pas",
        "Un élément du document n’est pas composé : il manque dans le PDF.",
        "Ce que le ménage signe ne contiendrait pas tout ce que montre Writer.",
        "Remplacez l’élément par du texte, un tableau ou une image.",
        Example::told, "Un index alphabétique", "La liste écrite dans le texte"},
    Explanation{
        "P0413", "Dessin non composé",
        "Une forme dessinée dans Writer d’une sorte que la mise en page ne connaît pas (scène en relief), ou dont le tracé est illisible, n’est pas imprimée.",
        "Un schéma serait incomplet dans le PDF signé.",
        "Employez une forme simple (rectangle, ligne, ellipse, forme de la barre Dessin), ou insérez le dessin comme image PNG.",
        Example::told, "Un cube d’une scène en relief", "Une forme de la barre Dessin"},
    Explanation{
        "P0415", "Image ou objet qui ne peut pas être composé",
        "L’image n’est pas dans un format lu, ou manque dans le fichier ; ou un diagramme, une formule, un tableur incorporé n’a pas d’image qui le montre. Sa place reste vide.",
        "Un logo, un diagramme ou une pièce manquerait dans le PDF signé.",
        "Insérez l’image en PNG ou en JPEG, dans le document et non par un lien. Pour un objet incorporé, ouvrez le document dans LibreOffice et enregistrez-le : son image y est jointe.",
        Example::told, "Une image TIFF", "La même image en PNG"},
    Explanation{
        "P0416", "Image ou dessin sans texte de remplacement",
        "L’image, ou la forme dessinée sans texte, n’a pas de description pour les personnes qui ne la voient pas.",
        "Le document ne serait pas accessible (RGAA, PDF/UA) : une obligation pour un service public.",
        "Donnez-lui une description (clic droit, Description…), ou marquez-la comme décorative.",
        Example::told, "Un logo sans description", "Un logo décrit : « Département de l’Essonne »"},
    Explanation{
        "P0418", "Tableau qui passe sur une page d’une autre largeur",
        "La page suivante change de largeur de texte au milieu d’un tableau ; le tableau garde celle d’avant.",
        "Le texte est complet, mais la pagination diffère de celle de Writer.",
        "Donnez aux deux styles de page les mêmes marges latérales, ou ajoutez un saut de page.",
        Example::told, "Première page à marges de 3 cm, suivantes à 2 cm", "Mêmes marges partout"},
    Explanation{
        "P0419", "Lien vers un signet qui n’existe pas",
        "Le lien mène à un endroit du document qui n’existe pas ou plus.",
        "Le lecteur qui suit le renvoi « voir l’article 7 » n’arrive nulle part.",
        "Vérifiez le nom du signet (Insertion, Repère de texte).",
        Example::told, "Lien vers « #article7 » sans ce signet", "Lien vers un signet du document"},
    Explanation{
        "P0420", "Signe d’une police de symboles",
        "Un signe (case à cocher, flèche) vient d’une police de symboles ; un signe voisin le remplace.",
        "Une case cochée pourrait se lire autrement qu’elle n’a été écrite.",
        "Insérez le signe par son code Unicode (☐, ☑, →).",
        Example::told, "Case à cocher en Wingdings", "☐ par Insertion, Caractères spéciaux"},
    Explanation{
        "P0421", "Signature en en-tête ou en pied de page",
        "Une case de signature se répéterait à chaque page : elle reste vide.",
        "Personne ne pourrait signer à cet endroit.",
        "Placez la signature dans le corps du document.",
        Example::told, "{{ signature(\"beneficiaire\") }} en pied de page",
        "{{ signature(\"beneficiaire\") }} à la fin du texte"},
    Explanation{
        "P0424", "Dessin montré en partie",
        "Le dessin (SVG, métafichier WMF ou EMF, image d’un diagramme ou d’une formule) contient ce que la mise en page ne dessine pas : des dégradés, des découpes, des filtres, certaines photos ; dans un SVG, du texte.",
        "Un logo pourrait être incomplet dans le PDF signé.",
        "Dans le logiciel de dessin, convertissez textes et effets en tracés de couleur unie, ou enregistrez l’image en PNG.",
        Example::told, "Logo SVG dont le nom est un texte", "Le même logo, texte converti en tracés"},
    Explanation{
        "P0429", "Texte à remplir resté dans le document",
        "Un champ « texte à remplir » (Insertion, Champ, Fonctions) n’a été remplacé par personne ; Writer ne l’imprime pas, le PDF non plus.",
        "Une indication, ou ce qui devait la remplacer, manquerait dans le contrat.",
        "Remplacez le champ par du texte, ou par une balise.",
        Example::told, "<Nom du bénéficiaire> (champ)", "{{ beneficiaire.nom }}"},
    Explanation{
        "P0431", "Renvoi vers un repère qui n’existe pas",
        "Le renvoi (« voir l’article 7, page 3 ») vise un repère qui n’est pas dans ce document.",
        "Le contrat renverrait à un article ou à une page qui n’est pas la bonne.",
        "Refaites le renvoi, ou mettez-le sous la même condition que ce qu’il vise.",
        Example::told, "Renvoi à un article que {% if %} a retiré",
        "Le renvoi dans le même {% if %}"},
    Explanation{
        "P0432", "Index repris tel quel",
        "Cet index n’est pas un sommaire des titres : ses lignes et numéros de page sont ceux que Writer a enregistrés.",
        "Des numéros de page pourraient ne plus être les bons dans le contrat rempli.",
        "Relisez-le, ou remplacez-le par un sommaire des titres, qui est refait à chaque document.",
        Example::told, "Index alphabétique", "Insertion, Table des matières"},
    Explanation{
        "P0433", "Texte plus haut que sa ligne de tableau",
        "La ligne a une hauteur fixe que le texte dépasse ; Writer le cache, le PDF le montre sur la suite.",
        "Ce que les données rendent long ne se lirait plus dans le contrat signé.",
        "Choisissez une hauteur minimale : la ligne grandit avec son texte.",
        Example::told, "Ligne de 1 cm de haut, adresse de quatre lignes",
        "« Ajuster à la taille » cochée"},
    Explanation{
        "P0430", "Texte qui sort de la page",
        "Un cadre, un tableau, un retrait ou un très long mot porte du texte hors de la feuille.",
        "Ce texte serait signé sans que personne puisse le lire.",
        "Réduisez ce qui dépasse, ou choisissez une feuille plus grande.",
        Example::told, "Cadre de 60 cm de large sur une page A4", "Cadre de 17 cm"},
    Explanation{
        "P0425", "Dessin composé sans un de ses effets",
        "La forme, le cadre, le fond ou le tableau est dessiné, mais sans le flou de son ombre, une transparence qui varie, son relief ou la déformation de son texte, l’ombre d’un tableau ; ou le dégradé, les hachures ou l’image qui le remplissent ne sont pas dans le fichier.",
        "Le dessin est lisible, mais n’a pas l’aspect qu’il a dans Writer ; un texte clair sur un fond absent pourrait ne plus se voir.",
        "Donnez à la forme une couleur unie et retirez l’effet, ou insérez le dessin comme image PNG.",
        Example::told, "Rectangle à l’ombre floue", "Rectangle à l’ombre nette"},
};
// clang-format on

}  // namespace

std::span<const Explanation> layout_explanations() {
    return catalogue;
}

}  // namespace paraphe::tmpl
