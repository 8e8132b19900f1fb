"""Stories told in a few lines; the rest is drawn, always the same for the same name."""

from __future__ import annotations

import random
from dataclasses import dataclass

from .bordeaux import BASIC_PAPERS
from .numbers import phone
from .story import Leaving, Lending, Mark, Paper, Step, Story, Talk, Who

FAMILIES = (
    "numerique", "batiment", "sanitaire_social", "industrie", "commerce", "esthetique",
    "hotellerie_restauration", "transport_logistique", "espaces_verts", "proprete",
    "services_personne", "administratif", "securite",
)  # fmt: skip
_STREETS = (
    "rue des Hirondelles", "allée du Vent", "rue de la Vigne-Haute", "avenue des Merles",
    "place du Vieux-Puits", "rue des Bateliers", "chemin des Pins-Penchés", "rue du Tilleul",
)  # fmt: skip
_CHANNELS = (
    ("banque_alimentaire", "Distribution du vendredi"),
    ("centre_social", "Centre social du quartier"),
    ("tram", "Arrêt de tram, un lundi de pluie"),
    ("gouter_sportif", "Goûter sportif du parc"),
    ("bouche_a_oreille", "Une voisine déjà venue"),
    ("micro_trottoir", "Micro-trottoir du marché"),
    ("hebergement", "Foyer d’hébergement"),
    ("socio_esthetique", "Atelier socio-esthétique"),
)
_THEMES = (
    "logement", "sante", "mobilite", "numerique", "langue", "famille", "financier", "confiance",
)  # fmt: skip
_CALLS = (
    "Appel de suivi : les démarches avancent, rien de nouveau côté famille.",
    "Au téléphone : dort mieux, a repris ses recherches.",
    "Rappelle les papiers à apporter ; viendra jeudi.",
    "A laissé un message : tout va bien, rappelle en fin de mois.",
    "Appel bref. Demande de l’aide pour une lettre ; rendez-vous pris.",
    "Fatigue passagère. On espace les rendez-vous, on garde l’appel.",
    "A reçu une réponse négative ; on prépare la suivante ensemble.",
    "Point par téléphone : le budget du mois est tenu.",
    "Une bonne nouvelle annoncée en riant ; à confirmer par écrit.",
)
_REASONS = ("sante", "garde", "administratif", "transport", None)


@dataclass(frozen=True, slots=True)
class Sketch:
    """A participant in a few lines.

    `talks` are what was said, oldest first, on the days of the group's `Rhythm`. `sure` is how
    sure they are of the trade; `leaving` how the journey ended, if it did.
    """

    civility: str
    given: str
    family: str
    age: int
    activity: str
    trade: str
    trade_family: str
    talks: tuple[str, ...]
    sure: str = "to_confirm"
    step: tuple[str, str, int] | None = None
    done: tuple[tuple[str, str, str], ...] = ()
    computer: str | None = None
    leaving: Leaving | None = None
    absences: int = 2
    french: str = "B1"
    nationality: str = "fr"
    last_talk: int | None = None
    milestones: int = 4
    born: tuple[str, str] | None = None
    permit: tuple[str, str, str, int] | None = None
    rqth_for: int | None = None
    work_impact: str | None = None
    alone_with: int = 0


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When things happened in a group, in days from today."""

    talks: tuple[int, ...]
    done: tuple[int, ...]
    phones_from: int
    postal_code: str
    city: str
    returned: int | None = None


def story(sketch: Sketch, rank: int, rhythm: Rhythm) -> Story:
    """The whole story of a sketch; `rank` is the person's place in the group."""
    draw = random.Random(f"{sketch.given} {sketch.family}")  # noqa: S311 - invented data
    return Story(
        who=_who(sketch, rank, rhythm, draw),
        met_before=draw.randint(24, 50),
        activity=sketch.activity,
        families=_families(sketch, draw),
        project=((sketch.trade, sketch.sure),) if sketch.trade else (),
        milestones=dict(
            list({"cv": 5, "pitch": 8, "first_choice": 11, "job_dating": 12}.items())[
                : sketch.milestones
            ]
        ),
        marks=_marks(sketch.absences, draw),
        talks=_talks(sketch, rhythm, draw),
        steps=_steps(sketch, rhythm),
        obstacles=_obstacles(draw),
        papers=_papers(sketch),
        lending=_lending(sketch, rhythm, draw),
        leaving=sketch.leaving,
        resources=draw.choice(("rsa", "rsa", "ass", "aucune", "are", "salaire")),
        training=draw.choice(("infra3", "infra3", "3", "4", "infra3_sans", "etranger")),
        workless_months=draw.choice((6, 11, 14, 20, 26, 38, 60)),
        children=sketch.alone_with or draw.choice((0, 0, 1, 2, 3)),
        single_parent=sketch.alone_with > 0,
        permit=sketch.permit,
        rqth="yes" if sketch.rqth_for else None,
        rqth_for=sketch.rqth_for,
        work_impact=sketch.work_impact,
        licence=draw.random() < 0.35,
        district=draw.random() < 0.4,
        motivation=f"S’intéresse à ce métier : {sketch.trade}." if sketch.trade else "À préciser.",
    )


def _who(sketch: Sketch, rank: int, rhythm: Rhythm, draw: random.Random) -> Who:
    channel, detail = draw.choice(_CHANNELS)
    city, country = sketch.born or (rhythm.city, "France")
    return Who(
        sketch.civility,
        sketch.given,
        sketch.family,
        sketch.age,
        (draw.randint(1, 12), draw.randint(1, 28)),
        phone(rhythm.phones_from + rank),
        f"{draw.randint(2, 90)} {draw.choice(_STREETS)}",
        rhythm.postal_code,
        rhythm.city,
        birth_city=city,
        birth_place=country,
        nationality=sketch.nationality,
        french=sketch.french,
        channel=channel,
        channel_detail=detail,
        public_reason=draw.choice(("ignore", "inutile", "langue", "numerique")),
    )


def _families(sketch: Sketch, draw: random.Random) -> dict[str, int | None]:
    others = [family for family in FAMILIES if family != sketch.trade_family]
    chosen = draw.sample(others, draw.choice((3, 4, 4, 5)))
    return {sketch.trade_family: 5} | {
        family: draw.choice((1, 2, 3, 3, 4, None)) for family in chosen
    }


def _marks(count: int, draw: random.Random) -> tuple[Mark, ...]:
    days = draw.sample([(week, weekday) for week in range(2, 13) for weekday in (0, 1)], count)
    marks = []
    for week, weekday in sorted(days):
        mark = draw.choice("AEEER")
        reason = draw.choice(_REASONS) if mark != "R" else None
        marks.append(Mark(week, weekday, mark, reason))
    return tuple(marks)


def _talks(sketch: Sketch, rhythm: Rhythm, draw: random.Random) -> tuple[Talk, ...]:
    days = [day - draw.randint(0, 2) for day in rhythm.talks[-len(sketch.talks) :]]
    days[-1] = sketch.last_talk or -draw.randint(1, 12)
    if sketch.leaving:
        last = sketch.leaving.at - 4
        days = [min(day, last - 21 * before) for before, day in enumerate(reversed(days))][::-1]
    told = [
        Talk(day, text, draw.choice((20, 30, 30, 45)))
        for day, text in zip(days, sketch.talks, strict=True)
    ]
    until = sketch.leaving.at if sketch.leaving else days[-1]
    for day in range(rhythm.talks[0] + 18, until - 10, 24):
        if all(abs(day - other) > 8 for other in days):
            told.append(Talk(day, draw.choice(_CALLS), 15, "phone", None, 11 * 60))
    return tuple(told)


def _steps(sketch: Sketch, rhythm: Rhythm) -> tuple[Step, ...]:
    done = [
        Step(kind, title, day, outcome, owner="person")
        for day, (kind, title, outcome) in zip(rhythm.done, sketch.done, strict=False)
    ]
    if sketch.step:
        kind, title, day = sketch.step
        done.append(Step(kind, title, day))
    return tuple(done)


def _papers(sketch: Sketch) -> tuple[Paper, ...]:
    papers = [*BASIC_PAPERS, Paper("cv")]
    if sketch.permit:
        papers.append(Paper("sejour", expires=sketch.permit[3]))
    if sketch.rqth_for:
        papers.append(Paper("rqth", expires=sketch.rqth_for))
    return tuple(papers)


def _obstacles(draw: random.Random) -> dict[str, tuple[int, int]]:
    themes = draw.sample(_THEMES, draw.randint(3, 5))
    levels = {}
    for theme in themes:
        entry = draw.choice((2, 3, 3, 4, 4, 5))
        levels[theme] = (entry, max(1, entry - draw.choice((0, 1, 1, 2))))
    return levels


def _lending(sketch: Sketch, rhythm: Rhythm, draw: random.Random) -> Lending | None:
    if sketch.computer is None:
        return None
    level = draw.randint(1, 3)
    return Lending(
        sketch.computer,
        week=draw.randint(1, 3),
        returned=rhythm.returned,
        level=level,
        level_back=level + 1 if rhythm.returned is not None else None,
    )
