"""An officer's automatic reply is heard and not trusted: others are told, reminders go to them too, nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from foibot.config.sections import OfficerConfig
from foibot.demo.correspondent import Person, reply
from foibot.officers.roster import Role
from foibot.store.absences import Away
from foibot.store.tables import cases, secrets
from tests.office import JANE, MAILBOX, RUTH, SAM, TOM, Mail, Office, office

CLEO = Person("Cleo Clerk", "cleo.clerk@exampleshire.example")
DORA = Person("Dora Deputy", "dora.deputy@exampleshire.example")
HARRY = Person("Harry Holder", "harry.holder@exampleshire.example")
EVE = Person("Eve Else", "eve@elsewhere.example")
ALL = (JANE, TOM, RUTH, CLEO, DORA, HARRY)
UNTIL = "I am out of the office until Monday 14 December 2020."


def staffed(desk: Office, deputy: str = "") -> Office:
    """Besides the usual people a second and a third officer, and a colleague who works on no case."""
    clerk = OfficerConfig(
        address=CLEO.address, name=CLEO.name, roles=(Role.OFFICER,), deputy=deputy
    )
    dora = OfficerConfig(address=DORA.address, name=DORA.name, roles=(Role.OFFICER,))
    harry = OfficerConfig(address=HARRY.address, name=HARRY.name, roles=(Role.HOLDER,))
    desk.staff([*desk.config.officers, clerk, dora, harry])
    return desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Office]:
    """An office with three officers."""
    with office(tmp_path, authority={"first_number": 4078}) as opened:
        yield staffed(opened)


def cleos(desk: Office) -> Mail:
    """A new request is Cleo's; the newest notice she has about it."""
    desk.asks()
    notice = desk.one_for(CLEO)
    desk.discards(*ALL, SAM)
    assert desk.orders(CLEO, notice, "accept") == "command"
    desk.discards(*ALL)
    return notice


def automatic(
    desk: Office,
    notice: Mail,
    words: str = UNTIL,
    *,
    who: Person = CLEO,
    login: bool = True,
    extra: str = "Auto-Submitted: auto-replied\r\nReturn-Path: <>\r\n",
    to: str = "",
) -> str:
    """What a mailbox answers by itself to a notice; the disposition."""
    raw = reply(who, notice.raw, words, desk.clock.now(), message_id=desk.message_id("x.example"), to=to)  # fmt: skip
    raw = raw.replace(b"Subject: Re: ", b"Subject: Automatic reply: ", 1)
    raw = raw.replace(b"MIME-Version", extra.encode() + b"MIME-Version", 1)
    return desk.arrives(desk.border(raw, who.address, login=login))


def told(desk: Office, kind: str = "away") -> dict[str, Mail]:
    """Who got a mail of this kind since the last look."""
    return {who.name: one for who in ALL for one in desk.post_for(who) if one.kind == kind}


def away(desk: Office) -> list[Away]:
    with desk.store.view() as tx:
        return tx.absences.on(desk.clock.now().date())


def test_the_other_officers_hear_once_that_a_notice_reached_somebody_who_is_away(
    desk: Office,
) -> None:
    notice = cleos(desk)
    state = desk.case().state
    assert automatic(desk, notice) == "auto"
    heard = told(desk)
    assert set(heard) == {"Jane Orange", "Dora Deputy"}
    mail = heard["Dora Deputy"]
    assert "Cleo Clerk is away, back on Monday 14 December 2020" in mail.subject
    for words in (
        "A mail about request 004078/20 reached Cleo Clerk, whose mailbox answers that they are back on Monday 14 December 2020.",
        "004078/20, due on Monday 11 January 2021",
        f'Reply "assign {DORA.address}"',
    ):
        assert words in mail.words
    assert desk.case().state is state
    assert "FoundAway" in desk.kinds()

    assert automatic(desk, notice) == "auto"
    assert told(desk) == {}, "once is enough for one absence"
    assert desk.kinds().count("FoundAway") == 1
    assert automatic(desk, notice, UNTIL.replace("14", "21")) == "auto"
    assert set(told(desk)) == {"Jane Orange", "Dora Deputy"}, "this is news"
    assert [one.back.day for one in away(desk)] == [21]

    assert desk.orders(DORA, mail, f"assign {DORA.address}") == "command"
    assert desk.case().assignment is not None
    assert desk.case().assignment.to == DORA.address
    desk.discards(*ALL)


def test_reminders_go_to_the_others_as_well_until_that_day_and_the_digest_says_who_is_away(
    desk: Office,
) -> None:
    automatic(desk, cleos(desk))
    desk.discards(*ALL)
    desk.at("2020-12-11 08:01")
    post = {who.name: desk.post_for(who) for who in ALL}
    reminders = {name: one for name, mails in post.items() for one in mails if one.kind == "reminder"}  # fmt: skip
    assert set(reminders) == {"Cleo Clerk", "Jane Orange", "Dora Deputy"}
    assert (
        "With: Cleo Clerk; away, back on Monday 14 December 2020" in reminders["Dora Deputy"].words
    )
    (digest,) = (one for one in post["Ruth Rose"] if one.kind == "digest")
    assert (
        "Cleo Clerk, back on Monday 14 December 2020; reminders of their cases go to Jane Orange and Dora Deputy as well"
        in digest.words
    )

    desk.at("2020-12-18 08:01")
    assert "away" not in desk.one_for(RUTH, "digest").words
    assert set(told(desk, "reminder")) == {"Cleo Clerk"}
    assert away(desk) == []


@pytest.mark.parametrize(
    ("deputy", "words", "hear"),
    [
        (TOM.address, "", {"Tom Teal"}),
        (TOM.address, f"In my absence please contact {DORA.address}.", {"Tom Teal"}),
        ("", f"In my absence please contact Dora Deputy / {DORA.address}.", {"Dora Deputy"}),
        ("", "In my absence please contact Tom Teal.", {"Tom Teal"}),
    ],
)
def test_the_deputy_of_the_configuration_hears_or_the_one_who_is_named(
    tmp_path: Path, deputy: str, words: str, hear: set[str]
) -> None:
    with office(tmp_path) as desk:
        notice = cleos(staffed(desk, deputy))
        assert automatic(desk, notice, f"{UNTIL} {words}") == "auto"
        assert set(told(desk)) == hear
        desk.at("2020-12-11 08:01")
        assert set(told(desk, "reminder")) == hear | {"Cleo Clerk"}


def test_an_answer_to_the_digest_tells_which_cases_wait(desk: Office) -> None:
    cleos(desk)
    desk.at("2020-12-09 08:01")
    digest = desk.one_for(CLEO, "digest")
    desk.discards(*ALL)
    assert automatic(desk, digest) == "auto"
    mail = told(desk)["Jane Orange"]
    assert "A mail about the requests of the day reached Cleo Clerk" in mail.words
    assert "004078/20, due on Monday 11 January 2021" in mail.words
    assert desk.orders(JANE, mail, "004078/20 show") == "command"
    assert desk.one_for(JANE).kind == "answer"
    desk.discards(*ALL)


def test_an_approver_who_is_away_has_no_cases_to_hand_over(desk: Office) -> None:
    desk.asks()
    notice = desk.one_for(JANE)
    desk.discards(*ALL, SAM)
    desk.orders(JANE, notice, "not held\nWe looked everywhere that it could be.")
    draft = desk.one_for(TOM)
    desk.discards(*ALL)
    assert automatic(desk, draft, who=TOM) == "auto"
    heard = told(desk)
    assert set(heard) == {"Jane Orange", "Cleo Clerk", "Dora Deputy"}
    assert "Open requests" not in heard["Jane Orange"].words
    with desk.engine.connect() as connection:
        used = connection.execute(select(secrets.c.used_at)).scalars().all()
    assert not any(used), "an automatic reply uses no secret up"


ATTACKS = {
    "no verdict of the border": {"who": CLEO, "login": False},
    "a stranger's mailbox": {"who": EVE, "login": False},
    "another officer's secret": {"who": DORA},
    "sent on somebody's behalf": {"extra": f"Auto-Submitted: auto-replied\r\nSender: {EVE.address}\r\n"},
    "in our own name": {"who": Person("foibot", MAILBOX), "login": False},
    "until the year 2099": {"words": "I am out of the office until Monday 14 December 2099."},
    "until a day that has passed": {"words": "I am out of the office until 1 December 2020."},
    "an order in an automatic reply": {"words": "approve v1\n\nnot mine: I am away"},
    "copied to the outside": {"to": f"{MAILBOX}, {EVE.address}"},
}  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_is_not_proven_does_nothing_but_its_row(desk: Office, attack: str) -> None:
    notice = cleos(desk)
    before = _standing(desk)
    words = f"{UNTIL} In my absence please contact {EVE.address}."
    given = {"words": words, **ATTACKS[attack]}
    rows = len(desk.numbers())
    automatic(desk, notice, **given)  # type: ignore[arg-type]
    assert len(desk.numbers()) == rows + 1
    assert told(desk) == {}
    assert away(desk) == []
    assert _standing(desk) == before
    assert "FoundAway" not in desk.kinds()
    desk.discards(*ALL)


def _standing(desk: Office) -> tuple[object, ...]:
    with desk.engine.connect() as connection:
        ended = select(secrets.c.subject_digest).where(
            secrets.c.used_at.is_not(None) | secrets.c.revoked_at.is_not(None)
        )
        used = connection.execute(ended).all()
        states = connection.execute(select(cases.c.reference, cases.c.state)).all()
    case = desk.case()
    return used, states, case.assignment, case.letters, case.due


def test_a_stranger_named_as_deputy_hears_nothing_and_nobody_without_a_case_does(
    desk: Office,
) -> None:
    notice = cleos(desk)
    for words in (
        f"In my absence please contact Tom Teal <{EVE.address}>.",
        f"In my absence please contact {HARRY.name}.",
        "In my absence please contact me.",
    ):
        assert automatic(desk, notice, f"{UNTIL} {words}") == "auto"
        assert [one.instead for one in away(desk)] == [""]
    assert set(told(desk)) == {"Jane Orange", "Dora Deputy"}
    assert all(one.recipient != EVE.address for one in desk.post.taken)


def test_a_machine_reply_with_the_secret_of_a_decision_approves_nothing(desk: Office) -> None:
    desk.asks()
    notice = desk.one_for(JANE)
    desk.discards(*ALL, SAM)
    desk.orders(JANE, notice, "not held\nWe looked everywhere that it could be.")
    draft = desk.one_for(TOM)
    desk.discards(*ALL)
    before = _standing(desk)
    assert automatic(desk, draft, f"approve v1\n\n{UNTIL}", who=TOM) == "auto"
    assert _standing(desk) == before
    assert set(told(desk)) == {"Jane Orange", "Cleo Clerk", "Dora Deputy"}
    assert desk.orders(TOM, draft, "approve v1") == "command", "the true approver still can"
    desk.discards(*ALL)


def test_two_mailboxes_that_answer_by_themselves_come_to_rest(desk: Office) -> None:
    notice = cleos(desk)
    automatic(desk, notice)
    for _ in range(5):
        heard = told(desk)
        for who in (JANE, DORA):
            if who.name in heard:
                automatic(desk, heard[who.name], who=who)
    assert told(desk) == {}
    assert len(away(desk)) == 3


def test_a_reply_read_after_its_absence_has_passed_is_not_news(desk: Office) -> None:
    notice = cleos(desk)
    raw = reply(CLEO, notice.raw, "I am away, back tomorrow.", desk.clock.now(), message_id="<a@x.example>")  # fmt: skip
    raw = raw.replace(b"MIME-Version", b"Auto-Submitted: auto-replied\r\nMIME-Version", 1)
    desk.stores(desk.border(raw, CLEO.address, login=True))
    desk.clock.advance(timedelta(days=2))
    desk.settles()
    assert told(desk) == {}
    assert away(desk) == []


def test_whoever_has_left_the_roster_is_away_no_more(desk: Office) -> None:
    automatic(desk, cleos(desk))
    desk.discards(*ALL)
    desk.staff([one for one in desk.config.officers if one.address != CLEO.address])
    desk.at("2020-12-11 08:01")
    assert "Cleo" not in desk.one_for(RUTH, "digest").words
    desk.discards(*ALL)
