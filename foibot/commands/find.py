"""`find WORDS since:2019`: the cases that hold all the words, newest first, to whoever may read them; no I/O."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from foibot.case.case import Case, State
from foibot.case.outcome import Outcome
from foibot.case.suggestions.likeness import terms_in
from foibot.commands.command import Command, Group, Order, Situation, Text, answer, refuse
from foibot.commands.grammar import own_words
from foibot.law.dates import in_words
from foibot.officers.roster import Role

VERB: Final = "find"
EXAMPLE: Final = "find traffic cameras since:2019"
SHOWN: Final = 15
_LONGEST: Final = 200
_MOST_WORDS: Final = 8
_SUBJECT: Final = 70
_ENCLOSES: Final = re.compile(r"(?:please )?(?:attached|enclosed|below|out|here)\b", re.IGNORECASE)
_FILTER: Final = re.compile(r"(since|from|until|before|state|status):\s*([\w-]+)", re.IGNORECASE)
_DAY: Final = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_STATES: Final = {
    "closed": frozenset({State.ANSWERED, State.WITHDRAWN, State.NOT_FOI, State.LAPSED}),
    **{state.value: frozenset({state}) for state in State},
}
_STATES_IN_HAND: Final = frozenset(State) - _STATES["closed"]
_NOT_ALL: Final = (
    "There are too many cases with these words to look at them all: please add another."
)
NARROW: Final = (
    "Every word has to be there; a plural finds the singular too. Add a word, since:2019, until:2020-06, "
    "state:open or state:closed to see fewer. A reference or the requester's address is a word like any other."
)


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: stems of words, all of which have to be there; days and states, if any were named."""

    words: str
    terms: tuple[str, ...]
    since: date | None = None
    until: date | None = None
    states: frozenset[State] = frozenset()

    def takes(self, case: Case) -> bool:
        """Whether a case that holds the words is of these days and states."""
        if self.since and case.received < self.since:
            return False
        if self.until and case.received > self.until:
            return False
        return not self.states or case.state in self.states


def searches(line: str, text: str, name: str = "") -> bool:
    """Whether a message is a search and nothing else: one short line, which does not say that something is enclosed."""
    verb, _, rest = line.partition(" ")
    if verb.casefold().rstrip(":") != VERB or not rest.strip() or len(line) > _LONGEST:
        return False
    return not _ENCLOSES.match(rest) and not own_words(text, name)


def read_search(order: Order) -> Search | Outcome:
    """The search as it was meant, or what is wrong with it."""
    since = until = None
    states: frozenset[State] = frozenset()
    for key, value in _FILTER.findall(order.rest):
        if key.casefold() in {"state", "status"}:
            states = _state(value.casefold())
            if not states:
                known = ", ".join(["open", *_STATES])
                return _refuse(order, f"{value} is no state. There are: {known}.")
            continue
        days = _days(value)
        if days is None:
            return _refuse(order, f"{value} is no year, month or day. Write it as 2019, 2019-06 or 2019-06-30.")  # fmt: skip
        if key.casefold() in {"since", "from"}:
            since = days[0]
        else:
            until = days[1]
    words = " ".join(_FILTER.sub(" ", order.rest).split())
    terms = tuple(dict.fromkeys(terms_in(words)))[:_MOST_WORDS]
    if not terms:
        return _refuse(order, "It does not say what to look for, or only in words that every request has.")  # fmt: skip
    return Search(words, terms, since, until, states)


def _state(value: str) -> frozenset[State]:
    # "open" is what people call everything that is not finished.
    return _STATES_IN_HAND if value == "open" else _STATES.get(value, frozenset())


def _days(value: str) -> tuple[date, date] | None:
    """The first and the last day of a year, a month or a day."""
    found = _DAY.fullmatch(value)
    if found is None:
        return None
    year, month, day = (int(one) if one else 0 for one in found.groups())
    try:
        first = date(year, month or 1, day or 1)
        if day:
            return first, first
        after = date(year + (month in {0, 12}), month % 12 + 1 if month else 1, 1)
    except ValueError:
        return None
    return first, date.fromordinal(after.toordinal() - 1)


def answered(
    search: Search, found: Sequence[Case], closed: Sequence[str], *, more: bool
) -> Outcome:
    """The answer: a line for each case, how to see fewer, and the cases that nobody looked into for this reader.

    `closed` are references of restricted cases that are not open to the reader; they stand there whatever
    is looked for, so that they tell nothing.
    """
    shown = found[:SHOWN]
    lines = [_line(case) for case in shown]
    count = f"{len(shown)} case{'' if len(shown) == 1 else 's'}"
    title = f"Search: {count if shown else 'nothing'} found"  # a subject is no place for what is looked for
    said = [f"You looked for: {search.words}"]
    if more:
        said.append(f"These are the newest {len(shown)}; there are more." if shown else _NOT_ALL)
    lists = [("Not looked into, because they are restricted to others", closed)] if closed else []
    shows = [(f"{case.reference} show", "sends you this case and its letter") for case in shown[:5]]
    notice = answer(title, [*said, NARROW], *shows, facts=lines, lists=lists)
    return Outcome(notices=(notice,))


def _line(case: Case) -> str:
    subject = case.subject or "(no subject)"
    if len(subject) > _SUBJECT:
        subject = f"{subject[: _SUBJECT - 1].rstrip()}…"
    state = case.state.value.replace("-", " ")
    return f"{case.reference}, received on {in_words(case.received)}, {state}: {subject}"


def _refuse(order: Order, why: str) -> Outcome:
    return refuse("search", order, [why], (EXAMPLE, "finds the cases that hold all these words"))


def decide(order: Order, at: Situation) -> Outcome:
    """Refused on a case: whoever searches does not know the reference yet."""
    del at
    why = ["A search is about all cases, and stands alone on its mail, with nothing under it."]
    return refuse("alone", order, why, (EXAMPLE, "without a reference before it"))


COMMAND = Command(
    verb=VERB,
    form="find WORDS",
    does="lists the cases that hold all these words, newest first; since:2019, until:2020-06, state:open narrow it. A mail of its own: new, or in reply to anything",
    example=EXAMPLE,
    who=frozenset(Role) - {Role.HOLDER},
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.LOOK,
)
