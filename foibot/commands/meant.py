"""The line that was perhaps meant by one that is no order, as it would be written on this case today; no I/O."""

from __future__ import annotations

import re
from typing import Final

from foibot.commands import ALONE, VERBS
from foibot.commands.command import Command, Order, Situation
from foibot.commands.grammar import NotUnderstood, read_order, verb_of
from foibot.commands.likely import likely_orders
from foibot.commands.series import order_below
from foibot.commands.suggested import hindered
from foibot.law.calendar import count
from foibot.law.dates import in_words, london_date

_VERSION: Final = re.compile(r"\bv[0-9]+\b")
_DATE: Final = re.compile(r"(until )?\b[0-9]{1,2} [A-Z][a-z]+(?: [0-9]{4})?\b")
# An example that names a person, a file or a case would name one of somebody else's.
_NAMES_ANOTHER: Final = re.compile(r"@|\b[0-9]+/[0-9]+\b|[A-Z][a-z]+ [A-Z][a-z]+|\.csv\b")
_WEEKS: Final = 20  # working days


def perhaps_meant(order: NotUnderstood, text: str, at: Situation) -> list[tuple[str, str]]:
    """The order below a line that is none, such as a greeting, and the one whose first letters it has."""
    below = order_below(text, at.officer.name, _verb_and_rest)
    found = [(below, "on the first line, with nothing above it: only there is it read")]
    nearest = VERBS.get(order.nearest)
    found += [(_as_written_here(nearest, at), "is perhaps what you meant")] if nearest else []
    return [(line, does) for line, does in found if _would_do(line, at)]


def _verb_and_rest(line: str) -> tuple[str, str]:
    verb = verb_of(line, VERBS, ALONE)
    return verb, line[len(verb) :].strip() if verb else ""


def _would_do(line: str, at: Situation) -> bool:
    read = read_order(line, "", VERBS, ALONE)
    return isinstance(read, Order) and not hindered(read, at)


def _as_written_here(command: Command, at: Situation) -> str:
    for line, _ in likely_orders(at.regime):
        read = read_order(line, "", VERBS, ALONE)
        if isinstance(read, Order) and read.verb == command.verb:
            return line
    version = at.case.current.version if at.case.current else 0
    line = _VERSION.sub(f"v{version}", command.example)
    if line != command.example and not version:
        return ""
    today = london_date(at.now)
    later = count(at.regime, max(today, at.case.due), _WEEKS).due
    line = _DATE.sub(
        lambda found: f"until {in_words(later)}" if found[1] else in_words(today), line
    )
    return command.form if _NAMES_ANOTHER.search(_DATE.sub("", line)) else line
