"""`with store.transaction() as tx`: everything inside happens, or nothing does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from copy import copy
from functools import cached_property

from sqlalchemy import Connection, Engine

from foibot.store import database
from foibot.store.absences import Absences
from foibot.store.cases import Cases
from foibot.store.complaints import Complaints
from foibot.store.holidays import Holidays
from foibot.store.inbox import Inbox
from foibot.store.last_mail import LastMail
from foibot.store.ledger import Ledger
from foibot.store.letters import Letters
from foibot.store.likenesses import Likenesses
from foibot.store.locks import Locks
from foibot.store.outbox import Outbox
from foibot.store.secrets import Secrets
from foibot.store.signatures import Signatures
from foibot.store.switches import Switches
from foibot.store.terms import Terms
from foibot.store.topics import Topics
from foibot.store.turns import Turns
from foibot.store.undecided import Undecided
from foibot.store.wordings import Wordings

_KEEPING_BACK = ("ledger", "cases", "inbox", "outbox")


class Transaction:
    """The whole store inside one transaction, a drawer at a time."""

    def __init__(self, connection: Connection) -> None:
        """All drawers share this connection, and so this transaction."""
        self._connection = connection

    @cached_property
    def inbox(self) -> Inbox:
        """Every message that came in."""
        return Inbox(self._connection)

    @cached_property
    def cases(self) -> Cases:
        """Every case file."""
        return Cases(self._connection)

    @cached_property
    def ledger(self) -> Ledger:
        """Everything that happened."""
        return Ledger(self._connection)

    @cached_property
    def outbox(self) -> Outbox:
        """Every mail that leaves."""
        return Outbox(self._connection)

    @cached_property
    def locks(self) -> Locks:
        """What several workers agree by."""
        return Locks(self._connection)

    @cached_property
    def complaints(self) -> Complaints:
        """Who has had mail of ours reported as abuse."""
        return Complaints(self._connection)

    @cached_property
    def last_mail(self) -> LastMail:
        """What left last for whom."""
        return LastMail(self._connection)

    @cached_property
    def letters(self) -> Letters:
        """The words of every letter."""
        return Letters(self._connection)

    @cached_property
    def secrets(self) -> Secrets:
        """What officers prove themselves with."""
        return Secrets(self._connection)

    @cached_property
    def switches(self) -> Switches:
        """Facts about the office itself."""
        return Switches(self._connection)

    @cached_property
    def holidays(self) -> Holidays:
        """Every bank holiday that was imported."""
        return Holidays(self._connection)

    @cached_property
    def wordings(self) -> Wordings:
        """The words every case was asked in, as digests."""
        return Wordings(self._connection)

    @cached_property
    def likenesses(self) -> Likenesses:
        """The marks under which requests like a new one are found."""
        return Likenesses(self._connection)

    @cached_property
    def terms(self) -> Terms:
        """The words under which cases are searched."""
        return Terms(self._connection)

    @cached_property
    def topics(self) -> Topics:
        """The register of what is always neither confirmed nor denied."""
        return Topics(self._connection)

    @cached_property
    def absences(self) -> Absences:
        """Who of the office is away."""
        return Absences(self._connection)

    @cached_property
    def undecided(self) -> Undecided:
        """Messages that wait for an officer to say what they are."""
        return Undecided(self._connection)

    @cached_property
    def signatures(self) -> Signatures:
        """The signatures that were used."""
        return Signatures(self._connection)

    @contextmanager
    def apart(self) -> Iterator[None]:
        """A part of the transaction that is undone by itself when it fails, leaving the rest."""
        self.write()
        try:
            with self._connection.begin_nested():
                yield
                self.write()
        except BaseException:
            # They remember what was undone with the part: the head of the chain, and what was to be written.
            for drawer in _KEEPING_BACK:
                self.__dict__.pop(drawer, None)
            raise

    def write(self) -> None:
        """Write what the drawers have kept back, so that many entries are one statement."""
        for drawer in _KEEPING_BACK:
            if drawer in self.__dict__:  # the others were not opened
                getattr(self, drawer).write()


class Store:
    """The office's database, opened and at the right revision."""

    def __init__(self, engine: Engine) -> None:
        """Raises `DatabaseAtAnotherRevision` unless the schema is the one this version knows."""
        database.require_revision(engine)
        self._engine = engine
        self._may_write: Callable[[], None] = lambda: None
        self._turns = Turns()

    def if_allowed(self, may_write: Callable[[], None]) -> Store:
        """The same store, with the same turns, where `may_write` is asked before each writing transaction.

        It raises if nothing may be written from here.
        """
        asked = copy(self)
        asked._may_write = may_write
        return asked

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """One writing transaction. Raises `DatabaseBusy`; then nothing was changed."""
        self._may_write()
        with self._turn(), database.write(self._engine) as connection:
            tx = Transaction(connection)
            yield tx
            tx.write()

    def _turn(self) -> AbstractContextManager[None]:
        """PostgreSQL lets several write at once."""
        alone = self._engine.dialect.name == "sqlite"
        return self._turns.mine() if alone else nullcontext()

    @contextmanager
    def view(self) -> Iterator[Transaction]:
        """One consistent look that changes nothing."""
        with database.read(self._engine) as connection:
            yield Transaction(connection)

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()
