"""Small answers found in spreadsheets: yes or no, a level of French, followed elsewhere or not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from connexion_desktop.domain.names import fold

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Answer(Generic[Value]):
    """What a cell says; without a value, why it is not clear (nothing when it is empty)."""

    value: Value | None
    reason: str = ""


class YesNo(StrEnum):
    """« oui », « non », or « en cours » for what has been asked for."""

    YES = "yes"
    NO = "no"
    PENDING = "pending"

    @property
    def label(self) -> str:
        """French word."""
        return {YesNo.YES: "oui", YesNo.NO: "non", YesNo.PENDING: "en cours"}[self]


class FrenchLevel(StrEnum):
    """Levels of the Common European Framework, in order."""

    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"

    @property
    def label(self) -> str:
        """The level's name, the same in French."""
        return self.value


class AccompaniedElsewhere(StrEnum):
    """Whether a public service follows the person; registered only counts as not followed."""

    NO = "none"
    REGISTERED_WITHOUT_FOLLOWUP = "registered"
    FOLLOWED = "followed"

    @property
    def label(self) -> str:
        """French wording."""
        return _ACCOMPANIED_LABELS[self]


_ACCOMPANIED_LABELS = {
    AccompaniedElsewhere.NO: "Non",
    AccompaniedElsewhere.REGISTERED_WITHOUT_FOLLOWUP: "Inscription sans suivi",
    AccompaniedElsewhere.FOLLOWED: "Suivi en cours",
}

_YES_WORDS = re.compile(r"oui|o|x|yes|y|vrai|true|1|ok")
_NO_WORDS = re.compile(r"non|n|no|faux|false|0|aucune?|neant|jamais")
_PENDING_WORDS = re.compile(
    r"(?:oui\s)?(?:demande\s)?(?:dossier\s)?(?:en cours|en attente|demande|a faire|depose)\b.*"
)
_LEVEL = re.compile(r"\b([abc][12])\b")
_SERVICES = re.compile(
    r"\b(?:ft|pe|ml|france travail|pole emploi|mission locale|milo|cap emploi|plie|departement)\b"
)
_REGISTERED = re.compile(r"\binscrite?\b|\binscription\b")
_NOT_FOLLOWED = re.compile(
    r"\b(?:sans|pas(?: de)?|aucun|plus(?: de)?|non|jamais)\s(?:reel\s|vrai\s|d\s)?"
    r"(?:suivie?|accompagnement|accompagnee?|contact|conseill\w+|rdv|rendez vous)"
)
_FOLLOWED = re.compile(r"\b(?:suivie?|accompagnee?|accompagnement|cej|contrat d engagement)\b")
_NOT_REGISTERED = re.compile(r"\b(?:non|pas)\sinscrite?\b")
_DOUBT = re.compile(r"\ba verifier\b|\ba voir\b|\bpeut etre\b|\bne sait pas\b")
_EMPTY = frozenset({"", "?", "-", "–", "/", "nc"})


def read_yes_no(value: object) -> Answer[YesNo]:
    """« oui », « OUI », « x », « non », « en cours », a spreadsheet's TRUE. Never raises."""
    text = _text(value)
    if text is None:
        return Answer(None)
    words = fold(text)
    for pattern, answer in (
        (_YES_WORDS, YesNo.YES),
        (_NO_WORDS, YesNo.NO),
        (_PENDING_WORDS, YesNo.PENDING),
    ):
        if pattern.fullmatch(words):
            return Answer(answer)
    return Answer(None, f"« {text} » : oui, non ou en cours ?")


def read_french_level(value: object) -> Answer[FrenchLevel]:
    """« A2 », « niveau b1 », « A2+ »; two levels in one cell are no answer. Never raises."""
    text = _text(value)
    if text is None:
        return Answer(None)
    found = set(_LEVEL.findall(fold(text)))
    if len(found) == 1:
        return Answer(FrenchLevel(found.pop().upper()))
    if found:
        return Answer(None, f"« {text} » : plusieurs niveaux de français, lequel ?")
    return Answer(None, f"« {text} » n’est pas un niveau de français (A1 à C2).")


def read_accompanied_elsewhere(value: object) -> Answer[AccompaniedElsewhere]:
    """« Non », « inscrite FT sans suivi », « suivi ML »; « FT » alone is unclear. Never raises."""
    text = _text(value)
    if text is None:
        return Answer(None)
    words = fold(text)
    doubtful = "?" in text or _DOUBT.search(words)
    answer = None if doubtful else (_not_followed(words) or _followed(words))
    if answer is None:
        return Answer(None, f"« {text} » : suivi en cours, inscription sans suivi, ou non ?")
    return Answer(answer)


def _not_followed(words: str) -> AccompaniedElsewhere | None:
    if _NO_WORDS.fullmatch(words) or _NOT_REGISTERED.search(words):
        return AccompaniedElsewhere.NO
    if not _NOT_FOLLOWED.search(words):
        return None
    if _REGISTERED.search(words) or _SERVICES.search(words):
        return AccompaniedElsewhere.REGISTERED_WITHOUT_FOLLOWUP
    return AccompaniedElsewhere.NO


def _followed(words: str) -> AccompaniedElsewhere | None:
    told = _FOLLOWED.search(words) or _YES_WORDS.fullmatch(words)
    return AccompaniedElsewhere.FOLLOWED if told else None


def _text(value: object) -> str | None:
    """The cell's words, None when it is empty."""
    if value is None:
        return None
    text = " ".join(str(value).split()).removesuffix(".0")
    return None if text.lower() in _EMPTY else text
