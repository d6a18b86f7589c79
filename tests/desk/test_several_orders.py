"""Several orders on one mail are carried out in order until one is refused; one transcript tells of all, once."""

from __future__ import annotations

import pytest

from foibot.case.case import LetterState
from foibot.demo.correspondent import Person, reply
from foibot.desk.verify import verify
from foibot.mail.reply_text import first_order_line
from tests.desk.test_edit_by_post import GMAIL, OUTLOOK, replies
from tests.office import JANE, ORDER, RUTH, SAM, TOM, Mail, Office

A, B = "000001/20", "000002/20"
EVE = Person("Eve Else", "eve.else@citizens.example")


@pytest.fixture
def notice(desk: Office) -> Mail:
    """Two cases have come in; the notice of the first."""
    desk.asks()
    found = desk.one_for(JANE)
    desk.asks("How many bees are there?", who=EVE, subject="Bees")
    desk.discards()
    desk.post_for(EVE)
    return found


def test_all_are_done_in_order_and_one_mail_tells_of_them(desk: Office, notice: Mail) -> None:
    mail = f"assign me\nlink {B}\n\nsnooze 2\nnote: rang the requester\nshow at noon\n\nJane"
    assert desk.orders(JANE, notice, mail) == "command"
    told = desk.one_for(JANE, "transcript")
    assert told.subject.startswith(f"[{A}] Your orders: 4 done #")
    places = [told.words.index(words) for words in ("1. Done: assign me", f"2. Done: link {B}", "3. Done: snooze 2", "4. Done: note: rang the requester")]  # fmt: skip
    assert places == sorted(places)
    case = desk.case(A)
    assert case.assignment
    assert case.keeping.links == (B,)
    assert case.keeping.rests_until is not None
    kinds = [type(one.event).__name__ for one in desk.history(A)]
    assert [one for one in kinds if one in {"Assigned", "Linked", "Snoozed", "Noted"}] == ["Assigned", "Linked", "Snoozed", "Noted"]  # fmt: skip
    (noted,) = (one.event for one in desk.history(A) if type(one.event).__name__ == "Noted")
    assert "show at noon" in str(noted)
    assert desk.case(B).keeping.links == (A,)
    assert not desk.unread
    assert list(verify(desk.store)) == []


def test_the_first_refusal_ends_them_and_the_rest_is_listed_to_send_again(
    desk: Office, notice: Mail
) -> None:
    mail = f"link {B}\nassign nemo\nsnooze 2\nset harm\nIt would help."
    assert desk.orders(JANE, notice, mail) == "command-refused"
    told = desk.one_for(JANE, "transcript")
    assert "Your orders: 1 done, 1 refused, 2 not tried" in told.subject
    assert "1. Done: link 000002/20" in told.words
    assert "2. Refused: assign nemo Nobody on the list of officers is called nemo." in told.words
    assert 'Reply "snooze 2": was not tried' in told.words
    assert 'Reply "set harm": was not tried; the text that stood under it belongs' in told.words
    case = desk.case(A)
    assert case.keeping.links == (B,)
    assert case.keeping.rests_until is None
    # The lines work as they stand.
    assert desk.orders(JANE, told, "snooze 2") == "command"
    assert desk.one_for(JANE).kind == "answer"


def test_a_redelivery_does_nothing_again(desk: Office, notice: Mail) -> None:
    words = f"link {B}\nnote: rang them"
    raw = reply(JANE, notice.raw, words, desk.clock.now(), message_id="<twice@exampleshire.example>", to="")  # fmt: skip
    raw = desk.border(raw, JANE.address, login=True)
    assert desk.arrives(raw) == "command"
    before = len(desk.history(A))
    assert desk.arrives(raw) == "duplicate"
    assert desk.arrives(raw.replace(b"\r\n\r\n", b"\r\nX-Again: yes\r\n\r\n", 1)) == "duplicate"
    assert len([one for one in desk.history(A)[before:] if type(one.event).__name__ != "MailFiled"]) == 0  # fmt: skip
    desk.one_for(JANE, "transcript")
    assert not desk.unread


def test_letters_and_files_come_by_themselves(desk: Office, notice: Mail) -> None:
    assert desk.orders(JANE, notice, f"assign me\n{ORDER}\n\nJane") == "command"
    assert {one.kind for one in desk.post_for(JANE)} == {"draft", "transcript"}
    assert desk.one_for(TOM).kind == "draft"
    assert desk.one_for(RUTH).kind == "draft"
    assert desk.orders(JANE, notice, f"when\n{ORDER}") == "command"  # version 2
    told = {one.kind: one for one in desk.post_for(JANE)}
    assert "The last day to answer is Monday 11 January 2021" in told["transcript"].words
    assert "What it asks for comes in a mail of its own." in told["transcript"].words
    desk.discards()


def test_what_is_a_mail_of_its_own_is_said_to_be(desk: Office, notice: Mail) -> None:
    for line in ("pause: letters go astray", "find bees", "new received 3 Dec by post"):
        assert desk.orders(JANE, notice, f"when\n{line}") == "command-refused"
        told = desk.one_for(JANE, "transcript")
        assert f"2. Refused: {line}" in told.words
        assert "stands alone on its mail" in told.words
    with desk.store.view() as tx:
        assert not tx.switches.paused


@pytest.mark.parametrize("line", ["approve v1", "hold v1", "reject v1: too long"])
def test_a_decision_stands_alone(desk: Office, line: str) -> None:
    draft = desk.drafted()
    assert desk.orders(TOM, draft, f"when\n{line}") == "command-refused"
    told = desk.one_for(TOM, "transcript")
    assert f"2. Refused: {line}" in told.words
    assert "stands alone on its mail" in told.words
    letter = desk.case().current
    assert letter
    assert letter.state is LetterState.DRAFT
    assert desk.orders(TOM, draft, line) == "command"
    desk.discards()


def test_an_approval_above_another_order_approves_nothing(desk: Office) -> None:
    draft = desk.drafted()
    assert desk.orders(TOM, draft, "approve v1\n\nsnooze 2") == "command-refused"
    told = desk.one_for(TOM, "transcript")
    assert "Your orders: 1 refused, 1 not tried" in told.subject
    desk.later(hours=1)
    assert desk.post_for(SAM) == []
    assert desk.orders(TOM, draft, "approve v1\n\nTom") == "command"
    desk.discards()


def test_a_stop_is_never_held_up_by_what_stands_under_it(desk: Office) -> None:
    draft = desk.drafted()
    desk.orders(TOM, draft, "approve v1")
    approved = desk.one_for(TOM, "approved")
    desk.discards()
    assert desk.orders(TOM, approved, "stop\nnote: the name is wrong") == "command"
    told = {one.kind: one for one in desk.post_for(TOM)}["transcript"]
    assert "Your orders: 1 done, 1 not tried" in told.subject
    assert '"stop" stands alone on its mail' in told.words
    letter = desk.case().current
    assert letter
    assert letter.state is LetterState.DRAFT
    desk.later(hours=1)
    assert desk.post_for(SAM) == []
    desk.discards()


def test_a_digest_takes_orders_on_several_cases_and_messages(desk: Office, notice: Mail) -> None:
    assert notice.kind == "new-case"
    desk.asks("Tell me more.", who=EVE, subject=f"About [{A}]")
    desk.discards()
    number = max(desk.numbers())
    desk.at("2020-12-09 08:01")
    digest = desk.one_for(JANE, "digest")
    desk.discards()
    mail = f"{A} assign me\n{B} snooze 2\nm{number} not foi: spam\nsnooze 2\n{B} assign me"
    assert desk.orders(JANE, digest, mail) == "command-refused"
    told = {one.kind: one for one in desk.post_for(JANE)}
    assert "3 done, 1 refused, 1 not tried" in told["transcript"].subject
    assert "begins with the reference of its case" in told["transcript"].words
    assert f"m{number} is set aside." in told["answer"].words
    assert desk.case(A).assignment
    assert desk.case(B).keeping.rests_until is not None
    assert desk.case(B).assignment is None


def test_what_is_not_written_as_an_order_is_told_and_not_obeyed(desk: Office, notice: Mail) -> None:
    assert desk.orders(JANE, notice, "when\nNote that I am away on Friday.\nwithdrawn") == "command"
    told = desk.one_for(JANE, "transcript")
    assert "Your orders: 1 done, 1 not read" in told.subject
    assert "“Note that I am away on Friday”" in told.words
    assert not desk.case(A).finished
    # A sentence that could be none is nobody's business.
    assert desk.orders(JANE, notice, "when\nI am away on Friday.") == "command"
    assert desk.one_for(JANE).kind == "answer"


def test_help_and_drafts_that_are_quoted_below_are_not_obeyed(desk: Office, notice: Mail) -> None:
    assert desk.orders(JANE, notice, "help") == "command"
    listed = desk.one_for(JANE, "help")
    assert "Several orders on one mail" in listed.text
    before = len(desk.history(A))
    assert desk.orders(JANE, listed, "when") == "command"
    assert desk.one_for(JANE).kind == "answer"
    assert {type(one.event).__name__ for one in desk.history(A)[before:]} <= {"MailQueued", "MailFiled"}  # fmt: skip
    line, text = first_order_line("when\n\n> snooze 2\n> withdrawn\n")
    assert (line, text) == ("when", "")


def test_where_the_border_says_nothing_all_wait_for_one_confirmation(
    desk: Office, notice: Mail
) -> None:
    raw = reply(JANE, notice.raw, f"link {B}\nsnooze 2", desk.clock.now(), message_id="<x@exampleshire.example>", to="")  # fmt: skip
    assert desk.arrives(raw) == "command-refused"
    asked = desk.one_for(JANE, "confirm-order")
    assert f"The order is: link {B}" in asked.words
    assert "snooze 2" in asked.words
    assert desk.case(A).keeping.links == ()
    assert desk.orders(JANE, asked, "confirm") == "command"
    assert "Your orders: 2 done" in desk.one_for(JANE, "transcript").subject
    assert desk.case(A).keeping.links == (B,)


def test_somebody_off_the_list_learns_nothing_from_a_transcript(desk: Office, notice: Mail) -> None:
    desk.orders(JANE, notice, "restrict tom")
    told = desk.one_for(TOM)
    desk.discards()
    desk.orders(JANE, notice, "restrict ruth")
    desk.discards()
    assert desk.orders(TOM, told, "when\nwhy\nshow") == "command-refused"
    refused = desk.one_for(TOM, "transcript")
    assert refused.subject.startswith(f"[{A}] #")
    assert "1. Refused: when This request is open to named people alone" in refused.words
    assert "2020" not in refused.words.replace(A, "")


BANNER = "[EXTERNAL] This message originated outside of the organisation.\n\n"
SHAPES = {
    "gmail": (f"link {B}\nsnooze 2{GMAIL}> -- reply above this line --\n> withdrawn\n", "plain"),
    "outlook": (f"link {B}\n\nsnooze 2\n\nKind regards\nJane Orange\nNot held in this office{OUTLOOK}withdrawn\n", "plain"),
    "a banner on top": (f"{BANNER}link {B}\nsnooze 2\n\nJane", "plain"),
    "a phone": (f"Link {B}\nSnooze 2.\n\nSent from my iPhone", "plain"),
    "paragraphs": (f'<p class="MsoNormal">link {B}</p><p class="MsoNormal">&nbsp;</p><p class="MsoNormal">snooze 2</p><p>Kind regards<br>Jane</p>', "html"),
    "divs": (f"<div>link {B}</div><div>snooze&nbsp;2</div><div><br></div><hr><div><b>From:</b> FOI<br><b>Sent:</b> Tuesday<br><b>To:</b> Jane<br><b>Subject:</b> New<br></div><div>withdrawn</div>", "html"),
    "lines": (f"link {B}<br>snooze 2<br><blockquote>withdrawn</blockquote>", "html"),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_they_are_read_in_the_shapes_of_mail_programs(
    desk: Office, notice: Mail, shape: str
) -> None:
    body, subtype = SHAPES[shape]
    assert replies(desk, notice, body, subtype, who=JANE) == "command"
    told = desk.one_for(JANE, "transcript")
    assert "Your orders: 2 done" in told.subject
    case = desk.case(A)
    assert case.keeping.links == (B,)
    assert case.keeping.rests_until is not None
    assert not case.finished
