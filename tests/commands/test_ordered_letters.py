"""The orders for letters that answer: which letter each comes to under each law, or everything it lacks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from foibot.case import clock_events as cl
from foibot.case import events as e
from foibot.case import letter_events as le
from foibot.case.case import State
from foibot.case.outcome import LetterWanted
from foibot.commands import VERBS
from tests.case.case_files import TO_REACH, drafted
from tests.samples import JANE, decided, order, situation, under, why, would_work

COST = "- 19 hours at £25: £475\nadvice:\nAsk for one year."
COST_SLOTS = (("advice", "Ask for one year."), ("estimate", "- 19 hours at £25: £475"))
ON_THE_LINE = [
    ("clarify: Which years", "?", "", ("question", "Which years?")),
    ("clarify", "?", "Which years", ("question", "Which years")),
    ("not held: We looked", ".", "On Monday.", ("searched", "We looked.\n\nOn Monday.")),
    ("transfer to Exampleton Council", ".", "Town Hall", ("to", "Exampleton Council\nTown Hall")),
]


@pytest.mark.parametrize(("line", "end", "text", "slot"), ON_THE_LINE)
def test_words_on_the_line_keep_the_marks_that_ended_them(
    line: str, end: str, text: str, slot: tuple[str, str]
) -> None:
    """The requester reads them; the order itself is read without them."""
    ordered = replace(order(line, text), end=end)
    letter = VERBS[ordered.verb].decide(ordered, situation(officer=JANE)).letter
    assert letter is not None
    assert letter.slots == (slot,)


def extended(*provisions: str) -> tuple[e.Event, ...]:
    """A notice of an extension to weigh these provisions has left."""
    return (
        drafted(kind="extension", provisions=provisions),
        *TO_REACH[State.WAITING][1:-1],
        cl.Extended(date(2020, 12, 20), date(2021, 2, 8), "s.10(3)"),
    )


LETTERS = [
    ("foia", "disclose", "212.", "disclosure", "", (("answer", "212."),)),
    ("foia", "disclose: 212.", "", "disclosure", "", (("answer", "212."),)),
    ("foia", "disclose all", "Dear Sam,\n\n212.", "disclosure", "", (("answer", "212."),)),
    ("foisa", "disclose", "212.\nformat: As a table.", "disclosure", "", (("answer", "212."), ("format", "As a table."))),
    ("foia", "not held", "We looked.\n\nJane Orange\nOfficer", "not-held", "", (("searched", "We looked."),)),
    ("eir", "not held", "We looked.\nadvice:\nAsk Y.", "not-held", "", (("advice", "Ask Y."), ("searched", "We looked."))),
    ("foia", "transfer to Exampleton Council", "Town Hall\nreasons: Roads.", "transfer", "", (("reasons", "Roads."), ("to", "Exampleton Council\nTown Hall"))),
    ("foia", "part 40(2) 31(1)(a)", "212.\nwithheld:\nNames.", "part", "40(2) with 40(3A) 31(1)(a)", (("answer", "212."), ("withheld", "Names."))),
    ("eisr", "part 10(5)(b)", "212.\nwithheld: Names.\njustice: A trial.", "part", "10(5)(b)", (("answer", "212."), ("justice", "A trial."), ("withheld", "Names."))),
    ("foia", "refuse 31(1)(a)", "", "refusal", "31(1)(a)", ()),
    ("foia", "refuse 42", "Advice of counsel.", "refusal", "42(1)", (("reasons", "Advice of counsel."),)),
    ("foia", "refuse 21 40(2)", "place: Our site.", "refusal", "21(1) 40(2) with 40(3A)", (("place", "Our site."),)),
    ("foia", "refuse s.12", COST, "cost", "", COST_SLOTS),
    ("foia", "refuse 12(1)", COST, "cost", "", COST_SLOTS),
    ("foisa", "refuse 12", COST, "cost", "", COST_SLOTS),
    ("foia", "refuse 12(2)", COST, "cost-to-confirm", "", COST_SLOTS),
    ("foia", "refuse 14(1)", "The fourteenth request.", "vexatious", "", (("reasons", "The fourteenth request."),)),
    ("foisa", "refuse 14(1)", "The fourteenth request.", "vexatious", "", (("reasons", "The fourteenth request."),)),
    ("foia", "refuse 14(2)", "003120/20.", "repeated", "", (("earlier", "003120/20."),)),
    ("foia", "refuse 21", "On our website.", "otherwise-accessible", "21(1)", (("where", "On our website."),)),
    ("foisa", "refuse 25", "On our website.", "otherwise-accessible", "25(1)", (("where", "On our website."),)),
    ("eir", "refuse 6(1)(b)", "On our website.", "otherwise-accessible", "", (("where", "On our website."),)),
    ("eisr", "refuse reg 6", "On our website.", "otherwise-accessible", "", (("where", "On our website."),)),
    ("foia", "refuse 22", "In spring.", "future-publication", "22(1)", (("publication", "In spring."),)),
    ("eir", "refuse 12(4)(b)", "burden: Nine weeks.", "refusal", "12(4)(b)", (("burden", "Nine weeks."),)),
    ("foisa", "refuse 35(1)(a)", "", "refusal", "35(1)(a)", ()),
    ("foia", "ncnd 23(5)", "Exampleshire Police", "ncnd", "23(5)", ()),
    ("foia", "ncnd 24(2)", "harm:\nEither answer.", "ncnd", "24(2)", (("harm", "Either answer."),)),
    ("foia", "ncnd part 23(5) 24(2)", "answer: 212.\nconcerns: Question 2.", "ncnd-part", "23(5) 24(2)", (("answer", "212."), ("concerns", "Question 2."))),
]  # fmt: skip


@pytest.mark.parametrize(("law", "line", "text", "kind", "provisions", "slots"), LETTERS)
def test_an_order_is_the_letter_of_the_law_of_its_case(
    law: str,
    line: str,
    text: str,
    kind: str,
    provisions: str,
    slots: tuple[tuple[str, str], ...],
) -> None:
    assert decided(line, under(law), text).letter == LetterWanted(
        kind, provisions, slots, said=line
    )


@pytest.mark.parametrize(
    ("law", "line", "kind", "until"),
    [
        ("foia", "holding until 1 Feb 2021", "holding", date(2021, 2, 1)),
        ("foisa", "Holding UNTIL Monday 1 February 2021", "holding", date(2021, 2, 1)),
        ("foia", "refuse 22 until 1 Feb 2021", "future-publication", date(2021, 2, 1)),
        ("foia", "refuse 22 Until 1 Feb 2021", "future-publication", date(2021, 2, 1)),
        ("foisa", "refuse 27(1) until 2 Mar 2021", "future-publication", date(2021, 3, 2)),
    ],
)
def test_an_order_names_a_day(law: str, line: str, kind: str, until: date) -> None:
    letter = decided(line, under(law), "In spring.").letter
    assert letter is not None
    assert (letter.kind, letter.until) == (kind, until)
    (slot,) = letter.slots
    assert slot[1] == "In spring."


def test_l25_a_second_notice_follows_an_extension() -> None:
    at = situation(*extended("31(1)(a)"), officer=JANE)
    letter = decided("second notice 31(1)(a)", at).letter
    assert letter is not None
    assert (letter.kind, letter.provisions) == ("second-notice", "31(1)(a)")


@pytest.mark.parametrize(
    ("line", "works"),
    [
        ("second notice 24(2) 31(3)(a)", "ncnd 24(2) 31(3)(a)"),
        ("second notice 24(2) 31(1)(a)", "ncnd 24(2) 31(3)(a)"),
        ("second notice 31(3)(a) 24", "ncnd 31(3)(a) 24(2)"),
        ("second notice 31(3)", "ncnd 31(3)(a)"),
        ("second notice 24", "ncnd 23(5) 24(2)"),
        ("second notice 24(1) 31(1)(a)", "ncnd 23(5) 24(2)"),
        ("second notice", "ncnd 23(5) 24(2)"),
    ],
)
def test_n16_after_an_extension_that_neither_confirmed_nor_denied_the_answer_does_not_either(
    line: str, works: str
) -> None:
    at = situation(*extended("23(5)", "24(2)"), officer=JANE)
    outcome = decided(line, at)
    assert outcome.refusal == "provisions"
    assert "A second notice says that the information is held" in why(outcome)
    assert would_work(outcome) == [works]
    assert decided(works, at).letter


REFUSED = [
    ("foia", "disclose", "212.\nharm:\nNone.", "slots", "no slot “harm”. Its slots are “answer:” and “format:”", ["disclose"]),
    ("foia", "disclose", "212.\nFormats:\nA table.", "slots", "no slot “formats”", ["disclose"]),
    ("foia", "transfer", "", "no-name", "name of the other authority", ["transfer to Exampleton Council"]),
    ("foia", "transfer Exampleton", "x", "no-name", "after “to”", ["transfer to Exampleton Council"]),
    ("foia", "transfer to Exampleton", "", "no-text", "its address", ["transfer to Exampleton Council"]),
    ("foia", "part", "x", "provisions", "names no provision", ["part 31(1)(a)"]),
    ("foia", "part 31(3)(a)", "x", "provisions", "neither confirming nor denying", ["part 31(1)(a)"]),
    ("foia", "part 30(1)(a) 31(1)(a)", "x", "provisions", "exclude each other", ["part 30(1)(a)", "questions", "answer"]),
    ("foia", "extend 30(1)(a) 31(1)(a) until 8 Feb 2021", "We weigh it.", "provisions", "exclude each other", ["extend 30(1)(a) until 8 February 2021"]),
    ("foia", "refuse", "", "provisions", "names no provision", ["refuse 31(1)(a)"]),
    ("foia", "refuse 12 31(1)(a)", "", "provisions", "Section 12 refuses the whole request", ["refuse 12"]),
    ("foia", "refuse 14", "", "provisions", "say which", ["refuse 14(1)", "refuse 14(2)"]),
    ("foia", "refuse 12 until 1 Feb 2021", COST, "date", "names a day", ["refuse 12"]),
    ("foia", "refuse 31(1)(a) until 1 Feb 2021", "", "date", "names a day", ["refuse 31(1)(a)"]),
    ("foia", "refuse 22 until soon", "x", "no-date", "cannot be read", ["refuse 22 until 8 February 2021"]),
    ("foia", "refuse 22 until 5 Jan 2021", "x", "date", "not after today", ["refuse 22 until 8 February 2021"]),
    ("foisa", "refuse 27(1)", "x", "no-date", "missing", ["refuse 27(1) until 2 March 2021"]),
    ("foisa", "refuse 27(1) until 3 Mar 2021", "x", "date", "12 weeks", ["refuse 27(1) until 2 March 2021"]),
    ("foisa", "refuse 12(2)", COST, "provisions", "one letter for cost", ["refuse 12"]),
    ("foisa", "refuse 21", "x", "provisions", "section 25", ["refuse 25"]),
    ("foisa", "refuse 22", "x", "provisions", "section 27(1)", ["refuse 27(1)"]),
    ("foisa", "refuse 27", "x", "provisions", "say which", ["refuse 27(1)", "refuse 27(2)"]),
    ("eir", "refuse 12", COST, "provisions", "no cost limit", ["refuse 12(4)(b)"]),
    ("eisr", "refuse 14(1)", "x", "provisions", "no rule on vexatious", ["refuse 10(4)(b)"]),
    ("eir", "refuse 12(4)(a)", "x", "provisions", "letter of its own", ["not held"]),
    ("eir", "refuse 21", "x", "provisions", "6(1)(b)", ["refuse 6(1)(b)"]),
    ("eisr", "refuse 22", "x", "provisions", "published later", ["refuse 10(4)(d)"]),
    ("foia", "ncnd part 23(5)", "Question 2.", "slots", "belong to no slot", ["ncnd part 23(5)"]),
    ("foia", "ncnd part 24(1)", "x", "provisions", "24(2)", ["ncnd part 24(2)"]),
    ("eir", "ncnd part 12(6)", "x", "regime", "exists under FOIA", ["ncnd 12(6)"]),
    ("foia", "refuse reg 12(5)(b)", "", "regime", "A regulation belongs to the Environmental Information Regulations 2004", ["regime eir"]),
    ("foia", "part Regulation 13(1)", "x", "regime", "under the Freedom of Information Act 2000, which has sections", ["regime eir"]),
    ("foisa", "ncnd regs. 12", "", "regime", "Environmental Information (Scotland) Regulations 2004", ["help"]),
    ("foia", "holding", "x", "no-date", "missing", ["holding until 25 January 2021"]),
    ("foia", "holding 1 Feb 2021", "x", "no-date", "missing", ["holding until 25 January 2021"]),
    ("foia", "holding until 11 Jan 2021", "x", "date", "not after the last day", ["holding until 25 January 2021"]),
    ("foia", "second notice 31(1)(a)", "", "no-extension", "first notice", ["refuse 31(1)(a)"]),
    ("foia", "second notice 31(3)(a)", "", "provisions", "neither", ["ncnd 31(3)(a)"]),
    ("foia", "second notice 30(1)(a) 31(1)(a)", "", "provisions", "exclude each other", ["second notice 30(1)(a)"]),
    ("eir", "second notice 12(5)(b)", "", "regime", "exists under FOIA", ["refuse 12(5)(b)"]),
]  # fmt: skip


@pytest.mark.parametrize(("law", "line", "text", "check", "words", "works"), REFUSED)
def test_an_order_that_lacks_something_says_what_and_names_the_line_that_works(
    law: str, line: str, text: str, check: str, words: str, works: list[str]
) -> None:
    outcome = decided(line, under(law), text)
    assert outcome.refusal == check
    assert words in why(outcome)
    assert would_work(outcome) == works


OPEN = [
    ("foia", "disclose", "", "disclosure", ()),
    ("foia", "disclose", "Jane Orange\nOfficer", "disclosure", ()),
    ("foia", "not held", "", "not-held", ()),
    ("eir", "not held", "advice:\nAsk Y.", "not-held", (("advice", "Ask Y."),)),
    ("foia", "part 40(2) 31(1)(a)", "", "part", ()),
    ("foia", "part 40(2)", "212.", "part", (("answer", "212."),)),
    ("foia", "refuse 12", "", "cost", ()),
    ("foisa", "refuse 12", "advice: Ask for one year.", "cost", (("advice", "Ask for one year."),)),
    ("foia", "refuse 12(2)", "", "cost-to-confirm", ()),
    ("foia", "refuse 14(1)", "", "vexatious", ()),
    ("foia", "refuse 14(2)", "", "repeated", ()),
    ("foia", "refuse 21", "", "otherwise-accessible", ()),
    ("foia", "refuse 22", "", "future-publication", ()),
    ("foia", "refuse 43(2)", "", "refusal", ()),
    ("eir", "refuse 12(5)(e)", "harm: They would lose.", "refusal", (("harm", "They would lose."),)),
    ("foia", "ncnd part 23(5)", "concerns: Question 2.", "ncnd-part", (("concerns", "Question 2."),)),
    ("eir", "ncnd 12(6)", "", "ncnd", ()),
]  # fmt: skip


@pytest.mark.parametrize(("law", "line", "text", "kind", "slots"), OPEN)
def test_words_that_only_an_officer_can_know_may_come_later(
    law: str, line: str, text: str, kind: str, slots: tuple[tuple[str, str], ...]
) -> None:
    letter = decided(line, under(law), text).letter
    assert letter is not None
    assert (letter.kind, letter.slots) == (kind, slots)


@pytest.mark.parametrize(
    ("line", "needed"),
    [
        ("clarify", "“question”"),
        ("fee 12.50", "“calculation”"),
    ],
)
def test_an_order_that_is_written_with_text_is_refused_without_it(line: str, needed: str) -> None:
    outcome = decided(line, under("foia"))
    assert outcome.refusal == "slots"
    assert f"The letter needs the text for {needed}" in why(outcome)


def test_everything_that_is_missing_is_said_at_once() -> None:
    outcome = decided("ncnd part 23(5)", under("foia"), "Some words.\nanswers:\n212.")
    said = why(outcome)
    for words in ("no slot “answers”", "“answer”", "“concerns”", "belong to no slot"):
        assert words in said
    assert outcome.notices[0].lines[0][1] == (
        "with a line “answer:” and its text under that, then a line “concerns:” and its text under that"
    )


LINES = ["disclose", "part 40(2)", "refuse 31(1)(a)", "refuse 12", "refuse 22", "ncnd 23(5)",
         "ncnd part 23(5)", "not held", "transfer to X", "holding until 1 Feb 2021", "second notice 31(1)(a)"]  # fmt: skip


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.APPROVED, "about to leave. Stop it first"),
        (State.DELIVERY_UNCERTAIN, "The administrator has to settle that first"),
        (State.WAITING, "waits for the requester"),
        (State.ANSWERED, "has been answered"),
        (State.REOPENED, "What runs now is a review"),
        (State.WITHDRAWN, "is closed: withdrawn"),
    ],
)
def test_no_letter_is_drafted_in_a_state_that_does_not_allow_it(
    line: str, state: State, words: str
) -> None:
    outcome = decided(line, situation(*TO_REACH[state], officer=JANE), "Some words.")
    assert outcome.refusal == "state"
    assert words in why(outcome)


def test_the_officers_words_are_kept_when_the_same_letter_is_ordered_again() -> None:
    again = decided("ncnd 24(2)", situation(drafted(), officer=JANE)).letter
    assert again is not None
    assert again.slots == (("harm", "It would help offenders."),)
    # Section 23(5) alone is not weighed, so that there is no place for harm in it.
    absolute = decided("ncnd 23(5)", situation(drafted(), officer=JANE)).letter
    assert absolute is not None
    assert absolute.slots == ()
    other = decided("refuse 31(1)(a)", situation(drafted(), officer=JANE)).letter
    assert other is not None
    assert other.slots == ()


def test_the_words_of_a_letter_that_left_do_not_come_back() -> None:
    sent = (
        drafted(),
        le.Approved(1, f"{1:064x}", TO_REACH[State.APPROVED][1].send_after),  # type: ignore[attr-defined]
        le.InterimSent(1, "<l1@x.example>", "250 ok"),
    )
    again = decided("ncnd 24(2)", situation(*sent, officer=JANE)).letter
    assert again is not None
    assert again.slots == ()


def test_when_the_twelve_weeks_are_over_nothing_is_refused_for_being_published() -> None:
    late = cl.ReceiptCorrected(
        date(2020, 12, 8), date(2021, 1, 11), date(2020, 10, 1), date(2020, 10, 29), "x"
    )
    outcome = decided("refuse 27(1) until 1 Feb 2021", under("foisa", late), "x")
    assert "ended on 24 December 2020" in why(outcome)
    assert would_work(outcome) == ["refuse 35(1)(a)"]
