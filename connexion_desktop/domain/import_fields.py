"""What the columns of somebody's table may hold, and the words that offices use for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

KEPT = "kept"
"""A column that is nothing of the base: kept as a note. Several may be."""


class SheetKind(StrEnum):
    """What a sheet lists."""

    PEOPLE = "people"
    EQUIPMENT = "equipment"
    HOSTS = "hosts"

    @property
    def label(self) -> str:
        """French name."""
        return {"people": "Participants", "equipment": "Matériel", "hosts": "Entreprises"}[self]


@dataclass(frozen=True, slots=True)
class ImportField:
    """Something a column may hold; `headings` are the words offices use for it."""

    code: str
    label: str
    headings: tuple[str, ...]
    required: bool = False


_EMAILS = ("mail", "e-mail", "email", "courriel", "adresse mail", "adresse e-mail", "adresse email")

_POSTAL_CODES = ("cp", "code postal", "zip", "zip code", "postcode", "postal code")
_TOWNS = ("ville", "commune", "city", "town")

FIELDS: Mapping[SheetKind, tuple[ImportField, ...]] = {
    SheetKind.PEOPLE: (
        ImportField(
            "family_name",
            "Nom",
            (
                "nom",
                "noms",
                "nom de famille",
                "nom usage",
                "nom d'usage",
                "last name",
                "surname",
                "family name",
            ),
        ),
        ImportField(
            "given_name",
            "Prénom",
            ("prénom", "prénoms", "prénom(s)", "first name", "given name", "firstname"),
            required=True,
        ),
        ImportField(
            "full_name",
            "Nom et prénom",
            (
                "nom prénom",
                "nom et prénom",
                "noms prénoms",
                "noms et prénoms",
                "prénom nom",
                "prénom et nom",
                "participant",
                "stagiaire",
                "bénéficiaire",
                "full name",
                "name",
            ),
        ),
        ImportField("birth_name", "Nom de naissance", ("nom de naissance", "nom de jeune fille")),
        ImportField("civility", "Civilité", ("civilité", "civ", "sexe", "genre", "gender")),
        ImportField(
            "birth_date",
            "Date de naissance",
            (
                "né le",
                "née le",
                "né(e) le",
                "date de naissance",
                "naissance",
                "date naissance",
                "date naiss",
                "date de naiss",
                "ddn",
                "date of birth",
                "birth date",
                "birthday",
                "dob",
            ),
        ),
        ImportField(
            "phone",
            "Téléphone",
            (
                "tél",
                "téléphone",
                "portable",
                "mobile",
                "gsm",
                "n° tél",
                "n° de téléphone",
                "numéro de téléphone",
                "tél portable",
                "téléphone portable",
                "phone",
                "phone number",
                "mobile phone",
            ),
        ),
        ImportField(
            "other_phone",
            "Autre téléphone",
            ("autre téléphone", "autre tél", "tél 2", "téléphone 2", "tél fixe", "fixe"),
        ),
        ImportField("email", "Courriel", _EMAILS),
        ImportField(
            "address",
            "Adresse",
            ("adresse", "adresse postale", "rue", "domicile", "address", "street"),
        ),
        ImportField("postal_code", "Code postal", _POSTAL_CODES),
        ImportField("city", "Ville", _TOWNS),
        ImportField(
            "channel",
            "Repérage",
            ("orienté par", "orientation", "orienteur", "prescripteur", "repéré par", "repérage"),
        ),
        ImportField(
            "met_on",
            "Premier contact",
            ("date 1er contact", "1er contact", "premier contact", "date de contact", "contact le"),
        ),
        ImportField(
            "french", "Niveau de français", ("niveau fr", "niveau français", "français", "cecrl")
        ),
        ImportField("rqth", "RQTH", ("rqth", "th", "handicap")),
        ImportField(
            "elsewhere",
            "Suivi ailleurs",
            (
                "suivi ml/ft",
                "suivi ml ft",
                "suivi ft",
                "suivi ailleurs",
                "suivi par",
                "ml/ft",
                "pe/ml",
            ),
        ),
        ImportField("activity", "Activité", ("activité", "activité choisie", "atelier")),
        ImportField(
            "families", "Filières", ("filières choisies", "filières", "filière", "métiers visés")
        ),
        ImportField(
            "equipment", "PC prêté", ("pc prêté", "pc", "ordinateur", "matériel", "prêt pc")
        ),
        ImportField(
            "entered_on", "Entrée", ("entrée le", "date d'entrée", "entrée", "début", "date entrée")
        ),
        ImportField(
            "comment",
            "Commentaires",
            (
                "commentaires",
                "commentaire",
                "remarques",
                "observations",
                "notes",
                "comments",
                "remarks",
            ),
        ),
        ImportField(KEPT, "Garder en note", ()),
        ImportField("rank", "Numéro de ligne", ("n°", "no", "num", "numéro", "#")),
    ),
    SheetKind.EQUIPMENT: (
        ImportField(
            "number",
            "Numéro",
            ("n° inv.", "n° inventaire", "inventaire", "numéro", "n°", "pc", "n° pc"),
            required=True,
        ),
        ImportField("model", "Modèle", ("marque / modèle", "modèle", "marque", "matériel", "type")),
        ImportField(
            "serial", "Numéro de série", ("n° série", "n° de série", "série", "serial", "s/n")
        ),
        ImportField("value", "Valeur", ("valeur", "prix", "valeur €", "coût")),
        ImportField("borrower", "Prêté à", ("prêté à", "emprunteur", "bénéficiaire", "attribué à")),
        ImportField("lent_on", "Depuis le", ("depuis le", "prêté le", "date de prêt", "remis le")),
        ImportField(
            "due_on", "Retour prévu", ("retour prévu", "à rendre le", "retour", "fin de prêt")
        ),
        ImportField("condition", "État", ("état", "condition", "remarque")),
        ImportField("accessories", "Accessoires", ("accessoires", "accessoire")),
    ),
    SheetKind.HOSTS: (
        ImportField(
            "name",
            "Nom",
            ("nom", "entreprise", "raison sociale", "structure", "société", "dénomination"),
            required=True,
        ),
        ImportField("siret", "SIRET", ("siret", "n° siret", "numéro siret")),
        ImportField("activity", "Activité", ("activité", "secteur", "activité principale")),
        ImportField("address", "Adresse", ("adresse", "adresse postale")),
        ImportField("postal_code", "Code postal", _POSTAL_CODES),
        ImportField("city", "Ville", _TOWNS),
        ImportField("contact", "Contact", ("contact", "interlocuteur", "tuteur", "référent")),
        ImportField("function", "Fonction", ("fonction", "poste")),
        ImportField("phone", "Téléphone", ("tél", "téléphone", "portable", "n° de téléphone")),
        ImportField("email", "Courriel", _EMAILS),
    ),
}
