"""What the server answers, and what follows: nothing twice, nothing unapproved, nothing silently stuck."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from foibot.case.case import Acknowledgement, LetterState, State
from foibot.demo.correspondent import Person, reply, request
from foibot.desk.dispatch import Dispatch
from foibot.desk.housekeeping import SentCopies
from foibot.desk.sent import settle_all
from foibot.desk.settle_by_hand import ByHand, NothingToDecide
from foibot.desk.verify import verify
from foibot.errors import Bug
from foibot.gateway.smtp import Delivery, Envelope
from foibot.mail.addresses import plus_part
from foibot.outbox.item import Answer, ItemState, Kind
from foibot.store.cases import NoSuchCase
from foibot.store.outgoing import Outgoing
from foibot.store.transaction import Store
from tests.office import JANE, ORDER, RUTH, SAM, TOM, Mail, Office, ScriptedPost, office
from tests.store.store_tools import new_mail

SAMPLES = Path(__file__).parent.parent / "emails"
AWAY = (Answer.RETRY, 0, "the server cannot be reached")
LATER = (Answer.RETRY, 451, "451 try again later")
NEVER = (Answer.REFUSED, 550, "550 5.1.1 no such user")
SILENCE = (Answer.UNCERTAIN, 0, "after the mail was sent: no answer")
MINUTES_11 = timedelta(minutes=11)
TAKEN = (Answer.ACCEPTED, 250, "250 2.0.0 queued as TEST")


@pytest.fixture(scope="module")
def approved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office in which a letter is approved and waits for its undo window."""
    with office(tmp_path_factory.mktemp("approved")) as desk:
        draft = desk.drafted()
        desk.orders(TOM, draft, "approve v1")
        desk.tick()
        yield desk
        desk.discards()


@pytest.fixture
def leaving(approved: Office, tmp_path: Path) -> Iterator[Office]:
    """One's own office of that kind, eleven minutes later; nothing has been sent yet."""
    twin = approved.twin(tmp_path)
    twin.discards()
    twin.clock.advance(MINUTES_11)
    yield twin
    assert list(verify(twin.store)) == []
    twin.close()


def mails(desk: Office, kind: Kind) -> list[Outgoing]:
    with desk.store.view() as tx:
        return [one for one in tx.outbox.every() if one.kind is kind]


def the_letter(desk: Office) -> Outgoing:
    (only,) = mails(desk, Kind.LETTER)
    return only


def heard(desk: Office, *people: Person) -> list[str]:
    """The kinds of mail these people were sent, each the same."""
    (kinds,) = {tuple(mail.kind for mail in desk.post_for(who)) for who in people}
    return list(kinds)


def scripted(desk: Office, *answers: tuple[Answer, int, str]) -> None:
    desk.post.script.extend(answers)


def test_a_refused_letter_is_told_at_once_and_can_be_sent_again_by_hand(leaving: Office) -> None:
    """Mail rule F6."""
    scripted(leaving, NEVER)
    leaving.send()

    assert leaving.case().state is State.DELIVERY_FAILED
    (notice, *_) = leaving.post_for(JANE)
    assert notice.kind == "not-delivered"
    assert "550 5.1.1" in notice.words
    assert "post" in notice.words, "the way that is left is named"
    leaving.discards()

    leaving.later(hours=30)
    assert leaving.post_for(SAM) == [], "never by itself"
    ByHand(leaving.office, leaving.store).send_again(the_letter(leaving).id)
    leaving.tick()
    assert len(leaving.post_for(SAM)) == 1
    assert leaving.case().state is State.ANSWERED
    leaving.discards()


def test_an_uncertain_letter_is_never_repeated_until_a_person_says_it_arrived(
    leaving: Office,
) -> None:
    scripted(leaving, SILENCE)
    leaving.send()
    assert leaving.case().state is State.DELIVERY_UNCERTAIN
    assert heard(leaving, JANE, TOM, RUTH) == ["not-delivered"]

    for _ in range(5):
        leaving.later(days=1)
    assert leaving.post_for(SAM) == []
    leaving.discards()
    assert leaving.case().answered_at is None, "the clock still runs"

    ByHand(leaving.office, leaving.store).it_arrived(the_letter(leaving).id)
    leaving.tick()
    assert leaving.case().state is State.ANSWERED
    assert leaving.post_for(SAM) == []


def test_an_uncertain_letter_is_sent_again_as_the_same_mail_when_a_person_says_so(
    leaving: Office,
) -> None:
    offered = recording(leaving)
    scripted(leaving, SILENCE)
    leaving.send()
    ByHand(leaving.office, leaving.store).send_again(the_letter(leaving).id)
    leaving.later(hours=1)

    first, second = (one for one in offered if one.recipient == SAM.address)
    assert first == second, "byte for byte, Message-ID and date included"
    assert leaving.case().state is State.ANSWERED
    leaving.discards()


def test_a_letter_can_be_settled_once_and_only_while_it_is_in_doubt(leaving: Office) -> None:
    hand, number = ByHand(leaving.office, leaving.store), the_letter(leaving).id
    with pytest.raises(NothingToDecide):
        hand.it_arrived(number)
    scripted(leaving, SILENCE)
    leaving.send()
    hand.it_arrived(number)
    for act in (hand.it_arrived, hand.send_again, hand.hold, hand.release):
        with pytest.raises(NothingToDecide):
            act(number)
        with pytest.raises(NothingToDecide):
            act(10_000)
    leaving.discards()


def test_a_temporary_answer_is_tried_again_after_5_15_and_60_minutes(leaving: Office) -> None:
    """Mail rules F5, F6."""
    offered = recording(leaving)
    scripted(leaving, LATER, LATER, LATER)
    leaving.send()
    for minutes, tries in ((4, 1), (2, 2), (14, 2), (2, 3), (59, 3), (2, 4)):
        leaving.clock.advance(timedelta(minutes=minutes))
        leaving.send()
        assert len([one for one in offered if one.recipient == SAM.address]) == tries
    assert len(set(offered)) < len(offered), "the same mail every time"
    assert leaving.case().state is State.ANSWERED
    leaving.discards()


def test_temporary_answers_for_days_end_as_refused_and_told(leaving: Office) -> None:
    for _ in range(9):
        scripted(leaving, LATER)
        leaving.send()
        leaving.clock.advance(timedelta(hours=25))
    assert leaving.case().state is State.DELIVERY_FAILED
    assert "not-delivered" in heard(leaving, JANE)
    leaving.discards()


def test_a_server_that_is_away_costs_no_try_and_all_leaves_when_it_is_back(
    leaving: Office,
) -> None:
    for _ in range(50):
        leaving.post.script.clear()
        scripted(leaving, *[AWAY] * 20)
        assert not leaving.dispatch.round().reached
    assert the_letter(leaving).tries == 0
    leaving.post.script.clear()

    leaving.send()
    assert leaving.case().state is State.ANSWERED
    leaving.discards()


def test_a_letter_whose_connection_breaks_each_time_does_not_keep_back_the_rest(
    leaving: Office,
) -> None:
    leaving.post = post = Breaking(SAM.address)
    leaving.dispatch = Dispatch(leaving.office, leaving.store, post)
    leaving.asks("Another question", who=Person("Olive", "olive@citizens.example"))
    assert {one.recipient for one in post.taken} >= {"olive@citizens.example", JANE.address}
    leaving.discards(JANE, "olive@citizens.example")


@dataclass(slots=True)
class Breaking:
    """A server that closes the connection whenever one recipient is named."""

    hated: str
    taken: list[Envelope] = field(default_factory=list)

    def send(self, envelopes: Sequence[Envelope], more: object = None) -> Iterable[Delivery]:
        for one in envelopes:
            if one.recipient == self.hated:
                yield Delivery(one.key, Answer.RETRY, 0, "before the mail was sent: closed")
            else:
                self.taken.append(one)
                yield Delivery(one.key, Answer.ACCEPTED, 250, "250 ok")


def test_a_letter_that_is_late_to_leave_is_told_to_the_administrator_once(
    leaving: Office,
) -> None:
    scripted(leaving, LATER, LATER)
    leaving.send()
    leaving.later(minutes=13)
    assert leaving.unread == []

    leaving.later(minutes=3)
    leaving.later(minutes=3)
    told = leaving.one_for(RUTH, "answer")
    assert "has not left" in told.words
    assert "451 try again later" in told.words
    assert the_letter(leaving).state is ItemState.QUEUED
    leaving.later(hours=2)
    assert leaving.case().state is State.ANSWERED
    assert "answer" not in heard(leaving, RUTH)
    leaving.discards()


def test_a_letter_that_the_gate_holds_is_told_to_the_administrator(
    approved: Office, tmp_path: Path
) -> None:
    desk = approved.twin(tmp_path)
    with desk.engine.begin() as connection:
        connection.execute(text("UPDATE outbox SET recipient = 'eve@elsewhere.example' WHERE kind = 'letter'"))  # fmt: skip
    desk.discards()
    desk.later(minutes=30)
    desk.tick()
    assert "It is held" in desk.one_for(RUTH, "answer").words
    desk.later(minutes=30)
    assert desk.unread == []
    desk.close()


def test_a_record_that_cannot_be_read_approves_nothing_and_stops_nobody_else(
    approved: Office, tmp_path: Path
) -> None:
    desk = approved.twin(tmp_path)
    with desk.engine.begin() as connection:
        connection.execute(text("UPDATE events SET kind = 'Approval' WHERE kind = 'Approved'"))
    desk.clock.advance(MINUTES_11)
    desk.asks("Another question", who=Person("Olive", "olive@citizens.example"))
    assert the_letter(desk).state is ItemState.HELD
    assert len(desk.post_for("olive@citizens.example")) == 1
    desk.close()


def test_an_answer_that_cannot_be_recorded_keeps_back_no_other_mail(
    approved: Office, tmp_path: Path
) -> None:
    desk = approved.twin(tmp_path)
    desk.clock.advance(MINUTES_11)
    with desk.engine.begin() as connection:
        connection.execute(text("DELETE FROM cases"))
    with pytest.raises(Bug):
        desk.dispatch.round()
    desk.asks("Another question", who=Person("Olive", "olive@citizens.example"))
    assert len(desk.post_for("olive@citizens.example")) == 1
    assert the_letter(desk).state is ItemState.SENDING, "a restart finds it in doubt"
    desk.close()


@dataclass(slots=True)
class Together:
    """A server all of whose answers are there at once."""

    post: ScriptedPost

    def send(self, envelopes: Sequence[Envelope], more: object = None) -> Iterable[Delivery]:
        for at, one in enumerate(self.post.send(envelopes), start=1):
            yield replace(one, more=at < len(envelopes))


def test_answers_that_are_there_at_once_are_kept_at_once(
    desk: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = []

    def counted(
        store: Store, office: Any, mails: Sequence[Outgoing], answers: Any, worker: int
    ) -> None:
        kept.append(len(mails))
        settle_all(store, office, mails, answers, worker)

    monkeypatch.setattr("foibot.desk.dispatch.settle_all", counted)
    desk.dispatch = Dispatch(desk.office, desk.store, Together(desk.post))
    desk.asks()
    assert kept == [2]
    assert desk.case().acknowledgement is Acknowledgement.SENT
    desk.discards()


def test_one_answer_that_cannot_be_kept_does_not_spoil_those_beside_it(
    approved: Office, tmp_path: Path
) -> None:
    desk = approved.twin(tmp_path)
    desk.discards()
    desk.dispatch = Dispatch(desk.office, desk.store, Together(desk.post))
    of_no_case = new_mail(2, kind=Kind.ACKNOWLEDGEMENT, case_ref="000099/20")
    with desk.store.transaction() as tx:
        tx.outbox.add([new_mail(1), of_no_case, new_mail(3)], desk.clock.now())
    with desk.store.view() as tx:
        waiting = [
            one for one in tx.outbox.in_state(ItemState.QUEUED) if one.message_id.startswith("<o")
        ]
    answers = [Delivery(one.id, *TAKEN) for one in sorted(waiting, key=lambda one: one.id)]
    by_id = {one.id: one for one in waiting}
    desk.dispatch.unsettled.extend((by_id[one.key], one) for one in answers)
    with pytest.raises(NoSuchCase):
        desk.dispatch.round()
    desk.dispatch.round()
    with desk.store.view() as tx:
        became = {one.message_id[2]: one.state for one in tx.outbox.every() if one.id in by_id}
    assert became == {"1": ItemState.SENT, "2": ItemState.HELD, "3": ItemState.SENT}
    desk.close()


def recording(desk: Office) -> list[Envelope]:
    """Everything that is offered to the server from now on, accepted or not."""
    offered: list[Envelope] = []
    post = desk.post

    class Recorder:
        def send(self, envelopes: Sequence[Envelope], more: object = None) -> Iterable[Delivery]:
            offered.extend(envelopes)
            return post.send(envelopes)

    desk.dispatch = Dispatch(desk.office, desk.store, Recorder())
    return offered


def test_an_uncertain_acknowledgement_is_repeated_once_as_the_same_mail(desk: Office) -> None:
    offered = recording(desk)
    scripted(desk, SILENCE)
    desk.asks()

    first, second = (one for one in offered if one.recipient == SAM.address)
    assert first == second
    assert desk.case().acknowledgement is Acknowledgement.SENT
    desk.discards()


def test_an_acknowledgement_twice_in_doubt_is_left_to_a_person(desk: Office) -> None:
    notice_about_the_request = TAKEN
    scripted(desk, SILENCE, notice_about_the_request, SILENCE)
    desk.asks()
    assert desk.case().acknowledgement is Acknowledgement.FAILED
    assert heard(desk, TOM, RUTH) == ["not-delivered"]
    desk.clock.advance(timedelta(days=2))
    desk.send()
    assert desk.post_for(SAM) == []
    desk.discards()

    (ack,) = mails(desk, Kind.ACKNOWLEDGEMENT)
    ByHand(desk.office, desk.store).it_arrived(ack.id)
    assert desk.case().acknowledgement is Acknowledgement.SENT


def test_a_refused_acknowledgement_is_told_and_may_be_settled_by_hand(desk: Office) -> None:
    scripted(desk, NEVER)
    desk.asks()
    assert desk.case().acknowledgement is Acknowledgement.FAILED
    assert "not-delivered" in heard(desk, JANE)
    (ack,) = mails(desk, Kind.ACKNOWLEDGEMENT)
    ByHand(desk.office, desk.store).send_again(ack.id)
    desk.tick()
    assert desk.case().acknowledgement is Acknowledgement.SENT
    desk.discards()


def _request(desk: Office) -> bytes:
    raw = request(SAM, "foi@exampleshire.example", "S", "Q?", desk.clock.now(), message_id="<q@citizens.example>")  # fmt: skip
    return desk.border(raw, SAM.address)


def pause(desk: Office, value: str) -> None:
    with desk.store.transaction() as tx:
        tx.switches.set("paused", value, desk.clock.now())


def test_nothing_at_all_leaves_while_the_office_is_paused(leaving: Office) -> None:
    pause(leaving, "yes")
    leaving.later(hours=3)
    assert leaving.post.taken == []
    pause(leaving, "no")
    leaving.send()
    assert leaving.case().state is State.ANSWERED
    leaving.discards()


def test_over_the_hourly_cap_the_rest_waits_for_the_next_hour(tmp_path: Path) -> None:
    """Mail rule A13."""
    with office(tmp_path, limits={"mails_per_hour": 3, "acks_per_address_per_day": 9}) as desk:
        for number in range(4):
            desk.asks(f"Question {number}", subject=f"Subject {number}")
        assert len(desk.post.taken) == 3
        desk.later(minutes=59)
        assert len(desk.post.taken) == 3
        desk.later(minutes=2)
        assert len(desk.post.taken) == 6
        desk.discards()
        for _ in range(4):
            desk.later(minutes=61)
        assert len(desk.post_for(SAM)) <= 4
        desk.discards()


TAMPERED = {
    "bytes": "UPDATE outbox SET raw = CAST(REPLACE(raw, 'neither', 'hereby ') AS BLOB)",
    "bytes with their digest": "UPDATE outbox SET raw = x'466f6f', raw_sha256 = '47dc540c94ceb704a23875c11273e16bb0b8a87aed84de911f2133568115f254'",
    "recipient": "UPDATE outbox SET recipient = 'eve@elsewhere.example'",
    "version": "UPDATE outbox SET version = 2",
    "kind, so that it needs no approval": "UPDATE outbox SET kind = 'notice'",
    "kind and version": "UPDATE outbox SET kind = 'notice', version = 0",
    "kind, as an acknowledgement": "UPDATE outbox SET kind = 'acknowledgement', version = 0, recipient = 'eve@elsewhere.example'",
}  # fmt: skip


@pytest.mark.parametrize("statement", TAMPERED.values(), ids=TAMPERED)
def test_a_letter_that_was_tampered_with_never_leaves(
    approved: Office, tmp_path: Path, statement: str
) -> None:
    """Mail rule F13."""
    desk = approved.twin(tmp_path)
    with desk.engine.begin() as connection:
        connection.execute(text(f"{statement} WHERE kind = 'letter'"))
    desk.later(minutes=11)
    assert [one.recipient for one in desk.post.taken if "exampleshire" not in one.recipient] == []
    with desk.store.view() as tx:
        assert len(tx.outbox.in_state(ItemState.HELD)) == 1
    assert list(verify(desk.store))
    desk.close()


@pytest.mark.parametrize("state", ["approved", "queued"])
def test_a_draft_whose_row_says_it_may_leave_does_not(desk: Office, state: str) -> None:
    desk.drafted()
    forged = {
        "outbox": "UPDATE outbox SET state = :state WHERE kind = 'letter'",
        "cases": """UPDATE cases SET folded = REPLACE(folded, '"state":"draft"', '"state":"approved"')
                    WHERE :state != ''""",
    }
    with desk.engine.begin() as connection:
        for statement in forged.values():
            connection.execute(text(statement), {"state": state})
    desk.send()
    desk.clock.advance(MINUTES_11)
    desk.send()
    assert desk.post_for(SAM) == []
    assert the_letter(desk).state is ItemState.HELD


def test_a_released_letter_is_still_held_to_its_approval(desk: Office) -> None:
    desk.drafted()
    with desk.engine.begin() as connection:
        connection.execute(text("UPDATE outbox SET state = 'held' WHERE kind = 'letter'"))
    ByHand(desk.office, desk.store).release(the_letter(desk).id)
    desk.send()
    assert desk.post_for(SAM) == []
    assert the_letter(desk).state is ItemState.HELD


def test_a_letter_held_by_hand_waits_and_leaves_when_released(leaving: Office) -> None:
    hand, number = ByHand(leaving.office, leaving.store), the_letter(leaving).id
    hand.hold(number)
    leaving.later(hours=1)
    assert leaving.post_for(SAM) == []
    hand.release(number)
    leaving.tick()
    assert len(leaving.post_for(SAM)) == 1
    leaving.discards()


def test_a_notice_redirected_to_a_stranger_is_held(desk: Office) -> None:
    desk.stores(_request(desk))
    while desk.intake.work():
        pass
    with desk.engine.begin() as connection:
        connection.execute(text("UPDATE outbox SET recipient = 'eve@elsewhere.example' WHERE kind = 'notice'"))  # fmt: skip
    desk.send()
    assert [one.recipient for one in desk.post.taken] == [SAM.address]
    desk.discards()


def test_the_bytes_that_leave_are_those_approved_but_for_date_and_message_id(
    leaving: Office,
) -> None:
    """Mail rule F13."""
    with leaving.store.view() as tx:
        frozen = message_from_bytes(tx.outbox.raw_of(the_letter(leaving).id))
    leaving.send()
    (sent,) = (one.raw for one in leaving.post.taken if one.recipient == SAM.address)
    left = message_from_bytes(sent)
    assert left["Date"].startswith("Tue, 08 Dec 2020 09:22:")
    assert left["Message-ID"] == the_letter(leaving).message_id
    del left["Date"], left["Message-ID"]
    assert left.items() == frozen.items()
    assert left.as_bytes() == frozen.as_bytes()
    leaving.discards()


def test_a_stop_that_races_the_claim_wins_before_it_and_is_told_it_is_late_after_it(
    approved: Office, tmp_path: Path
) -> None:
    desk = approved.twin(tmp_path)
    notice = next(mail for mail in desk.post_for(RUTH) if mail.kind == "approved")
    desk.discards()
    desk.clock.advance(MINUTES_11)
    outcomes: list[str] = []

    class Slow:
        def send(self, envelopes: Sequence[Envelope], more: object = None) -> Iterable[Delivery]:
            if envelopes[0].recipient == SAM.address:
                stop = threading.Thread(
                    target=lambda: outcomes.append(_stores_and_works(desk, notice))
                )
                stop.start()
                stop.join()
            return desk.post.send(envelopes)

    desk.dispatch = Dispatch(desk.office, desk.store, Slow())
    desk.send()
    assert outcomes == ["command-refused"]
    assert desk.case().state is State.ANSWERED
    assert len(desk.post_for(SAM)) == 1
    assert list(verify(desk.store)) == []
    desk.close()


def _stores_and_works(desk: Office, notice: Mail) -> str:
    raw = reply(RUTH, notice.raw, "stop", desk.clock.now(), message_id="<s@exampleshire.example>")
    desk.stores(desk.border(raw, RUTH.address, login=True))
    while desk.intake.work():
        pass
    return desk.disposition()


BOUNCES = ["0011", "0013", "0014", "0015"]


def bounce(name: str, envelope: Envelope) -> bytes:
    """A sample report, about a mail that we did send."""
    (file,) = SAMPLES.glob(f"{name}-*.eml")
    raw = file.read_bytes().replace(b"sam@elsewhere.example", SAM.address.encode())
    ours = str(message_from_bytes(envelope.raw)["Message-ID"]).encode()
    token = plus_part(envelope.sender).removeprefix("b-").encode()
    for known in (
        b"<foi.004078-20.ack.23456789abcdefgh@exampleshire.example>",
        b"<foi.004078-20.letter.k7f3q2w9xm4tz8dh@exampleshire.example>",
    ):
        raw = raw.replace(known, ours)
    return raw.replace(b"k7f3q2w9xm4tz8dh", token)


@pytest.mark.parametrize("name", BOUNCES)
def test_the_bounce_of_a_letter_opens_the_case_again_and_names_the_post(
    leaving: Office, name: str
) -> None:
    leaving.send()
    (envelope,) = (one for one in leaving.post.taken if one.recipient == SAM.address)
    leaving.discards()

    assert leaving.arrives(bounce(name, envelope)) == "bounce"

    case = leaving.case()
    assert (case.state, case.outcome, case.answered_at) == (State.DELIVERY_FAILED, "", None)
    assert case.letters[0].state is LetterState.REFUSED
    (notice,) = leaving.post_for(JANE)
    assert notice.kind == "not-delivered"
    assert "post" in notice.words
    leaving.discards()

    again = bounce(name, envelope).replace(b"Message-I", b"X-Other: 1\nMessage-I", 1)
    leaving.arrives(again.replace(b"ndr@", b"ndr2@"))
    leaving.discards()
    assert leaving.case().state is State.DELIVERY_FAILED

    ByHand(leaving.office, leaving.store).send_again(the_letter(leaving).id)
    leaving.tick()
    assert leaving.case().state is State.ANSWERED
    leaving.discards()


@pytest.mark.parametrize("name", BOUNCES)
def test_the_bounce_of_an_acknowledgement_is_told(desk: Office, name: str) -> None:
    """Mail rule A11."""
    desk.asks()
    envelope = desk.post.taken[0]
    desk.discards()

    assert desk.arrives(bounce(name, envelope)) == "bounce"

    assert desk.case().acknowledgement is Acknowledgement.FAILED
    assert heard(desk, JANE, TOM, RUTH) == ["not-delivered"]


def test_a_delay_is_filed_and_changes_nothing(leaving: Office) -> None:
    leaving.send()
    (envelope,) = (one for one in leaving.post.taken if one.recipient == SAM.address)
    leaving.discards()
    assert leaving.arrives(bounce("0012", envelope)) == "bounce"
    assert leaving.case().state is State.ANSWERED
    assert leaving.unread == []


def test_a_bounced_letter_can_be_drafted_anew_for_another_approval(leaving: Office) -> None:
    leaving.send()
    (envelope,) = (one for one in leaving.post.taken if one.recipient == SAM.address)
    leaving.discards()
    leaving.arrives(bounce("0011", envelope))
    notice = leaving.one_for(JANE)
    leaving.discards()
    assert leaving.orders(JANE, notice, ORDER) == "command"
    fresh = leaving.one_for(TOM)
    leaving.discards()
    assert leaving.orders(TOM, fresh, "approve v2") == "command"
    leaving.later(minutes=11)
    assert len(leaving.post_for(SAM)) == 1
    assert leaving.case().state is State.ANSWERED
    leaving.discards()


@dataclass(slots=True)
class Folder:
    """A Sent folder, with what the provider has put there by itself."""

    there: bool = False
    kept: list[bytes] = field(default_factory=list)

    def message_in_sent(self, message_id: str) -> bool:
        return self.there

    def put_in_sent(self, folder: str, raw: bytes, when: object) -> bool:
        self.kept.append(raw)
        return True


@pytest.mark.parametrize("there", [True, False])
def test_sent_holds_one_copy_of_the_letter_as_it_left(leaving: Office, there: bool) -> None:
    """Mail rule F14."""
    leaving.send()
    copies, folder = SentCopies(leaving.office, leaving.store, look_first=True), Folder(there)
    assert copies.work(folder) == 0, "the provider gets a minute"
    leaving.clock.advance(timedelta(seconds=61))
    assert copies.work(folder) == 1
    assert copies.work(folder) == 0
    (sent,) = (one.raw for one in leaving.post.taken if one.recipient == SAM.address)
    assert folder.kept == ([] if there else [sent])
    leaving.discards()
