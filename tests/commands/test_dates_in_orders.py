"""`clarify`, `extend`, `fee`, `received` and `regime`: the date or letter each wants, or the line that would work."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from foibot.case import clock_events as cl
from foibot.case import events as e
from foibot.case.case import State
from foibot.case.deadlines import Rung
from foibot.case.outcome import LetterWanted
from foibot.commands.command import Situation
from foibot.commands.dates import read_date
from tests.case.case_files import ASKED_FOR_A_FEE, TO_REACH, drafted
from tests.samples import JANE, TOM, decided, secret, situation, under, why, would_work

ANSWERED = TO_REACH[State.ANSWERED]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("3 Dec 2020: stamped", (date(2020, 12, 3), "stamped")),
        ("Thursday 3rd December, 2020", (date(2020, 12, 3), "")),
        ("2020-12-03, by post", (date(2020, 12, 3), "by post")),
        ("29 Feb 2024", (date(2024, 2, 29), "")),
        ("29 Feb 2023", None),
        ("31 June 2020", None),
        ("3 Foo 2020", None),
        ("3 Ma 2020", None),
        ("2020-13-01", None),
        ("03/12/2020", None),
        ("", None),
    ],
)
def test_a_date_is_read_in_words_or_not_at_all(text: str, read: tuple[date, str] | None) -> None:
    assert read_date(text) == read


@pytest.mark.parametrize("line", ["clarify", "extend 24 until 8 Feb 2021", "fee 12.50"])
def test_no_letter_is_asked_for_on_a_case_that_was_answered(line: str) -> None:
    outcome = decided(line, situation(*ANSWERED, officer=JANE), "Some words.")
    assert outcome.refusal == "state"
    assert "has been answered" in why(outcome)


def test_a_question_is_taken_from_the_line_and_from_the_lines_under_it() -> None:
    letter = decided(
        "clarify: Which year?", situation(officer=JANE), "Or both?\n\nJane\nOffice"
    ).letter
    assert letter is not None
    assert (letter.kind, letter.slots) == (
        "clarification",
        (("question", "Which year?\n\nOr both?"),),
    )


@pytest.mark.parametrize("law", ["eir", "eisr"])
def test_t36_under_the_regulations_no_question_is_put_after_day_20(law: str) -> None:
    assert decided("clarify: Which year?", on(date(2021, 1, 11), law)).letter
    at = on(date(2021, 1, 12), law)
    late = decided("clarify: Which year?", at)
    assert late.refusal == "too-late"
    assert "had to be asked by 11 January 2021, within 20 working days" in why(late)
    holding, disclose = would_work(late)
    assert decided(holding, at, "We are sorry.").letter
    assert decided(disclose, at, "212.").letter


@pytest.mark.parametrize("law", ["foia", "foisa"])
def test_t36_under_the_acts_a_late_question_can_still_be_put(law: str) -> None:
    assert decided("clarify: Which year?", on(date(2021, 1, 12), law)).letter


@pytest.mark.parametrize(
    ("law", "today", "says"),
    [
        ("foia", date(2021, 1, 11), ""),
        ("foia", date(2021, 1, 12), "calls 11 January 2021 the present last day"),
        ("eir", date(2021, 1, 12), "had to be asked by 11 January 2021"),
    ],
)
def test_t36_a_question_that_has_been_overtaken_by_the_last_day_does_not_leave(
    law: str, today: date, says: str
) -> None:
    question = replace(drafted(kind="clarification"), until=date(2021, 4, 11))
    at = under(law, question)
    at = replace(
        at,
        officer=TOM,
        secrets=(secret(1),),
        now=datetime.combine(today, time(12), tzinfo=UTC),
    )
    outcome = decided("approve v1", at)
    assert (outcome.refusal == "too-late") is bool(says)
    assert not says or says in why(outcome)


def test_a_signature_alone_is_no_question() -> None:
    outcome = decided("clarify", situation(officer=JANE), "Jane Orange\nFOI Officer")
    assert outcome.refusal == "slots"
    assert "needs the text for “question”" in why(outcome)
    assert would_work(outcome) == ["clarify"]


def test_t34_an_extension_weighs_the_public_interest_of_a_qualified_exemption() -> None:
    at = situation(officer=JANE)
    letter = decided("extend 24 until 8 Feb 2021", at, "Strong on both sides.").letter
    assert letter == LetterWanted(
        "extension",
        "24(1)",
        (("reasons", "Strong on both sides."),),
        "extend 24 until 8 Feb 2021",
        until=date(2021, 2, 8),
    )
    beside_absolute = decided("extend 41 24 until 8 Feb 2021", at, "Strong.").letter
    assert beside_absolute is not None
    assert beside_absolute.provisions == "41(1) 24(1)"


def test_t34_provisions_that_lift_the_duty_to_confirm_may_be_weighed_as_well() -> None:
    letter = decided("extend 24(2) until 8 Feb 2021", situation(officer=JANE), "Strong.").letter
    assert letter is not None
    assert letter.provisions == "24(2)"


def test_t34_past_the_ceiling_an_extension_needs_its_reason() -> None:
    at = situation(officer=JANE)
    letter = decided("extend 24 until 9 Feb 2021", at, "A hundred third parties.").letter
    assert letter is not None
    assert letter.until == date(2021, 2, 9)
    assert "exceptional" in why(decided("extend 24 until 9 Feb 2021", at))


@pytest.mark.parametrize(
    ("cited", "works"),
    [
        ("24(2) 31(1)(a)", "24(2) 31(3)(a)"),
        ("24(2) 31(3)", "24(2) 31(3)(a)"),
        ("23(5) 24", "23(5) 24(2)"),
        ("23(5)", "23(5) 24(2)"),
        ("23", "24"),
    ],
)
def test_n16_whoever_wrote_what_neither_confirms_nor_denies_is_shown_such_a_line(
    cited: str, works: str
) -> None:
    at = situation(officer=JANE)
    for text in ("Strong.", ""):
        outcome = decided(f"extend {cited} until 8 Feb 2021", at, text)
        assert would_work(outcome) == [f"extend {works} until 8 February 2021"]
    assert decided(would_work(outcome)[0], at, "Strong.").letter


@pytest.mark.parametrize("law", ["eir", "eisr"])
def test_t33_under_the_regulations_an_extension_is_for_complexity(law: str) -> None:
    at = under(law)
    letter = decided("extend until 8 Feb 2021", at, "Complex and voluminous.").letter
    assert letter is not None
    assert (letter.kind, letter.provisions, letter.until) == ("extension", "", date(2021, 2, 8))


# The longest extension a law gives this case without an exceptional reason, as the order for it; a holding letter where it gives none.
WOULD_WORK = {
    "foia": "extend 24 until 8 February 2021",
    "eir": "extend until 8 February 2021",
    "eisr": "extend until 8 February 2021",
    "foisa": "holding until 25 January 2021",
}

# law, line, text, the refusal and its words
NO_EXTENSION = [
    ("foia", "extend 24", "x", "no-date", "cannot be read"),
    ("foia", "extend 24 until 31 Feb 2021", "x", "no-date", "cannot be read"),
    ("foia", "extend 24 until 11 Jan 2021", "x", "date", "no later than"),
    ("foia", "extend 24 until 8 Feb 2021", "", "no-reason", "reasons are missing"),
    ("foia", "extend until 8 Feb 2021", "x", "provisions", "no provision"),
    ("foia", "extend 99 until 8 Feb 2021", "x", "provisions", "99"),
    ("foia", "extend 23 until 8 Feb 2021", "x", "absolute", "qualified"),
    ("eir", "extend until 9 Feb 2021", "x", "date", "8 February 2021 at the latest"),
    ("eir", "extend until 8 Feb 2021", "", "no-reason", "reasons are missing"),
    ("eir", "extend 12(5)(a) until 8 Feb 2021", "x", "provisions", "complexity and volume"),
    ("eisr", "extend until 9 Feb 2021", "x", "date", "8 February 2021 at the latest"),
    ("foisa", "extend 31 until 8 Feb 2021", "x", "regime", "no letter “Extension of time”"),
    ("foisa", "extend 31", "x", "regime", "It exists under FOIA, EIR and EI(S)R"),
]


@pytest.mark.parametrize(("law", "line", "text", "refusal", "words"), NO_EXTENSION)
def test_t33_t34_an_extension_the_law_does_not_give(
    law: str, line: str, text: str, refusal: str, words: str
) -> None:
    outcome = decided(line, under(law), text)
    assert outcome.refusal == refusal
    assert words in why(outcome)
    assert would_work(outcome) == [WOULD_WORK[law]]


def test_a_fee_is_noted_as_paid_only_while_it_is_waited_for() -> None:
    waiting = situation(*ASKED_FOR_A_FEE, officer=JANE)
    (paid,) = decided("fee paid 5 Jan 2021", waiting).events
    assert isinstance(paid, cl.FeePaid)
    assert (paid.asked, paid.paid) == (date(2020, 12, 11), date(2021, 1, 5))
    again = decided("fee paid 5 Jan 2021", situation(*ASKED_FOR_A_FEE, paid, officer=JANE))
    assert again.refusal == "state"
    assert "not waiting for a fee" in why(again)


def test_t33_t35_an_extension_moves_by_the_days_of_the_pause() -> None:
    """EIR 2004 reg.8(6): the days before the payment count neither for the 20 days nor for the 40."""
    longer = (*ASKED_FOR_A_FEE[:-1], cl.Extended(date(2020, 12, 10), date(2021, 2, 8), "reg.7"))
    asked = cl.FeeAsked(date(2020, 12, 14), date(2021, 3, 12), "reg.8(5)", 1250)
    outcome = decided("fee paid 15 Dec 2020", under("eir", *longer, asked))
    (paid,) = outcome.events
    assert isinstance(paid, cl.FeePaid)
    assert (paid.due, paid.until) == (date(2021, 1, 13), date(2021, 2, 10))
    assert "10 February 2021" in str(outcome.notices[0].facts)
    after = situation(*longer, asked, paid).case
    assert after.due == date(2021, 2, 10)
    assert [(one.name, one.runs) for one in after.clocks] == [
        ("answer", False),
        ("extension", True),
        ("fee", False),
    ]


@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        ("fee paid", "no-date"),
        ("fee paid 30 Feb 2021", "no-date"),
        ("fee paid 10 Dec 2020", "no-fee"),
        ("fee paid 6 Jan 2021", "no-fee"),
    ],
)
def test_a_payment_needs_a_day_between_the_notice_and_today(line: str, refusal: str) -> None:
    outcome = decided(line, situation(*ASKED_FOR_A_FEE, officer=JANE))
    assert outcome.refusal == refusal
    assert would_work(outcome) == ["fee paid 5 January 2021"]


def test_a_payment_is_of_no_use_where_no_fee_was_asked_for() -> None:
    outcome = decided("fee paid 10 Dec 2020", situation(officer=JANE))
    assert outcome.refusal == "no-fee"
    assert would_work(outcome) == ["fee 12.50", "show"]


def on(day: date, law: str = "eir", *events: e.Event) -> Situation:
    """Jane's seed case on a later day."""
    return replace(under(law, *events), now=datetime.combine(day, time(12), tzinfo=UTC))


@pytest.mark.parametrize("law", ["eir", "eisr"])
def test_t33_after_day_20_there_is_no_extension_under_the_regulations(law: str) -> None:
    """The requester has to be told within the 20 days (EIR 2004 reg.7(3), EI(S)R 2004 reg.7(2))."""
    order = "extend until 8 Feb 2021"
    assert decided(order, on(date(2021, 1, 11), law), "Voluminous.").letter
    late = decided(order, on(date(2021, 1, 12), law), "Voluminous.")
    assert late.refusal == "too-late"
    assert "had to be told of more time by 11 January 2021" in why(late)
    (instead,) = would_work(late)
    assert decided(instead, on(date(2021, 1, 12), law), "We are sorry.").letter


def test_t33_there_is_only_one_extension_under_the_regulations() -> None:
    longer = (*TO_REACH[State.WAITING][:-1], cl.Extended(date(2021, 1, 4), date(2021, 2, 8), "x"))
    again = decided("extend until 9 Feb 2021", under("eir", *longer), "More.")
    assert again.refusal == "too-late"
    assert "until 8 February 2021 at the latest" in why(again)


def test_t33_t35_the_40_days_of_the_regulations_leave_out_a_pause() -> None:
    paid = cl.FeePaid(date(2020, 12, 11), date(2021, 1, 5), date(2021, 1, 29))
    at = under("eir", *ASKED_FOR_A_FEE, paid)
    assert decided("extend until 26 Feb 2021", at, "Voluminous.").letter
    assert decided("extend until 1 Mar 2021", at, "Voluminous.").refusal == "date"


def test_t34_an_extension_lies_after_today_even_where_the_last_day_is_over() -> None:
    at = on(date(2021, 2, 1), "foia")
    outcome = decided("extend 24 until 29 Jan 2021", at, "Strong.")
    assert outcome.refusal == "date"
    assert "29 January 2021 is not after today" in why(outcome)
    assert decided(would_work(outcome)[0], at, "Strong.").letter


def test_t34_the_line_that_would_work_keeps_the_officers_own_provisions_and_day() -> None:
    at = situation(officer=JANE)
    assert would_work(decided("extend 31(1)(a) until 11 Jan 2021", at, "x")) == [
        "extend 31(1)(a) until 8 February 2021"
    ]
    assert would_work(decided("extend 24 until 1 Feb 2021", at)) == [
        "extend 24 until 1 February 2021"
    ]


@pytest.mark.parametrize(
    ("events", "line", "text"),
    [
        ((), "extend 24 until 8 Feb 2121", "Strong."),
        ((), "holding until 1 Jan 9999", "We are sorry."),
        ((), "refuse 22 until 3 Mar 2121", "On our website."),
        (ANSWERED, "clock regulator until 20 Jan 2121", ""),
    ],
)
def test_a_slip_in_the_year_is_no_last_day(
    events: tuple[e.Event, ...], line: str, text: str
) -> None:
    """A last day past the calendar could not be counted with: no reminder would be written again."""
    outcome = decided(line, situation(*events, officer=JANE), text)
    assert outcome.refusal == "date"
    assert "Check the year" in why(outcome)


@pytest.mark.parametrize(
    ("law", "kind", "today", "said"),
    [
        ("eir", "extension", date(2021, 1, 12), "had to be told of more time by 11 January 2021"),
        ("foia", "extension", date(2021, 2, 9), "names 8 February 2021, and that day is past"),
        ("foia", "holding", date(2021, 2, 9), "names 8 February 2021, and that day is past"),
    ],
)
def test_t33_a_letter_whose_day_was_overtaken_is_not_approved(
    law: str, kind: str, today: date, said: str
) -> None:
    letter = replace(drafted(kind=kind), until=date(2021, 2, 8))
    at = replace(on(today, law, letter), officer=TOM, secrets=(secret(1),))
    outcome = decided("approve v1", at)
    assert outcome.refusal == "too-late"
    assert said in why(outcome)
    assert would_work(outcome) == ["reject v1: its day is over"]
    at = replace(on(date(2021, 1, 11), law, letter), officer=TOM, secrets=(secret(1),))
    assert not decided("approve v1", at).refusal


def test_a_receipt_is_not_corrected_to_a_day_before_the_law() -> None:
    outcome = decided("received 3 Dec 2003: a slip", situation(officer=JANE))
    assert outcome.refusal == "date"
    assert "not in force" in why(outcome)


def test_a_receipt_is_not_corrected_once_the_answer_left() -> None:
    outcome = decided("received 3 Dec 2020: stamped", situation(*ANSWERED, officer=JANE))
    assert outcome.refusal == "state"


def test_t35_a_corrected_receipt_and_another_law_keep_the_pause_of_the_fee() -> None:
    paid = cl.FeePaid(date(2020, 12, 11), date(2020, 12, 31), date(2021, 1, 27))
    at = under("foia", *ASKED_FOR_A_FEE, paid)
    (moved,) = decided("regime eir", at).events
    assert isinstance(moved, cl.RegimeChanged)
    assert moved.due == date(2021, 1, 28)
    (corrected,) = decided("received 7 Dec 2020: a slip", at).events
    assert isinstance(corrected, cl.ReceiptCorrected)
    assert corrected.due == date(2021, 1, 27)


CLARIFIED = (
    *TO_REACH[State.WAITING],
    cl.Clarified(date(2021, 1, 4), date(2021, 2, 1), "FOIA 2000 s.10(6)", "c" * 64),
)


def test_t30_after_a_clarification_a_corrected_receipt_moves_no_last_day() -> None:
    at = situation(*CLARIFIED, officer=JANE)
    outcome = decided("received 3 Dec 2020: stamped", at)
    (event,) = outcome.events
    assert isinstance(event, cl.ReceiptCorrected)
    assert (event.received, event.due) == (date(2020, 12, 3), date(2021, 2, 1))
    assert outcome.notices[0].facts["now_due"] == "Monday 1 February 2021"
    after = situation(*CLARIFIED, event).case
    assert (after.received, after.day_zero, after.due) == (
        date(2020, 12, 3),
        date(2021, 1, 4),
        date(2021, 2, 1),
    )


def test_after_an_extension_a_corrected_receipt_moves_the_first_date_alone() -> None:
    longer = (*TO_REACH[State.WAITING][:-1], cl.Extended(date(2021, 1, 4), date(2021, 2, 8), "x"))
    outcome = decided("received 3 Dec 2020: stamped", situation(*longer, officer=JANE))
    (event,) = outcome.events
    after = situation(*longer, event).case
    assert outcome.notices[0].facts["now_due"] == "Monday 8 February 2021"
    assert after.due == date(2021, 2, 8)
    assert after.clocks[0].due == date(2021, 1, 6)


def test_t33_t34_under_another_law_an_extension_no_longer_holds() -> None:
    longer = (*TO_REACH[State.WAITING][:-1], cl.Extended(date(2021, 1, 4), date(2021, 2, 8), "x"))
    outcome = decided("regime eir", under("foia", *longer))
    assert "was 8 February 2021 and is 11 January 2021" in str(outcome.notices[0].facts)
    after = situation(*longer, *outcome.events).case
    assert (after.regime, after.due) == ("eir", date(2021, 1, 11))


def test_a_letter_of_one_law_cannot_be_sent_under_another() -> None:
    outcome = decided("regime eir", under("foia", drafted()))
    assert outcome.revoke == (1,)
    assert "The last day to answer is still 11 January 2021." in str(outcome.notices[0].facts)
    assert "order the letter again" in str(outcome.notices[0].facts)
    after = situation(drafted(), *outcome.events).case
    assert after.state is State.OPEN
    assert after.current is not None
    assert after.current.state == "superseded"
    leaving = decided("regime eir", under("foia", *TO_REACH[State.APPROVED]))
    assert leaving.refusal == "state"
    assert would_work(leaving) == ["stop"]


def test_the_law_of_a_case_is_not_changed_once_the_answer_left() -> None:
    outcome = decided("regime eir", under("foia", *ANSWERED))
    assert outcome.refusal == "state"
    assert "No period to answer runs" in why(outcome)


def test_provisions_that_cannot_stand_together_are_refused_with_what_would_work() -> None:
    outcome = decided("ncnd 24(2) 31(1)(a)", situation(officer=JANE))
    assert outcome.refusal == "provisions"
    assert would_work(outcome)


def test_e11_when_shows_our_own_aims_counted_back_until_the_answer_left() -> None:
    ladder = (Rung(5, "search begun", "officers"), Rung(-2, "signed off", "officers"))

    def aims(*events: e.Event) -> list[str]:
        at = situation(*events, officer=JANE)
        at = replace(at, rules=replace(at.rules, ladder=ladder))
        facts = decided("when", at).notices[0].facts["facts"]
        assert isinstance(facts, list)
        return [one for one in facts if "our own aim" in one]

    assert aims() == [
        "Tuesday 15 December 2020, our own aim: search begun",
        "Thursday 7 January 2021, our own aim: signed off",
    ]
    assert aims(*ANSWERED) == []


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("7 Dec: stamped", date(2020, 12, 7)),
        ("4 January: stamped", date(2021, 1, 4)),
        ("yesterday: stamped", date(2021, 1, 4)),
    ],
)
def test_a_day_of_receipt_needs_no_year(said: str, day: date) -> None:
    (event,) = decided(f"received {said}", situation(officer=JANE)).events
    assert isinstance(event, cl.ReceiptCorrected)
    assert (event.received, event.why) == (day, "stamped")


def test_so_does_a_payment_and_the_beginning_of_a_clock() -> None:
    (paid,) = decided("fee paid 4 Jan", situation(*ASKED_FOR_A_FEE, officer=JANE)).events
    assert isinstance(paid, cl.FeePaid)
    assert paid.paid == date(2021, 1, 4)
    (started,) = decided("clock review from 4 January", situation(*ANSWERED, officer=JANE)).events
    assert isinstance(started, cl.ClockStarted)
    assert started.started == date(2021, 1, 4)


@pytest.mark.parametrize(
    ("line", "events"),
    [
        ("received 04/01/2021: stamped", ()),
        ("fee paid 04/01/2021", ASKED_FOR_A_FEE),
        ("clock review from 04/01/2021", ANSWERED),
        ("clock review until 04/01/2021", ANSWERED),
        ("holding until 04/02/2021", ()),
    ],
)
def test_a_date_in_figures_is_refused_with_how_it_is_written(
    line: str, events: tuple[e.Event, ...]
) -> None:
    outcome = decided(
        line, replace(situation(*events, officer=JANE), now=datetime(2020, 12, 22, tzinfo=UTC))
    )
    assert outcome.refusal == "no-date"
    assert "Write the month as a word, as in 3 Dec 2020." in why(outcome)
