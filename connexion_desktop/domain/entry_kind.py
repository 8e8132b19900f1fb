"""Which kind of thing is written: what its first word, a « /word » or the chip says."""

from __future__ import annotations

import re
from datetime import date

from connexion_desktop.domain.entry import EntryKind
from connexion_desktop.domain.names import fold
from connexion_desktop.domain.typed_days import EDGES, read_days, read_week
from connexion_desktop.domain.typed_moments import WEEKDAY_THEN_NUMBER, Tense, peel_end, peel_start

_SLASH = re.compile(r"\s*/(?P<word>[^\W\d_]+)(?:\s+|$)")
_NATURAL = re.compile(
    r"\s*(?:(?P<action>action)|(?P<interview>entretien)|(?P<absence>absence)|(?P<note>note))"
    r"(?:\s*[:,]\s*|\s+|$)",
    re.IGNORECASE,
)
_OF = re.compile(r"(?:de\s+la\b|de\s+l['’]|des?\b|du\b|d['’])\s*", re.IGNORECASE)
_NOTE_HEAD = re.compile(r"\s*note\s*(?::|$)", re.IGNORECASE)
_BODY = re.compile(r"(?:Logement|Contre\s+la\s+Faim|Enfance)\b")
"""What follows « Action » in the name of a body."""
_HIRING = re.compile(r"(?:d['’]embauche|de\s+recrutement)\b", re.IGNORECASE)
_HIRING_ALONE = re.compile(
    rf"entretien\s+(?:{_HIRING.pattern})(?:\s+(?:chez|avec|pour|à|au|en)\s[^,;.:!?\n]{{1,60}})?",
    re.IGNORECASE,
)
"""Such a talk with nothing told of it but with whom."""
_TO_DO = re.compile(
    r"(?:r?appeler|relancer|contacter|joindre|écrire|envoyer|transmettre|demander|prendre|préparer"
    r"|faire|refaire|finir|relire|revoir|vérifier|imprimer|apporter|récupérer|inscrire|chercher"
    r"|visiter|rencontrer|déposer|remplir|signer|prévenir|organiser|accompagner)\s+\S",
    re.IGNORECASE,
)
"""What one is to do: the verbs of an office, in the infinitive."""
_ABSENT = re.compile(r"\s*absente?(?:\s*[:,]\s*|\s+|$)", re.IGNORECASE)


def kind_of(typed: str, today: date, chosen: EntryKind | None = None) -> tuple[EntryKind, str]:
    """The kind that a prefix tells, and the text without it. « /action » wins over the chip; the
    word of the chip's kind, said again, is no more part of the text."""
    slash = _SLASH.match(typed)
    if slash is not None:
        word = fold(slash["word"])
        named = [kind for kind in EntryKind if fold(kind.label).startswith(word)]
        exact = [kind for kind in named if fold(kind.label) == word]
        if len(named) == 1 or exact or (named and len(word) == 1):
            return (exact or named)[0], typed[slash.end() :]
    natural = _NATURAL.match(typed)
    if natural is not None and natural.lastgroup is not None:
        kind, text = _named(EntryKind(natural.lastgroup), typed, typed[natural.end() :], today)
        if chosen is None or (kind is chosen and kind is not EntryKind.NOTE):
            return kind, text
    if chosen is not None:
        return chosen, typed
    if _is_to_do(typed, today):
        return EntryKind.ACTION, typed
    absent = _ABSENT.match(typed)
    if absent is not None and _says_when(typed[absent.end() :], today):
        return EntryKind.ABSENCE, typed[absent.end() :]
    return EntryKind.NOTE, typed


def _named(kind: EntryKind, typed: str, rest: str, today: date) -> tuple[EntryKind, str]:
    """What begins with the word of a kind, `rest` follows it; a note where the word is another.

    « absence du 20/4 » is an absence, « absence de transport » is not; « Action Logement » is the
    name of a body; « Entretien d’embauche » is with an employer: an action to come, or a note.
    """
    as_note = (EntryKind.NOTE, typed)
    match kind:
        case EntryKind.NOTE:
            return (kind, rest) if _NOTE_HEAD.match(typed) else as_note
        case EntryKind.ABSENCE:
            when = _without_of(rest, today)
            return (kind, when) if when is not None else as_note
        case EntryKind.ACTION if _BODY.match(rest) or _without_of(rest, today) is None:
            return as_note
        case EntryKind.INTERVIEW if _HIRING.match(rest):
            return (EntryKind.ACTION, typed) if _is_hiring_to_come(typed, today) else as_note
        case EntryKind.INTERVIEW:
            when = _without_of(rest, today)
            return kind, rest if when is None else when
    return kind, rest


def _is_hiring_to_come(typed: str, today: date) -> bool:
    first = typed.strip().partition("\n")[0]
    moment, title = peel_end(first, today, Tense.FUTURE)
    coming = moment.minute is not None if moment.on is None else moment.on >= today
    return coming and _HIRING_ALONE.fullmatch(title.strip(EDGES)) is not None


def _is_to_do(typed: str, today: date) -> bool:
    """« Appeler la crèche vendredi »: somebody is to do it, on a day to come."""
    first = typed.strip().partition("\n")[0]
    if _TO_DO.match(first) is None or ":" in first:
        return False
    moment, title = peel_end(first, today, Tense.FUTURE)
    return moment.on is not None and moment.on > today and bool(title.strip(EDGES))


def _without_of(rest: str, today: date) -> str | None:
    """What follows « absence du », « entretien de »; None where « absence de … » says no when."""
    of = _OF.match(rest)
    if of is None or _says_when(rest, today):
        return rest
    told = rest[of.end() :]
    return told if _says_when(told, today) else None


def _says_when(text: str, today: date) -> bool:
    """Whether « absente » is followed by when, be it « lundi 21 » that is a Tuesday: « absente de
    chez elle » is a note."""
    if not text.strip() or WEEKDAY_THEN_NUMBER.match(text):
        return True
    moment, _ = peel_start(text, today, Tense.PAST, durations=True, halves=True)
    several = read_days(text, today) or read_week(text, today)
    return not moment.is_empty or (several is not None and not text[: several.start].strip(EDGES))
