"""Bad input for a letter, each kind once by post: refused with what is missing and the line to send; no version."""

from __future__ import annotations

from pathlib import Path

import pytest

from foibot.desk.intake import Intake
from foibot.letters.render import Letterbook
from foibot.wiring import build_office
from tests.carrying import Enclosure
from tests.letters.letters_tools import changed
from tests.office import JANE, TOM, Mail, Office, office

TABLE = Enclosure("complaints.csv", b"month,number\njanuary,3\n", "text/csv")
LETTERHEAD = "#let broken = ("


def opened(desk: Office, *before: str) -> Mail:
    """A request has come and some orders were obeyed; Jane's notice of it."""
    desk.asks("How many complaints were there?")
    notice = desk.one_for(JANE)
    for order in before:
        assert desk.orders(JANE, notice, order) == "command", desk.post_for(JANE)[0].text
    desk.discards()
    return notice


def refused(desk: Office, notice: Mail, order: str, *files: Enclosure) -> str:
    """What Jane reads when nothing came of her order."""
    before, outbox = desk.case().letters, desk.case().current
    assert desk.orders(JANE, notice, order, files=files) == "command-refused"
    assert (desk.case().letters, desk.case().current) == (before, outbox)
    answer = desk.one_for(JANE)
    assert "Nothing was done" in answer.subject
    assert order.splitlines()[0] in answer.words
    return answer.words


BAD = {
    "words for no slot": (
        ["ncnd part 23(5) 24(2)\nQuestion 2."],
        "needs the text for “concerns”: Name the question by its number",
        'Reply "ncnd part 23(5) 24(2)": with a line “answer:” and its text under that, then a line “concerns:”',
    ),
    "an order that needs its text": (
        ["fee 12.50"],
        "needs the text for “calculation”: Each item with its price",
        'Reply "fee 12.50": with the text for “calculation” on the lines under it, then a line “payment:”',
    ),
    "no provision": (
        ["refuse"],
        "The order names no provision to rely on.",
        'Reply "refuse 31(1)(a)": would work',
    ),
    "an unknown slot": (
        ["refuse 43(2)\ninterests:\nOurs.\nintrests:\nTheirs."],
        "This letter has no slot “intrests”. Its slots are “interests:”, “harm:”",
        'Reply "refuse 43(2)": with a line “interests:” and its text under that',
    ),
    "an unknown slot with its words beside it": (
        ["ncnd 23(5) 24(2)\nham: It would help an attacker."],
        "This letter has no slot “ham”. Its slots are “reasons:”, “harm:”",
        'Reply "ncnd 23(5) 24(2)": with nothing under it, or with a line “reasons:” and its text',
    ),
    "an unknown slot of the letter before": (
        ["disclose\n212.", "set ham\nIt is small."],
        '"ham" is not an open slot of this letter',
        'Reply "set answer": with your words under it',
    ),
    "a closed case": (
        ["withdrawn", "disclose\n212."],
        "This case is closed: withdrawn.",
        'Reply "show": sends you the case and its letter',
    ),
    "a letter that comes after another": (
        ["second notice 24\nWe weighed it."],
        "No extension notice has been sent on this case",
        'Reply "refuse 24(1)": drafts the refusal',
    ),
    "a letter of another law": (
        ["regime eir", "refuse 12\n20 hours.\nadvice: Ask for less."],
        "These Regulations have no cost limit",
        'Reply "refuse 12(4)(b)": for a manifestly unreasonable request',
    ),
    "a provision of another law": (
        ["regime eir", "ncnd 23(5)"],
        "Regulation 23 is not an exception in EIR.",
        'Reply "ncnd 12(6)": would work',
    ),
    "nothing to weigh": (
        ["extend until 8 Feb 2021\nWe need more time."],
        "The first line of your message was: extend until 8 Feb 2021 The order names no provision",
        'Reply "extend 24 until 8 February 2021": with your reasons on the lines under it',
    ),
}


@pytest.mark.parametrize(("orders", "missing", "line"), BAD.values(), ids=list(BAD))
def test_an_order_that_cannot_be_carried_out_makes_no_version(
    desk: Office, orders: list[str], missing: str, line: str
) -> None:
    *before, order = orders
    words = refused(desk, opened(desk, *before), order)
    assert missing in words
    assert line in words


@pytest.mark.parametrize(
    ("order", "title", "line"),
    [
        (
            "not held\nWe looked.",
            "Not held",
            'Reply "not held": without files, with the text for “searched” on the lines under it',
        ),
        (
            "ncnd 23(5) 24(2)",
            "Neither confirm nor deny",
            'Reply "ncnd 23(5) 24(2)": without files, with nothing under it, or with a line “reasons:”',
        ),
        (
            "ncnd 23(5)",
            "Neither confirm nor deny",
            'Reply "ncnd 23(5)": without files, with nothing under it',
        ),
    ],
)
def test_a_file_with_a_letter_that_may_have_none_makes_no_version(
    desk: Office, order: str, title: str, line: str
) -> None:
    words = refused(desk, opened(desk), order, TABLE)
    assert (
        f"No file may go with a letter of the kind “{title}”. With your order came: complaints.csv."
        in words
    )
    assert line in words


def works_from(desk: Office, book: Letterbook) -> None:
    """The office has these templates from now on."""
    desk.office = build_office(desk.config, desk.clock, book)
    desk.intake = Intake(desk.office, desk.store)


def test_a_template_that_fails_makes_no_version(
    desk: Office, caplog: pytest.LogCaptureFixture
) -> None:
    notice, good = opened(desk, "disclose\n212."), desk.office.book
    path = "letters/disclosure/body.md"
    works_from(desk, changed({path: "Dear {{ requester.name }}\n\n{{ case.colour }}"}, whole=True))
    for order in ("disclose\n213.", "set answer\n213."):
        words = refused(desk, notice, order)
        assert f"Please tell the administrator: templates/{path}:3 failed: " in words
        assert "Run: foibot check" in words
        line = order.splitlines()[0]
        assert f'Reply "{line}": again, with the same text under it, once that is mended' in words
    assert (
        f"case {desk.case().reference}: an order could not be carried out: templates/"
        in caplog.text
    )
    assert "Smith" not in caplog.text

    works_from(desk, good)
    assert desk.orders(JANE, notice, "set answer\n213.") == "command"
    assert "213." in desk.one_for(TOM).text
    desk.discards()


def test_a_letterhead_that_fails_makes_no_version(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with office(tmp_path) as desk:
        notice = opened(desk)
        desk.office.typesetter._letterhead = LETTERHEAD
        words = refused(desk, notice, "disclose\n212.")
        assert "The letter could not be written. Please tell the administrator: " in words
        assert "letterhead" in words
        assert 'Reply "disclose": again, with the same text under it' in words
    assert "212." not in caplog.text
