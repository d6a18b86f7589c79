"""A case run by mail alone: two colleagues, a deputy, a rejection, an edit and an approval, read from the mails."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from foibot.case.case import State
from foibot.config.sections import OfficerConfig
from foibot.demo.correspondent import Person
from foibot.desk.verify import verify
from foibot.officers.roster import Role
from tests.carrying import Enclosure
from tests.desk.test_edit_by_post import GMAIL
from tests.office import JANE, RUTH, SAM, TOM, Mail, Office, office

HARRY = Person("Harry Holder", "harry.holder@exampleshire.example")
DORA = Person("Dora Deputy", "dora.deputy@exampleshire.example")
LUKE = Person("Luke Law", "luke.law@exampleshire.example")
EVERYBODY = (JANE, TOM, RUTH, HARRY, DORA, LUKE, SAM)
ASKED = (
    "Dear Sir or Madam,\n\n1. How many break-ins were there at the depot in 2019?\n"
    "2. What was stolen, and from whom?\n\nSam Smith"
)
LOG = Enclosure("log.csv", b"day,stolen\n3 May 2019,drill\n")
PART = (
    "part 40(2)\nQuestion 1: nine.\nQuestion 2: tools worth 4,000 pounds.\nwithheld:\n"
    "Question 2: the names of the two people they were stolen from.\n\nJane"
)
REF = "004078/20"

Post = dict[tuple[str, str], Mail]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Office]:
    """An office with two colleagues who are asked for information, and a deputy of one."""
    with office(tmp_path, authority={"first_number": 4078}) as opened:
        opened.staff(
            [
                *opened.config.officers,
                OfficerConfig(
                    address=HARRY.address,
                    name=HARRY.name,
                    roles=(Role.HOLDER,),
                    deputy=DORA.address,
                ),
                OfficerConfig(address=DORA.address, name=DORA.name, roles=(Role.HOLDER,)),
                OfficerConfig(address=LUKE.address, name=LUKE.name, roles=(Role.HOLDER,)),
            ]
        )
        yield opened


def post(desk: Office, *expected: str) -> Post:
    """Every mail that is there, by reader and kind; it is exactly what was expected, but for digests."""
    found = {(who.name, one.kind): one for who in EVERYBODY for one in desk.post_for(who)}
    assert sorted(f"{name}: {kind}" for name, kind in found if kind != "digest") == sorted(expected)
    return found


def test_a_case_is_run_by_mail_alone(desk: Office) -> None:
    """What is asserted is what each reader has to know from the mail in hand."""
    assert desk.asks(ASKED, subject="The depot") == "request"
    came = post(desk, "Jane Orange: new-case", "Sam Smith: ack")
    notice = came["Jane Orange", "new-case"]
    assert "answer by Monday 11 January 2021" in notice.words
    assert "2: What was stolen, and from whom?" in notice.words
    assert f"Our reference: {REF}" in came["Sam Smith", "ack"].words

    # Jane takes the case on and asks two colleagues: two orders on one mail, and one more.
    words = "accept\nask harry 1, 2\nPlease look in the incident log.\n\nJane"
    assert desk.orders(JANE, notice, words) == "command"
    asked = post(desk, "Jane Orange: transcript", "Harry Holder: asked")
    assert "1. Done: accept" in asked["Jane Orange", "transcript"].words
    assert "2. Done: ask harry 1, 2" in asked["Jane Orange", "transcript"].words
    assert desk.orders(JANE, notice, "ask luke 2\nDo the insurers know?\n\nJane") == "command"
    also = post(desk, "Jane Orange: answer", "Luke Law: asked")
    for question in (asked["Harry Holder", "asked"], also["Luke Law", "asked"]):
        assert "by Tuesday 22 December 2020" in question.words
        assert "Sam" not in question.raw.decode()
        assert "There is nothing to log in to." in question.words
    assert "break-ins" not in also["Luke Law", "asked"].words

    # Luke has nothing. Harry says nothing, is reminded, and his deputy is asked too.
    assert (
        desk.orders(LUKE, also["Luke Law", "asked"], "nil\nThey were never told.\n\nLuke")
        == "holder"
    )
    told = post(desk, "Jane Orange: holder-answered")["Jane Orange", "holder-answered"]
    assert "Luke Law has replied" in told.words
    assert "never told" not in told.words
    desk.at("2020-12-22 08:01")
    post(desk, "Jane Orange: reminder", "Harry Holder: asked")
    desk.at("2020-12-24 08:01")
    chased = post(desk, "Jane Orange: reminder", "Harry Holder: asked", "Dora Deputy: asked")
    deputy = chased["Dora Deputy", "asked"]
    assert "It was asked of Harry Holder, and you are named as the deputy." in deputy.words
    assert (
        desk.orders(DORA, deputy, "Nine. Two colleagues lost tools.\n\nDora", files=[LOG])
        == "holder"
    )
    told = post(desk, "Jane Orange: holder-answered")["Jane Orange", "holder-answered"]
    assert "Dora Deputy has replied for Harry Holder" in told.words
    assert "2 asked, 2 replied" in told.words
    assert b"log.csv" in told.files["original-message.eml"]
    assert desk.orders(JANE, told, "answers") == "command"
    answers = post(desk, "Jane Orange: answers")["Jane Orange", "answers"]
    assert "nothing held" in answers.files["answers-of-colleagues.txt"].decode()
    assert len(answers.files) == 3

    # The first draft is turned down, for a reason that everybody reads.
    assert desk.orders(JANE, answers, PART) == "command"
    drafts = post(desk, "Jane Orange: draft", "Tom Teal: draft", "Ruth Rose: draft")
    assert "It can be approved by Tom Teal or Ruth Rose" in drafts["Jane Orange", "draft"].words
    assert "Tom Teal, please decide on version 1" in drafts["Tom Teal", "draft"].words
    assert (
        desk.orders(TOM, drafts["Tom Teal", "draft"], "reject v1: say that it was 2019\n\nTom")
        == "command"
    )
    declined = post(desk, "Jane Orange: declined", "Tom Teal: declined", "Ruth Rose: declined")
    assert "say that it was 2019" in declined["Jane Orange", "declined"].words
    assert 'Reply "show": sends you the letter again' in declined["Jane Orange", "declined"].words

    # Jane has it sent again and changes the words in the quoted draft.
    assert desk.orders(JANE, declined["Jane Orange", "declined"], "show") == "command"
    again = post(desk, "Jane Orange: draft")["Jane Orange", "draft"]
    quoted = again.text.replace("Question 1: nine.\r\nQuestion 2: tools", "Question 1: nine, in 2019.\r\nQuestion 2: tools")  # fmt: skip
    assert quoted != again.text
    edited = f"edit v1{GMAIL}" + "\n".join(f"> {line}" for line in quoted.splitlines())
    assert desk.orders(JANE, again, edited) == "command"
    drafts = post(desk, "Jane Orange: draft", "Tom Teal: draft", "Ruth Rose: draft")
    shown = drafts["Tom Teal", "draft"]
    assert "please decide on version 2" in shown.words
    assert "nine, in 2019" in shown.words

    # An approval of the version that was turned down is refused, the right one counts, and all hear.
    assert desk.orders(TOM, shown, "approve v1\n\nTom") == "command-refused"
    post(desk, "Tom Teal: draft", "Tom Teal: order-refused")
    assert desk.orders(TOM, shown, "approve v2\n\nKind regards\nTom Teal") == "command"
    approved = post(desk, "Jane Orange: approved", "Tom Teal: approved", "Ruth Rose: approved")
    assert "Tom Teal" in approved["Ruth Rose", "approved"].words
    assert '"stop"' in approved["Ruth Rose", "approved"].words
    desk.later(minutes=9)
    assert not desk.unread
    desk.later(minutes=2)
    left = post(
        desk,
        "Sam Smith: letter",
        "Jane Orange: letter-sent",
        "Tom Teal: letter-sent",
        "Ruth Rose: letter-sent",
    )
    letter = left["Sam Smith", "letter"]
    assert "Question 1: nine, in 2019." in letter.words
    assert "section 40(2)" in letter.words.casefold()
    for colleague in ("Harry", "Luke", "Dora", "drill", "insurer"):
        assert colleague not in letter.raw.decode()
    assert list(letter.files) == ["letter-004078-20.pdf"]
    case = desk.case()
    assert (case.state, case.outcome) == (State.ANSWERED, "part")
    assert list(verify(desk.store)) == []
