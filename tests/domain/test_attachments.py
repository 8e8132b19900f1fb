"""What attached files are called, and what their names tell."""

from __future__ import annotations

import unicodedata
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.domain.attachments import (
    LONGEST_NAME,
    FilePlace,
    Subject,
    kind_of_name,
    name_to_save,
    remark_on,
    renamed,
    size_text,
    tidy_name,
)
from connexion_desktop.domain.media import Media

KINDS = ("identite", "sejour", "domicile", "secu", "rqth", "cv", "rib", "permis", "photo")


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("CV Awa.pdf", "CV Awa.pdf"),
        ("  deux   espaces .pdf", "deux espaces .pdf"),
        ("C:\\Users\\moi\\cv.pdf", "cv.pdf"),
        ("../../etc/passwd", "passwd"),
        ("facture\u202efdp.exe", "facturefdp.exe"),
        ("nul\x00 et\r\nretour.txt", "nul et retour.txt"),
        ("surrogat\udc80.txt", "surrogat.txt"),
        ("e\u0301tat.pdf", "état.pdf"),
        ("резюме.pdf", "резюме.pdf"),
        ("…", "…"),
        ("...", "sans nom"),
        ("\u200b", "sans nom"),
        ("", "sans nom"),
    ],
)
def test_a_name_is_tidied(given_name: str, kept: str) -> None:
    assert tidy_name(given_name) == kept


def test_a_name_of_three_hundred_letters_keeps_its_ending() -> None:
    kept = tidy_name("a" * 300 + ".pdf")
    assert len(kept) == LONGEST_NAME
    assert kept.endswith("a….pdf")


@given(st.text(max_size=600))
def test_whatever_the_name_it_can_be_shown_and_kept(name: str) -> None:
    kept = tidy_name(name)
    assert 0 < len(kept) <= LONGEST_NAME
    assert not {unicodedata.category(letter) for letter in kept} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert not set(kept) & set("/\\")
    assert tidy_name(kept) == kept


@pytest.mark.parametrize(
    ("typed", "former", "kept"),
    [
        ("CV d’Awa", "scan0001.pdf", "CV d’Awa.pdf"),
        ("CV d’Awa.PDF", "scan0001.pdf", "CV d’Awa.PDF"),
        ("facture.exe", "scan0001.pdf", "facture.exe.pdf"),
        ("notes", "sans point", "notes"),
    ],
)
def test_a_file_renamed_stays_what_it_is(typed: str, former: str, kept: str) -> None:
    assert renamed(typed, former) == kept


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("CV_Awa_2026.pdf", "cv"),
        ("cv-diallo.docx", "cv"),
        ("Carte d’identité recto.jpg", "identite"),
        ("CNI.jpg", "identite"),
        ("Récépissé titre de séjour.pdf", "sejour"),
        ("notification RQTH.pdf", "rqth"),
        ("RIB CCM.pdf", "rib"),
        ("relevé d’identité bancaire.pdf", "rib"),
        ("quittance mars.pdf", "domicile"),
        ("permis B.jpg", "permis"),
        ("IMG_20260421.jpg", ""),
        ("recvoir.pdf", ""),
    ],
)
def test_a_name_tells_the_kind_of_paper(name: str, kind: str) -> None:
    assert kind_of_name(name, KINDS) == kind


def test_a_kind_that_the_association_no_longer_has_is_not_given() -> None:
    assert kind_of_name("CV.pdf", ("identite",)) == ""


@pytest.mark.parametrize(
    ("size", "told"),
    [(1, "1 octet"), (12, "12 octets"), (84_200, "84 Ko"), (3_240_000, "3,2 Mo"),
     (40_000_000, "40 Mo")],
)  # fmt: skip
def test_sizes_are_told_as_people_say_them(size: int, told: str) -> None:
    assert size_text(size) == told


def test_a_program_that_pretends_is_said_twice() -> None:
    assert remark_on("facture.pdf", Media.PROGRAM) == (
        "le contenu n’est pas celui d’un PDF : c’est un programme, que l’ordinateur exécuterait"
    )
    assert remark_on("facture.pdf", Media.PDF) == ""


def test_a_copy_has_a_name_that_windows_takes() -> None:
    assert name_to_save('bilan: "juin" <3>.pdf') == "bilan- -juin- -3-.pdf"


@given(st.uuids(), st.uuids())
def test_a_place_is_read_back_from_its_text(subject: UUID, file_id: UUID) -> None:
    place = FilePlace(Subject("person", subject), file_id)
    assert FilePlace.of(str(place)) == place
