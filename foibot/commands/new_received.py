"""`new received DATE by post`: registers a request that came by another way; reads what the officer wrote; no I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from foibot.case.outcome import Outcome
from foibot.case.registration import Channel, Registration
from foibot.commands.command import Command, Group, Order, Situation, Text, refuse
from foibot.commands.dates import HOW_WRITTEN, read_past_date
from foibot.commands.grammar import own_words
from foibot.commands.people import address_in
from foibot.law.dates import in_words
from foibot.mail.addresses import AddressCannotBeUsed, outgoing
from foibot.officers.roster import Role

VERB: Final = "new received"
EXAMPLE: Final = "new received 3 Dec 2020 by post"
_HOW: Final = {
    "post": Channel.POST,
    "letter": Channel.POST,
    "royal mail": Channel.POST,
    "email": Channel.EMAIL,
    "e-mail": Channel.EMAIL,
    "hand": Channel.HAND,
    "courier": Channel.HAND,
    "fax": Channel.FAX,
    "web form": Channel.WEB,
    "webform": Channel.WEB,
    "website": Channel.WEB,
    "social media": Channel.SOCIAL,
    "twitter": Channel.SOCIAL,
    "facebook": Channel.SOCIAL,
    "phone": Channel.TELEPHONE,
    "telephone": Channel.TELEPHONE,
    "person": Channel.PERSON,
}
_WITH: Final = {"person": "in", "social media": "on"}
_BEFORE: Final = re.compile(
    r"(?:(?:by|in|on|via|through|over|with)\s+)?(?:(?:the|our|a)\s+)?", re.I
)
_NUMBERED: Final = re.compile(r"m(\d{1,12})[\s:,]{1,5}(?=new received\b)", re.IGNORECASE)
_FIELD: Final = re.compile(
    r"\s*(asked by|from|requester|name|e-?mail|about|subject|address)\s?:\s*(.*)", re.IGNORECASE
)
_LONGEST: Final = 200
_WAYS: Final = "post, email, hand, fax, web form, social media, phone, person"


def numbered(line: str) -> tuple[int, str]:
    """The message that a line names before the order (0: none), and the order: `m57 new received 3 Dec by post`."""
    found = _NUMBERED.match(line)
    return (int(found[1]), line[found.end() :]) if found else (0, line)


def registers(line: str) -> bool:
    """Whether a first line is this order, with or without the number of a message before it."""
    words = numbered(line)[1].casefold()
    return words == VERB or words.startswith((f"{VERB} ", f"{VERB}:"))


def in_full(line: str, today: date) -> str:
    """The order in a line with its year, and nothing else of it; "" if there is none that can be read."""
    words = numbered(line)[1]
    read = read_past_date(words[len(VERB) :].lstrip(" :"), today) if registers(line) else None
    channel = _channel(read[1]) if read else None
    if read is None or channel is None:
        return ""
    way = next((word for word, one in _HOW.items() if one is channel), "")
    return (
        " ".join(f"{VERB} {in_words(read[0])} {_WITH.get(way, 'by')} {way}".split())
        if way
        else f"{VERB} {in_words(read[0])}"
    )


def read_registration(
    order: Order, officer: str, today: date, message: int, files: tuple[str, ...]
) -> Registration | Outcome:
    """What an officer of this name registers; or why not, with a line that would work.

    `message` is the number of the message that it is in, 0 when it is the officer's own with these `files`.
    """
    read = read_past_date(order.rest, today)
    if read is None:
        why = f"The day on which it reached the authority is missing, or cannot be read. {HOW_WRITTEN}"
        return _refuse("no-date", order, why, today)
    day, rest = read
    channel = _channel(rest)
    if day > today:
        return _refuse("date", order, "That day is still to come.", today)
    if channel is None:
        why = f"“{rest[:60]}” is not a way that foibot knows. The ways are: {_WAYS}."
        return _refuse("channel", order, why, day)
    said, text = _read_fields(own_words(order.text, officer))
    address = _address(said)
    if address is None:
        return _refuse("no-address", order, f"foibot cannot write to {said['email'][:100]}.", day)
    if not (text or files or message):
        why = "It does not say what was asked: write it on the lines below, or attach the scan."
        return _refuse("no-text", order, why, day)
    text = text or ("" if message else f"(What was asked is in the files: {', '.join(files)})")
    return Registration(
        day, channel, said.get("name", ""), address, said.get("subject", ""), text, message
    )


def _channel(rest: str) -> Channel | None:
    words = " ".join(rest.casefold().strip(" .,;:").split())
    words = words[_before(words) :]
    return _HOW.get(words) if words else Channel.UNSAID


def _before(words: str) -> int:
    found = _BEFORE.match(words)
    return found.end() if found else 0


def _read_fields(text: str) -> tuple[dict[str, str], str]:
    """The fields at the top of a text, and what stands under them; a postal address stays in the text."""
    lines = text.splitlines()
    said: dict[str, str] = {}
    at = 0
    for line in lines:
        found = _FIELD.fullmatch(line)
        if line.strip() and (found is None or found[1].casefold() == "address"):
            break
        at += 1
        said |= dict(_field(found[1].casefold(), found[2].strip()[:_LONGEST])) if found else {}
    return said, "\n".join(lines[at:]).strip()


def _field(key: str, value: str) -> Iterator[tuple[str, str]]:
    if key in {"about", "subject"}:
        yield "subject", value
        return
    named = address_in(value)
    if named is not None:
        yield "email", named.address
    if key in {"email", "e-mail"}:
        return
    name = value if named is None else value[: value.index(named.address)]
    yield "name", name.strip(" <(,;:")


def _address(said: dict[str, str]) -> str | None:
    """The email address in a form that can be written to; "" if none was given, None if it cannot be used."""
    try:
        return outgoing(said["email"]) if "email" in said else ""
    except AddressCannotBeUsed:
        return None


def _refuse(check: str, order: Order, why: str, day: date) -> Outcome:
    line = f"{VERB} {in_words(day)} by post"
    does = (
        "with “asked by: NAME, EMAIL” and “about: SUBJECT” on the lines below, then what was asked"
    )
    return refuse(check, order, [why], (line, does))


def decide(order: Order, at: Situation) -> Outcome:
    """Refused on a case: a request that is registered gets a reference of its own."""
    del at
    why = ["A new request has no reference yet, and is a mail of its own."]
    return refuse("alone", order, why, (EXAMPLE, "without a reference before it"))


COMMAND = Command(
    verb=VERB,
    form="new received DATE by post",
    does=(
        "registers a request that came another way, with the scan attached; below it “asked by: NAME, EMAIL”, "
        "“about: SUBJECT” and what was asked. A mail of its own, to this mailbox"
    ),
    example=EXAMPLE,
    who=frozenset({Role.OFFICER}),
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.CASE,
)
