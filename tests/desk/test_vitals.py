"""A mailbox that cannot be read is told to the administrators, once; and what monitoring measures."""

from __future__ import annotations

from datetime import timedelta

from foibot.desk.vitals import mailbox_was_read, tell_of_silence, vitals
from foibot.outbox.item import Answer
from foibot.reports.health import signs
from tests.office import RUTH, SAM, STAFF, Office


def silent(desk: Office, **since: float) -> bool:
    """Whether the mailbox is found silent by a service that began so long ago."""
    now = desk.clock.now()
    return tell_of_silence(desk.store, desk.office, 60, now - timedelta(**since), now)


def test_administrators_hear_once_of_each_silence(desk: Office) -> None:
    mailbox_was_read(desk.store, desk.clock.now())
    desk.later(minutes=14)
    assert not silent(desk, hours=5)
    desk.later(minutes=2)
    assert silent(desk, hours=5)
    assert silent(desk, hours=5)
    desk.send()
    told = desk.one_for(RUTH, "answer").words
    assert "The mailbox cannot be read" in told
    assert "It was last read on Tuesday 8 December 2020 at 09:11." in told
    assert "they wait on the mail server" in told
    assert {one.kind for person in STAFF for one in desk.post_for(person)} == {"digest"}

    mailbox_was_read(desk.store, desk.clock.now())
    desk.later(minutes=20)
    assert silent(desk, hours=5)
    desk.send()
    assert "at 09:27" in desk.one_for(RUTH).words


def test_a_service_that_was_off_has_not_been_silent(desk: Office) -> None:
    mailbox_was_read(desk.store, desk.clock.now())
    desk.later(days=0.1)
    assert not silent(desk, minutes=1)
    assert silent(desk, minutes=16)
    desk.send()
    desk.discards(*STAFF)


def test_two_workers_tell_once_of_one_silence(desk: Office) -> None:
    mailbox_was_read(desk.store, desk.clock.now())
    desk.later(hours=1)
    assert silent(desk, minutes=17)
    assert silent(desk, minutes=16)
    desk.send()
    assert [one.kind for one in desk.post_for(RUTH)].count("answer") == 1
    desk.later(minutes=30)
    assert silent(desk, minutes=20), "one that began after that tells anew"
    desk.send()
    assert [one.kind for one in desk.post_for(RUTH)] == ["answer"]
    desk.discards(*STAFF)


def test_a_mailbox_that_was_never_read_is_silent_too(desk: Office) -> None:
    assert not silent(desk, minutes=1)
    assert silent(desk, minutes=16)
    desk.send()
    assert "It was never read." in desk.one_for(RUTH).words


def test_reading_is_written_down_once_a_minute(desk: Office) -> None:
    began = desk.clock.now()
    mailbox_was_read(desk.store, began)
    mailbox_was_read(desk.store, began + timedelta(seconds=59))
    assert vitals(desk.store, 60, began, None).polled_at == began
    mailbox_was_read(desk.store, began + timedelta(seconds=60))
    assert vitals(desk.store, 60, began, None).polled_at == began + timedelta(seconds=60)


def test_what_is_measured_is_what_waits(desk: Office) -> None:
    mailbox_was_read(desk.store, desk.clock.now())
    desk.stores(b"From: sam.smith@citizens.example\r\n\r\nHow many?\r\n")
    seen = vitals(desk.store, 60, desk.clock.now(), 7)
    assert (seen.waiting, seen.queued, seen.open_cases, seen.free) == (1, 0, 0, 7)
    desk.post.script.extend([(Answer.RETRY, 451, "later")] * 2)
    desk.settles()
    seen = vitals(desk.store, 60, desk.clock.now(), None)
    assert (seen.waiting, seen.waiting_since, seen.queued) == (0, None, 0)
    assert (seen.open_cases, seen.overdue_cases, seen.stuck, seen.paused) == (1, 0, 0, False)
    later = desk.clock.now() + timedelta(days=60)
    seen = vitals(desk.store, 60, later, None)
    assert (seen.queued, seen.overdue_cases) == (2, 1)
    assert {one.name for one in signs(seen) if not one.well} == {"mailbox", "outbox"}
    desk.later(hours=2)
    desk.discards(*STAFF, SAM)
