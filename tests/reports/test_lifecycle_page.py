"""The page about the lifecycle is the table's, to the letter."""

from __future__ import annotations

from pathlib import Path

from foibot.case.lifecycle import NEUTRAL, TABLE
from foibot.reports.lifecycle_page import lifecycle_page

PAGE = Path(__file__).parents[2] / "deploy" / "lifecycle.md"


def test_the_page_is_current() -> None:
    """To write it again: PYTHONPATH=. python -c
    "from foibot.reports.lifecycle_page import *; print(lifecycle_page(), end='')" > deploy/lifecycle.md
    """
    assert PAGE.read_text("utf-8") == lifecycle_page()


def test_every_move_and_every_neutral_event_is_on_it() -> None:
    page = lifecycle_page()
    for (before, event), after in TABLE.items():
        assert f"| {before.value} | {event.__name__} | {after.value} |" in page
    assert all(event.__name__ in page for event in NEUTRAL)
