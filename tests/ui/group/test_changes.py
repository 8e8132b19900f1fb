"""What is saved elsewhere, another group, what the next start paints."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from connexion_desktop.data.database import Database
from connexion_desktop.data.models import Journey, Note, ProjectChoice
from connexion_desktop.data.snapshot import read_snapshot
from connexion_desktop.domain.board import CardFilter, PersonCard
from connexion_desktop.system.settings import Settings
from connexion_desktop.ui.jobs import Jobs
from connexion_desktop.ui.pages.group.page import SNAPSHOT
from connexion_desktop.ui.pages.group.snapshot import board_from_json, board_to_json
from connexion_desktop.ui.pages.group.words import alert_line
from connexion_desktop.usecases import group_board
from tests import factories as make
from tests.factories import TODAY

from .bench import Bench

# What changes elsewhere


def test_a_note_saved_elsewhere_shows_on_the_card(bench: Bench, people: dict[str, UUID]) -> None:
    def write(session: object) -> None:
        row = Note(person_id=people["Océane"], on=TODAY, text="Elle revient lundi.")
        session.add(row)  # type: ignore[attr-defined]

    bench.window.jobs.write(bench.page, write, label="Note")
    bench.wait(lambda: bench.chip(CardFilter.SILENT).accessibleName().endswith(" 0"))
    assert bench.names()[1] == "Maria-José Da Silva"


def test_a_change_keeps_the_card_that_has_the_keyboard(
    bench: Bench, people: dict[str, UUID]
) -> None:
    bench.type("leo")

    def write(session: object) -> None:
        going = session.query(Journey).filter_by(person_id=people["Léo"]).one()  # type: ignore[attr-defined]
        session.add(ProjectChoice(journey_id=going.id, rank=1, label="Paysagiste"))  # type: ignore[attr-defined]

    bench.window.jobs.write(bench.page, write, label="Projet")
    bench.wait(lambda: any(card.project for card in bench.page.model.cards()))
    assert bench.current() == "Léo Petit"


def test_another_group_is_shown_and_remembered(
    bench: Bench, qtbot: QtBot, jobs: Jobs, settings: Settings, database: Database
) -> None:
    with database.bulk() as session:
        other = make.cohort(session, "Pessac · mai 2026", date(2026, 5, 4))
        make.participant(session, other, "Inès", "Roux")
    bench.show(other)
    bench.wait(lambda: bench.names() == ["Inès Roux"])
    again = Bench(qtbot, jobs, settings)
    assert again.names() == ["Inès Roux"]
    again.window.finish()


# The next start


@pytest.mark.parametrize("later", [0, 1, 7])
def test_the_next_start_finds_what_the_base_would_say_that_day(
    bench: Bench, database: Database, later: int
) -> None:
    bench.window.leave_pictures()
    bench.wait(lambda: bench.window.jobs.is_idle)
    day = TODAY + timedelta(days=later)
    payload = read_snapshot(database.path, database.key, SNAPSHOT, day)
    with database.read() as session:
        told = group_board.load(session, replace(bench.page.query(), today=day))
    assert payload is not None
    assert board_from_json(payload) == told


def test_after_a_week_or_before_today_the_next_start_reads_the_base(
    bench: Bench, database: Database
) -> None:
    bench.window.leave_pictures()
    bench.wait(lambda: bench.window.jobs.is_idle)
    for later in (-1, 8):
        day = TODAY + timedelta(days=later)
        assert read_snapshot(database.path, database.key, SNAPSHOT, day) is None


def test_leaving_the_page_keeps_nothing_for_the_next_start(
    bench: Bench, database: Database
) -> None:
    bench.key(Qt.Key.Key_Return)
    bench.wait(lambda: bench.window.jobs.is_idle)
    assert read_snapshot(database.path, database.key, SNAPSHOT, TODAY) is None


def test_a_board_comes_back_as_it_was(bench: Bench) -> None:
    board = bench.page.model.board
    assert board is not None
    assert board_from_json(board_to_json(board)) == board


@pytest.mark.parametrize("payload", [b"", b"{}", b"[1]", b'{"today": "hier"}', b"\xff"])
def test_a_board_kept_by_another_version_is_ignored(payload: bytes) -> None:
    assert board_from_json(payload) is None


def test_painting_what_was_kept_imports_no_database() -> None:
    program = """
import sys
from datetime import date
from connexion_desktop.domain.board import GroupBoard
from connexion_desktop.ui.pages.group.snapshot import board_from_json, board_to_json
from connexion_desktop.ui.pages.group.page import GroupPage
board_from_json(board_to_json(GroupBoard(date(2026, 4, 21))))
print(sorted({"sqlalchemy", "sqlcipher3", "holidays", "rapidfuzz"} & set(sys.modules)))
"""
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"


def test_somebody_never_met_is_not_up_to_date() -> None:
    card = PersonCard(uuid4(), uuid4(), "P-00001", "Aïssatou Diallo", "diallo aissatou", "AD")
    assert alert_line(card) == "Pas encore de contact"
    assert alert_line(replace(card, last_contact=TODAY)) == "À jour"
