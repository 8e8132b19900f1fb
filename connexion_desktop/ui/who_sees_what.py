"""« Qui voit quoi »: what each role sees on the shared server, as docs/qui-voit-quoi.md says it."""

from __future__ import annotations

TITLE = "Qui voit quoi, sur le serveur partagé"
WHO_SEES_WHAT: tuple[tuple[str, str], ...] = (
    (
        "Sur une base qui est un fichier, qui l’ouvre y voit tout. Sur le serveur partagé, "
        "c’est le serveur lui-même qui donne à chacun ce qui le concerne : contourner "
        "l’application n’y change rien. Une page montre alors ce que son lecteur peut lire,"
        " et un geste interdit répond « Vos droits ne permettent pas ce geste ».",
        "",
    ),
    (
        "Un membre de l’équipe a un ou plusieurs rôles ; il a les droits de tous. Un rôle "
        "peut être daté et, pour un conseiller, limité à un site. Qui est parti, ou n’a "
        "plus de rôle, ne voit plus rien dès le lendemain. Les noms, la direction les "
        "demande par « Voir les noms… » : elle dit pourquoi, et c’est noté.",
        "",
    ),
    (
        "Supprimer, c’est modifier : la ligne est marquée, et Ctrl+Z la ramène. Personne "
        "n’efface pour de bon.",
        "",
    ),
    ("La personne et ses papiers", "strong"),
    (
        "Le conseiller voit les siens : les personnes de ses groupes, celles dont il est "
        "référent, et les candidats (sans groupe) de ses sites ou sans site. Il ajoute "
        "quelqu’un sur ses sites. D’une personne d’un collègue, il sait seulement qu’elle "
        "est connue et où, au moment de la créer : « Déjà connu(e) à : Talence ». Le "
        "secrétariat voit tout le monde, pour les papiers. La direction compte sans voir "
        "qui : un numéro au lieu du nom, l’année au lieu de la date de naissance, rien de "
        "ce qui a été écrit.",
        "",
    ),
    ("Ce qui est confidentiel", "strong"),
    (
        "Le conseiller seul, pour les siens. Le secrétariat et la direction n’y lisent rien"
        " ; la direction compte les issues de parcours.",
        "",
    ),
    ("Le groupe", "strong"),
    (
        "Chacun voit quels groupes il y a, leurs séances et leurs visites. Le secrétariat "
        "voit la présence et si l’absence est justifiée, jamais pourquoi. « Les siens », "
        "pour un groupe, sont ceux que le conseiller suit, qu’il remplace, ou que personne "
        "ne suit sur ses sites.",
        "",
    ),
    ("L’immersion et le prêt", "strong"),
    (
        "Conventions et prêts sont l’affaire du conseiller, pour les siens, et du "
        "secrétariat, pour tous.",
        "",
    ),
    ("Le bureau", "strong"),
    ("Toute l’équipe lit ce qui n’est de personne.", ""),
    ("L’équipe", "strong"),
    (
        "La direction donne les rôles, jamais à elle-même : c’est qui tient le serveur qui "
        "donne le premier (« connexion-desktop serveur ajouter-utilisateur »). Un "
        "remplacement est ouvert par le conseiller du groupe, le secrétariat ou la "
        "direction, jamais pour soi ; il vaut du premier au dernier jour, sans autre geste.",
        "",
    ),
    ("Ce que la base garde pour elle", "strong"),
    (
        "Le journal s’écrit seul, quoi qu’on emploie pour écrire : personne ne peut y "
        "ajouter, ni y changer rien, ni y signer d’un autre nom. On lit du journal ce qui "
        "est dit des lignes que l’on voit (ici, d’une personne). Chacun lit ses propres "
        "regards ; la direction les lit tous.",
        "",
    ),
)
"""The sentences of the page, its titles strong; its tables stay there."""
