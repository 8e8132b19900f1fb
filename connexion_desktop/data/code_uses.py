"""Which columns hold the codes of which reference list, said once.

A column made by `code()` is here under its list, or in `OWN`: its codes are the program's own.
`tests/data/test_code_uses.py` walks every table, so that none is forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column

from . import models as m

_Columns = tuple[Column[Any], ...]


def _columns(*named: Any) -> _Columns:
    return tuple(each.property.columns[0] for each in named)


HELD: Mapping[str, _Columns] = {
    "absence_reason": _columns(m.AbsenceReason.reason),
    "action_kind": _columns(m.Action.kind),
    "activity": _columns(m.Journey.activity, m.CohortActivity.activity, m.Meeting.activity),
    "channel": _columns(m.Person.channel, m.Outreach.channel),
    "consent": _columns(m.Consent.kind),
    "contract_kind": _columns(m.JourneyExit.contract_kind, m.PersonEmployer.contract_kind),
    "elsewhere": _columns(m.Person.elsewhere, m.Diagnosis.elsewhere),
    "equipment_state": _columns(m.Equipment.state),
    "exit": _columns(m.JourneyExit.exit, m.JourneyExit.six_month_exit),
    "french_level": _columns(
        m.Person.french_oral,
        m.Person.french_written,
        m.Person.french_observed,
        m.Diagnosis.french,
    ),
    "meeting_kind": _columns(m.Meeting.kind),
    "milestone": _columns(m.Milestone.kind),
    "motivation": _columns(m.Diagnosis.motivation_kind),
    "nationality": _columns(m.Person.nationality),
    "obstacle": _columns(m.ObstacleLevel.theme),
    "organisation_role": _columns(m.OrganisationRole.role),
    "paper": _columns(m.Document.kind, m.Attachment.kind),
    "public_reason": _columns(m.Person.public_reason),
    "refusal": _columns(m.IntakeStep.refusal_reason),
    "resources": _columns(m.PersonSocial.resources),
    "role": _columns(m.StaffRole.role),
    "situation": _columns(m.PersonSituation.situation, m.Placement.situation),
    "training_level": _columns(m.PersonSocial.training_level),
    "work_distance": _columns(m.Diagnosis.work_distance),
    "workless_band": _columns(m.PersonSocial.workless_band),
}
"""By list, the columns that hold its codes. Those of the trade families are references by id."""

INSIDE: Mapping[str, tuple[Column[Any], str]] = {
    "activity": (_columns(m.ProgrammeTemplate.content)[0], "activity"),
    "meeting_kind": (_columns(m.ProgrammeTemplate.content)[0], "kind"),
}
"""By list, the column that holds its codes inside a list of things, and under which key."""

OWN: frozenset[Column[Any]] = frozenset(
    _columns(
        m.Accident.declarant,
        m.AccidentEvent.kind,
        m.Action.owner,
        m.Action.result,
        m.Agreement.object,
        m.Amendment.kind,
        m.Assessment.held,
        m.Assessment.job_kind,
        m.Assessment.trade_confirmed,
        m.Attachment.audience,
        m.Attendance.half,
        m.Attendance.mark,
        m.Cohort.state,
        m.ColumnMapping.sheet_kind,
        m.Diagnosis.collective,
        m.Diagnosis.decision,
        m.Document.state,
        m.Equipment.kind,
        m.EquipmentEvent.kind,
        m.IntakeStep.kind,
        m.IntakeStep.outcome,
        m.Interview.kind,
        m.Interview.state,
        m.Meeting.state,
        m.ObstacleLevel.stage,
        m.Person.birth_precision,
        m.Person.civility,
        m.Person.met_precision,
        m.Person.public,
        m.Person.state,
        m.PersonContact.kind,
        m.PersonDisability.rqth,
        m.PersonResidence.permit_kind,
        m.Placement.object,
        m.Placement.state,
        m.PlacementEvent.state,
        m.ProjectChoice.state,
        m.Signature.party,
        m.Snooze.alert,
        m.VisitPlace.state,
    )
)
"""The columns whose codes are no list's."""

NAMING: frozenset[Column[Any]] = frozenset(
    _columns(
        m.AccessLine.kind,
        m.AuditLine.op,
        m.FunderCode.code,
        m.FunderCode.list,
        m.ReferenceItem.code,
        m.ReferenceItem.list,
        m.Site.code,
        m.TradeFamily.code,
    )
)
"""The columns by which a list, a line or a table says its own name."""
