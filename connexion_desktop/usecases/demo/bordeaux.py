"""The twelve of Bordeaux, in the seventh week of their group."""

from __future__ import annotations

from .story import Lending, Mark, Paper, Relative, Step, Story, Talk, Who

# fmt: off
BASIC_PAPERS = (
    Paper("identite", expires=1500),
    Paper("reglement"),
    Paper("domicile"),
    Paper("secu", expires=220),
    Paper("diagnostic"),
)

AISSATOU = Story(
    who=Who(
        "mme", "Aïssatou", "Diallo", 35, (4, 3), "06 39 98 00 11", "12 rue Achard",
        email="aissatou.diallo@example.org", birth_city="Labé", birth_place="Guinée",
        nationality="other",
        french="A2", channel="banque_alimentaire", channel_detail="Distribution du mardi, Bacalan",
        public_reason="langue",
    ),
    met_before=49,
    activity="cuisine",
    families={
        "sanitaire_social": 5, "commerce": 2, "hotellerie_restauration": 3, "proprete": 1,
        "esthetique": None,
    },
    project=(
        ("Aide-soignante", "to_confirm"), ("Agente hôtelière", "explore"), ("Traiteure", "explore"),
    ),
    milestones={"cv": 4, "pitch": 6},
    marks=(Mark(6, 0, "E", "garde", "A prévenu le matin par SMS."),),
    talks=(
        Talk(-2, "Veut confirmer le métier d’aide-soignante. Inquiète pour la garde du mercredi : "
             "la crèche de Bacalan a une place en mai. On appelle l’EHPAD jeudi."),
        Talk(-13, "Relit son CV avec fierté. Hésite entre l’hôpital et la maison de retraite ; "
             "veut voir les deux avant de choisir.", 45),
        Talk(-31, "Aime la cuisine, mais cherche un métier « où l’on prend soin ». A gardé sa "
             "grand-mère pendant quatre ans."),
        Talk(-44, "Installée dans le groupe. Le bus est long depuis Bacalan : préfère commencer à "
             "9 h 30 le lundi.", 20),
    ),
    steps=(
        Step("enquete_metier", "Enquête métier", 2, minute=14 * 60, owner="person",
             detail="Rencontrer une aide-soignante de la Résidence des Bassins.",
             organisation="bassins"),
        Step("demarche", "Demander une place à la crèche de Bacalan", -5,
             "Une place le mercredi à partir de mai."),
        Step("enquete_metier", "Enquête métier à l’hôpital", -7,
             "A rencontré deux aides-soignantes à l’hôpital.", owner="person"),
        Step("cv", "Écrire la première version du CV", -20, "CV d’une page, relu à deux."),
        Step("formation", "Se renseigner sur l’entrée à l’école d’aides-soignantes", -38,
             "Dossier à rendre en septembre ; le niveau B1 est demandé.", owner="person"),
    ),
    notes=((-27, "Parle peu en grand groupe, beaucoup en petit comité."),),
    obstacles={
        "famille": (4, 3), "mobilite": (3, 2), "langue": (3, 2), "numerique": (3, 1),
        "sante": (1, 1),
    },
    papers=(*BASIC_PAPERS, Paper("cv"), Paper("photo")),
    relatives=(Relative("emergency", "Fatou Diallo", "sœur", "06 39 98 00 31"),),
    lending=Lending("PC-004", week=2),
    permit=("Carte de résident", "residence", "9903000011", 2100),
    motivation="Veut un métier du soin, stable, avec des horaires tenables avec ses enfants.",
    children=2, single_parent=True, district=True, training="infra3_sans", workless_months=40,
)

KOFFI = Story(
    who=Who(
        "m", "Koffi", "N’Guessan", 37, (5, 12), "06 39 98 00 12", "4 cité Claveau",
        birth_city="Bouaké", birth_place="Côte d’Ivoire", french="B1", channel="tram",
        channel_detail="Tram B, arrêt Claveau", public_reason="inutile", nationality="fr",
    ),
    met_before=48,
    activity="sport",
    families={
        "batiment": 3, "industrie": 4, "transport_logistique": 5, "espaces_verts": 2,
        "numerique": 1,
    },
    project=(("Magasinier", "to_confirm"), ("Cariste", "explore")),
    milestones={"cv": 5},
    marks=(Mark(3, 0, "A"),),
    talks=(
        Talk(-5, "A trouvé trois offres de magasinier à Bruges. Le CACES bloque : on regarde qui "
             "le finance.", 40),
        Talk(-23, "Deux ans d’entrepôt à Abidjan, jamais mis sur son CV. On l’ajoute."),
        Talk(-41, "Préfère un travail d’équipe, tôt le matin. Refuse le travail de nuit.", 20),
    ),
    steps=(
        Step("cv", "CV à relire", 3),
        Step("formation", "Chercher un financement pour le CACES", -4,
             "Deux organismes rappellent la semaine prochaine."),
        Step("enquete_metier", "Visiter un entrepôt à Bruges", -18,
             "Ambiance calme, équipe mixte."),
    ),
    obstacles={
        "mobilite": (3, 2), "administratif": (3, 2), "financier": (4, 3), "numerique": (2, 2),
    },
    papers=(*BASIC_PAPERS, Paper("permis")),
    licence=True, resources="rsa", workless_months=26,
    motivation="Veut un emploi rapidement, en entrepôt si possible.",
    agreed=False,
)

JEAN_FRANCOIS = Story(
    who=Who(
        "m", "Jean-François", "Martin", 58, (11, 30), "06 39 98 00 13",
        "Résidence Les Aubiers, bâtiment C, appartement 42", email="jf.martin@example.org",
        french="C2", channel="centre_social", channel_detail="Centre social du Lac",
        public="visible", public_reason=None,
    ),
    met_before=46,
    activity="podcast",
    families={
        "numerique": 5, "administratif": 3, "industrie": 2, "commerce": None,
    },
    other_family="Bois (Cité Bleue)",
    project=(("Support informatique", "to_confirm"), ("Médiateur numérique", "explore")),
    milestones={"cv": 3, "pitch": 6},
    marks=(Mark(2, 1, "R", "transport", "Tram en panne."),),
    talks=(
        Talk(-1, "Aide volontiers les autres sur les ordinateurs. Pas de port de charge : vérifier "
             "les postes avant toute immersion."),
        Talk(-16, "Vingt ans d’atelier, puis une longue maladie. Ne veut plus parler du passé, "
             "mais de la suite.", 50),
        Talk(-40, "Inquiet de son âge devant un employeur. Le podcast lui donne une voix.", 30),
    ),
    steps=(
        Step("enquete_metier", "Visite numérique", 8, from_monday=True, owner="person"),
        Step("cv", "Reprendre le CV par compétences", -22, "Deux pages ramenées à une."),
    ),
    notes=((-11, "A monté seul le son du deuxième épisode du podcast."),),
    obstacles={"sante": (4, 3), "confiance": (3, 2), "mobilite": (2, 1), "logement": (1, 1)},
    papers=(*BASIC_PAPERS, Paper("rqth", expires=640), Paper("cv"), Paper("photo")),
    lending=Lending("PC-001", aim="Suivre un cours en ligne de support informatique.", level=3),
    rqth="yes", rqth_for=640, work_impact="Pas de port de charge au-delà de 5 kg.",
    resources="ass", training="3", workless_months=60, licence=True, district=True,
    motivation="Veut un dernier métier utile, assis, au contact des gens.",
)

ELIF = Story(
    who=Who(
        "mme", "Elif", "Şahin", 24, (8, 17), "06 39 98 00 14", "27 cours de la Marne", "33800",
        email="elif.sahin@example.org", birth_city="Gaziantep", birth_place="Turquie", french="A2",
        channel="micro_trottoir", channel_detail="Marché des Capucins", public_reason="langue",
        nationality="other",
    ),
    met_before=40,
    activity="theatre",
    families={
        "esthetique": 5, "commerce": 4, "sanitaire_social": 2, "services_personne": 3,
        "hotellerie_restauration": 3, "administratif": 2,
    },
    project=(("Esthéticienne", "confirmed"), ("Conseillère de vente en parfumerie", "explore")),
    milestones={"cv": 4, "pitch": 6, "first_choice": 6},
    marks=(Mark(2, 0, "E", "administratif", "Rendez-vous à la préfecture."),),
    talks=(
        Talk(0, "Appel de l’institut : « ponctuelle, curieuse, très douce avec les clientes ». "
             "Elif veut s’inscrire au CAP en septembre.", 15, "phone", None, 11 * 60),
        Talk(-12, "Prépare son immersion. Les mots du métier sont notés dans un petit carnet.", 30),
        Talk(-36, "Formée par sa tante à Gaziantep ; aucun diplôme français.", 40),
    ),
    steps=(
        Step("immersion", "Bilan PMSMP", 7, from_monday=True, organisation="eclat"),
        Step("formation", "Demander le dossier du CAP esthétique", -3, "Dossier reçu par courriel.",
             owner="person"),
        Step("immersion", "Appeler trois instituts", -19, "Un oui : Institut Éclat de Lune."),
    ),
    obstacles={"langue": (4, 2), "confiance": (3, 1), "administratif": (3, 2), "logement": (2, 2)},
    papers=(*BASIC_PAPERS, Paper("cv"), Paper("sejour", expires=410)),
    lending=Lending("PC-002", aim="Apprendre le français de l’esthétique en ligne."),
    permit=("Carte de séjour « vie privée et familiale »", "residence", "7503000014", 410),
    resources="aucune", training="4", workless_months=20,
    motivation="Veut exercer en France le métier appris dans sa famille.",
)

MARIA_JOSE = Story(
    who=Who(
        "mme", "Maria-José", "Da Silva", 47, (2, 3), "06 39 98 00 15", "8 rue du Mirail", "33000",
        email="mj.dasilva@example.org", birth_city="Braga", birth_place="Portugal", french="B2",
        channel="gouter_sportif", channel_detail="Goûter sportif de Saint-Michel",
        elsewhere="registered", elsewhere_body="France Travail", nationality="eu",
        public="visible", public_reason=None,
    ),
    met_before=35,
    activity="cuisine",
    families={
        "hotellerie_restauration": 5, "proprete": 2, "services_personne": 3, "sanitaire_social": 2,
        "commerce": 4,
    },
    project=(("Traiteur", "to_confirm"), ("Cuisinière de collectivité", "explore")),
    milestones={"cv": 5},
    marks=(Mark(4, 1, "A", "sante"), Mark(5, 0, "A", "sante", "Certificat demandé.")),
    talks=(
        Talk(1, None, start=10 * 60),
        Talk(-3, "Calcule son premier prix de revient : 4,10 € la part. Parle d’une table d’hôtes, "
             "puis d’un food-truck : on pose les chiffres la prochaine fois.", 45),
        Talk(-21, "Fatiguée par les ménages du matin. Cherche à cuisiner à plein temps."),
        Talk(-42, "Très à l’aise en cuisine, donne le rythme au groupe.", 20),
    ),
    steps=(
        Step("employeur", "Rencontrer une traiteure du quartier", -14, "Deux heures de conseils.",
             owner="person"),
    ),
    obstacles={"financier": (4, 3), "sante": (2, 2), "mobilite": (2, 1), "famille": (2, 2)},
    papers=(*BASIC_PAPERS, Paper("cv")),
    situation="france_travail", situation_detail=None, jobseeker_number="0399801A",
    resources="salaire", training="3", workless_months=8, licence=True,
    motivation="Veut créer sa petite affaire de traiteur portugais.", children=3,
)

OCEANE = Story(
    who=Who(
        "mme", "Océane", "Lefèvre", 18, (12, 9), "06 39 98 00 16", "56 rue Lucien-Faure",
        email="oceane.l@example.org", french="C1", channel="centre_social",
        channel_detail="Mme Diop, MDSI de Bacalan", public_reason="inutile",
    ),
    met_before=33,
    activity="podcast",
    families={
        "numerique": 3, "esthetique": 4, "commerce": None, "securite": None, "administratif": None,
    },
    marks=(
        Mark(2, 1, "A"), Mark(3, 0, "A"), Mark(4, 0, "A"), Mark(5, 0, "A"), Mark(5, 1, "A"),
        Mark(6, 0, "A"), Mark(6, 1, "A"), Mark(7, 0, "A"), Mark(7, 1, "A"),
    ),
    talks=(
        Talk(-16, "Répond à un message : dort chez une amie, « reviendra quand ça ira mieux ».", 10,
             "phone", None, 17 * 60, any_day=True),
        Talk(-34, "A quitté le lycée en terminale. Aime filmer ; ne se voit dans aucun métier.",
             35),
    ),
    steps=(
        Step("autre", "Appeler Mme Diop (MDSI)", -15, "Elle l’a vue au quartier, la prévient."),
    ),
    notes=((-28, "Vient quand une autre l’accompagne : penser au trajet à deux avec Elif."),),
    obstacles={"logement": (3, 4), "confiance": (4, 4), "financier": (4, 4), "famille": (1, 1)},
    papers=(Paper("identite", expires=900), Paper("reglement"), Paper("diagnostic"),
            Paper("domicile", "asked")),
    lending=Lending("PC-003", week=2, aim="Monter ses vidéos."),
    resources="aucune", workless_months=9, housing=False, district=True,
    motivation="Vient « pour voir ». Accroche au podcast.",
    agreed=False,
)

# fmt: on

FIRST_SIX = (AISSATOU, KOFFI, JEAN_FRANCOIS, ELIF, MARIA_JOSE, OCEANE)
