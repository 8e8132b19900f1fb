"""The immersions of the twelve of Bordeaux."""

from __future__ import annotations

from .story import Bilan, Stay

# fmt: off
STAYS = (
    Stay("Aïssatou", "bassins", "partly_signed", "confirm", "Aide-soignante", "sanitaire_social",
         first=14, last=18, issued=-5,
         signed=(("beneficiary", -4), ("prescriber", -3)),
         objectives="Vérifier l’intérêt pour l’accompagnement des personnes âgées et la tenue des "
                    "horaires du matin.",
         tasks="Aide au lever et aux repas, réfection des chambres, animation, toujours avec une "
               "aide-soignante diplômée.",
         ppe="Blouse, chaussures fermées, gants fournis par la résidence."),
    Stay("Elif", "eclat", "running", "confirm", "Esthéticienne", "esthetique",
         first=-5, last=4, weekdays=(2, 3, 4), hours=((570, 750), (810, 1050)), issued=-16,
         signed=(("beneficiary", -15), ("prescriber", -15), ("host", -12)),
         objectives="Confirmer le choix du CAP esthétique ; connaître le rythme d’un institut.",
         tasks="Accueil, préparation des cabines, observation des soins, manucure simple.",
         ppe="Blouse fournie."),
    Stay("Mamadou", "chaux", "assessed", "discover", "Maçon", "batiment",
         first=-26, last=-24, weekdays=(2, 3, 4), issued=-37,
         signed=(("beneficiary", -36), ("prescriber", -36), ("host", -34)),
         objectives="Découvrir le métier de maçon en rénovation.",
         tasks="Préparation du mortier, approvisionnement, montage d’un muret avec le chef "
               "d’équipe.",
         ppe="Casque, gants, chaussures de sécurité prêtés par l’entreprise.",
         bilan=Bilan("done", "Courageux et précis. Nous le reprendrions volontiers.",
                     "Confirmé : c’est ce métier.", "yes", -18)),
    Stay("Mamadou", "girondine", "signed", "confirm", "Maçon", "batiment",
         first=14, last=18, issued=-6,
         signed=(("beneficiary", -5), ("prescriber", -5), ("host", -2)),
         objectives="Connaître le gros œuvre et le travail en grande équipe.",
         tasks="Coffrage, ferraillage et nettoyage de chantier, sous la conduite du chef de "
               "chantier.",
         ppe="Casque, gants, harnais et chaussures de sécurité fournis."),
    Stay("Karim", "quais", "to_sign", "recruit", "Conducteur livreur", "transport_logistique",
         first=-5, last=11, weekdays=(2, 3, 4), hours=((420, 720), (750, 870)), issued=-13,
         objectives="Vérifier ensemble la tenue des tournées avant une embauche.",
         tasks="Chargement léger, tournée de colis de moins de 15 kg avec un livreur titulaire.",
         ppe="Chaussures de sécurité et gilet fournis.",
         observations="Pas de charge de plus de 15 kg."),
    Stay("Siobhán", "mairie", "cancelled", "discover", "Agente d’accueil", "administratif",
         first=7, last=11, weekdays=(2, 3, 4), issued=-9, signed=(("beneficiary", -8),),
         reason="La structure annule : plus de tuteur disponible.",
         objectives="Découvrir l’accueil du public.", tasks="Accueil, standard, classement."),
    Stay("Koffi", "entrepot", "refused", "discover", "Magasinier", "transport_logistique",
         first=9, last=18, weekdays=(2, 3, 4), issued=-12,
         reason="L’entreprise attend que le CACES soit obtenu.",
         objectives="Découvrir la préparation de commandes.", tasks="Réception, étiquetage, "
         "préparation de commandes à pied."),
)
# fmt: on
