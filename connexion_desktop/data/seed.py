"""The reference lists that ship with the application, brought into a base.

A code the base has never had is added; a label, a definition or a setting that is there is never
overwritten: it belongs to the association, and so does its deletion.
"""

from __future__ import annotations

import hashlib
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from .models import BaseInfo, ReferenceItem, Setting, Site, TradeFamily

if TYPE_CHECKING:
    from .database import Database

_COMMON = ("code", "label", "definition", "to_confirm")


def refresh(session: Session) -> None:
    """Add what the shipped lists have and the base does not; note which lists these were."""
    for file in _files():
        content = tomllib.loads(file.read_text(encoding="utf-8"))
        if "list" not in content:
            _add_settings(session)
        elif content["list"] == "site":
            _add_missing(session, Site, [_site(item) for item in content["item"]])
        elif content["list"] == "trade_family":
            families = [_family(item, rank) for rank, item in enumerate(content["item"])]
            _add_missing(session, TradeFamily, families)
        else:
            _add_items(session, content["list"], content["item"])
    session.flush()
    session.connection().execute(sa.update(BaseInfo).values(reference_digest=shipped_digest()))


def refresh_if_new(database: Database) -> None:
    """Bring in the lists of a newer program; nothing is read if the base knows these already."""
    with database.read() as session:
        known = session.scalar(sa.select(BaseInfo.reference_digest))
    if known != shipped_digest():
        with database.bulk() as session:
            refresh(session)


@cache
def shipped_digest() -> str:
    """What tells one set of shipped lists from another."""
    digest = hashlib.sha256()
    for file in _files():
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def shipped_settings() -> dict[str, Any]:
    """What each setting is shipped with, by its key."""
    contents = (tomllib.loads(file.read_text(encoding="utf-8")) for file in _files())
    return {
        f"{section}.{name}": value
        for content in contents
        if "list" not in content
        for section, values in content.items()
        for name, value in values.items()
    }


def _files() -> list[Path]:
    bundle = getattr(sys, "_MEIPASS", None)
    root = Path(bundle) if bundle else Path(__file__).resolve().parents[2]
    return sorted((root / "resources" / "reference").glob("*.toml"))


def _site(item: dict[str, Any]) -> dict[str, Any]:
    return {key: item.get(key) for key in ("code", "label", "city", "postal_code", "sessions")} | {
        "name": item["label"]
    }


def _family(item: dict[str, Any], rank: int) -> dict[str, Any]:
    return _described(item) | {
        "position": rank,
        "short": item.get("short"),
        "aliases": ", ".join(item.get("aliases", [])) or None,
    }


def _described(item: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": item["code"],
        "label": item["label"],
        "definition": item.get("definition"),
        "to_confirm": item.get("to_confirm", False),
    }


def _add_missing(
    session: Session, model: type[Site | TradeFamily], items: list[dict[str, Any]]
) -> None:
    known = set(session.scalars(sa.select(model.code)))
    columns = set(model.__table__.c.keys())
    for item in items:
        if item["code"] not in known:
            session.add(model(**{key: item[key] for key in item if key in columns}))


def _add_items(session: Session, name: str, items: list[dict[str, Any]]) -> None:
    known = set(session.scalars(sa.select(ReferenceItem.code).where(ReferenceItem.list == name)))
    for rank, item in enumerate(items):
        if item["code"] in known:
            continue
        data = {key: value for key, value in item.items() if key not in _COMMON}
        session.add(ReferenceItem(list=name, position=rank, data=data or None, **_described(item)))


def _add_settings(session: Session) -> None:
    known = set(session.scalars(sa.select(Setting.key)))
    for key, value in shipped_settings().items():
        if key not in known:
            session.add(Setting(key=key, value=value))
