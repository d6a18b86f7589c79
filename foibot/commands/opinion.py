"""`opinion 36(2)(b)(i) by NAME on DATE` keeps a qualified person's opinion on the case, with its file; no I/O."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final

from foibot.case.approval_events import OpinionNotNeeded, OpinionRecorded
from foibot.case.case import Case, LetterState
from foibot.case.enclosure import Enclosure
from foibot.case.events import Event
from foibot.case.opinions import Opinion, limbs_of
from foibot.case.outcome import Audience, Outcome, plain_notice
from foibot.commands.command import Command, Group, Order, Situation, Text, refuse
from foibot.commands.dates import read_date
from foibot.commands.decisions import SHOW, Lines, letter_again, opinion_lines
from foibot.law.citation import Citation, read_citations
from foibot.law.dates import in_words, london_date
from foibot.law.foia import FOIA
from foibot.law.provisions import Problem, Provision, read_ncnd, read_withheld
from foibot.officers.roster import Role

_GIVEN: Final = re.compile(r"(?P<on>.*?)\bby\s+(?P<who>.+),?\s+(?:on|dated|of)\s+(?P<day>[^:]+)", re.IGNORECASE)  # fmt: skip
_NOT_NEEDED: Final = re.compile(r"(?P<on>.*?)\bnot needed\b[\s:,.-]*(?P<why>.*)", re.IGNORECASE)
_NO_NEED: Final = ("opinion 36(2)(c) not needed: your reason", "for statistical information alone, section 36(4)")  # fmt: skip
_OPEN: Final = frozenset({LetterState.DRAFT, LetterState.ON_HOLD})


@dataclass(frozen=True, slots=True)
class _Said:
    """What an order says: the sections as they were written, then whose opinion and of which day, or why none."""

    sections: str
    who: str = ""
    day: str = ""
    why: str = ""


def decide(order: Order, at: Situation) -> Outcome:
    """Kept, and the letter shown again if it was waiting for that; or refused, with every reason."""
    said = _read(order.rest)
    if at.case.regime != FOIA.key:
        why = ["Only section 36 of the Freedom of Information Act 2000 rests on a qualified person's opinion."]  # fmt: skip
        return refuse("regime", order, why, SHOW)
    if said is None:
        why = ["The order `opinion` needs the limb of section 36, whose opinion it is and the day it was given."]  # fmt: skip
        return refuse("opinion", order, why, *_would_work(at))
    limbs, problems = _limbs(said.sections)
    event: Event
    if said.who:
        given, more = _day(said.day, at)
        problems += [*more, *_about_the_file(at), *_about_the_name(said.who)]
        files = tuple(Enclosure(one.name, len(one.content), sha256(one.content).hexdigest()) for one in at.files)  # fmt: skip
        event = OpinionRecorded(limbs, given, said.who, files)
        opinion = Opinion(limbs, said.who, given, files)
    else:
        problems += _about_the_reason(said.why)
        event = OpinionNotNeeded(limbs, said.why)
        opinion = Opinion(limbs, why=said.why)
    if problems:
        return refuse("opinion", order, problems, *_would_work(at))
    return _kept(event, opinion, at)


def _read(rest: str) -> _Said | None:
    found = _NOT_NEEDED.fullmatch(rest)
    if found:
        return _Said(found["on"], why=found["why"].strip())
    found = _GIVEN.fullmatch(rest.rstrip(" ."))
    return _Said(found["on"], found["who"].strip(" ,"), found["day"]) if found else None


def _limbs(sections: str) -> tuple[tuple[str, ...], list[str]]:
    """The limbs that were named, and what is wrong with the others."""
    cited = read_citations(sections)
    ncnd = [one for one in cited if isinstance(one, Citation) and one.provision == "36(3)"]
    words = " ".join(one.text for one in cited if one not in ncnd)
    read: list[Provision | Problem] = []
    if ncnd:
        read += read_ncnd(" ".join(one.text for one in ncnd), FOIA)
    if words or not ncnd:
        read += read_withheld(words, FOIA)
    provisions = [one for one in read if isinstance(one, Provision)]
    others = [one for one in provisions if not limbs_of([one])]
    problems = [one.why for one in read if isinstance(one, Problem)]
    problems += [f"Section {one.cited} does not rest on anybody's opinion." for one in others]
    return limbs_of(provisions), problems


def _day(words: str, at: Situation) -> tuple[date, list[str]]:
    today = london_date(at.now)
    read = read_date(words)
    if read is None:
        return today, [f"“{words.strip()[:60]}” is not a day: write it as in 5 January 2021."]
    day = read[0]
    if day > today:
        return day, [f"{in_words(day)} is still to come."]
    if day < at.case.received:
        said = f"{in_words(day)} is before the request came in, on {in_words(at.case.received)}: the opinion has to be about this request."
        return day, [said]
    return day, []


def _about_the_file(at: Situation) -> list[str]:
    if not at.files:
        return ["There is no file with your message; attach the opinion, with what was put before the qualified person."]  # fmt: skip
    return [f"{one.name} is empty." for one in at.files if not one.content.strip()]


def _about_the_name(who: str) -> list[str]:
    if who.casefold() in {"name", "the qualified person", "qualified person"}:
        return ["Write the qualified person's name where the line says NAME."]
    return []


def _about_the_reason(why: str) -> list[str]:
    if len(why) < len("statistics") or why == "your reason":
        return ["Say why no opinion is needed: section 36(4) lifts that for statistical information alone."]  # fmt: skip
    return []


def _would_work(at: Situation) -> Lines:
    today = in_words(london_date(at.now))
    form = (
        f"opinion 36(2)(b)(i) by NAME on {today}",
        "with the opinion attached to your reply as a file",
    )
    return (*(opinion_lines(at.case, at.now) or (form,)), _NO_NEED)


def _kept(event: Event, opinion: Opinion, at: Situation) -> Outcome:
    told = plain_notice(
        Audience.OFFICERS_AND_APPROVERS,
        "The opinion of the qualified person is on file" if opinion.on else "No opinion of a qualified person is needed",
        [f"{at.officer.name} has recorded it. Whoever approves a letter that rests on it reads this line:"],
        facts=[opinion.in_words()],
    )  # fmt: skip
    letter = at.case.current
    waited = set(at.case.opinions_missing)
    if (
        letter is None
        or letter.state not in _OPEN
        or not waited
        or waited - _covered(opinion, at.case)
    ):
        return Outcome(events=(event,), notices=(told,))
    # Whoever approves should have read it: what was sent before decides nothing.
    shown = letter_again(Audience.OFFICERS_AND_APPROVERS, letter.version)
    return Outcome(events=(event,), notices=(shown,), revoke=(letter.version,))


def _covered(opinion: Opinion, case: Case) -> set[str]:
    whole = {one for one in case.opinions_missing if one.startswith("36(3)")}
    return {*opinion.limbs, *(whole if "36(3)" in opinion.limbs else ())}


COMMAND = Command(
    verb="opinion",
    form="opinion SECTION by NAME on DATE",
    does="with the opinion attached: keeps what the qualified person thinks of a limb of section 36, without which no letter on it can be approved",
    example="opinion 36(2)(b)(i) by Chief Constable Ann Able on 5 January 2021",
    who=frozenset({Role.OFFICER, Role.APPROVER, Role.REVIEWER}),
    text=Text.NOT_READ,
    decide=decide,
    group=Group.LETTER,
)
