"""Mails that try to approve, or to change what was approved, in every state a letter can be in: all stays byte for byte."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from sqlalchemy import Table, select

from foibot.case.case import LetterState
from foibot.config.approval import ApprovalRow
from foibot.demo.correspondent import Person, reply
from foibot.store.tables import (
    absences,
    cases,
    counters,
    files,
    letter_files,
    letters,
    outbox,
    secrets,
    signatures,
    topics,
)
from tests.office import AUTHSERV, JANE, MAILBOX, ORDER, RUTH, SAM, STAFF, TOM, Mail, Office, office

EVE = Person("Eve Else", "eve@elsewhere.example")
TRUE = "dmarc=pass header.from=exampleshire.example"
TWO = {"rules": (ApprovalRow(by=("approver", "approver"), letters=()),)}


@dataclass(slots=True)
class Scene:
    """An office in one moment of a letter's life, with every notice and mail of it that somebody could have got hold of."""

    desk: Office
    notices: dict[str, Mail] = field(default_factory=dict)
    sent: dict[str, bytes] = field(default_factory=dict)

    def twin(self, folder: Path) -> Scene:
        """The same moment once more."""
        return Scene(self.desk.twin(folder), dict(self.notices), dict(self.sent))

    def orders(self, who: Person, notice: str, words: str, name: str = "") -> None:
        """An honest order, kept as it was sent."""
        raw = self.written(who, self.notices[notice], words)
        self.sent[name or words] = raw
        assert self.desk.arrives(raw) == "command"

    def written(self, who: Person, notice: Mail, words: str) -> bytes:
        """A reply from somebody's own account, as the border passes it on."""
        name = self.desk.message_id("exampleshire.example")
        raw = reply(who, notice.raw, words, self.desk.clock.now(), message_id=name)
        return self.desk.border(raw, who.address, login=True)

    def answer(
        self,
        words: str = "approve v1",
        *,
        to: str = "toms",
        who: Person = TOM,
        verdict: str = "",
        extra: str = "",
        subject: str = "",
        at: str = "",
        threaded: bool = True,
    ) -> bytes:
        """A reply to a notice as an attacker makes one; by default from Tom's own account."""
        notice = self.notices[to]
        thread = f"In-Reply-To: {notice.header('Message-ID')}\r\n" if threaded else ""
        raw = (
            f"From: {who.name} <{who.address}>\r\nTo: {at or notice.header('Reply-To')}\r\n"
            f"Subject: {subject or 'Re: ' + notice.subject}\r\n"
            f"Message-ID: {self.desk.message_id('attack.example')}\r\n{thread}{extra}"
            f"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{words}\r\n"
        ).encode()
        if verdict == "outside":
            return self.desk.border(raw, EVE.address)
        if verdict:
            top = f"Authentication-Results: {AUTHSERV}; {verdict}\r\nReceived: from x by {AUTHSERV}; Fri, 1 Jan 2021 09:00:00 +0000\r\n"
            return top.encode() + raw
        return self.desk.border(raw, who.address, login=True)

    def again(self, name: str, *, fresh: bool = True) -> bytes:
        """A mail that was sent before, to the byte or under a Message-ID of its own."""
        raw = self.sent[name]
        return raw.replace(b"Message-ID: <m.", b"Message-ID: <again.", 1) if fresh else raw


def _drafted(desk: Office) -> Scene:
    scene = Scene(desk)
    desk.asks()
    scene.notices["acknowledgement"] = desk.one_for(SAM)
    scene.notices["new case"] = desk.one_for(JANE)
    desk.discards()
    scene.orders(JANE, "new case", ORDER)
    for name, who in (("toms", TOM), ("ruths", RUTH), ("janes", JANE)):
        scene.notices[name] = desk.post_for(who)[-1]
    return scene


def _approved(scene: Scene) -> None:
    scene.orders(TOM, "toms", "approve v1")
    for name, who in (("toms result", TOM), ("ruths result", RUTH), ("janes result", JANE)):
        scene.notices[name] = scene.desk.one_for(who, "approved")


def _replaced(scene: Scene) -> None:
    scene.orders(JANE, "janes", "set harm\nIt would help people who plan attacks.", "edit")
    for name, who in (("toms v2", TOM), ("ruths v2", RUTH)):
        scene.notices[name] = scene.desk.post_for(who)[-1]


def _stopped(scene: Scene) -> None:
    _approved(scene)
    scene.orders(RUTH, "ruths result", "stop")


def _sent(scene: Scene) -> None:
    _approved(scene)
    scene.desk.later(minutes=11)
    scene.notices["letter"] = scene.desk.one_for(SAM)


def _rejected(scene: Scene) -> None:
    scene.orders(TOM, "toms", "reject v1: too short")


def _held(scene: Scene) -> None:
    scene.orders(RUTH, "ruths", "hold v1")


def _half(scene: Scene) -> None:
    """One of two has approved."""
    scene.orders(TOM, "toms", "approve v1")
    scene.notices["toms result"] = scene.desk.one_for(TOM)
    scene.notices["ruths turn"] = scene.desk.one_for(RUTH, "draft")


MOMENTS: dict[str, Callable[[Scene], None]] = {
    "draft": lambda _scene: None,
    "approved": _approved,
    "replaced": _replaced,
    "stopped": _stopped,
    "sent": _sent,
    "rejected": _rejected,
    "held": _held,
    "half": _half,
}


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Scene]]:
    """Every moment once, each gone on from the same draft; the attacks come upon copies."""
    made: dict[str, Scene] = {}
    for rules in ({}, TWO):
        with office(tmp_path_factory.mktemp("moments"), approval=rules) as desk:
            first = _drafted(desk)
            desk.discards()
            for name, goes_on in MOMENTS.items():
                if (name == "half") is bool(rules):
                    scene = first.twin(tmp_path_factory.mktemp(name))
                    goes_on(scene)
                    scene.desk.discards()
                    made[name] = scene
    yield made
    for scene in made.values():
        scene.desk.close()


@dataclass(frozen=True, slots=True)
class Attack:
    """In which moment a mail comes, what it is, what it is taken for, and who hears at once (None: the digest lists it)."""

    moment: str
    name: str
    mail: Callable[[Scene], bytes]
    taken_for: str = "command-refused"
    hears: Person | None = TOM


def forged(moment: str, words: str, *, to: str = "toms", who: Person = TOM) -> list[Attack]:
    """The same words in somebody's name, with their secret, in each way in which the border does not vouch for them."""
    verdicts = {
        "from outside": "outside",
        "that the border calls forged": "dmarc=fail header.from=exampleshire.example",
        "vouched for as another domain": "dmarc=pass header.from=elsewhere.example",
        "from another officer's account": f"{TRUE}; auth=pass smtp.auth={JANE.address if who is not JANE else RUTH.address}",
        "that passes and fails": f"{TRUE}; auth=fail smtp.auth={who.address}",
    }
    return [
        Attack(moment, f"{words.splitlines()[0]} {name}", lambda s, v=verdict: s.answer(words, to=to, who=who, verdict=v), hears=who)  # type: ignore[misc]
        for name, verdict in verdicts.items()
    ]  # fmt: skip


def by_machine(moment: str, words: str, *, to: str = "toms") -> list[Attack]:
    """The same words with the secret, from a mailbox that answers by itself; or in a mail that was passed on."""
    headers = {"Auto-Submitted": "auto-replied", "X-Autoreply": "yes", "Precedence": "auto_reply", "List-Id": "<x.example>"}  # fmt: skip
    machines = [
        Attack(moment, f"{words} with {name}", lambda s, h=f"{name}: {value}\r\n": s.answer(words, to=to, extra=h), "auto", None)  # type: ignore[misc]
        for name, value in headers.items()
    ]  # fmt: skip
    return [
        *machines,
        Attack(moment, f"{words} in an out-of-office", lambda s: s.answer(words, to=to, subject=f"Out of office: {s.notices[to].subject}"), "auto", None),
        Attack(moment, f"{words} passed on", lambda s: s.answer(words, to=to, subject=f"Fw: {s.notices[to].subject}")),
        Attack(moment, f"{words} with an outsider in copy", lambda s: s.answer(words, to=to, extra=f"Cc: {SAM.address}\r\n")),
        Attack(moment, f"{words} with the secret in the body alone", lambda s: s.answer(f"{words}\r\n\r\n{s.notices[to].header('Reply-To')}\r\n{s.notices[to].subject}", to=to, at=MAILBOX, subject="Re: letter", threaded=False)),
    ]  # fmt: skip


def own(moment: str, name: str, mail: Callable[[Scene], bytes], hears: Person = TOM) -> Attack:
    return Attack(moment, name, mail, hears=hears)


ATTACKS = [
    *forged("draft", "approve v1"),
    *forged("draft", "reject v1: no"),
    *forged("draft", "hold v1"),
    *by_machine("draft", "approve v1"),
    own("draft", "a sibling secret: Ruth's notice in Tom's hands", lambda s: s.answer(to="ruths")),
    own("draft", "a sibling secret: Tom's notice in Ruth's hands", lambda s: s.answer(who=RUTH), RUTH),
    own("draft", "the drafter with her own notice", lambda s: s.answer(to="janes", who=JANE), JANE),
    own("draft", "the drafter with an approver's notice", lambda s: s.answer(who=JANE), JANE),
    own("draft", "the notice of the request instead of the letter's", lambda s: s.answer(to="new case", who=JANE), JANE),
    own("draft", "a version that is not there yet", lambda s: s.answer("approve v2")),
    own("draft", "no version", lambda s: s.answer("approve")),
    own("draft", "two versions", lambda s: s.answer("approve v1 v2")),
    own("draft", "with a file", lambda s: _with_file(s)),
    own("draft", "with a condition", lambda s: s.answer("approve v1\r\n\r\nbut leave out the second reason")),
    Attack("draft", "the requester with the acknowledgement", lambda s: s.answer(to="acknowledgement", who=SAM, verdict="dmarc=pass header.from=citizens.example", at=MAILBOX), "followup", JANE),
    Attack("draft", "a stranger with the notice", lambda s: s.answer(who=EVE, verdict="dmarc=pass header.from=elsewhere.example")),
    *forged("approved", "approve v1"),
    *forged("approved", "stop", to="toms result"),
    *forged("approved", "set harm\r\nWe hold nothing.", to="janes", who=JANE),
    *by_machine("approved", "stop", to="toms result"),
    own("approved", "the approval again, under another name", lambda s: s.again("approve v1")),
    Attack("approved", "the approval again, to the byte", lambda s: s.again("approve v1", fresh=False), "duplicate", None),
    own("approved", "a second approver, too late", lambda s: s.answer(to="ruths", who=RUTH), RUTH),
    own("approved", "a rejection after the approval", lambda s: s.answer("reject v1: no", to="ruths", who=RUTH), RUTH),
    own("approved", "a hold after the approval", lambda s: s.answer("hold v1", to="ruths", who=RUTH), RUTH),
    own("approved", "the result's secret instead of the letter's", lambda s: s.answer(to="toms result")),
    own("approved", "an edit of what was approved", lambda s: s.answer("set harm\r\nMore.", to="janes", who=JANE), JANE),
    *forged("replaced", "approve v2", to="toms v2"),
    own("replaced", "the old version with the old secret", lambda s: s.answer()),
    own("replaced", "the new version with the old secret", lambda s: s.answer("approve v2")),
    own("replaced", "the old version with the new secret", lambda s: s.answer("approve v1", to="toms v2")),
    own("replaced", "the new version with another's secret", lambda s: s.answer("approve v2", to="ruths v2")),
    own("replaced", "the drafter of the change", lambda s: s.answer("approve v2", to="janes", who=JANE), JANE),
    own("replaced", "the change again, under another name", lambda s: s.answer("approve v2", to="new case", who=JANE), JANE),
    Attack("replaced", "the change again, to the byte", lambda s: s.again("edit", fresh=False), "duplicate", None),
    own("stopped", "the approval again, under another name", lambda s: s.again("approve v1")),
    Attack("stopped", "the approval again, to the byte", lambda s: s.again("approve v1", fresh=False), "duplicate", None),
    own("stopped", "the sibling that the approval ended", lambda s: s.answer(to="ruths", who=RUTH), RUTH),
    own("stopped", "the notice of the result", lambda s: s.answer(to="ruths result", who=RUTH), RUTH),
    own("stopped", "the stop again", lambda s: s.again("stop"), RUTH),
    *forged("sent", "approve v1"),
    own("sent", "the approval again, under another name", lambda s: s.again("approve v1")),
    Attack("sent", "the approval again, to the byte", lambda s: s.again("approve v1", fresh=False), "duplicate", None),
    own("sent", "a second approver", lambda s: s.answer(to="ruths", who=RUTH), RUTH),
    own("sent", "a stop that comes too late", lambda s: s.answer("stop", to="ruths result", who=RUTH), RUTH),
    own("sent", "a rejection of what has left", lambda s: s.answer("reject v1: no", to="ruths", who=RUTH), RUTH),
    Attack("sent", "the requester approves the letter", lambda s: s.answer(to="letter", who=SAM, verdict="dmarc=pass header.from=citizens.example", at=MAILBOX), "followup", JANE),
    own("rejected", "an approval of what was turned down", lambda s: s.answer(to="ruths", who=RUTH), RUTH),
    own("rejected", "by the one who turned it down", lambda s: s.answer()),
    own("rejected", "the rejection again", lambda s: s.again("reject v1: too short")),
    own("held", "an approval of what somebody else holds", lambda s: s.answer()),
    own("held", "the hold's own secret, used", lambda s: s.answer(to="ruths", who=RUTH), RUTH),
    own("half", "the first approver once more", lambda s: s.answer()),
    own("half", "the first approver with the answer to the first", lambda s: s.answer(to="toms result")),
    own("half", "the first approver with the second's notice", lambda s: s.answer(to="ruths turn")),
    own("half", "the first approval again, under another name", lambda s: s.again("approve v1")),
    own("half", "the drafter as the second", lambda s: s.answer(to="janes", who=JANE), JANE),
    *forged("half", "approve v1", to="ruths turn", who=RUTH),
]  # fmt: skip


def _with_file(scene: Scene) -> bytes:
    body = '--b\r\n\r\napprove v1\r\n--b\r\nContent-Type: text/plain; name="a.txt"\r\nContent-Disposition: attachment\r\n\r\nx\r\n--b--'
    return scene.answer(body).replace(
        b"text/plain; charset=utf-8", b"multipart/mixed; boundary=b", 1
    )


def state(desk: Office) -> dict[str, list[tuple[object, ...]]]:
    """Every row, to the byte, of what an attack must leave alone; the record is left out, and mail and secrets made since."""
    with desk.engine.connect() as connection:

        def rows(table: Table, *but: str) -> list[tuple[object, ...]]:
            columns = [one for one in table.columns if one.name not in but]
            return [tuple(row) for row in connection.execute(select(*columns).order_by(columns[0]))]

        kept = {one.name: rows(one) for one in (letters, files, letter_files, topics, absences, signatures)}  # fmt: skip
        kept["cases"] = rows(cases, "revision", "folded")
        kept["counters"] = [row for row in rows(counters) if "case" in str(row[0])]
        public = outbox.c.kind.in_(["letter", "acknowledgement"])
        kept["outbox"] = [tuple(row) for row in connection.execute(select(outbox).where(public).order_by(outbox.c.id))]  # fmt: skip
        spent = secrets.c.used_at.is_not(None) | secrets.c.revoked_at.is_not(None)
        kept["secrets"] = [tuple(row) for row in connection.execute(select(secrets).where(spent).order_by(secrets.c.digest))]  # fmt: skip
    with desk.store.view() as tx:
        kept["folded"] = [(replace(case, revision=0),) for case in tx.cases.every()]
    return kept


def told(desk: Office, who: Person) -> list[str]:
    # The current letter goes along with a refusal, to the same registered person.
    return [mail.kind for mail in desk.post_for(who) if mail.kind != "draft"]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda one: f"{one.moment}: {one.name}")
def test_an_attack_on_an_approval_changes_nothing_but_the_record(
    scenes: dict[str, Scene], tmp_path: Path, attack: Attack
) -> None:
    """Mail rules B1, B7, B20, E1, E4, E5, E6, E11, E12; and the one it speaks for hears once an hour."""
    scene = scenes[attack.moment].twin(tmp_path)
    desk, before = scene.desk, state(scene.desk)
    raw = attack.mail(scene)

    assert desk.arrives(raw) == attack.taken_for

    assert state(desk) == before
    heard = {who: told(desk, who) for who in STAFF}
    assert {who: len(kinds) for who, kinds in heard.items() if kinds} == ({attack.hears: 1} if attack.hears else {})  # fmt: skip
    assert desk.unread == [], "no mail to the sender, nor to anybody outside the office"
    if attack.taken_for == "command-refused":
        for number in range(3):
            name = f"Message-ID: <more.{number}.".encode()
            desk.arrives(raw.replace(b"Message-ID: <m.", name, 1).replace(b"Message-ID: <again.", name, 1))  # fmt: skip
        assert [kind for who in STAFF for kind in told(desk, who)] == [], "once an hour is enough"
        assert state(desk) == before
    desk.close()


def test_the_suite_is_as_large_as_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    names = {(one.moment, one.name) for one in ATTACKS}
    assert len(names) == len(ATTACKS) >= 90
    assert {one.moment for one in ATTACKS} == set(MOMENTS)
    with capsys.disabled():
        sys.stdout.write(f"\n{len(ATTACKS)} attacks on approvals, in {len(MOMENTS)} moments of a letter\n")  # fmt: skip


@pytest.mark.parametrize(
    ("moment", "who", "notice", "words", "becomes"),
    [
        ("draft", TOM, "toms", "approve v1", LetterState.APPROVED),
        ("draft", RUTH, "ruths", "reject v1: no", LetterState.REJECTED),
        ("draft", RUTH, "ruths", "hold v1", LetterState.ON_HOLD),
        ("approved", RUTH, "ruths result", "stop", LetterState.DRAFT),
        ("approved", JANE, "janes result", "Stop.", LetterState.DRAFT),
        ("replaced", TOM, "toms v2", "approve v2", LetterState.APPROVED),
        ("replaced", RUTH, "ruths v2", "Approve V2!", LetterState.APPROVED),
        ("half", RUTH, "ruths turn", "approve v1", LetterState.APPROVED),
    ],
)
def test_the_same_people_are_obeyed_in_the_same_moments(
    scenes: dict[str, Scene], tmp_path: Path, moment: str, who: Person, notice: str, words: str, becomes: LetterState
) -> None:  # fmt: skip
    """An office in which nothing works would pass all of the above."""
    scene = scenes[moment].twin(tmp_path)
    assert scene.desk.arrives(scene.answer(words, to=notice, who=who)) == "command"
    current = scene.desk.case().current
    assert current is not None
    assert current.state is becomes
    scene.desk.discards()
    scene.desk.close()
