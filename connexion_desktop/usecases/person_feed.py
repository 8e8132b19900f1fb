"""The feed of a person: what happened, newest first, narrowed, searched, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.names import fold
from connexion_desktop.domain.person_feed import FeedRow, Words, item_of
from connexion_desktop.domain.person_file import FeedItem, FeedKey, FeedKind, FeedPage, FeedQuery

from .person_feed_rows import union

_WORD_LISTS = (
    "absence_reason",
    "action_kind",
    "paper",
    "milestone",
    "exit",
    "refusal",
)
_SEARCH_SLICE = 200


def read_words(session: Session, person_id: UUID) -> Words:
    """The labels of the reference lists that the feed names, agreeing with the person."""
    item = m.ReferenceItem
    civility = sa.select(m.Person.civility).where(m.Person.id == person_id).scalar_subquery()
    rows = session.execute(
        sa.select(item.list, item.code, item.label, civility.label("civility"))
        .where(item.list.in_(_WORD_LISTS), item.deleted_at.is_(None))
        .order_by(item.position)
    ).all()
    labels: dict[str, dict[str, str]] = {name: {} for name in _WORD_LISTS}
    for name, code, label, _ in rows:
        labels[name][code] = label
    return Words(labels, feminine=bool(rows) and rows[0].civility == "mme")


def load(session: Session, query: FeedQuery, words: Words | None = None) -> FeedPage:
    """The newest items that the query lets through."""
    words = words or read_words(session, query.person_id)
    if query.search.strip():
        return _search(session, query, words)
    rows = session.execute(_statement(query).limit(query.count + 1), _person(query)).all()
    items = tuple(_item(row, words, query.today) for row in rows[: query.count])
    return FeedPage(items, len(rows) > query.count)


def _person(query: FeedQuery) -> dict[str, UUID]:
    return {"person_id": query.person_id}


def _statement(query: FeedQuery) -> sa.Select[Any]:
    feed = union()
    return (
        sa.select(feed)
        .where(*_narrowing(query))
        .order_by(feed.c.on.desc(), feed.c.at.desc(), feed.c.kind, feed.c.id.desc())
    )


def _narrowing(query: FeedQuery) -> list[sa.ColumnElement[bool]]:
    feed = union()
    limits: list[sa.ColumnElement[bool]] = []
    if query.narrow.kinds != frozenset(FeedKind):
        limits.append(feed.c.kind.in_(sorted(query.narrow.kinds)))
    if query.narrow.open_only:
        limits.append(feed.c.open)
    return limits


def _search(session: Session, query: FeedQuery, words: Words) -> FeedPage:
    """Read until enough items hold every word: the items of one person are few."""
    wanted = fold(query.search).split()
    found: list[FeedItem] = []
    for item in _all_items(session, query, words):
        folded = fold(f"{item.title} {item.state} {item.text}")
        if all(word in folded for word in wanted):
            if len(found) == query.count:
                return FeedPage(tuple(found), more=True)
            found.append(item)
    return FeedPage(tuple(found), more=False)


def _all_items(session: Session, query: FeedQuery, words: Words) -> Iterator[FeedItem]:
    result = session.execute(_statement(query), _person(query))
    for rows in result.partitions(_SEARCH_SLICE):
        yield from (_item(row, words, query.today) for row in rows)


def _item(row: sa.Row[Any], words: Words, today: date) -> FeedItem:
    return item_of(feed_row(row._asdict()), words, today)


def feed_row(values: Mapping[str, Any]) -> FeedRow:
    """A row of the union; columns that were not read stay empty."""
    kind = FeedKind(values["kind"])
    on = values["on"]
    return FeedRow(
        key=FeedKey(kind, values["id"], on if kind is FeedKind.ATTENDANCE else None),
        on=on,
        title=values["title"] or "",
        text=values.get("text") or "",
        code=values["code"] or "",
        state=values["state"] or "",
        other=values["other"] or "",
        first=values["first"],
        until=values["until"],
        minute=values["minute"],
        number=values["number"],
        open=bool(values["open"]),
    )
