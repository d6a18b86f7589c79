"""The named clocks of a case: what starts, stops, pauses and restarts each (T-33 to T-35, T-45 to T-50)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from foibot.case import clock_events as cl
from foibot.case import events as e
from foibot.case import letter_events as le
from foibot.case.case import Case, LetterState, State
from foibot.case.clocks import Clock, ClockName, clock_in_words, due_now, missed, running
from foibot.case.lifecycle import can_happen
from tests.case.case_files import ASKED_FOR_A_FEE, DUE, TO_REACH, case_of, drafted, example

ASKED = cl.ClarificationAsked(date(2020, 12, 15), date(2021, 3, 14), "FOIA 2000 s.1(3)")
CLARIFIED = cl.Clarified(date(2021, 1, 6), date(2021, 2, 3), "FOIA 2000 s.10(6)", "c" * 64)
FEE = cl.FeeAsked(date(2020, 12, 15), date(2021, 3, 14), "FOIA 2000 s.9", 1250)
PAID = cl.FeePaid(date(2020, 12, 15), date(2021, 1, 6), date(2021, 2, 1))
EXTENDED = cl.Extended(date(2021, 1, 8), date(2021, 2, 8), "FOIA 2000 s.10(3)")
TOO_LATE = cl.Extended(date(2021, 1, 12), date(2021, 2, 8), "FOIA 2000 s.10(3)")


def interim(kind: str = "clarification") -> tuple[e.Event, ...]:
    """A letter that does not answer the request has left."""
    return (drafted(kind=kind), example(le.Approved), le.InterimSent(1, "<l1@x.example>", "250 ok"))


def now(case: Case) -> tuple[str, date]:
    """The clock that decides, and what the case says is due."""
    clock = running(case.clocks)
    return (clock.name if clock else "none", case.due)


def test_receipt_starts_the_clock_to_answer() -> None:
    case = case_of()
    assert now(case) == ("answer", DUE)
    assert case.day_zero == date(2020, 12, 8)


def test_t45_a_question_stops_the_clock_and_the_answer_to_it_begins_afresh() -> None:
    waiting = case_of(*interim(), ASKED)
    assert waiting.state is State.WAITING
    assert now(waiting) == ("clarification", date(2021, 3, 14))

    again = case_of(*interim(), ASKED, CLARIFIED)
    assert again.state is State.OPEN
    assert now(again) == ("answer", date(2021, 2, 3))
    assert again.day_zero == date(2021, 1, 6)
    assert again.received == date(2020, 12, 8)
    assert [(clock.name, clock.stopped) for clock in again.clocks] == [
        ("answer", date(2020, 12, 15)),
        ("clarification", date(2021, 1, 6)),
        ("answer", None),
    ]


def test_t47_without_an_answer_it_lapses_and_a_late_one_still_opens_it() -> None:
    lapsed = case_of(*interim(), ASKED, e.Lapsed())
    assert (lapsed.state, lapsed.outcome) == (State.LAPSED, "lapsed")
    assert running(lapsed.clocks) is None
    late = case_of(*interim(), ASKED, e.Lapsed(), CLARIFIED)
    assert (late.state, late.outcome, late.due) == (State.OPEN, "", date(2021, 2, 3))


def test_t35_a_fee_pauses_the_same_clock() -> None:
    waiting = case_of(*interim("fees-notice"), FEE)
    assert now(waiting) == ("fee", date(2021, 3, 14))
    paid = case_of(*interim("fees-notice"), FEE, PAID)
    assert now(paid) == ("answer", date(2021, 2, 1))
    assert paid.day_zero == date(2020, 12, 8)
    assert paid.clocks[0].pauses == ((date(2020, 12, 15), date(2021, 1, 6)),)


def test_t34_an_extension_keeps_the_first_date_beside_the_later_one() -> None:
    case = case_of(*interim("extension"), EXTENDED)
    assert case.state is State.OPEN
    assert now(case) == ("extension", date(2021, 2, 8))
    assert (case.clocks[0].due, case.clocks[0].stopped) == (DUE, date(2021, 1, 8))


def test_the_answer_stops_our_clocks_and_its_bounce_starts_them_again() -> None:
    answer = (drafted(2), example(le.Approved, 2), le.LetterSent(2, "<l2@x.example>", "250 ok"))
    sent = case_of(*interim("extension"), EXTENDED, *answer)
    assert running(sent.clocks) is None
    assert sent.due == date(2021, 2, 8)
    back = case_of(*interim("extension"), EXTENDED, *answer, le.LetterBounced(2, "5.1.1"))
    assert now(back) == ("extension", date(2021, 2, 8))


def test_a_question_that_came_back_was_never_asked() -> None:
    back = case_of(*interim(), ASKED, le.LetterBounced(1, "5.1.1"))
    assert back.state is State.DELIVERY_FAILED
    assert now(back) == ("answer", DUE)
    assert [clock.name for clock in back.clocks] == ["answer"]
    late = case_of(*interim(), ASKED, e.Lapsed(), le.LetterBounced(1, "5.1.1"))
    assert (late.state, now(late)) == (State.DELIVERY_FAILED, ("answer", DUE))
    assert [clock.name for clock in late.clocks] == ["answer"]
    unasked = case_of(*interim(), le.LetterBounced(1, "5.1.1"))
    assert now(unasked) == ("answer", DUE)


def test_a_corrected_receipt_moves_day_zero_and_keeps_the_old_date_in_the_event() -> None:
    event = cl.ReceiptCorrected(
        date(2020, 12, 8), DUE, date(2020, 12, 3), date(2021, 1, 6), "stamped on 3 December"
    )
    case = case_of(event)
    assert (case.received, case.day_zero, case.due) == (
        date(2020, 12, 3),
        date(2020, 12, 3),
        date(2021, 1, 6),
    )


def test_another_law_counts_from_the_same_day() -> None:
    event = cl.RegimeChanged("foia", "eir", "EIR 2004 reg.5(2)", DUE, DUE)
    case = case_of(event)
    assert (case.regime, case.clocks[0].law) == ("eir", "EIR 2004 reg.5(2)")


def test_t16_a_new_holiday_moves_the_running_clock_alone() -> None:
    event = cl.Recounted("extension", date(2021, 2, 8), date(2021, 2, 9))
    case = case_of(*interim("extension"), EXTENDED, event)
    assert now(case) == ("extension", date(2021, 2, 9))
    assert case.clocks[0].due == DUE


def test_t35_what_did_not_come_is_named_for_what_it_was() -> None:
    unpaid = case_of(*interim("fees-notice"), FEE, e.Lapsed())
    assert clock_in_words(unpaid.clocks[1]).endswith("because no fee came")
    unclear = case_of(*interim(), ASKED, e.Lapsed())
    assert clock_in_words(unclear.clocks[1]).endswith("because no clarification came")
    # A notice that came back was never given, and nothing lapsed.
    back = case_of(*interim("fees-notice"), FEE, e.Lapsed(), le.LetterBounced(1, "5.1.1"))
    assert (now(back), len(back.clocks)) == (("answer", DUE), 1)


@pytest.mark.parametrize(
    ("kind", "late"),
    [
        ("clarification", replace(ASKED, asked=date(2021, 1, 12))),
        ("fees-notice", replace(FEE, asked=date(2021, 1, 12))),
    ],
)
def test_t36_a_clock_that_had_run_out_before_we_asked_says_so(
    kind: str, late: cl.ClarificationAsked | cl.FeeAsked
) -> None:
    ours = case_of(*interim(kind), late).clocks[0]
    assert "to 11 January 2021; stopped on 12 January 2021, when that day was over, by" in clock_in_words(ours)  # fmt: skip
    in_time = case_of(*interim(kind), replace(late, asked=DUE)).clocks[0]
    assert "over" not in clock_in_words(in_time)
    # What the requester did not do in time makes nobody of ours late.
    theirs = Clock(ClockName.FEE, "", DUE, "", DUE, date(2021, 2, 1), "x")
    assert "over" not in clock_in_words(theirs)


def test_withdrawn_and_not_foi_end_every_clock() -> None:
    for event, outcome in ((e.Withdrawn(), "withdrawn"), (e.FoundNotFoi("a job"), "not-foi")):
        case = case_of(event)
        assert case.finished
        assert case.outcome == outcome
        assert running(case.clocks) is None
        assert case.due == DUE


@pytest.mark.parametrize("closing", [e.Withdrawn(), e.FoundNotFoi("a job")])
def test_a_case_that_is_opened_again_has_its_own_dates(closing: e.Event) -> None:
    """The days between have counted, and what it waited for it waits for again."""
    case = case_of(drafted(), closing, e.OpenedAgain("She changed her mind."))
    assert (case.state, case.outcome, case.finished) == (State.OPEN, "", False)
    assert now(case) == ("answer", DUE)
    assert case.clocks == case_of().clocks
    assert case.current is not None
    assert case.current.state is LetterState.SUPERSEDED
    extended = case_of(*interim("extension"), EXTENDED, closing, e.OpenedAgain())
    assert now(extended) == ("extension", date(2021, 2, 8))
    twice = case_of(closing, e.OpenedAgain(), closing, e.OpenedAgain())
    assert now(twice) == ("answer", DUE)

    for asked in (TO_REACH[State.WAITING], ASKED_FOR_A_FEE):
        waiting = case_of(*asked, closing)
        assert not can_happen(waiting, e.OpenedAgain())
        again = case_of(*asked, closing, e.WaitsAgain())
        assert again.state is State.WAITING
        assert (again.clocks, again.due) == (case_of(*asked).clocks, case_of(*asked).due)
    assert not can_happen(case_of(closing), e.WaitsAgain())


def test_ours_decides_while_it_runs_and_the_latest_of_ours() -> None:
    answer = Clock(ClockName.ANSWER, "", date(2021, 1, 1), "", date(2021, 2, 1))
    longer = Clock(ClockName.EXTENSION, "", date(2021, 1, 1), "", date(2021, 3, 1))
    other = Clock(ClockName.FEE, "", date(2021, 1, 1), "", date(2021, 4, 1))
    assert running((other, answer)) is answer
    assert running((answer, longer)) is longer
    assert running((other,)) is other
    assert due_now((), date(2021, 1, 1)) == date(2021, 1, 1)


def test_a_clock_in_words_says_where_it_stood_still_and_what_stopped_it() -> None:
    paid = case_of(*interim("fees-notice"), FEE, PAID, e.Withdrawn())
    answer, fee = (clock_in_words(clock) for clock in paid.clocks)
    assert answer == (
        "Answer clock: from 8 December 2020 to 1 February 2021; stood still from 15 December 2020 to "
        "6 January 2021; stopped on 8 December 2020 by the requester's withdrawal"
    )
    assert fee.startswith("Fee clock (FOIA 2000 s.9): from 15 December 2020 to 14 March 2021")


@pytest.mark.parametrize(
    ("events", "says"),
    [
        ((*interim(), ASKED), "stopped on 15 December 2020 by our question"),
        ((*interim("fees-notice"), FEE), "stopped on 15 December 2020 by the fees notice"),
        ((e.FoundNotFoi("a job"),), "because it was found not to be a request under the law"),
    ],
)
def test_what_stopped_a_clock_reads_as_a_sentence(events: tuple[e.Event, ...], says: str) -> None:
    assert clock_in_words(case_of(*events).clocks[0]).endswith(says)


ASKED_LATE = replace(ASKED, asked=date(2021, 1, 13))


@pytest.mark.parametrize(
    ("events", "days"),
    [
        ((), ()),
        (TO_REACH[State.ANSWERED], ()),
        ((*interim("extension"), EXTENDED), ()),
        ((*interim("extension"), replace(EXTENDED, told=DUE)), ()),
        ((*interim("extension"), TOO_LATE), (DUE,)),
        ((*interim(), ASKED_LATE), (DUE,)),
        ((*interim(), ASKED_LATE, CLARIFIED), (DUE,)),
        ((*interim("fees-notice"), replace(FEE, asked=date(2021, 1, 12))), (DUE,)),
        ((*interim("extension"), TOO_LATE, le.LetterBounced(1, "5.1.1")), ()),
    ],
)
def test_no_letter_hides_a_last_day_that_was_over(
    events: tuple[e.Event, ...], days: tuple[date, ...]
) -> None:
    assert missed(case_of(*events).clocks) == days


def test_a_clock_that_runs_has_not_been_stopped() -> None:
    assert (
        clock_in_words(case_of().clocks[0])
        == "Answer clock: from 8 December 2020 to 11 January 2021"
    )
