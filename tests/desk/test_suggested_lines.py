"""Every line that a mail suggests to an officer is carried out, or asks only for words, a file or a name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.office import JANE, ORDER, STAFF, TOM, Mail, Office

LINE = re.compile(r'^- Reply "((?:[^"]|\n  )*)"', re.MULTILINE)
WORDS = "\nIt was counted in the register of that year, by place.\n"
PEOPLE = {one.address: one for one in STAFF}
# Of a line that lacks what only the officer can add, this is what they are told.
UNFINISHED = (
    "nothing differs",
    "no file with your message",
    "The letter needs the text",
    "There is no case REFERENCE",
    "There is no other case REFERENCE",
    "Write the qualified person's name",
    "Say why no opinion is needed",
    "Nobody on the list of officers is called NAME",
)
ORDERS = (
    "link 000001/20",
    "assign harry",
    "ask",
    "opinion",
    "approve",
    "stop",
    "fee paid",
    "snooze",
    "sensitive off",
    "not foi",
    "disclose\nThere were 42.",
)


def suggested(mail: Mail) -> list[str]:
    return [" ".join(one.split()) for one in LINE.findall(mail.text)]


def refused(desk: Office, folder: Path, mail: Mail) -> list[str]:
    """Each line of a mail that its reader is refused, with what they are told."""
    wrong = []
    for number, line in enumerate(suggested(mail)):
        told = ""
        for text in ("", WORDS):
            twin = desk.twin(folder / f"{len(list(folder.iterdir()))}-{number}")
            twin._unread.clear()
            who = PEOPLE[mail.to]
            done = twin.orders(who, mail, line + text) == "command"
            post = "" if done else " ".join(one.text for one in twin.post_for(who))
            twin.close()
            if done or any(one in " ".join(post.split()) for one in UNFINISHED):
                break
            told = " ".join(post.split())
        else:
            wrong.append(f"{line!r} in {mail.subject!r}: {told}")
    return wrong


@pytest.mark.parametrize("order", ORDERS)
def test_the_answer_to_an_order_suggests_what_works(
    desk: Office, tmp_path: Path, order: str
) -> None:
    twins = tmp_path / "twins"
    twins.mkdir()
    desk.asks()
    desk.asks("How many kennels are there?", subject="Kennels")
    notice = [one for one in desk.post_for(JANE) if "000002/20" in one.subject][-1]
    desk.discards()
    desk.orders(JANE, notice, order)

    answers = [one for who in STAFF for one in desk.post_for(who)]
    assert any(suggested(one) for one in answers)
    assert [line for one in answers for line in refused(desk, twins, one)] == []
    desk.discards()


def test_a_draft_and_its_reminders_suggest_what_works(desk: Office, tmp_path: Path) -> None:
    twins = tmp_path / "twins"
    twins.mkdir()
    desk.drafted(ORDER)
    desk.at("2021-01-12 09:00")

    mails = [one for who in (JANE, TOM) for one in desk.post_for(who)]
    assert {one.kind for one in mails} >= {"overdue", "digest"}
    assert [line for one in mails for line in refused(desk, twins, one)] == []
    desk.discards()
