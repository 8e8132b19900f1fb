from __future__ import annotations

import pytest

from connexion_desktop.domain.placement_rules import Finding, Severity
from connexion_desktop.domain.typography import typeset


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("L. 3162-3", "L.~3162-3"),
        ("après 4 h 30 : lundi", "après 4~h~30~: lundi"),
        ("30 min au moins", "30~min au moins"),
        ("« Diallo »", "«~Diallo~»"),
        ("convention n° 12", "convention n°~12"),
        ("une rue, 12 personnes", "une rue, 12 personnes"),
    ],
)
def test_no_line_breaks_inside_an_article_an_hour_or_quotes(text: str, kept: str) -> None:
    assert typeset(text) == kept.replace("~", "\u00a0")


def test_what_a_rule_says_breaks_at_the_right_places() -> None:
    said = Finding("pause", Severity.BLOCK, "slots", "après 4 h 30", "L. 3162-3")
    assert (said.message, said.source) == ("après 4\u00a0h\u00a030", "L.\u00a03162-3")
