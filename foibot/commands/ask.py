"""`ask ADDRESS`: asks a colleague for information, without a word about who wants it; no I/O."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from foibot.case.blind import gives_away, masked, readable
from foibot.case.colleague_events import HolderAsked
from foibot.case.enquiries import answer_wanted_by, next_number
from foibot.case.outcome import Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text, answer, refuse
from foibot.commands.dates import read_date
from foibot.commands.decisions import Lines
from foibot.commands.grammar import own_words
from foibot.commands.numbered import begins, key_of, keys_in
from foibot.commands.people import addresses_in, person_in
from foibot.commands.taking_on import CASE
from foibot.law.dates import in_words, listed, london_date
from foibot.letters.escape import quotation
from foibot.mail.addresses import (
    AddressCannotBeUsed,
    domain,
    outgoing,
    same_address,
    without_plus,
)
from foibot.officers.roster import Role

_EXAMPLE: Final = "ask harry.holder@exampleshire.example"
_BY: Final = re.compile(r"\s?\bby\s+(?=\w)", re.IGNORECASE)
_NAME_ENDS: Final = re.compile(r"\s+(?=[\d(])|\s+(?:by|and)\s|[:;,]", re.IGNORECASE)
_NAMES_BEFORE: Final = re.compile(r"[,;:]|\sand\s", re.IGNORECASE)
_FURTHER: Final = re.compile(r"([,;])\s?(?:and\s)?|\sand\s", re.IGNORECASE)
_LONGEST: Final = 10_000
_ENDS: Final = "ends the asking, if you have the answer by another way"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the order's line holds: the addresses, the numbers of questions, the day, words of its own."""

    holders: tuple[str, ...]
    numbers: str
    until: date | None
    words: str


class _NotAsked(Exception):
    def __init__(self, check: str, why: str, *lines: tuple[str, str]) -> None:
        self.check, self.why, self.lines = check, why, lines


def decide(order: Order, at: Situation) -> Outcome:
    """Asked, with a day to answer by; or why not, with the line that would work."""
    try:
        return _ask(order, at)
    except _NotAsked as refused:
        return refuse(refused.check, order, [refused.why], *(refused.lines or _how(at)))


def _how(at: Situation) -> Lines:
    """How it is written, to somebody at an address to which it may go."""
    ask = f"ask harry.holder@{at.rules.own_domains[0]}" if at.rules.own_domains else _EXAMPLE
    line = (ask, "with your question on the lines under it")
    some = ", ".join(one.number for one in at.case.questions[:2])
    return (
        (line, (f"{ask} {some}", "sends these questions of the request, without who asked"))
        if some
        else (line,)
    )


def _ask(order: Order, at: Situation) -> Outcome:
    if at.case.finished:
        raise _NotAsked("state", "The case is finished: there is nothing left to ask.", CASE)
    asked = _read(order.rest, at)
    questions = _questions(asked, at)
    words = _words(order, asked, at)
    if not words and not questions:
        raise _NotAsked("no-text", "There is no question: write it on the lines under the order.")
    today = london_date(at.now)
    until = asked.until or answer_wanted_by(at.regime, at.case.due, today, at.rules.holder_days)
    first = next_number(at.case.enquiries)
    events = tuple(
        HolderAsked(number, until, holder, words, questions)
        for number, holder in enumerate(asked.holders, start=first)
    )
    names, one = listed([*map(at.roster.name_of, asked.holders)]), len(events) == 1
    told = answer(
        "Asked",
        [
            f"{names} {'was' if one else 'were each'} asked for an answer by {in_words(until)}, and not told who wants to know.",
            f"{'The' if one else 'Each'} answer comes to you as soon as it is there. Without one foibot writes again.",
            "This is what was sent, besides how to answer:",
            quotation("\n".join((words, *questions))),
        ],
        *((f"answered {each}", _ENDS) for each in asked.holders),
        CASE,
    )
    return Outcome(events=events, notices=(told,))


def _read(rest: str, at: Situation) -> _Asked:
    addresses, rest = _whom(rest, at)
    holders = tuple(dict.fromkeys(_holder(one, at) for one in addresses))
    rest, until = _until(rest, at)
    begun = begins(rest)
    if begun and (begun.marked or not begun.rest):
        return _Asked(holders, begun.numbers, until, begun.rest)
    return _Asked(holders, "", until, rest)


def _whom(rest: str, at: Situation) -> tuple[tuple[str, ...], str]:
    """Everybody whom the order names one after the other, by address or by name, and the words behind them."""
    addresses, words = addresses_in(rest)
    before = rest.partition("@")[0]
    if addresses and not _NAMES_BEFORE.search(before):
        return addresses, words
    ends = _NAME_ENDS.search(rest)
    name = rest[: ends.start()] if ends else rest
    person = person_in(name, at.roster)
    if isinstance(person, str):
        # "Bloggs, Bob <bob@x>": mail programs put the family name first.
        if "<" in before and addresses:
            return addresses, words
        raise _NotAsked("person", person)
    words = rest[len(name) :]
    further = _FURTHER.match(words)
    others, words = _others(words[further.end() :], further[1], at) if further else ((), words)
    return (person.address, *others), words.strip(" :;,")


def _others(words: str, comma: str | None, at: Situation) -> tuple[tuple[str, ...], str]:
    """Who else is named behind a first name. Behind a comma the question may begin; behind "and" stands a name."""
    named = addresses_in(words.partition(":")[0])[0]
    before = words.partition("@")[0]
    try:
        if not named or "<" in before or " " not in before or _NAMES_BEFORE.search(before):
            return _whom(words, at)
    except _NotAsked:
        if not comma:
            raise
    if named:
        why = f"It is not clear whether {named[0][:100]} is to be asked as well, or stands in your question. Write the question on the lines under the order."
        raise _NotAsked("person", why)
    return (), words


def _holder(address: str, at: Situation) -> str:
    """The address that the question goes to: somebody of the list, or of the authority's own domains."""
    try:
        address = outgoing(address)
    except AddressCannotBeUsed:
        raise _NotAsked("person", f"{address[:100]} is no address foibot can write to.") from None
    if same_address(address, at.case.requester.address):
        raise _NotAsked("person", "The request comes from this very address.")
    person = at.roster.find(address)
    if person is not None:
        return person.address
    if same_address(without_plus(address), at.rules.mailbox):
        raise _NotAsked("person", "That is the mailbox of the requests itself.")
    if domain(address) not in at.rules.own_domains:
        own = " or ".join(at.rules.own_domains)
        raise _NotAsked(
            "outside",
            f"{address} is neither on the list of officers nor at {own}: what a request is about is not sent outside.",
        )
    return address.lower()


def _until(rest: str, at: Situation) -> tuple[str, date | None]:
    by = _BY.search(rest)
    read = read_date(rest[by.end() :]) if by else None
    if by is None or read is None:
        return rest, None
    day, after = read
    today = london_date(at.now)
    late = today >= at.case.due
    if day <= today or (day > at.case.due and not late):
        last = in_words(at.case.due)
        raise _NotAsked("date", f"{in_words(day)} is not between today and the last day to answer, {last}.")  # fmt: skip
    return f"{rest[: by.start()]} {after}".strip(), day


def _questions(asked: _Asked, at: Situation) -> tuple[str, ...]:
    if not asked.numbers:
        return ()
    known = {key_of(one.number): one for one in at.case.questions}
    keys = list(dict.fromkeys(keys_in(asked.numbers, list(known))))
    missing = [key for key in keys if key not in known]
    if missing:
        numbers = ", ".join(one.number for one in at.case.questions)
        have = f"has the questions {numbers}" if numbers else "has no numbered questions"
        raise _NotAsked("questions", f"The request {have}.", ("questions", "shows or changes them"))
    texts = (known[key] for key in keys)
    return tuple(
        f"{one.number}: {' '.join(masked(f'{one.under} {one.text}', at.case.requester).split())}"
        for one in texts
    )


def _words(order: Order, asked: _Asked, at: Situation) -> str:
    """The officer's own words; refused if they tell who asked, or if files came with them."""
    own = own_words(order.text, at.officer.name)
    on_line = f"{asked.words}{order.end}" if asked.words else ""
    words = readable("\n".join(part for part in (on_line, own) if part))
    if at.files:
        names = ", ".join(one.name for one in at.files)
        raise _NotAsked("files", f"Files do not go with a question ({names}): they may tell who asked.")  # fmt: skip
    if len(words) > _LONGEST:
        raise _NotAsked("no-text", "The question is longer than foibot sends.")
    found = gives_away(words, at.case.requester)
    if found:
        shown = " and ".join(f"“{one}”" for one in found)
        without = " ".join(masked(words, at.case.requester).split())
        raise _NotAsked(
            "names-requester",
            f"Your words tell who asked: {shown}. A colleague looks for information without knowing that.",
            (
                f"ask {', '.join(asked.holders)}",
                f"with these words under it, or better ones: {without}",
            ),
        )
    return words


COMMAND = Command(
    verb="ask",
    form="ask ADDRESS",
    does="asks a colleague, with your question on the lines under it, or with the numbers of the request's questions after the address; several addresses, with commas between them, are asked one by one; nobody is told who wants to know",
    example=_EXAMPLE,
    who=frozenset({Role.OFFICER, Role.APPROVER}),
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.CASE,
)
