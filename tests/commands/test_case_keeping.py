"""`ncnd`, `set`, `note`, `show`, `when`, `why` and `help`: what each wants, or why it cannot be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from foibot.case import events as e
from foibot.case.case import State
from foibot.case.outcome import Audience, Enclosed
from tests.case.case_files import TO_REACH, drafted
from tests.samples import JANE, TOM, decided, situation, why, would_work

NO_DRAFTS = [State.APPROVED, State.ANSWERED, State.DELIVERY_UNCERTAIN, State.REOPENED]


def test_an_order_for_a_letter_wants_its_provisions_as_they_are_cited() -> None:
    letter = decided("ncnd s23(5), 31(3)(a)", situation(officer=JANE)).letter
    assert letter is not None
    assert (letter.kind, letter.provisions, letter.slots) == ("ncnd", "23(5) 31(3)(a)", ())


def test_the_next_version_keeps_the_words_of_the_last() -> None:
    letter = decided("ncnd 31(3)(a)", situation(drafted(), officer=JANE)).letter
    assert letter is not None
    assert letter.slots == (("harm", "It would help offenders."),)


def test_the_words_of_another_kind_of_letter_are_not_kept() -> None:
    letter = decided("ncnd 31(3)(a)", situation(drafted(kind="refusal"), officer=JANE)).letter
    assert letter is not None
    assert letter.slots == ()


@pytest.mark.parametrize(
    ("line", "words", "works"),
    [
        ("ncnd", "names no provision", "ncnd 23(5) 24(2) 31(3)(a)"),
        ("ncnd 24(1)", "24(1)", "ncnd 24(2)"),
        ("ncnd rubbish", "rubbish", ""),
    ],
)
def test_provisions_that_do_not_do_are_named_with_what_would(
    line: str, words: str, works: str
) -> None:
    outcome = decided(line, situation(officer=JANE))
    assert outcome.refusal == "provisions"
    assert words in why(outcome)
    assert not works or works in would_work(outcome)


@pytest.mark.parametrize("line", ["ncnd 31(3)(a)", "set harm"])
@pytest.mark.parametrize(
    ("state", "words"), list(zip(NO_DRAFTS, ["Stop it first", "been answered", "Nobody knows", "What runs now is a review"], strict=True))
)  # fmt: skip
def test_no_letter_is_drafted_over_one_that_left_or_is_leaving(
    line: str, state: State, words: str
) -> None:
    outcome = decided(line, situation(*TO_REACH[state], officer=JANE), "new words")
    assert outcome.refusal == "state"
    assert words in why(outcome)


CLOSED = {State.WAITING, State.WITHDRAWN, State.NOT_FOI, State.LAPSED}


@pytest.mark.parametrize("state", sorted(CLOSED))
def test_no_letter_is_drafted_while_the_requester_is_waited_for_or_on_a_closed_case(
    state: State,
) -> None:
    outcome = decided("ncnd 31(3)(a)", situation(*TO_REACH[state], officer=JANE))
    assert outcome.refusal == "state"
    assert why(outcome)


@pytest.mark.parametrize("state", sorted(set(State) - set(NO_DRAFTS) - CLOSED))
def test_in_every_other_state_a_letter_can_be_drafted(state: State) -> None:
    assert decided("ncnd 31(3)(a)", situation(*TO_REACH[state], officer=JANE)).letter is not None


@pytest.mark.parametrize("line", ["set harm", "set HARM", "set  Harm"])
def test_words_for_an_open_slot_make_the_next_version(line: str) -> None:
    at = situation(drafted(), officer=JANE)
    letter = decided(line, at, "Two answers could be compared.\n\nJane Orange\nFOI Officer").letter
    assert letter is not None
    assert letter.slots == (("harm", "Two answers could be compared."),)
    assert letter.provisions == "23(5) 31(3)"


@pytest.mark.parametrize(
    ("line", "text", "check", "words"),
    [
        ("set tone", "kinder", "no-such-slot", "`tone` is not an open slot"),
        ("set", "kinder", "no-such-slot", "`nothing` is not an open slot"),
        ("set harm", "Jane Orange\nFOI Officer", "no-text", "on the lines under the order"),
    ],
)
def test_what_is_no_slot_or_has_no_words_changes_nothing(
    line: str, text: str, check: str, words: str
) -> None:
    outcome = decided(line, situation(drafted(), officer=JANE), text)
    assert outcome.refusal == check
    assert words in why(outcome)
    assert would_work(outcome) == ["set harm"]


def test_there_is_no_slot_without_a_letter() -> None:
    outcome = decided("set harm", situation(officer=JANE), "words")
    assert outcome.refusal == "no-letter"
    assert "no letter with slots" in why(outcome)


@pytest.mark.parametrize(
    ("line", "text", "kept"),
    [
        ("note: rang Sam", "", "rang Sam"),
        ("note", "rang Sam\n\nTom", "rang Sam"),
        ("note rang Sam", "No answer.", "rang Sam\nNo answer."),
    ],
)
def test_a_note_is_kept(line: str, text: str, kept: str) -> None:
    outcome = decided(line, situation(), text)
    assert outcome.events == (e.Noted(kept),)
    assert outcome.notices[0].kind == "answer"


def test_an_empty_note_is_none() -> None:
    assert "empty" in why(decided("note", situation(), "Tom Teal"))


def test_show_sends_the_letter_there_is_with_a_fresh_line() -> None:
    (fresh,) = decided("show", situation(drafted(), drafted(2))).notices
    assert (fresh.kind, fresh.enclosed, fresh.decides) == ("draft", Enclosed.LETTER, 2)


def test_show_tells_the_request_where_there_is_no_letter() -> None:
    (answer,) = decided("show", situation(officer=JANE)).notices
    assert "Asked by: sam@elsewhere.example (Sam Smith)" in str(answer.facts["facts"])
    assert "Do you own any" in str(answer.facts["paragraphs"])


def test_show_says_what_a_bare_request_lacks() -> None:
    bare = situation()
    case = replace(
        bare.case, subject="", request_text="", requester=replace(bare.case.requester, name="")
    )
    (answer,) = decided("show", replace(bare, case=case)).notices
    assert "(no name given)" in str(answer.facts["facts"])
    assert "Subject: (none)" in str(answer.facts["facts"])
    assert "no text" in str(answer.facts["paragraphs"])


def test_whoever_cannot_order_a_letter_is_shown_no_order_for_one() -> None:
    (answer,) = decided("show", situation(officer=TOM)).notices
    assert [line for line, _ in answer.lines] == ["when", "help"]


@pytest.mark.parametrize("line", ["show", "when", "why", "help"])
def test_a_question_changes_nothing_and_is_answered_to_whoever_asked(line: str) -> None:
    outcome = decided(line, situation())
    (notice,) = outcome.notices
    assert notice.to is Audience.ORDERING_OFFICER
    assert replace(outcome, notices=()) == type(outcome)()


def test_when_shows_the_working_and_how_the_receipt_was_found() -> None:
    (answer,) = decided("when", situation()).notices
    told = str(answer.facts["paragraphs"])
    assert "Monday 11 January 2021" in told
    assert "our server's Received line" in told


def test_why_tells_the_record_in_order() -> None:
    (answer,) = decided("why", situation(drafted(), e.Noted("rang Sam"))).notices
    lines = answer.facts["facts"]
    assert isinstance(lines, list)
    assert [words in line for words, line in zip(["received", "drafted", "rang Sam"], lines, strict=True)] == [True] * 3  # fmt: skip
