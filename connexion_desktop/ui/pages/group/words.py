"""A card in words: for a screen reader, a tooltip, a copy."""

from __future__ import annotations

from connexion_desktop.domain.board import RESERVED, GroupBoard, PersonCard, contact_text
from connexion_desktop.ui.widgets import presence_strip

UP_TO_DATE = "À jour"
NEVER_MET = "Pas encore de contact"
OVER = "Parcours terminé"
DRAFT = "Brouillon en attente"
NO_NEXT = "aucune prochaine date"
NO_PROJECT = "à explorer"
NOTHING_LATE = "Rien à régler"


def missing_papers(count: int) -> str:
    """« 2 pièces manquantes »."""
    return f"{count} pièce{'s' if count > 1 else ''} manquante{'s' if count > 1 else ''}"


def alert_line(card: PersonCard) -> str:
    """Every alert and the missing papers; « À jour » when nothing is to be done for someone who
    was met at least once."""
    parts = [alert.text for alert in card.alerts]
    if card.papers_missing:
        parts.append(missing_papers(card.papers_missing))
    if card.ending is not None and not parts:
        return OVER
    if card.reserved and not parts:
        return NOTHING_LATE
    return ", ".join(parts) or (UP_TO_DATE if card.last_contact else NEVER_MET)


def next_parts(card: PersonCard, board: GroupBoard) -> tuple[str, str]:
    """What comes next, and when; for who left, how it ended."""
    if card.ending is not None:
        return card.ending.label, card.ending.when(board.today)
    if card.planned:
        return card.planned[0].title, card.planned[0].when(board.today)
    return "" if card.reserved else NO_NEXT, ""


def project_told(card: PersonCard) -> str:
    """« Aide-soignante », « à explorer », « réservé au conseiller »."""
    return RESERVED if card.reserved else card.project or NO_PROJECT


def contact_told(card: PersonCard, board: GroupBoard) -> str:
    """« contact il y a 2 j »; nothing for who may not know."""
    return "" if card.reserved else contact_text(card.last_contact, board.today)


def next_line(card: PersonCard, board: GroupBoard) -> str:
    """Both in one line."""
    line = " · ".join(part for part in next_parts(card, board) if part)
    return line if card.ending is None else f"Sortie : {line}"


def contact_since(card: PersonCard, board: GroupBoard) -> str:
    """« il y a 2 j », « aujourd’hui », « aucun »."""
    if card.reserved:
        return RESERVED
    told = contact_text(card.last_contact, board.today)
    return told.removeprefix("contact ").removesuffix(" contact")


def presence_share(card: PersonCard) -> str:
    """« 11/13 »: days present among those entered."""
    return f"{card.days_present}/{card.days_marked}" if card.days_marked else ""


def card_told(card: PersonCard, board: GroupBoard) -> str:
    """The whole card, as a screen reader says it."""
    done = [step.label for step in card.steps if step.done_on]
    parts = [
        f"{card.name}, {card.subtitle}",
        alert_line(card),
        presence_strip.told(card.presence),
        f"projet : {project_told(card)}",
        f"fait : {', '.join(done)}" if done else "",
        f"PC prêté : {', '.join(item.number for item in card.lent)}" if card.lent else "",
        next_line(card, board),
        contact_told(card, board),
    ]
    return ". ".join(part for part in parts if part)


def alerts_tip(card: PersonCard) -> str:
    """All that is to be done, one line each."""
    lines = [alert.sentence for alert in card.alerts]
    if card.papers_missing:
        lines.append(missing_papers(card.papers_missing))
    return "\n".join(lines)
