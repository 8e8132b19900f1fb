"""One person's file, read as the page does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.feed import FeedItem
from connexion_desktop.domain.imprecise import ImpreciseDate
from connexion_desktop.domain.person_fields import EditField
from connexion_desktop.domain.person_file import PersonFile
from connexion_desktop.usecases import person_details, person_file

from ...factories import TODAY

Acting = Callable[..., Act]


def opened(database: Database, person_id: UUID, today: date = TODAY) -> PersonFile:
    with database.read() as session:
        return person_file.load(session, person_id, today)


def lines(file: PersonFile) -> list[str]:
    return [told(item) for item in file.feed.items]


def told(item: FeedItem) -> str:
    return " · ".join(part for part in (item.title, item.state) if part)


class Fields:
    """The fields of Aïssatou: read, and set one by one."""

    def __init__(self, database: Database, act: Acting, who: UUID) -> None:
        self.database, self.act, self.who = database, act, who

    def set(self, name: str, value: str | ImpreciseDate | None) -> None:
        with self.database.write(self.act()) as session:
            person_details.edit(session, EditField(self.who, name, value, TODAY))

    def values(self) -> dict[str, object]:
        with self.database.read() as session:
            return dict(person_details.load(session, self.who).values)
