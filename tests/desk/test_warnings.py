"""What the checks find is shown before anybody decides: errors make no draft, warnings wait for a reason."""

from __future__ import annotations

import json

import pytest

from foibot.case.case import LetterState, State
from foibot.law.foia import FOIA
from foibot.reports.case_file import case_json, case_lines
from tests.office import JANE, ORDER, RUTH, SAM, TOM, Mail, Office

ADMITS = "set against\n- This information would help a planner, whether confirmed or denied.\n- Either answer would stay known."
REASON = "accept N-24 v2: the sentence before it is conditional"


def warned(desk: Office) -> dict[str, Mail]:
    """Jane has put words into the letter that take the information for granted; everybody's notice of it."""
    desk.asks()
    desk.orders(JANE, desk.one_for(JANE), ORDER)
    first = desk.one_for(JANE)
    desk.discards()
    assert desk.orders(JANE, first, ADMITS) == "command"
    return {who.name: desk.one_for(who) for who in (JANE, TOM, RUTH)}


def test_a_warning_stands_in_the_notice_with_words_why_and_what_instead(desk: Office) -> None:
    notice = warned(desk)["Tom Teal"]
    assert "needs a reason" in notice.subject
    assert "needs a reason before it can be approved" in notice.words
    assert "N-24: It takes for granted that the information exists." in notice.words
    assert "The words are: “This information would”" in notice.words
    assert "Instead: Write" in notice.words
    assert 'Reply "accept N-24 v2: your reason"' in notice.words
    assert "approve v2" not in notice.words


def test_nothing_is_approved_until_the_reason_is_recorded(desk: Office) -> None:
    notices = warned(desk)
    assert desk.orders(TOM, notices["Tom Teal"], "approve v2") == "command-refused"
    refusal = desk.one_for(TOM)
    assert "has to say why it may stand" in refusal.words
    assert desk.orders(JANE, notices["Jane Orange"], REASON) == "command"
    fresh = desk.one_for(TOM)
    desk.discards()
    assert "It may stand, Jane Orange said: “the sentence before it is conditional”" in fresh.words
    assert 'Reply "approve v2"' in fresh.words
    # What was sent before the reason was given does not count any more.
    assert desk.orders(TOM, notices["Tom Teal"], "approve v2") == "command-refused"
    fresh = desk.one_for(TOM, "draft")
    desk.discards()
    assert desk.orders(TOM, fresh, "approve v2") == "command"
    desk.discards()
    assert desk.case().state is State.APPROVED


def test_the_reason_is_in_the_record_and_in_the_case_file(desk: Office) -> None:
    notices = warned(desk)
    desk.orders(RUTH, notices["Ruth Rose"], REASON)
    desk.discards()
    case, history = desk.case(), desk.history()
    (kept,) = [one for one in history if type(one.event).__name__ == "WarningAccepted"]
    assert kept.by == RUTH.address
    (found,) = json.loads(json.dumps(case_json(case, history, FOIA)))["letters"][1]["warnings"]
    assert (found["rule"], found["words"]) == ("N-24", "This information would")
    assert (found["reason"], found["reason_by"]) == ("the sentence before it is conditional", RUTH.address)  # fmt: skip
    told = "\n".join(case_lines(case, history, FOIA))
    assert (
        "Reason, by ruth.rose@exampleshire.example: the sentence before it is conditional" in told
    )
    assert "Version 2 may stand as it is despite N-24: the sentence" in told


def test_a_reason_lasts_as_long_as_the_words_and_goes_with_them(desk: Office) -> None:
    desk.orders(JANE, warned(desk)["Jane Orange"], REASON)
    notice = desk.one_for(JANE)
    desk.discards()
    desk.orders(JANE, notice, "set balance\nThe points against weigh more.")
    fresh = desk.one_for(TOM)
    assert "It may stand, Jane Orange said on version 2:" in fresh.words
    assert 'Reply "approve v3"' in fresh.words
    notice = desk.one_for(JANE)
    desk.discards()
    desk.orders(JANE, notice, f"{ADMITS}\n- Such information may be misread.")
    assert 'Reply "accept N-24 v4: your reason"' in desk.one_for(TOM).words
    desk.discards()


def test_an_error_makes_no_draft_of_any_kind(desk: Office) -> None:
    desk.asks()
    notice = desk.one_for(JANE)
    desk.discards(SAM)
    order = "clarify\nPlease tell us why you want to know, and which year you mean."
    assert desk.orders(JANE, notice, order) == "command-refused"
    words = desk.one_for(JANE).words
    assert "L-30: A requester need not say why they ask." in words
    assert "The words are: “" in words
    assert "Instead: Leave the question out." in words
    assert desk.case().letters == ()


@pytest.mark.parametrize(
    ("question", "rule", "words"),
    [
        ("Which of the records of the search do you mean?", "N-37", "Which of the records"),
        ("Which year do you mean? It would take us 30 hours to look at all.", "N-37", "30 hours"),
    ],
)
def test_what_was_told_earlier_on_the_case_is_weighed_before_ncnd(
    desk: Office, question: str, rule: str, words: str
) -> None:
    desk.asks()
    desk.orders(JANE, desk.one_for(JANE), f"clarify\n{question}")
    desk.orders(TOM, desk.one_for(TOM), "approve v1")
    desk.later(minutes=11)
    asked = desk.one_for(SAM, "letter")
    desk.discards()
    desk.orders(SAM, asked, "I mean the year 2020.", login=False)
    notice = desk.one_for(JANE)
    desk.discards()
    assert desk.orders(JANE, notice, ORDER) == "command"
    draft = desk.one_for(TOM)
    assert f"{rule}: In the letter of version 1: " in draft.words
    assert f"The words are: “{words}”" in draft.words
    assert f'Reply "accept {rule} v2: your reason"' in draft.words
    assert desk.case().letters[1].state is LetterState.DRAFT
    desk.discards()


def test_our_own_acknowledgement_is_no_warning(desk: Office) -> None:
    desk.drafted()
    assert desk.case().letters[0].remarks == ()
