"""What an issued convention says, as lines to read beside its paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from connexion_desktop.domain.hours import parse_ranges
from connexion_desktop.domain.placement_summary import hours_lines, summary
from connexion_desktop.domain.timetable import slots_on
from tests.documents.papers import blank_draft, employee_paper, issued_paper, minor_paper


def lines() -> dict[str, str]:
    return {
        label: value.replace("\u00a0", " ")
        for part in summary(issued_paper())
        for label, value in part.lines
    }


def test_the_parts_come_in_the_order_of_the_paper() -> None:
    assert [part.title for part in summary(issued_paper())] == [
        "Structure d’accueil",
        "Période et horaires",
        "Objet et contenu",
        "Prescription et accompagnement",
    ]


def test_the_lines_say_it_in_words() -> None:
    told = lines()
    assert told["SIRET"] == "552 081 317 66522"
    assert told["Adresse"] == "3 quai des Chartrons, 33300 Bordeaux"
    assert told["Dates"] == "du 11 au 27 mars 2026"
    assert told["Présence"] == "63 h, 9 jours de présence"
    assert told["Objet"] == "Découvrir un métier ou un secteur d’activité"
    assert told["Signataire"] == "Paul Martin, gérant"


def test_what_is_blank_is_left_out_and_non_is_an_answer() -> None:
    paper = issued_paper()
    silent = replace(paper, period=replace(paper.period, ppe="", prevention=None, observations=""))
    (content,) = [part for part in summary(silent) if part.title == "Objet et contenu"]
    told = dict(content.lines)
    assert told["Protections"] == "Non"
    assert "Prévention" not in told
    assert "Observations" not in told


def test_a_blank_draft_says_nothing() -> None:
    assert [part.title for part in summary(blank_draft())] == []


def test_a_minor_and_an_employee_show_who_signs_for_them() -> None:
    told = dict(summary(minor_paper())[-1].lines)
    assert told["Représentant"].startswith("Maria Da Costa, mère")
    told = dict(summary(employee_paper())[-1].lines)
    assert told["Employeur"] == "Régie de quartier imaginaire"


def test_days_alike_are_told_together() -> None:
    paper = issued_paper()
    slots = (
        *slots_on(date(2026, 3, 16), parse_ranges("9h-12h30")),
        *slots_on(date(2026, 3, 17), parse_ranges("9h-12h30")),
        *slots_on(date(2026, 3, 18), parse_ranges("9h-12h30")),
        *slots_on(date(2026, 3, 19), parse_ranges("14h-17h")),
        *slots_on(date(2026, 3, 20), parse_ranges("14h-17h")),
    )
    told = hours_lines(replace(paper, period=replace(paper.period, slots=slots)))
    assert [line.replace("\u00a0", " ").replace("\u2060", "") for line in told] == [
        "lun. 16 mars à mer. 18 mars, 3 jours : 9 h – 12 h 30",
        "jeu. 19 mars et ven. 20 mars : 14 h – 17 h",
    ]
