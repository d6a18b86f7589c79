"""What was decided for single questions, and what the whole answer counts as."""

from __future__ import annotations

from itertools import product

import pytest

from foibot.case import clock_events as cl
from foibot.case import events as e
from foibot.case.parts import (
    IN_PARTS,
    PartDecided,
    PartOutcome,
    counts_as,
    in_order,
    slot_of,
    undecided,
)
from foibot.case.questions import Question
from tests.case.case_files import case_of, drafted, example

ASKED = (Question("1", "How many?"), Question("2", "Who?"))
ONE = PartDecided("1", PartOutcome.DISCLOSE)
TWO = PartDecided("2", PartOutcome.REFUSE, ("40(2) with 40(3A)",))
NUMBERED = e.QuestionsNumbered(2, ASKED)


def test_an_outcome_is_written_as_the_order_it_came_from() -> None:
    assert TWO.line == "2 refuse 40(2) with 40(3A)"
    assert PartDecided("3(a)", PartOutcome.NOT_HELD).line == "3(a) not held"
    assert slot_of("3(a)") == "question 3(a)"


def test_outcomes_stand_in_the_order_of_the_questions() -> None:
    assert in_order(ASKED, [TWO, PartDecided("9", PartOutcome.NCND), ONE]) == (ONE, TWO)
    assert [one.number for one in undecided(ASKED, [TWO])] == ["1"]


@pytest.mark.parametrize("outcomes", list(product(PartOutcome, repeat=2)))
def test_a_question_neither_confirmed_nor_denied_hides_what_the_others_are(
    outcomes: tuple[PartOutcome, ...],
) -> None:
    parts = [PartDecided(str(at), one) for at, one in enumerate(outcomes)]
    kind = counts_as(IN_PARTS, parts)
    assert (kind == "ncnd-part") == (PartOutcome.NCND in outcomes)
    assert kind in {"ncnd-part", "disclosure", "part", "refusal", "not-held"}
    assert counts_as("cost", parts) == "cost"


def test_what_counts_as_the_answer() -> None:
    assert counts_as(IN_PARTS, [ONE, ONE]) == "disclosure"
    assert counts_as(IN_PARTS, [ONE, TWO]) == "part"
    assert counts_as(IN_PARTS, [TWO]) == "refusal"
    assert counts_as(IN_PARTS, [PartDecided("1", PartOutcome.NOT_HELD)]) == "not-held"
    assert counts_as(IN_PARTS, [PartDecided("1", PartOutcome.SOME)]) == "part"


def test_outcomes_are_kept_until_the_questions_or_the_law_change() -> None:
    decided = e.PartsDecided(2, (ONE, TWO))
    assert case_of(NUMBERED, decided).parts == (ONE, TWO)
    assert case_of(NUMBERED, decided, NUMBERED).parts == ()
    changed = example(cl.RegimeChanged)
    assert case_of(NUMBERED, decided, changed).parts == ()
    letter = case_of(NUMBERED, decided, drafted(kind=IN_PARTS)).letters[0]
    assert letter.parts == ()
