"""`restrict NAME, NAME`: opens a case to named people alone; `restrict off` opens it to the office again; no I/O."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from foibot.case.case import LetterState
from foibot.case.colleague_events import AssignmentEnded
from foibot.case.events import Event
from foibot.case.interests import keeps_out
from foibot.case.keeping_events import Restricted, RestrictionEnded
from foibot.case.need_to_know import is_off_the_list, is_restricted
from foibot.case.outcome import NoticeWanted, Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text, answer, refuse
from foibot.commands.decisions import Lines
from foibot.commands.grammar import own_words
from foibot.commands.people import person_in
from foibot.commands.taking_on import CASE, told
from foibot.law.dates import listed
from foibot.officers.roster import Officer, Role

_OFF: Final = ("restrict off: your reason", "opens it to the whole office again")
_HELP: Final = ("help", "lists every order")
_AND: Final = re.compile(r"\s?[,;]\s?|\s(?:and|&)\s", re.IGNORECASE)
_LINK: Final = re.compile(r"<?mailto:", re.IGNORECASE)
_REASON: Final = re.compile(r"\s?:(?:\s|$)")
_MOST: Final = 30
_OFFERED: Final = 4
_READS: Final = (Role.OFFICER, Role.APPROVER, Role.REVIEWER, Role.ADMINISTRATOR, Role.AUDITOR)
_NO_REASON: Final = "no reason given"


def decide(order: Order, at: Situation) -> Outcome:
    """Restricted to those who were named and whoever orders it, or open again; or why not."""
    first, _, rest = order.rest.partition(" ")
    if first.rstrip(":").casefold() == "off":
        return _ended(order, at, rest)
    names, why = _read(order, at)
    people, problems = _people(names, at)
    if problems:
        return refuse("person", order, problems, ("restrict NAME, NAME", "names who may read it"))
    if is_off_the_list(at.case, at.officer):
        return _let_in(order, at, people, why)
    readers = _each_once(at, (at.officer, *(people or _who_has_it(at))))
    if len(readers) > _MOST:
        return refuse("person", order, [f"A case is restricted to {_MOST} people at most."])
    missing = _missing(at, readers)
    if missing:
        return refuse("nobody-left", order, [missing], *_who_to_add(at, readers), _HELP)
    if {one.address for one in readers} == set(at.case.keeping.readers):
        said = f"The case is restricted to {_names(readers)} already."
        return refuse("state", order, [said], _OFF, CASE)
    return _restricted(at, readers, why)


def _read(order: Order, at: Situation) -> tuple[list[str], str]:
    """The names, each by itself, and the reason: behind a colon, or on the lines under the order."""
    words = _LINK.sub(" ", order.rest)
    bare = order.line[len(order.verb) :].lstrip().startswith(":")
    names, said = ("", words) if bare else _apart(words)
    under = own_words(order.text, at.officer.name)
    why = " ".join(f"{said} {under}".split())
    return [one for one in _AND.split(names) if one.strip(" .")], why or _NO_REASON


def _apart(words: str) -> tuple[str, str]:
    found = _REASON.search(words)
    return (words[: found.start()], words[found.end() :]) if found else (words, "")


def _people(names: Sequence[str], at: Situation) -> tuple[tuple[Officer, ...], list[str]]:
    found = [person_in(one, at.roster) for one in names[: _MOST + 1]]
    people = tuple(one for one in found if isinstance(one, Officer))
    problems = [one for one in found if isinstance(one, str)]
    for one in people:
        if not one.may(*_READS):
            problems.append(f"{one.name} answers questions of the office and works on no case: use the order `ask`.")  # fmt: skip
        elif keeps_out(at.case, one):
            problems.append(f"{one.name} keeps out of this case, because of an interest in it.")
    return people, problems


def _who_has_it(at: Situation) -> tuple[Officer, ...]:
    has = at.case.assignment
    person = at.roster.find(has.to) if has and has.to else None
    return (person,) if person and not keeps_out(at.case, person) else ()


def _each_once(at: Situation, people: Sequence[Officer]) -> tuple[Officer, ...]:
    return tuple({one.address: one for one in people}.values())


def _missing(at: Situation, readers: Sequence[Officer]) -> str:
    """What these people could not do among themselves, so that the case would come to a stop; "" if nothing."""
    approvers = [one for one in readers if one.may(Role.APPROVER)]
    officers = [one for one in readers if one.may(Role.OFFICER)]
    if not officers:
        return f"{_names(readers)} could draft no letter: somebody with the role officer has to be among them."
    if not any(one != other for one in officers for other in approvers):
        return f"{_names(readers)} could not approve what is drafted: an approver besides whoever drafts has to be among them."  # fmt: skip
    letter = at.case.current
    if letter is None or letter.state not in {LetterState.DRAFT, LetterState.ON_HOLD}:
        return ""
    if at.policy.enough(at.case, approvers):
        return ""
    return f"Version {letter.version} of the letter needs approvals that {_names(readers)} cannot give."


def _who_to_add(at: Situation, readers: Sequence[Officer]) -> Lines:
    had = [one.address for one in readers if one != at.officer]
    role = Role.APPROVER if any(one.may(Role.OFFICER) for one in readers) else Role.OFFICER
    others = [
        one
        for one in at.roster.with_role(role)
        if one not in readers and not keeps_out(at.case, one)
    ]
    return tuple(
        (f"restrict {', '.join([*had, one.address])}", f"lets {one.name} read it too")
        for one in others[:_OFFERED]
    )


def _restricted(at: Situation, readers: tuple[Officer, ...], why: str) -> Outcome:
    case, me = at.case, at.officer
    events: list[Event] = [Restricted(tuple(one.address for one in readers), why)]
    facts = [f"Why, as {me.name} said: {why}"]
    has = case.assignment
    lost = has is not None and bool(has.to) and not any(one.is_at(has.to) for one in readers)
    if lost:
        events.append(AssignmentEnded())
        facts.append("Nobody has the case now.")
    sentences = [
        f"Only {_names(readers)} can read this case from now on, and order anything on it.",
        "Others see its reference and nothing else: in digests, in searches and in the subjects of mails. What they were sent before stays in their mailboxes.",
    ]
    lines = (CASE, _OFF)
    others = (one for one in readers if one != me)
    notices = [
        answer("This case is restricted", sentences, *lines, facts=facts),
        *(_plain(one, "This case is restricted", [*sentences, *facts], lines) for one in others),
        *(_out(one) for one in _dropped(at, readers)),
    ]
    return Outcome(events=tuple(events), notices=tuple(notices))


def _plain(to: Officer, title: str, paragraphs: list[str], lines: Lines) -> NoticeWanted:
    notice = told(to.address, title, "", lines=lines)
    return replace(notice, facts={**notice.facts, "paragraphs": paragraphs})


def _dropped(at: Situation, readers: Sequence[Officer]) -> list[Officer]:
    """Whoever was on the list or had the case, and is not on the list any more."""
    had = [*at.case.keeping.readers, *([at.case.assignment.to] if at.case.assignment else [])]
    found = [at.roster.find(one) for one in had if one]
    return list(_each_once(at, [one for one in found if one is not None and one not in readers]))


def _out(person: Officer) -> NoticeWanted:
    sentence = "It was restricted to other people. You are sent nothing more about it, and need do nothing."  # fmt: skip
    notice = told(
        person.address, "You have nothing more to do with this case", sentence, lines=(_HELP,)
    )
    # The one last mail, without a word of what is in the case.
    return replace(notice, to_who_keeps_out=True)


def _let_in(order: Order, at: Situation, people: tuple[Officer, ...], why: str) -> Outcome:
    """A keeper who does not read the case says who reads it besides those who do."""
    known = [one for one in map(at.roster.find, at.case.keeping.readers) if one is not None]
    readers = _each_once(at, (*known, *people))
    new = [one for one in readers if one not in known]
    if not new:
        line = ("restrict NAME: your reason", "lets that person read it")
        return refuse("person", order, ["The order names nobody who could not read it before."], line)  # fmt: skip
    facts = [f"Why, as {at.officer.name} said: {why}"]
    sentence = f"{at.officer.name}, who does not read restricted cases, has opened this one to {_names(new)}."  # fmt: skip
    told_all = (
        _plain(one, "Somebody else reads this case", [sentence, *facts], (CASE, _OFF))
        for one in readers
        if one != at.officer
    )
    mine = answer("The list is longer", [f"{_names(new)} can read this case now. All on the list were told."], _HELP)  # fmt: skip
    event = Restricted(tuple(dict.fromkeys((*at.case.keeping.readers, *(one.address for one in new)))), why)  # fmt: skip
    return Outcome(events=(event,), notices=(mine, *told_all))


def _ended(order: Order, at: Situation, rest: str) -> Outcome:
    if is_off_the_list(at.case, at.officer):
        return refuse("restricted", order, ["Only those who read the case can open it to everybody."], _HELP)  # fmt: skip
    if not is_restricted(at.case):
        line = ("restrict NAME, NAME", "restricts it to these people and you")
        return refuse("state", order, ["The case is not restricted."], line)
    why = " ".join(f"{rest} {own_words(order.text, at.officer.name)}".strip(" :").split())
    why = _NO_REASON if why in {"", "your reason"} else why
    sentence = "The whole office can read this case again, but for those with an interest in it."
    facts = [f"Why, as {at.officer.name} said: {why}"]
    others = [one for one in map(at.roster.find, at.case.keeping.readers) if one is not None]
    notices = (
        answer("This case is open to the office", [sentence], CASE, facts=facts),
        *(
            _plain(one, "This case is open to the office", [sentence, *facts], (CASE,))
            for one in others
            if one != at.officer
        ),
    )
    return Outcome(events=(RestrictionEnded(why),), notices=notices)


def _names(people: Sequence[Officer]) -> str:
    return listed([one.name for one in people])


COMMAND = Command(
    verb="restrict",
    form="restrict NAME, NAME",
    does="lets these people and you alone read the case, with a reason after a colon if you like; others see its reference and nothing else. “restrict” alone names whoever has it, “restrict off” ends it",
    example="restrict tom.teal@exampleshire.example: it names a colleague",
    who=frozenset(_READS) - {Role.AUDITOR},
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.CASE,
)
