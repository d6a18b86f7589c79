"""How the dates of a case are told: its working, what moved it since, and every day of each clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from foibot.case import clock_events as cl
from foibot.case import events as e
from foibot.case import letter_events as le
from foibot.case.case import Case, State
from foibot.case.clocks import NAMED_DAY, ClockName, last_of
from foibot.case.working import (
    counted_by,
    day_by_day,
    day_in_words,
    days_of,
    holidays_in_words,
    provisional,
    time_left,
    what_is_due,
    working_in_words,
    working_of,
)
from foibot.law import regime
from foibot.law.bank_holidays import HORIZON
from foibot.law.foia import FOIA
from foibot.law.foisa import FOISA
from tests.case.case_files import DUE, TO_REACH, case_of, drafted, example
from tests.case.test_clocks import ASKED, CLARIFIED, EXTENDED, FEE, PAID, TOO_LATE, interim
from tests.case.test_deadlines import SEED, asked_on

PAID_CASE = case_of(*interim("fees-notice"), FEE, PAID)
LONGER = case_of(*interim("extension"), EXTENDED)
ANSWERED = TO_REACH[State.ANSWERED]


def told(case: Case, today: date = date(2021, 1, 5), law: str = "foia") -> str:
    return " ".join(working_in_words(case, regime(law), today)[0])


def test_the_working_in_words() -> None:
    sentences, skipped = working_in_words(SEED, FOIA, date(2021, 1, 5))
    text = " ".join(sentences)
    assert "received on Tuesday 8 December 2020. That day is day 0." in text
    assert (
        "The last day to answer is Monday 11 January 2021, working day 20 under the Freedom" in text
    )
    assert "Today, Tuesday 5 January 2021, is working day 16." in text
    assert "England and Wales alone would give 8 January 2021" in text
    for other in ("provisional", "stood still", "takes longer", "have changed"):
        assert other not in text
    assert [one.split(":")[0] for one in skipped] == [
        "Friday 25 December 2020",
        "Monday 28 December 2020",
        "Friday 1 January 2021",
        "Monday 4 January 2021",
    ]
    assert skipped == holidays_in_words(working_of(SEED, FOIA))


def test_the_working_says_nothing_of_england_when_nothing_differs() -> None:
    sentences, skipped = working_in_words(asked_on(date(2020, 6, 2)), FOIA, date(2020, 6, 3))
    assert not any("England" in one for one in sentences)
    assert skipped == []


def test_t15_a_date_past_the_known_holidays_is_called_provisional() -> None:
    case = asked_on(HORIZON, working_of(asked_on(HORIZON), FOIA).due)
    sentences, _ = working_in_words(case, FOIA, HORIZON)
    assert sentences[-1].startswith("The date is provisional: bank holidays are known until")
    assert provisional(case, FOIA)
    assert not provisional(SEED, FOIA)


def test_t15_whole_months_and_calendar_days_are_never_provisional() -> None:
    past = date(HORIZON.year + 1, 1, 9)
    waiting = case_of(*interim(), cl.ClarificationAsked(date(2028, 10, 9), past, "by analogy"))
    assert waiting.due == past
    assert not provisional(waiting, FOIA)
    reviewed = case_of(*ANSWERED, cl.ClockStarted("review", "s.45 Code", date(2028, 12, 9), past))
    assert provisional(reviewed, FOIA)


def test_scottish_requests_count_by_their_own_law() -> None:
    assert working_of(replace(SEED, regime="foisa"), FOISA).regime == "foisa"


def test_t35_days_before_a_payment_are_left_out_and_said_to_be() -> None:
    working = working_of(PAID_CASE, FOIA)
    assert working.due == date(2021, 1, 28)
    assert working.day_number(date(2021, 1, 6)) == working.day_number(date(2020, 12, 14)) == 4
    text = told(PAID_CASE, date(2021, 1, 8))
    assert "is working day 6" in text
    assert (
        "The clock stood still from Tuesday 15 December 2020 to Wednesday 6 January 2021, both days "
        "included: we waited for the fee." in text
    )
    # The days of the pause are told as one; only what else was not counted is listed.
    assert [one.split(":")[0] for one in holidays_in_words(working)] == [
        "Friday 25 December 2020",
        "Monday 28 December 2020",
        "Friday 1 January 2021",
        "Monday 4 January 2021",
    ]


def test_while_the_requester_is_waited_for_no_working_day_is_counted() -> None:
    text = told(case_of(*interim("fees-notice"), FEE))
    assert "Since Tuesday 15 December 2020 the clock has stood still" in text
    assert "until Sunday 14 March 2021" in text
    assert "Today" not in text


def test_t30_after_a_clarification_day_0_is_the_day_it_came() -> None:
    text = told(case_of(*interim(), ASKED, CLARIFIED), date(2021, 1, 8))
    assert "The request was received on Tuesday 8 December 2020. The requester answered" in text
    assert "answered our question on Wednesday 6 January 2021. That day is day 0 of a new" in text
    assert "last day to answer is Wednesday 3 February 2021, working day 20" in text
    assert "is working day 2." in text


def test_t34_an_extension_is_told_beside_the_first_date() -> None:
    text = told(LONGER, date(2021, 1, 12))
    assert text.startswith(
        "The last day to answer is Monday 8 February 2021. The requester was told on Friday 8 January "
        "2021 that it takes longer (FOIA 2000 s.10(3)). The request was received on Tuesday 8 December "
        "2020. That day is day 0. Counted from then, it would have been Monday 11 January 2021, working "
        "day 20 under"
    )
    assert text.count("The last day to answer is") == 1
    assert "that stays so" not in text


def test_a_last_day_that_passed_before_an_extension_stays_told() -> None:
    assert (
        "No answer had been given by Monday 11 January 2021, the last day until then: that stays so."
        in told(case_of(*interim("extension"), TOO_LATE), date(2021, 1, 13))
    )


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("2020-12-25", "Today, Friday 25 December 2020, is no working day; 12 have gone by."),
        ("2021-01-12", "Today, Tuesday 12 January 2021, is working day 21, and the last day is over."),
    ],
)  # fmt: skip
def test_a_holiday_is_no_working_day_and_a_day_that_is_over_is_said_to_be(
    day: str, says: str
) -> None:
    assert says in told(SEED, date.fromisoformat(day))


TO_LATER = case_of(
    *interim("extension"), cl.Extended(date(2021, 1, 8), date(2021, 2, 7), "FOIA 2000 s.10(3)")
)
REVIEWED = case_of(
    *TO_REACH[State.ANSWERED], cl.ClockStarted("review", "s", date(2021, 1, 4), date(2021, 2, 1))
)


@pytest.mark.parametrize(
    ("case", "day", "says"),
    [
        (SEED, "2021-01-07", "Answer due: today is working day 18 of 20"),
        (SEED, "2021-01-12", "Answer due: that day is over, and it is late"),
        (LONGER, "2021-01-11", "Answer due: 20 working days left"),
        (LONGER, "2021-02-05", "Answer due: 1 working day left"),
        (LONGER, "2021-02-08", "Answer due: today is the last day"),
        (TO_LATER, "2021-02-05", "Answer due: no working day is left before it"),
        (case_of(*interim(), ASKED), "2021-01-05", "The requester may answer until: our own time stands still"),
        (case_of(*interim("fees-notice"), FEE), "2021-01-05", "The requester may pay until: our own time stands still"),
        (REVIEWED, "2021-01-28", "Result of the review due: 2 working days left"),
        (case_of(*ANSWERED), "2021-02-05", "Answer due: the case is closed"),
    ],
)  # fmt: skip
def test_how_far_on_a_case_is_never_counts_past_the_days_there_are(
    case: Case, day: str, says: str
) -> None:
    left = time_left(case, FOIA, date.fromisoformat(day))
    assert f"{what_is_due(case)}: {left}" == says


def test_t16_a_date_that_was_kept_is_told_with_what_the_count_would_give() -> None:
    kept = case_of(cl.Recounted("answer", DUE, date(2021, 1, 12)))
    assert told(kept).startswith(
        "The last day to answer is Tuesday 12 January 2021. Bank holidays have changed since that date "
        "was told. The request was received"
    )


def test_of_an_answered_case_the_day_is_not_told() -> None:
    review = cl.ClockStarted("review", "s.45 Code", date(2021, 1, 4), date(2021, 2, 1))
    for case in (case_of(*ANSWERED), case_of(*ANSWERED, review)):
        assert "Today" not in told(case)
        assert "takes longer" not in told(case)


def last(case: Case, name: ClockName, law: str = "foia") -> tuple[date, int | None]:
    """The last date that is told of a clock, and its number."""
    clock = last_of(case.clocks, name)
    days = days_of(case, clock, regime(law))
    assert (days[-1].day, clock.due) == (clock.due, clock.due)
    return days[-1].day, days[-1].number


def test_every_day_of_the_answer_clock_is_told() -> None:
    days = days_of(SEED, SEED.clocks[0], FOIA)
    words = [day_in_words(one) for one in days]
    assert words[:2] == [
        "Tuesday 8 December 2020: the period starts: day 0, not counted",
        "day 1: Wednesday 9 December 2020",
    ]
    assert (
        "Monday 4 January 2021: New Year Holiday, substitute day (Scotland), not counted" in words
    )
    assert words[-1] == "day 20: Monday 11 January 2021"
    assert len(words) == 35


def test_every_day_of_the_other_clocks_is_told() -> None:
    paid = replace(PAID_CASE, clocks=(replace(PAID_CASE.clocks[0], due=date(2021, 1, 28)),))
    assert last(paid, ClockName.ANSWER) == (date(2021, 1, 28), 20)
    assert last(LONGER, ClockName.EXTENSION) == (date(2021, 2, 8), 40)
    asked = cl.FeeAsked(date(2026, 2, 12), date(2026, 5, 13), "EIR 2004 reg.8(5)", 100)
    assert last(case_of(*interim("fees-notice"), asked), ClockName.FEE, "eir")[1] == 60
    asked = cl.FeeAsked(date(2026, 2, 12), date(2026, 5, 8), "EI(S)R 2004 reg.8(6)", 100)
    assert last(case_of(*interim("fees-notice"), asked), ClockName.FEE, "eisr")[1] == 60
    for name, until, number in (
        ("review", date(2021, 2, 1), 20),
        ("regulator", date(2021, 1, 18), 10),
        ("tribunal", date(2021, 2, 1), 28),
    ):
        started = cl.ClockStarted(name, "", date(2021, 1, 4), until)
        assert last(case_of(*ANSWERED, started), ClockName(name)) == (until, number)
    # No law counts what the Scottish regulator names: the days are told all the same.
    named = cl.ClockStarted(
        "regulator", "a day named by letter", date(2021, 1, 4), date(2021, 1, 8)
    )
    assert last(case_of(*ANSWERED, named), ClockName.REGULATOR, "foisa")[1] == 4


@pytest.mark.parametrize(("kind", "event"), [("clarification", ASKED), ("fees-notice", FEE)])
def test_a_clock_in_whole_months_leaves_no_day_out(kind: str, event: e.Event) -> None:
    case = case_of(*interim(kind), event)
    assert days_of(case, case.clocks[-1], FOIA) == ()


def test_a_draft_changes_no_date() -> None:
    assert told(case_of(drafted(), example(le.Approved))) == told(SEED)


def test_a_day_named_by_letter_is_not_counted_by_anybody() -> None:
    named = cl.ClockStarted("review", NAMED_DAY, date(2021, 1, 5), date(2021, 2, 12))
    case = case_of(*ANSWERED, named)
    assert counted_by(case.clocks[-1], FOIA) is None
    assert day_by_day(case, FOIA)[0][1][-1] == "day 28: Friday 12 February 2021"


def test_every_running_clock_is_told_day_by_day_or_the_last_answer_if_none_runs() -> None:
    both = case_of(
        *ANSWERED,
        cl.ClockStarted("review", "s.45 Code", date(2021, 1, 4), date(2021, 2, 1)),
        cl.ClockStarted("tribunal", "FOIA 2000 s.57", date(2021, 1, 4), date(2021, 2, 1)),
    )
    told = [(head, len(days), days[-1]) for head, days in day_by_day(both, FOIA)]
    assert told == [
        ("The review clock, day by day", 29, "day 20: Monday 1 February 2021"),
        ("The tribunal clock, day by day", 29, "day 28: Monday 1 February 2021"),
    ]
    ((head, days),) = day_by_day(case_of(*ANSWERED), FOIA)
    assert (head, days[-1]) == ("The answer clock, day by day", "day 20: Monday 11 January 2021")


def test_what_a_person_put_off_for_years_is_not_listed_day_by_day() -> None:
    longer = case_of(*interim("extension"), replace(EXTENDED, until=date(2022, 2, 8)))
    assert day_by_day(longer, FOIA) == []
