"""What a letter that left means for the case: an answer, or a question, a fee, more time, or nothing but a word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from foibot.case import clock_events as cl
from foibot.case import events as e
from foibot.case import letter_events as le
from foibot.case.case import Case, LetterVersion, State
from foibot.case.interim import (
    INTERIM,
    part_clarified,
    part_in_words,
    sent,
    too_late_to_ask,
    too_late_to_extend,
)
from foibot.case.lifecycle import fold
from foibot.law import REGIMES, regime
from tests.case.case_files import ASKED_FOR_A_FEE, TO_REACH, case_of, chain, drafted, received

ON = date(2020, 12, 15)
UNTIL = date(2021, 2, 8)
PAY_BY = date(2021, 3, 31)


def letter(kind: str, until: date | None = UNTIL) -> LetterVersion:
    current = case_of(drafted(kind=kind)).current
    assert current is not None
    return replace(current, until=until, fee_pence=1250)


def follows(kind: str, law: str = "foia", until: date | None = UNTIL) -> tuple[e.Event, ...]:
    return sent(case_of(), letter(kind, until), "<l1@x.example>", "250 ok", ON, regime(law))


def test_a_letter_of_any_other_kind_is_the_answer() -> None:
    assert follows("ncnd") == (le.LetterSent(1, "<l1@x.example>", "250 ok"),)


@pytest.mark.parametrize("kind", sorted(INTERIM))
def test_an_interim_letter_without_a_day_starts_no_clock(kind: str) -> None:
    assert follows(kind, until=None) == (le.InterimSent(1, "<l1@x.example>", "250 ok"),)


def test_a_holding_letter_names_a_day_and_gives_nobody_more_time() -> None:
    assert [type(one) for one in follows("holding")] == [le.InterimSent]


# kind, law, the event that follows, the source of law (T-33 to T-35, T-45)
STARTS = [
    ("clarification", "foia", cl.ClarificationAsked(ON, UNTIL, "FOIA 2000 s.9(2) by analogy")),
    ("clarification", "eisr", cl.ClarificationAsked(ON, UNTIL, "FOISA 2002 s.9 by analogy")),
    ("fees-notice", "foia", cl.FeeAsked(ON, PAY_BY, "FOIA 2000 s.9(2)", 1250)),
    ("fees-notice", "eir", cl.FeeAsked(ON, PAY_BY, "EIR 2004 reg.8(5)", 1250)),
    ("fees-notice", "eisr", cl.FeeAsked(ON, PAY_BY, "EI(S)R 2004 reg.8(6)", 1250)),
    ("extension", "foia", cl.Extended(ON, UNTIL, "FOIA 2000 s.10(3); s.45 Code")),
    ("extension", "eir", cl.Extended(ON, UNTIL, "EIR 2004 reg.7(1)")),
    ("extension", "eisr", cl.Extended(ON, UNTIL, "EI(S)R 2004 reg.7")),
]


@pytest.mark.parametrize(("kind", "law", "event"), STARTS)
def test_what_an_interim_letter_starts_and_under_which_law(
    kind: str, law: str, event: e.Event
) -> None:
    said, started = follows(kind, law, PAY_BY if kind == "fees-notice" else UNTIL)
    assert isinstance(said, le.InterimSent)
    assert started == event


def test_every_law_knows_what_a_question_and_a_fee_start() -> None:
    for law in REGIMES:
        for kind in ("clarification", "fees-notice"):
            assert len(follows(kind, law.key)) == 2


def test_t46_a_question_about_a_part_leaves_the_clock_of_the_rest_running() -> None:
    about_part = replace(
        letter("clarification"), slots=(("question", "Which year?"), ("rest", "Question 2."))
    )
    found = sent(case_of(), about_part, "<l1@x.example>", "250 ok", ON, regime("foia"))
    assert found == (le.InterimSent(1, "<l1@x.example>", "250 ok"),)


@pytest.mark.parametrize(
    ("law", "until"),
    [("foia", date(2021, 3, 14)), ("eir", date(2021, 3, 15)), ("eisr", date(2021, 3, 12))],
)
def test_t35_a_fee_may_be_paid_for_as_long_as_the_law_says_from_the_day_the_notice_left(
    law: str, until: date
) -> None:
    """The letter was written, and named its day, before somebody approved it."""
    _, asked = follows("fees-notice", law, date(2021, 3, 9))
    assert isinstance(asked, cl.FeeAsked)
    assert asked.pay_by == until


@pytest.mark.parametrize(
    ("law", "on", "more"),
    [
        ("eir", date(2021, 1, 11), True),
        ("eir", date(2021, 1, 12), False),
        ("eisr", date(2021, 1, 11), True),
        ("eisr", date(2021, 1, 12), False),
        ("foia", date(2021, 1, 12), True),
    ],
)
def test_t33_under_the_regulations_a_late_notice_gives_no_more_time(
    law: str, on: date, *, more: bool
) -> None:
    found = sent(case_of(), letter("extension"), "<l1@x.example>", "250 ok", on, regime(law))
    assert [type(one) for one in found] == [le.InterimSent, cl.Extended][: 1 + more]


def test_t33_t35_the_days_of_a_pause_are_not_counted_for_the_notice_either() -> None:
    paid = cl.FeePaid(date(2020, 12, 11), date(2021, 1, 5), date(2021, 1, 29))
    case, law = case_of(*ASKED_FOR_A_FEE, paid), regime("eir")
    assert too_late_to_extend(case, law, date(2021, 1, 29)) is None
    assert too_late_to_extend(case, law, date(2021, 1, 30)) == date(2021, 1, 29)


def test_t36_only_the_regulations_set_a_last_day_for_a_question() -> None:
    case, day = case_of(), date(2021, 1, 12)
    found = {law.key: too_late_to_ask(case, law, day) for law in REGIMES}
    last = date(2021, 1, 11)
    assert found == {"foia": None, "foisa": None, "eir": last, "eisr": last}
    assert too_late_to_ask(case, regime("eir"), last) is None


def about_part() -> Case:
    """A question about a part was sent, and the rest goes on."""
    slots = (("question", "Which year?"), ("rest", "Question 2."))
    question = replace(drafted(kind="clarification"), slots=slots)
    return case_of(question, *TO_REACH[State.WAITING][1:-1])


def test_t46_what_an_answer_about_a_part_starts() -> None:
    law, day = regime("foia"), date(2021, 1, 6)
    whole = case_of(*TO_REACH[State.WAITING][:-1])
    assert part_clarified(whole, day, law, "c" * 64) is None
    event = part_clarified(about_part(), day, law, "c" * 64)
    assert event is not None
    assert event.due == date(2021, 2, 3)
    told = part_in_words(event, law)
    assert "from Wednesday 6 January 2021 (day 0) to Wednesday 3 February 2021." in told


def test_t46_the_part_runs_beside_the_rest_and_after_its_answer() -> None:
    law, day = regime("foia"), date(2021, 1, 6)
    part = part_clarified(about_part(), day, law, "c" * 64)
    assert part is not None
    history = chain(
        [
            received(),
            replace(drafted(kind="clarification"), slots=(("rest", "Question 2."),)),
            *TO_REACH[State.WAITING][1:-1],
            part,
            cl.Extended(date(2021, 1, 7), date(2021, 2, 8), "s.10(3)"),
        ]
    )
    case = fold(history)
    assert case is not None
    assert part_clarified(case, date(2021, 1, 8), law, "c" * 64) is None
    assert {(one.name, one.runs) for one in case.clocks} == {
        ("answer", False),
        ("part", True),
        ("extension", True),
    }
    assert case.due == date(2021, 2, 8)
    said, goes_on = sent(case, letter("ncnd"), "<l1@x.example>", "250 ok", ON, law)
    assert isinstance(said, le.LetterSent)
    assert goes_on == cl.ClockStarted("part", part.law, day, date(2021, 2, 3))
