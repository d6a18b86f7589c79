"""While some mails are on their way others follow: never too many, nothing beside a letter, no answer forgotten."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy import update

from foibot.case.outcome import Audience, plain_notice
from foibot.demo.correspondent import Person, request
from foibot.desk.about import About
from foibot.desk.dispatch import Dispatch
from foibot.desk.record import notify
from foibot.errors import TryAgainLater
from foibot.gateway.smtp import Delivery, Envelope
from foibot.mail.compose import HeaderCannotBeSet
from foibot.outbox.item import Answer, ItemState, Kind
from foibot.store.tables import outbox
from tests.office import MAILBOX, QUESTION, SAM, TOM, Office

OLIVE = Person("Olive", "olive@citizens.example")
More = Callable[[], Sequence[Envelope]]


@dataclass(slots=True)
class Busy:
    """A server that takes one mail after the other; `seen` is told before each answer."""

    seen: Callable[[Envelope], object] = lambda _: None
    answers: dict[int, Answer] = field(default_factory=dict)
    taken: list[Envelope] = field(default_factory=list)

    def send(self, envelopes: Sequence[Envelope], more: More) -> Iterable[Delivery]:
        coming = deque(envelopes)
        while coming:
            one = coming.popleft()
            self.seen(one)
            answer = self.answers.get(len(self.taken), Answer.ACCEPTED)
            self.taken.append(one)
            reached = answer is not Answer.RETRY
            yield Delivery(one.key, answer, 250 if reached else 0, "250 ok" if reached else "away", reached)  # fmt: skip
            coming.extend(more())


def with_post(desk: Office, post: Busy) -> Dispatch:
    desk.dispatch = Dispatch(desk.office, desk.store, post)
    return desk.dispatch


def queue(desk: Office, many: int) -> None:
    """So many notices for officers, in one go."""
    with desk.store.transaction() as tx:
        for number in range(many):
            notice = plain_notice(Audience.ADMINISTRATORS, f"Notice {number}", ["Read me."])
            notify(tx, desk.office, (notice,), About(None, desk.clock.now()))


def states(desk: Office, kind: Kind = Kind.NOTICE) -> list[ItemState]:
    with desk.store.view() as tx:
        return [one.state for one in tx.outbox.every() if one.kind is kind]


def test_what_is_queued_meanwhile_leaves_in_the_same_round(desk: Office) -> None:
    def arrives(_: Envelope) -> None:
        if len(post.taken) == 1:
            queue(desk, 3)

    queue(desk, 2)
    post = Busy(arrives)
    done = with_post(desk, post).round()
    assert (done.tried, done.reached) == (5, True)
    assert set(states(desk)) == {ItemState.SENT}


def test_no_more_than_a_crash_may_put_in_doubt_are_ever_on_their_way(desk: Office) -> None:
    on_their_way = []
    queue(desk, 150)
    post = Busy(lambda _: on_their_way.append(states(desk).count(ItemState.SENDING)))
    assert with_post(desk, post).round().tried == 150
    assert max(on_their_way) == 24
    assert min(on_their_way[:-16]) > 16, "connections have something to do until all is sent"
    assert len({one.key for one in post.taken}) == 150


def test_a_letter_waits_until_nothing_else_is_on_its_way(desk: Office) -> None:
    draft = desk.drafted()
    desk.orders(TOM, draft, "approve v1")
    desk.tick()
    desk.discards()
    queue(desk, 40)
    beside: list[int] = []

    def looks(one: Envelope) -> None:
        if not post.taken:
            desk.clock.advance(timedelta(minutes=11))  # the letter may leave from now on
        if one.recipient == SAM.address:
            beside.append(states(desk).count(ItemState.SENDING))

    post = Busy(looks)
    with_post(desk, post)
    assert desk.dispatch.round().tried == 24
    assert beside == []
    assert desk.dispatch.round().tried > 16
    assert beside == [0]
    assert post.taken[24].recipient == SAM.address, "it goes before what is queued behind it"


def test_a_claim_that_fails_takes_no_answer_from_those_on_their_way(desk: Office) -> None:
    queue(desk, 40)
    post = Busy()
    desk.dispatch = Dispatch(desk.office, desk.store, post)
    tries = []

    def fails(*arguments: object, **how: object) -> object:
        tries.append(how)
        if len(tries) == 2:
            raise TryAgainLater("the database is busy")
        return claim(*arguments, **how)

    claim = desk.dispatch._claim
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Dispatch, "_claim", lambda _, *a, **k: fails(*a, **k))
        with pytest.raises(TryAgainLater):
            desk.dispatch.round()
        assert states(desk).count(ItemState.SENT) == 24
        assert states(desk).count(ItemState.QUEUED) == 16
        assert len(tries) == 2, "it is not asked again in this round"
        assert desk.dispatch.round().tried == 16
    assert set(states(desk)) == {ItemState.SENT}


def spoil(desk: Office, place: int) -> None:
    """Make one of the mails such that no header can be written for it."""
    with desk.store.transaction() as tx:
        found = [one.id for one in tx.outbox.every() if one.kind is Kind.NOTICE][place]
        step = update(outbox).where(outbox.c.id == found).values(message_id=f"no id {found}")
        tx.outbox._connection.execute(step)


@pytest.mark.parametrize("place", [3, 35], ids=["at the start", "meanwhile"])
def test_a_mail_that_cannot_be_offered_leaves_none_claimed_for_ever(
    desk: Office, place: int
) -> None:
    queue(desk, 40)
    spoil(desk, place)
    post = Busy()
    with_post(desk, post)
    with pytest.raises(HeaderCannotBeSet):
        desk.dispatch.round()
    assert len(post.taken) == (32 if place == 35 else 0), "those on their way are answered"
    assert states(desk).count(ItemState.SENT) == len(post.taken)
    for _ in range(45):
        with suppress(HeaderCannotBeSet):
            desk.dispatch.round()
    assert Counter(states(desk)) == {ItemState.SENT: 39, ItemState.UNCERTAIN: 1}
    assert len({one.key for one in post.taken}) == len(post.taken) == 39


def test_nothing_follows_once_no_server_answers(desk: Office) -> None:
    queue(desk, 60)
    post = Busy(answers={20: Answer.RETRY})
    done = with_post(desk, post).round()
    assert not done.reached
    assert done.problem == "away"
    assert len(post.taken) == 40
    assert states(desk).count(ItemState.QUEUED) == 60 - 39
    assert not desk.dispatch.leaves


def test_nothing_follows_while_the_office_is_paused(desk: Office) -> None:
    queue(desk, 60)

    def pauses(_: Envelope) -> None:
        if len(post.taken) == 3:
            with desk.store.transaction() as tx:
                tx.switches.set("paused", "yes", desk.clock.now())

    post = Busy(pauses)
    assert with_post(desk, post).round().tried == 24
    assert desk.dispatch.leaves
    assert desk.dispatch.round().kept_back
    assert not desk.dispatch.leaves


def test_mail_leaves_where_there_was_none_to_send(desk: Office) -> None:
    """Also while the first of a new backlog are on their way: the round before found nothing to send."""
    assert not desk.dispatch.leaves
    assert desk.dispatch.round().tried == 0
    assert desk.dispatch.leaves


def test_a_person_who_writes_while_mails_leave_is_acknowledged_in_the_same_round(
    desk: Office,
) -> None:
    queue(desk, 20)

    def writes(_: Envelope) -> None:
        if len(post.taken) == 2:
            when, number = desk.clock.now(), desk.message_id("citizens.example")
            desk.stores(request(OLIVE, MAILBOX, "Boats", QUESTION, when, message_id=number))
            while desk.intake.work():
                pass

    post = Busy(writes)
    with_post(desk, post).round()
    assert OLIVE.address in [one.recipient for one in post.taken]
    assert set(states(desk, Kind.ACKNOWLEDGEMENT)) == {ItemState.SENT}
