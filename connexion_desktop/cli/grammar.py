"""What can be written on the command line: words, what they take, their help."""

from __future__ import annotations

from dataclasses import dataclass

PROGRAM = "connexion-desktop"


@dataclass(frozen=True, slots=True)
class Option:
    """An option; without `value` it is a flag."""

    name: str
    help: str
    value: str = ""
    required: bool = False
    short: str = ""

    @property
    def usage(self) -> str:
        """« --vers BASE », between brackets when it may be left out."""
        text = " ".join(part for part in (self.short or self.name, self.value) if part)
        return text if self.required else f"[{text}]"


@dataclass(frozen=True, slots=True)
class Argument:
    """What follows a word; one of `choices` when there are some."""

    name: str
    help: str
    choices: tuple[str, ...] = ()

    @property
    def usage(self) -> str:
        """« CLASSEUR », « personnes|groupes »."""
        return "|".join(self.choices) or self.name


FILE = (
    Option("--fichier", "la base (celle de ce poste si rien n’est dit)", "BASE"),
    Option(
        "--cle", "un fichier qui contient la clé de la base, en 64 chiffres hexadécimaux", "FICHIER"
    ),
    Option(
        "--secret",
        "un fichier qui contient la phrase de passe ou le code de secours (- : l’entrée)",
        "FICHIER",
    ),
)
DAY = (Option("--aujourd-hui", "la date à prendre pour aujourd’hui", "DATE"),)
PASSWORD = Option(
    "--mot-de-passe", "un fichier qui contient le mot de passe du serveur (- : l’entrée)", "FICHIER"
)
SERVER = (Option("--serveur", "un serveur partagé, à la place de la base", "NOM"), PASSWORD)


@dataclass(frozen=True, slots=True)
class Word:
    """One thing to ask for, in one word or two (« serveur etat »); `where`, the options by which
    it is told about which base."""

    name: str
    help: str
    arguments: tuple[Argument, ...] = ()
    options: tuple[Option, ...] = ()
    where: tuple[Option, ...] = (*FILE, *DAY)

    @property
    def all_options(self) -> tuple[Option, ...]:
        """Every option it takes."""
        return *self.options, *self.where

    @property
    def usage(self) -> str:
        """The line that shows how it is written."""
        parts = [argument.usage for argument in self.arguments]
        parts += [option.usage for option in self.options]
        return " ".join((PROGRAM, self.name, *parts))


ADDRESS = (
    Option("--serveur", "le nom du serveur sur ce poste", "NOM", required=True),
    Option("--hote", "où il est ; retenu, comme les trois suivants", "HÔTE[:PORT]"),
    Option("--base", "sa base PostgreSQL", "NOM"),
    Option("--identifiant", "le vôtre", "IDENTIFIANT"),
    Option("--ca", "le certificat de l’autorité du bureau", "FICHIER"),
    PASSWORD,
)
_ADMINISTRATOR = (
    Option(
        "--administrateur",
        "l’identifiant de qui tient le serveur, si ce n’est pas le vôtre",
        "IDENTIFIANT",
    ),
)
_LOGIN = Argument("IDENTIFIANT", "en minuscules sans accents, par exemple n.ferrand")
_LISTS = ("personnes", "groupes", "conventions", "materiel")
WORDS = (
    Word(
        "demo",
        "fabriquer une base de démonstration, aux personnes inventées",
        options=(
            Option("--vers", "la base à fabriquer", "BASE", required=True),
            Option("--personnes", "au moins autant de personnes (100000 au plus)", "NOMBRE"),
        ),
    ),
    Word(
        "importer",
        "importer le tableau de suivi d’un groupe (Excel, OpenDocument ou CSV)",
        (Argument("CLASSEUR", "le fichier à importer"),),
        (
            Option("--groupe", "le groupe, créé s’il n’existe pas", "NOM", required=True),
            Option("--debut", "le premier jour d’un nouveau groupe", "DATE"),
            Option("--essai", "dire seulement ce qui serait fait"),
        ),
        where=(*FILE, *SERVER, *DAY),
    ),
    Word(
        "lister",
        "lister ce que contient la base",
        (Argument("LISTE", "ce qu’il faut lister", _LISTS),),
        (Option("--json", "écrire un tableau JSON"),),
        where=(*FILE, *SERVER, *DAY),
    ),
    Word(
        "convention",
        "écrire une convention en PDF ou en DOCX",
        (Argument("NUMERO", "le numéro, par exemple PMSMP-2026-0001"),),
        (Option("--sortie", "le fichier à écrire", "F.pdf|F.docx", required=True, short="-o"),),
        where=(*FILE, *SERVER, *DAY),
    ),
    Word(
        "programme",
        "écrire les séances d’un groupe, en calendrier ou en PDF",
        (Argument("GROUPE", "le nom du groupe"),),
        (Option("--sortie", "le fichier à écrire", "F.ics|F.pdf", required=True, short="-o"),),
        where=(*FILE, *SERVER, *DAY),
    ),
    Word(
        "emargement",
        "écrire les feuilles d’émargement d’un groupe, en PDF",
        (Argument("GROUPE", "le nom du groupe"),),
        (
            Option("--semaine", "deux semaines à partir de celle-ci ; sinon tout le cycle", "N"),
            Option("--sortie", "le fichier à écrire", "F.pdf", required=True, short="-o"),
        ),
        where=(*FILE, *SERVER, *DAY),
    ),
    Word(
        "pilotage",
        "écrire le rapport d’activité d’une période",
        options=(
            Option("--du", "le premier jour de la période", "DATE", required=True),
            Option("--au", "son dernier jour", "DATE", required=True),
            Option(
                "--sortie",
                "le fichier à écrire",
                "F.xlsx|F.pdf|F.docx|F.csv",
                required=True,
                short="-o",
            ),
            Option("--site", "ce site seulement", "NOM"),
            Option("--groupe", "ce groupe seulement", "NOM"),
            Option("--noms", "avec les listes de personnes (classeur seulement)"),
        ),
        where=(*FILE, *SERVER, *DAY),
    ),
    Word(
        "sauvegarder",
        "sauvegarder la base, chiffrée et vérifiée",
        (Argument("DOSSIER", "le dossier qui garde les dix dernières sauvegardes"),),
    ),
    Word(
        "restaurer",
        "remettre une sauvegarde à la place de la base, gardée à côté",
        (Argument("FICHIER", "la sauvegarde"),),
    ),
    Word("verifier", "vérifier toute la base"),
    Word(
        "serveur preparer",
        "faire d’une base PostgreSQL vide celle du bureau, ou la mettre à jour",
        options=(
            Option("--association", "le nom de l’association, pour une base vide", "NOM"),
            *_ADMINISTRATOR,
        ),
        where=ADDRESS,
    ),
    Word(
        "serveur migrer",
        "passer la base de ce poste sur un serveur neuf ; son fichier est mis de côté",
        options=_ADMINISTRATOR,
        where=(*FILE, *ADDRESS),
    ),
    Word(
        "serveur rapatrier",
        "ramener dans un fichier tout ce que tient le serveur, qui est vidé",
        options=(
            Option("--vers", "la base à fabriquer", "BASE", required=True),
            Option("--cle", "un fichier qui contient sa clé, ou qui sera fait", "FICHIER"),
            Option("--secret", "un fichier, sa phrase de passe (- : l’entrée)", "FICHIER"),
            *_ADMINISTRATOR,
        ),
        where=ADDRESS,
    ),
    Word(
        "serveur ajouter-utilisateur",
        "donner à quelqu’un de l’équipe un identifiant, des rôles et un mot de passe",
        (_LOGIN,),
        (
            Option("--nom", "« Prénom Nom », pour un nouvel identifiant", "NOM"),
            Option("--role", "conseiller, secretariat, direction ; plusieurs : a,b", "ROLES"),
            Option("--site", "le seul site où ces rôles valent", "NOM"),
            Option(
                "--nouveau-mot-de-passe",
                "un fichier qui contient le sien (- : l’entrée) ; sinon il est fabriqué et montré",
                "FICHIER",
            ),
            *_ADMINISTRATOR,
        ),
        ADDRESS,
    ),
    Word(
        "serveur retirer-utilisateur",
        "noter un départ : l’identifiant n’ouvre plus rien",
        (_LOGIN,),
        _ADMINISTRATOR,
        (*ADDRESS, *DAY),
    ),
    Word(
        "serveur etat",
        "dire ce qu’est le serveur, qui s’y connecte et vos rôles",
        options=_ADMINISTRATOR,
        where=ADDRESS,
    ),
)

GROUPS = {"serveur": "tenir le serveur partagé du bureau"}
"""The words of two words, by the first one."""
