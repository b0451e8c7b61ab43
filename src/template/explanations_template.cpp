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
        "La balise, en tout ou en partie, est une insertion ou une suppression que Writer garde en attente.",
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
        "La balise est écrite dans une propriété du document (nom d’un style, adresse d’un lien) et non dans son texte.",
        "Elle ne serait pas remplie : le lecteur du document la verrait telle quelle.",
        "Écrivez-la dans le texte du document.",
        Example::markup, "<text:p text:style-name=\"{{ nom }}\">Bonjour</text:p>", "<text:p>Bonjour {{ nom }}</text:p>"},
};
// clang-format on

}  // namespace

std::span<const Explanation> template_explanations() {
    return catalogue;
}

}  // namespace paraphe::tmpl
