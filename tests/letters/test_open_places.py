"""The places of a letter where words are still to be written: marked in every kind, and nobody can approve a letter with one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from foibot.case.case import State
from foibot.letters.facts import LetterFacts
from foibot.letters.kind import LetterKind
from foibot.letters.lint import check_draft
from foibot.letters.linting.document import Document
from foibot.letters.linting.finding import Finding, Severity
from foibot.letters.linting.while_open import while_open
from foibot.letters.open_places import as_remark, mark_of, open_slots, with_marks
from foibot.letters.samples import sample
from foibot.outbox.approval import Decision, Policy, Refusal, may_approve
from tests.case.case_files import TO_REACH, case_of, drafted
from tests.letters.letters_tools import shipped
from tests.officers.officers_tools import EVERYBODY, JANE, RUTH, TOM, secret

BOOK = shipped()


def unfilled() -> Iterator[tuple[str, LetterKind, LetterFacts]]:
    """Every kind under every law without the words that it needs."""
    for kind in BOOK.kinds.values():
        for law in kind.regimes:
            facts = replace(sample(kind, law), slots={}, files=())
            if open_slots(kind, facts):
                yield f"{kind.name} under {law}", kind, facts


UNFILLED = [*unfilled()]


@pytest.mark.parametrize(
    ("kind", "facts"),
    [pytest.param(kind, facts, id=name) for name, kind, facts in UNFILLED],
)
def test_a_letter_that_lacks_words_is_marked_and_nobody_can_approve_it(
    kind: LetterKind, facts: LetterFacts
) -> None:
    places = open_slots(kind, facts)
    letter = BOOK.letter(kind.name, with_marks(facts, places))
    text = " ".join(letter.text.split())
    for place in places:
        assert " ".join(mark_of(place).split()) in text
    # Whatever became of the record, the mark itself stops the letter.
    found = check_draft(kind.name, Document(letter.text), facts)
    assert [one.text for one in found if one.rule == "L-12"]

    remarks = tuple(map(as_remark, places))
    provisions = tuple(one.cited for one in facts.provisions)
    before = () if "open" in kind.states else TO_REACH[State.REOPENED]
    version = 2 if before else 1
    case = case_of(*before, drafted(version, kind.name, remarks, provisions), by=JANE.address)
    for four_eyes in ((), (kind.name,)):
        policy = Policy(four_eyes, (), EVERYBODY)
        for officer in (TOM, RUTH, JANE):
            for proof in (None, secret(officer, version=version)):
                decision = Decision(officer, version, proof)
                assert may_approve(case, decision, policy) is Refusal.UNFINISHED


def test_the_kinds_that_were_tried_are_those_that_ask_for_words() -> None:
    assert {kind.name for _, kind, _ in UNFILLED} >= {
        "disclosure", "part", "not-held", "cost", "vexatious", "repeated", "ncnd-part", "in-parts",
    }  # fmt: skip
    assert not any(kind.name == "ncnd" and facts.regime.key == "foia" for _, kind, facts in UNFILLED)  # fmt: skip


def test_a_mark_says_what_belongs_there_under_the_law_of_the_case_and_how_to_write_it() -> None:
    kind = BOOK.kinds["not-held"]
    (place,) = open_slots(kind, replace(sample(kind), slots={}))
    assert mark_of(place) == (
        "[Still to be written: how the authority looked for the information. Say where you looked, for what words or "
        "period, and why it would be there if it existed. Reply “set searched” with the words under it.]"
    )
    cost = BOOK.kinds["cost"]
    estimate, _ = open_slots(cost, replace(sample(cost, "foisa"), slots={"estimate": " "}))
    assert "at most £15 an hour" in mark_of(estimate)


def test_what_may_be_in_files_is_open_only_without_any() -> None:
    kind = BOOK.kinds["disclosure"]
    facts = replace(sample(kind), slots={}, files=())
    (place,) = open_slots(kind, facts)
    assert "the information, here or in files that go with it." in mark_of(place)
    assert open_slots(kind, replace(facts, files=("table.csv",))) == ()


ERROR = Severity.ERROR


@pytest.mark.parametrize(
    ("found", "severity"),
    [
        (Finding("L-28", ERROR, 1, "", "the earlier request is not named"), Severity.NOTE),
        (Finding("L-10", Severity.WARNING, 1, "some words", "no format"), Severity.NOTE),
        (Finding("N-20", ERROR, 1, "we hold\nnone of it", "it says so"), ERROR),
        (Finding("N-20", ERROR, 1, "", "it says so"), Severity.NOTE),
        (Finding("N-20", ERROR, 1, "words of the template", "it says so"), Severity.NOTE),
        (Finding("N-05", Severity.WARNING, 1, "x", "one-sided", where="slot harm"), Severity.WARNING),
        (Finding("L-12", ERROR, 1, "[Still to be written:", "a placeholder"), None),
    ],
)  # fmt: skip
def test_while_words_are_missing_only_leaks_in_what_was_written_count(
    found: Finding, severity: Severity | None
) -> None:
    counted = [
        *while_open([found], ["In truth we hold none of it."], ["[Still to be written: it.]"])
    ]
    assert [one.severity for one in counted] == ([severity] if severity else [])
