"""`accept RULE vN: REASON` says why a warning of the checks may stand; `accept` alone takes a case on; no I/O."""

from __future__ import annotations

import re
from typing import Final

from foibot.case.case import LetterVersion
from foibot.case.letter_events import WarningAccepted
from foibot.case.outcome import Audience, Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text, answer, refuse
from foibot.commands.decisions import SHOW, Lines, explain, letter_again, reason_lines
from foibot.commands.grammar import own_words
from foibot.commands.taking_on import ACCEPT, is_offered, take_on
from foibot.officers.roster import Role
from foibot.outbox.approval import Decision, Refusal, may_accept

_TOKEN: Final = re.compile(r"(?:(?P<rule>[a-z]-[0-9]{2})|v\s?(?P<version>[0-9]{1,4})|and)(?=[\s,:;.]|$)[\s,]*", re.IGNORECASE)  # fmt: skip
_SHORTEST: Final = 8


def decide(order: Order, at: Situation) -> Outcome:
    """The reason kept; once every warning has one, the letter is shown again to all who may decide.

    Alone on its line the order is about the assignment of the case.
    """
    if not order.rest:
        return take_on(order, at)
    rules, version, said = _read(order.rest)
    if version is None:
        why = ["The order `accept` needs the version of the letter, so that nobody accepts what they have not seen."]  # fmt: skip
        offered = (ACCEPT,) if is_offered(at.case, at.officer) else ()
        return refuse("no-version", order, why, *offered, *_would_work(at), SHOW)
    refusal = may_accept(at.case, version)
    letter = at.case.current
    if refusal is not None or letter is None:
        return explain(refusal or Refusal.NO_LETTER, order, Decision(at.officer, version, None), at)
    reason = " ".join(f"{said}\n{own_words(order.text, at.officer.name)}".split())
    problem = _problem(rules, reason, letter)
    if problem:
        return refuse("accept", order, [problem], *_would_work(at), SHOW)
    return _accepted(letter, rules, reason)


def _read(rest: str) -> tuple[tuple[str, ...], int | None, str]:
    """The rules and the version that the order begins with, in any order, and the words after them.

    After a colon the reason begins, unless a rule or the version is still missing.
    """
    rules: dict[str, None] = {}
    version: int | None = None
    at = 0
    while found := _TOKEN.match(rest, at):
        if found["rule"]:
            rules[found["rule"].upper()] = None
        elif found["version"]:
            version = int(found["version"])
        at = found.end()
        if rest[at : at + 1] == ":" and not (rules and version):
            at += 1 + len(rest[at + 1 :]) - len(rest[at + 1 :].lstrip())
    return tuple(rules), version, rest[at:].lstrip(" :.,;-")


def _problem(rules: tuple[str, ...], reason: str, letter: LetterVersion) -> str:
    warned = {one.rule for one in letter.remarks if one.needs_reason}
    unknown = [rule for rule in rules if rule not in warned]
    if not warned:
        return f"There is no warning on version {letter.version}; nothing needs a reason."
    if not rules:
        return "The order `accept` needs the rule whose warning may stand, such as N-24."
    if unknown:
        return f"There is no warning {' or '.join(unknown)} on version {letter.version}."
    if len(reason) < _SHORTEST or reason == "your reason":
        return "The reason is missing, or too short for anybody to follow later."
    return ""


def _would_work(at: Situation) -> Lines:
    return reason_lines(at.case.current) if at.case.current else ()


def _accepted(letter: LetterVersion, rules: tuple[str, ...], reason: str) -> Outcome:
    event = WarningAccepted(letter.version, rules, reason)
    still = tuple(line for rule, line in zip(letter.rules_open, reason_lines(letter), strict=True) if rule not in rules)  # fmt: skip
    if still:
        told = answer(
            "Reason kept",
            [
                "Your reason is in the record, and whoever approves the letter will read it. It reads:",
                f"“{reason}”",
                f"Version {letter.version} cannot be approved until the rest has a reason too.",
            ],
            *still,
        )
        return Outcome(events=(event,), notices=(told,))
    # Whoever approves should have read the reasons: what was sent before they were given decides nothing.
    shown = letter_again(Audience.OFFICERS_AND_APPROVERS, letter.version)
    return Outcome(events=(event,), notices=(shown,), revoke=(letter.version,))


COMMAND = Command(
    verb="accept",
    form="accept RULE vN",
    does="with your reason after a colon or on the lines under it: says why a warning may stand in version N; “accept” alone takes on a case that was assigned to you",
    example="accept N-24 v2: the sentence before it says that nothing is confirmed",
    who=frozenset({Role.OFFICER, Role.APPROVER}),
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.LETTER,
)
