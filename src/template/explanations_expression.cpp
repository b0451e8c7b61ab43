#include <array>

#include "template/explanations.hpp"

namespace paraphe::tmpl {

namespace {

using Example = Explanation::Example;

// clang-format off
const std::array catalogue{
    Explanation{
        "P0100", "Balise mal écrite",
        "Le contenu de la balise n’a pas la forme attendue : un signe manque, est de trop, ou un mot n’est pas à sa place.",
        "La balise ne peut pas être remplie : aucun contrat ne sort de ce modèle tant qu’elle reste ainsi.",
        "Reprenez la balise à l’endroit indiqué ; le message nomme le signe attendu.",
        Example::text, "{{ nom | }}", "{{ nom }}"},
    Explanation{
        "P0101", "Champ inconnu",
        "Le nom écrit n’est pas un champ des données de ce contrat, ni une variable définie plus haut.",
        "La plus commune des fautes de frappe : sans contrôle, le contrat sortirait avec un blanc là où l’on attend un nom ou un montant.",
        "Corrigez l’orthographe du champ (le message propose le plus proche), ou ajoutez-le au schéma des données.",
        Example::text, "Entre les soussignés : {{ nmo }}", "Entre les soussignés : {{ nom }}"},
    Explanation{
        "P0102", "Opération entre des valeurs qui ne vont pas ensemble",
        "Les deux valeurs n’ont pas la même nature : une date et un nombre, un texte et un montant, une liste et un texte.",
        "Le résultat n’aurait pas de sens juridique : « 15 » ajouté à une date, est-ce quinze jours ou quinze mois ?",
        "Dites l’unité (jours(15), mois(6)), ou réunissez des textes par « ~ ».",
        Example::text, "Réponse avant le {{ debut + 15 }}", "Réponse avant le {{ debut + jours(15) }}"},
    Explanation{
        "P0103", "Fonction ou filtre appliqué à une valeur qu’il ne prend pas",
        "La fonction attend une autre nature de valeur : un montant, une date, une liste.",
        "Un nom ne se met pas en euros : le document s’arrêterait au premier dossier.",
        "Vérifiez le champ, ou choisissez la fonction qui convient (« paraphe functions » les liste toutes).",
        Example::text, "Loyer : {{ nom | euros }}", "Loyer : {{ loyer | euros }}"},
    Explanation{
        "P0104", "Arguments d’une fonction qui manquent, sont de trop ou n’existent pas",
        "La fonction est appelée avec un nombre d’arguments ou un nom d’argument qu’elle ne connaît pas.",
        "Le calcul ne peut pas se faire : le document s’arrêterait au premier dossier.",
        "Donnez les arguments que la fonction attend (« paraphe functions » les dit).",
        Example::text, "{{ nom | replace('é') }}", "{{ nom | replace('é', 'e') }}"},
    Explanation{
        "P0105", "Fonction, filtre ou test inconnu",
        "Aucune fonction ne porte ce nom.",
        "La balise ne peut pas être remplie : le document s’arrêterait au premier dossier.",
        "Corrigez le nom (le message propose le plus proche) ; « paraphe functions » liste toutes les fonctions.",
        Example::text, "{{ nom | majuscules }}", "{{ nom | upper }}"},
    Explanation{
        "P0106", "Champ facultatif employé sans garde",
        "Le schéma permet que ce champ manque, et rien n’empêche ici de l’imprimer quand il manque.",
        "Un ménage sans conjoint, une personne sans téléphone : le contrat serait refusé au moment de l’imprimer, devant la famille.",
        "Entourez le passage de {% if champ is defined %}…{% endif %}, ou donnez une valeur de remplacement par « | default('…') ».",
        Example::text, "Téléphone : {{ telephone }}",
        "{% if telephone is defined %}Téléphone : {{ telephone }}{% endif %}"},
    Explanation{
        "P0107", "Boucle sur autre chose qu’une liste",
        "{% for %} répète un passage pour chaque élément d’une liste ; ce champ n’en est pas une.",
        "Le tableau attendu ne serait pas produit : le document s’arrêterait au premier dossier.",
        "Nommez le champ qui est une liste dans les données.",
        Example::text, "{% for charge in nom %}{{ charge }}{% endfor %}",
        "{% for charge in charges %}{{ charge.libelle }}{% endfor %}"},
    Explanation{
        "P0108", "Montant mêlé à un simple nombre",
        "Un montant en euros est ajouté ou comparé à un nombre sans unité.",
        "« loyer + 10 » : dix euros ou dix centimes ? Une erreur d’un facteur cent dans un contrat se plaide.",
        "Écrivez le montant par montant(10) ou montant(12.50), ou donnez au champ le format « centimes ».",
        Example::text, "Total : {{ (loyer + 10) | euros }}", "Total : {{ (loyer + montant(10)) | euros }}"},
    Explanation{
        "P0109", "Date comparée avec un texte",
        "Une date ne se compare pas avec des caractères entre guillemets.",
        "La condition serait toujours fausse, et la clause qu’elle commande n’apparaîtrait jamais.",
        "Écrivez date('2026-01-31').",
        Example::text, "{% if debut > '2026-01-31' %}Tardif{% endif %}",
        "{% if debut > date('2026-01-31') %}Tardif{% endif %}"},
    Explanation{
        "P0110", "Calcul ou expression trop grands",
        "Une limite de sûreté est dépassée : longueur de l’expression, imbrication, nombre d’étapes ou d’éléments.",
        "Sans limite, un modèle maladroit pourrait occuper le service et bloquer tous les autres dossiers.",
        "Raccourcissez : coupez l’expression par {% set %}, parcourez moins d’éléments.",
        Example::text, "{% for i in range(10000000) %}{{ i }}{% endfor %}",
        "{% for i in range(3) %}{{ i }}{% endfor %}"},
    Explanation{
        "P0111", "Valeur qui ne permet pas le calcul",
        "Le calcul est bien écrit, mais ces données-là ne le permettent pas : division par zéro, nombre hors limites, date impossible.",
        "Mieux vaut pas de document qu’un montant faux signé par le ménage.",
        "Corrigez la donnée, ou prévoyez le cas par {% if %}.",
        Example::text, "{{ (loyer / (duree - 12)) | round(2) | euros }}", "{{ (loyer / duree) | round(2) | euros }}"},
    Explanation{
        "P0112", "Valeur absente",
        "La valeur demandée n’existe pas dans les données de ce dossier.",
        "Un blanc dans un contrat passe inaperçu jusqu’à l’audience : l’absence est donc une erreur, jamais un blanc.",
        "Complétez les données, ou prévoyez l’absence par {% if … is defined %} ou « | default('…') ».",
        Example::text, "{{ charges[5].libelle }}", "{{ charges[0].libelle }}"},
    Explanation{
        "P0113", "Valeur qui ne s’imprime pas",
        "Une liste, un groupe de champs, une valeur vide ou un quotient sans fin n’a pas d’écriture évidente.",
        "Le contrat montrerait des crochets et des virgules au lieu d’une phrase, ou un montant à l’infini.",
        "Imprimez les champs un par un, parcourez la liste par {% for %}, ou arrondissez par « | round(2) ».",
        Example::text, "Conjoint : {% if conjoint is defined %}{{ conjoint }}{% endif %}",
        "Conjoint : {% if conjoint is defined %}{{ conjoint.nom }}{% endif %}"},
};
// clang-format on

}  // namespace

std::span<const Explanation> expression_explanations() {
    return catalogue;
}

}  // namespace paraphe::tmpl
