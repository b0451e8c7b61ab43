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
        Example::text, "{{ charges[duree].libelle }}", "{% if charges %}{{ charges[0].libelle }}{% endif %}"},
    Explanation{
        "P0113", "Valeur qui ne s’imprime pas",
        "Une liste, un groupe de champs, une valeur vide ou un quotient sans fin n’a pas d’écriture évidente.",
        "Le contrat montrerait des crochets et des virgules au lieu d’une phrase, ou un montant à l’infini.",
        "Imprimez les champs un par un, parcourez la liste par {% for %}, ou arrondissez par « | round(2) ».",
        Example::text, "Conjoint : {% if conjoint is defined %}{{ conjoint }}{% endif %}",
        "Conjoint : {% if conjoint is defined %}{{ conjoint.nom }}{% endif %}"},
    Explanation{
        "P0114", "Valeur que le champ ne prend jamais",
        "La condition compare un champ à une valeur qui n’est pas dans la liste de celles que le schéma permet.",
        "La plus discrète des fautes : la condition n’est jamais vraie, et le passage qu’elle garde manque à tous les contrats sans que rien ne le dise.",
        "Corrigez la valeur (le message propose la plus proche, ou toutes).",
        Example::text, "{% if mesure == 'renforcée' %}a{% else %}b{% endif %}",
        "{% if mesure == 'renforcee' %}a{% else %}b{% endif %}"},
    Explanation{
        "P0115", "Suite de conditions qui oublie une valeur",
        "Les « if » et « elif » prennent les valeurs d’un champ l’une après l’autre, mais pas toutes, et il n’y a pas de « else ».",
        "Pour la valeur oubliée, le contrat ne dirait rien là où la loi attend une clause.",
        "Ajoutez un « elif » pour cette valeur, ou un « else » s’il n’y a rien de particulier à dire.",
        Example::text, "{% if mesure == 'simple' %}a{% elif mesure == 'renforcee' %}b{% endif %}",
        "{% if mesure == 'simple' %}a{% elif mesure == 'renforcee' %}b{% else %}c{% endif %}"},
    Explanation{
        "P0116", "Condition qui ne décide rien",
        "D’après le schéma et les conditions qui entourent ce passage, celle-ci est toujours vraie, ou ne l’est jamais.",
        "Le passage paraît dépendre d’un choix, et n’en dépend pas : celui qui relit le modèle se trompe sur ce qu’il produit.",
        "Retirez la condition, ou corrigez le champ qu’elle interroge.",
        Example::text, "{% if nom is defined %}{{ nom }}{% endif %}", "{{ nom }}"},
    Explanation{
        "P0117", "Cas qui n’arrive jamais",
        "Les conditions qui précèdent prennent déjà toutes les valeurs qui mèneraient ici.",
        "Ce passage ne paraîtra dans aucun contrat, même s’il a été relu et approuvé.",
        "Retirez-le, ou corrigez les conditions qui précèdent.",
        Example::text, "{% if accord %}a{% elif not accord %}b{% else %}c{% endif %}",
        "{% if accord %}a{% else %}b{% endif %}"},
    Explanation{
        "P0118", "Valeurs qui ne sont jamais égales",
        "Les deux valeurs comparées ne sont pas de même nature : un texte n’est jamais égal à un nombre, une liste jamais à un texte.",
        "La condition n’est jamais vraie, et le passage qu’elle garde manque à tous les contrats.",
        "Écrivez la valeur comme le champ la porte : sans guillemets pour un nombre, avec pour un texte.",
        Example::text, "{% if duree == '12' %}a{% endif %}", "{% if duree == 12 %}a{% endif %}"},
    Explanation{
        "P0119", "Nom qui en cache un autre",
        "Le nom que la balise donne est déjà celui d’un champ des données ou d’une autre définition.",
        "Plus bas, le même mot désigne autre chose que ce que le lecteur croit lire.",
        "Choisissez un autre nom.",
        Example::text, "{% set nom = conjoint.nom | default('') if conjoint is defined else '' %}{{ nom }}",
        "{% set second_nom = conjoint.nom if conjoint is defined else '' %}{{ second_nom }}"},
    Explanation{
        "P0120", "Valeur oubliée à la fin de la boucle",
        "Un « set » écrit dans une boucle ne change pas la variable du dehors : à chaque tour, elle retrouve sa valeur d’avant.",
        "Un total ainsi calculé reste à zéro, et le contrat l’imprime.",
        "Gardez la valeur dans un « namespace » : {% set ns = namespace(total=montant(0)) %}, puis {% set ns.total = … %}.",
        Example::text, "{% set n = 0 %}{% for c in charges %}{% set n = n + 1 %}{{ c.libelle }} {{ n }}{% endfor %}{{ n }}",
        "{% set ns = namespace(n=0) %}{% for c in charges %}{% set ns.n = ns.n + 1 %}{{ c.libelle }}{% endfor %}{{ ns.n }}"},
    Explanation{
        "P0121", "Boucle qui n’emploie pas son élément",
        "Le passage est répété pour chaque élément de la liste, mais ne dit rien de cet élément.",
        "Le contrat répéterait la même ligne, souvent parce qu’un champ est écrit sans le nom de l’élément devant.",
        "Écrivez {{ charge.montant }} au lieu de {{ montant }} ; si la répétition est voulue, nommez l’élément « _ ».",
        Example::text, "{% for charge in charges %}{{ nom }}{% endfor %}",
        "{% for charge in charges %}{{ charge.libelle }}{% endfor %}"},
    Explanation{
        "P0122", "Définition que rien n’emploie",
        "Une valeur est calculée sous un nom que rien ne lit ensuite : le résultat du calcul ou du filtre est perdu.",
        "Souvent le passage imprime encore la valeur d’avant le calcul.",
        "Employez ce nom là où la valeur doit paraître, ou retirez la définition.",
        Example::text, "{% set majuscules = nom | upper %}{{ nom }}", "{% set majuscules = nom | upper %}{{ majuscules }}"},
    Explanation{
        "P0123", "Division par zéro",
        "Le diviseur est écrit zéro.",
        "Le calcul n’a pas de résultat : le document s’arrêterait au premier dossier.",
        "Corrigez le diviseur.",
        Example::text, "{{ (loyer / 0) | euros }}", "{{ (loyer / 2) | euros }}"},
    Explanation{
        "P0124", "Champ donné deux fois",
        "Le même nom paraît deux fois dans un groupe de champs écrit dans le modèle ; seule la dernière valeur reste.",
        "L’autre valeur est perdue sans que rien ne le dise.",
        "Retirez l’une des deux, ou corrigez le nom.",
        Example::text, "{% set p = {'a': nom, 'a': reference} %}{{ p.a }}", "{% set p = {'a': nom, 'b': reference} %}{{ p.a }} {{ p.b }}"},
    Explanation{
        "P0125", "Balise qui n’écrit jamais rien",
        "Ce que la balise imprime est toujours vide.",
        "Le lecteur du modèle croit qu’une valeur paraîtra ici.",
        "Retirez la balise, ou écrivez le champ qui doit paraître.",
        Example::text, "{{ '' }}", "{{ nom }}"},
    Explanation{
        "P0127", "Autant de noms que de valeurs",
        "Chaque élément de la liste est fait de plusieurs valeurs, et la boucle ou le « set » donne plus ou moins de noms.",
        "Le document s’arrêterait au premier dossier.",
        "Donnez un nom à chacune des valeurs.",
        Example::text, "{% for a, b, c in charges | groupby('libelle') %}{{ a }}{{ b | length }}{{ c }}{% endfor %}",
        "{% for a, b in charges | groupby('libelle') %}{{ a }}{{ b | length }}{% endfor %}"},
};
// clang-format on

}  // namespace

std::span<const Explanation> expression_explanations() {
    return catalogue;
}

}  // namespace paraphe::tmpl
