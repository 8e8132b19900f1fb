"""Which sheet of somebody's table is what, where its headings are, and what each one means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from connexion_desktop.domain.names import fold

_ROWS_SEARCHED = 30
_HEADING = 160


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

FIELDS: Mapping[SheetKind, tuple[ImportField, ...]] = {
    SheetKind.PEOPLE: (
        ImportField(
            "family_name", "Nom", ("nom", "noms", "nom de famille", "nom usage", "nom d'usage")
        ),
        ImportField("given_name", "Prénom", ("prénom", "prénoms", "prénom(s)"), required=True),
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
            ),
        ),
        ImportField("birth_name", "Nom de naissance", ("nom de naissance", "nom de jeune fille")),
        ImportField("civility", "Civilité", ("civilité", "civ", "sexe", "genre")),
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
            ),
        ),
        ImportField(
            "other_phone",
            "Autre téléphone",
            ("autre téléphone", "autre tél", "tél 2", "téléphone 2", "tél fixe", "fixe"),
        ),
        ImportField("email", "Courriel", _EMAILS),
        ImportField("address", "Adresse", ("adresse", "adresse postale", "rue", "domicile")),
        ImportField("postal_code", "Code postal", ("cp", "code postal")),
        ImportField("city", "Ville", ("ville", "commune")),
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
            ("commentaires", "commentaire", "remarques", "observations", "notes"),
        ),
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
        ImportField("postal_code", "Code postal", ("cp", "code postal")),
        ImportField("city", "Ville", ("ville", "commune")),
        ImportField("contact", "Contact", ("contact", "interlocuteur", "tuteur", "référent")),
        ImportField("function", "Fonction", ("fonction", "poste")),
        ImportField("phone", "Téléphone", ("tél", "téléphone", "portable", "n° de téléphone")),
        ImportField("email", "Courriel", _EMAILS),
    ),
}

_TELLING: Mapping[SheetKind, frozenset[str]] = {
    SheetKind.PEOPLE: frozenset({"given_name", "full_name", "birth_date", "french", "rqth"}),
    SheetKind.EQUIPMENT: frozenset({"serial", "borrower", "number"}),
    SheetKind.HOSTS: frozenset({"siret", "contact", "function", "name"}),
}
"""The fields that only such a sheet has, except under the headings that any sheet may bear."""

_ANYWHERE = frozenset({"nom", "no", "num", "numero"})

_SHEET_WORDS: Mapping[SheetKind, tuple[str, ...]] = {
    SheetKind.PEOPLE: ("participant", "stagiaire", "personne", "beneficiaire"),
    SheetKind.EQUIPMENT: ("pc", "materiel", "ordinateur", "portable"),
    SheetKind.HOSTS: ("entreprise", "societe", "employeur", "structure"),
}

Memory = Mapping[tuple[SheetKind, str], str | None]
"""What the office answered before: (kind, folded heading) → field, None for « ne pas importer »."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its heading as typed, and the field it means."""

    index: int
    heading: str
    field: str | None

    @property
    def letters(self) -> str:
        """« A », as the spreadsheet names it."""
        return column_letters(self.index)


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """A sheet that can be imported: its kind, the row of its headings (from 0), its columns."""

    sheet: str
    kind: SheetKind
    header_row: int
    columns: tuple[Column, ...]

    def column_of(self, field: str) -> Column | None:
        """The column that holds a field."""
        return next((column for column in self.columns if column.field == field), None)

    @property
    def doubles(self) -> dict[Column, Column]:
        """The columns left out, each with the one that holds already what its heading means."""
        usual = _usual_fields(self.kind)
        found = {
            column: self.column_of(usual.get(fold_heading(column.heading), ""))
            for column in self.columns
            if column.heading and not column.field
        }
        return {column: held for column, held in found.items() if held is not None}

    @property
    def missing(self) -> tuple[ImportField, ...]:
        """Required fields that no column holds: the sheet cannot be read without them."""
        if self.kind is SheetKind.PEOPLE and self.column_of("full_name"):
            return ()
        return tuple(
            field
            for field in FIELDS[self.kind]
            if field.required and self.column_of(field.code) is None
        )


def column_letters(index: int) -> str:
    """How a spreadsheet names a column, counted from 0: « A », « Z », « AA »."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def fold_heading(heading: object) -> str:
    """A heading as it is compared and remembered, 160 characters at most."""
    text = str(heading)[: 2 * _HEADING].replace("°", "o").replace("(e)", "")
    return fold(text)[:_HEADING].strip()


def recognise(
    sheet: str, rows: Sequence[Sequence[object]], memory: Memory | None = None
) -> SheetPlan | None:
    """What a sheet is: the kind and the heading row that explain most of its cells, if any do."""
    best: tuple[int, SheetPlan] | None = None
    for number, row in enumerate(rows[:_ROWS_SEARCHED]):
        for kind in SheetKind:
            plan = SheetPlan(sheet, kind, number, _columns(kind, row, memory or {}))
            score = _score(plan)
            if score and (best is None or score > best[0]):
                best = (score, plan)
    return best[1] if best else None


def with_field(plan: SheetPlan, index: int, field: str | None) -> SheetPlan:
    """The plan with one column meaning something else; a field stands in one column only."""
    columns = tuple(
        Column(each.index, each.heading, field)
        if each.index == index
        else Column(each.index, each.heading, None if each.field == field else each.field)
        for each in plan.columns
    )
    return SheetPlan(plan.sheet, plan.kind, plan.header_row, columns)


def answers(plans: Iterable[SheetPlan]) -> dict[tuple[SheetKind, str], str | None]:
    """What is to be remembered of these plans.

    A column left out only because another one already holds what it means is not remembered: in
    a table where it stands alone, it will be proposed.
    """
    remembered: dict[tuple[SheetKind, str], str | None] = {}
    for plan in plans:
        held = {column.field for column in plan.columns if column.field}
        for column in plan.columns:
            heading = fold_heading(column.heading)
            key = (plan.kind, heading)
            double = key in remembered or _usual_fields(plan.kind).get(heading) in held
            if heading and (column.field or not double):
                remembered[key] = column.field
    return remembered


def _score(plan: SheetPlan) -> int:
    """How much of the sheet the plan explains; 0 when it is too little to go by."""
    found = [column for column in plan.columns if column.field]
    telling = sum(_tells(plan.kind, column) for column in found)
    named = any(word.startswith(_SHEET_WORDS[plan.kind]) for word in fold(plan.sheet).split())
    if len(found) < 2 or not (telling or named):
        return 0
    return len(found) * 10 + telling + 5 * named - 15 * len(plan.missing)


def _tells(kind: SheetKind, column: Column) -> bool:
    return column.field in _TELLING[kind] and fold_heading(column.heading) not in _ANYWHERE


def _columns(kind: SheetKind, row: Sequence[object], memory: Memory) -> tuple[Column, ...]:
    taken: set[str] = set()
    columns = []
    for index, cell in enumerate(row):
        heading = " ".join(str(cell).split()) if isinstance(cell, str) else ""
        field = _field_of(kind, heading, memory) if heading else None
        if field in taken:
            field = None
        if field:
            taken.add(field)
        columns.append(Column(index, heading, field))
    return tuple(columns)


def _field_of(kind: SheetKind, heading: str, memory: Memory) -> str | None:
    folded = fold_heading(heading)
    if (kind, folded) in memory:
        return memory[kind, folded]
    return _usual_fields(kind).get(folded)


@cache
def _usual_fields(kind: SheetKind) -> Mapping[str, str]:
    """Folded heading → field."""
    usual: dict[str, str] = {}
    for field in FIELDS[kind]:
        for word in field.headings:
            usual.setdefault(fold_heading(word), field.code)
    return usual
