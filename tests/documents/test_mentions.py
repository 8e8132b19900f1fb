"""The obligatory mentions: one list, by which the rules ask and the paper marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from connexion_desktop.documents.content import TO_COMPLETE, Grid, Prose, Signatures
from connexion_desktop.documents.convention_text import paper_text
from connexion_desktop.domain.convention_mentions import MENTIONS, Mention, unstated
from connexion_desktop.domain.convention_paper import ConventionPaper
from connexion_desktop.domain.placement import PlacementState
from tests.documents import papers

FULL = (
    papers.issued_paper,
    papers.minor_paper,
    papers.employee_paper,
    papers.paper_of_another_situation,
)
_BLANKS: dict[type, Any] = {str: "", bool: False, tuple: ()}


def _without(value: Any, path: str) -> Any:
    """The same paper with nothing at that place."""
    head, _, rest = path.partition(".")
    held = getattr(value, head)
    return replace(value, **{head: _without(held, rest) if rest else _blank(path, held)})


def _blank(path: str, held: object) -> Any:
    return None if path in ("ppe", "prevention") else _BLANKS.get(type(held))


def _complete(mention: Mention) -> ConventionPaper:
    """A complete draft in which the mention is called for."""
    found = (make() for make in FULL)
    paper = next(each for each in found if mention.applies(each))
    return replace(paper, state=PlacementState.DRAFT)


def _marks(paper: ConventionPaper) -> Iterator[str]:
    """What a draft marks « à compléter »."""
    for section in paper_text(paper).sections:
        for block in section.blocks:
            if isinstance(block, Prose) and block.is_missing:
                yield block.label
            elif isinstance(block, Signatures):
                yield from (each.party for each in block.blocks if TO_COMPLETE in each.name)
            elif isinstance(block, Grid):
                yield from (cell.label for row in block.rows for cell in row if cell.is_missing)


@pytest.mark.parametrize("make", FULL, ids=lambda make: make.__name__)
def test_a_full_paper_states_all_that_it_must(make: Any) -> None:
    assert list(unstated(make())) == []


@pytest.mark.parametrize("mention", MENTIONS, ids=lambda mention: mention.path)
def test_a_mention_left_blank_is_asked_for_and_marked_on_the_draft(mention: Mention) -> None:
    paper = _complete(mention)
    assert list(_marks(paper)) == []
    for path in filter(None, (mention.path, mention.or_path)):
        paper = _without(paper, path)
    assert [each.path for each in unstated(paper)] == [mention.path]
    assert len(list(_marks(paper))) == 1


def test_what_the_law_does_not_require_is_neither_asked_nor_marked() -> None:
    paper = papers.issued_paper()
    for path in ("host.collective_agreement", "host.ape", "beneficiary.birth_place"):
        paper = _without(paper, path)
    person = replace(paper.beneficiary, civility=None, registered_on=None, email="")
    paper = replace(paper, beneficiary=person)
    assert list(unstated(paper)) == []
    assert list(_marks(replace(paper, state=PlacementState.DRAFT))) == []
