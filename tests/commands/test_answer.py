"""`answer` and `part N`: one outcome for each question, however the lines are written; never two, never a letter with a gap."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foibot import law
from foibot.case import events as e
from foibot.case.outcome import LetterWanted, Outcome
from foibot.case.parts import IN_PARTS, PartDecided, PartOutcome
from foibot.case.questions import Question
from foibot.commands.answer import begins_with_outcome
from foibot.commands.command import Situation
from foibot.commands.likely import by_number
from foibot.commands.outcomes import blocks_in, outcome_in
from foibot.mail.brought import BroughtFile
from tests.case.case_files import case_of, drafted
from tests.samples import JANE, decided, situation, why, would_work

ASKED = (
    Question("1", "How many?"),
    Question("2", "Who?"),
    Question("3(a)", "Where?"),
    Question("3(b)", "When?"),
)
NUMBERED = e.QuestionsNumbered(4, ASKED)
TABLE = BroughtFile("table.csv", "text/csv", b"a,b\n", "")
ALL = """1 disclose
There were 12.
2 refuse 40(2)
3 not held
We looked in the register."""


def at(*events: e.Event, regime: str = "foia") -> Situation:
    asked = situation(case=case_of(NUMBERED, *events), officer=JANE)
    return replace(asked, regime=law.regime(regime))


def letter_of(outcome: Outcome) -> LetterWanted:
    assert outcome.letter is not None, outcome.notices[0].facts
    return outcome.letter


def parts_of(outcome: Outcome) -> list[str]:
    return [one.line for one in letter_of(outcome).parts]


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("1 disclose", ("1", PartOutcome.DISCLOSE, "")),
        ("part 2 refuse 40(2)", ("2", PartOutcome.REFUSE, "40(2)")),
        ("Question 3(a): NCND 31(3)(a)", ("3(a)", PartOutcome.NCND, "31(3)(a)")),
        ("1, 2 and 4 not held: no", ("1, 2 and 4", PartOutcome.NOT_HELD, "no")),
        ("3 part 40(2): names", ("3", PartOutcome.SOME, "40(2): names")),
        ("rest: withhold 21", ("rest", PartOutcome.REFUSE, "21")),
        ("all give yes", ("all", PartOutcome.DISCLOSE, "yes")),
        ("1. There were 12", None),
        ("40(2) 31(1)(a)", None),
        ("1 disclosed", None),
        ("all of it", None),
    ],
)
def test_an_outcome_is_read_from_a_line(
    line: str, read: tuple[str, PartOutcome, str] | None
) -> None:
    found = outcome_in(line)
    assert (found and (found.numbers, found.outcome, found.rest)) == read
    assert begins_with_outcome(line) == (read is not None)


def test_lines_belong_to_the_outcome_above_them() -> None:
    read = blocks_in(["", "1 disclose", "Yes.", "1. No.", "", "Answer.", "2 not held"])
    assert [one.under for one in read.blocks] == [("Yes.", "1. No.", ""), ()]
    assert read.unplaced == ""
    assert blocks_in(["x", "y", "1 disclose"]).unplaced == "x"


def test_one_order_answers_every_question() -> None:
    outcome = decided("answer", at(), ALL)
    wanted = letter_of(outcome)
    assert wanted.kind == IN_PARTS
    assert parts_of(outcome) == [
        "1 disclose",
        "2 refuse 40(2) with 40(3A)",
        "3(a) not held",
        "3(b) not held",
    ]
    assert dict(wanted.slots) == {
        "question 1": "There were 12.",
        "question 3(a)": "We looked in the register.",
        "question 3(b)": "We looked in the register.",
    }
    (event,) = outcome.events
    assert isinstance(event, e.PartsDecided)
    assert event.count == 4
    assert event.parts[0] == PartDecided("1", PartOutcome.DISCLOSE, (), "There were 12.")
    assert all(one.words == "" for one in wanted.parts)


def test_part_with_a_number_is_the_same_order_and_without_one_the_old_one() -> None:
    outcome = decided("part 1 disclose: There were 12", at(), "rest not held\nWe looked.")
    assert parts_of(outcome) == ["1 disclose", "2 not held", "3(a) not held", "3(b) not held"]
    other = decided("part 40(2)", at(), "There were 12.\nwithheld:\nThe names.")
    assert letter_of(other).kind == "part"


def test_the_outcomes_of_several_orders_come_together() -> None:
    first = decided("part 1 disclose", at(), "There were 12.")
    assert first.letter is None
    assert first.notices[0].facts["paragraphs"][0] == (  # type: ignore[index]
        "1 of 4 questions have an outcome. Questions 2, 3(a) and 3(b) have none yet."
    )
    assert would_work(first) == [
        "part 2 disclose", "part 2 part 31(1)(a)", "part 2 refuse 31(1)(a)",
        "part 2 ncnd 23(5) 24(2) 31(3)(a)", "part 2 not held",
    ]  # fmt: skip
    second = decided("part 2 ncnd 31(3)(a)", at(*first.events), "3(b) refuse 40(2)")
    assert "Question 3(a) has none yet" in str(second.notices[0].facts["paragraphs"])
    assert decided("answer", at(*second.events)).events == ()
    third = decided(
        "part 3(a) disclose", at(*second.events), "Here.\nncnd harm:\nEither would tell."
    )
    wanted = letter_of(third)
    assert dict(wanted.slots) == {
        "question 1": "There were 12.", "question 3(a)": "Here.", "ncnd harm": "Either would tell.",
    }  # fmt: skip
    assert wanted.provisions == "31(3)(a) 40(2) with 40(3A)"


def _after(outcome: Outcome, files: tuple[str, ...] = ()) -> tuple[e.Event, ...]:
    wanted = letter_of(outcome)
    letter = replace(drafted(kind=IN_PARTS), slots=wanted.slots, parts=wanted.parts, remarks=())
    return (*outcome.events, letter)


def test_a_later_order_changes_one_outcome_and_keeps_the_words_of_the_others() -> None:
    events = _after(decided("answer", at(), ALL + "\nncnd harm:"))
    again = decided("part 2 disclose", at(*events), "Sam.")
    assert parts_of(again)[1] == "2 disclose"
    assert dict(letter_of(again).slots)["question 1"] == "There were 12."
    # The same outcome once more keeps its words; another one does not take them over.
    assert (
        dict(letter_of(decided("part 1 disclose", at(*events))).slots)["question 1"]
        == "There were 12."
    )
    assert "needs the text for “question 1”" in why(decided("part 1 not held", at(*events)))
    assert would_work(decided("part 1 not held", at(*events)))[0] == "part 1 not held"
    # Nothing changed: the letter is drafted again, and nothing is noted.
    assert decided("answer", at(*events)).events == ()
    strange = decided("answer", at(*events), "hello")
    assert would_work(strange) == ["answer", "show"]


def test_files_go_with_the_order_that_completes_the_answer() -> None:
    with_files = replace(at(), files=(TABLE,))
    told = why(decided("part 1 disclose", with_files))
    assert "There is no letter yet that table.csv could go with" in told
    wanted = letter_of(decided("answer", with_files, "all disclose"))
    assert [one.name for one in wanted.files] == ["table.csv"]
    none = why(decided("answer", with_files, "all refuse 40(2)"))
    assert "no file may go with the letter" in none


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("7 disclose\nx", "There is no question 7. The questions are 1, 2, 3(a) and 3(b)."),
        ("1 disclose\nx\n1 not held\ny", "Question 1 has more than one outcome; it can have one."),
        ("2 refuse 31(3)", "Question 2: 31(3)"),
        ("2 ncnd 31(1)(a)", "Question 2: 31(1)"),
        ("2 refuse", "Question 2: "),
        ("2 refuse 12", "refuses a whole request, in a letter of its own: “refuse 12”"),
        ("2 refuse 14", "Question 2: "),
        ("2 refuse 30(1) 31(1)(a)", "Question 2: "),
        ("2 ncnd 31(3)(a)\nWe looked.", "“We looked.” belongs to no slot"),
        ("2 refuse 31(1)(a)\nhramm:\nx", "needs"),
        ("2 not held", "needs the text for “question 2”"),
        ("hello\n1 disclose", "“hello” stands before any outcome"),
        ("2 refuse 31(1)(a)\nharm:\nx", "The words for harm belong to the letter"),
        ("all ncnd 31(3)(a)", "One letter for the whole request tells least: “ncnd 31(3)(a)”"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_noted(text: str, said: str) -> None:
    outcome = decided("answer", at(), text)
    if said == "needs":
        assert outcome.refusal == ""
        return
    assert said in why(outcome)
    assert would_work(outcome)


def test_all_numbers_wrong_leave_a_line_for_the_first_question() -> None:
    outcome = decided("answer", at(), "all disclose\nx\n1 disclose\ny")
    assert would_work(outcome)[0] == "part 1 disclose"


def test_a_misspelt_slot_is_named() -> None:
    text = "1 disclose\nx\n2 refuse 31(1)(a)\nx\nharms:\ny"
    assert "There is no slot “harms”." in why(decided("answer", at(), text))


def test_without_numbered_questions_other_orders_would_do() -> None:
    bare = situation(officer=JANE)
    outcome = decided("answer", bare)
    assert "no numbered questions" in why(outcome)
    assert would_work(outcome)[:2] == ["questions", "disclose"]


def test_a_closed_case_is_answered_no_more() -> None:
    closed = situation(case=case_of(NUMBERED, e.Withdrawn()), officer=JANE)
    assert decided("answer", closed, "all disclose\nx").refusal == "state"


def _numbered(text: str) -> str:
    return text.replace("\n3 ", "\n3(a) ").replace("\n4 ", "\n3(b) ")


def why_not(outcome: Outcome) -> list[str]:
    """The ways on that a refusal names; none if the order was carried out."""
    return [does for _, does in outcome.notices[0].lines] if outcome.refusal else []


@pytest.mark.parametrize("key", ["foia", "eir", "foisa", "eisr"])
def test_the_order_is_offered_with_lines_that_work_under_each_law(key: str) -> None:
    verb, does = by_number(law.regime(key))
    lines = re.findall("“([^”]+)”", does)
    assert len(lines) == 4
    text = "\n".join(f"{line}\nWords." if "ncnd" not in line else line for line in lines)
    asked = sorted(
        re.findall("“([a-z]+):”", " ".join(why_not(decided(verb, at(regime=key), _numbered(text)))))
    )
    text = text.replace("\n3 ", "\n" + "".join(f"{one}:\nA trial.\n" for one in asked) + "3 ", 1)
    told = decided(verb, at(regime=key), _numbered(text))
    assert len(letter_of(told).parts) == 4


ORDERS = {
    "foia": ("disclose", "part 40(2)", "refuse 31(1)(a)", "ncnd 31(3)(a)", "not held"),
    "eir": ("disclose", "part 13(1)", "refuse 12(5)(g)", "ncnd 13(5A)", "not held"),
    "foisa": ("disclose", "part 38(1)(b)", "refuse 35(1)(a)", "ncnd 39(1)", "not held"),
    "eisr": ("disclose", "part 11(2)", "refuse 10(5)(g)", "ncnd 11(6)", "not held"),
}


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(sorted(ORDERS)),
    st.lists(st.integers(0, 4), min_size=4, max_size=4),
    st.randoms(),
)
def test_any_assignment_leaves_exactly_one_outcome_for_each_question(
    regime: str, chosen: list[int], shuffle: object
) -> None:
    lines = [
        f"{one.number} {ORDERS[regime][pick]}" + ("" if pick == 3 else "\nWords.")
        for one, pick in zip(ASKED, chosen, strict=True)
    ]
    shuffle.shuffle(lines)  # type: ignore[attr-defined]
    outcome = decided("answer", at(regime=regime), "\n".join(lines))
    if set(chosen) == {3}:
        assert "tells least" in why(outcome)
        return
    assert [one.number for one in letter_of(outcome).parts] == [one.number for one in ASKED]
    assert [list(PartOutcome).index(one.outcome) for one in letter_of(outcome).parts] == chosen


def test_the_lines_after_a_wrong_outcome_are_for_its_question() -> None:
    assert would_work(decided("part 2 refuse 99", at()))[0] == "part 2 disclose"
    both = decided("part 3(a) refuse 30(1)(a) 31(1)(a)", at())
    assert "exclude each other" in why(both)
    assert would_work(both)[0] == "part 3(a) disclose"


def test_x05_what_excludes_each_other_can_stand_in_one_letter_by_question() -> None:
    outcome = decided("refuse 30(1)(a) 31(1)(a)", at())
    assert would_work(outcome) == ["refuse 30(1)(a)", "answer"]
    assert "“1 refuse 30(1)(a)”, “2 refuse 31(1)(a)”" in outcome.notices[0].lines[-1][1]
    lines = "1 refuse 30(1)(a)\n2 refuse 31(1)(a)\nrest not held: We looked."
    assert letter_of(decided("answer", at(), lines)).kind == IN_PARTS
