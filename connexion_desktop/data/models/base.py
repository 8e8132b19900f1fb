"""What every table shares: keys, tenant, version, deletion."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    DateTime,
    ForeignKeyConstraint,
    Index,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator

from connexion_desktop.domain.new_id import new_id

ALIVE = text("deleted_at IS NULL")
CODE = 40


def utc_now() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)


class Instant(TypeDecorator[datetime]):
    """An instant, kept in UTC; naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive instant: nobody could tell which clock it came from."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back UTC: SQLite forgets the zone."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """The registry of every table."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Instant, UUID: Uuid}  # noqa: RUF012 - read by SQLAlchemy


JSON_OR_NULL = JSON(none_as_null=True)
"""JSON where nothing is NULL, not the text « null », which no `IS NULL` would find."""


class Row(Base):
    """A row of an association: references stay inside the association by composite keys."""

    __abstract__ = True

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id, sort_order=-20)
    association_id: Mapped[UUID] = mapped_column(sort_order=-19)
    version: Mapped[int] = mapped_column(default=1, sort_order=90)
    created_at: Mapped[datetime] = mapped_column(default=utc_now, sort_order=91)
    deleted_at: Mapped[datetime | None] = mapped_column(sort_order=92)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}

    def __init__(self, **values: Any) -> None:
        values.setdefault("id", new_id())
        super().__init__(**values)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if not cls.__dict__.get("__abstract__"):
            table = cls.__table__
            if not isinstance(table, Table):
                raise TypeError(cls.__name__)
            _tie_to_association(table)


def _tie_to_association(table: Table) -> None:
    table.append_constraint(UniqueConstraint("association_id", "id"))
    if table.name != "association":
        table.append_constraint(ForeignKeyConstraint(["association_id"], ["association.id"]))
    for column in list(table.columns):
        target = column.info.get("to")
        if target is not None:
            table.append_constraint(
                ForeignKeyConstraint(
                    ["association_id", column.name],
                    [f"{target}.association_id", f"{target}.id"],
                    name=f"fk_{table.name}_{column.name}",
                )
            )
            Index(f"ix_{table.name}_{column.name}", column)


def ref(table: str) -> Any:
    """A reference to a row of `table` in the same association, indexed."""
    return mapped_column(Uuid, info={"to": table})


def code(length: int = CODE, *, default: str | None = None) -> Any:
    """A stable code of a reference list or of a state: `data/code_uses.py` says which."""
    return mapped_column(String(length), default=default, info={"code": True})


def words(length: int, label: str, *, default: str | None = None) -> Any:
    """A text that somebody types: the most letters it may have, and the French name by which a
    longer one is refused."""
    return mapped_column(String(length), default=default, info={"label": label})


def unique_alive(name: str, *columns: str, where: str = "") -> Index:
    """A partial unique index over the rows that are not deleted, within the association.

    `where` narrows it further, in SQL. NULLs are all different: a nullable column needs its own.

    What makes it partial is in `info` for a server: with `postgresql_where` here, SQLAlchemy would
    import PostgreSQL's dialect and its drivers at each start.
    """
    kept = text(f"{where} AND {ALIVE.text}") if where else ALIVE
    return Index(
        f"uq_{name}",
        "association_id",
        *columns,
        unique=True,
        sqlite_where=kept,
        info={"where": kept},
    )
