"""The twelve of Bordeaux: the six others."""

from __future__ import annotations

from .bordeaux import BASIC_PAPERS
from .story import Lending, Mark, Paper, Relative, Step, Story, Talk, Who

# fmt: off
MAMADOU = Story(
    who=Who(
        "m", "Mamadou", "Traoré", 30, (1, 1), "06 39 98 00 17", "Foyer rue Malbec", "33800",
        birth_city="Kayes", birth_place="Mali", birth_precision="year", french="A2",
        channel="banque_alimentaire", channel_detail="Distribution du jeudi, Saint-Michel",
        public_reason="langue", nationality="other",
    ),
    met_before=30,
    activity="sport",
    families={
        "batiment": 5, "transport_logistique": 2, "securite": 2, "industrie": 3, "espaces_verts": 4,
    },
    project=(("Maçon", "confirmed"), ("Ouvrier paysagiste", "explore")),
    milestones={"cv": 4, "pitch": 6, "first_choice": 5},
    talks=(
        Talk(-4, "Le chef d’équipe le reprendrait. Deuxième immersion signée dans une autre "
             "entreprise, pour voir le gros œuvre.", 30),
        Talk(-24, "Bilan de l’immersion : heureux, courbatu, confirmé dans son choix.", 40),
        Talk(-39, "A travaillé sur des chantiers depuis ses quinze ans ; rien d’écrit.", 30),
    ),
    steps=(
        Step("immersion", "Immersion BTP", 14, from_monday=True, organisation="girondine"),
        Step("formation", "Réunion d’information sur le titre de maçon", -6,
             "Inscrit au test d’entrée.", owner="person"),
        Step("immersion", "Chercher une entreprise de maçonnerie", -30,
             "Oui de Pierre & Chaux Rénovation."),
    ),
    obstacles={"langue": (4, 3), "logement": (3, 3), "administratif": (4, 2), "confiance": (2, 1)},
    papers=(*BASIC_PAPERS, Paper("cv"), Paper("sejour", expires=520), Paper("photo")),
    permit=("Carte de séjour temporaire « salarié »", "residence", "7503000017", 520),
    resources="aucune", training="infra3_sans", workless_months=14, housing=False,
    motivation="Veut un métier du bâtiment et un contrat.",
)

THI_HONG = Story(
    who=Who(
        "mme", "Thị Hồng", "Nguyễn", 40, (6, 21), "06 39 98 00 18", "3 place Gambetta", "33000",
        email="hong.nguyen@example.org", birth_city="Huế", birth_place="Viêt Nam", french="A2",
        channel="commercant", channel_detail="Commerçante de la rue Camille-Jullian",
        public_reason="langue", nationality="fr",
    ),
    met_before=28,
    activity="cuisine",
    families={
        "hotellerie_restauration": 5, "esthetique": 3, "commerce": 3, "proprete": 1,
        "services_personne": None,
    },
    project=(("Restauration", "to_confirm"), ("Prothésiste ongulaire", "explore")),
    milestones={"cv": 6},
    marks=(Mark(5, 1, "E", "sante"), Mark(3, 1, "R")),
    talks=(
        Talk(-6, "Comprend presque tout, n’ose pas répondre. Prête à une première immersion en "
             "cuisine si quelqu’un l’accompagne le premier matin.", 30),
        Talk(-27, "Aidait son mari au restaurant, fermé depuis. N’a jamais eu de bulletin de "
             "salaire.", 45),
    ),
    steps=(
        Step("cv", "Atelier CV", 7, from_monday=True, minute=9 * 60),
        Step("enquete_metier", "Déjeuner-découverte dans une cuisine de collectivité", -10,
             "A goûté, a noté, a souri.", owner="person"),
    ),
    obstacles={"langue": (4, 3), "confiance": (4, 3), "numerique": (4, 3), "mobilite": (2, 2)},
    papers=(*BASIC_PAPERS, Paper("cv"), Paper("photo")),
    lending=Lending("PC-005", week=2, level=1, aim="Réviser le français, remplir un formulaire."),
    resources="aucune", training="etranger", workless_months=36, children=2,
    motivation="Veut travailler en cuisine, pas seule.",
    allergy="Arachide.",
)

KARIM = Story(
    who=Who(
        "m", "Karim", "Benali", 52, (9, 14), "06 39 98 00 19", "19 rue Blanqui",
        email="karim.benali@example.org", birth_city="Lormont", french="B2",
        channel="bouche_a_oreille", channel_detail="Un ancien du groupe de Pessac",
        public="visible", public_reason=None,
    ),
    met_before=27,
    activity="theatre",
    families={
        "transport_logistique": 5, "industrie": 2, "batiment": 2, "securite": 3, "commerce": 3,
    },
    project=(("Conducteur livreur", "to_confirm"), ("Agent d’exploitation", "explore")),
    milestones={"cv": 4},
    marks=(Mark(4, 0, "E", "sante", "Rendez-vous au CHU."),),
    talks=(
        Talk(-2, "L’entreprise l’a fait commencer sans attendre la convention. Prévenu : pas de "
             "présence sans signature. On relance aujourd’hui.", 20, "phone", None),
        Talk(-17, "Permis B et vingt ans de livraisons. Le dos tient s’il ne porte pas plus de "
             "15 kg.", 40),
        Talk(-33, "Demande de RQTH déposée avec l’assistante sociale.", 30),
    ),
    steps=(
        Step("employeur", "Relancer l’entreprise", None, organisation="quais"),
        Step("demarche", "Déposer la demande de RQTH", -33, "Accusé de réception reçu."),
    ),
    obstacles={"sante": (3, 3), "financier": (3, 3), "confiance": (2, 1), "mobilite": (1, 1)},
    papers=(*BASIC_PAPERS, Paper("cv"), Paper("permis")),
    rqth="pending", work_impact="Éviter le port de charges lourdes et répétées.",
    resources="rsa", training="3", workless_months=30, licence=True, district=True,
    motivation="Veut reprendre la route, en livraison courte.",
)

SIOBHAN = Story(
    who=Who(
        "mme", "Siobhán", "O’Connor-Dupuy", 36, (3, 25), "06 39 98 00 20",
        "101 quai des Chartrons", email="siobhan@example.org", birth_name="O’Connor",
        birth_city="Galway", birth_place="Irlande", french="C1", channel="socio_esthetique",
        channel_detail="Atelier du Grand Parc", nationality="eu", public_reason="ignore",
    ),
    met_before=26,
    activity="theatre",
    families={
        "sanitaire_social": 3, "services_personne": 2, "administratif": 5, "esthetique": 2,
        "commerce": 3,
    },
    project=(("Accueil, secrétariat", "to_confirm"), ("Secrétaire médicale", "explore")),
    milestones={"cv": 3, "pitch": 5},
    talks=(
        Talk(-1, "L’accueil de la mairie annule faute de tuteur. Déçue, mais rappelle déjà deux "
             "cabinets médicaux.", 25),
        Talk(-20, "Trilingue sans l’avoir jamais écrit. Le CV change d’allure.", 30),
        Talk(-37, "Sept ans sans emploi, trois enfants. Veut des horaires d’école.", 45),
    ),
    steps=(
        Step("pitch", "Pitch", 8, from_monday=True, owner="person"),
        Step("employeur", "Appeler deux cabinets médicaux", -1, "Un rappel attendu.",
             owner="person"),
        Step("cv", "Refaire le CV par compétences", -20, "CV terminé."),
    ),
    obstacles={"famille": (3, 2), "confiance": (3, 1), "financier": (3, 3)},
    papers=(*BASIC_PAPERS, Paper("cv")),
    resources="rsa", training="5", workless_months=84, children=3, licence=True,
    motivation="Veut un poste d’accueil à temps partiel.",
)

OLENA = Story(
    who=Who(
        "mme", "Olena", "Kovalenko", 43, (7, 7), "+380 44 000 00 00", "CADA, 14 rue de Tauzia",
        "33800", email="olena.k@example.org", native="Олена Коваленко", birth_city="Kharkiv",
        birth_place="Ukraine", french="A2", channel="hebergement", channel_detail="CADA de Tauzia",
        public_reason="langue", nationality="other",
    ),
    met_before=25,
    activity="podcast",
    families={
        "numerique": 3, "administratif": 5, "commerce": 2, "industrie": None, "sanitaire_social": 2,
    },
    project=(("Comptabilité", "to_confirm"), ("Assistante administrative", "explore")),
    milestones={"cv": 5, "pitch": 6},
    talks=(
        Talk(9, None, start=15 * 60),
        Talk(-7, "Comptable pendant quinze ans à Kharkiv. Fait reconnaître son diplôme : dossier "
             "envoyé, réponse sous quatre mois.", 40),
        Talk(-29, "Apprend dix mots de comptabilité par jour sur l’ordinateur prêté.", 25),
    ),
    steps=(
        Step("demarche", "Envoyer le diplôme à traduire", -15, "Traduction reçue.", owner="person"),
    ),
    obstacles={"langue": (4, 3), "logement": (4, 3), "administratif": (4, 3), "confiance": (2, 1)},
    papers=(
        *BASIC_PAPERS, Paper("cv"),
        Paper("sejour", expires=20, detail="Renouvellement à demander."),
    ),
    lending=Lending("PC-006", week=3, level=4, aim="Suivre un cours de comptabilité française."),
    permit=("Autorisation provisoire de séjour", "temporary_protection", "7503000021", 20),
    resources="aucune", training="6", workless_months=16, housing=False,
    motivation="Veut retrouver son métier de comptable.",
)

LEO = Story(
    who=Who(
        "m", "Léo", "Petit", 17, (9, 30), "06 39 98 00 22", "7 allée de Serr", "33100",
        birth_city="Cenon", french="C1", channel="parc", channel_detail="Parc aux Angéliques",
        public_reason="inutile",
    ),
    met_before=21,
    entered_week=2,
    activity="sport",
    families={"batiment": 3, "espaces_verts": 5, "industrie": 2, "securite": 1, "proprete": None},
    project=(("Paysagiste", "to_confirm"),),
    marks=(Mark(5, 0, "A"),),
    talks=(
        Talk(-4, "Veut être dehors. L’idée du chantier-école lui plaît ; sa mère aussi.", 30),
        Talk(-25, "Sorti du lycée en février. Dit oui à tout, puis se tait : aller lentement.", 35),
    ),
    steps=(
        Step("enquete_metier", "Visite chantier", 8, from_monday=True,
             detail="Avec l’équipe espaces verts.", organisation="jardins"),
        Step("demarche", "Appeler sa mère", -12,
             "D’accord pour l’autorisation ; la signera lundi."),
    ),
    obstacles={"confiance": (3, 2), "mobilite": (3, 3), "justice": (1, 1)},
    papers=(
        Paper("identite", expires=1100), Paper("reglement"), Paper("diagnostic"),
        Paper("secu", expires=150), Paper("autorisation", "asked"),
    ),
    relatives=(Relative("representative", "Sandrine Petit", "mère", "06 39 98 00 23"),
               Relative("emergency", "Sandrine Petit", "mère", "06 39 98 00 23")),
    resources="aucune", training="infra3", workless_months=3, district=True,
    motivation="Veut travailler dehors.",
)
# fmt: on

LAST_SIX = (MAMADOU, THI_HONG, KARIM, SIOBHAN, OLENA, LEO)
