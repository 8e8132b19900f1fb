"""The people that rows are about: found in the base or in the file, never guessed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from uuid import UUID

from connexion_desktop.data.models import new_id
from connexion_desktop.domain.french_dates import imprecise_numeric
from connexion_desktop.domain.import_reading import PersonRead
from connexion_desktop.domain.imprecise import Precision
from connexion_desktop.domain.name_matching import (
    Certainty,
    Comparison,
    Likeness,
    Match,
    PersonTraits,
    match_person,
    same_person,
)
from connexion_desktop.domain.names import fold, fold_joined, full_name
from connexion_desktop.domain.phones import bare_phone

_CROWD = 100
_COMPANY = 500


@dataclass(frozen=True, slots=True)
class Someone:
    """A person of the base, or one that this import is about to make (then without `number`).

    `near`: of the group imported into, or of this file; `line` says where in the file, `birth` what
    that line tells of the birth date, read or not.
    """

    id: UUID
    number: str
    traits: PersonTraits
    groups: tuple[str, ...] = ()
    near: bool = False
    line: str = ""
    birth: str = ""

    @property
    def is_new(self) -> bool:
        """Whether this import makes them."""
        return not self.number

    @property
    def name(self) -> str:
        """« Aïssatou Diallo »."""
        return full_name(self.traits.given, self.traits.family)

    @property
    def told(self) -> str:
        """« P-00012, groupe Talence » or « ligne 5 de ce fichier »."""
        if self.is_new:
            return f"{self.line} de ce fichier"
        groups = f", groupe {', '.join(self.groups)}" if self.groups else ""
        return f"{self.number}{groups}"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a row is about: somebody known or new; nobody when several may be.

    `notes` are worth reading and no more; `doubt` is a problem.
    """

    someone: Someone | None
    is_known: bool = False
    notes: tuple[str, ...] = ()
    doubt: str = ""


@dataclass(slots=True)
class People:
    """Everybody known so far, findable by what a row says of them."""

    _by_id: dict[UUID, Someone] = field(default_factory=dict)
    _by_clue: dict[str, set[UUID]] = field(default_factory=dict)
    _near: set[UUID] = field(default_factory=set)
    _near_by_word: dict[str, set[UUID]] = field(default_factory=dict)

    def told_of(self, person_id: UUID) -> str:
        """« Aïssatou Diallo (P-00012) », of somebody that `identify` or `meant_by` found."""
        someone = self._by_id[person_id]
        return f"{someone.name} ({someone.line if someone.is_new else someone.number})"

    def name_of(self, person_id: UUID) -> str:
        """« Aïssatou Diallo », of somebody that `identify` or `meant_by` found."""
        return self._by_id[person_id].name

    def add(self, someone: Someone) -> None:
        """Make somebody findable, by what is known of them now."""
        self._by_id[someone.id] = someone
        for clue in clues(someone.traits):
            self._by_clue.setdefault(clue, set()).add(someone.id)
        if someone.near:
            self._near.add(someone.id)
            for word in fold_joined(someone.name).split():
                self._near_by_word.setdefault(word, set()).add(someone.id)

    def identify(self, traits: PersonTraits, line: str, birth: str = "") -> Identity:
        """Who a participant's row is about; the rows after it then know them. `birth` is the birth
        date as the row tells it, read or not."""
        same: list[Someone] = []
        perhaps: list[tuple[Someone, str]] = []
        for someone, comparison in self.like(traits):
            if comparison.likeness is Likeness.SAME:
                same.append(someone)
            else:
                perhaps.append((someone, ", ".join(comparison.reasons).lower()))
        namesakes = [each for each, _ in perhaps if _is_namesake(traits, birth, each)]
        if same:
            return self._known(min(same, key=lambda each: (not each.near, each.id)), traits)
        if len(namesakes) == 1:
            return self._known(namesakes[0], traits)
        if namesakes:
            told = " ou ".join(each.told for each in namesakes)
            return Identity(None, doubt=f"Ce peut être {told} : ajoutez la date de naissance.")
        made = Someone(new_id(), "", traits, near=True, line=line, birth=birth)
        self.add(made)
        likes = " ; ".join(f"{each.told} ({reasons})" for each, reasons in perhaps)
        return Identity(made, doubt=f"Ressemble à {likes}." if likes else "")

    def like(self, traits: PersonTraits) -> Iterator[tuple[Someone, Comparison]]:
        """Those who are, or may be, the one of whom this is said."""
        for someone in self._among(clues(traits)):
            comparison = same_person(traits, someone.traits)
            if comparison.likeness is not Likeness.DIFFERENT:
                yield someone, comparison

    def meant_by(self, typed: str) -> Match[UUID]:
        """Who a typed name means, in this file and this group first; elsewhere, by the full name
        only. Nobody is guessed among more people than `_COMPANY`."""
        words = fold_joined(typed).split()
        sharing = {each for word in words for each in self._near_by_word.get(word, ())}
        for ids in (sharing, self._near):
            match = match_person(typed, self._candidates(ids if len(ids) <= _COMPANY else ()))
            if match.candidates:
                return match
        named_so = self._by_clue.get(name_clue(typed), ())
        elsewhere = match_person(typed, self._candidates(named_so))
        return match if elsewhere.certainty is Certainty.LIKELY else elsewhere

    def _known(self, someone: Someone, traits: PersonTraits) -> Identity:
        """Somebody known, of whom this row may say more."""
        notes = (f"Déjà {'' if someone.is_new else 'connu : '}{someone.told}",)
        completed = replace(
            someone,
            traits=PersonTraits(
                someone.traits.family,
                someone.traits.given,
                someone.traits.birth or traits.birth,
                someone.traits.phone or traits.phone,
                someone.traits.email or traits.email,
            ),
            near=True,
        )
        self.add(completed)
        return Identity(completed, True, (*notes, *_differences(someone.traits, traits)))

    def _among(self, wanted: Iterable[str]) -> list[Someone]:
        """Those who share a clue. After the name, one shared by a crowd (an office's phone) says
        nothing of anybody."""
        name, *others = wanted
        ids = set(self._by_clue.get(name, ()))
        for clue in others:
            sharing = self._by_clue.get(clue, set())
            ids |= sharing if len(sharing) < _CROWD else set()
        return [self._by_id[each] for each in sorted(ids)]

    def _candidates(self, ids: Iterable[UUID]) -> list[tuple[UUID, str, str]]:
        people = (self._by_id[each] for each in sorted(ids))
        return [(each.id, each.traits.family, each.traits.given) for each in people]


def traits_of(person: PersonRead) -> PersonTraits:
    """What a participant's row says of who they are."""
    return PersonTraits(
        person.family_name or "",
        person.given_name,
        person.birth,
        person.phone or "",
        person.email or "",
    )


def name_clue(*names: str) -> str:
    """A name, whatever the order, the case and the accents of its words."""
    words = {word for name in names for word in fold_joined(name).split()}
    return "".join(sorted(words))


def clues(traits: PersonTraits) -> Iterator[str]:
    """What somebody is looked up by, the name first: any two people that `same_person` finds alike
    share one."""
    yield name_clue(traits.family, traits.given)
    if traits.phone:
        yield bare_phone(traits.phone)
    if traits.email:
        yield traits.email.strip().lower()
    birth = traits.birth
    if birth is not None and birth.precision is Precision.DAY:
        first, last = sorted((birth.day.day, birth.day.month))
        yield f"{birth.day.year} {first} {last}"  # the same when day and month are swapped


def _is_namesake(traits: PersonTraits, birth: str, someone: Someone) -> bool:
    """The same name in the same group. Two rows with two phone numbers are two people; so are two
    with two birth dates of which one at least cannot be read."""
    theirs = someone.traits
    other_phone = _differ(bare_phone(traits.phone), bare_phone(theirs.phone))
    unread = traits.birth is None or theirs.birth is None
    other_birth = unread and _differ(fold(birth), fold(someone.birth))
    same_name = name_clue(traits.family, traits.given) == name_clue(theirs.family, theirs.given)
    return someone.near and same_name and not (someone.is_new and (other_phone or other_birth))


def _differences(kept: PersonTraits, told: PersonTraits) -> Iterator[str]:
    """What the row says otherwise than the person's sheet, which stays as it is."""
    if kept.birth and told.birth and kept.birth != told.birth:
        yield f"autre date de naissance : {imprecise_numeric(kept.birth)} est gardée"
    if _differ(bare_phone(kept.phone), bare_phone(told.phone)):
        yield f"autre téléphone : {kept.phone} est gardé"
    if _differ(kept.email.lower(), told.email.lower()):
        yield f"autre courriel : {kept.email} est gardé"


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and one != other
