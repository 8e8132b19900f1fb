"""`importer` on the office's workbook: what it tells, what it writes, how it ends."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from connexion_desktop.data import cipher
from connexion_desktop.system import secrets
from tests.e2e.conftest import Shell
from tests.opendocuments import save_ods
from tests.workbooks import GROUP, PEOPLE, Row, host, office_sheets, person, save_xlsx

Own = tuple[str, ...]


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """The office's workbook, with a row that nobody can use and a sheet of something else."""
    people: tuple[Row, ...] = (*PEOPLE, person(NOM="SANSPRÉNOM"))
    sheets = office_sheets(people) | {"Budget": [("Recettes", "Dépenses"), (1, 2)]}
    return save_xlsx(tmp_path / "suivi.xlsx", sheets)


def test_people_computers_and_the_group_are_in_the_base(
    shell: Shell, workbook: Path, own: Own
) -> None:
    assert shell("importer", workbook, "--groupe", GROUP, *own) == 0
    assert shell.err == ""
    people = {each["prenom"]: each for each in shell.list("personnes", *own)}
    assert len(people) == 8
    assert people["Koffi"]["naissance"] == "1988-05-12"
    assert people["Océane"]["premier_contact"] == "2026-02"
    assert people["Mamadou"]["naissance"] is None
    assert people["Mamadou"]["a_verifier"] == 2
    assert {each["groupe"] for each in people.values()} == {GROUP}
    (group,) = shell.list("groupes", *own)
    assert (group["nom"], group["personnes"], group["debut"]) == (GROUP, 8, "2026-03-02")
    lent = {each["numero"]: each for each in shell.list("materiel", *own)}
    assert sorted(lent) == ["PC-001", "PC-003", "PC-004", "PC-007", "PC-008"]
    assert "Océane Lefèvre" in lent["PC-003"].values()
    assert "Aïssatou Diallo" in lent["PC-004"].values()


def test_the_same_table_saved_by_libreoffice_changes_nothing_more(
    shell: Shell, workbook: Path, tmp_path: Path, own: Own
) -> None:
    sheets = office_sheets((*PEOPLE, person(NOM="SANSPRÉNOM")))
    assert shell("importer", workbook, "--groupe", GROUP, *own) == 0
    again = save_ods(tmp_path / "suivi.ods", sheets)
    assert shell("importer", again, "--groupe", GROUP, *own) == 0
    assert "Tout était déjà connu" in shell.out


def test_it_tells_each_sheet_then_each_problem_on_its_line(
    shell: Shell, workbook: Path, own: Own
) -> None:
    day = ("--aujourd-hui", "2026-04-21")
    assert shell("importer", workbook, "--groupe", GROUP, *day, *own) == 0
    assert shell.out.splitlines() == [
        f"Groupe : {GROUP} (nouveau, commence le 2 mars 2026)",
        "Participants : nouveau 7, douteux 1, inutilisable 1",
        "PC : nouveau 5",
        "Entreprises : nouveau 2, douteux 1",
        "Budget : feuille non reconnue, laissée de côté",
        "Participants, ligne 10 : Léo Petit. Mineur : le représentant légal signe.",
        "Participants, ligne 11, colonne D (Né(e) le) :"
        " « 31/02/1996 » : le 31 février 1996 n’existe pas.",
        "Participants, ligne 11, colonne E (Tél) :"
        " « 06 39 98 01 ». Il manque des chiffres : 8 au lieu de 10.",
        "Participants, ligne 14, colonne C (Prénom) : cellule vide. Le prénom manque.",
        "Entreprises, ligne 4, colonne B (SIRET) :"
        " « 36252187900034 ». La clé de ce SIRET est fausse.",
        "Ajoutés : 1 groupe, 8 personnes, 8 parcours, 8 filières choisies, 7 réponses RQTH,"
        " 2 notes, 5 matériels, 3 prêts, 3 entreprises, 3 contacts, 3 valeurs à vérifier.",
    ]


def without_entry(folder: Path) -> Path:
    """A table that says of nobody when they entered."""
    path = folder / "sans-entree.csv"
    path.write_text("NOM;Prénom;Né(e) le\nROUX;Inès;03/04/1991\n", encoding="utf-8")
    return path


def test_a_start_that_nobody_said_is_told_apart(shell: Shell, own: Own, tmp_path: Path) -> None:
    path = without_entry(tmp_path)
    assert shell("importer", path, "--groupe", GROUP, "--aujourd-hui", "2026-04-23", *own) == 0
    assert "Aucune date d’entrée" in shell.err
    assert "le 20 avril 2026" in shell.err
    assert "--debut" in shell.err
    assert shell.list("groupes", *own)[0]["debut"] == "2026-04-20"


def test_the_start_of_a_new_group_may_be_given(shell: Shell, own: Own, tmp_path: Path) -> None:
    path = without_entry(tmp_path)
    assert shell("importer", path, "--groupe", GROUP, "--debut", "2026-03-03", *own) == 0
    assert shell.err == ""
    assert "commence le 3 mars 2026" in shell.out
    assert shell.list("groupes", *own)[0]["debut"] == "2026-03-03"
    assert shell("importer", path, "--groupe", GROUP, "--debut", "2026-05-04", *own) == 0
    assert "sans effet" in shell.err
    assert shell.list("groupes", *own)[0]["debut"] == "2026-03-03"


def test_a_start_that_is_no_date_is_refused(shell: Shell, own: Own, tmp_path: Path) -> None:
    path = without_entry(tmp_path)
    assert shell("importer", path, "--groupe", GROUP, "--debut", "32/13/2026", *own) == 2
    assert "32/13/2026" in shell.err


def test_a_trial_tells_the_same_and_writes_nothing(
    shell: Shell, workbook: Path, own: Own, tmp_path: Path
) -> None:
    assert shell("importer", workbook, "--groupe", GROUP, "--essai", *own) == 0
    trial = shell.out.splitlines()
    assert trial[-1] == "Essai : rien n’a été écrit."
    assert list(tmp_path.glob("bureau*")) == []
    assert shell("importer", workbook, "--groupe", GROUP, *own) == 0
    assert shell.out.splitlines()[:-1] == trial[:-1]


@pytest.mark.parametrize(
    "older", ["alembic_version SET version_num = '0000'", "base_info SET reference_digest = 'hier'"]
)
def test_a_trial_never_brings_a_base_up_to_date(
    shell: Shell, workbook: Path, own: Own, tmp_path: Path, older: str
) -> None:
    assert shell("importer", workbook, "--groupe", GROUP, *own) == 0
    base, key = tmp_path / "bureau.base", secrets.read_key_file(tmp_path / "bureau.cle")
    with closing(cipher.connect(base, key)) as connection:
        connection.execute(f"UPDATE {older}")
    before = base.read_bytes()
    assert shell("importer", workbook, "--groupe", GROUP, "--essai", *own) == 1
    assert "version précédente" in shell.err
    assert "Ouvrez-la" in shell.err
    assert base.read_bytes() == before
    assert not list(tmp_path.glob("*.avant-*"))


def test_twice_changes_nothing_of_what_is_listed(shell: Shell, workbook: Path, own: Own) -> None:
    def everything() -> list[object]:
        lists = ("personnes", "groupes", "conventions", "materiel")
        return [shell.list(name, *own) for name in lists]

    assert shell("importer", workbook, "--groupe", GROUP, *own) == 0
    before = everything()
    assert shell("importer", workbook, "--groupe", GROUP.upper(), *own) == 0
    assert shell.out.splitlines()[-1] == "Tout était déjà connu : rien n’a changé."
    assert f"Groupe : {GROUP}" in shell.out.splitlines()
    assert everything() == before


def test_a_second_file_completes_the_group_that_is_there(
    shell: Shell, workbook: Path, own: Own, tmp_path: Path
) -> None:
    assert shell("importer", workbook, "--groupe", GROUP, *own) == 0
    more = save_xlsx(
        tmp_path / "suite.xlsx", office_sheets((person(NOM="ROUX", Prénom="Inès"),), None, None)
    )
    assert shell("importer", more, "--groupe", GROUP, *own) == 0
    assert shell.out.splitlines()[-1] == "Ajoutés : 1 personne, 1 parcours."
    assert [group["personnes"] for group in shell.list("groupes", *own)] == [9]


def test_a_file_of_companies_alone_makes_no_group(shell: Shell, own: Own, tmp_path: Path) -> None:
    sheets = {"Entreprises": office_sheets((), None, (host("Chez Lulu"),))["Entreprises"]}
    path = save_xlsx(tmp_path / "entreprises.xlsx", sheets)
    assert shell("importer", path, "--groupe", GROUP, *own) == 0
    assert "Groupe" not in shell.out
    assert shell.list("groupes", *own) == []


@pytest.mark.parametrize("name", ["absent.xlsx", "vieux.xls", "convention.pdf", "texte.xlsx"])
def test_what_cannot_be_read_ends_with_one_and_a_french_sentence(
    shell: Shell, own: Own, tmp_path: Path, name: str
) -> None:
    if not name.startswith("absent"):
        (tmp_path / name).write_bytes(b"%PDF-1.7")
    for trial in ((), ("--essai",)):
        assert shell("importer", tmp_path / name, "--groupe", GROUP, *trial, *own) == 1
        assert f"« {name} »" in shell.err
        assert "Traceback" not in shell.err
        assert shell.out == ""
    assert list(tmp_path.glob("bureau*")) == []


@pytest.mark.parametrize("arguments", [(), ("--groupe",), ("--groupe", "G", "--essais")])
def test_a_wrong_usage_ends_with_two(
    shell: Shell, workbook: Path, own: Own, arguments: tuple[str, ...]
) -> None:
    assert shell("importer", workbook, *arguments, *own) == 2
    assert shell.out == ""
    assert shell.err


def test_a_group_needs_a_name(shell: Shell, workbook: Path, own: Own) -> None:
    assert shell("importer", workbook, "--groupe", "  ", *own) in (1, 2)
    assert "groupe" in shell.err


def test_a_group_name_longer_than_its_column_is_refused(
    shell: Shell, tmp_path: Path, table: Path, own: tuple[str, ...]
) -> None:
    for trial in ((), ("--essai",)):
        assert shell("importer", table, "--groupe", "G" * 5000, *trial, *own) == 1
        assert "120 signes au plus" in shell.err
    assert not Path(own[1]).exists()
    assert not Path(own[3]).exists()
    assert shell("importer", table, "--groupe", "G" * 120, *own) == 0


def test_a_group_name_without_its_control_characters_is_kept(
    shell: Shell, table: Path, own: tuple[str, ...]
) -> None:
    assert shell("importer", table, "--groupe", "Bordeaux\x01 \tmars\u202e", *own) == 0
    assert [group["nom"] for group in shell.list("groupes", *own)] == ["Bordeaux mars"]
