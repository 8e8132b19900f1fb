"""Who reads and writes what, held by the database itself: one line for each table.

Rights are on tables and rows. `SELECT` is granted on every table, so that each page's question is
understood whoever asks; which rows answer is for the policies below. A table no user writes has no
grant to write. Nothing is ever deleted for good: no login has `DELETE` anywhere.

`policies` makes the database hold it. `docs/qui-voit-quoi.md` says the same in French, and the
suite checks one against the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from connexion_desktop.domain.servers import Role

OWNER = "connexion_owner"
TEAM = "connexion_team"
PSEUDONYM = "pseudonym"

_C, _S, _D = Role.CONSEILLER, Role.SECRETARIAT, Role.DIRECTION
_EVERYONE = (_C, _S, _D)
_ALL = "true"


def _mine(column: str, whose: str) -> str:
    return f"{column} IN (SELECT {whose}())"


_PERSON = _mine("person_id", "my_people")
_JOURNEY = _mine("journey_id", "my_journeys")
_PLACEMENT = _mine("placement_id", "my_placements")
_COHORT = "(cohort_id IS NULL OR cohort_id IN (SELECT my_cohorts()))"
_ACCIDENT = _mine("accident_id", "my_accidents")
_NOT_ME = "staff_id <> (SELECT my_staff())"
_MY_COHORT = (
    "(SELECT has_role('conseiller'))"
    " AND cohort_id IN (SELECT id FROM cohort WHERE conseiller_id = (SELECT my_staff()))"
)
_SUBJECTLESS = "('attachment', 'attachment_bytes', 'data_flag', 'snooze')"
_OF_PAPERS = (
    "subject_table IN ('person', 'placement', 'agreement', 'amendment', 'equipment', 'loan',"
    " 'organisation', 'association', 'attendance_sheet', 'document')"
    " AND kind IS DISTINCT FROM 'diagnostic'"
)
"""What a diagnosis says is for the conseiller, on its signed page as in its table."""

_LOGO = "subject_table = 'association'"


def _about(table: str, row: str) -> str:
    """Follow the row that this one is about; none is about another of its kind, without end."""
    return f"{table} NOT IN {_SUBJECTLESS} AND sees({table}, {row})"


_FILED = (
    "subject_table IN ('person', 'placement', 'equipment', 'attendance_sheet')"
    f" AND {_about('subject_table', 'subject_id')}"
)
"""What a conseiller files: not on what everybody reads and others write."""


@dataclass(frozen=True, slots=True)
class Rights:
    """The rows of a table that each role reads, and those it makes or changes, in SQL."""

    reads: Mapping[Role, str] = field(default_factory=dict)
    writes: Mapping[Role, str] = field(default_factory=dict)
    makes: Mapping[Role, str] | None = None
    """Where making a row obeys another rule than changing one; else the same."""

    @property
    def made(self) -> Mapping[Role, str]:
        """The rows that each role may make."""
        return self.writes if self.makes is None else self.makes


def _for(roles: tuple[Role, ...], rows: str = _ALL) -> dict[Role, str]:
    return dict.fromkeys(roles, rows)


def _office(*writers: Role) -> Rights:
    """Read by the whole team."""
    return Rights(_for(_EVERYONE), _for(writers))


def _person_papers(rows: str) -> Rights:
    """The conseiller's own people; everybody's, for the papers of the secretariat."""
    both = {_C: rows, _S: _ALL}
    return Rights(both, both)


def _confidential(rows: str) -> Rights:
    """The conseiller's own people, and nobody else."""
    return Rights({_C: rows}, {_C: rows})


_NOBODY = Rights()

RIGHTS: Mapping[str, Rights] = {
    # the office
    "association": Rights(_for(_EVERYONE), _for((_S, _D)), makes={}),
    "site": _office(_S, _D),
    "delegation": _office(_S, _D),
    "setting": _office(_S, _D),
    "reference_item": _office(_S, _D),
    "trade_family": _office(_S, _D),
    "trade": _office(*_EVERYONE),
    "closure": _office(_S, _D),
    "programme_template": _office(*_EVERYONE),
    "target": _office(_D),
    "funder_code": _office(_D),
    "column_mapping": _office(_C, _S),
    "import_batch": Rights(_for((_C, _S)), _for((_C, _S))),
    # the team
    "staff": Rights(
        _for(_EVERYONE),
        {_D: "(login IS DISTINCT FROM session_user OR id = (SELECT my_staff()))"},
    ),
    "staff_role": Rights(_for(_EVERYONE), {_D: _NOT_ME}),
    "cohort_access": Rights(
        _for(_EVERYONE),
        {
            _C: _MY_COHORT,
            _S: _NOT_ME,
            _D: _NOT_ME,
        },
    ),
    # a person
    "person": Rights(
        {_C: _mine("id", "my_people"), _S: _ALL},
        {_C: _mine("id", "my_people"), _S: _ALL},
        {_C: "(site_id IS NULL OR site_id IN (SELECT my_sites()))", _S: _ALL},
    ),
    "person_contact": _person_papers(_PERSON),
    "person_disability": _person_papers(_PERSON),
    "person_residence": _person_papers(_PERSON),
    "person_situation": _person_papers(_PERSON),
    "person_employer": _person_papers(_PERSON),
    "consent": _person_papers(_PERSON),
    "document": _person_papers(_PERSON),
    "person_health": _confidential(_PERSON),
    "person_allergy": _confidential(_PERSON),
    "person_social": _confidential(_PERSON),
    "intake_step": _confidential(_PERSON),
    "diagnosis": _confidential(_PERSON),
    "outreach": _office(_C),
    "data_flag": Rights(
        _for((_C, _S), _about("table_name", "row_id")),
        _for((_C, _S), _about("table_name", "row_id")),
    ),
    # a journey
    "journey": Rights({_C: _mine("person_id", "my_people"), _S: _ALL}, {_C: _PERSON}),
    "journey_exit": _confidential(_JOURNEY),
    "milestone": _confidential(_JOURNEY),
    "family_choice": _confidential(_JOURNEY),
    "project_choice": _confidential(_JOURNEY),
    "obstacle_level": _confidential(_JOURNEY),
    "action": _confidential(_PERSON),
    "interview": _confidential(_PERSON),
    "talk_note": _confidential(_mine("interview_id", "my_interviews")),
    "note": _confidential(_PERSON),
    "snooze": Rights(
        _for((_C, _S), _about("subject_table", "subject_id")),
        _for((_C, _S), _about("subject_table", "subject_id")),
    ),
    # a group
    "cohort": Rights(
        _for(_EVERYONE),
        {_C: _mine("id", "my_cohorts"), _S: _ALL, _D: _ALL},
        {
            _C: "(conseiller_id = (SELECT my_staff()) OR conseiller_id IS NULL)"
            " AND (SELECT has_role('conseiller'))",
            _S: _ALL,
            _D: _ALL,
        },
    ),
    "cohort_activity": Rights(_for(_EVERYONE), {_C: _COHORT, _S: _ALL}),
    "meeting": Rights(_for(_EVERYONE), {_C: _COHORT, _S: _ALL}),
    "meeting_participant": Rights({_C: _JOURNEY, _S: _ALL}, {_C: _JOURNEY}),
    "attendance": Rights({_C: _JOURNEY, _S: _ALL}, {_C: _JOURNEY}),
    "absence_reason": _confidential(_mine("attendance_id", "my_attendances")),
    "attendance_sheet": Rights({_C: _COHORT, _S: _ALL}, {_C: _COHORT, _S: _ALL}),
    "visit": Rights(_for(_EVERYONE), {_C: _COHORT}),
    "visit_place": Rights({_C: _JOURNEY, _S: _ALL}, {_C: _JOURNEY}),
    # an immersion
    "placement": _person_papers(_PERSON),
    "placement_slot": _person_papers(_PLACEMENT),
    "placement_event": _person_papers(_PLACEMENT),
    "placement_presence": _person_papers(_PLACEMENT),
    "agreement": _person_papers(_PLACEMENT),
    "amendment": _person_papers(_PLACEMENT),
    "signature": _person_papers(
        "coalesce(agreement_id, amendment_id) IS NOT NULL"
        f" AND (agreement_id IS NULL OR {_mine('agreement_id', 'my_agreements')})"
        f" AND (amendment_id IS NULL OR {_mine('amendment_id', 'my_amendments')})"
    ),
    "assessment": _person_papers(_PLACEMENT),
    "accident": _person_papers(_PLACEMENT),
    "accident_event": _person_papers(_ACCIDENT),
    "accident_injury": _confidential(_ACCIDENT),
    # equipment, organisations, files
    "equipment": _office(_C, _S),
    "equipment_event": _office(_C, _S),
    "loan": _person_papers(_PERSON),
    "organisation": _office(_C, _S),
    "organisation_role": _office(_C, _S),
    "contact": _office(_C, _S),
    "attachment": Rights(
        {_C: _about("subject_table", "subject_id"), _S: _OF_PAPERS, _D: _LOGO},
        {_C: _FILED, _S: _OF_PAPERS, _D: _LOGO},
    ),
    "attachment_bytes": Rights(
        _for(_EVERYONE, "sees('attachment', attachment_id)"),
        {
            _C: f"attachment_id IN (SELECT id FROM attachment WHERE {_FILED})",  # noqa: S608
            **_for((_S, _D), "sees('attachment', attachment_id)"),
        },
    ),
    # the store itself
    "base_info": _office(),
    "counter": _office(),
    "done_command": Rights(
        _for(_EVERYONE), _for(_EVERYONE, "is_mine(command_id, author)"), makes={}
    ),
    "audit_line": Rights(_for(_EVERYONE, "sees(table_name, row_id)")),
    "access_line": Rights(
        _for((_C, _S), "is_mine(id, author)") | {_D: _ALL},
        makes=_for(_EVERYONE, "is_me(author) AND kind NOT IN ('names', 'known')"),
    ),
    "draft": _NOBODY,
    "page_snapshot": _NOBODY,
    "search_token": _NOBODY,
}
"""By table. A conseiller who replaces a colleague has the rights of a conseiller on that group."""

MASKS: Mapping[str, Mapping[str, str]] = {
    "person": {
        "given_name": "number",
        "birth_date": "make_date(extract(year FROM birth_date)::int, 1, 1)",
        "birth_precision": "'year'",
        **dict.fromkeys(
            (
                "family_name", "birth_name", "native_name", "birth_city", "birth_place",
                "nationality", "address", "address_extra", "postal_code", "city", "country",
                "phone", "other_phone", "email", "channel_detail", "elsewhere_body",
            ),
            "NULL",
        ),
    },
    "journey": {"extension_reason": "NULL"},
    "journey_exit": {"employer": "NULL", "detail": "NULL"},
    "attendance": {},
    "placement": dict.fromkeys(
        (
            "state_reason", "objectives", "evaluation", "tasks", "place", "tutor_name",
            "tutor_function", "tutor_phone", "tutor_email", "host_signatory",
            "host_signatory_function", "situation_detail", "ppe", "prevention", "observations",
            "renewal_reason", "pattern",
        ),
        "NULL",
    ),
    "agreement": {
        "objectives": "NULL", "accepted_warnings": "NULL", "changes": "NULL", "content": "'{}'",
        "issued_by": "''",
    },
    "assessment": dict.fromkeys(
        ("missed_reason", "objectives", "host_feedback", "person_feedback"), "NULL"
    ),
    "loan": dict.fromkeys(
        (
            "condition_out", "condition_in", "accessories_out", "accessories_in", "checklist_in",
            "aim", "aim_in", "terms",
        ),
        "NULL",
    ),
}  # fmt: skip
"""What the direction's figures count, with what stands there instead of who it is about: views of
the same names as the tables, in a schema of their own."""

NAMING: Mapping[str, str] = {
    "journey_id": _JOURNEY,
    "meeting_id": "meeting_id IN (SELECT id FROM meeting AS one WHERE one.cohort_id IS NULL"
    " OR one.cohort_id IN (SELECT my_cohorts()))",
    "renewal_of_id": _mine("renewal_of_id", "my_placements"),
    "attachment_id": "sees('attachment', attachment_id)",
}
"""What a row of a conseiller's names besides who it is about: one's own too."""

NAMING_APART = frozenset({"intake_step", "visit", "attachment_bytes"})
"""Where it may name another's: meetings open to all; what is about the file itself."""
