"""Reminders by working day, one digest each working morning, and none of it twice (W-03)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from foibot.case.case import State
from foibot.config.sections import Step
from foibot.demo.correspondent import reply
from foibot.desk.remind import Remind
from foibot.outbox.item import Answer, ItemState
from tests.office import JANE, RUTH, SAM, STAFF, TOM, Mail, Office, office

NAMES = {person.address: person.name.partition(" ")[0] for person in STAFF}
SEED = {"authority": {"first_number": 4078}}


@pytest.fixture
def seed(tmp_path: Path) -> Iterator[Office]:
    """The request of 8 December 2020, case 004078/20, due on 11 January 2021."""
    with office(tmp_path, **SEED) as desk:
        desk.asks()
        desk.discards()
        yield desk


def told(desk: Office) -> dict[str, set[str]]:
    """Which kinds of mail went to whom since the last look; nobody gets a kind twice."""
    post: dict[str, list[str]] = {}
    for who in STAFF:
        for mail in desk.post_for(who):
            post.setdefault(mail.kind, []).append(NAMES[who.address])
    assert all(len(names) == len(set(names)) for names in post.values()), post
    return {kind: set(names) for kind, names in post.items()}


ALL = {"Jane", "Tom", "Ruth"}
DIGEST = {"digest": ALL}
CALLED = {
    "2020-12-11": {"Jane"},
    "2020-12-18": {"Jane"},
    "2020-12-24": {"Jane"},
    "2020-12-31": ALL,
    "2021-01-07": {"Jane"},
    "2021-01-11": {"Jane"},
}
HOLIDAYS = {"2020-12-25", "2020-12-28", "2021-01-01", "2021-01-04"}


def test_every_day_of_the_seed_request_from_receipt_to_the_week_after_the_last_day(
    seed: Office,
) -> None:
    for number in range(1, 39):
        day = date(2020, 12, 8) + timedelta(days=number)
        seed.at(f"{day} 07:59")
        assert told(seed) == {}, f"nobody is mailed before eight on {day}"
        seed.at(f"{day} 08:01")

        expected: dict[str, set[str]] = {}
        if day.weekday() < 5 and day.isoformat() not in HOLIDAYS:
            expected = dict(DIGEST)
            if day.isoformat() in CALLED:
                expected["reminder"] = CALLED[day.isoformat()]
            if day > date(2021, 1, 11):
                expected["overdue"] = ALL
        assert told(seed) == expected, day

        seed.at(f"{day} 13:00")
        seed.at(f"{day} 23:59")
        assert told(seed) == {}, f"once is enough on {day}"


def test_the_record_tells_each_step_with_its_working_day(seed: Office) -> None:
    for day in ("2020-12-11 09:00", "2021-01-07 09:00", "2021-01-12 09:00"):
        seed.at(day)
    seed.discards()
    steps = [one.event for one in seed.history() if type(one.event).__name__ == "Reminded"]
    assert [(step.step, step.day) for step in steps] == [  # type: ignore[attr-defined]
        ("working day 3", 3),
        ("working day 18", 18),
        ("overdue", 21),
    ]


def test_after_a_week_asleep_there_is_one_reminder_the_highest(seed: Office) -> None:
    """Mail rule H1."""
    seed.at("2021-01-08 11:30")
    post = seed.post_for(JANE)
    assert [mail.kind for mail in post] == ["reminder", "digest"]
    assert "Draft the answer and have it approved." in post[0].words
    seed.discards()


def test_a_restart_on_the_same_day_sends_nothing_twice(seed: Office) -> None:
    """Mail rule H3."""
    seed.at("2020-12-11 09:00")
    seed.discards()
    again = Remind(seed.office, seed.store)
    assert again.tick() == 0
    with seed.store.transaction() as tx:
        tx.switches.set("morning", "", seed.clock.now())  # even if that memory were lost
    assert again.tick() == 0
    seed.send()
    assert told(seed) == {}


def test_a_clock_that_jumps_back_and_forth_calls_nothing_twice(seed: Office) -> None:
    """Mail rule H2."""
    for day in (10, 11, 10, 11, 11):
        seed.at(f"2020-12-{day} 09:00")
    assert sorted(mail.kind for mail in seed.post_for(JANE)) == ["digest", "digest", "reminder"]
    seed.discards()


def test_a_letter_that_has_left_ends_the_reminders(seed: Office) -> None:
    answer(seed)
    seed.at("2021-01-12 09:00")
    assert told(seed) == DIGEST


def answer(desk: Office) -> None:
    """Everything that answers the only case."""
    desk.at("2020-12-09 09:00")
    digest = desk.one_for(JANE, "digest")
    desk.discards()
    assert desk.orders(JANE, digest, "004078/20 ncnd 31(3)(a)") == "command"
    draft = desk.one_for(TOM)
    assert desk.orders(TOM, draft, "approve v1") == "command"
    desk.later(minutes=11)
    assert desk.case().state is State.ANSWERED
    desk.discards()


def test_the_digest_names_the_case_and_its_line_is_obeyed_by_reply(seed: Office) -> None:
    seed.at("2021-01-08 08:30")
    digest = seed.one_for(JANE, "digest")
    assert "004078/20" in digest.words
    assert "004078/20 show" in digest.words
    seed.discards()

    assert seed.orders(JANE, digest, "004078/20 show") == "command"
    assert "There is no letter on this case yet" in seed.one_for(JANE, "answer").words
    for named in ("[004078/20] when", "004078/20: when"):
        assert seed.orders(JANE, digest, named) == "command"
        assert "working day 20" in seed.one_for(JANE, "answer").words


@pytest.mark.parametrize(
    "words", ["show", "000001/20 show", "004078/21 show", "004078/20x show", ""]
)
def test_an_order_to_a_digest_that_names_no_case_says_so(seed: Office, words: str) -> None:
    seed.at("2021-01-08 08:30")
    digest = seed.one_for(JANE, "digest")
    seed.discards()
    assert seed.orders(JANE, digest, words) == "command-refused"
    assert "reference of its case" in seed.one_for(JANE, "order-refused").words


def test_a_digest_decides_nothing(seed: Office) -> None:
    seed.at("2020-12-09 08:30")
    digest = seed.one_for(JANE, "digest")
    toms = seed.one_for(TOM, "digest")
    seed.discards()
    seed.orders(JANE, digest, "004078/20 ncnd 31(3)(a)")
    seed.discards()
    assert seed.orders(TOM, toms, "004078/20 approve v1") == "command-refused"
    assert seed.case().state is State.AWAITING_APPROVAL
    refused, fresh = seed.post_for(TOM)
    assert (refused.kind, fresh.kind) == ("order-refused", "draft")
    assert seed.orders(TOM, fresh, "approve v1") == "command"
    seed.discards()


def test_the_digest_lists_each_mail_that_was_taken_for_no_request_once(seed: Office) -> None:
    seed.at("2020-12-09 08:30")
    seed.discards()
    bulk = b"From: a@lists.example\r\nList-Id: <x.lists.example>\r\nSubject: s\r\n\r\nBuy now\r\n"
    assert seed.arrives(bulk) == "auto"
    seed.at("2020-12-10 08:30")
    assert "a@lists.example" in seed.one_for(JANE, "digest").words
    seed.discards()
    seed.at("2020-12-11 08:30")
    assert "a@lists.example" not in seed.one_for(JANE, "digest").words
    seed.discards()


def test_a_mail_that_was_not_settled_when_the_digest_left_is_in_the_next_one(
    seed: Office,
) -> None:
    seed.at("2020-12-09 07:59")
    bulk = b"From: a@lists.example\r\nList-Id: <x.lists.example>\r\n\r\nBuy now\r\n"
    seed.stores(bulk)
    seed.at("2020-12-09 08:01")
    assert "a@lists.example" not in seed.one_for(JANE, "digest").words
    seed.settles()
    seed.discards()
    seed.at("2020-12-10 08:01")
    assert "a@lists.example" in seed.one_for(JANE, "digest").words
    seed.discards()


def test_a_mail_in_our_own_name_that_we_never_sent_is_listed(seed: Office) -> None:
    """Mail rule A9."""
    forged = b"From: foi@exampleshire.example\r\nMessage-ID: <x@else.example>\r\n\r\nHow many?\r\n"
    assert seed.arrives(forged) == "own-copy"
    copy = seed.post.taken[0].raw
    assert seed.arrives(copy) == "own-copy"
    seed.at("2020-12-09 08:30")
    words = seed.one_for(JANE, "digest").words
    assert words.count("in our own name, but not sent by foibot") == 1
    seed.discards()


@pytest.mark.parametrize(
    ("to", "hear"),
    [
        ("administrators", ALL),
        (RUTH.address, ALL),
        ("", ALL),
    ],
)
def test_an_overdue_case_is_told_to_everybody_once_a_day_whoever_else_is_named(
    tmp_path: Path, to: str, hear: set[str]
) -> None:
    with office(tmp_path, reminders={"escalate_to": to}) as desk:
        desk.asks()
        desk.discards()
        for day in ("2021-01-12", "2021-01-13"):
            desk.at(f"{day} 09:00")
            assert told(desk)["overdue"] == hear


@pytest.mark.parametrize("to", ["administrators", "andy.admin@exampleshire.example"])
def test_an_overdue_case_reaches_whoever_it_escalates_to(tmp_path: Path, to: str) -> None:
    andy = "andy.admin@exampleshire.example"
    with office(tmp_path, reminders={"escalate_to": to}) as desk:
        admin = desk.config.officers[0].model_copy(
            update={"address": andy, "name": "Andy Admin", "roles": ("administrator",)}
        )
        desk.staff((*desk.config.officers, admin))
        desk.asks()
        desk.discards()
        desk.at("2021-01-12 09:00")
        assert [mail.kind for mail in desk.post_for(andy)] == ["overdue", "digest"]
        assert told(desk)["overdue"] == ALL


def test_overdue_reminders_come_every_so_many_working_days(tmp_path: Path) -> None:
    with office(tmp_path, reminders={"overdue_every": 3}) as desk:
        desk.asks()
        desk.discards()
        called = []
        for number in range(12, 23):
            desk.at(f"2021-01-{number} 09:00")
            if "overdue" in told(desk):
                called.append(number)
        assert called == [12, 15, 20]


def test_a_ladder_counted_from_the_last_day_and_told_to_one_person(tmp_path: Path) -> None:
    steps = (
        Step(day=-2, say="Two days.", to=TOM.address),
        Step(day=0, say="Today.", to="approvers"),
    )
    with office(tmp_path, reminders={"ladder": steps}) as desk:
        desk.asks()
        desk.discards()
        desk.at("2021-01-06 09:00")
        assert told(desk) == DIGEST
        desk.at("2021-01-07 09:00")
        assert told(desk) == {"digest": ALL, "reminder": {"Tom"}}
        desk.at("2021-01-11 09:00")
        assert told(desk) == {"digest": ALL, "reminder": ALL}


def test_a_reminder_that_waits_while_the_server_is_away_is_dropped_when_it_is_no_longer_true(
    seed: Office,
) -> None:
    seed.at("2020-12-09 09:00")
    digest = seed.one_for(JANE, "digest")
    seed.discards()
    seed.orders(JANE, digest, "004078/20 ncnd 31(3)(a)")
    draft = seed.one_for(TOM)
    seed.discards()
    seed.clock.set(seed.clock.now() + timedelta(days=2))
    seed.post.script.extend([(Answer.RETRY, 0, "away")] * 20)
    seed.remind.tick()
    seed.dispatch.round()
    seed.post.script.clear()
    with seed.store.view() as tx:
        assert "reminder" in {one.kind.value for one in tx.outbox.in_state(ItemState.QUEUED)}

    # The letter leaves first, as the public's mail does, and makes the reminder untrue.
    assert _approved(seed, draft) == "command"
    with seed.store.view() as tx:
        waiting = tx.outbox.in_state(ItemState.QUEUED)
    assert waiting
    seed.clock.advance(timedelta(minutes=11))
    seed.send()

    assert len(seed.post_for(SAM)) == 1
    assert "reminder" not in told(seed)
    with seed.store.view() as tx:
        assert [one.kind.value for one in tx.outbox.in_state(ItemState.DROPPED)] == ["reminder"]


def _approved(desk: Office, draft: Mail) -> str:
    """An approval is obeyed, and nothing is sent for it yet."""
    raw = reply(
        TOM, draft.raw, "approve v1", desk.clock.now(), message_id="<a@exampleshire.example>"
    )
    desk.stores(desk.border(raw, TOM.address, login=True))
    while desk.intake.work():
        pass
    return desk.disposition()


def test_the_working_day_decides_and_not_the_day_of_the_week_in_utc(seed: Office) -> None:
    seed.at("2021-03-28 08:30")  # Sunday, the clocks went forward in the night
    assert told(seed) == {}
    seed.at("2021-03-29 07:30")
    assert told(seed) == {}
    seed.at("2021-03-29 08:00")
    assert told(seed) == {"digest": ALL, "overdue": ALL}
