"""How a case is kept beside others, after events in any order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from foibot.case import events as e
from foibot.case import keeping_events as k
from foibot.case.case import State
from foibot.case.keeping import NOTHING_KEPT
from foibot.case.lifecycle import can_happen
from tests.case.case_files import TO_REACH, case_of
from tests.samples import decided, situation, why, would_work


def test_a_link_is_kept_once_and_goes_when_it_is_taken_back() -> None:
    assert case_of(e.Noted("x")).keeping == NOTHING_KEPT
    assert case_of(k.Linked("a"), k.Linked("b"), k.Linked("a")).keeping.links == ("a", "b")
    assert case_of(k.Linked("a"), k.Unlinked("b"), k.Unlinked("a")).keeping.links == ()


def test_what_no_clarification_began_cannot_be_taken_back() -> None:
    error = k.ClarifiedInError("f" * 64)
    assert not can_happen(case_of(), error)
    assert not can_happen(case_of(*TO_REACH[State.WAITING]), error)


def test_a_case_has_no_more_links_than_anybody_can_read() -> None:
    at = situation(*(k.Linked(f"{number:06}/20") for number in range(50, 100)))
    full = decided("link 000043/20", replace(at, others={"000043/20": case_of()}))
    assert "50 others at most" in why(full)


@pytest.mark.parametrize("line", ["link to 000043/20", "link with [000043/20]", "Link 000043/20"])
def test_the_other_case_is_named_with_or_without_a_little_word(line: str) -> None:
    at = replace(situation(), others={"000043/20": case_of()})
    assert decided(line, at).events == (k.Linked("000043/20"),)
    missing = decided("link to 000044/20", at)
    assert why(missing) == "There is no other case 000044/20 that is open to you."
    assert would_work(missing) == ["link REFERENCE"]
    linked = replace(situation(k.Linked("000043/20")), others=at.others)
    assert decided("link off to 000043/20", linked).events == (k.Unlinked("000043/20"),)
