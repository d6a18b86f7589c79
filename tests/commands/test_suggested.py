"""Whoever is refused is told only lines that would work, and what else stands in the way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from foibot.case.case import State
from foibot.commands import ALONE, VERBS
from foibot.commands.command import Order, Situation, refuse
from foibot.commands.grammar import read_order
from foibot.commands.suggested import decided
from foibot.law import REGIMES
from foibot.officers.roster import Officer
from tests.case.case_files import ASKED_FOR_A_FEE, TO_REACH
from tests.samples import CLERK, JANE, TOM, order, secret, situation, under, why, would_work

STATES = {**{state.value: events for state, events in TO_REACH.items()}, "fee": ASKED_FOR_A_FEE}
LINES = tuple(
    dict.fromkeys(
        line
        for verb, command in VERBS.items()
        for line in (verb, command.form, command.example)
        if isinstance(read_order(line, "", VERBS, ALONE), Order)
    )
)
# What these lines lack can only be added by the officer.
UNFINISHED = {
    "alone",
    "edit",
    "files",
    "no-reason",
    "no-reference",
    "no-text",
    "opinion",
    "outside",
    "person",
    "slots",
}


def at(state: str, officer: Officer) -> Situation:
    return situation(*STATES[state], officer=officer, secrets=[secret(1, officer)])


def answered(line: str, where: Situation) -> tuple[str, list[str], list[str]]:
    """The check that refused a line, and why, and the lines that are suggested; "" if it was carried out."""
    read = order(line)
    outcome = decided(read, where)
    if not outcome.refusal:
        return "", [], []
    return outcome.refusal, why(outcome).split("\n"), would_work(outcome)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("officer", [JANE, TOM, CLERK], ids=lambda one: one.name)
def test_no_line_is_suggested_that_cannot_work(state: str, officer: Officer) -> None:
    where = at(state, officer)
    wrong = {
        (line, suggested, check)
        for line in LINES
        for suggested in answered(line, where)[2]
        if (check := answered(suggested, where)[0]) and check not in UNFINISHED
    }
    assert wrong == set()


def test_a_line_that_is_no_order_is_not_suggested(monkeypatch: pytest.MonkeyPatch) -> None:
    refuses = replace(
        VERBS["note"],
        decide=lambda order, _: refuse("no-text", order, ["No."], ("frobnicate", ""), ("show", "")),
    )
    monkeypatch.setitem(VERBS, "note", refuses)
    assert answered("note", at("open", JANE)) == ("no-text", ["No."], ["show"])


@pytest.mark.parametrize("law", [law.key for law in REGIMES])
def test_every_order_gets_an_answer_under_every_law(law: str) -> None:
    for events in STATES.values():
        where = under(law, *events)
        for line in LINES:
            read = order(line)
            outcome = decided(read, where)
            assert (
                not outcome.refusal
                or would_work(outcome)
                or outcome.notices[0].kind != "order-refused"
            )


@pytest.mark.parametrize(
    ("state", "officer", "line", "words", "lines"),
    [
        (State.AWAITING_APPROVAL, JANE, "approve", "You drafted this version yourself", ["show"]),
        (State.ANSWERED, TOM, "reject v1: no", "Version 1 was decided before: it is sent", ["show"]),
        (State.APPROVED, TOM, "approve", "Version 1 was decided before: it is approved", ["show", "stop"]),
        (State.OPEN, JANE, "sensitive off", "The case is not marked as sensitive", ["show"]),
        (State.OPEN, JANE, "second notice", "No extension notice has been sent", ["refuse 31(1)(a)"]),
        (State.OPEN, TOM, "approve v2", "No letter has been drafted", ["show"]),
        (State.AWAITING_APPROVAL, TOM, "approve", "needs the version of the letter", ["approve v1", "show"]),
    ],
)  # fmt: skip
def test_what_stands_in_the_way_is_said_at_once(
    state: State, officer: Officer, line: str, words: str, lines: list[str]
) -> None:
    _, reasons, suggested = answered(line, at(state.value, officer))
    assert words in " ".join(reasons)
    assert suggested == lines


def test_show_is_told_of_the_case_where_there_is_no_letter() -> None:
    told = dict(decided(order("received 3 Dec 2020: x"), at("withdrawn", JANE)).notices[0].lines)
    assert told["show"] == "sends you the case and its letter"
    told = dict(decided(order("received 3 Dec 2020: x"), at("answered", JANE)).notices[0].lines)
    assert told["show"] == "sends you the current letter again, with a fresh line to reply to"
