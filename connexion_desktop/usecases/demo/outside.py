"""People met who are in no group: on their way in, waiting, or who did not enter."""

from __future__ import annotations

from dataclasses import dataclass

from connexion_desktop.data import models as m

from .days import day_at
from .numbers import phone
from .people import write_person
from .places import House
from .rows import Book
from .story import Who

_PHONES_FROM = 80


@dataclass(frozen=True, slots=True)
class Met:
    """Somebody met: `steps` are (kind, days from today, outcome), oldest first; `phone` is another
    than the one of their rank."""

    civility: str
    given: str
    family: str
    age: int
    site: str
    channel: str
    place: str
    state: str
    steps: tuple[tuple[str, int, str | None], ...]
    note: str | None = None
    refusal: str | None = None
    elsewhere: str = "none"
    phone: str | None = None


# fmt: off
PEOPLE = (
    Met("mme", "Zineb", "El Amrani", 29, "bordeaux", "parc", "Goûter sportif du parc", "met",
        (("met", -3, "interested"),), "Rappeler mercredi : veut amener sa sœur."),
    Met("m", "Gabriel", "Sarrazin", 46, "bordeaux", "rue", "Cours de l’Yser", "met",
        (("met", -6, "interested"),)),
    Met("mme", "Prisca", "Nkoulou", 33, "talence", "tram", "Arrêt Peixotto", "met",
        (("met", -10, "interested"), ("talk", -4, None)), "Parle d’abord de couture."),
    Met("m", "Anton", "Dragomir", 25, "pessac", "hebergement", "Foyer du Perron", "met",
        (("met", -13, None),)),
    Met("mme", "Lucette", "Baron", 58, "bordeaux", "commercant", "Boulangerie des Chartrons",
        "invited", (("met", -15, "interested"), ("talk", -8, None)),
        "Viendra à la réunion de présentation si sa voisine vient."),
    Met("m", "Ismaël", "Touré", 21, "bordeaux", "gouter_sportif", "City-stade de Bacalan",
        "invited", (("met", -12, "interested"), ("talk", -5, None))),
    Met("mme", "Mei", "Zhang", 39, "talence", "bouche_a_oreille", "Une amie du groupe", "invited",
        (("met", -20, "interested"),)),
    Met("m", "Pascal", "Gouzy", 54, "bordeaux", "banque_alimentaire", "Distribution du mardi",
        "waiting", (("met", -40, "interested"), ("presentation", -26, "came"),
                    ("diagnosis", -14, "accepted"), ("waiting", -14, "waiting")),
        "Attend le prochain groupe ; appelle chaque semaine."),
    Met("mme", "Dalila", "Mansouri", 44, "bordeaux", "centre_social", "Centre social du Lac",
        "waiting", (("met", -33, "interested"), ("presentation", -26, "came"),
                    ("diagnosis", -12, "accepted"), ("waiting", -12, "waiting"))),
    Met("m", "Valentin", "Cazes", 20, "pessac", "micro_trottoir", "Place de la Ve République",
        "waiting", (("met", -29, "interested"), ("presentation", -26, "came"),
                    ("diagnosis", -11, "accepted"), ("waiting", -11, "waiting"))),
    Met("mme", "Sandra", "Lopez", 30, "bordeaux", "centre_social", "Centre social du Lac",
        "refused", (("met", -60, "interested"), ("presentation", -52, "came"),
                    ("diagnosis", -45, "refused"), ("refused", -45, "refused")),
        "Suivie par la mission locale voisine : orientée vers sa conseillère.", "suivi_ailleurs",
        "followed"),
    Met("m", "Ruben", "Castro", 36, "talence", "rue", "Cours Gambetta", "refused",
        (("met", -70, "interested"), ("presentation", -56, "absent"), ("refused", -40, "refused")),
        None, "plus_de_nouvelles"),
    Met("mme", "Ginette", "Faure", 61, "pessac", "socio_esthetique", "Atelier de Saige", "refused",
        (("met", -48, "interested"), ("presentation", -38, "came"), ("refused", -36, "refused")),
        "Préfère un accompagnement individuel.", "collectif"),
    # Ismaël Touré again, met elsewhere by somebody who wrote his names the other way round
    Met("m", "Toure", "Ismael", 21, "talence", "tram", "Arrêt Peixotto", "met",
        (("met", -10, "interested"),), "Dit avoir déjà parlé à quelqu’un à Bacalan.",
        phone=phone(_PHONES_FROM + 5)),
)

OUTINGS = (
    # days from today, channel, place, site, people met, minutes
    (-3, "gouter_sportif", "Parc aux Angéliques", "bordeaux", 24, 150),
    (-12, "gouter_sportif", "City-stade de Bacalan", "bordeaux", 31, 180),
    (-10, "tram", "Arrêt Peixotto", "talence", 18, 90),
    (-29, "micro_trottoir", "Place de la Ve République", "pessac", 27, 120),
    (-40, "banque_alimentaire", "Distribution du mardi, Bacalan", "bordeaux", 42, 180),
    (-48, "socio_esthetique", "Atelier de Saige", "pessac", 9, 120),
    (-75, "rue", "Cours de l’Yser", "bordeaux", 15, 90),
)
# fmt: on


def write_outside(book: Book, house: House, number: int) -> int:
    """Write the outings and the people met, from this number on. Returns how many people."""
    _write_outings(book, house)
    for rank, met in enumerate(PEOPLE):
        _write_met(book, house, met, rank, number + rank)
    return len(PEOPLE)


def _write_outings(book: Book, house: House) -> None:
    for at, channel, place, site, count, minutes in OUTINGS:
        book.add(
            m.Outreach,
            on=day_at(book.today, at),
            channel=channel,
            place=place,
            site_id=house.sites[site],
            partner_id=house.organisations["paniers"] if channel == "banque_alimentaire" else None,
            staff_id=house.staff["nadia"],
            met_count=count,
            minutes=minutes,
        )


def _write_met(book: Book, house: House, met: Met, rank: int, number: int) -> None:
    days = [day_at(book.today, at) for _, at, _ in met.steps]
    who = Who(
        met.civility,
        met.given,
        met.family,
        met.age,
        (1, 1),
        met.phone or (phone(_PHONES_FROM + rank) if rank % 4 else None),
        "",
        birth_precision="year",
        channel=met.channel,
        channel_detail=met.place,
        elsewhere=met.elsewhere,
    )
    person = write_person(
        book,
        who,
        number=number,
        state=met.state,
        met_on=days[0],
        site=house.sites[met.site],
        referent=None,
    )
    for (kind, _, outcome), on in zip(met.steps, days, strict=True):
        book.add(
            m.IntakeStep,
            person_id=person,
            kind=kind,
            on=on,
            site_id=house.sites[met.site],
            place=met.place if kind == "met" else None,
            outcome=outcome,
            refusal_reason=met.refusal if kind == "refused" else None,
        )
    if met.note:
        book.add(
            m.Note, person_id=person, on=days[-1], text=met.note, staff_id=house.staff["nadia"]
        )
