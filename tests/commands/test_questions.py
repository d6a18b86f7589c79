"""`questions`: an officer sees how a request was told apart, and puts it right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.case.events import QuestionsNumbered, Withdrawn
from foibot.case.outcome import Outcome
from foibot.case.questions import MOST_QUESTIONS, Question
from foibot.commands.numbered import Key, begins, key_of, keys_in, questions_in, shown, twice
from tests.case.case_files import case_of
from tests.samples import CLERK, decided, situation

ASKED = (Question("1", "Do you own any?"), Question("2", "Since when?"))
NUMBERED = QuestionsNumbered(2, ASKED)
KNOWN: tuple[Key, ...] = (("1",), ("2",), ("3", "a"), ("3", "b"), ("4",))


def ordered(text: str, *events: object) -> Outcome:
    at = situation(case=case_of(*events), officer=CLERK)  # type: ignore[arg-type]
    return decided("questions", at, text)


def words(outcome: Outcome) -> str:
    (notice,) = outcome.notices
    facts = notice.facts
    return " ".join(str(one) for name in ("title", "paragraphs", "why", "facts")
                    for one in [facts.get(name, "")])  # fmt: skip


@pytest.mark.parametrize(
    ("line", "numbers", "rest"),
    [
        ("1 x", "1", "x"), ("1. x", "1", "x"), ("(1) x", "1", "x"), ("[2] x", "2", "x"),
        ("Q1 x", "1", "x"), ("Question 2: x", "2", "x"), ("1(a) x", "1(a)", "x"), ("1a) x", "1a", "x"),
        ("2.1 x", "2.1", "x"), ("a) x", "a)", "x"), ("(ii) x", "(ii)", "x"), ("- 3. x", "3", "x"),
        ("1, 2 and 3: x", "1, 2 and 3", "x"), ("2-4 x", "2-4", "x"), ("Questions 1 and 2 x", "1 and 2", "x"),
        ("1 - x", "1", "x"), ("1 and others", "1", "and others"),
    ],
)  # fmt: skip
def test_a_line_begins_with_numbers(line: str, numbers: str, rest: str) -> None:
    begun = begins(line)
    assert begun is not None
    assert (begun.numbers, begun.rest) == (numbers, rest)


@pytest.mark.parametrize(
    "line", ["", "x", "a x", "quite so", "23(5) x", "100 x", "2019 x", "1st x"]
)
def test_a_line_that_begins_with_none(line: str) -> None:
    assert begins(line) is None


@pytest.mark.parametrize(
    ("number", "key"),
    [
        ("1", ("1",)), ("01", ("1",)), ("Q1", ("1",)), ("question 1.", ("1",)), ("1(a)", ("1", "a")),
        ("1A", ("1", "a")), ("1.2", ("1", "2")), ("(a)", ("a",)), ("q)", ("q",)), ("Question a", ("a",)),
        ("a(1)", ("a", "1")), ("...", ()),
    ],
)  # fmt: skip
def test_a_number_is_the_same_however_it_is_written(number: str, key: Key) -> None:
    assert key_of(number) == key


@pytest.mark.parametrize(
    ("numbers", "keys"),
    [
        ("1", [("1",)]), ("1, 2 and 4", [("1",), ("2",), ("4",)]), ("3", [("3", "a"), ("3", "b")]),
        ("3(b)", [("3", "b")]), ("2-4", list(KNOWN[1:])), ("1 to 2", list(KNOWN[:2])), ("9", [("9",)]),
        ("1-9", [("1",), ("9",)]), ("Q1 & Q2", list(KNOWN[:2])), ("4-2", [("4",)]),
    ],
)  # fmt: skip
def test_numbers_stand_for_questions(numbers: str, keys: list[Key]) -> None:
    assert list(keys_in(numbers, KNOWN)) == keys


@given(st.lists(st.sampled_from(KNOWN), max_size=8))
def test_what_is_named_twice_is_named_once(keys: list[Key]) -> None:
    again = twice(keys)
    assert len(again) == len(set(again))
    assert set(again) == {one for one in keys if keys.count(one) > 1}


@given(st.text(max_size=80))
def test_a_number_written_out_is_read_back(text: str) -> None:
    found = questions_in(text)
    if not isinstance(found, str):
        assert all(shown(key_of(one.number)) == one.number for one in found)


def test_without_lines_they_are_shown() -> None:
    assert "counts as one question" in words(ordered(""))
    seen = ordered("", NUMBERED)
    assert "1: Do you own any?" in words(seen)
    assert "2: Since when?" in words(seen)
    assert not seen.events


def test_lines_put_them_right() -> None:
    outcome = ordered("1. Do you own any?\n2. Since when\n   is that so?\nCleo")
    asked = (Question("1", "Do you own any?"), Question("2", "Since when\n   is that so?"))
    assert outcome.events == (QuestionsNumbered(2, asked),)

    outcome = ordered("1 Do you own any?\n2(a) Since when\n2(b) Why?\nCleo")
    (event,) = outcome.events
    assert isinstance(event, QuestionsNumbered)
    assert [one.number for one in event.questions] == ["1", "2(a)", "2(b)"]
    assert "The words of 2(a) and 2(b) do not stand in the request" in words(outcome)


def test_words_of_the_request_raise_no_question() -> None:
    assert "do not stand" not in words(ordered("1 do YOU own\nany?\n2 own any?"))


def test_a_line_that_mail_broke_begins_no_question() -> None:
    (event,) = ordered("1 Own any before\n31 December?\n2 Own\n5 of them?").events
    assert isinstance(event, QuestionsNumbered)
    assert [one.text for one in event.questions] == [
        "Own any before\n31 December?",
        "Own\n5 of them?",
    ]


@pytest.mark.parametrize("text", ["none", "None.", "none\nCleo Clerk"])
def test_a_request_can_have_none(text: str) -> None:
    outcome = ordered(text, NUMBERED)
    assert outcome.events == (QuestionsNumbered(0, ()),)
    assert "one outcome answers it" in words(outcome)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Please change them:\n1 x", "“Please change them:” does not begin with the number"),
        ("1. x\n2. y\n2. z", "More than one line begins with 2."),
        ("1. x\n1(a). y", "1 is a question of its own and is split into parts as well."),
        (f"1. {'x' * 2_001}\n2. y", "Question 1 is longer than 2000 characters."),
        ("\n".join(f"{n}. x" for n in range(1, MOST_QUESTIONS + 2)), "There are 61 questions; at most 60"),
    ],
)  # fmt: skip
def test_lines_that_tell_nothing_apart_change_nothing(text: str, why: str) -> None:
    outcome = ordered(text)
    assert outcome.refusal == "questions"
    assert not outcome.events
    assert why in words(outcome)


def test_a_closed_case_keeps_its_questions() -> None:
    assert ordered("1. x\n2. y", Withdrawn()).refusal == "state"
    assert not ordered("", Withdrawn()).refusal
