"""Where a phone number belongs, said beside its field as it is typed."""

from __future__ import annotations

from connexion_desktop.system import places


def phone_hint(text: str) -> str:
    """« mobile », « Sud-Ouest », « Espagne · mobile »; « » while it is not whole."""
    if not text.strip():
        return ""
    from connexion_desktop.domain.phones import phone_place

    return phone_place(text, places.countries())
