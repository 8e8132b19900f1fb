"""Two people on the settings of the association."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from connexion_desktop import usecases
from connexion_desktop.data.database import Database
from connexion_desktop.domain.conflicts import Seen
from connexion_desktop.domain.office import ASSOCIATION, EditRecord
from connexion_desktop.domain.person_fields import FieldSpec, FieldValue
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.jobs import Jobs
from connexion_desktop.ui.pages.settings.record_fields import RecordFields
from connexion_desktop.ui.pages.settings.thresholds import ThresholdsPane
from connexion_desktop.ui.widgets.bound_fields import LineField
from tests.factories import TODAY

from ..colleague import nadia
from .bench import put_in


def _saving(
    row_id: UUID, spec: FieldSpec, value: FieldValue, seen: Seen
) -> Callable[[usecases.Session], object]:
    command = EditRecord(row_id, spec.name, value, TODAY, seen)
    return lambda session: usecases.office.edit(session, command)


@pytest.fixture
def form(qtbot: QtBot, desk: Desk, database: Database) -> Iterator[RecordFields]:
    """The fields of the association, as its page shows them."""
    made = RecordFields(desk, "association", _saving)
    made.lay_out(ASSOCIATION)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    with database.read() as session:
        shown = usecases.office.load(session).association
    made.show_record(shown.id, shown.values)
    yield made
    qtbot.waitUntil(lambda: desk.jobs.is_idle)


def _line(form: RecordFields, column: str) -> LineField:
    field = form.fields[column]
    assert isinstance(field, LineField)
    return field


def test_the_address_of_the_association_is_chosen_between_two(
    qtbot: QtBot, form: RecordFields, database: Database
) -> None:
    field = _line(form, "address")
    put_in(qtbot, field.line, "12 rue Neuve")
    with database.read() as session:
        row = usecases.office.load(session).association.id
    command = EditRecord(row, "association.address", "4 cours", TODAY)
    nadia(database, lambda session: usecases.office.edit(session, command))
    field.flush()
    qtbot.waitUntil(lambda: field.conflict() is not None)
    line = field.conflict()
    assert line is not None
    assert line.words.text().endswith(" : « 4 cours ».")
    line.mine.click()
    qtbot.waitUntil(lambda: field.state.text() == "enregistré")
    with database.read() as session:
        assert usecases.office.load(session).association.text("address") == "12 rue Neuve"


def test_a_siret_shown_in_groups_is_the_one_that_is_kept_without_spaces(
    qtbot: QtBot, form: RecordFields, desk: Desk
) -> None:
    field = _line(form, "siret")
    for typed in ("21330063500017", "213 300 635 00017", "21330522000013"):
        put_in(qtbot, field.line, typed)
        field.flush()
    qtbot.waitUntil(lambda: desk.jobs.is_idle)
    assert field.conflict() is None
    assert not field.has_problem()


def test_a_threshold_is_chosen_between_two(
    qtbot: QtBot, desk: Desk, jobs: Jobs, database: Database
) -> None:
    pane = ThresholdsPane(desk)
    qtbot.addWidget(pane)
    pane.refresh()
    qtbot.waitUntil(lambda: jobs.is_idle)
    with database.read() as session:
        row = next(row for row in usecases.thresholds.load(session) if row.text.isdigit())
    key, shown = row.threshold.key, int(row.text)
    with qtbot.waitActive(pane):
        pane.show()
    field = pane.boxes[key].field
    assert isinstance(field, LineField)
    put_in(qtbot, field.line, str(shown + 2))
    nadia(database, lambda session: usecases.thresholds.change(session, key, str(shown + 1)))
    field.flush()
    qtbot.waitUntil(lambda: field.conflict() is not None)
    line = field.conflict()
    assert line is not None
    assert f"« {shown + 1} »" in line.words.text()
    line.theirs.click()
    assert field.text() == str(shown + 1)
    qtbot.waitUntil(lambda: jobs.is_idle)
