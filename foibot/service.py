"""Builds the office's parts from the configuration, and runs them: the one wiring place."""

from __future__ import annotations

import logging
import random
import threading
import traceback
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Engine

from foibot import __version__
from foibot.case.case import State
from foibot.case.deadlines import Rung
from foibot.clock import Ticks
from foibot.commands.command import Rules
from foibot.config import Config, SentCopy, Step
from foibot.desk.dispatch import Dispatch
from foibot.desk.housekeeping import SentCopies
from foibot.desk.intake import Intake
from foibot.desk.office import Border, Clock, Laws, Numbering, Office, ReminderRules
from foibot.desk.remind import Remind
from foibot.errors import AdministratorMustFix, FoibotError
from foibot.gateway.imap import Mailbox
from foibot.gateway.pdf import Typesetter
from foibot.gateway.reading import Batch, MailboxThrottled, Mark, RawMail, backoff
from foibot.gateway.server_url import imap_server, smtp_server
from foibot.gateway.smtp import Post
from foibot.gateway.system_clock import SystemClock
from foibot.gateway.template_files import fonts_folder, read_templates
from foibot.law import REGIMES
from foibot.letters.facts import AuthorityFacts, RegulatorFacts, ReviewFacts
from foibot.letters.render import Letterbook
from foibot.officers.roster import Officer, roster
from foibot.outbox.item import ItemState
from foibot.outbox.limits import Caps
from foibot.store import database
from foibot.store.create import create
from foibot.store.inbox import Arrived, FolderMark
from foibot.store.ownership import own_the_office
from foibot.store.transaction import Store

_log = logging.getLogger(__name__)
_ROUNDS = 1000
_CALM = 300.0
_TRIED = "templates-tried"


class TemplatesAreWrong(AdministratorMustFix):
    """The templates cannot be used; `foibot check` lists what is wrong with them."""


def open_store(config: Config) -> tuple[Engine, Store]:
    """The database, made if it is new. Raises `DatabaseAtAnotherRevision` or `DatabaseUnreachable`."""
    engine = database.open_engine(config.database.url)
    if database.revision(engine) == "":
        create(engine)
    return engine, Store(engine)


def letterbook(config: Config) -> Letterbook:
    """The shipped templates with the authority's own laid over them, compiled."""
    folder = Path(config.templates.folder) if config.templates.folder else None
    return Letterbook(read_templates(folder), states=[state.value for state in State])


def usable_letterbook(config: Config, store: Store | None = None) -> Letterbook:
    """The letterbook, with every letter and notice tried. Raises `TemplatesAreWrong`.

    Templates that `store` remembers as tried, byte for byte and by this version, are not tried again:
    it takes seconds, and a service that was killed should be back at once.
    """
    book = letterbook(config)
    mark = _mark_of(book)
    if store is not None:
        with store.view() as tx:
            tried = tx.switches.get(_TRIED)
        if tried is not None and tried.value == mark:
            return book
    problems = book.problems()
    if problems:
        listed = "\n".join(f"  {one.file}:{one.line}: {one.what}. {one.fix}." for one in problems)
        raise TemplatesAreWrong(f"the templates cannot be used:\n{listed}")
    if store is not None:
        with store.transaction() as tx:
            tx.switches.set(_TRIED, mark, SystemClock().now())
    return book


def _mark_of(book: Letterbook) -> str:
    texts = "".join(f"{path}\0{text}\0" for path, text in sorted(book.source.items()))
    return f"{__version__} {sha256(texts.encode('utf-8', 'surrogatepass')).hexdigest()}"


def build_office(
    config: Config, clock: Clock, book: Letterbook, store: Store | None = None
) -> Office:
    """The office of a configuration, with a letterbook that was found usable.

    It counts with the bank holidays that were imported into `store`, if there is one.
    """
    mailbox, trust, approval = config.mailbox, config.trust, config.approval
    return Office(
        mailbox=mailbox.address,
        plus_addressing=mailbox.plus_addressing,
        since=mailbox.since,
        junk=mailbox.junk,
        authority=_authority(config),
        unit=config.authority.unit,
        regulator=_regulator(config),
        laws=known_laws(config, store),
        numbering=Numbering(config.authority.reference, config.authority.first_number),
        roster=roster(
            Officer(
                one.address,
                one.name,
                one.title,
                frozenset(one.roles),
                one.aliases,
            )
            for one in config.officers
        ),
        rules=Rules(
            approval.undo_minutes,
            frozenset(kind.value for kind in approval.four_eyes),
            config.authority.kind.value,
            tuple(one.value for one in config.authority.regimes),
        ),
        secret_days=approval.secret_days,
        caps=Caps(config.limits.acks_per_address_per_day, config.limits.mails_per_hour),
        border=Border(
            trust.authserv_id,
            trust.servers,
            trust.own_domains or (mailbox.domain,),
        ),
        reminders=_reminders(config),
        book=book,
        typesetter=Typesetter(book.source["letterhead.typ"], fonts_folder()),
        clock=clock,
    )


def known_laws(config: Config, store: Store | None) -> Laws:
    """The laws the authority answers under, with the bank holidays that were imported."""
    laws = Laws([one.value for one in config.authority.regimes])
    if store is not None:
        with store.view() as tx:
            laws.learn(tx.holidays.known_to(law) for law in REGIMES)
    return laws


def _authority(config: Config) -> AuthorityFacts:
    own = config.authority
    return AuthorityFacts(
        name=own.name,
        kind=own.kind.value,
        postal_address=own.address,
        email=own.email or config.mailbox.address,
        phone=own.phone,
        website=own.website,
        privacy_url=own.privacy_url,
        review_contact=ReviewFacts(
            title=own.review_title,
            address=own.review_address or own.address,
            email=own.review_email or config.mailbox.address,
            window_days=own.review_window_days,
            target_days=own.review_target_days,
        ),
    )


def _regulator(config: Config) -> RegulatorFacts:
    return RegulatorFacts(**config.regulator.model_dump())


def _reminders(config: Config) -> ReminderRules:
    settings = config.reminders
    return ReminderRules(
        ladder=tuple(_rung(step) for step in settings.ladder),
        overdue_every=settings.overdue_every,
        escalate_to=settings.escalate_to,
        digest_hour=settings.digest_at.hour,
        digest_minute=settings.digest_at.minute,
    )


def _rung(step: Step) -> Rung:
    return Rung(step.day, step.say, step.to)


@dataclass(frozen=True, slots=True)
class Drained:
    """What `run --once` came to: messages settled, mails sent, and why something waits ("" if nothing)."""

    messages: int
    mails: int
    waiting: str


class Service:
    """The office at work: mail in, orders, reminders, mail out."""

    def __init__(self, config: Config, clock: Clock | None = None) -> None:
        """Opens the database and compiles the templates; connects to no server yet."""
        self._config = config
        self.engine, self.store = open_store(config)
        book = usable_letterbook(config, self.store)
        self.office = build_office(config, clock or SystemClock(), book, self.store)
        ca_file = config.mailbox.tls_ca_file or None
        incoming = imap_server(config.mailbox.imap, config.passwords.imap, ca_file)
        limit = config.mailbox.max_message_mb * 1_000_000
        self._mailbox = Mailbox(incoming, max_bytes=limit)
        # A connection of its own: an IMAP client belongs to one thread.
        self._sent_folder = Mailbox(incoming)
        self._post = Post(
            smtp_server(config.mailbox.smtp, config.passwords.smtp, ca_file),
            connections=config.mailbox.smtp_connections,
        )
        self.intake = Intake(self.office, self.store)
        self.dispatch = Dispatch(self.office, self.store, self._post)
        self.remind = Remind(self.office, self.store)
        self._copies = SentCopies(self.office, self.store, config.mailbox.sent is SentCopy.AUTO)
        self._stop = threading.Event()
        self._wake = threading.Event()

    def close(self) -> None:
        """Let go of servers and database."""
        self._mailbox.close()
        self._sent_folder.close()
        self._post.close()
        self.store.close()

    def poll(self) -> int:
        """Fetch and settle everything new; how many messages were settled."""
        settled = 0
        folders = [self._config.mailbox.folder]
        if self._config.mailbox.junk:
            # The inbox comes last, so that it is the folder that IDLE watches afterwards.
            folders.insert(0, self._config.mailbox.junk)
        for folder in folders:
            with self.store.view() as tx:
                mark = tx.inbox.mark(folder)
            for batch in self._mailbox.new_mail(folder, _to_mark(mark)):
                self._note(folder, batch)
                arrived = [_arrived(mail) for mail in batch.mails]
                next_mark = FolderMark(batch.mark.uidvalidity, batch.mark.next_uid)
                self.intake.keep(arrived, next_mark, folder)
                settled += self.settle()
        return settled + self.settle()

    def settle(self) -> int:
        """Settle every stored message; how many. The dispatcher is woken after each commit."""
        settled = 0
        while done := self.intake.work():
            settled += done
            self._wake.set()
        return settled

    def _note(self, folder: str, batch: Batch) -> None:
        for note in batch.notes:
            _log.warning("folder %s, uid %s: %s", folder, note.uid, note.kind.value)

    def send(self) -> tuple[int, str]:
        """Send everything that may leave now; how many, and why something waits ("" if nothing)."""
        sent = 0
        for _ in range(_ROUNDS):
            done = self.dispatch.round()
            sent += done.tried
            if not done.reached:
                return sent, done.problem
            if done.tried == 0:
                break
        return sent, ""

    def once(self) -> Drained:
        """Drain everything there is: mailbox, orders, reminders, outbox; then stop.

        Raises like the mailbox does when it cannot be read; what was stored before is settled first.
        """
        with own_the_office(self.engine):
            self.dispatch.recover()
            messages, mails, problem = self.settle(), 0, ""
            for _ in range(_ROUNDS):
                polled = self.poll()
                reminded = self.remind.tick()
                sent, problem = self.send()
                messages, mails = messages + polled, mails + sent
                if problem or not polled + reminded + sent:
                    break
            self.copy_to_sent(at_once=True)
            return Drained(messages, mails, problem or self._still_waiting())

    def _still_waiting(self) -> str:
        now = self.office.clock.now()
        with self.store.view() as tx:
            queued = tx.outbox.in_state(ItemState.QUEUED)
            paused = tx.switches.paused
        if queued and paused:
            return f"{len(queued)} mails wait, because the office is paused (`foibot resume`)"
        later = [one for one in queued if one.not_before > now]
        return f"{len(later)} mails will be tried again later" if later else ""

    def copy_to_sent(self, *, at_once: bool = False) -> None:
        """Copies of letters into Sent, if the configuration wants them."""
        if self._config.mailbox.sent is not SentCopy.NEVER:
            self._copies.work(self._sent_folder, at_once=at_once)

    def stop(self) -> None:
        """Ask every thread to end after what it is doing."""
        self._stop.set()
        self._wake.set()

    def run(self) -> None:
        """Work until `stop` is called. Raises `AlreadyAtWork` if another process has the office."""
        with own_the_office(self.engine), ExitStack() as ending:
            orphans = self.dispatch.recover()
            if orphans:
                _log.warning("%s mails were being sent when foibot ended last time", orphans)
            threads = [
                threading.Thread(target=self._keep_doing, args=(work,), name=name, daemon=True)
                for name, work in (("intake", self._read_mail), ("dispatch", self._send_mail))
            ]
            ticks = Ticks(remind=self.remind.tick, copy=self.copy_to_sent, wake=self._wake.set)
            ticks.start()
            ending.callback(ticks.stop)
            for thread in threads:
                thread.start()
                ending.callback(thread.join, 10)
            _log.info("the office is open")
            self._stop.wait()
            self.stop()

    def _keep_doing(self, work: object) -> None:
        """Repeat one job for ever; after trouble wait longer and longer, and say why once each time."""
        attempt = 0
        while not self._stop.is_set():
            try:
                work()  # type: ignore[operator]
                attempt = 0
            except MailboxThrottled as throttled:
                _log.warning("%s", throttled)
                self._stop.wait(throttled.seconds)
            except FoibotError as problem:
                attempt += 1
                pause = backoff(attempt, random.random())  # noqa: S311 - spreads retries, no secret
                _log.error("%s Trying again in %.0f s.", problem, pause)
                self._stop.wait(pause)
            except Exception as problem:  # noqa: BLE001 - a bug must not end the office
                # Its words may hold a person's, so that only its kind and place are logged.
                attempt += 1
                _log.error("a job failed: %s in %s", type(problem).__name__, place_of(problem))
                self._stop.wait(min(_CALM, backoff(attempt, 0)))

    def _read_mail(self) -> None:
        self.poll()
        self._mailbox.wait(self._config.mailbox.poll_seconds, self._stop)

    def _send_mail(self) -> None:
        self._wake.wait(5)
        self._wake.clear()
        _, problem = self.send()
        if problem:
            raise MailWaits(problem)


class MailWaits(FoibotError):
    """The outgoing server cannot be reached; mail waits in the outbox."""


def place_of(problem: BaseException) -> str:
    """Where an exception was raised, as module and line: what a bug report needs, and no person's words."""
    frames = traceback.extract_tb(problem.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "an unknown place"


def _to_mark(mark: FolderMark | None) -> Mark | None:
    return Mark(mark.uidvalidity, mark.next_uid) if mark else None


def _arrived(mail: RawMail) -> Arrived:
    return Arrived(
        mail.folder, mail.uidvalidity, mail.uid, mail.internaldate, mail.truncated, mail.raw
    )


def check_servers(config: Config) -> Mapping[str, str]:
    """Connect to both servers; for each, "" if it answered as it should, else what is wrong."""
    ca_file = config.mailbox.tls_ca_file or None
    found = {}
    mailbox = Mailbox(imap_server(config.mailbox.imap, config.passwords.imap, ca_file))
    post = Post(smtp_server(config.mailbox.smtp, config.passwords.smtp, ca_file), connections=1)
    for name, connect in (("mailbox.imap", mailbox.folders), ("mailbox.smtp", post.check)):
        try:
            connect()
            found[name] = ""
        except FoibotError as problem:
            found[name] = str(problem)
    mailbox.close()
    post.close()
    return found
