"""Workbooks of the shape and the dirt of an office's: invented people, real quirks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from connexion_desktop.exchange.sheets import Rows, Sheet
from connexion_desktop.exchange.tables import Tables

GROUP = "Bordeaux mars 2026"
TITLE = f"Connexion des possibles – groupe {GROUP} (personnes fictives)"

PEOPLE_HEADINGS = (
    "N°", "NOM", "Prénom", "Né(e) le", "Tél", "Mail", "Adresse", "CP", "Ville", "Orienté par",
    "Date 1er contact", "Niveau FR", "RQTH", "Suivi ML/FT ?", "Activité", "Filières choisies",
    "PC prêté", "Entrée le", "Commentaires",
)  # fmt: skip
EQUIPMENT_HEADINGS = (
    "N° inv.", "Marque / modèle", "N° série", "Valeur", "Prêté à", "Depuis le", "Retour prévu",
    "État", "Accessoires",
)  # fmt: skip
HOST_HEADINGS = (
    "Nom", "SIRET", "Activité", "Adresse", "CP", "Ville", "Contact", "Fonction", "Tél", "Mail",
)  # fmt: skip

Row = Sequence[Any]


def on(year: int, month: int, day: int) -> datetime:
    """A date as a spreadsheet holds it: an instant without zone."""
    return datetime(year, month, day)  # noqa: DTZ001


ENTRY = on(2026, 3, 2)


def row(headings: Sequence[str], **values: object) -> tuple[object, ...]:
    """A row by heading, letters only: `row(PEOPLE_HEADINGS, NOM="DIALLO", Prénom="Aïssatou")`."""
    known = {"".join(filter(str.isalnum, heading)): heading for heading in headings}
    by_heading = {known[name.replace("_", "")]: value for name, value in values.items()}
    return tuple(by_heading.get(heading) for heading in headings)


def person(**values: object) -> tuple[object, ...]:
    """A participant's row: `person(NOM="PETIT", Prénom="Léo", Néele="30/09/2008")`."""
    return row(PEOPLE_HEADINGS, **{"Entréele": ENTRY, **values})


def laptop(number: str, **values: object) -> tuple[object, ...]:
    """A computer's row: `laptop("PC-004", Prêtéà="Diallo A.")`."""
    return row(EQUIPMENT_HEADINGS, **{"Ninv": number, "Marquemodèle": "HP ProBook", **values})


def host(name: str, **values: object) -> tuple[object, ...]:
    """A company's row: `host("La Poste", SIRET="356 000 000 00048")`."""
    return row(HOST_HEADINGS, Nom=name, **values)


PEOPLE: tuple[Row, ...] = (
    person(
        N=1, NOM="DIALLO", Prénom="Aïssatou", Néele=on(1991, 4, 3), Tél="06 39 98 01 11",
        Mail="aissatou@example.org", CP="33300", Ville="Bordeaux", Orientépar="Banque alimentaire",
        Date1ercontact=on(2026, 1, 19), NiveauFR="A2", RQTH="Non", SuiviMLFT="Non",
        Activité="Cuisine", Filièreschoisies="Sanitaire et social, Commerce", PCprêté="PC-004",
        Commentaires="garde d'enfants le mercredi",
    ),
    person(
        N=2, NOM="N'GUESSAN", Prénom="Koffi", Néele="12-5-88", Tél=639980112, CP=33300,
        Ville="BORDEAUX", Orientépar="rue (tram B)", Date1ercontact="20/01/2026", NiveauFR="B1",
        RQTH="non", SuiviMLFT="Non", Activité="Sport", Filièreschoisies="BTP; Espaces verts",
    ),
    person(
        N=3, NOM="Martin", Prénom="Jean-François", Néele=on(1967, 11, 30),
        Tél="+33 6 39 98 01 13", CP="33300", NiveauFR="C2", RQTH="OUI", SuiviMLFT="Non",
        Activité="Podcast vidéo", Filièreschoisies="Numérique, Bois (Cité Bleue), Apiculture",
        PCprêté="PC-001",
    ),
    person(
        N=4, NOM="DA SILVA", Prénom="Maria-José", Néele="03/02/1979", Tél="0639980115",
        NiveauFR="B2", RQTH="en cours", SuiviMLFT="inscrite FT sans suivi", Activité="Cuisine",
        Filièreschoisies="Hôtellerie-restauration",
    ),
    person(
        N=5, NOM="LEFÈVRE", Prénom="Océane", Néele=on(2007, 12, 9), Tél="06 39 98 01 16",
        PCprêté="PC-003", Date1ercontact="février 2026", RQTH="Non", SuiviMLFT="Non",
    ),
    person(
        N=6, NOM="KOVALENKO", Prénom="Олена / Olena", Néele=on(1982, 7, 7),
        Tél="+380 44 000 00 00", RQTH="Non", SuiviMLFT="Non", Activité="Podcast vidéo",
    ),
    person(
        N=7, NOM="PETIT", Prénom="Léo", Néele=on(2008, 9, 30), Tél="06 39 98 01 22",
        RQTH="Non", SuiviMLFT="Non", Activité="Sport", Entréele=on(2026, 3, 9),
        Commentaires="mineur, mère : 06 39 98 01 23",
    ),
    person(
        N=8, NOM="TRAORÉ", Prénom="Mamadou", Néele="31/02/1996", Tél="06 39 98 01", RQTH="?",
        SuiviMLFT="Non", Activité="Sport",
    ),
    (None,) * len(PEOPLE_HEADINGS),
    row(PEOPLE_HEADINGS, NOM="Total", Prénom=8),
)  # fmt: skip
"""Seven good rows (one a minor), one with three doubtful cells, an empty one, a total."""

EQUIPMENT: tuple[Row, ...] = (
    laptop("PC-001", Prêtéà="Martin Jean-François", Depuisle=on(2026, 3, 3)),
    laptop("PC-003", Prêtéà="Lefevre Oceane", Depuisle="10/03/2026", Valeur=380),
    laptop("PC-004", Prêtéà="Diallo A.", Depuisle=on(2026, 3, 10), Valeur="380,50 €"),
    laptop("PC-007", État="en réparation"),
    laptop("PC-008", État="bon"),
)

HOSTS: tuple[Row, ...] = (
    host("Ville de Bordeaux", SIRET=21330063500017, Contact="Claire Sorbier", Ville="Bordeaux"),
    host("La Poste", SIRET="356 000 000 00048", Contact="Inès Roux", Tél="05 36 49 01 03"),
    host("Chez Lulu (SIRET à corriger)", SIRET="36252187900034", Contact="Lulu", CP=33130),
)


def office_sheets(
    people: Iterable[Row] = PEOPLE,
    equipment: Iterable[Row] | None = EQUIPMENT,
    hosts: Iterable[Row] | None = HOSTS,
) -> dict[str, list[Row]]:
    """The three sheets as the office has them: people under a title and an empty line."""
    sheets: dict[str, list[Row]] = {"Participants": [[TITLE], [], PEOPLE_HEADINGS, *people]}
    if equipment is not None:
        sheets["PC"] = [EQUIPMENT_HEADINGS, *equipment]
    if hosts is not None:
        sheets["Entreprises"] = [HOST_HEADINGS, *hosts]
    return sheets


def tables(sheets: Mapping[str, Iterable[Row]], file_name: str = "suivi.xlsx") -> Tables:
    """These sheets as `read_tables` gives them."""
    return Tables(
        file_name, tuple(Sheet(name, _padded(rows)) for name, rows in sheets.items()), "0" * 64
    )


def save_xlsx(path: Path, sheets: Mapping[str, Iterable[Row]]) -> Path:
    """A real workbook with these sheets."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        worksheet = workbook.create_sheet(name)
        for line in rows:
            worksheet.append(list(line))
    workbook.save(path)
    return path


def save_csv(
    path: Path, rows: Iterable[Row], *, separator: str = ";", encoding: str = "utf-8"
) -> Path:
    """A real CSV file, as a spreadsheet writes it: quotes where needed, dates in French."""
    lines = (separator.join(_as_csv(value, separator) for value in line) for line in rows)
    path.write_bytes("".join(f"{line}\r\n" for line in lines).encode(encoding))
    return path


def _as_csv(value: object, separator: str) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    text = "" if value is None else str(value)
    needs_quotes = separator in text or '"' in text or "\n" in text
    return '"' + text.replace('"', '""') + '"' if needs_quotes else text


def _padded(rows: Iterable[Row]) -> Rows:
    listed = [tuple(line) for line in rows]
    width = max(map(len, listed), default=0)
    return tuple(line + (None,) * (width - len(line)) for line in listed)
