"""What a move carried, in words."""

from __future__ import annotations

from connexion_desktop.domain.moved import lines, summary


def test_a_few_kinds_are_told_then_how_much_is_left() -> None:
    counts = {"audit_line": 1203, "note": 2, "person": 1, "cohort": 0, "setting": 4}
    assert summary(counts) == "1 personne, 2 notes et 1\u202f207 autres lignes"
    assert lines(counts) == (
        ("Personnes", "1"),
        ("Notes", "2"),
        ("Lignes de l’historique", "1\u202f203"),
        ("Réglages", "4"),
    )


def test_a_base_where_nobody_is_yet_is_told_too() -> None:
    assert summary({"person": 0, "association": 1}) == "1 autre ligne"
