"""« Qui voit quoi », in the help, says what the page of the documentation says."""

from __future__ import annotations

from pathlib import Path

from connexion_desktop.ui.who_sees_what import TITLE, WHO_SEES_WHAT

PAGE = Path(__file__).parents[2] / "docs" / "qui-voit-quoi.md"


def test_the_help_says_what_the_page_says_and_has_all_its_titles() -> None:
    page = PAGE.read_text(encoding="utf-8")
    whole = " ".join(page.replace("`", "").split())
    assert page.startswith(f"# {TITLE}")
    assert [text for text, _ in WHO_SEES_WHAT if text not in whole] == []
    titles = [line.removeprefix("## ") for line in page.splitlines() if line.startswith("## ")]
    assert [text for text, kind in WHO_SEES_WHAT if kind == "strong"] == titles
