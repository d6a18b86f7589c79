"""What is still to be written is seen wherever it stands in the words."""

from __future__ import annotations

import pytest

from foibot.case.gaps import gap, gaps_in


@pytest.mark.parametrize(
    ("words", "is_one"),
    [
        (gap("Say where you looked."), True),
        (f"We looked twice. {gap('Say where.')}", True),
        ("[Still to be\n written: Say where you looked.]", True),
        ("[STILL TO BE WRITTEN: x", True),
        ("We looked in the crime system.", False),
        ("It is still to be written: we shall see.", False),
        ("", False),
    ],
)
def test_a_gap_is_seen(words: str, is_one: bool) -> None:
    assert gaps_in([("searched", words), ("format", "A table.")]) == (
        ("searched",) if is_one else ()
    )
