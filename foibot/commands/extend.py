"""`extend`: drafts the letter that tells the requester of a later date, within what the law allows; no I/O."""

from __future__ import annotations

from datetime import date

from foibot.case.outcome import LetterWanted, Outcome
from foibot.commands.command import Command, Order, Situation, Text, refuse
from foibot.commands.dates import read_date
from foibot.commands.decisions import SHOW
from foibot.commands.grammar import own_words, slots_in
from foibot.commands.ncnd import may_draft
from foibot.law.calendar import last_day
from foibot.law.dates import in_words
from foibot.law.provisions import Problem, Provision, read_ncnd, read_withheld
from foibot.law.regime import Duty, NoLimitInForce
from foibot.officers.roster import Role

_FORM = "extend 24 until 8 Feb 2021"


def decide(order: Order, at: Situation) -> Outcome:
    """A new version of the extension letter; or every rule that stands against it."""
    stands_against = may_draft(at.case)
    if stands_against:
        return refuse("state", order, [stands_against], SHOW)
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
    return _on(order, at, provisions.strip(), until, reasons)


def _latest(at: Situation) -> date | None:
    """The last day an extension may reach; None where the law knows no extension."""
    try:
        if at.regime.key == "foia":
            return last_day(at.regime, Duty.WEIGH_PUBLIC_INTEREST, at.case.day_zero)
        return last_day(at.regime, Duty.ANSWER_EXTENDED, at.case.day_zero)
    except NoLimitInForce:
        return None


def _about_date(at: Situation, until: date, reasons: str) -> str:
    latest = _latest(at)
    if latest is None:
        return f"The {at.regime.act} knows no extension."
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
    if latest is None:
        return SHOW
    section = "24 " if at.regime.key == "foia" else ""
    return (f"extend {section}until {in_words(latest)}", "with your reasons on the lines under it")


def _on(order: Order, at: Situation, cited: str, until: date, reasons: str) -> Outcome:
    if at.regime.key != "foia":
        if cited:
            why = [
                "Under this law the time is extended for complexity and volume, not for an exception."
            ]
            return refuse("provisions", order, why, _line(at))
        return _wanted(order, "", until, reasons)
    read = _read(cited, at)
    problems = [one for one in read if isinstance(one, Problem)]
    if problems or not read:
        why = [f"{one.text_read}: {one.why}" for one in problems] or [
            "Name the exemptions whose public interest is being weighed."
        ]
        return refuse("provisions", order, why, _line(at))
    provisions = [one for one in read if isinstance(one, Provision)]
    if not any(one.needs_public_interest_test for one in provisions):
        why = ["Only a qualified exemption gives more time; these are absolute (s.10(3))."]
        return refuse("absolute", order, why, _line(at))
    return _wanted(order, " ".join(one.cited for one in provisions), until, reasons)


def _read(cited: str, at: Situation) -> tuple[Provision, ...] | tuple[Problem, ...]:
    """The provisions as withholding ones; as neither-confirm-nor-deny ones if all of them are that."""
    kind = at.rules.authority_kind
    held = read_withheld(cited, at.regime, authority_kind=kind)
    if all(isinstance(one, Provision) for one in held):
        return held
    neither = read_ncnd(cited, at.regime, authority_kind=kind)
    return neither if all(isinstance(one, Provision) for one in neither) else held


def _wanted(order: Order, provisions: str, until: date, reasons: str) -> Outcome:
    slots = slots_in(reasons, "reasons", ("rest",))
    return Outcome(letter=LetterWanted("extension", provisions, slots, order.line, until=until))


COMMAND = Command(
    verb="extend",
    form="extend PROVISIONS until DATE",
    does="drafts the letter that tells the requester of a later date, with your reasons under it",
    example=_FORM,
    who=frozenset({Role.OFFICER}),
    text=Text.OPTIONAL,
    decide=decide,
)
