"""`extend`: drafts the letter that tells the requester of a later date, within what the law allows; no I/O."""

from __future__ import annotations

from datetime import date

from foibot.case.interim import extension_duty
from foibot.case.outcome import Outcome
from foibot.commands import holding
from foibot.commands.command import Command, Group, Order, Situation, Text, refuse
from foibot.commands.dates import read_date
from foibot.commands.drafting import Asked, draft, not_now
from foibot.commands.grammar import own_words
from foibot.law.calendar import last_day
from foibot.law.dates import in_words
from foibot.law.provisions import Problem, Provision, read_ncnd, read_withheld
from foibot.officers.roster import Role

_FORM = "extend 24 until 8 Feb 2021"


def decide(order: Order, at: Situation) -> Outcome:
    """A new version of the extension letter; or every rule that stands against it."""
    refused = not_now(order, at, "extension", holding.line(at))
    if refused is not None:
        return refused
    provisions, _, wanted = order.rest.casefold().partition("until")
    read = read_date(wanted)
    if read is None:
        why = ["The date until which it is extended is missing, or cannot be read."]
        return refuse("no-date", order, why, _line(at))
    until = read[0]
    reasons = own_words(order.text, at.officer.name)
    problem = _about_date(at, until, reasons)
    if problem:
        return refuse("date", order, [problem], _line(at))
    return _on(order, at, provisions.strip(), until)


def _latest(at: Situation) -> date:
    """The last day an extension may reach."""
    return last_day(at.regime, extension_duty(at.regime), at.case.day_zero)


def _about_date(at: Situation, until: date, reasons: str) -> str:
    latest = _latest(at)
    if until <= at.case.due:
        return f"{in_words(until)} is no later than the last day now, {in_words(at.case.due)}."
    if until > latest and at.regime.key != "foia":
        return f"The law allows an extension until {in_words(latest)} at the latest."
    if not reasons and until > latest:
        return (
            f"An extension past {in_words(latest)}, 20 more working days, is for exceptional cases; "
            "write the reason on the lines under the order."
        )
    return "" if reasons else "The reasons are missing: write them on the lines under the order."


def _line(at: Situation) -> tuple[str, str]:
    latest = _latest(at)
    section = "24 " if at.regime.key == "foia" else ""
    return (f"extend {section}until {in_words(latest)}", "with your reasons on the lines under it")


def _on(order: Order, at: Situation, cited: str, until: date) -> Outcome:
    if at.regime.key != "foia":
        if cited:
            why = [
                "Under this law the time is extended for complexity and volume, not for an exception."
            ]
            return refuse("provisions", order, why, _line(at))
        return _wanted(order, at, (), until)
    read = _read(cited, at)
    problems = [one for one in read if isinstance(one, Problem)]
    if problems or not read:
        why = [f"{one.text_read}: {one.why}" for one in problems] or [
            "Name the exemptions whose public interest is being weighed."
        ]
        return refuse("provisions", order, why, _line(at))
    provisions = tuple(one for one in read if isinstance(one, Provision))
    if not any(one.needs_public_interest_test for one in provisions):
        why = ["Only a qualified exemption gives more time; these are absolute (s.10(3))."]
        return refuse("absolute", order, why, _line(at))
    return _wanted(order, at, provisions, until)


def _read(cited: str, at: Situation) -> tuple[Provision, ...] | tuple[Problem, ...]:
    """The provisions as withholding ones; as neither-confirm-nor-deny ones if all of them are that."""
    kind = at.rules.authority_kind
    held = read_withheld(cited, at.regime, authority_kind=kind)
    if all(isinstance(one, Provision) for one in held):
        return held
    neither = read_ncnd(cited, at.regime, authority_kind=kind)
    return neither if all(isinstance(one, Provision) for one in neither) else held


def _wanted(order: Order, at: Situation, provisions: tuple[Provision, ...], until: date) -> Outcome:
    line = f"extend {' '.join([*(one.cited for one in provisions), 'until', in_words(until)])}"
    asked = Asked("extension", line, "reasons", provisions=provisions, until=until)
    return draft(order, at, asked)


COMMAND = Command(
    verb="extend",
    form="extend PROVISIONS until DATE",
    does="drafts the letter that tells the requester of a later date, with your reasons under it",
    example=_FORM,
    who=frozenset({Role.OFFICER}),
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.TIME,
)
