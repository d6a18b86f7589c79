"""The cap of acknowledgements an address holds at the moment of sending too (mail rules A1, A10, A13)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from foibot.case.events import AcknowledgementWithheld
from foibot.demo.correspondent import Person
from foibot.desk.office import Office as At
from foibot.desk.verify import verify
from foibot.outbox.limits import Caps
from tests.office import JANE, RUTH, SAM, TOM, Mail, Office, office

CAPS = Caps(acknowledgements_per_address=2, mails_per_hour=500)


def test_a13_too_many_acknowledgements_wait_for_the_next_day_and_an_administrator_hears(
    tmp_path: Path,
) -> None:
    with office(tmp_path, limits={"acks_per_address_per_day": 9}) as desk:
        desk.dispatch = replace(desk.dispatch, office=replace(desk.office, caps=CAPS))
        for number in range(4):
            desk.asks(f"Question {number}?", subject=f"Subject {number}")
        assert len(desk.post_for(SAM)) == 2
        told = [mail for mail in desk.post_for(RUTH) if "Too many" in mail.subject]
        assert len(told) == 2
        words = " ".join(told[0].words.split())
        assert (
            "2 acknowledgements have left for sam.smith@citizens.example within 24 hours" in words
        )
        assert "that of 000003/20. It waits until Wednesday 9 December 2020" in words
        desk.discards()
        desk.later(hours=23)
        assert desk.post_for(SAM) == []
        desk.discards()
        desk.later(hours=2)
        assert len(desk.post_for(SAM)) == 2
        desk.discards()
        assert list(verify(desk.store)) == []


def test_an_acknowledgement_that_an_officer_ordered_leaves_beyond_the_cap(tmp_path: Path) -> None:
    with office(tmp_path, limits={"acks_per_address_per_day": 1}) as desk:
        for number in range(2):
            desk.asks(f"Question {number}?", subject=f"Subject {number}")
        assert len(desk.post_for(SAM)) == 1
        withheld = [
            one for one in desk.history("000002/20")
            if isinstance(one.event, AcknowledgementWithheld)
        ]  # fmt: skip
        assert len(withheld) == 1
        notice = next(m for m in desk.post_for(JANE) if "000002/20" in m.subject)
        assert desk.orders(JANE, notice, "ack") == "command"
        assert len(desk.post_for(SAM)) == 1
        desk.discards()


def test_when_all_has_left_that_may_in_an_hour_the_rest_is_kept_back(tmp_path: Path) -> None:
    with office(tmp_path, limits={"mails_per_hour": 1}) as desk:
        desk.asks("How many boats?", subject="Boats")
        assert len(desk.post_for(SAM)) == 1
        assert desk.dispatch.round().kept_back
        desk.later(hours=2)
        desk.discards()


def flood(desk: Office, first: int, many: int) -> None:
    """So many strangers each ask something."""
    for number in range(first, first + many):
        name = f"p{number}@citizens.example"
        desk.stores(desk.asked(f"Question {number}?", Person(f"P{number}", name), f"S{number}"))
    while desk.intake.work():
        pass


def test_a13_a_letter_leaves_in_a_flood_of_acknowledgements(tmp_path: Path) -> None:
    with office(tmp_path, limits={"mails_per_hour": 40}) as desk:
        draft = desk.drafted()
        desk.later(minutes=61)
        desk.discards()
        assert desk.orders(TOM, draft, "approve v1") == "command"
        flood(desk, 1, 60)
        desk.send()
        assert desk.dispatch.round().kept_back
        assert not desk.dispatch.leaves
        desk.later(minutes=11)
        left = [Mail(one.raw, one.recipient).kind for one in desk.post.taken]
        assert left.count("letter") == 1
        assert 30 < left.count("ack") < 37
        desk.post_for(SAM)
        desk._unread.clear()


def test_a13_a_letter_that_the_cap_holds_is_told_of_at_once(tmp_path: Path) -> None:
    with office(tmp_path, limits={"mails_per_hour": 20}) as desk:
        draft = desk.drafted()
        desk.later(minutes=61)
        desk.discards()
        assert desk.orders(TOM, draft, "approve v1") == "command"
        desk.later(minutes=9)
        desk.discards()
        usual = desk.office
        capped(desk, replace(usual, caps=replace(usual.caps, mails_per_hour=1)))
        desk.later(minutes=3)
        desk.later(minutes=15)
        assert desk.post_for(SAM) == desk.post_for(RUTH) == []
        capped(desk, usual)
        desk.send()
        told = desk.one_for(RUTH, "answer")
        assert "As many mails have left within an hour as may" in told.words
        desk.one_for(SAM, "letter")
        desk.discards()


def capped(desk: Office, changed: At) -> None:
    """The same office with other limits, as after a restart."""
    desk.dispatch = replace(desk.dispatch, office=changed)
    desk.remind = replace(desk.remind, office=changed)
