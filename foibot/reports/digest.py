"""The morning digest: what to do today, what waits, what is new, what was not taken for a request; no I/O."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Protocol

from foibot.case import placing
from foibot.case.assignment import is_nobodys, is_silent, who_has
from foibot.case.case import Case, State
from foibot.case.deadlines import working_days_late
from foibot.case.outcome import Listed
from foibot.case.working import due_in_words
from foibot.law.calendar import working_days_between
from foibot.law.dates import london_date, with_weekday
from foibot.law.horizon import horizon_warning
from foibot.law.regime import Regime
from foibot.mail.triage import LATE, Disposition
from foibot.officers.authenticate import Check
from foibot.officers.roster import Role, Roster

_SOON = 3
_LONGEST = 60
_ORPHANED = "restricted, and nobody is left who may read it: please open it to somebody"
_ORDERS = 10
_STRAYS = 3


class Message(Protocol):
    """A message that was not taken for a request."""

    @property
    def id(self) -> int:
        """Its number in the inbox."""
        ...

    @property
    def disposition(self) -> str:
        """What it was taken for."""
        ...

    @property
    def rule(self) -> str:
        """The rule behind that."""
        ...

    @property
    def sender(self) -> str:
        """Its clean sender, or ""."""
        ...

    @property
    def evidence(self) -> str:
        """The words or header behind that."""
        ...

    @property
    def subject(self) -> str:
        """Its subject, or ""."""
        ...

    @property
    def case_ref(self) -> str:
        """The case it was filed on, or ""."""
        ...

    @property
    def guesses(self) -> tuple[str, ...]:
        """Cases it may belong to, the likeliest first."""
        ...


Digest = tuple[dict[str, object], tuple[tuple[str, str], ...], tuple[Listed, ...]]
"""The facts, an order for each of the most urgent cases, and the messages it asks about."""


@dataclass(frozen=True, slots=True)
class NotOpen:
    """The cases that are not open to whoever reads the digest, by reference; of the `orphaned` nobody reads any more."""

    cases: frozenset[str] = frozenset()
    orphaned: tuple[str, ...] = ()


def digest(
    cases: Sequence[Case],
    regime: Regime,
    today: date,
    listed: Sequence[Message],
    stuck: int,
    paused: bool,  # noqa: FBT001 - a fact, passed through
    people: Roster,
    away: Sequence[str] = (),
    not_open: NotOpen = NotOpen(),
    compared: str = "",
) -> Digest:
    """The digest's facts, an order for each of the most urgent cases, and the messages it asks about.

    `cases` are those whose clock runs. `stuck` is how many mails could not be delivered since the last
    digest. `people` are those of the office; where there is one officer alone, every case is theirs.
    `away` are lines on who is away, `compared` says that the record has all that the mailbox has. Of a case that is `not_open` to the reader the reference alone is said.
    """
    every, cases = cases, [case for case in cases if case.reference not in not_open.cases]
    bare = [
        case.reference
        for case in every
        if case.reference in not_open.cases and case.reference not in not_open.orphaned
    ]
    due, state = partial(_due, people), partial(_state, people)
    # What the requester does by their last day is nothing for anybody here to do.
    ours = [case for case in cases if case.state is not State.WAITING]
    overdue = [case for case in ours if case.due < today]
    soon = [case for case in ours if today <= case.due and _left(case, regime, today) <= _SOON]
    waiting = [case for case in cases if case.state in {State.AWAITING_APPROVAL, State.ON_HOLD}]
    trouble = [
        case for case in cases if case.state in {State.DELIVERY_FAILED, State.DELIVERY_UNCERTAIN}
    ]
    warning = horizon_warning(regime, today, (case.due for case in cases))
    named = {case.reference: case for case in [*overdue, *soon, *waiting, *trouble]}
    others = [case for case in cases if case.reference not in named]
    shown, strays = _by_weight(listed)
    facts: dict[str, object] = {
        "today": with_weekday(today),
        "open": len(every),
        "overdue": [f"{_late(case, regime, today)}; {state(case)}" for case in overdue],
        "soon": [due(case, regime, today) for case in soon],
        "waiting": [
            f"{case.reference}: {state(case)}; {_when(case, regime, today)}" for case in waiting
        ],
        "trouble": [f"{case.reference}: {state(case)}" for case in trouble]
        + [f"{one}: {_ORPHANED}" for one in not_open.orphaned]
        + ([warning] if warning else []),
        "unclaimed": list(_unclaimed(cases, regime, today, people)),
        "others": [due(case, regime, today) for case in others[:_LONGEST]],
        "more_others": max(0, len(others) - _LONGEST),
        "more_listed": max(0, len(shown) - _LONGEST),
        "bare": bare[:_LONGEST],
        "more_bare": max(0, len(bare) - _LONGEST),
        "strays": strays,
        "away": list(away),
        "compared": compared,
        "stuck": stuck,
        "paused": paused,
    }
    shows = (
        (f"{case.reference} show", "sends you this case and its letter")
        for case in [*named.values(), *others][:_ORDERS]
    )
    opens = (
        (f"{one} restrict NAME: your reason", "opens it to that person")
        for one in not_open.orphaned[:_ORDERS]
    )
    return facts, (*opens, *shows), tuple(_listed(one, not_open) for one in shown[:_LONGEST])


def _by_weight(listed: Sequence[Message]) -> tuple[list[Message], int]:
    """What may be a request first; how many reports about mail that nobody sent are left out.

    When somebody writes to thousands in our name, their servers tell us: that is one line (A19).
    """
    strays = [one for one in listed if one.disposition == Disposition.BOUNCE and not one.case_ref]
    left_out = strays if len(strays) > _STRAYS else []
    shown = [one for one in listed if one not in left_out]
    in_order = sorted(shown, key=lambda one: (bool(_aside(one)), _WEIGHT.index(one.disposition)))
    return in_order, len(left_out)


def _left(case: Case, regime: Regime, today: date) -> int:
    return working_days_between(regime, today, case.due)


def _late(case: Case, regime: Regime, today: date) -> str:
    late = working_days_late(case, regime, today)
    days = "1 working day" if late == 1 else f"{late} working days"
    return f"{case.reference}: was due on {with_weekday(case.due)}, {days} ago"


def _due(people: Roster, case: Case, regime: Regime, today: date) -> str:
    return f"{case.reference}: {_when(case, regime, today)}; {_state(people, case)}"


def _when(case: Case, regime: Regime, today: date) -> str:
    """By when it is due; of a case that waits for the requester, until when."""
    on = due_in_words(case, regime)
    if case.state is State.WAITING:
        return f"the requester may answer or pay until {on}"
    if case.due < today:
        return f"was due on {on}"
    left = _left(case, regime, today)
    if left:
        return f"due in {left} working day{'' if left == 1 else 's'}, on {on}"
    return f"due {'today' if case.due == today else 'before the next working day'}, on {on}"


def _state(people: Roster, case: Case) -> str:
    letter = case.current
    version = f", version {letter.version}" if letter else ""
    if letter and letter.places_open:
        version += " with words still to be written"
    has = who_has(case.assignment, people.name_of)
    return f"{case.state.value.replace('-', ' ')}{version}{', with ' if has else ''}{has}"


def _unclaimed(cases: Sequence[Case], regime: Regime, today: date, people: Roster) -> Iterator[str]:
    """Cases that wait for somebody to say that they are theirs."""
    several = len(people.with_role(Role.OFFICER)) > 1
    for case in cases:
        has = case.assignment
        if has is not None and is_silent(has, regime, today):
            since = with_weekday(london_date(has.at))
            yield f"{case.reference}: assigned to {people.name_of(has.to)} on {since}, who has not said a word about it"
        elif several and is_nobodys(has, case.received_at, regime, today):
            yield f"{case.reference}: nobody has it"


_KINDS = {
    Disposition.UNMATCHED: "not placed",
    Disposition.AUTO: "automatic",
    Disposition.BOUNCE: "about mail of ours that was not delivered",
    Disposition.COMMAND_REFUSED: "an order that was not obeyed",
    Disposition.HOLDER_UNPROVEN: "a colleague's reply that is not proven",
    Disposition.QUARANTINE: "could not be read",
    Disposition.OWN_COPY: "in our own name, but not sent by foibot",
}
_WEIGHT = (
    Disposition.UNMATCHED,
    Disposition.QUARANTINE,
    Disposition.OWN_COPY,
    Disposition.HOLDER_UNPROVEN,
    Disposition.COMMAND_REFUSED,
    Disposition.AUTO,
    Disposition.BOUNCE,
)
# An order whose sender is not proven may be anybody's mail, and perhaps a forgery.
_UNPROVEN = frozenset(check.name.lower() for check in Check)
_AUTOMATIC = ("automatic reply", "automatic response", "auto reply", "autoreply", "out of office")
_BY_HEADER = "an automatic reply, as the program that sent it says"
_BY_KIND = {
    "A17": "a receipt that says that a mail of ours was displayed",
    "C21": "an answer to an invitation, or its cancellation",
}


def _aside(one: Message) -> str:
    """Why nobody has to look whether it is a request, in plain words; "" if somebody has to."""
    if one.disposition == Disposition.COMMAND_REFUSED and one.rule not in _UNPROVEN:
        return (
            f"an order that was not carried out; its officer was told ({_short(one.evidence, 120)})"
        )
    if one.disposition != Disposition.AUTO:
        return ""
    subject = one.subject.casefold().startswith(_AUTOMATIC)
    match one.rule:
        # What a form on a website sends is generated as well, and may be a request; so may be what has only such a subject.
        case "A2" if subject or "auto-replied" in one.evidence.casefold():
            return _BY_HEADER
        case "A3" if not one.evidence.startswith("Subject: "):
            return _BY_HEADER
        case _:
            return _BY_KIND.get(one.rule, "")


def _listed(one: Message, not_open: NotOpen) -> Listed:
    """One line: who, what about, what it was taken for and why; and what an officer can answer.

    The rule is named where a person has to judge whether it was right.
    """
    aside = _aside(one)
    shut = [ref for ref in (one.case_ref, *one.guesses) if ref in not_open.cases]
    if shut:
        about = "on" if one.case_ref else "perhaps on"
        words = f"a message {about} {shut[0]}, which is not open to you"
        return Listed(one.id, words, aside=bool(aside))
    kind = _KINDS[Disposition(one.disposition)]
    if one.disposition == Disposition.BOUNCE and one.rule == LATE:
        kind = "about mail of ours that is late"
    # What a colleague may have said about holding stands in no digest, nor does its subject (W-05).
    subject = "" if one.disposition == Disposition.HOLDER_UNPROVEN else one.subject
    about = f", “{_short(subject, 60)}”" if subject else ""
    case = f", on {one.case_ref}" if one.case_ref else ""
    what = aside or f"{kind}{case} (rule {one.rule}: {_short(one.evidence, 120)})"
    words = f"{one.sender or 'unknown sender'}{about}{case if aside else ''}: {what}"
    known = placing.Message(one.id, one.disposition, one.rule, one.case_ref, one.guesses)
    answers = tuple(_answer(known, word) for word, _ in placing.choices(known))
    return Listed(one.id, words, answers, aside=bool(aside))


def _answer(known: placing.Message, word: str) -> tuple[str, str]:
    return word, known.guesses[int(word) - 1] if word.isdecimal() else ""


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
