"""The reference lists: complete in a new base, completed in an old one, never overwritten."""

from __future__ import annotations

import re
import tomllib
from contextlib import closing

import pytest
import sqlalchemy as sa

from connexion_desktop.data import seed
from connexion_desktop.data.database import Database
from connexion_desktop.data.models import (
    BaseInfo,
    ReferenceItem,
    Setting,
    Site,
    TradeFamily,
    utc_now,
)

pytestmark = pytest.mark.file_alone("the lists of a server come with its upgrade")


def test_a_new_base_has_the_lists_of_the_programme(database: Database) -> None:
    with database.read() as session:
        families = session.scalars(sa.select(TradeFamily).order_by(TradeFamily.position)).all()
        assert len(families) == 13
        assert families[0].label == "Numérique"
        assert sum(family.to_confirm for family in families) == 7
        assert set(session.scalars(sa.select(Site.code))) == {"bordeaux", "talence", "pessac"}
        lists = set(session.scalars(sa.select(ReferenceItem.list)))
        assert {
            "absence_reason",
            "action_kind",
            "activity",
            "channel",
            "consent",
            "contract_kind",
            "elsewhere",
            "equipment_state",
            "exit",
            "french_level",
            "meeting_kind",
            "milestone",
            "motivation",
            "obstacle",
            "organisation_role",
            "paper",
            "public_reason",
            "refusal",
            "resources",
            "role",
            "situation",
            "training_level",
            "work_distance",
            "workless_band",
        } <= lists
        weeks = session.scalars(sa.select(Setting.value).where(Setting.key == "programme.weeks"))
        assert weeks.one() == 12


def test_a_code_is_shipped_once_in_its_list_and_has_its_words() -> None:
    for file in seed._files():
        content = tomllib.loads(file.read_text(encoding="utf-8"))
        items = content.get("item", [])
        codes = [item["code"] for item in items]
        assert len(codes) == len(set(codes)), file.name
        assert all(re.fullmatch(r"[A-Za-z0-9_]{1,40}", code) for code in codes), file.name
        assert all(item["label"].strip() == item["label"] != "" for item in items), file.name


def test_each_obstacle_has_worded_levels(database: Database) -> None:
    with database.read() as session:
        obstacles = session.scalars(
            sa.select(ReferenceItem).where(ReferenceItem.list == "obstacle")
        ).all()
        assert obstacles
        for obstacle in obstacles:
            assert obstacle.data is not None
            assert len(obstacle.data["levels"]) == 6


def test_what_the_association_changed_stays_and_what_is_missing_comes(database: Database) -> None:
    with database.bulk() as session:
        items = sa.select(ReferenceItem).where(ReferenceItem.list == "exit")
        changed, deleted, missing = session.scalars(
            items.order_by(ReferenceItem.position)
        ).fetchmany(3)
        changed.label = "Nos mots"
        deleted.deleted_at = utc_now()
        session.connection().execute(sa.delete(ReferenceItem).where(ReferenceItem.id == missing.id))
        session.execute(sa.update(BaseInfo).values(reference_digest="ancien"))
        code = missing.code
    database.close()
    with closing(Database.open(database.path, database.key)) as again, again.read() as session:
        found = {item.code: item for item in session.scalars(items)}
        assert found[changed.code].label == "Nos mots"
        assert found[deleted.code].deleted_at is not None
        assert found[code].id != missing.id
        assert session.scalar(sa.select(BaseInfo.reference_digest)) == seed.shipped_digest()


def test_opening_again_changes_nothing(database: Database) -> None:
    with database.read() as session:
        before = session.scalar(sa.select(BaseInfo.change_stamp))
    database.close()
    with closing(Database.open(database.path, database.key)) as again, again.read() as session:
        assert session.scalar(sa.select(BaseInfo.change_stamp)) == before
