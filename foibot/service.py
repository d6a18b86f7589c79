"""The office at work: it reads the mailbox, sends what may leave, and lets the clock tick."""

from __future__ import annotations

import logging
import threading
from contextlib import ExitStack
from dataclasses import dataclass
from time import monotonic

from foibot.config import Config, SentCopy
from foibot.config.values import listen_address
from foibot.connections import Connections, connections
from foibot.desk.alarm import tell_of_folder
from foibot.desk.dispatch import Dispatch
from foibot.desk.housekeeping import SentCopies
from foibot.desk.intake import Intake
from foibot.desk.newcomer import newcomer
from foibot.desk.office import Clock
from foibot.desk.reconcile import Reconcile
from foibot.desk.remind import Remind
from foibot.desk.vitals import mailbox_was_read, vitals
from foibot.errors import FoibotError
from foibot.gateway.one_ahead import OneAhead
from foibot.gateway.read_ahead import WORTH_A_CHILD, ReadAhead
from foibot.gateway.reading import Batch, FolderMissing, Mark, RawMail
from foibot.gateway.smtp import Post
from foibot.gateway.system_clock import SystemClock
from foibot.outbox.item import ItemState
from foibot.reports.health import Vitals
from foibot.store.belonging import epoch_of, take
from foibot.store.database import free_bytes
from foibot.store.inbox import Arrived, FolderMark
from foibot.store.ownership import AlreadyAtWork, Worker
from foibot.trial import tried_in_a_child
from foibot.wiring import build_office, office_of, open_store, usable_letterbook

_log = logging.getLogger(__name__)
_ROUNDS = 1000
# How long acknowledgements that are leaving may keep officers from being shown new cases.
_PATIENCE = 2.0
_MOMENT = 0.02
# How many mails may be queued while more messages are settled, and for how many seconds that is waited for.
_QUEUED = 60
_IN_STEP = 0.5
# Seconds between two looks for who came while a backlog is worked, and how many of them go first.
_BETWEEN = 0.2
_LET_IN = 10
_LET_IN_BYTES = 1_000_000
# Beside a batch of more than this the next one is not held as well.
_AHEAD_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class Drained:
    """What `run --once` came to: messages settled, mails sent, and why something waits ("" if nothing)."""

    messages: int
    mails: int
    waiting: str


class Service:
    """The office at work: mail in, orders, reminders, mail out."""

    def __init__(
        self,
        config: Config,
        clock: Clock | None = None,
        *,
        patience: float = 30,
        servers: Connections | None = None,
    ) -> None:
        """Opens the database and compiles the templates; connects to no server.

        `patience` is how many seconds a mail server may take for an answer. `servers` are connections that
        somebody has begun to make already.
        """
        self._config = config
        self.engine, self.store = open_store(config)
        with ExitStack() as refused:
            refused.callback(self.store.close)
            book = usable_letterbook(config, self.store, tried_in_a_child)
            self.office = build_office(config, clock or SystemClock(), book, self.store)
            servers = servers or connections(config, patience=patience)
            self._mailbox, self._sent_folder = servers.mailbox, servers.sent_folder
            self.worker = Worker(self.engine)
            self._post = Post(
                servers.outgoing,
                connections=config.mailbox.smtp_connections,
                timeout=patience,
                before_content=self.worker.prove,
            )
            refused.pop_all()
        self._ahead = ReadAhead()
        # Answers of the outgoing server are kept in any case; all else is only for whoever still has the office.
        ours = self.store.if_allowed(self.worker.prove)
        self.intake = Intake(self.office, ours, self._ahead.take)
        self.dispatch = Dispatch(
            self.office,
            self.store,
            self._post,
            self.worker,
            config.mailbox.smtp_connections,
        )
        self.remind = Remind(self.office, ours)
        self._reconcile = Reconcile(self.office, ours, self.intake)
        self._copies = SentCopies(self.office, ours, config.mailbox.sent is SentCopy.AUTO)
        self._junk: tuple[str, ...] | None = None
        self._taken_up = False
        self._leaving_since = 0.0
        self._let_in_from = 0.0
        self.stopping = threading.Event()
        self.wake = threading.Event()

    @property
    def poll_seconds(self) -> float:
        """How often the mailbox is looked into at the least."""
        return self._config.mailbox.poll_seconds

    @property
    def health_address(self) -> tuple[str, int] | None:
        """Where monitoring on this machine may ask; None for nowhere."""
        listen = self._config.health.listen
        return listen_address(listen) if listen else None

    def vitals(self) -> Vitals:
        """How the office does at the moment."""
        now, free = self.office.clock.now(), free_bytes(self.engine)
        return vitals(self.store, self.poll_seconds, now, free)

    def close(self) -> None:
        """Let go of servers and database."""
        self._ahead.close()
        self._mailbox.close()
        self._sent_folder.close()
        self._post.close()
        self.store.close()

    def take_record(self) -> None:
        """Make sure, or write down, that the record is this office's. Raises `AnotherOffices`."""
        take(self.store, office_of(self._config), self.office.clock.now())

    def enter_mailbox(self) -> None:
        """To be called by whoever gets the mailbox: if it is another one than was read last, all of it is new."""
        self._mailbox.epoch = epoch_of(self.store, self._mailbox.read_at, self.office.clock.now())

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
        if not self.stopping.is_set():
            mailbox_was_read(self.store, self.office.clock.now())
        return settled + self.settle() + self._compare()

    def _introduce(self) -> int:
        """Show officers some new cases, a few at a time: whoever asks meanwhile is acknowledged first."""
        shown = self.intake.introduce()
        if shown:
            self.wake.set()
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
        configured = self._config.mailbox
        if configured.finds_junk and self._junk is None:
            self._junk = self._mailbox.junk_folders()
        return configured.folders(self._junk or ())

    def _read(self, folder: str) -> int:
        settled = 0
        with self.store.view() as tx:
            mark = tx.inbox.mark(folder)
        with OneAhead(self._mailbox.new_mail(folder, _to_mark(mark)), self._read_ahead) as batches:
            for batch in batches:
                if self.stopping.is_set():
                    break
                self._note(folder, batch)
                arrived = [_arrived(mail) for mail in batch.mails]
                next_mark = FolderMark(batch.mark.uidvalidity, batch.mark.next_uid)
                self.intake.keep(arrived, next_mark, folder)
                if _is_backlog(batch):
                    batches.begin()
                    self._post.expect(len(batch.mails))
                else:
                    self._ahead.close()
                settled += self.settle()
                batches.wait()
                settled += self._let_in(folder, batch.mark)
        return settled

    def _read_ahead(self, batch: Batch) -> None:
        if _is_backlog(batch):
            self._ahead.begin([mail.raw for mail in batch.mails])

    def _let_in(self, folder: str, settled: Mark) -> int:
        """Between two batches of a backlog: whoever writes for the first time need not wait for all of it."""
        began = monotonic()
        if folder != self.office.folder or began < self._let_in_from:
            return 0
        try:
            came = self._mailbox.came_meanwhile(_LET_IN, _LET_IN_BYTES)
            first = [mail for mail in came if self._may_go_first(mail, settled)]
        finally:
            # Where a server is slow to search, the backlog still has at least half of the time.
            self._let_in_from = monotonic() + max(_BETWEEN, monotonic() - began)
        if not first:
            return 0
        self.intake.keep([_arrived(mail) for mail in first])
        return self.settle()

    def _may_go_first(self, mail: RawMail, settled: Mark) -> bool:
        address = newcomer(self.office, mail.raw)
        return bool(address) and not self._mailbox.has_from(address, settled.next_uid, mail.uid)

    def take_up(self) -> int:
        """Once, before anything else is read: what an earlier process may have had in hand; how many messages."""
        done = 0
        if not self._taken_up:
            for _ in self.intake.take_up():
                done += 1
                self.wake.set()
                if self.stopping.is_set():
                    return done
            self._taken_up = True
        return done

    def settle(self) -> int:
        """Settle every stored message; how many. The dispatcher is woken after each commit."""
        settled = 0
        while not self.stopping.is_set() and (done := self.intake.settle()):
            settled += done
            self.wake.set()
            self._keep_in_step()
        return settled

    def _keep_in_step(self) -> None:
        """Let what was settled leave before more is, for a moment: whoever comes next waits for all that is queued."""
        until = monotonic() + _IN_STEP
        while self.dispatch.leaves and monotonic() < until and not self.stopping.is_set():
            with self.store.view() as tx:
                queued, _ = tx.outbox.backlog(self.office.clock.now())
            if queued <= _QUEUED:
                return
            self.stopping.wait(_MOMENT)

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
            if self.stopping.is_set():
                break
            done = self.dispatch.round()
            sent += done.tried
            if not done.reached:
                return sent, done.problem
            if done.tried == 0:
                break
        return sent, ""

    def once(self) -> Drained:
        """Drain everything there is: mailbox, orders, reminders, outbox; then stop.

        Raises like the mailbox does when it cannot be read; what was stored before is settled first, people
        are reminded, and what may leave leaves.
        """
        unread: FoibotError | None = None
        with self.worker.at_work():
            self.take_record()
            if not self.worker.take_mailbox():
                raise AlreadyAtWork
            self.enter_mailbox()
            self.dispatch.recover()
            messages, mails, problem = self.take_up() + self.settle(), 0, ""
            for _ in range(_ROUNDS):
                try:
                    polled = 0 if unread else self.poll()
                except FoibotError as problem_of_mailbox:
                    polled, unread = 0, problem_of_mailbox
                acknowledged, _ = self.send()
                while self._introduce():
                    pass
                reminded = self.remind.tick()
                sent, problem = self.send()
                sent += acknowledged
                messages, mails = messages + polled, mails + sent
                if problem or not polled + reminded + sent:
                    break
            if unread:
                raise unread
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
        """Ask every thread to end after what it is doing; nothing new is begun."""
        self.stopping.set()
        self.wake.set()

    def halt(self) -> None:
        """Read no further, and offer no more mail; what the server was offered gets its answer."""
        self._mailbox.cut()
        self._sent_folder.cut()
        self._post.halt()

    def wait_no_longer(self) -> None:
        """Answer what the server was offered by what is known of it now."""
        self._post.wait_no_longer()

    def read_mail(self) -> None:
        """Read and settle what came, else show officers some new cases, else wait for news."""
        self.take_up()
        if not self.poll() and not self._show():
            self._mailbox.wait(self._config.mailbox.poll_seconds, self.stopping)

    def _show(self) -> bool:
        """Show officers some new cases as soon as no acknowledgement is leaving; whether there may be more."""
        with self.store.view() as tx:
            leaving = tx.outbox.acknowledges(self.office.clock.now())
        self._leaving_since = (self._leaving_since or monotonic()) if leaving else 0.0
        if leaving and monotonic() - self._leaving_since < _PATIENCE:
            self.stopping.wait(_MOMENT)
            return True
        self._leaving_since = 0.0
        return bool(self._introduce())

    def send_mail(self) -> None:
        """Wait until there may be something to send, and send it. Raises `MailWaits` when no server takes it."""
        self.wake.wait(5)
        self.wake.clear()
        if not self.worker.may_act:
            self.dispatch.leaves = False
            return
        _, problem = self.send()
        if problem and not self.stopping.is_set():
            raise MailWaits(problem)


class MailWaits(FoibotError):
    """The outgoing server cannot be reached; mail waits in the outbox."""


def _to_mark(mark: FolderMark | None) -> Mark | None:
    return Mark(mark.uidvalidity, mark.next_uid) if mark else None


def _is_backlog(batch: Batch) -> bool:
    """Whether more may follow that is worth being fetched and read meanwhile, and little enough is held by then."""
    return len(batch.mails) >= WORTH_A_CHILD and sum(len(mail.raw) for mail in batch.mails) <= _AHEAD_BYTES  # fmt: skip


def _arrived(mail: RawMail) -> Arrived:
    return Arrived(
        mail.folder, mail.uidvalidity, mail.uid, mail.internaldate, mail.truncated, mail.raw
    )
