"""The notices of one case as officers have them, word for word, and the orders offered to each reader.

When the wording is meant to change, run `PYTHONPATH=. python tests/golden/notices/write.py` and read
the difference.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.office import JANE, ORDER, RUTH, SAM, TOM, Mail, Office, office

GOLDEN = Path(__file__).parent.parent / "golden" / "notices"
NAMES = ("new-case", "reminder", "digest", "draft", "approved", "letter-sent")


@cache
def as_read() -> dict[str, str]:
    """The notices of the case 004078/20, each as one person has it: subject, text, without the letter."""
    with TemporaryDirectory() as folder, office(Path(folder), authority=FIRST) as desk:
        desk.asks()
        first = desk.one_for(JANE)
        desk.at("2021-01-07 08:01")
        mails = [first, *desk.post_for(JANE)]
        reminder = next(mail for mail in mails if mail.kind == "reminder")
        desk.orders(JANE, reminder, ORDER)
        mails.append(desk.one_for(TOM, "draft"))
        desk.orders(TOM, mails[-1], "approve v1")
        mails.append(desk.one_for(JANE, "approved"))
        desk.later(minutes=11)
        mails.append(desk.one_for(JANE, "letter-sent"))
        desk.discards()
        return {mail.kind: _shown(mail) for mail in mails}


FIRST = {"first_number": 4078}


def _shown(mail: Mail) -> str:
    subject = re.sub(r"#\w{16}", "#" + "x" * 16, mail.subject)
    text = mail.text.replace("\r\n", "\n").partition("------------------------ the letter")[0]
    # It stands for the words of the letter, which have golden files of their own.
    text = re.sub(r"(?<=Fingerprint: )\w{4} \w{4}", "XXXX XXXX", text)
    return f"Subject: {subject}\n\n{text.rstrip()}\n"


@pytest.mark.parametrize("name", NAMES)
def test_a_notice_reads_as_agreed(name: str) -> None:
    assert as_read()[name] == (GOLDEN / f"{name}.txt").read_text("utf-8")


def test_these_are_all_the_notices_of_a_case_that_goes_well() -> None:
    assert sorted(as_read()) == sorted(NAMES)


def offered(mail: Mail) -> list[str]:
    """The orders that a notice offers, by their verbs and versions."""
    found = re.findall(r'Reply "([^"]+)"', mail.words)
    return [order.partition(":")[0] for order in found]


SLOTS = ["set reasons", "set harm", "set for", "set against", "set balance"]
LOOK = ["show", "when"]


def test_each_reader_of_a_draft_is_offered_what_would_work(desk: Office) -> None:
    desk.asks()
    desk.orders(JANE, desk.one_for(JANE), ORDER)
    own, mine = desk.one_for(JANE), desk.one_for(TOM)
    assert offered(mine) == ["approve v1", "reject v1", "hold v1", "edit v1", *SLOTS, *LOOK]
    assert "Tom Teal, please decide on version 1" in mine.words
    assert "10 minutes later" in mine.words
    assert offered(own) == ["reject v1", "edit v1", *SLOTS, *LOOK]
    assert "You cannot approve this version, Jane Orange." in own.words
    assert "It can be approved by Tom Teal or Ruth Rose, who were sent it too." in own.words
    desk.discards()


def test_the_draft_says_who_holds_it(desk: Office) -> None:
    draft = desk.drafted()
    desk.orders(TOM, draft, "hold v1")
    assert "put it on hold" in desk.one_for(RUTH).words
    again = desk.one_for(TOM, "draft")
    assert offered(again)[:3] == ["approve v1", "reject v1", "hold v1"]
    desk.discards()
    desk.orders(RUTH, draft_of(desk, RUTH), "show")
    shown = desk.one_for(RUTH)
    assert offered(shown)[0] == "reject v1"
    assert "On hold by Tom Teal: only that person's approval counts." in shown.words


def draft_of(desk: Office, who: object) -> Mail:
    """Any notice of the case that this person was sent."""
    return next(
        Mail(envelope.raw, envelope.recipient)
        for envelope in desk.post.taken
        if envelope.recipient == getattr(who, "address", "")
    )


def test_an_approved_letter_can_be_stopped_and_a_sent_one_only_looked_at(desk: Office) -> None:
    draft = desk.drafted()
    desk.orders(TOM, draft, "approve v1")
    desk.discards()
    desk.orders(TOM, draft, "show")
    approved = desk.one_for(TOM)
    assert offered(approved) == ["stop", *LOOK]
    assert "It is approved and about to be sent." in approved.words
    desk.later(minutes=11)
    desk.discards()
    desk.orders(TOM, draft, "show")
    sent = desk.one_for(TOM)
    assert offered(sent) == LOOK
    assert "It has been sent to the requester." in sent.words


@pytest.mark.parametrize(("minutes", "said"), [(0, "at once"), (1, "1 minute later")])
def test_the_time_to_undo_is_said(tmp_path: Path, minutes: int, said: str) -> None:
    with office(tmp_path, approval={"undo_minutes": minutes}) as desk:
        draft = desk.drafted()
        assert f"sends exactly this letter to {SAM.address}" in draft.words
        assert said in draft.words
