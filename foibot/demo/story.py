"""The demo: one request from the mailbox to the approved letter, by real IMAP and SMTP, on a moved clock."""

from __future__ import annotations

import json
import smtplib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from email import message_from_bytes
from itertools import count
from pathlib import Path

from foibot.case.case import Case, LetterState
from foibot.config import Config
from foibot.demo.correspondent import Person, reply, request, text_of
from foibot.demo.embedded import Embedded, embedded
from foibot.demo.servers import HOST, EmbeddedServers
from foibot.desk.verify import verify
from foibot.gateway.system_clock import MovedClock
from foibot.law.dates import LONDON, in_words, moment_in_words
from foibot.reports.case_file import case_json
from foibot.service import Service

JANE = Person("Jane Orange", "jane.orange@exampleshire.example")
TOM = Person("Tom Teal", "tom.teal@exampleshire.example")
RUTH = Person("Ruth Rose", "ruth.rose@exampleshire.example")
SAM = Person("Sam Smith", "sam.smith@citizens.example")

QUESTION = """\
Dear Exampleshire Police,

How many planned terrorist attacks on emergency service personnel or buildings have been
stopped by the security services or the police in Exampleshire within the last five years?

Yours faithfully,
Sam Smith
"""
HARM = """\
If a confirmation or a denial were given each time this question is put to a police force, a person
planning an attack could set the answers beside each other. They would show where plans of this kind
had or had not come to notice, and so where to expect less attention.
"""


class StepFailed(Exception):
    """A step of the demo did not come out as it should; the message says which."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One step that happened: when (in the story), its title, and what there was to see."""

    when: str
    title: str
    seen: tuple[str, ...] = ()


@dataclass(slots=True)
class Stage:
    """Where the story plays: the office, its servers, its moved clock, and the folder of what is left."""

    service: Service
    servers: EmbeddedServers
    clock: MovedClock
    folder: Path
    kept: Iterator[int] = field(default_factory=lambda: count(1))
    replies: Iterator[int] = field(default_factory=lambda: count(1))
    read: dict[str, int] = field(default_factory=dict)

    def at(self, *moment: int) -> None:
        """Move the clock to a moment in London."""
        self.clock.set(datetime(*moment, tzinfo=LONDON))  # type: ignore[arg-type, misc]

    def now(self) -> str:
        """The moment of the story, in words."""
        return moment_in_words(self.clock.now())

    def post(self, raw: bytes, sender: str, to: str, *, login: bool) -> None:
        """Hand a mail to the SMTP server, as an officer who logs in or as a stranger."""
        with smtplib.SMTP(HOST, self.servers.smtp_port, local_hostname="desk.example") as server:
            if login:
                server.login(sender, self.servers.accounts[sender])
            server.sendmail(sender, [to], raw)

    def work(self) -> None:
        """Let foibot do all there is to do: read the mailbox, obey, remind, send."""
        self.service.once()

    def new_mail(self, who: Person) -> list[bytes]:
        """What arrived for an officer since the last look; each is kept as a file."""
        every = self.servers.mailbox(who.address)
        new = every[self.read.get(who.address, 0) :]
        self.read[who.address] = len(every)
        return [self.keep(raw, f"to-{who.name.split()[0].lower()}") for raw in new]

    def new_outside(self) -> list[bytes]:
        """What left for the requester since the last look; each is kept as a file."""
        new = self.servers.outside[self.read.get("outside", 0) :]
        self.read["outside"] = len(self.servers.outside)
        return [self.keep(raw, "to-sam") for _, _, raw in new]

    def keep(self, raw: bytes, name: str) -> bytes:
        """Leave a mail in the folder, numbered as it was written or read."""
        (self.folder / "mails" / f"{next(self.kept):02}-{name}.eml").write_bytes(raw)
        return raw

    def answer(self, who: Person, notice: bytes, words: str, *, forged: bool = False) -> None:
        """An officer replies to a notice; a forger does the same without being able to log in."""
        message_id = f"<reply.{next(self.replies)}@{who.address.rpartition('@')[2]}>"
        raw = reply(who, notice, words, self.clock.now(), message_id=message_id)
        self.keep(raw, f"{'forged-' if forged else ''}from-{who.name.split()[0].lower()}")
        to = str(message_from_bytes(raw)["To"])
        self.post(raw, who.address, to, login=not forged)
        self.work()

    def case(self) -> Case:
        """The one case of the story."""
        with self.service.store.view() as tx:
            return next(tx.cases.every())


def sure(condition: object, step: str) -> None:
    """Raises `StepFailed` unless the step happened."""
    if not condition:
        raise StepFailed(step)


def only(mails: list[bytes], kind: str, step: str) -> bytes:
    """The one notice of this kind. Raises `StepFailed` if there is not exactly one."""
    found = [raw for raw in mails if _kind(raw) == kind]
    sure(len(found) == 1, f"{step}: {len(found)} notices of the kind “{kind}”, 1 expected")
    return found[0]


def _kind(raw: bytes) -> str:
    """What a mail of ours is, from its Message-ID: `<foi.004078-20.draft.SECRET@...>`."""
    return str(message_from_bytes(raw)["Message-ID"]).split(".")[2]


def tell(config: Config, folder: Path, *, undo_minutes: int = 10) -> Iterator[Chapter]:
    """Play the story in this folder, one chapter at a time. Raises `StepFailed` at the first wrong step."""
    (folder / "mails").mkdir(parents=True, exist_ok=True)
    clock = MovedClock(datetime(2020, 12, 8, 9, 11, tzinfo=LONDON))
    config = _for_the_demo(config, folder, undo_minutes)
    with embedded(config, clock.now, folder=folder / "servers") as office:
        stage = _stage(office, clock, folder)
        try:
            for chapter in (_request, _reminder, _draft, _edit, _refused, _forged, _approved):
                yield chapter(stage)
            yield _letter(stage)
            yield _record(stage)
        finally:
            stage.service.close()


def _stage(office: Embedded, clock: MovedClock, folder: Path) -> Stage:
    return Stage(Service(office.config, clock), office.servers, clock, folder)


def _for_the_demo(config: Config, folder: Path, undo_minutes: int) -> Config:
    return replace(
        config,
        database=config.database.model_copy(update={"url": f"sqlite:///{folder / 'foibot.db'}"}),
        authority=config.authority.model_copy(update={"first_number": 4078}),
        approval=config.approval.model_copy(update={"undo_minutes": undo_minutes}),
    )


def _request(stage: Stage) -> Chapter:
    raw = request(
        SAM,
        stage.service.office.mailbox,
        "Attacks on emergency services",
        QUESTION,
        stage.clock.now(),
        message_id="<question.1@citizens.example>",
    )
    stage.keep(raw, "from-sam")
    stage.post(raw, SAM.address, stage.service.office.mailbox, login=False)
    stage.work()
    acknowledgements = stage.new_outside()
    sure(len(acknowledgements) == 1, "the request is acknowledged once")
    acknowledgement = text_of(acknowledgements[0])
    sure("11 January 2021" in acknowledgement, "the acknowledgement names the last day")
    notice = only(stage.new_mail(JANE), "new-case", "the officer hears of the new case")
    sure(b"text/calendar" in notice, "the deadline comes as a calendar entry")
    case = stage.case()
    sure(case.reference == "004078/20", "the case has its number")
    return Chapter(
        stage.now(),
        "A request arrives, is acknowledged, and Jane is told",
        (
            f"case {case.reference}, received {in_words(case.received)}, last lawful day {in_words(case.due)}",
            "not counted: 25 and 28 December, 1 January, and 4 January (a holiday in Scotland alone)",
        ),
    )


def _reminder(stage: Stage) -> Chapter:
    stage.at(2020, 12, 11, 8, 1)
    stage.work()
    mails = stage.new_mail(JANE)
    only(mails, "reminder", "the ladder's first reminder is sent")
    only(mails, "digest", "the morning digest is sent")
    for person in (TOM, RUTH):
        stage.new_mail(person)
    return Chapter(stage.now(), "Three working days later the clock reminds, and the digest comes")


def _draft(stage: Stage) -> Chapter:
    stage.at(2021, 1, 5, 9, 30)
    stage.work()
    notice = only(stage.new_mail(JANE), "reminder", "the ladder reminds again on the day")
    stage.answer(JANE, notice, "ncnd 23(5) 24(2) 31(3)(a)")
    only(stage.new_mail(JANE), "draft", "the officer sees the draft")
    letter = stage.case().current
    sure(letter and letter.version == 1, "version 1 is drafted")
    return Chapter(
        stage.now(),
        "On working day 16 Jane orders a letter by reply: ncnd 23(5) 24(2) 31(3)(a)",
        ("foibot drafts the whole letter, checks it, and sends it to the approvers to read",),
    )


def _edit(stage: Stage) -> Chapter:
    draft_notice = stage.servers.mailbox(JANE.address)[-1]
    stage.answer(JANE, draft_notice, f"set harm\n{HARM}")
    letter = stage.case().current
    sure(letter and letter.version == 2, "the officer's words make version 2")
    stage.new_mail(JANE)
    return Chapter(stage.now(), "Jane fills the open slot for harm; that makes version 2")


def _refused(stage: Stage) -> Chapter:
    tom_v1 = _draft_of(stage, TOM, 1)
    stage.new_mail(TOM)
    stage.answer(TOM, tom_v1, "approve v1")
    answers = stage.new_mail(TOM)
    only(answers, "order-refused", "the stale approval is refused")
    stage.answer(JANE, stage.servers.mailbox(JANE.address)[-1], "approve v2")
    only(stage.new_mail(JANE), "order-refused", "the drafter's own approval is refused")
    sure(_state(stage) is LetterState.DRAFT, "nothing is approved yet")
    return Chapter(
        stage.now(),
        "Two approvals that do not count: of the older version, and by the drafter herself",
    )


def _forged(stage: Stage) -> Chapter:
    stage.at(2021, 1, 5, 9, 50)
    notice = _draft_of(stage, TOM, 2)
    stage.answer(TOM, notice, "approve v2", forged=True)
    only(stage.new_mail(TOM), "not-obeyed", "Tom hears of the forgery at his registered address")
    sure(_state(stage) is LetterState.DRAFT, "the forged approval changes nothing")
    return Chapter(
        stage.now(),
        "Somebody forges Tom's approval, with the right words and even the right secret",
        ("the border did not vouch for the sender: nothing is sent, and Tom is told",),
    )


def _approved(stage: Stage) -> Chapter:
    stage.at(2021, 1, 5, 10, 2)
    stage.answer(TOM, _draft_of(stage, TOM, 2), "approve v2")
    sure(_state(stage) is LetterState.APPROVED, "the real approval counts")
    for person in (JANE, TOM, RUTH):
        only(stage.new_mail(person), "approved", f"{person.name} hears of the approval")
    sure(not stage.new_outside(), "nothing leaves before the time to undo is over")
    return Chapter(stage.now(), "Tom approves version 2; everybody may stop it for ten minutes")


def _letter(stage: Stage) -> Chapter:
    stage.at(2021, 1, 5, 10, 13)
    stage.work()
    letters = stage.new_outside()
    sure(len(letters) == 1, "the letter leaves once")
    message = message_from_bytes(letters[0])
    sure(
        message["In-Reply-To"] == "<question.1@citizens.example>", "it is in the requester's thread"
    )
    pdfs = [
        p.get_payload(decode=True)
        for p in message.walk()
        if p.get_content_type() == "application/pdf"
    ]
    sure(len(pdfs) == 1 and isinstance(pdfs[0], bytes), "it carries one PDF")
    (stage.folder / "letter.pdf").write_bytes(bytes(pdfs[0]))
    for person in (JANE, TOM, RUTH):
        only(stage.new_mail(person), "letter-sent", f"{person.name} hears that it was sent")
    sent = stage.servers.mailbox(stage.service.office.mailbox, "Sent")
    sure(len(sent) == 1, "a copy is in Sent")
    case = stage.case()
    sure(case.finished and not case.answered_late, "the case is answered in time")
    return Chapter(
        stage.now(),
        "The letter leaves: neither confirming nor denying, four working days early",
        ("letter.pdf is the very file that was approved",),
    )


def _record(stage: Stage) -> Chapter:
    problems = list(verify(stage.service.store))
    sure(not problems, f"the record holds: {problems[:3]}")
    with stage.service.store.view() as tx:
        case = next(tx.cases.every())
        history = tx.ledger.of_case(case.reference)
    document = case_json(case, history, stage.service.office.laws.of(case))
    text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    (stage.folder / "case.json").write_text(text, "utf-8")
    return Chapter(
        stage.now(),
        f"The record holds: {len(history)} events on the case, each bound to the one before",
    )


def _state(stage: Stage) -> LetterState | None:
    letter = stage.case().current
    return letter.state if letter else None


def _draft_of(stage: Stage, who: Person, version: int) -> bytes:
    """The newest draft notice of this version in somebody's mailbox."""
    mails = stage.servers.mailbox(who.address)
    found = [
        raw for raw in mails if _kind(raw) == "draft" and f"approve v{version}" in text_of(raw)
    ]
    sure(found, f"{who.name} has the draft of version {version}")
    return found[-1]
