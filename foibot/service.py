"""The office at work: it reads the mailbox, sends what may leave, and lets the clock tick."""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from time import monotonic

from foibot.clock import Ticks
from foibot.config import FOUND_BY_FOIBOT, Config, SentCopy
from foibot.desk.alarm import tell_of_folder
from foibot.desk.dispatch import Dispatch
from foibot.desk.housekeeping import SentCopies
from foibot.desk.intake import Intake
from foibot.desk.office import Clock
from foibot.desk.reconcile import Reconcile
from foibot.desk.remind import Remind
from foibot.desk.vitals import mailbox_was_read, tell_of_silence
from foibot.errors import FoibotError, place_of
from foibot.gateway.access_tokens import AccessTokens, Application
from foibot.gateway.imap import Mailbox
from foibot.gateway.reading import Batch, FolderMissing, MailboxThrottled, Mark, RawMail, backoff
from foibot.gateway.server_url import imap_server, smtp_server
from foibot.gateway.smtp import Post
from foibot.gateway.system_clock import SystemClock
from foibot.outbox.item import ItemState
from foibot.store.inbox import Arrived, FolderMark
from foibot.store.ownership import AlreadyAtWork, Held, own_the_office
from foibot.wiring import build_office, open_store, tried_in_a_child, usable_letterbook

_log = logging.getLogger(__name__)
_ROUNDS = 1000
_CALM = 300.0
_LOOK = 5.0
# How long acknowledgements that are leaving may keep officers from being shown new cases.
_PATIENCE = 2.0
_MOMENT = 0.05


@dataclass(frozen=True, slots=True)
class Drained:
    """What `run --once` came to: messages settled, mails sent, and why something waits ("" if nothing)."""

    messages: int
    mails: int
    waiting: str


class Service:
    """The office at work: mail in, orders, reminders, mail out."""

    def __init__(self, config: Config, clock: Clock | None = None, *, patience: float = 30) -> None:
        """Opens the database and compiles the templates; connects to no server yet.

        `patience` is how many seconds a mail server may take for an answer.
        """
        self._config = config
        self.engine, self.store = open_store(config)
        book = usable_letterbook(config, self.store, tried_in_a_child)
        self.office = build_office(config, clock or SystemClock(), book, self.store)
        ca_file = config.mailbox.tls_ca_file or None
        tokens = access_tokens(config)
        incoming = imap_server(config.mailbox.imap, config.passwords.imap, ca_file, tokens)
        limit = config.mailbox.max_message_mb * 1_000_000
        self._mailbox = Mailbox(incoming, max_bytes=limit, timeout_read=patience)
        # A connection of its own: an IMAP client belongs to one thread.
        self._sent_folder = Mailbox(incoming, timeout_read=patience)
        self._post = Post(
            smtp_server(config.mailbox.smtp, config.passwords.smtp, ca_file, tokens),
            connections=config.mailbox.smtp_connections,
            timeout=patience,
        )
        self.intake = Intake(self.office, self.store)
        self.dispatch = Dispatch(self.office, self.store, self._post)
        self.remind = Remind(self.office, self.store)
        self._reconcile = Reconcile(self.office, self.store, self.intake)
        self._copies = SentCopies(self.office, self.store, config.mailbox.sent is SentCopy.AUTO)
        self._junk: tuple[str, ...] | None = None
        self._shown_at = 0.0
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
        for folder in self.folders():
            try:
                settled += self._read(folder)
            except FolderMissing as missing:
                # A folder for spam that somebody renamed must not keep requests from being read.
                if folder == self.office.folder:
                    raise
                _log.error("%s", missing)
                self._junk = None
        mailbox_was_read(self.store, self.office.clock.now())
        return settled + self.settle() + self._compare()

    def _introduce(self) -> int:
        """Show officers some new cases, a few at a time: whoever asks meanwhile is acknowledged first."""
        shown = self.intake.introduce()
        if shown:
            self._wake.set()
        return shown

    def _compare(self) -> int:
        """Once a day: whether the record has every message that the mailbox has."""
        if not self._reconcile.due():
            return 0
        self._junk = None  # a folder for spam may be there by now
        self._reconcile.work(self._mailbox, self.folders())
        return self.settle()

    def folders(self) -> list[str]:
        """Every folder that is read. The inbox comes last: it is the one that IDLE watches afterwards."""
        junk = self._config.mailbox.junk
        if FOUND_BY_FOIBOT in junk and self._junk is None:
            self._junk = self._mailbox.junk_folders()
        named = [name for name in junk if name != FOUND_BY_FOIBOT]
        inbox = self.office.folder
        others = dict.fromkeys((*named, *(self._junk or ())))
        return [*(name for name in others if name != inbox), inbox]

    def _read(self, folder: str) -> int:
        settled = 0
        with self.store.view() as tx:
            mark = tx.inbox.mark(folder)
        for batch in self._mailbox.new_mail(folder, _to_mark(mark)):
            self._note(folder, batch)
            arrived = [_arrived(mail) for mail in batch.mails]
            next_mark = FolderMark(batch.mark.uidvalidity, batch.mark.next_uid)
            self.intake.keep(arrived, next_mark, folder)
            settled += self.settle()
        return settled

    def settle(self) -> int:
        """Settle every stored message; how many. The dispatcher is woken after each commit."""
        settled = 0
        while done := self.intake.settle():
            settled += done
            self._wake.set()
        return settled

    def _note(self, folder: str, batch: Batch) -> None:
        for note in batch.notes:
            _log.warning("folder %s, uid %s: %s", folder, note.uid, note.kind.value)
        if batch.notes:
            now = self.office.clock.now()
            tell_of_folder(self.store, self.office, folder, batch.notes, batch.mark, now)

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
                acknowledged, _ = self.send()
                while self._introduce():
                    pass
                reminded = self.remind.tick()
                sent, problem = self.send()
                sent += acknowledged
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

    def run(self, *, stand_by: bool = False) -> None:
        """Work until `stop` is called.

        Raises `AlreadyAtWork` if another process has the office; to `stand_by` is to wait for its end
        instead. Raises `OfficeLost` when the database let go of this one.
        """
        waited = False
        while not self._stop.is_set():
            try:
                with own_the_office(self.engine) as held:
                    return self._work(held)
            except AlreadyAtWork:
                if not stand_by:
                    raise
            if not waited:
                _log.info("another foibot works this office; this one stands by to take over")
                waited = True
            self._stop.wait(_LOOK)
        return None

    def _work(self, held: Held) -> None:
        with ExitStack() as ending:
            orphans = self.dispatch.recover()
            if orphans:
                _log.warning("%s mails were being sent when foibot ended last time", orphans)
            threads = [
                threading.Thread(target=self._keep_doing, args=(work,), name=name, daemon=True)
                for name, work in (("intake", self._read_mail), ("dispatch", self._send_mail))
            ]
            watch = partial(self._watch, self.office.clock.now())
            ticks = Ticks(
                remind=self.remind.tick, copy=self.copy_to_sent, wake=self._wake.set, watch=watch
            )
            ticks.start()
            ending.callback(ticks.stop)
            for thread in threads:
                thread.start()
                ending.callback(thread.join, 10)
            _log.info("the office is open")
            ending.callback(self.stop)
            while not self._stop.wait(_LOOK):
                held.require()

    def _watch(self, since: datetime) -> None:
        poll_seconds = self._config.mailbox.poll_seconds
        tell_of_silence(self.store, self.office, poll_seconds, since, self.office.clock.now())

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
        if not self.poll() and not self._show():
            self._mailbox.wait(self._config.mailbox.poll_seconds, self._stop)

    def _show(self) -> bool:
        """Show officers some new cases as soon as no acknowledgement is leaving; whether there may be more."""
        with self.store.view() as tx:
            busy = tx.outbox.acknowledges(self.office.clock.now())
        if busy and monotonic() - self._shown_at < _PATIENCE:
            self._stop.wait(_MOMENT)
            return True
        self._shown_at = monotonic()
        return bool(self._introduce())

    def _send_mail(self) -> None:
        self._wake.wait(5)
        self._wake.clear()
        _, problem = self.send()
        if problem:
            raise MailWaits(problem)


class MailWaits(FoibotError):
    """The outgoing server cannot be reached; mail waits in the outbox."""


def _to_mark(mark: FolderMark | None) -> Mark | None:
    return Mark(mark.uidvalidity, mark.next_uid) if mark else None


def _arrived(mail: RawMail) -> Arrived:
    return Arrived(
        mail.folder, mail.uidvalidity, mail.uid, mail.internaldate, mail.truncated, mail.raw
    )


def access_tokens(config: Config) -> AccessTokens | None:
    """The application foibot logs in as; None where it logs in with passwords."""
    one = config.oauth
    if not one.tenant:
        return None
    return AccessTokens(
        Application(one.tenant, one.client_id, config.passwords.oauth, one.authority, one.scope)
    )


def check_servers(config: Config) -> Mapping[str, str]:
    """Connect to both servers; for each, "" if it answered as it should, else what is wrong."""
    ca_file = config.mailbox.tls_ca_file or None
    found = {}
    tokens = access_tokens(config)
    mailbox = Mailbox(imap_server(config.mailbox.imap, config.passwords.imap, ca_file, tokens))
    post = Post(
        smtp_server(config.mailbox.smtp, config.passwords.smtp, ca_file, tokens), connections=1
    )
    for name, connect in (("mailbox.imap", mailbox.folders), ("mailbox.smtp", post.check)):
        try:
            connect()
            found[name] = ""
        except FoibotError as problem:
            found[name] = str(problem)
    mailbox.close()
    post.close()
    return found
