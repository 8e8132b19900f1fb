"""The twelve of Pessac, whose group is over: each one left, for a job, a training or elsewhere."""

from __future__ import annotations

from .sketches import Rhythm, Sketch, story
from .story import Bilan, Leaving, Stay

RHYTHM = Rhythm(
    talks=(-378, -330, -285),
    done=(-320, -270),
    phones_from=60,
    postal_code="33600",
    city="Pessac",
    returned=-215,
)

# fmt: off
_SKETCHES = (
    Sketch("mme", "Solange", "Dupouy", 51, "cuisine", "Cuisinière de collectivité",
     "hotellerie_restauration", (
        "Vingt ans de cantine, licenciée à la fermeture. Sait ce qu’elle vaut.",
        "Cherche un remplacement long ; accepte de se déplacer.",
        "Signe un contrat d’un an dans un collège.",
     ), "confirmed", None, (("employeur", "Écrire à trois collèges", "Deux réponses."),),
     leaving=Leaving(-262, "cdd_long", "cdd", 12, "Collège des Acacias",
                     "Remplacement d’un an.", "cdi"), computer="PC-012"),
    Sketch("m", "Idriss", "Cissé", 28, "sport", "Plombier-chauffagiste", "batiment", (
        "Bricole pour tout l’immeuble. Le français écrit le freine.",
        "Immersion en rénovation ; le patron l’inscrit au CAP.",
        "Entre en formation en septembre.",
     ), "confirmed", None, (("formation", "Passer les tests d’entrée", "Reçu."),),
     leaving=Leaving(-240, "formation", None, 9, "Campus des Métiers de l’Aquitaine",
                     "CAP installateur sanitaire.", "formation"), french="A2",
     nationality="other", born=("Kankan", "Guinée"),
     permit=("Carte de séjour temporaire « salarié »", "residence", "7503000061", 400)),
    Sketch("mme", "Coralie", "Bastide", 33, "theatre", "Auxiliaire de puériculture",
     "sanitaire_social", (
        "Trois enfants, un CAP petite enfance jamais utilisé.",
        "Le théâtre lui redonne confiance : joue le rôle de l’employeur.",
        "Remplacements dans une crèche, puis un contrat.",
     ), "confirmed", None, (("employeur", "Candidater dans quatre crèches", "Un entretien."),),
     leaving=Leaving(-228, "cdi", "cdi", None, "Crèche des Coccinelles", None, "cdi"),
     computer="PC-013"),
    Sketch("m", "Gaëtan", "Roumieu", 47, "podcast", "Gardien d’immeuble", "services_personne", (
        "Vit dans sa voiture depuis l’été. Le logement d’abord.",
        "Une chambre en résidence sociale depuis lundi. Dort enfin.",
        "Poste de gardien avec loge : l’emploi et le toit.",
     ), "confirmed", None, (("demarche", "Demande de logement", "Résidence sociale."),),
     leaving=Leaving(-205, "cdi", "cdi", None, "Habitat du Perron", "Loge comprise.", "cdi")),
    Sketch("mme", "Yasmina", "Cherif", 22, "podcast", "Hôtesse de caisse", "commerce", (
        "Première recherche d’emploi. Ne sait pas par où commencer.",
        "Job dating réussi : deux propositions.",
        "En contrat court, heureuse de gagner sa vie.",
     ), "to_confirm", None, (("cv", "Premier CV", "Terminé."),),
     leaving=Leaving(-300, "cdd_court", "cdd", 3, "Halles du Pont", None, "chomage")),
    Sketch("m", "Patrick", "Vignau", 59, "theatre", "Chauffeur d’autocar", "transport_logistique", (
        "« À mon âge, qui me prendra ? » Permis D toujours valable.",
        "Essai de conduite passé. Sourit pour la première fois.",
        "Conduit le ramassage scolaire.",
     ), "confirmed", None, (("demarche", "Visite médicale du permis", "Apte."),),
     leaving=Leaving(-250, "cdi", "cdi", None, "Autocars de la Jalle",
                     "Temps partiel choisi.", "cdi")),
    Sketch("mme", "Mariama", "Sow", 36, "cuisine", "Traiteure", "hotellerie_restauration", (
        "Cuisine pour les fêtes du quartier ; ne compte pas ses heures.",
        "Prix de revient, statut, assurance : le projet tient.",
        "A créé sa micro-entreprise.",
     ), "confirmed", None, (("demarche", "Rencontrer un conseiller création", "Projet viable."),),
     leaving=Leaving(-215, "creation", detail="Micro-entreprise de traiteur.",
                     six_month_exit="creation"), computer="PC-014", nationality="other",
     born=("Thiès", "Sénégal"), permit=("Carte de résident", "residence", "9903000066", 2400)),
    Sketch("m", "Kevin", "Dartigue", 26, "sport", "Agent de fabrication", "industrie", (
        "Intérim depuis ses dix-huit ans, jamais plus de deux semaines.",
        "Accepte une structure d’insertion pour se poser.",
        "En contrat d’insertion.",
     ), "to_confirm", None, (),
     leaving=Leaving(-275, "siae", "cddi", 8, "Atelier du Rebond", None, "cdd_long")),
    Sketch("mme", "Ludmila", "Horvat", 44, "theatre", "Aide à domicile", "services_personne", (
        "Infirmière dans son pays ; diplôme non reconnu.",
        "Préfère commencer vite que refaire trois ans d’école.",
        "Contrat de six mois, renouvelable.",
     ), "confirmed", None, (("immersion", "Immersion à domicile", "Très bon bilan."),),
     leaving=Leaving(-232, "cdd_long", "cdd", 6, "Bien chez Soi Gironde", None, "cdi"),
     french="A2", nationality="eu", born=("Osijek", "Croatie")),
    Sketch("m", "Dylan", "Mercadier", 20, "podcast", "", "numerique", (
        "Vient avec son frère, repart avec lui.",
        "Ne répond plus aux appels.",
     ), "explore", None, (), leaving=Leaving(-295, "perte_contact"), absences=9, milestones=1),
    Sketch("mme", "Rosa", "Iglesias", 53, "cuisine", "Agente hôtelière", "sanitaire_social", (
        "Opération prévue au printemps : avance à petits pas.",
        "Suspend son parcours pour se soigner.",
        "Reviendra quand elle ira mieux.",
     ), "to_confirm", None, (),
     leaving=Leaving(-220, "inactif", detail="Soins ; souhaite revenir.",
                     six_month_exit="inactif"), absences=4, nationality="eu",
     born=("Vigo", "Espagne")),
    Sketch("m", "Moussa", "Konaté", 41, "sport", "Agent de sécurité", "securite", (
        "Gardait des entrepôts au pays. La carte professionnelle manque.",
        "Formation financée ; carte obtenue.",
        "Cherche encore : les horaires de nuit ne vont pas avec les enfants.",
     ), "confirmed", None, (("formation", "Formation d’agent de sécurité", "Carte obtenue."),),
     leaving=Leaving(-60, "chomage", detail="Carte obtenue ; suivi par France Travail."),
     born=("Bamako", "Mali")),
)

STAYS = (
    Stay("Idriss", "chaux", "assessed", "discover", "Plombier-chauffagiste", "batiment",
         first=-350, last=-346, issued=-362,
         signed=(("beneficiary", -361), ("prescriber", -361), ("host", -357)),
         objectives="Découvrir la rénovation d’une salle d’eau.",
         tasks="Dépose, préparation, pose avec un compagnon.", ppe="Casque, gants, chaussures.",
         bilan=Bilan("done", "Sérieux, à l’écoute.", "Je veux apprendre.", "yes", -338)),
    Stay("Coralie", "domicile", "assessed", "discover", "Garde d’enfants", "services_personne",
         first=-336, last=-332, issued=-347,
         signed=(("beneficiary", -346), ("prescriber", -346), ("host", -342)),
         objectives="Comparer la garde à domicile et la crèche.",
         tasks="Jeux, repas, sortie d’école, avec une intervenante.",
         bilan=Bilan("done", "Douce et organisée.", "Je préfère la crèche.", "no", -325)),
    Stay("Mariama", "cantine", "assessed", "confirm", "Traiteure", "hotellerie_restauration",
         first=-322, last=-311, issued=-333,
         signed=(("beneficiary", -332), ("prescriber", -332), ("host", -328)),
         objectives="Voir les achats et les prix de revient d’une vraie cuisine.",
         tasks="Commandes, préparation, calcul des coûts avec la cheffe.", ppe="Veste et toque.",
         bilan=Bilan("done", "A changé notre recette de mafé.", "Je sais maintenant compter.",
                     "yes", -303)),
    Stay("Ludmila", "domicile", "assessed", "recruit", "Aide à domicile", "services_personne",
         first=-273, last=-262, issued=-284,
         signed=(("beneficiary", -283), ("prescriber", -283), ("host", -279)),
         objectives="Préparer une embauche.", tasks="Aide au lever, repas, courses.",
         bilan=Bilan("done", "Embauchée.", "On m’a fait confiance.", "yes", -256,
                     job_kind="cdd_long", job_on=-232)),
    Stay("Kevin", "entrepot", "assessed", "discover", "Préparateur de commandes",
         "transport_logistique", first=-315, last=-311, issued=-326,
         signed=(("beneficiary", -325), ("prescriber", -325), ("host", -321)),
         objectives="Découvrir la logistique.", tasks="Réception et préparation à pied.",
         ppe="Gilet et chaussures de sécurité.",
         bilan=Bilan("partly", "Absent deux jours sur cinq.", "Trop loin de chez moi.", "no",
                     -300, 840, "Pas de bus avant 6 h.")),
    Stay("Dylan", "depannage", "assessed", "discover", "Technicien informatique", "numerique",
         first=-327, last=-325, weekdays=(2, 3, 4), issued=-340,
         signed=(("beneficiary", -339), ("prescriber", -339), ("host", -335)),
         objectives="Découvrir la réparation.", tasks="Démontage et nettoyage d’ordinateurs.",
         bilan=Bilan("never", "Jamais venu.", "", "no", -318,
                     missed_reason="N’a pas donné de raison.")),
    Stay("Yasmina", "boutique", "refused", "discover", "Vendeuse", "commerce",
         first=-343, last=-339, issued=-355, reason="La boutique préfère une personne plus "
         "expérimentée.", objectives="Découvrir la vente.", tasks="Accueil et rangement."),
)
# fmt: on

STORIES = tuple(story(sketch, rank, RHYTHM) for rank, sketch in enumerate(_SKETCHES))
