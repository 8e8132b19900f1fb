"""« Qui voit quoi »: what each role sees on the shared server, as docs/qui-voit-quoi.md says it."""

from __future__ import annotations

TITLE = "Qui voit quoi, sur le serveur partagé"
WHO_SEES_WHAT: tuple[tuple[str, str], ...] = (
    (
        "Sur une base qui est un fichier, qui l’ouvre y voit tout. Sur le serveur partagé, "
        "c’est le serveur lui-même qui donne à chacun ce qui le concerne : contourner "
        "l’application n’y change rien. Une page montre alors ce que son lecteur peut lire, "
        "et un geste interdit répond « Vos droits ne permettent pas ce geste ».",
        "",
    ),
    (
        "Un membre de l’équipe a un ou plusieurs rôles ; il a les droits de tous. Un rôle "
        "peut être daté et, pour un conseiller, limité à un site. Qui est parti, ou n’a plus "
        "de rôle, ne voit plus rien dès le lendemain. Les noms, la direction les demande par "
        "« Voir les noms… » : elle dit pourquoi, et rien ne s’affiche avant que ce soit noté.",
        "",
    ),
    (
        "Personne n’en voit plus en écrivant : on ne se nomme ni conseiller d’un groupe ni "
        "référent de quelqu’un que l’on ne suit pas déjà (même avec un second rôle), et un "
        "remplacement finit son dernier jour, quoi qu’on ait fait ce jour-là. Un collègue, le "
        "secrétariat ou la direction le fait pour un autre.",
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
        "quelqu’un sur ses sites. D’une personne d’un collègue, il sait seulement qu’elle est "
        "connue et où, au moment de la créer ou d’importer un tableau où elle est, sur son "
        "prénom et son nom entiers : « Déjà connu(e) à : Talence ». Chaque question est notée, "
        "et soixante par minute au plus ont une réponse. Le secrétariat voit tout le monde, "
        "pour les papiers. La direction compte sans voir qui : un numéro au lieu du nom, "
        "l’année au lieu de la date de naissance, rien de ce qui a été écrit.",
        "",
    ),
    ("Ce qui est confidentiel", "strong"),
    (
        "Le conseiller seul, pour les siens. Le secrétariat et la direction n’y lisent rien ; "
        "la direction compte les issues de parcours.",
        "",
    ),
    ("Le groupe", "strong"),
    (
        "Chacun voit quels groupes il y a, leurs séances et leurs visites. Le secrétariat "
        "voit la présence et si l’absence est justifiée, jamais pourquoi. « Les siens », pour "
        "un groupe, sont ceux que le conseiller suit, qu’il remplace, ou que personne ne suit "
        "sur ses sites.",
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
        "remplacement est ouvert par le conseiller du groupe, le secrétariat ou la direction "
        "; ces deux-là jamais pour eux-mêmes. Il vaut du premier au dernier jour, sans autre "
        "geste. Les actes sont signés d’un nom : personne ne change le sien (la direction "
        "fait celui des autres), et deux membres n’ont pas le même. « Les siens », pour un "
        "remplacement, sont ceux qui ouvrent son groupe à un autre.",
        "",
    ),
    ("Ce que la base garde pour elle", "strong"),
    (
        "Le journal s’écrit seul, quoi qu’on emploie pour écrire : personne ne peut y "
        "ajouter, ni y changer rien, ni y signer d’un autre nom : à côté de chaque geste et "
        "de chaque regard, le serveur garde l’identifiant qui s’est connecté, que personne ne "
        "lit ni ne change. D’un geste, on ne dit après coup que son annulation. On lit du "
        "journal ce qui est dit des lignes que l’on voit (ici, d’une personne). Chacun lit "
        "ses propres regards ; la direction les lit tous : les noms qui lui ont été montrés, "
        "les noms cherchés chez les collègues, et, dans l’application, chaque ouverture d’un "
        "titre de séjour, d’une attestation de droits, d’une RQTH ou d’un diagnostic signé. "
        "Les numéros se prennent au serveur, qui ne fait que monter.",
        "",
    ),
    ("Ce que ces droits ne font pas", "strong"),
    (
        "Toute l’équipe lit le titre de tous les gestes et qui les a faits (« Note ajoutée », "
        "sans nom de personne ni de fichier), et les noms des groupes, des structures et de "
        "leurs contacts.",
        "",
    ),
    (
        "Qui écrit ses propres questions au serveur lit sans trace les pièces qu’il a le "
        "droit de lire : c’est l’application qui note leur ouverture. Les autres fichiers, "
        "et les exports, ne sont pas notés.",
        "",
    ),
    (
        "Chaque poste apprend qu’une ligne a changé : le nom de la table et un identifiant, "
        "jamais ce qu’elle contient. Un identifiant de la base peut aussi s’y faire passer "
        "pour un changement : les autres fenêtres relisent alors pour rien, avec leurs "
        "droits.",
        "",
    ),
    (
        "Qui remplace un conseiller lit tout de son groupe ce jour-là, et peut le copier à la "
        "main.",
        "",
    ),
    (
        "Un conseiller qui cède son groupe peut s’y être ouvert avant un remplacement : on le "
        "voit dans l’équipe, et on y met fin comme à un autre.",
        "",
    ),
    (
        "La direction, même seule, ne reprend pas elle-même le groupe de quelqu’un qui est "
        "parti : le secrétariat, ou un second membre de la direction, le lui donne. S’il n’y "
        "en a pas, qui tient le serveur en ajoute un, par exemple du conseil "
        "d’administration. Une raison écrite ne suffirait pas : elle dirait qui a tout lu, "
        "après.",
        "",
    ),
    (
        "La direction tient l’équipe : avec un complice à qui elle donne un rôle, elle peut "
        "plus que seule. C’est au journal.",
        "",
    ),
    ("Qui tient le serveur lit tout, comme partout.", ""),
)
"""The sentences of the page, its titles strong; its tables stay there."""
