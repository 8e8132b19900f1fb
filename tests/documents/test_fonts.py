"""Which font a paper takes, and what happens when none fits."""

from __future__ import annotations

from pathlib import Path

from connexion_desktop.documents import fonts
from connexion_desktop.documents.fonts import Family

VIETNAMESE = "Nguyễn Thị Hương"


def test_this_computer_can_draw_latin_vietnamese_and_cyrillic() -> None:
    with fonts.LOCK:
        typeface = fonts.typeface_for(VIETNAMESE + "Олександр Œuvré « 1 er » ’…–")
        assert typeface.missing(frozenset(map(ord, VIETNAMESE))) == 0


def test_a_family_that_lacks_a_letter_gives_way_to_the_next() -> None:
    complete = fonts.installed()[0]
    with fonts.LOCK:
        typeface = fonts.typeface_for(VIETNAMESE, [fonts.vera(), complete])
        assert typeface.regular.name == complete.name
        assert fonts.typeface_for("Simple", [fonts.vera(), complete]).regular.name != complete.name


def test_a_damaged_font_file_is_passed_over(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.ttf"
    damaged.write_bytes(b"\x00\x01\x00\x00 not a font")
    family = Family("Damaged", damaged, damaged)
    with fonts.LOCK:
        typeface = fonts.typeface_for("Texte", [family, fonts.vera()])
        assert typeface.regular.name == fonts.vera().name


def test_without_any_font_a_paper_still_comes_out() -> None:
    with fonts.LOCK:
        assert fonts.typeface_for("Texte", []).regular.name == fonts.vera().name


def test_a_family_is_installed_only_with_both_weights(tmp_path: Path) -> None:
    regular = tmp_path / "a.ttf"
    regular.write_bytes(b"")
    assert not Family("A", regular, tmp_path / "b.ttf").is_installed
