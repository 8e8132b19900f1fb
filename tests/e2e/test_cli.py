"""The command line as the person who looks after the computers uses it."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path

import pytest

from benchmarks import bases
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.system import secrets
from tests.e2e.conftest import Shell


def test_a_demo_base_is_made_with_its_key_in_a_file_of_its_own(
    shell: Shell, tmp_path: Path
) -> None:
    base, key_file = tmp_path / "essai.base", tmp_path / "essai.cle"
    assert shell("demo", "--vers", base, "--cle", key_file, "--aujourd-hui", "2026-04-21") == 0
    assert str(base) in shell.out
    assert shell.err == ""
    assert RawKey.from_hex(key_file.read_text()).hex == key_file.read_text().strip()
    if sys.platform != "win32":
        assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    groups = shell.list(
        "groupes", "--fichier", base, "--cle", key_file, "--aujourd-hui", "2026-04-21"
    )
    assert [group["nom"] for group in groups] == [
        "Bordeaux · mars 2026", "Talence · décembre 2025", "Pessac · mars 2025",
    ]  # fmt: skip


def test_a_key_file_that_exists_is_used_and_left_as_it_is(shell: Shell, tmp_path: Path) -> None:
    base, key_file = tmp_path / "essai.base", tmp_path / "essai.cle"
    key_file.write_text("ab" * 32)
    assert shell("demo", "--vers", base, "--cle", key_file) == 0
    assert key_file.read_text() == "ab" * 32
    assert shell("verifier", "--fichier", base, "--cle", key_file) == 0


def test_a_demo_is_never_written_over_a_file(shell: Shell, tmp_path: Path) -> None:
    base, key_file = tmp_path / "precieux.txt", tmp_path / "k.cle"
    base.write_text("précieux")
    assert shell("demo", "--vers", base, "--cle", key_file) == 1
    assert "existe déjà" in shell.err
    assert shell.out == ""
    assert base.read_text() == "précieux"
    assert not key_file.exists()


def test_a_demo_in_a_folder_that_does_not_exist_leaves_no_key_behind(
    shell: Shell, tmp_path: Path
) -> None:
    key_file = tmp_path / "k.cle"
    assert shell("demo", "--vers", tmp_path / "nulle" / "part.base", "--cle", key_file) == 1
    assert shell.err
    assert not key_file.exists()


def test_without_keyring_nor_key_file_a_script_is_told_what_to_give(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    assert shell("demo", "--vers", tmp_path / "d.base") == 1
    assert "--cle FICHIER" in shell.err
    assert list(tmp_path.glob("d.base*")) == []


def test_more_people_can_be_asked_for(shell: Shell, tmp_path: Path, own: tuple[str, ...]) -> None:
    assert shell("demo", "--personnes", "120", "--vers", own[1], *own[2:]) == 0
    assert len(shell.list("personnes", *own)) == 120


def test_people_are_listed_by_number(shell: Shell, demo: bases.DemoBase) -> None:
    people = shell.list("personnes", *demo.options)
    assert people[0] == {
        "numero": "P-00001",
        "nom": "Diallo",
        "prenom": "Aïssatou",
        "naissance": "1991-04-03",
        "groupe": "Bordeaux · mars 2026",
        "etat": "en parcours",
        "telephone": "06 39 98 00 11",
        "courriel": "aissatou.diallo@example.org",
        "ville": "Bordeaux",
        "premier_contact": "2026-01-19",
        "entree": "2026-03-09",
        "sortie": None,
        "activite": "Cuisine",
        "a_verifier": 0,
    }
    assert len(people) == 50
    mamadou = next(each for each in people if each["prenom"] == "Mamadou")
    assert mamadou["naissance"] == "1996", "only the year is known"


def test_issued_conventions_come_first(shell: Shell, demo: bases.DemoBase) -> None:
    numbers = [paper["numero"] for paper in shell.list("conventions", *demo.options)]
    assert numbers[:2] == ["PMSMP-2025-0001", "PMSMP-2025-0002"]
    assert [number.split("-")[0] for number in numbers] == ["PMSMP"] * 24 + ["BROUILLON"]


def test_a_convention_tells_its_state_of_the_day(shell: Shell, demo: bases.DemoBase) -> None:
    papers = {paper["personne"]: paper for paper in shell.list("conventions", *demo.options)}
    karim = papers["Karim Benali"]
    assert karim["etat"] == "démarrée sans signature"
    assert karim["structure"] == "Livraisons des Quais"
    assert papers["Elif Şahin"]["du"] == "2026-04-15"
    assert papers["Elif Şahin"]["heures"] == 42.0


def test_equipment_tells_who_has_it(shell: Shell, demo: bases.DemoBase) -> None:
    equipment = {each["numero"]: each for each in shell.list("materiel", *demo.options)}
    assert equipment["PC-004"]["prete_a"] == "Aïssatou Diallo"
    assert equipment["PC-004"]["retour_prevu"] == "2026-09-17"
    assert equipment["PC-007"]["etat"] == "en réparation"
    assert equipment["PC-007"]["prete_a"] is None


def test_a_list_is_aligned_in_columns(shell: Shell, demo: bases.DemoBase) -> None:
    assert shell("lister", "groupes", *demo.options) == 0
    heading, first, *_ = shell.out.splitlines()
    assert heading.split() == ["Nom", "Site", "Début", "Semaine", "Personnes", "Conseiller"]
    assert heading.index("Site") == first.index("Bordeaux", 1)


def test_an_empty_base_lists_an_empty_array(
    shell: Shell, empty_base: tuple[Path, RawKey], tmp_path: Path
) -> None:
    path, key = empty_base
    key_file = tmp_path / "vide.cle"
    secrets.make_key_file(key_file, key)
    for what in ("personnes", "groupes", "conventions", "materiel"):
        assert shell.list(what, "--fichier", path, "--cle", key_file) == []


def test_options_may_stand_before_the_word_or_after(shell: Shell, demo: bases.DemoBase) -> None:
    after = shell.list("groupes", *demo.options)
    assert shell(*demo.options, "--json", "lister", "groupes") == 0
    assert json.loads(shell.out) == after
    assert shell("lister", f"--fichier={demo.path}", f"--cle={demo.key_file}", "groupes") == 0


@pytest.mark.parametrize(
    ("suffix", "start"), [(".pdf", b"%PDF-"), (".docx", b"PK"), (".PDF", b"%PDF-")]
)
def test_a_convention_is_written(
    shell: Shell, demo: bases.DemoBase, tmp_path: Path, suffix: str, start: bytes
) -> None:
    path = tmp_path / f"convention{suffix}"
    assert shell("convention", "PMSMP-2026-0016", "-o", path, *demo.options) == 0
    assert path.read_bytes().startswith(start)
    assert "PMSMP-2026-0016" in shell.out


def test_a_number_is_known_in_any_case_and_without_its_zeros(
    shell: Shell, demo: bases.DemoBase, tmp_path: Path
) -> None:
    assert shell("convention", "pmsmp-2026-16", "-o", tmp_path / "c.pdf", *demo.options) == 0
    assert "PMSMP-2026-0016" in shell.out
    endless = "PMSMP-2026-" + "1" * 5000
    assert shell("convention", endless, "-o", tmp_path / "d.pdf", *demo.options) == 1
    assert "Aucune convention" in shell.err


def test_a_draft_is_written_too(shell: Shell, demo: bases.DemoBase, tmp_path: Path) -> None:
    draft = shell.list("conventions", *demo.options)[-1]["numero"]
    assert shell("convention", draft, "-o", tmp_path / "b.pdf", *demo.options) == 0


def test_a_file_to_write_is_replaced_whole(
    shell: Shell, demo: bases.DemoBase, tmp_path: Path
) -> None:
    path = tmp_path / "c.pdf"
    path.write_text("ancien")
    assert shell("convention", "PMSMP-2026-0016", "-o", path, *demo.options) == 0
    assert path.read_bytes().startswith(b"%PDF-")
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


def test_an_unknown_number_is_told(shell: Shell, demo: bases.DemoBase, tmp_path: Path) -> None:
    path = tmp_path / "c.pdf"
    assert shell("convention", "PMSMP-2026-9999", "-o", path, *demo.options) == 1
    assert "PMSMP-2026-9999" in shell.err
    assert not path.exists()


def test_a_file_that_cannot_be_written_is_told(
    shell: Shell, demo: bases.DemoBase, tmp_path: Path
) -> None:
    path = tmp_path / "absent" / "c.pdf"
    assert shell("convention", "PMSMP-2026-0016", "-o", path, *demo.options) == 1
    assert "le dossier n’existe pas" in shell.err
    folder = tmp_path / "dossier.pdf"
    folder.mkdir()
    assert shell("convention", "PMSMP-2026-0016", "-o", folder, *demo.options) == 1
    assert "c’est un dossier" in shell.err


def test_another_extension_is_a_wrong_usage(shell: Shell, demo: bases.DemoBase) -> None:
    assert shell("convention", "PMSMP-2026-0016", "-o", "c.odt", *demo.options) == 2
    assert ".pdf ou .docx" in shell.err
