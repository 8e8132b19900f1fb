"""What is told of an invented person; days are counted from today (negative: past)."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Who:
    """Identity, as the person gives it. `birthday` is (month, day)."""

    civility: str
    given: str
    family: str
    age: int
    birthday: tuple[int, int]
    phone: str | None
    address: str
    postal_code: str = "33300"
    city: str = "Bordeaux"
    email: str | None = None
    birth_name: str | None = None
    birth_city: str = "Bordeaux"
    birth_place: str = "France"
    birth_precision: str = "day"
    nationality: str = "fr"
    native: str | None = None
    french: str = "B1"
    french_written: str | None = None
    channel: str = "bouche_a_oreille"
    channel_detail: str | None = None
    public: str = "invisible"
    public_reason: str | None = "ignore"
    elsewhere: str = "none"
    elsewhere_body: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What was not a plain presence, on both half-days of one day of the group."""

    week: int
    weekday: int
    mark: str
    reason: str | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk `at` days from today, moved to an open day unless `any_day` (a message)."""

    at: int
    text: str | None
    minutes: int = 30
    kind: str = "talk"
    place: str | None = "Bureau"
    start: int = 14 * 60
    any_day: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """An action: done when it has an outcome, else planned. `at` None: no date was set.

    `from_monday`: the day is counted from the Monday of the week, as what the group does is.
    """

    kind: str
    title: str
    at: int | None
    outcome: str | None = None
    minute: int | None = None
    owner: str = "staff"
    detail: str | None = None
    organisation: str | None = None
    from_monday: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A pièce of the person's file."""

    kind: str
    state: str = "checked"
    expires: int | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Relative:
    """Somebody beside the person."""

    kind: str
    name: str
    relation: str
    phone: str


@dataclass(frozen=True, slots=True)
class Lending:
    """A computer lent in a week of the group, until `months` later or its return."""

    number: str
    week: int = 1
    months: int = 6
    returned: int | None = None
    level: int = 2
    level_back: int | None = None
    aim: str = "Écrire son CV et consulter les offres chez soi."


@dataclass(frozen=True, slots=True)
class Leaving:
    """How the journey ended, `at` days from today."""

    at: int
    exit: str
    contract_kind: str | None = None
    contract_months: int | None = None
    employer: str | None = None
    detail: str | None = None
    six_month_exit: str | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """One participant's journey. `families` maps a family to its interest once discovered."""

    who: Who
    activity: str
    families: dict[str, int | None]
    project: tuple[tuple[str, str], ...] = ()
    milestones: dict[str, int] = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()
    talks: tuple[Talk, ...] = ()
    steps: tuple[Step, ...] = ()
    notes: tuple[tuple[int, str], ...] = ()
    obstacles: dict[str, tuple[int, int]] = field(default_factory=dict)
    papers: tuple[Paper, ...] = ()
    relatives: tuple[Relative, ...] = ()
    lending: Lending | None = None
    leaving: Leaving | None = None
    met_before: int = 35
    entered_week: int = 1
    motivation: str = "Veut un métier et un emploi près de chez elle ou de chez lui."
    other_family: str | None = None
    rqth: str | None = None
    rqth_for: int | None = None
    work_impact: str | None = None
    allergy: str | None = None
    agreed: bool = True
    permit: tuple[str, str, str, int] | None = None
    situation: str = "autre"
    situation_detail: str | None = "Sans accompagnement"
    jobseeker_number: str | None = None
    resources: str = "rsa"
    training: str = "infra3"
    workless_months: int = 18
    children: int = 0
    single_parent: bool = False
    housing: bool = True
    licence: bool = False
    district: bool = False


@dataclass(frozen=True, slots=True)
class Stay:
    """An immersion: `first` and `last` counted from the Monday of the week, `issued` from today.

    `hours` are (start, end) in minutes, on each of the `weekdays` (0 Monday).
    """

    given: str
    host: str
    state: str
    object: str
    trade: str
    family: str | None
    first: int
    last: int
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    hours: tuple[tuple[int, int], ...] = ((540, 720), (780, 1020))
    issued: int | None = None
    signed: tuple[tuple[str, int], ...] = ()
    objectives: str = ""
    evaluation: str = "Point à mi-parcours par téléphone, puis bilan à trois le dernier jour."
    tasks: str = ""
    ppe: str | None = ""
    prevention: str | None = "Visite des lieux et consignes de sécurité le premier jour."
    observations: str | None = None
    reason: str | None = None
    bilan: Bilan | None = None
    renewal: str | None = None


@dataclass(frozen=True, slots=True)
class Bilan:
    """The assessment of an immersion."""

    held: str
    host: str
    person: str
    confirmed: str
    signed: int
    missed_minutes: int = 0
    missed_reason: str | None = None
    last_day: int | None = None
    job_kind: str | None = None
    job_on: int | None = None
