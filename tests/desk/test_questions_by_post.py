"""A request in numbered parts: what the officers read of it, and how they put it right by reply."""

from __future__ import annotations

from foibot.demo.correspondent import request
from tests.office import JANE, MAILBOX, SAM, Office

ASKED = """Dear all,

under the Freedom of Information Act I ask:

1. How many complaints did you receive?
2. How many were answered?

Yours faithfully,
Sam Smith"""


def test_the_notice_of_a_new_request_tells_its_questions_apart(desk: Office) -> None:
    desk.asks(ASKED)
    notice = desk.one_for(JANE)
    desk.discards()
    assert (
        "A letter can answer each of them by its number. They are numbered like “1.”. "
        "- 1: How many complaints did you receive? - 2: How many were answered? "
    ) in notice.words
    assert [one.number for one in desk.case().questions] == ["1", "2"]
    assert "QuestionsNumbered" in desk.kinds()


def test_a_request_without_numbers_says_nothing_of_it(desk: Office) -> None:
    desk.asks()
    notice = desk.one_for(JANE)
    desk.discards()
    assert "numbered" not in notice.words
    assert "QuestionsNumbered" not in desk.kinds()


def test_numbers_that_name_nothing_are_told_with_the_order_that_helps(desk: Office) -> None:
    desk.asks("Cars\n1. How many?\n2. How old?\nBikes\n1. How many?")
    notice = desk.one_for(JANE)
    desk.discards()
    assert "The number 1 stands before more than one of them" in notice.words
    assert 'Reply "questions"' in notice.words
    assert desk.case().questions == ()


def test_an_officer_puts_the_questions_right_by_reply(desk: Office) -> None:
    desk.asks(ASKED)
    notice = desk.one_for(JANE)
    desk.discards()
    lines = "1(a) How many complaints\n1(b) did you receive?\n2 How many were answered?"
    assert desk.orders(JANE, notice, f"questions\n{lines}\n\nKind regards\nJane") == "command"
    assert "- 1(b): did you receive?" in desk.one_for(JANE).words
    assert [one.number for one in desk.case().questions] == ["1(a)", "1(b)", "2"]

    assert desk.orders(JANE, notice, "questions\nnone") == "command"
    assert "one outcome answers it" in desk.one_for(JANE).words
    assert desk.case().questions == ()

    assert desk.orders(JANE, notice, "questions") == "command"
    assert "counts as one question" in desk.one_for(JANE).words


def test_numbers_of_a_list_in_html_mail_are_read(desk: Office) -> None:
    html = "<p>I ask:</p><ol><li>How many complaints?</li><li>How many answers?</li></ol>"
    raw = request(
        SAM, MAILBOX, "Complaints", html, desk.clock.now(), message_id="<m1@citizens.example>"
    ).replace(b"text/plain", b"text/html")
    assert desk.arrives(desk.border(raw, SAM.address)) == "request"
    assert "- 2: How many answers?" in desk.one_for(JANE).words
    desk.discards()
