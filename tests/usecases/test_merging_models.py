"""What a merge follows is walked from what the models say of themselves: a table added later cannot
be forgotten."""

from __future__ import annotations

from connexion_desktop.data import models as m
from connexion_desktop.data.references import POINTERS, references_to
from connexion_desktop.domain.merging import FOLLOWING, LABELS, SECTIONS
from connexion_desktop.usecases.merge_plan import (
    WHOLE,
    nulls_wanted,
    unique_indexes,
)
from connexion_desktop.usecases.merge_view import field_columns
from connexion_desktop.usecases.merge_words import label_of
from connexion_desktop.usecases.record_rows import told_of

_STAYS = {
    "audit_line": "the journal tells of the file that was changed",
    "access_line": "so does the journal of what was opened",
    "search_token": "made again from the rows, which follow",
}
"""The tables that name a row and do not follow it, and why."""


def _joinable() -> dict[str, set[str]]:
    """The tables whose rows may meet, from two people down, and by which columns; what hangs on
    rows that are chosen whole goes with them."""
    found: dict[str, set[str]] = {"person": {""}}
    near = ["person"]
    while near:
        for _, column, _ in references_to(near.pop()):
            if unique_indexes(column) and column.table.name not in {*found, *WHOLE}:
                near.append(column.table.name)
            if unique_indexes(column):
                found.setdefault(column.table.name, set()).add(column.name)
    return found


def test_every_table_that_names_a_row_follows_it_or_says_why_not() -> None:
    follow = {model.__tablename__ for model, _, _ in POINTERS}
    naming = {
        table.name
        for table in m.Base.metadata.sorted_tables
        if {"subject_table", "table_name"} & {column.name for column in table.columns}
    }
    assert naming == follow | set(_STAYS)


def test_every_reference_is_declared_so_that_it_follows() -> None:
    for table in m.Base.metadata.sorted_tables:
        for column in table.columns:
            if column.name in ("person_id", "journey_id", "attendance_id"):
                assert column.info.get("to") == column.name.removesuffix("_id"), column


def test_all_that_may_follow_somebody_has_a_word() -> None:
    following = {
        each.table for table in _joinable().keys() - WHOLE for each in references_to(table)
    } | {model.__tablename__ for model, _, _ in POINTERS}
    assert following == set(FOLLOWING)


def test_every_field_that_may_differ_has_a_name_and_a_place() -> None:
    for name, references_of in _joinable().items():
        table = m.Base.metadata.tables[name]
        fields = {field for each in references_of for field in field_columns(table, each)}
        assert not fields or name in SECTIONS
        if name not in WHOLE:
            for field in fields:
                assert label_of(table.c[field])


def test_a_field_is_called_as_in_its_history_unless_that_says_too_little() -> None:
    for name, label in LABELS.items():
        told = told_of(*name.split("."))
        assert told is None or told.label != label, name


def test_every_unique_index_met_is_understood() -> None:
    for table in _joinable():
        for _, column, _ in references_to(table):
            for index in unique_indexes(column):
                assert "deleted_at" in nulls_wanted(index)
