"""Case files: the fold of each case's events, kept beside them for queries, and the reference numbers."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter
from sqlalchemy import (
    Connection,
    Select,
    String,
    bindparam,
    cast,
    func,
    insert,
    select,
    tuple_,
    update,
)

from foibot.case.case import FINISHED, Case, State
from foibot.case.events import Recorded
from foibot.case.lifecycle import apply, fold
from foibot.case.need_to_know import is_restricted
from foibot.errors import Bug
from foibot.store.database import insert_if_absent
from foibot.store.ledger import Ledger
from foibot.store.tables import cases, counters

_CASE = TypeAdapter(Case)


class _Lately:
    """The cases that were read or written last, by what their rows hold.

    One is read again soon: when its mail leaves, when that has left, when a request like it comes in.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[str, Case] = OrderedDict()

    def keep(self, folded: str, case: Case) -> None:
        self._kept[folded] = case
        if len(self._kept) > self._most:
            with suppress(KeyError):  # another thread was faster
                self._kept.popitem(last=False)

    def read(self, folded: str) -> Case:
        case = self._kept.get(folded)
        if case is None:
            case = _CASE.validate_json(folded)
            self.keep(folded, case)
        return case


_LATELY = _Lately(128)
_UNFINISHED = [state.value for state in State if state not in FINISHED]


# What is asked for every message is built once: to build it takes longer than to ask.
_ADD = insert(cases)
_MOVE = update(cases).where(
    cases.c.reference == bindparam("of_case"), cases.c.revision == bindparam("was")
)
_FIND = select(cases.c.folded).where(cases.c.reference == bindparam("of_case"))
_LOCK = _FIND.with_for_update()
_EACH = select(cases.c.reference, cases.c.folded).where(
    cases.c.reference.in_(bindparam("of_cases", expanding=True))
)
_TOGETHER = 500  # cases in one question: no database takes as many names as one likes
_LOCK_EACH = _EACH.order_by(cases.c.reference).with_for_update()
_NEXT = (
    update(counters)
    .where(counters.c.name == bindparam("series"))
    .values(value=counters.c.value + 1)
    .returning(counters.c.value)
)
_ANY_AFTER = (
    select(cases.c.reference)
    .where(
        # As one pair: with the year alone the index is read from the year's first case.
        tuple_(cases.c.year, cases.c.number)
        > tuple_(bindparam("from_year"), bindparam("from_number"))
    )
    .order_by(cases.c.year, cases.c.number)
    .limit(bindparam("most"))
)
_AFTER = _ANY_AFTER.with_only_columns(cases.c.folded)
_COUNT = (
    update(counters).where(counters.c.name == bindparam("series")).values(value=bindparam("last"))
)


class NoSuchCase(Bug):
    """There is no case with this reference."""


# The day as its text, so that a row that was made unreadable is told like any other difference.
_AS_STORED = [
    cast(column, String).label("due") if column is cases.c.due else column for column in cases.c
]


def _same(row: dict[str, object], folded: Case) -> bool:
    expected = _row(folded) | {"due": folded.due.isoformat()}
    expected.pop("folded")
    try:
        kept = _CASE.validate_json(str(row.pop("folded")))
    except ValueError:
        return False
    return kept == folded and row == expected


def _row(case: Case) -> dict[str, object]:
    folded = _CASE.dump_json(case).decode()
    _LATELY.keep(folded, case)
    return {
        "reference": case.reference,
        "number": case.number,
        "year": case.year,
        "state": case.state.value,
        "due": case.due,
        "requester": case.requester.address.lower(),
        "revision": case.revision,
        "restricted": is_restricted(case),
        "folded": folded,
    }


@dataclass(frozen=True, slots=True)
class _Unwritten:
    """A case as it is now, and the revision its row has (0 when it has none yet)."""

    case: Case
    revision: int


class Cases:
    """The cases inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Reads and writes through this connection alone."""
        self._writing = connection
        self._unwritten: dict[str, _Unwritten] = {}
        self._ours: dict[str, Case] = {}
        self._given: dict[str, int] = {}
        self._counted: set[str] = set()

    @property
    def _connection(self) -> Connection:
        """To read with: what was added and moved is there."""
        self.write()
        return self._writing

    def write(self) -> None:
        """Write the cases as they are now; every look at them and the end of the transaction does so first.

        Raises `Bug` if one was moved by somebody else meanwhile.
        """
        waiting, self._unwritten = self._unwritten, {}
        self._ours |= {reference: one.case for reference, one in waiting.items()}
        new = [_row(one.case) for one in waiting.values() if not one.revision]
        moved = [one for one in waiting.values() if one.revision]
        if new:
            self._writing.execute(_ADD, new)
        # Not every driver can tell how many rows several updates have met.
        together = self._writing.dialect.supports_sane_multi_rowcount
        for some in [moved] if together and moved else [[one] for one in moved]:
            self._write_moved(some)
        for series in self._counted:
            self._writing.execute(_COUNT, {"series": series, "last": self._given[series]})
        self._counted.clear()

    def _write_moved(self, some: Sequence[_Unwritten]) -> None:
        rows = [
            {"of_case": one.case.reference, "was": one.revision, **_row(one.case)} for one in some
        ]
        if self._writing.execute(_MOVE, rows).rowcount != len(rows):
            references = ", ".join(one.case.reference for one in some)
            raise Bug(f"case {references} was moved by two at once")

    def next_number(self, series: str, first: int) -> int:
        """The next number of a series, without a gap: it is given back if the transaction fails.

        The counter's row stays locked until the end, so that two workers never get the same number, and
        this transaction may count on by itself.
        """
        if series in self._given:
            self._given[series] += 1
            self._counted.add(series)
        else:
            self._given[series] = self._first_number(series, first)
        return self._given[series]

    def _first_number(self, series: str, first: int) -> int:
        number = self._writing.execute(_NEXT, {"series": series}).scalar()
        if number is None:
            if insert_if_absent(self._writing, counters, name=series, value=first):
                return first
            number = self._writing.execute(_NEXT, {"series": series}).scalar_one()
        return int(number)

    def counted(self) -> dict[str, int]:
        """The last number given in each series: of a year, or of "all"."""
        rows = self._connection.execute(select(counters.c.name, counters.c.value))
        return {row.name: row.value for row in rows.all()}

    def find(self, reference: str) -> Case | None:
        """The case, or None."""
        return self._known(reference) or self._read(_FIND, reference)

    def found(self, references: Sequence[str]) -> list[Case]:
        """Those of the cases that there are, in the order of the references."""
        found = {one: case for one in references if (case := self._known(one))}
        others = [one for one in references if one not in found]
        if others:
            rows = self._writing.execute(_EACH, {"of_cases": others}).all()
            found |= {row.reference: _LATELY.read(row.folded) for row in rows}
        return [found[one] for one in references if one in found]

    def lock(self, reference: str) -> Case:
        """The case, kept from others until the transaction ends. Raises `NoSuchCase`."""
        case = self._known(reference) or self._read(_LOCK, reference)
        if case is None:
            raise NoSuchCase(f"there is no case {reference}")
        self._ours[reference] = case
        return case

    def lock_each(self, references: Collection[str]) -> None:
        """Keep these cases from others until the transaction ends; each can be had without another look."""
        # In one order for everybody, or two would wait for each other.
        wanted = sorted(one for one in references if one and self._known(one) is None)
        for start in range(0, len(wanted), _TOGETHER):
            some = {"of_cases": wanted[start : start + _TOGETHER]}
            rows = self._writing.execute(_LOCK_EACH, some)
            self._ours |= {row.reference: _LATELY.read(row.folded) for row in rows}

    def _known(self, reference: str) -> Case | None:
        """The case as this transaction has locked or left it: nobody else can have moved it."""
        moved = self._unwritten.get(reference)
        return moved.case if moved else self._ours.get(reference)

    def _read(self, query: Select[str], reference: str) -> Case | None:
        folded = self._writing.execute(query, {"of_case": reference}).scalar()
        return None if folded is None else _LATELY.read(folded)

    def add(self, case: Case) -> None:
        """Keep a new case."""
        self._unwritten[case.reference] = _Unwritten(case, 0)

    def move(self, case: Case, recorded: Sequence[Recorded]) -> Case:
        """The case after these events, kept. Raises `Bug` if this transaction moved it meanwhile.

        That somebody else did is seen when it is written.
        """
        before = self._unwritten.get(case.reference, _Unwritten(case, case.revision))
        if before.case.revision != case.revision:
            raise Bug(f"case {case.reference} was moved by two at once")
        moved = case
        for one in recorded:
            moved = apply(moved, one)
        self._unwritten[case.reference] = _Unwritten(moved, before.revision)
        return moved

    def unfinished(self, due_before: date | None = None) -> list[Case]:
        """Every case whose clock runs, the most urgent first; only those due before a day, if given."""
        query = select(cases.c.folded).where(cases.c.state.in_(_UNFINISHED))
        if due_before is not None:
            query = query.where(cases.c.due < due_before)
        rows = self._connection.execute(query.order_by(cases.c.due, cases.c.year, cases.c.number))
        return [_CASE.validate_json(folded) for folded in rows.scalars()]

    def running_by_urgency(self) -> list[str]:
        """The references of the cases whose clock runs, in the order of `unfinished`."""
        query = select(cases.c.reference).where(cases.c.state.in_(_UNFINISHED))
        rows = self._connection.execute(query.order_by(cases.c.due, cases.c.year, cases.c.number))
        return list(rows.scalars())

    def running(self, due_before: date | None = None) -> int:
        """How many cases' clocks run; only those due before a day, if given."""
        query = select(func.count()).where(cases.c.state.in_(_UNFINISHED))
        if due_before is not None:
            query = query.where(cases.c.due < due_before)
        return int(self._connection.execute(query).scalar_one())

    def of_requester(self, address: str, limit: int) -> list[Case]:
        """The newest cases of a requester's address, the newest first."""
        query = select(cases.c.folded).where(cases.c.requester == address.lower())
        newest = query.order_by(cases.c.year.desc(), cases.c.number.desc()).limit(limit)
        return [
            _CASE.validate_json(folded) for folded in self._connection.execute(newest).scalars()
        ]

    def every(self) -> Iterator[Case]:
        """Every case, oldest first, read in bites."""
        query = select(cases.c.folded).order_by(cases.c.year, cases.c.number)
        for folded in self._connection.execute(query).yield_per(500).scalars():
            yield _CASE.validate_json(folded)

    def after(self, year: int, number: int, most: int) -> list[Case]:
        """The cases that follow this number, oldest first."""
        from_here = {"from_year": year, "from_number": number, "most": most}
        rows = self._connection.execute(_AFTER, from_here)
        return [_CASE.validate_json(folded) for folded in rows.scalars()]

    def is_any_after(self, year: int, number: int) -> bool:
        """Whether a case follows this number."""
        from_here = {"from_year": year, "from_number": number, "most": 1}
        return self._connection.execute(_ANY_AFTER, from_here).first() is not None

    def count(self) -> int:
        """How many cases there are."""
        return int(self._connection.execute(select(func.count()).select_from(cases)).scalar_one())

    def differences(self, ledger: Ledger) -> Iterator[str]:
        """Every case whose row is not what its events leave, in words; nothing if all agree."""
        known = set()
        query = select(*_AS_STORED).order_by(cases.c.year, cases.c.number)
        for row in self._connection.execute(query).all():
            known.add(row.reference)
            try:
                folded = fold(ledger.of_case(row.reference))
            except (ValueError, Bug) as problem:
                yield f"the events of case {row.reference} cannot be read: {type(problem).__name__}"
                continue
            if folded is None:
                yield f"case {row.reference} has a row but no events"
            elif not _same(row._asdict(), folded):
                yield f"case {row.reference} differs from what its events leave"
        for reference in ledger.references():
            if reference not in known:
                yield f"case {reference} has events but no row"

    def rebuild(self, ledger: Ledger) -> int:
        """Write every case's row again from its events; how many rows that changed."""
        changed = 0
        for reference in ledger.references():
            folded = fold(ledger.of_case(reference))
            if folded is None or self._stands(folded):
                continue
            values = _row(folded)
            step = update(cases).where(cases.c.reference == reference).values(**values)
            if self._connection.execute(step).rowcount == 0:
                self._connection.execute(insert(cases).values(**values))
            changed += 1
        return changed

    def _stands(self, folded: Case) -> bool:
        query = select(*_AS_STORED).where(cases.c.reference == folded.reference)
        row = self._connection.execute(query).first()
        return row is not None and _same(row._asdict(), folded)
