"""An outcome wants nothing unless it says so."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from foibot.case.outcome import Audience, Enclosed, NoticeWanted, Outcome


def test_an_outcome_wants_nothing_by_itself() -> None:
    assert Outcome() == Outcome((), None, None, None, (), (), use_secret=False, refusal="")
    with pytest.raises(FrozenInstanceError):
        Outcome().use_secret = True  # type: ignore[misc]


def test_a_notice_decides_nothing_and_encloses_nothing_by_itself() -> None:
    notice = NoticeWanted("new-case", Audience.OFFICERS)
    assert (notice.decides, notice.enclosed, notice.once) == (0, Enclosed.NOTHING, "")
