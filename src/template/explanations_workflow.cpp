#include <array>

#include "template/explanations.hpp"

namespace paraphe::tmpl {

namespace {

using Example = Explanation::Example;

// clang-format off
const std::array catalogue{
    Explanation{
        "W0001", "Situation à laquelle rien ne mène",
        "Aucune transition ne conduit à cette situation.",
        "Ce qui y est prévu (une relance, un recours) n’aura jamais lieu.",
        "Ajoutez une transition qui y mène, ou supprimez la situation.",
        Example::workflow,
        R"x(<state id="a"><transition event="go" p:by="referent" p:label="Aller" target="fin"/></state><state id="b" p:label="Perdu"/><final id="fin"/>)x",
        R"x(<state id="a"><transition event="go" p:by="referent" p:label="Aller" target="fin"/></state><final id="fin"/>)x"},
    Explanation{
        "W0002", "Échéance qui n’est pas une date",
        "« at » d’une échéance doit donner une date.",
        "L’échéance ne tomberait jamais, et un délai légal serait manqué.",
        "Calculez une date : entree() + mois(3).",
        Example::workflow,
        R"x(<state id="a"><onentry><p:deadline event="deadline.x" at="15"/></onentry><transition event="deadline.x" target="fin"/></state><final id="fin"/>)x",
        R"x(<state id="a"><onentry><p:deadline event="deadline.x" at="entree() + jours(15)"/></onentry><transition event="deadline.x" target="fin"/></state><final id="fin"/>)x"},
    Explanation{
        "W0003", "Action sans libellé",
        "Une personne peut faire cette action, mais rien ne dit comment l’appeler.",
        "L’agent verrait un bouton au nom technique.",
        "Ajoutez p:label=\"…\".",
        Example::workflow,
        R"x(<state id="a"><transition event="go" p:by="referent" target="fin"/></state><final id="fin"/>)x",
        R"x(<state id="a"><transition event="go" p:by="referent" p:label="Clore" target="fin"/></state><final id="fin"/>)x"},
    Explanation{
        "W0004", "p:not-by nomme une action que personne ne fait",
        "La règle « pas la même personne que… » vise une action inconnue.",
        "La séparation des rôles ne serait pas assurée : la même personne pourrait soumettre et approuver.",
        "Corrigez le nom de l’action.",
        Example::workflow,
        R"x(<state id="a"><transition event="submit" p:by="referent" p:label="Soumettre" target="b"/></state><state id="b"><transition event="approve" p:by="responsable" p:not-by="submitt" p:label="Approuver" target="fin"/></state><final id="fin"/>)x",
        R"x(<state id="a"><transition event="submit" p:by="referent" p:label="Soumettre" target="b"/></state><state id="b"><transition event="approve" p:by="responsable" p:not-by="submit" p:label="Approuver" target="fin"/></state><final id="fin"/>)x"},
    Explanation{
        "W0005", "Attribut d’une action que personne ne fait",
        "p:form, p:else ou p:not-by ne servent que si p:by dit qui agit.",
        "Un formulaire ou une règle écrits pour rien : quelqu’un croit qu’ils protègent.",
        "Ajoutez p:by avec les rôles, ou retirez l’attribut.",
        Example::workflow,
        R"x(<state id="a"><transition event="go" p:form="motif" target="fin"/></state><final id="fin"/>)x",
        R"x(<state id="a"><transition event="go" p:by="referent" p:label="Clore" p:form="motif" target="fin"/></state><final id="fin"/>)x"},
    Explanation{
        "W0006", "Événement du système attribué à une personne",
        "signed.*, refused.*, rendered.*, deadline.*… viennent du système ; personne ne les déclenche.",
        "Une signature ne se déclare pas, elle se constate.",
        "Retirez p:by, ou renommez l’événement.",
        Example::workflow,
        R"x(<state id="a"><transition event="signed.beneficiaire" p:by="referent" p:label="Signer" target="fin"/></state><final id="fin"/>)x",
        R"x(<state id="a"><transition event="signed.beneficiaire" target="fin"/></state><final id="fin"/>)x"},
    Explanation{
        "W0007", "Situation inconnue dans In()",
        "Aucune situation ne porte ce nom.",
        "La condition serait toujours fausse.",
        "Corrigez le nom de la situation.",
        Example::workflow,
        R"x(<state id="a"><transition cond="In('fn')" target="fin"/></state><final id="fin"/>)x",
        R"x(<state id="a"><transition cond="In('a')" target="fin"/></state><final id="fin"/>)x"},
    Explanation{
        "W0008", "Transition qu’une autre cache",
        "Une transition placée avant prend déjà tous les cas de celle-ci.",
        "Ce qui est prévu pour ce cas précis n’aura jamais lieu.",
        "Placez la transition la plus précise avant, ou donnez une condition à l’autre.",
        Example::workflow,
        R"x(<state id="a"><transition event="refused.*" target="fin"/><transition event="refused.beneficiaire" target="fin"/></state><final id="fin"/>)x",
        R"x(<state id="a"><transition event="refused.beneficiaire" target="fin"/><transition event="refused.*" target="fin"/></state><final id="fin"/>)x"},
    Explanation{
        "W0009", "Échéance que rien ne traite",
        "L’échéance peut tomber dans une situation où aucune transition ne la prend.",
        "Le terme passerait sans que rien se passe : pas d’alerte, pas de fin de contrat.",
        "Ajoutez une transition pour cette échéance.",
        Example::workflow,
        R"x(<state id="a"><onentry><p:deadline event="deadline.terme" at="entree() + mois(3)"/></onentry><transition event="go" p:by="referent" p:label="Clore" target="fin"/></state><final id="fin"/>)x",
        R"x(<state id="a"><onentry><p:deadline event="deadline.terme" at="entree() + mois(3)"/></onentry><transition event="deadline.terme" target="fin"/></state><final id="fin"/>)x"},
    Explanation{
        "W0010", "Réponse à une demande de signature que rien ne traite",
        "La personne peut signer ou refuser ; l’un des deux n’a pas de suite.",
        "Un refus resterait sans effet : le dossier attendrait une signature qui ne viendra pas.",
        "Ajoutez une transition pour signed.… et pour refused.….",
        Example::workflow,
        R"x(<state id="a"><onentry><p:sign document="c" slot="beneficiaire"/></onentry><transition event="signed.beneficiaire" target="fin"/></state><final id="fin"/>)x",
        R"x(<state id="a"><onentry><p:sign document="c" slot="beneficiaire"/></onentry><transition event="signed.beneficiaire" target="fin"/><transition event="refused.beneficiaire" target="fin"/></state><final id="fin"/>)x"},
    Explanation{
        "W0011", "Condition sans repli sur done.state",
        "done.state.* n’arrive qu’une fois ; si la condition est fausse à ce moment, plus rien ne vient.",
        "Le dossier resterait bloqué pour toujours.",
        "Ajoutez une transition sans condition pour le même événement.",
        Example::workflow,
        R"x(<state id="a"><transition event="done.state.a" cond="dossier.ok" target="fin"/><final id="b"/></state><final id="fin"/>)x",
        R"x(<state id="a"><transition event="done.state.a" cond="dossier.ok" target="fin"/><transition event="done.state.a" target="fin"/><final id="b"/></state><final id="fin"/>)x"},
    Explanation{
        "W0012", "Variable qui n’est pas déclarée",
        "Le déroulement écrit dans une variable qui n’est pas dans <datamodel>.",
        "La valeur serait perdue : une évaluation faite ne serait pas retenue.",
        "Déclarez la variable dans <datamodel> ; dossier.* et _event ne s’écrivent pas.",
        Example::workflow,
        R"x(<state id="a"><transition event="x" target="fin"><assign location="avis" expr="1"/></transition></state><final id="fin"/>)x",
        R"x(<datamodel><data id="avis" expr="0"/></datamodel><state id="a"><transition event="x" target="fin"><assign location="avis" expr="1"/></transition></state><final id="fin"/>)x"},
    Explanation{
        "W0013", "Aucune fin n’est atteignable",
        "Le déroulement n’a pas de fin, ou rien n’y mène.",
        "Le dossier ne se clôt jamais : il ne serait ni archivé ni effacé dans les délais.",
        "Ajoutez un <final> au premier niveau et une transition qui y mène.",
        Example::workflow, R"x(<state id="a"/>)x",
        R"x(<state id="a"><transition event="go" p:by="referent" p:label="Clore" target="fin"/></state><final id="fin"/>)x"},
    Explanation{
        "W0014", "Transition qui fait tout recommencer",
        "La transition quitte puis reprend depuis le début toute une situation à plusieurs volets.",
        "Échéances et demandes de signature repartiraient à zéro.",
        "Ajoutez type=\"internal\".",
        Example::workflow,
        R"x(<parallel id="p"><transition event="stop" target="fin"/><state id="t"><transition event="x" target="b"/><state id="a"/><state id="b"/></state><state id="c"/></parallel><final id="fin"/>)x",
        R"x(<parallel id="p"><transition event="stop" target="fin"/><state id="t"><transition event="x" type="internal" target="b"/><state id="a"/><state id="b"/></state><state id="c"/></parallel><final id="fin"/>)x"},
};
// clang-format on

}  // namespace

std::span<const Explanation> workflow_explanations() {
    return catalogue;
}

}  // namespace paraphe::tmpl
