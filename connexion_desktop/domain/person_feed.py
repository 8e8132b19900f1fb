"""How each thing that happened is told: one line of the feed, in French."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from connexion_desktop.domain.corrections import (
    absence_head,
    action_head,
    note_head,
    talk_head,
)
from connexion_desktop.domain.feed import FeedItem, FeedKind, Lane, NextAct, Tone, Written
from connexion_desktop.domain.feed_placements import tell_placement
from connexion_desktop.domain.feed_rows import (
    NOTE_IMPORTED,
    FeedRow,
    Words,
    lower_first,
    near_date,
    precision_of,
)
from connexion_desktop.domain.french_dates import (
    numeric_day,
)
from connexion_desktop.domain.hours import clock_text, hours_text
from connexion_desktop.domain.loan_paper import LoanPaperKind
from connexion_desktop.domain.person_attendance import half_marks, half_names, presence_text
from connexion_desktop.domain.person_fields import field_of_flag, flag_label


def item_of(row: FeedRow, words: Words, today: date) -> FeedItem:
    """The line of the feed that tells this row."""
    return replace(_TELLERS[row.key.kind](row, words, today), author=row.author)


def _note(row: FeedRow, words: Words, today: date) -> FeedItem:
    return FeedItem(
        row.key,
        row.on,
        Lane.TALK,
        "Note",
        state="importée du tableau" if row.state == NOTE_IMPORTED else "",
        text=row.text,
        written=Written(note_head(row.on), row.text),
    )


_INTERVIEW_KINDS = {
    "talk": "Entretien",
    "phone": "Appel",
    "visio": "Entretien en visio",
    "first": "Premier entretien",
}


def _interview(row: FeedRow, words: Words, today: date) -> FeedItem:
    planned = row.state == "planned"
    title = _INTERVIEW_KINDS.get(row.code, "Entretien")
    if row.number:
        title = f"{title}, {hours_text(row.number)}"
    details = [row.title]
    if row.minute is not None:
        details.append(clock_text(row.minute))
    next_act = NextAct("à venir") if planned and row.on >= today else None
    if planned and row.on < today:
        next_act = NextAct("a-t-il eu lieu ?", Tone.AMBER)
    return FeedItem(
        row.key,
        row.on,
        Lane.TALK,
        title,
        state=", ".join(part for part in details if part),
        text=row.text,
        next_act=next_act,
        planned=planned,
        done=not planned,
        written=Written(talk_head(row.on, row.minute, row.number, row.title), row.text),
    )


def _action(row: FeedRow, words: Words, today: date) -> FeedItem:
    return FeedItem(
        row.key,
        row.on,
        Lane.ACTION,
        row.title,
        state={"done": "faite", "dropped": "abandonnée"}.get(row.state, "à faire"),
        text=row.text,
        next_act=_due(row, today) if row.open else None,
        planned=row.open,
        done=None if row.state == "dropped" else row.state == "done",
        written=Written(
            action_head(row.until, row.minute), f"{row.title}\n{row.text}".rstrip("\n")
        ),
    )


def _due(row: FeedRow, today: date) -> NextAct | None:
    if row.until is None:
        return None
    if row.until < today:
        return NextAct(f"en retard, {near_date(row.until, today)}", Tone.RED)
    when = f"→ {near_date(row.until, today)}"
    return NextAct(f"{when}, {clock_text(row.minute)}" if row.minute is not None else when)


def _attendance(row: FeedRow, words: Words, today: date) -> FeedItem:
    marks = half_marks(row.marks)
    missed = [mark for mark in marks if mark.mark in ("A", "E")]
    if not missed:
        return FeedItem(
            row.key,
            row.on,
            Lane.GROUP,
            "Groupe",
            state=_meeting_titles(row.title),
            text=presence_text(marks, words.agree("Présent")),
        )
    excused = all(mark.mark == "E" for mark in missed)
    half = half_names(missed) if len({mark.half for mark in missed}) == 1 else ""
    reasons = [f"excusée ({half})" if half else "excusée"] if excused else [half] if half else []
    why = lower_first(words.label("absence_reason", row.code)) if row.code else ""
    if why:
        reasons.append(why)
    there = [mark for mark in marks if mark not in missed]
    sentences = (row.text, presence_text(there, words.agree("Présent")))
    return FeedItem(
        row.key,
        row.on,
        Lane.GROUP,
        "Absence",
        state=", ".join(reasons),
        text=" ".join(part for part in sentences if part),
        tone=Tone.AMBER if excused else Tone.RED,
        planned=row.on > today,
        written=Written(
            absence_head(row.on, [mark.half for mark in missed], why, excused=excused), row.text
        ),
    )


def _meeting_titles(titles: str) -> str:
    return ", ".join(dict.fromkeys(title for title in titles.split("\n") if title))


_EQUIPMENT_KINDS = {"computer": "Ordinateur", "bag": "Sac", "key": "Clé", "phone": "Téléphone"}


def _equipment(row: FeedRow) -> str:
    kind = _EQUIPMENT_KINDS.get(row.code, "Matériel")
    return f"{kind} {row.title}"


def _loan(row: FeedRow, words: Words, today: date) -> FeedItem:
    is_out = row.state == "out"
    next_act = None
    if is_out and row.until is not None:
        late = row.until < today
        when = near_date(row.until, today)
        next_act = NextAct(
            f"retour attendu, {when}" if late else f"retour → {when}",
            Tone.RED if late else Tone.CALM,
        )
    return FeedItem(
        row.key,
        row.on,
        Lane.EQUIPMENT,
        _equipment(row),
        state=", ".join(part for part in ("remis en prêt", row.other) if part),
        text=row.text,
        next_act=next_act,
    )


def _return(row: FeedRow, words: Words, today: date) -> FeedItem:
    return FeedItem(
        row.key,
        row.on,
        Lane.EQUIPMENT,
        _equipment(row),
        state="de retour",
        text=row.text,
        next_act=NextAct(LoanPaperKind.RECEIPT.label, opens=True),
    )


_PAPER_STATES = {
    "asked": "demandée",
    "received": "reçue",
    "checked": "vérifiée",
    "expired": "périmée",
    "refused": "refusée",
}


def _document(row: FeedRow, words: Words, today: date) -> FeedItem:
    next_act = None
    if row.until is not None:
        over = row.until < today
        verb = "a expiré le" if over else "expire le"
        next_act = NextAct(f"{verb} {numeric_day(row.until)}", Tone.AMBER if over else Tone.CALM)
    asked = row.state == "asked"
    return FeedItem(
        row.key,
        row.on,
        Lane.PAPER,
        words.label("paper", row.code),
        state=_PAPER_STATES.get(row.state, row.state),
        text=row.text,
        next_act=next_act,
        planned=asked,
        done=not asked,
    )


def _milestone(row: FeedRow, words: Words, today: date) -> FeedItem:
    return FeedItem(
        row.key,
        row.on,
        Lane.ACTION,
        words.label("milestone", row.code),
        state="jalon atteint",
        tone=Tone.GREEN,
    )


_INTAKE_STEPS = {
    "outreach": "Rencontre",
    "met": "Rencontre",
    "talk": "Premier échange",
    "presentation": "Réunion de présentation",
    "diagnosis": "Diagnostic d’entrée",
    "waiting": "Liste d’attente",
    "refused": "Non-entrée",
}
_OUTCOMES = {
    "came": "venue",
    "absent": "pas venue",
    "interested": "intérêt marqué",
    "accepted": "entrée décidée",
    "refused": "sans suite",
    "waiting": "en attente",
}


def _intake(row: FeedRow, words: Words, today: date) -> FeedItem:
    outcome = _OUTCOMES.get(row.state, row.state)
    reason = lower_first(words.label("refusal", row.other)) if row.other else ""
    return FeedItem(
        row.key,
        row.on,
        Lane.TALK,
        _INTAKE_STEPS.get(row.code, "Étape du repérage"),
        state=", ".join(part for part in (row.title, outcome, reason) if part),
        text=row.text,
        precision=precision_of(row),
    )


def _entry(row: FeedRow, words: Words, today: date) -> FeedItem:
    return FeedItem(
        row.key, row.on, Lane.GROUP, "Entrée dans le groupe", state=row.title, tone=Tone.GREEN
    )


def _exit(row: FeedRow, words: Words, today: date) -> FeedItem:
    state = words.label("exit", row.code)
    if row.number:
        state += f", {row.number} mois"
    return FeedItem(
        row.key,
        row.on,
        Lane.GROUP,
        "Sortie du parcours",
        state=", ".join(part for part in (state, row.title) if part),
        text=row.text,
        tone=Tone.GREEN,
    )


def _after(row: FeedRow, words: Words, today: date) -> FeedItem:
    return FeedItem(
        row.key,
        row.on,
        Lane.GROUP,
        "Six mois après la sortie",
        state=words.label("exit", row.code) if row.code else "",
    )


def _flag(row: FeedRow, words: Words, today: date) -> FeedItem:
    table, _, column = row.code.partition(".")
    return FeedItem(
        row.key,
        row.on,
        Lane.PAPER,
        "Valeur à vérifier" if row.open else "Valeur réglée",
        state=f"{lower_first(flag_label(field_of_flag(table, column)))}, lue « {row.title} »",
        text=row.text,
        next_act=NextAct("Corriger", Tone.AMBER, opens=True) if row.open else None,
        tone=Tone.AMBER if row.open else Tone.CALM,
        done=not row.open,
    )


_TELLERS: dict[FeedKind, Callable[[FeedRow, Words, date], FeedItem]] = {
    FeedKind.NOTE: _note,
    FeedKind.INTERVIEW: _interview,
    FeedKind.ACTION: _action,
    FeedKind.ATTENDANCE: _attendance,
    FeedKind.PLACEMENT: tell_placement,
    FeedKind.LOAN: _loan,
    FeedKind.RETURN: _return,
    FeedKind.DOCUMENT: _document,
    FeedKind.MILESTONE: _milestone,
    FeedKind.INTAKE: _intake,
    FeedKind.ENTRY: _entry,
    FeedKind.EXIT: _exit,
    FeedKind.AFTER: _after,
    FeedKind.FLAG: _flag,
}
