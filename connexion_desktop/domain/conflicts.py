"""Two people on one record: three-way merge by field, and what they must choose between.

What was loaded (`base`), what one typed (`mine`) and what the base holds by now (`theirs`) are
compared field by field: what only one of them changed is taken, what both changed differently is a
clash. Fields that make sense together (a postal code and its town) clash together.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import numeric_day

Seen = Mapping[str, Sequence[Any]]
"""What a page knows of a field and of those linked to it, by name: what it loaded, then what it
sent and has no answer about yet. A base that holds none of these was changed by somebody else."""

LINKED: tuple[tuple[str, ...], ...] = (
    ("person.postal_code", "person.city", "person.country"),
    ("person.elsewhere", "person.elsewhere_body"),
    ("residence.permit_kind", "residence.permit_number", "residence.expires_on"),
    ("disability.rqth", "disability.rqth_until"),
    ("situation.situation", "situation.situation_detail"),
    ("employer.postal_code", "employer.city"),
    ("employer.representative", "employer.representative_function"),
    ("association.postal_code", "association.city"),
    ("association.signatory_name", "association.signatory_function"),
    ("site.postal_code", "site.city"),
    ("delegation.starts_on", "delegation.ends_on"),
    ("prescriber.postal_code", "prescriber.city"),
    ("prescriber.signatory_name", "prescriber.signatory_function"),
    ("host.postal_code", "host.city"),
    ("starts_on", "ends_on", "slots"),
    ("tutor_name", "tutor_function", "tutor_phone", "tutor_email"),
    ("host_signatory", "host_signatory_function"),
    ("situation", "situation_detail"),
    ("renewal_of_id", "renewal_reason"),
)
"""The fields that clash together, by the names the pages give them. A date and its precision are
one value already."""


def linked(name: str) -> tuple[str, ...]:
    """A field and those that clash with it, in their order."""
    return next((group for group in LINKED if name in group), (name,))


class Known:
    """What a page knows that the base holds of something: what it loaded, then what it sent."""

    def __init__(self, loaded: Any = None) -> None:
        self._loaded = loaded
        self._sent: list[Any] = []

    def seen(self) -> tuple[Any, ...]:
        """What it loaded, then what it sent and has no answer about."""
        return (self._loaded, *self._sent)

    @property
    def loaded(self) -> Any:
        """What it starts from."""
        return self._loaded

    @property
    def is_waiting(self) -> bool:
        """Whether something sent has no answer yet."""
        return bool(self._sent)

    def load(self, value: Any) -> None:
        """It was read again; nothing is awaited any more."""
        self._loaded = value
        self._sent.clear()

    def send(self, value: Any) -> None:
        """It goes to the base."""
        self._sent.append(value)

    def answer(self, *, kept: bool) -> None:
        """What was sent first is in the base, or was refused."""
        if self._sent:
            sent = self._sent.pop(0)
            self._loaded = sent if kept else self._loaded


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that two people changed, or that goes with one they did; `base` is what was there
    when `mine` was typed."""

    field: str
    label: str
    base: Any
    mine: Any
    theirs: Any

    @property
    def is_theirs(self) -> bool:
        """Whether it was changed by the other one."""
        return bool(self.theirs != self.base)


@dataclass(frozen=True, slots=True)
class Merged:
    """What goes to the base: what each of the two changed alone; and what is to be chosen, which
    stays as `theirs` until then."""

    values: Mapping[str, Any]
    clashes: tuple[Clash, ...]


def merge(
    base: Mapping[str, Any],
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
    links: Collection[Collection[str]] = (),
    labels: Mapping[str, str] | None = None,
) -> Merged:
    """Merge what two people made of one record; the three have the same fields."""
    values: dict[str, Any] = {}
    clashes: list[Clash] = []
    names = labels or {}
    for group in _groups(base, links):
        i_changed = any(mine[name] != base[name] for name in group)
        they_changed = any(theirs[name] != base[name] for name in group)
        differ = [name for name in group if mine[name] != theirs[name]]
        kept = mine if i_changed and not they_changed else theirs
        values |= {name: kept[name] for name in group}
        if i_changed and they_changed:
            clashes += [
                Clash(name, names.get(name, name), base[name], mine[name], theirs[name])
                for name in differ
            ]
    return Merged(values, tuple(clashes))


def _groups(fields: Mapping[str, Any], links: Collection[Collection[str]]) -> list[tuple[str, ...]]:
    """The fields, those that are linked together, each once and in their order."""
    done: set[str] = set()
    groups: list[tuple[str, ...]] = []
    for name in fields:
        if name in done:
            continue
        group = {name}
        while joined := {
            each
            for link in links
            if group.intersection(link)
            for each in link
            if each in fields and each not in group
        }:
            group |= joined
        done |= group
        groups.append(tuple(each for each in fields if each in group))
    return groups


def loaded(values: Mapping[str, Any]) -> Seen:
    """What a page knows that only loaded these, and sent nothing since."""
    return {name: (value,) for name, value in values.items()}


def known_value(seen: Sequence[Any], now: Any) -> Any:
    """What a page started from: what the base holds, if the page knows it, else what it loaded."""
    return now if now in seen else seen[0]


def both(theirs: str, mine: str) -> str:
    """Two texts one after the other, theirs first; one that holds the other is enough."""
    first, second = theirs.strip(), mine.strip()
    if first in second:
        return mine
    return theirs if second in first else f"{first}\n\n{second}"


class ConflictError(UserError):
    """A save that would overwrite what somebody else changed meanwhile: nothing is saved, and who
    typed chooses. `author` is empty where the journal does not say; `by_oneself` if it is theirs,
    from elsewhere."""

    def __init__(
        self,
        clashes: Sequence[Clash],
        author: str = "",
        at: datetime | None = None,
        *,
        by_oneself: bool = False,
    ) -> None:
        self.clashes = tuple(clashes)
        self.author, self.at, self.by_oneself = author, at, by_oneself
        changed = [clash.label for clash in self.clashes if clash.is_theirs]
        told = ", ".join(f"« {label} »" for label in changed)
        super().__init__(
            f"{self.who} changé {told}{self.when}.",
            "Rien n’a été écrasé, et ce que vous avez écrit est gardé.",
            "Choisissez ce qui reste.",
        )

    @property
    def who(self) -> str:
        """« Nadia Ferrand a », « Vous avez », « Quelqu’un a »."""
        if self.by_oneself:
            return "Vous avez"
        return f"{self.author or 'Quelqu’un'} a"

    @property
    def when(self) -> str:
        """« à 10:42 », « le 04/03/2026 à 10:42 », after a space; nothing where it is not known."""
        if self.at is None:
            return ""
        here = self.at.astimezone()
        today = datetime.now(here.tzinfo).date()
        clock = f" à {here.hour:02d}:{here.minute:02d}"
        return clock if here.date() == today else f" le {numeric_day(here.date())}{clock}"


def said(value: Any) -> str:
    """A value in words, where it is no code of a list."""
    from connexion_desktop.domain.french_dates import imprecise_numeric
    from connexion_desktop.domain.imprecise import ImpreciseDate

    match value:
        case None:
            return ""
        case bool():
            return "oui" if value else "non"
        case ImpreciseDate():
            return imprecise_numeric(value)
        case date():
            return numeric_day(value)
        case _:
            return str(value)
