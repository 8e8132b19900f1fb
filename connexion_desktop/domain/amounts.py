"""Amounts of euros, as people type them."""

from __future__ import annotations

import re

from connexion_desktop.domain.errors import UserError

_NOISE = re.compile(r"[\s€]|eur(os?)?")
_MOST = 1_000_000
_KEPT = "Ce qui était noté avant est gardé."


def read_cents(typed: object) -> int:
    """« 380,50 € » → 38050. Raises UserError where it is no amount, or not a likely one."""
    try:
        amount = float(_NOISE.sub("", str(typed)[:40].lower()).replace(",", "."))
    except ValueError:
        raise UserError(
            "Ce n’est pas un montant.", _KEPT, "Écrivez par exemple « 380,50 »."
        ) from None
    if not 0 <= amount < _MOST:
        raise UserError("Ce montant est invraisemblable.", _KEPT, "Corrigez-le.")
    return round(amount * 100)


def amount_text(cents: int) -> str:
    """« 380,50 € »."""
    return f"{cents // 100},{cents % 100:02d} €"
