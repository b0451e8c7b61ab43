#include <array>

#include "template/explanations.hpp"

namespace paraphe::tmpl {

namespace {

using Example = Explanation::Example;

// clang-format off
const std::array catalogue{
    Explanation{
        "P0600", "Fichier PDF abîmé ou ambigu",
        "Le fichier ne se lit pas jusqu’au bout, ou se lit de deux façons : sa table des objets, un objet ou sa fin manquent ou se contredisent.",
        "Deux lecteurs pourraient montrer deux contrats différents du même fichier : sa valeur de preuve tombe.",
        "Demandez le fichier à son auteur, tel qu’il l’a produit, sans passer par une messagerie qui le réécrit.",
        Example::told, "Un PDF « réparé » par un outil en ligne", "Le PDF d’origine"},
    Explanation{
        "P0601", "Fichier PDF chiffré",
        "Le fichier demande un mot de passe, ou interdit la copie ou l’impression.",
        "Dans dix ans, personne n’aura le mot de passe ; et une interdiction de copie ferme le fichier aux lecteurs vocaux.",
        "Enregistrez le fichier sans mot de passe ni restriction ; protégez l’envoi autrement.",
        Example::told, "« Protéger par mot de passe » coché à l’export", "Aucune protection dans le fichier"},
    Explanation{
        "P0602", "En-tête du fichier",
        "Les premières lignes n’annoncent pas un fichier binaire PDF de version 1.0 à 1.7, comme PDF/A-3 le demande.",
        "Un service d’archives refuse le fichier à l’entrée, sans lire la suite.",
        "Produisez de nouveau le fichier avec l’option PDF/A-3, ou en PDF 1.7.",
        Example::told, "%PDF-2.0", "%PDF-1.7, puis une ligne de quatre octets non ASCII"},
    Explanation{
        "P0603", "Fichier sans identifiant",
        "La fin du fichier ne porte pas l’identifiant (ID) que PDF/A exige.",
        "Deux versions d’un contrat ne se distinguent plus que par leur nom.",
        "Produisez de nouveau le fichier ; tout outil récent écrit cet identifiant.",
        Example::told, "trailer sans ID", "trailer avec ID, deux fois seize octets"},
    Explanation{
        "P0604", "Données après la fin, ou objets mal séparés",
        "Quelque chose suit la marque de fin, ou un objet ne commence pas sur une ligne à lui ; c’est le plus souvent l’œuvre d’un outil qui a signé ou complété le fichier.",
        "Ce qui suit la fin n’est vu par personne et n’est couvert par aucune signature.",
        "Demandez le fichier d’avant ce traitement, et signalez le défaut à l’éditeur de l’outil.",
        Example::told, "%%EOF suivi d’autres octets", "%%EOF et une fin de ligne, puis rien"},
    Explanation{
        "P0605", "Flux comprimé ou placé d’une façon interdite",
        "Une partie du fichier est comprimée par LZW, chiffrée, rangée dans un autre fichier, ou ses données sont abîmées.",
        "Elle pourrait ne plus se lire un jour, ou changer sans que le contrat change.",
        "Produisez de nouveau le fichier en PDF/A.",
        Example::told, "/Filter /LZWDecode", "/Filter /FlateDecode"},
    Explanation{
        "P0606", "Métadonnées XMP absentes ou illisibles",
        "Le fichier ne contient pas le bloc XML qui dit son titre, son auteur, ses dates et la norme suivie.",
        "Un service d’archives ne sait ni le classer, ni à quelle règle le soumettre.",
        "Produisez de nouveau le fichier en PDF/A.",
        Example::told, "Un PDF ordinaire, sans PDF/A", "Un PDF/A-3a"},
    Explanation{
        "P0607", "Conformité à PDF/A-3a non déclarée",
        "Les métadonnées ne disent pas PDF/A, ou disent une autre partie ou un autre niveau que 3A.",
        "Sans cette mention, le fichier est archivé comme un document quelconque, sans garantie de lecture future ; le niveau B ne promet pas que le texte se relise.",
        "Produisez le fichier en PDF/A-3 niveau A ; n’« imprimez » pas un PDF/A vers un autre PDF.",
        Example::told, "PDF/A-3B, ou PDF/A-1A", "PDF/A-3A"},
    Explanation{
        "P0608", "Conformité à PDF/UA-1 non déclarée",
        "Les métadonnées ne disent pas que le fichier est accessible selon PDF/UA-1.",
        "Un organisme public doit pouvoir montrer que ses documents sont accessibles ; ici rien ne le dit.",
        "Cochez « PDF accessible (PDF/UA) » à l’export.",
        Example::told, "pdfuaid:part absent", "pdfuaid:part égal à 1"},
    Explanation{
        "P0609", "Propriété d’un vocabulaire que rien ne décrit",
        "Les métadonnées emploient des propriétés hors des vocabulaires de la norme, sans le schéma d’extension qui les explique.",
        "Dans trente ans, personne ne saurait ce qu’elles veulent dire ; PDF/A les refuse donc.",
        "Décrivez le vocabulaire par un schéma d’extension, ou retirez la propriété.",
        Example::told, "Une propriété maison, seule", "La même, avec pdfaExtension:schemas"},
    Explanation{
        "P0610", "Document sans titre",
        "Les métadonnées ne donnent pas de titre.",
        "Un lecteur vocal annonce le nom du fichier, « scan0042 », au lieu du contrat.",
        "Donnez un titre au modèle : Fichier > Propriétés > Description.",
        Example::told, "Titre vide", "Titre « Contrat d’accompagnement »"},
    Explanation{
        "P0611", "Propriétés et métadonnées qui se contredisent",
        "Le fichier dit deux fois son titre, son auteur ou ses dates, et pas la même chose.",
        "Deux lecteurs affichent deux dates pour un même contrat : c’est une question qu’un juge poserait.",
        "Produisez de nouveau le fichier sans retoucher ses propriétés après coup.",
        Example::told, "Créé le 1er mars d’un côté, le 2 de l’autre", "La même date des deux côtés"},
    Explanation{
        "P0612", "Couleurs sans référence",
        "Le fichier ne porte pas d’intention de sortie avec un profil ICC, ou ce profil est illisible.",
        "Les couleurs changeraient d’un écran à l’autre, et PDF/A refuse le fichier.",
        "Produisez de nouveau le fichier en PDF/A.",
        Example::told, "Pas d’OutputIntents", "Intention GTS_PDFA1 avec le profil sRVB"},
    Explanation{
        "P0613", "Fichier non balisé",
        "Le fichier ne se déclare pas balisé, ou dit lui-même que son balisage est douteux.",
        "Un lecteur vocal n’y trouve ni titres, ni tableaux, ni ordre de lecture.",
        "Exportez en « PDF balisé ».",
        Example::told, "« PDF balisé » décoché à l’export", "« PDF balisé » coché"},
    Explanation{
        "P0614", "Langue du document inconnue",
        "Le fichier n’indique pas sa langue, ou l’indique mal.",
        "Un lecteur vocal lirait un contrat français avec une voix anglaise.",
        "Indiquez la langue dans le traitement de texte : Format > Caractère > Langue, Français (France).",
        Example::told, "Langue « aucune »", "Langue fr-FR"},
    Explanation{
        "P0615", "Titre non affiché",
        "Le fichier ne demande pas que la fenêtre montre son titre plutôt que son nom.",
        "Qui n’y voit pas ne distingue pas deux contrats ouverts.",
        "Produisez de nouveau le fichier en PDF/UA.",
        Example::told, "DisplayDocTitle absent", "DisplayDocTitle à vrai"},
    Explanation{
        "P0616", "Police absente du fichier",
        "Une police employée n’est pas incorporée.",
        "Sur un autre ordinateur, le texte s’affiche avec une autre police : lignes déplacées, signes faux.",
        "Produisez de nouveau le fichier en incorporant les polices.",
        Example::told, "Arial, non incorporée", "Liberation Sans, incorporée"},
    Explanation{
        "P0617", "Signes dont le caractère est inconnu",
        "Une police montre des signes sans dire à quels caractères ils correspondent.",
        "Le texte ne se copie pas, ne se cherche pas et ne se lit pas à voix haute, alors qu’il se voit.",
        "Produisez de nouveau le fichier en PDF/A niveau A.",
        Example::told, "Police sans ToUnicode", "Police avec ToUnicode pour chaque signe"},
    Explanation{
        "P0618", "Caractère remplacé par un carré vide",
        "Le texte emploie un caractère que la police n’a pas : le glyphe « absent » est imprimé.",
        "Un nom propre imprimé avec un carré vide n’identifie pas la personne qui signe.",
        "Choisissez une police qui possède ce caractère.",
        Example::told, "Un nom polonais dans une police sans « ł »", "Le même dans Liberation Serif"},
    Explanation{
        "P0619", "Police composite mal décrite",
        "Le fichier ne dit pas comment passer des codes du texte aux signes de la police.",
        "Deux lecteurs peuvent montrer deux textes différents.",
        "Produisez de nouveau le fichier avec un autre outil.",
        Example::told, "CIDFontType2 sans CIDToGIDMap", "CIDToGIDMap /Identity"},
    Explanation{
        "P0620", "Contenu ni balisé ni décoratif",
        "Des éléments de la page ne sont rattachés à aucun élément de la structure, et ne sont pas marqués comme décor.",
        "Un lecteur vocal les ignore : s’il s’agit d’une clause, la personne ne l’entend pas.",
        "Exportez en « PDF balisé » ; ce qui s’ajoute après coup (un tampon, un cachet) doit être marqué aussi.",
        Example::told, "Un tampon « COPIE » posé par un autre outil", "Le même, marqué comme décor"},
    Explanation{
        "P0621", "Décor et texte mêlés",
        "Une zone de décor contient du texte balisé ou l’inverse, ou les marques du contenu ne se ferment pas.",
        "On ne sait plus ce qui doit être lu.",
        "Produisez de nouveau le fichier.",
        Example::told, "/Artifact BMC /P <</MCID 3>> BDC", "/Artifact BMC … EMC, puis /P <</MCID 3>> BDC"},
    Explanation{
        "P0622", "Passage sans élément, ou dans deux",
        "Un passage balisé n’est dans aucun élément de la structure, ou dans deux ; ou un élément désigne un passage qui n’existe pas.",
        "Un lecteur vocal saute le passage, ou le dit deux fois.",
        "Produisez de nouveau le fichier.",
        Example::told, "Page rognée après le balisage", "Page rognée dans le traitement de texte, puis exportée"},
    Explanation{
        "P0623", "Table des parents fausse",
        "La table qui mène d’un passage à son élément manque, ou contredit la structure.",
        "Un outil d’aide ne retrouve pas où l’on est quand on clique ou qu’on cherche.",
        "Produisez de nouveau le fichier.",
        Example::told, "Pages de deux PDF réunies par un outil simple", "Documents réunis avant l’export"},
    Explanation{
        "P0624", "Structure absente ou brisée",
        "Le fichier n’a pas d’arbre de structure, ou celui-ci tourne en rond ou se contredit.",
        "Le document est une image de texte pour qui n’y voit pas ; PDF/A niveau A et PDF/UA le refusent.",
        "Exportez en « PDF balisé ».",
        Example::told, "Un scan", "Le document d’origine exporté"},
    Explanation{
        "P0625", "Type d’élément inconnu",
        "La structure emploie un type qui n’est pas de la norme, sans dire à quel type de la norme il correspond.",
        "Un lecteur vocal ne sait pas si c’est un titre, un paragraphe ou une cellule.",
        "Produisez le fichier avec un outil qui écrit la table des rôles (RoleMap).",
        Example::told, "/S /Alinea", "/S /P"},
    Explanation{
        "P0626", "Tableau mal construit",
        "Des rangs, cellules ou groupes d’un tableau ne sont pas à leur place.",
        "L’échéancier est lu comme une suite de mots sans colonnes.",
        "Refaites le tableau par Insertion > Tableau ; pas de tableau pour mettre en page.",
        Example::told, "Une cellule hors d’un rang", "Tableau > rang > cellule"},
    Explanation{
        "P0627", "Liste ou sommaire mal construits",
        "Un élément de liste ou de sommaire n’est pas à sa place.",
        "Un lecteur vocal n’annonce pas « liste de cinq éléments », et l’on ne sait pas où elle finit.",
        "Employez les listes et le sommaire du traitement de texte, pas des tirets tapés.",
        Example::told, "Un paragraphe directement dans une liste", "Liste > élément > puce et texte"},
    Explanation{
        "P0628", "Cellule d’en-tête sans portée",
        "Une cellule d’en-tête ne dit pas si elle vaut pour sa colonne ou pour son rang.",
        "« 120 € » est lu sans que l’on sache si c’est la mensualité ou le reste dû.",
        "Déclarez la première ligne comme ligne d’en-tête (« Répéter le titre »).",
        Example::told, "TH sans Scope", "TH avec Scope /Column"},
    Explanation{
        "P0629", "Rangs irréguliers",
        "Les rangs d’un tableau n’ont pas tous le même nombre de colonnes, cellules fusionnées comprises.",
        "À partir de ce rang, les montants sont lus sous les mauvais titres.",
        "Complétez ou fusionnez les cellules pour que chaque rang ait le même nombre de colonnes.",
        Example::told, "Trois titres, deux cellules dessous", "Trois titres, une cellule fusionnée sur deux colonnes et une autre"},
    Explanation{
        "P0630", "Image sans description",
        "Une image n’a pas de texte de remplacement, ou seulement des blancs.",
        "La personne qui n’y voit pas ne sait pas si elle manque un logo ou un plan de l’appartement.",
        "Dans le modèle : clic droit sur l’image > Description ; ou marquez-la comme décorative.",
        Example::told, "Alt vide", "Alt « Logo du Département »"},
    Explanation{
        "P0631", "Note sans identifiant unique",
        "Une note de bas de page n’a pas d’identifiant, ou porte celui d’une autre.",
        "Un outil d’aide ne peut pas aller de l’appel à la note et en revenir.",
        "Produisez de nouveau le fichier.",
        Example::told, "Deux notes « note-1 »", "« note-1 » et « note-2 »"},
    Explanation{
        "P0632", "Titres dont un niveau manque",
        "Un titre saute un niveau, ou le premier n’est pas de niveau 1.",
        "Qui navigue de titre en titre croit avoir manqué un chapitre.",
        "Employez Titre 1, Titre 2, Titre 3 dans l’ordre.",
        Example::told, "Titre 1, puis Titre 3", "Titre 1, puis Titre 2"},
    Explanation{
        "P0633", "Lien ou champ hors de la structure",
        "Une annotation (lien, champ de signature, commentaire) n’est pas rattachée à l’élément de structure voulu.",
        "Un lecteur vocal ne rencontre jamais la case à signer.",
        "Produisez de nouveau le fichier en PDF/UA.",
        Example::told, "Champ de signature posé après coup", "Champ prévu par le modèle"},
    Explanation{
        "P0634", "Lien sans texte de remplacement",
        "Un lien ou une annotation ne dit pas ce qu’il est.",
        "« Lien » est tout ce qu’entend la personne, sans savoir où il mène.",
        "Donnez au lien une description : Insertion > Hyperlien, champ « Nom » ou « Texte ».",
        Example::told, "Contents absent", "Contents « Site du tribunal »"},
    Explanation{
        "P0635", "Champ sans info-bulle",
        "Un champ de formulaire n’a pas le texte qui dit ce qu’on y écrit.",
        "La personne ne sait pas qu’elle va signer, ni à quel titre.",
        "Donnez au champ une info-bulle en français.",
        Example::told, "Champ « Signature1 » sans info-bulle", "Info-bulle « Signature du bénéficiaire »"},
    Explanation{
        "P0636", "Ordre de tabulation",
        "La page porte des liens ou des champs sans dire que la touche de tabulation suit la structure.",
        "Au clavier, on signe avant d’avoir rencontré la case de la date.",
        "Produisez de nouveau le fichier en PDF/UA.",
        Example::told, "Page sans Tabs", "Tabs /S"},
    Explanation{
        "P0637", "Annotation que PDF/A n’admet pas",
        "Une annotation est d’un genre interdit, ne s’imprime pas, se cache, ou n’a pas d’apparence fixe.",
        "Ce que l’un voit à l’écran, l’autre ne l’a pas sur le papier.",
        "Retirez-la, ou produisez de nouveau le fichier en PDF/A.",
        Example::told, "Une vidéo, un commentaire masqué", "Un lien imprimable"},
    Explanation{
        "P0638", "Action, script ou formulaire XFA",
        "Le fichier contient des scripts, des actions interdites, ou un formulaire qui se redessine.",
        "Un contrat qui exécute un programme peut montrer autre chose que ce qui a été signé.",
        "Produisez de nouveau le fichier sans script ni action.",
        Example::told, "OpenAction /JavaScript", "OpenAction vers la première page"},
    Explanation{
        "P0639", "Fichier joint sans rapport dit",
        "Un fichier joint ne dit pas son rapport au document, sa nature ou son nom, ou n’est associé à rien.",
        "Dans dix ans, on ne saura pas si la pièce est la source du contrat ou un ajout.",
        "Joignez-le de nouveau avec son rapport (Source, Data, Supplement…) et son type MIME.",
        Example::told, "Pièce jointe sans AFRelationship", "AFRelationship /Data, et dans AF"},
    Explanation{
        "P0640", "Transparence sans espace de couleurs",
        "La page mélange des couleurs transparentes sans dire dans quel espace, ou d’une façon inconnue de la norme.",
        "Un aplat transparent peut couvrir le texte chez l’un et pas chez l’autre.",
        "Retirez la transparence, ou produisez de nouveau le fichier en PDF/A.",
        Example::told, "Filigrane transparent, sans profil", "Filigrane gris clair opaque"},
    Explanation{
        "P0641", "Signets mal chaînés ou sans titre",
        "Les signets du fichier se contredisent, tournent en rond, ou l’un d’eux n’a pas de titre.",
        "On ne peut pas aller à un article par le volet des signets.",
        "Produisez de nouveau le fichier.",
        Example::told, "Dernier signet qui renvoie au premier", "Un signet par titre, dans l’ordre"},
    Explanation{
        "P0642", "Numéros de page faux",
        "La liste des numéros de page affichés ne part pas de la première page, ou emploie un style inconnu.",
        "« Voir page 4 » mène ailleurs.",
        "Produisez de nouveau le fichier.",
        Example::told, "Nums à partir de la deuxième page", "Nums à partir de 0"},
    Explanation{
        "P0643", "Fichier trop grand pour être contrôlé",
        "Une limite du contrôle est atteinte : le reste du fichier n’a pas été lu.",
        "L’absence d’autres remarques ne prouve rien.",
        "Allégez le fichier, ou faites-le contrôler par un autre outil.",
        Example::told, "Un flux de plusieurs centaines de mégaoctets", "Des pages de taille ordinaire"},
    Explanation{
        "P0644", "Contenu abîmé ou ressource absente",
        "La page emploie une police, une image ou un réglage que ses ressources ne donnent pas, ou son contenu ne se lit pas.",
        "Un lecteur laisse un blanc, un autre invente.",
        "Produisez de nouveau le fichier.",
        Example::told, "/F7 Tf sans police F7", "/F7 Tf, et F7 dans les ressources"},
    Explanation{
        "P0645", "Couleur d’un autre espace que celui du profil",
        "La page emploie du RVB ou du CMJN, et aucun profil du fichier ne dit ce qu’il vaut.",
        "Les couleurs du document ne sont pas reproductibles ; PDF/A refuse le fichier.",
        "Convertissez les images en RVB et produisez le fichier en PDF/A avec le profil sRVB.",
        Example::told, "Un logo CMJN dans un PDF au profil sRVB", "Le logo converti en RVB"},
};
// clang-format on

}  // namespace

std::span<const Explanation> pdf_explanations() {
    return catalogue;
}

}  // namespace paraphe::tmpl
