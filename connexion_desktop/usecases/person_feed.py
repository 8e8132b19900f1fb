"""The feed of a person: what happened, newest first, narrowed, searched, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.feed import (
    FEED_WHOLE,
    Author,
    FeedFilter,
    FeedItem,
    FeedKey,
    FeedKind,
    FeedPage,
    FeedQuery,
)
from connexion_desktop.domain.feed_rows import FeedRow, Words
from connexion_desktop.domain.names import fold, full_name
from connexion_desktop.domain.person_feed import item_of

from .person_feed_arms import PERSON
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
    rows = session.execute(_words(), {"person_id": person_id}).all()
    labels: dict[str, dict[str, str]] = {name: {} for name in _WORD_LISTS}
    for row in rows:
        labels[row.list][row.code] = row.label
    return Words(
        labels,
        feminine=bool(rows) and rows[0].civility == "mme",
        retired=frozenset((row.list, row.code) for row in rows if row.retired_on is not None),
    )


@cache
def _words() -> sa.Select[Any]:
    item = m.ReferenceItem
    civility = sa.select(m.Person.civility).where(m.Person.id == PERSON).scalar_subquery()
    return (
        sa.select(item.list, item.code, item.label, item.retired_on, civility.label("civility"))
        .where(item.list.in_(_WORD_LISTS), item.deleted_at.is_(None))
        .order_by(item.position)
    )


def load(session: Session, query: FeedQuery, words: Words | None = None) -> FeedPage:
    """The newest items that the query lets through."""
    words = words or read_words(session, query.person_id)
    if query.search.strip():
        return _search(session, query, words)
    rows = _rows(session, query, query.count + 1).all()
    items = tuple(_item(row, words, query.today) for row in rows[: query.count])
    return FeedPage(items, len(rows) > query.count)


@cache
def _statement(narrow: FeedFilter) -> sa.Select[Any]:
    feed = union()
    statement = sa.select(feed).order_by(
        feed.c.on.desc(), feed.c.at.desc(), feed.c.kind, feed.c.id.desc()
    )
    if narrow.kinds != frozenset(FeedKind):
        statement = statement.where(feed.c.kind.in_(sorted(narrow.kinds)))
    if narrow.open_only:
        statement = statement.where(feed.c.open)
    return statement.limit(sa.bindparam("most", type_=sa.Integer()))


def _rows(session: Session, query: FeedQuery, most: int) -> sa.Result[Any]:
    return session.execute(_statement(query.narrow), {"person_id": query.person_id, "most": most})


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
    for rows in _rows(session, query, FEED_WHOLE).partitions(_SEARCH_SLICE):
        yield from (_item(row, words, query.today) for row in rows)


def _item(row: sa.Row[Any], words: Words, today: date) -> FeedItem:
    return item_of(feed_row(row._asdict()), words, today)


def _author(values: Mapping[str, Any]) -> Author | None:
    given, family = values.get("given"), values.get("family")
    return Author(given, full_name(given, family or "")) if given else None


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
        marks=values["marks"] or "",
        precision=values["precision"] or "",
        author=_author(values),
    )
