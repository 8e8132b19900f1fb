"""The fixed words of a convention, in French typography.

Undertakings follow the State's form (Cerfa 13912); articles are in the legal spelling.
"""

from __future__ import annotations

from connexion_desktop.documents.content import Duties
from connexion_desktop.domain.identity import Civility, Situation
from connexion_desktop.domain.placement import Party
from connexion_desktop.domain.typography import typeset

TITLE = typeset(
    "Convention relative à la mise en œuvre d’une période de mise en situation "
    "en milieu professionnel"
)
LAW = typeset("Articles L. 5135-1 et D. 5135-1 et suivants du code du travail")

INSURANCE = typeset(
    "La structure d’accueil atteste être couverte par une assurance multirisque professionnelle "
    "en cours de validité"
)
DURATION = typeset(
    "Un mois au plus, de date à date, présence continue ou non (article D. 5135-3 du code du "
    "travail)."
)
HOURS_RULE = typeset(
    "Les durées de présence et de repos sont celles que la structure d’accueil applique à ses "
    "salariés (article L. 5135-6 du code du travail)."
)

SITUATIONS = {
    Situation.FRANCE_TRAVAIL: "Demandeur d’emploi suivi par France Travail",
    Situation.MISSION_LOCALE: "Jeune sans emploi suivi par la mission locale",
    Situation.CAP_EMPLOI: typeset(
        "Demandeur d’emploi suivi par un organisme relevant du 1° bis de l’article L. 5311-4 "
        "du code du travail"
    ),
    Situation.SIAE: typeset(
        "Salarié d’une structure de l’insertion par l’activité économique relevant du 2° de "
        "l’article L. 5311-4 du code du travail"
    ),
    Situation.AIDED_CONTRACT: "Salarié bénéficiant d’un contrat aidé",
    Situation.EMPLOYEE: "Autre salarié en accompagnement social ou professionnel",
    Situation.OTHER: "Autre",
}


def beneficiary_title(civility: Civility | None) -> str:
    """« La bénéficiaire » for « Mme », else « Le bénéficiaire »."""
    return "La bénéficiaire" if civility is Civility.MRS else "Le bénéficiaire"


def born(civility: Civility | None) -> str:
    """« Né le », « Née le », « Né(e) le » while the civility is not known."""
    match civility:
        case Civility.MR:
            return "Né le"
        case Civility.MRS:
            return "Née le"
        case None:
            return "Né(e) le"


PARTIES = {
    Party.REPRESENTATIVE: "Le représentant légal du bénéficiaire mineur",
    Party.EMPLOYER: "L’employeur",
    Party.HOST: "La structure d’accueil",
    Party.PRESCRIBER: "L’organisme prescripteur",
    Party.SUPPORT: "La structure d’accompagnement",
}
_STAMPED = "Date, signature et cachet"
HINTS = {
    Party.BENEFICIARY: "Date et signature",
    Party.REPRESENTATIVE: "Date et signature",
    Party.EMPLOYER: _STAMPED,
    Party.HOST: _STAMPED,
    Party.PRESCRIBER: _STAMPED,
    Party.SUPPORT: _STAMPED,
}

BENEFICIARY = Duties(
    "Le bénéficiaire",
    typeset(
        "s’engage à exercer les activités et tâches définies dans la présente convention et à "
        "mettre en œuvre les actions qui lui permettent d’atteindre les objectifs d’insertion "
        "socioprofessionnelle attendus, et notamment à :"
    ),
    tuple(
        typeset(point)
        for point in (
            "respecter le règlement intérieur de la structure d’accueil et les consignes qui lui "
            "sont données, et informer le conseiller référent de tout retard ou absence en "
            "fournissant les documents justificatifs requis ;",
            "se conformer aux dispositions et mesures d’hygiène et de sécurité applicables aux "
            "salariés dans la structure d’accueil, notamment au port obligatoire des équipements "
            "de protection individuelle (EPI) propres aux activités et tâches confiées ;",
            "informer le conseiller référent de tout incident ou accident ;",
            "informer le conseiller référent ou la personne responsable de son accueil et de son "
            "suivi des difficultés qu’il pourrait rencontrer au cours de la période ;",
            "auto-évaluer l’apport de la période dans la construction de son parcours d’insertion "
            "socioprofessionnelle.",
        )
    ),
)

HOST = Duties(
    "La structure d’accueil",
    typeset(
        "s’engage à prendre les dispositions nécessaires pour permettre au bénéficiaire d’exercer "
        "les activités et tâches définies dans la présente convention, à l’accompagner afin qu’il "
        "atteigne les objectifs d’insertion socioprofessionnelle attendus, et notamment à :"
    ),
    tuple(
        typeset(point)
        for point in (
            "désigner une personne chargée d’accueillir, d’aider, d’informer, de guider et "
            "d’évaluer le bénéficiaire pendant la période ;",
            "ne pas faire exécuter au bénéficiaire une tâche régulière correspondant à un poste de "
            "travail permanent, à un accroissement temporaire d’activité, à un emploi saisonnier "
            "ou au remplacement d’un salarié en cas d’absence ou de suspension de son contrat de "
            "travail ;",
            "s’assurer que la période respecte les règles applicables à ses salariés pour les "
            "durées quotidienne et hebdomadaire de présence, la présence de nuit, le repos "
            "quotidien, le repos hebdomadaire et les jours fériés ;",
            "être couverte par une assurance multirisque professionnelle en cours de validité, "
            "tant à l’égard des tiers que pour les biens de la structure d’accueil ;",
            "se conformer aux articles R. 4141-3-1 et suivants du code du travail en matière "
            "d’information des salariés sur les règles d’hygiène et de sécurité applicables dans "
            "son établissement, et fournir l’ensemble des EPI nécessaires ;",
            "prévenir la structure d’accompagnement, dès connaissance des faits et au plus tard "
            "dans les 24 heures, de tout accident survenant au cours ou sur le lieu de la période, "
            "ou sur le trajet entre le domicile et la structure d’accueil ;",
            "donner accès aux moyens de transport et installations collectifs ;",
            "libérer le bénéficiaire, à la demande de la structure d’accompagnement, chaque fois "
            "que cela s’avère nécessaire.",
        )
    ),
)

ACCOMPANYING = Duties(
    "La structure d’accompagnement",
    typeset(
        "s’engage, en la personne du conseiller référent, à assurer la mise en œuvre de la "
        "période, et notamment à :"
    ),
    tuple(
        typeset(point)
        for point in (
            "accompagner le bénéficiaire dans la structure d’accueil par des visites et des "
            "entretiens sous toute forme ;",
            "intervenir, à la demande de la structure d’accueil ou du bénéficiaire, pour régler "
            "toute difficulté survenant pendant la période ;",
            "informer sans délai l’organisme prescripteur ou, si le bénéficiaire est salarié, "
            "l’employeur de ce dernier, de tout accident de travail ou de trajet qui lui serait "
            "signalé dans le cadre de la période ;",
            "réaliser le bilan et l’évaluation de la période, transmis le cas échéant à "
            "l’organisme prescripteur.",
        )
    ),
)

PRESCRIBER = Duties(
    "L’organisme prescripteur",
    typeset("s’engage à :"),
    tuple(
        typeset(point)
        for point in (
            "analyser la pertinence de la période proposée et en définir des objectifs adaptés "
            "aux besoins, possibilités et capacités tant du bénéficiaire que de la structure "
            "d’accueil ;",
            "déclarer dans les 48 heures tout accident de travail ou de trajet qui lui serait "
            "signalé auprès de la caisse primaire d’assurance maladie (CPAM) du lieu de résidence "
            "du bénéficiaire, dès lors qu’il couvre le risque accidents du travail et maladies "
            "professionnelles.",
        )
    ),
)

EMPLOYER = Duties(
    "L’employeur",
    typeset(
        "donne son accord à la période, qui s’effectue dans le cadre du maintien du contrat de "
        "travail, et s’engage à :"
    ),
    (
        typeset(
            "déclarer dans les 48 heures à la CPAM tout accident de travail ou de trajet survenu "
            "dans le cadre de la période."
        ),
    ),
)

CALL_RESCUE = typeset(
    "Porter secours et appeler les urgences : 15 (SAMU), 18 (pompiers) ou 112, puis prévenir la "
    "personne à contacter en cas d’urgence."
)
