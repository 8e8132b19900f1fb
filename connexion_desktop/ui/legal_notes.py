"""What the app takes for the law on PMSMP and nobody has confirmed yet: to be checked."""

from __future__ import annotations

NOTES: tuple[tuple[str, str], ...] = (
    (
        "Les règles des immersions viennent du code du travail et de la notice du Cerfa 13912. "
        "Les points ci-dessous restent à vérifier auprès de votre organisme délégant : "
        "l’application suit en attendant la lecture indiquée.",
        "muted",
    ),
    ("Durée d’un mois, de date à date (D. 5135-3)", "heading"),
    (
        "Début le 15 janvier, dernier jour le 14 février. À vérifier : si le 15 février peut être "
        "compris.",
        "",
    ),
    ("Même structure d’accueil (D. 5135-3 et notice)", "heading"),
    (
        "Pour une personne et un SIRET, sur douze mois glissants : deux conventions au plus, "
        "d’objets différents, et 60 jours au plus, renouvellements compris. À vérifier : la limite "
        "de 60 jours.",
        "",
    ),
    ("Travaux interdits aux mineurs (D. 4153-15 et suivants)", "heading"),
    (
        "L’application signale les machines, le travail en hauteur et les produits chimiques "
        "nommés dans les tâches. À vérifier : la liste et les dérogations.",
        "",
    ),
    ("Formulaire Cerfa 13912", "heading"),
    (
        "La convention suit l’ordre de la version 04. Une version 05 existe depuis octobre 2024. "
        "À vérifier : qu’aucune mention n’y est nouvelle.",
        "",
    ),
    ("Accidents du travail", "heading"),
    (
        "Vingt-quatre heures à la structure d’accueil pour vous prévenir, quarante-huit heures "
        "pour la déclaration à la CPAM. À vérifier : le taux de cotisation à déclarer dans la DSN.",
        "",
    ),
)
