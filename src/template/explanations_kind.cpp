#include <array>

#include "template/explanations.hpp"

namespace paraphe::tmpl {

namespace {

using Example = Explanation::Example;

// clang-format off
const std::array catalogue{
    Explanation{
        "P0500", "Branche qu’aucun exemple n’atteint",
        "Aucun fichier de samples/ ne fait passer le modèle par ce côté de la condition.",
        "Personne n’a vu ce passage imprimé : le premier à le lire serait le ménage.",
        "Ajoutez aux exemples le cas que le message décrit.",
        Example::told, "{% if conjoint is defined %} et tous les exemples ont un conjoint",
        "Un exemple avec conjoint, un exemple sans"},
    Explanation{
        "P0501", "Boucle dont un cas n’a pas d’exemple",
        "Une boucle se montre sous trois jours : sans tour, un seul tour, plusieurs tours ; l’un d’eux manque aux exemples.",
        "Un tableau sans ligne, une énumération d’un seul terme : c’est là que les phrases se lisent mal.",
        "Ajoutez aux exemples une liste vide, d’un élément ou de plusieurs, comme le message le dit.",
        Example::told, "{% for charge in charges %} et tous les exemples ont deux charges",
        "Trois exemples : aucune charge, une, plusieurs"},
    Explanation{
        "P0502", "Clause qu’aucun exemple n’atteint",
        "Aucun fichier de samples/ ne fait entrer cette clause dans un document.",
        "La clause n’a jamais été lue en place, avec des données.",
        "Ajoutez un exemple qui passe par cette inclusion.",
        Example::told, "{% include \"clauses/recours\" %} sous une condition toujours fausse",
        "Un exemple où la condition est vraie"},
    Explanation{
        "P0503", "Exemple qu’un modèle refuse",
        "Le modèle ne peut pas être rempli avec ce fichier de samples/.",
        "Un vrai dossier semblable serait refusé au moment d’imprimer le contrat.",
        "Complétez l’exemple, ou prévoyez l’absence de la donnée dans le modèle.",
        Example::told, "Un exemple sans téléphone et {{ telephone }} sans garde",
        "{% if telephone is defined %}{{ telephone }}{% endif %}"},
    Explanation{
        "K0001", "Fichier du contrat qui ne se lit pas",
        "Un modèle, une clause ou un message ne peut pas être lu.",
        "Le document ou le courriel ne pourrait pas être produit.",
        "Corrigez le fichier à l’endroit indiqué.",
        Example::told, "messages/relance.txt avec {% if %} sans {% endif %}", "Le même avec {% endif %}"},
    Explanation{
        "K0002", "Modèle ou message que personne n’a écrit",
        "Le déroulement nomme un modèle ou un message qui n’est pas dans le dossier.",
        "Le dossier s’arrêterait au moment de produire le document, devant le ménage.",
        "Corrigez le nom dans le déroulement, ou écrivez le fichier.",
        Example::told, "<p:render document=\"contrat\" template=\"masp/contrats.fodt\"/>",
        "<p:render document=\"contrat\" template=\"masp/contrat.fodt\"/>"},
    Explanation{
        "K0003", "Document à signer ou à remettre que rien ne produit",
        "Le déroulement demande de signer ou de remettre un document qu’aucun <p:render> ne produit.",
        "La demande de signature n’aurait rien à montrer.",
        "Ajoutez <p:render document=\"…\"> avant la demande.",
        Example::told, "<p:sign document=\"avenant\" slot=\"beneficiaire\"/> seul",
        "<p:render document=\"avenant\" template=\"masp/avenant.fodt\"/> puis <p:sign …/>"},
    Explanation{
        "K0004", "Case de signature qui manque au modèle",
        "Le déroulement demande une signature pour laquelle le modèle n’a pas de place.",
        "La personne signerait un document où sa signature n’apparaît nulle part.",
        "Ajoutez {{ signature(\"…\") }} au modèle, ou corrigez le nom dans le déroulement.",
        Example::told, "slot=\"protecteur\" et un modèle sans {{ signature(\"protecteur\") }}",
        "Le modèle avec {{ signature(\"protecteur\") }}"},
    Explanation{
        "K0005", "Case de signature que personne ne remplit",
        "Le modèle a une case de signature que le déroulement ne demande à personne.",
        "Le contrat garderait une case vide : on se demandera qui aurait dû signer.",
        "Ajoutez <p:sign …> à une situation, ou retirez la case du modèle.",
        Example::told, "{{ signature(\"temoin\") }} sans <p:sign slot=\"temoin\"/>",
        "<p:sign document=\"contrat\" slot=\"temoin\"/>"},
    Explanation{
        "K0006", "Exemple qui ne respecte pas le schéma",
        "Un fichier de samples/ ne convient pas au schéma des données.",
        "Les essais ne prouvent rien sur des données qu’un vrai dossier ne peut pas avoir.",
        "Corrigez l’exemple, ou le schéma.",
        Example::told, "\"debut\": \"5 janvier 2026\"", "\"debut\": \"2026-01-05\""},
    Explanation{
        "K0007", "Fichier joint qui n’existe pas",
        "« x-fichiers-joints », dans le schéma, nomme un document ou un champ qui n’existe pas.",
        "Le PDF partirait sans les données que le partenaire attend.",
        "Corrigez le nom du document, ou celui du champ.",
        Example::told, "\"contrat\": {\"donnees\": [\"referance\"]}",
        "\"contrat\": {\"donnees\": [\"reference\"]}"},
    Explanation{
        "K0008", "Donnée jointe à qui n’y a pas droit",
        "Un champ est joint au PDF d’un document que reçoit quelqu’un à qui il n’est pas destiné.",
        "Un bailleur lirait les ressources du ménage. Par prudence, le champ n’est joint pour personne.",
        "Retirez le champ de « x-fichiers-joints », ou destinez-le à tous par « x-destinataires ».",
        Example::told, "\"donnees\": [\"ressources\"] pour un document que le bailleur signe",
        "\"donnees\": [\"reference\", \"contrat\"]"},
};
// clang-format on

}  // namespace

std::span<const Explanation> kind_explanations() {
    return catalogue;
}

}  // namespace paraphe::tmpl
