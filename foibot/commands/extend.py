"""`extend`: drafts the letter that tells the requester of a later date, within what the law allows; no I/O."""

from __future__ import annotations

from datetime import date

from foibot.case.interim import counted_from_receipt, extension_duty, too_late_to_extend
from foibot.case.outcome import Outcome
from foibot.commands import holding
from foibot.commands.command import Command, Group, Order, Situation, Text, refuse
from foibot.commands.dates import far_off, read_date
from foibot.commands.drafting import Asked, draft, not_now
from foibot.commands.grammar import own_words
from foibot.law.calendar import count
from foibot.law.combinations import combination_problems
from foibot.law.dates import in_words, london_date
from foibot.law.provisions import Problem, Provision, names_ncnd, read_ncnd, read_withheld
from foibot.officers.roster import Role

_FORM = "extend 24 until 8 Feb 2021"
_TWO_WEEKS = 10


def decide(order: Order, at: Situation) -> Outcome:
    """A new version of the extension letter; or every rule that stands against it."""
    refused = not_now(order, at, "extension", holding.line(at))
    if refused is not None:
        return refused
    told_by = too_late_to_extend(at.case, at.regime, london_date(at.now))
    if told_by is not None:
        return refuse("too-late", order, [too_late(told_by)], holding.line(at))
    if at.regime.key != "foia" and _latest(at) <= _last(at):
        why = [f"The law allows an extension until {in_words(_latest(at))} at the latest."]
        return refuse("too-late", order, why, holding.line(at))
    provisions, _, wanted = order.rest.casefold().partition("until")
    cited = provisions.strip()
    read = read_date(wanted)
    if read is None:
        why = ["The date until which it is extended is missing, or cannot be read."]
        return refuse("no-date", order, why, _line(at, cited))
    until = read[0]
    problem = _about_date(at, until)
    if problem:
        return refuse("date", order, [problem], _line(at, cited))
    if not own_words(order.text, at.officer.name):
        return refuse("no-reason", order, [_reasons(at, until)], _line(at, cited, until))
    return _on(order, at, cited, until)


def too_late(told_by: date) -> str:
    """Why an extension under the Regulations can no longer be told: its last day is over."""
    return (
        f"The requester had to be told of more time by {in_words(told_by)}. Under this law there is none "
        "without that notice; the last day stays as it is."
    )


def _latest(at: Situation) -> date:
    """The last day an extension may reach, save for an exceptional case under the Act."""
    return counted_from_receipt(at.case, at.regime, extension_duty(at.regime))


def _last(at: Situation) -> date:
    """The day that an extension has to lie after: the last day as it stands, or today."""
    return max(at.case.due, london_date(at.now))


def _about_date(at: Situation, until: date) -> str:
    latest, today = _latest(at), london_date(at.now)
    if until <= at.case.due:
        return f"{in_words(until)} is no later than the last day now, {in_words(at.case.due)}."
    if until <= today:
        return f"{in_words(until)} is not after today."
    if until > latest and at.regime.key != "foia":
        return f"The law allows an extension until {in_words(latest)} at the latest."
    return far_off(until, today)


def _reasons(at: Situation, until: date) -> str:
    latest = _latest(at)
    if until > latest:
        return (
            f"An extension past {in_words(latest)}, 20 more working days, is for exceptional cases; "
            "write the reason on the lines under the order."
        )
    return "The reasons are missing: write them on the lines under the order."


def _line(at: Situation, cited: str, until: date | None = None) -> tuple[str, str]:
    """The order that would do: with the officer's own day and provisions, if those are not what is wrong."""
    longest = (
        _latest(at) if _latest(at) > _last(at) else count(at.regime, _last(at), _TWO_WEEKS).due
    )
    words = ["extend", *([_weighed(cited, at)] if at.regime.key == "foia" else [])]
    return (
        " ".join([*words, "until", in_words(until or longest)]),
        "with your reasons on the lines under it",
    )


def _weighed(cited: str, at: Situation) -> str:
    """The provisions as they were cited, if the public interest in them can be weighed; else an example."""
    if _can_be_weighed(cited, at):
        return cited
    if not names_ncnd(cited, at.regime):
        return "24"
    # Whoever wrote 24(2) must not be shown a line that says that the information is held (N-16).
    read = read_ncnd(cited, at.regime, authority_kind=at.rules.authority_kind)
    works = [one.line_that_works.partition(" ")[2] for one in read if isinstance(one, Problem)]
    silent = works[0] if works else cited
    return silent if _can_be_weighed(silent, at) else f"{silent} 24(2)"


def _can_be_weighed(cited: str, at: Situation) -> bool:
    read = _read(cited, at)
    fine = [one for one in read if isinstance(one, Provision)]
    return len(fine) == len(read) and any(one.needs_public_interest_test for one in fine)


def _on(order: Order, at: Situation, cited: str, until: date) -> Outcome:
    if at.regime.key != "foia":
        if cited:
            why = [
                "Under this law the time is extended for complexity and volume, not for an exception."
            ]
            return refuse("provisions", order, why, _line(at, "", until))
        return _wanted(order, at, (), until)
    read = _read(cited, at)
    problems = [one for one in read if isinstance(one, Problem)]
    if problems or not read:
        why = [one.in_words for one in problems] or [
            "Name the exemptions whose public interest is being weighed."
        ]
        return refuse("provisions", order, why, _line(at, cited, until))
    provisions = tuple(one for one in read if isinstance(one, Provision))
    if not any(one.needs_public_interest_test for one in provisions):
        why = ["Only a qualified exemption gives more time; these are absolute (s.10(3))."]
        return refuse("absolute", order, why, _line(at, cited, until))
    together = combination_problems(provisions)
    if together:
        # Each line is an order to refuse on what goes together; the same can be weighed.
        lines = dict.fromkeys(one.line_that_works.partition(" ")[2] for one in together)
        shown = [_line(at, cited, until) for cited in lines]
        return refuse("provisions", order, [one.in_words for one in together], *shown)
    return _wanted(order, at, provisions, until)


def _read(cited: str, at: Situation) -> tuple[Provision, ...] | tuple[Problem, ...]:
    """The provisions as neither-confirm-nor-deny ones if any of them is that; else as withholding ones."""
    reader = read_ncnd if names_ncnd(cited, at.regime) else read_withheld
    return reader(cited, at.regime, authority_kind=at.rules.authority_kind)


def _wanted(order: Order, at: Situation, provisions: tuple[Provision, ...], until: date) -> Outcome:
    line = f"extend {' '.join([*(one.cited for one in provisions), 'until', in_words(until)])}"
    asked = Asked("extension", line, "reasons", provisions=provisions, until=until, with_text=True)
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
