"""French typography: the spaces at which a line may not break, the capital of a first word."""

from __future__ import annotations

import re

_BEFORE_SIGN = re.compile(r" (?=[:;!?»])")
_BEFORE_NUMBER = re.compile(r"(?<=\b[LDRN]\.) (?=\d)|(?<=«) |(?<=\b[nN]°) ")
_UNITS = "h|heures|min|jours|mois|ans"
_BEFORE_UNIT = re.compile(rf"(?<=\d) (?=(?:{_UNITS})\b)|(?<=\d h) (?=\d)")


def typeset(text: str) -> str:
    """No-break spaces where French typography wants them: before « : ; ! ? », in « L. 5135-1 »,
    after « n° » and in « 4 h 30 »."""
    for space in (_BEFORE_SIGN, _BEFORE_NUMBER, _BEFORE_UNIT):
        text = space.sub("\u00a0", text)
    return text


def capitalised(text: str) -> str:
    """With a capital at its start."""
    return text[:1].upper() + text[1:]
