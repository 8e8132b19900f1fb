"""One file per feature: plain functions (session, command) → frozen rows.

The modules are imported on first use, so that naming one costs nothing at start:
``jobs.read(self, lambda s: usecases.group_board.load(s, query), show)`` imports SQLAlchemy on the
reader's lane, never on the window's thread.
"""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.orm import Session as Session

    from connexion_desktop.usecases import activities as activities
    from connexion_desktop.usecases import activity_papers as activity_papers
    from connexion_desktop.usecases import agendas as agendas
    from connexion_desktop.usecases import attachments as attachments
    from connexion_desktop.usecases import attendance_sheets as attendance_sheets
    from connexion_desktop.usecases import closures as closures
    from connexion_desktop.usecases import deletions as deletions
    from connexion_desktop.usecases import demo as demo
    from connexion_desktop.usecases import drafts as drafts
    from connexion_desktop.usecases import duplicates as duplicates
    from connexion_desktop.usecases import group_board as group_board
    from connexion_desktop.usecases import groups as groups
    from connexion_desktop.usecases import history as history
    from connexion_desktop.usecases import import_workbook as import_workbook
    from connexion_desktop.usecases import keys as keys
    from connexion_desktop.usecases import listing as listing
    from connexion_desktop.usecases import lists as lists
    from connexion_desktop.usecases import loan_papers as loan_papers
    from connexion_desktop.usecases import loans as loans
    from connexion_desktop.usecases import logo as logo
    from connexion_desktop.usecases import looks as looks
    from connexion_desktop.usecases import maintenance as maintenance
    from connexion_desktop.usecases import meeting_choices as meeting_choices
    from connexion_desktop.usecases import meetings as meetings
    from connexion_desktop.usecases import merging as merging
    from connexion_desktop.usecases import moving as moving
    from connexion_desktop.usecases import notes as notes
    from connexion_desktop.usecases import office as office
    from connexion_desktop.usecases import organisations as organisations
    from connexion_desktop.usecases import papers as papers
    from connexion_desktop.usecases import passing as passing
    from connexion_desktop.usecases import people as people
    from connexion_desktop.usecases import person_details as person_details
    from connexion_desktop.usecases import person_feed as person_feed
    from connexion_desktop.usecases import person_file as person_file
    from connexion_desktop.usecases import person_side as person_side
    from connexion_desktop.usecases import pilotage as pilotage
    from connexion_desktop.usecases import placement_drafts as placement_drafts
    from connexion_desktop.usecases import placement_hosts as placement_hosts
    from connexion_desktop.usecases import placement_prescriber as placement_prescriber
    from connexion_desktop.usecases import placement_views as placement_views
    from connexion_desktop.usecases import placements as placements
    from connexion_desktop.usecases import presence_papers as presence_papers
    from connexion_desktop.usecases import presence_reads as presence_reads
    from connexion_desktop.usecases import presences as presences
    from connexion_desktop.usecases import programme as programme
    from connexion_desktop.usecases import programme_templates as programme_templates
    from connexion_desktop.usecases import record_return as record_return
    from connexion_desktop.usecases import reference_lists as reference_lists
    from connexion_desktop.usecases import search as search
    from connexion_desktop.usecases import server_team as server_team
    from connexion_desktop.usecases import servers as servers
    from connexion_desktop.usecases import snapshots as snapshots
    from connexion_desktop.usecases import team_rights as team_rights
    from connexion_desktop.usecases import thresholds as thresholds
    from connexion_desktop.usecases import today as today
    from connexion_desktop.usecases import undo as undo
    from connexion_desktop.usecases import year as year


def __getattr__(name: str) -> ModuleType:
    if name.startswith("_"):
        raise AttributeError(name)
    try:
        return importlib.import_module(f"{__name__}.{name}")
    except ModuleNotFoundError as error:
        if error.name != f"{__name__}.{name}":
            raise
        raise AttributeError(name) from None
