"""How many queries the queue and the form take, and every immersion of the demo."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.usecases import demo, placement_views
from tests.factories import TODAY, placement, put
from tests.placement_base import FIRST, LAST, Office, issued, new_act

from .acts import asked, make


def test_the_queue_takes_the_same_few_queries_whatever_its_length(
    database: Database, office: Office
) -> None:
    def read() -> int:
        return len(asked(database, lambda session: placement_views.queue(session, TODAY)))

    issued(database, office)
    few = read()
    with database.write(new_act()) as session:
        for state in ("draft", "to_sign", "signed", "assessed", "cancelled"):
            for _ in range(10):
                placement(session, office.person, state, FIRST, LAST)
    assert read() == few == 3


def test_the_form_takes_the_same_queries_whatever_the_past(
    database: Database, office: Office
) -> None:
    made = make(database, office)

    def read() -> int:
        return len(asked(database, lambda session: placement_views.form(session, made, TODAY)))

    few = read()
    with database.write(new_act()) as session:
        for month in range(1, 13):
            past = placement(
                session,
                office.person,
                "assessed",
                date(2025, month, 1),
                date(2025, month, 5),
                host_id=office.host,
            )
            put(session, m.PlacementSlot(placement_id=past, on=FIRST, start=540, end=720))
    assert read() == few <= 32


def test_every_immersion_of_the_demo_opens_with_its_paper(tmp_path: Path) -> None:
    key = RawKey.new()
    demo.create(tmp_path / "demo.connexion", key, TODAY)
    base = Database.open(tmp_path / "demo.connexion", key)
    try:
        with base.read() as session:
            rows = placement_views.queue(session, TODAY)
            shown = [placement_views.form(session, row.id, TODAY) for row in rows]
            again = [placement_views.paper(session, form.number, TODAY) for form in shown]
    finally:
        base.close()
    assert len(shown) > 20
    assert {form.read_only for form in shown} == {True, False}
    assert [form.paper.period for form in shown] == [paper.period for paper in again]
