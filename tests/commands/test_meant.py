"""What a line that is no order may have meant: written as it would be on this case, and only where it would work."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from foibot.case import events as e
from foibot.commands import ALONE, VERBS
from foibot.commands.command import Situation
from foibot.commands.grammar import NotUnderstood, read_order
from foibot.commands.meant import perhaps_meant
from tests.case.case_files import drafted
from tests.samples import JANE, TOM, secret, situation, under


def meant(line: str, at: Situation, text: str = "") -> list[str]:
    read = read_order(line, text, VERBS, ALONE)
    assert isinstance(read, NotUnderstood)
    return [line for line, _ in perhaps_meant(read, text, at)]


def to_decide(*events: e.Event) -> Situation:
    return situation(*events, secrets=[secret(len(events))], officer=TOM)


def test_the_version_is_that_of_the_letter() -> None:
    assert meant("Approved. Thanks Tom", to_decide(drafted())) == ["approve v1"]
    assert meant("Approved", to_decide(drafted(), drafted(2))) == ["approve v2"]
    assert meant("Approved", situation(officer=TOM)) == []
    assert meant("Rejected", to_decide(drafted())) == ["reject v1: the harm is too general"]


def test_what_somebody_may_not_do_is_not_suggested() -> None:
    assert meant("Approved", situation(drafted(), officer=JANE)) == []


def test_days_are_plausible_today() -> None:
    at = replace(situation(officer=JANE), now=datetime(2020, 12, 14, 12, tzinfo=UTC))
    assert meant("newly received", at) == ["new received 14 December 2020 by post"]
    assert meant("receipt", at) == ["received 14 December 2020: stamped by the post room"]
    assert meant("extending", at) == ["extend 24 until 8 February 2021"]
    assert meant("holdin", at) == ["holding until 8 February 2021"]
    assert meant("snooz", at) == ["snooze 2"]


@pytest.mark.parametrize(
    ("line", "form"),
    [
        ("linked", "link REFERENCE"),
        ("assigned", "assign ADDRESS"),
        ("detached", "detach NAME"),
        ("opinions", "opinion SECTION by NAME on DATE"),
    ],
)
def test_nobody_elses_name_file_or_case_is_named(line: str, form: str) -> None:
    assert meant(line, to_decide(drafted())) == [form]


def test_provisions_are_those_of_the_law_of_the_case() -> None:
    for law in ("foia", "eir"):
        (line,) = meant("refusal", under(law))
        assert line.startswith("refuse ")
        assert ("12(" in line) == (law == "eir")


@pytest.mark.parametrize("above", ["Hi,", "Dear foibot", "Thanks for this one"])
def test_an_order_below_a_greeting_is_suggested_and_comes_first(above: str) -> None:
    at = to_decide(drafted())
    assert meant(above, at, "approve v1\n\nTom") == ["approve v1"]
    assert meant(above, at, "\nHold on, Tom will look at it.") == []
    assert meant(above, at, "Note that this has to wait for me.") == []
    assert meant(above, at, "") == []
    assert meant(above, situation(drafted(), officer=JANE), "approve v1") == []
    assert meant("Approved", at, "hold v1") == ["hold v1", "approve v1"]
