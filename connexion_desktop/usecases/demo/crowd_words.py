"""What is said of many invented people."""

from __future__ import annotations

# fmt: off
WORKSHOPS = (
    "Faire connaissance", "Les treize filières", "Parler de soi", "Mon CV",
    "Enquêter sur un métier", "Préparer une immersion", "Mon pitch", "Clôture et suite du parcours",
)
STREETS = (
    "rue des Bateliers", "allée des Tilleuls", "rue de la Source", "cours des Mariniers",
    "place du Vieux-Pont", "rue des Ormes", "impasse du Lavoir", "avenue des Érables",
)
CHANNELS = (
    "banque_alimentaire", "centre_social", "hebergement", "rue", "parc", "tram", "micro_trottoir",
    "gouter_sportif", "bouche_a_oreille",
)
TRADES = (
    ("Aide-soignante", "sanitaire_social"), ("Magasinier", "transport_logistique"),
    ("Cuisinier", "hotellerie_restauration"), ("Vendeuse", "commerce"), ("Maçon", "batiment"),
    ("Peintre en bâtiment", "batiment"), ("Agent de sécurité", "securite"),
    ("Assistante de vie", "services_personne"), ("Paysagiste", "espaces_verts"),
    ("Agente d’entretien", "proprete"), ("Secrétaire", "administratif"),
    ("Technicien informatique", "numerique"), ("Agent de fabrication", "industrie"),
    ("Esthéticienne", "esthetique"), ("Chauffeur livreur", "transport_logistique"),
)
EXITS = (
    "cdi", "cdd_long", "cdd_court", "formation", "siae", "creation", "chomage", "inactif",
    "demenagement", "perte_contact", "non_documentee",
)
EXIT_WEIGHTS = (16, 12, 14, 18, 8, 3, 12, 5, 4, 5, 3)
SEEN = (
    "Vient avec un classeur bien rangé.", "A parlé longtemps de son ancien métier.",
    "Hésite entre deux voies et le dit simplement.", "Fatigue, mais présence entière.",
    "A préparé ses questions par écrit.", "Arrive en avance et aide à installer la salle.",
    "Revient d’un rendez-vous difficile, reste pourtant.", "S’étonne de ce qu’elle sait déjà.",
    "Le CV tient en une page, clair.", "A appelé trois entreprises seule.",
    "Parle d’un projet pour la première fois.", "Le bus a changé d’horaire : trajet à revoir.",
    "La garde des enfants est réglée jusqu’à l’été.", "Attend une réponse de la préfecture.",
    "Garde un bon souvenir de l’immersion.", "Veut des horaires réguliers avant tout.",
)
THEN = (
    "On relit la lettre ensemble.", "Une enquête métier est prévue.",
    "Prochain point dans deux semaines.", "Un essai est possible le mois prochain.",
    "Le dossier de formation est à demander.", "On cherche une structure qui accueille.",
    "À rappeler après les vacances.", "Le budget reste serré ; on en reparle.",
    "Un contact chez un partenaire est donné.", "Bonne nouvelle à confirmer.",
    "Le médecin donnera son avis.", "On s’exerce au téléphone.",
)
ACTIONS = (
    ("cv", "Relire le CV", "CV envoyé à deux entreprises."),
    ("enquete_metier", "Enquête métier", "A rencontré deux personnes du métier."),
    ("immersion", "Chercher une immersion", "Trois appels, un oui."),
    ("formation", "Se renseigner sur une formation", "Réunion d’information suivie."),
    ("employeur", "Préparer un entretien", "Entretien passé."),
    ("demarche", "Ouvrir ses droits à la complémentaire", "Attestation reçue."),
    ("pitch", "Essayer son pitch", "Deux minutes, sans notes."),
)
# fmt: on
