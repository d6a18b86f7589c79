"""`pause` and `resume` by post: nothing leaves meanwhile, and everybody knows (mail rule A13)."""

from __future__ import annotations

from datetime import timedelta

from foibot.case.case import State
from foibot.case.events import SendingPaused, SendingResumed
from foibot.demo.correspondent import request
from foibot.desk.verify import verify
from foibot.desk.vitals import vitals
from foibot.reports.health import signs
from tests.office import MAILBOX, RUTH, SAM, TOM, Office


def paused(desk: Office) -> bool:
    with desk.store.view() as tx:
        return tx.switches.paused


def orders_on_record(desk: Office) -> list[tuple[str, str]]:
    with desk.store.view() as tx:
        return [
            (type(one.event).__name__, one.by)
            for one in tx.ledger.all()
            if isinstance(one.event, SendingPaused | SendingResumed)
        ]


def test_an_approver_pauses_and_everybody_is_told_what_runs_on(desk: Office) -> None:
    notice = desk.drafted()
    assert desk.orders(TOM, notice, "Pause: letters go to the wrong people") == "command"
    mail = desk.one_for(TOM, "answer")
    words = " ".join(mail.words.split())
    assert "The reason given: letters go to the wrong people" in words
    assert "The time to answer runs on all the same. 1 request is open" in words
    assert 'Reply "resume": lets mail leave again' in words
    desk.discards()
    assert paused(desk)

    assert desk.asks("Another question", subject="Other")
    assert desk.unread == [], "not even an acknowledgement"
    assert desk.dispatch.round().kept_back
    seen = vitals(desk.store, 60, desk.clock.now(), None)
    (pause,) = [one for one in signs(seen) if one.name == "pause"]
    assert "until somebody replies `resume`" in pause.words

    desk.later(days=1)
    digest = desk.one_for(RUTH, "digest")
    assert "Sending is paused: nothing leaves" in digest.words
    desk.discards()

    assert desk.orders(RUTH, digest, "resume") == "command"
    assert not paused(desk)
    assert not desk.dispatch.round().kept_back
    assert len(desk.post_for(SAM)) == 1, "the acknowledgement that waited"
    assert "Leaving now:" in next(m for m in desk.post_for(RUTH) if m.kind == "answer").words
    desk.discards()
    assert orders_on_record(desk) == [
        ("SendingPaused", TOM.address),
        ("SendingResumed", RUTH.address),
    ]
    assert list(verify(desk.store)) == []


def test_an_approved_letter_waits_and_leaves_after_the_pause(desk: Office) -> None:
    draft = desk.drafted()
    assert desk.orders(TOM, draft, "approve v1") == "command"
    desk.discards()
    assert desk.orders(TOM, draft, "pause") == "command"
    desk.discards()
    desk.later(minutes=30)
    assert desk.case().state is not State.ANSWERED
    assert desk.orders(TOM, draft, "resume") == "command"
    assert desk.case().state is State.ANSWERED
    desk.discards()


def test_a_resume_with_more_under_it_and_one_that_changes_nothing_are_refused(desk: Office) -> None:
    draft = desk.drafted()
    assert desk.orders(TOM, draft, "resume") == "command-refused"
    assert "Sending is not paused." in desk.one_for(TOM).words
    assert desk.orders(TOM, draft, "pause") == "command"
    desk.discards()
    assert desk.orders(TOM, draft, "pause") == "command-refused"
    assert "Sending is paused already." in desk.one_for(TOM).words
    assert (
        desk.orders(TOM, draft, "resume\n\nbut only acknowledgements, please") == "command-refused"
    )
    assert "more under the order" in desk.one_for(TOM).words
    assert paused(desk)


def test_a_word_about_one_case_stops_no_office(desk: Office) -> None:
    draft = desk.drafted()
    assert desk.orders(TOM, draft, "pause until we hear from the requester") == "command-refused"
    assert "stops or starts everything that leaves the office" in " ".join(
        desk.one_for(TOM).words.split()
    )
    assert not paused(desk)


def test_in_an_emergency_no_notice_has_to_be_at_hand(desk: Office) -> None:
    """A fresh mail will do, confirmed from the registered address, to end a pause as well."""
    for line in ("pause", "resume"):
        raw = request(
            TOM, MAILBOX, "Urgent", line, desk.clock.now(),
            message_id=desk.message_id("exampleshire.example"),
        )  # fmt: skip
        assert desk.arrives(desk.border(raw, TOM.address, login=True)) == "command-refused"
        ask = desk.one_for(TOM, "confirm-order")
        assert desk.orders(TOM, ask, "confirm") == "command"
        assert paused(desk) is (line == "pause")
        desk.discards()
        desk.clock.advance(timedelta(minutes=5))


def test_a_forged_pause_changes_nothing(desk: Office) -> None:
    draft = desk.drafted()
    desk.orders(TOM, draft, "pause", login=False)
    assert not paused(desk)
    desk.discards()
