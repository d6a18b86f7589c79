"""The table of approvals: which letters a row covers, whose turn it is, and what is said to be missing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.case.case import Case, LetterVersion
from foibot.case.parts import PartDecided, PartOutcome
from foibot.officers.roster import Officer, Role, Roster
from foibot.outbox.approval_rules import (
    ONE_APPROVER,
    ApprovalRule,
    Turn,
    can_be_met,
    fits,
    kinds_of,
    people_who_agreed,
    rules_for,
    still_wanted,
    turn_of,
)
from tests.case.case_files import case_of, drafted


def person(name: str, *roles: Role) -> Officer:
    return Officer(
        f"{name}@exampleshire.example", name.title(), "", frozenset({Role.APPROVER, *roles})
    )


ANN, BEN, CAL = person("ann"), person("ben", Role.REVIEWER), person("cal", Role.OFFICER)
DEE = replace(person("dee"), aliases=("d@old.example",))
EVA = Officer("eva@exampleshire.example", "Eva", "", frozenset({Role.REVIEWER}))
ALL = Roster((ANN, BEN, CAL, DEE, EVA))
TWO = ApprovalRule(("approver", "approver"))
CASE: Case = case_of(drafted(kind="refusal", provisions=("31(1)(a)", "40(2) with 40(3A)")))


def letter(kind: str = "refusal", *outcomes: PartOutcome) -> LetterVersion:
    parts = tuple(PartDecided(str(at), one) for at, one in enumerate(outcomes, 1))
    return replace(CASE.letters[0], kind=kind, parts=parts)


@pytest.mark.parametrize(
    ("rule", "covered"),
    [
        (TWO, True),
        (replace(TWO, letters=frozenset({"refusal"})), True),
        (replace(TWO, letters=frozenset({"ncnd"})), False),
        (replace(TWO, sections=("31",)), True),
        (replace(TWO, sections=("36", "31(1)(a)")), True),
        (replace(TWO, sections=("31(1)(b)", "3", "1(1)")), False),
        (replace(TWO, sections=("40(2)",)), True),
        (replace(TWO, sections=("31",), letters=frozenset({"ncnd"})), False),
    ],
)
def test_a_row_covers_what_meets_all_its_conditions(rule: ApprovalRule, covered: bool) -> None:
    assert rule.covers(CASE.letters[0], sensitive=False) is covered
    assert (rule in rules_for(CASE, CASE.letters[0], (rule,))) is covered


def test_a_row_for_sensitive_cases_is_for_those_alone() -> None:
    rule = replace(TWO, sensitive=True)
    assert rules_for(CASE, CASE.letters[0], (rule,)) == (ONE_APPROVER,)
    assert rules_for(replace(CASE, sensitive=True), CASE.letters[0], (rule,)) == (
        ONE_APPROVER,
        rule,
    )


@pytest.mark.parametrize(
    ("one", "kinds"),
    [
        (letter("vexatious"), {"vexatious"}),
        (letter("ncnd-part"), {"ncnd-part", "ncnd"}),
        (letter("in-parts", PartOutcome.DISCLOSE, PartOutcome.REFUSE), {"in-parts", "part", "refusal"}),
        (letter("in-parts", PartOutcome.DISCLOSE, PartOutcome.NCND), {"in-parts", "ncnd-part", "ncnd"}),
    ],
)  # fmt: skip
def test_an_answer_by_number_is_what_its_outcomes_make_of_it(one: LetterVersion, kinds: set[str]) -> None:  # fmt: skip
    assert kinds_of(one) == kinds


@pytest.mark.parametrize(
    ("officer", "step", "fitting"),
    [
        (ANN, "approver", True),
        (ANN, "reviewer", False),
        (BEN, "reviewer", True),
        (EVA, "reviewer", False),
        (CAL, "officer", True),
        (DEE, "D@Old.example", True),
        (DEE, ANN.address, False),
        (EVA, EVA.address, False),
    ],
)
def test_whoever_takes_a_step_is_an_approver_and_has_its_role(officer: Officer, step: str, fitting: bool) -> None:  # fmt: skip
    assert fits(officer, step) is fitting


TURNS = [
    ((ONE_APPROVER,), (), ANN, Turn.LAST),
    ((ONE_APPROVER,), (), EVA, Turn.NOT_ASKED),
    ((ONE_APPROVER, TWO), (), ANN, Turn.COUNTS),
    ((ONE_APPROVER, TWO), (ANN,), BEN, Turn.LAST),
    ((ONE_APPROVER, TWO), (ANN,), ANN, Turn.GIVEN),
    ((ONE_APPROVER, TWO), (ANN,), replace(ANN, aliases=("a@old.example",)), Turn.GIVEN),
    # The configuration asks for less than when the first approval was given.
    ((ONE_APPROVER,), (ANN,), ANN, Turn.LAST),
    ((ApprovalRule(("approver", "reviewer")),), (BEN,), ANN, Turn.LAST),
    ((ApprovalRule(("approver", "reviewer")),), (ANN,), CAL, Turn.NOT_ASKED),
    ((ApprovalRule(("approver", BEN.address)),), (BEN,), DEE, Turn.LAST),
    ((ApprovalRule(("reviewer", "approver"), in_order=True),), (), ANN, Turn.TOO_EARLY),
    ((ApprovalRule(("reviewer", "approver"), in_order=True),), (), BEN, Turn.COUNTS),
    ((ApprovalRule(("reviewer", "approver"), in_order=True),), (BEN,), ANN, Turn.LAST),
    ((ApprovalRule((ANN.address, BEN.address), in_order=True), TWO), (), BEN, Turn.TOO_EARLY),
    ((ApprovalRule((ANN.address, BEN.address), in_order=True), TWO), (), CAL, Turn.COUNTS),
    ((ApprovalRule((ANN.address, BEN.address), in_order=True), TWO), (CAL,), ANN, Turn.COUNTS),
    ((ApprovalRule(("approver", BEN.address), in_order=True),), (), BEN, Turn.TOO_EARLY),
    # The only reviewer is needed for the place of a reviewer.
    ((ApprovalRule(("approver", "reviewer"), in_order=True),), (), BEN, Turn.TOO_EARLY),
    ((ApprovalRule(("approver", "approver"), in_order=True),), (), BEN, Turn.COUNTS),
    ((ApprovalRule((ANN.address, BEN.address), in_order=True), TWO), (CAL, ANN), BEN, Turn.LAST),
    ((ApprovalRule((ANN.address, BEN.address), in_order=True), TWO), (CAL, ANN), DEE, Turn.NOT_ASKED),
]  # fmt: skip


@pytest.mark.parametrize(("rules", "agreed", "officer", "turn"), TURNS)
def test_whose_turn_it_is(
    rules: tuple[ApprovalRule, ...], agreed: tuple[Officer, ...], officer: Officer, turn: Turn
) -> None:
    assert turn_of(rules, agreed, officer, ALL) is turn


WANTED = [
    ((ONE_APPROVER,), (), "an approver"),
    ((ONE_APPROVER,), (ANN,), ""),
    ((ONE_APPROVER, TWO), (), "two approvers"),
    ((ONE_APPROVER, TWO), (ANN,), "an approver"),
    ((ONE_APPROVER, TWO, TWO), (), "two approvers"),
    ((TWO, ApprovalRule((BEN.address, "approver", "officer", "officer"))), (),
     "two approvers; and Ben, two approvers who are officers and an approver"),
    ((ApprovalRule(("approver", BEN.address), in_order=True),), (), "an approver and then Ben"),
    ((ApprovalRule(("approver", BEN.address), in_order=True), TWO), (),
     "an approver and then Ben; and two approvers"),
    ((ApprovalRule(("reviewer", "administrator")),), (),
     "an approver who is a reviewer and an approver who is an administrator"),
]  # fmt: skip


@pytest.mark.parametrize(("rules", "agreed", "words"), WANTED)
def test_what_is_missing_is_said_in_words(
    rules: tuple[ApprovalRule, ...], agreed: tuple[Officer, ...], words: str
) -> None:
    assert still_wanted(rules, agreed, ALL) == words


def test_an_approval_of_somebody_who_may_no_longer_approve_does_not_count() -> None:
    gone = replace(CASE.letters[0], agreed=("gone@exampleshire.example", EVA.address, "d@old.example", DEE.address))  # fmt: skip
    assert people_who_agreed(CASE, gone, ALL) == (DEE,)


def test_a_row_needs_as_many_people_as_it_has_entries() -> None:
    assert can_be_met(ApprovalRule(("reviewer", "approver", "officer")), ALL)
    assert not can_be_met(ApprovalRule(("reviewer", "reviewer")), ALL)
    assert not can_be_met(ApprovalRule((ANN.address, "approver")), [ANN])


@given(
    st.lists(st.sampled_from(["approver", "reviewer", "officer", ANN.address]), min_size=1, max_size=4),
    st.permutations([ANN, BEN, CAL, DEE]),
    st.booleans(),
)  # fmt: skip
def test_nobody_gets_a_letter_out_with_fewer_people_than_a_row_asks_for(
    by: list[str], people: list[Officer], in_order: bool
) -> None:
    rule = ApprovalRule(tuple(by), in_order=in_order)
    agreed: list[Officer] = []
    for one in people * len(by):
        turn = turn_of((ONE_APPROVER, rule), agreed, one, people)
        if turn is Turn.LAST:
            assert len({each.address for each in (*agreed, one)}) >= len(by)
            return
        if turn is Turn.COUNTS:
            agreed.append(one)
    assert not can_be_met(rule, people)
