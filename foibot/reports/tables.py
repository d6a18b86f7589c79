"""Lists as tables for people: headings and rows of plain text; no I/O."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from foibot.case.assignment import who_has
from foibot.case.case import Case
from foibot.case.clocks import missed
from foibot.case.need_to_know import is_restricted
from foibot.case.working import provisional
from foibot.law.dates import in_words
from foibot.law.regime import Regime
from foibot.mail.triage import Triage


@dataclass(frozen=True, slots=True)
class Table:
    """A title, column headings, and rows of as many cells."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def cases_table(
    cases: Iterable[Case], laws: Mapping[str, Regime], today: date, *, restricted: bool = False
) -> Table:
    """Open cases, the most urgent first; the requester is left out, since a screen is seen by many.

    Restricted ones stand there by their reference alone, if they are not asked for.
    """
    rows = tuple(
        (case.reference, "restricted", "", "", "", "")
        if is_restricted(case) and not restricted
        else (
            case.reference,
            case.state.value.replace("-", " "),
            in_words(case.received),
            in_words(case.due) + (" (provisional)" if provisional(case, laws[case.regime]) else ""),
            who_has(case.assignment, _short),
            "overdue" if case.due < today else "was late" if missed(case.clocks) else "",
        )
        for case in cases
    )
    return Table("Open cases", ("Reference", "State", "Received", "Last day", "With", ""), rows)


def _short(address: str) -> str:
    return address.partition("@")[0]


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """What the list of outgoing mail says about each."""

    id: int
    kind: str
    case_ref: str
    state: str
    tries: int
    answer: str


def outbox_table(mails: Iterable[OutboxRow]) -> Table:
    """Mail that has not left, or whose fate a person must settle."""
    rows = tuple(
        (str(one.id), one.kind, one.case_ref or "-", one.state, str(one.tries), one.answer[:60])
        for one in mails
    )
    return Table("Outbox", ("Number", "Kind", "Case", "State", "Tries", "Last answer"), rows)


@dataclass(frozen=True, slots=True)
class OrderRead:
    """An order as it was read: its verb ("" for none), the check that refuses it ("" if none), and in words what it comes to."""

    line: str
    verb: str
    refused: str = ""
    why: str = ""

    @property
    def in_words(self) -> str:
        """As one line of a table."""
        read = f"read as {self.verb}" if self.verb else "no order"
        return f"“{self.line}”: {read}; {'refused: ' if self.refused else ''}{self.why}"


@dataclass(frozen=True, slots=True)
class Replayed:
    """What foibot would make of one file, and the seconds of processor time that it took."""

    file: str
    triage: Triage
    seconds: float = 0.0
    orders: tuple[OrderRead, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The promised JSON object for one file."""
        return {
            "file": self.file,
            "disposition": self.triage.disposition.value,
            "rule": self.triage.rule,
            "evidence": self.triage.evidence,
            "reference": self.triage.case or None,
            "acknowledge": self.triage.acknowledge,
            "withheld": self.triage.withheld or None,
            "seconds": round(self.seconds, 3),
            "orders": [
                {
                    "line": one.line,
                    "verb": one.verb or None,
                    "refused": one.refused or None,
                    "why": one.why,
                }
                for one in self.orders
            ],
        }


def replay_table(replayed: Iterable[Replayed]) -> Table:
    """What foibot would make of these files."""
    rows = tuple(
        (
            one.file,
            one.triage.disposition.value,
            one.triage.rule,
            "yes" if one.triage.acknowledge else "no",
            "\n".join(each.in_words for each in one.orders)
            or one.triage.withheld
            or one.triage.evidence,
        )
        for one in replayed
    )
    return Table("Replay", ("File", "Disposition", "Rule", "Acknowledged", "Because"), rows)


def replay_summary(replayed: Sequence[Replayed]) -> Table:
    """How many mails of a folder would be taken for what, and by which rules, the most usual first."""
    by_rule = Counter((one.triage.disposition.value, one.triage.rule) for one in replayed)
    acknowledged = Counter(
        (one.triage.disposition.value, one.triage.rule)
        for one in replayed
        if one.triage.acknowledge
    )
    slowest: dict[tuple[str, str], float] = {}
    for one in replayed:
        key = (one.triage.disposition.value, one.triage.rule)
        slowest[key] = max(slowest.get(key, 0.0), one.seconds)
    rows = tuple(
        (
            disposition,
            rule,
            str(count),
            str(acknowledged[disposition, rule]),
            f"{slowest[disposition, rule]:.2f} s",
        )
        for (disposition, rule), count in sorted(
            by_rule.items(), key=lambda item: (-item[1], item[0])
        )
    )
    headings = ("Disposition", "Rule", "Mails", "Acknowledged", "Slowest")
    return Table(f"{len(replayed)} mails", headings, rows)
