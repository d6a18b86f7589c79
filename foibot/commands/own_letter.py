"""`own letter NAME`: drafts a letter that the authority added to its templates, as the answer to the request; no I/O."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from foibot.case.case import State
from foibot.case.outcome import Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text, refuse
from foibot.commands.decisions import SHOW, Lines
from foibot.commands.drafting import HELP, Asked, draft, may_draft
from foibot.commands.ordered_by import ORDERED_BY
from foibot.letters.kind import NEEDABLE, NO_APPROVAL_NEEDED, LetterKind, Relies
from foibot.officers.roster import Role

_VERB = "own letter"


def own_kinds(kinds: Iterable[str]) -> tuple[str, ...]:
    """Those that no other order drafts."""
    return tuple(sorted(set(kinds) - set(ORDERED_BY) - set(NO_APPROVAL_NEEDED)))


def not_ordered(kind: LetterKind) -> str:
    """Why this order cannot draft a letter of the authority's own either, in a sentence; "" if it can."""
    if kind.relies is not Relies.NOTHING:
        return "It relies on provisions, and those are given to the shipped letters alone."
    needed = {*kind.needs, *(one for needs in kind.needs_under.values() for one in needs)}
    if given := sorted(NEEDABLE & {*needed, *kind.facts}):
        return f"It speaks of “{given[0]}”, which only the order for a shipped letter gives."
    if State.OPEN.value not in kind.states:
        return "Its letter.toml does not name “open” under states, so that no request is ever in the right one."
    return ""


def decide(order: Order, at: Situation) -> Outcome:
    """The letter as a draft; or which letters of its own the office has."""
    why = may_draft(at.case)
    if why:
        return refuse("state", order, [why], SHOW)
    name, words = _named(order.rest, at.kinds)
    if not name:
        return refuse("no-letter", order, [_unknown(at.kinds)], *_lines(at.kinds))
    kind = at.kinds[name]
    stops = not_ordered(kind)
    if stops:
        why = f"No order drafts the letter “{kind.title}”. {stops} Please tell the administrator."
        return refuse("no-letter", order, [why], HELP)
    slots = [*(one for one in kind.slots if one.required), *kind.slots]
    first = slots[0].name if slots else ""
    return draft(order, at, Asked(name, f"{_VERB} {name}", first, words))


def _named(rest: str, kinds: Mapping[str, LetterKind]) -> tuple[str, str]:
    """The kind that the order's line names, its hyphens written or not, and the words after it."""
    # The longest first: one name may be the beginning of another.
    for name in sorted(own_kinds(kinds), key=len, reverse=True):
        spelt = re.escape(name).replace(r"\-", "[- ]")
        found = re.match(rf"{spelt}(?![\w-])\s?:?\s?", rest, re.IGNORECASE)
        if found:
            return name, rest[found.end() :]
    return "", ""


def _unknown(kinds: Mapping[str, LetterKind]) -> str:
    if not own_kinds(kinds):
        return "The templates of this office hold no letters of its own."
    return "The templates of this office hold no letter of its own with that name."


def _lines(kinds: Mapping[str, LetterKind]) -> Lines:
    own = tuple(
        (f"{_VERB} {name}", f"drafts the letter “{kinds[name].title}”")
        for name in own_kinds(kinds)
        if not not_ordered(kinds[name])
    )
    return own or (HELP,)


COMMAND = Command(
    verb=_VERB,
    form=f"{_VERB} NAME",
    does="answers with a letter that your office added to the templates",
    example=f"{_VERB} records-office",
    who=frozenset({Role.OFFICER}),
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.ANSWER,
)
